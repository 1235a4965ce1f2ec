"""The words that each fact holds, and what a hit of each is worth: what a search looks through.

A word is kept in small letters.  Only an abbreviation of two or three letters keeps its capitals,
so that IT and ID are no pronouns.  A figure keeps no signs between its thousands, and a point
before its decimals.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from reports.facts.ask.records import edtf
from reports.facts.model import Fact, Facts
from reports.facts.quantities import Unit, When
from reports.facts.values import parse_when
from reports.facts.wording import figure_text, when_text
from reports.language import load_language

SHORT = 3  # letters of a word that is held whole or not at all

# A word of the sentence tells more of a fact than one of its source's title.
_SAID, _NAMED, _SORTED, _MEASURED, _AROUND = 1.0, 0.9, 0.8, 0.7, 0.5

_SIGNS = {Unit.PERCENT: "percent, per cent, prosent"}  # what is printed as a sign, as words

_CHUNK = re.compile(r"[^\W_]+(?:[-.,'’/@][^\W_]+)*")
_JOINTS = re.compile(r"[-.,'’/@]")
_GROUPED = re.compile(r"\b\d{1,3}(?:[ ,\u00a0\u202f]\d{3})+\b")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_EDTF = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
_SOUNDS = (("å", "a"), ("ø", "o"), ("æ", "a"), ("aa", "a"), ("oe", "o"), ("ae", "a"))
SEASONS = {3: 21, 4: 21, 5: 21, 6: 22, 7: 22, 8: 22, 9: 23, 10: 23, 11: 23, 12: 24}


@dataclass(frozen=True)
class Index:
    """What a search looks through: texts made of chunks, and facts of which they are told.

    `facts` maps a text to groups of facts, by number, each with what a hit in it is worth.
    `words` maps a word to the chunks that hold it, `sounds` tells how it sounds, and `counts`
    in how many texts a chunk stands.
    """

    chunks: Mapping[str, Sequence[str]]
    facts: Mapping[str, Sequence[tuple[Sequence[int], float]]]
    words: Mapping[str, Sequence[str]]
    sounds: Mapping[str, str]
    counts: Mapping[str, int]


def index_facts(store: Facts, ids: Iterable[str]) -> Index:
    """The words of these facts, which are numbered in their order."""
    builder = _Builder(store)
    for number, id_ in enumerate(ids):
        builder.add(number, id_)
    counts = Counter(chain.from_iterable(builder.chunks.values()))
    words: dict[str, list[str]] = {}
    for chunk in counts:
        for word in _words_of(chunk):
            words.setdefault(word, []).append(chunk)
    sounds = {word: sound(word) for word in words}
    return Index(builder.chunks, builder.facts, words, sounds, counts)


def words_in(text: str) -> tuple[str, ...]:
    """The words of a text, each once; a compound, such as COVID-19, in its parts."""
    return tuple(dict.fromkeys(part for chunk in chunks_in(text) for part in parts_of(chunk)))


def chunks_in(text: str) -> list[str]:
    """What stands between spaces and signs: words, figures, compounds, dates and ids."""
    plain = _GROUPED.sub(lambda found: re.sub(r"\D", "", found[0]), text)
    return _CHUNK.findall(plain)


def parts_of(chunk: str) -> tuple[str, ...]:
    """The words that a chunk is made of, one for a figure or an exact date."""
    if _EDTF.fullmatch(chunk):
        return (chunk,)
    if _NUMBER.fullmatch(chunk):
        return (chunk.replace(",", "."),)
    return tuple(_word(part) for part in _JOINTS.split(chunk) if len(part) > 1 or part == chunk)


def _words_of(chunk: str) -> tuple[str, ...]:
    """The words by which a chunk is found: its parts, and an id or a compound of two whole."""
    parts = parts_of(chunk)
    if len(parts) < 2:
        return parts
    return (*parts, joined(chunk), chunk) if len(parts) == 2 else (*parts, chunk)


def joined(chunk: str) -> str:
    """The chunk without its hyphens, points and the like."""
    return _JOINTS.sub("", chunk).casefold()


def _word(part: str) -> str:
    is_abbreviation = 1 < len(part) <= SHORT and part.isupper()
    return part if is_abbreviation else part.casefold()


def sound(word: str) -> str:
    """The word as it sounds: å, aa and a are the same, and so are Å and å, é and e."""
    told = word.casefold()
    if told.isascii() and not any(pair in told for pair in ("aa", "oe", "ae")):
        return told
    for letters, same in _SOUNDS:
        told = told.replace(letters, same)
    split = unicodedata.normalize("NFKD", told)
    return "".join(letter for letter in split if not unicodedata.combining(letter))


def season(when: When) -> When | None:
    """The season that a month lies in; None for January and February, which are of two years."""
    found = SEASONS.get(when.month or 0)
    return When(when.year, season=found) if found and when.year else None


class _Builder:
    """Takes facts one by one; what many share, such as a speaker, is read once."""

    def __init__(self, store: Facts) -> None:
        self.chunks: dict[str, list[str]] = {}  # of each text
        self.facts: dict[str, list[tuple[Sequence[int], float]]] = {}
        self._groups: dict[tuple[str, str], list[int]] = {}
        self._store = store
        codes = next(iter(store.themes.values()), {})
        self._languages = tuple(load_language(code) for code in codes)

    def add(self, number: int, id_: str) -> None:
        """Add the fact of that id under that number."""
        fact = self._store.facts[id_]
        self._add(id_, (number,), _SAID)
        for text in self._own(fact):
            self._add(text, (number,), _SAID)
        for kind, name in _shared(fact):
            group = self._groups.get((kind, name))
            if group is None:
                group = self._groups[kind, name] = []
                for text, worth in self._told(kind, name):
                    self._add(text, group, worth)
            group.append(number)

    def _add(self, text: str, numbers: Sequence[int], worth: float) -> None:
        if text not in self.facts:
            self.facts[text] = []
            self.chunks[text] = chunks_in(text)
        self.facts[text].append((numbers, worth))

    def _own(self, fact: Fact) -> Iterator[str]:
        for text in fact.statement.values():
            yield text.replace("{figure}", " ").replace("{as_of}", " ")
        if fact.figure:
            for language in self._languages:
                yield figure_text(fact.figure, self._store, language)

    def _told(self, kind: str, name: str) -> Iterator[tuple[str, float]]:
        """The texts of what facts share, with what a hit in them is worth."""
        store = self._store
        match kind:
            case "speaker":
                who = store.people[name]
                known_as = " ".join(who.known_as)
                yield f"{_all(who.name, who.role, who.organisation)} {known_as}", _NAMED
            case "place":
                own, *around = (_all(store.places[id_].name) for id_ in store.around(name))
                yield own, _NAMED
                yield " ".join(around), _AROUND
            case "theme":
                yield f"{name} {_all(store.themes[name])}", _SORTED
            case "source":
                yield store.sources[name].title, _AROUND
            case "measure":
                measure = store.measures[name]
                yield f"{_all(measure.name)} {_SIGNS.get(measure.unit, '')}", _MEASURED
            case "population":
                yield _all(store.populations[name]), _MEASURED
            case "date":
                when = parse_when(name)
                yield self._date(when), _NAMED
                if time_of_year := season(when):
                    yield self._date(time_of_year), _AROUND
            case _:
                yield name, _MEASURED

    def _date(self, when: When) -> str:
        told = " ".join(when_text(when, language) for language in self._languages)
        exact = edtf(when) if when.year else ""
        return f"{told} {exact} {exact[:7]} {exact[:4]}"


def _shared(fact: Fact) -> Iterator[tuple[str, str]]:
    yield "speaker", fact.said_by
    yield "place", fact.place
    yield "theme", fact.theme
    yield "source", fact.source
    yield "standing", fact.standing.value
    if fact.figure:
        yield "measure", fact.figure.measure
    if fact.figure and fact.figure.among:
        yield "population", fact.figure.among
    for when in dates_of(fact):
        yield "date", edtf(when)


def dates_of(fact: Fact) -> tuple[When, ...]:
    """The dates of a fact: as of, since, and that of the event which it dates."""
    event = fact.figure.value if fact.figure and isinstance(fact.figure.value, When) else None
    since = fact.since.when if fact.since else None
    return tuple(when for when in (fact.as_of.when, since, event) if when)


def _all(*names: Mapping[str, str]) -> str:
    return " ".join(dict.fromkeys(text for name in names for text in name.values()))
