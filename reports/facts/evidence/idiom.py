"""How a language writes numbers, units, hedges and dates: what a source's text is read by.

All words are in small letters; those of units and leads may be in capitals: NOK, not "nok".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reports.facts.quantities import Part, Qualifier, Unit

Hedges = Mapping[tuple[str, ...], frozenset[Qualifier]]


@dataclass(frozen=True)
class Idiom:
    """The words of one language for what facts are checked by.

    `cardinals` and `ordinals` are whole words from 0 to 99 and closed compounds; `articles` are
    the number one only before a unit, a scale or "of".  `fractions` maps "third" to 3, `shares`
    are words that say a part by themselves, and `multiples` maps "doubled" to 2.  `joints` stand
    between a word of hundreds and the rest, `spans` between the ends of a range, and `pairs`
    between them after `between`; numbers in a row are also joined by
    `either`.  `fills` may stand between a number and its unit, `leads`
    between a hedge and its number.  A hedge may mean one of several qualifiers: "just below" is
    nearly and under.  `after` are the hedges that follow the number; `record` begins the words of
    a record.  `months` and `seasons` map words to their numbers in EDTF; `short_months` are months
    only beside a day or a year, and so are all of them in small letters with `capital_months`.
    """

    code: str
    decimal: str
    grouping: str
    cardinals: Mapping[str, int]
    ordinals: Mapping[str, int]
    articles: frozenset[str]
    scales: Mapping[str, int]
    joints: frozenset[str]
    half: frozenset[str]
    one_and_a_half: frozenset[str]
    of: tuple[tuple[str, ...], ...]
    of_all: frozenset[str]
    fractions: Mapping[str, int]
    shares: Mapping[str, Part]
    every: frozenset[str]
    multiples: Mapping[str, int]
    numbered: frozenset[str]
    rank_words: frozenset[str]
    ordinal_signs: frozenset[str]
    spans: frozenset[str]
    between: str
    pairs: str
    either: frozenset[str]
    units: Mapping[Unit, frozenset[str]]
    before_number: Mapping[Unit, frozenset[str]]
    fills: frozenset[str]
    leads: frozenset[str]
    hedges: Hedges
    after: Hedges
    record: str
    months: Mapping[str, int]
    short_months: frozenset[str]
    month_first: bool
    of_year: frozenset[str]
    capital_months: bool
    seasons: Mapping[str, int]


def phrases(hedges: Iterable[tuple[str, Iterable[Qualifier]]]) -> Hedges:
    """Hedges by their words: each pair holds phrases between commas, and what they may mean."""
    return {
        tuple(phrase.split()): frozenset(kinds)
        for listed, kinds in hedges
        for phrase in listed.split(",")
    }


def spelled(code: str, numbers: range, kind: str = "cardinal") -> Iterator[tuple[str, int]]:
    """Each number with the word that num2words has for it, in a language by its code there."""
    from num2words import num2words

    for number in numbers:
        yield num2words(number, lang=code, to=kind), number


def months_of(months: Sequence[str]) -> dict[str, int]:
    """The number of each month by its words; each text holds a month's name and short forms."""
    return {word: n for n, words in enumerate(months, start=1) for word in words.split()}


def short_months_of(months: Sequence[str]) -> frozenset[str]:
    """The short forms among the words of the months."""
    return frozenset(word for words in months for word in words.split()[1:])
