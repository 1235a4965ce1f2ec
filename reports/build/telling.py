"""A build that is over to the files that tell of it: manifest and report, beside the outputs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from reports.briefs import Edition, Format, Workspace
from reports.budgets import expired_term
from reports.build.edition import edition_pages
from reports.build.events import Event
from reports.build.manifest import FILE, Manifest, manifest_bytes, read_manifest
from reports.build.memory import read_memory
from reports.build.placing import files_of, remove_former
from reports.build.report import Report, report_page
from reports.build.state import DocumentState, EditionState, OutputState, PrintedFact
from reports.build.work import Work
from reports.facts.freshness import overdue
from reports.files import replace_file
from reports.problems import Problem, ReportError
from reports.versions import versions

_REPORT = "index.html"
TOLD_IN = (FILE, _REPORT)


def tell_of_build(
    workspace: Workspace,
    asked: Sequence[Edition],
    works: Sequence[Work],
    out: Path,
    events: Sequence[Event],
    problems: Sequence[Problem],
) -> list[Problem]:
    """Write manifest and report, and take away outputs of editions that are no more.

    Gives what went wrong meanwhile.
    """
    before, damaged = read_manifest(out / FILE)
    states = list(_states(workspace, asked, works, before))
    bodies = {state.name: _body(state) for _, state in states}
    bodies |= {work.edition.name: work.body_pages for work in works}
    found = [damaged] if damaged else []
    remove_former(_outputs(before), files_of(workspace.editions()), out)
    report = Report(
        before=before,
        editions=tuple(
            _judged(state, bodies.get(edition.name, 0), edition, workspace)
            for edition, state in states
        ),
        versions=versions(),
        events=tuple(events),
        problems=tuple(problems),
        finished=datetime.now(UTC).astimezone(),
        day=workspace.day,
        root=workspace.root,
    )
    made = manifest_bytes([state for _, state in states], versions())
    found += _written({FILE: made, _REPORT: report_page(report).encode()}, out)
    return found


def _written(files: Mapping[str, bytes], out: Path) -> Iterator[Problem]:
    """Write the files; a problem for each that can't be."""
    for name, data in files.items():
        try:
            replace_file(out / name, data)
        except ReportError as error:
            yield from error.problems


def _states(
    workspace: Workspace,
    asked: Sequence[Edition],
    works: Sequence[Work],
    before: Manifest | None,
) -> Iterator[tuple[Edition, EditionState]]:
    """What is known of each edition that has outputs in the folder, in the workspace's order.

    An edition that this build wasn't asked for is as the last one left it.
    """
    made = {work.edition.name: work.memory.state for work in works}
    failed = {edition.name for edition in asked} - made.keys()
    listed = {edition.name: edition for edition in before.editions} if before else {}
    for edition in workspace.editions():
        if edition.name in made:
            yield edition, made[edition.name]
        elif edition.name in failed:
            continue
        elif edition.name in listed and (memory := read_memory(edition, workspace)):
            told = {
                output for document in listed[edition.name].documents for output in document.outputs
            }
            if told == {*memory.state.outputs}:
                yield edition, memory.state


def _body(state: EditionState) -> int:
    """The pages of the body as the PDF has them, 0 without one."""
    return max((output.body_pages for output in state.outputs), default=0)


def _judged(state: EditionState, body: int, edition: Edition, workspace: Workspace) -> EditionState:
    """An edition with what the day and its pages make of it."""
    documents = tuple(_with_all_terms(each, body, edition, workspace) for each in state.documents)
    told = _still_there((fact for document in documents for fact in document.facts), workspace)
    late = overdue(workspace.facts.bases(told).values(), workspace.day)
    stale = tuple(each.fact.id for each in late)
    return replace(state, documents=documents, stale=stale)


def _with_all_terms(
    document: DocumentState, body: int, edition: Edition, workspace: Workspace
) -> DocumentState:
    expired = expired_term(_still_there(document.facts, workspace), edition, workspace)
    terms = [expired if term.name == expired.name else term for term in document.terms]
    if Format.PDF in document.formats:
        terms.insert(0, edition_pages(edition, body))
    return replace(document, terms=tuple(terms))


def _still_there(facts: Iterable[PrintedFact], workspace: Workspace) -> Iterator[str]:
    """The facts that the store has, of those that an edition told of when it was built."""
    return (fact.id for fact in facts if fact.id in workspace.facts.facts)


def _outputs(before: Manifest | None) -> Iterator[OutputState]:
    for edition in before.editions if before else ():
        for document in edition.documents:
            yield from document.outputs
