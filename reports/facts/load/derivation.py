"""How a derived fact is computed, from its entry."""

from __future__ import annotations

from reports.facts.load.entries import Entries, inner_fields
from reports.facts.model import Access, Derivation, Facts, Operation
from reports.facts.quantities import Unit
from reports.facts.values import parse_step
from reports.fields import Fields

PAIRED = (Operation.CHANGE, Operation.DIFFERENCE, Operation.RATIO, Operation.SHARE)
CHANGES = (Unit.PERCENT, Unit.PERCENTAGE_POINTS)


def read_derivation(
    fields: Fields, store: Facts, entries: Entries, *, access: Access | None
) -> Derivation:
    """The operation of an entry, with the access that the entry asks for."""
    inner = inner_fields("derived", "the derivation", fields, entries)
    found = [kind for kind in Operation if inner.node(kind.value) is not None]
    if len(found) != 1:
        known = ", ".join(kind.value for kind in Operation)
        what = f"{inner.what} needs one operation and has {len(found)}"
        inner.problem(inner.place, what, f"one of: {known}; as in 'difference: [later, earlier]'")
    operation = found[0] if found else Operation.SUM
    inputs = inner.words(operation.value)
    place = inner.place_of(operation.value)
    if found and operation in PAIRED and len(inputs) != 2:
        what = f"'{operation.value}' of {inner.what} takes two facts and has {len(inputs)}"
        inner.problem(place, what, "write [first, second]")
    elif found and len(inputs) < 2:
        what = f"'{operation.value}' of {inner.what} takes at least two facts"
        inner.problem(place, what, "write [first, second, …]")
    twice = next((id_ for id_ in inputs if inputs.count(id_) > 1), "")
    if twice:
        what = f"'{operation.value}' of {inner.what} names '{twice}' twice"
        inner.problem(place, what, "name each fact once")
    inner.known_all(operation.value, entries.sections["facts"], "fact")
    derivation = Derivation(
        operation=operation,
        inputs=inputs,
        unit=_change_unit(inner, operation),
        step=inner.parsed("round", parse_step, "a step such as 0.1, 1 or 1000", None),
        because=_because(inner, entries),
        measure=inner.known("measure", store.measures, "measure", required=False),
        among=inner.known("among", store.populations, "population", required=False),
        theme=fields.known("theme", store.themes, "theme", required=False),
        place=fields.known("place", store.places, "place", required=False),
        source=fields.known("source", store.sources, "source", required=False),
        access=access,
    )
    inner.done()
    return derivation


def _change_unit(inner: Fields, operation: Operation) -> Unit | None:
    if operation is not Operation.CHANGE:
        if inner.node("as") is not None:
            inner.problem(inner.place_of("as"), "'as' belongs to a change only", "leave it out")
        return None
    asked = inner.text("as", f"one of: {', '.join(unit.value for unit in CHANGES)}")
    known = {unit.value: unit for unit in CHANGES}
    unit = known.get(asked.replace(" ", "-"))
    if asked and not unit:
        what = f"'as' of {inner.what} is '{asked}'"
        inner.problem(inner.place_of("as"), what, f"one of: {', '.join(known)}")
    return unit or Unit.PERCENT


def _because(inner: Fields, entries: Entries) -> dict[str, str]:
    return inner.texts("because", entries.languages) if inner.node("because") else {}
