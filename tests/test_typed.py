"""Typed values from JSON that people and other tools may have touched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from pathlib import Path

import pytest

from reports.problems import ReportError
from reports.typed import json_bytes, read_json, strict_converter, structured

FILE = Path("case.json")


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True)
class Part:
    count: int
    day: dt.date


@dataclass(frozen=True)
class Whole:
    colour: Colour
    parts: tuple[Part, ...]
    texts: dict[str, str]
    other: Part | None
    share: Decimal
    made: dt.datetime


WHOLE = Whole(
    Colour.RED,
    (Part(1, dt.date(2031, 4, 2)),),
    {"nb": "å"},
    None,
    Decimal("3.10"),
    dt.datetime.fromisoformat("2031-04-02T09:30:00+02:00"),
)


def test_typed_values_come_back_as_they_were_written() -> None:
    data = json_bytes(strict_converter().unstructure(WHOLE))

    assert structured(read_json(data, FILE), Whole, FILE) == WHOLE
    assert data.decode().splitlines()[:3] == ["{", '  "colour": "red",', '  "parts": [']


def test_all_that_does_not_fit_is_told_at_once() -> None:
    value = {
        "colour": "green",
        "parts": [{"count": "1", "day": "2031-13-01", "more": 1}, {}, {"count": True, "day": 7}],
        "texts": {"nb": 1},
        "other": 7,
        "made": "2031-04-02T09:30:00",
        "extra": 1,
    }

    assert told(lambda: structured(value, Whole, FILE)) == [
        "case.json: 'colour' must be one of: red, blue",
        "case.json: 'parts[0].count' must be a whole number",
        "case.json: 'parts[0].day' must be a day such as 2031-04-02",
        "case.json: 'parts[0]' has unknown keys: more",
        "case.json: 'parts[1].count' is missing",
        "case.json: 'parts[1].day' is missing",
        "case.json: 'parts[2].count' must be a whole number",
        "case.json: 'parts[2].day' must be a text",
        "case.json: 'texts['nb']' must be a text",
        "case.json: 'other' has a value that isn't allowed",
        "case.json: 'share' is missing",
        "case.json: 'made' must be a moment with its zone, such as 2031-04-02T09:30:00+02:00",
        "case.json: has unknown keys: extra",
    ]


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (b"", "case.json:1:1: is no JSON: expecting value"),
        (b'{"a": 1,\n "a": 2}', "case.json: has the key 'a' twice"),
        (b"[NaN]", "case.json: holds NaN, which is no number"),
        (b'{\n"a": "\xe5"}', "case.json:2: is not UTF-8"),
        (b"<<<<<<< HEAD\n{}", "case.json:1:1: is no JSON: expecting value"),
        (b"[" * 100_000, "case.json: is nested too deep"),
        (b"[" * 50 + b"]" * 50, "case.json: is nested too deep"),
        (b'{"a": 1e999999999999}', None),
        (b'["' + b"x" * 20_000_000 + b'"]', "case.json: has 20000 kB; 20000 are allowed"),
    ],
    ids=["empty", "key twice", "NaN", "Latin-1", "merge", "bomb", "deep", "huge number", "large"],
)
def test_what_is_no_sane_json_is_told_at_its_place(data: bytes, shown: str | None) -> None:
    assert told(lambda: read_json(data, FILE)) == ([shown] if shown else [])


def told(act: Callable[[], object]) -> list[str]:
    """What an act complains of."""
    try:
        act()
    except ReportError as error:
        return [problem.shown(Path()) for problem in error.problems]
    return []
