"""Fact files to the store: strict YAML, typed by schema, every problem at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from reports.facts.conflicts import check_conflicts
from reports.facts.derive import derive
from reports.facts.load.entries import SECTIONS, Entries
from reports.facts.load.fact import read_fact
from reports.facts.load.table import read_table, sidecars, table_files, told_once
from reports.facts.load.vocabulary import read_location, read_measure, read_source, read_speaker
from reports.facts.model import Facts
from reports.facts.versions import check_versions, superseded_by
from reports.fields import ID, Fields, misnamed, translations
from reports.problems import Place, Problem, ReportError
from reports.yaml import Node, read_yaml

FACT_ID = re.compile(r"[a-z][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)*(@[a-z0-9][a-z0-9-]*)?")
FACT_ID_LENGTH = 48
_TOLD_WITH = ("people", "measures", "populations", "themes", "places", "inferences")


def load_facts(folder: Path, languages: tuple[str, ...], names: Iterable[str] = ()) -> Facts:
    """The facts of a workspace, with a text in each of `languages`.

    `names` are the names that hold digits and may stand in a statement.

    Raises ReportError with every problem found in all files: what is missing, unknown,
    declared twice or of the wrong shape, each at file and line.
    """
    entries = Entries([], languages, tuple(names))
    files = sorted({*folder.rglob("*.yaml")} - {*sidecars(folder)})
    entries.problems.extend(misnamed(folder.rglob("*.yml")))
    if not files:
        hint = "put at least one .yaml file with sources and facts there"
        raise ReportError(Problem(Place(folder), "no fact files found", hint))
    read = [_collect(file, entries) for file in files]
    if all(read):  # tables name what the others declare
        read = [_collect_table(file, entries) for file in table_files(folder)]
    if not all(read):  # what the others declare would only seem unknown
        raise ReportError(*told_once(entries.problems))
    store = _store(entries)
    entries.problems.extend(check_versions(store.facts))
    entries.problems.extend(check_conflicts(store))
    if entries.problems:
        raise ReportError(*told_once(entries.problems))
    return derive(store)


def _collect(file: Path, entries: Entries) -> bool:
    """Add a file's entries to those of the others; false if it can't be read."""
    try:
        root = Fields(read_yaml(file), "the file", entries.problems)
    except ReportError as error:
        entries.problems.extend(error.problems)
        return False
    for section in SECTIONS:
        for id_, node, place in root.entries(section):
            _declare(section, id_, node, place, entries)
    root.done()
    return True


def _collect_table(file: Path, entries: Entries) -> bool:
    """Add the facts of a table; false if it can't be read."""
    try:
        for id_, node, place in read_table(file, entries):
            _declare("facts", id_, node, place, entries)
    except ReportError as error:
        entries.problems.extend(error.problems)
        return False
    return True


def _declare(section: str, id_: str, node: Node, place: Place, entries: Entries) -> None:
    pattern = FACT_ID if section == "facts" else ID
    if not pattern.fullmatch(id_):
        hint = f"small letters, digits and hyphens, at most {FACT_ID_LENGTH} characters"
        entries.problems.append(Problem(place, f"'{id_}' can't be an id", hint))
    elif len(id_) > FACT_ID_LENGTH:
        what = f"the id '{id_}' has {len(id_)} characters; at most {FACT_ID_LENGTH}"
        hint = "shorten it; in a table, its name or the id of the column or subject"
        entries.problems.append(Problem(place, what, hint))
    first = entries.declared.get((section, id_))
    if first:
        hint = f"the first is at {first.file.name}:{first.line}; rename or delete one"
        entries.problems.append(Problem(place, f"'{id_}' is declared twice in {section}", hint))
        return
    entries.declared[section, id_] = place
    entries.sections[section][id_] = node


def _store(entries: Entries) -> Facts:
    def read(section: str) -> list[tuple[str, Fields]]:
        return [
            (id_, Fields(node, f"{section.rstrip('s')} '{id_}'", entries.problems))
            for id_, node in entries.sections[section].items()
        ]

    def texts(section: str) -> dict[str, dict[str, str]]:
        return {
            id_: translations(
                node, f"{section.rstrip('s')} '{id_}'", entries.languages, entries.problems
            )
            for id_, node in entries.sections[section].items()
        }

    shell = Facts(
        facts={},
        sources={id_: read_source(id_, fields, entries) for id_, fields in read("sources")},
        people={id_: read_speaker(fields, entries) for id_, fields in read("people")},
        measures={id_: read_measure(fields, entries) for id_, fields in read("measures")},
        populations=texts("populations"),
        themes=texts("themes"),
        places={id_: read_location(fields, entries) for id_, fields in read("places")},
        inferences=texts("inferences"),
        declared=_declared(entries),
        columns=entries.columns,
        rows=entries.rows,
        hidden={},
        unrecorded={},
        superseded={},
    )
    for id_, fields in read("facts"):
        shell.facts[id_] = read_fact(id_, fields, shell, entries)
    shell.superseded.update(superseded_by(shell.facts))
    return shell


def _declared(entries: Entries) -> dict[str, dict[str, Place]]:
    return {
        section: {id_: entries.declared[section, id_] for id_ in entries.sections[section]}
        for section in _TOLD_WITH
    }
