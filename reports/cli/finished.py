"""The last builds that left nothing to do, kept until anything changes that they rest on.

A build of what is known to be done loads next to nothing: it hashes what it would read and what
it would write, and says again what was warned of.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from reports.hashes import content_key, folder_contents
from reports.versions import versions

if TYPE_CHECKING:
    from pathlib import Path

STOOD_IN = "KILDEFAST_STOOD_IN"  # as in `reports.machine.surroundings`, which loads pathlib
_FOLDER = "builds"
CHOICES = ("brief", "audience", "lang", "subject", "format", "at")
_OPTIONS = (*CHOICES, "workspace", "out", "jobs")


def told_as_done(given: Sequence[str]) -> bool:
    """Whether the command is a build that has nothing to do; if so, it has been told."""
    begun = time.monotonic()
    asked = _asked(given)
    if asked is None:
        return False
    here = os.path.abspath(os.environ.get(STOOD_IN, ""))
    root = os.path.realpath(os.path.join(here, asked["workspace"]) if "workspace" in asked else "")
    out = os.path.realpath(os.path.join(here, asked["out"]) if "out" in asked else f"{root}/out")
    day = asked.get("at") or time.strftime("%Y-%m-%d")
    key = done_key(root, out, day, [asked.get(name) for name in CHOICES])
    done = _read(f"{root}/.cache/{_FOLDER}/{key}.json")
    if not (done and _as_left(done["files"], out)):
        return False
    sys.stderr.write("".join(f"{line}\n" for line in done["warnings"]))
    if "quiet" not in asked:
        sys.stderr.write(f"{last_line(out, 0, done['outputs'], 0, time.monotonic() - begun)}\n")
    return True


def done_key(root: str, out: str, day: str, chosen: Iterable[object]) -> str:
    """The key of a build: every file of facts and templates, versions, the day, what was chosen."""
    words = [root, out, day, json.dumps(versions()), json.dumps([str(word) for word in chosen])]
    contents = folder_contents(f"{root}/facts", f"{root}/templates")
    return content_key([*map(os.fsencode, words), *contents])


def keep_done(
    root: Path,
    key: str,
    warnings: Sequence[str],
    outputs: Mapping[str, str],
    told_in: Mapping[str, str],
) -> None:
    """Keep under its key that a build is done, with what it left: outputs, and what tells of them.

    Both are hashes by the paths in the folder of outputs.
    """
    from reports.cache import write_entry

    files = {**outputs, **told_in}
    kept = {"outputs": len(outputs), "warnings": list(warnings), "files": files}
    write_entry(root / ".cache" / _FOLDER, key, kept)


def last_line(out: object, written: int, kept: int, failed: int, seconds: float) -> str:
    """How many outputs there are in that folder, and what it took."""
    there = written + kept
    parts = [f"{written} written, {kept} kept"] if written and kept else []
    parts += ["all kept"] if kept and not written else []
    parts += [f"{failed} failed"] if failed else []
    parts.append(f"{seconds:.1f} s")
    return f"{there} {'output' if there == 1 else 'outputs'} in {out} ({', '.join(parts)})"


def _asked(given: Sequence[str]) -> dict[str, str] | None:
    """The options of a build as they were typed, by name; None for any that asks for more."""
    asked: dict[str, str] = {}
    words = iter(given[1:])
    for word in words:
        name, is_whole, value = word.removeprefix("--").partition("=")
        if word == "--quiet":
            asked["quiet"] = ""
        elif word.startswith("--") and name in _OPTIONS:
            asked[name] = value if is_whole else next(words, "")
            if not _is_taken(name, asked[name]):
                return None  # the parser says why
        else:
            return None
    return asked if given[:1] in ([], ["build"]) else None


def _is_taken(name: str, value: str) -> bool:
    """Whether the parser would take that value of an option."""
    is_word = value[:1] not in ("", "-")
    return is_word and (name != "jobs" or value.strip("0").isdecimal())


def _read(file: str) -> Mapping[str, Any] | None:
    """The entry of a cache, None where there is none or it is damaged."""
    try:
        with open(file, "rb") as opened:
            checksum, _, data = opened.read().partition(b"\n")
    except OSError:
        return None
    if sha256(data).hexdigest().encode() != checksum:
        return None
    found: Mapping[str, Any] = json.loads(data)
    return found


def _as_left(files: Mapping[str, str], out: str) -> bool:
    try:
        return all(_hash(f"{out}/{name}") == found for name, found in files.items())
    except OSError:
        return False


def _hash(file: str) -> str:
    with open(file, "rb") as opened:
        return sha256(opened.read()).hexdigest()
