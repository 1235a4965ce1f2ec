"""HTML to PDF: WeasyPrint, which may fetch nothing but the fonts it is given."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reports.fonts import Face
from reports.problems import Place, Problem, ReportError


@dataclass(frozen=True)
class Pdf:
    """A PDF with its page counts; `pages` gives the page of each anchor, from 1.

    `body_pages` counts up to the page on which the body ends: notes, annex and sources follow.
    """

    data: bytes
    page_count: int
    body_pages: int
    pages: dict[str, int]


def write_pdf(html: str, fonts: Mapping[Face, Path], place: Place) -> Pdf:
    """The PDF of a page of HTML, tagged after PDF/UA-1.

    Raises ReportError at `place` with whatever WeasyPrint warns of.
    """
    import weasyprint

    warnings = _Warnings()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(warnings)
    logger.propagate = False
    try:
        page = weasyprint.HTML(string=html, url_fetcher=_fetcher(fonts))
        document = page.render()
        data = document.write_pdf(pdf_variant="pdf/ua-1", finisher=_scope_headers)
    finally:
        logger.removeHandler(warnings)
    if warnings.messages:
        raise ReportError(*(Problem(place, message) for message in warnings.messages))
    pages = {
        anchor: number
        for number, sheet in enumerate(document.pages, start=1)
        for anchor in sheet.anchors
    }
    return Pdf(data, len(document.pages), _body_pages(document), pages)


class _Warnings(logging.Handler):
    """Collects what the library warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(f"the page can't be set as it is: {record.getMessage()}")


def _fetcher(fonts: Mapping[Face, Path]) -> Any:
    """A fetcher that serves the fonts by name and pictures inside the page, nothing else."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    files = {f"font:{file.name}": file for file in fonts.values()}

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url in files:
                return URLFetcherResponse(
                    url, files[url].read_bytes(), {"Content-Type": "font/ttf"}
                )
            if url.startswith("data:"):
                return super().fetch(url, headers)
            message = f"'{url}' is outside the workspace"
            raise FatalURLFetchingError(message)

    return Fetcher(allowed_protocols=["data"])


def _body_pages(document: Any) -> int:
    """The number of the page on which the body ends, before the annex or the notes."""
    for number, sheet in enumerate(document.pages, start=1):
        ends = [sheet.anchors[name] for name in ("annex", "notes") if name in sheet.anchors]
        if ends:
            top = min(float(position[1]) for position in ends)
            first_line = sheet.height * 0.12  # a heading this far up has nothing above it
            return number - 1 if top < first_line else number
    return len(document.pages)


def _scope_headers(_document: Any, pdf: Any) -> None:
    """Give each header cell its scope, which WeasyPrint leaves out (WeasyPrint #2508)."""
    elements: dict[Any, Any] = {
        getattr(element, "reference", None): element
        for element in pdf.objects
        if isinstance(element, dict) and "S" in element and "P" in element
    }

    def inside_head(element: Any) -> bool:
        while element is not None and element["S"] != "/THead":
            element = elements.get(element["P"])
        return element is not None

    for element in elements.values():
        if element["S"] == "/TH":
            element["A"]["Scope"] = "/Column" if inside_head(element) else "/Row"
