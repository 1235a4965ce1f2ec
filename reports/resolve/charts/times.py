"""Dates to points on an axis of time, in years: 2019.5 is the middle of 2019."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from reports.facts.model import Fact
from reports.facts.quantities import SEASONS, When
from reports.facts.wording import dates_text, when_text
from reports.language import Language

_EXACT = Decimal("0.0001")
_STEPS = (1, 2, 3, *(12 * years for years in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)))
_MOST_TICKS = 8


def span(when: When) -> tuple[Decimal, Decimal] | None:
    """When a date starts and ends, the same for a day; None where its year isn't known."""
    if when.year is None:
        return None
    if when.day is not None and when.month is not None:
        day = _in_years(when.year, when.month, when.day)
        return day, day
    if when.season is not None:
        first, last = SEASONS[when.season]
    else:
        first, last = when.month or 1, when.month or 12
    return _in_years(when.year, first, 1), _in_years(when.year, last + 1, 1)


def middle(when: When) -> Decimal | None:
    """The middle of a date; None where its year isn't known."""
    ends = span(when)
    return ((ends[0] + ends[1]) / 2).quantize(_EXACT) if ends else None


def fact_span(fact: Fact) -> tuple[Decimal, Decimal] | None:
    """When what a fact tells starts and ends, from the earlier date of one that has two."""
    ends = span(fact.when) if fact.when else None
    since = span(fact.since.when) if fact.since and fact.since.when else None
    if ends and since:
        return min(since[0], ends[0]), ends[1]
    return ends


def fact_date(fact: Fact, language: Language) -> str:
    """When a fact holds, in words: of an event, when it happened."""
    if fact.as_of.when is None and fact.when is not None:
        return when_text(fact.when, language)
    return dates_text(fact, language)


def ticks(start: Decimal, end: Decimal, language: Language) -> tuple[tuple[Decimal, str], ...]:
    """Points of an axis of time that holds both, with their words: at most nine.

    The first lies at or before `start`, the last at or after `end`.
    """
    begins, ends = _month_at(start), _month_at(end)
    if _in_years(ends // 12, ends % 12 + 1, 1) < end or ends == begins:
        ends += 1
    for months in _STEPS:
        first = begins // months * months
        last = -(-ends // months) * months
        if (last - first) // months <= _MOST_TICKS:
            break
    found = []
    for month in range(first, last + 1, months):
        year, number = month // 12, month % 12 + 1
        if months % 12 == 0:
            words = str(year)
        else:
            words = language.month(year if number == 1 or month == first else None, number)
        found.append((_in_years(year, number, 1), words))
    return tuple(found)


def _month_at(years: Decimal) -> int:
    """The month that a point of time lies in, counted from the year 0."""
    month = int(years * 12) + 1
    while _in_years(month // 12, month % 12 + 1, 1) > years:
        month -= 1
    return month


def _in_years(year: int, month: int, day: int) -> Decimal:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    start, end = date(year, 1, 1), date(year + 1, 1, 1)
    passed = Decimal((date(year, month, day) - start).days) / (end - start).days
    return (year + passed).quantize(_EXACT)
