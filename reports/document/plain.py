"""Nodes to plain text: what an edition says, free of any format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from reports.document.blocks import (
    Assessment,
    Block,
    Callout,
    Caption,
    Contents,
    Definitions,
    Figure,
    Heading,
    Items,
    Paragraph,
    Picture,
    Quote,
    Table,
    Timeline,
)
from reports.document.frame import Cover, DataTables, Note, Notes, SourceList
from reports.document.inline import (
    Citation,
    Code,
    Emphasis,
    FactSpan,
    Foreign,
    Inline,
    LineBreak,
    Link,
    Reference,
    Slot,
    Strong,
    Text,
)
from reports.themes import Layout

_RUNNING = 70  # characters
_RUNNING_CASE = 30  # characters that the side column has room for


def note_mark(note: int, brackets: str = "[]") -> str:
    """The mark in the text of the note with that number: "[7]"."""
    return f"{brackets[0]}{note}{brackets[1]}"


def inline_text(content: Iterable[Inline]) -> str:
    """The text of inline nodes, note marks included."""
    return "".join(_inline(node) for node in content)


def _inline(node: Inline) -> str:
    match node:
        case Text(text) | Code(text) | Reference(_, text):
            return text
        case Emphasis(content) | Strong(content) | Foreign(content) | Link(content):
            return inline_text(content)
        case Citation(content):
            return inline_text(content)
        case FactSpan():
            text, cited, end = fact_parts(node)
            return f"{text}{inline_text(cited)}{end}{fact_marks(node)}"
        case LineBreak():
            return "\n"
        case Slot():
            raise unresolved(node)


def fact_marks(fact: FactSpan) -> str:
    """The note mark of a fact, with those of the notes that Word sets beside its own."""
    return "".join(note_mark(number, fact.brackets) for number in fact.foot or (fact.note,))


def fact_parts(fact: FactSpan) -> tuple[str, tuple[Inline, ...], str]:
    """What a fact prints before its note mark: text, citation, and the end of a sentence.

    A citation goes before the full stop of a sentence, after a space.
    """
    if fact.citation is None:
        return fact.text, (), ""
    text = fact.text.rstrip(".?!")
    return text, (Text(" "), fact.citation), fact.text[len(text) :]


def unresolved(slot: Slot) -> AssertionError:
    """The error of a writer that meets a slot: `resolve` was left out."""
    return AssertionError(f"unresolved call {slot.call} at {slot.place}")


def _caption(caption: Caption | None) -> Iterator[str]:
    if caption:
        yield f"{caption.label} {inline_text(caption.title)}"
        yield inline_text(caption.base)


def heading_text(heading: Heading) -> str:
    """A heading with its number, if it has one."""
    return f"{heading.number} {inline_text(heading.content)}".lstrip()


def _items(items: Items) -> Iterator[str]:
    for item in items.items:
        yield inline_text(item.content)
        if item.inner:
            yield from _items(item.inner)


def block_lines(block: Block) -> Iterator[str]:
    """The lines of a block, one an item, row or paragraph."""
    match block:
        case Heading():
            yield heading_text(block)
        case Paragraph(content):
            yield inline_text(content)
        case Items():
            yield from _items(block)
        case Definitions(entries):
            for entry in entries:
                yield f"{inline_text(entry.term)} {inline_text(entry.meaning)}"
        case Table(caption, columns, rows):
            yield from _caption(caption)
            yield " ".join(inline_text(column.content) for column in columns)
            for row in rows:
                yield " ".join(inline_text(cell.content) for cell in row)
        case Figure(caption):
            yield from _caption(caption)
        case Picture():
            pass
        case Timeline(caption, heads, events):
            yield from _caption(caption)
            yield " ".join(heads)
            for event in events:
                yield f"{event.when} {inline_text(event.what)}"
        case Callout(_, title, content) | Assessment(title, content):
            yield title
            for inner in content:
                yield from block_lines(inner)
        case Quote(content, attribution):
            yield inline_text(content)
            yield inline_text(attribution)
        case Contents(title, entries):
            yield title
            for line in entries:
                yield f"{line.number} {inline_text(line.content)}".lstrip()
        case Slot():
            raise unresolved(block)


def data_lines(data: DataTables | None) -> Iterator[str]:
    """The lines of the data behind the figures; none where there are no figures."""
    if data:
        yield heading_text(data.heading)
        for table in data.tables:
            yield from block_lines(table)


def sources_lines(sources: SourceList) -> Iterator[str]:
    """The lines of the list of sources."""
    yield heading_text(sources.heading)
    for entry in sources.entries:
        yield f"{entry.label} {inline_text(entry.text)}".lstrip()


def note_head(note: Note) -> str:
    """A note's sentences before its source: figure or statement, speaker, as-of, standing."""
    parts = (note.what, note.speaker, note.as_of, note.standing)
    return " ".join(f"{part.rstrip('.')}." for part in parts)


def note_citation(note: Note) -> tuple[Inline, ...]:
    """A note's sources and locator: "A para. 7" or "A, C", or as a citation style has them."""
    if note.cited:
        return note.cited
    letters = [Citation((Text(letter),), f"source-{letter}") for letter in note.sources]
    listed = [part for each in letters for part in (Text(", "), each)][1:]
    return (*listed, Text(f"\N{NO-BREAK SPACE}{note.where}")) if note.where else tuple(listed)


def note_source(note: Note) -> str:
    """The text of a note's sources and locator."""
    return inline_text(note_citation(note))


def note_line(note: Note) -> str:
    """A note as one line: figure, speaker, as-of, standing, source and locator."""
    return f"{note_head(note)} {note_source(note)}{note_end(note)}"


def note_end(note: Note) -> str:
    """The full stop of a note's line, "" where its citation ends in one."""
    return "" if note_source(note).endswith(".") else "."


def notes_lines(notes: Notes, layout: Layout) -> Iterator[str]:
    """The lines of the notes: cells in a report, sentences elsewhere, then the remarks."""
    yield heading_text(notes.heading)
    if layout is Layout.REPORT and notes.notes:
        yield from _caption(notes.caption)
        yield " ".join(notes.heads)
    for note in notes.notes:
        if layout is Layout.REPORT:
            cells = note_cells(note)
            yield " ".join(cells)
        else:
            yield f"{note_mark(note.number, note.brackets)} {note_line(note)}"
    yield from notes.remarks


def note_cells(note: Note) -> tuple[str, str, str, str, str]:
    """A note as the five cells of the long form."""
    return (
        note_mark(note.number, note.brackets),
        note.what,
        note.speaker,
        f"{note.as_of}. {note.standing}",
        note_source(note),
    )


def cover_lines(cover: Cover) -> Iterator[str]:
    """The lines of the cover: masthead, title, lead, and labels above values."""
    yield f"{cover.publisher} {cover.kind} {cover.status}"
    yield inline_text(cover.title)
    yield inline_text(cover.lead)
    for start in range(0, len(cover.meta), 4):
        strip = cover.meta[start : start + 4]
        yield " ".join(label for label, _ in strip)
        yield " ".join(value for _, value in strip)


def running_title(cover: Cover) -> str:
    """The title for the head of a page, where one line has room: its first whole words."""
    title = cover.short_title
    if len(title) <= _RUNNING:
        return title
    return f"{title[:_RUNNING].rsplit(maxsplit=1)[0].rstrip(',:;–')} …"


def running_case(cover: Cover) -> str:
    """The case for the foot of a page, "" where that has no room: cut, it would name another."""
    return cover.case if len(cover.case) <= _RUNNING_CASE else ""


def without_marks(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """The nodes without note marks and links, for a heading's words elsewhere."""
    return tuple(bare for node in content for bare in _without_marks(node))


def _without_marks(node: Inline) -> tuple[Inline, ...]:
    match node:
        case FactSpan(text=text) | Reference(text=text):
            return (Text(text),) if text else ()
        case Emphasis(content) | Strong(content) | Foreign(content):
            return (replace(node, content=without_marks(content)),)
        case Link(content) | Citation(content):
            return without_marks(content)
        case Text() | Code() | LineBreak() | Slot():
            return (node,)
