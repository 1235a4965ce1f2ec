"""A reference made ready once: judged, made plain, and packed so that each edition can start from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from reports.problems import suggest
from reports.write.docx.archive import types_of, zipped
from reports.write.docx.reference.content import (
    content_faults,
    make_plain,
    settings_faults,
    texts,
)
from reports.write.docx.reference.faults import Fault, UnusableError
from reports.write.docx.reference.mending import (
    mend_numbering,
    mend_styles,
    mend_text,
    used_keys,
)
from reports.write.docx.reference.package import House, Relation, opened
from reports.write.docx.reference.page import page_faults
from reports.write.docx.reference.places import PLACE, PLACES, holds, is_place, said
from reports.write.docx.reference.stylesheet import Stylesheet
from reports.write.docx.xml import Element, name, plain, serialised, w

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_MADE = {  # parts that Word files may lack, and ours don't
    RT.NUMBERING: ("word/numbering.xml", "numbering", CT.WML_NUMBERING),
    RT.SETTINGS: ("word/settings.xml", "settings", CT.WML_SETTINGS),
}


@dataclass(frozen=True)
class Prepared:
    """The package to start from, and the words of its own that a reader sees in the text."""

    package: bytes
    words: tuple[str, ...]


@lru_cache(maxsize=16)
def prepared(data: bytes) -> Prepared:
    """A Word file made ready; raises UnusableError with all that stands against it."""
    house = opened(data)
    faults = [*content_faults(house), *settings_faults(house.one(RT.SETTINGS))]
    styles = house.one(RT.STYLES)
    if styles is None:
        faults.append(Fault("has no styles", "save it once more in Word"))
    if faults:
        raise UnusableError(*dict.fromkeys(faults))
    for root in texts(house):
        make_plain(root)
    faults += [*_place_faults(house), *page_faults(house.body)]
    if faults:
        raise UnusableError(*dict.fromkeys(faults))
    _open_body(house.body)
    _mend(house)
    return Prepared(_packed(house), tuple(_own_words(house.body)))


def _mend(house: House) -> None:
    styles, numbering = house.one(RT.STYLES), house.one(RT.NUMBERING)
    there = mend_styles(styles) if styles is not None else frozenset()
    for root in texts(house):
        mend_text(root, there)
    if numbering is not None:
        mend_numbering(numbering, there)


def stylesheet(data: bytes) -> Stylesheet:
    """The styles of a file that can be prepared."""
    house = opened(data)
    styles = house.one(RT.STYLES)
    if styles is None:
        raise UnusableError(Fault("has no styles", "save it once more in Word"))
    return Stylesheet(styles, house.one(RT.THEME))


# ---------------------------------------------------------------- places


def _place_faults(house: House) -> Iterator[Fault]:
    for root in texts(house):
        for paragraph in root.iter(name("p")):
            for word in PLACE.findall(said(paragraph)):
                if word not in PLACES:
                    hint = suggest(word, PLACES)
                    yield Fault(f"has a place for '{word}', which no brief has", hint)
    marks = [each for root in texts(house) for each in root.iter(name("p")) if holds(each, "body")]
    tops = [each for each in house.body if is_place(each, "body")]
    if len(marks) > 1:
        yield Fault("has more than one place '{{ body }}'", "leave one of them")
    elif marks and not tops:
        hint = "a table, box, head or foot can't hold a whole brief"
        yield Fault(
            "has '{{ body }}' where the text can't stand", f"{hint}; give it a line of its own"
        )
    elif not marks and any(_own_words(house.body)):
        hint = "write {{ body }} on a line of its own where the text belongs, or delete the sample text"
        yield Fault("has text and no place for the brief's", hint)
    for word in ("title", "lead", "meta"):
        if sum(is_place(each, word) for each in house.body.iter(name("p"))) > 1:
            yield Fault(f"has more than one line '{{{{ {word} }}}}'", "leave one of them")


def _own_words(body: Element) -> Iterator[str]:
    """What the reference's own text says, its places left out."""
    for paragraph in body.iter(name("p")):
        if words := PLACE.sub("", said(paragraph)).strip():
            yield words


def _open_body(body: Element) -> None:
    """Make sure of the place for the body, and drop the empty lines that follow it."""
    marked = [each for each in body if is_place(each, "body")]
    if not marked:
        for each in [each for each in body if each.tag != name("sectPr")]:
            body.remove(each)
        mark = w("p", w("r", w("t")))
        next(mark.iter(name("t"))).text = "{{ body }}"
        body.insert(0, mark)
        return
    after = [each for each in marked[0].itersiblings() if each.tag != name("sectPr")]
    if not any(_shows(each) for each in after):
        for each in after:
            body.remove(each)


def _shows(element: Element) -> bool:
    shown = (name(tag) for tag in ("t", "drawing", "pict", "tbl", "sectPr", "br"))
    return next(element.iter(*shown), None) is not None


# ---------------------------------------------------------------- packed


def _packed(house: House) -> bytes:
    """The parts that are kept as a package of their own."""
    relations = {part: _named(house, part) for part in house.relations}
    roots, types = dict(house.roots), dict(house.types)
    for kind, (part, tag, type_) in _MADE.items():
        if house.one(kind) is None:
            roots[part], types[part] = w(tag), type_
            relations[house.main].append(Relation(f"rIdOwn{tag}", kind, part, outside=False))
    entries = {"[Content_Types].xml": types_of({f"/{part}": kind for part, kind in types.items()})}
    main = Relation("rId1", RT.OFFICE_DOCUMENT, house.main, outside=False)
    entries["_rels/.rels"] = _relations([main])
    for part, root in sorted(roots.items()):
        entries[part] = serialised(root)
    entries |= dict(sorted(house.data.items()))
    for part, found in sorted(relations.items()):
        if found and part in entries:
            folder, _, file = part.rpartition("/")
            entries[f"{folder}/_rels/{file}.rels".lstrip("/")] = _relations(found)
    return zipped(entries)


def _named(house: House, part: str) -> list[Relation]:
    """What a part refers to, without the pictures and links that nothing in it shows."""
    used = used_keys(house.roots[part])
    loose = (RT.IMAGE, RT.HYPERLINK)
    return [each for each in house.relations[part] if each.kind not in loose or each.key in used]


def _relations(found: list[Relation]) -> bytes:
    root = plain(_RELATIONS, "Relationships")
    for each in found:
        target = each.target if each.outside else f"/{each.target}"
        mode = {"TargetMode": "External"} if each.outside else {}
        known = {"Id": each.key, "Type": each.kind, "Target": target, **mode}
        root.append(plain(_RELATIONS, "Relationship", **known))
    return serialised(root)
