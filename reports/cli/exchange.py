"""To take in and to give out: `facts import` and `facts export`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from reports.briefs import fact_settings
from reports.cli.printing import counted, print_json, print_problems
from reports.cli.words import (
    Commands,
    add_at,
    add_command,
    given_path,
    open_to_read,
)
from reports.facts.model import Access
from reports.problems import Place, Problem, ReportError

if TYPE_CHECKING:  # what reads and writes other tools' files is imported where it is used
    from reports.facts.exchange.changes import Changes
    from reports.facts.exchange.sheet import Sheet
    from reports.facts.exchange.sources import SourcesPlan
    from reports.facts.exchange.taking import TablePlan
    from reports.facts.exchange.trial import Store

_WORKBOOKS = (".xlsx", ".xlsm")
_SEPARATED = (".csv", ".tsv", ".txt")
_FORMATS = ("json", "csv", "csl")


def declare(questions: Commands) -> None:
    """Add `import` and `export` to the questions of `facts`."""
    what = "take in a spreadsheet as a table of facts, or CSL-JSON as sources"
    taking = add_command(questions, "import", _import, what, "facts import ansatte.xlsx")
    taking.add_argument("file", type=given_path, help="an .xlsx or .csv file, or CSL-JSON as .json")
    taking.add_argument("--sheet", default="", help="the sheet of a workbook that has several")
    taking.add_argument("--table", metavar="ID", help="id of the table (default: the file's name)")
    taking.add_argument(
        "--replace", action="store_true", help="write over a table that is there already"
    )
    taking.add_argument("--json", action="store_true", help="as JSON")
    what = "the store for other tools"
    giving = add_command(questions, "export", _export, what, "facts export --format csv")
    giving.add_argument(
        "--format",
        choices=_FORMATS,
        required=True,
        help="JSON, a row a fact, or sources for Zotero",
    )
    giving.add_argument("--out", type=given_path, help="file to write (default: standard output)")
    levels = [level.value for level in Access]
    giving.add_argument(
        "--access", choices=levels, default="public", help="who may see it (default: public)"
    )
    giving.add_argument("--lang", help="language of the words")
    add_at(giving)


def _export(arguments: argparse.Namespace) -> int:
    from reports.facts.exchange.export import ExportFormat, export_store
    from reports.files import replace_file

    workspace, code = open_to_read(arguments)
    access = Access(arguments.access)
    data = export_store(workspace.facts, ExportFormat(arguments.format), access, code)
    if arguments.out:
        replace_file(arguments.out, data)
    else:
        sys.stdout.buffer.write(data)
    hidden = len(workspace.facts.visible_to(access).hidden)
    shown = len(workspace.facts.facts) - hidden
    told = f"{counted(shown, 'fact')} as '{access.value}' may see them, {hidden} left out"
    print(told, file=sys.stderr)
    return 0


def _import(arguments: argparse.Namespace) -> int:
    from reports.facts.exchange.trial import Store

    suffix = arguments.file.suffix.lower()
    if arguments.sheet and suffix not in _WORKBOOKS:
        _wrong("--sheet is for workbooks", "leave it out")
    store = Store(arguments.workspace / "facts", *fact_settings(arguments.workspace))
    if suffix == ".json":
        if arguments.table or arguments.replace:
            _wrong("--table and --replace are for tables", "leave them out")
        return _take_sources(store, arguments)
    return _take_table(_sheet(arguments.file, arguments.sheet), store, arguments)


def _sheet(file: Path, name: str) -> Sheet:
    from reports.facts.exchange.separated import read_separated
    from reports.facts.exchange.xlsx import read_xlsx

    if file.suffix.lower() in _WORKBOOKS:
        return read_xlsx(file, name)
    if file.suffix.lower() in _SEPARATED:
        return read_separated(file)
    what = f"'{file.suffix or file.name}' is no kind of file that can be taken in"
    raise ReportError(Problem(Place(file), what, "save the table as .xlsx or .csv"))


# ---------------------------------------------------------------- tables


def _take_table(sheet: Sheet, store: Store, arguments: argparse.Namespace) -> int:
    from reports.facts.exchange.taking import plan_table, write_table

    today = date.today()  # noqa: DTZ011 - the adviser's own day, wherever she is
    plan = plan_table(sheet, _table_id(arguments), store, today)
    needs_leave = plan.replaces and not arguments.replace
    written = () if plan.faults or needs_leave else write_table(plan)
    if arguments.json:
        print_json(_table_record(plan, written, arguments.workspace))
    else:
        _print_lines(_table_lines(plan, written, arguments.workspace))
        print_problems(plan.faults, arguments.workspace)
        if needs_leave and not plan.faults:
            print("nothing was written\n  hint: to write it, add --replace", file=sys.stderr)
    print(f"{counted(len(plan.taken), 'row')} taken, {len(plan.refused)} refused", file=sys.stderr)
    return 1 if plan.refused or plan.faults or needs_leave else 0


def _table_id(arguments: argparse.Namespace) -> str:
    from reports.facts.exchange.texts import as_id
    from reports.fields import ID

    if arguments.table and not ID.fullmatch(arguments.table):
        hint = "small letters, digits and hyphens, beginning with a letter"
        _wrong(f"--table: '{arguments.table}' can't be an id", hint)
    return arguments.table or as_id(arguments.file.stem, 24, "table")


def _table_lines(plan: TablePlan, written: Sequence[Path], root: Path) -> Iterator[str]:
    rows = [(each, "refused: ") for each in plan.refused]
    rows += [(each, "left out: ") for each in plan.sheet.left_out]
    for refusal, kind in sorted(rows):
        yield f"row {refusal.row} {kind}{refusal.reason}"
    yield from plan.sheet.notes
    if plan.changes is not None:
        yield from _change_lines(plan.changes)
    for file in written:
        yield f"{file.relative_to(root)} written"
    for blank in plan.blanks if not plan.faults else ():
        yield f"{blank.place.shown(root)}: {blank.what}"


def _change_lines(changes: Changes) -> Iterator[str]:
    yield from (f"+ column {heading}" for heading in changes.added_columns)
    yield from (f"- column {heading}" for heading in changes.removed_columns)
    yield from (f"+ {subject}" for subject in changes.added)
    yield from (f"- {subject}" for subject in changes.removed)
    for cell in changes.changed:
        yield f"~ {cell.subject}, {cell.heading}: {cell.old or '(empty)'} → {cell.new or '(empty)'}"


def _table_record(plan: TablePlan, written: Sequence[Path], root: Path) -> dict[str, object]:
    sheet = plan.sheet
    return {
        "file": str(sheet.file),
        "sheet": sheet.name or None,
        "table": plan.file.stem,
        "head_row": sheet.head_row,
        "columns": list(sheet.head),
        "taken": [row.number for row in plan.taken],
        "refused": [asdict(refusal) for refusal in plan.refused],
        "left_out": [asdict(refusal) for refusal in sheet.left_out],
        "notes": list(sheet.notes),
        "changes": asdict(plan.changes) if plan.changes is not None else None,
        "faults": [problem.shown(root) for problem in plan.faults],
        "blanks": [problem.shown(root) for problem in plan.blanks],
        "written": [str(file.relative_to(root)) for file in written],
    }


# ---------------------------------------------------------------- sources


def _take_sources(store: Store, arguments: argparse.Namespace) -> int:
    from reports.facts.exchange.sources import plan_sources, read_items, write_sources
    from reports.facts.exchange.texts import as_id

    file = store.folder / f"{as_id(arguments.file.stem, 48, 'sources')}.yaml"
    plan = plan_sources(read_items(arguments.file), file, store)
    is_written = bool(plan.taken) and not plan.faults
    if is_written:
        write_sources(plan)
    if arguments.json:
        print_json(_sources_record(plan, arguments, is_written=is_written))
    else:
        _print_lines(_source_lines(plan, arguments.workspace, is_written=is_written))
        print_problems(plan.faults, arguments.workspace)
    counts = f"{counted(len(plan.taken), 'source')} taken, {len(plan.known)} known"
    print(f"{counts}, {len(plan.refused)} refused", file=sys.stderr)
    return 1 if plan.refused or plan.faults else 0


def _source_lines(plan: SourcesPlan, root: Path, *, is_written: bool) -> Iterator[str]:
    for entry in plan.taken:
        yield f"{entry.key} → {entry.id}: {entry.entry['title']}"
        if entry.left_out:
            yield f"  left out: {', '.join(entry.left_out)}"
    for refusal in plan.refused:
        yield f"item {refusal.number} ({refusal.key}) refused: {refusal.reason}"
    if is_written:
        yield f"{plan.file.relative_to(root)} written"
    for blank in plan.blanks if is_written else ():
        yield f"{blank.place.shown(root)}: still to be written: {blank.what}"


def _sources_record(
    plan: SourcesPlan, arguments: argparse.Namespace, *, is_written: bool
) -> dict[str, object]:
    root = arguments.workspace
    return {
        "file": str(arguments.file),
        "taken": [
            {
                "key": entry.key,
                "id": entry.id,
                "title": entry.entry["title"],
                "left_out": list(entry.left_out),
                "blanks": list(entry.blanks),
            }
            for entry in plan.taken
        ],
        "known": list(plan.known),
        "refused": [asdict(refusal) for refusal in plan.refused],
        "faults": [problem.shown(root) for problem in plan.faults],
        "blanks": [problem.shown(root) for problem in plan.blanks],
        "written": [str(plan.file.relative_to(root))] if is_written else [],
    }


def _wrong(what: str, hint: str) -> NoReturn:
    """End with exit code 2, as these words make no command."""
    print(what, file=sys.stderr)
    print(f"  hint: {hint}", file=sys.stderr)
    raise SystemExit(2)


def _print_lines(lines: Iterator[str]) -> None:
    for line in lines:
        print(line)
