"""The lists of formats that archives accept, and what Siegfried makes of files."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from workspaces import write

from reports.casefile.pronom import identify, identity
from reports.casefile.record import FileFormat
from reports.casefile.verify.documents import list_problems
from reports.casefile.verify.formats import FormatList, accepted_formats, own_formats
from reports.cases.reference import Country
from reports.problems import Place, ReportError

FILE = Place(Path("a.pdf"))
NORWAY = accepted_formats(Country.NORWAY)
OWN = """\
lists:
  ours:
    title: Arkivplan for Havneby
    date: 2030-01-01
    looked_up: 2031-04-01
    formats:
      fmt/477: {name: PDF/A-2b}
"""


def test_a_format_is_told_by_bytes_and_then_by_name() -> None:
    assert identify(b"%PDF-1.7\n%%EOF\n", "notat.pdf").pronom == "fmt/276"
    assert identify(b"a,b\r\n1,2\r\n", "fakta.csv") == FileFormat(
        "x-fmt/18", "Comma Separated Values", "text/csv", "csv"
    )
    assert identify(b"\x93\x01", "æøå.zzq") == FileFormat("", "", "", "zzq")
    assert identify(b"", "tom.pdf") == FileFormat("", "", "", "pdf")


def test_a_version_stands_in_the_name_once() -> None:
    names = [
        identify(b"%PDF-1.4\n%%EOF\n", "a.pdf").name,
        identify(b"<!DOCTYPE html><html></html>", "a.html").name,
    ]

    assert names == [
        "Acrobat PDF 1.4 - Portable Document Format 1.4".removesuffix(" 1.4"),
        "Hypertext Markup Language 5",
    ]


def test_a_name_that_says_another_format_leaves_a_reservation(tmp_path: Path) -> None:
    file = tmp_path / "notat.docx"
    file.write_bytes(b"%PDF-1.7\n%%EOF\n")

    found = identity(file)

    assert (found.format.pronom, found.remark) == ("fmt/276", "extension mismatch")
    assert re.fullmatch(r"DROID_SignatureFile_V[0-9]+\.xml", found.release)


def test_a_file_that_is_not_there_has_no_format(tmp_path: Path) -> None:
    with pytest.raises(ReportError) as caught:
        identity(tmp_path / "nothing.pdf")

    assert caught.value.problems[0].shown(tmp_path) == "nothing.pdf: there is no such file"


def problems(pronom: str, *beside: str, final: bool = True) -> list[str]:
    found = list_problems(pronom, FILE, beside, NORWAY, final=final)
    return [each.shown(Path()) for each in found]


def test_norway_accepts_pdf_a_and_text_but_no_plain_pdf() -> None:
    assert [problems(f"fmt/{number}") for number in (95, 354, 476, 477, 478)] == [[]] * 5
    assert [problems(pronom) for pronom in ("x-fmt/18", "x-fmt/111", "fmt/101")] == [[]] * 3
    assert problems("fmt/276") == [
        (
            "a.pdf: is fmt/276, which isn't on the list of accepted formats\n"
            "  hint: the list is Riksarkivarens forskrift (FOR-2017-12-19-2286), § 5-17, as of "
            "2022-03-01, looked up on 2026-11-22"
        )
    ]
    assert problems("")[0].startswith("a.pdf: is of no known format, which isn't on the list")


def test_pdf_a_3_is_accepted_on_application_alone() -> None:
    assert problems("fmt/480") == [
        "a.pdf: warning: is PDF/A-3b: accepted in special cases, on application"
    ]


def test_a_final_word_file_wants_a_pdf_a_beside_it_and_a_draft_does_not_yet() -> None:
    assert problems("fmt/412", "fmt/412", "fmt/476") == []
    assert problems("fmt/412", "fmt/412", final=False) == []
    assert problems("fmt/412", "fmt/412", "fmt/276") == [
        (
            "a.pdf: is Word (DOCX), and none of fmt/95, fmt/354, fmt/476, fmt/477, fmt/478 lies "
            "beside it"
        )
    ]


def test_the_danish_list_is_for_handing_over_and_judges_no_case() -> None:
    danish = accepted_formats(Country.DENMARK)

    assert not danish.judges
    assert set(danish.formats) == {"fmt/353", "x-fmt/392"}


@pytest.mark.parametrize("country", Country)
def test_each_list_says_when_and_where_from_and_what_is_not_certain(country: Country) -> None:
    listed = accepted_formats(country)

    assert listed.date <= listed.looked_up
    assert listed.sources
    assert listed.not_confirmed
    assert all(re.fullmatch(r"x?-?fmt/[0-9]+", each) for each in listed.formats)
    assert {id_ for each in listed.formats.values() for id_ in each.beside} <= set(listed.formats)


def test_an_organisation_gives_its_own_list(tmp_path: Path) -> None:
    write(tmp_path / "formats.yaml", OWN)

    found = own_formats(tmp_path / "formats.yaml")

    assert isinstance(found, FormatList)
    assert (found.date, found.judges, list(found.formats)) == (
        date(2030, 1, 1),
        True,
        ["fmt/477"],
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ["formats.yaml: there is no list of formats"]),
        (
            OWN.replace("    date: 2030-01-01\n", ""),
            ["formats.yaml:3:5: the list 'ours' has no 'date'"],
        ),
        (
            OWN.replace("2030-01-01", "soon").replace("title: Arkivplan for Havneby", "titel: x"),
            [
                "formats.yaml:3:5: the list 'ours' has no 'title'",
                "formats.yaml:4:5: 'date' of the list 'ours' is 'soon'",
                "formats.yaml:3:5: unknown key 'titel' in the list 'ours'",
            ],
        ),
        (
            OWN.replace("      fmt/477: {name: PDF/A-2b}\n", ""),
            ["formats.yaml:6:13: 'formats' of the list 'ours' must hold 'id: …' entries"],
        ),
        (
            OWN + "    judges: perhaps\n",
            ["formats.yaml:8:5: 'judges' of the list 'ours' is 'perhaps'"],
        ),
    ],
    ids=["empty", "no date", "wrong date and key", "no formats", "judges"],
)
def test_a_list_with_faults_is_refused_with_all_of_them(
    tmp_path: Path, text: str, told: list[str]
) -> None:
    write(tmp_path / "formats.yaml", text)

    with pytest.raises(ReportError) as caught:
        own_formats(tmp_path / "formats.yaml")

    shown = [each.shown(tmp_path).partition("\n")[0] for each in caught.value.problems]
    assert shown == told
