"""The facts file of a bundle, read back: what it says of each fact, in values and in words.

Only the columns that figures are held against are read; `facts_csv` tells of all of them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from reports.facts.exchange.export import own_cell
from reports.facts.quantities import Figure, Number, Part, Qualifier, Range, Unit, Value, When
from reports.facts.values import parse_number, parse_when
from reports.problems import Place, Problem, ReportError

T = TypeVar("T")

_COLUMNS = (
    *("id", "printed", "printed_as", "what", "value", "value_high", "value_of", "unit"),
    *("qualifier", "as_of", "since"),
)
_AGAIN = "attach the edition again"


@dataclass(frozen=True)
class FactRow:
    """One fact, and the line on which it begins.

    `printed_as` are the forms and texts in which the documents print it; none where only what
    is computed from it is printed.  `what` is what its note says.  `unit` is None where there
    is no figure; `as_of` and `since` are None where there is no date.
    """

    id: str
    line: int
    printed_as: tuple[tuple[str, str], ...]
    what: str
    figure: Figure | None
    unit: Unit | None
    as_of: When | None
    since: When | None


@dataclass(frozen=True)
class FactsTable:
    """The rows of a facts file by the ids of their facts, in its order."""

    file: Path
    rows: Mapping[str, FactRow]


def facts_table(data: bytes, file: Path) -> FactsTable:
    """What the facts file says.

    Raises ReportError with all that is wrong with it, each at its line.
    """
    problems: list[Problem] = []
    lines = _lines(data, file)
    head = next(lines, (1, []))[1]
    lacking = [column for column in _COLUMNS if column not in head]
    if lacking:
        what = f"is no facts file: the head lacks {', '.join(lacking)}"
        raise ReportError(Problem(Place(file, 1), what, _AGAIN))
    rows: dict[str, FactRow] = {}
    for line, cells in lines:
        if len(cells) != len(head):
            what = f"has {len(cells)} cells, the head {len(head)}"
            problems.append(Problem(Place(file, line), what, _AGAIN))
            continue
        reading = _Row(Place(file, line), dict(zip(head, map(own_cell, cells), strict=True)))
        row = reading.row()
        if row.id in rows:
            reading.fault("id", row.id, "is there twice")
        rows[row.id] = row
        problems += reading.problems
    if problems:
        raise ReportError(*problems)
    return FactsTable(file, rows)


def _lines(data: bytes, file: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of the file, each with the line on which it begins."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ReportError(Problem(Place(file), "is no text in UTF-8", _AGAIN)) from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise ReportError(Problem(Place(file, line), f"is no CSV: {error}", _AGAIN)) from None
        if cells is None:
            return
        yield line, cells


class _Row:
    """One row that is being read: its cells by their columns, and what is wrong with them."""

    def __init__(self, place: Place, cells: Mapping[str, str]) -> None:
        self.problems: list[Problem] = []
        self._place, self._cells = place, cells

    def fault(self, column: str, found: str, what: str) -> None:
        """Add what is wrong with a cell."""
        self.problems.append(Problem(self._place, f"column '{column}': '{found}' {what}"))

    def row(self) -> FactRow:
        cells, printed = self._cells, tuple(self._printed())
        if not cells["id"]:
            self.fault("id", "", "is no id")
        if cells["printed"] != ("yes" if printed else "no"):
            self.fault("printed", cells["printed"], "and 'printed_as' don't agree")
        unit = self._read("unit", Unit, "is no unit")
        return FactRow(
            id=cells["id"],
            line=self._place.line,
            printed_as=printed,
            what=cells["what"],
            figure=self._figure(unit),
            unit=unit,
            as_of=self._read("as_of", parse_when, "is no date"),
            since=self._read("since", parse_when, "is no date"),
        )

    def _printed(self) -> Iterator[tuple[str, str]]:
        for line in self._cells["printed_as"].splitlines():
            form, _, text = line.partition(": ")
            yield form, text

    def _figure(self, unit: Unit | None) -> Figure | None:
        qualifier = self._read("qualifier", Qualifier, "is no hedge")
        value = self._value(unit)
        if value is None or qualifier is None:
            said = [each for each in ("value", "unit", "qualifier") if self._cells[each]]
            if 0 < len(said) < 3:
                self.fault(said[0], self._cells[said[0]], "stands without the rest of its figure")
            return None
        return Figure(value, "", "", qualifier)

    def _value(self, unit: Unit | None) -> Value | None:
        if unit is Unit.DATE:
            return self._read("value", parse_when, "is no date")
        value, high, whole = map(self._number, ("value", "value_high", "value_of"))
        match value, high, whole:
            case Number(low), Number(upper), None if low < upper:
                return Range(Number(low), Number(upper))
            case Number(count), None, Number(of) if 0 < count <= of and count % 1 == of % 1 == 0:
                return Part(int(count), int(of))
            case _, None, None:
                return value
            case _:
                pass
        self.fault("value", self._cells["value"], "makes no figure with those beside it")
        return None

    def _number(self, column: str) -> Number | None:
        return self._read(column, parse_number, "is no number")

    def _read(self, column: str, parse: Callable[[str], T], what: str) -> T | None:
        """A cell as what `parse` makes of it; None for an empty one and for a faulty one."""
        cell = self._cells[column]
        try:
            return parse(cell) if cell else None
        except ValueError:
            self.fault(column, cell, what)
            return None
