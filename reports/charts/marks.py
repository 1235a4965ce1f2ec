"""The parts that pictures are put together from: positions and marks of Vega-Lite."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal, TypeAlias

from reports.charts.pen import Lines, Pen, Type
from reports.document import Mark

Spec: TypeAlias = dict[str, object]
Side: TypeAlias = Literal["left", "right"]


def picture(layers: list[Spec], height: float, top: float, bottom: float, pen: Pen) -> Spec:
    """The layers over each other; `top` and `bottom` are room outside the plot."""
    return {
        "width": pen.plot,
        "height": height,
        "padding": {"left": pen.side, "right": 0, "top": top, "bottom": bottom},
        "data": {"values": [{}]},
        "layer": layers,
    }


def axis(low: float, high: float) -> Spec:
    """An unseen axis from `low` to `high`, which differ."""
    return {"axis": None, "scale": {"domain": [low, high], "nice": False, "zero": False}}


def domain_of(scale: Spec) -> tuple[float, float]:
    """The ends of an axis."""
    known = scale["scale"]
    low, high = known["domain"] if isinstance(known, dict) else (0.0, 1.0)
    return float(low), float(high)


def on(scale: Spec, value: Decimal | float) -> Spec:
    """The position of a value on an axis."""
    return {"datum": float(value), "type": "quantitative", **scale}


def at(pt: float) -> Spec:
    """The position so many points right of, or below, the plot's corner."""
    return {"value": pt}


def text(lines: Lines, style: str, kind: Type, x: Spec, y: Spec, **mark: object) -> Spec:
    """Lines of text, the block's middle at `y` unless `mark` says otherwise."""
    dy = -(len(lines) - 1) * kind.line / 2  # Vega puts the first line there
    return {
        "mark": {"type": "text", "text": list(lines), "style": style, "dy": dy, **mark},
        "encoding": {"x": x, "y": y},
    }


def beside(side: Side, pen: Pen) -> Spec:
    """How a text stands to the left or right of its position."""
    if side == "right":
        return {"align": "left", "dx": pen.gap}
    return {"align": "right", "dx": -pen.gap}


def rule(style: str, **ends: Spec) -> Spec:
    """A straight line from `x`, `y` to `x2`, `y2`, of which equal ones may be left out."""
    return {"mark": {"type": "rule", "style": style}, "encoding": ends}


def dot(style: str, x: Spec, y: Spec, pen: Pen) -> Spec:
    size = math.pi / 4 * pen.pt("space_pt.m") ** 2  # Vega sizes a point by its area
    mark = {"type": "point", "filled": True, "opacity": 1, "size": size, "style": style}
    return {"mark": mark, "encoding": {"x": x, "y": y}}


def end(mark: Mark) -> Decimal:
    """The value, or the upper end of a range."""
    return mark.value if mark.high is None else mark.high


def fill_style(mark: Mark) -> str:
    """The style of a mark up to its value: the lower end of a range is as stated."""
    pale = mark.approximate and mark.high is None
    return f"approx-{mark.series}" if pale else mark.series


def domain(values: Iterable[Decimal]) -> tuple[float, float]:
    """From the least to the greatest of zero and the values; never empty."""
    numbers = [0.0, *map(float, values)]
    low, high = min(numbers), max(numbers)
    return low, high if high > low else low + 1
