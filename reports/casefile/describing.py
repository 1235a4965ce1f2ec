"""What is said of a bundle: from its edition, its files and what was asked, to the record."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence

from reports.briefs import Edition, Workspace
from reports.casefile.names import shown_name
from reports.casefile.pronom import identify
from reports.casefile.record import (
    CaseDocument,
    CaseFile,
    CaseRecord,
    Correspondent,
    Decision,
    EditionMark,
    Organisation,
    Replaced,
    Responsible,
    Role,
    Variant,
    content_key,
)
from reports.casefile.request import Request
from reports.cases.reference import Country
from reports.cases.stamp import State
from reports.document import Layout

# What kind of document each layout is: codes of Fiks Arkiv's list in Norway, words in Denmark.
_TYPES = {
    Country.NORWAY: {Layout.MEMO: "NOTAT", Layout.REPORT: "RAPPORT", Layout.PLAIN: "DOKUMENT"},
    Country.DENMARK: {Layout.MEMO: "Notat", Layout.REPORT: "Rapport", Layout.PLAIN: "Dokument"},
}

_ATTACHED = {Country.NORWAY: "VEDLEGG", Country.DENMARK: "Bilag"}


def edition_mark(edition: Edition) -> EditionMark:
    """The edition as records name it."""
    brief, audience = edition.brief.id, edition.audience.id
    return EditionMark(brief, audience, edition.language, edition.subject)


def document_title(edition: Edition) -> str:
    """The title in the case: the brief's, which says what it is about, and whom it is for.

    The headline on a cover is for those who have it before them, and may change with each version.
    """
    return f"{edition.title} – {edition.audience.name[edition.language]}"


def public_title(edition: Edition, request: Request) -> str:
    """The title that anybody may see: the one given for that, or else the title itself."""
    own = (edition.brief.case.public_title or {}).get(edition.language, "")
    return request.public_title or edition.named(own) or document_title(edition)


def seen_title(edition: Edition, request: Request) -> str:
    """The title of the document within its entry, and of its files.

    A message has no public title beside it there, so that of a screened document is the public one.
    """
    return public_title(edition, request) if request.screening else document_title(edition)


def case_file(file: str, title: str, variant: Variant, data: bytes) -> CaseFile:
    """The description of a file of that name, which people know by its title."""
    format_ = identify(data, file)
    return CaseFile(
        file=file,
        shown=shown_name(title, file.rpartition(".")[2]),
        variant=variant,
        format=format_,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
    )


def main_document(
    edition: Edition, title: str, workspace: Workspace, files: Sequence[CaseFile]
) -> CaseDocument:
    """The main document in its variants."""
    known = _TYPES[workspace.archive.country][edition.audience.layout]
    type_ = edition.brief.case.document_type or known
    return CaseDocument(Role.MAIN, title, type_, tuple(files))


def attachment(title: str, workspace: Workspace, files: Sequence[CaseFile]) -> CaseDocument:
    """A document that goes with the main one."""
    return CaseDocument(Role.ATTACHMENT, title, _ATTACHED[workspace.archive.country], tuple(files))


def describe(
    edition: Edition,
    documents: tuple[CaseDocument, ...],
    recorded: dt.date | None,
    replaces: Replaced | None,
    request: Request,
    workspace: Workspace,
) -> CaseRecord:
    """The record of a bundle with these documents, the main one first.

    `edition` is stamped; `recorded` is the latest day on which one of its facts entered the
    store.
    """
    brief, code, archive = edition.brief, edition.language, workspace.archive
    case, main = brief.case, documents[0]
    return CaseRecord(
        organisation=Organisation(workspace.organisation[code], archive.organisation_number),
        system=archive.system,
        country=archive.country,
        format_codes=archive.format_codes,
        case=request.case,
        entry=request.entry,
        title=document_title(edition),
        public_title=public_title(edition, request),
        edition=edition_mark(edition),
        version=brief.stamp.version,
        state=brief.stamp.state,
        date=brief.date,
        recorded=recorded,
        made=request.made,
        responsible=Responsible(case.responsible or brief.sender[code], archive.unit),
        correspondents=_correspondents(edition, request),
        recipient=request.recipient,
        screening=request.screening,
        classification=case.classification,
        decision=_decision(edition, request),
        replaces=replaces,
        key=content_key(main.files),
        documents=documents,
    )


def _correspondents(edition: Edition, request: Request) -> tuple[Correspondent, ...]:
    """Who the cover says it is from and to; the agency that it is sent to stands for the latter."""
    code, recipient = edition.language, request.recipient
    sender = Correspondent("IA", edition.brief.sender[code], "")
    if recipient:
        return sender, Correspondent("EM", recipient.name, recipient.number)
    return sender, Correspondent("IM", edition.audience.to[code], "")


def _decision(edition: Edition, request: Request) -> Decision | None:
    stamp = edition.brief.stamp
    return Decision(stamp.approved_by, request.day) if stamp.state is State.FINAL else None
