"""Figures as the operands of arithmetic: both ends, how fine they are, and in which unit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from reports.facts.quantities import (
    DURATIONS,
    Figure,
    Number,
    Part,
    Qualifier,
    Range,
    Unit,
    When,
)

MILLION = 1_000_000


class DerivationError(Exception):
    """Figures that can't be combined: what is wrong, after "fact 'x' …", and a hint."""

    def __init__(self, what: str, hint: str) -> None:
        """Take the words of the problem."""
        super().__init__(what)
        self.what = what
        self.hint = hint


@dataclass(frozen=True)
class Operand:
    """A figure's ends, equal for a single value; `step` is how fine they are, 0 for exactly."""

    low: Decimal
    high: Decimal
    step: Decimal
    hedge: Qualifier


def read_operand(figure: Figure, unit: Unit, other: Unit) -> Operand:
    """A figure of `unit` as an operand in the unit `other`, which is a duration if it differs.

    Raises DerivationError as `figure_ends` does.
    """
    low, high = figure_ends(figure, unit)
    step = _step(figure, unit)
    if unit is not other:
        low, high, step = (_converted(each, unit, other) for each in (low, high, step))
        step = decade(step)
    return Operand(low, high, step, figure.qualifier)


def figure_ends(figure: Figure, unit: Unit) -> tuple[Decimal, Decimal]:
    """The ends of a range, or a single value twice; 8 of 10 is 80 percent.

    Raises DerivationError for a date, and for `n of m` in another unit than percent.
    """
    match figure.value:
        case Number() as number:
            return number.plain, number.plain
        case Range(low, high):
            return low.plain, high.plain
        case Part(count, whole):
            if unit is not Unit.PERCENT:
                hint = "give its measure 'unit: percent', or write its value as a number"
                raise DerivationError(f"computes with '{count} of {whole}' in {unit.value}", hint)
            share = Decimal(100 * count) / whole
            return share, share
        case When():
            raise DerivationError("computes with a date", "compare them in words")


def numbers(figure: Figure) -> tuple[Number, ...]:
    """The numbers that a figure is written with; none for `n of m` and dates."""
    match figure.value:
        case Number() as number:
            return (number,)
        case Range(low, high):
            return (low, high)
        case _:
            return ()


def decade(step: Decimal) -> Decimal:
    """The power of ten at or below a step; 0 for 0."""
    return Decimal(1).scaleb(step.adjusted()) if step else step


def _step(figure: Figure, unit: Unit) -> Decimal:
    """1 for 62, 0.1 for 6.2, a million for 28 million; 0 for what was counted one by one."""
    if figure.step is not None:
        return figure.step
    written = numbers(figure)
    counted = unit is Unit.COUNT and figure.qualifier in (Qualifier.EXACT, Qualifier.RECORD)
    if counted and not any(number.million for number in written):
        return Decimal(0)
    return max((_number_step(number) for number in written), default=Decimal(0))


def _number_step(number: Number) -> Decimal:
    exponent = number.value.as_tuple().exponent
    scale = MILLION if number.million else 1
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0) * scale


def _converted(value: Decimal, unit: Unit, other: Unit) -> Decimal:
    if DURATIONS.index(unit) > DURATIONS.index(other):
        return value * _times(unit, other)
    return value / _times(other, unit)


@cache
def _times(longer: Unit, shorter: Unit) -> Decimal:
    """How often a duration goes into a longer one, a whole number."""
    from pint import UnitRegistry  # late: it takes half a second, and few stores mix durations

    registry: UnitRegistry[Decimal] = UnitRegistry(non_int_type=Decimal)
    return Decimal(registry.Quantity(Decimal(1), longer.value).to(shorter.value).magnitude)
