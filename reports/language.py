"""Numbers, dates and the tool's own words in the language of an edition.

Babel knows the languages; the catalogues in `locale/` hold every word that the tool writes
itself, under keys.  Spaces inside a figure never break: U+202F between digits and before a
unit, U+00A0 between words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import get_decimal_symbol

NARROW = "\u202f"
NO_BREAK = "\u00a0"
CATALOGUES = Path(__file__).parent / "locale"
_LOCALES = {"nb": "nb_NO", "en": "en_GB"}
_GROUPS = {"nb": NARROW, "en": ","}

# From two to twelve, as words; "one" is left out since it is an article as often as a number.
_WORDS = {
    "nb": ("to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv"),
    "en": (
        *("two", "three", "four", "five", "six", "seven", "eight"),
        *("nine", "ten", "eleven", "twelve"),
    ),
}
_WORD_VALUES = {
    code: {word: value for value, word in enumerate(words, start=2)}
    for code, words in _WORDS.items()
}
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})
_ONE = {"nb": "én", "en": "one"}
_ORDINALS = {
    "nb": (
        *("første", "andre", "tredje", "fjerde", "femte", "sjette", "sjuende", "åttende"),
        *("niende", "tiende", "ellevte", "tolvte"),
    ),
    "en": (
        *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"),
        *("ninth", "tenth", "eleventh", "twelfth"),
    ),
}
_OTHER_QUANTITIES = {
    "nb": ("halvparten", "dobbelt", "hundre", "tusen", "million", "millioner", "tyve", "tjue"),
    "en": ("half", "double", "hundred", "thousand", "million", "millions", "twenty", "dozen"),
}


@dataclass(frozen=True)
class Quotes:
    """Outer and inner quotation marks, opening and closing."""

    outer: tuple[str, str]
    inner: tuple[str, str]


_QUOTES = {"nb": Quotes(("«", "»"), ("‘", "’")), "en": Quotes(("‘", "’"), ("“", "”"))}


@dataclass(frozen=True)
class Language:
    """One language of the tool: its catalogue and its ways with numbers and dates."""

    code: str
    messages: dict[str, str]

    def say(self, key: str, **values: str) -> str:
        """The message of that key, filled in; raises KeyError for a key not in the catalogue."""
        return self.messages[key].format(**values)

    @property
    def quotes(self) -> Quotes:
        return _QUOTES[self.code]

    def number(self, value: Decimal) -> str:
        """The number with the decimals it was given with, grouped from four digits up."""
        exponent = value.as_tuple().exponent
        places = max(0, -exponent) if isinstance(exponent, int) else 0
        digits, _, decimals = f"{value.copy_abs():.{places}f}".partition(".")
        shown = re.sub(r"(?<=\d)(?=(\d{3})+$)", _GROUPS[self.code], digits)
        if decimals:
            shown += get_decimal_symbol(_LOCALES[self.code]) + decimals
        return f"\N{MINUS SIGN}{shown}" if value < 0 else shown

    @property
    def one(self) -> str:
        """The number 1 as a word, where it can't be taken for an article."""
        return _ONE[self.code]

    def word(self, value: int) -> str:
        """A number up to twelve in words, others in digits."""
        known = 2 <= value <= 12
        return _WORDS[self.code][value - 2] if known else self.number(Decimal(value))

    def ordinal(self, value: int) -> str:
        """A place in a ranking, in words up to the twelfth."""
        if 1 <= value <= 12:
            return _ORDINALS[self.code][value - 1]
        return f"{value}." if self.code == "nb" else f"No.{NO_BREAK}{value}"

    def day(self, when: date) -> str:
        """The day as in "22. november 2026", unbroken after its number."""
        return self._date(when, "d. MMMM y" if self.code == "nb" else "d MMMM y")

    def day_of_month(self, month: int, day: int) -> str:
        """The day where no year is known: "11. april" or "11 April"."""
        when = date(2000, month, day)  # a leap year, so that 29 February has a name
        return self._date(when, "d. MMMM" if self.code == "nb" else "d MMMM")

    def month(self, year: int | None, month: int) -> str:
        """The month as in "juni 2019", alone where no year is known."""
        pattern = "MMMM y" if year else "MMMM"
        return self._date(date(year or 2000, month, 1), pattern)

    def _date(self, when: date, pattern: str) -> str:
        return format_date(when, pattern, locale=_LOCALES[self.code]).replace(" ", NO_BREAK, 1)

    def number_words(self) -> frozenset[str]:
        """The words that say a quantity, for the gate's warning."""
        return frozenset(_WORDS[self.code] + _OTHER_QUANTITIES[self.code])

    def word_values(self) -> dict[str, int]:
        """Number words with their values."""
        return _WORD_VALUES[self.code]


def languages() -> tuple[str, ...]:
    """The codes of the languages that the tool speaks."""
    return tuple(_LOCALES)


@lru_cache
def load_language(code: str) -> Language:
    """The language of that code; raises KeyError for one without a catalogue."""
    if code not in _LOCALES:
        raise KeyError(code)
    with (CATALOGUES / f"{code}.po").open("rb") as file:
        catalogue = read_po(file, locale=_LOCALES[code], abort_invalid=True)
    return Language(code, {str(m.id): str(m.string) for m in catalogue if m.id and m.string})


def typographic(text: str, language: Language) -> str:
    """The text with the language's quotation marks and apostrophes for straight ones."""
    opening, closing = language.quotes.outer
    quoted = re.sub(r'"([^"]*)"', rf"{opening}\1{closing}", text)
    return quoted.replace("'", "’")


def quoted(text: str, language: Language) -> str:
    """The text in quotation marks, and what it quotes itself in the inner ones."""
    opening, closing = language.quotes.outer
    inner = rf"{language.quotes.inner[0]}\1{language.quotes.inner[1]}"
    within = re.sub(r'["“„«]([^"“”„«»]*)["“”»]', inner, text)
    return f"{opening}{within}{closing}"


def capitalised(text: str) -> str:
    """The text with a capital first letter, for the start of a sentence; "eID" stays as it is."""
    return text if text[1:2].isupper() else text[:1].upper() + text[1:]


def slug(text: str, length: int) -> str:
    """The first whole words of a text in lower-case ASCII, joined by hyphens, for an address.

    At most so many letters, or the first word cut; "x" where nothing is left.
    """
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    found = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode())
    name = "-".join(found) or "x"
    if len(name) <= length:
        return name
    return name[: length + 1].rpartition("-")[0] or name[:length]


def in_words(parts: Iterable[str], last: str) -> str:
    """The parts as in "a, b and c", with `last` before the final one."""
    items = list(parts)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"
