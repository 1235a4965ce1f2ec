"""A term of an audience's contract, and what an edition makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from reports.problems import Problem

Amount: TypeAlias = int | str | None


class Verdict(Enum):
    KEPT = "kept"
    BREACHED = "breached"
    WARNED = "warning"
    OPEN = "no limit"
    UNSEEN = "not laid out"  # the pages of an edition that no PDF was made of


@dataclass(frozen=True)
class Term:
    """What is agreed, what an edition has, and the problems of each breach.

    Both amounts are numbers of `unit`, words such as "yes", or None where nothing is agreed
    or nothing known: an edition's length and plainness are measured without a limit too.
    """

    name: str
    budget: Amount
    actual: Amount
    verdict: Verdict
    problems: tuple[Problem, ...] = ()
    unit: str = ""

    @property
    def shown_budget(self) -> str:
        """What is agreed, as a reader is told."""
        return _shown(self.budget, self.unit)

    @property
    def shown_actual(self) -> str:
        """What the edition has, as a reader is told."""
        return _shown(self.actual, self.unit)


def judged(name: str, budget: Amount, actual: Amount, problems: tuple[Problem, ...] = ()) -> Term:
    """A term that is breached if there are problems, and else kept."""
    verdict = Verdict.BREACHED if problems else Verdict.KEPT
    return Term(name, budget, actual, verdict, problems)


def measured(
    name: str, limit: int, found: int, problems: tuple[Problem, ...], unit: str = ""
) -> Term:
    """A term with a highest number, 0 for none; its problems count where the number is passed."""
    if not limit:
        return Term(name, None, found, Verdict.OPEN, unit=unit)
    if found <= limit:
        return Term(name, limit, found, Verdict.KEPT, unit=unit)
    return Term(name, limit, found, Verdict.BREACHED, problems, unit)


def _shown(amount: Amount, unit: str) -> str:
    if amount is None:
        return "–"
    return f"{amount}\N{NO-BREAK SPACE}{unit}".rstrip()
