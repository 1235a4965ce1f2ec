"""Note numbers and source letters, given out in the order of first appearance."""

from __future__ import annotations

from dataclasses import dataclass, field
from string import ascii_uppercase

from reports.document import FactSpan
from reports.facts.model import Fact


@dataclass
class Ledger:
    """The facts an edition prints and the sources they come from, each numbered once."""

    facts: dict[str, Fact] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)

    def note(self, fact: Fact) -> int:
        """The number of the fact's note, a new one at its first appearance."""
        self.facts.setdefault(fact.id, fact)
        self.letter(fact.source)
        return list(self.facts).index(fact.id) + 1

    def letter(self, source: str) -> str:
        """The letter of the source: A to Z, then AA and so on."""
        if source not in self.sources:
            self.sources[source] = _letters(len(self.sources))
        return self.sources[source]

    def cited(self, fact: Fact) -> FactSpan:
        """The note mark of a fact alone."""
        return FactSpan(fact.id, "cite", "", self.note(fact), unbroken=True)


def _letters(index: int) -> str:
    first, last = divmod(index, len(ascii_uppercase))
    return (_letters(first - 1) if first else "") + ascii_uppercase[last]
