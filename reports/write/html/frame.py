"""What frames a body, as HTML: cover, notes, sources and colophon."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection, Sequence
from html import escape

from reports.document import (
    Colophon,
    Cover,
    DataTables,
    Heading,
    Layout,
    Note,
    Notes,
    SourceEntry,
    SourceList,
    note_cells,
    note_citation,
    note_end,
    note_head,
    note_mark,
    running_case,
    running_title,
)
from reports.language import Language
from reports.themes import Logo
from reports.write.html.blocks import (
    blocks_html,
    head_shown,
    heading_html,
    table_caption,
)
from reports.write.html.inline import SPACE, fact_told, inlines
from reports.write.html.marks import mark_id


def cover_html(cover: Cover, logo: str = "") -> str:
    """The logo as HTML, the masthead, title, lead and meta strips."""
    data = {
        "publisher": cover.publisher,
        "short": running_title(cover),
        "state": cover.status,
        "case": running_case(cover),
        "running": cover.running,
        "page": cover.page_of[0],
        "of": cover.page_of[1],
    }
    attributes = "".join(f' data-{key}="{escape(value)}"' for key, value in data.items())
    lead = f'<p class="lead">{inlines(cover.lead)}</p>' if cover.lead else ""
    return (
        f'\n<header class="cover"{attributes}>{logo}'
        f'<p class="masthead"><span class="no">{escape(cover.publisher)} </span>'
        f'{escape(cover.kind)} <span class="state">{escape(cover.status)}</span></p>'
        f"\n<h1>{inlines(cover.title)}</h1>\n{lead}{_meta(cover)}</header>"
    )


def logo_html(logo: Logo, language: str) -> str:
    """The logo as a picture within the page, where it can load and do nothing."""
    address = f"data:{logo.kind};base64,{b64encode(logo.data).decode()}"
    return f'<img class="logo" src="{address}" alt="{escape(logo.alt(language))}">\n'


def _meta(cover: Cover) -> str:
    """The meta strips, four pairs to a table: labels above values."""
    strips = [cover.meta[start : start + 4] for start in range(0, len(cover.meta), 4)]
    tables = []
    for strip in strips:
        heads = "".join(f'<th scope="col">{escape(label)}</th>' for label, _ in strip)
        cells = "".join(f"<td>{escape(value)}</td>" for _, value in strip)
        tables.append(
            f'\n<table class="meta" aria-label="{escape(cover.meta_label)}">'
            f"<colgroup>{'<col>' * 4}</colgroup><thead><tr>{heads}</tr></thead>"
            f"<tbody><tr>{cells}</tr></tbody></table>"
        )
    return "".join(tables)


def data_html(data: DataTables | None, language: Language) -> str:
    """The tables behind the charts, folded on screens; "" where there are none.

    WeasyPrint knows no folding and sets them all; browsers unfold them to print.
    """
    if data is None:
        return ""
    summary = f"<summary>{escape(language.say('data-show'))}</summary>"
    folded = f"\n<details>{summary}{blocks_html(data.tables, {})}\n</details>"
    return _ending("doc-appendix", data.heading, folded)


def notes_html(notes: Notes, layout: Layout, marked: Collection[int]) -> str:
    """The notes: a table in a report, lines elsewhere, then the remarks.

    `marked` holds the numbers of the notes that a mark in the text leads to.
    """
    remarks = "".join(f'\n<p class="remark">{escape(remark)}</p>' for remark in notes.remarks)
    if not notes.notes:  # an empty list or table is none (ISO 14289-1, 7.2)
        return _ending("doc-endnotes", notes.heading, remarks)
    if layout is Layout.REPORT:
        return _ending("doc-endnotes", notes.heading, _note_table(notes, marked) + remarks)
    lines = "".join(_note_line(note, marked) for note in notes.notes)
    return _ending("doc-endnotes", notes.heading, f'\n<ol class="notes">{lines}</ol>{remarks}')


def _ending(role: str, heading: Heading, content: str) -> str:
    """A landmark after the body, named by its heading."""
    named = f'role="{role}" aria-labelledby="{escape(heading.anchor)}"'
    return f'\n<section class="end" {named}>{heading_html(heading)}{content}</section>'


def _back(anchor: str, label: str) -> str:
    """The label of a note or source as a link to where the text leads to it first."""
    return f'<a role="doc-backlink" href="#{anchor}">{escape(label)}</a>'


def _note_number(note: Note, marked: Collection[int]) -> str:
    label = note_mark(note.number, note.brackets)
    return _back(mark_id(note.number), label) if note.number in marked else label


def _note_line(note: Note, marked: Collection[int]) -> str:
    return (
        f'\n<li id="fact-{note.fact}"><span class="no">{_note_number(note, marked)} </span>'
        f"{_head(note)}{SPACE}{inlines(note_citation(note))}"
        f"{note_end(note)}</li>"
    )


def _head(note: Note) -> str:
    """A note's sentences before its source, the first marked as what its fact says."""
    head, first = note_head(note), note.what.rstrip(".") + "."
    told = f"<span{_told(note)}>{escape(first)}</span>"
    return f"{told}{SPACE}{escape(head.removeprefix(first).lstrip())}"


def _told(note: Note) -> str:
    return fact_told(note.fact, "note")


def _note_table(notes: Notes, marked: Collection[int]) -> str:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in notes.heads)
    rows = "".join(_note_row(note, notes.heads, marked) for note in notes.notes)
    return (
        f'\n<table class="notes">{table_caption(notes.caption)}'
        f"<colgroup>{'<col>' * 5}</colgroup>"
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _note_row(note: Note, heads: Sequence[str], marked: Collection[int]) -> str:
    _, *cells, _ = (escape(cell) for cell in note_cells(note))
    told = (_told(note), "", "", "")
    shown = "".join(
        f"<td{head_shown(head)}{of}>{cell}</td>"
        for head, of, cell in zip(
            heads[1:], told, (*cells, inlines(note_citation(note))), strict=True
        )
    )
    return (
        f'\n<tr id="fact-{note.fact}"><th scope="row">{_note_number(note, marked)}</th>{shown}</tr>'
    )


def sources_html(sources: SourceList, notes: Notes) -> str:
    """The list of sources, each leading back to the first note that rests on it."""
    lines = "".join(
        f'\n<li{"" if entry.label else " class=hanging"} id="source-{entry.letter}">'
        f"{_source_label(entry, notes)}"
        f"{inlines(entry.text)}</li>"
        for entry in sources.entries
    )
    listed = f'\n<ol class="sources">{lines}</ol>' if lines else ""
    return _ending("doc-bibliography", sources.heading, listed)


def _source_label(entry: SourceEntry, notes: Notes) -> str:
    """The entry's label in the side column; nothing in a style that lists without labels."""
    if not entry.label:
        return ""
    citing = (note for note in notes.notes if entry.letter in note.sources)
    first = next(citing, None)
    label = _back(f"fact-{first.fact}", entry.label) if first else escape(entry.label)
    return f'<span class="no">{label} </span>'


def colophon_html(colophon: Colophon) -> str:
    """How the document was made."""
    label, text = escape(colophon.label), escape(colophon.text)
    return f'\n<footer><p class="made"><span class="no">{label} </span>{text}</p></footer>'
