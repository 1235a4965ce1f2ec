"""`attach`, as its user types it: what it asks for, what it writes, and what it keeps."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from workspaces import BRIEF, STORE, Told, changed, contents, make_workspace, run

from reports.cli import main

BRIEF_FILE = "templates/channels/brief.yaml"
OLD = {
    "facts/havneby.yaml": STORE.replace("recorded: 2031", "recorded: 2021"),
    BRIEF_FILE: changed(BRIEF, "2031-04-10", "2021-04-10"),
}
FINAL = ("channels", "--case", "2026/1", "--audience", "public", "--final", "--approved-by", "X")

WRONG = {
    "no such brief": (
        ["chanels", "--case", "2026/1234"],
        "--brief: 'chanels' is unknown\n  hint: did you mean 'channels'?\n",
    ),
    "no case": (
        ["channels", "--audience", "public"],
        (
            "--case: brief 'channels' names no case\n"
            "  hint: add --case 2026/1234, or 'case: 2026/1234' to its brief.yaml\n"
        ),
    ),
    "a case number that is none": (
        ["channels", "--audience", "public", "--case", "../../etc"],
        (
            "--case: '../../etc' can't be used\n"
            "  hint: write year and sequence number, as in 2026/1234\n"
        ),
    ),
    "an empty case number": (
        ["channels", "--audience", "public", "--case", ""],
        "--case: '' can't be used\n  hint: write year and sequence number, as in 2026/1234\n",
    ),
    "a key that is none": (
        ["channels", "--audience", "public", "--case-key", "4711"],
        "--case-key: '4711' can't be used\n  hint: write SYSTEM=KEY, as in Fagsystem=4711\n",
    ),
    "a key that is no text": (
        ["channels", "--audience", "public", "--case-key", "Fagsystem=\udcff"],
        "--case-key: 'Fagsystem=\\udcff' can't be used\n  hint: write SYSTEM=KEY, as in Fagsystem=4711\n",
    ),
    "an id that is none": (
        ["channels", "--audience", "public", "--case-id", "4711\n"],
        (
            "--case-id: '4711\\n' can't be used\n"
            "  hint: write a UUID, as in 0f8fad5b-d9cb-469f-a165-70867728950e\n"
        ),
    ),
    "no edition named": (
        ["channels", "--case", "2026/1234"],
        (
            "--audience: brief 'channels' doesn't say what is attached\n"
            "  hint: add 'editions: [public.nb]' to 'case' in brief.yaml, or give --audience\n"
        ),
    ),
    "no such audience": (
        ["channels", "--case", "2026/1234", "--audience", "publik"],
        "--audience: 'publik' is unknown\n  hint: did you mean 'public'?\n",
    ),
    "no such language": (
        ["channels", "--case", "2026/1234", "--audience", "public", "--lang", "da"],
        "--lang: 'da' is unknown\n  hint: known: en, nb\n",
    ),
    "a subject of no series": (
        ["channels", "--case", "2026/1234", "--audience", "public", "--subject", "oslo"],
        "--subject: brief 'channels' is no series\n  hint: leave --subject out\n",
    ),
    "an approver of a draft": (
        ["channels", "--case", "2026/1234", "--audience", "public", "--approved-by", "Ida Holm"],
        "--approved-by: is for final documents only\n  hint: add --final, or leave it out\n",
    ),
    "an agency that gets a draft": (
        ["channels", "--case", "2026/1", "--audience", "public", "--to", "974760673"],
        "--to: is for final documents only\n  hint: add --final, or leave it out\n",
    ),
    "half a screening": (
        [
            "channels",
            "--case",
            "2026/1",
            "--audience",
            "public",
            "--screening-ground",
            "offl. § 14",
        ],
        (
            "--screening-code: a screening has a code and a legal ground\n"
            "  hint: add --screening-code\n"
        ),
    ),
    "a screening without a public title": (
        [*FINAL, "--screening-code", "UO", "--screening-ground", "offl. § 14"],
        (
            "--public-title: a screened document needs one\n"
            "  hint: give the title that the public may see, the same one if it gives nothing away\n"
        ),
    ),
    "an arkivnotat for an agency": (
        [*FINAL, "--as", "arkivnotat", "--to", "974760673", "--to-name", "X"],
        "--to: an arkivnotat stays in its case\n  hint: leave --as out\n",
    ),
    "a number that is no agency's": (
        [*FINAL, "--to", "1234", "--to-name", "X"],
        (
            "--to: '1234' can't be used\n"
            "  hint: an organisation number has nine digits, as in 974 760 673\n"
        ),
    ),
    "an agency without a name": (
        [*FINAL, "--to", "974760673"],
        "--to-name: an agency has a number and a name\n  hint: add --to-name\n",
    ),
}


@pytest.mark.parametrize(("words", "shown"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_command_is_told_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], shown: str
) -> None:
    root = make_workspace(tmp_path)
    before = contents(root)

    with pytest.raises(SystemExit) as raised:
        main(["attach", *words, "--workspace", str(root)])

    assert (raised.value.code, capsys.readouterr().err) == (2, shown)
    after = contents(root)
    assert {name: after[name] for name in after if not name.startswith(".cache/")} == before


# ---------------------------------------------------------------- what is packed

DRAFT = ("attach", "channels", "--case", "2026/1234", "--audience", "public", "--lang", "nb")
NAME = "channels.public.nb"
FILES = ("arkivmelding.xml", "case.json", "filing.html", "public.nb.docx", "public.nb.facts.csv")
TAGS = ("bag-info.txt", "bagit.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace whose facts and brief are of days gone by, as a final document's must be."""
    return make_workspace(tmp_path, OLD)


def bundle(root: Path, version: int = 1, name: str = NAME) -> Path:
    return root / f"out/cases/2026-1234/{name}.v{version}"


def record(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "data/case.json").read_text("utf-8"))


def attached(root: Path, capsys: pytest.CaptureFixture[str], *words: str) -> Told:
    """Attach, and say where as if its user stood in the workspace."""
    told = run(root, capsys, *words)
    return Told(told.code, told.out.replace(f"{root}/", ""), told.err.replace(f"{root}/", ""))


def test_a_draft_is_one_bundle_and_one_entry(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = attached(workspace, capsys, *DRAFT)

    assert told == Told(
        0,
        "channels/public.nb: version 1, draft, for case 2026/1234\n"
        f"  out/cases/2026-1234/{NAME}.v1\n",
        "1 new case bundle\n",
    )
    assert sorted(contents(workspace / "out")) == sorted(
        f"cases/2026-1234/{NAME}.v1/{name}" for name in (*TAGS, *(f"data/{file}" for file in FILES))
    )
    assert list(contents(workspace / "issued")) == [f"2026-1234/{NAME}.v1.json"]


def test_the_cover_prints_case_and_state_and_the_file_says_so(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    attached(workspace, capsys, *DRAFT)

    word = Document(str(bundle(workspace) / "data/public.nb.docx"))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert {"Utkast, versjon 1", "2026/1234"} <= {
        line for cell in cells for line in cell.split("\n")
    }
    assert word.core_properties.content_status == "UTKAST"
    assert word.core_properties.identifier == "Sak 2026/1234"


def test_attaching_again_without_a_change_keeps_the_bundle(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    attached(workspace, capsys, *DRAFT)
    before = contents(workspace)

    told = attached(workspace, capsys, *DRAFT)

    day = record(bundle(workspace))["made"][:10]
    assert told == Told(
        0,
        f"channels/public.nb: unchanged since version 1, draft, of {day}\n"
        f"  out/cases/2026-1234/{NAME}.v1\n",
        "0 new case bundles\n",
    )
    assert contents(workspace) == before


def test_a_bundle_that_was_lost_is_made_anew_as_it_was(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    attached(workspace, capsys, *DRAFT)
    before = contents(workspace / "out")
    shutil.rmtree(workspace / "out")

    attached(workspace, capsys, *DRAFT)

    assert contents(workspace / "out") == before


def test_a_bundle_that_a_stopped_run_left_unregistered_is_taken_into_the_register(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    attached(workspace, capsys, *DRAFT)
    before = contents(workspace / "out"), contents(workspace / "issued")
    shutil.rmtree(workspace / "issued")

    told = attached(workspace, capsys, *DRAFT)

    assert told.err == "1 new case bundle\n"
    assert (contents(workspace / "out"), contents(workspace / "issued")) == before


def test_another_bundle_of_that_name_is_left_alone(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    attached(workspace, capsys, *DRAFT)
    before = contents(workspace / "out")
    shutil.rmtree(workspace / "issued")

    told = attached(workspace, capsys, *DRAFT, "--as", "arkivnotat")

    assert (told.code, told.out) == (1, "")
    assert told.err.startswith(f"out/cases/2026-1234/{NAME}.v1: is there already")
    assert contents(workspace / "out") == before
    assert not (workspace / "issued").exists()


def test_a_changed_fact_makes_a_version_that_names_the_one_it_replaces(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    attached(workspace, capsys, *DRAFT)
    first = contents(bundle(workspace))
    store = workspace / "facts/havneby.yaml"
    store.write_text(changed(store.read_text("utf-8"), "value: 62", "value: 64"), "utf-8")

    told = attached(workspace, capsys, *DRAFT)

    assert told.out == (
        "channels/public.nb: version 2, draft, for case 2026/1234\n"
        f"  out/cases/2026-1234/{NAME}.v2\n"
    )
    assert contents(bundle(workspace)) == first
    second = record(bundle(workspace, 2))
    assert second["replaces"] == {
        "version": 1,
        "key": record(bundle(workspace))["key"],
        "bundle": f"{NAME}.v1",
    }
    assert [document["title"] for document in second["documents"]] == [
        "Søknader på nett – Innbyggere",
        "Fakta og kilder bak dokumentet",
        "Endringsnotat, versjon 2",
    ]
    assert sorted(contents(bundle(workspace, 2) / "data")) == sorted(
        [*FILES, "public.nb.changes.docx"]
    )
    note = Document(str(bundle(workspace, 2) / "data/public.nb.changes.docx"))
    row = note.tables[-1].rows[1]._tr
    assert [cell_text(cell) for cell in row.tc_lst][1:3] == [
        "ca.\xa062\u202f%",
        "ca.\xa064\u202f%[1]",
    ]


def cell_text(cell: Any) -> str:
    """The words of a cell, those in content controls too, which python-docx leaves out."""
    return "".join(cell.itertext(qn("w:t")))


def test_other_metadata_for_the_same_document_makes_a_version(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    attached(workspace, capsys, *DRAFT)

    attached(workspace, capsys, *DRAFT, "--as", "arkivnotat")

    assert (record(bundle(workspace, 2))["entry"], record(bundle(workspace))["entry"]) == (
        "arkivnotat",
        "journalpost",
    )


def test_other_metadata_makes_a_version_even_where_the_earlier_bundle_is_out_of_sight(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    attached(workspace, capsys, *DRAFT)
    elsewhere = workspace / "elsewhere"

    told = attached(workspace, capsys, *DRAFT, "--as", "arkivnotat", "--out", elsewhere.as_posix())

    assert told.out.startswith("channels/public.nb: version 2, draft, for case 2026/1234\n")
    assert [folder.name for folder in (elsewhere / "2026-1234").iterdir()] == [f"{NAME}.v2"]


def test_bundles_dont_go_into_the_register(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as raised:
        main([*DRAFT, "--out", str(workspace / "issued/x"), "--workspace", str(workspace)])

    assert (raised.value.code, capsys.readouterr().err) == (
        2,
        "--out: is in the register, the folder 'issued'\n  hint: choose another folder\n",
    )
    assert not (workspace / "issued").exists()


def test_words_that_nobody_can_see_are_refused(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    agency = ("--to", "974760673", "--to-name", "Etat\udcff", "--public-title", "a\u202eb")

    told = attached(workspace, capsys, *DRAFT, "--final", "--approved-by", "X", *agency)

    assert told.code == 1
    assert told.err == (
        "--public-title: the public title holds the unseen character U+202E\n"
        "  hint: type it anew\n"
        "--to-name: the agency's name holds the unseen character U+DCFF\n"
        "  hint: type it anew\n"
    )


def test_a_final_document_is_pdf_and_word_and_bears_the_day_it_was_finished(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    final = ("--final", "--approved-by", "Ida Holm", "--date", "2021-04-12")

    told = attached(workspace, capsys, *DRAFT, *final)

    assert told.out.startswith("channels/public.nb: version 1, final, for case 2026/1234\n")
    held = record(bundle(workspace))
    assert (held["state"], held["date"]) == ("final", "2021-04-12")
    assert held["decision"] == {"approved_by": "Ida Holm", "day": "2021-04-12"}
    assert [
        (file["file"], file["variant"], file["format"]["pronom"])
        for file in held["documents"][0]["files"]
    ] == [("public.nb.pdf", "A", "fmt/476"), ("public.nb.docx", "P", "fmt/412")]


def test_the_editions_that_the_brief_names_are_attached_or_none_of_them(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = workspace / BRIEF_FILE
    named = "case: {number: 2026/1234, editions: [public.en, public.nb]}\n"
    file.write_text(file.read_text("utf-8") + named, "utf-8")
    english = workspace / "templates/channels/public.en.md.j2"
    whole = english.read_text("utf-8")
    english.write_text(f"{whole}\nThen 7 more.\n", "utf-8")

    refused = attached(workspace, capsys, "attach", "channels")

    assert (refused.code, refused.out) == (1, "")
    assert refused.err == (
        "templates/channels/public.en.md.j2:5: the number '7' has no source\n"
        "  hint: print it with fact(…), or plain('…', 'why') if it is no fact\n"
    )
    assert not (workspace / "out").exists()
    assert not (workspace / "issued").exists()
    english.write_text(whole, "utf-8")

    told = attached(workspace, capsys, "attach", "channels", "--json")

    assert [(each["language"], each["version"], each["new"]) for each in json.loads(told.out)] == [
        ("en", 1, True),
        ("nb", 1, True),
    ]
    assert bundle(workspace, name="channels.public.en").is_dir()


def test_a_danish_bundle_speaks_danish_administration_and_has_no_norwegian_message(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = workspace / "templates/workspace.yaml"
    settings.write_text("organisation: Havneby\narchive: {country: denmark}\n", "utf-8")
    kle = "case: {number: 85.11.05-G01-3-26, kle: {number: 85.11.05, facet: G01}}\n"
    file = workspace / BRIEF_FILE
    file.write_text(file.read_text("utf-8") + kle, "utf-8")

    attached(workspace, capsys, "attach", "channels", "--audience", "public", "--lang", "nb")

    (folder,) = (workspace / "out/cases").glob("*/*")
    assert sorted(contents(folder / "data")) == [name for name in FILES if not name.endswith("xml")]
    held = record(folder)
    assert held["classification"] == {"number": "85.11.05", "facet": "G01"}
    assert held["case"]["written"] == "85.11.05-G01-3-26"
    assert [document["type"] for document in held["documents"]] == ["Notat", "Bilag"]


SCREENED = (
    *("--screening-code", "UO", "--screening-ground", "offl. § 14 første ledd"),
    *("--public-title", "Notat"),
)
FINISHED = ("--final", "--approved-by", "Ida Holm", "--date", "2021-04-12")


def kind_of(folder: Path) -> str:
    """What the document says that it is, at its head."""
    return Document(str(folder / "data/public.nb.docx")).core_properties.subject


def test_a_screened_document_says_so_and_is_not_published_by_leaving_words_out(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    attached(workspace, capsys, *DRAFT, *SCREENED)

    refused = attached(workspace, capsys, *DRAFT)

    head = "Kort og enkelt · Unntatt offentlighet, jf. offl. § 14 første ledd"
    assert kind_of(bundle(workspace)) == head
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.endswith(
        "--screening-code: 'channels/public.nb' was screened in version 1 (UO, offl. § 14 første"
        " ledd), and now isn't\n"
        "  hint: give the code and the ground again, or --unscreened if it may be public now\n"
    )
    attached(workspace, capsys, *DRAFT, "--unscreened")
    assert kind_of(bundle(workspace, 2)) == "Kort og enkelt"


def test_a_draft_replaces_no_final_document_and_the_next_final_one_does(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in ((), FINISHED, ()):
        attached(workspace, capsys, *DRAFT, *words)
    store = workspace / "facts/havneby.yaml"
    store.write_text(changed(store.read_text("utf-8"), "value: 62", "value: 64"), "utf-8")

    attached(workspace, capsys, *DRAFT, *FINISHED)

    replaced = [record(bundle(workspace, number))["replaces"] for number in (1, 2, 3, 4)]
    assert [each and each["version"] for each in replaced] == [None, 1, None, 2]
    files = sorted(contents(bundle(workspace, 4) / "data"))
    assert [name for name in files if "changes" in name] == [
        "public.nb.changes.docx",
        "public.nb.changes.pdf",
    ]


def test_a_version_that_tells_the_same_has_no_note_on_changes(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    attached(workspace, capsys, *DRAFT)

    attached(workspace, capsys, *DRAFT, *FINISHED)

    assert record(bundle(workspace, 2))["replaces"]["version"] == 1
    assert not list((bundle(workspace, 2) / "data").glob("*changes*"))


def test_paths_are_those_of_the_folder_that_its_user_stands_in(
    workspace: Path,
    tmp_path_factory: pytest.TempPathFactory,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stood_in = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.setenv("KILDEFAST_STOOD_IN", str(stood_in))

    told = attached(workspace, capsys, *DRAFT, "--out", "mine")

    shown = f"mine/2026-1234/{NAME}.v1"
    assert told.out.splitlines()[1] == f"  {shown}"
    assert (stood_in / shown / "bagit.txt").is_file()
    assert main(["verify", shown]) == 0
