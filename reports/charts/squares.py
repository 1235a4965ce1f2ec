"""Squares charts: each share as so many of a hundred squares, two shares to a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from reports.charts.marks import Spec, at, picture, rule, text
from reports.charts.pen import Lines, Pen
from reports.document import Mark, SquaresChart


@dataclass(frozen=True)
class _Title:
    """A figure and of whom it is; `of_at` is where the latter starts, from the corner."""

    share: Lines
    of: Lines
    of_at: tuple[float, float]


def squares(chart: SquaresChart, pen: Pen) -> Spec:
    """A hundred squares a mark under its title, filled from the top, row by row.

    Raises ValueError if a value isn't from 0 to 100.
    """
    between = pen.pt("space_pt.l")
    room = (pen.plot - between) / 2
    titles = _titles(chart.marks, room, pen)
    head = pen.gap + max(title.of_at[1] + len(title.of) * pen.share_of.line for title in titles)
    panel = head + 10 * _pitch(pen)
    layers: list[Spec] = []
    for index, (mark, title) in enumerate(zip(chart.marks, titles, strict=True)):
        row, column = divmod(index, 2)
        x, y = column * (room + between), row * (panel + between)
        layers += _title(mark, title, x, y, pen)
        layers += _field(mark, x, y + head, pen)
    rows = (len(chart.marks) + 1) // 2
    return picture(layers, rows * (panel + between) - between, pen.edge, pen.edge, pen)


def _titles(marks: Sequence[Mark], room: float, pen: Pen) -> list[_Title]:
    # On one line if that goes for all of them.
    pairs = [(pen.share.wrapped(m.text, room), pen.share_of.wrapped(m.label, room)) for m in marks]
    space = pen.share_of.width((" ",))
    starts = [pen.share.width(share) + space for share, _ in pairs]
    if all(
        len(share) == len(of) == 1 and start + pen.share_of.width(of) <= room
        for (share, of), start in zip(pairs, starts, strict=True)
    ):
        return [_Title(*pair, (start, 0)) for pair, start in zip(pairs, starts, strict=True)]
    return [_Title(share, of, (0, len(share) * pen.share.line)) for share, of in pairs]


def _title(mark: Mark, title: _Title, x: float, y: float, pen: Pen) -> list[Spec]:
    line: Spec = {"baseline": "alphabetic", "dy": pen.share.size}
    of_x, of_y = title.of_at
    return [
        text(title.share, f"share-{mark.series}", pen.share, at(x), at(y), **line),
        text(title.of, "share-of", pen.share_of, at(x + of_x), at(y + of_y), **line),
    ]


def _square(pen: Pen) -> float:
    return pen.pt("chart.bar_pt") / 2 - pen.pt("space_pt.hair")


def _pitch(pen: Pen) -> float:
    # A dashed outline runs between the squares without touching them.
    return _square(pen) + pen.pt("space_pt.hair") + pen.pt("chart.hedge.stroke_pt")


def _field(mark: Mark, x: float, y: float, pen: Pen) -> list[Spec]:
    sure = _count(mark.value)
    top = sure if mark.high is None else _count(mark.high)
    layers = [
        _cells(range(sure), mark.series, x, y, pen),
        _cells(range(sure, top), f"pale-{mark.series}", x, y, pen),
        _cells(range(top, 100), "empty", x, y, pen),
    ]
    if mark.high is not None:
        return [*layers, *_outline(range(sure, top), mark, x, y, pen)]
    if mark.approximate:
        return [*layers, *_outline(range(sure), mark, x, y, pen)]
    return layers


def _count(value: Decimal) -> int:
    if not 0 <= value <= 100:
        message = f"{value} of a hundred squares"
        raise ValueError(message)
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


def _cells(cells: range, style: str, x: float, y: float, pen: Pen) -> Spec:
    pitch = _pitch(pen)
    spots = [
        {"x": x + (cell % 10 + 0.5) * pitch, "y": y + (cell // 10 + 0.5) * pitch} for cell in cells
    ]
    plain = {"type": "quantitative", "scale": None}
    return {
        "data": {"values": spots},
        "mark": {"type": "square", "size": _square(pen) ** 2, "opacity": 1, "style": style},
        "encoding": {"x": {"field": "x", **plain}, "y": {"field": "y", **plain}},
    }


def _outline(cells: range, mark: Mark, x: float, y: float, pen: Pen) -> Iterator[Spec]:
    pitch = _pitch(pen)
    for left, top, right, bottom in _edges(cells):
        yield rule(
            f"outline-{mark.series}",
            x=at(x + left * pitch),
            y=at(y + top * pitch),
            x2=at(x + right * pitch),
            y2=at(y + bottom * pitch),
        )


def _edges(cells: range) -> Iterator[tuple[int, int, int, int]]:
    """The straight pieces around the cells, as left, top, right and bottom in cells."""

    def inside(row: int, column: int) -> bool:
        return 0 <= column < 10 and 10 * row + column in cells

    for edge in range(11):
        across = (n for n in range(10) if inside(edge - 1, n) != inside(edge, n))
        for start, stop in _runs(across):
            yield start, edge, stop, edge
        down = (n for n in range(10) if inside(n, edge - 1) != inside(n, edge))
        for start, stop in _runs(down):
            yield edge, start, edge, stop


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        yield run[0], run[-1] + 1
