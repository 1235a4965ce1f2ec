"""Figures and dates: values with their precision, hedge, unit and what they measure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import TypeAlias


class Qualifier(Enum):
    """The hedge that belongs to a figure and is printed with it."""

    EXACT = "exact"
    ABOUT = "about"
    NEARLY = "nearly"
    OVER = "over"
    UNDER = "under"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    UP_TO = "up-to"
    RECORD = "record"


class Unit(Enum):
    PERCENT = "percent"
    PERCENTAGE_POINTS = "percentage-points"
    COUNT = "count"
    RANK = "rank"
    DATE = "date"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    NOK = "nok"
    TIMES = "times"


DURATIONS = (Unit.HOUR, Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.YEAR)
SIGNS = (Unit.PERCENT, Unit.NOK)  # written with a sign, which takes digits
UNBASED = (Unit.DATE, Unit.RANK)  # a date or a rank is of no population
SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}  # first and last month


@dataclass(frozen=True)
class Number:
    """A number with the source's own precision; `million` when it was written in millions."""

    value: Decimal
    million: bool = False

    @property
    def plain(self) -> Decimal:
        return self.value * 1_000_000 if self.million else self.value


@dataclass(frozen=True)
class Range:
    low: Number
    high: Number


@dataclass(frozen=True)
class Part:
    """So many of so many: eight of ten."""

    count: int
    whole: int


@dataclass(frozen=True)
class When:
    """A date with its precision, after EDTF (ISO 8601-2): `year` is None where not printed.

    `season` is 21 to 24, spring to winter.
    """

    year: int | None
    month: int | None = None
    day: int | None = None
    season: int | None = None

    def sort_key(self) -> tuple[int, int, int]:
        """Earlier dates first; a season sorts with its first full month."""
        season_month = SEASONS[self.season][0] if self.season else 0
        return (self.year or 0, self.month or season_month, self.day or 0)

    def before(self, other: When) -> bool:
        """Whether it surely lies before the other; never where a year is unknown."""
        if self.year is None or other.year is None:
            return False
        last = SEASONS[self.season][1] if self.season else self.month or 12
        end = (self.year + (last - 1) // 12, (last - 1) % 12 + 1, self.day or 31)
        first = SEASONS[other.season][0] if other.season else other.month or 1
        return end < (other.year, first, other.day or 1)


Value: TypeAlias = Number | Range | Part | When


UNTOLD = "-"  # no id that is written in a file


@dataclass(frozen=True)
class AsOf:
    """When a fact holds: no date at all (`when` is None), a printed one, or an inferred one.

    `inferred` is the id of the reason, "" for a date that the source prints; UNTOLD stands for
    a reason that a lowered fact may not tell.
    """

    when: When | None
    inferred: str = ""


@dataclass(frozen=True)
class Measure:
    unit: Unit
    name: dict[str, str]


@dataclass(frozen=True)
class Figure:
    """A value with what it measures and among whom; `among` is "" for dates and ranks.

    `step` is how fine a computed value is given, 0 for exactly; None where its digits say so.
    """

    value: Value
    measure: str
    among: str
    qualifier: Qualifier
    step: Decimal | None = None
