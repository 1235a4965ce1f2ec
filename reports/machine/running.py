"""A command in a ready `.venv`: this process becomes it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from reports.machine.parts import LIBRARIES, lies_there
from reports.machine.surroundings import tell
from reports.machine.venv import is_current, python_of


def become(root: Path, lock: str, arguments: Sequence[str]) -> int:
    """Become `python -m ARGUMENTS` of a ready `.venv`, in `root`; or say what it takes.

    Returns, with an exit code, only where that can't be.
    """
    python = _ready(root, lock)
    if python is None:
        from reports.machine.setting_up import NotReadyError, prepare

        try:
            python = prepare(root, lock)
        except NotReadyError as missing:
            tell(str(missing))
            return 1
        except OSError as error:  # a folder that may not be written to, say
            tell(f"{error.filename}: {error.strerror}")
            return 1
        except KeyboardInterrupt:
            return 130
    os.chdir(root)
    return os.execv(python, [str(python), "-m", *arguments])  # so exit code and signals pass


def _ready(root: Path, lock: str) -> Path | None:
    """The interpreter of a `.venv` that is as the lock says, where the system has its libraries."""
    venv = root / ".venv"
    ready = is_current(venv, root / lock) and all(map(lies_there, LIBRARIES))
    return python_of(venv) if ready else None
