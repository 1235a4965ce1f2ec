"""Slope charts: one measure at two dates, from zero, a dot and a label at both ends."""

from __future__ import annotations

from reports.charts.marks import (
    Side,
    Spec,
    at,
    axis,
    beside,
    domain,
    dot,
    end,
    fill_style,
    on,
    picture,
    rule,
    text,
)
from reports.charts.pen import Lines, Pen
from reports.document import Mark, SlopeChart

_STEPS = 2.5  # as high as so many bars and gaps


def slope(chart: SlopeChart, pen: Pen) -> Spec:
    """The line, with the value label outside each end and the date below it."""
    [line] = chart.lines
    ends = tuple(mark for mark in line.marks if mark)
    values = [pen.value.wrapped(mark.text, pen.plot * 0.25) for mark in ends]
    dates = [pen.name.wrapped(date, pen.plot * 0.4) for date in chart.dates]
    name = pen.name.wrapped(line.name, pen.side - pen.edge)
    margins = [
        max(pen.gap + pen.value.width(value) + pen.edge, pen.name.width(date) / 2)
        for value, date in zip(values, dates, strict=True)
    ]
    left, right = margins[0], pen.plot - margins[1]
    height = max(
        _STEPS * (pen.pt("chart.bar_pt") + pen.pt("chart.gap_pt")), len(name) * pen.name.line
    )
    scale = axis(*domain(end(mark) for mark in ends))
    layers = [rule("date", x=at(x), y=at(0), y2=at(height)) for x in (left, right)]
    layers.append(_line(ends, left, right, scale))
    sides: tuple[tuple[Side, float], ...] = (("left", left), ("right", right))
    for mark, value, date, (side, x) in zip(ends, values, dates, sides, strict=True):
        layers += _dots(mark, at(x), scale, pen)
        y, label = on(scale, mark.value), f"label-{mark.series}"
        layers.append(text(value, label, pen.value, at(x), y, **beside(side, pen)))
        layers.append(_date(date, x, height, pen))
    layers.append(text(name, "name", pen.name, at(-pen.side), at(0), baseline="top", dy=0))
    top = pen.value.line * max(map(len, values)) / 2
    bottom = 2 * pen.edge + pen.name.line * max(map(len, dates))
    return picture(layers, height, top, bottom, pen)


def _line(ends: tuple[Mark, ...], left: float, right: float, scale: Spec) -> Spec:
    start, end = ends
    hedged = start.approximate or end.approximate
    return rule(
        f"{'outline' if hedged else 'line'}-{end.series}",
        x=at(left),
        y=on(scale, start.value),
        x2=at(right),
        y2={"datum": float(end.value)},
    )


def _dots(mark: Mark, x: Spec, scale: Spec, pen: Pen) -> list[Spec]:
    first = dot(fill_style(mark), x, on(scale, mark.value), pen)
    if mark.high is None:
        return [first]
    top: Spec = {"datum": float(mark.high)}
    span = rule(f"outline-{mark.series}", x=x, y=on(scale, mark.value), y2=top)
    return [span, dot(f"approx-{mark.series}", x, on(scale, mark.high), pen), first]


def _date(lines: Lines, x: float, height: float, pen: Pen) -> Spec:
    below = {"align": "center", "baseline": "top", "dy": pen.edge}
    return text(lines, "date-name", pen.name, at(x), at(height), **below)
