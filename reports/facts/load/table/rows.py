"""A CSV file to a head and rows: strict quoting, every row as wide as the head, nothing guessed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate
from pathlib import Path

from reports.problems import Place, Problem, ReportError
from reports.yaml import read_text, refuse_marks

MAX_BYTES = 40_000_000
MAX_ROWS = 200_000
MAX_CELL = 1_000  # characters
_BREAK = re.compile(r"\r\n|\r|\n")


class Delimiter(Enum):
    COMMA = "comma"
    SEMICOLON = "semicolon"
    TAB = "tab"
    BAR = "bar"

    @property
    def sign(self) -> str:
        return {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}[self.value]


@dataclass(frozen=True)
class Row:
    """A row's cells without the spaces around them.

    `line` is the one that it begins on, and `paragraph` that line's number among those that
    are not blank, both from 1.
    """

    line: int
    paragraph: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Rows:
    """The head and the rows of a file; rows without any text are left out."""

    file: Path
    head: tuple[str, ...]
    head_line: int
    rows: tuple[Row, ...]

    def place(self, row: Row, index: int) -> Place:
        """Where a cell stands: the row's line, and its column as a spreadsheet counts them."""
        return Place(self.file, row.line, index + 1)


def read_rows(file: Path, delimiter: Delimiter) -> Rows:
    """The head and the rows of a CSV file in UTF-8.

    Raises ReportError with what is not CSV, each row that is not as wide as the head, each
    heading that is missing or stands twice, and what is beyond the limits.
    """
    text = read_text(file, MAX_BYTES)
    refuse_marks(text, file)
    found = list(_rows(text, file, delimiter))
    if not found:
        hint = "its first line names the columns"
        raise ReportError(Problem(Place(file), "the table is empty", hint))
    head, rows = found[0], tuple(found[1:])
    problems = [*_head_problems(head, file)]
    problems += [problem for row in rows for problem in _row_problems(row, head, file)]
    if problems:
        raise ReportError(*problems)
    return Rows(file, head.cells, head.line, rows)


def _rows(text: str, file: Path, delimiter: Delimiter) -> Iterator[Row]:
    blank = [not line.strip() for line in _BREAK.split(text)]
    paragraphs = list(accumulate(not is_blank for is_blank in blank))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter.sign, strict=True)
    count = 0
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            what = f"not valid CSV: {error}"
            hint = 'put a cell with a mark " in quotation marks, and write the mark twice in it'
            raise ReportError(Problem(Place(file, line), what, hint)) from None
        if cells is None:
            return
        if not any(cell.strip() for cell in cells):
            continue
        count += 1
        if count > MAX_ROWS + 1:
            what = f"the table has more than {MAX_ROWS} rows"
            raise ReportError(Problem(Place(file, line), what, "split it into several tables"))
        yield Row(line, paragraphs[line - 1], tuple(cell.strip() for cell in cells))


def _head_problems(head: Row, file: Path) -> Iterator[Problem]:
    for index, cell in enumerate(head.cells):
        place = Place(file, head.line, index + 1)
        if not cell:
            yield Problem(place, f"column {index + 1} has no heading", "name it, or delete it")
        elif cell in head.cells[:index]:
            hint = f"the first is column {head.cells.index(cell) + 1}; rename one"
            yield Problem(place, f"heading '{cell}' stands twice", hint)


def _row_problems(row: Row, head: Row, file: Path) -> Iterator[Problem]:
    if len(row.cells) != len(head.cells):
        what = f"the row has {_cells(len(row.cells))}, the head {len(head.cells)}"
        hint = "put a cell that holds the delimiter in quotation marks"
        yield Problem(Place(file, row.line), what, hint)
    for index, cell in enumerate(row.cells):
        if len(cell) > MAX_CELL:
            what = f"the cell has {len(cell)} characters; at most {MAX_CELL}"
            yield Problem(Place(file, row.line, index + 1), what, "is a quotation mark missing?")


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"
