"""What a table's columns of figures mean: for each, a fact's entry with cells in it.

An entry under `columns` has the shape of a fact.  Wherever a fact has a text, the entry may name
a column, `{column: HEADING}`: then each row's cell is that text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeGuard

from reports.fields import Fields
from reports.problems import Place, Problem
from reports.yaml import Mapping, Node, Scalar, Sequence

PART = re.compile(r"[a-z0-9][a-z0-9-]*")  # of a fact's id, between its dots and its @
_MANDATORY = (
    *("theme", "statement", "figure", "as_of"),
    *("said_by", "standing", "source", "recorded"),
)
_IN_PARTS = ("figure", "at")  # what `shared` and a column may say together


@dataclass(frozen=True)
class Column:
    """A column of figures: what comes before the @ in its facts' ids, and their entry.

    `varying` are the keys of the entry whose values are not the same in each row, and
    `declared` is where the heading is named.
    """

    id: str
    heading: str
    entry: Mapping
    varying: tuple[str, ...]
    declared: Place


def is_cell(node: Node | None) -> TypeGuard[Mapping]:
    """Whether a node stands for the text of each row's cell in a column."""
    return isinstance(node, Mapping) and "column" in node.entries


def cells_in(node: Node) -> Iterator[Mapping]:
    """Every part of an entry that stands for a cell."""
    match node:
        case Mapping() if is_cell(node):
            yield node
        case Mapping(entries):
            for part in entries.values():
                yield from cells_in(part)
        case Sequence(items):
            for part in items:
                yield from cells_in(part)
        case _:
            pass


def read_columns(fields: Fields, problems: list[Problem]) -> tuple[Column, ...]:
    """The columns of figures under `columns`, what they share under `shared`."""
    shared = fields.node("shared") or Mapping({}, {}, fields.place)
    if not isinstance(shared, Mapping) or is_cell(shared):
        fields.problem(shared.place, f"'shared' of {fields.what} must hold 'key: value' pairs")
        shared = Mapping({}, {}, shared.place)
    found = fields.entries("columns")
    if not found:
        hint = "add 'columns: {ID: {column: HEADING, …}}'"
        fields.problem(fields.place, f"{fields.what} has no columns of figures", hint)
    read = []
    for id_, node, place in found:
        if not PART.fullmatch(id_):
            hint = "small letters, digits and hyphens"
            fields.problem(place, f"'{id_}' can't be part of an id", hint)
        column = Fields(node, f"column '{id_}' of {fields.what}", problems)
        entry = _merged(shared, node)
        entry.entries.pop("column", None)
        read.append(_column(id_, column, place, entry, problems))
    return tuple(read)


def check_values(fields: Fields) -> None:
    """Add the faults of the words that stand for others in a cell."""
    for text, node, _ in fields.entries("values"):
        if not isinstance(node, Scalar):
            what = f"'{text}' in 'values' of {fields.what} must stand for a text"
            fields.problem(node.place, what, "write 'the cell: the word'")


def _column(
    id_: str, fields: Fields, place: Place, entry: Mapping, problems: list[Problem]
) -> Column:
    named = fields.text("column", required=False)
    for key in _MANDATORY:
        if key not in entry.entries:
            hint = f"add '{key}: …' there, or under 'shared' for all columns"
            fields.problem(place, f"{fields.what} has no '{key}'", hint)
    _check_figure(entry.entries.get("figure"), fields)
    for cell in cells_in(entry):
        inner = Fields(cell, f"a cell of {fields.what}", problems)
        inner.text("column")
        check_values(inner)
        inner.done()
    varying = tuple(key for key, part in entry.entries.items() if any(cells_in(part)))
    return Column(id_, named or id_, entry, varying, fields.place_of("column") if named else place)


def _check_figure(figure: Node | None, fields: Fields) -> None:
    if figure is not None and (is_cell(figure) or not isinstance(figure, Mapping)):
        hint = "write 'figure: {measure: …, among: …}'; the cell is the value"
        fields.problem(figure.place, f"'figure' of {fields.what} can't be read", hint)
    elif isinstance(figure, Mapping) and "value" in figure.entries:
        place = figure.key_places["value"]
        fields.problem(place, f"{fields.what} has a 'value'", "leave it out: the cell is the value")


def _merged(shared: Mapping, own: Node) -> Mapping:
    """The entry of a column: what is shared, and over it the column's own."""
    entries, places = dict(shared.entries), dict(shared.key_places)
    if not isinstance(own, Mapping):
        return Mapping(entries, places, shared.place)
    for key, node in own.entries.items():
        below = entries.get(key)
        both = key in _IN_PARTS and isinstance(below, Mapping)
        entries[key] = _merged(below, node) if both and isinstance(below, Mapping) else node
        places[key] = own.key_places[key]
    return Mapping(entries, places, own.place)
