"""To ask the fact store: the questions `facts list`, `facts show` and `facts search`."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from reports.briefs import Workspace, load_workspace
from reports.cli.printing import print_json, print_list, print_record, print_unknown
from reports.cli.words import Commands, add_command, add_reading, reading_language
from reports.facts.describe import fact_record, search_facts, source_record


def declare(questions: Commands) -> None:
    """Add `list`, `show` and `search` to the questions of `facts`."""
    add_reading(add_command(questions, "list", _list, "every fact", "facts list --json"))
    what = "one fact, whole"
    show = add_command(questions, "show", _show, what, "facts show no.desi-rank")
    show.add_argument("id", help="the fact's id")
    add_reading(show)
    what = "facts by words"
    search = add_command(questions, "search", _search, what, "facts search innlogging")
    search.add_argument("words", nargs="+", help="words in the fact, its speaker, place or theme")
    add_reading(search)


def _list(arguments: argparse.Namespace) -> int:
    workspace = load_workspace(arguments.workspace, arguments.at)
    _print_facts(workspace, workspace.facts.facts, arguments)
    return 0


def _search(arguments: argparse.Namespace) -> int:
    workspace = load_workspace(arguments.workspace, arguments.at)
    _print_facts(workspace, search_facts(workspace.facts, arguments.words), arguments)
    return 0


def _show(arguments: argparse.Namespace) -> int:
    workspace = load_workspace(arguments.workspace, arguments.at)
    store = workspace.facts
    if arguments.id not in store.facts:
        print_unknown("fact", arguments.id, store.facts)
        return 1
    fact = store.facts[arguments.id]
    code = reading_language(workspace, arguments)
    record = fact_record(fact, store, code)
    if arguments.json:
        print_json(record)
        return 0
    source = source_record(store, fact.source, code)
    place = {"file": fact.declared.shown(arguments.workspace)}
    print_record({**record, **place, **{f"source {key}": source[key] for key in source}})
    return 0


def _print_facts(workspace: Workspace, ids: Iterable[str], arguments: argparse.Namespace) -> None:
    store = workspace.facts
    code = reading_language(workspace, arguments)
    records = [fact_record(store.facts[id_], store, code) for id_ in ids]
    print_list(records, ("id", "statement"), "facts", arguments)
