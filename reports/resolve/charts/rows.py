"""Facts as the rows of a chart's data, and the words of a language for its axes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from reports.document import Mark
from reports.facts.model import Facts
from reports.facts.quantities import When
from reports.facts.wording import speaker_name, statement_text
from reports.language import Language
from reports.resolve.charts.times import fact_date

Json: TypeAlias = object  # what json.loads gives

FIELDS = (
    *("id", "label", "value", "high", "text", "place", "series", "line", "date", "when"),
    *("unit", "measure", "population", "speaker", "statement", "approximate"),
)
_IN_D3 = {"d": "%-d", "MMMM": "%B", "y": "%Y"}  # the letters of CLDR in its own


def filled(
    tree: Mapping[str, Json],
    texts: Sequence[str],
    marks: Sequence[Mark],
    lines: Sequence[str],
    store: Facts,
    language: Language,
) -> str:
    """A specification as JSON with the facts for data, and the words of its language.

    `texts` are those of its own that it may print.
    """
    rows = [_row(mark, line, store, language) for mark, line in zip(marks, lines, strict=True)]
    dropped = ("$schema", "description", "data")
    kept = {key: value for key, value in tree.items() if key not in dropped}
    whole = {
        "data": {"values": rows},
        **_without_data(kept),
        "config": {"locale": _locale(language)},
        "usermeta": {"texts": texts},
    }
    return json.dumps(whole, ensure_ascii=False)


def _without_data(tree: dict[str, Json]) -> dict[str, Json]:
    def cleaned(node: Json) -> Json:
        if isinstance(node, dict):
            return {key: cleaned(value) for key, value in node.items() if key != "data"}
        return [cleaned(each) for each in node] if isinstance(node, list) else node

    return {key: cleaned(value) for key, value in tree.items()}


def _row(mark: Mark, line: str, store: Facts, language: Language) -> dict[str, Json]:
    """One fact as a row of the data, every field of `FIELDS` in its order."""
    fact, code = store.facts[mark.fact], language.code
    figure = fact.figure
    base = store.populations[figure.among][code] if figure and figure.among else ""
    unit = store.unit(fact)
    values = (
        *(fact.id, mark.label, float(mark.value)),
        None if mark.high is None else float(mark.high),
        *(mark.text, store.places[fact.place].name[code], mark.series, line),
        *(_iso(fact.when), fact_date(fact, language), unit.value if unit else ""),
        store.measures[figure.measure].name[code] if figure else "",
        *(base, speaker_name(fact, store, language), statement_text(fact, store, language)),
        mark.approximate,
    )
    return dict(zip(FIELDS, values, strict=True))


def _iso(when: When | None) -> str | None:
    """The first moment of a date; None where its year isn't known."""
    if when is None or when.year is None:
        return None
    _, month, day = when.sort_key()
    return f"{when.year:04}-{month or 1:02}-{day or 1:02}T00:00:00"


def _locale(language: Language) -> dict[str, Json]:
    """How numbers and dates of an axis are written, for D3."""
    number = {
        "decimal": language.decimal,
        "thousands": language.grouping,
        "grouping": [3],
        "currency": ["", ""],
        "minus": "\N{MINUS SIGN}",
        "percent": language.say("percent", number=""),
    }
    time = {
        "dateTime": "%x %X",
        "date": re.sub("d|MMMM|y", lambda found: _IN_D3[found[0]], language.day_pattern),
        "time": "%H:%M",
        "periods": ["", ""],
        "days": language.weekdays("wide"),
        "shortDays": language.weekdays("abbreviated"),
        "months": language.months("wide"),
        "shortMonths": language.months("abbreviated"),
    }
    return {"number": number, "time": time}
