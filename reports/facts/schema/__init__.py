"""What a fact file may hold, as a JSON Schema: editors complete by it and mark what is wrong.

It is draft-07, with `errorMessage`, `patternErrorMessage` and `enumDescriptions`, which the
YAML language server reads and others skip.  What needs more than one entry to be seen, such as
an id that is declared twice, only `check` finds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from reports.facts.draft.declared import names_in
from reports.facts.load import FACT_ID, FACT_ID_LENGTH
from reports.facts.model import Facts
from reports.facts.quantities import UNBASED
from reports.facts.schema.keys import ENTRIES, FIGURE, SECTIONS, keys
from reports.facts.schema.scalars import SCALARS, SENTENCE, TEXT, Schema
from reports.fields import ID, LANGUAGES


def fact_schema() -> Schema:
    """What any fact file may hold, each key with what it is for."""
    return _schema({name: _any_id(name) for name in SECTIONS}, FIGURE, ())


def store_schema(store: Facts, languages: Sequence[str], code: str) -> Schema:
    """What a file of this store may hold: only the ids that it declares, which editors offer.

    They are described in the language `code`.  A text in each of `languages` is mandatory.
    """
    unbased = [id_ for id_, measure in store.measures.items() if measure.unit in UNBASED]
    figure: Schema = {
        **FIGURE,
        "if": {"properties": {"measure": {"enum": unbased}}},
        "else": {"required": ["among"]},
    }
    ids = {name: _declared_id(name, names_in(name, store, code)) for name in SECTIONS}
    return _schema(ids, figure, languages)


def schema_text(schema: Schema) -> str:
    """The schema as the text of a file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _schema(ids: Mapping[str, Schema], figure: Schema, languages: Sequence[str]) -> Schema:
    texts = _texts(TEXT, languages)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A fact file of Kildefast",
        **keys({name: _section(name) for name in SECTIONS}),
        "definitions": {
            **ENTRIES,
            "figure": figure,
            "text": TEXT,
            "texts": texts,
            "sentences": _texts(SENTENCE, languages),
            "name": {**texts, "type": (*SCALARS, "object"), "pattern": r"\S"},
            **{f"{name}-id": schema for name, schema in ids.items()},
        },
    }


def _section(name: str) -> Schema:
    entry, what = SECTIONS[name]
    return {
        "description": what,
        "type": "object",
        "propertyNames": {
            "pattern": _id_pattern(name),
            "maxLength": FACT_ID_LENGTH,
            "errorMessage": f"small letters, digits and hyphens, at most {FACT_ID_LENGTH} characters",
        },
        "additionalProperties": {"$ref": f"#/definitions/{entry}"},
    }


def _id_pattern(section: str) -> str:
    return f"^{(FACT_ID if section == 'facts' else ID).pattern}$"


def _any_id(section: str) -> Schema:
    message = f"write an id that is declared under '{section}:'"
    return {"type": "string", "pattern": _id_pattern(section), "errorMessage": message}


def _declared_id(section: str, names: Mapping[str, str]) -> Schema:
    message = f"this is not declared under '{section}:'"
    return {"enum": [*names], "enumDescriptions": [*names.values()], "errorMessage": message}


def _texts(text: Schema, languages: Sequence[str]) -> Schema:
    """A text in each language."""
    shape = keys(dict.fromkeys(LANGUAGES, text), languages)
    return shape if languages else {**shape, "minProperties": 1}
