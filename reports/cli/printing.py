"""What commands print: answers to standard output, counts and problems to standard error.

A record is a flat object with the same keys as its JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from reports.problems import Problem, suggest

_MOST_PROBLEMS = 500


def print_problems(problems: Iterable[Problem], root: Path) -> None:
    """Print each problem, its place as seen from `root`; of very many, the first ones."""
    for text in problem_texts(problems, root):
        print(text, file=sys.stderr)


def problem_texts(problems: Iterable[Problem], root: Path) -> Iterator[str]:
    """What `print_problems` prints, without the ends of lines."""
    found = list(problems)
    for problem in found[:_MOST_PROBLEMS]:
        yield problem.shown(root)
    if len(found) > _MOST_PROBLEMS:
        yield f"… and {len(found) - _MOST_PROBLEMS} more"


def print_unknown(kind: str, word: str, known: Iterable[str]) -> None:
    """Print that no `kind`, such as "fact", is called `word`, and the nearest that is known."""
    print(f"unknown {kind} '{word}'", file=sys.stderr)
    print(f"  hint: {suggest(word, known)}", file=sys.stderr)


def counted(count: int, noun: str) -> str:
    """How many there are of what a noun with a plural in "s" names: "1 fact", "2 facts"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def print_list(
    records: Sequence[Mapping[str, object]],
    columns: Sequence[str],
    noun: str,
    arguments: argparse.Namespace,
) -> None:
    """Print records whole with `--json`, else these columns and how many of `noun` there are."""
    if arguments.json:
        print_json(records)
        return
    print_table(records, columns)
    print(counted(len(records), noun), file=sys.stderr)


def print_faultless(editions: int, facts: int) -> None:
    """Print that a check found nothing wrong, and in how much."""
    told = f"{counted(editions, 'edition')} and {counted(facts, 'fact')} without fault"
    print(told, file=sys.stderr)


def print_json(value: object) -> None:
    """Print what `json` can hold, indented."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(records: Iterable[Mapping[str, object]], columns: Sequence[str]) -> None:
    """Print a line a record, without a head; all columns but the last are as wide as they need."""
    rows = [[_cell(record[column]) for column in columns] for record in records]
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    for *cells, last in rows:
        padded = [f"{cell:{width}}  " for cell, width in zip(cells, widths, strict=False)]
        print(f"{''.join(padded)}{last}")


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def document_record(document: str) -> dict[str, object]:
    """A brief, and in a series its subject, for a script; `document` is as editions have it."""
    brief, _, subject = document.partition("/")
    return {"brief": brief, "subject": subject or None}
