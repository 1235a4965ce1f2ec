"""To build and to check: the commands that compose editions."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from reports.briefs import Edition, Format, Workspace, load_workspace
from reports.cli.printing import print_problems
from reports.cli.words import Commands, add_command, add_editions, wrong_option


def declare(commands: Commands) -> None:
    """Add `build` and `check`."""
    build = add_command(commands, "build", _build, "make every output", "build --format pdf")
    add_editions(build)
    build.add_argument("--format", choices=[kind.value for kind in Format], help="only this one")
    build.add_argument("--out", type=Path, help="folder of the outputs (default: out)")
    what = "find problems, write nothing"
    add_editions(add_command(commands, "check", _check, what, "check --lang en"))


def chosen_editions(workspace: Workspace, arguments: argparse.Namespace) -> tuple[Edition, ...]:
    """The editions that the options ask for; an option that fits none is a wrong command."""
    editions = workspace.editions()
    asked = (
        ("brief", arguments.brief, {edition.brief.id for edition in editions}),
        ("audience", arguments.audience, {edition.audience.id for edition in editions}),
        ("lang", arguments.lang, {edition.language for edition in editions}),
    )
    for option, word, known in asked:
        if word and word not in known:
            wrong_option(option, word, known)
    return tuple(
        edition
        for edition in editions
        if arguments.brief in (None, edition.brief.id)
        and arguments.audience in (None, edition.audience.id)
        and arguments.lang in (None, edition.language)
    )


def _build(arguments: argparse.Namespace) -> int:
    from reports.build import build

    started = time.monotonic()
    workspace = load_workspace(arguments.workspace, arguments.at)
    editions = chosen_editions(workspace, arguments)
    formats = [Format(arguments.format)] if arguments.format else list(Format)
    out = (arguments.out or arguments.workspace / "out").resolve()

    def progress(done: int, name: str) -> None:
        print(f"[{done}/{len(editions)}] {name}", file=sys.stderr)

    result = build(workspace, editions, formats, out, progress)
    print_problems(result.problems, arguments.workspace)
    failed = any(problem.fatal for problem in result.problems)
    took = time.monotonic() - started
    print(f"{len(result.outputs)} outputs in {out} ({took:.1f} s)", file=sys.stderr)
    return 1 if failed else 0


def _check(arguments: argparse.Namespace) -> int:
    from reports.build import resolve_all, unsupported

    workspace = load_workspace(arguments.workspace, arguments.at)
    resolved, warnings = resolve_all(chosen_editions(workspace, arguments), workspace)
    print_problems(warnings, arguments.workspace)
    for item in resolved:
        for place, text in unsupported(item.document):
            print(f"{place.shown(arguments.workspace)}: rests on no fact: {text}")
    count = len(workspace.facts.facts)
    print(f"{len(resolved)} editions and {count} facts without fault", file=sys.stderr)
    return 0
