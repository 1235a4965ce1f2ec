"""A CSV file from elsewhere: its encoding, its delimiter and its way with numbers are found out.

Its cells are kept as they stand.  What can be read in two ways is left for a person to say.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from reports.facts.exchange.sheet import (
    LONE,
    Refusal,
    Sheet,
    SheetRow,
    Style,
    cell_fault,
    check_head,
    column_name,
    one_line,
)
from reports.facts.load.table.rows import MAX_BYTES, MAX_ROWS, Delimiter
from reports.facts.load.table.sidecar import DecimalSign, ThousandsSign
from reports.problems import Place, Problem, ReportError

_SAMPLE = 100  # rows by which the delimiter is found
_SPACES = ThousandsSign.SPACE.signs
_SPACED = re.compile(rf"-?[0-9]{{1,3}}(?:[{_SPACES}][0-9]{{3}})+(?:[.,][0-9]+)?")
_NUMBER = re.compile(r"-?[0-9][0-9.,]*")


def read_separated(file: Path) -> Sheet:
    """The table that a CSV file holds; raises ReportError for what is no such file."""
    text, note = _decoded(file)
    delimiter = _delimiter(text)
    lines = list(islice(_lines(text, file, delimiter), MAX_ROWS + 2))
    if len(lines) > MAX_ROWS + 1:
        what = f"has more than {MAX_ROWS} rows"
        raise ReportError(Problem(Place(file), what, "split it into several tables"))
    head_row, head = next(((line, row) for line, row in lines if sum(map(bool, row)) > 1), (0, []))
    body = [(line, row) for line, row in lines if line > head_row]
    filled = {index for _, row in body for index, cell in enumerate(row, start=1) if cell}
    within = {column for column in filled if column <= len(head)}
    check_head(file, head_row, enumerate(head, start=1), within)
    columns = [index for index, heading in enumerate(head) if heading]
    above = [line for line, _ in lines if line < head_row]
    left_out = [Refusal(line, f"is above the head in row {head_row}") for line in above]
    rows, refused = [], []
    for line, row in body:
        if sum(map(bool, row)) < 2:
            left_out.append(Refusal(line, LONE))
        elif fault := _fault(row, len(head)):
            refused.append(Refusal(line, fault))
        else:
            rows.append(SheetRow(line, tuple(row[index] for index in columns)))
    cells = [str(cell) for row in rows for cell in row.cells]
    return Sheet(
        file=file,
        name="",
        head_row=head_row,
        head=tuple(head[index] for index in columns),
        rows=tuple(rows),
        refused=tuple(refused),
        left_out=tuple(left_out),
        notes=(note,) if note else (),
        style=Style(delimiter, *number_style(cells)),
    )


def number_style(cells: Iterable[str]) -> tuple[DecimalSign | None, ThousandsSign | None]:
    """How these cells write numbers; None twice where they can be read in two ways.

    "1,234" alone may be a thousand or a decimal; beside "62,5" it is a decimal.
    """
    spaced = False
    signs: dict[str, set[str]] = {",": set(), ".": set()}  # what each sign is, by some cell
    for cell in cells:
        if _SPACED.fullmatch(cell):
            spaced = True
            cell = re.sub(f"[{_SPACES}]", "", cell)  # noqa: PLW2901 - the number without its spaces
        if _NUMBER.fullmatch(cell):
            for sign, role in _roles(cell):
                signs[sign].add(role)
    decimals = [sign for sign in signs if "decimal" in signs[sign]]
    groups = [sign for sign in signs if "thousands" in signs[sign]]
    unsure = [sign for sign in signs if signs[sign] == {"either"}]
    if len(decimals) > 1 or set(decimals) & set(groups) or (unsure and not decimals):
        return None, None
    decimal = DecimalSign.COMMA if decimals == [","] else DecimalSign.POINT
    groups += [sign for sign in unsure if sign != decimal.sign]
    if decimals == [] and groups == ["."]:
        decimal = DecimalSign.COMMA
    if groups:
        return decimal, ThousandsSign.COMMA if groups[0] == "," else ThousandsSign.POINT
    return decimal, ThousandsSign.SPACE if spaced else ThousandsSign.NONE


def _roles(number: str) -> Iterator[tuple[str, str]]:
    """What the signs in one number are: "decimal", "thousands" or "either"."""
    found = re.findall(r"[.,]", number)
    if len(set(found)) == 2:
        yield found[0], "thousands"
        yield found[-1], "decimal"
    elif len(found) > 1:
        yield found[0], "thousands"
    elif found:
        either = re.fullmatch(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}", number)
        yield found[0], "either" if either else "decimal"


def _decoded(file: Path) -> tuple[str, str]:
    """The text of the file, and what is to be said of its encoding."""
    try:
        data = file.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ReportError(Problem(Place(file), f"can't be read: {reason}")) from None
    if len(data) > MAX_BYTES:
        raise ReportError(Problem(Place(file), f"is larger than {MAX_BYTES} bytes"))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        tries = [("utf-16", "UTF-16")]
    else:
        tries = [("utf-8-sig", ""), ("cp1252", "Windows-1252")]
    for codec, name in tries:
        try:
            return data.decode(codec), f"the file was read as {name}" if name else ""
        except UnicodeDecodeError:
            continue
    raise ReportError(Problem(Place(file), "is not a text file", "save the table as CSV in UTF-8"))


def _delimiter(text: str) -> Delimiter:
    """The delimiter that gives the most rows the same number of cells, more than one."""

    def fit(delimiter: Delimiter) -> tuple[int, int]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter.sign)
        try:
            widths = Counter(len(row) for row in islice(reader, _SAMPLE) if len(row) > 1)
        except csv.Error:  # a text that goes on and on, if this is where it is cut
            return 0, 0
        width, count = max(widths.items(), key=lambda item: item[1], default=(0, 0))
        return count, width

    return max(Delimiter, key=fit)


def _lines(text: str, file: Path, delimiter: Delimiter) -> Iterator[tuple[int, list[str]]]:
    """The rows that aren't blank, each with the line that it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter.sign, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            what = f"not valid CSV: {error}"
            raise ReportError(Problem(Place(file, line), what, "save it anew as CSV")) from None
        if row is None:
            return
        if any(cell.strip() for cell in row):
            yield line, [one_line(cell) for cell in row]


def _fault(row: list[str], width: int) -> str:
    """Why a row can't be taken, or ""."""
    if len(row) < width or any(row[width:]):
        return f"has {len(row)} cells, the head {width}"
    faults = [
        f"{column_name(index)} {fault}"
        for index, cell in enumerate(row, start=1)
        if (fault := cell_fault(cell))
    ]
    return "; ".join(faults)
