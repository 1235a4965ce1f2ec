"""The files that authors save, as they save them: facts and templates, by what they hold.

The system's word that something was written only wakes us; what the files hold decides.  So it
doesn't matter how an editor saves, and what changes nothing is no save.  Folders that outputs
and the cache lie in are not looked at.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from stat import S_ISDIR
from threading import Event
from typing import TypeAlias

from watchfiles import Change, DefaultFilter, watch

Contents: TypeAlias = Mapping[Path, bytes]  # each file of an author, and the hash of its bytes

_STEP_MS = 10  # without a further change, before what came is one save
_LONGEST_MS = 400  # that changes one after the other are waited for
_LOOK_MS = 500  # without a word from the system, before we look ourselves
_is_an_authors = DefaultFilter()  # not what editors keep beside a file


def contents(root: Path) -> Contents:
    """What the files below `facts/` and `templates/` hold, but for what editors keep there."""
    found: dict[Path, bytes] = {}
    for folder in _folders(root):
        for parent, _, names in os.walk(folder):
            for file in (Path(parent, name) for name in names):
                if _is_an_authors(Change.modified, file.relative_to(root).as_posix()):
                    found[file] = _digest(file)
    return found


def saves(
    root: Path, before: Contents, ended: Event
) -> Iterator[tuple[Contents, tuple[Path, ...]]]:
    """What the files hold after each save, and those that were changed, made or deleted by it.

    `before` is what they held when the first save was still to come.  Ends when `ended` is set.
    """
    for _ in _wakings(root, ended):
        after = contents(root)
        if after != before:
            files = sorted(file for file, _ in before.items() ^ after.items())
            yield after, tuple(dict.fromkeys(files))
            before = after


def _wakings(root: Path, ended: Event) -> Iterator[None]:
    """Each moment at which a file may have been saved.

    A folder that is deleted takes the watch on it along, so it is watched anew when it is back.
    """
    while not ended.is_set():
        folders = _folders(root)
        yield None
        try:
            for _ in _changes(folders, ended):
                yield None
                if _folders(root) != folders:
                    break
        except OSError:  # a folder went meanwhile, or the system watches no more of them
            ended.wait(_LOOK_MS / 1000)


def _changes(folders: Mapping[Path, int], ended: Event) -> Iterator[object]:
    if not folders:
        ended.wait(_LOOK_MS / 1000)
        return iter(())
    return watch(
        *folders,
        watch_filter=None,
        debounce=_LONGEST_MS,
        step=_STEP_MS,
        rust_timeout=_LOOK_MS,
        yield_on_timeout=True,
        stop_event=ended,
    )


def _folders(root: Path) -> dict[Path, int]:
    """The folders to be watched that are there, each with the number that tells it from another."""
    found: dict[Path, int] = {}
    for folder in (root / "facts", root / "templates"):
        with suppress(OSError):  # there is none, or it has just gone
            status = folder.stat()
            if S_ISDIR(status.st_mode):
                found[folder] = status.st_ino
    return found


def _digest(file: Path) -> bytes:
    try:
        if not file.is_file():  # a pipe would never end
            return b""
        return sha256(file.read_bytes()).digest()
    except OSError as error:  # whoever needs the file will say so
        return str(error).encode()
