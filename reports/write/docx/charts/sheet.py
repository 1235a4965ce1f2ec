"""The table behind a chart: as a worksheet, and as what the chart says of its cells.

A chart names the cells that each of its parts comes from and keeps a copy of what they held
(21.2.2.24 `cat`, 21.2.2.225 `val`); both are made from the same columns here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import TypeAlias

from reports.write.docx.charts.drawing import c, c15, written
from reports.write.docx.xml import Element

Cell: TypeAlias = Decimal | str | None

_NAME = "Data"
_MADE = datetime(1980, 1, 1)  # noqa: DTZ001 — not a time, but the same bytes each time


@dataclass(frozen=True)
class Column:
    """A head and its cells; a cell that is None is empty.

    `minus` holds the two columns whose difference this one is: Excel then works it out anew.
    """

    head: str
    cells: tuple[Cell, ...]
    minus: tuple[Column, Column] | None = None


@dataclass(frozen=True)
class Sheet:
    """A plain table; all columns are equally long, and no two have the same head."""

    columns: tuple[Column, ...]

    def head(self, column: Column) -> Element:
        """The name of a series: the head of its column."""
        cached = _cached("strCache", (column.head,))
        return c("tx", c("strRef", self._formula(column, 1, 1), cached))

    def words(self, column: Column) -> Element:
        """A column of words, as categories."""
        return c("strRef", self._cells(column), _cached("strCache", column.cells))

    def numbers(self, column: Column) -> Element:
        """A column of numbers, as values."""
        return c("numRef", self._cells(column), _cached("numCache", column.cells))

    def labels(self, column: Column) -> Element:
        """A column of words, as labels of the points of a series."""
        cached = _filled(c15("dlblRangeCache"), column.cells)
        return c15("datalabelsRange", written(c15("f"), self._span(column)), cached)

    def _cells(self, column: Column) -> Element:
        return written(c("f"), self._span(column))

    def _span(self, column: Column) -> str:
        return self._address(column, 2, len(column.cells) + 1)

    def _formula(self, column: Column, first: int, last: int) -> Element:
        return written(c("f"), self._address(column, first, last))

    def _address(self, column: Column, first: int, last: int) -> str:
        letter = _letter(self.columns.index(column))
        start = f"{_NAME}!${letter}${first}"
        return start if first == last else f"{start}:${letter}${last}"


def _letter(index: int) -> str:
    from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]

    return str(xl_col_to_name(index))


def _cached(tag: str, cells: Sequence[Cell]) -> Element:
    cache = c(tag)
    if tag == "numCache":
        cache.append(written(c("formatCode"), "General"))
    return _filled(cache, cells)


def _filled(cache: Element, cells: Sequence[Cell]) -> Element:
    cache.append(c("ptCount", val=len(cells)))
    cache.extend(
        c("pt", written(c("v"), _shown(cell)), idx=index)
        for index, cell in enumerate(cells)
        if cell is not None
    )
    return cache


def _shown(cell: Decimal | str) -> str:
    """A cell as the workbook holds it, where numbers have 16 digits at most."""
    return f"{float(cell):.16G}" if isinstance(cell, Decimal) else cell


def workbook(sheet: Sheet, title: str, author: str) -> bytes:
    """The sheet as an Excel workbook, the same bytes for the same sheet."""
    import xlsxwriter  # type: ignore[import-untyped]

    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.set_properties({"title": title, "author": author, "created": _MADE})
    page = book.add_worksheet(_NAME)
    bold = book.add_format({"bold": True, "bottom": 1})
    for index, column in enumerate(sheet.columns):
        page.write_string(0, index, column.head, bold)
        page.set_column(index, index, _width(column))
        for row, cell in enumerate(column.cells, start=1):
            if isinstance(cell, Decimal) and column.minus:
                whole, part = (_letter(sheet.columns.index(each)) for each in column.minus)
                formula = f"={whole}{row + 1}-{part}{row + 1}"
                page.write_formula(row, index, formula, None, float(cell))
            elif isinstance(cell, Decimal):
                page.write_number(row, index, float(cell))
            elif cell is not None:
                page.write_string(row, index, cell)
    page.freeze_panes(1, 0)
    book.close()
    return file.getvalue()


_WIDEST = 60  # characters that a column grows to


def _width(column: Column) -> int:
    longest = max(len(str(cell)) for cell in (column.head, *column.cells) if cell is not None)
    return min(longest + 2, _WIDEST)
