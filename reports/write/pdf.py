"""HTML to PDF: WeasyPrint, which may fetch nothing but the fonts it is given."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reports.fonts import Face
from reports.problems import Place, Problem, ReportError
from reports.write.pages import Pages, pages_of


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
    """The PDF of a page of HTML, tagged after PDF/UA-1.

    Raises ReportError at `place` with whatever WeasyPrint warns of.
    """
    with _without_warnings(place):
        document, root = _laid_out(html, fonts)
        data = document.write_pdf(pdf_variant="pdf/ua-1", finisher=_mend_tags)
    return Pdf(data, len(document.pages), _body_pages(document), pages_of(document, root))


def lay_out(html: str, fonts: Mapping[Face, Path], place: Place) -> Pages:
    """Where the PDF of a page of HTML sets things, without the PDF.

    Raises ReportError at `place` with whatever WeasyPrint warns of.
    """
    with _without_warnings(place):
        return pages_of(*_laid_out(html, fonts))


def _laid_out(html: str, fonts: Mapping[Face, Path]) -> tuple[Any, Any]:
    """WeasyPrint's document, and the element tree that it was laid out from."""
    import weasyprint

    page = weasyprint.HTML(string=html, url_fetcher=_fetcher(fonts))
    return page.render(), page.etree_element


@contextmanager
def _without_warnings(place: Place) -> Iterator[None]:
    """Raise ReportError at the end for what WeasyPrint warned of meanwhile."""
    warnings = _Warnings()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(warnings)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(warnings)
    if warnings.messages:
        raise ReportError(*(Problem(place, message) for message in warnings.messages))


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


def _mend_tags(_document: Any, pdf: Any) -> None:
    """Mend the tag tree where PDF/UA-1 asks for more than WeasyPrint writes."""
    objects = {getattr(each, "reference", None): each for each in pdf.objects}
    elements = {
        reference: element
        for reference, element in objects.items()
        if isinstance(element, dict) and "S" in element and "P" in element
    }
    _scope_headers(elements)
    _gather_links(elements, objects, pdf.catalog["StructTreeRoot"])


def _scope_headers(elements: Mapping[Any, Any]) -> None:
    """Give each header cell its scope, which WeasyPrint leaves out (WeasyPrint #2508)."""
    for element in elements.values():
        if element["S"] == "/TH":
            inside_head = _nearest("/THead", element, elements) is not None
            element["A"]["Scope"] = "/Column" if inside_head else "/Row"


def _gather_links(elements: Mapping[Any, Any], objects: Mapping[Any, Any], root: Any) -> None:
    """Hand each link's annotations to its own element (ISO 14289-1, 7.18.5).

    WeasyPrint gives every box inside a link an annotation of its own, below that box's tag.
    """
    owners = objects[objects[root]["ParentTree"]]["Nums"]  # number, owner, number, owner, …
    places = {owners[index]: index + 1 for index in range(0, len(owners), 2)}
    for element in elements.values():
        link = _nearest("/Link", element, elements)
        if link is None or link is element:
            continue
        own = [kid for kid in element["K"] if _is_annotation(objects.get(kid))]
        element["K"][:] = [kid for kid in element["K"] if kid not in own]
        link["K"][:0] = own
        for kid in own:
            annotation = objects[objects[kid]["Obj"]]
            owners[places[annotation["StructParent"]]] = link.reference


def _nearest(tag: str, element: Any, elements: Mapping[Any, Any]) -> Any:
    """The element itself or the next one above it with that tag; None if there is none."""
    while element is not None and element["S"] != tag:
        element = elements.get(element["P"])
    return element


def _is_annotation(kid: Any) -> bool:
    return isinstance(kid, dict) and kid.get("Type") == "/OBJR"
