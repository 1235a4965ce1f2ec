"""The tag tree and the bookmarks of each PDF against the document that it was made from.

What a tree should hold is derived from the document model here, without the writers' code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any, TypeAlias

import pikepdf
import pytest
from pikepdf import Name
from readers import Element, letters, read_pdf
from shipped import Shipped, every_edition

from reports.document import (
    Assessment,
    Callout,
    Caption,
    Contents,
    Definitions,
    Document,
    FactSpan,
    Figure,
    Foreign,
    Heading,
    Items,
    Layout,
    Link,
    Note,
    Picture,
    Reference,
    SourceEntry,
    Table,
    Timeline,
    heading_text,
    inline_text,
    note_line,
    note_mark,
)

PUBLIC = "digital-public-services/public.en"  # the smallest with a figure
REPORT = "digital-public-services/executives.en"


@dataclass(frozen=True)
class Structure:
    """What a reader who follows the tags is told, texts without white space.

    `tables` holds caption and head cells with their scope; `lists` the kind of numbering with
    each item's label, where it is more than a marker, and text; `links` words and target;
    `bookmarks` depth and text; `languages` the words in another language.
    """

    headings: list[tuple[int, str]]
    tables: list[tuple[str, list[tuple[str, str]]]]
    pictures: list[str]
    captions: list[str]
    lists: list[tuple[str, list[tuple[str, str]]]]
    contents: list[str]
    links: list[tuple[str, str]]
    bookmarks: list[tuple[int, str]]
    languages: list[tuple[str, str]]


@every_edition
def test_the_tags_of_a_pdf_tell_what_its_document_holds(shipped: Shipped, name: str) -> None:
    wanted = structure_of(shipped.documents[name])

    found = structure_told(shipped.file(name, "pdf"))

    assert differences(wanted, found) == {}


@every_edition
def test_what_a_pdf_sets_aside_on_later_pages_are_table_heads_said_before(
    shipped: Shipped, name: str
) -> None:
    pdf = read_pdf(shipped.file(name, "pdf"))

    heads = {letters(each.text()) for each in pdf.tree.walk() if each.type == "THead"}

    assert {letters(each) for each in pdf.repeated if each} <= heads


def differences(wanted: Structure, found: Structure) -> dict[str, tuple[Any, Any]]:
    """By part, the first entries in which the two part."""
    apart = {}
    for each in fields(Structure):
        ours, theirs = getattr(wanted, each.name), getattr(found, each.name)
        if ours != theirs:
            pairs = zip_longest(ours, theirs)
            apart[each.name] = next(pair for pair in pairs if pair[0] != pair[1])
    return apart


# ---------------------------------------------------------------- what the document holds


def structure_of(document: Document) -> Structure:
    """What the tree of the document's PDF should tell."""
    headings = list(headings_of(document))
    captions = list(nodes(said(document), Caption))
    return Structure(
        headings,
        list(tables_of(document)),
        [each.alt for each in nodes(document, Figure, Picture)],
        [caption_text(each) for each in captions],
        list(lists_of(document)),
        [
            letters(f"{e.number} {inline_text(e.content)}")
            for c in nodes(document, Contents)
            for e in c.entries
        ],
        list(links_of(document)),
        [(level, text) for level, text in headings],
        [(each.language, letters(inline_text(each.content))) for each in nodes(document, Foreign)],
    )


def nodes(value: object, *kinds: type) -> Iterator[Any]:
    """Every node of these classes within a value, in reading order."""
    if isinstance(value, kinds):
        yield value
    if is_dataclass(value):
        for each in fields(value):
            yield from nodes(getattr(value, each.name), *kinds)
    elif isinstance(value, tuple):
        for each in value:
            yield from nodes(each, *kinds)


def said(document: Document) -> tuple[object, ...]:
    """The parts of the document in reading order: a data annex comes before the notes."""
    return (document.cover, document.body, document.data, document.notes, document.sources)


def headings_of(document: Document) -> Iterator[tuple[int, str]]:
    yield 1, letters(inline_text(document.cover.title))
    for each in nodes(said(document), Heading, Callout, Assessment, Contents):
        match each:
            case Heading(level):
                yield level, letters(heading_text(each))
            case Callout(title=title) | Assessment(title=title) | Contents(title=title):
                yield 2, letters(title)


def caption_text(caption: Caption | None) -> str:
    if caption is None:
        return ""
    return letters(f"{caption.label} {inline_text(caption.title)} {inline_text(caption.base)}")


def tables_of(document: Document) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    meta = document.cover.meta
    for start in range(0, len(meta), 4):
        yield "", heads([label for label, _ in meta[start : start + 4]], [])
    for table in nodes((document.body, document.data), Table, Timeline):
        match table:
            case Table(caption, columns, rows):
                firsts = [inline_text(row[0].content) for row in rows]
                yield (
                    caption_text(caption),
                    heads([inline_text(c.content) for c in columns], firsts),
                )
            case Timeline(caption, names, events):
                yield caption_text(caption), heads(names, [event.when for event in events])
    if document.layout is Layout.REPORT:
        marks = [note_mark(note.number) for note in document.notes.notes]
        yield caption_text(document.notes.caption), heads(document.notes.heads, marks)


def heads(columns: Iterable[str], rows: Iterable[str]) -> list[tuple[str, str]]:
    return [(letters(c), "Column") for c in columns] + [(letters(r), "Row") for r in rows]


def lists_of(document: Document) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for each in nodes(document.body, Items, Definitions):
        match each:
            case Items(ordered, items):
                texts = [("", letters(inline_text(item.content))) for item in items]
                yield ("Decimal" if ordered else "Disc"), texts
            case Definitions(entries):
                yield (
                    "",
                    [
                        (letters(inline_text(e.term)), letters(inline_text(e.meaning)))
                        for e in entries
                    ],
                )
    if document.layout is not Layout.REPORT:
        yield "Decimal", [note_item(note) for note in document.notes.notes]
    entries = document.sources.entries
    yield "UpperAlpha", [(letters(e.label), letters(words_of(e))) for e in entries]


def note_item(note: Note) -> tuple[str, str]:
    return note_mark(note.number), letters(note_line(note))


def words_of(entry: SourceEntry) -> str:
    return inline_text(entry.text)


def links_of(document: Document) -> Iterator[tuple[str, str]]:
    marked = set()
    for each in nodes(
        (document.cover, document.body, document.data), FactSpan, Reference, Link, Contents
    ):
        match each:
            case FactSpan(fact, note=number):
                marked.add(number)
                yield note_mark(number), f"#fact-{fact}"
            case Reference(target, text):
                yield letters(text), f"#{target}"
            case Link(content, target):
                yield letters(inline_text(content)), target
            case Contents(entries=entries):
                for entry in entries:
                    text = f"{entry.number} {inline_text(entry.content)}"
                    yield letters(text), f"#{entry.anchor}"
    for note in document.notes.notes:
        if note.number in marked:
            yield note_mark(note.number), f"#mark-{note.number}"
        for letter in note.sources:
            yield letter, f"#source-{letter}"
    for entry in document.sources.entries:
        first = next(note for note in document.notes.notes if entry.letter in note.sources)
        yield letters(entry.label), f"#fact-{first.fact}"


# ---------------------------------------------------------------- what the tree tells


def structure_told(file: Path) -> Structure:
    """What the tree and the bookmarks of a PDF tell."""
    elements = list(read_pdf(file).tree.walk())
    some = {kind: [each for each in elements if each.type == kind] for kind in KINDS}
    return Structure(
        [(int(e.type[1]), letters(e.text())) for e in elements if e.type in ("H1", "H2", "H3")],
        [table_told(each) for each in some["Table"]],
        [each.alt for each in some["Figure"]],
        [letters(each.text()) for each in some["Caption"]],
        [list_told(each) for each in some["L"]],
        [letters(own_text(each, "Span")) for each in some["TOCI"]],
        [
            (letters(own_text(e, "Span")), target)
            for e in some["Link"]
            for target in dict.fromkeys(e.targets)
        ],
        list(bookmarks(file)),
        [(each.language, letters(each.text())) for each in elements if each.language],
    )


KINDS = ("Table", "Figure", "Caption", "L", "TOCI", "Link")


def table_told(table: Element) -> tuple[str, list[tuple[str, str]]]:
    caption = table.first("Caption")
    cells = (each for each in table.walk() if each.type == "TH")
    told = [(letters(each.text()), each.attributes["Scope"]) for each in cells]
    return letters(caption.text()) if caption else "", told


def list_told(told: Element) -> tuple[str, list[tuple[str, str]]]:
    numbering = told.attributes.get("ListNumbering", "")
    items = [each for each in told.children if isinstance(each, Element)]
    return numbering, [item_told(item) for item in items]


def item_told(item: Element) -> tuple[str, str]:
    assert item.type == "LI"
    label, body = (item.first(kind) for kind in ("Lbl", "LBody"))
    assert label
    assert body
    shown = letters(label.text())
    return ("" if shown in MARKERS else shown), letters(own_text(body, "L"))


MARKERS = ("–", *(f"{number}." for number in range(1, 30)))


def own_text(element: Element, without: str) -> str:
    """The text of an element without that in elements of one type, other languages apart."""
    parts = []
    for child in element.children:
        if not isinstance(child, Element):
            parts.append(child.text)
        elif child.type != without or child.language:
            parts.append(own_text(child, without))
    return "".join(parts)


def bookmarks(file: Path) -> Iterator[tuple[int, str]]:
    def listed(items: Iterable[pikepdf.OutlineItem], depth: int) -> Iterator[tuple[int, str]]:
        for item in items:
            yield depth, letters(item.title)
            yield from listed(item.children, depth + 1)

    with pikepdf.open(file) as pdf, pdf.open_outline() as outline:
        yield from listed(outline.root, 1)


# ---------------------------------------------------------------- the comparison, judged

Change: TypeAlias = Callable[[pikepdf.Pdf], None]


def of_type(pdf: pikepdf.Pdf, kind: str) -> list[Any]:
    dictionaries = (each for each in pdf.objects if isinstance(each, pikepdf.Dictionary))
    return [each for each in dictionaries if each.get("/S") == kind and "/P" in each]


def demote(pdf: pikepdf.Pdf) -> None:
    of_type(pdf, "/H2")[-1]["/S"] = Name.H3


def turn(pdf: pikepdf.Pdf) -> None:
    of_type(pdf, "/TH")[-1]["/A"]["/Scope"] = Name.Column


def misdescribe(pdf: pikepdf.Pdf) -> None:
    of_type(pdf, "/Figure")[0]["/Alt"] = pikepdf.String("A chart.")


def uncaption(pdf: pikepdf.Pdf) -> None:
    of_type(pdf, "/Caption")[0]["/S"] = Name.P


def unlist(pdf: pikepdf.Pdf) -> None:
    first = of_type(pdf, "/L")[0]
    del first["/K"][0]


def unlabel(pdf: pikepdf.Pdf) -> None:
    first = of_type(pdf, "/TOCI")[0]
    first["/K"] = pikepdf.Array()


def misdirect(pdf: pikepdf.Pdf) -> None:
    within = [each for page in pdf.pages for each in page.get("/Annots", []) if "/Dest" in each]
    within[-1]["/Dest"] = pikepdf.String("notes")


def reorder(pdf: pikepdf.Pdf) -> None:
    first = of_type(pdf, "/L")[0]
    first["/K"] = pikepdf.Array(reversed(list(first["/K"])))


def forget(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Outlines"]


def translate(pdf: pikepdf.Pdf) -> None:
    of_type(pdf, "/P")[0]["/Lang"] = pikepdf.String("da")


@pytest.mark.parametrize(
    ("change", "parts"),
    [
        (demote, {"headings"}),
        (turn, {"tables"}),
        (misdescribe, {"pictures"}),
        (uncaption, {"captions"}),
        (unlist, {"lists", "links"}),
        (misdirect, {"links"}),
        (reorder, {"lists", "links"}),
        (forget, {"bookmarks"}),
        (translate, {"languages"}),
    ],
)
def test_an_altered_tree_is_told_from_the_document(
    shipped: Shipped, tmp_path: Path, change: Change, parts: set[str]
) -> None:
    assert set(parted(shipped, PUBLIC, tmp_path, change)) == parts


def test_a_contents_list_with_an_entry_less_is_told_from_the_document(
    shipped: Shipped, tmp_path: Path
) -> None:
    assert set(parted(shipped, REPORT, tmp_path, unlabel)) == {"contents", "links"}


def parted(shipped: Shipped, name: str, folder: Path, change: Change) -> dict[str, tuple[Any, Any]]:
    """Where an edition's altered PDF and its document part."""
    file = folder / "altered.pdf"
    with pikepdf.open(shipped.file(name, "pdf")) as pdf:
        change(pdf)
        pdf.save(file)
    return differences(structure_of(shipped.documents[name]), structure_told(file))
