"""Records to messages for records systems: right by the official schemas and by our own checks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from case_records import (
    CSV,
    DOCX,
    PDF,
    case_record,
    payload,
    screened,
    second_version,
    sent,
)
from conftest import folder
from lxml import etree

from reports.casefile.messages import eformidling, fiks_arkiv
from reports.casefile.messages.fiks_arkiv import format_code
from reports.casefile.messages.noark_codes import CODES, WORDS
from reports.casefile.messages.semantics import message_problems
from reports.casefile.messages.semantics.dialects import EFORMIDLING, FIKS_ARKIV, Dialect
from reports.casefile.record import (
    CaseRecord,
    Correspondent,
    EntryKind,
    FileFormat,
    Organisation,
    Responsible,
)
from reports.cases.reference import CaseNumber, CaseReference, ExternalKey, SystemId
from reports.cases.settings import FormatCodes
from reports.cases.stamp import State
from reports.problems import ReportError

MESSAGES = Path(__file__).parent / "cases" / "messages"
FIKS_FILE, EFORMIDLING_FILE = Path("arkivmelding.xml"), Path("eformidling-arkivmelding.xml")
CASES = (
    CaseNumber("2026/1234", 2026, 1234),
    ExternalKey("Fagsystem", "4711"),
    SystemId("0f8fad5b-d9cb-469f-a165-70867728950e"),
)
XS = "{http://www.w3.org/2001/XMLSchema}"


@pytest.fixture(scope="session")
def schemas() -> dict[str, Path]:
    """The official schema of each dialect, by its title."""
    found = folder("KILDEFAST_SCHEMAS")
    name = "no.ks.fiks.arkiv.v1.arkivering.arkivmelding.opprett.xsd"
    return {
        FIKS_ARKIV.title: found / "fiks-arkiv-v1" / name,
        EFORMIDLING.title: found / "eformidling-arkivmelding" / "arkivmelding.xsd",
    }


@pytest.fixture(scope="session")
def fiks_schema(schemas: dict[str, Path]) -> etree.XMLSchema:
    return etree.XMLSchema(file=str(schemas[FIKS_ARKIV.title]))


@pytest.fixture(scope="session")
def eformidling_schema(schemas: dict[str, Path]) -> etree.XMLSchema:
    return etree.XMLSchema(file=str(schemas[EFORMIDLING.title]))


def _records(state: State, entry: EntryKind, case: CaseReference) -> Iterator[CaseRecord]:
    """Such a record with and without screening, recipient, attachments and an earlier version."""
    for restricted, elsewhere, attachments, later in product((False, True), repeat=4):
        record = replace(
            case_record(state, entry, attachments=attachments, redacted=restricted), case=case
        )
        record = screened(record) if restricted else record
        record = sent(record) if elsewhere else record
        yield second_version(record) if later else record


@pytest.mark.parametrize("case", CASES, ids=lambda case: type(case).__name__)
@pytest.mark.parametrize("entry", EntryKind)
@pytest.mark.parametrize("state", State)
def test_each_kind_of_record_gives_a_message_that_the_official_schema_and_our_checks_accept(
    state: State, entry: EntryKind, case: CaseReference, fiks_schema: etree.XMLSchema
) -> None:
    for record in _records(state, entry, case):
        message = fiks_arkiv.arkivmelding(record)

        assert not _schema_errors(fiks_schema, message)
        problems = message_problems(message, FIKS_FILE, record, payload(record.files))
        assert [problem.what for problem in problems] == list(_against(record))


def _against(record: CaseRecord) -> Iterator[str]:
    """What speaks against that kind of record, though the schema takes it."""
    if record.entry is EntryKind.ARKIVNOTAT and record.recipient:
        yield "an arkivnotat is no correspondence, and someone outside gets it"


@pytest.mark.parametrize("case", CASES, ids=lambda case: type(case).__name__)
@pytest.mark.parametrize("entry", EntryKind)
def test_each_kind_of_final_record_can_be_sent_to_another_agency(
    entry: EntryKind, case: CaseReference, eformidling_schema: etree.XMLSchema
) -> None:
    for record in _records(State.FINAL, entry, case):
        if record.recipient is None:
            continue

        message = eformidling.arkivmelding(record)

        assert not _schema_errors(eformidling_schema, message)
        assert message_problems(message, EFORMIDLING_FILE, record, payload(record.files)) == ()


def _schema_errors(schema: etree.XMLSchema, message: bytes) -> list[str]:
    return [] if schema.validate(etree.fromstring(message)) else [str(schema.error_log)]


def test_a_message_to_the_own_archive_says_all_that_the_record_holds() -> None:
    record = second_version(sent(screened(case_record(redacted=True))))

    assert fiks_arkiv.arkivmelding(record) == (MESSAGES / "fiks-arkiv.xml").read_bytes()


def test_a_message_to_another_agency_has_one_file_a_document_and_nothing_internal() -> None:
    record = replace(
        sent(screened(case_record(redacted=True))),
        correspondents=(
            Correspondent("IA", "Kommunedirektøren", ""),
            Correspondent("IM", "Kommunestyret", ""),
            Correspondent("EK", "Fylkeskommunen", ""),
        ),
    )

    assert eformidling.arkivmelding(record) == (MESSAGES / "eformidling.xml").read_bytes()


@pytest.mark.parametrize(
    ("case", "said"),
    [
        (CASES[0], {"saksnummer": "", "saksaar": "2026", "sakssekvensnummer": "1234"}),
        (CASES[1], {"referanseEksternNoekkel": "", "fagsystem": "Fagsystem", "noekkel": "4711"}),
        (CASES[2], {"systemID": "0f8fad5b-d9cb-469f-a165-70867728950e"}),
    ],
    ids=["number", "key", "id"],
)
def test_an_entry_names_its_case_by_what_the_record_has(
    case: CaseReference, said: dict[str, str]
) -> None:
    message = _tree(replace(case_record(), case=case))

    (reference,) = message.iterfind("{*}registrering/{*}referanseForelderMappe")
    assert {
        etree.QName(each).localname: (each.text or "").strip()
        for each in reference.iterdescendants()
    } == said


def test_the_same_record_gives_the_same_bytes() -> None:
    first, again = case_record(), case_record()

    assert fiks_arkiv.arkivmelding(first) == fiks_arkiv.arkivmelding(again)
    assert eformidling.arkivmelding(sent(first)) == eformidling.arkivmelding(sent(again))


def test_another_agency_gets_a_message_with_ids_of_its_own_in_the_same_case() -> None:
    other = replace(case_record(), recipient=Organisation("Digdir", "991825827"))
    ids = [
        re.findall("<(?:meldingId|systemID)>(.*)<", eformidling.arkivmelding(record).decode())
        for record in (sent(case_record()), other)
    ]

    message, case, *parts = zip(*ids, strict=True)

    assert case[0] == case[1]
    assert all(one != another for one, another in (message, *parts))


def test_a_draft_is_reserved_under_work_and_goes_as_production_file_alone() -> None:
    message = _tree(case_record(State.DRAFT, attachments=False))

    assert _codes(message, "journalstatus") == ["R"]
    assert _codes(message, "dokumentstatus") == ["B"]
    assert _codes(message, "variantformat") == ["P"]


def test_a_draft_is_not_sent_to_another_agency() -> None:
    with pytest.raises(ReportError) as error:
        eformidling.arkivmelding(sent(case_record(State.DRAFT)))

    (problem,) = error.value.problems
    assert problem.shown(Path()) == (
        "--to: a draft can't be sent to another agency\n"
        "  hint: finish it with --final --approved-by, or leave --to out"
    )


@pytest.mark.parametrize(
    ("correspondents", "kind"),
    [((), "X"), (("IM",), "X"), (("EM",), "U"), (("IM", "EK"), "U"), (("GM",), "U")],
)
def test_a_document_is_outgoing_when_someone_outside_gets_it(
    correspondents: tuple[str, ...], kind: str
) -> None:
    named = tuple(Correspondent(role, "Noen", "") for role in correspondents)

    message = _tree(replace(case_record(), correspondents=named))

    assert _codes(message, "journalposttype") == [kind]


def test_who_answers_for_a_document_stands_with_its_sender() -> None:
    named = (Correspondent("IM", "Kommunestyret", ""), Correspondent("IA", "Direktøren", ""))
    records = [
        case_record(),
        replace(case_record(), correspondents=named),
        replace(case_record(), responsible=Responsible("", "")),
    ]

    assert [_parties(record) for record in records] == [
        [["IA", "Åse Øygard", "Samferdsel", "Åse Øygard"]],
        [["IM", "Kommunestyret"], ["IA", "Direktøren", "Samferdsel", "Åse Øygard"]],
        [["IA", "Havn kommune"]],
    ]


def _parties(record: CaseRecord) -> list[list[str]]:
    """What each korrespondansepart says: code, name, unit and person."""
    said = ("{*}kode", "{*}korrespondansepartNavn", "{*}navn")
    return [
        [each.text or "" for each in party.iter(*said)]
        for party in _tree(record).iter("{*}korrespondansepart")
    ]


def test_a_receiver_named_twice_is_told_once() -> None:
    agency = Correspondent("EM", "SSB", "971526920")

    message = _tree(sent(replace(case_record(), correspondents=(agency,))))

    assert _codes(message, "korrespondanseparttype") == ["IA", "EM"]


def test_a_title_of_2000_characters_is_kept_whole() -> None:
    title = "Ferjer på øyene og i 🚢 sundet, " * 65

    message = _tree(replace(case_record(), title=title))

    assert message.findtext("{*}registrering/{*}tittel") == title.strip()


def test_what_xml_cannot_hold_is_left_out_and_a_text_stands_on_one_line() -> None:
    title = "Ferjer\x00 på\x0b \ud800øyene\n\tog\x9f <sundet> &\ufffe co"

    message = _tree(replace(case_record(), title=title))

    assert message.findtext("{*}registrering/{*}tittel") == "Ferjer på øyene og <sundet> & co"


@pytest.mark.parametrize(
    ("codes", "named"),
    [
        (FormatCodes.PRONOM, ["fmt/412", "fmt/477", "x-fmt/18", "txt"]),
        (FormatCodes.RA_PDF, ["docx", "RA-PDF", "csv", "txt"]),
        (FormatCodes.EXTENSION, ["docx", "pdf", "csv", "txt"]),
    ],
)
def test_a_format_is_called_what_the_records_system_calls_it(
    codes: FormatCodes, named: list[str]
) -> None:
    unknown = FileFormat("", "", "text/plain", "txt")

    assert [format_code(each, codes) for each in (DOCX, PDF, CSV, unknown)] == named


@pytest.mark.parametrize(
    ("given", "code"),
    [("NOTAT", "NOTAT"), ("notat", "NOTAT"), ("Ros-analyse", "ROS-ANALYSE"), ("Brev", "Brev")],
)
def test_a_document_type_is_given_by_code_or_word(given: str, code: str) -> None:
    record = case_record(attachments=False)
    documents = (replace(record.main, type=given),)

    message = _tree(replace(record, documents=documents))

    assert _codes(message, "dokumenttype") == [code]


def _tree(record: CaseRecord) -> etree._Element:
    return etree.fromstring(fiks_arkiv.arkivmelding(record))


def _codes(message: etree._Element, name: str) -> list[str | None]:
    return [each.findtext("{*}kode") for each in message.iter(f"{{*}}{name}")]


def test_our_codes_and_words_are_the_official_ones(schemas: dict[str, Path]) -> None:
    lists = schemas[FIKS_ARKIV.title].parent / "kodelister"
    catalogue = etree.parse(schemas[EFORMIDLING.title].parent / "metadatakatalog.xsd")

    for name, codes in CODES.items():
        (file,) = lists.glob(f"*.{name.lower()}/*.json")
        official = json.loads(file.read_bytes())["kodeliste"]
        assert codes == {each["kodeverdi"]: each["kodebeskrivelse"] for each in official}
    for name, words in WORDS.items():
        path = f"{XS}simpleType[@name='{name}']//{XS}enumeration"
        assert words == {each.get("value") for each in catalogue.iterfind(path)}


@pytest.mark.parametrize("dialect", [FIKS_ARKIV, EFORMIDLING], ids=lambda each: each.title)
def test_our_tables_have_the_order_of_the_official_schema_and_demand_no_less(
    dialect: Dialect, schemas: dict[str, Path]
) -> None:
    file = schemas[dialect.title]
    types = {
        each.get("name"): each
        for schema in (file, file.parent / "metadatakatalog.xsd")
        for each in etree.parse(schema).iter(f"{XS}complexType")
    }
    unknown = set[str]()

    for name, slots in dialect.slots.items():
        ours = {each: slot for slot in slots for each in slot.names}
        every = list(_elements(_type_of(name), types))
        official = [each for each in every if each.get("name") in ours]
        assert [each.get("name") for each in official] == list(ours), name
        for element in official:
            slot = ours[element.get("name") or ""]
            assert element.get("maxOccurs") == "unbounded" or not slot.many, (name, slot)
            assert element.get("minOccurs") == "0" or slot.required, (name, slot)
        unknown |= {f"{name}/{each.get('name')}" for each in every} - {
            f"{name}/{each}" for each in ours
        }
    assert unknown == UNUSED[dialect.title]


# What the schemas allow and a message on a brief in an existing case has no use for.
UNUSED = {
    FIKS_ARKIV.title: {"arkivmelding/mappe", "journalpost/arkivdel", "arkivnotat/arkivdel"},
    EFORMIDLING.title: {
        "arkivmelding/registrering",
        "saksmappe/mappe",
        "journalpost/dokumentobjekt",
    },
}


def _type_of(table: str) -> str:
    """The schema's name of the type that a table is about."""
    named = {"Kode": "kode", "referanseEksternNoekkel": "eksternNoekkel"}
    return named.get(table, table)


def _elements(
    name: str | None, types: dict[str | None, etree._Element]
) -> Iterator[etree._Element]:
    """The elements of a type in their order, those that it inherits first."""
    found = types[name]
    for extension in found.iter(f"{XS}extension"):
        yield from _elements((extension.get("base") or "").rpartition(":")[2], types)
    yield from found.iter(f"{XS}element")
