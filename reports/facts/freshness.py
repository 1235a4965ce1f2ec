"""Facts past their day: due for review, or no longer valid.

Judged at each run against that day and told as problems; no output ever shows it, so the same
facts give the same bytes on any day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from reports.facts.model import Fact
from reports.problems import Problem


@dataclass(frozen=True)
class Overdue:
    """A fact past its day `due`: expired if that is its `valid_until`, else stale."""

    fact: Fact
    due: date
    expired: bool


def overdue(facts: Iterable[Fact], day: date) -> Iterator[Overdue]:
    """The facts that are past their `valid_until` or `review_by` on that day, in their order."""
    for fact in facts:
        if fact.valid_until and fact.valid_until < day:
            yield Overdue(fact, fact.valid_until, expired=True)
        elif fact.review_by and fact.review_by < day:
            yield Overdue(fact, fact.review_by, expired=False)


def freshness_problems(facts: Iterable[Fact], day: date, refused_by: str = "") -> Iterator[Problem]:
    """A warning for each fact that is stale on that day, and a finding for each expired one.

    A fact is stale after its `review_by` and expired after its `valid_until`.  The finding is
    a fault for an audience that refuses expired facts, named by `refused_by`; else a warning.
    """
    for each in overdue(facts, day):
        fact = each.fact
        if each.expired:
            what = f"fact '{fact.id}' was valid until {each.due}"
            hint = "record its new version with 'supersedes', or leave it out"
            if refused_by:
                what += f"; the audience '{refused_by}' refuses expired facts"
            yield Problem(fact.declared, what, hint, fatal=bool(refused_by))
        else:
            what = f"fact '{fact.id}' was to be reviewed by {each.due}"
            hint = "check it, then move 'review_by' or record a new version"
            yield Problem(fact.declared, what, hint, fatal=False)
