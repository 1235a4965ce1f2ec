"""Bytes to the tree of a message: UTF-8 and well-formed XML that refers to nothing."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree

from reports.casefile.messages.parts import UNFIT
from reports.problems import Place, Problem, ReportError

_MOST = 5_000_000  # bytes; a message of ours has some ten thousand
_ENCODING = re.compile(r"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']*)[\"']")
_OWN = re.compile(r"^xml\w+: ")
_WORDS = {  # what libxml2's words start with, and ours
    "Excessive depth": "its elements lie too deep in each other",
    "expected '>'": "a tag isn't closed",
    "invalid xmlChar": "it names a character that no message may hold",
    "no name": "an '&' stands alone; write '&amp;'",
}
_WHERE = re.compile(r",? (?:and )?(?:line \d+(?:, column \d+)?|\(?<string>, line \d+\)?)")


def read_message(data: bytes, file: Path) -> etree._Element:
    """The root of the message, without comments; nothing it names is fetched or expanded.

    Raises ReportError at the line that can't be read.
    """
    if len(data) > _MOST:
        raise _unread(file, 0, f"has {len(data) // 1000} kB; {_MOST // 1000} are allowed")
    words = _decoded(data, file)
    if not words.strip():
        raise _unread(file, 0, "is empty")
    for found in (re.search("<!DOCTYPE|<!ENTITY", words), UNFIT.search(words)):
        if found:
            raise _unread(file, words[: found.start()].count("\n") + 1, *_unwanted(found[0]))
    return _parsed(words, file)


def _decoded(data: bytes, file: Path) -> str:
    try:
        words = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _unread(file, line, "is no UTF-8", "save the message in UTF-8") from None
    declared = _ENCODING.match(words)
    if declared and declared[1].lower() not in {"utf-8", "utf8"}:
        what = f"declares the encoding '{declared[1]}' and is UTF-8"
        raise _unread(file, 1, what, "declare 'UTF-8'")
    return words


def _unwanted(found: str) -> tuple[str, str]:
    if found.startswith("<!"):
        return "declares a document type or entities, which a message has no use for", (
            "a bundle's message has none: don't pass this one on"
        )
    return f"holds the character U+{ord(found):04X}, which no message may hold", "take it out"


def _parsed(words: str, file: Path) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(words.encode(), parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        cut = words.rstrip().count("\n") < line > 1
        what = f"is no well-formed XML: {_plainly(str(error.msg))}"
        raise _unread(file, line, what, "it may have been cut off" if cut else "") from None


def _plainly(said: str) -> str:
    """What libxml2 says, without its own names and places."""
    bare = _WHERE.sub("", _OWN.sub("", said)).strip()
    ours = (words for start, words in _WORDS.items() if bare.startswith(start))
    return next(ours, f"{bare[:1].lower()}{bare[1:]}")


def _unread(file: Path, line: int, what: str, hint: str = "") -> ReportError:
    return ReportError(Problem(Place(file, line), what, hint))
