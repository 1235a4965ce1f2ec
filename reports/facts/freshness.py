"""Facts past their day: due for review, or no longer valid.

Judged at each run against that day and told as problems; no output ever shows it, so the same
facts give the same bytes on any day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from reports.facts.model import Fact
from reports.problems import Problem


def freshness_problems(facts: Iterable[Fact], day: date, refused_by: str = "") -> Iterator[Problem]:
    """A warning for each fact that is stale on that day, and a finding for each expired one.

    A fact is stale after its `review_by` and expired after its `valid_until`.  The finding is
    a fault for an audience that refuses expired facts, named by `refused_by`; else a warning.
    """
    for fact in facts:
        if fact.valid_until and fact.valid_until < day:
            what = f"fact '{fact.id}' was valid until {fact.valid_until}"
            hint = "record its new version with 'supersedes', or leave it out"
            if refused_by:
                what += f"; the audience '{refused_by}' refuses expired facts"
            yield Problem(fact.declared, what, hint, fatal=bool(refused_by))
        elif fact.review_by and fact.review_by < day:
            what = f"fact '{fact.id}' was to be reviewed by {fact.review_by}"
            hint = "check it, then move 'review_by' or record a new version"
            yield Problem(fact.declared, what, hint, fatal=False)
