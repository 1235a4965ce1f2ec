"""Editions to case bundles: each composed with its stamp, judged, described, packed, registered.

All that can be wrong with any of the editions is told before the first bundle is written.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reports.briefs import Edition, Workspace
from reports.casefile.bundle import Contents, write_bundle
from reports.casefile.describing import edition_mark
from reports.casefile.gate import gate_problems
from reports.casefile.names import RECORD_FILE, case_slug
from reports.casefile.packing import Parts, composed_parts, pack
from reports.casefile.record import CaseRecord, bundle_name, read_record
from reports.casefile.register import (
    Issued,
    issued,
    issued_entry,
    latest,
    metadata_hash,
    versions,
    write_issued,
)
from reports.casefile.request import Request
from reports.cases.stamp import Stamp, State
from reports.lock import one_at_a_time
from reports.problems import Place, Problem, ReportError, raise_if_fatal


@dataclass(frozen=True)
class Attached:
    """One edition in its case; `is_new` is false where an earlier bundle says the same."""

    folder: Path
    record: CaseRecord
    entry: Issued
    is_new: bool


@dataclass(frozen=True)
class _Bundle:
    """What is to be written, unless it `is_there`; `entry` is the register's, None for none yet."""

    parts: Parts
    contents: Contents
    entry: Issued | None
    is_there: bool


def attach(
    editions: Sequence[Edition],
    request: Request,
    workspace: Workspace,
    tell: Callable[[str], None],
) -> tuple[tuple[Attached, ...], tuple[Problem, ...]]:
    """The bundles of these editions, in their order, and the warnings that stand.

    An edition that says what its latest bundle says keeps that one.  `tell` is told of waiting.
    Raises ReportError with the problems of all editions before anything is written, and for a
    bundle that can't be written; those before it are then whole, and registered.
    """
    with one_at_a_time(workspace.cache, "attach", lambda holder: tell(_waiting(holder))):
        register = issued(workspace.root)
        earlier = [latest(register, request.case, edition_mark(edition)) for edition in editions]
        pairs = list(zip(editions, earlier, strict=True))
        parts = [_next_parts(edition, register, request, workspace) for edition in editions]
        found = [
            (*_judged(each, request, workspace), *_dropped_screening(edition, before, request))
            for (edition, before), each in zip(pairs, parts, strict=True)
        ]
        problems = tuple(sorted({problem for each in found for problem in each}))
        raise_if_fatal(problems)
        bundles = [
            _kept(edition, before, register, request, workspace) or _new(each, request, workspace)
            for (edition, before), each in zip(pairs, parts, strict=True)
        ]
        attached = tuple(
            _written(bundle, request, workspace, warnings)
            for bundle, warnings in zip(bundles, found, strict=True)
        )
        return attached, problems


def _waiting(holder: str) -> str:
    return f"{holder} is at work in this workspace; waiting for it to end"


def _judged(parts: Parts, request: Request, workspace: Workspace) -> tuple[Problem, ...]:
    """All that composing an edition met, and what keeps it out of its case."""
    items = (*parts.edition.items, *(parts.redacted.items if parts.redacted else ()))
    return (*parts.problems, *(gate_problems(request, items, workspace) if items else ()))


def _dropped_screening(
    edition: Edition, before: Issued | None, request: Request
) -> Iterator[Problem]:
    """A problem for an edition that was kept from the public, and would not be any more."""
    if before is None or before.screening is None or request.screening or request.unscreened:
        return
    was = f"{before.screening.code}, {before.screening.ground}"
    what = f"'{edition.name}' was screened in version {before.version} ({was}), and now isn't"
    hint = "give the code and the ground again, or --unscreened if it may be public now"
    yield Problem(Place(Path("--screening-code")), what, hint)


def _next_parts(
    edition: Edition, register: Sequence[Issued], request: Request, workspace: Workspace
) -> Parts:
    """The edition as the version after its latest."""
    known = versions(register, request.case, edition_mark(edition))
    replaced = _replaced(known, request.state)
    stamp = _stamp(request, known[-1].version + 1 if known else 1, replaced)
    return composed_parts(edition, stamp, replaced, request, workspace)


def _replaced(known: Sequence[Issued], state: State) -> Issued | None:
    """Which of the versions, oldest first, a new one stands for.

    A final document replaces the final one before it, or else the latest draft.  A draft never
    replaces what is final: that holds until the next one is.
    """
    final = [each for each in known if each.state is State.FINAL]
    if state is State.FINAL and final:
        return final[-1]
    return known[-1] if known and not (final and final[-1] is known[-1]) else None


def _stamp(request: Request, version: int, replaced: Issued | None) -> Stamp:
    return Stamp(
        case=request.case.shown,
        state=request.state,
        approved_by=request.approved_by,
        version=version,
        replaces=replaced.version if replaced else 0,
        ground=request.screening.ground if request.screening else "",
    )


def _kept(
    edition: Edition,
    before: Issued | None,
    register: Sequence[Issued],
    request: Request,
    workspace: Workspace,
) -> _Bundle | None:
    """The latest bundle made once more, if what was asked gives it byte for byte."""
    if before is None:
        return None
    approver = before.decision.approved_by if before.decision else ""
    if (before.state, approver) != (request.state, request.approved_by):
        return None
    then = replace(request, day=before.date, made=before.made)
    number = before.replaces.version if before.replaces else 0
    older = next((each for each in register if _is_version(each, before, number)), None)
    stamp = _stamp(then, before.version, older)
    try:
        parts = composed_parts(edition, stamp, older, then, workspace)
        contents = pack(parts, then, workspace)
    except ReportError:  # the next version tells of it
        return None
    if metadata_hash(contents.record) != before.metadata:
        return None
    folder = _folder_of(contents.record, request.out)
    is_there = os.path.lexists(folder)  # not where that can't be told: writing it tells why
    if is_there and _record_in(folder) != contents.record:
        return None
    return _Bundle(parts, contents, before, is_there=is_there)


def _is_version(entry: Issued, of: Issued, number: int) -> bool:
    return (entry.case, entry.edition, entry.version) == (of.case, of.edition, number)


def _record_in(folder: Path) -> CaseRecord | None:
    """The record of the bundle in that folder; None where there is none that can be read."""
    file = folder / "data" / RECORD_FILE
    try:
        return read_record(file.read_bytes(), file)
    except (OSError, ReportError):
        return None


def _new(parts: Parts, request: Request, workspace: Workspace) -> _Bundle:
    """The next version; where a run was stopped before it was registered, that run's bundle."""
    contents = pack(parts, request, workspace)
    left = _record_in(_folder_of(contents.record, request.out))
    if left:
        again = pack(parts, replace(request, made=left.made), workspace)
        if again.record == left:
            return _Bundle(parts, again, None, is_there=True)
    return _Bundle(parts, contents, None, is_there=False)


def _folder_of(record: CaseRecord, out: Path) -> Path:
    """Where a bundle lies below the folder of all cases."""
    return out / case_slug(record.case) / bundle_name(record.edition, record.version)


def _written(
    bundle: _Bundle, request: Request, workspace: Workspace, warnings: Sequence[Problem]
) -> Attached:
    record, entry = bundle.contents.record, bundle.entry
    folder = _folder_of(record, request.out)
    if not bundle.is_there:
        write_bundle(bundle.contents, folder)
    if entry:
        return Attached(folder, record, entry, is_new=False)
    entry = issued_entry(record, bundle.parts.edition.items, workspace, warnings)
    write_issued(workspace.root, entry)
    return Attached(folder, record, entry, is_new=True)
