"""The two versions that a note compares, in the words of their language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.build.outputs import Resolved
from reports.casefile.changes import Changes, FactChange
from reports.casefile.record import CaseRecord
from reports.document import Document, Note
from reports.facts.model import Facts
from reports.facts.wording import FORMS
from reports.language import Language, typographic
from reports.problems import Place
from reports.trace.uses import body_uses


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
        found = (use for use in body_uses([self.item]) if use.fact == fact and use.form in FORMS)
        return tuple(sorted({use.text for use in found}, key=len, reverse=True))

    def among(self, change: FactChange) -> str:
        """The population of a changed fact's figure, "" where `what` doesn't end in it."""
        fact = self.store.facts.get(change.fact)
        if fact is None or fact.figure is None or not fact.figure.among:
            return ""
        population = self.store.populations[fact.figure.among][self.language.code]
        name = typographic(population, self.language)
        return name if change.what.endswith(f"; {name}") else ""
