"""A sheet of a workbook, or a CSV file, as somebody sent it: its head, its rows, what is refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

from reports.facts.load.table.rows import MAX_CELL, Delimiter
from reports.facts.load.table.sidecar import DecimalSign, ThousandsSign
from reports.problems import Place, Problem, ReportError
from reports.yaml import unfit

MAX_COLUMNS = 200
LONE = "has nothing beside its one cell"  # a footnote, or a heading between rows
Cell: TypeAlias = str | Decimal


@dataclass(frozen=True, order=True)
class Refusal:
    """A row, from 1 as the program that wrote it counts, and why it can't be taken."""

    row: int
    reason: str


@dataclass(frozen=True)
class SheetRow:
    """A row to take: text as it stands, numbers as numbers where the file tells them apart."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Style:
    """How a file writes its cells and numbers.

    `decimal` and `thousands` are None where the file can be read in two ways.
    """

    delimiter: Delimiter = Delimiter.COMMA
    decimal: DecimalSign | None = DecimalSign.POINT
    thousands: ThousandsSign | None = ThousandsSign.NONE


@dataclass(frozen=True)
class Sheet:
    """A head and rows as wide as it.

    `name` is "" where a file is one sheet.  `refused` are rows that can't be taken, `left_out`
    those that belong to no table, such as titles.  `notes` say what was read in another way than
    it stands in the file.
    """

    file: Path
    name: str
    head_row: int
    head: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    refused: tuple[Refusal, ...]
    left_out: tuple[Refusal, ...]
    notes: tuple[str, ...]
    style: Style


def cell_fault(cell: Cell) -> str:
    """Why a fact file can't hold a cell, or ""."""
    if isinstance(cell, Decimal):
        return ""
    if len(cell) > MAX_CELL:
        return f"has {len(cell)} characters; at most {MAX_CELL}"
    bad = unfit(cell)
    return f"holds {bad}" if bad else ""


def check_head(file: Path, row: int, head: Iterable[tuple[int, str]], filled: set[int]) -> None:
    """Raise ReportError for columns that have no heading, or the same one.

    `row` is that of the head, 0 if there is none.  `head` holds the column, from 1, and its
    heading; `filled` the columns with something below.
    """
    first: dict[str, int] = {}
    problems = []
    for column, heading in head:
        place = Place(file, row, column)
        if not heading and column in filled:
            what = f"column {column_name(column)} has no heading"
            problems.append(Problem(place, what, f"name it in row {row}, or empty it"))
        elif heading in first:
            hint = f"the first is column {column_name(first[heading])}; rename one"
            problems.append(Problem(place, f"heading '{heading}' stands twice", hint))
        elif fault := cell_fault(heading):
            problems.append(Problem(place, f"the heading {fault}", "type it anew"))
        elif heading:
            first[heading] = column
    if row == 0:
        hint = "the first row with two words or more names the columns"
        raise ReportError(Problem(Place(file), "no head was found", hint))
    if len(first) > MAX_COLUMNS:
        what = f"the table has {len(first)} columns; at most {MAX_COLUMNS}"
        problems.append(Problem(Place(file, row), what, "delete those without facts"))
    if problems:
        raise ReportError(*problems)


def column_name(column: int) -> str:
    """What spreadsheets call a column: A for 1, AA for 27."""
    name = ""
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def one_line(text: str) -> str:
    """The text with its breaks and runs of spaces made one space each."""
    return " ".join(text.split())
