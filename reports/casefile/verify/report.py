"""What a verification found: a list of checks, each passed, failed or not done, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TypeVar

from reports.problems import Problem, ReportError

T = TypeVar("T")


class Outcome(Enum):
    """How a check came out; what wasn't checked is no fault, and no proof either."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True)
class Finding:
    """What one check found: in words, and as problems where something is wrong.

    Of a check that wasn't made, `found` says why and what to give so that it is.
    """

    outcome: Outcome
    found: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Check:
    """A finding with the name of what was looked at; `id` is the word for programs."""

    id: str
    title: str
    finding: Finding


@dataclass(frozen=True)
class Verdict:
    """All checks of one path, in their order; `subject` says what lies there."""

    path: Path
    subject: str
    checks: tuple[Check, ...]

    @property
    def root(self) -> Path:
        """The folder that places are told from."""
        return self.path if self.path.is_dir() else self.path.parent

    @property
    def failed(self) -> bool:
        """Whether anything is wrong."""
        return any(check.finding.outcome is Outcome.FAILED for check in self.checks)

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many checks came out in which way."""
        counted = Counter(check.finding.outcome for check in self.checks)
        return {outcome: counted[outcome] for outcome in Outcome}


def passed(*found: str) -> Finding:
    """Nothing is wrong; `found` is what was looked at."""
    return Finding(Outcome.PASSED, found)


def unchecked(*why: str) -> Finding:
    """Nothing was looked at, and why."""
    return Finding(Outcome.NOT_CHECKED, why)


def judged(problems: Iterable[Problem], *found: str) -> Finding:
    """Failed if any of the problems is fatal, else passed."""
    wrong = tuple(problems)
    failed = any(problem.fatal for problem in wrong)
    return Finding(Outcome.FAILED if failed else Outcome.PASSED, found, wrong)


def problems_of(act: Callable[[], T]) -> tuple[Problem, ...]:
    """The problems that an act raises; none if it works."""
    try:
        act()
    except ReportError as error:
        return error.problems
    return ()


def verdict_record(verdict: Verdict) -> dict[str, object]:
    """The verdict as data, places as seen from the path that was verified."""
    return {
        "path": str(verdict.path),
        "subject": verdict.subject,
        "verdict": "failed" if verdict.failed else "passed",
        "counts": {outcome.value: count for outcome, count in verdict.counts.items()},
        "checks": list(_check_records(verdict)),
    }


def _check_records(verdict: Verdict) -> Iterator[dict[str, object]]:
    for check in verdict.checks:
        finding = check.finding
        yield {
            "check": check.id,
            "title": check.title,
            "outcome": finding.outcome.value,
            "found": list(finding.found),
            "problems": [_problem_record(each, verdict.root) for each in finding.problems],
        }


def _problem_record(problem: Problem, root: Path) -> dict[str, object]:
    return {
        "place": problem.place.shown(root),
        "what": problem.what,
        "hint": problem.hint or None,
        "fatal": problem.fatal,
    }
