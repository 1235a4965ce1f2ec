"""Entries as they stand in fact files: flat and comparable, whatever their order or layout.

An entry becomes texts by path: `{figure: {value: 62}}` is `{"figure.value": "62"}`.  A setting that
is written out counts as one that is left out, if both mean the same.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from reports.facts.load.table.rows import read_rows
from reports.facts.load.table.sidecar import read_sidecar, sidecar_of
from reports.problems import Place, Problem, ReportError
from reports.yaml import Mapping as Entries
from reports.yaml import Node, Scalar, Sequence, parse_yaml

Written: TypeAlias = Mapping[str, str]

_LEFT_OUT = {"access": "public", "figure.qualifier": "exact"}
_DATED = ("as_of", "issued")


@dataclass(frozen=True)
class FieldChange:
    """What was said under a key and is said now; "" where there was or is nothing."""

    key: str
    old: str
    new: str


def written(node: Node) -> Written:
    """The texts of an entry by path."""
    flat = dict(_flat("", node))
    return {key: text for key, text in flat.items() if text and _LEFT_OUT.get(key) != text}


def differences(old: Written, new: Written) -> tuple[FieldChange, ...]:
    """What differs between two entries, in the order of the new one."""
    return tuple(
        FieldChange(key, old.get(key, ""), new.get(key, ""))
        for key in dict.fromkeys([*new, *old])
        if old.get(key) != new.get(key)
    )


def fact_in(text: str, id_: str) -> Written | None:
    """The entry of a fact in the text of a fact file, None where it isn't there.

    Only its own lines are read where they can be told apart, so that an old file is read even
    if something else in it would be refused today.

    Raises ReportError if it can't be read.
    """
    if not re.search(rf"(?<![\w.-])(['\"]?){re.escape(id_)}\1 *:", text):
        return None
    found: Node | None = None
    with suppress(ReportError):
        found = parse_yaml(_own_lines(text, id_), Path()).entries.get(id_)
    if found is None:
        facts = parse_yaml(text, Path()).entries.get("facts")
        found = facts.entries.get(id_) if isinstance(facts, Entries) else None
    return written(found) if found is not None else None


def cell_reader(declared: Place) -> Callable[[str], Written | None]:
    """What finds, in any version of a table, the value that stands at that place today.

    The cell goes by its heading and by what its row is about.  Raises ReportError if the table
    can't be read as it is today.
    """
    sidecar = read_sidecar(sidecar_of(declared.file), ())
    today = read_rows(declared.file, sidecar.delimiter)
    (row,) = (each for each in today.rows if each.line == declared.line)
    named = dict(zip(today.head, row.cells, strict=True))
    heading = today.head[declared.column - 1]
    about = sidecar.subject.cell.entries["column"]
    keys = [about.text.strip()] if isinstance(about, Scalar) else []
    wanted = {key: named[key] for key in (*keys, sidecar.subject.per) if key}

    def read(text: str) -> Written | None:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=sidecar.delimiter.sign)
        try:
            rows = [[cell.strip() for cell in cells] for cells in reader if any(cells)]
        except csv.Error as error:
            raise ReportError(Problem(Place(declared.file), f"not valid CSV: {error}")) from None
        for cells in rows[1:]:
            then = dict(zip(rows[0], cells, strict=False))
            if heading in then and all(then.get(key) == told for key, told in wanted.items()):
                return {"figure.value": then[heading]}
        return None

    return read


def _own_lines(text: str, id_: str) -> str:
    """The lines of a fact's entry in a file of block style, "" where they can't be told apart."""
    section = re.search(r"^facts: *(#.*)?$", text, re.MULTILINE)
    if not section:
        return ""
    rest = text[section.end() :]
    body = rest[: end.start()] if (end := re.search(r"^[^\s#]", rest, re.MULTILINE)) else rest
    first = re.search(r"^( +)[^\s#]", body, re.MULTILINE)
    if not first:
        return ""
    indent = first[1]
    head = rf"^{indent}(['\"]?){re.escape(id_)}\1:( |$)"
    start = re.search(head, body, re.MULTILINE)
    if not start:
        return ""
    after = body[start.end() :]
    end = re.search(rf"^ {{1,{len(indent)}}}[^\s#]", after, re.MULTILINE)
    return start[0] + (after[: end.start()] if end else after)


def _flat(path: str, node: Node) -> Iterator[tuple[str, str]]:
    match node:
        case Scalar(text=text):
            yield (f"{path}.date" if path in _DATED else path), " ".join(text.split())
        case Sequence(items=items) if all(isinstance(item, Scalar) for item in items):
            texts = [text for item in items for _, text in _flat("", item)]
            yield path, f"[{', '.join(texts)}]" if texts else ""
        case Sequence(items=items):
            for number, item in enumerate(items, start=1):
                yield from _flat(f"{path}.{number}", item)
        case Entries(entries=entries):
            for key, inner in entries.items():
                yield from _flat(f"{path}.{key}" if path else key, inner)
