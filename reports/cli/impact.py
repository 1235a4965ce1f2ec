"""To ask what a fact hits: `impact`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from reports.briefs import Workspace
from reports.cli.printing import counted, print_json
from reports.cli.tracing import (
    add_options,
    are_known,
    hit_record,
    hits_asked,
    own_ids,
    through_text,
    tracer_of,
)
from reports.cli.words import Commands, add_command, open_workspace
from reports.problems import ReportError

if TYPE_CHECKING:  # what composes editions is imported where it is used
    from reports.casefile.register import Issued
    from reports.casefile.register.hits import IssuedHit
    from reports.trace.outputs import OutputHit
    from reports.trace.uses import Hit


def declare(commands: Commands) -> None:
    """Add `impact`."""
    what = "the outputs, pages and sentences that a fact hits, and what was issued of it"
    impact = add_command(commands, "impact", _impact, what, "impact cph.staff-reduced")
    impact.add_argument("facts", nargs="+", metavar="FACT", help="id of a fact")
    add_options(impact)


def _impact(arguments: argparse.Namespace) -> int:
    workspace = open_workspace(arguments)
    register = _register(workspace, arguments)
    if not are_known(_unissued(arguments.facts, register, workspace), workspace):
        return 1
    asked = own_ids(arguments.facts, workspace)
    documents = _documents(asked, register, workspace)
    try:
        hits, found = _outputs(asked, workspace, arguments)
    except ReportError:  # whatever is wrong with the editions now, what was issued stays so
        if not arguments.json:
            _print_documents(documents, named=len(asked) > 1)
        raise
    if arguments.json:
        outputs = [_output_record(each, workspace.root) for each in found]
        print_json([*outputs, *_document_records(documents)])
        return 0
    _print_outputs(found, named=len(asked) > 1)
    _print_documents(documents, named=len(asked) > 1)
    counts = [
        counted(len({each.output for each in found}), "output"),
        f"{counted(len(hits), 'place')} in their editions",
    ]
    if _has_register(workspace):
        counts.append(counted(len({id(hit.issued) for hit in documents}), "issued document"))
    print(", ".join(counts), file=sys.stderr)
    return 0


def _outputs(
    asked: Collection[str], workspace: Workspace, arguments: argparse.Namespace
) -> tuple[list[Hit], list[OutputHit]]:
    """The places in the editions that rest on these facts, and those places in each output."""
    from reports.trace.outputs import output_hits

    tracer = tracer_of(workspace)
    hits = [hit for hit in hits_asked(tracer, workspace, arguments) if hit.asked in asked]
    return hits, list(output_hits(hits, tracer))


def _print_outputs(found: Iterable[OutputHit], *, named: bool) -> None:
    """Print each output with its pages or sections; outputs that say the same stand together."""
    told: dict[str, list[str]] = {}
    for output, inside in groupby(found, key=lambda each: each.output):
        told.setdefault(_output_text(list(inside), named=named), []).append(output)
    for text, outputs in told.items():
        print("\n".join(outputs))
        print(text)


def _output_text(found: Sequence[OutputHit], *, named: bool) -> str:
    """The sentences under each page or section; a fact drawn in a chart isn't also told as cited."""
    drawn = {(each.hit.asked, each.hit.use.label) for each in found if each.hit.use.form == "chart"}
    lines: dict[str, list[str]] = {}
    for each in found:
        use = each.hit.use
        if use.form == "cite" and (each.hit.asked, use.label) in drawn:
            continue
        asked = f"{each.hit.asked}: " if named else ""
        where = f"  page {each.page}" if each.page else f"  {use.section}"
        line = f"    [{use.note}] {asked}{use.sentence}{through_text(each.hit)}"
        lines.setdefault(where, []).append(line)
    texts = ("\n".join([where, *dict.fromkeys(inside)]) for where, inside in lines.items())
    return "\n".join(texts)


# ---------------------------------------------------------------- issued documents


def _register(workspace: Workspace, arguments: argparse.Namespace) -> list[Issued]:
    """The issued documents of the editions that the options ask for; none without a register.

    Raises ReportError with the problems of all that is in the register.
    """
    if not _has_register(workspace):
        return []
    from reports.casefile.register import issued

    asked = (arguments.brief, arguments.audience, arguments.lang, arguments.subject)
    marks = ((entry, entry.edition) for entry in issued(workspace.root))
    return [
        entry
        for entry, mark in marks
        if all(map(_fits, asked, (mark.brief, mark.audience, mark.language, mark.subject)))
    ]


def _has_register(workspace: Workspace) -> bool:
    from reports.casefile.register import FOLDER

    return (workspace.root / FOLDER).exists()


def _fits(asked: str | None, own: str) -> bool:
    return asked in (None, own)


def _unissued(
    ids: Iterable[str], register: Iterable[Issued], workspace: Workspace
) -> Iterator[str]:
    """The facts that no document told; one of the future counts as such."""
    told = {fact.id for entry in register for fact in entry.facts}
    return (id_ for id_ in ids if id_ not in told or id_ in workspace.facts.unrecorded)


def _documents(
    asked: Collection[str], register: Sequence[Issued], workspace: Workspace
) -> tuple[IssuedHit, ...]:
    if not register:
        return ()
    from reports.casefile.register.hits import issued_hits

    return issued_hits(asked, register, workspace.facts)


def _print_documents(documents: Sequence[IssuedHit], *, named: bool) -> None:
    if documents:
        from reports.cli.issued import print_issued

        print_issued(documents, named=named)


def _document_records(documents: Sequence[IssuedHit]) -> list[dict[str, object]]:
    if not documents:
        return []
    from reports.cli.issued import issued_records

    return issued_records(documents)


def _output_record(found: OutputHit, root: Path) -> dict[str, object]:
    where = {"output": found.output, "format": found.format.value, "page": found.page}
    return {**where, **hit_record(found.hit, root)}
