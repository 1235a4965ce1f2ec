"""To show an audience's contract beside what its editions are: `check --audience A`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reports.briefs import Edition, Format, Workspace
from reports.budgets import Term, Verdict
from reports.cli.printing import print_faultless, print_json, print_problems
from reports.problems import Problem, ReportError

if TYPE_CHECKING:  # what composes editions is imported where it is used
    from reports.build.outputs import Resolved

_HEADS = ("term", "budget", "actual", "verdict")
_LOOK = "build it to see them"


def check_contract(
    workspace: Workspace, chosen: Sequence[Edition], arguments: argparse.Namespace
) -> int:
    """Print each edition's terms, then all problems; the exit code is 1 if one of them is fatal.

    Editions that can't be read have no terms to show.
    """
    from reports.build import resolve_each, unsupported

    resolved, problems = resolve_each(chosen, workspace)
    found = dict.fromkeys(problems)
    judged = [(item, _terms(item, workspace, found)) for item in resolved]
    loose = [each for item in resolved for each in unsupported(item.document)]
    if arguments.json:
        print_json([_record(item, term) for item, terms in judged for term in terms])
    else:
        for item, terms in judged:
            _print_terms(item, terms)
        for place, text in dict.fromkeys(loose):
            print(f"{place.shown(workspace.root)}: rests on no fact: {text}")
    print_problems(sorted(found), workspace.root)
    if any(problem.fatal for problem in found):
        return 1
    print_faultless(len(chosen), len(workspace.facts.facts))
    return 0


def _terms(item: Resolved, workspace: Workspace, found: dict[Problem, None]) -> tuple[Term, ...]:
    """The terms of an edition, with its pages first where it has any; problems go to `found`."""
    if Format.PDF not in item.formats:
        return item.terms
    try:
        pages = _page_term(item, workspace)
    except ReportError as error:
        found.update(dict.fromkeys(error.problems))
        return item.terms
    found.update(dict.fromkeys(pages.problems))
    return (pages, *item.terms)


def _page_term(item: Resolved, workspace: Workspace) -> Term:
    from reports.build.edition import EditionWriter, edition_pages  # with what typesets
    from reports.build.pages import page_fonts

    def laying_out() -> None:
        print(f"laying out {item.edition.name} to count its pages", file=sys.stderr)

    fonts = page_fonts(item.edition, workspace)
    writer = EditionWriter(item, workspace, fonts)
    return edition_pages(item.edition, writer.pages(laying_out).body, _LOOK)


def _record(item: Resolved, term: Term) -> dict[str, object]:
    return {
        "edition": item.edition.name,
        "formats": [kind.value for kind in item.formats],
        "term": term.name,
        "budget": term.budget,
        "actual": term.actual,
        "unit": term.unit,
        "verdict": term.verdict.value,
    }


def _print_terms(item: Resolved, terms: Sequence[Term]) -> None:
    audience = item.edition.audience
    formats = ", ".join(kind.value for kind in item.formats)
    citations = f"citations {audience.citations}" if audience.citations else "letters for sources"
    print(f"{item.edition.name}  ({formats})")
    print(f"  access {audience.access.value} · theme {audience.theme} · {citations}")
    rows = [_HEADS, *map(_row, terms)]
    first, *widths = (max(map(len, cells)) for cells in zip(*rows, strict=True))
    for name, *cells in rows:
        numbers = (f"{cell:>{width}}" for cell, width in zip(cells[:2], widths, strict=False))
        print(f"  {name:{first}}  {'  '.join(numbers)}  {cells[2]}")
    print()


def _row(term: Term) -> tuple[str, str, str, str]:
    verdict = term.verdict.value
    shown = verdict.upper() if term.verdict is Verdict.BREACHED else verdict
    return term.name, term.shown_budget, term.shown_actual, shown
