"""YAML text to values with places: no implicit types, and no surprises.

Every scalar stays the text that the author wrote (`NO`, `0301`, `3.10`).  Duplicate keys,
tags, anchors and aliases are refused.  Size and depth are checked on the event stream, before
anything is composed: the C parser overruns its stack on deep input.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import yaml as pyyaml

from reports.problems import Place, Problem, ReportError

MAX_BYTES = 4_000_000
MAX_DEPTH = 20


@dataclass(frozen=True)
class Scalar:
    text: str
    place: Place


@dataclass(frozen=True)
class Sequence:
    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True)
class Mapping:
    """Keys in the order of the file; `key_places` tells where each key stands."""

    entries: dict[str, Node]
    key_places: dict[str, Place]
    place: Place


Node: TypeAlias = Scalar | Sequence | Mapping

_LOADER = getattr(pyyaml, "CSafeLoader", pyyaml.SafeLoader)


def read_yaml(file: Path) -> Mapping:
    """The mapping that a YAML file holds; empty for an empty file.

    Raises ReportError at file, line and column for what is not UTF-8, too large or deep, not
    YAML, or uses a feature that facts don't need.
    """
    text = read_text(file)
    _refuse_tabs(text, file)
    _check_events(text, file)
    try:
        root = pyyaml.compose(text, Loader=_LOADER)
    except pyyaml.MarkedYAMLError as error:  # pragma: no cover - the event pass meets it first
        raise ReportError(_syntax_problem(error, file)) from None
    if root is None:
        return Mapping({}, {}, Place(file))
    problems: list[Problem] = []
    node = _node(root, file, problems)
    if problems:
        raise ReportError(*problems)
    if not isinstance(node, Mapping):
        raise ReportError(Problem(node.place, "expected 'key: value' pairs at the top level"))
    return node


def read_text(file: Path) -> str:
    """The text of a UTF-8 file; raises ReportError at the line of the first byte that isn't."""
    try:
        data = file.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReportError(Problem(Place(file), f"can't be read: {reason.lower()}")) from None
    if len(data) > MAX_BYTES:
        raise ReportError(
            Problem(Place(file), f"is larger than {MAX_BYTES} bytes", "split it into several files")
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"byte 0x{data[error.start]:02x} is not UTF-8"
        hint = "save the file as UTF-8 in your editor"
        raise ReportError(Problem(Place(file, line), what, hint)) from None


def _refuse_tabs(text: str, file: Path) -> None:
    for number, line in enumerate(text.split("\n"), start=1):
        if "\t" in line:
            place = Place(file, number, line.index("\t") + 1)
            raise ReportError(Problem(place, "a tab is not allowed", "indent with spaces"))


def _check_events(text: str, file: Path) -> None:
    depth = 0
    try:
        for event in pyyaml.parse(text, Loader=_LOADER):
            if isinstance(event, pyyaml.AliasEvent):
                _refuse(event, file, f"alias '*{event.anchor}'", "write the value out again")
            if anchor := getattr(event, "anchor", None):
                _refuse(event, file, f"anchor '&{anchor}'", "write the value out where used")
            if tag := getattr(event, "tag", None):
                _refuse(event, file, f"tag '{tag}'", "leave it out; values are typed by key")
            if isinstance(event, pyyaml.CollectionStartEvent):
                depth += 1
            if isinstance(event, pyyaml.CollectionEndEvent):
                depth -= 1
            if depth > MAX_DEPTH:
                _refuse(event, file, f"more than {MAX_DEPTH} levels", "flatten the structure")
    except pyyaml.MarkedYAMLError as error:
        raise ReportError(_syntax_problem(error, file)) from None
    except pyyaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        what = f"character #x{error.character:04x} is not allowed"
        raise ReportError(Problem(Place(file, line), what, "delete it")) from None


def _refuse(event: Any, file: Path, what: str, hint: str) -> None:
    raise ReportError(Problem(_place(event.start_mark, file), f"{what} is not allowed", hint))


def _place(mark: Any, file: Path) -> Place:
    return Place(file, mark.line + 1, mark.column + 1)


def _syntax_problem(error: pyyaml.MarkedYAMLError, file: Path) -> Problem:
    mark = error.problem_mark or error.context_mark
    place = _place(mark, file) if mark else Place(file)
    what = str(error.problem or error.context or error)
    hint = "quote a text that holds ': ' or ' #', or that begins with a sign"
    return Problem(place, f"not valid YAML: {what}", hint)


def _node(node: pyyaml.Node, file: Path, problems: list[Problem]) -> Node:
    place = _place(node.start_mark, file)
    if isinstance(node, pyyaml.ScalarNode):
        return Scalar(node.value, place)
    if isinstance(node, pyyaml.SequenceNode):
        return Sequence(tuple(_node(item, file, problems) for item in node.value), place)
    entries: dict[str, Node] = {}
    places: dict[str, Place] = {}
    for key, value in node.value:
        where = _place(key.start_mark, file)
        if not isinstance(key, pyyaml.ScalarNode):
            problems.append(Problem(where, "a key must be a plain word"))
            continue
        if key.value in entries:
            first = places[key.value]
            hint = f"the first is on line {first.line}; rename or delete one"
            problems.append(Problem(where, f"key '{key.value}' stands twice", hint))
            continue
        entries[key.value] = _node(value, file, problems)
        places[key.value] = where
    return Mapping(entries, places, place)
