"""Which version of a fact holds: what superseded it, and what was recorded by a given day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

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
            yield Problem(
                fact.declared, what, f"let one supersede the other: 'supersedes: {first}'"
            )
        if fact.recorded < old.recorded:
            what = f"fact '{fact.id}' was recorded before '{old.id}', which it supersedes"
            yield Problem(fact.declared, what, "mend 'recorded' of one of them")
        chain = earlier_versions(fact, facts)
        if chain[-1].supersedes == fact.id == min(each.id for each in chain):
            shown = " → ".join([*(each.id for each in chain), fact.id])
            what = f"facts supersede each other in a circle: {shown}"
            yield Problem(fact.declared, what, "delete 'supersedes' in the first one")


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


def as_recorded(store: Facts, day: date) -> Facts:
    """The store as it stood at the end of that day.

    Each id gives the newest version, along `supersedes`, that was recorded by then; an id
    without one is `unrecorded`, and so is a fact derived from one.

    Raises ReportError for what can't be derived from the figures of that day.
    """
    facts: dict[str, Fact] = {}
    unrecorded: dict[str, date] = {}
    for id_, fact in store.facts.items():
        known = [old for old in earlier_versions(fact, store.facts) if old.recorded <= day]
        if known:
            facts[id_] = known[0]
        else:
            unrecorded[id_] = fact.recorded
    for fact in _resting_on(unrecorded, facts):
        del facts[fact.id]
        unrecorded[fact.id] = fact.recorded
    own = {fact.id: fact for fact in facts.values()}
    return derive(replace(store, facts=facts, unrecorded=unrecorded, superseded=superseded_by(own)))


def _resting_on(unrecorded: dict[str, date], facts: dict[str, Fact]) -> Iterator[Fact]:
    """The facts derived, at however many removes, from what was not recorded."""
    gone = set(unrecorded)
    more = True
    while more:
        found = [
            fact
            for id_, fact in facts.items()
            if id_ not in gone and fact.derivation and not gone.isdisjoint(fact.derivation.inputs)
        ]
        gone |= {fact.id for fact in found}
        more = bool(found)
        yield from found
