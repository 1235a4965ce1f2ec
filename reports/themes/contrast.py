"""Colours against each other: what can be read on paper and screens, and told apart in grey."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, product
from pathlib import Path
from typing import TypeAlias

from reports.problems import Place, Problem
from reports.yaml import Scalar

TEXT = 4.5  # WCAG 2.2, success criterion 1.4.3, for text below 18 pt
SHAPE = 3.0  # WCAG 2.2, success criterion 1.4.11, for what a figure is understood by
STEP = 15.0  # of CIE L*: greys closer to each other look alike in a black-and-white print

_GROUNDS = ("paper", "tint")
_TEXTS = (
    *(f"colours.{name}" for name in ("ink", "ink2", "norge", "danmark_text", "brand")),
    *(f"dark.{name}" for name in ("ink", "ink2", "norge", "brand")),
)
_LABELS = (("colours.paper", "colours.ink"), ("colours.paper", "colours.norge"),
           ("colours.ink", "colours.danmark"), ("colours.paper", "chart.palette.2"))  # fmt: skip
_ON_PAPER = 3  # series that stand out from paper by themselves; the fourth has an outline of ink

_HINT = "move it further from the colour behind it, lighter or darker"
_Finding: TypeAlias = tuple[tuple[str, str], str, str]  # the tokens, what was found, a hint


def contrast_problems(entries: Mapping[str, Scalar], file: Path) -> Iterator[Problem]:
    """Each pair of colours that is too close, at the line that sets one of them in `file`.

    Pairs of which one is missing, or is no colour, are left out.
    """
    colours = _colours(entries)

    def at(*paths: str) -> Place:
        named = [path for path in entries if path.startswith("chart.palette.")]
        named = [path for path in named if f"colours.{entries[path].text}" in paths]
        own = (path for path in (*paths, *named) if entries[path].file == file)
        return entries[next(own, paths[0])].place

    for found in (_faint(colours), _alike(colours, entries)):
        yield from (Problem(at(*paths), what, hint) for paths, what, hint in found)


def _faint(colours: Mapping[str, str]) -> Iterator[_Finding]:
    """Texts that can't be read on their grounds."""
    for text, ground in _pairs():
        if {text, ground} <= colours.keys():
            ratio = contrast(colours[text], colours[ground])
            if ratio < TEXT:
                what = f"'{text}' has contrast {_cut(ratio)} on '{ground}'; text needs {TEXT}"
                yield (text, ground), what, _HINT


def _alike(colours: Mapping[str, str], entries: Mapping[str, Scalar]) -> Iterator[_Finding]:
    """Series of charts that look like the paper, or in grey print like each other."""
    series, paper = _series(entries), "colours.paper"
    for path in series[:_ON_PAPER]:
        if {path, paper} <= colours.keys():
            ratio = contrast(colours[path], colours[paper])
            if ratio < SHAPE:
                what = f"'{path}' has contrast {_cut(ratio)} on '{paper}'; charts need {SHAPE:g}"
                yield (path, paper), what, _HINT
    for one, other in combinations(filter(colours.__contains__, series), 2):
        step = abs(lightness(colours[one]) - lightness(colours[other]))
        if step < STEP:
            difference = f"'{one}' and '{other}' differ by {_cut(step)} in lightness"
            hint = "in grey print they look alike; make one lighter"
            yield (other, one), f"{difference}; charts need {STEP:g}", hint


def contrast(one: str, other: str) -> float:
    """The ratio of two colours "#RRGGBB", from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """How light "#RRGGBB" is, from 0 to 1 (WCAG 2.2, "relative luminance")."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def lightness(colour: str) -> float:
    """CIE L* of "#RRGGBB", from 0 to 100 (CIE 15:2018, 8.2.1): its grey in a print without colour."""
    share = luminance(colour)
    return 116 * share ** (1 / 3) - 16 if share > (6 / 29) ** 3 else share * (29 / 3) ** 3


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def _cut(number: float) -> str:
    """Two decimals, never rounded up to a limit that was missed."""
    return f"{int(number * 100) / 100:.2f}"


def _pairs() -> Iterator[tuple[str, str]]:
    for text, ground in product(_TEXTS, _GROUNDS):
        yield text, f"{text.partition('.')[0]}.{ground}"
    yield from _LABELS


def _series(entries: Mapping[str, Scalar]) -> list[str]:
    """The paths of the colours of a chart's series; some have a name of their own."""
    palette = [path for path in entries if path.startswith("chart.palette.")]
    named = {path: f"colours.{entries[path].text}" for path in palette}
    return [named[path] if named[path] in entries else path for path in palette]


def _colours(entries: Mapping[str, Scalar]) -> dict[str, str]:
    groups = ("colours.", "dark.", "chart.palette.")
    found = {path: entry.text for path, entry in entries.items() if path.startswith(groups)}
    return {path: text for path, text in found.items() if text.startswith("#")}
