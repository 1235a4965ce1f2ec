"""The cells of one row as the texts of an entry, and as figures."""

from __future__ import annotations

import re
from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reports.facts.load.table.columns import is_cell
from reports.facts.load.table.rows import Row
from reports.facts.load.table.sidecar import DecimalSign, Sidecar, ThousandsSign
from reports.problems import Place
from reports.yaml import Mapping, Node, Scalar, Sequence, scalar


@dataclass(frozen=True, slots=True)
class Cells:
    """One row's cells by heading; `index` tells which column each heading is, from 0."""

    file: Path
    row: Row
    index: AbstractMapping[str, int]
    missing: frozenset[str]

    def text(self, heading: str) -> str:
        return self.row.cells[self.index[heading]]

    def place(self, heading: str) -> Place:
        """Where a cell stands: the row's line, and its column as a spreadsheet counts them."""
        return Place(self.file, self.row.line, self.index[heading] + 1)

    def is_missing(self, heading: str) -> bool:
        """Whether the cell holds one of the signs that say that there is nothing."""
        return self.text(heading) in self.missing


def filled(node: Node, cells: Cells) -> Node | None:
    """The node with the cells that it names in it; None for one that is empty or missing."""
    match node:
        case Mapping() if is_cell(node):
            return _cell(node, cells)
        case Mapping(entries, places, place):
            found = {key: filled(part, cells) for key, part in entries.items()}
            parts = {key: part for key, part in found.items() if part is not None}
            told = {key: _place_of(key, entries[key], places, parts[key]) for key in parts}
            return Mapping(parts, told, place)
        case Sequence(items, place):
            each = (filled(item, cells) for item in items)
            return Sequence(tuple(item for item in each if item is not None), place)
        case _:
            return node


def _cell(node: Mapping, cells: Cells) -> Node | None:
    heading = node.entries["column"]
    if not isinstance(heading, Scalar):
        return None
    name = heading.text.strip()
    word = meant(node, cells.text(name))
    if word is not None:
        return scalar(word, cells.place(name))
    if not cells.text(name) or cells.is_missing(name):
        return None
    return scalar(cells.text(name), cells.place(name))


def _place_of(key: str, node: Node, places: AbstractMapping[str, Place], part: Node) -> Place:
    return part.place if is_cell(node) else places[key]


def meant(node: Mapping, text: str) -> str | None:
    """The word that a cell's text stands for by the `values` of that node, None for none."""
    values = node.entries.get("values")
    word = values.entries.get(text) if isinstance(values, Mapping) else None
    return word.text.strip() if isinstance(word, Scalar) else None


def number_in(text: str, sidecar: Sidecar) -> str:
    """The number in a cell with a decimal point and nothing between thousands.

    Raises ValueError for what is no number as the table writes them.
    """
    found = _number(sidecar.decimal, sidecar.thousands).fullmatch(text)
    if not found:
        raise ValueError(text)
    whole = re.sub(r"\D", "", found["whole"])
    sign = "-" if found["sign"] else ""
    return f"{sign}{whole}.{found['part']}" if found["part"] else f"{sign}{whole}"


@cache
def _number(decimal: DecimalSign, thousands: ThousandsSign) -> re.Pattern[str]:
    whole = "[0-9]+"
    if thousands.signs:
        whole = rf"[0-9]{{1,3}}(?:[{re.escape(thousands.signs)}][0-9]{{3}})+|{whole}"
    return re.compile(
        rf"(?P<sign>[-\N{{MINUS SIGN}}]?)(?P<whole>{whole})"
        rf"(?:{re.escape(decimal.sign)}(?P<part>[0-9]+))?"
    )
