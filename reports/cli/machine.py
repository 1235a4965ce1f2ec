"""To look after the machine: `doctor` and `test`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from reports.cli.words import Commands, add_command


def declare(commands: Commands) -> None:
    """Add `doctor` and `test`."""
    add_command(commands, "doctor", _doctor, "what is present and what is missing", "doctor")
    what = "run the tests; the rest goes to pytest"
    add_command(commands, "test", _test, what, "test -k facts")


def hand_to_pytest(arguments: Sequence[str]) -> int:
    """Become pytest with `arguments`; an exit code, if that can't be."""
    from reports.machine.testing import run_tests

    return run_tests(Path.cwd(), arguments)


def _doctor(arguments: argparse.Namespace) -> int:
    from reports.machine.doctor import doctor

    return doctor(arguments.workspace)


def _test(_: argparse.Namespace) -> int:
    return hand_to_pytest([])  # with options of pytest, `main` never asks argparse
