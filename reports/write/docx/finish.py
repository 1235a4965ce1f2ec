"""What only the whole text knows: numbers, titles of content controls, addresses of links."""

from __future__ import annotations

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn

from reports.document import Note, note_mark
from reports.write.docx.names import tagged_fact
from reports.write.docx.package import Draft
from reports.write.docx.xml import RELATIONS, Element, name, w

_START, _END = name("bookmarkStart"), name("bookmarkEnd")
_ADDRESS = f"{{{RELATIONS}}}id"
_TITLE_LENGTH = 64  # Word's limit for titles of content controls


def bookmarks(draft: Draft) -> frozenset[str]:
    """The names of all bookmarks written so far."""
    return frozenset(mark.get(name("name"), "") for mark in draft.word.element.body.iter(_START))


def finish(draft: Draft) -> None:
    """Number what needs numbers, and give each outward link its relationship."""
    body = draft.word.element.body
    _number_bookmarks(body)
    _title_controls(_stories(draft), {note.fact: note for note in draft.document.notes.notes})
    for number, drawing in enumerate(body.iter(qn("wp:docPr")), start=1):
        drawing.set("id", str(number))
    for link in body.iter(name("hyperlink")):
        address = link.get(_ADDRESS)
        if address:
            key = draft.word.part.relate_to(address, RT.HYPERLINK, is_external=True)
            link.set(_ADDRESS, key)


def _stories(draft: Draft) -> list[Element]:
    """The body, and the footnotes where there are any."""
    parts = (each.target_part for each in draft.word.part.rels.values() if _is_story(each.reltype))
    return [draft.word.element.body, *(part.element for part in parts)]


def _is_story(relation: str) -> bool:
    return relation == RT.FOOTNOTES


def _number_bookmarks(body: Element) -> None:
    """Number the bookmarks, and keep one of each name: a note leads back to its first mark."""
    open_marks: list[Element] = []
    first: dict[str | None, Element] = {}
    for mark in list(body.iter(_START, _END)):
        if mark.tag == _START:
            open_marks.append(mark)
            mark.set(name("id"), str(len(first)))
            first.setdefault(mark.get(name("name")), mark)
        else:
            start = open_marks.pop()
            mark.set(name("id"), start.get(name("id"), ""))
            if first[start.get(name("name"))] is not start:
                _remove(start, mark)


def _title_controls(stories: list[Element], notes: dict[str, Note]) -> None:
    """Give each content control its number and, for people, its note as a title."""
    found = (known for story in stories for known in story.iter(name("sdtPr")))
    controls = sorted(found, key=_holds_no_fact)
    for number, known in enumerate(controls, start=1):
        if _holds_no_fact(known):
            known.insert(0, w("id", val=number))
            continue
        tag = known[0]
        fact, _ = tagged_fact(tag.get(name("val"), ""))
        tag.addprevious(w("alias", val=_title(fact, notes.get(fact))))
        tag.addnext(w("id", val=number))


def _holds_no_fact(known: Element) -> bool:
    return known.find(name("tag")) is None


def _title(fact: str, note: Note | None) -> str:
    title = f"{note_mark(note.number, note.brackets)} {note.what}" if note else fact
    if len(title) <= _TITLE_LENGTH:
        return title
    return f"{title[: _TITLE_LENGTH - 2].rsplit(' ', 1)[0]} …"


def _remove(*elements: Element) -> None:
    for element in elements:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
