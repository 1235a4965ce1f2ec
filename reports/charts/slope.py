"""Slope charts: one measure at two dates, from zero, a dot and a label at both ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.charts.marks import Side, Spec, at, beside, dot, fill_style, picture, rule, text
from reports.charts.pen import Lines, Pen
from reports.charts.scale import Scale
from reports.charts.spread import spread
from reports.document import Line, Mark, SlopeChart

_STEPS = 2.5  # as high as so many bars and gaps
_MOVED = 2.0  # points from its dot that a label may stand without a line that leads to it


@dataclass(frozen=True)
class _End:
    """One side: each line's mark, its label in lines, and where label and dots stand."""

    side: Side
    x: float
    marks: tuple[Mark, ...]
    labels: list[Lines]
    ys: list[float]


def slope(chart: SlopeChart, pen: Pen) -> Spec:
    """The lines, with value labels outside the ends, names left of them and dates below."""
    pairs = [tuple(mark for mark in line.marks if mark) for line in chart.lines]
    starts, stops = (tuple(pair[side] for pair in pairs) for side in (0, 1))
    names = [pen.name.wrapped(line.name, pen.side - pen.edge) for line in chart.lines]
    labels = [
        [pen.value.wrapped(m.text, pen.plot * 0.25) for m in side] for side in (starts, stops)
    ]
    dates = [pen.name.wrapped(date, pen.plot * 0.4) for date in chart.dates]
    gap = pen.gap if len(chart.lines) == 1 else 2 * pen.gap
    margins = [
        max(gap + max(map(pen.value.width, side)) + pen.edge, pen.name.width(date) / 2)
        for side, date in zip(labels, dates, strict=True)
    ]
    blocks = [
        [
            max(pen.value.height(v), pen.name.height(n))
            for v, n in zip(labels[0], names, strict=True)
        ],
        [pen.value.height(label) for label in labels[1]],
    ]
    least = _STEPS * (pen.pt("chart.bar_pt") + pen.pt("chart.gap_pt"))
    height = max(least, *(sum(side) for side in blocks))
    scale = Scale.of([*starts, *stops], height)
    ends = (
        _placed("left", margins[0], starts, labels[0], blocks[0], scale),
        _placed("right", pen.plot - margins[1], stops, labels[1], blocks[1], scale),
    )
    layers = [rule("date", x=at(end.x), y=at(0), y2=at(height)) for end in ends]
    layers += _lines(chart.lines, ends, scale)
    for end, date in zip(ends, dates, strict=True):
        layers += _end(end, scale, gap, pen)
        layers.append(date_label(date, end.x, height, pen))
    for name, y in zip(names, ends[0].ys, strict=True):
        layers.append(text(name, "name", pen.name, at(-pen.side), at(y)))
    top = max(pen.value.line, *(pen.name.height(name) for name in names)) / 2
    bottom = 2 * pen.edge + max(map(pen.name.height, dates))
    return picture(layers, height, top, bottom, pen)


def _placed(
    side: Side,
    x: float,
    marks: tuple[Mark, ...],
    labels: list[Lines],
    heights: Sequence[float],
    scale: Scale,
) -> _End:
    over = heights[0] / 2 if len(heights) == 1 else max(heights) / 2
    wished = [scale.label(mark) for mark in marks]
    return _End(side, x, marks, labels, spread(wished, heights, -over, scale.height + over))


def _lines(lines: Sequence[Line], ends: tuple[_End, _End], scale: Scale) -> list[Spec]:
    left, right = ends
    return [
        layer
        for line, start, end in zip(lines, left.marks, right.marks, strict=True)
        for layer in line_marks(line, start, end, (left.x, right.x), scale)
    ]


def line_marks(
    line: Line, start: Mark, end: Mark, xs: tuple[float, float], scale: Scale
) -> list[Spec]:
    """The line between two marks, dashed where one of them is approximate.

    The fourth colour has an edge of ink.
    """
    spots = {
        "x": at(xs[0]),
        "y": at(scale.y(start.value)),
        "x2": at(xs[1]),
        "y2": at(scale.y(end.value)),
    }
    if start.approximate or end.approximate:
        return [rule(f"outline-{line.series}", **spots)]
    styles = ("edge", "line") if line.series == "fourth" else ("line",)
    return [rule(f"{style}-{line.series}", **spots) for style in styles]


def _end(end: _End, scale: Scale, gap: float, pen: Pen) -> list[Spec]:
    layers: list[Spec] = []
    sign = -1 if end.side == "left" else 1
    for mark, label, y in zip(end.marks, end.labels, end.ys, strict=True):
        layers += mark_dots(mark, end.x, scale, pen)
        from_y = scale.label(mark)
        if abs(y - from_y) > _MOVED:
            near, far = pen.gap / 2 + 1, gap - 1.5
            x, x2 = at(end.x + sign * near), at(end.x + sign * far)
            layers.append(rule("leader", x=x, y=at(from_y), x2=x2, y2=at(y)))
        stands = {**beside(end.side, pen), "dx": sign * gap}
        layers.append(text(label, f"label-{mark.series}", pen.value, at(end.x), at(y), **stands))
    return layers


def mark_dots(mark: Mark, x: float, scale: Scale, pen: Pen) -> list[Spec]:
    """The dot of a mark; of a range one at each end, with a dashed line between."""
    first = dot(fill_style(mark), at(x), at(scale.y(mark.value)), pen)
    if mark.high is None:
        return [first]
    high = at(scale.y(mark.high))
    span = rule(f"outline-{mark.series}", x=at(x), y=at(scale.y(mark.value)), y2=high)
    return [span, dot(f"approx-{mark.series}", at(x), high, pen), first]


def date_label(lines: Lines, x: float, top: float, pen: Pen) -> Spec:
    """A date below the plot."""
    below = {"align": "center", "baseline": "top", "dy": pen.edge}
    return text(lines, "date-name", pen.name, at(x), at(top), **below)
