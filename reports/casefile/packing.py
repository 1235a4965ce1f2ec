"""One edition to the contents of its bundle: documents, facts, metadata."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from reports.briefs import Edition, Format, Workspace
from reports.casefile.bundle import Contents
from reports.casefile.change_note import written_change_note
from reports.casefile.changes import changed_since
from reports.casefile.describing import (
    attachment,
    case_file,
    describe,
    document_title,
    main_document,
    seen_title,
)
from reports.casefile.facts_csv import facts_csv
from reports.casefile.filing import filing_page
from reports.casefile.messages import eformidling, fiks_arkiv
from reports.casefile.messages.semantics import message_problems
from reports.casefile.names import EFORMIDLING_FILE, FIKS_FILE, FILING_FILE, RECORD_FILE
from reports.casefile.record import (
    CaseFile,
    CaseRecord,
    Replaced,
    Variant,
    bundle_name,
    record_json,
)
from reports.casefile.register import Issued
from reports.casefile.request import Request
from reports.casefile.secrecy.redaction import bundle_leaks, redacted_edition, redaction_problems
from reports.casefile.stamping import FORMATS, Stamped, stamped, written
from reports.cases.reference import Country
from reports.cases.stamp import Stamp, State
from reports.language import load_language
from reports.problems import Problem, raise_if_fatal

_VARIANTS = {Format.DOCX: Variant.PRODUCTION, Format.PDF: Variant.ARCHIVE}


@dataclass(frozen=True)
class Parts:
    """An edition composed for its bundle; `redacted` is what others may see of it instead.

    `replaced` is the entry of the version that it stands for, None for the first.
    """

    edition: Stamped
    redacted: Stamped | None
    replaced: Issued | None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that composing met."""
        return (*self.edition.problems, *(self.redacted.problems if self.redacted else ()))


def composed_parts(
    edition: Edition,
    stamp: Stamp,
    replaced: Issued | None,
    request: Request,
    workspace: Workspace,
) -> Parts:
    """The edition, and its redacted variant if one is asked for, with that stamp."""
    lower = None
    if request.redacted:
        other = redacted_edition(edition, request.redacted, workspace)
        lower = stamped(other, replace(stamp, redacted=True), request.day, workspace)
    return Parts(stamped(edition, stamp, request.day, workspace), lower, replaced)


def pack(parts: Parts, request: Request, workspace: Workspace) -> Contents:
    """All files of the bundle.

    Raises ReportError for what can't be set, for a redacted variant that shows what is hidden,
    and for anything else that the bundle would tell its readers and may not.
    """
    raise_if_fatal(parts.problems)
    edition = parts.edition.edition
    title = seen_title(edition, request)
    main = tuple(_main_files(parts, title, workspace))
    facts = _facts_file(parts, workspace)
    documents = (
        main_document(edition, title, workspace, _described(main)),
        attachment(facts.title, workspace, _described([facts])),
    )
    recorded, replaces = _recorded(parts.edition), _replaced(parts.replaced)
    record = describe(edition, documents, recorded, replaces, request, workspace)
    note = tuple(_change_note(parts, record, workspace))
    if note:
        added = attachment(note[0].title, workspace, _described(note))
        record = replace(record, documents=(*documents, added))
    files = {each.file: each.data for each in (*main, facts, *note)}
    contents = Contents(record, {**files, **_metadata(record)})
    raise_if_fatal(_own_problems(contents, edition, workspace))
    return contents


@dataclass(frozen=True)
class _Made:
    """A file of a document; `title` is what people know it by."""

    file: str
    title: str
    variant: Variant
    data: bytes


def _described(files: Iterable[_Made]) -> tuple[CaseFile, ...]:
    return tuple(case_file(each.file, each.title, each.variant, each.data) for each in files)


def _base(edition: Edition) -> str:
    return f"{edition.audience.id}.{edition.language}"


def _main_files(parts: Parts, title: str, workspace: Workspace) -> Iterator[_Made]:
    """The main document in its variants; raises ReportError for what can't be set."""
    edition = parts.edition.edition
    formats = FORMATS[edition.brief.stamp.state]
    for kind, data in written(parts.edition, formats, workspace).items():
        yield _Made(f"{_base(edition)}.{kind.value}", title, _VARIANTS[kind], data)
    if parts.redacted:
        lower = parts.redacted.edition
        data = written(parts.redacted, [Format.PDF], workspace)[Format.PDF]
        raise_if_fatal(
            redaction_problems(data, Format.PDF, parts.edition, parts.redacted, workspace)
        )
        yield _Made(f"{_base(lower)}.redacted.pdf", document_title(lower), Variant.REDACTED, data)


def _facts_file(parts: Parts, workspace: Workspace) -> _Made:
    edition = parts.edition.edition
    data = facts_csv(parts.edition.items, workspace.facts)
    title = load_language(edition.language).say("attached-facts")
    final = edition.brief.stamp.state is State.FINAL
    variant = Variant.ARCHIVE if final else Variant.PRODUCTION  # archives take CSV as it is
    return _Made(f"{_base(edition)}.facts.csv", title, variant, data)


def _change_note(parts: Parts, record: CaseRecord, workspace: Workspace) -> Iterator[_Made]:
    """The note on what changed since the version that is replaced; nothing where nothing did."""
    if parts.replaced is None:
        return
    edition = parts.edition.edition
    changes = changed_since(parts.replaced, parts.edition.items, workspace.facts)
    if changes.is_empty:
        return
    title = load_language(edition.language).say("attached-changes", number=str(record.version))
    made = written_change_note(
        changes, parts.edition.items[0], record, workspace, FORMATS[record.state]
    )
    for kind, data in made.items():
        yield _Made(f"{_base(edition)}.changes.{kind.value}", title, _VARIANTS[kind], data)


def _recorded(item: Stamped) -> dt.date | None:
    """The latest day on which a fact that the edition tells entered the store."""
    origins = (each.document.provenance for each in item.items)
    return max((origin.recorded for origin in origins if origin and origin.recorded), default=None)


def _replaced(entry: Issued | None) -> Replaced | None:
    return (
        Replaced(entry.version, entry.key, bundle_name(entry.edition, entry.version))
        if entry
        else None
    )


def _metadata(record: CaseRecord) -> dict[str, bytes]:
    """The record itself, and what is made from it."""
    page = filing_page(record, record.edition.language)
    files = {RECORD_FILE: record_json(record), FILING_FILE: page}
    if record.country is Country.NORWAY:
        files[FIKS_FILE] = fiks_arkiv.arkivmelding(record)
    if record.recipient:
        files[EFORMIDLING_FILE] = eformidling.arkivmelding(record)
    return files


def _own_problems(contents: Contents, edition: Edition, workspace: Workspace) -> Iterator[Problem]:
    """What is wrong with the bundle before anybody has it: its messages, and what it tells."""
    for name in (FIKS_FILE, EFORMIDLING_FILE):
        if data := contents.files.get(name):
            yield from message_problems(data, Path(name), contents.record, contents.files)
    yield from bundle_leaks(contents.files, edition, workspace)
