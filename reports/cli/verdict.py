"""The verdict of a check, kept until anything changes that it rests on."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reports.cache import read_entry, write_entry
from reports.cli.kept import (
    place_from_json,
    place_to_json,
    warnings_from_json,
    warnings_to_json,
)
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
        warnings=warnings_from_json(found["warnings"]),
        unsupported=tuple((place_from_json(at), text) for at, text in found["unsupported"]),
    )


def write_verdict(cache: Path, key: str, verdict: Verdict) -> None:
    """Keep a verdict under a key."""
    kept = {
        "editions": verdict.editions,
        "facts": verdict.facts,
        "warnings": warnings_to_json(verdict.warnings),
        "unsupported": [[place_to_json(place), text] for place, text in verdict.unsupported],
    }
    write_entry(cache / "checks", key, kept)
