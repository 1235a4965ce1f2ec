"""What happens during a build, told to whoever shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:  # who shows a build with nothing to do needs no more than these classes
    from reports.audiences import Format
    from reports.problems import Problem


@dataclass(frozen=True)
class Waiting:
    """Another build holds the workspace; `holder` says which, in words."""

    holder: str


@dataclass(frozen=True)
class Planned:
    """What is to be made sure of: so many editions, so many outputs."""

    editions: int
    outputs: int


@dataclass(frozen=True)
class Composed:
    """An edition's document stands; `reason` is why it was made anew, "" where it was kept."""

    edition: str
    reason: str


@dataclass(frozen=True)
class Started:
    """A worker began to write an edition in these formats."""

    edition: str
    formats: tuple[Format, ...]


@dataclass(frozen=True)
class Ready:
    """A worker is done with these formats, which wait to be put in place or have failed."""

    edition: str
    formats: tuple[Format, ...]


@dataclass(frozen=True)
class Written:
    """An output is in place: written anew in `seconds` for its edition, or kept as it was.

    `reason` is why it was written or, where `kept` is true, what has changed without effect on
    it, "" for nothing.
    """

    edition: str
    format: Format
    file: str
    kept: bool
    reason: str
    seconds: float


@dataclass(frozen=True)
class Failed:
    """An edition has no output in these formats; what was there before stays."""

    edition: str
    formats: tuple[Format, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Found:
    """What was found in the whole build, each problem once, those of outputs that failed, too.

    It is told last but one, so that a person has it in view at the end.
    """

    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Finished:
    """The build is over: outputs written anew, kept, and failed, in `seconds`.

    `workers` is how many outputs were written at a time, 0 where none was; `peak_mb` is the
    most memory that one worker took, in MB.
    """

    written: int
    kept: int
    failed: int
    seconds: float
    workers: int
    peak_mb: int


Event: TypeAlias = (
    "Waiting | Planned | Composed | Started | Ready | Written | Failed | Found | Finished"
)
