"""Data behind the figures, notes, sources and how the document was made."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from reports.document import (
    Colophon,
    DataTables,
    Layout,
    Note,
    Notes,
    SourceList,
    note_cells,
    note_citation,
    note_end,
    note_head,
    note_mark,
)
from reports.themes import Theme
from reports.write.docx.body import caption, heading, write_blocks
from reports.write.docx.inline import runs
from reports.write.docx.looks import KEPT
from reports.write.docx.names import (
    fact_tag,
    footnote_bookmark,
    mark_bookmark,
    note_bookmark,
    source_bookmark,
)
from reports.write.docx.package import Draft
from reports.write.docx.tables import Box, column_widths, described, grid
from reports.write.docx.xml import (
    Element,
    bookmarked,
    control,
    dxa,
    link,
    paragraph,
    run,
    tab,
    words,
)


def write_data(draft: Draft, data: DataTables | None) -> None:
    """Append the data behind the figures, in full: Word has nothing to fold them into."""
    if data:
        write_blocks(draft, (data.heading, *data.tables), {})


def write_notes(draft: Draft, notes: Notes, layout: Layout, cited: AbstractSet[str]) -> None:
    """Append the notes, as a table in a report and as lines elsewhere.

    `cited` holds the bookmarks of the text, so that a note's mark leads back to its spot.
    """
    draft.add(heading(notes.heading, draft))
    if layout is Layout.REPORT and notes.notes:
        draft.add(*caption(notes.caption), _note_table(notes, draft.theme, cited))
    else:
        draft.add(*_note_lines(notes, cited))
    draft.add(*(paragraph("KF Merknad", *words(remark)) for remark in notes.remarks))


def write_sources(draft: Draft, sources: SourceList, notes: Notes) -> None:
    """Append the sources, each led to by its notes and leading to the first of them."""
    draft.add(heading(sources.heading, draft))
    footnotes = notes.remarks_heading is not None
    first = {letter: note for note in reversed(notes.notes) for letter in note.sources}
    for entry in sources.entries:
        label = words(entry.label, "KF Notemerke")
        note = first.get(entry.letter)
        at = note and (footnote_bookmark(note.number) if footnotes else note_bookmark(note.fact))
        led = (link(at, *label),) if at and label else label
        marked = bookmarked(source_bookmark(entry.letter), *led)
        if entry.label:  # the last one goes with how the document was made, which follows
            style = f"KF Kilde{KEPT}" if entry is sources.entries[-1] else "KF Kilde"
            draft.add(paragraph(style, *marked, tab(), *runs(entry.text)))
        else:
            draft.add(paragraph("Bibliography", *marked, *runs(entry.text)))


def write_colophon(draft: Draft, colophon: Colophon) -> None:
    draft.add(paragraph("KF Laget", *words(colophon.label), tab(), *words(colophon.text)))


def _note_lines(notes: Notes, cited: AbstractSet[str]) -> Iterator[Element]:
    for note in notes.notes:
        what = note.what.rstrip(".")
        rest = run(f"{note_head(note)[len(what) :]} ")
        text = (_what(note.fact, what), rest, *runs(note_citation(note)), *words(note_end(note)))
        yield paragraph("KF Note", *_mark(note, cited), tab(), *text)


def _note_table(notes: Notes, theme: Theme, cited: AbstractSet[str]) -> Element:
    head = [Box("KF Tabell hode", words(text)) for text in notes.heads]
    rows = [_note_row(note, cited) for note in notes.notes]
    widths = column_widths(
        theme.numbers("grid.note_columns"), dxa(theme.number("grid.text_width_mm"))
    )
    alt = described(notes.caption, ", ".join(notes.heads))
    return grid("KF Noter", widths, [head, *rows], alt)


def _note_row(note: Note, cited: AbstractSet[str]) -> list[Box]:
    _, _, *middle, _ = note_cells(note)
    return [
        Box("KF Tabell rad", _mark(note, cited)),
        Box("KF Tabell tekst", (_what(note.fact, note.what),)),
        *(Box("KF Tabell tekst", words(text)) for text in middle),
        Box("KF Tabell tekst", runs(note_citation(note))),
    ]


def _what(fact: str, text: str) -> Element:
    """A fact as its note prints it."""
    return control(fact_tag(fact, "note"), run(text))


def _mark(note: Note, cited: AbstractSet[str]) -> tuple[Element, ...]:
    """The mark of a note, leading back to the first spot in the text that bears it."""
    back, mark = (
        mark_bookmark(note.fact),
        run(note_mark(note.number, note.brackets), "KF Notemerke"),
    )
    return bookmarked(note_bookmark(note.fact), link(back, mark) if back in cited else mark)
