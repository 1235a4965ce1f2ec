"""What a WebDAV server answers in XML (RFC 4918, 13), read without trusting it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from lxml import etree

from reports.casefile.delivery.trouble import DeliveryError
from reports.casefile.names import seen

_DAV = "{DAV:}"
_STATUS = re.compile(r"HTTP/\S+ (\d{3})\b", re.ASCII)
_LONGEST_WORDS = 100  # characters of a name, or of who holds a lock


@dataclass(frozen=True)
class Entry:
    """A file or folder that the server lists, by its name."""

    name: str
    is_folder: bool


def read_entries(answer: bytes) -> tuple[Entry, ...]:
    """All that the answer lists, at least one, what was asked for first; names as read, in NFC.

    Servers give addresses or paths, with or without a last slash, and those behind another
    server don't know the path that was asked for.  What was asked for has the shortest.
    """
    listed = [_entry(found) for found in _tree(answer).iter(f"{_DAV}response")]
    if not listed:
        raise _unreadable()
    ordered = sorted(listed, key=lambda pair: len(pair[0]))
    return tuple(Entry(segments[-1] if segments else "", is_) for segments, is_ in ordered)


def _entry(response: etree._Element) -> tuple[list[str], bool]:
    """The segments of the path of one entry, and whether it is a folder."""
    href = (response.findtext(f"{_DAV}href") or "").strip()
    try:
        path = urlsplit(href).path
    except ValueError:
        raise _unreadable() from None
    segments = [unicodedata.normalize("NFC", unquote(part)) for part in path.split("/") if part]
    kind = response.find(f"{_DAV}propstat/{_DAV}prop/{_DAV}resourcetype/{_DAV}collection")
    return segments, kind is not None


def read_lock_owner(answer: bytes) -> str:
    """Who holds a lock, in the words of the program that took it; empty if that isn't told."""
    owner = _tree(answer).find(f".//{_DAV}activelock/{_DAV}owner")
    return shown("".join(map(str, owner.itertext()))) if owner is not None else ""


def shown(words: str) -> str:
    """Words of a server in one short line, without what a terminal would obey."""
    line = " ".join(seen(words).split())
    return line if len(line) <= _LONGEST_WORDS else f"{line[: _LONGEST_WORDS - 1]}…"


def read_failure(answer: bytes) -> int:
    """The status that kept a request from being done, out of all in the answer; 207 if none did.

    424 only says that another one failed (RFC 4918, 11.4).
    """
    lines = [found.text or "" for found in _tree(answer).iter(f"{_DAV}status")]
    statuses = [int(found[1]) for line in lines if (found := _STATUS.search(line))]
    failures = [status for status in statuses if status >= 400 and status != 424]
    return failures[0] if failures else 207


def _tree(answer: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(answer, parser)
    except etree.XMLSyntaxError:
        raise _unreadable() from None
    # A document type brings entities; no WebDAV server has a use for them.
    if root.getroottree().docinfo.internalDTD is not None:
        raise _unreadable()
    return root


def _unreadable() -> DeliveryError:
    hint = "is this the WebDAV address, and not the one for browsers?"
    return DeliveryError("the server's list of the folder can't be read", hint)
