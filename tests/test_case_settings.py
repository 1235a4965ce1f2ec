"""What a workspace and a brief say of case files: read whole, each fault at its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from workspaces import BRIEF, make_workspace

from reports.briefs import load_workspace
from reports.cases.kle import Kle
from reports.cases.reference import (
    CaseNumber,
    Country,
    ExternalKey,
    SystemId,
    parse_case_number,
    parse_external_key,
    parse_system_id,
)
from reports.cases.settings import Archive, CaseSettings, FormatCodes, Screening
from reports.problems import ReportError

BRIEF_FILE = "templates/channels/brief.yaml"
SETTINGS = "templates/workspace.yaml"

ARCHIVE = """\
organisation: Havneby kommune
archive:
  country: denmark
  organisation_number: 62 76 11 13
  system: Skriveværkstedet
  unit: Byens kontor
  format_codes: extension
  accepted_formats: formats.yaml
"""
CASE = """\
case:
  number: 85.11.05-G01-3-26
  editions: [public.en, public.nb]
  public_title: {nb: Om nettet, en: On the web}
  responsible: Ida Holm
  document_type: Redegørelse
  screening: {code: Fortroligt, ground: offentlighedslovens § 23}
  kle: {number: 85.11.05, facet: G01}
"""


def test_settings_of_archive_and_case_are_read_whole(tmp_path: Path) -> None:
    root = make_workspace(tmp_path, {SETTINGS: ARCHIVE, BRIEF_FILE: BRIEF + CASE})

    workspace = load_workspace(root)

    assert workspace.archive == Archive(
        country=Country.DENMARK,
        organisation_number="62761113",
        system="Skriveværkstedet",
        unit="Byens kontor",
        format_codes=FormatCodes.EXTENSION,
        accepted_formats="formats.yaml",
    )
    assert workspace.briefs["channels"].case == CaseSettings(
        number="85.11.05-G01-3-26",
        editions=("public.en", "public.nb"),
        public_title={"nb": "Om nettet", "en": "On the web"},
        responsible="Ida Holm",
        document_type="Redegørelse",
        screening=Screening("Fortroligt", "offentlighedslovens § 23"),
        classification=Kle("85.11.05", "G01"),
    )


def test_a_case_may_be_its_number_alone(tmp_path: Path) -> None:
    root = make_workspace(tmp_path, {BRIEF_FILE: f"{BRIEF}case: 2026/1234\n"})

    workspace = load_workspace(root)

    assert workspace.briefs["channels"].case == CaseSettings(number="2026/1234")
    assert workspace.archive == Archive()


FAULTS = {
    "a number that is none": (
        {BRIEF_FILE: f"{BRIEF}case: 2026-1234\n"},
        (
            "templates/channels/brief.yaml:7:7: the case number of brief 'channels' is '2026-1234'\n"
            "  hint: write year and sequence number, as in 2026/1234"
        ),
    ),
    "a list for a number": (
        {BRIEF_FILE: f"{BRIEF}case: {{number: [1]}}\n"},
        (
            "templates/channels/brief.yaml:7:16: the case number of brief 'channels' must be a text\n"
            "  hint: as in 2026/1234"
        ),
    ),
    "an edition that is none": (
        {BRIEF_FILE: f"{BRIEF}case: {{editions: [public.nn]}}\n"},
        (
            "templates/channels/brief.yaml:7:1: unknown edition 'public.nn' in the case\n"
            "  hint: did you mean 'public.nb'?"
        ),
    ),
    "a ground without its code": (
        {BRIEF_FILE: f"{BRIEF}case: {{screening: {{ground: offl. § 14}}}}\n"},
        (
            "templates/channels/brief.yaml:7:19: the screening of the case of brief 'channels' has no"
            " 'code'\n  hint: add 'code: …'"
        ),
    ),
    "a KLE number out of form": (
        {BRIEF_FILE: f"{BRIEF}case: {{kle: {{number: 85.11, facet: G1}}}}\n"},
        (
            "templates/channels/brief.yaml:7:13: '85.11' and 'G1' are no KLE number and facet\n"
            "  hint: write the KLE number as three times two digits, as in 85.11.05; write the KLE"
            " facet as a capital letter and two digits, as in G01"
        ),
    ),
    "an organisation number with a wrong check digit": (
        {SETTINGS: "organisation: Havneby\narchive: {organisation_number: 974760674}\n"},
        (
            "templates/workspace.yaml:2:11: 'organisation_number' of the archive settings is"
            " '974760674'\n"
            "  hint: the last digit of an organisation number follows from the others"
        ),
    ),
    "a country that is none": (
        {SETTINGS: "organisation: Havneby\narchive: {country: sweden}\n"},
        (
            "templates/workspace.yaml:2:11: 'country' of the archive settings is 'sweden'\n"
            "  hint: one of: norway, denmark"
        ),
    ),
}


@pytest.mark.parametrize(("files", "shown"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_in_the_settings_is_told_at_its_line(
    tmp_path: Path, files: dict[str, str], shown: str
) -> None:
    root = make_workspace(tmp_path, files)

    with pytest.raises(ReportError) as raised:
        load_workspace(root)

    assert [problem.shown(root) for problem in raised.value.problems] == [shown]


@pytest.mark.parametrize(
    ("text", "country", "found"),
    [
        ("2026/1234", Country.NORWAY, CaseNumber("2026/1234", 2026, 1234)),
        ("1999/1", Country.NORWAY, CaseNumber("1999/1", 1999, 1)),
        ("26/1234", Country.DENMARK, CaseNumber("26/1234")),
        ("85.11.05-G01-3-26", Country.DENMARK, CaseNumber("85.11.05-G01-3-26")),
        ("S2026-00012", Country.DENMARK, CaseNumber("S2026-00012")),
    ],
)
def test_case_numbers_are_read_as_their_country_writes_them(
    text: str, country: Country, found: CaseNumber
) -> None:
    assert parse_case_number(text, country) == found


@pytest.mark.parametrize(
    ("text", "country"),
    [
        *((text, Country.NORWAY) for text in ("", "2026", "2026/", "2026/0", "2026/01", "26/1234")),
        *(
            (text, Country.NORWAY)
            for text in ("2026/1234 ", "2026/1234\n", "../2026/1", "２０２６/1")
        ),
        *(
            (text, Country.NORWAY)
            for text in ("2026/12345678", "1826/1", "2026/1234\x00", "/etc/p")
        ),
        *(
            (text, Country.DENMARK)
            for text in ("", "sag", "26/", "../26", "26 1234", "26\n1", "6" * 41)
        ),
    ],
)
def test_what_is_no_case_number_is_refused(text: str, country: Country) -> None:
    with pytest.raises(
        ValueError, match=r"^write (year and sequence number|the sagsnummer), as in"
    ):
        parse_case_number(text, country)


def test_keys_and_ids_of_cases_are_read() -> None:
    id_ = "0F8FAD5B-d9cb-469f-a165-70867728950e"

    assert parse_external_key("Fagsystem X=sak 47/11") == ExternalKey("Fagsystem X", "sak 47/11")
    assert parse_system_id(id_) == SystemId(id_.lower())


@pytest.mark.parametrize("text", ["", "=", "a=", "=b", "a=b=c", " a=b", "a=b\n", "a\x00=b", "ab"])
def test_what_is_no_external_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^write SYSTEM=KEY, as in Fagsystem=4711$"):
        parse_external_key(text)


@pytest.mark.parametrize("text", ["", "4711", "0f8fad5b-d9cb-469f-a165-70867728950e "])
def test_what_is_no_uuid_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^write a UUID, as in 0f8fad5b-"):
        parse_system_id(text)
