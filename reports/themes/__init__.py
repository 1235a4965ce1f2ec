"""Tokens to looks: one file of measures, colours and fonts for print sheet, Word and charts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from reports.problems import Place, Problem, ReportError, suggest
from reports.themes.contrast import contrast_problems
from reports.themes.derived import WEIGHT_NAMES, derived, fonts_of_texts, upright_weights
from reports.themes.reading import read_tokens

__all__ = ["WEIGHT_NAMES", "Layout", "Theme", "load_theme"]

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
    is set, in this theme's file or in that of the theme it builds on.
    """

    file: Path
    tokens: Mapping[str, str]
    places: Mapping[str, Place]

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

    def weights(self, font: str) -> tuple[int, ...]:
        """The weights in which a font is needed upright, lightest first."""
        return upright_weights(font, self.tokens)

    def fill(self, sheet: str) -> str:
        """A style sheet with each `token(path)` replaced by its value."""
        return _USE.sub(lambda use: self.text(use[1]), sheet)


def load_theme(file: Path) -> Theme:
    """The theme of a tokens file, with what it takes from the theme it builds on.

    Raises ReportError with every fault at once: what can't be read, names that no token has,
    tokens that are missing or hold the wrong kind, colours that are too close to each other.
    """
    problems: list[Problem] = []
    entries = read_tokens(file, problems)
    problems += contrast_problems(entries, file)
    if problems:
        raise ReportError(*sorted(set(problems)))
    return Theme(
        file,
        derived({path: entry.text for path, entry in entries.items()}),
        {path: entry.place for path, entry in entries.items()},
    )
