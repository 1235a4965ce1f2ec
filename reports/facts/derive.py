"""Facts computed from facts: figures by decimal arithmetic, with hedges, dates and access.

What isn't alike isn't combined: units never, measures and populations only for a stated
reason.  No result is finer than the figures it comes from allow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter

from reports.facts.arithmetic import DerivationError, derived_value
from reports.facts.model import Access, Derivation, Fact, Facts, Operation, Standing
from reports.facts.quantities import AsOf, Figure, Measure, Unit
from reports.language import load_language
from reports.problems import Problem, ReportError

# From firm to soft: what is computed is as soft as the softest of what it is computed from.
_FIRMNESS = (
    *(Standing.ESTABLISHED, Standing.REPORTED, Standing.OPINION),
    *(Standing.PLAN, Standing.FORECAST, Standing.WISH, Standing.HEARSAY),
)
_OVER_TIME = (Operation.CHANGE, Operation.DIFFERENCE, Operation.RATIO)


def derive(store: Facts) -> Facts:
    """The store with every derived fact computed from its inputs, in chains too.

    Raises ReportError with every derivation that goes in a circle or combines what can't be
    combined, at the fact's entry.
    """
    derived = {id_: fact for id_, fact in store.facts.items() if fact.derivation}
    if not derived:
        return store
    done = replace(store, facts=dict(store.facts), measures=dict(store.measures))
    problems: list[Problem] = []
    failed: set[str] = set()
    for id_ in _order(derived):
        fact = derived[id_]
        if not failed.isdisjoint(fact.derivation.inputs if fact.derivation else ()):
            failed.add(id_)  # its input's own problem says enough
            continue
        try:
            done.facts[id_] = _computed(fact, done)
        except DerivationError as error:
            problems.append(Problem(fact.declared, f"fact '{id_}' {error.what}", error.hint))
            failed.add(id_)
    if problems:
        raise ReportError(*sorted(problems))
    return done


def _order(derived: dict[str, Fact]) -> Sequence[str]:
    """The derived facts, each after those that it is computed from."""
    graph = {
        id_: [other for other in fact.derivation.inputs if other in derived]
        for id_, fact in derived.items()
        if fact.derivation
    }
    try:
        return tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        circle = list(reversed(error.args[1]))
        start = circle.index(min(circle))
        shown = " → ".join([*circle[start:-1], *circle[:start], circle[start]])
        what = f"derived facts go in a circle: {shown}"
        hint = "compute one of them from facts with a source"
        raise ReportError(Problem(derived[min(circle)].declared, what, hint)) from None


def _computed(fact: Fact, store: Facts) -> Fact:
    derivation = fact.derivation
    if derivation is None:
        return fact
    inputs = [store.facts[id_] for id_ in derivation.inputs]
    figures = [_figure(input_) for input_ in inputs]
    units = [store.measures[figure.measure].unit for figure in figures]
    unlike = list(_unlike(derivation, inputs, figures))
    if unlike and not derivation.because:
        hint = "add 'because: {…}' with the reason why they compare, or leave the fact out"
        raise DerivationError(f"combines {unlike[0]}", hint)
    value, qualifier, unit = derived_value(derivation, figures, units)
    since, as_of = _dates(derivation, inputs)
    return replace(
        fact,
        theme=fact.theme or inputs[0].theme,
        place=fact.place or _place(inputs, store),
        figure=Figure(
            value,
            _measure(derivation, figures, unit, store),
            _among(derivation, figures),
            qualifier,
        ),
        as_of=as_of,
        since=since,
        said_by=inputs[0].said_by,
        standing=max((input_.standing for input_ in inputs), key=_FIRMNESS.index),
        source=fact.source or inputs[0].source,
        access=_access(fact, inputs),
    )


def _figure(fact: Fact) -> Figure:
    if fact.figure is None:
        raise DerivationError(f"is computed from '{fact.id}', which has no figure", "leave it out")
    return fact.figure


def _unlike(
    derivation: Derivation, inputs: Sequence[Fact], figures: Sequence[Figure]
) -> Iterator[str]:
    """What differs among the inputs and would have to be the same, in words."""
    parts: tuple[tuple[str, list[str]], ...] = (
        ("measures", [figure.measure for figure in figures]),
        ("populations", [figure.among for figure in figures]),
    )
    for kind, ids in parts:
        if len(set(ids)) > 1:
            named = ", ".join(f"'{id_}'" for id_ in dict.fromkeys(ids))
            yield f"different {kind}: {named}"
    if derivation.operation not in _OVER_TIME and len({input_.when for input_ in inputs}) > 1:
        yield "figures of different dates"


def _dates(derivation: Derivation, inputs: Sequence[Fact]) -> tuple[AsOf | None, AsOf]:
    """The earlier date where the dates differ, and the later one; an unknown date stays so."""
    dates = [input_.as_of for input_ in inputs]
    dates += [input_.since for input_ in inputs if input_.since]
    distinct = {date.when: date for date in dates}
    if len(distinct) == 1:
        return None, dates[0]
    if derivation.operation is Operation.CHANGE:
        return inputs[0].since or inputs[0].as_of, inputs[1].as_of
    if None in distinct:
        return None, AsOf(None)
    ordered = sorted(dates, key=lambda date: date.when.sort_key() if date.when else (0, 0, 0))
    return ordered[0], ordered[-1]


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
    """The measure of the result; without one of its own, one that is named by the operation."""
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
    kind = f"{derivation.operation.value}-{unit.value}"
    first = measures.pop()
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
    if fact.lowered:
        return fact.access
    if asked and asked < highest:
        closed = next(input_ for input_ in inputs if input_.access == highest)
        what = f"is {asked.value}, but is computed from '{closed.id}', which is {highest.value}"
        hint = f"write 'access: {{level: {asked.value}, because: …}}' to lower it with a reason"
        raise DerivationError(what, hint)
    return max(highest, asked or highest)
