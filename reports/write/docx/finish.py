"""What only the whole text knows: numbers of bookmarks and drawings, addresses of links."""

from __future__ import annotations

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn

from reports.write.docx.package import Draft
from reports.write.docx.xml import Element

_START, _END = qn("w:bookmarkStart"), qn("w:bookmarkEnd")


def bookmarks(draft: Draft) -> frozenset[str]:
    """The names of all bookmarks written so far."""
    return frozenset(mark.get(qn("w:name"), "") for mark in draft.word.element.body.iter(_START))


def finish(draft: Draft) -> None:
    """Number what needs numbers, and give each outward link its relationship."""
    body = draft.word.element.body
    _number_bookmarks(body)
    for number, drawing in enumerate(body.iter(qn("wp:docPr")), start=1):
        drawing.set("id", str(number))
    for link in body.iter(qn("w:hyperlink")):
        address = link.get(qn("r:id"))
        if address:
            key = draft.word.part.relate_to(address, RT.HYPERLINK, is_external=True)
            link.set(qn("r:id"), key)


def _number_bookmarks(body: Element) -> None:
    """Number the bookmarks, and keep one of each name: a note leads back to its first mark."""
    open_marks: list[Element] = []
    first: dict[str | None, Element] = {}
    for mark in list(body.iter(_START, _END)):
        if mark.tag == _START:
            open_marks.append(mark)
            mark.set(qn("w:id"), str(len(first)))
            first.setdefault(mark.get(qn("w:name")), mark)
        else:
            start = open_marks.pop()
            mark.set(qn("w:id"), start.get(qn("w:id"), ""))
            if first[start.get(qn("w:name"))] is not start:
                _remove(start, mark)


def _remove(*elements: Element) -> None:
    for element in elements:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
