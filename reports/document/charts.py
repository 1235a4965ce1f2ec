"""Charts as values and labels, before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from reports.problems import Place

# "fourth" is a colour that only the fourth of several lines needs.
Series: TypeAlias = Literal["norway", "denmark", "other", "fourth"]


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
class Line:
    """One series by name: a mark for each group or date of its chart, None where it has none."""

    name: str
    series: Series
    marks: tuple[Mark | None, ...]


@dataclass(frozen=True)
class BarChart:
    """One bar a mark, from zero.  `whole` is the end of the pale track, 100 for shares."""

    marks: tuple[Mark, ...]
    whole: Decimal | None


@dataclass(frozen=True)
class GroupedBarChart:
    """Bars in named groups, one bar a line in each group, from zero.

    `missing` is what is said where a line has no bar.
    """

    groups: tuple[str, ...]
    lines: tuple[Line, ...]
    whole: Decimal | None
    missing: str = ""


@dataclass(frozen=True)
class SlopeChart:
    """Lines between two dates; each has two marks."""

    dates: tuple[str, str]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class LineChart:
    """Lines over two dates or more; `years` places each date, 2019.5 for July 2019."""

    dates: tuple[str, ...]
    years: tuple[Decimal, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Moment:
    """An event of a timeline: its date in words, and where it starts and ends in years.

    `end` differs from `start` where the date is a span or is known to the month or worse;
    `approximate` marks one that is inferred.
    """

    fact: str
    when: str
    what: str
    start: Decimal
    end: Decimal
    series: Series
    approximate: bool = False


@dataclass(frozen=True)
class TimelineChart:
    """Events on one axis of time, one event a row, in order.

    `ticks` are points of the axis in years with their words; the outer two are its ends.
    """

    moments: tuple[Moment, ...]
    ticks: tuple[tuple[Decimal, str], ...]


@dataclass(frozen=True)
class SquaresChart:
    """Each share as so many of a hundred squares, ten to a row."""

    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class VegaChart:
    """A chart of the author's own: a Vega-Lite specification as JSON, its data filled in.

    `marks` are the facts it draws, in the order of its data; `place` is the specification's file.
    """

    spec: str
    marks: tuple[Mark, ...]
    place: Place


Chart: TypeAlias = (
    BarChart | GroupedBarChart | SlopeChart | LineChart | TimelineChart | SquaresChart | VegaChart
)


def drawn_facts(chart: Chart) -> tuple[tuple[str, str], ...]:
    """The facts that a chart draws, each with the words that it writes beside its mark.

    An author's own chart may write them in its own way: "" stands for each.
    """
    match chart:
        case BarChart(marks) | SquaresChart(marks):
            return tuple((mark.fact, mark.text) for mark in marks)
        case GroupedBarChart(lines=lines) | SlopeChart(lines=lines) | LineChart(lines=lines):
            marked = [mark for line in lines for mark in line.marks if mark]
            return tuple((mark.fact, mark.text) for mark in marked)
        case TimelineChart(moments):
            return tuple((moment.fact, moment.what) for moment in moments)
        case VegaChart(marks=marks):
            return tuple((mark.fact, "") for mark in marks)
