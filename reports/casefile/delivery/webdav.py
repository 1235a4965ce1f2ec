"""WebDAV over HTTP (RFC 4918): one exchange a function, each fault a DeliveryError in plain words.

Redirects are never followed: a login goes to the host that was typed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

import httpx

from reports.casefile.delivery.address import Address
from reports.casefile.delivery.client import new_client
from reports.casefile.delivery.credentials import Credentials, Nobody, Password, Token
from reports.casefile.delivery.multistatus import (
    Entry,
    read_entries,
    read_failure,
    read_lock_owner,
)
from reports.casefile.delivery.parcel import ParcelFile
from reports.casefile.delivery.trouble import (
    AGAIN,
    DeliveryError,
    gone,
    no_connection,
    refusal,
)

_LONGEST_LIST = 1_000_000  # bytes: a bundle has some ten files, each listed in less than 2 kB
_LONGEST_REST = 10_000  # bytes of a page that says 404 or the like
_WHAT_IT_IS = '<propfind xmlns="DAV:"><prop><resourcetype/></prop></propfind>'
_WHO_LOCKS = '<propfind xmlns="DAV:"><prop><lockdiscovery/></prop></propfind>'
_DONE = {200, 201, 204}


class Standing(Enum):
    """What stands under a name on the server, beside the file that is to stand there."""

    ABSENT = "absent"
    SAME = "same"
    OTHER = "other"


class Server:
    """The server of one address, asked by one user."""

    def __init__(self, address: Address, credentials: Credentials, silence_s: float) -> None:
        """Prepare to ask; nothing is sent yet.

        Raises DeliveryError if the proxy of the environment can't be used.
        """
        self.host = address.host
        self.credentials = credentials
        self.silence_s = silence_s
        self._client = new_client(address, credentials, silence_s)

    def __enter__(self) -> Self:
        """Keep connections for the next exchange."""
        self._client.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        """End all connections."""
        self._client.close()

    def is_folder(self, at: Address) -> bool | None:
        """Whether a folder is there; None if nothing is."""
        answer = self._propfind(at.url, "0", _WHAT_IT_IS)
        if answer is None:
            return None
        return read_entries(answer)[0].is_folder

    def entries(self, at: Address) -> tuple[Entry, ...] | None:
        """What is in the folder; None if there is no folder."""
        answer = self._propfind(at.url, "1", _WHAT_IT_IS)
        if answer is None:
            return None
        itself, *inside = read_entries(answer)
        if not itself.is_folder:
            raise _file_there()
        return tuple(inside)

    def make_folder(self, at: Address) -> None:
        """Make the folder; no trouble if it is there already (405; RFC 4918, 9.3.1).

        Where another delivery made it in the same instant, Apache says 403 and WsgiDAV 500.
        """
        with self._asked("MKCOL", at.url) as answer:
            refused = answer.status_code in {403, 500} and self.is_folder(at)
            if answer.status_code != 405 and not refused:
                self._expect(_DONE, answer)
        if not self.is_folder(at):
            raise _file_there()

    def put(self, url: str, file: Path, size: int) -> None:
        """Send the file there, over what may stand there."""
        headers = {"Content-Length": str(size)}
        with file.open("rb") as content, self._asked("PUT", url, headers, content) as answer:
            self._expect(_DONE, answer)

    def compare(self, url: str, file: ParcelFile) -> Standing:
        """What is there beside `file`, read back and hashed; at most as much as the file has."""
        with self._asked("GET", url) as answer:
            if answer.status_code in {404, 410}:
                return Standing.ABSENT
            self._expect({200}, answer)
            found, size = hashlib.sha256(), 0
            for part in answer.iter_bytes():
                found.update(part)
                size += len(part)
                if size > file.size:
                    break
        return Standing.SAME if found.hexdigest() == file.sha256 else Standing.OTHER

    def move(self, source: str, target: str) -> None:
        """Give the file another name, never that of something else."""
        with self._asked("MOVE", source, {"Destination": target, "Overwrite": "F"}) as answer:
            if answer.status_code == 404:
                raise gone()
            self._expect(_DONE, answer)

    def remove(self, url: str) -> None:
        """Remove the file, if it is there."""
        with self._asked("DELETE", url) as answer:
            self._expect(_DONE | {404}, answer)

    def _propfind(self, url: str, depth: str, question: str) -> bytes | None:
        headers = {"Depth": depth, "Content-Type": "application/xml"}
        with self._asked("PROPFIND", url, headers, question) as answer:
            if answer.status_code in {404, 410}:
                return None
            self._expect({207}, answer)
            return _read(answer)

    @contextmanager
    def _asked(
        self, method: str, url: str, headers: Mapping[str, str] | None = None, content: object = b""
    ) -> Iterator[httpx.Response]:
        """The answer, its body not read yet; what breaks while it is read is a DeliveryError too."""
        try:
            with self._client.stream(
                method,
                url,
                headers=headers,
                content=content,  # type: ignore[arg-type]
            ) as answer:
                yield answer
                _finish(answer)
        except httpx.HTTPError as error:
            raise self._broken(error) from None

    def _broken(self, error: httpx.HTTPError) -> DeliveryError:
        match error:
            case httpx.TimeoutException():
                what = f"no word from '{self.host}' for {self.silence_s:g} s"
                return DeliveryError(what, AGAIN, passing=True)
            case httpx.ProxyError():
                hint = "look at HTTPS_PROXY, and its user and password"
                return DeliveryError("the proxy that HTTPS_PROXY names doesn't let it pass", hint)
            case httpx.ConnectError():
                return no_connection(error, self.host)
            case _:
                return DeliveryError(f"the connection to '{self.host}' broke", AGAIN, passing=True)

    def _expect(self, wanted: set[int], answer: httpx.Response) -> None:
        """Raise the DeliveryError that the answer tells of unless its status is one of `wanted`.

        207 tells in XML what failed (RFC 4918, 9.9.4): mod_dav does so for a locked folder.
        """
        status, method = answer.status_code, answer.request.method
        if status in wanted:
            return
        if status == 207:
            status = read_failure(_read(answer))
        if status == 401:
            raise _refused_login(self.credentials, answer.headers.get("WWW-Authenticate", ""))
        if status == 423:
            raise self._locked(str(answer.request.url), method)
        if answer.has_redirect_location:
            raise _redirected(answer)
        raise refusal(status, method, answer.headers.get("Retry-After", ""))

    def _locked(self, url: str, method: str) -> DeliveryError:
        above = url.rstrip("/").rpartition("/")[0] + "/"
        try:
            owner = read_lock_owner(self._propfind(above, "0", _WHO_LOCKS) or b"")
        except DeliveryError:  # the lock is the news, not that nobody tells whose it is
            owner = ""
        whose = f"by '{owner}'" if owner else "by somebody else"
        hint = f"have them close it in the case system; then {AGAIN}"
        return DeliveryError(f"the folder is locked {whose} (423 to {method})", hint, passing=True)


def _finish(answer: httpx.Response) -> None:
    """Read the rest of a short answer, so that its connection serves the next request too."""
    size = 0
    with suppress(httpx.HTTPError):
        for part in () if answer.is_stream_consumed else answer.iter_raw():
            size += len(part)
            if size > _LONGEST_REST:
                break


def _read(answer: httpx.Response) -> bytes:
    """The body of an answer that is no file."""
    data = bytearray()
    for part in answer.iter_bytes():
        data += part
        if len(data) > _LONGEST_LIST:
            hint = "is this the folder of one case?"
            raise DeliveryError(f"the server's list has more than {_LONGEST_LIST // 1000} kB", hint)
    return bytes(data)


def _refused_login(credentials: Credentials, offered: str) -> DeliveryError:
    """Whose login the server doesn't take, and what to look at; never the login itself."""
    schemes = {part.split()[0].lower() for part in offered.split(",") if part.strip()}
    if schemes and not schemes & {"basic", "bearer"}:
        what = "the server takes neither a password (Basic) nor a token (Bearer) (401)"
        return DeliveryError(what, "ask who runs it for an application password or a token")
    match credentials:
        case Password(user, _, origin):
            return DeliveryError(f"the server doesn't let '{user}' in (401)", f"look at {origin}")
        case Token(_, origin):
            return DeliveryError("the server doesn't take the token (401)", f"look at {origin}")
        case Nobody(why, hint):
            return DeliveryError(f"the server asks for a login (401), and {why}", hint)


def _file_there() -> DeliveryError:
    return DeliveryError("a file stands where the folder is to be", "look who put it there")


def _redirected(answer: httpx.Response) -> DeliveryError:
    """Where the server points to, without what may be secret in it."""
    target = answer.request.url.join(answer.headers["Location"])
    shown = urlsplit(str(target.copy_with(username="", password="", query=None, fragment=None)))
    what = f"the server points to '{shown.geturl()}' ({answer.status_code})"
    if (target.scheme, target.netloc) == (answer.request.url.scheme, answer.request.url.netloc):
        return DeliveryError(what, "if that is the case folder, give --deliver that address")
    return DeliveryError(what, "that is another server, which gets no login; ask who runs this one")
