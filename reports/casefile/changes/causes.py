"""Which changes of facts follow from which others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from reports.casefile.changes.model import Aspect, ChangeKind, FactChange
from reports.casefile.register.entry import IssuedFact
from reports.trace.uses import ways_down

_COMPUTED = (Aspect.FIGURE, Aspect.HEDGE, Aspect.WORDING)  # follow from each other


def with_causes(
    changes: tuple[FactChange, ...], facts: Iterable[IssuedFact]
) -> Iterator[FactChange]:
    """The changes, each with those that it follows from: the ones nearest to a source."""
    inputs = {fact.id: fact.inputs for fact in facts}
    changed = {change.fact: change for change in changes}
    causes = {
        id_: [
            other
            for other in ways_down(id_, lambda each: inputs.get(each, ()))
            if other != id_ and other in changed and _explains(changed[other], change)
        ]
        for id_, change in changed.items()
    }
    for change in changes:
        first = tuple(id_ for id_ in causes[change.fact] if not causes[id_])
        is_cause = first and change.kind is ChangeKind.CHANGED
        kind = ChangeKind.FOLLOWS if is_cause else change.kind
        yield replace(change, kind=kind, because=first if is_cause else ())


def _explains(cause: FactChange, change: FactChange) -> bool:
    """Whether something that is told otherwise of one follows from what is of the other."""
    if cause.kind is ChangeKind.ADDED:
        return True
    aspects = [{_group(each.aspect) for each in one.retold} for one in (cause, change)]
    return bool(aspects[0] & aspects[1])


def _group(aspect: Aspect) -> Aspect:
    return Aspect.FIGURE if aspect in _COMPUTED else aspect
