"""Tokens to looks: one file of measures, colours and fonts for print sheet, Word and charts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TypeVar

from reports.problems import Place, Problem, ReportError, suggest
from reports.themes.contrast import contrast_problems
from reports.themes.derived import WEIGHT_NAMES, derived, fonts_of_texts, upright_weights
from reports.themes.files import theme_file
from reports.themes.logo import Logo, logo_problems, read_logo
from reports.themes.looks import LAYOUTS, Look
from reports.themes.reading import read_tokens
from reports.themes.word import WordReference, word_reference
from reports.yaml import Scalar

__all__ = [
    "LAYOUTS",
    "WEIGHT_NAMES",
    "Layout",
    "Logo",
    "Look",
    "Theme",
    "WordReference",
    "load_theme",
    "logo_problems",
    "theme_file",
]

_Read = TypeVar("_Read")
_USE = re.compile(r"token\(([a-z0-9_.-]+)\)")


class Layout(Enum):
    """The ways in which a theme lays a document out."""

    MEMO = "memo"  # two pages, notes as lines, unnumbered sections
    REPORT = "report"  # long: numbered sections, contents, notes as a table
    PLAIN = "plain"  # larger type, for anyone


@dataclass(frozen=True)
class Theme:
    """The tokens of one theme, by dotted path: `page.margin_mm.left`, `colours.ink`.

    `tokens` holds those that follow from others too; `places` tells where each of the others
    is set, in this theme's file or in that of the theme it builds on.  `logo` and `looks` are
    what the files beside it hold: the organisation's mark, and additions to the style sheets.
    """

    file: Path
    tokens: Mapping[str, str]
    places: Mapping[str, Place]
    logo: Logo | None = None
    looks: tuple[Look, ...] = ()

    def text(self, path: str) -> str:
        """The token as text; raises ReportError at the theme's file if there is none."""
        if path not in self.tokens:
            what = f"token '{path}' is missing"
            raise ReportError(Problem(Place(self.file), what, suggest(path, self.tokens)))
        return self.tokens[path]

    def number(self, path: str) -> float:
        """The token as a number, in the unit that its path names."""
        return float(self.text(path))

    def numbers(self, path: str) -> tuple[float, ...]:
        """A list of numbers."""
        return tuple(self.number(f"{path}.{index}") for index in self.below(path))

    def colour(self, name: str) -> str:
        """A colour as "#RRGGBB"."""
        return self.text(f"colours.{name}")

    def bold(self, text: str) -> bool:
        """Whether Word must set a kind of text in bold to get the weight of `type.<text>`.

        Word knows only regular and bold: what is heavier than the family's first weight is
        bold, and a family that has one weight only is named by it.
        """
        first = self.number(f"fonts.{self.text(f'type.{text}.font')}.first_weight")
        return self.number(f"type.{text}.weight") > first

    def has(self, path: str) -> bool:
        """Whether the theme sets this token, for those that may be left out."""
        return path in self.tokens

    def place(self, path: str) -> Place:
        """Where a token is set; the file as a whole for one that isn't."""
        return self.places.get(path, Place(self.file))

    def below(self, path: str) -> tuple[str, ...]:
        """The names of the tokens right below a path."""
        start = f"{path}."
        return tuple(token[len(start) :] for token in self.tokens if token.startswith(start))

    @property
    def fonts(self) -> tuple[str, ...]:
        """The names of the fonts that some kind of text is set in, each once."""
        return tuple(sorted(set(fonts_of_texts(self.tokens).values())))

    @property
    def word(self) -> WordReference | None:
        """The Word file that stands in for our own styles and page; None where none is named."""
        return word_reference(self.tokens, self.places)

    def weights(self, font: str) -> tuple[int, ...]:
        """The weights in which a font is needed upright, lightest first."""
        return upright_weights(font, self.tokens)

    def fill(self, sheet: str) -> str:
        """A style sheet with each `token(path)` replaced by its value."""
        return _USE.sub(lambda use: self.text(use[1]), sheet)


def load_theme(file: Path) -> Theme:
    """The theme of a tokens file, with the files beside it and what it takes from its base.

    Raises ReportError with every fault at once: what can't be read, names that no token has,
    tokens that are missing or hold the wrong kind, colours that are too close to each other.
    """
    problems: list[Problem] = []
    entries = read_tokens(file, problems)
    problems += contrast_problems(entries, file)
    if problems:
        raise ReportError(*sorted(set(problems)))
    tokens = derived({path: entry.text for path, entry in entries.items()})
    logo = _heard(lambda: read_logo(entries, float(tokens["grid.text_width_mm"])), problems)
    looks = _heard(lambda: _looks(entries), problems)
    if problems:
        raise ReportError(*sorted(set(problems)))
    if logo:
        tokens["logo.width_mm"] = f"{logo.width_mm:g}"
    places = {path: entry.place for path, entry in entries.items()}
    return Theme(file, tokens, places, logo, looks or ())


def _looks(entries: Mapping[str, Scalar]) -> tuple[Look, ...]:
    if "css" not in entries:
        return ()
    from reports.themes.additions import read_additions  # with a parser that few themes need

    return read_additions(entries)


def _heard(step: Callable[[], _Read], problems: list[Problem]) -> _Read | None:
    """What a step gives; None where it raised problems, which are added."""
    try:
        return step()
    except ReportError as error:
        problems += error.problems
        return None
