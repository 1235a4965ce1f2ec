"""Facts that say different things of the same: ranked with a reason, or a fault.

Two figures conflict when they have the same measure, population, place and date and different
values.  Statements that contradict each other are declared by their author.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

from reports.facts.model import Fact, Facts
from reports.facts.quantities import When
from reports.facts.versions import earlier_versions
from reports.problems import Problem

_Key: TypeAlias = tuple[str, str, str, When]


@dataclass(frozen=True)
class Conflict:
    """Two figures for the same; `preferred` is "" and `because` empty until they are ranked."""

    first: str
    second: str
    preferred: str
    because: dict[str, str]


def conflicts(store: Facts) -> tuple[Conflict, ...]:
    """Every pair of figures in conflict, in the order of the files."""
    same: dict[_Key, list[Fact]] = {}
    for fact in store.facts.values():
        if fact.figure and fact.as_of.when and not fact.derivation:
            figure = fact.figure
            key = (figure.measure, figure.among, fact.place, fact.as_of.when)
            same.setdefault(key, []).append(fact)
    return tuple(
        _conflict(first, second)
        for facts in same.values()
        for first, second in combinations(facts, 2)
        if _differ(first, second, store)
    )


def contradictions(store: Facts) -> tuple[tuple[str, str], ...]:
    """Every declared contradiction once, in the order of the files."""
    pairs: dict[frozenset[str], tuple[str, str]] = {}
    for fact in store.facts.values():
        for other in fact.contradicts:
            pairs.setdefault(frozenset((fact.id, other)), (fact.id, other))
    return tuple(pairs.values())


def check_conflicts(store: Facts) -> Iterator[Problem]:
    """A problem for each conflict without a rank, and for ranks in both directions."""
    for conflict in conflicts(store):
        first, second = store.facts[conflict.first], store.facts[conflict.second]
        if first.id in second.outranks and second.id in first.outranks:
            what = f"facts '{first.id}' and '{second.id}' outrank each other"
            yield Problem(first.declared, what, "delete 'outranks' in the less reliable one")
        elif not conflict.preferred:
            what = (
                f"facts '{first.id}' and '{second.id}' have the same measure, population, place "
                "and date, and different values"
            )
            hint = (
                f"rank the more reliable one: 'outranks: {{{second.id}: {{…}}}}', with the reason"
            )
            yield Problem(first.declared, what, hint)


def _conflict(first: Fact, second: Fact) -> Conflict:
    for fact, other in ((first, second), (second, first)):
        if other.id in fact.outranks:
            return Conflict(first.id, second.id, fact.id, fact.outranks[other.id])
    return Conflict(first.id, second.id, "", {})


def _differ(first: Fact, second: Fact, store: Facts) -> bool:
    """Whether two facts of one key tell different values; versions of one fact don't count."""
    if first.figure is None or second.figure is None:
        return False
    told = [(fact.value, fact.qualifier) for fact in (first.figure, second.figure)]
    if told[0] == told[1]:
        return False
    versions = {fact.id for fact in earlier_versions(first, store.facts)}
    return second.id not in versions and first not in earlier_versions(second, store.facts)
