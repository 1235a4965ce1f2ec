"""What frames a body, as HTML: cover, notes, sources and colophon."""

from __future__ import annotations

from html import escape

from reports.document import (
    Colophon,
    Cover,
    Layout,
    Note,
    Notes,
    SourceList,
    note_cells,
    note_head,
    note_mark,
)
from reports.themes import NOTE_COLUMNS
from reports.write.html.blocks import heading_html, table_caption
from reports.write.html.inline import SPACE, inlines


def cover_html(cover: Cover) -> str:
    """The masthead, title, lead and meta strips."""
    data = {
        "publisher": cover.publisher,
        "short": cover.short_title,
        "state": cover.status,
        "case": cover.case,
        "running": cover.running,
        "page": cover.page_of[0],
        "of": cover.page_of[1],
    }
    attributes = "".join(f' data-{key}="{escape(value)}"' for key, value in data.items())
    lead = f'<p class="lead">{inlines(cover.lead)}</p>' if cover.lead else ""
    return (
        f'\n<header class="cover"{attributes}>'
        f'<p class="masthead"><span class="no">{escape(cover.publisher)} </span>'
        f'{escape(cover.kind)} <span class="state">{escape(cover.status)}</span></p>'
        f"\n<h1>{inlines(cover.title)}</h1>\n{lead}{_meta(cover)}</header>"
    )


def _meta(cover: Cover) -> str:
    """The meta strips, four pairs to a table: labels above values."""
    strips = [cover.meta[start : start + 4] for start in range(0, len(cover.meta), 4)]
    columns = "".join(f'<col style="width:{width}mm">' for width in (44, 42, 41, 41))
    tables = []
    for strip in strips:
        heads = "".join(f'<th scope="col">{escape(label)}</th>' for label, _ in strip)
        cells = "".join(f"<td>{escape(value)}</td>" for _, value in strip)
        tables.append(
            f'\n<table class="meta" aria-label="{escape(cover.meta_label)}">'
            f"<colgroup>{columns}</colgroup><thead><tr>{heads}</tr></thead>"
            f"<tbody><tr>{cells}</tr></tbody></table>"
        )
    return "".join(tables)


def notes_html(notes: Notes, layout: Layout) -> str:
    """The notes: a table in a report, lines elsewhere, then the remarks."""
    heading = heading_html(notes.heading)
    remarks = "".join(f'\n<p class="remark">{escape(remark)}</p>' for remark in notes.remarks)
    if layout is Layout.REPORT:
        return heading + _note_table(notes) + remarks
    lines = "".join(_note_line(note) for note in notes.notes)
    return f'{heading}\n<ol class="notes">{lines}</ol>{remarks}'


def _note_line(note: Note) -> str:
    return (
        f'\n<li id="fact-{note.fact}"><span class="no">{note_mark(note.number)} </span>'
        f"{escape(note_head(note))}{SPACE}{_source_links(note)}.</li>"
    )


def _source_links(note: Note) -> str:
    links = (f'<a href="#source-{letter}">{letter}</a>' for letter in note.sources)
    return f"{', '.join(links)} {escape(note.where)}".rstrip()


def _note_table(notes: Notes) -> str:
    columns = "".join(f'<col style="width:{width}mm">' for width in NOTE_COLUMNS)
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in notes.heads)
    rows = []
    for note in notes.notes:
        mark, what, speaker, as_of, _ = (escape(cell) for cell in note_cells(note))
        source = _source_links(note)
        rows.append(
            f'\n<tr id="fact-{note.fact}"><th scope="row">{mark}</th><td>{what}</td>'
            f"<td>{speaker}</td><td>{as_of}</td><td>{source}</td></tr>"
        )
    return (
        f'\n<table class="notes">{table_caption(notes.caption)}<colgroup>{columns}</colgroup>'
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )


def sources_html(sources: SourceList) -> str:
    """The list of sources."""
    lines = "".join(
        f'\n<li id="source-{entry.letter}"><span class="no">{escape(entry.label)} </span>'
        f"{escape(entry.text)}</li>"
        for entry in sources.entries
    )
    return f'{heading_html(sources.heading)}\n<ol class="sources">{lines}</ol>'


def colophon_html(colophon: Colophon) -> str:
    """How the document was made."""
    label, text = escape(colophon.label), escape(colophon.text)
    return f'\n<p class="made"><span class="no">{label} </span>{text}</p>'
