"""What the process in view asks of the one beside it, and what that answers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reports.problems import Place, Problem, ReportError
from reports.watch.choice import Choice


@dataclass(frozen=True)
class Job:
    """What a watch is for: which editions of which workspace, and where to.

    `jobs` is how many processes write what isn't in view, None for one a core.
    """

    root: Path
    choice: Choice
    out: Path
    jobs: int | None


@dataclass(frozen=True)
class Order:
    """Build the edition of that name, then all."""

    number: int
    first: str
    job: Job


@dataclass(frozen=True)
class Ready:
    """The process listens."""


@dataclass(frozen=True)
class Outcome:
    """What a build of the edition in view, or else of all, found."""

    is_of_all: bool
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Done:
    """An order was carried out, or given up."""


def problems_of(error: ReportError | OSError, root: Path) -> tuple[Problem, ...]:
    """What an error says to an author; files may come and go while they are read."""
    if isinstance(error, ReportError):
        return error.problems
    place = Place(Path(error.filename)) if isinstance(error.filename, str) else Place(root)
    return (Problem(place, f"can't be used: {(error.strerror or str(error)).lower()}"),)
