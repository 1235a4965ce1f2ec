"""The part of the file that says where it comes from, for programs: docs/provenance.xsd.

It holds what the notes and sources show, each content control as it was written, and the
numbers that are no fact's, so that an edited document can be held against it.  The state is the
hash of facts and sources.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from importlib.metadata import version

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from reports import __version__
from reports.document import (
    Document,
    FactOrigin,
    Note,
    Provenance,
    SourceEntry,
    inline_text,
)
from reports.write.docx.names import tagged_fact
from reports.write.docx.numbers import numbers_elsewhere
from reports.write.docx.package import Draft
from reports.write.docx.xml import Element, name, plain, serialised, told

NAMESPACE = "urn:kildefast:provenance:1"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_LIBRARIES = ("python-docx", "lxml")


def write_provenance(draft: Draft) -> None:
    """Add the provenance of a finished text; a document that comes from no store has none."""
    origin = draft.document.provenance
    if origin is None:
        return
    root = _provenance(draft.document, origin, draft.word.element.body)
    package = draft.word.part.package
    item = Part(PackURI("/customXml/item1.xml"), CT.XML, serialised(root), package)
    known = serialised(_item_properties(item.blob))
    properties = PackURI("/customXml/itemProps1.xml")
    item.relate_to(
        Part(properties, CT.OFC_CUSTOM_XML_PROPERTIES, known, package), RT.CUSTOM_XML_PROPS
    )
    draft.word.part.relate_to(item, RT.CUSTOM_XML)


def _provenance(document: Document, origin: Provenance, body: Element) -> Element:
    notes = zip(document.notes.notes, origin.facts, strict=True)
    facts = _ours("facts", *(_fact(note, fact) for note, fact in notes))
    sources = _ours("sources", *map(_source, document.sources.entries))
    return _ours(
        "provenance",
        _edition(document, origin),
        _ours("state", _says("hash", _hash(facts, sources)), *_recorded(origin)),
        _ours("made-with", *_made_with()),
        facts,
        sources,
        _ours("printed", *_printed(body)),
        _says("elsewhere", " ".join(number for _, number in numbers_elsewhere(body))),
    )


def _edition(document: Document, origin: Provenance) -> Element:
    subject = {"subject": origin.subject} if origin.subject else {}
    return _ours(
        "edition",
        brief=origin.brief,
        audience=origin.audience,
        language=document.language,
        **subject,
        date=origin.date.isoformat(),
        status=origin.status,
    )


def _hash(*elements: Element) -> str:
    """SHA-256 of the elements in canonical XML 1.0, one after the other."""
    canonical = b"".join(etree.tostring(element, method="c14n") for element in elements)
    return hashlib.sha256(canonical).hexdigest()


def _recorded(origin: Provenance) -> Iterator[Element]:
    if origin.recorded:
        yield _says("recorded", origin.recorded.isoformat())


def _made_with() -> Iterator[Element]:
    yield _ours("program", name="kildefast", version=__version__)
    for library in _LIBRARIES:
        yield _ours("program", name=library, version=version(library))


def _fact(note: Note, origin: FactOrigin) -> Element:
    known = {
        "id": note.fact,
        "note": str(note.number),
        "standing": origin.standing,
        "recorded": origin.recorded.isoformat(),
    }
    place = {"paragraph": str(origin.place)} if origin.place else {}
    return _ours(
        "fact",
        _says("says", note.what),
        _says("speaker", note.speaker),
        _says("as-of", note.as_of),
        *(_ours("from", letter=letter, **place) for letter in note.sources),
        *(_ours("computed-from", fact=fact) for fact in origin.inputs),
        **known,
    )


def _source(entry: SourceEntry) -> Element:
    return _ours("source", _says("says", inline_text(entry.text)), letter=entry.letter)


def _printed(body: Element) -> Iterator[Element]:
    """Each fact's content control in the text, in order: its number, fact, form and words."""
    for control in body.iter(name("sdt")):
        known = {child.tag: child.get(name("val"), "") for child in control[0]}
        if name("tag") not in known:
            continue  # the contents list
        fact, form = tagged_fact(known[name("tag")])
        words = "".join(text.text or "" for text in control.iter(name("t")))
        yield _says("control", words, number=known[name("id")], fact=fact, form=form)


def _item_properties(item: bytes) -> Element:
    """What Word wants to know of the part: an id of its own, and the name of its shape."""
    root = etree.Element(f"{{{_STORE}}}datastoreItem", nsmap={"ds": _STORE})
    number = uuid.uuid5(uuid.NAMESPACE_URL, hashlib.sha256(item).hexdigest())
    root.set(f"{{{_STORE}}}itemID", f"{{{str(number).upper()}}}")
    shapes = etree.SubElement(root, f"{{{_STORE}}}schemaRefs")
    etree.SubElement(shapes, f"{{{_STORE}}}schemaRef").set(f"{{{_STORE}}}uri", NAMESPACE)
    return root


def _ours(tag: str, *children: Element, **attributes: str) -> Element:
    return plain(NAMESPACE, tag, *children, **attributes)


def _says(tag: str, text: str, **attributes: str) -> Element:
    return told(NAMESPACE, tag, text, **attributes)
