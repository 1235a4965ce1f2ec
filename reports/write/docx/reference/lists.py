"""The lists of a reference, and ours behind them.

A style that the reference has counts as it does there.  What is lent has lists of ours; and so
has a style of the reference that shows no marker, as its people set those by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reports.themes import Theme
from reports.write.docx.looks import LISTS, ListOf
from reports.write.docx.numbering import Level, Numbering, instance
from reports.write.docx.reference.measures import whole
from reports.write.docx.reference.stylesheet import Stylesheet
from reports.write.docx.xml import Element, dxa, name, style_id, w

SECTIONS = "sections"


def numbered(
    root: Element, sheet: Stylesheet, own: Mapping[str, str], theme: Theme
) -> tuple[Numbering, dict[str, int]]:
    """The reference's numbering with ours behind it, and our instances by style."""
    definition = 1 + max(
        (whole(each, "abstractNumId") for each in root.iterfind(name("abstractNum"))), default=0
    )
    number = 1 + max((whole(each, "numId") for each in root.iterfind(name("num"))), default=0)
    levels: dict[tuple[ListOf, int], Level] = {}
    numbers: dict[str, int] = {}
    for index, kind in enumerate(LISTS):
        _insert(
            root,
            _definition(definition + index, kind, own, theme),
            instance(number + index, definition + index),
        )
        for level, style in enumerate(kind.styles):
            known = counted(root, sheet, own[style]) if style in own else None
            lent = Level(definition + index, number + index, level, style not in own)
            levels[kind, level] = known or lent
            numbers[style] = number + index
    last = len(LISTS)
    _insert(root, _sections(definition + last), instance(number + last, definition + last))
    numbers[SECTIONS] = number + last
    return Numbering(root, levels), numbers


def counted(root: Element, sheet: Stylesheet, key: str) -> Level | None:
    """How the reference itself numbers a style; None where it shows no number or marker."""
    known = sheet.numbering(key)
    if known is None:
        return None
    listed, level = known
    held = root.find(f"{name('num')}[@{name('numId')}='{listed}']/{name('abstractNumId')}")
    definition = whole(held)
    at = f"{name('abstractNum')}[@{name('abstractNumId')}='{definition}']/{name('lvl')}"
    shown = root.find(f"{at}[@{name('ilvl')}='{level}']/{name('numFmt')}")
    if shown is None or shown.get(name("val")) == "none":
        return None
    return Level(definition, listed, level)


def _insert(root: Element, definition: Element, number: Element) -> None:
    """Add a definition before the first instance, and its instance behind the last."""
    first = root.find(name("num"))
    if first is None:
        root.append(definition)
    else:
        first.addprevious(definition)
    root.append(number)
    cleanup = root.find(name("numIdMacAtCleanup"))
    if cleanup is not None:
        root.append(cleanup)


def _definition(number: int, kind: ListOf, own: Mapping[str, str], theme: Theme) -> Element:
    several = "hybridMultilevel" if len(kind.styles) > 1 else "singleLevel"
    levels = (_level(level, style, kind, own, theme) for level, style in enumerate(kind.styles))
    return w("abstractNum", w("multiLevelType", val=several), *levels, abstractNumId=number)


def _level(level: int, style: str, kind: ListOf, own: Mapping[str, str], theme: Theme) -> Element:
    step = theme.number("type.body.size") * 1.6 * 25.4 / 72
    placed = w("pPr", w("ind", left=dxa(step * (level + 1)), hanging=dxa(step)))
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val="decimal" if kind.ordered else "bullet"),
        None if style in own else w("pStyle", val=style_id(style)),
        w("suff", val="space") if kind.boxed else None,
        w("lvlText", val=f"%{level + 1}." if kind.ordered else "–"),
        w("lvlJc", val="left"),
        placed if style in own and not kind.boxed else None,
        ilvl=level,
    )


def _sections(number: int) -> Element:
    level = w(
        "lvl",
        w("start", val=1),
        w("numFmt", val="decimal"),
        w("suff", val="space"),
        w("lvlText", val="%1"),
        w("lvlJc", val="left"),
        ilvl=0,
    )
    return w("abstractNum", w("multiLevelType", val="singleLevel"), level, abstractNumId=number)


def lists_of(style: str) -> Iterator[ListOf]:
    """The kinds of lists that one of our styles belongs to."""
    return (kind for kind in LISTS if style in kind.styles)
