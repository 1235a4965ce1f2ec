"""A fact's figure against the paragraph that it cites: number, unit and hedge."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reports.facts.evidence.beside import Span, hedges_beside, other_unit, unit_beyond
from reports.facts.evidence.dates import covers
from reports.facts.evidence.findings import Miss, as_written
from reports.facts.evidence.numbers import Kind, Mention
from reports.facts.evidence.paragraph import Paragraph
from reports.facts.quantities import (
    DURATIONS,
    UNBASED,
    Figure,
    Number,
    Part,
    Qualifier,
    Range,
    Unit,
    Value,
    When,
)

_NO_COUNTS = (Unit.PERCENT, Unit.PERCENTAGE_POINTS, Unit.NOK, *DURATIONS)


def figure_misses(
    figure: Figure, unit: Unit, printed: str, paragraph: Paragraph
) -> tuple[Miss, ...]:
    """What the paragraph doesn't confirm of a figure, at the place that confirms the most.

    The number must stand within `printed`, if the paragraph has that; unit and hedge beside it.
    """
    stretches = _stretches(printed, paragraph.text)
    places = [
        span
        for span in _places(figure.value, unit, paragraph)
        if any(_inside(paragraph.span(*span), stretch) for stretch in stretches)
    ]
    if not places:
        there = printed and printed in paragraph.text
        where = f"'{printed}'" if there else f"paragraph {paragraph.number}"
        what = f"{as_written(figure.value)} is not in {where}"
        return (Miss("number", what, paragraph.reads(*stretches[0])),)
    return min((tuple(_beside(figure, unit, span, paragraph)) for span in places), key=len)


def _stretches(printed: str, text: str) -> list[tuple[int, int]]:
    """Where the printed words stand in the text; the whole of it if they don't."""
    found = re.finditer(re.escape(printed), text) if printed else ()
    return [mark.span() for mark in found] or [(0, len(text))]


def _inside(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _places(value: Value, unit: Unit, paragraph: Paragraph) -> list[Span]:
    """The tokens of each number or date in the paragraph that says the value."""
    if isinstance(value, When):
        return [(d.first, d.beyond) for d in paragraph.dates if covers(d.when, value)]
    kinds = {Unit.RANK: [Kind.ORDINAL], Unit.TIMES: [Kind.CARDINAL, Kind.MULTIPLE]}
    wanted = kinds.get(unit, [Kind.CARDINAL])
    return [
        (mention.first, mention.beyond)
        for mention in paragraph.numbers
        if mention.kind in wanted and _same(mention, value)
    ]


def _same(mention: Mention, value: Number | Range | Part) -> bool:
    match mention.value, value:
        case Number() as one, Number() as other:
            return one.plain == other.plain
        case Range() as one, Range() as other:
            return (one.low.plain, one.high.plain) == (other.low.plain, other.high.plain)
        case one, other:
            return one == other


def _beside(figure: Figure, unit: Unit, span: Span, paragraph: Paragraph) -> Iterator[Miss]:
    seen = paragraph.reads(*paragraph.span(*span))
    beyond = _beyond(figure.value, unit, span, paragraph)
    if beyond is None:
        yield Miss("unit", f"'{unit.value}' does not stand beside {as_written(figure.value)}", seen)
    elif unit is Unit.COUNT and (other := other_unit(paragraph, span, _NO_COUNTS)):
        what = f"{as_written(figure.value)} is a count, and '{other.value}' stands beside it"
        yield Miss("unit", what, seen)
    hedges = hedges_beside(paragraph, span, beyond or span[1])
    what = _hedge_fault(figure.qualifier, hedges)
    if what:
        yield Miss("qualifier", f"{as_written(figure.value)} {what}", seen)


def _beyond(value: Value, unit: Unit, span: Span, paragraph: Paragraph) -> int | None:
    """The token after number and unit; None if the unit it needs is not there."""
    share = isinstance(value, Part) and unit is Unit.PERCENT
    bare = share or unit in (*UNBASED, Unit.COUNT)
    folded = any(m.kind is Kind.MULTIPLE and m.first == span[0] for m in paragraph.numbers)
    return span[1] if bare or folded else unit_beyond(paragraph, span, unit)


def _hedge_fault(qualifier: Qualifier, hedges: list[frozenset[Qualifier]]) -> str:
    """What is wrong between the fact's hedge and the text's; "" if they agree."""
    said = ", ".join(" or ".join(sorted(kind.value for kind in kinds)) for kinds in hedges)
    if qualifier is Qualifier.EXACT:
        return f"is exact in the fact, and hedged in the text: {said}" if hedges else ""
    if not hedges:
        return f"is '{qualifier.value}' in the fact, and has no hedge in the text"
    agree = all(qualifier in kinds for kinds in hedges)
    return "" if agree else f"is '{qualifier.value}' in the fact, and in the text: {said}"
