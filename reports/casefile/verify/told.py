"""The checks of what documents print: against the facts file beside them, and today's store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reports.casefile.record import Variant
from reports.casefile.verify.bundle import Against, Bundle, is_small
from reports.casefile.verify.document import read_marks
from reports.casefile.verify.facts_table import FactsTable, facts_table
from reports.casefile.verify.figures import (
    edited_since,
    figure_findings,
    printed_in,
    typed_in,
    unprinted,
)
from reports.casefile.verify.printed import PrintedFigure
from reports.casefile.verify.remarks import read_cleanly
from reports.casefile.verify.report import Finding, judged, unchecked
from reports.casefile.verify.store_since import changed_since
from reports.language import languages, load_language
from reports.problems import Place, Problem, ReportError

_FACTS = ".facts.csv"


def figures(bundle: Bundle) -> Finding:
    """Whether every figure of the main document is the fact of the bundle's own facts file."""
    tables = [bundle.payload[each.file] for each in bundle.documents(_FACTS)]
    if not tables:
        place = Place(bundle.path("case.json"))
        return judged([Problem(place, "names no facts file, which a bundle has")])
    table = _table(tables[0])
    problems: list[Problem] = []
    found: list[str] = []
    printed: list[PrintedFigure] = []
    for each in bundle.main_files():
        file = bundle.payload[each.file]
        if each.variant is not Variant.REDACTED and is_small(file):
            try:
                there = _printed(file)
            except ReportError as error:
                problems += error.problems
                continue
            printed += there
            problems += figure_findings(there, file, table, bundle.record.edition.language)
            problems += typed_in(file)
            found.append(_counted(each.file, there))
    problems += unprinted(printed, table) if printed else ()
    return judged(problems, *found, *_not_compared(bundle))


def _not_compared(bundle: Bundle) -> Iterator[str]:
    """The documents whose figures aren't those of the facts file, and why."""
    main = bundle.main_files()
    for each in bundle.documents(".pdf", ".docx"):
        if each.variant is Variant.REDACTED:
            yield f"{each.file}: not compared, it is another audience's edition"
        elif each not in main:
            yield f"{each.file}: not compared, it tells what was beside what is"


def figures_alone(file: Path, against: Against, around: Path | None) -> Finding:
    """Whether every figure of the document is the fact of the facts file that is known.

    `around` is the bundle that the document lies in, None for one that lies in none.
    """
    source = against.facts or _facts_of(file, around)
    if source is None and file.suffix.lower() != ".docx":
        return unchecked("give --facts FILE, the facts file that was made with the document")
    if not is_small(file):
        return unchecked("it is too large to be opened")
    try:
        there, language, typed = _printed(file), read_marks(file).language, typed_in(file)
    except ReportError as error:
        return judged(error.problems)
    counted = _counted(file.name, there)
    if source is None:
        known = "by what the file says was written; give --facts FILE to compare with the facts"
        return judged((*edited_since(there, file), *typed), f"{counted}, {known}")
    problems = (*figure_findings(there, file, _table(source), language), *typed)
    return judged(problems, f"{counted}, by {source.name}")


def store(bundle: Bundle) -> Finding:
    """What the store says otherwise today of the facts that the bundle told."""
    tables = [bundle.payload[each.file] for each in bundle.documents(_FACTS)]
    if not tables:
        return unchecked("there is no facts file")
    return _since(tables[0], bundle.against, bundle.record.edition.language)


def store_alone(file: Path, against: Against, around: Path | None) -> Finding:
    """What the store says otherwise today of the facts of the facts file that is known."""
    source = against.facts or _facts_of(file, around)
    if source is None:
        return unchecked("give --facts FILE and --workspace DIR")
    try:
        language = read_marks(file).language
    except ReportError:
        return unchecked("it can't be opened")
    return _since(source, against, language)


def _since(source: Path, against: Against, language: str) -> Finding:
    workspace = against.workspace
    if workspace is None:
        return unchecked("give --workspace DIR to see what its store says of these facts today")
    table = _table(source)
    spoken = load_language(language if language in languages() else "en")
    changes = changed_since(table, workspace.facts, workspace.day, spoken)
    changed = len({each.place.line for each in changes})
    count = len(table.rows)
    return judged(
        changes, f"of {count} {'fact' if count == 1 else 'facts'}, {changed} changed since"
    )


def _printed(file: Path) -> tuple[PrintedFigure, ...]:
    with read_cleanly(file):
        return printed_in(file)


def _facts_of(file: Path, around: Path | None) -> Path | None:
    """The facts file beside a document of a bundle."""
    if around is None:
        return None
    beside = file.with_name(f"{file.stem}{_FACTS}")
    return beside if beside.is_file() else None


def _table(file: Path) -> FactsTable:
    return facts_table(file.read_bytes(), file)


def _counted(name: str, printed: tuple[PrintedFigure, ...]) -> str:
    facts = len({each.fact for each in printed})
    return f"{name}: {len(printed)} spots, of {facts} {'fact' if facts == 1 else 'facts'}"
