"""Timelines: an axis of time at the top, and below it one event a row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from reports.charts.marks import Spec, at, dot, picture, rule, text
from reports.charts.pen import Lines, Pen
from reports.document import Moment, TimelineChart

_LEAST = 0.3  # of the plot's width: words need as much beside a mark
_SHORTEST = 3.0  # points: what lasts less is a dot


def timeline(chart: TimelineChart, pen: Pen) -> Spec:
    """Dates in the side column, and each event beside its dot or span on the axis."""
    first, last = chart.ticks[0][0], chart.ticks[-1][0]
    width = pen.plot - pen.gap / 2  # a dot at the very end is still whole

    def x(year: Decimal) -> float:
        return width * float((year - first) / (last - first))

    layers = list(_axis(chart, x(first), [x(tick) for tick, _ in chart.ticks], pen))
    top = 0.0
    for index, moment in enumerate(chart.moments):
        drawn, height = _row(moment, x(moment.start), x(moment.end), top, pen)
        if index:
            layers.append(rule("row", x=at(-pen.side), y=at(top), x2=at(pen.plot)))
        layers += drawn
        top += height
    return picture(layers, top, pen.name.line + pen.gap, pen.edge, pen)


def _axis(chart: TimelineChart, left: float, xs: list[float], pen: Pen) -> Iterator[Spec]:
    """The axis with its ticks, each named right of it where there's room before the next."""
    yield rule("zero", x=at(left), y=at(0), x2=at(xs[-1]))
    free = left - 1
    for x, (_, words) in zip(xs, chart.ticks, strict=True):
        yield rule("zero", x=at(x), y=at(0), y2=at(-pen.gap))
        width = pen.name.width((words,))
        if x < free or x + pen.edge + width > pen.plot:
            continue
        above = {"align": "left", "dx": pen.edge, "baseline": "bottom", "dy": -1}
        yield text((words,), "date-name", pen.name, at(x), at(0), **above)
        free = x + pen.edge + width + pen.edge


def _row(
    moment: Moment, start: float, end: float, top: float, pen: Pen
) -> tuple[list[Spec], float]:
    """One event, and how high its row is."""
    when = pen.name.wrapped(moment.when, pen.side - pen.edge)
    spot = _spot(moment, start, end, pen)
    below = pen.pt("chart.gap_pt") + pen.edge if spot.below else 0
    height = max(pen.name.height(when), pen.name.height(spot.words) + below) + pen.gap
    y = top + height / 2
    mark_y = top + (pen.gap + pen.pt("chart.gap_pt")) / 2 if spot.below else y
    layers = [text(when, "date-name", pen.name, at(-pen.side), at(mark_y if spot.below else y))]
    layers += _mark(moment, start, end, mark_y, pen)
    align = {"align": spot.align, "dx": 0}
    words = text(spot.words, "name", pen.name, at(spot.x), at(y + below / 2), **align)
    return [*layers, words], height


@dataclass(frozen=True)
class _Spot:
    """Where the words of an event stand: beside its mark, or below one that leaves no room."""

    words: Lines
    x: float
    align: str
    below: bool = False


def _spot(moment: Moment, start: float, end: float, pen: Pen) -> _Spot:
    left, right = start, end
    if end - start < _SHORTEST:
        middle, radius = (start + end) / 2, pen.gap / 2
        left, right = middle - radius, middle + radius
    on_left, on_right = left - pen.gap, pen.plot - right - pen.gap
    if max(on_left, on_right) < pen.plot * _LEAST:
        return _Spot(pen.name.balanced(moment.what, pen.plot), 0, "left", below=True)
    if on_right >= on_left or on_right >= pen.name.width((moment.what,)):
        return _Spot(pen.name.balanced(moment.what, on_right), right + pen.gap, "left")
    return _Spot(pen.name.balanced(moment.what, on_left), left - pen.gap, "right")


def _mark(moment: Moment, start: float, end: float, y: float, pen: Pen) -> Iterator[Spec]:
    style = f"approx-{moment.series}" if moment.approximate else moment.series
    if end - start < _SHORTEST:
        yield dot(style, at((start + end) / 2), at(y), pen)
        return
    high = pen.pt("chart.gap_pt")
    inset = pen.pt("chart.hedge.stroke_pt") if moment.approximate else 0
    yield {
        "mark": {
            "type": "bar",
            "style": style,
            "height": high - inset,
            "xOffset": inset / 2,
            "x2Offset": -inset / 2,
        },
        "encoding": {"x": at(start), "x2": at(end), "y": at(y)},
    }
