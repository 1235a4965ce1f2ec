"""Labels at the dots of lines: names and values left of the first, values beside the others."""

from __future__ import annotations

import math
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import TypeAlias

from reports.charts.spread import spread
from reports.document import LineChart, Mark
from reports.write.docx.charts.columns import end
from reports.write.docx.charts.drawing import INK2, LOOKS
from reports.write.docx.charts.labels import Label, Place
from reports.write.docx.charts.plan import Box, Drafting, room_for, wrapped

Key: TypeAlias = tuple[int, int]  # the number of a line, and that of a date

_STEPS = {1: (2.5, 3.5), 2: (3.5, 5)}  # bars with gaps in the height of slopes and lines
_HEADROOM = 1.1  # of the highest value: about where Word ends its axis


class Dots:
    """Where the dots of a chart of lines lie, and where their labels stand, in points."""

    def __init__(self, chart: LineChart, drafting: Drafting) -> None:
        """Take a chart with a mark in each line, and what it is planned with."""
        self._chart = chart
        self._drafting = drafting
        self._last = len(chart.dates) - 1
        self._marks: dict[Key, Mark] = {
            (number, index): mark
            for number, line in enumerate(chart.lines)
            for index, mark in enumerate(line.marks)
            if mark
        }
        ends = [*map(end, self._marks.values()), *(m.value for m in self._marks.values())]
        self.low = min(Decimal(0), *ends)
        self._high = max(Decimal(0), *ends)

    # ------------------------------------------------------------ the plot

    @property
    def box(self) -> Box:
        return self._drafting.side, self._top, self._width, self._plot

    @property
    def size(self) -> tuple[float, float]:
        return self._drafting.width, self.height

    @property
    def height(self) -> float:
        return self._top + self._plot + self._bottom

    @property
    def _width(self) -> float:
        """From the first date to the last, with room for the last labels and half a date."""
        drafting = self._drafting
        values = [drafting.value_width(self._marks[key].text) for key in self._at(self._last)]
        half = min(self._date_width(self._last), drafting.side) / 2
        room = max(drafting.gap + max(values, default=0), half)
        return drafting.width - drafting.side - room

    @cached_property
    def _plot(self) -> float:
        of_slope, of_lines = _STEPS[min(len(self._chart.lines), 2)]
        steps = of_slope if self._last == 1 else of_lines
        least = steps * (self._pt("chart.bar_pt") + self._pt("chart.gap_pt"))
        stacks = [sum(map(self._label_height, self._at(index))) for index in (0, self._last)]
        return max(least, *stacks)

    @property
    def _top(self) -> float:
        return self._pt("type.label.line") + self._drafting.gap

    @property
    def _bottom(self) -> float:
        room = self._width / self._last  # Word breaks dates to the distance between them
        size = self._pt("type.chart.size")
        broken = max(len(wrapped(date, room, size)) for date in self._chart.dates)
        lines = 1 + max(self._rows.values()) if self.uneven else broken
        return 2 * self._pt("space_pt.s") + lines * self._pt("type.base.line")

    # ------------------------------------------------------------ dates

    @property
    def uneven(self) -> bool:
        """Whether the distances between the dates differ."""
        return len({later - earlier for earlier, later in pairwise(self._chart.years)}) > 1

    def dates(self) -> list[Label]:
        """The names of dates below the ground, on two rows if they would meet on one.

        A date that finds no room on either has no name but in the table.
        """
        row = self._pt("type.base.line") / self.height
        size = "type.chart.size"
        return [
            Label(index, self._chart.dates[index], "b", INK2, (), row * on, size, bold=False)
            for index, on in self._rows.items()
        ]

    @cached_property
    def _rows(self) -> dict[int, int]:
        """The row of each date that has room for its name; that of the last is the first row."""
        gap, last = self._drafting.gap, self._left_of(self._last)
        rows, edges = {self._last: 0}, [-math.inf, -math.inf]
        for index in range(self._last):
            left = self._left_of(index)
            right = left + self._date_width(index) + gap
            free = [row for row in (0, 1) if left > edges[row] and (row or right <= last)]
            if free:
                rows[index] = free[0]
                edges[free[0]] = right
        return dict(sorted(rows.items()))

    def _left_of(self, index: int) -> float:
        """Where the name of a date starts, from the first date."""
        return self._x(index) - self._date_width(index) / 2

    def _x(self, index: int) -> float:
        """How far right of the first date another stands."""
        years = self._chart.years
        return self._width * float((years[index] - years[0]) / (years[-1] - years[0]))

    def _date_width(self, index: int) -> float:
        return room_for(self._chart.dates[index], self._pt("type.chart.size"))

    # ------------------------------------------------------------ labels

    def labels(self, number: int) -> list[Label]:
        """The labels of one line; one that would lie over another is left to the table."""
        return [self._label(key) for key in self._places if key[0] == number]

    def _label(self, key: Key) -> Label:
        mark, place = self._marks[key], self._places[key]
        drop = 0.0
        if key in self._centres:
            drop = self._centres[key] - self._y(mark.value)
        elif place == "t":
            drop = self._y(end(mark)) - self._y(mark.value)  # over the upper end of a range
        colour = LOOKS[mark.series].beside
        return Label(key[1], mark.text, place, colour, self._name(key), drop / self.height)

    @cached_property
    def _places(self) -> dict[Key, Place]:
        """Outside the first and the last dots; else over, under or beside them, where it's free."""
        found: dict[Key, Place] = {key: "r" if key[1] else "l" for key in self._centres}
        taken = [self._box(key, place) for key, place in found.items()]
        for key in sorted(self._marks.keys() - found.keys()):
            free = (p for p in self._wishes(key) if not _meets(self._box(key, p), taken))
            place = next(free, "t" if self._name(key) else None)
            if place:
                found[key] = place
                taken.append(self._box(key, place))
        return found

    def _wishes(self, key: Key) -> tuple[Place, ...]:
        """Places for the label of a dot in the middle, the best first."""
        mark, others = self._marks[key], [self._marks[other] for other in self._at(key[1])]
        lowest = len(others) > 1 and mark is min(others, key=lambda other: other.value)
        under = self._y(mark.value) + self._label_height(key) + self._drafting.gap
        if under > self._plot:
            return ("t", "r", "l")
        return ("b", "t", "r", "l") if lowest else ("t", "b", "r", "l")

    def _box(self, key: Key, place: Place) -> Box:
        """Where a label lies at its place, from the first date and the top of the plot."""
        mark, gap, high = self._marks[key], self._drafting.gap, self._label_height(key)
        x = self._x(key[1])
        y = self._centres.get(key, self._y(mark.value)) - high / 2
        wide = self._drafting.value_width(" ".join((*self._name(key), mark.text)))
        match place:
            case "l":
                return x - gap - wide, y, wide, high
            case "r":
                return x + gap, y, wide, high
            case "b":
                return x - wide / 2, self._y(mark.value) + gap / 2, wide, high
            case _:
                return x - wide / 2, self._y(end(mark)) - gap / 2 - high, wide, high

    def _name(self, key: Key) -> tuple[str, ...]:
        """The name of a line at its first dot, in lines; the last stands before the value."""
        number, index = key
        if index != min(i for n, i in self._marks if n == number):
            return ()
        name, drafting = self._chart.lines[number].name, self._drafting
        size, room = self._pt("type.chart.size"), drafting.side - 2 * drafting.gap
        found = wrapped(name, room, size)
        beside = room_for(name, size) + drafting.value_width(self._marks[key].text)
        return found if index or beside <= room else (*found, "")

    def _at(self, index: int) -> list[Key]:
        return [key for key in self._marks if key[1] == index]

    def _label_height(self, key: Key) -> float:
        return self._pt("type.label.line") * max(len(self._name(key)), 1)

    def _y(self, value: Decimal) -> float:
        """How far below the top of the plot a value lies, about."""
        reach = float(self._high) * _HEADROOM - float(self.low)
        return self._plot * (1 - float(value - self.low) / (reach or 1))

    @cached_property
    def _centres(self) -> dict[Key, float]:
        """How far below the top of the plot the labels at the first and last dates stand."""
        centres: dict[Key, float] = {}
        out = self._pt("type.label.line") / 2
        for index in (0, self._last):
            keys = self._at(index)
            wished = [self._y(self._marks[key].value) for key in keys]
            heights = [self._label_height(key) for key in keys]
            found = spread(wished, heights, -out, self._plot + out)
            centres |= dict(zip(keys, found, strict=True))
        return centres

    def _pt(self, path: str) -> float:
        return self._drafting.pen.pt(path)


def _meets(box: Box, others: list[Box]) -> bool:
    left, top, wide, high = box
    return any(
        left < x + w and x < left + wide and top < y + h and y < top + high for x, y, w, h in others
    )
