"""What a PDF holds beside pages, links and a list of contents, which is all that ours hold.

Notes, form fields, layers and attached files show a reader what no figure is read from; scripts
and actions do what nobody asked for.  What is drawn over a page isn't looked for here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pdfminer.pdfdocument import PDFDocument

_OF_CATALOG = {
    "AcroForm": "a form",
    "AA": "an action",
    "AF": "an attached file",
    "Collection": "a collection of files",
    "OCProperties": "layers that can be hidden",
    "OpenAction": "an action on opening",
}
_OF_NAMES = {"EmbeddedFiles": "an attached file", "JavaScript": "a script"}
_OF_PAGE = {"AA": "an action", "CropBox": "an edge within the page"}
_HARMLESS = ("GoTo", "URI")  # what a click on a link may do


def additions(document: PDFDocument) -> Iterator[str]:
    """What the document holds that this program writes in none, one after the other.

    For a damaged file it raises what Python does, from KeyError on.
    """
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdftypes import resolve1

    catalog = document.catalog
    yield from _held(_OF_CATALOG, catalog)
    yield from _held(_OF_NAMES, resolve1(catalog.get("Names")) or {})
    if any("Prev" in each.get_trailer() for each in document.xrefs):
        yield "was added to at its end, after it was written"
    for number, page in enumerate(PDFPage.create_pages(document), start=1):
        found = [*_held(_OF_PAGE, page.attrs), *_of_notes(resolve1(page.annots) or [])]
        yield from (f"{each} on page {number}" for each in found)


def _held(words: dict[str, str], there: dict[str, Any]) -> Iterator[str]:
    yield from (f"has {shown}" for key, shown in words.items() if key in there)


def _of_notes(notes: list[Any]) -> Iterator[str]:
    """Annotations other than links, and links that do more than lead somewhere (12.5 and 12.6)."""
    from pdfminer.pdftypes import resolve1

    for note in map(resolve1, notes):
        kind = resolve1(note["Subtype"]).name
        action = resolve1(note.get("A")) or {}
        does = resolve1(action["S"]).name if action else _HARMLESS[0]
        if kind != "Link":
            yield f"has an annotation ({kind})"
        elif does not in _HARMLESS or "Next" in action or "AA" in note:
            yield f"has a link with an action ({does})"
