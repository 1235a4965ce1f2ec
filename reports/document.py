"""The document model: what one edition says, free of any format.

Every node is a frozen dataclass; sequences are tuples.  A new idea is a new class, and the
type checker then names each writer that forgot it.  `Slot` is where a call of the template
stands between `read` and `resolve`; a resolved document holds none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Literal, TypeAlias

from reports.problems import Place

# ---------------------------------------------------------------- inline


@dataclass(frozen=True)
class Text:
    """Running text, with typographic quotation marks and dashes already in place."""

    text: str


@dataclass(frozen=True)
class Emphasis:
    content: tuple[Inline, ...]


@dataclass(frozen=True)
class Strong:
    content: tuple[Inline, ...]


@dataclass(frozen=True)
class Code:
    text: str


@dataclass(frozen=True)
class Link:
    """A link out of the document; `target` is an absolute http(s) or mailto address."""

    content: tuple[Inline, ...]
    target: str


@dataclass(frozen=True)
class FactSpan:
    """What a fact prints at one spot, and the number of its note.

    `text` is final, hedge and unit included; it is empty where a fact is only cited.
    `unbroken` asks for text and note mark on one line: a figure, not a sentence.
    """

    fact: str
    form: str
    text: str
    note: int
    unbroken: bool


@dataclass(frozen=True)
class Reference:
    """A link within the document: `text` as the reader sees it, such as "Figure 2"."""

    target: str
    text: str


@dataclass(frozen=True)
class LineBreak:
    pass


@dataclass(frozen=True)
class Slot:
    """A call of the template, by its index, that `resolve` replaces by what it prints."""

    call: int
    place: Place


Inline: TypeAlias = Text | Emphasis | Strong | Code | Link | FactSpan | Reference | LineBreak | Slot

# ---------------------------------------------------------------- charts

Series: TypeAlias = Literal["norway", "denmark", "other"]


@dataclass(frozen=True)
class Mark:
    """One value of a chart; `high` is the upper end of a range, and `text` its label.

    `approximate` marks a hedged, inferred or ranged value, drawn dashed with a pale fill.
    """

    fact: str
    label: str
    value: Decimal
    text: str
    series: Series
    approximate: bool = False
    high: Decimal | None = None


@dataclass(frozen=True)
class BarChart:
    """One bar a mark, from zero.  `whole` is the end of the pale track, 100 for shares."""

    marks: tuple[Mark, ...]
    whole: Decimal | None


@dataclass(frozen=True)
class SlopeChart:
    """One line of one measure between two dates; a mark's label is its date."""

    name: str
    start: Mark
    end: Mark


@dataclass(frozen=True)
class SquaresChart:
    """Each share as so many of a hundred squares, ten to a row."""

    marks: tuple[Mark, ...]


Chart: TypeAlias = BarChart | SlopeChart | SquaresChart

# ---------------------------------------------------------------- blocks


@dataclass(frozen=True)
class Caption:
    """Number ("Table 1"), title and base line of a table, figure or timeline.

    The base line names base, hedge, as-of and speaker; `anchor` is unique in the document.
    """

    label: str
    title: tuple[Inline, ...]
    base: tuple[Inline, ...]
    anchor: str


@dataclass(frozen=True)
class Heading:
    """A heading of level 2 or 3 (1 is the title); `number` is "" where none is shown.

    `annex` marks the first heading after the body: what follows doesn't count as body.
    """

    level: int
    content: tuple[Inline, ...]
    anchor: str
    number: str
    annex: bool
    place: Place


@dataclass(frozen=True)
class Paragraph:
    content: tuple[Inline, ...]
    place: Place


@dataclass(frozen=True)
class Item:
    content: tuple[Inline, ...]
    inner: Items | None


@dataclass(frozen=True)
class Items:
    """A list; an ordered one counts from 1."""

    ordered: bool
    items: tuple[Item, ...]
    place: Place


@dataclass(frozen=True)
class Definition:
    term: tuple[Inline, ...]
    meaning: tuple[Inline, ...]


@dataclass(frozen=True)
class Definitions:
    """Terms in the side column, what they mean in the main one.

    `figures` is true when every term is a single figure: then they are key figures, set large.
    """

    entries: tuple[Definition, ...]
    figures: bool
    place: Place


@dataclass(frozen=True)
class Column:
    """A column's head; `share` is its part of the width, and `series` colours its rule."""

    content: tuple[Inline, ...]
    share: float
    numeric: bool
    series: Series


@dataclass(frozen=True)
class Cell:
    """A table cell; `missing` marks a gap that is said in words ("Not mentioned")."""

    content: tuple[Inline, ...]
    missing: bool = False


@dataclass(frozen=True)
class Table:
    """A table whose first column heads its rows; every row has as many cells as columns."""

    caption: Caption | None
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    place: Place


@dataclass(frozen=True)
class Figure:
    """A chart with its caption; `alt` gives every value with its hedge."""

    caption: Caption
    chart: Chart
    alt: str
    place: Place


@dataclass(frozen=True)
class Picture:
    """A picture of the workspace: PNG or JPEG bytes, or SVG text as bytes."""

    name: str
    data: bytes
    alt: str
    place: Place


@dataclass(frozen=True)
class Event:
    """`approximate` when the date is inferred or known to the month or worse."""

    when: str
    what: tuple[Inline, ...]
    approximate: bool


@dataclass(frozen=True)
class Timeline:
    """Events in order of time; `heads` are the two column heads (date, event)."""

    caption: Caption
    heads: tuple[str, str]
    events: tuple[Event, ...]
    place: Place


class CalloutKind(Enum):
    SUMMARY = "summary"  # tinted, first page only
    DECISION = "decision"  # heavy rule: what is asked
    CAVEAT = "caveat"  # hairlines: where a figure is about to be over-read


@dataclass(frozen=True)
class Callout:
    kind: CalloutKind
    title: str
    content: tuple[Block, ...]
    place: Place


@dataclass(frozen=True)
class Assessment:
    """Judgement of ours, named as such by its title."""

    title: str
    content: tuple[Block, ...]
    place: Place


@dataclass(frozen=True)
class Quote:
    content: tuple[Inline, ...]
    attribution: tuple[Inline, ...]
    place: Place


@dataclass(frozen=True)
class ContentsEntry:
    number: str
    content: tuple[Inline, ...]
    anchor: str


@dataclass(frozen=True)
class Contents:
    """The contents list: one entry a heading of level 2, with notes and sources last."""

    title: str
    entries: tuple[ContentsEntry, ...]
    place: Place


Block: TypeAlias = (
    Heading
    | Paragraph
    | Items
    | Definitions
    | Table
    | Figure
    | Picture
    | Timeline
    | Callout
    | Assessment
    | Quote
    | Contents
    | Slot
)

# ---------------------------------------------------------------- the end of a document


@dataclass(frozen=True)
class Note:
    """One fact printed in the edition; `number` is its order of first appearance.

    `what` is the figure with measure and population, or the statement where the fact has
    no figure.  `source` is the letter of the source, `where` the locator in it.
    """

    number: int
    fact: str
    what: str
    speaker: str
    as_of: str
    standing: str
    source: str
    where: str


@dataclass(frozen=True)
class Notes:
    """The notes; `heads` are the five column heads of the long form.

    `remarks` explain once what several notes lean on, such as how a date was inferred.
    """

    heading: Heading
    heads: tuple[str, str, str, str, str]
    notes: tuple[Note, ...]
    remarks: tuple[str, ...]
    caption: Caption | None


@dataclass(frozen=True)
class SourceEntry:
    """`label` is "Source A"; `text` says what kind of text it is and whose interest it has."""

    letter: str
    label: str
    text: str


@dataclass(frozen=True)
class SourceList:
    heading: Heading
    entries: tuple[SourceEntry, ...]


@dataclass(frozen=True)
class Colophon:
    """How the document was made and as of which facts."""

    label: str
    text: str


class Layout(Enum):
    MEMO = "memo"  # two pages, notes as lines, unnumbered sections
    REPORT = "report"  # long: numbered sections, contents, notes as a table
    PLAIN = "plain"  # larger type, for anyone


@dataclass(frozen=True)
class Cover:
    """The masthead, title and meta strip.

    `meta` holds label and value pairs, set four to a row.  `running` is the foot's middle:
    audience and date; `page_of` is the pair of words in "page 1 of 2".
    """

    publisher: str
    kind: str
    status: str
    title: tuple[Inline, ...]
    short_title: str
    lead: tuple[Inline, ...]
    meta: tuple[tuple[str, str], ...]
    meta_label: str
    case: str
    running: str
    page_of: tuple[str, str]


@dataclass(frozen=True)
class Document:
    """One edition; `language` is a BCP 47 tag such as "nb"."""

    language: str
    layout: Layout
    cover: Cover
    body: tuple[Block, ...]
    notes: Notes
    sources: SourceList
    colophon: Colophon

    def plain_text(self) -> str:
        """What the edition says, one line a block, in reading order.

        Without what a format adds: page numbers, running heads, list markers, the text
        inside figures.  Every output of the edition says exactly this.
        """
        return "\n".join(line for line in _document_lines(self) if line)


# ---------------------------------------------------------------- plain text


def note_mark(note: int) -> str:
    """The mark in the text of the note with that number: "[7]"."""
    return f"[{note}]"


def inline_text(content: Iterable[Inline]) -> str:
    """The text of inline nodes, note marks included."""
    return "".join(_inline(node) for node in content)


def _inline(node: Inline) -> str:
    match node:
        case Text(text) | Code(text) | Reference(_, text):
            return text
        case Emphasis(content) | Strong(content) | Link(content):
            return inline_text(content)
        case FactSpan():
            return node.text + note_mark(node.note)
        case LineBreak():
            return "\n"
        case Slot():
            raise unresolved(node)


def unresolved(slot: Slot) -> AssertionError:
    """The error of a writer that meets a slot: `resolve` was left out."""
    return AssertionError(f"unresolved call {slot.call} at {slot.place}")


def _caption(caption: Caption | None) -> Iterator[str]:
    if caption:
        yield f"{caption.label} {inline_text(caption.title)}"
        yield inline_text(caption.base)


def _heading(heading: Heading) -> str:
    return f"{heading.number} {inline_text(heading.content)}".lstrip()


def _items(items: Items) -> Iterator[str]:
    for item in items.items:
        yield inline_text(item.content)
        if item.inner:
            yield from _items(item.inner)


def _block_lines(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield _heading(block)
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
                yield from _block_lines(inner)
        case Quote(content, attribution):
            yield inline_text(content)
            yield inline_text(attribution)
        case Contents(title, entries):
            yield title
            for line in entries:
                yield f"{line.number} {inline_text(line.content)}".lstrip()
        case Slot():
            raise unresolved(block)


def note_head(note: Note) -> str:
    """A note's sentences before its source: figure or statement, speaker, as-of, standing."""
    parts = (note.what, note.speaker, note.as_of, note.standing)
    return " ".join(f"{part.rstrip('.')}." for part in parts)


def note_line(note: Note) -> str:
    """A note as one line: figure, speaker, as-of, standing, source and locator."""
    return f"{note_head(note)} {note.source} {note.where}."


def _notes_lines(notes: Notes, layout: Layout) -> Iterator[str]:
    yield _heading(notes.heading)
    if layout is Layout.REPORT:
        yield from _caption(notes.caption)
        yield " ".join(notes.heads)
    for note in notes.notes:
        if layout is Layout.REPORT:
            cells = note_cells(note)
            yield " ".join(cells)
        else:
            yield f"{note_mark(note.number)} {note_line(note)}"
    yield from notes.remarks


def note_cells(note: Note) -> tuple[str, str, str, str, str]:
    """A note as the five cells of the long form."""
    return (
        note_mark(note.number),
        note.what,
        note.speaker,
        f"{note.as_of}. {note.standing}",
        f"{note.source} {note.where}",
    )


def _document_lines(document: Document) -> Iterator[str]:
    cover = document.cover
    yield f"{cover.publisher} {cover.kind} {cover.status}"
    yield inline_text(cover.title)
    yield inline_text(cover.lead)
    for start in range(0, len(cover.meta), 4):
        strip = cover.meta[start : start + 4]
        yield " ".join(label for label, _ in strip)
        yield " ".join(value for _, value in strip)
    for block in document.body:
        yield from _block_lines(block)
    yield from _notes_lines(document.notes, document.layout)
    yield _heading(document.sources.heading)
    for entry in document.sources.entries:
        yield f"{entry.label} {entry.text}"
    yield f"{document.colophon.label} {document.colophon.text}"
