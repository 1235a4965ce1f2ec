"""What a build makes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reports.briefs import Edition, Format
from reports.budgets import Term
from reports.build.events import Finished
from reports.compose import Composed
from reports.document import Document
from reports.problems import Problem


@dataclass(frozen=True)
class Resolved:
    """An edition with its document in these formats, and what it was read from.

    An edition has one of them, unless its templates ask for the format: then one a format.
    `terms` are those of its audience's contract, all but the pages.
    """

    edition: Edition
    document: Document
    formats: tuple[Format, ...]
    composed: Composed
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Output:
    """A written file with the SHA-256 of its bytes.

    `pages` and `body_pages` are 0 where the format has none.
    """

    edition: Edition
    format: Format
    file: Path
    sha256: str
    pages: int
    body_pages: int


@dataclass(frozen=True)
class Result:
    """What is in place after a build, every problem that it met, and what it came to.

    `settled` says that the same build once more would meet the same problems.
    """

    outputs: tuple[Output, ...]
    problems: tuple[Problem, ...]
    finished: Finished
    settled: bool
