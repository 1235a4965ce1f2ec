"""What a PDF says of itself: its claims, its marks, and the words of the pages that frame it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from reports.casefile.verify.package import plain_xml
from reports.casefile.verify.pdf_additions import additions
from reports.casefile.verify.remarks import read_cleanly
from reports.casefile.verify.unpacking import MOST_LAID_OUT, within_bounds
from reports.problems import Place, Problem, ReportError

if TYPE_CHECKING:
    from pdfplumber.pdf import PDF

T = TypeVar("T")

_PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
_PDFUA = "{http://www.aiim.org/pdfua/ns/id/}"
_DAY = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_HEAD, _TAIL = b"%PDF-", b"%%EOF"
_NEAR = 1024  # bytes at either end in which readers look for them (ISO 32000-1, annex H)
_DAMAGED = "is no PDF, or a damaged one"
_LEADING = 0.8  # of a line's height, between it and the next of the same block
_LINE_END_HYPHEN = "\u2010"  # what a word is broken with; authors write U+002D


@dataclass(frozen=True)
class Pdf:
    """A PDF as far as it is asked; "" or None where it doesn't say.

    `pdfa` is its claim such as "2A", `pdfua` the part such as "1".  `additions` are what it
    holds that this program writes in none.
    """

    title: str
    author: str
    language: str
    created: dt.date | None
    pdfa: str
    pdfua: str
    additions: tuple[str, ...]


def read_pdf(file: Path) -> Pdf:
    """What the file says of itself.

    Raises ReportError at the file if it is encrypted, damaged or no PDF.
    """
    return _opened(file, lambda opened: _read(opened, Place(file)))


def read_framed(file: Path) -> tuple[Pdf, tuple[str, ...]]:
    """What it says of itself, and the texts that stand apart on its first and last two pages.

    Those pages frame a document: its cover, and where its colophon stands.  Raises ReportError
    as `read_pdf` does.
    """

    def read(opened: PDF) -> tuple[Pdf, tuple[str, ...]]:
        pages = (opened.pages[0], *opened.pages[1:][-2:])
        said = _read(opened, Place(file))
        with within_bounds(file, MOST_LAID_OUT):
            lines = [page.extract_words(keep_blank_chars=True) for page in pages]
        return said, tuple(text for each in lines for text in _blocks(each))

    return _opened(file, read)


def _opened(file: Path, read: Callable[[PDF], T]) -> T:
    """What `read` makes of the file's PDF."""
    import pdfplumber

    place = Place(file)
    if not _is_whole(file):  # the parser would look through all of it for a beginning
        raise ReportError(Problem(place, _DAMAGED))
    try:
        with read_cleanly(file), pdfplumber.open(file) as opened:
            _refuse_encrypted(opened, place)
            return read(opened)
    except ReportError:
        raise
    # A damaged file trips the parser anywhere: it raises what Python does, from KeyError on.
    except Exception as error:  # noqa: BLE001
        raise ReportError(Problem(place, _reason(error))) from None


def _refuse_encrypted(opened: PDF, place: Place) -> None:
    if opened.doc.encryption:
        raise ReportError(Problem(place, "is encrypted, which PDF/A doesn't allow"))


def _is_whole(file: Path) -> bool:
    """Whether the file begins and ends as a PDF does."""
    with file.open("rb") as opened:
        head = opened.read(_NEAR)
        opened.seek(max(0, file.stat().st_size - _NEAR))
        return _HEAD in head and _TAIL in opened.read()


def _reason(error: Exception) -> str:
    names = {type(each).__name__ for each in (error, *error.args)}
    if "PDFPasswordIncorrect" in names:
        return "is encrypted with a password, so nobody can check it"
    return _DAMAGED


def _read(opened: PDF, place: Place) -> Pdf:
    from pdfminer.pdftypes import resolve1
    from pdfminer.utils import decode_text

    catalog, known = opened.doc.catalog, opened.metadata
    pdfa, pdfua = _claims(resolve1(catalog.get("Metadata")), place)
    language = resolve1(catalog.get("Lang")) or b""
    return Pdf(
        title=_text(known.get("Title")),
        author=_text(known.get("Author")),
        language=decode_text(language) if isinstance(language, bytes) else "",
        created=_day(_text(known.get("CreationDate"))),
        pdfa=pdfa,
        pdfua=pdfua,
        additions=tuple(dict.fromkeys(additions(opened.doc))),
    )


def _blocks(lines: list[dict[str, Any]]) -> Iterator[str]:
    """Lines that stand one below the other, from the same left edge, as one text."""
    held: list[list[dict[str, Any]]] = []
    for line in lines:
        above = next((each for each in held if _goes_on(each[-1], line)), None)
        if above:
            above.append(line)
        else:
            held.append([line])
    for block in held:
        yield " ".join(line["text"].strip() for line in block).replace(f"{_LINE_END_HYPHEN} ", "")


def _goes_on(above: dict[str, Any], line: dict[str, Any]) -> bool:
    gap, height = line["top"] - above["bottom"], above["bottom"] - above["top"]
    return bool(abs(line["x0"] - above["x0"]) < 1 and 0 <= gap < height * _LEADING)


def _claims(metadata: Any, place: Place) -> tuple[str, str]:
    """The claims of PDF/A and PDF/UA in the XMP packet, "" for none (ISO 19005-2, 6.6.4)."""
    if metadata is None:
        return "", ""
    root = plain_xml(metadata.get_data(), place, "its XMP packet")
    part, level = _said(root, f"{_PDFA}part"), _said(root, f"{_PDFA}conformance")
    return f"{part}{level.upper()}", _said(root, f"{_PDFUA}part")


def _said(root: Any, name: str) -> str:
    """A simple property of XMP, which may be an attribute or an element."""
    for each in root.iter():
        if each.tag == name:
            return (each.text or "").strip()
        if name in each.attrib:
            return str(each.get(name))
    return ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _day(text: str) -> dt.date | None:
    found = _DAY.match(text)
    try:
        return dt.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
