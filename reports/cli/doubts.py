"""To find what in the store wants a decision: `facts conflicts` and `facts stale`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from reports.briefs import Workspace
from reports.cli.layout import print_beside, wrapped
from reports.cli.printing import counted, print_json, print_table
from reports.cli.words import Commands, add_command, add_reading, open_to_read
from reports.facts.ask.relations import computed_from, ranked
from reports.facts.ask.sheet import Other, other_fact
from reports.facts.conflicts import conflicts, contradictions
from reports.facts.freshness import Overdue, overdue
from reports.facts.model import Fact, Facts
from reports.facts.wording import statement_text
from reports.language import load_language


def declare(questions: Commands) -> None:
    """Add `conflicts` and `stale` to the questions of `facts`."""
    what = "facts that say different things of the same, side by side"
    add_reading(add_command(questions, "conflicts", _conflicts, what, "facts conflicts"))
    what = "facts past the day by which they were to be reviewed, or to which they were valid"
    add_reading(add_command(questions, "stale", _stale, what, "facts stale --at 2031-12-31"))


# ---------------------------------------------------------------- conflicts


@dataclass(frozen=True)
class _Pair:
    """Two facts that disagree; `preferred` and `because` are None where they are not ranked."""

    kind: str
    facts: tuple[Other, Other]
    preferred: str | None
    because: str | None


def _conflicts(arguments: argparse.Namespace) -> int:
    workspace, code = open_to_read(arguments)
    pairs = list(_pairs(workspace.facts, code))
    if arguments.json:
        print_json([asdict(pair) for pair in pairs])
        return 0
    for pair in pairs:
        _print_pair(pair)
    if not pairs:
        print("no two facts are in conflict, and none contradicts another")
    counts = {
        kind: sum(pair.kind == kind for pair in pairs) for kind in ("conflict", "contradiction")
    }
    print(", ".join(counted(count, kind) for kind, count in counts.items()), file=sys.stderr)
    return 0


def _pairs(store: Facts, code: str) -> Iterable[_Pair]:
    found = [
        *(("conflict", each.first, each.second) for each in conflicts(store)),
        *(("contradiction", *pair) for pair in contradictions(store)),
    ]
    for kind, first, second in found:
        facts = (store.facts[first], store.facts[second])
        preferred, because = ranked(*facts, code)
        one, other = (other_fact(fact, store, load_language(code)) for fact in facts)
        yield _Pair(kind, (one, other), preferred, because)


def _print_pair(pair: _Pair) -> None:
    first, second = (fact.id for fact in pair.facts)
    if pair.preferred:
        other = second if pair.preferred == first else first
        print(wrapped(f"{pair.preferred} is preferred to {other}: {pair.because}", "", "  "))
    elif pair.kind == "contradiction":
        print(f"{first} and {second} contradict each other")
    else:
        print(f"{first} and {second} tell different figures of the same")
    left, right = (_told(fact) for fact in pair.facts)
    print_beside(left, right)
    print()


def _told(fact: Other) -> Sequence[str]:
    where = f", paragraph {fact.paragraph}" if fact.paragraph else ""
    return (
        fact.id,
        fact.statement,
        fact.figure_text or "",
        f"{fact.speaker} ({fact.standing})",
        f"{fact.source_title}{where}",
        fact.as_of_text,
    )


# ---------------------------------------------------------------- stale


def _stale(arguments: argparse.Namespace) -> int:
    workspace, code = open_to_read(arguments)
    store, day = workspace.facts, workspace.day
    current = [
        fact for id_, fact in store.facts.items() if id_ == fact.id and id_ not in store.superseded
    ]
    found = sorted(overdue(current, day), key=lambda each: (not each.expired, each.due))
    records = [_stale_record(each, workspace, code) for each in found]
    if arguments.json:
        print_json(records)
        return 0
    print_table([_stale_row(record) for record in records], ("id", "told", "statement"))
    if not records:
        print(f"no fact is past its day on {day}{_next_text(current, day)}")
    expired = sum(each.expired for each in found)
    print(f"{len(found) - expired} stale, {expired} expired", file=sys.stderr)
    return 0


def _stale_record(found: Overdue, workspace: Workspace, code: str) -> dict[str, object]:
    fact, store = found.fact, workspace.facts
    return {
        "id": fact.id,
        "state": "expired" if found.expired else "stale",
        "due": found.due.isoformat(),
        "days": (workspace.day - found.due).days,
        "feeds": list(computed_from([fact.id], store)),
        "declared": fact.declared.shown(workspace.root),
        "statement": statement_text(fact, store, load_language(code)),
    }


def _stale_row(record: dict[str, object]) -> dict[str, object]:
    days = counted(int(str(record["days"])), "day")
    what = "was valid until" if record["state"] == "expired" else "to be reviewed by"
    feeds = record["feeds"]
    used = f"[used to compute {', '.join(feeds)}] " if isinstance(feeds, list) and feeds else ""
    told = f"{what} {record['due']} ({days} ago)"
    return {**record, "told": told, "statement": f"{used}{record['statement']}"}


def _next_text(facts: Iterable[Fact], day: date) -> str:
    """Which fact is the next to be past its day; "" where none has one."""
    coming = [
        (due, fact.id)
        for fact in facts
        for due in (fact.review_by, fact.valid_until)
        if due and due >= day
    ]
    return f"; the next is {min(coming)[1]}, due {min(coming)[0]}" if coming else ""
