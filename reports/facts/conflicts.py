"""Facts that say different things of the same: ranked with a reason, or a fault.

Two figures conflict when they have the same measure, population, place and date and different
values.  What was superseded conflicts with nothing, and what is computed is no claim of its own.
Statements that contradict each other are declared by their author.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

from reports.facts.circles import circle_text, ordered
from reports.facts.derive.hedges import FIRM
from reports.facts.derive.operands import DerivationError, figure_ends
from reports.facts.model import Fact, Facts
from reports.facts.quantities import Figure, Qualifier, When
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
    told: dict[str, object] = {}
    for id_, fact in store.facts.items():
        current = id_ == fact.id and fact.id not in store.superseded
        figure = fact.figure
        if figure and figure.measure not in store.measures:  # the loader tells of it
            continue
        if current and figure and fact.as_of.when and not fact.derivation:
            key = (figure.measure, figure.among, fact.place, fact.as_of.when)
            same.setdefault(key, []).append(fact)
            told[fact.id] = _told(figure, store)
    return tuple(
        _conflict(first, second)
        for facts in same.values()
        for first, second in combinations(facts, 2)
        if told[first.id] != told[second.id]
    )


def contradictions(store: Facts) -> tuple[tuple[str, str], ...]:
    """Every declared contradiction once, in the order of the files."""
    pairs: dict[frozenset[str], tuple[str, str]] = {}
    for fact in store.facts.values():
        for other in fact.contradicts:
            pairs.setdefault(frozenset((fact.id, other)), (fact.id, other))
    return tuple(pairs.values())


def check_conflicts(store: Facts) -> Iterator[Problem]:
    """A problem for each conflict without a rank, each rank without one, and circles of ranks."""
    found = conflicts(store)
    yield from (_unranked(conflict, store) for conflict in found if not conflict.preferred)
    yield from _idle_ranks(found, store)
    _, circles = ordered({fact.id: fact.outranks for fact in store.facts.values()})
    for circle in circles:
        if len(circle) > 1:  # a fact that outranks itself is told where it says so
            what = f"facts outrank each other in a circle: {circle_text(circle)}"
            hint = "delete 'outranks' in a less reliable one"
            yield Problem(store.facts[circle[0]].declared, what, hint)


def _unranked(conflict: Conflict, store: Facts) -> Problem:
    what = (
        f"facts '{conflict.first}' and '{conflict.second}' have the same measure, population, "
        "place and date, and different values"
    )
    hint = f"rank the more reliable one: 'outranks: {{{conflict.second}: {{…}}}}', with the reason"
    return Problem(store.facts[conflict.first].declared, what, hint)


def _idle_ranks(found: tuple[Conflict, ...], store: Facts) -> Iterator[Problem]:
    """Ranks between facts that agree; those of superseded facts are kept for earlier days."""
    opposed = {frozenset((conflict.first, conflict.second)) for conflict in found}
    opposed |= {frozenset(pair) for pair in contradictions(store)}
    for fact in store.facts.values():
        for other in fact.outranks:
            known = other in store.facts and other != fact.id  # else told where it is named
            current = store.superseded.keys().isdisjoint((fact.id, other))
            if known and current and frozenset((fact.id, other)) not in opposed:
                what = f"fact '{fact.id}' outranks '{other}', which doesn't conflict with it"
                hint = f"delete 'outranks', or add 'contradicts: [{other}]'"
                yield Problem(fact.declared, what, hint)


def _conflict(first: Fact, second: Fact) -> Conflict:
    for fact, other in ((first, second), (second, first)):
        if other.id in fact.outranks:
            return Conflict(first.id, second.id, fact.id, fact.outranks[other.id])
    return Conflict(first.id, second.id, "", {})


def _told(figure: Figure, store: Facts) -> object:
    """What a figure claims, the same for 62, 62.0 and about 62, and for 8 of 10 and 80 percent."""
    hedge = figure.qualifier
    plain = Qualifier.EXACT if hedge in (*FIRM, Qualifier.ABOUT) else hedge
    try:
        return figure_ends(figure, store.measures[figure.measure].unit), plain
    except DerivationError:  # a date, or a part of anything but percent
        return figure.value, plain
