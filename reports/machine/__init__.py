"""The machine that this runs on: made ready, tested with, looked after.

Standard library only, and nothing else of `reports`: this runs under the system's own Python
before `.venv` exists.  A machine that is ready is left alone, and then hardly anything is loaded.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from reports.machine.running import become
from reports.machine.surroundings import STOOD_IN
from reports.machine.venv import LOCK


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
