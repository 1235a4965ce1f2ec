"""To choose facts by speaker, place, theme and date, each by its id or by words in any language."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from reports.facts.ask.index import dates_of, season, words_in
from reports.facts.ask.search import is_held
from reports.facts.model import Facts
from reports.facts.quantities import When
from reports.facts.values import parse_when
from reports.language import languages, load_language


class UnknownWordError(Exception):
    """An option's word that nothing in the store is called; `known` is what things are called."""

    def __init__(self, option: str, word: str, known: Collection[str]) -> None:
        """Take the option without its hyphens, and the word it was given."""
        super().__init__(word)
        self.option = option
        self.word = word
        self.known = known


@dataclass(frozen=True)
class Wanted:
    """What is asked for; "" and None ask for nothing in particular."""

    speaker: str
    place: str
    theme: str
    date: When | None


def filter_facts(store: Facts, wanted: Wanted) -> tuple[str, ...]:
    """The ids of the facts that are as wanted, in the order of the files.

    A place takes in those that lie in it, and a date those that are more exact.  What is
    computed is said by nobody.

    Raises UnknownWordError for a word that fits nothing.
    """
    people = {
        id_: (*who.name.values(), *who.role.values(), *who.organisation.values())
        for id_, who in store.people.items()
    }
    speakers = _named("speaker", wanted.speaker, people)
    places = _named(
        "place", wanted.place, {id_: place.name.values() for id_, place in store.places.items()}
    )
    themes = _named(
        "theme", wanted.theme, {id_: name.values() for id_, name in store.themes.items()}
    )
    return tuple(
        id_
        for id_, fact in store.facts.items()
        if (not wanted.speaker or (fact.said_by in speakers and not fact.derivation))
        and (not wanted.place or not places.isdisjoint(store.around(fact.place)))
        and (not wanted.theme or fact.theme in themes)
        and (not wanted.date or any(is_within(when, wanted.date) for when in dates_of(fact)))
    )


def _named(option: str, asked: str, names: Mapping[str, Iterable[str]]) -> set[str]:
    """The ids that are asked for themselves, or whose names hold every word asked for."""
    if asked in names or not asked:
        return {asked}
    words = words_in(asked)
    found = {
        id_
        for id_, texts in names.items()
        for own in [words_in(" ".join(texts))]
        if words and all(any(is_held(word, other) for other in own) for word in words)
    }
    if not found:
        known = {*names, *(text for texts in names.values() for text in texts if text)}
        raise UnknownWordError(option, asked, known)
    return found


# ---------------------------------------------------------------- dates


def parse_date(text: str) -> When:
    """The date of `2012`, `2020-03`, `2012-21`, "spring 2012", "våren 2012" or "12 March".

    Raises ValueError for anything else.
    """
    try:
        return parse_when(text)
    except ValueError:
        return _date_in_words(text)


def _date_in_words(text: str) -> When:
    numbers: list[str] = []
    part = ""
    for word in words_in(text):
        if word.isdecimal():
            numbers.append(word)
            continue
        named = [number for name, number in _parts_of_years().items() if is_held(word, name)]
        if len(set(named)) != 1 or part:
            raise ValueError(text)
        part = named[0]
    year = next((number for number in numbers if len(number) == 4), "XXXX")
    day = [f"{number:>02}" for number in numbers if len(number) <= 2]
    if len(numbers) > len(day) + (year != "XXXX") or not part:
        raise ValueError(text)
    return parse_when("-".join((year, part, *day)))


@cache
def _parts_of_years() -> dict[str, str]:
    """The names of months and seasons in every language, with their numbers."""
    names: dict[str, str] = {}
    for language in map(load_language, languages()):
        for number in (*range(1, 13), *range(21, 25)):
            if number > 12:
                name = language.say(f"season-{number}", year="")
            else:
                name = language.month(None, number)
            names |= dict.fromkeys(words_in(name), f"{number:02}")
    return names


def is_within(when: When, asked: When) -> bool:
    """Whether a date lies in the one that is asked for, which may be a whole season or year."""
    return any(_fits(date, asked) for date in _and_season(when))


def _and_season(when: When) -> Iterator[When]:
    yield when
    if around := season(when):
        yield around


def _fits(when: When, asked: When) -> bool:
    return (
        asked.year in (None, when.year)
        and asked.season in (None, when.season)
        and asked.month in (None, when.month)
        and asked.day in (None, when.day)
    )
