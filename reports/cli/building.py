"""To build and to check: the commands that compose editions."""

from __future__ import annotations

import argparse
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from reports.cli.printing import counted, print_faultless, print_json, print_problems
from reports.cli.verdict import Verdict, read_verdict, verdict_key, write_verdict
from reports.cli.words import (
    Commands,
    add_command,
    add_editions,
    given_path,
    open_workspace,
    wrong_option,
)
from reports.problems import Place

if TYPE_CHECKING:  # a check of nothing new does without: the imports take longer than it
    from reports.briefs import Edition, Workspace

_FORMATS = ("html", "pdf", "docx")


def declare(commands: Commands) -> None:
    """Add `build` and `check`."""
    build = add_command(commands, "build", _build, "make every output", "build --format pdf")
    add_editions(build)
    build.add_argument("--format", choices=_FORMATS, help="only this one")
    build.add_argument("--out", type=given_path, help="folder of the outputs (default: out)")
    what = "find problems, write nothing"
    check = add_command(commands, "check", _check, what, "check --lang en")
    add_editions(check)
    check.add_argument("--json", action="store_true", help="as JSON")
    instead = check.add_mutually_exclusive_group()
    what = "compare what the audiences of each brief are told"
    instead.add_argument("--same-facts", action="store_true", help=what)
    what = "compare facts and briefs with the texts of the sources"
    instead.add_argument("--evidence", action="store_true", help=what)


def chosen_editions(workspace: Workspace, arguments: argparse.Namespace) -> tuple[Edition, ...]:
    """The editions that the options ask for; an option that fits none is a wrong command."""
    editions = workspace.editions()
    asked = (
        ("brief", arguments.brief, {edition.brief.id for edition in editions}),
        ("audience", arguments.audience, {edition.audience.id for edition in editions}),
        ("lang", arguments.lang, {edition.language for edition in editions}),
    )
    for option, word, known in asked:
        if option == "audience" and word in workspace.audiences and word not in known:
            print(f"--audience: no brief is written for '{word}'", file=sys.stderr)
            print("  hint: add it to 'audiences' in the brief's brief.yaml", file=sys.stderr)
            raise SystemExit(2)
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
    from reports.briefs import Format
    from reports.build.making import build

    started = time.monotonic()
    workspace = open_workspace(arguments)
    editions = chosen_editions(workspace, arguments)
    formats = [Format(arguments.format)] if arguments.format else list(Format)
    out = (arguments.out or arguments.workspace / "out").resolve()

    def progress(done: int, name: str) -> None:
        print(f"[{done}/{len(editions)}] {name}", file=sys.stderr)

    result = build(workspace, editions, formats, out, progress)
    print_problems(result.problems, arguments.workspace)
    failed = any(problem.fatal for problem in result.problems)
    took = time.monotonic() - started
    print(f"{counted(len(result.outputs), 'output')} in {out} ({took:.1f} s)", file=sys.stderr)
    return 1 if failed else 0


def _check(arguments: argparse.Namespace) -> int:
    if arguments.same_facts:
        from reports.cli.same_facts import compare_audiences

        workspace = open_workspace(arguments)
        return compare_audiences(workspace, chosen_editions(workspace, arguments), arguments)
    if arguments.evidence:
        from reports.cli.evidence import check_sources

        workspace = open_workspace(arguments)
        return check_sources(workspace, chosen_editions(workspace, arguments), arguments)
    if arguments.audience:
        from reports.cli.contract import check_contract

        workspace = open_workspace(arguments)
        return check_contract(workspace, chosen_editions(workspace, arguments), arguments)
    root = arguments.workspace
    day = arguments.at or date.today()  # noqa: DTZ011 - the adviser's own day
    asked = [arguments.brief, arguments.audience, arguments.lang, bool(arguments.at)]
    key = verdict_key(root, day, [str(word) for word in asked])
    verdict = read_verdict(root / ".cache", key)
    if verdict is None:
        verdict = _checked(arguments)
        write_verdict(root / ".cache", key, verdict)
    print_problems(verdict.warnings, root)
    if arguments.json:
        print_json([_unsupported_record(place, text, root) for place, text in verdict.unsupported])
    else:
        for place, text in verdict.unsupported:
            print(f"{place.shown(root)}: rests on no fact: {text}")
    print_faultless(verdict.editions, verdict.facts)
    return 0


def _unsupported_record(place: Place, text: str, root: Path) -> dict[str, object]:
    template = place.file.relative_to(root).as_posix()
    return {"template": template, "line": place.line, "text": text}


def _checked(arguments: argparse.Namespace) -> Verdict:
    from reports.build import resolve_all, unsupported

    workspace = open_workspace(arguments)
    resolved, warnings = resolve_all(chosen_editions(workspace, arguments), workspace)
    return Verdict(
        editions=len(resolved),
        facts=len(workspace.facts.facts),
        warnings=warnings,
        unsupported=tuple(found for item in resolved for found in unsupported(item.document)),
    )
