"""What can be made again, kept under a hash of all that it was made from.

An entry is JSON behind a line with its checksum.  Entries are written whole, so that runs side by
side can't harm each other, and a damaged one counts as missing: it is made anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

import orjson

from reports.files import replace_file
from reports.problems import Place, Problem, ReportError

_ENTRIES = 6  # of one kind that are kept, the newest
_CODE = Path(__file__).parent
_READ = (".py", ".po", ".css", ".js", ".yaml")  # kinds of files that an output may depend on


def content_key(parts: Iterable[bytes]) -> str:
    """A key for these parts, in this order, and for the code that makes something of them."""
    hashed = sha256(code_hash())
    for part in parts:
        hashed.update(len(part).to_bytes(8))
        hashed.update(part)
    return hashed.hexdigest()


def folder_contents(*folders: Path) -> Iterator[bytes]:
    """The name and the bytes of each file below the folders, in order, for a key."""
    for folder in folders:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            yield file.relative_to(folder).as_posix().encode()
            try:
                yield file.read_bytes()
            except OSError as error:  # whoever needs the file will say so
                yield str(error).encode()


@cache
def code_hash() -> bytes:
    """The hash of the tool's own code, words, sheets and themes."""
    hashed = sha256()
    for file in sorted(_CODE.rglob("*")):
        if file.suffix in _READ:
            hashed.update(file.relative_to(_CODE).as_posix().encode())
            hashed.update(file.read_bytes())
    return hashed.digest()


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
    try:
        replace_file(folder / f"{key}.json", sha256(data).hexdigest().encode() + b"\n" + data)
        dated = sorted((entry.stat().st_mtime, entry) for entry in folder.glob("*.json"))
        for _, old in dated[:-_ENTRIES]:
            old.unlink(missing_ok=True)
    except (ReportError, OSError):  # a workspace that can't be written to works without
        return
