"""The command line: words to steps, problems to standard error, and the exit code.

0 built, 1 problems in the input, 2 wrong command line.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from reports import __version__
from reports.briefs import Edition, Format, Workspace, load_workspace
from reports.facts.describe import fact_record, search_facts, source_record
from reports.problems import Problem, ReportError, suggest

if TYPE_CHECKING:
    from collections.abc import Callable


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    given = list(sys.argv[1:] if argv is None else argv)
    if given[:1] == ["test"]:  # everything after it is pytest's
        from reports.machine import run_tests

        return run_tests(Path.cwd(), given[1:])
    arguments = _parser().parse_args(given or ["build"])
    arguments.workspace = arguments.workspace.resolve()
    run: Callable[[argparse.Namespace], int] = arguments.run
    try:
        return run(arguments)
    except ReportError as error:
        _print_problems(error.problems, arguments.workspace)
        return 1
    except KeyboardInterrupt:  # each file is replaced whole, so nothing is half-written
        print("stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        sys.stderr.close()
        return 0


# ---------------------------------------------------------------- commands


def _build(arguments: argparse.Namespace) -> int:
    from reports.build import build

    started = time.monotonic()
    workspace = load_workspace(arguments.workspace)
    editions = _chosen(workspace, arguments)
    formats = [Format(arguments.format)] if arguments.format else list(Format)
    out = (arguments.out or arguments.workspace / "out").resolve()

    def progress(done: int, name: str) -> None:
        print(f"[{done}/{len(editions)}] {name}", file=sys.stderr)

    result = build(workspace, editions, formats, out, progress)
    _print_problems(result.problems, arguments.workspace)
    failed = any(problem.fatal for problem in result.problems)
    took = time.monotonic() - started
    print(f"{len(result.outputs)} outputs in {out} ({took:.1f} s)", file=sys.stderr)
    return 1 if failed else 0


def _check(arguments: argparse.Namespace) -> int:
    from reports.build import resolve_all, unsupported

    workspace = load_workspace(arguments.workspace)
    resolved, warnings = resolve_all(_chosen(workspace, arguments), workspace)
    _print_problems(warnings, arguments.workspace)
    for item in resolved:
        for place, text in unsupported(item.document):
            print(f"{place.shown(arguments.workspace)}: rests on no fact: {text}")
    count = len(workspace.facts.facts)
    print(f"{len(resolved)} editions and {count} facts without fault", file=sys.stderr)
    return 0


def _facts_list(arguments: argparse.Namespace) -> int:
    workspace = load_workspace(arguments.workspace)
    _print_facts(workspace, workspace.facts.facts, arguments)
    return 0


def _facts_search(arguments: argparse.Namespace) -> int:
    workspace = load_workspace(arguments.workspace)
    _print_facts(workspace, search_facts(workspace.facts, arguments.words), arguments)
    return 0


def _facts_show(arguments: argparse.Namespace) -> int:
    workspace = load_workspace(arguments.workspace)
    store = workspace.facts
    if arguments.id not in store.facts:
        print(f"unknown fact '{arguments.id}'", file=sys.stderr)
        print(f"  hint: {suggest(arguments.id, store.facts)}", file=sys.stderr)
        return 1
    fact = store.facts[arguments.id]
    code = _reading_language(workspace, arguments)
    record = fact_record(fact, store, code)
    if arguments.json:
        print(json.dumps(record, ensure_ascii=False, indent=2))
        return 0
    shown = {**record, "file": fact.declared.shown(arguments.workspace)}
    shown |= {f"source {k}": v for k, v in source_record(store, fact.source, code).items()}
    for key, value in shown.items():
        if value not in ("", None, []):
            text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            print(f"{key:16} {text}")
    return 0


def _print_facts(workspace: Workspace, ids: Iterable[str], arguments: argparse.Namespace) -> None:
    store = workspace.facts
    code = _reading_language(workspace, arguments)
    records = [fact_record(store.facts[id_], store, code) for id_ in ids]
    if arguments.json:
        print(json.dumps(records, ensure_ascii=False, indent=2))
        return
    width = max((len(str(record["id"])) for record in records), default=0)
    for record in records:
        print(f"{record['id']:{width}}  {record['statement']}")
    print(f"{len(records)} facts", file=sys.stderr)


def _reading_language(workspace: Workspace, arguments: argparse.Namespace) -> str:
    """The language to read facts in: the one asked for, or English where the store has it."""
    known = workspace.languages
    if arguments.lang and arguments.lang not in known:
        _wrong_option("lang", arguments.lang, known)
    return arguments.lang or ("en" if "en" in known else known[0])


def _doctor(arguments: argparse.Namespace) -> int:
    from reports.machine import doctor

    return doctor(arguments.workspace)


def _chosen(workspace: Workspace, arguments: argparse.Namespace) -> tuple[Edition, ...]:
    """The editions that the options ask for; an option that fits none is a wrong command."""
    editions = workspace.editions()
    asked = (
        ("brief", arguments.brief, {edition.brief.id for edition in editions}),
        ("audience", arguments.audience, {edition.audience.id for edition in editions}),
        ("lang", arguments.lang, {edition.language for edition in editions}),
    )
    for option, word, known in asked:
        if word and word not in known:
            _wrong_option(option, word, known)
    return tuple(
        edition
        for edition in editions
        if arguments.brief in (None, edition.brief.id)
        and arguments.audience in (None, edition.audience.id)
        and arguments.lang in (None, edition.language)
    )


def _wrong_option(option: str, word: str, known: Iterable[str]) -> NoReturn:
    print(f"--{option}: '{word}' is unknown", file=sys.stderr)
    print(f"  hint: {suggest(word, known)}", file=sys.stderr)
    raise SystemExit(2)


def _print_problems(problems: Iterable[Problem], root: Path) -> None:
    for problem in problems:
        print(problem.shown(root), file=sys.stderr)


# ---------------------------------------------------------------- words


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kildefast",
        description="Sourced facts and templates become briefs as PDF, DOCX and HTML.",
        epilog="example: kildefast build --audience public --lang nb",
    )
    parser.add_argument("--version", action="version", version=f"kildefast {__version__}")
    commands = parser.add_subparsers(title="commands", required=True)
    build = _command(commands, "build", _build, "make every output", "build --format pdf")
    _add_editions(build)
    build.add_argument("--format", choices=[kind.value for kind in Format], help="only this one")
    build.add_argument("--out", type=Path, help="folder of the outputs (default: out)")
    check = _command(commands, "check", _check, "find problems, write nothing", "check --lang en")
    _add_editions(check)
    _command(commands, "doctor", _doctor, "what is present and what is missing", "doctor")
    _command(commands, "test", _check, "run the tests; the rest goes to pytest", "test -k facts")
    asked = commands.add_parser(
        "facts", help="ask the fact store", epilog="example: kildefast facts search innlogging"
    )
    facts = asked.add_subparsers(title="questions", required=True)
    _add_reading(_command(facts, "list", _facts_list, "every fact", "facts list --json"))
    show = _command(facts, "show", _facts_show, "one fact, whole", "facts show no.desi-rank")
    show.add_argument("id", help="the fact's id")
    _add_reading(show)
    search = _command(facts, "search", _facts_search, "facts by words", "facts search innlogging")
    search.add_argument("words", nargs="+", help="words in the fact, its speaker, place or theme")
    _add_reading(search)
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], int],
    what: str,
    example: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(
        name,
        help=what,
        description=f"{what[:1].upper()}{what[1:]}.",
        epilog=f"example: kildefast {example}",
    )
    command.set_defaults(run=run)
    command.add_argument(
        "--workspace", type=Path, default=Path.cwd(), help="folder with facts/ and templates/"
    )
    return command


def _add_editions(command: argparse.ArgumentParser) -> None:
    command.add_argument("--brief", help="only this brief")
    command.add_argument("--audience", help="only this audience")
    command.add_argument("--lang", help="only this language")


def _add_reading(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="as JSON")
    command.add_argument("--lang", help="language of the words")


if __name__ == "__main__":
    sys.exit(main())
