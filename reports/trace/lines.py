"""Documents to lines of text that know which facts they print, in reading order.

A line is what reads as one: a paragraph, an item, a cell, a mark of a chart.  The notes stand
apart, since they repeat what the lines print; so do contents list and running heads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from reports.document import (
    Assessment,
    BarChart,
    Block,
    Callout,
    Caption,
    Chart,
    Contents,
    Definitions,
    Document,
    Emphasis,
    FactSpan,
    Figure,
    Foreign,
    GroupedBarChart,
    Heading,
    Inline,
    Items,
    LineChart,
    Link,
    Mark,
    Moment,
    Paragraph,
    Picture,
    Quote,
    SlopeChart,
    Slot,
    SquaresChart,
    Strong,
    Table,
    Text,
    Timeline,
    TimelineChart,
    VegaChart,
    heading_text,
    inline_text,
    unresolved,
    without_marks,
)
from reports.document.plain import fact_marks
from reports.problems import Place

_PRINTED = "\N{REPLACEMENT CHARACTER}"  # stands for what a fact prints


@dataclass(frozen=True)
class Printed:
    """A fact in a line; its text, with the note mark, stands from `start` to `end`.

    `mark` is the number of its note mark among all of the document, from 0; None in a chart,
    which has none.
    """

    span: FactSpan
    start: int
    end: int
    mark: int | None


@dataclass(frozen=True)
class Line:
    """Text with the facts in it.

    `section` is the heading above, the title where there is none yet.  `label` and `anchor` are
    those of the table or figure that the line stands in, and `about` is what a reader sees
    around it there: caption, row and column.  `whole` is true where the text reads as one
    sentence however many it holds: the line under a chart's title.
    """

    text: str
    printed: tuple[Printed, ...]
    whole: bool
    section: str
    label: str
    anchor: str
    about: tuple[str, ...]
    place: Place


def lines(document: Document) -> tuple[Line, ...]:
    """Every line of the title, the lead, the body and the data behind its figures."""
    return tuple(_Walk(document).lines())


def own_text(line: Line) -> str:
    """A line's text without what facts print in it."""
    text = line.text
    for printed in reversed(line.printed):
        text = f"{text[: printed.start]}{_PRINTED}{text[printed.end :]}"
    return text


def without_note_marks(line: Line) -> Line:
    """The line as it reads without the marks of its notes."""
    text, end, printed = "", 0, []
    for each in line.printed:
        mark = fact_marks(each.span) if each.mark is not None else ""
        start = len(text) + each.start - end
        text += line.text[end : each.end].removesuffix(mark)
        printed.append(replace(each, start=start, end=len(text)))
        end = each.end
    return replace(line, text=text + line.text[end:], printed=tuple(printed))


class _Walk:
    """A walk through one document that knows its section, its table and the marks so far."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._notes = {note.fact: note.number for note in document.notes.notes}
        self._section = _words(document.cover.title)
        self._caption = Caption("", (), (), "")
        self._marks = 0

    def lines(self) -> Iterator[Line]:
        cover = self._document.cover
        first_line = self._document.notes.heading.place
        yield self._line(cover.title, first_line)
        yield self._line(cover.lead, first_line)
        yield from self._blocks(self._document.body)
        if self._document.data:
            yield from self._blocks((self._document.data.heading, *self._document.data.tables))

    def _blocks(self, blocks: Iterable[Block]) -> Iterator[Line]:
        for block in blocks:
            yield from self._block(block)
            self._caption = Caption("", (), (), "")

    def _block(self, block: Block) -> Iterator[Line]:
        match block:
            case Heading(content=content):
                self._section = heading_text(replace(block, content=without_marks(content)))
                yield self._line(content, block.place)
            case Paragraph(content, place):
                yield self._line(content, place)
            case Items():
                yield from self._items(block)
            case Definitions(entries):
                for entry in entries:
                    yield self._line((*entry.term, Text(" "), *entry.meaning), block.place)
            case Table():
                yield from self._table(block)
            case Figure(caption, chart):
                title, base = self._captions(caption, block.place)
                yield title
                yield replace(base, whole=True)
                yield from self._chart(chart, block.place)
            case Timeline(caption, _, events):
                yield from self._captions(caption, block.place)
                for event in events:
                    yield self._line(event.what, block.place, event.when)
            case Callout(content=inside) | Assessment(content=inside):
                yield from self._blocks(inside)
            case Quote(content, attribution):
                yield self._line(content, block.place)
                yield self._line(attribution, block.place)
            case Picture() | Contents():
                return
            case Slot():
                raise unresolved(block)

    def _items(self, items: Items) -> Iterator[Line]:
        for item in items.items:
            yield self._line(item.content, items.place)
            if item.inner:
                yield from self._items(item.inner)

    def _captions(self, caption: Caption, place: Place) -> Iterator[Line]:
        self._caption = replace(caption, title=())  # the title is not about itself
        yield self._line(caption.title, place)
        self._caption = caption
        yield self._line(caption.base, place)

    def _table(self, table: Table) -> Iterator[Line]:
        if table.caption:
            yield from self._captions(table.caption, table.place)
        for column in table.columns:
            yield self._line(column.content, table.place)
        for first, *others in table.rows:
            yield self._line(first.content, table.place)
            for cell, column in zip(others, table.columns[1:], strict=True):
                about = (_words(first.content), _words(column.content))
                yield self._line(cell.content, table.place, *about)

    def _chart(self, chart: Chart, place: Place) -> Iterator[Line]:
        match chart:
            case BarChart(marks) | SquaresChart(marks) | VegaChart(marks=marks):
                for mark in marks:
                    yield self._mark(mark, place)
            case GroupedBarChart(lines=lines) | SlopeChart(lines=lines) | LineChart(lines=lines):
                for line in lines:
                    for mark in filter(None, line.marks):
                        yield self._mark(mark, place, line.name)
            case TimelineChart(moments):
                for moment in moments:
                    yield self._moment(moment, place)

    def _mark(self, mark: Mark, place: Place, *about: str) -> Line:
        note = self._notes[mark.fact]
        span = FactSpan(mark.fact, "chart", mark.text, note, unbroken=True, place=place)
        printed = Printed(span, 0, len(mark.text), None)
        return self._made(mark.text, (printed,), place, (*about, mark.label))

    def _moment(self, moment: Moment, place: Place) -> Line:
        note = self._notes[moment.fact]
        span = FactSpan(moment.fact, "chart", moment.what, note, unbroken=False, place=place)
        printed = Printed(span, 0, len(moment.what), None)
        return self._made(moment.what, (printed,), place, (moment.when,))

    def _line(self, content: tuple[Inline, ...], place: Place, *about: str) -> Line:
        text, printed = "", []
        for node in _leaves(content):
            start = len(text)
            text += inline_text((node,))
            if isinstance(node, FactSpan):
                printed.append(Printed(node, start, len(text), self._marks))
                self._marks += 1
        return self._made(text, tuple(printed), place, about)

    def _made(
        self, text: str, printed: tuple[Printed, ...], place: Place, about: tuple[str, ...]
    ) -> Line:
        caption = self._caption
        around = tuple(words for words in (_words(caption.title), *about) if words)
        return Line(
            text=text,
            printed=printed,
            whole=False,
            section=self._section,
            label=caption.label,
            anchor=caption.anchor,
            about=around,
            place=place,
        )


def _leaves(content: Iterable[Inline]) -> Iterator[Inline]:
    for node in content:
        if isinstance(node, (Emphasis, Strong, Foreign, Link)):
            yield from _leaves(node.content)
        else:
            yield node


def _words(content: tuple[Inline, ...]) -> str:
    return inline_text(without_marks(content))
