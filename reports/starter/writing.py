"""Files that are written together or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from reports.files import replace_file
from reports.problems import Place, Problem, ReportError


def write_together(
    new: Mapping[Path, str], changed: Mapping[Path, str], check: Callable[[], object]
) -> None:
    """Write new files and change others, then `check`; whatever it raises, all is as it was.

    Raises ReportError, before anything is written, for a new file that exists already.
    """
    taken = [
        Problem(Place(file), "this file exists already", "choose another name, or delete it")
        for file in new
        if file.exists()
    ]
    if taken:
        raise ReportError(*taken)
    old = {file: file.read_bytes() for file in changed}
    folders = _folders_to_make(new)
    try:
        for file, text in {**new, **changed}.items():
            replace_file(file, text.encode())
        check()
    except BaseException:
        for file, data in old.items():
            replace_file(file, data)
        _remove(new, folders)
        raise


def _folders_to_make(files: Mapping[Path, str]) -> list[Path]:
    """The folders that aren't there yet, inner ones first."""
    wanted = {folder for file in files for folder in file.parents if not folder.exists()}
    return sorted(wanted, reverse=True)


def _remove(files: Mapping[Path, str], folders: list[Path]) -> None:
    for file in files:
        if file.exists():
            file.unlink()
    for folder in folders:  # one of ours may hold what the check has kept for the next run
        shutil.rmtree(folder, ignore_errors=True)
