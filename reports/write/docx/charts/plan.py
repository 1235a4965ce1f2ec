"""What the kinds of charts share: room for words, axes, and the plot's place."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from reports.language import Language
from reports.write.docx.charts.drawing import INK, INK2, Pen, bare, c, line, no_line
from reports.write.docx.charts.sheet import Sheet
from reports.write.docx.xml import Element

Box: TypeAlias = tuple[float, float, float, float]  # left, top, width and height in points


@dataclass(frozen=True)
class Axes:
    """A pair of axes by their ids, which mean nothing but to tell them apart."""

    names: int
    values: int


AXES = Axes(111, 112)


@dataclass(frozen=True)
class Plan:
    """A chart ready to be put together: its table, its plot, and its height in points."""

    sheet: Sheet
    plot: Element
    height: float


@dataclass(frozen=True)
class Drafting:
    """What charts are planned with: a pen, and words for the heads of the table."""

    pen: Pen
    language: Language

    def head(self, key: str) -> str:
        return self.language.say(f"chart-{key}")

    @property
    def width(self) -> float:
        """The width of the text, in points."""
        return self.pen.pt("grid.text_width_mm") * 72 / 25.4

    @property
    def side(self) -> float:
        """Where the main column starts, in points."""
        return self.pen.pt("grid.indent_mm") * 72 / 25.4

    @property
    def gap(self) -> float:
        """Distance of a label from its mark."""
        return self.pen.pt("space_pt.m")

    def value_width(self, text: str) -> float:
        """The width of a value label, about."""
        return room_for(text, self.pen.pt("type.chart.label"))

    def name_lines(self, text: str) -> tuple[str, ...]:
        """A name as lines that fit in the side column."""
        size = self.pen.pt("type.chart.size")
        return wrapped(text, self.pen.pt("chart.label_width_pt") - self.gap, size)


_WIDE = 0.53  # of its size is a letter's width over a line; a little less in most faces


def room_for(text: str, size: float) -> float:
    """How wide a line of text is, about, in the unit of its size.

    Word sets a chart's letters anew in the fonts at hand, so this can't be measured.
    """
    return len(text) * size * _WIDE


def wrapped(text: str, room: float, size: float) -> tuple[str, ...]:
    """The text in lines that fit in the room; a longer word stands alone."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".lstrip()
        if room_for(longer, size) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


# ---------------------------------------------------------------- the plot


def plot_area(box: Box, size: tuple[float, float], *parts: Element) -> Element:
    """The plot in its place, in a chart of that size in points."""
    place = c("manualLayout", c("layoutTarget", val="inner"), *_place(box, size))
    return c("plotArea", c("layout", place), *parts, bare())


def _place(box: Box, size: tuple[float, float]) -> list[Element]:
    """A place by the corner and shares of the chart's width and height."""
    shares = [part / of for part, of in zip(box, (*size, *size), strict=True)]
    modes = [c("xMode", val="edge"), c("yMode", val="edge")]
    return modes + [c(n, val=f"{share:.5f}") for n, share in zip("xywh", shares, strict=True)]


def bar_axis(pen: Pen) -> Element:
    """The names of the bars, from the top, left of all of them; its line stands at zero."""
    stroke = line(pen.pt("rules_pt.thin"), INK)
    letters = pen.letters("type.chart.size", INK)
    return _name_axis("maxMin", "l", (), c("spPr", stroke), letters)


def date_axis(pen: Pen, guides: Element) -> Element:
    """The dates below, each at a guide."""
    letters = pen.letters("type.chart.size", INK2)
    return _name_axis("minMax", "b", (guides,), c("spPr", no_line()), letters)


def _name_axis(order: str, side: str, guides: tuple[Element, ...], *look: Element) -> Element:
    return c(
        "catAx",
        c("axId", val=AXES.names),
        c("scaling", c("orientation", val=order)),
        c("delete", val=0),
        c("axPos", val=side),
        *guides,
        c("numFmt", formatCode="General", sourceLinked=0),
        *_ticks("low"),
        *look,
        c("crossAx", val=AXES.values),
        c("crosses", val="autoZero"),
        c("auto", val=0),
        c("lblAlgn", val="ctr" if order == "minMax" else "r"),
        c("lblOffset", val=100),
        c("noMultiLvlLbl", val=1),
    )


def value_axis(
    axes: Axes,
    low: Decimal | None,
    high: Decimal | None,
    *,
    side: str,
    crossing: Literal["between", "midCat"],
    stroke: Element | None = None,
) -> Element:
    """An axis of numbers without numbers, since every mark is labelled; a line if given one.

    It has the ends that are given; else Word finds them, so that new values fit.
    """
    ends = (("max", high), ("min", low))
    known = (c(name, val=f"{float(end):.16G}") for name, end in ends if end is not None)
    return c(
        "valAx",
        c("axId", val=axes.values),
        c("scaling", c("orientation", val="minMax"), *known),
        c("delete", val=int(stroke is None)),
        c("axPos", val=side),
        c("numFmt", formatCode="General", sourceLinked=0),
        *_ticks("none"),
        bare() if stroke is None else stroke,
        c("crossAx", val=axes.names),
        c("crosses", val="autoZero"),
        c("crossBetween", val=crossing),
    )


def _ticks(labels: str) -> tuple[Element, ...]:
    ticks = (c(name, val="none") for name in ("majorTickMark", "minorTickMark"))
    return (*ticks, c("tickLblPos", val=labels))
