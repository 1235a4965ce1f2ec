"""What the store holds: sources, the people who speak, and facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import total_ordering
from typing import TypeAlias

from reports.problems import Place


@total_ordering
class Access(Enum):
    """Who may see a fact; each level includes those before it."""

    PUBLIC = "public"
    INTERNAL = "internal"
    RESTRICTED = "restricted"

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Access):
            return NotImplemented
        order = list(Access)
        return order.index(self) < order.index(other)


class Standing(Enum):
    """How firm a fact is."""

    ESTABLISHED = "established"
    REPORTED = "reported"
    OPINION = "opinion"
    FORECAST = "forecast"
    PLAN = "plan"
    WISH = "wish"
    HEARSAY = "hearsay"


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


DURATIONS = (Unit.HOUR, Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.YEAR)
SIGNS = (Unit.PERCENT, Unit.NOK)  # written with a sign, which takes digits
UNBASED = (Unit.DATE, Unit.RANK)  # a date or a rank is of no population


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
        season_month = {21: 3, 22: 6, 23: 9, 24: 12}.get(self.season or 0, 0)
        return (self.year or 0, self.month or season_month, self.day or 0)


Value: TypeAlias = Number | Range | Part | When


@dataclass(frozen=True)
class AsOf:
    """When a fact holds: no date at all (`when` is None), a printed one, or an inferred one.

    `inferred` is the id of the reason, "" for a date that the source prints.
    """

    when: When | None
    inferred: str = ""


@dataclass(frozen=True)
class Measure:
    unit: Unit
    name: dict[str, str]


@dataclass(frozen=True)
class Location:
    """A place that facts are about; `inside` is the id of the place it lies in, or ""."""

    name: dict[str, str]
    inside: str


@dataclass(frozen=True)
class Author:
    family: str
    given: str


@dataclass(frozen=True)
class Source:
    """A text that facts come from, with the fields of a CSL-JSON item under their names.

    Fields that the text doesn't print are "", and `issued` then holds no date.  `text` is
    the file name of its text in the evidence folder.
    """

    id: str
    type: str
    title: str
    author: tuple[Author, ...]
    publisher: str
    container_title: str
    url: str
    issued: AsOf
    nature: dict[str, str]
    interest: dict[str, str]
    text: str
    declared: Place


@dataclass(frozen=True)
class Speaker:
    """A person or body that says things, with role and organisation as of the text."""

    name: dict[str, str]
    role: dict[str, str]
    organisation: dict[str, str]


@dataclass(frozen=True)
class Figure:
    """A value with what it measures and among whom; `among` is "" for dates and ranks."""

    value: Value
    measure: str
    among: str
    qualifier: Qualifier


@dataclass(frozen=True)
class Fact:
    """One checkable statement; `statement` maps a language to a sentence with `{figure}`."""

    id: str
    theme: str
    place: str
    statement: dict[str, str]
    figure: Figure | None
    as_of: AsOf
    said_by: str
    standing: Standing
    source: str
    paragraph: int
    printed: str
    recorded: date
    access: Access
    contradicts: tuple[str, ...]
    declared: Place

    @property
    def when(self) -> When | None:
        """The date for ordering: of the event where the fact dates one, else as-of."""
        if self.as_of.when is None and self.figure and isinstance(self.figure.value, When):
            return self.figure.value
        return self.as_of.when


@dataclass(frozen=True)
class Facts:
    """The store, or the part of it that an audience may see; mappings are by id.

    `hidden` tells the level of each fact that was left out for being above the audience's.
    """

    facts: dict[str, Fact]
    sources: dict[str, Source]
    people: dict[str, Speaker]
    measures: dict[str, Measure]
    populations: dict[str, dict[str, str]]
    themes: dict[str, dict[str, str]]
    places: dict[str, Location]
    inferences: dict[str, dict[str, str]]
    hidden: dict[str, Access]

    def visible_to(self, access: Access) -> Facts:
        """The store without the facts above that level."""
        seen = {id_: fact for id_, fact in self.facts.items() if fact.access <= access}
        hidden = {id_: fact.access for id_, fact in self.facts.items() if fact.access > access}
        return replace(self, facts=seen, hidden=hidden)

    def where(
        self, theme: str = "", place: str = "", speaker: str = "", standing: str = ""
    ) -> tuple[Fact, ...]:
        """The facts that match every given id, in the order of the files.

        A place matches the facts of every place inside it, too.
        """
        return tuple(
            fact
            for fact in self.facts.values()
            if theme in ("", fact.theme)
            and speaker in ("", fact.said_by)
            and standing in ("", fact.standing.value)
            and (not place or place in self.around(fact.place))
        )

    def around(self, place: str) -> tuple[str, ...]:
        """The place and those it lies in, from the inside out."""
        chain = [place]
        while (outer := self.places[chain[-1]].inside) and outer not in chain:
            chain.append(outer)
        return tuple(chain)

    def unit(self, fact: Fact) -> Unit | None:
        """The unit of the fact's figure; None where it has none."""
        return self.measures[fact.figure.measure].unit if fact.figure else None


def latest_recorded(facts: Iterable[Fact]) -> date | None:
    """The day the newest of these facts entered the store; None without facts."""
    return max((fact.recorded for fact in facts), default=None)
