"""A record to Fiks Arkiv V1's `arkivmelding.opprett`: a new entry in a case that is there.

The entry stands alone and refers to its case; a message with a `mappe` would make a new one.
Only the records system journals: a final document is one that its case worker has finished (F),
a draft one that is reserved (R).  Screening stands on the entry and on each document, as not
every system lets it descend.  Texts are kept whole, however long.
"""

from __future__ import annotations

from lxml import etree

from reports.casefile.messages.noark_codes import CODES
from reports.casefile.messages.parts import (
    XSI,
    Party,
    child,
    is_outgoing,
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
    Decision,
    EntryKind,
    FileFormat,
    Replaced,
    Role,
)
from reports.cases.reference import CaseNumber, ExternalKey, SystemId
from reports.cases.settings import FormatCodes, Screening
from reports.cases.stamp import State

MESSAGE = "https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/arkivmelding/opprett/v1"
CATALOGUE = "https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/metadatakatalog/v1"
_PDF_A = frozenset(  # PDF/A-1a to 4f in PRONOM
    {"fmt/95", "fmt/354", *(f"fmt/{number}" for number in (*range(476, 482), 1910, 1911, 1912))}
)


def arkivmelding(record: CaseRecord) -> bytes:
    """The message as UTF-8; the same record gives the same bytes.

    Raises nothing: what a record can hold but V1 can't is dropped (control characters) or left
    to `semantics`, which finds it (a file of more than 2 GB, an empty title).
    """
    root = opened(MESSAGE, mk=CATALOGUE)
    _message(root, "system", record.system)
    _message(root, "antallFiler", str(len(record.files)))
    entry = _message(root, "registrering")
    entry.set(f"{{{XSI}}}type", record.entry.value)
    _add_registration(entry, record)
    if record.entry is EntryKind.JOURNALPOST:
        type_, status = journalpost_codes(record)
        _code(entry, "journalposttype", type_)
        _code(entry, "journalstatus", status)
    _message(entry, "dokumentetsDato", record.date.isoformat())
    _message(entry, "antallVedlegg", str(len(record.documents) - 1))
    return written(root)


def journalpost_codes(record: CaseRecord) -> tuple[str, str]:
    """The type and status of a journalpost: going out or internal, finished or reserved."""
    return (
        "U" if is_outgoing(record) else "X",
        "F" if record.state is State.FINAL else "R",
    )


def format_code(file: FileFormat, codes: FormatCodes) -> str:
    """What the message calls a file's format; the extension where a list has no name for it."""
    match codes:
        case FormatCodes.PRONOM:
            return file.pronom or file.extension
        case FormatCodes.RA_PDF:
            return "RA-PDF" if file.pronom in _PDF_A else file.extension
        case FormatCodes.EXTENSION:
            return file.extension


def _add_registration(entry: etree._Element, record: CaseRecord) -> None:
    """What a journalpost and an arkivnotat share, in the schema's order."""
    _message(entry, "opprettetDato", moment(record.made))
    _add_case(_message(entry, "referanseForelderMappe"), record)
    _add_screening(entry, record.screening)
    for number, document in enumerate(record.documents, 1):
        _add_document(_message(entry, "dokumentbeskrivelse"), record, number, document)
    _message(entry, "tittel", record.title)
    if plain(record.public_title):
        _message(entry, "offentligTittel", record.public_title)
    _add_decision(entry, record.decision)
    _add_replaced(entry, record, record.replaces)
    for party in parties(record):
        _add_party(_message(entry, "korrespondansepart"), party)
    _add_key(_message(entry, "referanseEksternNoekkel"), record.system, record.key)


def _add_case(reference: etree._Element, record: CaseRecord) -> None:
    match record.case:
        case CaseNumber(_, year, sequence):
            number = _catalogue(reference, "saksnummer")
            _catalogue(number, "saksaar", str(year))
            _catalogue(number, "sakssekvensnummer", str(sequence))
        case ExternalKey(system, key):
            _add_key(_catalogue(reference, "referanseEksternNoekkel"), system, key)
        case SystemId(id_):
            _catalogue(reference, "systemID", id_)


def _add_document(
    parent: etree._Element, record: CaseRecord, number: int, document: CaseDocument
) -> None:
    if document.type:
        _code(parent, "dokumenttype", _type_code(document.type))
    _code(parent, "dokumentstatus", "F" if record.state is State.FINAL else "B")
    _message(parent, "tittel", document.title)
    _code(parent, "tilknyttetRegistreringSom", "H" if document.role is Role.MAIN else "V")
    _message(parent, "dokumentnummer", str(number))
    _add_screening(parent, record.screening)
    for file in document.files:
        _add_file(_message(parent, "dokumentobjekt"), file, record.format_codes)


def _add_file(parent: etree._Element, file: CaseFile, codes: FormatCodes) -> None:
    _message(parent, "versjonsnummer", "1")  # of this document; a later brief is a new entry
    _code(parent, "variantformat", file.variant.value)
    _catalogue(_message(parent, "format"), "kode", format_code(file.format, codes))
    if plain(file.format.name):
        _message(parent, "formatDetaljer", file.format.name)
    _message(parent, "mimeType", file.format.mime)
    _message(parent, "filnavn", file.shown)
    _message(parent, "referanseDokumentfil", file.file)
    _message(parent, "sjekksum", file.sha256)
    _message(parent, "sjekksumAlgoritme", "SHA256")  # as Noark 5 spells it (M706)
    _message(parent, "filstoerrelse", str(file.size))


def _add_screening(parent: etree._Element, screening: Screening | None) -> None:
    if screening:
        inner = _message(parent, "skjerming")
        _catalogue(_message(inner, "tilgangsrestriksjon"), "kode", screening.code)
        _message(inner, "skjermingshjemmel", screening.ground)


def _add_decision(entry: etree._Element, decision: Decision | None) -> None:
    """Who approved the document: V1 has no field for it but a note for people."""
    if decision:
        note = _message(entry, "merknad")
        day = decision.day.strftime("%d.%m.%Y")
        _message(note, "merknadstekst", f"Godkjent av {decision.approved_by} {day}")


def _add_replaced(entry: etree._Element, record: CaseRecord, replaced: Replaced | None) -> None:
    if replaced:
        earlier = _message(_message(entry, "kryssreferanse"), "referanseTilRegistrering")
        _add_key(_catalogue(earlier, "referanseEksternNoekkel"), record.system, replaced.key)


def _add_party(parent: etree._Element, party: Party) -> None:
    _code(parent, "korrespondanseparttype", party.correspondent.role)
    _message(parent, "korrespondansepartNavn", party.correspondent.name)
    if party.correspondent.organisation_number:
        _message(parent, "organisasjonid", party.correspondent.organisation_number)
    if party.responsible and plain(party.responsible.unit):
        unit = _message(parent, "administrativEnhet")
        _catalogue(unit, "navn", party.responsible.unit)
    if party.responsible and plain(party.responsible.name):
        _catalogue(_message(parent, "saksbehandler"), "navn", party.responsible.name)


def _add_key(parent: etree._Element, system: str, key: str) -> None:
    _catalogue(parent, "fagsystem", system)
    _catalogue(parent, "noekkel", key)


def _code(parent: etree._Element, name: str, code: str) -> None:
    """A code with its words where the standard's list has them."""
    element = _message(parent, name)
    _catalogue(element, "kode", code)
    if words := CODES[name].get(code):
        _catalogue(element, "beskrivelse", words)


def _type_code(type_: str) -> str:
    """The code of a document type given by code or in words; another is a code of its own."""
    types = CODES["dokumenttype"]
    known = {words.casefold(): code for code, words in types.items()}
    return known.get(type_.casefold(), type_.upper() if type_.upper() in types else type_)


def _message(parent: etree._Element, name: str, text: str = "") -> etree._Element:
    return child(parent, MESSAGE, name, text)


def _catalogue(parent: etree._Element, name: str, text: str = "") -> etree._Element:
    return child(parent, CATALOGUE, name, text)
