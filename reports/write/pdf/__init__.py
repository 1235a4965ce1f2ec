"""HTML to PDF by WeasyPrint: PDF/A-2a and PDF/UA-1 at once, with a tag tree of our own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reports.fonts import Face
from reports.problems import Place
from reports.write.pages import Pages, pages_of
from reports.write.pdf.engine import drawn, laid_out, without_warnings

_ENDS = ("annex", "data", "notes")  # anchors of what follows the body


@dataclass(frozen=True)
class Pdf:
    """A PDF with its page counts, and where on its pages things are set.

    `body_pages` counts up to the page on which the body ends: notes, annex and sources follow.
    """

    data: bytes
    page_count: int
    body_pages: int
    pages: Pages


def write_pdf(html: str, fonts: Mapping[Face, Path], place: Place) -> Pdf:
    """The PDF of a page of HTML: PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1).

    Raises ReportError at `place` with whatever WeasyPrint warns of.
    """
    with without_warnings(place):
        document, root = laid_out(html, fonts)
    with without_warnings(place):  # nothing is drawn that was warned of, such as a font's absence
        pages = pages_of(document, root)  # before the pages are painted, and let go
        return Pdf(tagged(document, root), len(document.pages), _body_pages(document), pages)


def lay_out(html: str, fonts: Mapping[Face, Path], place: Place) -> Pages:
    """Where the PDF of a page of HTML sets things, without the PDF.

    Raises ReportError at `place` with whatever WeasyPrint warns of.
    """
    with without_warnings(place):
        return pages_of(*laid_out(html, fonts))


def tagged(document: Any, root: Any) -> bytes:
    """The PDF of WeasyPrint's document with its tag tree; lets go of what its pages hold."""
    from reports.write.pdf.leaves import Leaves
    from reports.write.pdf.metadata import claim_both
    from reports.write.pdf.tags import write_tags

    leaves = Leaves()
    leaves.gather_from(document)
    claim_both(document)

    def finish(_document: Any, pdf: Any) -> None:
        write_tags(leaves, root, document.pages, pdf)

    return drawn(document, finish)


def _body_pages(document: Any) -> int:
    """The number of the page on which the body ends."""
    for number, sheet in enumerate(document.pages, start=1):
        ends = [sheet.anchors[name] for name in _ENDS if name in sheet.anchors]
        if ends:
            top = min(float(position[1]) for position in ends)
            first_line = sheet.height * 0.12  # a heading this far up has nothing above it
            return number - 1 if top < first_line else number
    return len(document.pages)
