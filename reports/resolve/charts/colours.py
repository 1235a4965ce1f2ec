"""The colour of a place, and of each line of a chart: no two lines share one."""

from __future__ import annotations

from collections.abc import Sequence

from reports.document import Series
from reports.facts.model import Fact, Facts

_COUNTRIES: tuple[Series, ...] = ("norway", "denmark")
# Where a country has its colour, the other's comes last for a line that isn't its own.
_AMONG_COUNTRIES: tuple[Series, ...] = ("other", "fourth", "norway", "denmark")
_NEUTRAL: tuple[Series, ...] = ("norway", "other", "fourth", "denmark")


def series_of(place: str, store: Facts) -> Series:
    """The colour of a place: that of the country it lies in."""
    around = store.around(place)
    if "norway" in around:
        return "norway"
    return "denmark" if "denmark" in around else "other"


def line_colours(lines: Sequence[Sequence[Fact]], store: Facts) -> tuple[Series, ...]:
    """A colour for each line, at most four: a country's own goes to its first line.

    Lines of no country share out petrol, grey, sand and orange in that order; a single one is
    grey.
    """
    own = [_country(facts, store) for facts in lines]
    if len(own) == 1:
        return tuple(own)
    free = list(_AMONG_COUNTRIES if set(own) & set(_COUNTRIES) else _NEUTRAL)
    given: list[Series | None] = []
    for country in own:
        first = country in _COUNTRIES and country not in given
        given.append(country if first else None)
        if first:
            free.remove(country)
    return tuple(colour or free.pop(0) for colour in given)


def _country(facts: Sequence[Fact], store: Facts) -> Series:
    found = {series_of(fact.place, store) for fact in facts}
    return found.pop() if len(found) == 1 else "other"
