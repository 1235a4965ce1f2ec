"""Grouped bar charts: a heading a group, and below it one row a line."""

from __future__ import annotations

from reports.charts.bars import Bars, bar, bar_domain, row
from reports.charts.marks import Spec, at, on, picture, rule, text
from reports.charts.pen import Lines, Pen
from reports.document import GroupedBarChart, Line, Mark


def grouped(chart: GroupedBarChart, pen: Pen) -> Spec:
    """Every bar has its line's name beside it, so that none needs its colour to be known."""
    room = pen.plot * (0.6 if chart.whole is None else 0.3)
    marks = [mark for line in chart.lines for mark in line.marks if mark]
    labels = {mark: pen.value.wrapped(mark.text, room) for mark in marks}
    widths = [pen.gap + pen.value.width(labels[mark]) + pen.edge for mark in marks]
    drawn = Bars(*bar_domain(marks, chart.whole, widths, pen.plot), chart.whole)
    layers: list[Spec] = []
    top = 0.0
    for index, group in enumerate(chart.groups):
        name = pen.group.wrapped(group, pen.side + pen.plot)
        middle = top + len(name) * pen.group.line / 2
        layers.append(text(name, "group", pen.group, at(-pen.side), at(middle)))
        top += len(name) * pen.group.line + pen.edge
        start = top
        for line in chart.lines:
            step = _height(line, line.marks[index], labels, pen)
            layers += _row(line, index, labels, at(top + step / 2), drawn, chart.missing, pen)
            top += step + pen.pt("space_pt.hair")
        bottom = top - pen.pt("space_pt.hair")
        layers.append(rule("zero", x=on(drawn.axis, 0), y=at(start), y2=at(bottom)))
        top = bottom + pen.pt("chart.gap_pt")
    return picture(layers, top - pen.pt("chart.gap_pt"), pen.edge, pen.edge, pen)


def _height(line: Line, mark: Mark | None, labels: dict[Mark, Lines], pen: Pen) -> float:
    name = pen.name.wrapped(line.name, pen.side - pen.edge)
    label = len(labels[mark]) if mark else 1
    return max(pen.pt("chart.bar_pt"), len(name) * pen.name.line, label * pen.value.line)


def _row(
    line: Line,
    index: int,
    labels: dict[Mark, Lines],
    y: Spec,
    drawn: Bars,
    missing: str,
    pen: Pen,
) -> list[Spec]:
    name = pen.name.wrapped(line.name, pen.side - pen.edge)
    layers = [text(name, "name", pen.name, at(-pen.side), y)]
    mark = line.marks[index]
    if mark:
        return [*layers, *row(mark, labels[mark], y, drawn, pen)]
    if drawn.whole is not None:
        layers.append(bar("track", (drawn.whole * 0, drawn.whole), drawn.axis, y, pen))
    gap = {"align": "left", "dx": pen.gap}
    return [*layers, text((missing,), "date-name", pen.name, on(drawn.axis, 0), y, **gap)]
