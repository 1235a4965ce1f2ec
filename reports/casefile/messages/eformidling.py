"""A record to eFormidling's arkivmelding: a finished document, sent to another agency.

eFormidling wants a saksmappe with a journalpost in it (docs.digdir.no, "Arkivmelding"), though
the receiver files it in a case of its own.  Its schema also asks for much that only the sender's
records system knows; what stands there follows from the record and claims no more than it does:
the case is called by its number, is under treatment, and its dates are those of the message.
Each document goes once, in its archive format: the receiver gets no working copies.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from reports.casefile.messages.noark_codes import CODES
from reports.casefile.messages.parts import (
    XSI,
    Party,
    child,
    moment,
    opened,
    parties,
    plain,
    written,
)
from reports.casefile.record import (
    CaseDocument,
    CaseFile,
    CaseRecord,
    Role,
    Variant,
)
from reports.cases.reference import CaseNumber, SystemId
from reports.cases.stamp import State
from reports.problems import Place, Problem, ReportError

MESSAGE = "http://www.arkivverket.no/standarder/noark5/arkivmelding"
_SCREENED = ("Skjerming tittel registrering - utvalgte ord", "Skjerming tittel dokumentbeskrivelse")


def arkivmelding(record: CaseRecord) -> bytes:
    """The message as UTF-8; the same record gives the same bytes.

    Raises ReportError for a draft: none of eFormidling's states means one.
    """
    if record.state is State.DRAFT:
        what = "a draft can't be sent to another agency"
        hint = "finish it with --final --approved-by, or leave --to out"
        raise ReportError(Problem(Place(Path("--to")), what, hint))
    root = opened(MESSAGE)
    _add(root, "system", record.system)
    _add(root, "meldingId", _id(record, "melding"))
    _add(root, "tidspunkt", moment(record.made))
    _add(root, "antallFiler", str(len(record.documents)))
    _add_case(_typed(root, "mappe", "saksmappe"), record)
    return written(root)


def sent_file(document: CaseDocument) -> CaseFile:
    """The file that goes to the receiver: the archive format, else the first there is."""
    archived = [file for file in document.files if file.variant is Variant.ARCHIVE]
    return (archived or list(document.files))[0]


def _add_case(case: etree._Element, record: CaseRecord) -> None:
    """The sender's case, as far as the record knows it, with the entry in it."""
    _add(case, "systemID", _case_id(record))
    _add(case, "mappeID", record.case.shown)
    _add(case, "tittel", f"Sak {record.case.shown}")
    _add_creation(case, record)
    _add_entry(_typed(case, "basisregistrering", "journalpost"), record)
    if isinstance(record.case, CaseNumber) and record.case.year:
        _add(case, "saksaar", str(record.case.year))
        _add(case, "sakssekvensnummer", str(record.case.sequence))
    _add(case, "saksdato", record.date.isoformat())
    _add(case, "administrativEnhet", _unit(record))
    _add(case, "saksansvarlig", _person(record))
    _add(case, "saksstatus", "Under behandling")


def _add_entry(entry: etree._Element, record: CaseRecord) -> None:
    _add(entry, "systemID", _id(record, "journalpost"))
    _add_creation(entry, record)
    _add(entry, "arkivertDato", moment(record.made))
    _add(entry, "arkivertAv", _person(record))
    _add(entry, "referanseForelderMappe", _case_id(record))
    _add_screening(entry, record)
    for number, document in enumerate(record.documents, 1):
        _add_document(_add(entry, "dokumentbeskrivelse"), record, number, document)
    _add(entry, "tittel", record.title)
    # Notices and receivers without eFormidling of their own are shown this title.
    _add(entry, "offentligTittel", plain(record.public_title) or record.title)
    _add(entry, "journalposttype", CODES["journalposttype"]["U"])
    _add(entry, "journalstatus", "Ferdigstilt fra saksbehandler")
    _add(entry, "journaldato", record.date.isoformat())
    _add(entry, "dokumentetsDato", record.date.isoformat())
    _add(entry, "antallVedlegg", str(len(record.documents) - 1))
    for party in _parties(record):
        _add_party(_add(entry, "korrespondansepart"), record, party)


def _add_document(
    parent: etree._Element, record: CaseRecord, number: int, document: CaseDocument
) -> None:
    main = document.role is Role.MAIN
    _add(parent, "systemID", _id(record, f"dokument {number}"))
    _add(parent, "dokumenttype", _type_words(document))
    _add(parent, "dokumentstatus", CODES["dokumentstatus"]["F"])
    _add(parent, "tittel", document.title)
    _add_creation(parent, record)
    _add(parent, "tilknyttetRegistreringSom", "Hoveddokument" if main else "Vedlegg")
    _add(parent, "dokumentnummer", str(number))
    _add(parent, "tilknyttetDato", moment(record.made))
    _add(parent, "tilknyttetAv", _person(record))
    _add_screening(parent, record)
    _add_file(_add(parent, "dokumentobjekt"), record, sent_file(document))


def _add_file(parent: etree._Element, record: CaseRecord, file: CaseFile) -> None:
    _add(parent, "versjonsnummer", "1")
    _add(parent, "variantformat", CODES["variantformat"][file.variant.value])
    _add_creation(parent, record)
    _add(parent, "referanseDokumentfil", file.file)


def _add_screening(parent: etree._Element, record: CaseRecord) -> None:
    if record.screening:
        inner = _add(parent, "skjerming")
        _add(inner, "tilgangsrestriksjon", record.screening.code)
        _add(inner, "skjermingshjemmel", record.screening.ground)
        for metadata in _SCREENED:
            _add(inner, "skjermingMetadata", metadata)


def _add_creation(parent: etree._Element, record: CaseRecord) -> None:
    _add(parent, "opprettetDato", moment(record.made))
    _add(parent, "opprettetAv", _person(record))


def _type_words(document: CaseDocument) -> str:
    """What kind of document it is, in words; the schema demands some."""
    if document.type:
        return CODES["dokumenttype"].get(document.type.upper(), document.type)
    return "Dokument" if document.role is Role.MAIN else "Vedlegg"


def _parties(record: CaseRecord) -> Iterator[Party]:
    """Those that the receiver has to do with: the agency that sends, and who else gets it."""
    for party in parties(record):
        if party.responsible or party.correspondent.role.startswith(("E", "G")):
            yield party


def _add_party(parent: etree._Element, record: CaseRecord, party: Party) -> None:
    role = "EA" if party.responsible else party.correspondent.role
    name = record.organisation.name if party.responsible else party.correspondent.name
    _add(parent, "korrespondanseparttype", CODES["korrespondanseparttype"][role])
    _add(parent, "korrespondansepartNavn", name)
    if party.responsible:
        _add(parent, "administrativEnhet", _unit(record))
        _add(parent, "saksbehandler", _person(record))


def _person(record: CaseRecord) -> str:
    return record.responsible.name or _unit(record)


def _unit(record: CaseRecord) -> str:
    return record.responsible.unit or record.organisation.name


def _case_id(record: CaseRecord) -> str:
    """The case's own id, or one that every message on the same case derives alike."""
    if isinstance(record.case, SystemId):
        return record.case.id
    agency = record.organisation.number or record.organisation.name
    return str(uuid5(NAMESPACE_URL, f"{record.system}/{agency}/{record.case.shown}"))


def _id(record: CaseRecord, part: str) -> str:
    """The id of a part of the message: the same each time the same content is sent there."""
    agency = record.recipient.number if record.recipient else ""
    content = uuid5(NAMESPACE_URL, f"{record.key}/{agency}")
    return str(uuid5(content, part))


def _typed(parent: etree._Element, name: str, type_: str) -> etree._Element:
    element = _add(parent, name)
    element.set(f"{{{XSI}}}type", type_)
    return element


def _add(parent: etree._Element, name: str, text: str = "") -> etree._Element:
    return child(parent, MESSAGE, name, text)
