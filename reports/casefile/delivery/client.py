"""How a server is asked: as whom, trusting which certificates, through which proxy.

TLS is always verified, against what the system trusts; nothing turns that off.
"""

from __future__ import annotations

import ssl
from collections.abc import Generator

import httpx

from reports import __version__
from reports.casefile.delivery.address import Address
from reports.casefile.delivery.credentials import Credentials, Nobody, Password, Token
from reports.casefile.delivery.trouble import DeliveryError

_CONNECT_S = 10.0  # a machine that is there answers within that, however busy


def new_client(address: Address, credentials: Credentials, silence_s: float) -> httpx.Client:
    """A client for that server; nothing is sent yet.

    Raises DeliveryError if the proxy that the environment names can't be used.
    """
    try:
        return httpx.Client(
            auth=_login(credentials),
            headers={"User-Agent": f"kildefast/{__version__}", "Accept-Encoding": "identity"},
            timeout=httpx.Timeout(silence_s, connect=min(silence_s, _CONNECT_S)),
            verify=_trusted(),
            # HTTPS_PROXY gets a tunnel that it can't look into; http is this machine's own.
            trust_env=address.scheme == "https",
        )
    except (ImportError, ValueError, httpx.InvalidURL):  # whose words may hold a password
        hint = "look at HTTPS_PROXY and ALL_PROXY; SOCKS is not supported"
        what = "the proxy that the environment names can't be used"
        raise DeliveryError(what, hint) from None


def _trusted() -> ssl.SSLContext:
    """The certificates that the system trusts, or the file that SSL_CERT_FILE names."""
    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _login(credentials: Credentials) -> httpx.Auth | None:
    match credentials:
        case Password(user, password, _):
            return httpx.BasicAuth(user, password)
        case Token(token, _):
            return _Bearer(token)
        case Nobody():
            return None


class _Bearer(httpx.Auth):
    """A token, sent with every request (RFC 6750, 2.1)."""

    def __init__(self, token: str) -> None:
        self._header = f"Bearer {token}"

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Authorization"] = self._header
        yield request
