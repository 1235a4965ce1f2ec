"""The command line: words to steps, problems to standard error, and the exit code.

0 built, 1 problems in the input, 2 wrong command line.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from reports.cli.finished import told_as_done

if TYPE_CHECKING:  # a build with nothing to do loads next to nothing
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    given = list(sys.argv[1:] if argv is None else argv)
    if told_as_done(given):
        return 0
    from reports.cli.commands import run_command

    return run_command(given)
