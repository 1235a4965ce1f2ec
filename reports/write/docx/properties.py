"""Properties of the file: what catalogues and screen readers ask of it before its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from lxml import etree

from reports.document import Document, inline_text
from reports.write.docx.xml import Element, plain, told

_SPACES = {
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"


@dataclass(frozen=True)
class Content:
    """What a part of the package holds, its type and how the package refers to it."""

    root: Element
    type: str
    relation: str


def core_properties(document: Document, language: str) -> Content:
    """Title, author, subject, language, status and the document's own date, never the clock's."""
    root = etree.Element(f"{{{_SPACES['cp']}}}coreProperties", nsmap=_SPACES)
    for space, tag, text in _properties(document, language):
        element = etree.SubElement(root, f"{{{_SPACES[space]}}}{tag}")
        element.text = text
        if space == "dcterms":
            element.set(f"{{{_SPACES['xsi']}}}type", "dcterms:W3CDTF")
    return Content(root, CT.OPC_CORE_PROPERTIES, RT.CORE_PROPERTIES)


def _properties(document: Document, language: str) -> Iterator[tuple[str, str, str]]:
    cover, origin = document.cover, document.provenance
    yield "dc", "title", inline_text(cover.title)
    yield "dc", "subject", cover.kind
    yield "dc", "creator", cover.publisher
    yield "dc", "description", inline_text(cover.lead)
    yield "dc", "language", language
    if cover.case:
        yield "dc", "identifier", cover.case
    yield "cp", "contentStatus", cover.status
    yield "cp", "lastModifiedBy", cover.publisher
    if origin:
        for tag in ("created", "modified"):
            yield "dcterms", tag, f"{origin.date.isoformat()}T00:00:00Z"


def extended_properties(publisher: str) -> Content:
    """The properties that Office adds to the core ones: who publishes, and what wrote the file."""
    known = {"Company": publisher, "Application": "Kildefast"}
    root = plain(_EXTENDED, "Properties", *(told(_EXTENDED, tag, known[tag]) for tag in known))
    return Content(root, CT.OFC_EXTENDED_PROPERTIES, RT.EXTENDED_PROPERTIES)
