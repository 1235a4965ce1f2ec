"""A fact's figure from its entry: value, measure, population and hedge."""

from __future__ import annotations

from decimal import Decimal

from reports.facts.load.entries import DATE_HINT, Entries, inner_fields
from reports.facts.model import Facts
from reports.facts.quantities import UNBASED, Figure, Number, Qualifier, Range, Unit, Value
from reports.facts.values import parse_number, parse_positive, parse_value, parse_when
from reports.fields import Fields
from reports.yaml import Scalar, Sequence

_NUMBER_HINT = "a number, 'n of m', '28 million' or a range [10, 15]"


def read_figure(fields: Fields, store: Facts, entries: Entries) -> Figure | None:
    """The figure of an entry, None where it has none."""
    if fields.node("figure") is None:
        return None
    inner = inner_fields("figure", "the figure", fields, entries)
    measure = inner.known("measure", store.measures, "measure")
    unit = store.measures[measure].unit if measure in store.measures else None
    if unit and unit not in UNBASED and inner.node("among") is None:
        hint = "say among whom: 'among: POPULATION', declared under 'populations:'"
        inner.problem(inner.place, f"{inner.what} has no population", hint)
    figure = Figure(
        value=_value(inner, unit) if unit else _unread(inner),
        measure=measure,
        among=inner.known("among", store.populations, "population", required=False),
        qualifier=inner.choice("qualifier", Qualifier, Qualifier.EXACT),
    )
    inner.done()
    return figure


def _value(fields: Fields, unit: Unit) -> Value:
    fallback: Value = Number(parse_number("0").value)
    match fields.node("value"):
        case None:
            fields.problem(fields.place, f"{fields.what} has no 'value'", _NUMBER_HINT)
            return fallback
        case Sequence((Scalar(), Scalar()), place) if unit in UNBASED:
            fields.problem(place, f"a {unit.value} can't be a range", "write one value")
            return fallback
        case Sequence((Scalar(low), Scalar(high)), place):
            try:
                ends = Range(parse_number(low), parse_number(high))
            except ValueError:
                fields.problem(place, f"range of {fields.what} is not two numbers", _NUMBER_HINT)
                return fallback
            if ends.low.plain >= ends.high.plain:
                fields.problem(
                    place, f"range of {fields.what} doesn't rise", "write the lower first"
                )
            return ends
        case Scalar() if unit is Unit.DATE:
            return fields.parsed("value", parse_when, DATE_HINT, fallback)
        case Scalar() if unit is Unit.RANK:
            return fields.parsed("value", _rank, "a place from 1", fallback)
        case Scalar():
            return fields.parsed("value", parse_value, _NUMBER_HINT, fallback)
        case node:
            fields.problem(node.place, f"value of {fields.what} can't be read", _NUMBER_HINT)
            return fallback


def _unread(fields: Fields) -> Value:
    """A stand-in for a value that can't be read as long as its unit is unknown."""
    fields.node("value")
    return Number(Decimal(0))


def _rank(text: str) -> Number:
    return Number(Decimal(parse_positive(text)))
