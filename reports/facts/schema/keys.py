"""Every key of a fact file, with what it is for and what it takes, as parts of a JSON Schema.

The loader in `load/` decides; these keys follow it, and a test holds both to the same ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum

from reports.facts.csl import ACCESSED, FIELDS, TYPES
from reports.facts.load.derivation import CHANGES, PAIRED
from reports.facts.load.fact import EXCUSABLE
from reports.facts.model import Access, Operation, Standing
from reports.facts.quantities import Qualifier, Unit
from reports.facts.schema.scalars import (
    DAY,
    EDTF,
    PARAGRAPH,
    SCALARS,
    STEP,
    TEXT,
    VALUE,
    WHEN,
    WHEN_HINT,
    YEAR,
    Schema,
)

STANDINGS = {
    Standing.ESTABLISHED: "on the record, not disputed, and nobody's mere claim",
    Standing.REPORTED: "told by a party, or the result of a survey that the text relays",
    Standing.OPINION: "somebody's view or judgement",
    Standing.FORECAST: "what somebody expects to happen",
    Standing.PLAN: "announced, not yet done",
    Standing.WISH: "what somebody wants or asks for, without having decided it",
    Standing.HEARSAY: "passed on by somebody who doesn't know it first-hand",
}

# ---------------------------------------------------------------- how parts are put together


def keys(properties: Mapping[str, Schema], required: Sequence[str] = ()) -> Schema:
    """A mapping of these keys and no others."""
    shape: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**shape, "required": required} if required else shape


def _told(what: str, schema: Schema) -> Schema:
    return {"description": what, **schema}


def _of(definition: str, kind: str | Sequence[str], what: str) -> Schema:
    """A definition with a description of its own: beside `$ref` it would not count.

    `kind` is its type once more, without which editors don't know what to write after the key.
    """
    return _told(what, {"type": kind, "allOf": [{"$ref": f"#/definitions/{definition}"}]})


def _id(section: str, what: str) -> Schema:
    return _of(f"{section}-id", "string", what)


def _text(what: str) -> Schema:
    return _of("text", SCALARS, what)


def _texts(what: str) -> Schema:
    return _of("texts", "object", what)


def _one_of(kind: type[Enum], what: str, default: Enum | None = None) -> Schema:
    schema = _told(what, {"enum": [str(member.value) for member in kind]})
    return {**schema, "default": str(default.value)} if default else schema


# ---------------------------------------------------------------- inside a fact

_DATED: Schema = {
    **keys(
        {
            "date": _told("The date that you worked out.", EDTF),
            "inferred": _id("inferences", "How you know it: an id under 'inferences:'."),
        },
        ("date", "inferred"),
    ),
    "type": ("integer", "string", "object"),
    **YEAR,
    "pattern": f"^(?:not stated|{WHEN})$",
    "patternErrorMessage": f"{WHEN_HINT}, or 'not stated'",
}
FIGURE: Schema = keys(
    {
        "value": _told("The number, range, part or date, as precise as the source has it.", VALUE),
        "measure": _id("measures", "What is counted: an id under 'measures:'."),
        "among": _id("populations", "Among whom: an id under 'populations:'."),
        "qualifier": _one_of(Qualifier, "The source's own hedge.", Qualifier.EXACT),
    },
    ("value", "measure"),
)
_AT = keys(
    {
        "paragraph": _told("The lines of the text that are not blank, counted from 1.", PARAGRAPH),
        "printed": _text("What the text says there, letter for letter: two to eight words."),
        "excused": _told(
            "What the text can't confirm, and why the fact holds nevertheless.",
            keys({kind: _text(f"Why the {kind} holds.") for kind in EXCUSABLE}),
        ),
    },
    ("paragraph",),
)
_OPERATIONS = {
    Operation.CHANGE: "How much it grew from the first to the second: [earlier, later].",
    Operation.DIFFERENCE: "The first less the second.",
    Operation.RATIO: "How many times the second the first is.",
    Operation.SHARE: "How much of the second the first is, in per cent.",
    Operation.SUM: "All of them together.",
    Operation.MEAN: "Their average.",
}
_FACTS: Schema = {"type": "array", "items": {"$ref": "#/definitions/facts-id"}}
_CHANGED_IN = [*dict.fromkeys(unit.value.replace("-", sign) for unit in CHANGES for sign in " -")]


def _operands(operation: Operation) -> Schema:
    ids: Schema = {**_FACTS, "minItems": 2, "uniqueItems": True}
    return _told(_OPERATIONS[operation], {**ids, "maxItems": 2} if operation in PAIRED else ids)


_DERIVATION: Schema = {
    **keys(
        {
            **{operation.value: _operands(operation) for operation in Operation},
            "as": _told("What a change is given in.", {"enum": _CHANGED_IN}),
            "round": _told("The step to round to, such as 0.1 or 1000.", STEP),
            "because": _texts("Why figures that aren't alike may be combined."),
            "measure": _id("measures", "What the result measures, if it isn't the inputs' own."),
            "among": _id("populations", "Among whom the result holds, if not the inputs' own."),
        }
    ),
    "oneOf": [
        {
            "required": [operation.value],
            "errorMessage": f"write one of: {', '.join(o.value for o in Operation)}",
        }
        for operation in Operation
    ],
    "dependencies": {"as": [Operation.CHANGE.value], Operation.CHANGE.value: ["as"]},
}
_LOWERED: Schema = {
    "if": {"type": "object"},
    "then": keys(
        {
            "level": _one_of(Access, "Who may see it."),
            "because": _text("Why more people may see the result than what it rests on."),
        },
        ("level", "because"),
    ),
    "else": _one_of(Access, "Who may see it."),
}

# ---------------------------------------------------------------- entries

_ANY_FACT: Mapping[str, Schema] = {
    "theme": _id("themes", "What it is about: an id under 'themes:'."),
    "place": _id("places", "Where it holds: an id under 'places:'."),
    "statement": _of(
        "sentences", "object", "One whole sentence in each language, in your own words."
    ),
    "source": _id("sources", "Which text says it: an id under 'sources:'."),
    "recorded": _told("The day the fact entered the store.", DAY),
    "review_by": _told("The day by which somebody should look at it again.", DAY),
    "valid_until": _told("The last day on which it holds.", DAY),
    "supersedes": _id("facts", "The fact that it replaces."),
    "outranks": _told(
        "The conflicting facts that it is to be preferred to, each with the reason.",
        {
            "type": "object",
            "propertyNames": {"$ref": "#/definitions/facts-id"},
            "additionalProperties": {"$ref": "#/definitions/texts"},
        },
    ),
}
_DERIVED_KEY = _told("How it is computed from other facts.", _DERIVATION)
_SOURCED_FACT = keys(
    {
        **_ANY_FACT,
        "figure": _of("figure", "object", "The figure, if the fact has one."),
        "as_of": _told("When the fact holds; 'not stated' if the text doesn't say.", _DATED),
        "said_by": _id("people", "Who says it in the text: an id under 'people:'."),
        "standing": {
            **_one_of(Standing, "How firm it is."),
            "enumDescriptions": [STANDINGS[standing] for standing in Standing],
        },
        "at": _told("Where in the text it stands.", _AT),
        "access": _one_of(Access, "Who may see it.", Access.PUBLIC),
        "contradicts": _told("The facts that say otherwise.", _FACTS),
        "derived": _DERIVED_KEY,  # so that editors offer it: with it, the fact is of the other kind
    },
    (
        *("theme", "place", "statement", "as_of", "said_by", "standing"),
        *("source", "at", "recorded"),
    ),
)
_DERIVED_FACT: Schema = {
    **keys(
        {
            **_ANY_FACT,
            "derived": _DERIVED_KEY,
            "access": _told("Who may see it, if not all who may see its inputs.", _LOWERED),
        },
        ("derived", "recorded"),
    ),
    "if": {"properties": {"access": {"type": "object"}}, "required": ["access"]},
    "then": {
        "required": ["theme", "place", "source"],
        "properties": {"derived": {"required": ["measure", "among"]}},
    },
}
_SOURCE = keys(
    {
        "type": _told("A type of CSL, the citation format.", {"enum": TYPES}),
        "title": _text("The title as printed."),
        "author": _told(
            "Who wrote it, if the text says so.",
            {
                "type": "array",
                "minItems": 1,
                "items": keys(
                    {
                        "family": _text("The family name, or the only name."),
                        "given": _text("The given name."),
                    },
                    ("family",),
                ),
            },
        ),
        "publisher": _text("Who published it, if the text says so."),
        "container-title": _text("The newspaper, journal or site that it stands in."),
        "URL": _text("Its address, if the text prints one."),
        "issued": _told("Its date, if the text prints one or you worked it out.", _DATED),
        "nature": _texts("What kind of text it is."),
        "interest": _texts("Whose case it makes, who paid, and who is not heard."),
        "text": _text("The file name of the text where it is kept."),
        "language": _text("The language of the text: nb if you leave it out."),
        "voice": _id("people", "Who speaks where the text quotes nobody: an id under 'people:'."),
        **{key: _text(f"The field {key} of CSL.") for key in FIELDS},
        ACCESSED: _told("When the page was looked at.", EDTF),
    },
    ("type", "title", "nature", "interest"),
)
_PERSON = keys(
    {
        "name": _of("name", (*SCALARS, "object"), "The name, as one text or in each language."),
        "role": _texts("The role when the text was written."),
        "organisation": _of(
            "name", (*SCALARS, "object"), "The organisation, as one text or in each language."
        ),
        "known_as": _told(
            "The words by which texts name them, if not by name or surname.",
            {"type": "array", "items": TEXT},
        ),
    },
    ("name",),
)
_MEASURE = keys(
    {
        "unit": _one_of(Unit, "What it is counted in."),
        "name": _texts("What is counted."),
    },
    ("unit", "name"),
)
_PLACE = keys(
    {
        "name": _texts("What the place is called."),
        "in": _id("places", "The place that it lies in."),
    },
    ("name",),
)
ENTRIES: Mapping[str, Schema] = {
    "fact": {
        "type": "object",
        "if": {"required": ["derived"]},
        "then": {"$ref": "#/definitions/derived-fact"},
        "else": {"$ref": "#/definitions/sourced-fact"},
    },
    "derived-fact": _DERIVED_FACT,
    "sourced-fact": _SOURCED_FACT,
    "source": _SOURCE,
    "person": _PERSON,
    "measure": _MEASURE,
    "place": _PLACE,
}
SECTIONS = {  # what stands in each, and what it is for
    "themes": ("texts", "What facts are about."),
    "places": ("place", "Where facts hold."),
    "inferences": ("texts", "Why a date is given that the source doesn't print."),
    "measures": ("measure", "What is counted, and in which unit."),
    "populations": ("texts", "Among whom, or of what."),
    "sources": ("source", "The texts that facts come from."),
    "people": ("person", "Persons and bodies that say things."),
    "facts": ("fact", "The facts."),
}
