"""One command at a time in a workspace: a lock in its cache, with a note of who holds it.

The system lets go of the lock when its holder ends, however that happens.  On a drive that
several machines share it holds among them as far as that drive's locks do: on NFS, unless it is
mounted without them.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from errno import EDQUOT, ENOLCK, ENOSPC, ENOSYS, ENOTSUP
from pathlib import Path

from reports.problems import Place, Problem, ReportError

_QUIET_S = 1.0
_LONGEST_S = 3600.0  # a series of thousands is built in less
_PAUSE_S = 0.05
_MOST = 4000  # bytes of a note
_LONGEST = 200  # characters of what is done


@contextmanager
def one_at_a_time(
    cache: Path, act: str, tell: Callable[[str], None], longest_s: float = _LONGEST_S
) -> Iterator[None]:
    """Hold the workspace whose cache that is.

    `act` is what this process does there, in the words of the command line: 'build --lang nb'.
    `tell` is told for whom it waits, in words, after a second and whenever that changes.
    Raises ReportError if another still holds it after `longest_s`, or if it can't be held.
    """
    file = cache / "workspace.lock"
    handle = _waited_for(file, act.partition(" ")[0], tell, longest_s)
    try:
        _write_note(handle, act)
        yield
    finally:
        os.close(handle)


def _waited_for(file: Path, command: str, tell: Callable[[str], None], longest_s: float) -> int:
    """The file, opened, and locked as soon as it is free."""
    begun = time.monotonic()
    told = ""
    while (handle := _taken(file, command)) is None:
        waited = time.monotonic() - begun
        if waited >= longest_s:
            what = f"{_holder(file)} is at work in this workspace, after {longest_s:g} s of waiting"
            raise ReportError(Problem(Place(file), what, f"let it end, then {command} again"))
        if waited >= _QUIET_S and told != (holder := _holder(file)):
            tell(holder)
            told = holder
        time.sleep(_PAUSE_S)
    return handle


def _taken(file: Path, command: str) -> int | None:
    """The file, opened and locked; None while another holds it."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(handle), file.stat()):
                return handle
        except (BlockingIOError, FileNotFoundError):  # held, or the cache was cleared just now
            pass
        os.close(handle)
    except OSError as error:
        raise ReportError(_unusable(file, command, error)) from None
    return None


def _write_note(handle: int, act: str) -> None:
    now = datetime.now().astimezone().isoformat(timespec="minutes")
    note = {"process": os.getpid(), "on": os.uname().nodename, "since": now, "act": act[:_LONGEST]}
    text = json.dumps(note) + "\n"
    with suppress(OSError):  # a full disk: the lock holds without the note
        os.ftruncate(handle, os.pwrite(handle, text.encode(), 0))


def _holder(file: Path) -> str:
    """Who holds the lock, as it noted itself: process, since when, and doing what."""
    try:
        note = json.loads(_first_line(file))
        return _in_words(note["process"], note["on"], note["since"], note["act"])
    except (OSError, ValueError, KeyError, TypeError):  # it is about to write it
        return "another process"


def _first_line(file: Path) -> str:
    with file.open("rb") as opened:
        return opened.readline(_MOST).decode()


def _in_words(process: int, machine: str, since: str, act: str) -> str:
    begun = datetime.fromisoformat(since).astimezone()
    is_today = begun.date() == datetime.now().astimezone().date()
    clock = begun.strftime("%H:%M" if is_today else "%Y-%m-%d %H:%M")
    elsewhere = "" if machine == os.uname().nodename else f" on {machine}"
    return f"process {process:d}{elsewhere}, since {clock}, '{act}'"


def _unusable(file: Path, command: str, error: OSError) -> Problem:
    what = f"can't be locked: {(error.strerror or str(error)).lower()}"
    if error.errno in (ENOLCK, ENOSYS, ENOTSUP):
        return Problem(Place(file), what, f"{command} from a copy on a drive of this machine")
    if error.errno in (ENOSPC, EDQUOT):
        return Problem(Place(file), what, "free some space")
    hint = f"{command} from a copy of the workspace that you may write to"
    return Problem(Place(file), what, hint)
