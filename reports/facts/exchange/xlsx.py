"""A sheet of an Excel workbook: what it shows is what is taken.

Saved values stand for formulas.  What is hidden or merged, and what only looks like a value, is
refused row by row, never guessed.
"""

from __future__ import annotations

import io
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, redirect_stdout
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reports.facts.exchange.package import Marks, check_package, not_a_workbook, sheet_marks
from reports.facts.exchange.sheet import (
    LONE,
    Cell,
    Refusal,
    Sheet,
    SheetRow,
    Style,
    cell_fault,
    check_head,
    column_name,
    one_line,
)
from reports.facts.exchange.shown import HiddenError, is_percentage, shown_date, shown_number
from reports.facts.load.table.rows import MAX_ROWS
from reports.problems import Place, Problem, ReportError, suggest

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

MAX_CELLS = 2_000_000


@dataclass(frozen=True, slots=True)
class _Stored:
    """A cell as the workbook stores it."""

    column: int
    value: Any
    number_format: str
    is_error: bool


@dataclass(frozen=True)
class _Raw:
    """A sheet as the workbook stores it: its rows by number, without empty cells."""

    name: str
    rows: dict[int, list[_Stored]]
    marks: Marks


def read_xlsx(file: Path, sheet: str = "") -> Sheet:
    """The sheet of that name, or the only one that isn't hidden.

    Raises ReportError for what is no workbook, is too large, or has no table in that sheet.
    """
    check_package(file)
    try:
        with (
            warnings.catch_warnings(),
            redirect_stdout(io.StringIO()),
        ):  # of damaged styles, it prints
            warnings.simplefilter("ignore")  # of parts that hold no cells, such as validations
            raw = _raw(file, sheet)
    except ReportError:
        raise
    except Exception:  # noqa: BLE001 - the library fails in any way on a damaged part
        raise not_a_workbook(file) from None
    return _Reading(file, raw).sheet()


def _raw(file: Path, sheet: str) -> _Raw:
    from openpyxl import load_workbook

    with ExitStack() as opened:
        stream = opened.enter_context(file.open("rb"))  # the library leaves it open if it fails
        book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        opened.callback(book.close)
        name = _chosen(file, book, sheet)
        worksheet: Any = book[name]
        part = worksheet._worksheet_path  # noqa: SLF001 - the library has no public name for it
        marks = sheet_marks(file, part)
        worksheet.reset_dimensions()  # some programs write wrong ones
        return _Raw(name, dict(_raw_rows(file, worksheet)), marks)


def _chosen(file: Path, book: Workbook, sheet: str) -> str:
    names = [each.title for each in book.worksheets]
    shown = [each.title for each in book.worksheets if each.sheet_state == "visible"]
    if sheet and sheet not in names:
        raise ReportError(Problem(Place(file), f"has no sheet '{sheet}'", suggest(sheet, names)))
    if not sheet and len(shown) != 1:
        listed = ", ".join(f"'{name}'" for name in shown[:8])
        hint = f"say which with --sheet: {listed}" if shown else "unhide the one with the table"
        raise ReportError(Problem(Place(file), f"has {len(shown)} sheets", hint))
    return sheet or shown[0]


def _raw_rows(file: Path, worksheet: Any) -> Iterator[tuple[int, list[_Stored]]]:
    count = 0
    for row in worksheet.iter_rows():
        found = [
            _Stored(cell.column, cell.value, cell.number_format, cell.data_type == "e")
            for cell in row
            if cell.value is not None and cell.value != ""
        ]
        if not found:
            continue
        count += len(found)
        if count > MAX_CELLS:
            what = f"the sheet has more than {MAX_CELLS} cells"
            raise ReportError(Problem(Place(file), what, "delete those without facts"))
        number = next(cell.row for cell in row if cell.value is not None)
        yield number, found


class _Reading:
    """One sheet's cells, and what is to be said of them."""

    def __init__(self, file: Path, raw: _Raw) -> None:
        self._file = file
        self._raw = raw
        self._marks = raw.marks
        self._computed = {row for row, _ in raw.marks.formulas}
        self._row: Counter[tuple[int, str]] = Counter()  # what is to be said of one row
        self._seen: Counter[tuple[int, str]] = Counter()  # and of all that are taken

    def sheet(self) -> Sheet:
        """The table that the sheet shows."""
        head_row, head = self._head()
        above = [number for number in self._raw.rows if number < head_row]
        left_out = [Refusal(number, f"is above the head in row {head_row}") for number in above]
        rows, refused = [], []
        for number, stored in self._body(head_row):
            filled = [column for column in head if column in stored]
            if len(filled) < 2 and number not in self._computed:
                left_out += [Refusal(number, LONE)] if filled else []
                continue
            try:
                cells = self._cells(number, stored, list(head))
            except HiddenError as error:
                refused.append(Refusal(number, str(error)))
            else:
                rows.append(SheetRow(number, tuple(cells)))
        if len(rows) > MAX_ROWS:
            what = f"the sheet has {len(rows)} rows; at most {MAX_ROWS}"
            raise ReportError(Problem(Place(self._file), what, "split it into several tables"))
        return Sheet(
            self._file,
            self._raw.name,
            head_row,
            tuple(head.values()),
            tuple(rows),
            tuple(refused),
            tuple(left_out),
            tuple(self._notes(head)),
            Style(),
        )

    def _head(self) -> tuple[int, dict[int, str]]:
        """The first row with two filled cells that show, and its headings by column."""
        hidden = self._marks.hidden_columns
        shown = {
            number: [cell for cell in stored if cell.column not in hidden]
            for number, stored in self._raw.rows.items()
            if number not in self._marks.hidden_rows
        }
        row = next((number for number, stored in shown.items() if len(stored) > 1), 0)
        below = [cell.column for number, stored in shown.items() if number > row for cell in stored]
        headings = {cell.column: self._heading(cell) for cell in shown.get(row, [])}
        every = sorted({*headings, *below})
        check_head(self._file, row, ((each, headings.get(each, "")) for each in every), {*below})
        for merged in self._marks.merged:
            if merged.first_row <= row <= merged.last_row:
                what = f"the head lies in the merged cells {merged.reference}"
                hint = "unmerge them, and give each column its heading in one row"
                raise ReportError(Problem(Place(self._file, row), what, hint))
        return row, headings

    def _heading(self, cell: _Stored) -> str:
        value = cell.value
        if isinstance(value, datetime | date):
            return str(value.year) if (value.month, value.day) == (1, 1) else value.isoformat()[:10]
        return one_line(str(value))

    def _body(self, head_row: int) -> Iterator[tuple[int, dict[int, _Stored]]]:
        """The rows below the head by number, those with nothing but formulas included."""
        for number in sorted({*self._raw.rows, *self._computed}):
            if number > head_row:
                yield number, {cell.column: cell for cell in self._raw.rows.get(number, [])}

    def _cells(self, row: int, stored: dict[int, _Stored], columns: list[int]) -> list[Cell]:
        """A row's cells; raises HiddenError with what is wrong with the row, all of it."""
        faults = ["is hidden"] if row in self._marks.hidden_rows else []
        faults += [
            f"lies in the merged cells {merged.reference}"
            for merged in self._marks.merged
            if merged.first_row <= row <= merged.last_row
        ]
        cells: list[Cell] = []
        for column in columns:
            try:
                cells.append(self._cell(row, column, stored.get(column)))
            except HiddenError as error:
                faults.append(f"{column_name(column)}{row} {error}")
        if faults:
            self._row.clear()
            raise HiddenError("; ".join(faults))
        self._seen += self._row
        self._row.clear()
        return cells

    def _cell(self, row: int, column: int, stored: _Stored | None) -> Cell:
        is_formula = (row, column) in self._marks.formulas
        if stored is None:
            if is_formula:
                raise HiddenError("is a formula without a saved value")
            return ""
        if stored.is_error:
            raise HiddenError(f"is the error {stored.value}")
        if is_formula:
            self._row[column, "formula"] += 1
        cell = self._shown(column, stored)
        if fault := cell_fault(cell):
            raise HiddenError(fault)
        return cell

    def _shown(self, column: int, stored: _Stored) -> Cell:
        match stored.value:
            case bool():
                return str(stored.value).upper()
            case int() | float():
                return self._number(column, stored)
            case datetime():
                return shown_date(stored.value, stored.number_format)
            case date():
                return stored.value.isoformat()
            case str():
                return one_line(stored.value)
            case _:
                raise HiddenError("is a time or a duration")

    def _number(self, column: int, stored: _Stored) -> Decimal:
        shown = shown_number(stored.value, stored.number_format)
        is_share = is_percentage(stored.number_format)
        if is_share:
            self._row[column, "percentage"] += 1
        if shown != Decimal(f"{stored.value:.15g}") * (100 if is_share else 1):
            self._row[column, "rounded"] += 1
        return shown

    def _notes(self, head: dict[int, str]) -> Iterator[str]:
        told = {
            "formula": "the saved value of a formula was taken in",
            "percentage": "the number before the sign % was taken (62 for 0.62) in",
            "rounded": "the number was taken as rounded in the sheet in",
        }
        for (column, kind), count in sorted(self._seen.items()):
            yield f"column '{head[column]}': {told[kind]} {_cells(count)}"
        hidden = self._marks.hidden_columns & {
            cell.column for stored in self._raw.rows.values() for cell in stored
        }
        for column in sorted(hidden):
            yield f"column {column_name(column)} is hidden and was left out"


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"
