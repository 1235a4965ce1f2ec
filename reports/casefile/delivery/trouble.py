"""What can come between: in words, and whether another attempt is worth it."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeVar

T = TypeVar("T")

# A server behind a balancer is back, or a virus scanner lets go of a file, within seconds;
# nobody waits minutes at a terminal, and typing the same again costs nothing.
PAUSES_S = (2.0, 8.0, 30.0)
LONGEST_PAUSE_S = 60.0  # that a server may ask for
SILENCE_S = 60.0  # without a byte: a server that stores a file elsewhere first may take that
AGAIN = "deliver it again; what has arrived is skipped"


class DeliveryError(Exception):
    """What ended one exchange with the server; `passing` if the next one may do better."""

    def __init__(self, what: str, hint: str, *, passing: bool = False, pause_s: float = 0) -> None:
        """Take the words for a person, and how long the server asks to be left alone."""
        super().__init__(what)
        self.what, self.hint, self.passing, self.pause_s = what, hint, passing, pause_s


@dataclass(frozen=True)
class Patience:
    """How long to wait before each new attempt and for a silent server, and how to wait."""

    pauses_s: tuple[float, ...]
    silence_s: float
    wait: Callable[[float], None]


def persistently(step: Callable[[], T], patience: Patience, tell: Callable[[str], None]) -> T:
    """What `step` returns, done again from its start after troubles that may pass.

    Raises the last DeliveryError.
    """
    for pause_s in patience.pauses_s:
        try:
            return step()
        except DeliveryError as trouble:
            if not trouble.passing:
                raise
            longer_s = max(pause_s, trouble.pause_s)
            tell(f"{trouble.what}; again in {longer_s:g} s")
            patience.wait(longer_s)
    return step()


# What a server answers: words, and what to do

_REFUSALS = {
    400: ("the server can't make sense of the address", "see whether it is a folder, not a file"),
    403: ("this user may not do that there", "ask who runs the case system for the right to write"),
    404: ("the folder is gone", "look whether the case was moved or closed"),
    405: ("the address is not one for WebDAV", "copy the address that the server gives for WebDAV"),
    409: ("the folder above is missing", "look whether the case was moved or closed"),
    412: ("a file of that name appeared meanwhile", "see who else is filing in this case"),
    413: ("the file is larger than the server takes", "ask who runs the server to allow its size"),
    501: ("the address is not one for WebDAV", "copy the address that the server gives for WebDAV"),
    507: ("the server has no room left", f"ask who runs it for room; then {AGAIN}"),
}
_PASSING = {
    429: "the server asks for fewer requests",
    502: "the server is not to be reached from its front",
    503: "the server is busy or being looked after",
    504: "the server behind the front doesn't answer",
}


def refusal(status: int, method: str, asked_pause: str) -> DeliveryError:
    """The trouble that an answer's status tells of.

    `asked_pause` is the answer's Retry-After; only whole seconds count (RFC 9110, 10.2.3).
    """
    shown = f" ({status} to {method})"
    if status in _REFUSALS:
        what, hint = _REFUSALS[status]
        return DeliveryError(what + shown, hint)
    if status in _PASSING:
        seconds = int(asked_pause) if asked_pause.isdecimal() and len(asked_pause) < 6 else 0
        pause_s = min(seconds, LONGEST_PAUSE_S)
        return DeliveryError(_PASSING[status] + shown, AGAIN, passing=True, pause_s=pause_s)
    name = HTTPStatus(status).phrase if status in {known.value for known in HTTPStatus} else ""
    what = f"the server answers {method} with {status} {name}".rstrip()
    return DeliveryError(what, "ask who runs the server what that means there")


def gone() -> DeliveryError:
    """A file on its way was removed, as it seemed to be left by a broken delivery."""
    what = "it was removed on its way by another delivery"
    return DeliveryError(what, AGAIN, passing=True)


# What happens to a connection


def no_connection(error: BaseException, host: str) -> DeliveryError:
    """Why there is no connection to the host, told by the errors behind `error`."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _untrusted(cause, host)
        if isinstance(cause, ssl.SSLError):
            return DeliveryError(f"'{host}' doesn't speak TLS", "look at the address: its port?")
        if isinstance(cause, socket.gaierror):
            hint = "look at the address, and whether this machine is online"
            return DeliveryError(f"no machine is known by the name '{host}'", hint)
    return DeliveryError(f"'{host}' takes no connection", AGAIN, passing=True)


def _untrusted(error: ssl.SSLCertVerificationError, host: str) -> DeliveryError:
    """Which fault the server's certificate has; the check can't be turned off."""
    message = getattr(error, "verify_message", "") or "it can't be traced to one that is trusted"
    found = message[:1].lower() + message[1:].rstrip(".")
    if "mismatch" in found:
        what = f"the certificate of '{host}' is made out to another name"
        return DeliveryError(what, "use the name that the certificate has; its owner knows")
    what = f"the certificate of '{host}' is not trusted: {found}"
    hint = "have the agency's own root installed in this system, or name its file in SSL_CERT_FILE"
    return DeliveryError(what, hint)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
