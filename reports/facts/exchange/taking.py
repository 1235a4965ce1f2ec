"""A sheet into the store as a table of facts: planned whole, tried on a copy, then written."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from reports.facts.exchange.changes import Changes, Table, table_changes
from reports.facts.exchange.draft import draft_sidecar
from reports.facts.exchange.sheet import Cell, Refusal, Sheet, SheetRow
from reports.facts.exchange.trial import Store, faults_with
from reports.facts.load.table.rows import Delimiter, read_rows
from reports.facts.load.table.sidecar import DecimalSign, sidecar_of, unwritten
from reports.files import replace_file
from reports.problems import Place, Problem, ReportError
from reports.yaml import Mapping, Scalar, parse_yaml, read_text


@dataclass(frozen=True)
class TablePlan:
    """What an import would write, and why not.

    `refused` are the rows that stay outside and `faults` what keeps all of it outside.
    `blanks` are what a draft still lacks; they don't keep it outside.  `changes` are None where
    there is no table of that name yet.
    """

    sheet: Sheet
    file: Path
    sidecar: Path
    is_draft: bool
    taken: tuple[SheetRow, ...]
    refused: tuple[Refusal, ...]
    faults: tuple[Problem, ...]
    blanks: tuple[Problem, ...]
    changes: Changes | None
    data: bytes
    sidecar_text: str

    @property
    def replaces(self) -> bool:
        """Whether there is a table already, and it is another."""
        return self.file.is_file() and not _holds(self.file, self.data)


def plan_table(sheet: Sheet, table: str, store: Store, today: date) -> TablePlan:
    """What taking a sheet as `facts/tables/<table>.csv` would do, rows refused one by one.

    Without a sidecar, one is drafted.  Raises ReportError if the one that there is can't be read.
    """
    file = store.folder / "tables" / f"{table}.csv"
    sidecar = sidecar_of(file)
    is_draft = not sidecar.is_file()
    text = draft_sidecar(sheet, table, store.languages, today) if is_draft else read_text(sidecar)
    root = parse_yaml(text, sidecar)
    blanks = tuple(unwritten(root))
    signs = _signs(root, sheet, is_draft=is_draft)
    taken, refused, faults = _tried(sheet, file, {sidecar: text.encode()}, signs, store)
    if not taken:
        faults = (*faults, Problem(Place(sheet.file), "no row can be taken"))
    return TablePlan(
        sheet=sheet,
        file=file,
        sidecar=sidecar,
        is_draft=is_draft,
        taken=taken,
        refused=tuple(sorted([*sheet.refused, *refused])),
        faults=tuple(problem for problem in faults if problem not in blanks),
        blanks=blanks,
        changes=_changes(file, sheet, taken, root, signs),
        data=_csv(sheet, taken, signs),
        sidecar_text=text,
    )


def write_table(plan: TablePlan) -> tuple[Path, ...]:
    """Write what was planned, and give the files; those that would stay as they are, are left."""
    wanted = {plan.file: plan.data}
    if plan.is_draft:
        wanted[plan.sidecar] = plan.sidecar_text.encode()
    written = [file for file, data in wanted.items() if not _holds(file, data)]
    for file in written:
        replace_file(file, wanted[file])
    return tuple(written)


@dataclass(frozen=True)
class _Signs:
    """How the table is to be written, as its sidecar says."""

    delimiter: Delimiter
    decimal: str

    def text(self, cell: Cell) -> str:
        """A cell as the table writes it."""
        return f"{cell:f}".replace(".", self.decimal) if isinstance(cell, Decimal) else cell


def _signs(root: Mapping, sheet: Sheet, *, is_draft: bool) -> _Signs:
    if is_draft:
        decimal = sheet.style.decimal or DecimalSign.POINT
        return _Signs(sheet.style.delimiter, decimal.sign)
    delimiters = {each.value: each for each in Delimiter}
    decimals = {each.value: each for each in DecimalSign}
    return _Signs(
        delimiters.get(_word(root, "delimiter"), Delimiter.COMMA),
        decimals.get(_word(root, "decimal"), DecimalSign.POINT).sign,
    )


def _word(root: Mapping, key: str) -> str:
    node = root.entries.get(key)
    return node.text.strip() if isinstance(node, Scalar) else ""


def _tried(
    sheet: Sheet, file: Path, beside: dict[Path, bytes], signs: _Signs, store: Store
) -> tuple[tuple[SheetRow, ...], list[Refusal], tuple[Problem, ...]]:
    """The rows that the store takes, those that it doesn't, and what else is wrong with it."""
    rows = sheet.rows
    refused: list[Refusal] = []
    while True:
        files = {**beside, file: _csv(sheet, rows, signs)}
        faults = faults_with(files, store)
        reasons: dict[int, list[str]] = {}
        for fault in faults:
            if fault.place.file == file and fault.place.line > 1:
                reasons.setdefault(fault.place.line - 2, []).append(_reason(fault, rows))
        if not reasons:
            return rows, refused, faults
        refused += [Refusal(rows[index].number, "; ".join(why)) for index, why in reasons.items()]
        rows = tuple(row for index, row in enumerate(rows) if index not in reasons)


def _reason(problem: Problem, rows: Sequence[SheetRow]) -> str:
    """A problem on one line, told of the sheet's rows and not of the table's lines."""
    text = f"{problem.what} ({problem.hint})" if problem.hint else problem.what
    return re.sub(r"\bon line (\d+)", lambda line: f"in row {rows[int(line[1]) - 2].number}", text)


def _csv(sheet: Sheet, rows: Sequence[SheetRow], signs: _Signs) -> bytes:
    """The table as CSV, a line a row, in UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=signs.delimiter.sign, lineterminator="\n")
    writer.writerow(sheet.head)
    writer.writerows([signs.text(cell) for cell in row.cells] for row in rows)
    return text.getvalue().encode()


def _changes(
    file: Path, sheet: Sheet, rows: Sequence[SheetRow], root: Mapping, signs: _Signs
) -> Changes | None:
    if not file.is_file():
        return None
    subject = root.entries.get("subject")
    key = (
        [_word(subject, part) for part in ("column", "per")] if isinstance(subject, Mapping) else []
    )
    key = [heading for heading in key if heading in sheet.head] or [sheet.head[0]]
    try:
        old = read_rows(file, signs.delimiter)
        before = Table(old.head, tuple(row.cells for row in old.rows))
        if key[0] not in old.head:  # another table altogether, or written in another way
            before = Table((), ())
    except ReportError:  # it is to be replaced for a reason
        before = Table((), ())
    after = Table(sheet.head, tuple(tuple(map(signs.text, row.cells)) for row in rows))
    return table_changes(before, after, key)


def _holds(file: Path, data: bytes) -> bool:
    return file.is_file() and file.read_bytes() == data
