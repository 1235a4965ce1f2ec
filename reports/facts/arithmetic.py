"""Decimal arithmetic on figures: values, precision, hedges and units of what is derived."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import product

from reports.facts.model import Derivation, Operation
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

_HUNDRED = Decimal(100)
_UP = (Qualifier.OVER, Qualifier.AT_LEAST)
_DOWN = (Qualifier.UNDER, Qualifier.AT_MOST, Qualifier.UP_TO, Qualifier.NEARLY)
_EXACT = (Qualifier.EXACT, Qualifier.RECORD)
_SCALING = (Operation.RATIO, Operation.SHARE, Operation.CHANGE)
_FALLING = {  # the input that makes the result smaller as it grows
    Operation.CHANGE: 0,
    Operation.DIFFERENCE: 1,
    Operation.RATIO: 1,
    Operation.SHARE: 1,
}
_MOST_DIGITS = 4  # of a result that no input limits, unless rounding is declared


class DerivationError(Exception):
    """Figures that can't be combined: what is wrong, after "fact 'x' …", and a hint."""

    def __init__(self, what: str, hint: str) -> None:
        """Take the words of the problem."""
        super().__init__(what)
        self.what = what
        self.hint = hint


def derived_value(
    derivation: Derivation, figures: Sequence[Figure], units: Sequence[Unit]
) -> tuple[Value, Qualifier, Unit]:
    """The value, hedge and unit of a derivation over these figures, each with its unit.

    Raises DerivationError for units that don't go together, a division by zero, a hedge that
    leaves the result open, and a result finer than its figures allow without rounding.
    """
    unit = _result_unit(derivation, units)
    ends = [_ends(figure, own, units[0]) for figure, own in zip(figures, units, strict=True)]
    compute = _COMPUTE[_kind(derivation)]
    try:
        results = [compute(values) for values in product(*ends)]
    except ZeroDivisionError:
        hint = "leave it out, or compare by a difference"
        raise DerivationError("divides by zero", hint) from None
    allowed = _allowed_step(derivation, figures, units, results)
    low, high = (_rounded(end, derivation, allowed) for end in (min(results), max(results)))
    value: Value = Number(low) if low == high else Range(Number(low), Number(high))
    scaling = derivation.operation in _SCALING and derivation.unit is not Unit.PERCENTAGE_POINTS
    if scaling and any(end < 0 for pair in ends for end in pair):
        raise DerivationError("scales by a negative figure", "take the difference instead")
    hedge = derived_hedge(derivation.operation, [figure.qualifier for figure in figures])
    return value, hedge, unit


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


def _converted(value: Decimal, unit: Unit, other: Unit) -> Decimal:
    if unit is other or unit not in DURATIONS:
        return value
    from pint import UnitRegistry  # late: it takes half a second, and few stores mix durations

    registry: UnitRegistry[Decimal] = UnitRegistry(non_int_type=Decimal)
    return Decimal(registry.Quantity(value, unit.value).to(other.value).magnitude)


# ---------------------------------------------------------------- values


def _ends(figure: Figure, unit: Unit, other: Unit) -> tuple[Decimal, ...]:
    """The value, or both ends of a range, in the unit `other`."""
    match figure.value:
        case Number() as number:
            values: tuple[Decimal, ...] = (number.plain,)
        case Range(low, high):
            values = (low.plain, high.plain)
        case Part(count, whole):
            share = Decimal(count) / Decimal(whole)
            values = (share * _HUNDRED if unit is Unit.PERCENT else share,)
        case When():
            raise DerivationError("computes with a date", "compare them in words")
    return tuple(_converted(value, unit, other) for value in values)


def _kind(derivation: Derivation) -> str:
    points = derivation.unit is Unit.PERCENTAGE_POINTS
    return "points" if points else derivation.operation.value


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


# ---------------------------------------------------------------- precision


def _step(figure: Figure, unit: Unit) -> Decimal:
    """How fine a figure is given: 1 for 62, 0.1 for 6.2, a million for 28 million; 0 is exact."""
    numbers: tuple[Number, ...] = ()
    match figure.value:
        case Number() as number:
            numbers = (number,)
        case Range(low, high):
            numbers = (low, high)
        case _:
            pass
    if unit is Unit.COUNT and figure.qualifier in _EXACT and not any(n.million for n in numbers):
        return Decimal(0)
    return max((_number_step(number) for number in numbers), default=Decimal(0))


def _number_step(number: Number) -> Decimal:
    exponent = number.value.as_tuple().exponent
    scale = Decimal(1_000_000 if number.million else 1)
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0) * scale


def _allowed_step(
    derivation: Derivation,
    figures: Sequence[Figure],
    units: Sequence[Unit],
    results: Sequence[Decimal],
) -> Decimal:
    """The finest step that the figures warrant for the result; 0 where they set no limit.

    Sums and differences are as coarse as their coarsest figure, a mean ten times finer;
    ratios keep the fewest significant digits.
    """
    steps = [_step(figure, unit) for figure, unit in zip(figures, units, strict=True)]
    if _kind(derivation) in ("points", "difference", "sum"):
        return max(steps)
    if derivation.operation is Operation.MEAN:
        return max(steps) / 10
    limited = [
        _digits(end, step)
        for figure, step, unit in zip(figures, steps, units, strict=True)
        for end in _ends(figure, unit, unit)
        if step
    ]
    size = max(abs(result) for result in results)
    if not limited or not size:
        return Decimal(0)
    return Decimal(1).scaleb(size.adjusted() - min(limited) + 1)


def _digits(value: Decimal, step: Decimal) -> int:
    """The significant digits of a value given to that step, at least one."""
    return max(1, value.adjusted() - step.adjusted() + 1)


def _rounded(result: Decimal, derivation: Derivation, allowed: Decimal) -> Decimal:
    step = derivation.step
    if step is None:
        fine = result.normalize()
        exact = fine == (fine / allowed).to_integral_value() * allowed if allowed else True
        if exact and len(fine.as_tuple().digits) <= _MOST_DIGITS + max(0, fine.adjusted()):
            return _plain(fine)
        shown = f"{result:.6g}"
        wanted = allowed or Decimal(1).scaleb(result.adjusted() - 1)
        what = f"comes out as {shown}, finer than its figures allow"
        raise DerivationError(what, f"declare the rounding: 'round: {_plain(wanted):f}'")
    if step < allowed:
        what = f"is rounded to {step:f}, finer than its figures allow"
        raise DerivationError(what, f"write 'round: {_plain(allowed):f}' or coarser")
    return _plain((result / step).to_integral_value(ROUND_HALF_UP) * step)


def _plain(value: Decimal) -> Decimal:
    """The value without trailing zeros after the point, and without an exponent."""
    fine = value.normalize()
    return fine.quantize(Decimal(1)) if fine == fine.to_integral_value() else fine


# ---------------------------------------------------------------- hedges


def derived_hedge(operation: Operation, hedges: Sequence[Qualifier]) -> Qualifier:
    """The hedge of a result: soft figures make it soft, in the direction they leave open."""
    against = _FALLING.get(operation)
    toward = {
        _turned(hedge) if index == against else hedge
        for index, hedge in enumerate(hedges)
        if hedge not in _EXACT
    }
    if not toward:
        return Qualifier.EXACT
    if len(toward) == 1:
        return toward.pop()
    if toward <= {*_UP}:
        return Qualifier.OVER
    return Qualifier.UNDER if toward <= {*_DOWN} else Qualifier.ABOUT


def _turned(hedge: Qualifier) -> Qualifier:
    if hedge in _UP:
        return Qualifier.UNDER if hedge is Qualifier.OVER else Qualifier.AT_MOST
    if hedge in _DOWN:
        return (
            Qualifier.OVER if hedge in (Qualifier.UNDER, Qualifier.NEARLY) else Qualifier.AT_LEAST
        )
    return hedge
