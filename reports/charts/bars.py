"""Bar charts: one row a mark, the value label where it fits."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from reports.charts.marks import (
    Side,
    Spec,
    at,
    axis,
    beside,
    domain,
    end,
    fill_style,
    on,
    picture,
    rule,
    text,
)
from reports.charts.pen import Pen
from reports.document import BarChart, Mark

_ZERO = Decimal()


def bars(chart: BarChart, pen: Pen) -> Spec:
    """A bar a mark; rows are as high as the tallest name or label needs.

    A value label stands right of its bar, or inside at the right where there's no room.
    """
    # Labels wrap early enough to fit beside a bar or on its longer part, whatever its length.
    room = pen.plot * (0.6 if chart.whole is None else 0.3)
    labels = [pen.value.wrapped(mark.text, room) for mark in chart.marks]
    names = [pen.name.wrapped(mark.label, pen.side - pen.edge) for mark in chart.marks]
    widths = [pen.gap + pen.value.width(lines) + pen.edge for lines in labels]
    low, high = _domain(chart, widths, pen.plot)
    scale = axis(low, high)
    step = pen.pt("chart.gap_pt") + max(
        pen.pt("chart.bar_pt"),
        *(len(lines) * pen.name.line for lines in names),
        *(len(lines) * pen.value.line for lines in labels),
    )
    layers: list[Spec] = []
    for row, (mark, label, name) in enumerate(zip(chart.marks, labels, names, strict=True)):
        y = at(step * (row + 0.5))
        if chart.whole is not None:
            layers.append(_bar("track", (_ZERO, chart.whole), scale, y, pen))
        layers += _mark_bars(mark, scale, y, pen)
        free = pen.plot * (high - max(float(end(mark)), 0)) / (high - low)
        spot, style, side = _label_spot(mark, fits=chart.whole is None or widths[row] <= free)
        layers.append(text(label, style, pen.value, on(scale, spot), y, **beside(side, pen)))
        layers.append(text(name, "name", pen.name, at(-pen.side), y))
    height = step * len(chart.marks)
    layers.append(rule("zero", x=on(scale, 0), y=at(0), y2=at(height)))
    return picture(layers, height, pen.edge, pen.edge, pen)


def _domain(chart: BarChart, label_widths: Sequence[float], plot: float) -> tuple[float, float]:
    ends = [end(mark) for mark in chart.marks]
    if chart.whole is not None:
        return domain([chart.whole, *ends])
    # Without a whole there's a free choice: every label gets its room right of its bar.
    low, high = domain(ends)
    spans = zip(ends, label_widths, strict=True)
    return low, max(high, *(low + (float(e) - low) * plot / (plot - w) for e, w in spans))


def _mark_bars(mark: Mark, scale: Spec, y: Spec, pen: Pen) -> list[Spec]:
    first = _bar(fill_style(mark), (_ZERO, mark.value), scale, y, pen)
    if mark.high is None:
        return [first]
    return [first, _bar(f"approx-{mark.series}", (mark.value, mark.high), scale, y, pen)]


def _bar(style: str, ends: tuple[Decimal, Decimal], scale: Spec, y: Spec, pen: Pen) -> Spec:
    start, stop = ends
    # A dashed outline lies inside the bar, whose edges mean something.
    inset = pen.pt("chart.hedge.stroke_pt") if style.startswith("approx-") else 0
    size = {"height": pen.pt("chart.bar_pt") - inset, "xOffset": -inset / 2, "x2Offset": inset / 2}
    return {
        "mark": {"type": "bar", "style": style, **size},
        "encoding": {"x": on(scale, stop), "x2": {"datum": float(start)}, "y": y},
    }


def _label_spot(mark: Mark, *, fits: bool) -> tuple[Decimal, str, Side]:
    # The value at which the label has its edge, its style, and the side on which it stands.
    label = f"label-{mark.series}"
    if fits:
        return max(end(mark), _ZERO), label, "right"
    if fill_style(mark) != mark.series or end(mark) - mark.value > mark.value:
        return end(mark), label, "left"
    return mark.value, f"label-on-{mark.series}", "left"
