"""How a fact stands to others: its versions, what it disagrees with, and what is computed from it."""

from __future__ import annotations

from collections.abc import Collection

from reports.facts.conflicts import conflicts
from reports.facts.model import Fact, Facts
from reports.facts.versions import earlier_versions


def versions_of(fact: Fact, store: Facts) -> tuple[Fact, ...]:
    """The fact with its earlier and later versions, the oldest first."""
    chain = {version.id: version for version in reversed(earlier_versions(fact, store.facts))}
    while (newer := store.superseded.get(next(reversed(chain)))) and newer not in chain:
        chain[newer] = store.facts[newer]
    return tuple(chain.values())


def conflicts_of(fact: Fact, store: Facts) -> tuple[str, ...]:
    """The facts that tell another figure of the same."""
    pairs = ((found.first, found.second) for found in conflicts(store))
    return tuple(
        second if first == fact.id else first
        for first, second in pairs
        if fact.id in (first, second)
    )


def contradictions_of(fact: Fact, store: Facts) -> tuple[str, ...]:
    """The facts that say otherwise, whichever side declares it."""
    others = (other.id for other in store.facts.values() if fact.id in other.contradicts)
    return tuple(dict.fromkeys((*fact.contradicts, *others)))


def ranked(fact: Fact, other: Fact, code: str) -> tuple[str | None, str | None]:
    """Which of two facts is preferred, and why in the language `code`; None where neither is."""
    for first, second in ((fact, other), (other, fact)):
        if second.id in first.outranks:
            return first.id, first.outranks[second.id][code]
    return None, None


def computed_from(ids: Collection[str], store: Facts) -> tuple[str, ...]:
    """The facts that are computed from any of these, at however many removes."""
    return tuple(
        fact.id
        for id_, fact in store.facts.items()
        if fact.derivation
        and id_ == fact.id
        and id_ not in ids
        and any(each.id in ids for each in store.basis(fact))
    )
