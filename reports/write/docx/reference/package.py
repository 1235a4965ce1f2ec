"""Entries to parts and their relations: what is kept of a Word file, and what it may not hold.

What is kept stands in lists; all else of a file is dropped where nothing shows it, and refused
where something does.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from reports.write.docx.reference.archive import parsed, unpacked
from reports.write.docx.reference.faults import Fault, UnusableError
from reports.write.docx.reference.mending import used_keys
from reports.write.docx.xml import RELATIONS, Element, name

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_STRICT = "http://purl.oclc.org/ooxml"
_TEMPLATE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
_FONT = f"{RELATIONS}/font"
PARTS = {  # of the text: what Word needs to show it as it was
    RT.STYLES: CT.WML_STYLES,
    RT.NUMBERING: CT.WML_NUMBERING,
    RT.SETTINGS: CT.WML_SETTINGS,
    RT.FONT_TABLE: CT.WML_FONT_TABLE,
    RT.THEME: CT.OFC_THEME,
    RT.HEADER: CT.WML_HEADER,
    RT.FOOTER: CT.WML_FOOTER,
}
_ROOTS = {
    CT.WML_DOCUMENT_MAIN: name("document"),
    CT.WML_STYLES: name("styles"),
    CT.WML_NUMBERING: name("numbering"),
    CT.WML_SETTINGS: name("settings"),
    CT.WML_HEADER: name("hdr"),
    CT.WML_FOOTER: name("ftr"),
}
_SHOWN = {RT.HEADER, RT.FOOTER, RT.IMAGE, RT.HYPERLINK}  # what text may refer to
_LINKS = ("http", "https", "mailto", "tel")
_PICTURES = {"png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "emf", "wmf"}
_UPDATED = "open it in Word and save it once more as a Word document (.docx)"


@dataclass(frozen=True)
class Relation:
    """What a part refers to: another part by its name, or an address outside."""

    key: str
    kind: str
    target: str
    outside: bool


@dataclass(frozen=True)
class House:
    """The parts of a reference by name, the XML ones read, and what each refers to."""

    main: str
    roots: Mapping[str, Element]
    data: Mapping[str, bytes]
    types: Mapping[str, str]
    relations: Mapping[str, tuple[Relation, ...]]

    def one(self, kind: str) -> Element | None:
        """The part of that kind that the text refers to, such as its styles."""
        for relation in self.relations[self.main]:
            if relation.kind == kind:
                return self.roots.get(relation.target)
        return None

    @property
    def body(self) -> Element:
        body = self.roots[self.main].find(name("body"))
        if body is None:
            raise UnusableError(Fault("holds no text", _UPDATED))
        return body

    @property
    def margins(self) -> list[Element]:
        """Its heads and feet."""
        kinds = (RT.HEADER, RT.FOOTER)
        return [
            self.roots[relation.target]
            for relation in self.relations[self.main]
            if relation.kind in kinds and relation.target in self.roots
        ]


def opened(data: bytes) -> House:
    """The parts of a Word file that a document of ours can start from.

    Raises UnusableError with all that stands against it.
    """
    entries = unpacked(data)
    main, declared = _main(entries)
    faults = list(_refused(entries, declared))
    relations = {main: _relations(entries, main)}
    kept = {main: CT.WML_DOCUMENT_MAIN}
    for relation in relations[main]:
        if not relation.outside and relation.kind in PARTS and relation.target in entries:
            kept[relation.target] = PARTS[relation.kind]
            relations[relation.target] = _relations(entries, relation.target)
    faults += _outside(relations)
    roots = {part: parsed(part, entries[part]) for part in kept}
    faults += _mistaken(roots, kept)
    faults += _dangling(roots, relations)
    faults += _missing(relations, entries)
    if faults:
        raise UnusableError(*dict.fromkeys(faults))
    pictures = _pictures(relations, entries)
    types = {**kept, **{part: _type_of(part, declared) for part in pictures}}
    tidy = {part: _kept(found, {**kept, **pictures}) for part, found in relations.items()}
    return House(main, roots, pictures, types, tidy)


def _main(entries: Mapping[str, bytes]) -> tuple[str, Mapping[str, str]]:
    """The name of the text's part, and the declared type of each part or ending."""
    if "[Content_Types].xml" not in entries:
        raise UnusableError(Fault("is no Word document", _UPDATED))
    declared = {
        (each.get("PartName") or f".{each.get('Extension')}").lstrip("/"): each.get(
            "ContentType", ""
        )
        for each in parsed("[Content_Types].xml", entries["[Content_Types].xml"])
    }
    texts = [each for each in _relations(entries, "") if each.kind.endswith("/officeDocument")]
    if not texts or texts[0].target not in entries:
        raise UnusableError(Fault("is no Word document", _UPDATED))
    kind = declared.get(texts[0].target, "")
    if "macro" in kind.lower():
        raise UnusableError(_MACROS)
    if kind not in (CT.WML_DOCUMENT_MAIN, _TEMPLATE):
        raise UnusableError(Fault("is no Word document", _UPDATED))
    return texts[0].target, declared


_MACROS = Fault("holds macros", "save it as a Word document (.docx), which has none")


def _refused(entries: Mapping[str, bytes], declared: Mapping[str, str]) -> Iterator[Fault]:
    if any("vbaproject" in each.lower() for each in (*entries, *declared.values())):
        yield _MACROS
    if any("/activex/" in each.lower() for each in entries):
        yield Fault("holds ActiveX controls", "delete them")


def _relations(entries: Mapping[str, bytes], part: str) -> tuple[Relation, ...]:
    folder, file = posixpath.split(part)
    at = posixpath.join(folder, "_rels", f"{file}.rels")
    if at not in entries:
        return ()
    return tuple(_relation(each, folder) for each in parsed(at, entries[at]))


def _relation(each: Element, folder: str) -> Relation:
    target, outside = each.get("Target", ""), each.get("TargetMode") == "External"
    if not outside:
        inside = target[1:] if target.startswith("/") else posixpath.join(folder, target)
        target = posixpath.normpath(unquote(inside))
    return Relation(each.get("Id", ""), each.get("Type", ""), target, outside)


def _outside(relations: Mapping[str, tuple[Relation, ...]]) -> Iterator[Fault]:
    """What would be fetched from elsewhere; links that a reader may follow are not."""
    for relation in (each for found in relations.values() for each in found if each.outside):
        if relation.kind == RT.HYPERLINK and urlsplit(relation.target).scheme in _LINKS:
            continue
        word, hint = _NAMED.get(relation.kind, ("a link", "delete it"))
        yield Fault(f"holds {word} to '{relation.target[:80]}', outside the file", hint)


_NAMED = {
    RT.IMAGE: ("a linked picture", "in Word, File › Info › Edit Links to Files › Break Link"),
    f"{RELATIONS}/attachedTemplate": (
        "an attached template",
        "in Word, Developer › Document Template: attach Normal.dotm",
    ),
    RT.HYPERLINK: ("a link", "links may lead to the web, an e-mail or a telephone number"),
    RT.OLE_OBJECT: ("a linked object", "delete it"),
}


def _mistaken(roots: Mapping[str, Element], kept: Mapping[str, str]) -> Iterator[Fault]:
    """Parts that are not what their relation says."""
    for part, root in roots.items():
        if str(root.tag).startswith(f"{{{_STRICT}"):
            yield Fault("is saved as Strict Open XML", _UPDATED)
        elif root.tag != _ROOTS.get(kept[part], root.tag):
            yield Fault(f"is damaged: '{part}' is another part", _UPDATED)


def _dangling(
    roots: Mapping[str, Element], relations: Mapping[str, tuple[Relation, ...]]
) -> Iterator[Fault]:
    """What is shown in the text and can't be kept: charts, embedded objects, drawings of parts."""
    for part, root in roots.items():
        if PARTS.get(_kind_of(part, relations), "") == CT.WML_SETTINGS:
            continue  # written anew
        kinds = {each.key: each.kind for each in relations.get(part, ())}
        allowed = {*_SHOWN, _FONT}
        for key in sorted(used_keys(root)):
            if not key or kinds.get(key) in allowed:
                continue
            kind = kinds.get(key, "").rsplit("/", 1)[-1] or "part that is missing"
            yield Fault(f"shows a '{kind}'", "of text, tables and pictures only; delete it")


def _missing(
    relations: Mapping[str, tuple[Relation, ...]], entries: Mapping[str, bytes]
) -> Iterator[Fault]:
    """Heads, feet and pictures that are named and not there."""
    for relation in (each for found in relations.values() for each in found if not each.outside):
        if relation.kind in _SHOWN and relation.target not in entries:
            yield Fault(f"is damaged: '{relation.target}' is missing", _UPDATED)


def _kind_of(part: str, relations: Mapping[str, tuple[Relation, ...]]) -> str:
    found = (each.kind for known in relations.values() for each in known if each.target == part)
    return next(found, "")


def _pictures(
    relations: Mapping[str, tuple[Relation, ...]], entries: Mapping[str, bytes]
) -> dict[str, bytes]:
    """The pictures and embedded fonts that kept parts refer to."""
    found: dict[str, bytes] = {}
    for relation in (each for known in relations.values() for each in known):
        if relation.outside or relation.kind not in (RT.IMAGE, _FONT):
            continue
        ending = relation.target.rsplit(".", 1)[-1].lower()
        if relation.target not in entries or (
            relation.kind == RT.IMAGE and ending not in _PICTURES
        ):
            what = f"holds the picture '{posixpath.basename(relation.target)}'"
            raise UnusableError(Fault(what, "save it as PNG, JPEG or EMF and insert it anew"))
        found[relation.target] = entries[relation.target]
    return found


def _type_of(part: str, declared: Mapping[str, str]) -> str:
    ending = part.rsplit(".", 1)[-1]
    return declared.get(part) or declared.get(f".{ending}") or f"image/{ending}"


def _kept(found: tuple[Relation, ...], parts: Mapping[str, object]) -> tuple[Relation, ...]:
    """The relations to what is kept, and to the web."""
    return tuple(each for each in found if each.outside or each.target in parts)
