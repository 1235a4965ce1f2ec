"""To build and to check: the commands that compose editions."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from reports.cli.finished import CHOICES, done_key, keep_done
from reports.cli.printing import (
    print_faultless,
    print_json,
    print_problems,
    problem_texts,
)
from reports.cli.progress import Asked, shown
from reports.cli.verdict import Verdict, read_verdict, verdict_key, write_verdict
from reports.cli.words import (
    Commands,
    add_command,
    add_editions,
    given_path,
    no_series,
    open_workspace,
    wrong_option,
)
from reports.files import file_hash
from reports.lock import one_at_a_time
from reports.problems import Place

if TYPE_CHECKING:  # a check of nothing new does without: the imports take longer than it
    from reports.briefs import Edition, Workspace
    from reports.build.crew import Crew
    from reports.build.making import Wish
    from reports.build.memory import Files
    from reports.build.outputs import Result

_FORMATS = ("html", "pdf", "docx")


def declare(commands: Commands) -> None:
    """Add `build` and `check`."""
    build = add_command(commands, "build", _build, "make every output", "build --format pdf")
    add_editions(build)
    build.add_argument("--format", choices=_FORMATS, help="only this one")
    build.add_argument("--out", type=given_path, help="folder of the outputs (default: out)")
    what = "so many processes write (default: one a core); 1 writes in this one"
    build.add_argument("--jobs", type=process_count, metavar="N", help=what)
    what = "write on a Dask cluster: tcp://HOST:8786, or local"
    build.add_argument("--cluster", metavar="ADDRESS", default="", help=what)
    build.add_argument("--force", action="store_true", help="make all anew, changed or not")
    what = "say of each output why it was written or kept"
    build.add_argument("--explain", action="store_true", help=what)
    shown_as = build.add_mutually_exclusive_group()
    shown_as.add_argument("--quiet", action="store_true", help="problems only")
    shown_as.add_argument(
        "--json", action="store_true", help="what happens, one JSON object a line"
    )
    what = "find problems, write nothing"
    check = add_command(commands, "check", _check, what, "check --lang en")
    add_editions(check)
    check.add_argument("--json", action="store_true", help="as JSON")
    instead = check.add_mutually_exclusive_group()
    what = "compare what the audiences of each brief are told"
    instead.add_argument("--same-facts", action="store_true", help=what)
    what = "compare facts and briefs with the texts of the sources"
    instead.add_argument("--evidence", action="store_true", help=what)


def process_count(text: str) -> int:
    """How many processes a word of the command line asks for."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"'{text}' is no number of processes from 1")
    return int(text)


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
    chosen = tuple(
        edition
        for edition in editions
        if arguments.brief in (None, edition.brief.id)
        and arguments.audience in (None, edition.audience.id)
        and arguments.lang in (None, edition.language)
    )
    return _of_subject(arguments.subject, chosen, arguments.brief) if arguments.subject else chosen


def _of_subject(subject: str, chosen: Sequence[Edition], brief: str | None) -> tuple[Edition, ...]:
    """Those of the chosen editions that are about a subject of their series."""
    known = dict.fromkeys(edition.subject for edition in chosen if edition.subject)
    if chosen and not known:
        no_series(brief)
    if subject not in known:
        wrong_option("subject", subject, known)
    return tuple(edition for edition in chosen if edition.subject == subject)


def _build(arguments: argparse.Namespace) -> int:
    from reports.build.events import Waiting
    from reports.build.making import build
    from reports.build.memory import Files

    begun = time.monotonic()
    root = arguments.workspace
    out = (arguments.out or root / "out").resolve()
    asked = Asked(root, out, arguments.quiet, arguments.json, arguments.explain)
    act = " ".join(sys.argv[1:]) or "build"
    with shown(asked) as tell, one_at_a_time(root / ".cache", act, lambda who: tell(Waiting(who))):
        key = _key(arguments, out)
        files = Files(root)
        workspace = open_workspace(arguments)
        result = build(workspace, _wish(arguments, workspace, files, begun), out, tell)
        if any(problem.fatal for problem in result.problems):
            return 1
        if result.settled and _key(arguments, out) == key:  # nobody saved meanwhile
            _keep_done(result, key, root, out)
    return 0


def _wish(arguments: argparse.Namespace, workspace: Workspace, files: Files, begun: float) -> Wish:
    from reports.briefs import Format
    from reports.build.crew.hiring import crew, default_jobs
    from reports.build.making import Wish

    def hire(editions: int) -> AbstractContextManager[Crew]:
        jobs = min(arguments.jobs or default_jobs(), editions)
        return crew(jobs, arguments.cluster, workspace.root)

    return Wish(
        editions=chosen_editions(workspace, arguments),
        formats=(Format(arguments.format),) if arguments.format else tuple(Format),
        crew=hire,
        files=files,
        anew=arguments.force,
        begun=begun,
    )


def _keep_done(result: Result, key: str, root: Path, out: Path) -> None:
    from reports.build.telling import TOLD_IN

    warnings = [*problem_texts(result.problems, root)]
    outputs = {each.file.relative_to(out).as_posix(): each.sha256 for each in result.outputs}
    told_in = {name: file_hash(out / name) for name in TOLD_IN}
    keep_done(root, key, warnings, outputs, told_in)


def _key(arguments: argparse.Namespace, out: Path) -> str:
    """The key under which it is kept that this build is done."""
    day = str(arguments.at or date.today())  # noqa: DTZ011 - the adviser's own day
    chosen = [getattr(arguments, name) for name in CHOICES]
    return done_key(str(arguments.workspace), str(out), day, chosen)


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
    verdict = _verdict(arguments, root)
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


def _verdict(arguments: argparse.Namespace, root: Path) -> Verdict:
    """What a check finds, or found the last time, if nothing has changed since."""
    day = arguments.at or date.today()  # noqa: DTZ011 - the adviser's own day
    chosen = (arguments.brief, arguments.lang, arguments.subject, bool(arguments.at))
    asked = [str(word) for word in chosen]
    key = verdict_key(root, day, asked)
    verdict = read_verdict(root / ".cache", key)
    if verdict is None:
        verdict = _checked(arguments)
        if verdict_key(root, day, asked) == key:  # nobody saved meanwhile
            write_verdict(root / ".cache", key, verdict)
    return verdict


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
