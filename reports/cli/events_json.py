"""A build's events as JSON on standard output: one object a line, for other programs.

Each has its kind under "event"; the other keys are those of its class, in words of the command
line.  Problems are objects themselves.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from reports.problems import Problem, ReportError

if TYPE_CHECKING:
    from reports.build.events import Event


@contextmanager
def json_lines(root: Path) -> Iterator[Callable[[Event], None]]:
    """What prints each event as it is told; problems that end the build come as found ones."""
    try:
        yield lambda event: _print(_record(event, root))
    except ReportError as error:
        _print({"event": "found", "problems": _value(error.problems, root)})
        raise


def _record(event: Event, root: Path) -> dict[str, object]:
    values = {each.name: _value(getattr(event, each.name), root) for each in fields(event)}
    return {"event": type(event).__name__.lower(), **values}


def _value(value: object, root: Path) -> object:
    match value:
        case Problem():
            return problem_record(value, root)
        case Enum():
            return value.value
        case float():
            return round(value, 3)
        case tuple():
            return [_value(each, root) for each in value]
        case _:
            return value


def problem_record(problem: Problem, root: Path) -> dict[str, object]:
    """A problem as JSON: a file below `root` by its path there, line and column 0 for none."""
    place = problem.place
    inside = place.file.is_relative_to(root)
    file = place.file.relative_to(root) if inside else place.file
    return {
        "file": file.as_posix(),
        "line": place.line,
        "column": place.column,
        "what": problem.what,
        "hint": problem.hint,
        "fatal": problem.fatal,
    }


def _print(record: dict[str, object]) -> None:
    print(json.dumps(record, ensure_ascii=False), flush=True)
