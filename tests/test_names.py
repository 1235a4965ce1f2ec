"""Names for people's files and for the folders of cases."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reports.casefile.names import case_slug, shown_name
from reports.cases.reference import CaseNumber, CaseReference, ExternalKey, SystemId

UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"
RESERVED = ["CON", "PRN", "AUX", "NUL", "COM1", "com9", "LPT0", "COM¹", "CONIN$", "conout$"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Ferjer på øyene", "Ferjer på øyene"),
        ("Ærlig talt, år 2031 – ÆØÅ", "Ærlig talt, år 2031 – ÆØÅ"),
        ("Ferjer: hva nå?", "Ferjer - hva nå"),
        ("kl. 10:30", "kl. 10-30"),
        ("Danmark/Norge", "Danmark-Norge"),
        ('«Om» "to" <tre>', "«Om» to tre"),
        ("  to   ord \n i\tfire  ", "to ord i fire"),
        ("fast\u00a0rom", "fast rom"),
        # paths
        ("../../etc/passwd", "etc-passwd"),
        ("..\\..\\x", "x"),
        ("/etc/passwd", "etc-passwd"),
        ("C:\\Windows\\x", "C--Windows-x"),
        ("~/hjem", "hjem"),
        (".skjult", "skjult"),
        ("-rf", "rf"),
        ("Slutt. . .", "Slutt"),
        # nothing to show
        ("", "document"),
        (" . ", "document"),
        ("\u202e\x00\u200b", "document"),
        ("???", "document"),
        # what can't be seen
        ("fdp\u202egpj", "fdpgpj"),
        ("a\x00b\x1b[31mc\x7f\x85d", "ab[31mc d"),
        ("a\u200db\u200b\ufeff\u2066c", "abc"),
        ("a\ud800b\ufffe\ue000", "ab"),
        # emoji
        ("Båt 🛥️ og familie 👩‍👩‍👧 🇳🇴", "Båt 🛥️ og familie 👩‍👩‍👧 🇳🇴"),
        # spelling
        ("a\u030a og e\u0301", "å og é"),
        # long
        ("x" * 2000, "x" * 114),
        ("å" * 2000, "å" * 97),
        ("ord " * 500, ("ord " * 28).strip()),
        ("ord " * 28 + "x" * 100, ("ord " * 28).strip()),
        ("👩‍🚀" * 30, "👩‍🚀" * 17),
        ("🇳🇴" * 60, "🇳🇴" * 24),
        ("e" + "\u0323" * 200, "document"),
        ("x" * 57 + " " + "y" * 56 + " z", "x" * 57 + " " + "y" * 56),
        ("x" * 100 + " - " + "y" * 50, "x" * 100),
        ("abcd" + "🇳🇴" * 60, "abcd" + "🇳🇴" * 23),
        ("abcd" + "👍🏽" * 60, "abcd" + "👍🏽" * 23),
    ],
)
def test_a_title_becomes_a_name_that_every_system_takes(title: str, name: str) -> None:
    assert shown_name(title, "docx") == f"{name}.docx"


@pytest.mark.parametrize("title", [*RESERVED, "nul.fakta", "CON .x", "aux:"])
def test_a_word_that_windows_keeps_for_itself_gets_a_mark(title: str) -> None:
    assert shown_name(title, "pdf") == f"_{title.rstrip(':')}.pdf"


@pytest.mark.parametrize("title", ["CONTROL", "COM10", "nulla", "Aux Marquises"])
def test_a_word_that_only_begins_like_one_of_those_stays(title: str) -> None:
    assert shown_name(title, "pdf") == f"{title}.pdf"


@settings(max_examples=120, deadline=None)
@example(title="e" + "\u0301" * 300, extension="pdf")
@example(title="CON" + " " * 200 + "x", extension="pdf")
@given(
    title=st.text(max_size=300)
    | st.text("a /\\.:~-\u200d\u0301\U0001f1f3🛥\u202e\x00å", max_size=200),
    extension=st.sampled_from(["pdf", "docx", "csv"]),
)
def test_any_title_gives_a_name_that_can_be_written(
    tmp_path_factory: pytest.TempPathFactory, title: str, extension: str
) -> None:
    name = shown_name(title, extension)

    assert len(name) <= 120
    assert len(name.encode()) <= 200
    assert unicodedata.is_normalized("NFC", name)
    assert re.search(r'[<>:"/\\|?*\x00-\x1f\x7f]|^[. ~-]|[. ]$|\s\s|[^\S ]', name) is None
    assert not {"\u202e", "\u2066", "\u200b"} & set(name)
    assert name.endswith(f".{extension}")
    assert len(name) > len(extension) + 1
    file = tmp_path_factory.getbasetemp() / "names" / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"")
    assert file.name in {each.name for each in file.parent.iterdir()}
    file.unlink()


# Folders of cases


@pytest.mark.parametrize(
    ("case", "slug"),
    [
        (CaseNumber("2026/1234", 2026, 1234), "2026-1234"),
        (CaseNumber("26/1234"), "26-1234"),
        (CaseNumber("85.11.05-G01-3-26"), "85.11.05-G01-3-26"),
        (CaseNumber("2026-001234"), "2026-001234"),
        (CaseNumber("2026-1234"), "2026-1234_b42cb34f87"),
        (CaseNumber("2026/001234"), "2026-001234_a2a1448d26"),
        (CaseNumber("Å1/../x"), "1-x_7571c116b6"),
        (CaseNumber("NUL1"), "nul1_7c31418926"),
        (CaseNumber("2026/1234."), "2026-1234_8e60ae4a3e"),
        (ExternalKey("Byggesak", "47 11"), "byggesak-47-11_249160a464"),
        (ExternalKey("../..", "/"), "case_4f7f90858f"),
        (SystemId(UUID), UUID),
    ],
)
def test_a_case_gets_a_folder_of_its_own(case: CaseReference, slug: str) -> None:
    assert case_slug(case) == slug


NEAR = st.text("12/-. aA=_", min_size=1, max_size=6)
CASES = (
    NEAR.map(CaseNumber)
    | st.builds(ExternalKey, NEAR.filter(lambda text: "=" not in text), NEAR)
    | st.uuids().map(lambda found: SystemId(str(found)))
)


@settings(max_examples=200, deadline=None)
@example(one=CaseNumber("26/1"), other=CaseNumber("26-1"))
@example(one=CaseNumber("A"), other=CaseNumber("a"))
@example(one=CaseNumber("A 1"), other=ExternalKey("A", "1"))
@example(one=ExternalKey("A 1", "2"), other=ExternalKey("A", "1 2"))
@example(one=CaseNumber(UUID), other=SystemId(UUID))
@example(one=CaseNumber(UUID.upper()), other=SystemId(UUID))
@given(one=CASES, other=CASES)
def test_two_cases_never_share_a_folder_even_where_case_is_not_told_apart(
    one: CaseReference, other: CaseReference
) -> None:
    slugs = [case_slug(each) for each in (one, other)]

    assert (slugs[0].lower() == slugs[1].lower()) is (one == other)
    for slug in slugs:
        assert re.fullmatch(r"[0-9A-Za-z](?:[0-9A-Za-z._-]*[0-9A-Za-z])?", slug)
        assert len(slug) <= 60
        assert len(Path(slug).parts) == 1
