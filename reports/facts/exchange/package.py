"""A workbook's package: whether it is safe to open, and what only its XML tells of a sheet."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn
from xml.etree import ElementTree as ET

from reports.problems import Place, Problem, ReportError

MAX_BYTES = 50_000_000
MAX_UNZIPPED = 200_000_000
MAX_PARTS = 5_000
_MAX_ROW, _MAX_COLUMN = 1_048_576, 16_384  # the format's own
_MAX_AREA = 20_000_000  # cells, empty ones before the last of a row included
_OLD = b"\xd0\xcf\x11\xe0"  # the container of .xls files, and of workbooks with a password
_DTD = re.compile(
    rb"\0?".join(re.escape(b"<!DOCTYPE"[i : i + 1]) for i in range(9))
)  # in UTF-16 too
_CHUNK = 1_000_000
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass
class Marks:
    """Where a sheet has formulas, what is merged and what is hidden; rows and columns from 1."""

    formulas: set[tuple[int, int]] = field(default_factory=set)
    merged: list[Merged] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Merged:
    reference: str
    first_row: int
    last_row: int


def check_package(file: Path) -> None:
    """Raise ReportError for what is no workbook, or would take more room than any table does.

    No part may have a document type: the format forbids them, and they can be made to swell.
    """
    try:
        size = file.stat().st_size
        if size > MAX_BYTES:
            _refuse(file, f"is larger than {MAX_BYTES} bytes")
        with file.open("rb") as stream:
            if stream.read(len(_OLD)) == _OLD:
                what = "is an old Excel file, or one with a password"
                _refuse(file, what, "save it as .xlsx, without a password")
        with zipfile.ZipFile(file) as package:
            _check_sizes(package, file)
            for part in package.infolist():
                if _has_dtd(package, part):
                    _refuse(file, f"has a document type in {part.filename}", "save it anew")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ReportError(Problem(Place(file), f"can't be read: {reason}")) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise not_a_workbook(file) from None


def not_a_workbook(file: Path) -> ReportError:
    """The error for a file that is no workbook."""
    hint = "save the table as .xlsx or .csv"
    return ReportError(Problem(Place(file), "is not an Excel workbook", hint))


def sheet_marks(file: Path, part: str) -> Marks:
    """What the XML of a sheet, the named part of the package, says of its cells.

    Raises ValueError for rows and columns that no sheet has, and for more cells than any table.
    """
    marks = Marks()
    with zipfile.ZipFile(file) as package, package.open(part) as stream:
        row, area = 0, 0
        for event, element in ET.iterparse(stream, ("start", "end")):  # noqa: S314 - no DTD, see above
            name = element.tag.rpartition("}")[2]
            if event == "start" and name == "row":
                row = int(element.get("r", row + 1))
                if not 0 < row <= _MAX_ROW:
                    raise ValueError(row)
            elif event == "end" and name == "row":
                area += _read_row(element, row, marks)
                if area > _MAX_AREA:
                    raise ValueError(area)
                element.clear()
            elif event == "end" and name == "col" and element.get("hidden") in ("1", "true"):
                last = min(int(element.get("max", "0")), _MAX_COLUMN)
                marks.hidden_columns |= set(range(int(element.get("min", "1")), last + 1))
            elif event == "end" and name == "mergeCell":
                marks.merged += _merged(element.get("ref", ""))
    return marks


def _has_dtd(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    if not part.filename.endswith((".xml", ".rels", ".vml")):
        return False
    before = b""
    with package.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            if _DTD.search(before + chunk):
                return True
            before = chunk[-32:]
    return False


def _check_sizes(package: zipfile.ZipFile, file: Path) -> None:
    parts = package.infolist()
    if len(parts) > MAX_PARTS:
        _refuse(file, f"holds {len(parts)} parts; at most {MAX_PARTS}")
    size = sum(part.file_size for part in parts)
    if size > MAX_UNZIPPED:
        hint = "delete what the table doesn't need, or save it as .csv"
        _refuse(file, f"unzips to {size} bytes; at most {MAX_UNZIPPED}", hint)


def _read_row(row: ET.Element, number: int, marks: Marks) -> int:
    """Mark what a row says, and give its last column."""
    if row.get("hidden") in ("1", "true"):
        marks.hidden_rows.add(number)
    column = 0
    for cell in row:
        found = _REFERENCE.fullmatch(cell.get("r", ""))
        column = _column(found[1]) if found else column + 1
        if any(child.tag.rpartition("}")[2] == "f" for child in cell):
            marks.formulas.add((number, column))
        if column > _MAX_COLUMN:
            raise ValueError(column)
    return column


def _merged(reference: str) -> Iterator[Merged]:
    found = [_REFERENCE.fullmatch(end) for end in reference.split(":")]
    rows = [int(end[2]) for end in found if end]
    if rows:
        yield Merged(reference, min(rows), max(rows))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _refuse(file: Path, what: str, hint: str = "") -> NoReturn:
    raise ReportError(Problem(Place(file), what, hint))
