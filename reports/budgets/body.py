"""A document to the stretches of text that its audience's contract speaks of.

These are the title, the lead and the body up to the annex.  Contents list, annex, data behind
figures, notes and sources repeat or support what a reader was told, and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from itertools import chain, repeat, takewhile
from typing import TypeVar

from reports.compose import Composed
from reports.compose.tokens import first_position
from reports.document import (
    Assessment,
    Block,
    Callout,
    Caption,
    Contents,
    Definitions,
    Document,
    Emphasis,
    FactSpan,
    Figure,
    Foreign,
    Heading,
    Inline,
    Items,
    Link,
    Paragraph,
    Picture,
    Quote,
    Slot,
    Strong,
    Table,
    Timeline,
    inline_text,
    unresolved,
    without_marks,
)
from reports.problems import Place

T = TypeVar("T")

_BLANK = re.compile(r"\n\s*\n")


class Kind(Enum):
    PROSE = auto()  # paragraphs, items of lists, meanings of terms, quotes
    SHORT = auto()  # title, headings, terms and table cells: told in short
    CAPTION = auto()  # partly the tool's own words
    PICTURE = auto()  # what a figure or picture says: its alternative text


@dataclass(frozen=True)
class Stretch:
    """A text without its note marks; `facts` are those that it prints, each from where to where.

    `section` is the heading above, "" before the first.  `place` is the line that wrote it.
    """

    kind: Kind
    text: str
    facts: tuple[tuple[int, int, str], ...]
    section: str
    place: Place


def stretches(document: Document, composed: Composed) -> tuple[Stretch, ...]:
    """The stretches of a document in reading order, with the places of what it was read from."""
    return tuple(each for each in _Walk().of(document, *_starts(composed)) if each.text.strip())


def _starts(composed: Composed) -> tuple[Place, Place]:
    """Where title and lead stand, which the document doesn't know: the first two paragraphs."""
    paragraphs = map(first_position, _BLANK.split(composed.text))
    places = [composed.place(position) for position in paragraphs if position]
    title, lead, *_ = (*places, Place(composed.templates[0]), Place(composed.templates[0]))
    return title, lead


class _Walk:
    """A walk through one body that knows the heading above."""

    def __init__(self) -> None:
        self._section = ""

    def of(self, document: Document, title: Place, lead: Place) -> Iterator[Stretch]:
        yield self._stretch(Kind.SHORT, document.cover.title, title)
        yield self._stretch(Kind.PROSE, document.cover.lead, lead)
        for block in takewhile(_is_body, document.body):
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[Stretch]:
        match block:
            case Heading(content=content, place=place):
                self._section = inline_text(without_marks(content))
                yield self._stretch(Kind.SHORT, content, place)
            case Paragraph(content, place):
                yield self._stretch(Kind.PROSE, content, place)
            case Items():
                yield from self._items(block)
            case Definitions(entries, _, place):
                for entry, line in _with_lines(entries, block.lines, place):
                    yield self._stretch(Kind.SHORT, entry.term, line)
                    yield self._stretch(Kind.PROSE, entry.meaning, line)
            case Table():
                yield from self._table(block)
            case Figure(caption, _, alt, place):
                yield from self._captions(caption, place)
                yield self._told(Kind.PICTURE, alt, place)
            case Picture(_, _, alt, place):
                yield self._told(Kind.PICTURE, alt, place)
            case Timeline(caption, _, events, place):
                yield from self._captions(caption, place)
                for event in events:
                    yield self._stretch(Kind.SHORT, event.what, place)
            case Callout(_, title, content, place) | Assessment(title, content, place):
                yield self._told(Kind.SHORT, title, place)
                for inner in content:
                    yield from self._block(inner)
            case Quote(content, attribution, place):
                yield self._stretch(Kind.PROSE, content, place)
                yield self._stretch(Kind.SHORT, attribution, place)
            case Contents():
                return
            case Slot():
                raise unresolved(block)

    def _items(self, items: Items) -> Iterator[Stretch]:
        for item, line in _with_lines(items.items, items.lines, items.place):
            yield self._stretch(Kind.PROSE, item.content, line)
            if item.inner:
                yield from self._items(item.inner)

    def _table(self, table: Table) -> Iterator[Stretch]:
        yield from self._captions(table.caption, table.place)
        for column in table.columns:
            yield self._stretch(Kind.SHORT, column.content, table.place)
        for row, line in _with_lines(table.rows, table.lines, table.place):
            for cell in row:
                yield self._stretch(Kind.SHORT, cell.content, line)

    def _captions(self, caption: Caption | None, place: Place) -> Iterator[Stretch]:
        if caption:
            yield self._stretch(Kind.CAPTION, caption.title, place)
            yield self._stretch(Kind.CAPTION, caption.base, place)

    def _stretch(self, kind: Kind, content: tuple[Inline, ...], place: Place) -> Stretch:
        text, facts = "", []
        for node in _leaves(content):
            told = node.text if isinstance(node, FactSpan) else inline_text((node,))
            if isinstance(node, FactSpan) and told:
                facts.append((len(text), len(text) + len(told), node.fact))
            text += told
        return Stretch(kind, text, tuple(facts), self._section, place)

    def _told(self, kind: Kind, text: str, place: Place) -> Stretch:
        return Stretch(kind, text, (), self._section, place)


def _is_body(block: Block) -> bool:
    return not (isinstance(block, Heading) and block.annex)


def _with_lines(
    parts: Iterable[T], lines: tuple[Place, ...], place: Place
) -> Iterator[tuple[T, Place]]:
    """Each part with the line that wrote it, or that of its block where none is known."""
    return zip(parts, chain(lines, repeat(place)), strict=False)


def _leaves(content: Iterable[Inline]) -> Iterator[Inline]:
    for node in content:
        if isinstance(node, (Emphasis, Strong, Foreign, Link)):
            yield from _leaves(node.content)
        else:
            yield node
