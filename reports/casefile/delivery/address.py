"""Where a bundle is delivered to: a WebDAV address, as typed and as sent."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import SplitResult, quote, unquote, urlsplit

from reports.problems import Place, Problem, ReportError

TYPED = Place(Path("--deliver"))
_COPY = "copy the WebDAV address of the case folder; it begins with https://"
_LONGEST = 4000  # characters; servers stop at some 8000 bytes, file names included
_HOST = re.compile(r"([a-z0-9._-]+|\[[0-9a-f:.]+\])(:\d+)?")
_STAYS = "!$&'()*+,;=:@~-._/%"  # what a path may hold as it is (RFC 3986, 3.3)


@dataclass(frozen=True)
class Address:
    """A folder on a server; `path` is encoded and ends in a slash.  It never holds a login."""

    scheme: str
    host: str
    path: str

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.host}{self.path}"

    def folder(self, name: str) -> Address:
        """The folder of that name in this one."""
        return replace(self, path=f"{self.path}{quote(name, safe='')}/")

    def file(self, name: str) -> str:
        """The URL of the file of that name in this folder."""
        return self.url + quote(name, safe="")


def read_address(typed: str) -> Address:
    """The address of a folder as somebody typed it, with æøå, spaces and a bare % encoded.

    Raises ReportError if it isn't https (http is for this very machine), or holds a login, a
    query or what no address holds.  The words never repeat what could be a password.
    """
    if not typed.isprintable() or "\\" in typed:
        raise _refused("the address holds a character that no address has", _COPY)
    if len(typed) > _LONGEST:
        raise _refused(f"the address has {len(typed)} characters", _COPY)
    if "@" in typed.rpartition("://")[2].partition("/")[0]:
        hint = "leave it out; set KILDEFAST_WEBDAV_USER and KILDEFAST_WEBDAV_PASSWORD"
        raise _refused("the address holds a user name or password", hint)
    try:
        parts = urlsplit(typed)
        host = _host(parts)
    except ValueError:
        what = "the address doesn't begin with https:// and the name of a machine"
        raise _refused(what, _COPY) from None
    _check(parts, host)
    lone_percent = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", parts.path)
    path = quote(lone_percent, safe=_STAYS).rstrip("/") + "/"
    return Address(parts.scheme, host, path)


def _host(parts: SplitResult) -> str:
    """Host and port as they are sent; raises ValueError if there is none.

    Letters such as æ are sent as IDNA 2008 has them, which the standard library doesn't know.
    """
    import httpx

    try:
        url = httpx.URL(f"{parts.scheme}://{parts.netloc}")
    except httpx.InvalidURL as error:
        raise ValueError from error
    sent = url.netloc.decode("ascii")
    # Names and ports are judged only when they are asked for.
    if not (url.host and _HOST.fullmatch(sent)) or parts.port == 0:
        raise ValueError
    return sent


def _check(parts: SplitResult, host: str) -> None:
    if parts.scheme not in {"https", "http"}:
        raise _refused("the address doesn't begin with https://", _COPY)
    if parts.scheme == "http" and not _is_this_machine(parts.hostname or ""):
        hint = "begin it with https://"
        raise _refused(f"'{host}' would be sent the password in the open, by http", hint)
    if parts.query or parts.fragment:
        hint = "this looks like a browser's address; copy the one for WebDAV"
        raise _refused("the address goes on after a '?' or '#'", hint)
    if {".", ".."} & set(unquote(parts.path).split("/")):
        raise _refused("the address holds '.' or '..' for a folder", "name the folder itself")


def _is_this_machine(name: str) -> bool:
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


def _refused(what: str, hint: str) -> ReportError:
    return ReportError(Problem(TYPED, what, hint))
