"""What a theme's own style sheet may set: named blocks of the page, in closed lists.

What would hide or cover a note, a source, a caveat or the status, print a word or a number that
no fact says, or fetch a file, is no look; nor is a colour that nobody has judged: colours are
tokens.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from reports.themes.vocabulary import Kind


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split())


BLOCKS = _listed(
    """
    h1 h2 h3 p ul ol li dl dt dd blockquote figure figcaption table caption thead tbody tr th td nav
    .cover .masthead .lead .meta .summary .decision .caveat .assessment .entry .figures
    .notes .sources .remark .made
    """
)
# What may have a ground: it covers nothing but itself, wherever it stands.
GROUNDED = _listed(
    """
    .masthead .meta .summary .decision .caveat .assessment .entry
    blockquote table thead tbody tr th td nav
    """
)
LAYOUTS = (".memo", ".report", ".plain")
AROUND = (*LAYOUTS, "main", ".end", ".box")
STATES = ("first-child", "last-child", "first-of-type", "last-of-type")
_POINTS = {"pt": 1.0, "mm": 72 / 25.4}
_LENGTH = re.compile(r"(\d*\.?\d+)(pt|mm)|0")
_TEXT = ("ink", "ink2", "norge", "brand")  # judged on both grounds, on paper and in the dark
_GROUND = ("paper", "tint")
_LINE = (*_TEXT, "rule", "hair", "danmark")


@dataclass(frozen=True)
class Look:
    """One rule of a theme's own sheet: its selectors, and what it sets by name."""

    selectors: tuple[str, ...]
    sets: tuple[tuple[str, str], ...]


def _length(most_pt: float) -> Kind:
    def fits(text: str) -> bool:
        found = _LENGTH.fullmatch(text)
        points = float(found[1]) * _POINTS[found[2]] if found and found[1] else 0
        return bool(found) and points <= most_pt

    return Kind(f"a length in pt or mm, from 0 to {most_pt:g}pt", fits)


def _colour(names: Sequence[str]) -> Kind:
    known = [f"token(colours.{name})" for name in names]
    return Kind(f"{', '.join(known[:-1])} or {known[-1]}", known.__contains__)


def _words(*known: str, count: int = 1) -> Kind:
    def fits(text: str) -> bool:
        return 0 < len(text.split()) <= count and set(text.split()) <= set(known)

    return Kind(f"{', '.join(known[:-1])} or {known[-1]}", fits)


def _line() -> Kind:
    width, colour = _length(6), _colour(_LINE)
    styles = ("solid", "dashed", "dotted", "double")

    def fits(text: str) -> bool:
        parts = text.split()
        return text == "none" or (
            len(parts) == 3
            and bool(width.fits(parts[0]))
            and parts[1] in styles
            and bool(colour.fits(parts[2]))
        )

    return Kind("none, or a line such as 1pt solid token(colours.norge)", fits)


_SIDES = ("top", "right", "bottom", "left")
PROPERTIES: Mapping[str, Kind] = MappingProxyType(
    {
        "color": _colour(_TEXT),
        "background-color": _colour(_GROUND),
        **dict.fromkeys(("border", *(f"border-{side}" for side in _SIDES)), _line()),
        "border-radius": _length(12),
        # At the sides labels hang in their padding, and would lie on the text or off the page.
        **dict.fromkeys(("padding-top", "padding-bottom"), _length(18)),
        **dict.fromkeys(("margin-top", "margin-bottom"), _length(60)),
        "letter-spacing": _length(1),
        "text-align": _words("left", "right", "center", "justify"),
        "font-variant-numeric": _words(
            "normal", "lining-nums", "oldstyle-nums", "tabular-nums", "proportional-nums", count=2
        ),
        "break-before": _words("auto", "avoid", "page"),
        **dict.fromkeys(("break-after", "break-inside"), _words("auto", "avoid")),
    }
)
