"""A table to the entries of facts: each cell of figures is one, `<table>.<column>@<subject>`.

The entries have the shape of those in YAML files, and each text stands where its author wrote it,
in the table or in the file beside it.  So the reader of facts types them and finds their faults.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from reports.facts.load.entries import Entries
from reports.facts.load.table.cells import Cells, filled, number_in
from reports.facts.load.table.columns import Column, is_cell
from reports.facts.load.table.rows import Row, Rows, read_rows
from reports.facts.load.table.sidecar import (
    SUFFIX,
    Sidecar,
    check_headings,
    read_sidecar,
    sidecar_of,
)
from reports.facts.load.table.subject import RowSubject, named_places, read_subject
from reports.facts.model import Subject
from reports.facts.quantities import Unit
from reports.fields import ID
from reports.problems import Place, Problem, ReportError
from reports.yaml import Mapping, Node, Scalar, scalar

SUBJECT = "{subject}"
_FORMULA = re.compile(r"[=@]|[+-][^\d.,\s]")
_FACT = re.compile(r"fact '[^']*'")


def table_files(folder: Path) -> list[Path]:
    """The tables of a store, in order; a sidecar without its table stands for it."""
    tables = folder / "tables"
    beside = [file.with_name(f"{file.name.removesuffix(SUFFIX)}.csv") for file in sidecars(folder)]
    return sorted({*tables.glob("*.csv"), *beside})


def sidecars(folder: Path) -> list[Path]:
    """The files of a store that tell what the columns of tables mean."""
    return sorted((folder / "tables").glob(f"*{SUFFIX}"))


def read_table(file: Path, entries: Entries) -> Iterator[tuple[str, Node, Place]]:
    """The id, entry and place of each fact of a table, row by row.

    `entries` holds what the fact files declare.  A fault of a cell or row is added to its
    problems.  Raises ReportError for a table that can't be read as one.
    """
    if not ID.fullmatch(file.stem):
        hint = "small letters, digits and hyphens, beginning with a letter: its facts have that id"
        raise ReportError(Problem(Place(file), f"'{file.stem}' can't be an id", hint))
    beside = sidecar_of(file)
    if not beside.is_file():
        hint = f"say in {beside.name}, beside it, what its columns mean"
        raise ReportError(Problem(Place(file), "the table has no sidecar", hint))
    sidecar = read_sidecar(beside, entries.languages)
    rows = read_rows(file, sidecar.delimiter)
    check_headings(sidecar, rows)
    return _Table(sidecar, rows, entries).facts()


def told_once(problems: Iterable[Problem]) -> list[Problem]:
    """The problems in order, and a fault of a sidecar once, though each row meets it."""
    found: dict[tuple[Place, str], dict[str, Problem]] = {}
    for problem in problems:
        in_sidecar = problem.place.file.name.endswith(SUFFIX)
        what = _FACT.sub("", problem.what) if in_sidecar else problem.what
        found.setdefault((problem.place, what), {}).setdefault(problem.what, problem)
    return sorted(_told(list(same.values())) for same in found.values())


def _told(same: list[Problem]) -> Problem:
    first, others = same[0], len(same) - 1
    return replace(first, what=f"{first.what}, and so for {others} more") if others else first


def _at(cells: Cells, heading: str) -> Node:
    """The place in the source, if the source is the table itself: the line, and the cell."""
    place, text = cells.place(heading), cells.text(heading)
    parts: dict[str, Node] = {"paragraph": scalar(str(cells.row.paragraph), place)}
    if text:
        parts["printed"] = scalar(text, place)
    return Mapping(parts, dict.fromkeys(parts, place), place)


def _number_hint(cell: str, sidecar: Sidecar) -> str:
    if not any(char.isdigit() for char in cell):
        return f"if it says that there is no figure, add 'missing: [\"{cell}\"]' to {sidecar.file.name}"
    written = f"1234{sidecar.decimal.sign}5"
    return f"write it as in {written}, or mend 'decimal' and 'thousands' in {sidecar.file.name}"


class _Table:
    """A table's rows with all that their reading needs."""

    def __init__(self, sidecar: Sidecar, rows: Rows, entries: Entries) -> None:
        self._sidecar = sidecar
        self._rows = rows
        self._entries = entries
        self._index = {heading: index for index, heading in enumerate(rows.head)}
        self._used = [i for i, heading in enumerate(rows.head) if heading not in sidecar.ignored]
        self._places = named_places(entries)

    def facts(self) -> Iterator[tuple[str, Node, Place]]:
        """The id, entry and place of each fact; faults go to the problems."""
        lines: dict[str, int] = {}
        self._declare_columns()
        for row in self._rows.rows:
            cells = Cells(self._rows.file, row, self._index, self._sidecar.missing)
            if self._has_formulas(row):
                continue
            match read_subject(self._sidecar.subject, cells, self._places, self._entries):
                case Problem() as problem:
                    self._entries.problems.append(problem)
                case RowSubject(id_) as subject if id_ in lines:
                    self._twice(subject, lines[id_])
                case RowSubject(id_) as subject:
                    lines[id_] = row.line
                    self._declare(subject)
                    for column in self._sidecar.columns:
                        if not cells.is_missing(column.heading):
                            yield self._fact(column, cells, subject)
                case None:
                    pass

    def _declare_columns(self) -> None:
        for column in self._sidecar.columns:
            self._entries.columns[f"{self._rows.file.stem}.{column.id}"] = column.declared

    def _declare(self, row: RowSubject) -> None:
        names = row.names if self._sidecar.subject.name else {}
        subject = Subject(row.about, names, row.place)
        self._entries.rows[f"{self._rows.file.stem}@{row.id}"] = subject

    def _fact(self, column: Column, cells: Cells, subject: RowSubject) -> tuple[str, Node, Place]:
        place = cells.place(column.heading)
        parts, places = dict(column.entry.entries), dict(column.entry.key_places)
        for key in column.varying:
            node = filled(parts.pop(key), cells)
            if node is not None:
                parts[key] = node
                places[key] = node.place if is_cell(column.entry.entries[key]) else places[key]
        parts["statement"] = self._statement(parts, subject)
        if "place" not in parts:
            parts["place"] = scalar(subject.about, subject.place)
            places["place"] = subject.place
        if "at" not in parts:
            parts["at"], places["at"] = _at(cells, column.heading), place
        parts["figure"] = self._figure(parts["figure"], cells.text(column.heading), place)
        id_ = f"{self._rows.file.stem}.{column.id}@{subject.id}"
        return id_, Mapping(parts, places, place), place

    def _figure(self, node: Node, cell: str, place: Place) -> Node:
        if not isinstance(node, Mapping):
            return node
        value = scalar(self._value(node.entries.get("measure"), cell, place), place)
        parts = {"value": value, **node.entries}
        return Mapping(parts, {"value": place, **node.key_places}, node.place)

    def _value(self, measure: Node | None, cell: str, place: Place) -> str:
        """The cell as a fact file would have it: a number with a point, or a date as it is."""
        id_ = measure.text.strip() if isinstance(measure, Scalar) else ""
        declared = self._entries.sections["measures"].get(id_)
        unit = declared.entries.get("unit") if isinstance(declared, Mapping) else None
        if isinstance(unit, Scalar) and unit.text.strip() == Unit.DATE.value:
            return cell
        try:
            return number_in(cell, self._sidecar)
        except ValueError:
            what = (
                f"'{cell}' is no number as the table writes them" if cell else "the cell is empty"
            )
            self._problem(place, what, _number_hint(cell, self._sidecar))
            return "1"

    def _statement(self, parts: dict[str, Node], subject: RowSubject) -> Node:
        """The statement with the subject's name in each language."""
        node = parts["statement"]
        if not isinstance(node, Mapping):
            return node
        said: dict[str, Node] = {}
        for code, text in node.entries.items():
            said[code] = text
            if isinstance(text, Scalar) and SUBJECT in text.text:
                name = self._name(code, subject, is_place="place" not in parts)
                said[code] = scalar(text.text.replace(SUBJECT, name), text.place)
                if not name:  # what no brief is written in may lack a name
                    del said[code]
        return Mapping(said, node.key_places, node.place)

    def _name(self, code: str, subject: RowSubject, *, is_place: bool) -> str:
        """The subject's name in a language, or the id in one that needs it; "" in another."""
        name = subject.names.get(code, "")
        if name or code not in self._entries.languages:
            return name
        if not is_place:
            what = f"subject '{subject.about}' has no name in '{code}' for {SUBJECT}"
            hint = f"name the columns that tell it: 'subject: {{…, name: {{{code}: HEADING}}}}'"
            self._problem(subject.place, what, hint)
        return subject.about

    def _has_formulas(self, row: Row) -> bool:
        """Whether a row is of no use for what spreadsheets would compute; says so."""
        found = [index for index in self._used if _FORMULA.match(row.cells[index])]
        for index in found:
            hint = "save the table with its values in place of formulas"
            self._problem(self._rows.place(row, index), f"'{row.cells[index]}' is a formula", hint)
        return bool(found)

    def _twice(self, subject: RowSubject, line: int) -> None:
        hint = f"the first is on line {line}; if each has its own year, add 'per: HEADING'"
        self._problem(subject.place, f"subject '{subject.id}' stands twice", hint)

    def _problem(self, place: Place, what: str, hint: str) -> None:
        self._entries.problems.append(Problem(place, what, hint))
