"""Facts computed from facts: figures by decimal arithmetic, with hedges, dates and access.

What isn't alike isn't combined: units never, measures and populations only for a stated
reason.  No result is finer than the figures it comes from allow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reports.facts.circles import circle_text, ordered
from reports.facts.derive.arithmetic import derived_value
from reports.facts.derive.operands import DerivationError
from reports.facts.model import Access, Derivation, Fact, Facts, Operation, Standing
from reports.facts.quantities import UNTOLD, AsOf, Figure, Measure, Unit
from reports.language import load_language
from reports.problems import Problem, ReportError

# From firm to soft, what has not happened last: a result is as soft as its softest input.
_FIRMNESS = (
    *(Standing.ESTABLISHED, Standing.REPORTED, Standing.OPINION, Standing.HEARSAY),
    *(Standing.PLAN, Standing.FORECAST, Standing.WISH),
)
_OVER_TIME = (Operation.CHANGE, Operation.DIFFERENCE, Operation.RATIO)


def derive(store: Facts) -> Facts:
    """The store with every derived fact computed from its inputs, in chains too.

    Raises ReportError with every circle of derivations, and every one that combines what can't
    be combined, at the fact's entry.
    """
    derived = {id_: fact.derivation.inputs for id_, fact in store.facts.items() if fact.derivation}
    if not derived:
        return store
    done = replace(store, facts=dict(store.facts), measures=dict(store.measures))
    order, circles = ordered(derived)
    problems = [_circle_problem(circle, store) for circle in circles]
    failed = {id_ for circle in circles for id_ in circle}
    for id_ in order:
        if not failed.isdisjoint(derived[id_]):
            failed.add(id_)  # its input's own problem says enough
            continue
        try:
            done.facts[id_] = _computed(done.facts[id_], done)
        except DerivationError as error:
            fact = done.facts[id_]
            problems.append(Problem(fact.declared, f"fact '{fact.id}' {error.what}", error.hint))
            failed.add(id_)
    if problems:
        raise ReportError(*sorted(set(problems)))
    return done


def _circle_problem(circle: tuple[str, ...], store: Facts) -> Problem:
    what = f"derived facts go in a circle: {circle_text(circle)}"
    hint = "compute one of them from facts with a source"
    return Problem(store.facts[circle[0]].declared, what, hint)


def _computed(fact: Fact, store: Facts) -> Fact:
    derivation = fact.derivation
    if derivation is None:
        return fact
    inputs = [store.facts[id_] for id_ in derivation.inputs]
    figures = [_figure(input_) for input_ in inputs]
    units = [store.measures[figure.measure].unit for figure in figures]
    _check_alike(derivation, inputs, figures, units)
    result = derived_value(derivation, figures, units)
    since, as_of = _dates(derivation, inputs)
    if fact.lowered:
        since, as_of = since and _untold(since), _untold(as_of)
    return replace(
        fact,
        theme=derivation.theme or inputs[0].theme,
        place=derivation.place or _place(inputs, store),
        figure=Figure(
            result.value,
            _measure(derivation, figures, result.unit, store),
            _among(derivation, figures),
            result.qualifier,
            result.step,
        ),
        as_of=as_of,
        since=since,
        said_by=inputs[0].said_by,
        standing=max((input_.standing for input_ in inputs), key=_FIRMNESS.index),
        source=derivation.source or inputs[0].source,
        access=_access(fact, inputs),
    )


def _figure(fact: Fact) -> Figure:
    if fact.figure is None:
        raise DerivationError(f"is computed from '{fact.id}', which has no figure", "leave it out")
    return fact.figure


def _check_alike(
    derivation: Derivation,
    inputs: Sequence[Fact],
    figures: Sequence[Figure],
    units: Sequence[Unit],
) -> None:
    """Raise DerivationError where unlike figures are combined for no stated reason."""
    if derivation.operation is Operation.CHANGE and _leads_back(inputs[0], inputs[1]):
        what = f"changes from '{inputs[0].id}' to '{inputs[1].id}', which is earlier"
        raise DerivationError(what, "name the earlier fact first")
    unlike = list(_unlike(derivation, inputs, figures, units))
    if unlike and not derivation.because:
        hint = "add 'because: {…}' with the reason why they compare, or leave the fact out"
        raise DerivationError(f"combines {' and '.join(unlike)}", hint)


def _leads_back(earlier: Fact, later: Fact) -> bool:
    return bool(earlier.when and later.when and later.when.before(earlier.when))


def _unlike(
    derivation: Derivation,
    inputs: Sequence[Fact],
    figures: Sequence[Figure],
    units: Sequence[Unit],
) -> Iterator[str]:
    """What differs among the inputs and would have to be the same, in words."""
    operation = derivation.operation
    yield from _different("measures", [figure.measure for figure in figures])
    yield from _different("populations", [figure.among for figure in figures])
    pooled = operation in (Operation.SUM, Operation.MEAN) and Unit.PERCENT in units
    if operation is Operation.CHANGE or pooled:  # the shares of two towns are of two wholes
        yield from _different("places", [input_.place for input_ in inputs])
    dates = {input_.when for input_ in inputs}
    if operation is Operation.CHANGE and len(dates) == 1 and None not in dates:
        yield "figures of the same date"
    if operation not in _OVER_TIME and len(dates) > 1:
        yield "figures of different dates"


def _different(kind: str, ids: Sequence[str]) -> Iterator[str]:
    if len(set(ids)) > 1:
        named = ", ".join(f"'{id_}'" for id_ in dict.fromkeys(ids))
        yield f"different {kind}: {named}"


def _dates(derivation: Derivation, inputs: Sequence[Fact]) -> tuple[AsOf | None, AsOf]:
    """The earlier date where the dates differ, and the later one; an unknown date stays so.

    A date that one source prints and another doesn't is inferred.
    """
    if derivation.operation is Operation.CHANGE and inputs[0].when != inputs[1].when:
        return inputs[0].since or inputs[0].as_of, inputs[1].as_of
    dates = [each for input_ in inputs for each in (input_.since, input_.as_of) if each]
    distinct = {date.when: date for date in sorted(dates, key=lambda date: date.inferred)}
    if len(distinct) == 1:
        return None, next(iter(distinct.values()))
    if any(when is None or when.year is None for when in distinct):
        return None, AsOf(None)
    known = sorted((when for when in distinct if when), key=lambda when: when.sort_key())
    return distinct[known[0]], distinct[known[-1]]


def _untold(date: AsOf) -> AsOf:
    """The date, without the reason for which a hidden input's was inferred."""
    return AsOf(date.when, UNTOLD) if date.inferred else date


def _place(inputs: Sequence[Fact], store: Facts) -> str:
    """The place that all inputs lie in, or the first one's."""
    chains = [store.around(input_.place) for input_ in inputs]
    shared = [place for place in chains[0] if all(place in chain for chain in chains)]
    return shared[0] if shared else inputs[0].place


def _among(derivation: Derivation, figures: Sequence[Figure]) -> str:
    bases = {figure.among for figure in figures}
    if derivation.among or len(bases) == 1:
        return derivation.among or bases.pop()
    hint = "say among whom the result holds: 'among: POPULATION' under 'derived'"
    raise DerivationError("comes from different populations and names none of its own", hint)


def _measure(derivation: Derivation, figures: Sequence[Figure], unit: Unit, store: Facts) -> str:
    """The measure of the result; without one of its own, one that is named by the operation.

    A sum or mean of a measure is of that measure, and compares with what it is made of.
    """
    if derivation.measure:
        own = store.measures[derivation.measure].unit
        if own is not unit:
            what = (
                f"comes out in {unit.value}, but measure '{derivation.measure}' is in {own.value}"
            )
            raise DerivationError(what, f"use a measure with 'unit: {unit.value}'")
        return derivation.measure
    measures = {figure.measure for figure in figures}
    if len(measures) > 1:
        hint = "say what the result measures: 'measure: MEASURE' under 'derived'"
        raise DerivationError("comes from different measures and names none of its own", hint)
    first = measures.pop()
    if derivation.operation in (Operation.SUM, Operation.MEAN):
        return first
    kind = f"{derivation.operation.value}-{unit.value}"
    id_ = f"{first}/{kind}"  # no id that is written in a file holds a slash
    name = {
        code: load_language(code).say(f"measure-{derivation.operation.value}", measure=text)
        for code, text in store.measures[first].name.items()
    }
    store.measures.setdefault(id_, Measure(unit, name))
    return id_


def _access(fact: Fact, inputs: Sequence[Fact]) -> Access:
    highest = max(input_.access for input_ in inputs)
    asked = fact.derivation.access if fact.derivation else None
    if asked and fact.lowered:
        if asked >= highest:
            what = f"gives a reason for being lowered, but its inputs are {highest.value} already"
            raise DerivationError(what, f"write 'access: {asked.value}', or leave it out")
        return asked
    if asked and asked < highest:
        closed = next(input_ for input_ in inputs if input_.access == highest)
        what = f"is {asked.value}, but is computed from '{closed.id}', which is {highest.value}"
        hint = f"write 'access: {{level: {asked.value}, because: …}}' to lower it with a reason"
        raise DerivationError(what, hint)
    return max(highest, asked or highest)
