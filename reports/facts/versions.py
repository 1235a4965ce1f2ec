"""Which version of a fact holds: what superseded it, and what was recorded by a given day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from reports.facts.circles import circle_text, ordered
from reports.facts.derive import derive
from reports.facts.model import Fact, Facts
from reports.problems import Problem


def check_versions(facts: dict[str, Fact]) -> Iterator[Problem]:
    """The faults of `supersedes`: circles, two successors of one fact, and days out of order."""
    successors: dict[str, str] = {}
    for fact in facts.values():
        old = facts.get(fact.supersedes)
        if old is None:
            continue
        first = successors.setdefault(old.id, fact.id)
        if first != fact.id:
            what = f"facts '{first}' and '{fact.id}' both supersede '{old.id}'"
            hint = f"let one supersede the other: 'supersedes: {first}'"
            yield Problem(fact.declared, what, hint)
        if fact.recorded < old.recorded:
            what = f"fact '{fact.id}' was recorded before '{old.id}', which it supersedes"
            yield Problem(fact.declared, what, "mend 'recorded' of one of them")
    _, circles = ordered({fact.id: [fact.supersedes] for fact in facts.values()})
    for circle in circles:
        if len(circle) > 1:  # a fact that supersedes itself is told where it says so
            what = f"facts supersede each other in a circle: {circle_text(circle)}"
            hint = "delete 'supersedes' in the first one"
            yield Problem(facts[circle[0]].declared, what, hint)


def earlier_versions(fact: Fact, facts: dict[str, Fact]) -> list[Fact]:
    """The fact and those that it supersedes, from new to old; a circle is walked once."""
    chain = [fact]
    seen = {fact.id}
    while (old := facts.get(chain[-1].supersedes)) and old.id not in seen:
        chain.append(old)
        seen.add(old.id)
    return chain


def superseded_by(facts: dict[str, Fact]) -> dict[str, str]:
    """The version that each outdated fact gave way to."""
    return {fact.supersedes: fact.id for fact in facts.values() if fact.supersedes in facts}


def outdated_inputs(fact: Fact, store: Facts) -> Iterator[Problem]:
    """A warning for each superseded fact that a derived one is computed from."""
    for id_ in fact.derivation.inputs if fact.derivation else ():
        if newer := store.superseded.get(id_):
            what = f"fact '{fact.id}' is computed from '{id_}', which is superseded by '{newer}'"
            hint = f"compute it from '{newer}', unless the older one is meant"
            yield Problem(fact.declared, what, hint, fatal=False)


def as_recorded(store: Facts, day: date) -> Facts:
    """The store as it stood at the end of that day.

    Each id gives the newest version, along `supersedes`, that was recorded by then with all
    that it is computed from.  An id without one is `unrecorded`, and is given the first day
    that has one.

    Raises ReportError for what can't be derived from the figures of that day.
    """
    known: dict[str, Fact] = {}
    first: dict[str, date] = {}
    for id_ in _oldest_first(store.facts):
        fact = store.facts[id_]
        inputs = fact.derivation.inputs if fact.derivation else ()
        complete = max([fact.recorded, *(first[input_] for input_ in inputs if input_ in first)])
        first[id_] = min(complete, first.get(fact.supersedes, complete))
        if complete <= day:
            known[id_] = fact
        elif fact.supersedes in known:
            known[id_] = known[fact.supersedes]
    facts = {id_: known[id_] for id_ in store.facts if id_ in known}
    unrecorded = {id_: first[id_] for id_ in store.facts if id_ not in known}
    own = {fact.id: fact for fact in facts.values()}
    return derive(replace(store, facts=facts, unrecorded=unrecorded, superseded=superseded_by(own)))


def _oldest_first(facts: dict[str, Fact]) -> Iterator[str]:
    """The ids, each after its older version and what it is computed from."""
    refers = {
        fact.id: [fact.supersedes, *(fact.derivation.inputs if fact.derivation else ())]
        for fact in facts.values()
    }
    order, circles = ordered(refers)
    yield from order
    for circle in circles:  # a fact and what it was computed from may have changed places
        yield from circle
