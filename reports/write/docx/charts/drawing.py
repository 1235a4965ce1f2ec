"""Thin DrawingML: elements, colours of the theme, outlines and letters of a chart.

Children come in the order of the schema (ECMA-376 part 1, 20.1 and 21.2); Word refuses others.
A colour is named by its slot in the document's theme, so that a chart changes with the theme.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from reports.document import Series
from reports.themes import Theme
from reports.write.docx.xml import Element

SPACES = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "c15": "http://schemas.microsoft.com/office/drawing/2012/chart",
}
EMU = 12700  # to the point (20.1.2.1)


def c(tag: str, *children: Element | None, **attributes: str | float) -> Element:
    """An element of a chart; children that are None are left out."""
    return _element("c", tag, children, attributes)


def a(tag: str, *children: Element | None, **attributes: str | float) -> Element:
    """An element of a drawing: of fills, lines and letters."""
    return _element("a", tag, children, attributes)


def c15(tag: str, *children: Element | None, **attributes: str | float) -> Element:
    """An element that Word knows since 2013 and that others skip."""
    return _element("c15", tag, children, attributes)


def written(element: Element, text: str) -> Element:
    """The element with that text in it."""
    element.text = text
    return element


def _element(
    space: str,
    tag: str,
    children: tuple[Element | None, ...],
    attributes: dict[str, str | float],
) -> Element:
    element = etree.Element(f"{{{SPACES[space]}}}{tag}", nsmap={space: SPACES[space]})
    for name, value in attributes.items():
        element.set(name, str(value))
    element.extend(child for child in children if child is not None)
    return element


# ---------------------------------------------------------------- colours


@dataclass(frozen=True)
class Colour:
    """A slot of the theme (20.1.6.2), darkened to so many percent of its lightness."""

    slot: str
    lightness: int = 100


INK, INK2, PAPER, TINT = Colour("dk1"), Colour("dk2"), Colour("lt1"), Colour("lt2")
HAIR = Colour("lt2", 90)  # the theme has no slot left for hairlines


@dataclass(frozen=True)
class Look:
    """The colours of one series: its marks, pale marks and dashes, and labels beside and on it."""

    fill: Colour
    pale: Colour
    dashes: Colour
    beside: Colour
    on: Colour


_NORWAY, _DENMARK, _DARK_DENMARK = Colour("accent1"), Colour("accent2"), Colour("folHlink")
LOOKS: dict[Series, Look] = {
    "norway": Look(_NORWAY, Colour("accent5"), _NORWAY, _NORWAY, PAPER),
    "denmark": Look(_DENMARK, Colour("accent6"), _DARK_DENMARK, _DARK_DENMARK, INK),
    "other": Look(Colour("accent3"), HAIR, Colour("accent3"), INK, PAPER),
    "fourth": Look(Colour("accent4"), PAPER, INK, INK, INK),
}


# ---------------------------------------------------------------- fills and lines


class Pen:
    """What a chart is drawn with: the theme's widths and sizes in points."""

    def __init__(self, theme: Theme, language: str) -> None:
        """Take the theme, and the language such as "nb-NO" that the letters are in."""
        self.theme = theme
        self.language = language

    def pt(self, path: str) -> float:
        return self.theme.number(path)

    def fill(self, series: Series, *, hedged: bool) -> Element:
        """How a bar or dot is filled: solid as stated, pale in a dashed outline if hedged."""
        look = LOOKS[series]
        if hedged:
            return c("spPr", solid(look.pale), self.dashed(look.dashes))
        return c("spPr", solid(look.fill), self._outline(series))

    def _outline(self, series: Series) -> Element:
        # The fourth colour is too pale to stand on paper without one.
        if series == "fourth":
            return line(self.pt("rules_pt.thin"), INK)
        return no_line()

    def stroke(self, series: Series, *, hedged: bool) -> Element:
        """The line of a series between two dots."""
        look = LOOKS[series]
        if hedged:
            return self.dashed(look.dashes)
        colour = INK if series == "fourth" else look.fill
        return line(self.pt("rules_pt.country"), colour)

    def dashed(self, colour: Colour) -> Element:
        hedge = "chart.hedge"
        dashes = [self.pt(f"{hedge}.dash_pt.{part}") for part in (0, 1)]
        return line(self.pt(f"{hedge}.stroke_pt"), colour, dashes)

    def letters(self, size: str, colour: Colour, *, bold: bool = False) -> Element:
        """The letters of an axis, a label or a whole chart; `size` is a token's path."""
        look = self.run("defRPr", size, colour, bold=bold)
        end = a("endParaRPr", lang=self.language)
        frame = a("bodyPr", rot=0, vert="horz")
        return c("txPr", frame, a("lstStyle"), a("p", a("pPr", look), end))

    def run(self, tag: str, size: str, colour: Colour, *, bold: bool = False) -> Element:
        """The look of a run, or by the tag "defRPr" of all runs; bold as the theme's labels."""
        fonts = a("latin", typeface="+mn-lt"), a("cs", typeface="+mn-lt")
        heavy = int(bold and self.theme.bold("label"))
        points = round(self.pt(size) * 100)
        return a(tag, solid(colour), *fonts, lang=self.language, sz=points, b=heavy)


def solid(colour: Colour) -> Element:
    shade = a("lumMod", val=colour.lightness * 1000) if colour.lightness < 100 else None
    return a("solidFill", a("schemeClr", shade, val=colour.slot))


def line(width: float, colour: Colour, dashes: list[float] | None = None) -> Element:
    """A line of so many points, dashed by lengths of stroke and gap if they are given."""
    dash = None
    if dashes:
        stroke, gap = (round(length / width * 100_000) for length in dashes)
        dash = a("custDash", a("ds", d=stroke, sp=gap))
    return a("ln", solid(colour), dash, w=round(width * EMU), cap="flat")


def no_line() -> Element:
    return a("ln", a("noFill"))


def bare() -> Element:
    """Neither filled nor outlined."""
    return c("spPr", a("noFill"), no_line())
