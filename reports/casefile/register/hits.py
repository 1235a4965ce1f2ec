"""Facts to the issued documents that told them, and what the store says today.

The register alone answers: nothing is composed, and editions that are no longer made count too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from reports.casefile.changes import Retold, retold
from reports.casefile.register import Issued, IssuedFact, IssuedSentence, versions
from reports.casefile.register.told import told_store, unprinted
from reports.facts.model import Access, Facts
from reports.facts.versions import earlier_versions
from reports.trace.uses import ways_down


@dataclass(frozen=True)
class IssuedHit:
    """A fact in an issued document that is the one asked for, or rests on it.

    It may also be an older version of that.  `through` is as in `trace.uses.Hit`.  `today` is
    the id of its newest version in the store, "" where that has none, and `differs` what it
    is told otherwise as.  `replaced_by` is the version that stands for the document's, 0 for none.
    """

    issued: Issued
    asked: str
    fact: IssuedFact
    through: tuple[str, ...]
    sentences: tuple[IssuedSentence, ...]
    today: str
    differs: tuple[Retold, ...]
    replaced_by: int


def issued_hits(
    asked: Collection[str], entries: Sequence[Issued], store: Facts
) -> tuple[IssuedHit, ...]:
    """What the documents told of these facts: the newest document first, each in its order."""
    today = _Today(store)
    newest_first = sorted(entries, key=lambda each: (each.made, each.version), reverse=True)
    return tuple(
        hit for entry in newest_first for hit in _hits(entry, asked, entries, store, today)
    )


def _hits(
    entry: Issued, asked: Iterable[str], entries: Iterable[Issued], store: Facts, today: _Today
) -> Iterator[IssuedHit]:
    later = versions(entries, entry.case, entry.edition)
    replacing = [
        each.version for each in later if each.replaces and each.replaces.version == entry.version
    ]
    for fact in entry.facts:
        held = tuple(each for each in entry.sentences if each.fact == fact.id)
        ways = _ways(fact, entry, store) if held or fact.printed else {}
        for id_ in asked:
            found = [ways[each] for each in _same(id_, store) if each in ways]
            if found:
                yield IssuedHit(
                    issued=entry,
                    asked=id_,
                    fact=fact,
                    through=min(found, key=len),
                    sentences=held,
                    today=today.id(fact.id),
                    differs=today.differs(fact, entry),
                    replaced_by=max(replacing, default=0),
                )


def _same(id_: str, store: Facts) -> tuple[str, ...]:
    """The fact and the older versions of it."""
    if id_ not in store.facts:
        return (id_,)
    return tuple(each.id for each in earlier_versions(store.facts[id_], store.facts))


def _ways(fact: IssuedFact, entry: Issued, store: Facts) -> dict[str, tuple[str, ...]]:
    """The ways down from a fact, by what it was computed from then and what it is from now."""
    then = {each.id: each.inputs for each in entry.facts}

    def inputs(id_: str) -> tuple[str, ...]:
        known = store.facts.get(id_)
        now = known.derivation.inputs if known and known.derivation else ()
        return (*then.get(id_, ()), *now)

    return ways_down(fact.id, inputs)


class _Today:
    """What the store says of facts, to readers of each level and language."""

    def __init__(self, store: Facts) -> None:
        self._store = store
        self._told: dict[tuple[Access, str], Facts] = {}

    def id(self, id_: str) -> str:
        """The newest version of the fact; "" where the store has none."""
        while newer := self._store.superseded.get(id_):
            id_ = newer
        return id_ if id_ in self._store.facts else ""

    def differs(self, fact: IssuedFact, entry: Issued) -> tuple[Retold, ...]:
        """What is told otherwise than the document told it; empty where the fact is gone."""
        newest = self.id(fact.id)
        if not newest:
            return ()
        level = max(entry.access, self._store.facts[newest].access)
        key = (level, entry.edition.language)
        if key not in self._told:
            self._told[key] = told_store(self._store, *key)
        seen = self._told[key]
        return retold(fact, unprinted(seen.facts[newest], seen, entry.edition.language))
