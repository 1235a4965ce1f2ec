"""Problems and places in JSON, as the answers of earlier runs are kept with them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from reports.problems import Place, Problem


def warnings_to_json(problems: Iterable[Problem]) -> list[list[Any]]:
    """Warnings as values of JSON."""
    return [[place_to_json(each.place), each.what, each.hint] for each in problems]


def warnings_from_json(told: Iterable[Any]) -> tuple[Problem, ...]:
    """The warnings that `warnings_to_json` made these values of."""
    return tuple(Problem(place_from_json(at), what, hint, fatal=False) for at, what, hint in told)


def place_to_json(place: Place) -> list[str | int]:
    """A place, and where its macro was called."""
    called = place_to_json(place.called) if place.called else []
    return [str(place.file), place.line, place.column, *called]


def place_from_json(told: list[str | int]) -> Place:
    """The place that `place_to_json` made these values of."""
    file, line, column, *called = told
    return Place(
        Path(str(file)), int(line), int(column), place_from_json(called) if called else None
    )
