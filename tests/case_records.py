"""Case records for tests of what is made from them: small, whole, and with files that exist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from hashlib import sha256

from reports.casefile.record import (
    CaseDocument,
    CaseFile,
    CaseRecord,
    Correspondent,
    Decision,
    EditionMark,
    EntryKind,
    FileFormat,
    Organisation,
    Replaced,
    Responsible,
    Role,
    Variant,
    content_key,
)
from reports.cases.kle import Kle
from reports.cases.reference import CaseNumber, Country
from reports.cases.settings import FormatCodes, Screening
from reports.cases.stamp import State

DOCX = FileFormat(
    "fmt/412",
    "Microsoft Word for Windows",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "docx",
)
PDF = FileFormat("fmt/477", "Acrobat PDF/A - Portable Document Format", "application/pdf", "pdf")
CSV = FileFormat("x-fmt/18", "Comma Separated Values", "text/csv", "csv")
SCREENING = Screening("UO", "offl. § 14 første ledd")
RECIPIENT = Organisation("Statistisk sentralbyrå", "971526920")


def payload(files: Iterable[CaseFile]) -> Mapping[str, bytes]:
    """What each of these files holds: its own name."""
    return {file.file: file.file.encode() for file in files}


def case_file(name: str, shown: str, variant: Variant, kind: FileFormat) -> CaseFile:
    """A file that holds its own name."""
    data = name.encode()
    return CaseFile(name, shown, variant, kind, sha256(data).hexdigest(), len(data))


def case_record(
    state: State = State.FINAL,
    entry: EntryKind = EntryKind.JOURNALPOST,
    *,
    attachments: bool = True,
    redacted: bool = False,
) -> CaseRecord:
    """A record of a Norwegian brief on ferries, final unless it is asked for as a draft."""
    final = state is State.FINAL
    main = [case_file("council.nb.docx", "Ferjer på øyene.docx", Variant.PRODUCTION, DOCX)]
    if final:
        main.append(case_file("council.nb.pdf", "Ferjer på øyene.pdf", Variant.ARCHIVE, PDF))
    if redacted:
        shown = "Ferjer på øyene, skjermet.pdf"
        main.append(case_file("public.nb.redacted.pdf", shown, Variant.REDACTED, PDF))
    facts = case_file("council.nb.facts.csv", "Fakta.csv", Variant.PRODUCTION, CSV)
    documents = [CaseDocument(Role.MAIN, "Ferjer på øyene", "NOTAT", tuple(main))]
    if attachments:
        documents.append(CaseDocument(Role.ATTACHMENT, "Fakta med kilder", "", (facts,)))
    record = CaseRecord(
        organisation=Organisation("Havn kommune", "974760673"),
        system="Kildefast",
        country=Country.NORWAY,
        format_codes=FormatCodes.PRONOM,
        case=CaseNumber("2026/1234", 2026, 1234),
        entry=entry,
        title="Ferjer på øyene",
        public_title="",
        edition=EditionMark("ferries", "council", "nb", ""),
        version=1,
        state=state,
        date=date(2026, 11, 20),
        recorded=date(2026, 10, 2),
        made=datetime(2026, 11, 20, 14, 5, 30, tzinfo=timezone(timedelta(hours=1))),
        responsible=Responsible("Åse Øygard", "Samferdsel"),
        correspondents=(),
        recipient=None,
        screening=None,
        classification=None,
        decision=Decision("Kari Nordmann", date(2026, 11, 20)) if final else None,
        replaces=None,
        key="",
        documents=tuple(documents),
    )
    return replace(record, key=content_key(record.main.files))


def screened(record: CaseRecord) -> CaseRecord:
    """The record kept from the public, under a title that tells nothing."""
    return replace(record, screening=SCREENING, public_title="Ferjer på *****")


def sent(record: CaseRecord) -> CaseRecord:
    """The record on its way to another agency."""
    return replace(record, recipient=RECIPIENT)


def second_version(record: CaseRecord) -> CaseRecord:
    """The record as one that stands for an earlier version."""
    return replace(
        record, version=2, replaces=Replaced(1, f"kildefast:{'0' * 64}", "ferries.council.nb.v1")
    )


def danish_record() -> CaseRecord:
    """A record that a Danish municipality files, with its KLE number and facet."""
    record = case_record()
    main, facts = record.documents
    return replace(
        record,
        organisation=Organisation("Havn Kommune", "29189846"),
        country=Country.DENMARK,
        case=CaseNumber("13.05.00-G01-3-26"),
        title="Færger på øerne",
        public_title="Færger på *****",
        edition=EditionMark("ferries", "council", "da", ""),
        correspondents=(Correspondent("IM", "Byrådet", ""),),
        screening=Screening("fortrolig", "forvaltningsloven § 27"),
        classification=Kle("13.05.00", "G01"),
        documents=(replace(main, type="Notat"), replace(facts, type="Bilag")),
    )
