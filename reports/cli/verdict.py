"""The verdict of a check, kept until anything changes that it rests on."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reports.cache import read_entry, write_entry
from reports.hashes import content_key, folder_contents
from reports.problems import Place, Problem
from reports.versions import versions


@dataclass(frozen=True)
class Verdict:
    """What a check found where nothing is wrong: warnings, and what rests on no fact."""

    editions: int
    facts: int
    warnings: tuple[Problem, ...]
    unsupported: tuple[tuple[Place, str], ...]


def verdict_key(root: Path, day: date, asked: Iterable[str]) -> str:
    """The key of a check: all facts and templates, versions, the day, and what was asked for."""
    words = [str(root), day.isoformat(), json.dumps(versions()), *asked]
    contents = folder_contents(root / "facts", root / "templates")
    return content_key([*map(os.fsencode, words), *contents])


def read_verdict(cache: Path, key: str) -> Verdict | None:
    """The verdict kept under a key, None where there is none or it is damaged."""
    found, _ = read_entry(cache / "checks", key)
    if not isinstance(found, dict):
        return None
    return Verdict(
        editions=found["editions"],
        facts=found["facts"],
        warnings=tuple(_warning(told) for told in found["warnings"]),
        unsupported=tuple((_place(at), text) for at, text in found["unsupported"]),
    )


def write_verdict(cache: Path, key: str, verdict: Verdict) -> None:
    """Keep a verdict under a key."""
    kept = {
        "editions": verdict.editions,
        "facts": verdict.facts,
        "warnings": [[_told(each.place), each.what, each.hint] for each in verdict.warnings],
        "unsupported": [[_told(place), text] for place, text in verdict.unsupported],
    }
    write_entry(cache / "checks", key, kept)


def _warning(told: tuple[list[str | int], str, str]) -> Problem:
    at, what, hint = told
    return Problem(_place(at), what, hint, fatal=False)


def _told(place: Place) -> list[str | int]:
    """A place as values of JSON, and after it where its macro was called."""
    called = _told(place.called) if place.called else []
    return [str(place.file), place.line, place.column, *called]


def _place(told: list[str | int]) -> Place:
    """The place that `_told` made these values of."""
    file, line, column, *called = told
    return Place(Path(str(file)), int(line), int(column), _place(called) if called else None)
