"""The tests of a checkout, with the judges that are there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from reports.machine.parts import JUDGES
from reports.machine.running import become
from reports.machine.surroundings import on_ci, tell
from reports.machine.venv import TEST_LOCK

# For pytest-xdist: one process more than cores, as each waits at times for a judge to start.
ON_ALL_CORES = ("-n", str((os.cpu_count() or 1) + 1), "--dist", "loadfile")


def run_tests(root: Path, arguments: Sequence[str]) -> int:
    """Become pytest with `arguments`; returns, with an exit code, only if that can't be.

    Packages from PyPI are installed first, judges never: outside CI the missing ones are named,
    on CI the tests that need them fail.
    """
    if not (root / TEST_LOCK).exists():
        tell(f"{root} holds no {TEST_LOCK}\n  hint: 'test' is for a checkout of Kildefast")
        return 2
    absent = [judge.title for judge in JUDGES if not shutil.which(judge.command)]
    if absent and not on_ci():
        tell(f"judges left out: {', '.join(absent)}\n  hint: type 'python3 build.py doctor'")
    return become(root, TEST_LOCK, ["pytest", *ON_ALL_CORES, *arguments])
