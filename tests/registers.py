"""Entries of a register for the tiny workspace, made as attaching makes them but without files."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from reports.briefs import load_workspace
from reports.build import resolve_all
from reports.casefile.changes import Changes, changed_since
from reports.casefile.record import (
    CaseDocument,
    CaseFile,
    CaseRecord,
    Decision,
    EditionMark,
    EntryKind,
    FileFormat,
    Organisation,
    Replaced,
    Responsible,
    Role,
    Variant,
)
from reports.casefile.register import Issued, issued_entry
from reports.cases.reference import CaseNumber, Country
from reports.cases.settings import FormatCodes
from reports.cases.stamp import State

WORD = FileFormat("fmt/412", "Microsoft Word for Windows", "application/vnd.ms-word", "docx")
KEY = f"kildefast:{sha256(b'the Word file').hexdigest()}"
FILES = {"public.en.docx": b"the Word file", "public.en.facts.csv": b"the facts"}


def issue(root: Path, language: str = "en", audience: str = "public", version: int = 1) -> Issued:
    """The entry of an edition as it is now, as that version of it."""
    workspace = load_workspace(root)
    (edition,) = (
        each
        for each in workspace.editions()
        if (each.language, each.audience.id) == (language, audience)
    )
    items, warnings = resolve_all([edition], workspace)
    mark = EditionMark("channels", audience, language, "")
    return issued_entry(record(mark, version), items, workspace, warnings)


def changes_since(earlier: Issued, root: Path) -> Changes:
    """What changed in the edition of an entry."""
    workspace = load_workspace(root)
    mark = earlier.edition
    editions = [
        each
        for each in workspace.editions()
        if (each.language, each.audience.id) == (mark.language, mark.audience)
    ]
    return changed_since(earlier, resolve_all(editions, workspace)[0], workspace.facts)


def record(mark: EditionMark, version: int) -> CaseRecord:
    """The record of a draft in case 2026/1234, packed so many hours after ten."""
    files = [
        CaseFile(name, name, Variant.PRODUCTION, WORD, sha256(data).hexdigest(), len(data))
        for name, data in FILES.items()
    ]
    documents = (
        CaseDocument(Role.MAIN, "Applications", "NOTAT", (files[0],)),
        CaseDocument(Role.ATTACHMENT, "Facts", "VEDLEGG", (files[1],)),
    )
    older = Replaced(version - 1, KEY, f"channels.public.en.v{version - 1}")
    return CaseRecord(
        organisation=Organisation("Havneby kommune", ""),
        system="Kildefast",
        country=Country.NORWAY,
        format_codes=FormatCodes.PRONOM,
        case=CaseNumber("2026/1234", 2026, 1234),
        entry=EntryKind.JOURNALPOST,
        title="Applications come in on the web – The public",
        public_title="Applications come in on the web – The public",
        edition=mark,
        version=version,
        state=State.DRAFT,
        date=dt.date(2031, 4, 10),
        recorded=dt.date(2031, 4, 2),
        made=dt.datetime(2031, 4, 11, 10 + version, tzinfo=dt.UTC),
        responsible=Responsible("Adviser", ""),
        correspondents=(),
        recipient=None,
        screening=None,
        classification=None,
        decision=None,
        replaces=older if version > 1 else None,
        key=KEY,
        documents=documents,
    )


def final(entry: Issued) -> Issued:
    """The same, as a final document."""
    decision = Decision("Kari Nordmann", dt.date(2031, 5, 2))
    return replace(entry, state=State.FINAL, date=decision.day, decision=decision)
