"""What each audience of a brief is not told, though others who read it are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reports.briefs import Edition
from reports.build.outputs import Resolved
from reports.facts.model import Facts
from reports.trace.agreement import by_document


@dataclass(frozen=True)
class Untold:
    """A fact that is told in other editions of a brief, and not in these of one audience.

    `document` is that brief, `<brief>/<subject>` in a series.  `why` is "access" where the audience may not see it, else "not used".  `languages` are those
    of the editions without it.  `told_to` names the other audiences that are told; it is empty
    where only this audience is, in another language.  `instead` names the facts of the same
    measure, population and place that these editions do tell.
    """

    document: str
    audience: str
    fact: str
    why: str
    languages: tuple[str, ...]
    told_to: tuple[str, ...]
    instead: tuple[str, ...]


@dataclass(frozen=True)
class _Reading:
    """An edition with the facts that its notes tell, in their order."""

    edition: Edition
    facts: dict[str, None]


def untold(resolved: Iterable[Resolved], store: Facts) -> Iterator[Untold]:
    """What each audience is not told, in the order in which the notes of others tell it."""
    for items in by_document(resolved):
        readings = [_reading(item) for item in items]
        everything = dict.fromkeys(id_ for each in readings for id_ in each.facts)
        for audience in dict.fromkeys(each.edition.audience.id for each in readings):
            own = [each for each in readings if each.edition.audience.id == audience]
            for id_ in everything:
                without = [each for each in own if id_ not in each.facts]
                if without:
                    yield _untold(id_, without, readings, store)


def _reading(item: Resolved) -> _Reading:
    return _Reading(item.edition, dict.fromkeys(n.fact for n in item.document.notes.notes))


def _untold(
    id_: str, without: Sequence[_Reading], readings: Sequence[_Reading], store: Facts
) -> Untold:
    edition = without[0].edition
    tellers = dict.fromkeys(each.edition.audience.id for each in readings if id_ in each.facts)
    known = dict.fromkeys(other for each in without for other in each.facts)
    return Untold(
        document=edition.document,
        audience=edition.audience.id,
        fact=id_,
        why="access" if store.facts[id_].access > edition.audience.access else "not used",
        languages=tuple(each.edition.language for each in without),
        told_to=tuple(each for each in tellers if each != edition.audience.id),
        instead=tuple(other for other in known if _alike(other, id_, store)),
    )


def _alike(first: str, second: str, store: Facts) -> bool:
    """Whether two facts have figures of the same measure, population and place."""
    facts = (store.facts[first], store.facts[second])
    keys = [(fact.figure.measure, fact.figure.among, fact.place) for fact in facts if fact.figure]
    return len(keys) == len(facts) and keys[0] == keys[1]
