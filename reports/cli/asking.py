"""To ask the fact store: the questions `facts list`, `facts show` and `facts search`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator

from reports.cli.printing import counted, print_json, print_table, print_unknown
from reports.cli.sheets import print_sheet, sheet_record
from reports.cli.words import (
    Commands,
    add_command,
    add_reading,
    open_to_read,
    wrong_option,
)
from reports.facts.ask.filters import UnknownWordError, Wanted, filter_facts, parse_date
from reports.facts.ask.records import fact_record
from reports.facts.ask.search import Found, search_facts
from reports.facts.model import Facts
from reports.facts.past.history import fact_history
from reports.facts.quantities import When
from reports.language import in_words


def declare(questions: Commands) -> None:
    """Add `list`, `show` and `search` to the questions of `facts`."""
    what = "every fact, or those of one speaker, place, theme or date"
    facts = add_command(questions, "list", _list, what, "facts list --place oslo")
    _add_filters(facts)
    add_reading(facts)
    what = "one fact, whole"
    show = add_command(questions, "show", _show, what, "facts show no.desi-rank")
    show.add_argument("id", help="the fact's id")
    add_reading(show)
    what = "facts by words, the best first"
    search = add_command(questions, "search", _search, what, "facts search innlogging")
    search.add_argument("words", nargs="+", help="words in any language; each must be in the fact")
    _add_filters(search)
    add_reading(search)


def _add_filters(command: argparse.ArgumentParser) -> None:
    what = "only what they say, by id, name, role or organisation"
    command.add_argument("--speaker", default="", help=what)
    what = "only what is about it or lies in it, by id or name"
    command.add_argument("--place", default="", help=what)
    command.add_argument("--theme", default="", help="only this theme, by id or name")
    what = "only what holds then: 2012, 2020-03 or 'spring 2012'"
    command.add_argument("--date", type=_date, metavar="WHEN", help=what)


def _date(text: str) -> When:
    try:
        return parse_date(text)
    except ValueError:
        what = f"'{text}' is no date such as 2012, 2020-03, 2020-03-12 or 'spring 2012'"
        raise argparse.ArgumentTypeError(what) from None


def _list(arguments: argparse.Namespace) -> int:
    workspace, code = open_to_read(arguments)
    _print_facts(workspace.facts, code, _filtered(workspace.facts, arguments), arguments)
    return 0


def _search(arguments: argparse.Namespace) -> int:
    workspace, code = open_to_read(arguments)
    ids = _filtered(workspace.facts, arguments)
    found = search_facts(workspace.facts, arguments.words, ids)
    _print_facts(workspace.facts, code, found.ids, arguments)
    for note in _taken(found, workspace.facts, code):
        print(note, file=sys.stderr)
    return 0


def _show(arguments: argparse.Namespace) -> int:
    workspace, code = open_to_read(arguments)
    store, root = workspace.facts, workspace.root
    if arguments.id not in store.facts:
        print_unknown("fact", arguments.id, store.facts)
        return 1
    fact = store.facts[arguments.id]
    history = fact_history(fact.declared, fact.id)
    if arguments.json:
        print_json(sheet_record(fact, store, code, root, history))
    else:
        print_sheet(fact, store, code, root, workspace.day, history)
    return 0


def _filtered(store: Facts, arguments: argparse.Namespace) -> tuple[str, ...]:
    wanted = Wanted(arguments.speaker, arguments.place, arguments.theme, arguments.date)
    try:
        return filter_facts(store, wanted)
    except UnknownWordError as error:
        wrong_option(error.option, error.word, error.known)


def _print_facts(
    store: Facts, code: str, ids: Iterable[str], arguments: argparse.Namespace
) -> None:
    records = [fact_record(store.facts[id_], store, code) for id_ in ids]
    if arguments.json:
        print_json(records)
        return
    marked = [{**each, "statement": f"{_mark(each)}{each['statement']}"} for each in records]
    print_table(marked, ("id", "statement"))
    print(counted(len(records), "fact"), file=sys.stderr)


def _mark(record: dict[str, object]) -> str:
    """What a reader must know before the sentence: that it is outdated, or computed by us."""
    if newer := record["superseded_by"]:
        return f"[superseded by {newer}] "
    return "[derived] " if record["derived"] else ""


def _taken(found: Found, store: Facts, code: str) -> Iterator[str]:
    """How a search took the words that it didn't simply find."""
    for word, meant in found.meant.items():
        shown = in_words((f"'{each}'" for each in meant), "or")
        yield f"no fact holds '{word}': searched for {shown}"
    for word, near in found.unknown.items():
        hint = f"did you mean '{near}'?" if near else "try another word for it"
        yield f"no fact holds '{word}'\n  hint: {hint}"
    if found.alone:
        counts = (f"'{word}' is in {count}" for word, count in found.alone.items())
        yield f"no fact holds all of these: {in_words(counts, 'and')}"
    for place, inside in found.inside.items():
        names = [store.places[each].name[code] for each in inside]
        yield f"{store.places[place].name[code]} takes in {in_words(names, 'and')}"
