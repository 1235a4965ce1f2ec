"""Hedges: how they carry through arithmetic, and what they leave open of a value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import TypeAlias

from reports.facts.quantities import Qualifier

Span: TypeAlias = tuple[Decimal, Decimal | None]  # None stands for no upper end

FIRM = (Qualifier.EXACT, Qualifier.RECORD)
LOWER = (Qualifier.OVER, Qualifier.AT_LEAST)  # the value is a lower end
UPPER = (Qualifier.UNDER, Qualifier.AT_MOST, Qualifier.UP_TO, Qualifier.NEARLY)
NEAR = Decimal("0.1")  # how far from its value an approximate figure may lie
_TURNED = {
    Qualifier.OVER: Qualifier.UNDER,
    Qualifier.UNDER: Qualifier.OVER,
    Qualifier.NEARLY: Qualifier.OVER,
    Qualifier.AT_LEAST: Qualifier.AT_MOST,
    Qualifier.AT_MOST: Qualifier.AT_LEAST,
    Qualifier.UP_TO: Qualifier.AT_LEAST,
}


def turned(hedge: Qualifier) -> Qualifier:
    """The hedge of what falls as the figure rises."""
    return _TURNED.get(hedge, hedge)


def are_near(hedges: Iterable[Qualifier]) -> bool:
    """Whether every true value lies near what is printed; "over" and "at most" set no limit."""
    return all(hedge in (*FIRM, Qualifier.ABOUT, Qualifier.NEARLY) for hedge in hedges)


def carried(hedges: Sequence[Qualifier], falling: int | None) -> Qualifier | None:
    """The hedge of what rises with all of these figures but `falling`, and falls with that one.

    None stands for hedges that leave the result open.
    """
    toward = {
        turned(hedge) if index == falling else hedge
        for index, hedge in enumerate(hedges)
        if hedge not in FIRM
    }
    if len(toward) < 2:
        return toward.pop() if toward else Qualifier.EXACT
    if toward <= {*LOWER}:
        return Qualifier.OVER
    if toward <= {Qualifier.AT_MOST, Qualifier.UP_TO}:
        return Qualifier.AT_MOST
    if toward <= {*UPPER}:
        return Qualifier.UNDER
    return Qualifier.ABOUT if are_near(hedges) else None


def rounding(hedge: Qualifier) -> str:
    """The way in which a hedged number stays true when it is rounded, as `decimal` names it."""
    if hedge in LOWER:
        return ROUND_FLOOR
    return ROUND_CEILING if hedge in UPPER else ROUND_HALF_UP


def likely(low: Decimal, high: Decimal, hedge: Qualifier) -> Span:
    """Where the true value of a hedged figure lies, as the hedge is commonly understood."""
    match hedge:
        case Qualifier.EXACT | Qualifier.RECORD:
            return low, high
        case Qualifier.ABOUT:
            return low - abs(low) * NEAR, high + abs(high) * NEAR
        case Qualifier.NEARLY:
            return low - abs(low) * NEAR, high
        case Qualifier.OVER | Qualifier.AT_LEAST:
            return low, None
        case Qualifier.UNDER | Qualifier.AT_MOST | Qualifier.UP_TO:
            return min(low, Decimal(0)), high


def overlap(first: Span, second: Span) -> bool:
    """Whether two spans share a value."""
    (low, high), (other_low, other_high) = first, second
    return (high is None or other_low <= high) and (other_high is None or low <= other_high)
