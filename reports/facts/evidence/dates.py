"""A paragraph's dates: days, months, seasons and years, in digits or in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from reports.facts.evidence.idiom import Idiom
from reports.facts.evidence.tokens import DASHES, Tokens
from reports.facts.quantities import When

_YEARS = range(1800, 2100)


@dataclass(frozen=True)
class Dated:
    """A date that the text prints, from the token `first` to the one before `beyond`.

    `named` if it is part of a name that holds digits, such as that of a yearly survey.
    """

    when: When
    first: int
    beyond: int
    named: bool = False


def read_dates(tokens: Tokens, idiom: Idiom) -> tuple[Dated, ...]:
    """The dates of a text in their order; a number from 1800 to 2099 counts as a year."""
    found: list[Dated] = []
    index = 0
    while index < len(tokens):
        dates = tuple(_dates_at(tokens, index, idiom))
        found += dates
        index = max((dated.beyond for dated in dates), default=index + 1)
    return tuple(found)


def _dates_at(tokens: Tokens, index: int, idiom: Idiom) -> Iterator[Dated]:
    yield from (
        _in_figures(tokens, index)
        or _days_of_month(tokens, index, idiom)
        or _month_or_season(tokens, index, idiom)
        or _year_alone(tokens, index)
    )


def _in_figures(tokens: Tokens, index: int) -> list[Dated]:
    """A date such as 15.06.2020 or 2020-06-15."""
    parts, width = tokens[index].text.split("."), 1
    if tokens[index + 1].text == tokens[index + 3].text == "-":
        parts, width = [tokens[index + step].text for step in (4, 2, 0)], 5
    widths = [len(part) for part in parts]
    if not all(part.isdecimal() for part in parts) or widths[2:] != [4] or max(widths[:2]) > 2:
        return []
    day, month, year = map(int, parts)
    return [Dated(When(year, month, day), index, index + width)] if _exists(month, day) else []


def _days_of_month(tokens: Tokens, index: int, idiom: Idiom) -> list[Dated]:
    """One day or two of a month: "12. mars 2020", "12. og 13. mars", "June 15, 2020"."""
    if idiom.month_first and (month := _month(tokens, index, idiom)):
        day = _day(tokens, month[1], idiom)
        return _dated([day[0]], month[0], index, day[1], tokens) if day else []
    day = _day(tokens, index, idiom)
    days, at = ([day[0]], day[1]) if day else ([], index)
    linked = tokens[at].text in DASHES or tokens[at].word in idiom.joints | idiom.spans
    if days and linked and (second := _day(tokens, at + 1, idiom)):
        days, at = [*days, second[0]], second[1]
    named = _month(tokens, at, idiom)
    return _dated(days, named[0], index, named[1], tokens) if days and named else []


def _dated(days: list[int], month: int, first: int, at: int, tokens: Tokens) -> list[Dated]:
    year = _year(tokens, at + (tokens[at].text == ","))
    beyond = at + (tokens[at].text == ",") + 1 if year else at
    return [Dated(When(year, month, day), first, beyond) for day in days if _exists(month, day)]


def _day(tokens: Tokens, index: int, idiom: Idiom) -> tuple[int, int] | None:
    """A day of the month in digits or as an ordinal, and the token after it."""
    token, sign = tokens[index], tokens[index + 1]
    signed = sign.glued and (sign.text == "." or sign.word in idiom.ordinal_signs)
    if token.text.isdecimal() and len(token.text) <= 2:
        return int(token.text), index + (2 if signed else 1)
    value = idiom.ordinals.get(token.word)
    return (value, index + 1) if value and value <= 31 else None


def _month(tokens: Tokens, index: int, idiom: Idiom) -> tuple[int, int] | None:
    """A month and the token after it, the point of an abbreviation passed over."""
    number = idiom.months.get(tokens[index].word)
    if number is None:
        return None
    short = len(tokens[index].text) <= 4 and tokens[index + 1].text == "."
    abbreviated = short and tokens[index + 1].glued
    return number, index + (2 if abbreviated else 1)


def _month_or_season(tokens: Tokens, index: int, idiom: Idiom) -> list[Dated]:
    """A month with its year or alone, or a season with its year."""
    token = tokens[index]
    month, season = _month(tokens, index, idiom), idiom.seasons.get(token.word)
    if not month and not season:
        return []
    at = month[1] if month else index + 1
    at += tokens[at].word in idiom.of_year
    if year := _year(tokens, at):
        return [Dated(When(year, month and month[0], season=season), index, at + 1)]
    small = idiom.capital_months and token.text[0].islower()  # "may" is a verb, too
    alone = month and not small and token.word not in idiom.short_months
    return [Dated(When(None, month[0]), index, index + 1)] if month and alone else []


def _year_alone(tokens: Tokens, index: int) -> list[Dated]:
    year = _year(tokens, index)
    return [Dated(When(year), index, index + 1)] if year else []


def _year(tokens: Tokens, index: int) -> int | None:
    token = tokens[index]
    whole = token.text.isdecimal() and len(token.text) == 4 and int(token.text) in _YEARS
    apart = not (token.glued and tokens[index - 1].is_word)
    return int(token.text) if whole and apart else None


def _exists(month: int, day: int) -> bool:
    try:
        date(2000, month, day)
    except ValueError:
        return False
    return True


def prints(dates: Iterable[Dated], when: When) -> bool:
    """Whether the dates of one paragraph say `when`: as one date, or its year apart."""
    listed = list(dates)
    if any(covers(dated.when, when) for dated in listed):
        return True
    said = [dated.when for dated in listed if not dated.named]
    without = replace(when, year=None)
    apart = when.year is not None and when.month is not None
    days = any(other.year is None and covers(other, without) for other in said)
    return apart and days and any(other.year == when.year for other in said)


def covers(other: When, when: When) -> bool:
    """Whether a date says all that `when` says, and maybe more."""
    pairs = (
        (when.year, other.year),
        (when.month, other.month),
        (when.day, other.day),
        (when.season, other.season),
    )
    return all(wanted is None or wanted == found for wanted, found in pairs)
