"""Charts as values and labels, before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

Series: TypeAlias = Literal["norway", "denmark", "other"]


@dataclass(frozen=True)
class Mark:
    """One value of a chart; `high` is the upper end of a range, and `text` its label.

    `approximate` marks a hedged, inferred or ranged value, drawn dashed with a pale fill.
    """

    fact: str
    label: str
    value: Decimal
    text: str
    series: Series
    approximate: bool = False
    high: Decimal | None = None


@dataclass(frozen=True)
class BarChart:
    """One bar a mark, from zero.  `whole` is the end of the pale track, 100 for shares."""

    marks: tuple[Mark, ...]
    whole: Decimal | None


@dataclass(frozen=True)
class SlopeChart:
    """One line of one measure between two dates; a mark's label is its date."""

    name: str
    start: Mark
    end: Mark


@dataclass(frozen=True)
class SquaresChart:
    """Each share as so many of a hundred squares, ten to a row."""

    marks: tuple[Mark, ...]


Chart: TypeAlias = BarChart | SlopeChart | SquaresChart
