"""The words of English texts for numbers, units, hedges and dates."""

from __future__ import annotations

from reports.facts.evidence.idiom import Idiom, months_of, phrases, short_months_of, spelled
from reports.facts.quantities import Part, Qualifier, Unit

_MONTHS = (
    *("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul"),
    *("august aug", "september sep sept", "october oct", "november nov", "december dec"),
)
_UNITS = {
    Unit.PERCENT: "percent cent % pct",
    Unit.PERCENTAGE_POINTS: "points point pp",
    Unit.HOUR: "hour hours",
    Unit.DAY: "day days",
    Unit.WEEK: "week weeks",
    Unit.MONTH: "month months",
    Unit.YEAR: "year years",
    Unit.NOK: "krone kroner NOK kr",
    Unit.TIMES: "time times",
}
_HEDGES = (
    ("about, around, approximately, roughly, circa, ca, ca ., c ., some", [Qualifier.ABOUT]),
    ("nearly, almost, close to", [Qualifier.NEARLY]),
    ("just under, just below", [Qualifier.NEARLY, Qualifier.UNDER]),
    ("over, well over, just over, more than, upwards of, in excess of", [Qualifier.OVER]),
    ("under, well under, below, less than, fewer than", [Qualifier.UNDER]),
    ("at least, no fewer than, no less than, not less than, a minimum of", [Qualifier.AT_LEAST]),
    ("at most, no more than, not more than, a maximum of", [Qualifier.AT_MOST]),
    ("up to", [Qualifier.UP_TO, Qualifier.AT_MOST]),
    ("a record of", [Qualifier.RECORD]),
)
_AFTER = (
    ("or more", [Qualifier.AT_LEAST, Qualifier.OVER]),
    ("or less, or fewer", [Qualifier.AT_MOST, Qualifier.UNDER]),
    ("or so", [Qualifier.ABOUT]),
)


def _fractions() -> dict[str, int]:
    ordinals = dict(spelled("en", range(3, 13), "ordinal"))
    return (
        ordinals | {f"{word}s": n for word, n in ordinals.items()} | {"quarter": 4, "quarters": 4}
    )


def english() -> Idiom:
    """The idiom of English."""
    return Idiom(
        code="en",
        decimal=".",
        grouping=",",
        cardinals=dict(spelled("en", range(100))),
        ordinals=dict(spelled("en", range(1, 32), "ordinal")),
        articles=frozenset(("a", "an")),
        scales={"hundred": 100, "thousand": 1000}
        | dict.fromkeys(("million", "millions"), 1_000_000)
        | dict.fromkeys(("billion", "billions"), 1_000_000_000),
        joints=frozenset(("and",)),
        half=frozenset(("half",)),
        one_and_a_half=frozenset(),
        of=(("of",), ("in",), ("out", "of")),
        of_all=frozenset(("the", "all", "every")),
        fractions=_fractions(),
        shares={"half": Part(1, 2)},
        every=frozenset(("every",)),
        multiples=dict.fromkeys(("double", "doubled", "twice", "doubling"), 2)
        | dict.fromkeys(("triple", "tripled", "threefold"), 3),
        numbered=frozenset(("number", "no")),
        rank_words=frozenset(("place",)),
        ordinal_signs=frozenset(("st", "nd", "rd", "th")),
        spans=frozenset(("to",)),
        between="between",
        pairs="and",
        either=frozenset(("or", "against")),
        units={unit: frozenset(words.split()) for unit, words in _UNITS.items()},
        before_number={Unit.NOK: frozenset(("kr", "NOK"))},
        fills=frozenset(
            ("last", "next", "first", "whole", "full", "long", "norwegian", "per", "percentage")
        ),
        leads=frozenset(("the", "NOK", "kr")),
        hedges=phrases(_HEDGES),
        after=phrases(_AFTER),
        record="record",
        months=months_of(_MONTHS),
        short_months=short_months_of(_MONTHS),
        of_year=frozenset(("of",)),
        month_first=True,
        capital_months=True,
        seasons={"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24},
    )
