"""Line charts: values over time, every date in its place, from zero."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from reports.charts.marks import Spec, at, picture, rule, text
from reports.charts.pen import Lines, Pen
from reports.charts.scale import Scale
from reports.charts.slope import line_marks, mark_dots
from reports.charts.spread import spread
from reports.document import Line, LineChart, Mark

_STEPS = (3.5, 5)  # as high as so many bars and gaps: one line, and several
_RULED = 8  # dates with a line of their own; more would hatch the plot
_MOVED = 2.0  # points from its dot that a label may stand without a line that leads to it


@dataclass(frozen=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def crossed(self, start: tuple[float, float], end: tuple[float, float]) -> bool:
        """Whether a straight line runs through it."""
        steps = 40
        return any(
            self.left < start[0] + (end[0] - start[0]) * step / steps < self.right
            and self.top < start[1] + (end[1] - start[1]) * step / steps < self.bottom
            for step in range(steps + 1)
        )


@dataclass
class _Plot:
    """What is drawn where, and the room that is taken already."""

    chart: LineChart
    pen: Pen
    xs: tuple[float, ...]
    scale: Scale
    taken: list[_Box] = field(default_factory=list)

    def spots(self, line: Line) -> list[tuple[float, Mark]]:
        return [(x, mark) for x, mark in zip(self.xs, line.marks, strict=True) if mark]

    def pieces(self) -> Iterator[tuple[Line, tuple[float, Mark], tuple[float, Mark]]]:
        """The stretches of the lines; none across a gap."""
        for line in self.chart.lines:
            for (x, start), (x2, end) in pairwise(zip(self.xs, line.marks, strict=True)):
                if start and end:
                    yield line, (x, start), (x2, end)


def line(chart: LineChart, pen: Pen) -> Spec:
    """The lines with values at their dots, names left of where they start, and dates below."""
    height = _STEPS[len(chart.lines) > 1] * (pen.pt("chart.bar_pt") + pen.pt("chart.gap_pt"))
    names = [pen.name.wrapped(each.name, pen.side - pen.edge) for each in chart.lines]
    height = max(height, sum(map(pen.name.height, names)))
    marks = [mark for each in chart.lines for mark in each.marks if mark]
    plot = _Plot(chart, pen, _xs(chart, pen), Scale.of(marks, height))
    zero = plot.scale.y(0)
    top_of_rules = 0 if len(plot.xs) <= _RULED else height - pen.edge
    layers = [rule("date", x=at(x), y=at(top_of_rules), y2=at(height)) for x in plot.xs]
    layers.append(rule("zero", x=at(plot.xs[0]), y=at(zero), x2=at(plot.xs[-1])))
    for each, (x, start), (x2, end) in plot.pieces():
        layers += line_marks(each, start, end, (x, x2), plot.scale)
    for each in chart.lines:
        for x, mark in plot.spots(each):
            layers += mark_dots(mark, x, plot.scale, pen)
            _take_dot(plot, x, mark)
    layers += _outer(plot, "left", names)
    layers += _outer(plot, "right", names)
    layers += _inner(plot)
    dates, rows = _dates(plot, height)
    top = pen.value.line + pen.gap
    return picture([*layers, *dates], height, top, 2 * pen.edge + rows * pen.name.line, pen)


def _xs(chart: LineChart, pen: Pen) -> tuple[float, ...]:
    """Where the dates stand, with room for the labels outside the first and the last."""
    sides = []
    for index in (0, -1):
        labels = [each.marks[index] for each in chart.lines]
        width = max((pen.value.width(_outside(m, pen)) for m in labels if m), default=0)
        date = pen.name.width(pen.name.wrapped(chart.dates[index], pen.plot * 0.3)) / 2
        sides.append(max(2 * pen.gap + width + pen.edge, date))
    first, last = chart.years[0], chart.years[-1]
    room = pen.plot - sum(sides)
    return tuple(sides[0] + room * float((y - first) / (last - first)) for y in chart.years)


def _outside(mark: Mark, pen: Pen) -> Lines:
    """The label of a mark outside the first or the last date."""
    return pen.value.wrapped(mark.text, pen.plot * 0.25)


def _take_dot(plot: _Plot, x: float, mark: Mark) -> None:
    radius = plot.pen.gap / 2
    for value in {mark.value, mark.value if mark.high is None else mark.high}:
        y = plot.scale.y(value)
        plot.taken.append(_Box(x - radius, y - radius, x + radius, y + radius))


def _outer(plot: _Plot, side: str, names: Sequence[Lines]) -> list[Spec]:
    """The labels outside the first or the last date; at the left with the lines' names."""
    pen, index = plot.pen, 0 if side == "left" else -1
    held = [(each, name) for each, name in zip(plot.chart.lines, names, strict=True)]
    shown = [(mark, name) for each, name in held if (mark := each.marks[index])]
    if not shown:
        return []
    labels = [_outside(mark, pen) for mark, _ in shown]
    heights = [
        max(pen.value.height(label), pen.name.height(name) if side == "left" else 0)
        for label, (_, name) in zip(labels, shown, strict=True)
    ]
    over = max(heights) / 2
    wished = [plot.scale.label(mark) for mark, _ in shown]
    ys = spread(wished, heights, -over, plot.scale.height + over)
    sign, x = (-1 if side == "left" else 1), plot.xs[index]
    align = "right" if side == "left" else "left"
    layers: list[Spec] = []
    for (mark, name), label, y, wish in zip(shown, labels, ys, wished, strict=True):
        reach = x + sign * 2 * pen.gap
        if abs(y - wish) > _MOVED:
            near, far = at(x + sign * (pen.gap / 2 + 1)), at(reach - sign * 1.5)
            layers.append(rule("leader", x=near, y=at(wish), x2=far, y2=at(y)))
        stands = {"align": align, "dx": 0}
        layers.append(text(label, f"label-{mark.series}", pen.value, at(reach), at(y), **stands))
        edges = sorted((reach, reach + sign * pen.value.width(label)))
        half = pen.value.height(label) / 2
        plot.taken.append(_Box(edges[0], y - half, edges[1], y + half))
        if side == "left":
            layers.append(text(name, "name", pen.name, at(-pen.side), at(y)))
    return layers


def _inner(plot: _Plot) -> list[Spec]:
    """The labels between, above or below their dots; a line that starts late has its name there.

    A value that finds no room is left to the table behind the chart.
    """
    layers: list[Spec] = []
    late = [each for each in plot.chart.lines if not each.marks[0]]
    for each in late:
        x, mark = plot.spots(each)[0]
        if x < plot.xs[-1]:
            layers += _label(plot, x, mark, f"{each.name} {mark.text}", needed=True)
        else:
            layers += _label(plot, x, mark, each.name, needed=True)
    for each in plot.chart.lines:
        spots = plot.spots(each)
        for x, mark in spots[1 if each in late else 0 :]:
            if plot.xs[0] < x < plot.xs[-1]:
                layers += _label(plot, x, mark, mark.text, needed=False)
    return layers


def _label(plot: _Plot, x: float, mark: Mark, said: str, *, needed: bool) -> list[Spec]:
    pen = plot.pen
    lines = pen.value.wrapped(said, pen.plot * 0.35)
    width, height = pen.value.width(lines), pen.value.height(lines)
    spots = list(_candidates(plot, x, mark, width, height))
    free = [box for box in spots if not any(box.meets(other) for other in plot.taken)]
    clear = [box for box in free if not _crossed(box, plot)]
    if not free and not needed:
        return []
    box = (clear or free or spots)[0]
    plot.taken.append(box)
    middle, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    stands = {"align": "center"}
    return [text(lines, f"label-{mark.series}", pen.value, at(middle), at(y), **stands)]


def _candidates(plot: _Plot, x: float, mark: Mark, width: float, height: float) -> Iterator[_Box]:
    """Places for a label, the best first: above its dot, below, and to the sides of those."""
    pen, scale = plot.pen, plot.scale
    top, bottom = sorted(
        (scale.y(mark.value), scale.y(mark.value if mark.high is None else mark.high))
    )
    away = pen.gap * 0.6
    level = (top + bottom - height) / 2
    spots = [
        (x - width / 2 + shift, up)
        for shift in (0.0, -width / 3, width / 3)
        for up in (top - away - height, bottom + away)
    ]
    spots += [(x + pen.gap, level), (x - pen.gap - width, level)]
    spots += [(x - width / 2 + shift, bottom + 2.5 * away) for shift in (0.0, width / 2)]
    for spot, up in spots:
        left = min(max(spot, 0), pen.plot - width)
        if up + height <= scale.height:
            yield _Box(left, up, left + width, up + height)
    left = min(max(x - width / 2, 0), pen.plot - width)
    yield _Box(left, top - away - height, left + width, top - away)


def _crossed(box: _Box, plot: _Plot) -> bool:
    scale = plot.scale
    return any(
        box.crossed((x, scale.y(start.value)), (x2, scale.y(end.value)))
        for _, (x, start), (x2, end) in plot.pieces()
    )


def _dates(plot: _Plot, height: float) -> tuple[list[Spec], int]:
    """The dates below the plot on one row or two, and how many those are.

    Where two rows don't hold all of them, only every second, third and so on is named.
    """
    pen, count = plot.pen, len(plot.xs)
    words = [pen.name.wrapped(date, pen.plot * 0.3) for date in plot.chart.dates]
    for step, rows in ((1, 1), (1, 2), *((step, 1) for step in range(2, count + 1))):
        wanted = {0, count - 1, *range(0, count, step)}
        spots = _rows(plot, words, sorted(wanted), rows, whole=step == 1)
        if spots is not None:
            break
    tallest = max(len(words[index]) for index in spots or ())
    layers: list[Spec] = []
    for index, (x, row) in (spots or {}).items():
        y = height + pen.edge + row * tallest * pen.name.line
        below = {"align": "center", "baseline": "top", "dy": 0}
        layers.append(text(words[index], "date-name", pen.name, at(x), at(y), **below))
    return layers, tallest * (1 + max(row for _, row in (spots or {}).values()))


def _rows(
    plot: _Plot, words: Sequence[Lines], wanted: Sequence[int], rows: int, *, whole: bool
) -> dict[int, tuple[float, int]] | None:
    """Where each of these dates stands, and on which row; None where they don't fit.

    Unless `whole`, one that stands too near to the last may be left out.
    """
    pen, last = plot.pen, wanted[-1]
    taken: list[tuple[int, float, float]] = []
    spots: dict[int, tuple[float, int]] = {}
    for index in (last, *wanted[:-1]):
        half = pen.name.width(words[index]) / 2
        x = min(max(plot.xs[index], half - pen.side), pen.plot - half)
        left, right = x - half - pen.edge, x + half + pen.edge
        row = next((n for n in range(rows) if not _meets(taken, n, left, right)), None)
        if row is None:
            if whole or index != wanted[-2]:
                return None
            continue
        taken.append((row, left, right))
        spots[index] = (x, row)
    return spots


def _meets(taken: Sequence[tuple[int, float, float]], row: int, left: float, right: float) -> bool:
    return any(each == row and left < r and other < right for each, other, r in taken)
