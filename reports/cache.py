"""What can be made again, kept under a hash of all that it was made from.

An entry is JSON behind a line with its checksum.  Entries are written whole, so that runs side by
side can't harm each other, and a damaged one counts as missing: it is made anew.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson

from reports.files import replace_file
from reports.problems import Place, Problem, ReportError

_ENTRIES = 6  # of one kind that are kept, the newest


def compact_json(value: object) -> bytes:
    """Values of JSON as bytes, mappings in their own order."""
    return orjson.dumps(value)


def sorted_json(value: object) -> bytes:
    """Values of JSON as bytes, mappings by their keys: for hashes."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def json_values(data: bytes) -> Any:
    """The values that JSON holds; raises ValueError for anything else."""
    return orjson.loads(data)


def read_entry(folder: Path, key: str) -> tuple[object | None, Problem | None]:
    """The value kept under a key, None where there is none; and a warning if it is damaged."""
    file = folder / f"{key}.json"
    try:
        checksum, _, data = file.read_bytes().partition(b"\n")
    except OSError:
        return None, None
    if sha256(data).hexdigest().encode() == checksum:
        return orjson.loads(data), None
    what = "a damaged cache entry was made anew"
    return None, Problem(Place(file), what, fatal=False)


def write_entry(folder: Path, key: str, value: object) -> None:
    """Keep a value of JSON under a key, beside the newest others; silent where it can't be."""
    data = orjson.dumps(value)
    file = folder / f"{key}.json"
    try:
        replace_file(file, sha256(data).hexdigest().encode() + b"\n" + data)
        keep_newest(file, _ENTRIES)
    except (ReportError, OSError):  # a workspace that can't be written to works without
        return


def keep_newest(newest: Path, most: int) -> None:
    """Delete the oldest files beside the newest one, so that no more than `most` are left.

    It stays whatever the clock said when it was written.
    """
    others = [file for file in newest.parent.iterdir() if file.is_file() and file != newest]
    dated = sorted((file.stat().st_mtime, file) for file in others)
    for _, old in dated[: max(0, len(dated) - most + 1)]:
        old.unlink(missing_ok=True)
