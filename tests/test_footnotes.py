"""Notes as real footnotes in Word, and as a section in the other formats."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx_integrity
import pypandoc
import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator
from readers import W, docx_footnotes, docx_text, html_text, letters
from workspaces import AUDIENCE, EN, PUBLIC, changed, make_workspace

from reports.briefs import Edition, Workspace, load_workspace
from reports.build import resolve_edition
from reports.document import Document, heading_text, note_line
from reports.document.footnotes import placed_notes
from reports.language import load_language
from reports.write.docx import write_docx
from reports.write.html import write_html

TEXT = """\
# Parents apply on the web

What the report says{{ cite("havneby.staff") }}.

Most came in on the web{{ cite("havneby.web-share-before") }}: {{ fact("havneby.web-share") }}.

- It had {{ fact("havneby.staff") }} staff.
- Again: {{ fact("havneby.web-share") }}.

{{ contents() }}

## The answer took {{ fact("havneby.answer-time") }}

{{ caption("What was said") }}

| What | Value |
| --- | --- |
| On paper{{ cite("havneby.paper-share") }} | {{ fact("havneby.staff") }} |
"""


AGAIN, KEPT = "NOTEREF footnote_", r" \h \* MERGEFORMAT"


def edition(folder: Path, layout: str = "memo", style: str = "", text: str = TEXT) -> Document:
    """The English edition of the tiny workspace, with its notes as footnotes."""
    audience = changed(PUBLIC, "layout: memo", f"layout: {layout}") + "notes: footnotes\n"
    audience += f"citations: {style}\n" if style else ""
    workspace = load_workspace(make_workspace(folder, {AUDIENCE: audience, EN: text}))
    return resolve_edition(of(workspace), workspace)[0].document


def of(workspace: Workspace) -> Edition:
    """Its English edition."""
    return next(each for each in workspace.editions() if each.language == "en")


def word(folder: Path, document: Document) -> Path:
    """The document as a Word file."""
    workspace = load_workspace(folder)
    file = folder / "edition.docx"
    file.write_bytes(write_docx(document, workspace.theme(of(workspace)), {}))
    return file


@pytest.mark.parametrize(("layout", "style"), [("memo", ""), ("report", "ieee"), ("plain", "apa")])
def test_word_says_the_text_and_each_note_at_the_foot_of_its_page(
    tmp_path: Path, layout: str, style: str
) -> None:
    document = edition(tmp_path, layout, style)

    file = word(tmp_path, document)

    assert letters(docx_text(file)) == letters(document.footnoted().plain_text())
    told = [letters(note_line(note)) for note in document.notes.notes]
    assert [letters(text) for text in docx_footnotes(file)] == told


def test_the_other_formats_keep_their_notes_section(tmp_path: Path) -> None:
    document = edition(tmp_path)
    page = tmp_path / "page.html"

    page.write_text(write_html(document, {}, "", load_language("en")), "utf-8")

    assert letters(html_text(page)) == letters(document.plain_text())
    assert "Notes[1]4,200:" in letters(html_text(page))


def test_the_first_mark_is_the_footnote_and_later_ones_repeat_its_number(tmp_path: Path) -> None:
    body = part(word(tmp_path, edition(tmp_path)), "word/document.xml")

    marks = [
        each.get(f"{W}id") or (each.text or "").strip()
        for each in body.iter(f"{W}footnoteReference", f"{W}instrText")
        if each.get(f"{W}id") or "NOTEREF" in (each.text or "")
    ]

    assert marks == [
        *("1", "2", "3", rf"{AGAIN}1{KEPT}", rf"{AGAIN}3{KEPT}", "4", "5", rf"{AGAIN}1{KEPT}"),
    ]


def test_a_later_mark_is_set_close_and_held_to_its_word(tmp_path: Path) -> None:
    body = part(word(tmp_path, edition(tmp_path, style="apa")), "word/document.xml")
    [tag, *_] = body.xpath(f"//*[contains(text(), '{AGAIN}')]/ancestor::*[local-name()='sdt'][1]")

    shown = [
        (text, size[0] if (size := run.xpath("*/*[local-name()='sz']/@*")) else "")
        for run in tag.iter(f"{W}r")
        for text in run.xpath("*[last()]/text() | *[last()]/@*[local-name()='fldCharType']")
    ]

    # LibreOffice breaks a line after a bracket, and sets the ends of this field as spaces
    assert shown[-9:] == [
        (", n.d.)", ""),
        ("\N{ZERO WIDTH NO-BREAK SPACE}", ""),
        ("[", ""),
        ("begin", "2"),
        (f" {AGAIN}1{KEPT} ", ""),
        ("separate", "2"),
        ("1", ""),
        ("end", "2"),
        ("]", ""),
    ]


def test_a_footnote_stands_in_the_content_control_of_its_fact(tmp_path: Path) -> None:
    body = part(word(tmp_path, edition(tmp_path)), "word/document.xml")

    held = [(each.get(f"{W}id"), control_of(each)) for each in body.iter(f"{W}footnoteReference")]

    assert held == [
        ("1", "fact:havneby.staff;cite"),
        ("2", "fact:havneby.web-share-before;cite"),
        ("3", "fact:havneby.web-share;figure"),
        ("4", "fact:havneby.answer-time;figure"),
        ("5", "fact:havneby.paper-share;cite"),
    ]


def test_what_no_mark_leads_to_stands_at_the_mark_before_it() -> None:
    # note 3 is computed from 4 and 5; 5 is printed by itself later, after 6
    assert placed_notes([1, 2, 1, 3, 6, 5, 7], 8) == {
        1: (1,),
        2: (2,),
        3: (3, 4, 5),
        6: (6,),
        7: (7, 8),
    }


def test_the_remarks_keep_a_section_and_the_contents_name_it(tmp_path: Path) -> None:
    told = edition(tmp_path, "report").footnoted()

    lines = told.plain_text().splitlines()

    assert [lines.count(line) for line in ("2 About the notes", "3 Sources")] == [2, 2]
    assert ["2 About the notes", *told.notes.remarks, "3 Sources"] == lines[-5:-2]


def test_without_remarks_the_section_goes_and_the_sources_move_up(tmp_path: Path) -> None:
    text = TEXT.replace('{{ fact("havneby.web-share") }}', '{{ fact("havneby.staff") }}')

    told = edition(tmp_path, "report", text=text).footnoted()

    assert told.remarks is None
    assert heading_text(told.sources.heading) == "2 Sources"
    assert told.plain_text().splitlines().count("2 Sources") == 2


def test_judges_and_readers_find_real_footnotes(tmp_path: Path) -> None:
    file = word(tmp_path, edition(tmp_path, "report", "ieee"))

    faults = [each.description for each in OpenXmlValidator(max_errors=9).validate(file).errors]
    broken = [each.message for each in docx_integrity.check(str(file))]
    read = pypandoc.convert_file(str(file), "markdown", format="docx")

    assert (faults, broken) == ([], [])
    assert [f"[^{number}]:" in read for number in range(1, 7)] == [True] * 5 + [False]


def test_a_table_of_five_rows_may_break_since_its_footnotes_can_fill_a_page(tmp_path: Path) -> None:
    row = '| On paper{{ cite("havneby.paper-share") }} | {{ fact("havneby.staff") }} |\n'

    body = part(word(tmp_path, edition(tmp_path, text=TEXT + 4 * row)), "word/document.xml")

    *_, table = body.iter(f"{W}tbl")
    styles = [row.find(f".//{W}pStyle") for row in table.iter(f"{W}tr")]
    kept = [style is not None and "videre" in str(style.get(f"{W}val")) for style in styles]
    assert kept == [False, True, False, False, True, False]


def test_the_settings_name_the_lines_above_footnotes(tmp_path: Path) -> None:
    settings = part(word(tmp_path, edition(tmp_path)), "word/settings.xml")

    known = settings.iterfind(f"{W}footnotePr/{W}footnote")

    assert [each.get(f"{W}id") for each in known] == ["-1", "0"]


def test_the_file_is_the_same_each_time(tmp_path: Path) -> None:
    document = edition(tmp_path)

    assert word(tmp_path, document).read_bytes() == word(tmp_path, document).read_bytes()


def part(file: Path, name: str) -> etree._Element:
    """A part of a Word file."""
    with zipfile.ZipFile(file) as package:
        return etree.fromstring(package.read(name))


def control_of(element: etree._Element) -> str:
    """The tag of the content control that holds an element."""
    [tag, *_] = (each.find(f"{W}sdtPr/{W}tag") for each in element.iterancestors(f"{W}sdt"))
    return str(tag.get(f"{W}val"))
