"""HTML to PDF by WeasyPrint: PDF/A-2a and PDF/UA-1 at once, with a tag tree of our own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reports.collector import collector_paused
from reports.fonts import Face
from reports.problems import Place
from reports.write.pages import Pages, pages_of
from reports.write.pdf.engine import drawn, laid_out
from reports.write.pdf.warnings import without_warnings


@dataclass(frozen=True)
class Pdf:
    """A PDF, how many pages it has, and where on them things are set."""

    data: bytes
    page_count: int
    pages: Pages


def write_pdf(html: str, fonts: Mapping[Face, Path], place: Place) -> Pdf:
    """The PDF of a page of HTML: PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1).

    Raises ReportError at `place` with whatever WeasyPrint warns of.
    """
    with collector_paused():
        return _written(html, fonts, place)


def _written(html: str, fonts: Mapping[Face, Path], place: Place) -> Pdf:
    with without_warnings(place):
        document, root = laid_out(html, fonts)
    with without_warnings(place):  # nothing is drawn that was warned of, such as a font's absence
        pages = pages_of(document, root)  # before the pages are painted, and let go
        return Pdf(tagged(document, root), len(document.pages), pages)


def lay_out(html: str, fonts: Mapping[Face, Path], place: Place) -> Pages:
    """Where the PDF of a page of HTML sets things, without the PDF.

    Raises ReportError at `place` with whatever WeasyPrint warns of.
    """
    with collector_paused(), without_warnings(place):
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
