"""What is there, what is missing, and what to type about it."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from reports.machine.parts import JUDGES, LIBRARIES
from reports.machine.setting_up import (
    MACOS,
    MACOS_PATH,
    WINDOWS,
    can_make_venv,
    install_command,
    judge_command,
    loads,
    venv_package,
)
from reports.machine.venv import LOCK, TEST_LOCK, is_current


class Item(NamedTuple):
    """One line of `doctor`: what it is, whether it is there, and what to type if not."""

    title: str
    present: bool
    mend: str


def doctor(root: Path) -> int:
    """Print what is there, what is missing and what to type; 0 if a build has what it needs."""
    build = list(_build_items(root))
    lines = ["to build", *_table(build), "to test", *_table(_test_items(root))]
    lines += ["elsewhere (untried)", f"  Windows: {WINDOWS}", f"  macOS: {MACOS} && {MACOS_PATH}"]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if all(item.present for item in build) else 1


def _build_items(root: Path) -> Iterator[Item]:
    yield Item(f"Python 3.{sys.version_info.minor}", present=True, mend="")
    venv = root / ".venv"
    current = (root / LOCK).exists() and is_current(venv, root / LOCK)
    yield Item("venv module", current or can_make_venv(), install_command([venv_package()]))
    for library in LIBRARIES:
        yield Item(library.title, loads(library), install_command([library.package]))
    if (root / LOCK).exists():
        faces = any(venv.glob("lib/python3*/site-packages/fontpkg_source_*"))
        yield Item(".venv, up to date", current, "python3 build.py")
        yield Item("typefaces in .venv", faces, "python3 build.py")
    else:  # a workspace, worked on with the installed command
        there = all(importlib.util.find_spec(name) for name in ("weasyprint", "fontpkg"))
        yield Item("packages", there, "pip install .   (in a checkout of Kildefast)")


def _test_items(root: Path) -> Iterator[Item]:
    if (root / TEST_LOCK).exists():
        current = is_current(root / ".venv", root / TEST_LOCK)
        yield Item(".venv, up to date for tests", current, "python3 build.py test")
    for judge in JUDGES:
        there = shutil.which(judge.command) is not None
        yield Item(judge.title, there, judge_command(judge))


def _table(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        state = "ok" if item.present else f"missing   {item.mend}"
        yield f"  {item.title:<28}{state}"
