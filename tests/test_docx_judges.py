"""What independent judges say of every Word file that ships.

openxml-audit holds it against the schema, docx-integrity follows its references, LibreOffice
opens and sets it, and pandoc reads it back.  Each is shown broken files too.
"""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any, TypeAlias

import docx_integrity
import pypandoc
import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator
from readers import W, letters, pdf_text, read_pdf
from shipped import NAMES, Shipped, every_edition

from reports.document import (
    Caption,
    Document,
    FactSpan,
    Heading,
    Link,
    Reference,
    Table,
    Timeline,
    inline_text,
    note_cells,
    note_mark,
)
from reports.themes import Layout

MEMO = NAMES[0]
TAGGED = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'

Alter: TypeAlias = Callable[[dict[str, bytes]], None]

# ---------------------------------------------------------------- openxml-audit, docx-integrity


def schema_faults(file: Path) -> list[str]:
    """What openxml-audit says against a file, warnings included."""
    found = OpenXmlValidator(max_errors=100).validate(file).errors
    return [f"{each.part_uri}: {each.description}" for each in found]


def reference_faults(file: Path) -> list[str]:
    """What docx-integrity says against a file, remarks included."""
    return [f"{each.code} {each.message}" for each in docx_integrity.check(str(file))]


@every_edition
def test_openxml_audit_and_docx_integrity_find_nothing(shipped: Shipped, name: str) -> None:
    file = shipped.file(name, "docx")

    assert schema_faults(file) == []
    assert reference_faults(file) == []


def properties_last(parts: dict[str, bytes]) -> None:
    def moved(body: etree._Element) -> None:
        [properties, *_] = body.iter(f"{W}pPr")
        properties.getparent().append(properties)

    altered(parts, moved)


def a_cell_without_a_paragraph(parts: dict[str, bytes]) -> None:
    def emptied(body: etree._Element) -> None:
        [paragraph, *_] = body.iterfind(f".//{W}tc/{W}p")
        paragraph.getparent().remove(paragraph)

    altered(parts, emptied)


def an_unknown_attribute(parts: dict[str, bytes]) -> None:
    def marked(body: etree._Element) -> None:
        next(body.iter(f"{W}tblHeader")).set(f"{W}nonsense", "1")

    altered(parts, marked)


def a_link_without_its_target(parts: dict[str, bytes]) -> None:
    name = "word/_rels/document.xml.rels"
    parts[name] = parts[name].replace(b"styles.xml", b"style.xml")


def a_part_of_no_type(parts: dict[str, bytes]) -> None:
    parts["word/extra.bin"] = b"?"


def a_relation_without_its_entry(parts: dict[str, bytes]) -> None:
    name = "word/_rels/document.xml.rels"
    parts[name] = re.sub(rb'<Relationship [^>]*header1.xml"/>', b"", parts[name])


UNRELATED = (
    "REL001 relationship rId6 not found in word/_rels/document.xml.rels"
    " - Word will error or drop the object"
)


def altered(parts: dict[str, bytes], alter: Callable[[etree._Element], None]) -> None:
    """Change the text of a file's parts."""
    body = etree.fromstring(parts["word/document.xml"])
    alter(body)
    parts["word/document.xml"] = etree.tostring(body, encoding="UTF-8", xml_declaration=True)


def broken(whole: Path, into: Path, alter: Alter) -> Path:
    """Copy a file with its parts changed."""
    with zipfile.ZipFile(whole) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    alter(parts)
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return into


@pytest.mark.parametrize(
    ("alter", "fault"),
    [
        (properties_last, "Unexpected element 'pPr' found"),
        (a_cell_without_a_paragraph, "Required sequence content is missing"),
        (an_unknown_attribute, "The 'nonsense' attribute is not declared."),
    ],
)
def test_openxml_audit_sees_what_breaks_the_schema(
    shipped: Shipped, tmp_path: Path, alter: Alter, fault: str
) -> None:
    file = broken(shipped.file(MEMO, "docx"), tmp_path / "broken.docx", alter)

    assert schema_faults(file) == [f"/word/document.xml: {fault}"]


@pytest.mark.parametrize(
    ("alter", "fault"),
    [
        (a_link_without_its_target, "REL002 rId1 points at a missing part: style.xml"),
        (a_part_of_no_type, "PKG005 part not covered by content types: word/extra.bin"),
        (a_relation_without_its_entry, UNRELATED),
    ],
)
def test_docx_integrity_sees_what_leads_nowhere(
    shipped: Shipped, tmp_path: Path, alter: Alter, fault: str
) -> None:
    file = broken(shipped.file(MEMO, "docx"), tmp_path / "broken.docx", alter)

    assert reference_faults(file) == [fault]


# ---------------------------------------------------------------- LibreOffice


def without_its_first_heading(parts: dict[str, bytes]) -> None:
    def poorer(body: etree._Element) -> None:
        heading = next(body.iterfind(f".//{W}pStyle[@{W}val='Heading1']/../.."))
        heading.getparent().remove(heading)

    altered(parts, poorer)


@pytest.fixture(scope="module")
def opened(
    soffice: Path, shipped: Shipped, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Path]:
    """LibreOffice's PDF of each edition's DOCX and of two broken ones, in one start.

    One of those lacks its first heading, the other its end; a file that can't be opened has no
    PDF here.
    """
    folder, made = (tmp_path_factory.mktemp(name) for name in ("given", "made"))
    given = {name: folder / f"{name.replace('/', '.')}.docx" for name in NAMES}
    for name, file in given.items():
        file.write_bytes(shipped.file(name, "docx").read_bytes())
    whole = given[MEMO]
    given["poorer"] = broken(whole, folder / "poorer.docx", without_its_first_heading)
    given["cut"] = folder / "cut.docx"
    given["cut"].write_bytes(whole.read_bytes()[:-2000])
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = (soffice, profile, "--headless", "--convert-to", TAGGED, "--outdir", made)
    # Its exit code is 0 even for a file that it can't open.
    subprocess.run([*command, *given.values()], check=True, capture_output=True, timeout=180)
    pdfs = {name: made / f"{file.stem}.pdf" for name, file in given.items()}
    return {name: file for name, file in pdfs.items() if file.exists()}


@every_edition
def test_libreoffice_shows_every_line_in_order(
    opened: Mapping[str, Path], shipped: Shipped, name: str
) -> None:
    lost, added = compared(shipped.documents[name], opened[name])

    assert lost == []
    assert re.fullmatch(r"[–\d.]*", added), added  # markers of lists, pages in the contents list


def test_libreoffice_shows_what_a_file_lost(opened: Mapping[str, Path], shipped: Shipped) -> None:
    document = shipped.documents[MEMO]
    heading = next(block for block in document.body if isinstance(block, Heading))

    lost, _ = compared(document, opened["poorer"])

    assert lost == [inline_text(heading.content)]


def test_libreoffice_refuses_a_file_that_was_cut_short(opened: Mapping[str, Path]) -> None:
    assert "cut" not in opened


def compared(document: Document, pdf: Path) -> tuple[list[str], str]:
    """The lines of the document that the PDF lacks in their place, and what it has besides.

    The masthead is in the head of the first page, outside the tags.
    """
    masthead, *lines = document.plain_text().splitlines()
    said = letters(pdf_text(pdf))
    lost = [] if letters(masthead) in letters(read_pdf(pdf).margins[0]) else [masthead]
    added, at = "", 0
    for line in lines:
        found = said.find(letters(line), at)
        if found < 0:
            lost.append(line)
            continue
        added += said[at:found]
        at = found + len(letters(line))
    return lost, added + said[at:]


# ---------------------------------------------------------------- pandoc


@dataclass(frozen=True)
class Read:
    """What a file says by its structure: headings, captions, tables by rows, links by text.

    White space is left out of texts; a link is its text and what kind of thing it leads to.
    """

    headings: list[tuple[int, str]]
    captions: list[str]
    tables: list[list[list[str]]]
    links: list[tuple[str, str]]


def read_by_pandoc(file: Path) -> Read:
    """The file as pandoc reads it; the strip on the cover counts as a table."""
    blocks = json.loads(pypandoc.convert_file(str(file), "json", "docx+styles"))["blocks"]
    anchors = {node["c"][0][0] for node in nodes(blocks, "Span")}
    headings = [(node["c"][0], shown(node["c"][2])) for node in nodes(blocks, "Header")]
    captions = [shown(node["c"][1]) for node in nodes(blocks, "Div") if style(node) == "caption"]
    tables = [rows(node["c"]) for node in nodes(blocks, "Table")]
    links = [
        (shown(node["c"][1]), kind)
        for node in nodes(blocks, "Link")
        for kind in [node["c"][2][0].removeprefix("#").partition("_")[0]]
        if node["c"][2][0].removeprefix("#") in anchors
    ]
    return Read(headings, captions, tables, links)


def nodes(tree: Any, kind: str) -> Iterator[dict[str, Any]]:
    """Every node of a kind in pandoc's tree, in order."""
    if isinstance(tree, dict):
        if tree.get("t") == kind:
            yield tree
        yield from nodes(tree.get("c"), kind)
    elif isinstance(tree, list):
        for each in tree:
            yield from nodes(each, kind)


def shown(tree: Any) -> str:
    """The letters below a node."""
    return letters("".join(node["c"] for node in nodes(tree, "Str")))


def style(division: dict[str, Any]) -> str:
    return dict(division["c"][0][2]).get("custom-style", "")


def rows(table: list[Any]) -> list[list[str]]:
    _, _, _, (_, head), bodies, _ = table
    every = [*head, *(row for _, _, first, rest in bodies for row in (*first, *rest))]
    return [[shown(cell[4]) for cell in row[1]] for row in every]


def read_from_model(document: Document) -> Read:
    """What pandoc should find of the document."""
    ends = (document.data, document.notes, document.sources)
    tables = [*walk((document.body, document.data), Table | Timeline)]
    headings = [*walk((document.body, *ends), Heading)]
    captions = [*walk((document.body, document.data, document.notes), Caption)]
    return Read(
        [(each.level - 1, letters(inline_text(each.content))) for each in headings],
        [letters(f"{each.label}{inline_text(each.title)}") for each in captions],
        [strip(document), *(grid for table in tables for grid in cells(table)), *notes(document)],
        [*marks(document), *back(document)],
    )


def walk(tree: Any, kind: Any) -> Iterator[Any]:
    """Every part of a document of some kind, in reading order; links out of it are left out."""
    if isinstance(tree, tuple):
        for each in tree:
            yield from walk(each, kind)
    elif isinstance(tree, kind):
        yield tree
    if is_dataclass(tree) and not isinstance(tree, Link):
        for each in fields(tree):
            yield from walk(getattr(tree, each.name), kind)


def strip(document: Document) -> list[list[str]]:
    """The strip of the cover: four labels over four values, the last cells as wide as needed."""
    meta = document.cover.meta
    return [
        [letters(pair[side]) for pair in meta[start : start + 4]]
        for start in range(0, len(meta), 4)
        for side in (0, 1)
    ]


def cells(block: Table | Timeline) -> Iterator[list[list[str]]]:
    match block:
        case Table(columns=columns, rows=lines):
            every = (columns, *lines)
            yield [[letters(inline_text(cell.content)) for cell in line] for line in every]
        case Timeline(heads=heads, events=events):
            told = [(event.when, inline_text(event.what)) for event in events]
            yield [[letters(text) for text in line] for line in (heads, *told)]


def notes(document: Document) -> Iterator[list[list[str]]]:
    """The table of notes, where they are one."""
    if document.layout is Layout.REPORT:
        every = (document.notes.heads, *map(note_cells, document.notes.notes))
        yield [[letters(text) for text in line] for line in every]


def marks(document: Document) -> Iterator[tuple[str, str]]:
    """The links of the text: from each mark to its note, from each reference to its number."""
    for each in walk((document.body, document.data), FactSpan | Reference):
        if isinstance(each, FactSpan):
            yield note_mark(each.note), "note"
        elif each.target.startswith("source-"):
            yield letters(each.text), "source"
        else:
            yield each.text.split()[-1], "no"


def back(document: Document) -> Iterator[tuple[str, str]]:
    """The links of the end: from notes to their first marks and sources, from these to notes."""
    printed = {each.fact for each in walk((document.body, document.data), FactSpan)}
    for note in document.notes.notes:
        if note.fact in printed:
            yield note_mark(note.number), "mark"
        for letter in note.sources:
            yield letter, "source"
    for entry in document.sources.entries:
        yield letters(entry.label), "note"


@every_edition
def test_pandoc_reads_headings_captions_tables_and_links_as_the_document_has_them(
    shipped: Shipped, name: str
) -> None:
    read = read_by_pandoc(shipped.file(name, "docx"))

    wanted = read_from_model(shipped.documents[name])
    assert read.headings == wanted.headings
    assert read.captions == wanted.captions
    assert read.tables == wanted.tables
    assert read.links == wanted.links


def without_a_link(parts: dict[str, bytes]) -> None:
    def unlinked(body: etree._Element) -> None:
        link = next(body.iter(f"{W}hyperlink"))
        link.getparent().replace(link, link[0])

    altered(parts, unlinked)


def without_a_caption(parts: dict[str, bytes]) -> None:
    def plain(body: etree._Element) -> None:
        next(body.iterfind(f".//{W}pStyle[@{W}val='Caption']")).set(f"{W}val", "BodyText")

    altered(parts, plain)


def with_other_words_in_a_cell(parts: dict[str, bytes]) -> None:
    def reworded(body: etree._Element) -> None:
        next(body.iterfind(f".//{W}tc//{W}t")).text = "x"

    altered(parts, reworded)


@pytest.mark.parametrize(
    ("alter", "part"),
    [
        (without_its_first_heading, "headings"),
        (without_a_caption, "captions"),
        (with_other_words_in_a_cell, "tables"),
        (without_a_link, "links"),
    ],
)
def test_pandoc_sees_what_a_file_lost(
    shipped: Shipped, tmp_path: Path, alter: Alter, part: str
) -> None:
    name = NAMES[-1]
    file = broken(shipped.file(name, "docx"), tmp_path / "broken.docx", alter)

    read, wanted = read_by_pandoc(file), read_from_model(shipped.documents[name])

    differing = [
        each.name for each in fields(Read) if vars(read)[each.name] != vars(wanted)[each.name]
    ]
    assert differing == [part]
