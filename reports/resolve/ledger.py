"""Note numbers and source letters, given out in the order of first appearance."""

from __future__ import annotations

from dataclasses import dataclass, field
from string import ascii_uppercase

from reports.document import FactSpan
from reports.facts.model import Fact, Facts
from reports.facts.wording import shows_arithmetic
from reports.problems import Place


@dataclass
class Ledger:
    """The facts an edition prints and the sources they come from, each numbered once.

    What a derived fact is computed from gets its notes right after it, where the audience may
    see all of it.
    """

    store: Facts
    facts: dict[str, Fact] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)

    def note(self, fact: Fact) -> int:
        """The number of the fact's note, a new one at its first appearance."""
        if fact.id not in self.facts:
            shown = self.store.basis(fact) if self.inputs(fact) else (fact,)
            for each in shown:
                self._numbers.setdefault(each.id, len(self._numbers) + 1)
                self.facts.setdefault(each.id, each)
            self.letters(fact)
        return self._numbers[fact.id]

    def inputs(self, fact: Fact) -> tuple[Fact, ...]:
        """What a derived fact is computed from, as far as this document may say it."""
        if fact.derivation is None or not shows_arithmetic(fact, self.store):
            return ()
        return tuple(self.store.facts[id_] for id_ in fact.derivation.inputs)

    def rests_on(self, fact: Fact) -> tuple[str, ...]:
        """The ids of the sources that a fact rests on."""
        roots = self.store.roots(fact) if self.inputs(fact) else (fact,)
        return tuple(dict.fromkeys(root.source for root in roots))

    def letters(self, fact: Fact) -> tuple[str, ...]:
        """The letters of those sources."""
        return tuple(self.letter(source) for source in self.rests_on(fact))

    def letter(self, source: str) -> str:
        """The letter of the source: A to Z, then AA and so on."""
        if source not in self.sources:
            self.sources[source] = _letters(len(self.sources))
        return self.sources[source]

    def cited(self, fact: Fact, place: Place) -> FactSpan:
        """The note mark of a fact alone."""
        return FactSpan(fact.id, "cite", "", self.note(fact), unbroken=True, place=place)


def _letters(index: int) -> str:
    first, last = divmod(index, len(ascii_uppercase))
    return (_letters(first - 1) if first else "") + ascii_uppercase[last]
