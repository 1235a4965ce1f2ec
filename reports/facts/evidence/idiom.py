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
    """The words of one language for what facts are checked by."""

    code: str
    decimal: str  # the sign between whole and fraction
    grouping: str  # the sign between thousands, beside a space

    # numbers in words
    cardinals: Mapping[str, int]  # 0 to 99, and closed compounds such as "tohundre"
    ordinals: Mapping[str, int]  # 1 to 31
    articles: frozenset[str]  # the number one only before a unit, a scale or "of ten"
    scales: Mapping[str, int]  # hundred, thousand, million …
    joints: frozenset[str]  # the "and" of "a hundred and one"
    half: frozenset[str]
    one_and_a_half: frozenset[str]

    # numbers of two numbers
    of: tuple[tuple[str, ...], ...]  # between "eight" and "ten", each as its words
    of_all: frozenset[str]  # after it: "eight of the ten"
    fractions: Mapping[str, int]  # "third" is 3
    shares: Mapping[str, Part]  # words that say a part by themselves
    every: frozenset[str]  # before "third"
    spans: frozenset[str]  # the "to" of "10 to 15"
    between: str
    pairs: str  # the "and" after it
    either: frozenset[str]  # between numbers in a row that share a unit

    # other numbers
    multiples: Mapping[str, int]  # "doubled" is 2
    numbered: frozenset[str]  # the "number" of "number three"
    rank_words: frozenset[str]  # a place in a ranking, before its number or in one word with it
    ordinal_signs: frozenset[str]  # the "th" of "5th"

    # beside a number
    units: Mapping[Unit, frozenset[str]]  # after it
    before_number: Mapping[Unit, frozenset[str]]
    fills: frozenset[str]  # may stand between number and unit
    leads: frozenset[str]  # may stand between hedge and number
    hedges: Hedges  # before it; one may mean either of two, as "just below" is nearly and under
    after: Hedges
    record: str  # how words of a record begin

    # dates, with months and seasons by their numbers in EDTF
    months: Mapping[str, int]
    short_months: frozenset[str]  # months only beside a day or a year
    month_first: bool  # whether the day may follow the month
    capital_months: bool  # whether a month in small letters may be another word
    of_year: frozenset[str]  # between month and year
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
