"""What a chart is measured with: the theme's lengths in points, and the width of a text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from reports.fonts import text_width
from reports.themes import Theme

Lines: TypeAlias = tuple[str, ...]


@dataclass(frozen=True)
class Type:
    """One size of text of one cut, and the height of a line, in points."""

    font: Path
    size: float
    line: float

    def width(self, lines: Lines) -> float:
        return max(text_width(line, self.font, self.size) for line in lines)

    def height(self, lines: Lines) -> float:
        return len(lines) * self.line

    def wrapped(self, text: str, room: float) -> Lines:
        """The text in as few lines as `room` allows, broken at plain spaces only.

        No-break spaces hold a figure and its unit together.  A word wider than the room is
        cut with a hyphen.
        """
        lines = [""]
        for word in text.split(" "):
            longer = f"{lines[-1]} {word}".lstrip()
            if self._fits(longer, room):
                lines[-1] = longer
            else:
                lines += self._pieces(word, room)
        return tuple(filter(None, lines)) or ("",)

    def balanced(self, text: str, room: float) -> Lines:
        """As `wrapped`, in lines of about the same length, so that no word is left alone."""
        best = self.wrapped(text, room)
        least, most = self.width(best) / 2, room
        while len(best) > 1 and most - least > 1:
            middle = (least + most) / 2
            tried = self.wrapped(text, middle)
            if len(tried) > len(best):
                least = middle
            else:
                best, most = tried, middle
        return best

    def _pieces(self, word: str, room: float) -> list[str]:
        pieces = []
        while not self._fits(word, room):
            cuts = range(2, len(word))
            cut = max((n for n in cuts if self._fits(f"{word[:n]}-", room)), default=1)
            pieces.append(f"{word[:cut]}-")
            word = word[cut:]
        return [*pieces, word]

    def _fits(self, line: str, room: float) -> bool:
        return text_width(line, self.font, self.size) <= room


@dataclass(frozen=True)
class Pen:
    """The theme, and the regular and semibold cut of the typeface of its charts."""

    theme: Theme
    regular: Path
    semibold: Path

    def pt(self, path: str) -> float:
        return self.theme.number(path)

    @property
    def plot(self) -> float:
        """Width of the plot."""
        return self.pt("chart.width_pt")

    @property
    def side(self) -> float:
        """Width of the column left of the plot, where names hang."""
        return self.pt("chart.label_width_pt")

    @property
    def gap(self) -> float:
        """Distance of a value label from its mark."""
        return self.pt("space_pt.m")

    @property
    def edge(self) -> float:
        return self.pt("space_pt.s")

    @property
    def name(self) -> Type:
        """Names of marks and dates."""
        return Type(self.regular, self.pt("type.chart.size"), self.pt("type.base.line"))

    @property
    def group(self) -> Type:
        """What stands over a group of bars."""
        return Type(self.semibold, self.pt("type.chart.size"), self.pt("type.base.line"))

    @property
    def value(self) -> Type:
        """Value labels."""
        return Type(self.semibold, self.pt("type.chart.label"), self.pt("type.label.line"))

    @property
    def share(self) -> Type:
        """What stands over a hundred squares: its figure."""
        return Type(self.semibold, self.pt("type.lead.size"), self.pt("type.lead.line"))

    @property
    def share_of(self) -> Type:
        """What stands over a hundred squares: of whom."""
        return Type(self.regular, self.pt("type.chart.label"), self.pt("type.label.line"))
