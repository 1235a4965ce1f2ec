"""What stands in the body: headings, paragraphs, lists, tables, figures and boxes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from reports.document.charts import Chart, Series
from reports.document.inline import Inline, Slot
from reports.problems import Place


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
    """A list; an ordered one counts from 1.  `lines` has where each item was written."""

    ordered: bool
    items: tuple[Item, ...]
    place: Place
    lines: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Definition:
    """A term and its meaning; `long` when a key figure is too long for its full size."""

    term: tuple[Inline, ...]
    meaning: tuple[Inline, ...]
    long: bool = False


@dataclass(frozen=True)
class Definitions:
    """Terms in the side column, what they mean in the main one.

    `figures` is true when every term is a single figure: then they are key figures, set large.
    `lines` has where each entry was written.
    """

    entries: tuple[Definition, ...]
    figures: bool
    place: Place
    lines: tuple[Place, ...] = ()


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
    """A table whose first column heads its rows; every row has as many cells as columns.

    `lines` has where each row was written, empty for a table that no template holds.
    """

    caption: Caption | None
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    place: Place
    lines: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A chart with its caption; `alt` gives every value with its hedge."""

    caption: Caption
    chart: Chart
    alt: str
    place: Place


@dataclass(frozen=True)
class Picture:
    """A picture of the workspace: PNG or JPEG bytes."""

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
