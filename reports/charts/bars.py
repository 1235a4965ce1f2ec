"""Bar charts: one row a mark, the value label where it fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reports.charts.marks import (
    Side,
    Spec,
    at,
    axis,
    beside,
    domain,
    domain_of,
    end,
    fill_style,
    on,
    picture,
    rule,
    text,
)
from reports.charts.pen import Lines, Pen
from reports.document import BarChart, Mark

_ZERO = Decimal()


@dataclass(frozen=True)
class Bars:
    """What bars are drawn along: an axis and, for shares, the whole."""

    low: float
    high: float
    whole: Decimal | None

    @property
    def axis(self) -> Spec:
        return axis(self.low, self.high)


def bars(chart: BarChart, pen: Pen) -> Spec:
    """A bar a mark; rows are as high as the tallest name or label needs.

    A value label stands right of its bar, or inside at the right where there's no room.
    """
    # Labels wrap early enough to fit beside a bar or on its longer part, whatever its length.
    room = pen.plot * (0.6 if chart.whole is None else 0.3)
    labels = [pen.value.wrapped(mark.text, room) for mark in chart.marks]
    names = [pen.name.wrapped(mark.label, pen.side - pen.edge) for mark in chart.marks]
    widths = [pen.gap + pen.value.width(lines) + pen.edge for lines in labels]
    low, high = bar_domain(chart.marks, chart.whole, widths, pen.plot)
    step = pen.pt("chart.gap_pt") + max(
        pen.pt("chart.bar_pt"),
        *(len(lines) * pen.name.line for lines in names),
        *(len(lines) * pen.value.line for lines in labels),
    )
    drawn = Bars(low, high, chart.whole)
    layers: list[Spec] = []
    for index, (mark, label, name) in enumerate(zip(chart.marks, labels, names, strict=True)):
        y = at(step * (index + 0.5))
        layers += row(mark, label, y, drawn, pen)
        layers.append(text(name, "name", pen.name, at(-pen.side), y))
    height = step * len(chart.marks)
    layers.append(rule("zero", x=on(drawn.axis, 0), y=at(0), y2=at(height)))
    return picture(layers, height, pen.edge, pen.edge, pen)


def bar_domain(
    marks: Sequence[Mark], whole: Decimal | None, label_widths: Sequence[float], plot: float
) -> tuple[float, float]:
    """The ends of the axis: a whole's own, or wide enough for every label beside its bar."""
    ends = [end(mark) for mark in marks]
    if whole is not None:
        return domain([whole, *ends])
    low, high = domain([*ends, *(mark.value for mark in marks)])
    spans = zip(ends, label_widths, strict=True)
    return low, max(high, *(low + (float(e) - low) * plot / (plot - w) for e, w in spans))


def row(mark: Mark, label: Lines, y: Spec, scale: Bars, pen: Pen) -> list[Spec]:
    """One bar with its label, beside it where there's room and else inside."""
    layers: list[Spec] = []
    if scale.whole is not None:
        layers.append(bar("track", (_ZERO, scale.whole), scale.axis, y, pen))
    layers += mark_bars(mark, scale.axis, y, pen)
    free = pen.plot * (scale.high - max(float(end(mark)), 0)) / (scale.high - scale.low)
    fits = scale.whole is None or pen.gap + pen.value.width(label) + pen.edge <= free
    spot, style, side = label_spot(mark, fits=fits)
    layers.append(text(label, style, pen.value, on(scale.axis, spot), y, **beside(side, pen)))
    return layers


def mark_bars(mark: Mark, scale: Spec, y: Spec, pen: Pen) -> list[Spec]:
    first = bar(fill_style(mark), (_ZERO, mark.value), scale, y, pen)
    if mark.high is None:
        return [first]
    return [first, bar(f"approx-{mark.series}", (mark.value, mark.high), scale, y, pen)]


def bar(style: str, ends: tuple[Decimal, Decimal], scale: Spec, y: Spec, pen: Pen) -> Spec:
    start, stop = ends
    # An outline lies inside the bar, whose edges mean something.
    inset = min(_outline_width(style, pen), _length(ends, scale, pen))
    size = {"height": pen.pt("chart.bar_pt") - inset, "xOffset": -inset / 2, "x2Offset": inset / 2}
    return {
        "mark": {"type": "bar", "style": style, **size},
        "encoding": {"x": on(scale, stop), "x2": {"datum": float(start)}, "y": y},
    }


def _length(ends: tuple[Decimal, Decimal], scale: Spec, pen: Pen) -> float:
    """How long a bar is in points."""
    low, high = domain_of(scale)
    return float(abs(ends[1] - ends[0])) / (high - low) * pen.plot


def _outline_width(style: str, pen: Pen) -> float:
    if style.startswith("approx-"):
        return pen.pt("chart.hedge.stroke_pt")
    return pen.pt("rules_pt.thin") if style == "fourth" else 0


def label_spot(mark: Mark, *, fits: bool) -> tuple[Decimal, str, Side]:
    # The value at which the label has its edge, its style, and the side on which it stands.
    label = f"label-{mark.series}"
    if fits:
        return max(end(mark), _ZERO), label, "right"
    if fill_style(mark) != mark.series or end(mark) - mark.value > mark.value:
        return end(mark), label, "left"
    return mark.value, f"label-on-{mark.series}", "left"
