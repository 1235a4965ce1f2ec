"""One language of the tool: its own words, and its numbers and dates.

Spaces inside a figure never break: U+202F between digits and before a unit, U+00A0 between
words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_skeleton, get_day_names, get_month_names
from babel.messages.pofile import read_po
from babel.numbers import get_decimal_symbol, get_group_symbol

from reports.language.ways import WAYS, Quotes, Ways

NARROW = "\u202f"
NO_BREAK = "\u00a0"
CATALOGUES = Path(__file__).parents[1] / "locale"


@dataclass(frozen=True)
class Language:
    """One language of the tool: its catalogue and its ways with numbers and dates."""

    code: str
    messages: dict[str, str]

    def say(self, key: str, **values: str) -> str:
        """The message of that key, filled in; raises KeyError for a key not in the catalogue."""
        return self.messages[key].format(**values)

    @property
    def _ways(self) -> Ways:
        return WAYS[self.code]

    @property
    def quotes(self) -> Quotes:
        return self._ways.quotes

    # ------------------------------------------------------------ numbers

    @property
    def decimal(self) -> str:
        """The sign between whole and fraction."""
        return get_decimal_symbol(self._ways.locale)

    @property
    def grouping(self) -> str:
        """The sign between thousands."""
        return get_group_symbol(self._ways.locale).replace(NO_BREAK, NARROW)

    def number(self, value: Decimal) -> str:
        """The number with the decimals it was given with, grouped from four digits up."""
        exponent = value.as_tuple().exponent
        places = max(0, -exponent) if isinstance(exponent, int) else 0
        digits, _, decimals = f"{value.copy_abs():.{places}f}".partition(".")
        shown = re.sub(r"(?<=\d)(?=(\d{3})+$)", self.grouping, digits)
        if decimals:
            shown += self.decimal + decimals
        return f"\N{MINUS SIGN}{shown}" if value < 0 else shown

    @property
    def one(self) -> str:
        """The number 1 as a word, where it can't be taken for an article."""
        return self._ways.one

    def word(self, value: int) -> str:
        """A number up to twelve in words, others in digits."""
        known = 2 <= value <= 12
        return self._ways.numbers[value - 2] if known else self.number(Decimal(value))

    def ordinal(self, value: int) -> str:
        """A place in a ranking, in words up to the twelfth."""
        if 1 <= value <= 12:
            return self._ways.ordinals[value - 1]
        return self._ways.later_ordinal.format(value)

    def number_words(self) -> frozenset[str]:
        """The words that say a quantity, for the gate's warning."""
        return frozenset(self._ways.numbers) | self._ways.quantities

    def word_values(self) -> dict[str, int]:
        """Number words with their values; without "one", as often an article as a number."""
        return {word: value for value, word in enumerate(self._ways.numbers, start=2)}

    # ------------------------------------------------------------ dates

    def day(self, when: date) -> str:
        """The day as in "22. november 2026", unbroken after its number."""
        return _unbroken(format_date(when, "long", locale=self._ways.locale))

    def day_of_month(self, month: int, day: int) -> str:
        """The day where no year is known: "11. april" or "11 April"."""
        when = date(2000, month, day)  # a leap year, so that 29 February has a name
        return _unbroken(format_skeleton("MMMMd", when, locale=self._ways.locale))

    def month(self, year: int | None, month: int) -> str:
        """The month as in "juni 2019", alone where no year is known."""
        if year is None:
            return self.months("wide")[month - 1]
        return _unbroken(format_skeleton("yMMMM", date(year, month, 1), locale=self._ways.locale))

    @property
    def day_pattern(self) -> str:
        """How a day is written, in the letters of CLDR: "d. MMMM y"."""
        return str(Locale.parse(self._ways.locale).date_formats["long"].pattern)

    def months(self, width: Literal["wide", "abbreviated"]) -> tuple[str, ...]:
        """The names of the twelve months."""
        names = get_month_names(width, "stand-alone", self._ways.locale)
        return tuple(names[number] for number in range(1, 13))

    def weekdays(self, width: Literal["wide", "abbreviated"]) -> tuple[str, ...]:
        """The names of the days of the week, from Sunday."""
        # Babel looks an alias up in data that languages share: the whole names of nynorsk, alone
        # an alias, are those of bokmål where that was asked first.
        context: Literal["format", "stand-alone"] = "format" if width == "wide" else "stand-alone"
        names = get_day_names(width, context, self._ways.locale)
        return tuple(names[number] for number in (6, 0, 1, 2, 3, 4, 5))


def _unbroken(shown: str) -> str:
    return shown.replace(" ", NO_BREAK, 1)


def languages() -> tuple[str, ...]:
    """The codes of the languages that the tool speaks."""
    return tuple(WAYS)


@lru_cache
def load_language(code: str) -> Language:
    """The language of that code; raises KeyError for one without a catalogue."""
    ways = WAYS[code]
    with (CATALOGUES / f"{code}.po").open("rb") as file:
        catalogue = read_po(file, locale=ways.locale, abort_invalid=True)
    return Language(code, {str(m.id): str(m.string) for m in catalogue if m.id and m.string})
