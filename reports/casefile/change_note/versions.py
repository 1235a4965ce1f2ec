"""The two versions that a note compares, in the words of their language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from reports.build.outputs import Resolved
from reports.casefile.changes import Aspect, ChangeKind, Changes, FactChange
from reports.casefile.record import CaseRecord
from reports.document import Document, Note
from reports.facts.model import Facts
from reports.facts.wording import FORMS, dates_text
from reports.language import Language, typographic
from reports.problems import Place
from reports.trace.uses import Use, body_uses


@dataclass(frozen=True)
class Versions:
    """What changed, and the new version with the record of its bundle."""

    changes: Changes
    item: Resolved
    record: CaseRecord
    store: Facts
    language: Language

    @property
    def old(self) -> str:
        """The number of the earlier version."""
        return str(self.changes.earlier.version)

    @property
    def new(self) -> str:
        """The number of the new version."""
        return str(self.record.version)

    @property
    def document(self) -> Document:
        """The new version's document."""
        return self.item.document

    @property
    def place(self) -> Place:
        """The template of both."""
        return Place(self.item.edition.template)

    def note(self, fact: str) -> Note | None:
        """The note of a fact in the new version, None where that doesn't tell it."""
        return next((each for each in self.document.notes.notes if each.fact == fact), None)

    @property
    def recorded(self) -> tuple[date, ...]:
        """The days on which the earlier of the changed facts had entered the store, in order."""
        ids = {each.earlier_id for each in self.changes.facts}
        return tuple(sorted({e.recorded for e in self.changes.earlier.facts if e.id in ids}))

    def printed(self, fact: str) -> tuple[str, ...]:
        """The fact's figure as the new version prints it, the longest text first."""
        found = {use.text for use in self._uses if use.fact == fact and use.form in FORMS}
        return tuple(sorted(found, key=len, reverse=True))

    @cached_property
    def _uses(self) -> tuple[Use, ...]:
        return body_uses([self.item])

    def among(self, change: FactChange) -> str:
        """The population of a changed fact's figure, "" where `what` doesn't end in it."""
        fact = self.store.facts.get(change.fact)
        if fact is None or fact.figure is None or not fact.figure.among:
            return ""
        population = self.store.populations[fact.figure.among][self.language.code]
        name = typographic(population, self.language)
        return name if change.what.endswith(f"; {name}") else ""

    def as_of(self, change: FactChange) -> str:
        """When a fact held, as both versions say; "" where they differ, for its row tells that.

        Of a fact that has no note any more also who said it.
        """
        if any(each.aspect is Aspect.AS_OF for each in change.retold):
            return ""
        if change.kind is not ChangeKind.REMOVED:
            return dates_text(self.store.facts[change.fact], self.language)
        words = next(e.words for e in self.changes.earlier.facts if e.id == change.fact)
        return f"{words.as_of}; {words.speaker}"
