"""Contents to a bundle on disk: whole or not at all, and never over what is there.

All is written into a hidden folder beside the bundle, put on the disk for good, and given its
name in one step.
"""

from __future__ import annotations

import errno
import fcntl
import glob
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from reports.casefile.bag import Contents, bag_files
from reports.files import FULL
from reports.problems import Place, Problem, ReportError

__all__ = ["Contents", "write_bundle"]

_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)
_ELSEWHERE = "choose another folder with --out"


def write_bundle(contents: Contents, folder: Path) -> None:
    """Write the contents as a bag in `folder`, which must not exist.

    Raises ReportError if it exists, be it empty, or can't be written; then nothing is left
    behind.  A process that is killed leaves a hidden folder beside it, which the next one that
    writes this bundle clears away.
    """
    files = bag_files(contents)
    try:
        with _made(folder.parent), _hidden_beside(folder) as hidden:
            _refuse_existing(folder)  # before the work, and again after it
            _write_all(files, hidden)
            _give_name(hidden, folder)
    except OSError as error:
        raise ReportError(_problem(folder, error)) from None


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """Have the folder there; after a failure, those of its parents that weren't go again."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for each in missing:
            with suppress(OSError):  # somebody else uses it now
                each.rmdir()
        raise


@contextmanager
def _hidden_beside(folder: Path) -> Iterator[Path]:
    """A new hidden folder beside the one to come; it goes unless it has got that name."""
    parent = os.open(folder.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        _clear_leftovers(folder, parent)
        hidden = Path(tempfile.mkdtemp(".part", f".{folder.name}.", folder.parent))
        try:
            yield hidden
        finally:
            shutil.rmtree(hidden, ignore_errors=True)
    finally:
        os.close(parent)


def _clear_leftovers(folder: Path, parent: int) -> None:
    """Remove what killed processes left, if nobody is writing here now; then be one who writes.

    All who write share a lock on the parent folder, so that whoever gets it alone is alone.
    """
    with suppress(OSError):  # others are at work, or the file system knows no locks
        fcntl.flock(parent, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for left in folder.parent.glob(f".{glob.escape(folder.name)}.*.part"):
            shutil.rmtree(left, ignore_errors=True)
    with suppress(OSError):
        fcntl.flock(parent, fcntl.LOCK_SH)


def _write_all(files: Mapping[str, bytes], folder: Path) -> None:
    """Write the files and have the disk confirm them; the modes don't follow the umask."""
    folders = {folder}
    for name, data in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        folders |= {each for each in file.parents if each.is_relative_to(folder)}
        with file.open("xb") as opened:
            opened.write(data)
            opened.flush()
            os.fchmod(opened.fileno(), 0o644)
            os.fsync(opened.fileno())
    for each in sorted(folders, reverse=True):
        each.chmod(0o755)
        _confirm(each)


def _give_name(hidden: Path, folder: Path) -> None:
    """Let the bundle appear under its name.

    The system refuses to rename over a folder with something in it, and a bundle is never empty:
    of two at once, one is refused.  An empty folder it would replace, so that is looked for.
    """
    _refuse_existing(folder)
    try:
        hidden.rename(folder)
    except OSError:
        _refuse_existing(folder)
        raise
    _confirm(folder.parent)


def _refuse_existing(folder: Path) -> None:
    if os.path.lexists(folder):
        what = "is there already; a bundle is never written over"
        hint = f"move it away, or {_ELSEWHERE}"
        raise ReportError(Problem(Place(folder), what, hint))


def _confirm(folder: Path) -> None:
    """Have the disk confirm the names in a folder, where the file system can do that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _problem(folder: Path, error: OSError) -> Problem:
    what = f"can't be written: {(error.strerror or str(error)).lower()}"
    if error.errno in FULL:
        hint = f"free some space, or {_ELSEWHERE}"
    elif error.errno in _FORBIDDEN:
        hint = f"ask for the right to write there, or {_ELSEWHERE}"
    else:
        hint = _ELSEWHERE
    return Problem(Place(folder), what, hint)
