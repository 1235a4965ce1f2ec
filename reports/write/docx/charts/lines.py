"""Slopes and lines in Word: dots at dates, a line between neighbours, the value at each dot.

Dates at even distances are names on an axis.  Others stand where their years place them, on an
axis of numbers; a series of its own then carries their names below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from reports.document import Line, LineChart, Mark, SlopeChart
from reports.write.docx.charts.columns import Columns, hedged, line_columns, sheet_of
from reports.write.docx.charts.dots import Dots
from reports.write.docx.charts.drawing import HAIR, LOOKS, Pen, bare, c, line
from reports.write.docx.charts.plan import (
    AXES,
    Axes,
    Drafting,
    Plan,
    date_axis,
    plot_area,
    value_axis,
)
from reports.write.docx.charts.series import Point, Series, dated_series, line_series
from reports.write.docx.charts.sheet import Column, Sheet
from reports.write.docx.xml import Element

_SWAPPED = Axes(AXES.values, AXES.names)  # the axis of years, which has numbers too


def slope(chart: SlopeChart, drafting: Drafting) -> Plan:
    """Lines between two dates."""
    return lines(LineChart(chart.dates, (Decimal(0), Decimal(1)), chart.lines), drafting)


def lines(chart: LineChart, drafting: Drafting) -> Plan:
    """Lines over dates, named and labelled at their dots."""
    dots = Dots(chart, drafting)
    table = _table(chart, dots, drafting)
    series = list(_series(chart.lines, table, dots, drafting.pen))
    plot = _dated if dots.uneven else _even
    parts = plot(chart, table, series, dots, drafting.pen)
    return Plan(table.sheet, plot_area(dots.box, dots.size, *parts), dots.height)


@dataclass(frozen=True)
class _Table:
    """The columns; `years` and `ground` are in the sheet where distances between dates differ."""

    dates: Column
    found: tuple[Columns, ...]
    spans: tuple[Column | None, ...]
    years: Column
    ground: Column
    uneven: bool

    @property
    def sheet(self) -> Sheet:
        names = [self.dates, self.years] if self.uneven else [self.dates]
        last = [*self.spans, self.ground] if self.uneven else self.spans
        return sheet_of(names, self.found, *last)


def _table(chart: LineChart, dots: Dots, drafting: Drafting) -> _Table:
    head, found = drafting.head, line_columns(chart.lines, drafting.head)
    pairs = zip(chart.lines, found, strict=True)
    return _Table(
        dates=Column(head("date"), chart.dates),
        found=found,
        spans=tuple(_span(each, columns, head("span")) for each, columns in pairs),
        years=Column(head("year"), chart.years),
        ground=Column(head("ground"), (dots.low,) * len(chart.dates)),
        uneven=dots.uneven,
    )


def _span(each: Line, columns: Columns, head: str) -> Column | None:
    """How far the ranges of a line reach over their values: Word draws whiskers by lengths."""
    if columns.upper is None:
        return None
    reach = tuple(m.high - m.value if m and m.high is not None else None for m in each.marks)
    name = f"{each.name}: {head[:1].lower()}{head[1:]}"
    return Column(name, reach, minus=(columns.upper, columns.value))


# ---------------------------------------------------------------- the two plots


def _even(
    _chart: LineChart, table: _Table, series: Sequence[Series], dots: Dots, pen: Pen
) -> tuple[Element, ...]:
    """The dates as names, each with a guide."""
    drawn = c(
        "lineChart",
        c("grouping", val="standard"),
        c("varyColors", val=0),
        *(line_series(n, each, table.dates, table.sheet, pen) for n, each in enumerate(series)),
        c("marker", val=1),
        c("axId", val=AXES.names),
        c("axId", val=AXES.values),
    )
    guides = c("majorGridlines", c("spPr", line(pen.pt("rules_pt.thin"), HAIR)))
    low = None if dots.low < 0 else dots.low
    values = value_axis(AXES, low, None, side="l", crossing="midCat")
    return drawn, date_axis(pen, guides), values


def _dated(
    chart: LineChart, table: _Table, series: Sequence[Series], dots: Dots, pen: Pen
) -> tuple[Element, ...]:
    """The dates where they are in time, their names under the ground line."""
    no_dot = c("marker", c("symbol", val="none"))
    below = Series(table.ground, bare(), (), dots.dates(), table.dates, no_dot)
    drawn = c(
        "scatterChart",
        c("scatterStyle", val="lineMarker"),
        c("varyColors", val=0),
        *(
            dated_series(n, each, table.years, table.sheet, pen)
            for n, each in enumerate([*series, below])
        ),
        c("axId", val=AXES.names),
        c("axId", val=AXES.values),
    )
    stroke = c("spPr", line(pen.pt("rules_pt.thin"), HAIR))
    first, last = chart.years[0], chart.years[-1]
    years = value_axis(_SWAPPED, first, last, side="b", crossing="midCat", stroke=stroke)
    return drawn, years, value_axis(AXES, dots.low, None, side="l", crossing="midCat")


# ---------------------------------------------------------------- series


def _series(lines: Sequence[Line], table: _Table, dots: Dots, pen: Pen) -> Iterator[Series]:
    known = zip(lines, table.found, table.spans, strict=True)
    for number, (each, columns, span) in enumerate(known):
        soft = _hedged_steps(each.marks)
        all_soft = bool(soft) and all(soft.values())
        yield Series(
            columns.value,
            c("spPr", pen.stroke(each.series, hedged=all_soft)),
            list(_points(each, soft, pen)),
            dots.labels(number),
            columns.text,
            _dot(each, pen, pale=False),
            _whiskers(each, span, table.sheet, pen) if span else None,
        )


def _hedged_steps(marks: Sequence[Mark | None]) -> dict[int, bool]:
    """For each mark that a line leads to from its neighbour: whether either is hedged."""
    return {
        index: one.approximate or other.approximate
        for index, (one, other) in enumerate(pairwise(marks), start=1)
        if one and other
    }


def _points(each: Line, soft: dict[int, bool], pen: Pen) -> Iterator[Point]:
    """The points that differ from their line: pale dots, and dashes on the way to a dot."""
    for index, mark in enumerate(each.marks):
        if mark and (hedged(mark) or soft.get(index)):
            stroke = c("spPr", pen.stroke(each.series, hedged=soft.get(index, False)))
            yield Point(index, stroke, _dot(each, pen, pale=hedged(mark)))


def _dot(each: Line, pen: Pen, *, pale: bool) -> Element:
    size = c("size", val=round(pen.pt("space_pt.m")))
    return c("marker", c("symbol", val="circle"), size, pen.fill(each.series, hedged=pale))


def _whiskers(each: Line, span: Column, sheet: Sheet, pen: Pen) -> Element:
    """From each value up to the upper end of its range, dashed."""
    return c(
        "errBars",
        c("errDir", val="y"),
        c("errBarType", val="plus"),
        c("errValType", val="cust"),
        c("noEndCap", val=0),
        c("plus", sheet.numbers(span)),
        c("spPr", pen.dashed(LOOKS[each.series].dashes)),
    )
