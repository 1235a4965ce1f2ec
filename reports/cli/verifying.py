"""To check a case bundle or a document anew: `verify`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reports.cli.layout import wrapped
from reports.cli.printing import counted, print_json
from reports.cli.words import Commands, add_command, given_path, open_workspace

if TYPE_CHECKING:  # what reads PDFs is imported where it is used
    from reports.casefile.verify import Against, Check, Verdict
    from reports.problems import Problem

_SCHEMAS = "KILDEFAST_SCHEMAS"
_HERE = ".: "  # before what is wrong with the bundle as a whole
_OUTCOME, _TITLE = 13, 4  # columns of what precedes the title of a check, and its findings


def declare(commands: Commands) -> None:
    """Add `verify`."""
    what = "check a case bundle, or a PDF or Word file by itself, against what it says"
    example = "verify out/cases/2026-1234/digital-public-services.public.nb.v1"
    command = add_command(commands, "verify", _verify, what, example)
    command.set_defaults(workspace=None)  # the store is compared with only where it is named
    command.add_argument(
        "path", type=given_path, metavar="PATH", help="folder of a bundle, or a file"
    )
    what = f"folder of the receivers' XML schemas (or in {_SCHEMAS})"
    command.add_argument("--schemas", type=given_path, metavar="DIR", help=what)
    what = "facts as CSV, to compare a document alone with"
    command.add_argument("--facts", type=given_path, metavar="FILE", help=what)
    what = "the organisation's own list of accepted formats"
    command.add_argument("--formats", type=given_path, metavar="FILE", help=what)
    command.add_argument("--json", action="store_true", help="as JSON")


def _verify(arguments: argparse.Namespace) -> int:
    from reports.casefile.verify import verdict_record, verify

    verdict = verify(Path(os.path.normpath(arguments.path)), _against(arguments))
    if arguments.json:
        print_json(verdict_record(verdict))
    else:
        _print(verdict)
    return 1 if verdict.failed else 0


def _against(arguments: argparse.Namespace) -> Against:
    """What to compare with; ends with exit code 2 where an option names nothing."""
    from reports.casefile.verify import Against

    schemas = arguments.schemas or (
        Path(os.environ[_SCHEMAS]) if os.environ.get(_SCHEMAS) else None
    )
    if schemas and not schemas.is_dir():
        _refuse("--schemas" if arguments.schemas else _SCHEMAS, schemas, "folder")
    for option in ("facts", "formats"):
        file = getattr(arguments, option)
        if file and not file.is_file():
            _refuse(f"--{option}", file, "file")
    workspace = open_workspace(arguments) if arguments.workspace else None
    formats = arguments.formats
    if workspace and workspace.archive.accepted_formats and not formats:
        formats = workspace.root / workspace.archive.accepted_formats
    return Against(workspace, schemas, formats, arguments.facts)


def _refuse(option: str, path: Path, kind: str) -> None:
    print(f"{option}: there is no {kind} '{path}'", file=sys.stderr)
    raise SystemExit(2)


# ---------------------------------------------------------------- for a person


def _print(verdict: Verdict) -> None:
    print(wrapped(verdict.subject))
    print()
    for check in verdict.checks:
        print("\n".join(_check_lines(check, verdict)))
    print()
    print(_conclusion(verdict))


def _check_lines(check: Check, verdict: Verdict) -> Iterator[str]:
    finding, margin = check.finding, " " * (_OUTCOME + _TITLE)
    yield f"{finding.outcome.value:{_OUTCOME}}{check.title}"
    for text in finding.found:
        yield wrapped(text, margin, f"{margin}  ")
    for problem in finding.problems:
        yield from _problem_lines(problem, verdict, margin)


def _problem_lines(problem: Problem, verdict: Verdict, margin: str) -> Iterator[str]:
    told, *rest = problem.shown(verdict.root).split("\n")
    yield wrapped(told.removeprefix(_HERE), f"{margin}! ", f"{margin}  ")
    for line in rest:
        yield wrapped(line.strip(), f"{margin}  ", f"{margin}    ")


def _conclusion(verdict: Verdict) -> str:
    from reports.casefile.verify import Outcome

    counts = verdict.counts
    failed, open_ = counts[Outcome.FAILED], counts[Outcome.NOT_CHECKED]
    told = [f"{counted(counts[Outcome.PASSED], 'check')} passed"]
    told += [f"{failed} failed"] if failed else []
    told += [f"{open_} not made"] if open_ else []
    return f"{'FAILED' if verdict.failed else 'PASSED'}: {', '.join(told)}"
