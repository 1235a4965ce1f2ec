"""Notes, sources and how the document was made."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from reports.document import (
    Colophon,
    Layout,
    Note,
    Notes,
    SourceList,
    note_cells,
    note_line,
    note_mark,
)
from reports.themes import NOTE_COLUMNS, Theme
from reports.write.docx.body import caption, heading
from reports.write.docx.package import Draft
from reports.write.docx.tables import Box, column_widths, described, grid
from reports.write.docx.xml import (
    Element,
    bookmarked,
    dxa,
    link,
    mark_bookmark,
    note_bookmark,
    paragraph,
    run,
    source_bookmark,
    tab,
    words,
)


def write_notes(draft: Draft, notes: Notes, layout: Layout, cited: AbstractSet[str]) -> None:
    """Append the notes, as a table in a report and as lines elsewhere.

    `cited` holds the bookmarks of the text, so that a note's mark leads back to its spot.
    """
    draft.add(heading(notes.heading))
    if layout is Layout.REPORT:
        draft.add(*caption(notes.caption), _note_table(notes, draft.theme, cited))
    else:
        draft.add(*_note_lines(notes, cited))
    draft.add(*(paragraph("KF Merknad", *words(remark)) for remark in notes.remarks))


def write_sources(draft: Draft, sources: SourceList) -> None:
    """Append the lettered sources, each with the bookmark that notes lead to."""
    draft.add(heading(sources.heading))
    for entry in sources.entries:
        label = bookmarked(source_bookmark(entry.letter), run(entry.label, "KF Notemerke"))
        draft.add(paragraph("KF Kilde", *label, tab(), *words(entry.text)))


def write_colophon(draft: Draft, colophon: Colophon) -> None:
    draft.add(paragraph("KF Laget", *words(colophon.label), tab(), *words(colophon.text)))


def _note_lines(notes: Notes, cited: AbstractSet[str]) -> Iterator[Element]:
    for note in notes.notes:
        yield paragraph("KF Note", *_mark(note, cited), tab(), *words(note_line(note)))


def _note_table(notes: Notes, theme: Theme, cited: AbstractSet[str]) -> Element:
    head = [Box("KF Tabell hode", words(text)) for text in notes.heads]
    rows = [_note_row(note, cited) for note in notes.notes]
    widths = column_widths(NOTE_COLUMNS, dxa(theme.number("grid.text_width_mm")))
    alt = described(notes.caption, ", ".join(notes.heads))
    return grid("KF Tabell", widths, [head, *rows], alt)


def _note_row(note: Note, cited: AbstractSet[str]) -> list[Box]:
    _, *middle, _ = note_cells(note)
    return [
        Box("KF Tabell rad", _mark(note, cited)),
        *(Box("KF Tabell tekst", words(text)) for text in middle),
        Box("KF Tabell tekst", _sources(note)),
    ]


def _sources(note: Note) -> tuple[Element, ...]:
    """The letters of the note's sources, each leading to its entry, and the locator."""
    runs: list[Element] = []
    for letter in note.sources:
        runs += words(", ") if runs else ()
        runs.append(link(source_bookmark(letter), *words(letter)))
    return (*runs, *words(f" {note.where}" if note.where else ""))


def _mark(note: Note, cited: AbstractSet[str]) -> tuple[Element, ...]:
    """The mark of a note, leading back to the first spot in the text that bears it."""
    back, mark = mark_bookmark(note.number), run(note_mark(note.number), "KF Notemerke")
    return bookmarked(note_bookmark(note.number), link(back, mark) if back in cited else mark)
