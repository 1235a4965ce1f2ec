"""Entries that are being written, against the store: the loader's own rules, answer by answer.

A draft is written as YAML with one value in a line and read by the loader, so that the line of a
problem tells which value it is about.  What is still missing is told of the braces around it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from reports.facts.draft.entry import Entry, Tree, in_line
from reports.facts.load import FACT_ID, FACT_ID_LENGTH
from reports.facts.load.entries import SECTIONS, Entries
from reports.facts.load.fact import read_fact
from reports.facts.load.vocabulary import read_location, read_measure, read_source, read_speaker
from reports.facts.model import Facts
from reports.fields import ID, Fields, translations
from reports.problems import Place, Problem, ReportError
from reports.yaml import Node, parse_yaml

Keys: TypeAlias = tuple[str, ...]

_FILE = Path("the answer")
_TEXTS = ("themes", "populations", "inferences")


@dataclass(frozen=True)
class Drafts:
    """What drafts are checked against: a store, with what earlier drafts declare.

    `languages` are those that a text is needed in, `names` those that may hold digits.
    """

    store: Facts
    languages: tuple[str, ...]
    names: tuple[str, ...]

    def id_fault(self, section: str, id_: str) -> Problem | None:
        """What is wrong with an id for something new."""
        pattern = FACT_ID if section == "facts" else ID
        if not pattern.fullmatch(id_) or len(id_) > FACT_ID_LENGTH:
            hint = f"small letters, digits and hyphens, at most {FACT_ID_LENGTH} characters"
            return Problem(Place(_FILE), f"'{id_}' can't be an id", hint)
        if id_ in self._ids(section):
            return Problem(Place(_FILE), f"'{id_}' is declared already", "choose another id")
        return None

    def faults(self, entry: Entry, keys: Keys = ()) -> tuple[Problem, ...]:
        """What is wrong with the value under those keys; with none, with the draft as a whole."""
        numbered = [*_lines(entry.keys)]
        text = "\n".join(line for _, line in numbered)
        problems: list[Problem] = []
        try:
            self._read(entry, parse_yaml(text, _FILE), problems)
        except ReportError as error:
            return error.problems
        above = {keys[:count] for count in range(1, len(keys) + 1)}
        wanted = {number for number, (under, _) in enumerate(numbered, start=1) if under in above}
        return tuple(problem for problem in problems if not keys or problem.place.line in wanted)

    def declaring(self, entry: Entry) -> Drafts:
        """The same with what the draft declares, which is without faults."""
        root = parse_yaml(in_line(entry.keys), _FILE)
        return replace(self, store=self._read(entry, root, []))

    def _read(self, entry: Entry, root: Node, problems: list[Problem]) -> Facts:
        """The store with the draft as the loader reads it."""
        store, id_ = self.store, entry.id
        declared = {name: dict.fromkeys(self._ids(name), root) for name in SECTIONS}
        entries = Entries(problems, self.languages, self.names, declared)
        what = f"{entry.section.rstrip('s')} '{id_}'"
        if entry.section in _TEXTS:
            texts = translations(root, what, self.languages, problems)
            return _with_texts(store, entry.section, id_, texts)
        fields = Fields(root, what, problems)
        match entry.section:
            case "sources":
                source = read_source(id_, fields, entries)
                return replace(store, sources={**store.sources, id_: source})
            case "people":
                speaker = read_speaker(fields, entries)
                return replace(store, people={**store.people, id_: speaker})
            case "measures":
                measure = read_measure(fields, entries)
                return replace(store, measures={**store.measures, id_: measure})
            case "places":
                place = read_location(fields, entries)
                return replace(store, places={**store.places, id_: place})
            case _:
                fact = read_fact(id_, fields, store, entries)
                return replace(store, facts={**store.facts, id_: fact})

    def _ids(self, section: str) -> Mapping[str, object]:
        found: Mapping[str, object] = getattr(self.store, section)
        return found


def _with_texts(store: Facts, section: str, id_: str, texts: dict[str, str]) -> Facts:
    """The store with one more entry that is but a text in each language."""
    match section:
        case "themes":
            return replace(store, themes={**store.themes, id_: texts})
        case "populations":
            return replace(store, populations={**store.populations, id_: texts})
        case _:
            return replace(store, inferences={**store.inferences, id_: texts})


def _lines(tree: Mapping[str, Tree], keys: Keys = ()) -> Iterator[tuple[Keys, str]]:
    """The tree as lines of YAML with one value each, and the keys that each value is under."""
    yield (), "{"
    for key, value in tree.items():
        under = (*keys, key)
        if isinstance(value, Mapping):
            yield under, f"{key}:"
            yield from _lines(value, under)
            yield (), ","
        else:
            yield under, f"{key}: {in_line(value)},"
    yield (), "}"
