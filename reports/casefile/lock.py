"""One attach at a time in a workspace, so that no two take the same version number.

The system lets go of the lock when its holder ends, however that happens.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from reports.problems import Place, Problem, ReportError

_QUIET_S = 1.0
_LONGEST_S = 300.0  # all editions of a large brief are packed in less
_PAUSE_S = 0.05


@contextmanager
def one_at_a_time(
    cache: Path, tell: Callable[[str], None], longest_s: float = _LONGEST_S
) -> Iterator[None]:
    """Hold the workspace whose cache that is; `tell` is told for whom it waits, after a second.

    Raises ReportError if another still holds it after `longest_s`, or if it can't be held.
    """
    file = cache / "attach.lock"
    try:
        cache.mkdir(parents=True, exist_ok=True)
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
    except OSError as error:
        raise _unusable(file, error) from None
    try:
        _wait(file, handle, tell, longest_s)
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)


def _wait(file: Path, handle: int, tell: Callable[[str], None], longest_s: float) -> None:
    """Take the lock as soon as it is free."""
    begun = time.monotonic()
    told = False
    while not _taken(file, handle):
        waited = time.monotonic() - begun
        holder = f"another attach ({_holder(handle)}) is at work in this workspace"
        if waited >= longest_s:
            what = f"{holder}, after {longest_s:g} s of waiting"
            raise ReportError(Problem(Place(file), what, "let it end, then attach again"))
        if waited >= _QUIET_S and not told:
            tell(f"{holder}; waiting for it to end")
            told = True
        time.sleep(_PAUSE_S)


def _taken(file: Path, handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        raise _unusable(file, error) from None
    return True


def _holder(handle: int) -> str:
    """The process that holds the lock, as it noted itself in the file."""
    number = os.pread(handle, 20, 0).decode("ascii", "replace").strip()
    return f"process {number}" if number.isdigit() else "process unknown"


def _unusable(file: Path, error: OSError) -> ReportError:
    what = f"can't be locked: {(error.strerror or str(error)).lower()}"
    hint = "attach from a copy of the workspace that you may write to"
    return ReportError(Problem(Place(file), what, hint))
