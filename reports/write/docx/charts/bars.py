"""Bars in Word, a row each: their plot, the place of their labels, the height of a row.

The bars of a row lie over each other from zero: the pale whole first, then the upper end of a
range, then the value.  So the table holds what the sources say, and no differences.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reports.document import BarChart, GroupedBarChart, Mark
from reports.write.docx.charts.columns import Columns, columns, end, hedged, sheet_of
from reports.write.docx.charts.drawing import INK, INK2, LOOKS, TINT, bare, c, no_line, solid
from reports.write.docx.charts.labels import Label
from reports.write.docx.charts.plan import (
    AXES,
    Box,
    Drafting,
    Plan,
    bar_axis,
    plot_area,
    value_axis,
)
from reports.write.docx.charts.series import Point, Series, bar_series
from reports.write.docx.charts.sheet import Column
from reports.write.docx.xml import Element


@dataclass(frozen=True)
class Row:
    """A bar with its name; a row without one says `words`, and is a heading if it has no name."""

    name: str | None
    mark: Mark | None
    words: str = ""


def bars(chart: BarChart, drafting: Drafting) -> Plan:
    """One bar a mark, in order from the top."""
    return _planned([Row(mark.label, mark) for mark in chart.marks], chart.whole, drafting)


def grouped_bars(chart: GroupedBarChart, drafting: Drafting) -> Plan:
    """A heading a group, and below it one row a line: every bar is named, and needs no legend."""
    rows = [
        row
        for index, group in enumerate(chart.groups)
        for row in (
            Row(None, None, group),
            *(Row(line.name, line.marks[index], chart.missing) for line in chart.lines),
        )
    ]
    return _planned(rows, chart.whole, drafting)


def _planned(rows: Sequence[Row], whole: Decimal | None, drafting: Drafting) -> Plan:
    pen, table = drafting.pen, _table(rows, whole, drafting)
    sheet = sheet_of([table.names], [table.found], *table.last)
    frame = _Frame([row.mark for row in rows if row.mark], whole, drafting)
    layers = _layers(rows, table, frame)
    series = [bar_series(n, each, table.names, sheet, pen) for n, each in enumerate(layers)]
    bar, step = pen.pt("chart.bar_pt"), _step(rows, drafting)
    drawn = _bar_chart(series, step / bar - 1)
    height = step * len(rows)
    axes = bar_axis(pen), frame.axis()
    plot = plot_area(frame.box(height), (drafting.width, height), drawn, *axes)
    return Plan(sheet, plot, height)


def _step(rows: Sequence[Row], drafting: Drafting) -> float:
    """From one row to the next, with room for a bar and for the longest name."""
    lines = max(len(drafting.name_lines(row.name or "")) for row in rows)
    high = max(drafting.pen.pt("chart.bar_pt"), lines * drafting.pen.pt("type.base.line"))
    return high + drafting.pen.pt("chart.gap_pt")


# ---------------------------------------------------------------- the table


@dataclass(frozen=True)
class _Table:
    """The columns; `whole` only for shares, `ground` only where a row has words for a bar."""

    names: Column
    found: Columns
    whole: Column | None
    ground: Column | None

    @property
    def last(self) -> list[Column]:
        return [column for column in (self.whole, self.ground) if column]


def _table(rows: Sequence[Row], whole: Decimal | None, drafting: Drafting) -> _Table:
    head, zero = drafting.head, Decimal(0)
    wholes = tuple(whole if row.name else None for row in rows)
    grounds = tuple(None if row.mark or not row.words else zero for row in rows)
    return _Table(
        names=Column(head("name"), tuple(row.name for row in rows)),
        found=columns([row.mark for row in rows], head, [row.words for row in rows]),
        whole=None if whole is None else Column(head("whole"), wholes),
        ground=Column(head("ground"), grounds) if any(g is not None for g in grounds) else None,
    )


# ---------------------------------------------------------------- the plot


@dataclass(frozen=True)
class _Frame:
    """Where the plot of some marks lies, with room for labels beside the bars."""

    marks: Sequence[Mark]
    whole: Decimal | None
    drafting: Drafting

    def box(self, height: float) -> Box:
        """The plot's place: shares end at the edge, others leave room for their labels."""
        return self.drafting.side, 0, self._width, height

    @property
    def _width(self) -> float:
        main = self.drafting.width - self.drafting.side
        return main if self.whole is not None else main - self._room

    @property
    def _room(self) -> float:
        widths = [self.drafting.value_width(mark.text) for mark in self.marks]
        return max(widths, default=0) + self.drafting.gap

    def axis(self) -> Element:
        """The axis of the values, from zero or from a label's room below the least of them."""
        ends = [Decimal(0), *map(end, self.marks), *(mark.value for mark in self.marks)]
        low, high = min(ends), max(ends)
        if low < 0:
            share = Decimal(self._room / self._width)
            low = round((low - share * high) / (1 - share), 3)
        top = None if self.whole is None else max(self.whole, high)
        return value_axis(AXES, low, top, side="b", crossing="between")

    def fits(self, mark: Mark) -> bool:
        """Whether the label of a mark has room between its bar and the edge."""
        if self.whole is None:
            return True
        free = self._width * float(1 - end(mark) / self.whole)
        return self.drafting.value_width(mark.text) + self.drafting.gap <= free


def _bar_chart(series: Sequence[Element], gap: float) -> Element:
    """Bars from left to right, those of a row over each other; `gap` is a share of a bar."""
    return c(
        "barChart",
        c("barDir", val="bar"),
        c("grouping", val="clustered"),
        c("varyColors", val=0),
        *series,
        c("gapWidth", val=round(gap * 100)),
        c("overlap", val=100),
        c("axId", val=AXES.names),
        c("axId", val=AXES.values),
    )


# ---------------------------------------------------------------- series


def _layers(rows: Sequence[Row], table: _Table, frame: _Frame) -> Iterator[Series]:
    """All series from back to front, with each label at the bar that it stands beside or on."""
    fill, found = frame.drafting.pen.fill, table.found
    marks = [(index, row.mark) for index, row in enumerate(rows) if row.mark]
    spots = [_spot(index, mark, frame) for index, mark in marks]
    if table.whole:
        yield Series(table.whole, c("spPr", solid(TINT), no_line()))
    if found.upper:
        pale = [Point(i, fill(m.series, hedged=True)) for i, m in marks if m.high is not None]
        labels = [label for label, at_upper in spots if at_upper]
        yield Series(found.upper, fill("norway", hedged=True), pale, labels, found.text)
    filled = [Point(i, fill(mark.series, hedged=hedged(mark))) for i, mark in marks]
    labels = [label for label, at_upper in spots if not at_upper]
    yield Series(found.value, fill("norway", hedged=False), filled, labels, found.text)
    if table.ground:
        yield Series(table.ground, bare(), (), list(_words(rows)), found.text)


def _words(rows: Sequence[Row]) -> Iterator[Label]:
    """What rows without a bar say, from the ground line on: headings, and what is missing."""
    for index, row in enumerate(rows):
        if row.words and not row.mark:
            look = INK2 if row.name else INK
            size = "type.chart.size" if row.name else "type.chart.label"
            yield Label(index, row.words, "outEnd", look, size=size, bold=not row.name)


def _spot(index: int, mark: Mark, frame: _Frame) -> tuple[Label, bool]:
    """The label of a mark, and whether it belongs to the bar of the upper end."""
    look, at_upper = LOOKS[mark.series], mark.high is not None
    if frame.fits(mark):
        return Label(index, mark.text, "outEnd", look.beside), at_upper
    if hedged(mark) or end(mark) - mark.value > mark.value:
        return Label(index, mark.text, "inEnd", look.beside), at_upper
    return Label(index, mark.text, "inEnd", look.on), False
