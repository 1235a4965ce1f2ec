"""A store read in one language: no text can be missed, since reading one is what asks for it.

Texts are demanded in the languages of the briefs when a store is loaded.  An audience may read
in another: then each text that an edition prints has to be there, and no other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from reports.facts.leaning import leans_on
from reports.facts.model import Fact, Facts, Location, Source, Speaker
from reports.facts.quantities import Measure
from reports.problems import Place, Problem


@dataclass(frozen=True)
class Lack:
    """A text that was read and isn't there: `what` it is, of which entry, declared where."""

    section: str
    id: str
    what: str
    code: str
    place: Place

    def is_of(self, fact: Fact, store: Facts) -> bool:
        """Whether telling of a fact, or of what it is computed from, may take the text."""
        return any(leans_on(each, store, self.section, self.id) for each in store.basis(fact))

    def problem(self, needed_by: str) -> Problem:
        """The lack for a person to mend; `needed_by` is the line that prints it."""
        where = " beside the table" if self.place.file.suffix == ".csv" else ""
        hint = f"add '{self.code}: …'{where}; {needed_by} prints it"
        return Problem(self.place, f"{self.what} has no '{self.code}' text", hint)


class Lacks:
    """The texts that were read and found missing, each once, in the order of their places."""

    def __init__(self) -> None:
        self._found: set[Lack] = set()

    def add(self, lack: Lack) -> None:
        """Note a text that was asked for."""
        self._found.add(lack)

    def forget(self) -> None:
        """Begin anew, for another reader of the same store."""
        self._found.clear()

    def __iter__(self) -> Iterator[Lack]:
        return iter(sorted(self._found, key=lambda lack: (lack.place, lack.what)))


def in_language(store: Facts, code: str) -> tuple[Facts, Lacks]:
    """The store for readers of one language, and the texts that they turn out to lack.

    A missing text reads as the id of its entry, so that the rest can be told meanwhile.
    """
    reader = _Reader(store, code)
    return reader.store(), reader.lacks


class _Gap(dict[str, str]):
    """Texts by language, one of which is missing: who reads that one has it noted."""

    def __init__(self, texts: Mapping[str, str], lack: Lack, lacks: Lacks) -> None:
        super().__init__(texts)
        self._lack, self._lacks = lack, lacks

    def __missing__(self, code: str) -> str:
        self._lacks.add(self._lack)
        return self._lack.id


class _Reader:
    """Takes a store apart and puts it together again with gaps that tell."""

    def __init__(self, store: Facts, code: str) -> None:
        self.lacks = Lacks()
        self._store, self._code = store, code

    def store(self) -> Facts:
        all_ = self._store
        return replace(
            all_,
            facts={id_: self._fact(fact) for id_, fact in all_.facts.items()},
            sources={id_: self._source(source) for id_, source in all_.sources.items()},
            people={id_: self._speaker(id_, who) for id_, who in all_.people.items()},
            measures={id_: self._measure(id_, measure) for id_, measure in all_.measures.items()},
            populations=self._named("populations", all_.populations),
            themes=self._named("themes", all_.themes),
            places={id_: self._location(id_, place) for id_, place in all_.places.items()},
            inferences=self._named("inferences", all_.inferences),
        )

    def _named(
        self, section: str, entries: Mapping[str, dict[str, str]]
    ) -> dict[str, dict[str, str]]:
        kind = section.rstrip("s")
        return {
            id_: self._texts(texts, section, id_, f"{kind} '{id_}'")
            for id_, texts in entries.items()
        }

    def _measure(self, id_: str, measure: Measure) -> Measure:
        own = id_.partition("/")[0]  # a derived measure has its name from the one that it is of
        name = self._texts(measure.name, "measures", own, f"'name' of measure '{own}'")
        return replace(measure, name=name)

    def _location(self, id_: str, location: Location) -> Location:
        name = self._texts(location.name, "places", id_, f"'name' of place '{id_}'")
        return replace(location, name=name)

    def _speaker(self, id_: str, speaker: Speaker) -> Speaker:
        def said(key: str, texts: dict[str, str]) -> dict[str, str]:
            return self._texts(texts, "people", id_, f"'{key}' of speaker '{id_}'")

        return replace(
            speaker,
            name=said("name", speaker.name),
            role=said("role", speaker.role),
            organisation=said("organisation", speaker.organisation),
        )

    def _source(self, source: Source) -> Source:
        id_ = source.id
        return replace(
            source,
            nature=self._texts(source.nature, "sources", id_, f"'nature' of source '{id_}'"),
            interest=self._texts(source.interest, "sources", id_, f"'interest' of source '{id_}'"),
        )

    def _fact(self, fact: Fact) -> Fact:
        id_, derivation = fact.id, fact.derivation
        statement = self._texts(fact.statement, "facts", id_, f"'statement' of fact '{id_}'")
        outranks = {
            other: self._texts(reasons, "facts", id_, f"the rank of fact '{id_}'")
            for other, reasons in fact.outranks.items()
        }
        if derivation:
            what = f"'because' of the derivation of fact '{id_}'"
            because = self._texts(derivation.because, "facts", id_, what)
            derivation = replace(derivation, because=because)
        elif statement is fact.statement and not outranks:
            return fact  # nearly all of them: to copy thousands takes time
        return replace(fact, statement=statement, outranks=outranks, derivation=derivation)

    def _texts(self, texts: dict[str, str], section: str, id_: str, what: str) -> dict[str, str]:
        """The texts as they are, or with a gap; what is said in no language isn't missing."""
        if self._code in texts or not texts:
            return texts
        if not any(texts.values()):
            return {**texts, self._code: ""}
        lack = Lack(section, id_, what, self._code, self._place(section, id_))
        return _Gap(texts, lack, self.lacks)

    def _place(self, section: str, id_: str) -> Place:
        match section:
            case "facts":
                return self._store.facts[id_].declared
            case "sources":
                return self._store.sources[id_].declared
            case _:
                return self._store.declared[section][id_]
