"""Decimal arithmetic on figures: values, precision, hedges and units of what is derived.

A result is never finer than its figures allow.  A range holds every value that the ends of its
figures can give, and a hedged result is rounded the way in which it stays true.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal, localcontext

from reports.facts.derive.hedges import carried, likely, overlap, rounding
from reports.facts.derive.operands import (
    MILLION,
    DerivationError,
    Operand,
    decade,
    numbers,
    read_operand,
)
from reports.facts.model import Derivation, Operation
from reports.facts.quantities import UNBASED, Figure, Number, Qualifier, Range, Unit, Value

_HUNDRED = Decimal(100)
_HALF = Decimal("0.5")
_ADDING = (Operation.DIFFERENCE, Operation.SUM, Operation.MEAN)
_SCALING = (Operation.RATIO, Operation.SHARE, Operation.CHANGE)
_FALLING = {  # the input that makes the result smaller as it grows
    Operation.CHANGE: 0,
    Operation.DIFFERENCE: 1,
    Operation.RATIO: 1,
    Operation.SHARE: 1,
}
_MOST_DIGITS = 4  # of a result that no input limits, unless rounding is declared
_LONGEST = 30  # digits before the point and after it, as in fact files
_PRECISION = 200  # digits to compute with: more than any of those results needs


@dataclass(frozen=True)
class Result:
    """What a derivation comes to; `step` is how fine the value is given, 0 for exactly."""

    value: Value
    qualifier: Qualifier
    unit: Unit
    step: Decimal


def derived_value(
    derivation: Derivation, figures: Sequence[Figure], units: Sequence[Unit]
) -> Result:
    """What a derivation comes to over these figures, each with its unit.

    Raises DerivationError for units that don't go together, a division by zero, hedges that
    leave the result open, and a result finer than its figures allow without rounding.
    """
    with localcontext(prec=_PRECISION):
        unit = _result_unit(derivation, units)
        operands = [
            read_operand(figure, own, units[0]) for figure, own in zip(figures, units, strict=True)
        ]
        _check_signs(derivation, operands)
        least, most = (_computed(derivation, corner) for corner in _corners(derivation, operands))
        hedge = _hedge(derivation, operands)
        allowed = _allowed_step(derivation, operands)
        low, high = _rounded((least, most), hedge, derivation.step, allowed)
        if hedge is Qualifier.NEARLY and (low < 0 or high != most):
            hedge = Qualifier.UNDER  # "nearly" would say how near
        in_millions = derivation.operation in _ADDING and all(map(_in_millions, figures))
        first, last = (_number(end, in_millions=in_millions) for end in (low, high))
        value: Value = first if low == high else Range(first, last)
        return Result(value, hedge, unit, max(allowed, derivation.step or allowed))


def comes_out_even(
    derivation: Derivation, figures: Sequence[Figure], units: Sequence[Unit]
) -> bool:
    """Whether the declared rounding changes nothing of a result that `derived_value` gives."""
    if derivation.step is None:
        return True
    with localcontext(prec=_PRECISION):
        operands = [
            read_operand(figure, own, units[0]) for figure, own in zip(figures, units, strict=True)
        ]
        corners = _corners(derivation, operands)
        return all(_computed(derivation, corner) % derivation.step == 0 for corner in corners)


def derived_hedge(operation: Operation, hedges: Sequence[Qualifier]) -> Qualifier | None:
    """The hedge of a result: soft figures make it soft; None where they leave it open."""
    return carried(hedges, _FALLING.get(operation))


# ---------------------------------------------------------------- units


def _result_unit(derivation: Derivation, units: Sequence[Unit]) -> Unit:
    for unit in units:
        if unit in UNBASED:
            raise DerivationError(f"computes with a {unit.value}", "compare them in words")
    if len(set(units)) > 1 and not _convertible(units):
        names = " and ".join(dict.fromkeys(unit.value for unit in units))
        raise DerivationError(f"combines different units: {names}", "use figures of one unit")
    unit = units[0]
    match derivation.operation:
        case Operation.RATIO:
            return Unit.TIMES
        case Operation.SHARE:
            return Unit.PERCENT
        case Operation.CHANGE if derivation.unit is Unit.PERCENTAGE_POINTS:
            if unit is not Unit.PERCENT:
                what = f"changes in percentage points, but its figures are in {unit.value}"
                raise DerivationError(what, "write 'as: percent', or take the difference")
            return Unit.PERCENTAGE_POINTS
        case Operation.CHANGE:
            return Unit.PERCENT
        case Operation.DIFFERENCE if unit is Unit.PERCENT:
            return Unit.PERCENTAGE_POINTS
        case _:
            return unit


def _convertible(units: Sequence[Unit]) -> bool:
    """Durations of a fixed length; how long a month or year is depends on which."""
    fixed = (Unit.HOUR, Unit.DAY, Unit.WEEK)
    calendar = (Unit.MONTH, Unit.YEAR)
    return all(unit in fixed for unit in units) or all(unit in calendar for unit in units)


# ---------------------------------------------------------------- computing


def _in_millions(figure: Figure) -> bool:
    written = numbers(figure)
    return bool(written) and all(number.million for number in written)


def _number(value: Decimal, *, in_millions: bool) -> Number:
    """The number without trailing zeros after the point."""
    fine = (value / MILLION if in_millions else value).normalize()
    whole = fine == fine.to_integral_value()
    return Number(fine.quantize(Decimal(1)) if whole else fine, million=in_millions)


def _computed(derivation: Derivation, values: Sequence[Decimal]) -> Decimal:
    points = derivation.unit is Unit.PERCENTAGE_POINTS
    try:
        return _COMPUTE["points" if points else derivation.operation.value](values)
    except ZeroDivisionError:
        raise DerivationError("divides by zero", "leave it out, or take the difference") from None


def _divided(above: Decimal, below: Decimal) -> Decimal:
    if below == 0:
        raise ZeroDivisionError
    return above / below


_COMPUTE: dict[str, Callable[[Sequence[Decimal]], Decimal]] = {
    "points": lambda v: v[1] - v[0],
    "change": lambda v: _divided(v[1] - v[0], v[0]) * _HUNDRED,
    "difference": lambda v: v[0] - v[1],
    "ratio": lambda v: _divided(v[0], v[1]),
    "share": lambda v: _divided(v[0], v[1]) * _HUNDRED,
    "sum": lambda v: sum(v, Decimal(0)),
    "mean": lambda v: sum(v, Decimal(0)) / len(v),
}


def _corners(
    derivation: Derivation, operands: Sequence[Operand]
) -> tuple[list[Decimal], list[Decimal]]:
    """The values that give the smallest result and those that give the largest."""
    against = _FALLING.get(derivation.operation)
    ends = [
        (each.high, each.low) if index == against else (each.low, each.high)
        for index, each in enumerate(operands)
    ]
    return [end[0] for end in ends], [end[1] for end in ends]


def _is_scaling(derivation: Derivation) -> bool:
    return derivation.operation in _SCALING and derivation.unit is not Unit.PERCENTAGE_POINTS


def _check_signs(derivation: Derivation, operands: Sequence[Operand]) -> None:
    if _is_scaling(derivation) and any(each.low < 0 for each in operands):
        raise DerivationError("scales by a negative figure", "take the difference instead")


def _hedge(derivation: Derivation, operands: Sequence[Operand]) -> Qualifier:
    """The hedge of the result; a difference may be smaller than its hedges leave open."""
    hedge = derived_hedge(derivation.operation, [each.hedge for each in operands])
    if hedge is None:
        named = " and ".join(dict.fromkeys(f"'{each.hedge.value}'" for each in operands))
        hint = "print the figures beside each other"
        raise DerivationError(f"is left open by the hedges of its figures, {named}", hint)
    subtracts = derivation.operation in (Operation.CHANGE, Operation.DIFFERENCE)
    if subtracts and hedge in (Qualifier.ABOUT, Qualifier.NEARLY):
        first, second = (likely(each.low, each.high, each.hedge) for each in operands)
        if overlap(first, second):
            hint = "print the figures beside each other"
            raise DerivationError("takes the difference of figures that may be equal", hint)
    return hedge


# ---------------------------------------------------------------- precision


def _allowed_step(derivation: Derivation, operands: Sequence[Operand]) -> Decimal:
    """The finest step that the figures warrant for the result; 0 where they set no limit.

    Sums, differences and means are as coarse as their coarsest figure.  What is scaled is as
    coarse as it moves when each figure moves within its step, to the nearest power of ten.
    """
    if not _is_scaling(derivation):
        return max(each.step for each in operands)
    spreads = []
    for corner in _corners(derivation, operands):
        moved = [
            _within_step(replace(operand, low=value, high=value))
            for operand, value in zip(operands, corner, strict=True)
        ]
        low, high = (_computed(derivation, values) for values in _corners(derivation, moved))
        spreads.append(high - low)
    widest = max(spreads)
    return decade(2 * widest)


def _within_step(operand: Operand) -> Operand:
    """The operand with all that it may have been before it was rounded to its step."""
    down = min(operand.step, operand.low) * _HALF  # what is above zero stays so
    return replace(operand, low=operand.low - down, high=operand.high + operand.step * _HALF)


def _rounded(
    ends: tuple[Decimal, Decimal], hedge: Qualifier, step: Decimal | None, allowed: Decimal
) -> tuple[Decimal, Decimal]:
    for end in ends:
        _check_fine_enough(end, step, allowed)
    if step is None:
        return ends
    low, high = ends
    down, up = (rounding(hedge),) * 2 if low == high else (ROUND_FLOOR, ROUND_CEILING)
    return _to_step(low, step, down), _to_step(high, step, up)


def _to_step(value: Decimal, step: Decimal, way: str) -> Decimal:
    return (value / step).to_integral_value(way) * step


def _check_fine_enough(result: Decimal, step: Decimal | None, allowed: Decimal) -> None:
    if result and abs(result.adjusted()) >= _LONGEST:
        what = f"comes out as {result:.3g}, which is longer than {_LONGEST} digits"
        raise DerivationError(what, "leave it out")
    if step is not None:
        if step < allowed:
            what = f"is rounded to {step:f}, finer than its figures allow"
            raise DerivationError(what, f"write 'round: {allowed:f}' or coarser")
        return
    fine = result.normalize()
    exact = not allowed or fine % allowed == 0
    if not exact or len(fine.as_tuple().digits) > _MOST_DIGITS + max(0, fine.adjusted()):
        wanted = allowed or Decimal(1).scaleb(result.adjusted() - 1)
        shown = Context(prec=6).create_decimal(fine).normalize()
        what = f"comes out as {shown:f}, finer than its figures allow"
        raise DerivationError(what, f"declare the rounding: 'round: {wanted:f}'")
