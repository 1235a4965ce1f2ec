"""Words to commands: each module beside this one declares its own.

`_parser` asks each for its own, in the order of `--help`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from reports import __version__
from reports.cli import building, machine
from reports.cli.printing import print_problems
from reports.cli.words import Commands, add_group, typed
from reports.problems import ReportError

_COMMON = ("build", "check")


def run_command(given: Sequence[str]) -> int:
    """Run one command and give its exit code."""
    if given[:1] == ["test"]:  # everything after it is pytest's
        return machine.hand_to_pytest(given[1:])
    given = given or ["build"]
    parser = _parser() if given[0] not in _COMMON else _common_parser()
    arguments = parser.parse_args(given)
    root = (arguments.workspace or Path.cwd()).resolve()
    arguments.workspace = arguments.workspace and root  # `verify` may do without one
    run: Callable[[argparse.Namespace], int] = arguments.run
    try:
        return run(arguments)
    except ReportError as error:
        print_problems(error.problems, root)
        return 1
    except KeyboardInterrupt:  # each file is replaced whole, so nothing is half-written
        print("stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        sys.stderr.close()
        return 0


def _common_parser() -> argparse.ArgumentParser:
    """The parser of `build` and `check` alone: to import the others takes longer than a check."""
    parser, commands = _empty_parser()
    building.declare(commands)
    return parser


def _empty_parser() -> tuple[argparse.ArgumentParser, Commands]:
    parser = argparse.ArgumentParser(
        prog=typed(),
        description="Sourced facts and templates become briefs as PDF, DOCX and HTML.",
        epilog=f"example: {typed()} build --audience public --lang nb",
    )
    parser.add_argument("--version", action="version", version=f"kildefast {__version__}")
    return parser, parser.add_subparsers(title="commands", required=True)


def _parser() -> argparse.ArgumentParser:
    from reports.cli import (
        asking,
        attaching,
        audience_diff,
        comparing,
        doubts,
        exchange,
        explaining,
        impact,
        tracing,
        verifying,
        watching,
        writing,
    )

    parser, commands = _empty_parser()
    building.declare(commands)
    watching.declare(commands)
    explaining.declare(commands)
    audience_diff.declare(commands)
    attaching.declare(commands)
    verifying.declare(commands)
    machine.declare(commands)
    questions = add_group(
        commands, "facts", "questions", "ask the fact store", "facts search innlogging"
    )
    asking.declare(questions)
    doubts.declare(questions)
    comparing.declare(questions)
    tracing.declare(questions)
    impact.declare(commands)
    writing.declare(commands, questions)
    exchange.declare(questions)
    return parser
