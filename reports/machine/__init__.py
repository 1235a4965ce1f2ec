"""The machine that this runs on: made ready, tested with, looked after.

Standard library only, and nothing else of `reports`: this runs under the system's own Python
before `.venv` exists.  A machine that is ready is left alone, and then hardly anything is loaded.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from reports.machine.running import become
from reports.machine.venv import LOCK

STOOD_IN = "KILDEFAST_STOOD_IN"  # the folder that the user's own paths start from


def main(root: Path, arguments: Sequence[str]) -> int:
    """Run the command line of the checkout in `root`; the exit code, if that returns at all."""
    match arguments:
        case ["doctor"]:
            from reports.machine.doctor import doctor

            return doctor(root)
        case ["test", *given]:
            from reports.machine.testing import run_tests

            return run_tests(root, given)
        case _:
            os.environ[STOOD_IN] = str(Path.cwd())
            return become(root, LOCK, ["reports.cli", *arguments])


def stood_in() -> Path:
    """The folder that the user typed a command in, which `build.py` leaves for the checkout."""
    return Path(os.environ.get(STOOD_IN, "")).absolute()


def on_ci() -> bool:
    """Whether this is a continuous integration run, where no judge may be missing."""
    return os.environ.get("CI", "").lower() in {"true", "1"}
