"""What the store holds: sources, the people who speak, and facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import total_ordering

from reports.facts.quantities import AsOf, Figure, Measure, Unit, When
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
        return _LEVELS[self] < _LEVELS[other]


_LEVELS = {level: order for order, level in enumerate(Access)}


class Standing(Enum):
    """How firm a fact is."""

    ESTABLISHED = "established"
    REPORTED = "reported"
    OPINION = "opinion"
    FORECAST = "forecast"
    PLAN = "plan"
    WISH = "wish"
    HEARSAY = "hearsay"


class Operation(Enum):
    """How a figure follows from others.

    A difference is the first less the second, a change leads from the first to the second, a
    ratio is the first over the second, and a share says how much of the second the first is.
    """

    CHANGE = "change"
    DIFFERENCE = "difference"
    RATIO = "ratio"
    SHARE = "share"
    SUM = "sum"
    MEAN = "mean"


@dataclass(frozen=True)
class Derivation:
    """How a fact is computed from the facts `inputs`, in the order of the operation.

    `unit` is what a change is asked for in, None elsewhere; `step` is the declared rounding,
    such as 0.1 or 1000, None without one.  `because` says, by language, why figures of unlike
    measures, populations or dates are combined; it is empty where they are alike.  `measure`,
    `among`, `theme`, `place` and `source` are "" where the inputs' own are meant.  `access` is
    the level written in the fact's entry, None where it is to follow from the inputs.
    """

    operation: Operation
    inputs: tuple[str, ...]
    unit: Unit | None
    step: Decimal | None
    because: dict[str, str]
    measure: str
    among: str
    theme: str
    place: str
    source: str
    access: Access | None


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
    the file name of its text in the evidence folder, in `language`.  `voice` is the id of who
    speaks where the text quotes nobody, "" where that is nobody declared.  `other` has what else
    CSL tells of it, such as DOI, by CSL's names.
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
    language: str
    voice: str
    other: dict[str, str]
    declared: Place


@dataclass(frozen=True)
class Speaker:
    """A person or body that says things, with role and organisation as of the text.

    `known_as` are the words by which texts name them, where those aren't name or surname.
    """

    name: dict[str, str]
    role: dict[str, str]
    organisation: dict[str, str]
    known_as: tuple[str, ...]


@dataclass(frozen=True)
class Locator:
    """Where a source says it: the paragraph, from 1, and its own words for the figure.

    `excused` maps what the text can't confirm, such as "number" or "speaker", to the reason why
    it holds nevertheless.
    """

    paragraph: int
    printed: str
    excused: dict[str, str]


@dataclass(frozen=True)
class Fact:
    """One checkable statement; `statement` maps a language to a sentence with `{figure}`.

    A derived fact has a `derivation` and no locator, and its `statement` may be empty;
    `since` is the earlier date where it leads from one date to another.  `source` and
    `said_by` are those of its first input.  `lowered` is the reason why it may be seen by more
    people than its inputs.  `outranks` maps a conflicting fact to the reason, by language, why
    this one is to be preferred.
    """

    id: str
    theme: str
    place: str
    statement: dict[str, str]
    figure: Figure | None
    as_of: AsOf
    since: AsOf | None
    said_by: str
    standing: Standing
    source: str
    at: Locator
    recorded: date
    review_by: date | None
    valid_until: date | None
    supersedes: str
    access: Access
    lowered: str
    contradicts: tuple[str, ...]
    outranks: dict[str, dict[str, str]]
    derivation: Derivation | None
    declared: Place

    @property
    def when(self) -> When | None:
        """The date for ordering: of the event where the fact dates one, else as-of."""
        if self.as_of.when is None and self.figure and isinstance(self.figure.value, When):
            return self.figure.value
        return self.as_of.when


@dataclass(frozen=True)
class Subject:
    """What a row of a table is about.

    `names` are those that the table has columns for, by language; a declared place of the same
    id has its own.  `declared` is the cell that tells it.
    """

    id: str
    names: dict[str, str]
    declared: Place


@dataclass(frozen=True)
class Facts:
    """The store, or the part of it that an audience may see; mappings are by id.

    A fact is found under its own id, and in the store of an earlier day also under the ids of
    later versions.  `declared` is where the entries stand that facts are told with, by section;
    facts and sources hold their own places.  `columns` has where each column of figures is
    declared, under what stands before the @ in its facts' ids, and `rows` what each row is about,
    under its table, an @ and what follows it in them: of all rows, whoever may see their facts.
    `hidden` tells the level of each fact that was left
    out for being above the audience's, `unrecorded` the day of each that was not yet recorded,
    and `superseded` the version that each outdated fact gave way to.
    """

    facts: dict[str, Fact]
    sources: dict[str, Source]
    people: dict[str, Speaker]
    measures: dict[str, Measure]
    populations: dict[str, dict[str, str]]
    themes: dict[str, dict[str, str]]
    places: dict[str, Location]
    inferences: dict[str, dict[str, str]]
    declared: dict[str, dict[str, Place]]
    columns: dict[str, Place]
    rows: dict[str, Subject]
    hidden: dict[str, Access]
    unrecorded: dict[str, date]
    superseded: dict[str, str]

    def visible_to(self, access: Access) -> Facts:
        """The store without the facts above that level."""
        seen: dict[str, Fact] = {}
        hidden: dict[str, Access] = {}
        for id_, fact in self.facts.items():
            if fact.access <= access:
                seen[id_] = fact
            else:
                hidden[id_] = fact.access
        return replace(self, facts=seen, hidden=hidden)

    def where(
        self, theme: str = "", place: str = "", speaker: str = "", standing: str = ""
    ) -> tuple[Fact, ...]:
        """The facts from sources that match every given id, in the order of the files.

        A place matches the facts of every place inside it, too.  Superseded and derived facts
        match nothing: a list of what the sources say tells neither what was replaced nor what
        we computed.
        """
        return tuple(
            fact
            for id_, fact in self.facts.items()
            if id_ == fact.id
            and fact.derivation is None
            and fact.id not in self.superseded
            and theme in ("", fact.theme)
            and speaker in ("", fact.said_by)
            and standing in ("", fact.standing.value)
            and (not place or place in self.around(fact.place))
        )

    def subjects(self, table: str, access: Access) -> tuple[Subject, ...]:
        """What a table is about, in its order: each of which that level may see a fact."""
        seen = {_row_of(id_) for id_, fact in self.facts.items() if fact.access <= access}
        found: dict[str, Subject] = {}
        for row, subject in self.rows.items():
            if row in seen and row.startswith(f"{table}@"):
                found.setdefault(subject.id, subject)
        return tuple(found.values())

    def name_of(self, subject: Subject) -> dict[str, str]:
        """A subject's name by language; empty where nothing tells it."""
        place = self.places.get(subject.id)
        return subject.names or (place.name if place else {})

    def around(self, place: str) -> tuple[str, ...]:
        """The place and those it lies in, from the inside out."""
        chain = [place]
        while (outer := self.places[chain[-1]].inside) and outer not in chain:
            chain.append(outer)
        return tuple(chain)

    def unit(self, fact: Fact) -> Unit | None:
        """The unit of the fact's figure; None where it has none."""
        return self.measures[fact.figure.measure].unit if fact.figure else None

    def bases(self, ids: Iterable[str]) -> dict[str, Fact]:
        """The facts of these ids and all that they rest on, each once, by id."""
        return {each.id: each for id_ in ids for each in self.basis(self.facts[id_])}

    def basis(self, fact: Fact) -> tuple[Fact, ...]:
        """The fact and all that it is computed from, each before its own inputs.

        An input that this audience may not see is left out.
        """
        found: dict[str, Fact] = {}
        waiting = [fact]
        while waiting:
            each = waiting.pop()
            if each.id in found:
                continue
            found[each.id] = each
            inputs = each.derivation.inputs if each.derivation else ()
            waiting += [self.facts[id_] for id_ in reversed(inputs) if id_ in self.facts]
        return tuple(found.values())

    def roots(self, fact: Fact) -> tuple[Fact, ...]:
        """The facts from sources that a fact rests on: itself, or what it is computed from."""
        return tuple(each for each in self.basis(fact) if each.derivation is None)


def latest_recorded(facts: Iterable[Fact]) -> date | None:
    """The day the newest of these facts entered the store; None without facts."""
    return max((fact.recorded for fact in facts), default=None)


def _row_of(id_: str) -> str:
    """Under which key a table's fact has its row; another fact has a key of no row."""
    column, _, subject = id_.partition("@")
    return f"{column.partition('.')[0]}@{subject}"
