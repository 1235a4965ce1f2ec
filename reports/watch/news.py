"""What a watch tells, as it happens."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from reports.build.events import Event
from reports.problems import Problem


@dataclass(frozen=True)
class Saved:
    """Files were changed, made or deleted; all that is told next follows from that."""

    files: tuple[Path, ...]


@dataclass(frozen=True)
class Viewed:
    """The HTML of the edition in view is in place.

    `is_new` is false where it says what it said; `seconds` are from the save to the file.
    """

    edition: str
    file: Path
    is_new: bool
    seconds: float


@dataclass(frozen=True)
class Noticed:
    """Problems that weren't there before, or not in these places."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Mended:
    """Problems that are gone, and how many are left."""

    problems: tuple[Problem, ...]
    left: int


@dataclass(frozen=True)
class Settled:
    """All has been built that can be, as it was saved last; so many problems stop the rest."""

    stopping: int


@dataclass(frozen=True)
class Lost:
    """The process that builds what isn't in view ended by itself; the next save starts another."""

    exit_code: int | None


News: TypeAlias = "Saved | Viewed | Noticed | Mended | Settled | Lost | Event"
