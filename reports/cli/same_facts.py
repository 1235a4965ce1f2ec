"""To check that all audiences are told the same facts: `check --same-facts`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from reports.briefs import Edition, Workspace
from reports.cli.printing import counted, document_record, print_json, print_problems, print_table
from reports.problems import Problem

if TYPE_CHECKING:  # what composes editions is imported where it is used
    from reports.trace.difference import Difference, Spot
    from reports.trace.telling import Untold

_ALIKE = "print the same one in both, or both in each"
_KINDS = {  # how the second relates to the first, and what to do
    "conflict": ("the two are in conflict", _ALIKE),
    "contradiction": ("the two contradict each other", _ALIKE),
    "version": ("the second supersedes the first", "print '{of}' in both"),
    "wording": ("the same fact reads differently", ""),
    "plain": ("that is its figure", "print it with fact('{of}'), so that it changes with it"),
}


def compare_audiences(
    workspace: Workspace, chosen: Sequence[Edition], arguments: argparse.Namespace
) -> int:
    """Print where audiences are told different things and what each is not told; the exit code.

    The chosen editions are compared with those of all audiences of their briefs.
    """
    from reports.build import resolve_all
    from reports.trace.agreement import differences
    from reports.trace.telling import untold

    compared = [edition for edition in workspace.editions() if _is_beside(edition, chosen)]
    resolved, warnings = resolve_all(compared, workspace)
    print_problems(warnings, workspace.root)
    names = {edition.name for edition in chosen}
    differing = [
        each
        for each in differences(resolved, workspace.facts)
        if not names.isdisjoint((each.first.edition.name, each.second.edition.name))
    ]
    readers = {edition.audience.id for edition in chosen}
    missing = [each for each in untold(resolved, workspace.facts) if each.audience in readers]
    if arguments.json:
        print_json(_record(differing, missing, workspace.root))
    else:
        problems = (_problem(each, workspace.root) for each in differing)
        print_problems(sorted(problems), workspace.root)
        _print_tables(missing, {(each.document, each.language) for each in compared})
    compared_text = f"{counted(len(compared), 'edition')} compared"
    print(f"{compared_text}, {counted(len(differing), 'difference')}", file=sys.stderr)
    return 1 if differing else 0


def _is_beside(edition: Edition, chosen: Sequence[Edition]) -> bool:
    """Whether an edition is of a brief, subject and language of those chosen."""
    return (edition.document, edition.language) in {(e.document, e.language) for e in chosen}


def _problem(difference: Difference, root: Path) -> Problem:
    first, second = difference.first, difference.second
    relation, hint = _KINDS[difference.kind]
    at = second.place.shown(root)
    what = f"{_told(first)}; {_told(second)}, at {at}; {relation}"
    return Problem(first.place, what, hint.format(of=second.of))


def _told(spot: Spot) -> str:
    if not spot.fact:
        return f"'{spot.edition.name}' prints the plain number \"{spot.text}\""
    derived = f", derived from '{spot.of}'" if spot.of != spot.fact else ""
    return f"'{spot.edition.name}' prints \"{spot.text}\", fact '{spot.fact}'{derived}"


def _print_tables(missing: Iterable[Untold], compared: Collection[tuple[str, str]]) -> None:
    tables: dict[tuple[str, str], list[Untold]] = {}
    for each in missing:
        tables.setdefault((each.document, each.audience), []).append(each)
    for (document, audience), rows in tables.items():
        languages = {language for id_, language in compared if id_ == document}
        facts = counted(len(rows), "fact")
        print(f"{document}, {audience}: not told {facts} of those told elsewhere")
        print_table([_row(each, languages) for each in rows], ("fact", "why", "elsewhere"))


def _row(each: Untold, languages: Collection[str]) -> dict[str, object]:
    part = "" if len(each.languages) == len(languages) else f" in {', '.join(each.languages)}"
    told = f"told to {', '.join(each.told_to)}" if each.told_to else "told in another language"
    instead = f"; told {', '.join(each.instead)} instead" if each.instead else ""
    return {"fact": f"  {each.fact}", "why": f"{each.why}{part}", "elsewhere": f"{told}{instead}"}


def _record(
    differing: Iterable[Difference], missing: Iterable[Untold], root: Path
) -> dict[str, object]:
    return {
        "differences": [
            {
                "kind": each.kind,
                "first": _spot_record(each.first, root),
                "second": _spot_record(each.second, root),
            }
            for each in differing
        ],
        "untold": [_untold_record(each) for each in missing],
    }


def _untold_record(each: Untold) -> dict[str, object]:
    record = asdict(each)
    return {**document_record(record.pop("document")), **record}


def _spot_record(spot: Spot, root: Path) -> dict[str, object]:
    return {
        "edition": spot.edition.name,
        "audience": spot.edition.audience.id,
        "language": spot.edition.language,
        "fact": spot.fact or None,
        "of": spot.of,
        "text": spot.text,
        "template": spot.place.file.relative_to(root).as_posix(),
        "line": spot.place.line,
    }
