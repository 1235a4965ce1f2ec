"""Files read up to a limit, hashed, and written whole."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from reports.problems import Place, Problem, ReportError

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)  # a disk that takes no more


def read_limited(file: Path, most: int, place: Place) -> bytes:
    """What the file holds, at most `most` bytes.

    Raises ReportError at `place`, which names it, if it is larger or can't be read.
    """
    try:
        size = file.stat().st_size
        data = file.read_bytes() if size <= most else b""
    except OSError as error:
        what = f"'{file.name}' can't be read: {(error.strerror or str(error)).lower()}"
        raise ReportError(Problem(place, what)) from None
    if size > most:
        what = f"'{file.name}' has {size // 1000} kB; {most // 1000} are allowed"
        raise ReportError(Problem(place, what, "save a smaller one"))
    return data


def file_hash(file: Path) -> str:
    """The SHA-256 of a file's bytes, "" where it can't be read."""
    try:
        return sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


def replace_file(file: Path, data: bytes) -> None:
    """Write the file whole: a reader sees the old one or the new one, never a part.

    Raises ReportError at the file if it can't be written.
    """
    new: Path | None = None
    try:
        new = _beside(file, data)
        new.replace(file)
    except OSError as error:
        if new:
            new.unlink(missing_ok=True)
        what = f"can't be written: {(error.strerror or str(error)).lower()}"
        first = "free some space" if error.errno in FULL else "close the program that holds it open"
        hint = f"{first}, or choose another folder with --out"
        raise ReportError(Problem(Place(file), what, hint)) from None


def create_file(file: Path, data: bytes) -> None:
    """Write the file whole where there is none: nobody sees a part of it.

    Raises FileExistsError if there is one, which is left alone, and OSError if it can't be
    written.
    """
    new = _beside(file, data)
    try:
        os.link(new, file)
    except FileExistsError:
        raise
    except OSError:  # a file system without links: between look and move another may come
        if os.path.lexists(file):
            raise FileExistsError(file) from None
        new.replace(file)
    finally:
        new.unlink(missing_ok=True)


def sweep(files: Iterable[Path]) -> None:
    """Delete what runs that were killed while they wrote these files have left beside them."""
    names: dict[Path, set[str]] = {}
    for file in files:
        names.setdefault(file.parent, set()).add(file.name)
    for folder, known in names.items():
        for left in folder.glob(".*.????????"):
            if left.name[1:-9] in known:
                left.unlink(missing_ok=True)


def _beside(file: Path, data: bytes) -> Path:
    """A hidden file with the data in the same folder, which is made if need be."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(data)
        new.chmod(0o644)
    except OSError:
        new.unlink(missing_ok=True)
        raise
    return new
