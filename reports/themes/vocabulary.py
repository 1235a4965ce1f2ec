"""The tokens that a theme may set, and what each may hold.

A token that is read somewhere stands here, and the other way round; a test compares them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import MappingProxyType

# Families that both Windows and macOS have, with or without Word: what stands in for a font of
# the theme where that is not installed.
ON_WINDOWS_AND_MAC = (
    "Arial",
    "Calibri",
    "Cambria",
    "Georgia",
    "Tahoma",
    "Times New Roman",
    "Trebuchet MS",
    "Verdana",
)
NOTE_COLUMNS = 5  # mark, figure, speaker, as-of, source
META_COLUMNS = 4


@dataclass(frozen=True)
class Kind:
    """What a token may hold: `fits` judges its text, `expected` says it in words."""

    expected: str
    fits: Callable[[str], object]
    required: bool = True


def number_of(text: str) -> float:
    """The number that a token's text gives, NaN if it gives none."""
    return float(text) if re.fullmatch(r"-?[0-9]{1,4}(\.[0-9]{1,4})?", text) else math.nan


_ANY = Kind("a number such as -0.2", lambda text: not math.isnan(number_of(text)))
_NOT_NEGATIVE = Kind("a number from 0 to 1000", lambda text: 0 <= number_of(text) <= 1000)
_POSITIVE = Kind("a number above 0, to 1000", lambda text: 0 < number_of(text) <= 1000)
_COLOUR = Kind('a colour such as "#16202A"', re.compile(r"#[0-9A-Fa-f]{6}").fullmatch)
_COLOUR_OR_NAME = Kind(
    'a colour such as "#16202A" or the name of one',
    re.compile(r"#[0-9A-Fa-f]{6}|[a-z][a-z0-9_]*").fullmatch,
)
_WEIGHT = Kind("a weight such as 600, from 100 to 900", re.compile(r"[1-9]00").fullmatch)
_FONT = Kind("the name of a font below 'fonts'", re.compile(r"[a-z][a-z0-9-]*").fullmatch)
_FAMILY = Kind("a family's name, letters and digits", re.compile(r"[\w ]+").fullmatch)
_PACKAGE = Kind(
    "a package such as fontpkg-source-sans-3", re.compile(r"fontpkg-[a-z0-9-]+").fullmatch
)
_FILE = Kind("the name of a TTF or OTF file", re.compile(r"[^/\\]+\.(?i:[ot]tf)").fullmatch)
_LICENCE = Kind("who allows what, in 5 to 300 characters", re.compile(r".{5,300}").fullmatch)
_LOGO = Kind(
    "the name of an SVG, PNG or JPEG file beside this one",
    re.compile(r"[^/\\]+\.(?i:svg|png|jpe?g)").fullmatch,
)
_LOGO_HEIGHT = Kind("millimetres from 5 to 30", lambda text: 5 <= number_of(text) <= 30)
_LOGO_ALT = Kind("the words for the logo, without digits", re.compile(r"[^\d<>]{1,120}").fullmatch)
_SHEET = Kind("the name of a CSS file beside this one", re.compile(r"[^/\\]+\.(?i:css)").fullmatch)
_STAND_IN = Kind(
    f"a family that Windows and Mac have: {', '.join(ON_WINDOWS_AND_MAC)}",
    ON_WINDOWS_AND_MAC.__contains__,
)
_GENERIC = Kind("serif or sans-serif", ("serif", "sans-serif").__contains__)


def _optional(kind: Kind) -> Kind:
    return Kind(kind.expected, kind.fits, required=False)


def _tokens() -> Iterable[tuple[str, Kind]]:
    yield from _each("page.{}", "width_mm height_mm margin_first_top_mm", _POSITIVE)
    yield from _each("page.margin_mm.{}", "top right bottom left", _POSITIVE)
    yield from _each("page.running_head.{}", "gap_top_mm gap_bottom_mm", _POSITIVE)
    yield from _each("grid.{}", "side_mm gutter_mm", _POSITIVE)
    yield "grid.tint_bleed_mm", _NOT_NEGATIVE
    yield from _each("grid.note_columns.{}", range(NOTE_COLUMNS), _POSITIVE)
    yield from _each("grid.meta_columns.{}", range(META_COLUMNS), _POSITIVE)
    yield from _each("fonts.weights.{}", "regular strong", _WEIGHT)
    for name, needed in _TYPE.items():
        yield f"type.{name}.font", _FONT
        yield from _each(f"type.{name}.{{}}", "size line", _POSITIVE)
        yield from _each(f"type.{name}.{{}}", needed, _NOT_NEGATIVE)
        yield f"type.{name}.weight", _optional(_WEIGHT)
    yield from _each("type.{}.tracking", "title title_long", _ANY)
    yield from _each("type.chart.{}", "size label", _POSITIVE)
    yield "type.chart.font", _FONT
    yield from _each("type.mark.{}", "scale rise_em", _POSITIVE)
    yield "type.mark.font", _FONT
    yield "type.mark.weight", _optional(_WEIGHT)
    yield from _each("space_pt.{}", "hair s m l under", _POSITIVE)
    yield from _each("rules_pt.{}", "hair thin heavy country ask masthead", _POSITIVE)
    yield from _each("cell_pt.{}", "above below right", _NOT_NEGATIVE)
    yield from _each("cell_pt.{}", "meta_above meta_below meta_right", _NOT_NEGATIVE)
    yield from _each("colours.{}", _COLOURS, _COLOUR)
    yield from _each("dark.{}", _DARK, _COLOUR)
    yield from _each("chart.{}", "bar_pt gap_pt", _POSITIVE)
    yield from _each("chart.palette.{}", range(4), _COLOUR_OR_NAME)
    yield from _each("chart.hedge.dash_pt.{}", range(2), _POSITIVE)
    yield "chart.hedge.stroke_pt", _POSITIVE
    yield from _each("{}.brand", ("colours", "dark"), _optional(_COLOUR))
    yield "logo.file", _optional(_LOGO)
    yield "logo.height_mm", _optional(_LOGO_HEIGHT)
    yield "logo.alt", _optional(_LOGO_ALT)
    yield "css", _optional(_SHEET)


def _each(path: str, names: str | Iterable[int | str], kind: Kind) -> Iterable[tuple[str, Kind]]:
    words = names.split() if isinstance(names, str) else names
    return ((path.format(name), kind) for name in words)


# What each kind of text has beside font, size, line and weight.
_TYPE = {
    "title_long": "before right_mm",
    "title": "before",
    "lead": "before after",
    "h1": "before after pad",
    "h1_plain": "",
    "h2": "before after",
    "body": "after",
    "body_plain": "after",
    "quote": "before after",
    "number": "",
    "label": "",
    "caption": "pad",
    "base": "after",
    "box": "",
    "table": "",
    "meta": "pad",
    "note": "after pad",
    "note_short": "after pad",
    "running": "",
}
RUNNING = ("body", "body_plain", "lead", "quote", "base", "box", "table", "note", "note_short")
_COLOURS = "paper tint ink ink2 rule hair norge danmark danmark_text norge_tint danmark_tint"
_DARK = "paper ink ink2 tint rule norge"

TOKENS = MappingProxyType(dict(_tokens()))
FONT_TOKENS = MappingProxyType(
    {
        "family": _FAMILY,
        "package": _optional(_PACKAGE),
        "licence": _optional(_LICENCE),
        "regular": _FILE,
        "strong": _optional(_FILE),
        "italic": _optional(_FILE),
        "word": _optional(_FAMILY),
        "word_alt": _STAND_IN,
        "last": _STAND_IN,
        "generic": _GENERIC,
    }
)
AXIS = _ANY
