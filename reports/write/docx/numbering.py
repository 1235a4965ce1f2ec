"""Lists and sections to the numbering part, each list counted afresh.

A style carries the numbering of its first list.  Each later one restarts as Word itself does
it: by an instance of its own, which its paragraphs name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reports.themes import Theme
from reports.write.docx.looks import LISTS, ListOf
from reports.write.docx.xml import Element, name, style_id, twips, w

_EM, _EN = "\u2003", "\u2002"  # spaces of one em and of half an em
_MARKER_ROOM = 14  # points from a boxed marker to its text
SECTIONS = len(LISTS) + 1  # the numbering of sections, after those of lists


@dataclass(frozen=True)
class Level:
    """How the paragraphs of one level of a list are numbered: by which definition and instance.

    Where `by_style` is true their style says so, and only a list that starts again must.
    """

    definition: int
    instance: int
    level: int
    by_style: bool = True


class Numbering:
    """The numbering part while a document is written: each ordered list starts its own."""

    def __init__(self, root: Element, levels: Mapping[tuple[ListOf, int], Level]) -> None:
        """Take the part with all definitions and instances that `levels` names."""
        self._root = root
        self._levels = levels
        numbers = (int(each.get(name("numId"), "0")) for each in root.iterfind(name("num")))
        self._next = 1 + max(numbers, default=0)
        self._started: set[tuple[ListOf, int]] = set()

    def started(self, kind: ListOf, level: int) -> Element | None:
        """What the paragraphs of a new list name beside their style; None where that suffices."""
        known = self._levels[kind, level]
        first = (kind, level) not in self._started
        self._started.add((kind, level))
        if first or not kind.ordered:
            return None if known.by_style else _numbered(known.level, known.instance)
        number, self._next = self._next, self._next + 1
        start = w("lvlOverride", w("startOverride", val=1), ilvl=known.level)
        self._root.append(instance(number, known.definition, start))
        return _numbered(known.level, number)


def own_numbering(root: Element, theme: Theme) -> Numbering:
    """The part filled with our lists; list n is instance n of definition n."""
    root[:] = [_definition(number, kind, theme) for number, kind in enumerate(LISTS, start=1)]
    root.append(_sections(theme))
    root.extend(instance(number, number) for number in range(1, SECTIONS + 1))
    levels = {
        (kind, level): Level(number, number, level)
        for number, kind in enumerate(LISTS, start=1)
        for level in range(len(kind.styles))
    }
    return Numbering(root, levels)


def _numbered(level: int, number: int) -> Element:
    return w("numPr", w("ilvl", val=level), w("numId", val=number))


def instance(number: int, definition: int, *changes: Element) -> Element:
    """A list that counts by a definition."""
    return w("num", w("abstractNumId", val=definition), *changes, numId=number)


def _definition(number: int, kind: ListOf, theme: Theme) -> Element:
    levels = (_level(level, style, kind, theme) for level, style in enumerate(kind.styles))
    several = "hybridMultilevel" if len(kind.styles) > 1 else "singleLevel"
    return w("abstractNum", w("multiLevelType", val=several), *levels, abstractNumId=number)


def _sections(theme: Theme) -> Element:
    """The number of a section: in the side column, in the letters of labels."""
    face = theme.text("type.label.word")
    letters = w(
        "rPr",
        w("rFonts", ascii=face, hAnsi=face, eastAsia=face, cs=face),
        w("b"),
        w("color", val=theme.colour("norge")[1:]),
        w("sz", val=round(theme.number("type.label.size") * 2)),
    )
    level = w(
        "lvl",
        w("start", val=1),
        w("numFmt", val="decimal"),
        w("pStyle", val=style_id("heading 1")),
        w("lvlText", val="%1"),
        w("lvlJc", val="left"),
        letters,
        ilvl=0,
    )
    return w("abstractNum", w("multiLevelType", val="singleLevel"), level, abstractNumId=SECTIONS)


def _level(level: int, style: str, kind: ListOf, theme: Theme) -> Element:
    marker = f"%{level + 1}." if kind.ordered else "–"
    lead = _lead(theme) if kind.boxed else ""
    size = round(theme.number("type.body.size") * 2)
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val=_format(kind)),
        w("pStyle", val=style_id(style)),
        w("lvlText", val=lead + marker),
        w("lvlJc", val="left"),
        w("rPr", w("b") if kind.ordered else None, w("sz", val=size) if lead else None),
        ilvl=level,
    )


def _format(kind: ListOf) -> str:
    if kind.ordered:
        return "decimal"
    # LibreOffice takes a bullet to be one character, here a space; "none" shows the whole text.
    return "none" if kind.boxed else "bullet"


def _lead(theme: Theme) -> str:
    """Spaces that carry a boxed marker to the gutter.

    Word draws a box from the hanging edge, where the marker of a list stands too; spaces are
    what its number format offers to move it without moving the box.
    """
    half = theme.number("type.body.size") / 2
    room = twips(theme.number("grid.indent_mm") * 72 / 25.4 - _MARKER_ROOM) / 20
    halves = int(room // half)
    return _EM * (halves // 2) + _EN * (halves % 2)
