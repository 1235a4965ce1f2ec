"""The store as a file for other tools: JSON whole, CSV a row a fact, CSL-JSON the sources.

What leaves is what its access level may see, and nothing that names what is hidden.  The same
store gives the same bytes.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum

from reports.facts.ask.records import edtf, fact_record
from reports.facts.exchange.csl import csl_item
from reports.facts.exchange.visible import facts_once, visible_part
from reports.facts.model import Access, Fact, Facts, Source
from reports.facts.quantities import AsOf, Figure, Number, Part, Range, When
from reports.facts.wording import shows_arithmetic, statements

VERSION = 1
# With these, a spreadsheet takes a cell for a formula (OWASP, "CSV Injection"); in full width, too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_RELATED = ("contradicts", "outranks", "inputs")
VALUE_COLUMNS = ("value", "value_high", "value_of")


class ExportFormat(Enum):
    JSON = "json"
    CSV = "csv"
    CSL = "csl"


def export_store(store: Facts, kind: ExportFormat, access: Access, code: str) -> bytes:
    """The part of the store that `access` may see, in a format, its words in the language `code`.

    CSL-JSON has the words of all languages.
    """
    seen = visible_part(store, access)
    match kind:
        case ExportFormat.JSON:
            return _json(_whole(seen, access, code))
        case ExportFormat.CSV:
            return _csv(seen, code)
        case ExportFormat.CSL:
            return _json([csl_item(source) for source in seen.sources.values()])


def safe_cell(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would compute it."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def own_cell(text: str) -> str:
    """The text that `safe_cell` made such a cell of."""
    return text[1:] if text.startswith(tuple(f"'{sign}" for sign in _FORMULA)) else text


def _whole(store: Facts, access: Access, code: str) -> dict[str, object]:
    return {
        "format": "kildefast-store",
        "version": VERSION,
        "access": access.value,
        "language": code,
        "facts": _fact_records(store, code),
        "sources": [_source_record(source) for source in store.sources.values()],
        "people": [
            {"id": id_, "name": who.name, "role": who.role, "organisation": who.organisation}
            for id_, who in store.people.items()
        ],
        "measures": [
            {"id": id_, "unit": measure.unit.value, "name": measure.name}
            for id_, measure in store.measures.items()
        ],
        "populations": _named(store.populations),
        "themes": _named(store.themes),
        "places": [
            {"id": id_, "name": place.name, "in": place.inside or None}
            for id_, place in store.places.items()
        ],
        "inferences": _named(store.inferences),
    }


def _fact_records(store: Facts, code: str) -> list[dict[str, object]]:
    """A record a fact, without the ids of facts that this store hides."""
    return [
        {**open_record(fact, store, code), "statements": statements(fact, store)}
        for fact in facts_once(store)
    ]


def open_record(fact: Fact, store: Facts, code: str) -> dict[str, object]:
    """The fact as a flat object that names no fact which this store hides."""
    record = fact_record(fact, store, code)
    record |= {
        key: [id_ for id_ in ids if id_ in store.facts]
        for key in _RELATED
        if isinstance(ids := record[key], list)
    }
    if not shows_arithmetic(fact, store):  # what is visible of it would tell the rest
        record["inputs"] = []
    for key in ("supersedes", "superseded_by"):
        record[key] = record[key] if record[key] in store.facts else None
    return record


def _source_record(source: Source) -> dict[str, object]:
    return {
        "id": source.id,
        "type": source.type,
        "title": source.title,
        "author": [{"family": name.family, "given": name.given or None} for name in source.author],
        "publisher": source.publisher or None,
        "container_title": source.container_title or None,
        "url": source.url or None,
        "issued": _date(source.issued),
        "inferred": source.issued.inferred or None,
        "nature": source.nature,
        "interest": source.interest,
        "text": source.text or None,
        "language": source.language,
        "voice": source.voice or None,
        "other": source.other,
    }


def _named(words: Mapping[str, Mapping[str, str]]) -> list[dict[str, object]]:
    return [{"id": id_, "name": name} for id_, name in words.items()]


def _date(as_of: AsOf) -> str | None:
    return edtf(as_of.when) if as_of.when else None


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _csv(store: Facts, code: str) -> bytes:
    """A row a fact, with all that a record holds but its sentences in other languages."""
    facts = facts_once(store)
    records = [open_record(fact, store, code) for fact in facts]
    keys = list(records[0]) if records else ["id"]
    head = [column for key in keys for column in (VALUE_COLUMNS if key == "value" else (key,))]
    rows = []
    for record, fact in zip(records, facts, strict=True):
        values = dict(zip(VALUE_COLUMNS, value_cells(fact.figure), strict=True))
        rows.append([values[key] if key in values else cell(record[key]) for key in head])
    return csv_bytes(head, rows)


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table after RFC 4180, with the byte order mark by which Excel knows UTF-8."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows((head, *rows))
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def value_cells(figure: Figure | None) -> tuple[str, str, str]:
    """A figure as numbers: the value, or the lower end; the upper end; of how many."""
    if figure is None:
        return "", "", ""
    match figure.value:
        case Number() as number:
            return f"{number.plain:f}", "", ""
        case Range(low, high):
            return f"{low.plain:f}", f"{high.plain:f}", ""
        case Part(count, whole):
            return str(count), "", str(whole)
        case When() as when:
            return edtf(when), "", ""


def cell(value: object) -> str:
    """One part of a record as a cell; a list as its parts with spaces between."""
    if isinstance(value, list):
        return " ".join(map(str, value))
    return "" if value is None else safe_cell(str(value))
