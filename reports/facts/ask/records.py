"""Facts as flat records for lists and scripts."""

from __future__ import annotations

from decimal import Decimal

from reports.facts.model import Fact, Facts
from reports.facts.quantities import Number, Part, Range, When
from reports.facts.wording import (
    arithmetic_text,
    dates_text,
    speaker_text,
    statement_text,
)
from reports.language import load_language


def fact_record(fact: Fact, store: Facts, code: str) -> dict[str, object]:
    """One fact as a flat object; the figure's keys are None for a fact without a figure.

    `value` is a number, `[low, high]`, `{"count", "whole"}` or an EDTF date.
    """
    language = load_language(code)
    figure = fact.figure
    measure = store.measures[figure.measure] if figure else None
    return {
        "id": fact.id,
        "value": _plain_value(fact),
        "unit": measure.unit.value if measure else None,
        "measure": figure.measure if figure else None,
        "measure_name": measure.name[code] if measure else None,
        "among": (figure.among or None) if figure else None,
        "among_name": store.populations[figure.among][code] if figure and figure.among else None,
        "qualifier": figure.qualifier.value if figure else None,
        "said_by": None if fact.derivation else fact.said_by,
        "speaker": speaker_text(fact, store, language),
        "as_of": edtf(fact.as_of.when) if fact.as_of.when else None,
        "since": edtf(fact.since.when) if fact.since and fact.since.when else None,
        "as_of_text": dates_text(fact, language),
        "inferred": fact.as_of.inferred or None,
        "source": fact.source or None,
        "paragraph": fact.at.paragraph or None,
        "standing": fact.standing.value,
        "statement": statement_text(fact, store, language),
        "theme": fact.theme,
        "place": fact.place,
        "access": fact.access.value,
        "recorded": fact.recorded.isoformat(),
        "review_by": fact.review_by.isoformat() if fact.review_by else None,
        "valid_until": fact.valid_until.isoformat() if fact.valid_until else None,
        "supersedes": fact.supersedes or None,
        "superseded_by": store.superseded.get(fact.id),
        "contradicts": list(fact.contradicts),
        "outranks": list(fact.outranks),
        "derived": fact.derivation.operation.value if fact.derivation else None,
        "inputs": list(fact.derivation.inputs) if fact.derivation else [],
        "arithmetic": arithmetic_text(fact, store, language) or None,
    }


def _plain_value(fact: Fact) -> object:
    match fact.figure and fact.figure.value:
        case Number() as number:
            return _json_number(number.plain)
        case Range(low, high):
            return [_json_number(low.plain), _json_number(high.plain)]
        case Part(count, whole):
            return {"count": count, "whole": whole}
        case When() as when:
            return edtf(when)
        case _:
            return None


def _json_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def edtf(when: When) -> str:
    """The date as a fact file writes it: 2012-21, XXXX-04-11."""
    parts = [f"{when.year:04d}" if when.year else "XXXX"]
    parts += [f"{part:02d}" for part in (when.season or when.month, when.day) if part]
    return "-".join(parts)
