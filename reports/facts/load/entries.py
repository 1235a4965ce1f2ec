"""The raw entries of all fact files by section, and what every reader of them needs."""

from __future__ import annotations

from dataclasses import dataclass, field

from reports.facts.model import Subject
from reports.facts.quantities import AsOf
from reports.facts.values import parse_when
from reports.fields import Fields
from reports.problems import Place, Problem
from reports.yaml import Mapping, Node, Scalar

SECTIONS = (
    *("themes", "places", "inferences", "measures", "populations"),
    *("sources", "people", "facts"),
)
DATE_HINT = "a date such as 2016, 2019-06, 2020-03-12, 2012-21 (spring) or XXXX-04-11"


@dataclass
class Entries:
    """The entries by section and id, where each was declared first, and all problems.

    `columns` and `rows` are those of the tables, as `Facts` has them.
    """

    problems: list[Problem]
    languages: tuple[str, ...]
    names: tuple[str, ...]
    sections: dict[str, dict[str, Node]] = field(default_factory=lambda: {s: {} for s in SECTIONS})
    declared: dict[tuple[str, str], Place] = field(default_factory=dict)
    columns: dict[str, Place] = field(default_factory=dict)
    rows: dict[str, Subject] = field(default_factory=dict)


def read_as_of(key: str, fields: Fields, entries: Entries, *, required: bool) -> AsOf:
    """The date of a key: printed, `{date: …, inferred: ID}`, or `not stated`."""
    node = fields.node(key)
    match node:
        case None:
            if required:
                hint = f"add '{key}: 2016', or '{key}: not stated'"
                fields.problem(fields.place, f"{fields.what} has no '{key}'", hint)
            return AsOf(None)
        case Scalar("not stated"):
            return AsOf(None)
        case Mapping():
            inner = Fields(node, f"'{key}' of {fields.what}", entries.problems)
            inner.text("date")
            when = inner.parsed("date", parse_when, DATE_HINT, None)
            reason = inner.known("inferred", entries.sections["inferences"], "inference")
            inner.done()
            return AsOf(when, reason)
        case _:
            return AsOf(fields.parsed(key, parse_when, DATE_HINT, None))


def inner_fields(key: str, name: str, fields: Fields, entries: Entries) -> Fields:
    """The fields of the mapping under a key, empty where it is not set."""
    node = fields.node(key) or Mapping({}, {}, fields.place)
    return Fields(node, f"{name} of {fields.what}", entries.problems)
