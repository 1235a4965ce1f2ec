"""What the check of evidence tells: findings, excuses, and how much was checked."""

from __future__ import annotations

from dataclasses import dataclass

from reports.facts.ask.records import edtf
from reports.facts.quantities import Number, Part, Range, Value, When
from reports.problems import Place, Problem


@dataclass(frozen=True)
class Miss:
    """What a text doesn't confirm: the kind, what was found, and what it reads or to do there."""

    kind: str
    what: str
    hint: str


@dataclass(frozen=True)
class Finding:
    """A miss with whose it is: of a fact, of a source as such, or of a text for readers.

    `fact` and `source` are "" where it is of none, and `paragraph` is 0 where it is of no one.
    """

    place: Place
    fact: str
    source: str
    paragraph: int
    miss: Miss

    @property
    def problem(self) -> Problem:
        """The finding for a person to read."""
        of = f"fact '{self.fact}'" if self.fact else f"source '{self.source}'"
        what = f"{of}, {self.miss.kind}: {self.miss.what}" if self.source else self.miss.what
        return Problem(self.place, what, self.miss.hint)


@dataclass(frozen=True)
class Excuse:
    """A finding that its fact excuses, and the reason that the fact gives."""

    finding: Finding
    reason: str


@dataclass(frozen=True)
class Evidence:
    """What the check found, and how many facts, figures, dates and named speakers it checked.

    `unchecked` tells of each source that names no text, so that its facts can't be checked.
    """

    findings: tuple[Finding, ...]
    excuses: tuple[Excuse, ...]
    unchecked: tuple[Finding, ...]
    facts: int
    figures: int
    dates: int
    speakers: int


@dataclass(frozen=True)
class Said:
    """A text of ours for readers: where it is written, and in which language."""

    place: Place
    language: str
    text: str


def as_written(value: Value) -> str:
    """A value as a fact file has it: 62, 28 million, [10, 15], 8 of 10, XXXX-04-11."""
    match value:
        case Number(number, million):
            return f"{number}{' million' if million else ''}"
        case Range(low, high):
            return f"[{as_written(low)}, {as_written(high)}]"
        case Part(count, whole):
            return f"{count} of {whole}"
        case When():
            return edtf(value)
