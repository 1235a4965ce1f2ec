"""Tokens to looks: one file of measures and colours for print sheet, Word styles and charts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from reports.problems import Place, Problem, ReportError
from reports.yaml import Mapping, Node, Scalar, Sequence, read_yaml

# The columns of a table of notes in mm: mark, figure, speaker, as-of, source.
NOTE_COLUMNS = (10, 62, 42, 36, 18)
_USE = re.compile(r"token\(([a-z0-9_.]+)\)")


class Layout(Enum):
    """The ways in which a theme lays a document out."""

    MEMO = "memo"  # two pages, notes as lines, unnumbered sections
    REPORT = "report"  # long: numbered sections, contents, notes as a table
    PLAIN = "plain"  # larger type, for anyone


@dataclass(frozen=True)
class Theme:
    """The tokens of one theme, by dotted path: `page.margin_mm.left`, `colours.ink`."""

    file: Path
    tokens: dict[str, str]

    def text(self, path: str) -> str:
        """The token as text; raises ReportError at the theme's file if there is none."""
        if path not in self.tokens:
            what = f"token '{path}' is missing"
            hint = "copy it from templates/themes/default/tokens.yaml"
            raise ReportError(Problem(Place(self.file), what, hint))
        return self.tokens[path]

    def number(self, path: str) -> float:
        """The token as a number, in the unit that its path names."""
        try:
            return float(self.text(path))
        except ValueError:
            what = f"token '{path}' is '{self.text(path)}', not a number"
            raise ReportError(Problem(Place(self.file), what)) from None

    def colour(self, name: str) -> str:
        """A colour as "#RRGGBB"."""
        return self.text(f"colours.{name}.hex")

    def has(self, path: str) -> bool:
        """Whether the theme sets this token, for those that may be left out."""
        return path in self.tokens

    def fill(self, sheet: str) -> str:
        """A style sheet with each `token(path)` replaced by its value."""
        return _USE.sub(lambda use: self.text(use[1]), sheet)


def load_theme(file: Path) -> Theme:
    """The theme of a tokens file; raises ReportError if it can't be read."""
    return Theme(file, dict(_flat("", read_yaml(file))))


def _flat(path: str, node: Node) -> list[tuple[str, str]]:
    match node:
        case Scalar(text):
            return [(path, text)]
        case Sequence(items):
            named = [(str(index), item) for index, item in enumerate(items)]
        case Mapping(entries):
            named = list(entries.items())
    return [pair for key, value in named for pair in _flat(f"{path}.{key}" if path else key, value)]
