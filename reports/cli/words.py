"""The words of the command line: how a command is declared, and the options that several share."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeAlias

from reports.cli.printing import print_problems
from reports.machine.surroundings import stood_in
from reports.problems import suggest

if TYPE_CHECKING:  # what a check of nothing new does without
    from reports.briefs import Workspace

# argparse has no public name for what `add_subparsers` gives, nor can it be subscripted.
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001


def typed() -> str:
    """What its user types to run the tool: `build.py` starts this package, an install a script."""
    return "python3 build.py" if Path(sys.argv[0]).name == "__main__.py" else "kildefast"


def add_command(
    commands: Commands,
    name: str,
    run: Callable[[argparse.Namespace], int],
    what: str,
    example: str,
) -> argparse.ArgumentParser:
    """Declare a command with `--workspace`, for its other words to be added.

    `run` gets the arguments, their `workspace` resolved, and gives the exit code.  `what` is
    its help, without capital or full stop; `example` is what to type after the program's name.
    """
    command = commands.add_parser(
        name,
        help=what,
        description=f"{what[:1].upper()}{what[1:]}.",
        epilog=f"example: {typed()} {example}",
    )
    command.set_defaults(run=run)
    command.add_argument(
        "--workspace", type=given_path, default=Path.cwd(), help="folder with facts/ and templates/"
    )
    return command


def given_path(text: str) -> Path:
    """The path that the user means: from the folder that she stands in."""
    return stood_in() / text


def add_group(commands: Commands, name: str, title: str, what: str, example: str) -> Commands:
    """Declare a word that other words follow, and give the place where those are declared.

    `title` heads them in its `--help`; `what` and `example` are as for a command.
    """
    group = commands.add_parser(name, help=what, epilog=f"example: {typed()} {example}")
    return group.add_subparsers(title=title, required=True)


def add_editions(command: argparse.ArgumentParser) -> None:
    """Declare the options that `building.chosen_editions` reads, and `--at`."""
    add_at(command)
    command.add_argument("--brief", help="only this brief")
    command.add_argument("--audience", help="only this audience")
    command.add_argument("--lang", help="only this language")
    command.add_argument("--subject", help="only this subject of a series")


def add_reading(command: argparse.ArgumentParser) -> None:
    """Declare `--json`, `--at` and the `--lang` that `open_to_read` reads."""
    add_at(command)
    command.add_argument("--json", action="store_true", help="as JSON")
    command.add_argument("--lang", help="language of the words")


def add_at(command: argparse.ArgumentParser) -> None:
    """Declare `--at`, which `open_workspace` reads."""
    command.add_argument(
        "--at", type=_day, metavar="DATE", help="with the facts as recorded by that day"
    )


def _day(text: str) -> date:
    from reports.facts.values import parse_day

    try:
        return parse_day(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is no date such as 2031-04-02") from None


def open_workspace(arguments: argparse.Namespace) -> Workspace:
    """The workspace that the options ask for; what loading warns of goes to standard error.

    Raises ReportError with every problem of its settings and facts.
    """
    from reports.briefs import load_workspace

    workspace = load_workspace(arguments.workspace, getattr(arguments, "at", None))
    print_problems(workspace.warnings, workspace.root)
    return workspace


def open_to_read(arguments: argparse.Namespace) -> tuple[Workspace, str]:
    """The workspace, and the language to read its facts in: `--lang`, or English where it has it.

    In a language that only some audiences have, a text that is missing reads as its entry's id.
    """
    from reports.facts.texts import in_language

    workspace = open_workspace(arguments)
    written = (edition.language for edition in workspace.editions())
    known = tuple(dict.fromkeys((*workspace.languages, *written)))
    if arguments.lang and arguments.lang not in known:
        wrong_option("lang", arguments.lang, known)
    code = arguments.lang or ("en" if "en" in known else known[0])
    if code not in workspace.languages:
        workspace = replace(workspace, facts=in_language(workspace.facts, code)[0])
    return workspace, code


def no_series(brief: str | None) -> NoReturn:
    """End with exit code 2, as a subject is asked for of a brief that is made once, or of none."""
    told = f"brief '{brief}' is no series" if brief else "no brief is a series"
    print(f"--subject: {told}", file=sys.stderr)
    print("  hint: leave --subject out", file=sys.stderr)
    raise SystemExit(2)


def wrong_option(option: str, word: str, known: Iterable[str]) -> NoReturn:
    """End with exit code 2, as the option's word is none of those known; the nearest is named."""
    print(f"--{option}: '{word}' is unknown", file=sys.stderr)
    print(f"  hint: {suggest(word, known)}", file=sys.stderr)
    raise SystemExit(2)
