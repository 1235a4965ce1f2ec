"""Tokens to the document's theme, which charts and Word's own menus take colours and fonts from.

ECMA-376 part 1, 20.1.6.9.  What a person adds to the document then fits in: the palettes show
the tokens' colours, and shapes come flat, without gradients and shadows.
"""

from __future__ import annotations

from lxml import etree

from reports.themes import Theme
from reports.write.docx.xml import Element

_SPACE = "http://schemas.openxmlformats.org/drawingml/2006/main"
COLOURS = {  # the twelve slots in the schema's order, by tokens
    "dk1": "colours.ink",
    "lt1": "colours.paper",
    "dk2": "colours.ink2",
    "lt2": "colours.tint",
    "accent1": "colours.norge",
    "accent2": "colours.danmark",
    "accent3": "chart.palette.2",
    "accent4": "chart.palette.3",
    "accent5": "colours.norge_tint",
    "accent6": "colours.danmark_tint",
    "hlink": "colours.norge",
    "folHlink": "colours.danmark_text",
}
_FONTS = {"majorFont": "type.h1.word", "minorFont": "type.chart.word"}
_WIDTHS = ("thin", "heavy", "country")  # of lines: subtle, moderate, intense


def office_theme(theme: Theme) -> Element:
    """The theme part of a document."""
    colours = (_a(slot, _a("srgbClr", val=theme.text(path)[1:])) for slot, path in COLOURS.items())
    fonts = (_font(tag, theme.text(path)) for tag, path in _FONTS.items())
    elements = _a(
        "themeElements",
        _a("clrScheme", *colours, name="Kildefast"),
        _a("fontScheme", *fonts, name="Kildefast"),
        _formats(theme),
    )
    return _a("theme", elements, name="Kildefast")


def _font(tag: str, face: str) -> Element:
    others = (_a(name, typeface="") for name in ("ea", "cs"))
    return _a(tag, _a("latin", typeface=face), *others)


def _formats(theme: Theme) -> Element:
    """Three fills, lines, effects and grounds, as the schema asks: all flat."""
    widths = [round(theme.number(f"rules_pt.{name}") * 12700) for name in _WIDTHS]
    return _a(
        "fmtScheme",
        _a("fillStyleLst", *(_flat() for _ in range(3))),
        _a("lnStyleLst", *(_a("ln", _flat(), w=str(width)) for width in widths)),
        _a("effectStyleLst", *(_a("effectStyle", _a("effectLst")) for _ in range(3))),
        _a("bgFillStyleLst", *(_flat() for _ in range(3))),
        name="Kildefast",
    )


def _flat() -> Element:
    return _a("solidFill", _a("schemeClr", val="phClr"))


def _a(tag: str, *children: Element, **attributes: str) -> Element:
    element = etree.Element(f"{{{_SPACE}}}{tag}", attributes, {"a": _SPACE})
    element.extend(children)
    return element
