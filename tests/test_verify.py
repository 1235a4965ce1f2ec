"""`verify`: bundles and documents as they were written, and everything that isn't so any more."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from bundles import APPROVER, FINISHED, Bundles, copied, edited_record, repacked
from pikepdf import Name
from workspaces import contents, make_workspace, run, write

from reports.briefs import load_workspace
from reports.casefile.bag import Contents, bag_files
from reports.casefile.filing import filing_page
from reports.casefile.messages import fiks_arkiv
from reports.casefile.verify import Against, Outcome, Verdict, pdf_figures, verify
from reports.casefile.verify.bundle import record_of
from reports.casefile.verify.package import open_package
from reports.cli import main
from reports.problems import ReportError

NAME = "channels.public.nb.v1"
TITLE = "Søknader på nett – Innbyggere"


def judged(path: Path, **against: Any) -> Verdict:
    return verify(path, Against(**against))


def outcomes(verdict: Verdict) -> dict[str, str]:
    return {check.id: check.finding.outcome.value for check in verdict.checks}


def faults(verdict: Verdict) -> dict[str, list[str]]:
    """What is wrong by check, as a person reads it without hints."""
    return {
        check.id: [each.shown(verdict.root).partition("\n")[0] for each in check.finding.problems]
        for check in verdict.checks
        if check.finding.outcome is Outcome.FAILED
    }


def found(verdict: Verdict, id_: str) -> tuple[str, ...]:
    return next(check.finding.found for check in verdict.checks if check.id == id_)


@pytest.fixture
def draft(attached: Bundles, tmp_path: Path) -> Path:
    return copied(attached.draft, tmp_path)


@pytest.fixture
def final(attached: Bundles, tmp_path: Path) -> Path:
    return copied(attached.final, tmp_path)


# ---------------------------------------------------------------- as it was written


def test_a_final_bundle_passes_every_check_with_schemas_and_store(
    attached: Bundles, schemas: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = run(
        attached.workspace,
        capsys,
        "verify",
        str(attached.final),
        "--schemas",
        str(schemas),
        "--json",
    )

    record = json.loads(told.out)
    assert (told.code, record["verdict"], record["counts"]) == (
        0,
        "passed",
        {"passed": 19, "failed": 0, "not checked": 0},
    )
    assert record["subject"] == f"{NAME}: {TITLE}, case 2026/1235"
    said = {check["check"]: check["found"] for check in record["checks"]}
    assert said["state"] == [f"final, version 1, approved by {APPROVER} on {FINISHED}"]
    assert said["schema"] == [
        "arkivmelding.xml by no.ks.fiks.arkiv.v1.arkivering.arkivmelding.opprett.xsd",
        "eformidling-arkivmelding.xml by arkivmelding.xsd",
    ]
    assert said["format"][:-1] == [
        "public.nb.pdf: fmt/476, Acrobat PDF/A - Portable Document Format 2a",
        "public.nb.docx: fmt/412, Microsoft Word for Windows 2007 onwards",
        "public.nb.facts.csv: x-fmt/18, Comma Separated Values (match on extension only)",
    ]
    assert re.fullmatch(r"by PRONOM's DROID_SignatureFile_V[0-9]+\.xml", said["format"][-1])
    assert said["claim"] == [
        "public.nb.pdf claims PDF/A-2a and PDF/UA-1",
        "a claim is no proof: have a validator such as veraPDF check the file",
    ]
    assert said["figures"] == [
        "public.nb.pdf: 2 spots, of 1 fact",
        "public.nb.docx: 2 spots, of 1 fact",
    ]
    assert said["store"] == ["of 1 fact, 0 changed since"]


def test_a_draft_bundle_passes_and_what_was_not_checked_says_what_to_give(
    attached: Bundles, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("KILDEFAST_SCHEMAS", raising=False)
    code = main(["verify", str(attached.draft)])

    out = capsys.readouterr().out
    assert code == 0
    assert "not checked  messages by their XML schemas\n" in out
    assert (
        "                 give --schemas DIR, the folder with the receivers' XML schemas\n" in out
    )
    assert "not checked  claims of PDF/A and PDF/UA\n" in out
    assert "give --workspace DIR to see what its store says of these facts today\n" in out
    assert out.endswith("\nPASSED: 15 checks passed, 4 not made\n")


def test_schemas_may_be_named_by_the_environment(
    attached: Bundles, schemas: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setenv("KILDEFAST_SCHEMAS", str(schemas))
    assert main(["verify", str(attached.draft)]) == 0
    assert "arkivmelding.xml by no.ks.fiks.arkiv" in capsys.readouterr().out


def test_facts_that_changed_since_are_named_and_no_fault(
    attached: Bundles, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = tmp_path / "later"
    shutil.copytree(attached.workspace, workspace, ignore=shutil.ignore_patterns("out", ".cache"))
    store = workspace / "facts/havneby.yaml"
    text = (
        store.read_text("utf-8").replace("value: 62,", "value: 64,").replace("cirka 62", "cirka 64")
    )
    write(store, text)

    told = run(workspace, capsys, "verify", str(attached.final))

    assert told.code == 0
    words = " ".join(told.out.split())
    assert "of 1 fact, 1 changed since" in words
    assert (
        "warning: 'havneby.web-share' was printed as 'ca. 62 %', and would be 'ca. 64 %' today"
    ) in words


# ---------------------------------------------------------------- broken without a new manifest


def appended(bundle: Path) -> None:
    with (bundle / "data/public.nb.docx").open("ab") as file:
        file.write(b"\0")


def flipped(bundle: Path) -> None:
    file = bundle / "data/public.nb.facts.csv"
    data = bytearray(file.read_bytes())
    data[-3] ^= 1
    file.write_bytes(data)


def removed(bundle: Path) -> None:
    (bundle / "data/public.nb.facts.csv").unlink()


def added(bundle: Path) -> None:
    (bundle / "data/hemmelig.txt").write_text("hei", "utf-8")


def renamed(bundle: Path) -> None:
    (bundle / "data/public.nb.facts.csv").rename(bundle / "data/fakta.csv")


BREAKS: Mapping[str, tuple[Callable[[Path], None], set[str]]] = {
    "a byte more": (appended, {"bag", "files"}),
    "a bit changed": (flipped, {"bag", "files"}),
    "removed": (removed, {"bag", "files", "meaning", "figures"}),
    "added": (added, {"bag", "files"}),
    "renamed": (renamed, {"bag", "files", "meaning", "figures"}),
}


@pytest.mark.parametrize(("act", "failing"), BREAKS.values(), ids=BREAKS.keys())
def test_a_changed_bundle_fails_by_its_checksums(
    draft: Path, act: Callable[[Path], None], failing: set[str]
) -> None:
    act(draft)

    assert failing <= set(faults(judged(draft)))


@pytest.mark.parametrize(("act", "failing"), BREAKS.values(), ids=BREAKS.keys())
def test_a_changed_bundle_with_new_checksums_still_fails(
    draft: Path, act: Callable[[Path], None], failing: set[str]
) -> None:
    act(draft)
    repacked(draft)

    told = faults(judged(draft))

    assert "bag" not in told
    assert failing - {"bag"} <= set(told)


def test_a_file_swapped_between_two_bundles_is_found(attached: Bundles, draft: Path) -> None:
    shutil.copy(attached.final / "data/public.nb.docx", draft / "data/public.nb.docx")
    repacked(draft)

    told = faults(judged(draft))

    assert told["cover"] == [
        "data/public.nb.docx: says case 2026/1235; case.json says 2026/1234",
        "data/public.nb.docx: says state final; case.json says draft",
        "data/public.nb.docx: says date 2021-04-12; case.json says 2021-04-10",
        'data/public.nb.docx: doesn\'t print the date that case.json says: "10.\xa0april 2021"',
        'data/public.nb.docx: doesn\'t print the state that case.json says: "UTKAST"',
        (
            "data/public.nb.docx: doesn't print the approver that case.json says: \"Utkast, ikke "
            'kvalitetssikret"'
        ),
    ]
    assert set(told) == {"files", "cover", "meaning"}


# ---------------------------------------------------------------- forged with care


def titled(value: Any) -> None:
    value["title"] = "Noe annet"


def moved(value: Any) -> None:
    value["case"] = {**value["case"], "written": "2026/99", "sequence": 99}


def screened(value: Any) -> None:
    value["screening"] = {"code": "UO", "ground": "Offl. § 13"}


def freed(value: Any) -> None:
    value["version"] = 2


def finished(value: Any) -> None:
    value["state"] = "final"
    value["decision"] = {"approved_by": "Per Spelmann", "day": value["date"]}


def rekeyed(value: Any) -> None:
    value["key"] = f"kildefast:{'0' * 64}"


def reformatted(value: Any) -> None:
    value["documents"][0]["files"][0]["format"]["pronom"] = "fmt/40"


FORGERIES: Mapping[str, tuple[Callable[[Any], None], set[str]]] = {
    "title": (titled, {"bag-info", "message", "meaning", "page"}),
    "case": (moved, {"bag-info", "message", "meaning", "page", "cover"}),
    "screening": (screened, {"message", "meaning", "page"}),
    "version": (freed, {"bag-info", "page", "cover"}),
    "state": (finished, {"bag-info", "state", "message", "meaning", "page", "accepted", "cover"}),
    "key": (rekeyed, {"bag-info", "key", "message", "meaning", "page"}),
    "format": (reformatted, {"message", "meaning", "page", "format"}),
}


@pytest.mark.parametrize(("edit", "failing"), FORGERIES.values(), ids=FORGERIES.keys())
def test_an_edited_record_with_new_checksums_no_longer_fits_what_was_made_from_it(
    draft: Path, edit: Callable[[Any], None], failing: set[str]
) -> None:
    edited_record(draft, edit)

    assert set(faults(judged(draft))) == failing


def test_a_downgraded_status_is_seen_on_the_documents(final: Path) -> None:
    def downgrade(value: Any) -> None:
        value["state"] = "draft"
        value["decision"] = None

    edited_record(final, downgrade)

    told = faults(judged(final))

    facts = "Fakta og kilder bak dokumentet"
    assert told["state"] == [
        f'data/case.json: says draft, and has an archive variant (A) of "{TITLE}"',
        f'data/case.json: has no production variant (P) of "{facts}"',
        f'data/case.json: says draft, and has an archive variant (A) of "{facts}"',
    ]
    assert told["cover"][0] == "data/public.nb.pdf: says state final; case.json says draft"


def test_an_edited_message_is_told_by_its_line(draft: Path) -> None:
    file = draft / "data/arkivmelding.xml"
    text = file.read_text("utf-8")
    line = 1 + text[: text.index(f"<tittel>{TITLE}")].count("\n")
    file.write_text(text.replace(f"<tittel>{TITLE}", "<tittel>Tom", 1), "utf-8")
    repacked(draft)

    told = faults(judged(draft))

    assert told["message"] == [
        (
            f"data/arkivmelding.xml:{line}: says '<tittel>Tom</tittel>'; case.json makes it "
            f"'<tittel>{TITLE}</tittel>'"
        )
    ]


def test_a_changed_figure_in_the_word_file_is_found_though_all_hashes_are_new(draft: Path) -> None:
    file = draft / "data/public.nb.docx"
    rewritten(file, "word/document.xml", lambda data: data.replace(b"62", b"26"))
    refreshed(draft)

    told = faults(judged(draft))

    assert "bag" not in told
    assert "files" not in told
    assert any("26" in each and "havneby.web-share" in each for each in told["figures"])


def test_a_figure_that_is_hidden_in_the_word_file_is_not_printed(draft: Path) -> None:
    file = draft / "data/public.nb.docx"
    figure, hidden = "<w:r><w:t", "<w:r><w:rPr><w:vanish/></w:rPr><w:t"
    rewritten(
        file,
        "word/document.xml",
        lambda data: data.replace(
            f"<w:sdtContent>{figure}".encode(), f"<w:sdtContent>{hidden}".encode(), 1
        ),
    )

    told = faults(judged(file))["figures"]

    written = "ca.\u00a062\u202f%"
    assert [each.partition("prints ")[2] for each in told] == [
        f"nothing for havneby.web-share, where it was '{written}'"
    ]


ADDED_TO_THE_PAGE = {
    "a script": (
        "<script>document.body.textContent = ''</script>",
        "data/filing.html: holds a script, and none is ever put there",
    ),
    "a sheet that hides": (
        "<style>main {display: none}</style>",
        (
            "data/filing.html: says otherwise than case.json makes it: the words are the same, the"
            " page isn't"
        ),
    ),
}


@pytest.mark.parametrize(
    ("addition", "told"), ADDED_TO_THE_PAGE.values(), ids=ADDED_TO_THE_PAGE.keys()
)
def test_a_page_to_file_by_is_as_it_was_made_to_the_byte(
    draft: Path, addition: str, told: str
) -> None:
    file = draft / "data/filing.html"
    text = file.read_text("utf-8")
    file.write_text(text.replace("</main>", f"</main>{addition}"), "utf-8")
    repacked(draft)

    assert faults(judged(draft)) == {"page": [told]}


def test_the_state_on_the_cover_goes_with_the_one_at_the_head(final: Path) -> None:
    file = final / "data/public.nb.docx"
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    body = parts["word/document.xml"].decode()
    assert body.count("Endelig, versjon 1") == 1
    parts["word/document.xml"] = body.replace("Endelig, versjon 1", "Utkast, versjon 1").encode()
    with zipfile.ZipFile(file, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)

    assert "data/public.nb.docx: says version nothing; case.json says 1" in [
        line for lines in faults(judged(final)).values() for line in lines
    ]


def test_a_page_to_file_by_with_another_checksum_is_found(draft: Path) -> None:
    file = draft / "data/filing.html"
    digest = json.loads((draft / "data/case.json").read_text("utf-8"))["documents"][0]["files"][0]
    text = file.read_text("utf-8")
    start = digest["sha256"][:16]
    assert start in text
    file.write_text(text.replace(start, "0" * 16), "utf-8")
    repacked(draft)

    assert faults(judged(draft)) == {
        "page": [
            (
                f"data/filing.html: doesn't name what case.json has for public.nb.docx: "
                f"{digest['sha256'][:12]}…"
            )
        ]
    }


# ---------------------------------------------------------------- of another version or country


def test_what_another_version_of_the_program_made_may_read_otherwise(draft: Path) -> None:
    info, page = draft / "bag-info.txt", draft / "data/filing.html"
    text = info.read_text("utf-8")
    info.write_text(re.sub("(Bag-Software-Agent: Kildefast).*", r"\1 99.0", text), "utf-8")
    page.write_text(page.read_text("utf-8").replace("</h1>", " i dag</h1>", 1), "utf-8")
    message = draft / "data/arkivmelding.xml"
    message.write_bytes(message.read_bytes().replace(b"\n  <", b"\n <"))
    repacked(draft)

    told = judged(draft)

    assert not told.failed
    warned = {check.id: check.finding.problems for check in told.checks if check.finding.problems}
    assert set(warned) == {"message", "page"}
    assert {each.hint for problems in warned.values() for each in problems} == {
        "another version of kildefast made it; other checks tell whether they agree"
    }


def test_a_danish_bundle_has_no_messages_and_no_list_of_formats(tmp_path: Path) -> None:
    settings = "organisation: Havneby kommune\narchive: {country: denmark}\n"
    workspace = make_workspace(tmp_path, {"templates/workspace.yaml": settings})
    words = ("--audience", "public", "--lang", "en", "--case-key", "Fag=47 11")
    assert main(["attach", "channels", *words, "--workspace", str(workspace)]) == 0

    told = judged(next((workspace / "out/cases").glob("*/*")))

    assert not told.failed
    assert {id_ for id_, outcome in outcomes(told).items() if outcome == "not checked"} == {
        *("message", "meaning", "schema", "accepted", "claim", "register", "store"),
    }
    assert found(told, "message") == ("none is made in Denmark",)
    assert found(told, "accepted")[0].startswith(
        "no list is known of what a case may hold: Bekendtgørelse nr. 128 af 12. februar 2020"
    )


# ---------------------------------------------------------------- the register of its workspace


@pytest.mark.parametrize(
    ("key", "value", "start"),
    [
        ("made", "2026-01-02T03:04:05+00:00", "says moment of packing 2026-01-02 03:04:05+00:00;"),
        ("public_title", "Noe annet", "says of the documents what the register doesn't"),
    ],
)
def test_a_bundle_forged_in_every_part_is_not_the_one_in_the_register(
    attached: Bundles, draft: Path, key: str, value: str, start: str
) -> None:
    """As whoever has this program could make one: all that lies in it fits together."""

    def forged(held: Any) -> None:
        held[key] = value

    edited_record(draft, forged)
    record = record_of(draft)
    (draft / "data/arkivmelding.xml").write_bytes(fiks_arkiv.arkivmelding(record))
    (draft / "data/filing.html").write_bytes(filing_page(record, "nb"))
    for name, data in bag_files(Contents(record, contents(draft / "data"))).items():
        (draft / name).write_bytes(data)
    workspace = load_workspace(attached.workspace)

    assert not judged(draft).failed
    told = faults(judged(draft, workspace=workspace))
    assert list(told) == ["register"]
    assert len(told["register"]) == 1
    assert told["register"][0].startswith(f"data/case.json: {start}")


def test_a_version_that_nobody_issued_is_not_in_the_register(
    attached: Bundles, draft: Path
) -> None:
    edited_record(draft, freed)

    told = faults(judged(draft, workspace=load_workspace(attached.workspace)))

    assert told["register"] == [
        "data/case.json: is version 2, which the register doesn't have in this case"
    ]


def test_a_workspace_without_a_register_leaves_it_unchecked(
    attached: Bundles, tmp_path: Path
) -> None:
    workspace = load_workspace(make_workspace(tmp_path))

    told = judged(attached.draft, workspace=workspace)

    assert found(told, "register") == (f"the workspace has no register: {tmp_path / 'issued'}",)
    assert outcomes(told)["register"] == "not checked"


# ---------------------------------------------------------------- documents by themselves


def test_a_document_alone_tells_what_it_is_and_is_held_against_the_facts_given(
    attached: Bundles, tmp_path: Path
) -> None:
    file = tmp_path / "notat.pdf"
    shutil.copy(attached.final / "data/public.nb.pdf", file)
    facts = attached.final / "data/public.nb.facts.csv"

    told = judged(file, facts=facts, workspace=load_workspace(attached.workspace))

    assert set(outcomes(told).values()) == {"passed"}
    assert found(told, "marks") == (
        "title: Søknadene kommer på nett",
        "publisher: Havneby kommune",
        "case: 2026/1235",
        "state: final",
        "version: 1",
        "date: 2021-04-12",
        "language: nb",
    )
    assert found(told, "figures") == ("notat.pdf: 2 spots, of 1 fact, by public.nb.facts.csv",)
    assert found(told, "store") == ("of 1 fact, 0 changed since",)


def test_a_document_alone_says_what_it_lacks_to_be_checked(
    attached: Bundles, tmp_path: Path
) -> None:
    file = tmp_path / "notat.docx"
    shutil.copy(attached.draft / "data/public.nb.docx", file)

    told = judged(file)

    assert outcomes(told) == {
        "format": "passed",
        "accepted": "not checked",
        "package": "passed",
        "marks": "passed",
        "figures": "passed",
        "store": "not checked",
    }
    assert found(told, "marks")[-1] == "edition: channels.public.nb"
    assert found(told, "accepted") == (
        "give --workspace, which has a country, or --formats FILE with a list",
    )
    assert found(told, "figures") == (
        (
            "notat.docx: 2 spots, of 1 fact, by what the file says was written; give --facts FILE "
            "to compare with the facts"
        ),
    )


def test_a_pdf_alone_has_nothing_to_hold_its_figures_against(
    attached: Bundles, tmp_path: Path
) -> None:
    file = tmp_path / "notat.pdf"
    shutil.copy(attached.final / "data/public.nb.pdf", file)

    told = judged(file)

    assert outcomes(told)["figures"] == outcomes(told)["store"] == "not checked"
    assert found(told, "figures") == (
        "give --facts FILE, the facts file that was made with the document",
    )


def test_a_document_within_a_bundle_is_held_against_that_bundle(attached: Bundles) -> None:
    told = judged(attached.draft / "data/public.nb.docx")

    assert outcomes(told)["figures"] == outcomes(told)["accepted"] == "passed"


def test_facts_of_another_document_do_not_fit(attached: Bundles, tmp_path: Path) -> None:
    facts = tmp_path / "other.csv"
    text = (attached.draft / "data/public.nb.facts.csv").read_text("utf-8")
    facts.write_text(text.replace("62", "48"), "utf-8")

    told = faults(judged(attached.draft / "data/public.nb.docx", facts=facts))

    assert len(told["figures"]) == 2
    assert "ca. 62" in told["figures"][0]


@pytest.mark.parametrize(("name", "checks"), [("arkivmelding.xml", 2), ("case.json", 1)])
def test_metadata_alone_is_judged_by_itself(attached: Bundles, name: str, checks: int) -> None:
    told = judged(attached.draft / "data" / name)

    assert len(told.checks) == checks
    assert not told.failed


def test_metadata_alone_that_is_wrong_fails(attached: Bundles, tmp_path: Path) -> None:
    record, message = tmp_path / "case.json", tmp_path / "arkivmelding.xml"
    text = (attached.draft / "data/case.json").read_text("utf-8")
    write(record, text.replace('"version": 1', '"version": "one"'))
    text = (attached.draft / "data/arkivmelding.xml").read_text("utf-8")
    write(message, text.replace("<antallFiler>2", "<antallFiler>5"))

    assert faults(judged(record))["record"] == [
        "case.json: 'version' must be a whole number",
    ]
    assert list(faults(judged(message))) == ["meaning"]


def test_an_own_list_of_formats_takes_the_place_of_the_country_s(
    attached: Bundles, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "formats.yaml"
    write(own, OWN_FORMATS)

    code = main(["verify", str(attached.draft), "--formats", str(own)])

    out = " ".join(capsys.readouterr().out.split())
    assert code == 1
    assert "is x-fmt/18, which isn't on the list of accepted formats" in out
    assert "hint: the list is Vår arkivplan, as of 2020-01-01, looked up on 2021-01-01" in out


OWN_FORMATS = """\
lists:
  ours:
    title: Vår arkivplan
    date: 2020-01-01
    looked_up: 2021-01-01
    formats:
      fmt/412: {name: Word}
"""


# ---------------------------------------------------------------- what can't be a bundle or document


def test_another_bag_is_judged_by_its_checksums_alone(attached: Bundles, tmp_path: Path) -> None:
    bag = copied(attached.draft, tmp_path)
    for file in (bag / "data").iterdir():
        file.unlink()
    write(bag / "data/notat.txt", "hei")
    repacked(bag)

    assert outcomes(judged(bag)) == {
        "bag": "passed",
        "record": "not checked",
        "rest": "not checked",
    }


def refused(path: Path) -> str:
    with pytest.raises(ReportError) as caught:
        judged(path)
    return "; ".join(each.shown(path.parent) for each in caught.value.problems)


def test_a_path_that_is_nothing_to_verify_is_refused(attached: Bundles, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.zip").write_bytes(b"PK")
    (tmp_path / "a.txt").write_bytes(b"hei")
    hint = "\n  hint: name the folder of a bundle, or a PDF, a Word file, a message or a case.json"

    assert refused(tmp_path / "none") == "none: there is no such file or folder"
    assert refused(tmp_path / "empty") == f"empty: is no bundle: it has no bagit.txt{hint}"
    assert refused(tmp_path / "a.txt") == f"a.txt: can't be verified: its name ends in '.txt'{hint}"
    packed = "is a packed folder: unpack it, and verify the folder of the bundle in it"
    assert refused(tmp_path / "a.zip") == f"a.zip: {packed}{hint}"
    named = f"name one in it: 2026-1234/{NAME}, 2026-1235/{NAME}"
    cases = attached.workspace / "out/cases"
    assert refused(cases) == f"cases: is no bundle: it has no bagit.txt\n  hint: {named}"


@pytest.mark.parametrize(
    ("option", "kind"), [("--schemas", "folder"), ("--facts", "file"), ("--formats", "file")]
)
def test_an_option_that_names_nothing_ends_with_exit_code_two(
    attached: Bundles, option: str, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["verify", str(attached.draft), option, "/nowhere"])

    assert caught.value.code == 2
    assert capsys.readouterr().err == f"{option}: there is no {kind} '/nowhere'\n"


def test_a_record_that_cannot_be_read_leaves_the_rest_open(draft: Path) -> None:
    (draft / "data/case.json").write_text('{"format": "kildefast-case", "format_version": 1}')
    repacked(draft)

    told = judged(draft)

    assert outcomes(told) == {"bag": "passed", "record": "failed", "rest": "not checked"}
    assert found(told, "rest") == ("17 more checks need a case.json that can be read",)


def test_a_record_that_names_files_elsewhere_reads_none_of_them(draft: Path) -> None:
    def lead_out(value: Any) -> None:
        value["documents"][0]["files"][0]["file"] = "../../../../etc/passwd"

    edited_record(draft, lead_out)

    told = faults(judged(draft))

    assert "data/../../../../etc/passwd: is missing; case.json has it" in told["files"]
    assert told["names"] == ["data/../../../../etc/passwd: has a name that not every system takes"]


def test_a_link_in_the_payload_is_not_followed(draft: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.docx"
    (draft / "data/public.nb.docx").rename(outside)
    (draft / "data/public.nb.docx").symlink_to(outside)

    told = faults(judged(draft))

    assert "bag" in told
    assert told["files"] == ["data/public.nb.docx: is missing; case.json has it"]


# ---------------------------------------------------------------- damaged and harmful files


def empty(_: Path, file: Path) -> None:
    file.write_bytes(b"")


def halved(source: Path, file: Path) -> None:
    data = source.read_bytes()
    file.write_bytes(data[: len(data) // 2])


def huge(_: Path, file: Path) -> None:
    with file.open("wb") as opened:
        opened.truncate(200_000_000)


def zeros(_: Path, file: Path) -> None:
    file.write_bytes(b"%PDF-1.7\n" + bytes(3_000_000))


def locked(source: Path, file: Path) -> None:
    with pikepdf.open(source) as pdf:
        pdf.save(file, encryption=pikepdf.Encryption(owner="a", user="b"))


def half_locked(source: Path, file: Path) -> None:
    with pikepdf.open(source) as pdf:
        pdf.save(file, encryption=pikepdf.Encryption(owner="a", user=""))


def plain(source: Path, file: Path) -> None:
    with pikepdf.open(source) as pdf:
        del pdf.Root.Metadata
        pdf.save(file)


def entity(source: Path, file: Path) -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "cc">]><a>&b;</a>'
    with pikepdf.open(source) as pdf:
        pdf.Root.Metadata = pdf.make_stream(bomb)
        pdf.save(file, fix_metadata_version=False)


DAMAGE = "is no PDF, or a damaged one"
PDFS: Mapping[str, tuple[Callable[[Path, Path], None], str]] = {
    "empty": (empty, DAMAGE),
    "half": (halved, DAMAGE),
    "200 MB of zeros": (huge, "has 200 MB; up to 100 MB are opened"),
    "a head and zeros": (zeros, DAMAGE),
    "a password": (locked, "is encrypted with a password, so nobody can check it"),
    "encrypted": (half_locked, "is encrypted, which PDF/A doesn't allow"),
    "no claim": (plain, "doesn't claim to be PDF/A"),
    "a document type": (entity, "its XMP packet declares a document type, which isn't read"),
}


@pytest.mark.parametrize(("act", "told"), PDFS.values(), ids=PDFS.keys())
def test_a_pdf_that_is_damaged_or_no_pdf_a_is_told_in_a_line(
    attached: Bundles, tmp_path: Path, act: Callable[[Path, Path], None], told: str
) -> None:
    file = tmp_path / "notat.pdf"
    act(attached.final / "data/public.nb.pdf", file)

    assert faults(judged(file))["claim"][0] == f"notat.pdf: {told}"


def test_damage_that_the_parser_reads_around_is_told(attached: Bundles, tmp_path: Path) -> None:
    file = tmp_path / "notat.pdf"
    with pikepdf.open(attached.final / "data/public.nb.pdf") as pdf:
        page = pdf.pages[0].Contents
        packed = page.read_raw_bytes()
        page.write(packed[:-4] + bytes(4), filter=pikepdf.Name.FlateDecode)
        pdf.save(file, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
    facts = attached.final / "data/public.nb.facts.csv"

    told = faults(judged(file, facts=facts))

    damage = "is damaged, or no PDF of ours: data-loss while decompressing corrupted data"
    assert told["marks"] == told["figures"] == [f"notat.pdf: {damage}"]


# ---------------------------------------------------------------- PDFs made to harm or mislead


def test_what_was_added_to_a_pdf_beside_its_pages_is_told(final: Path) -> None:
    file = final / "data/public.nb.pdf"
    launch = pikepdf.Dictionary(S=Name.Launch, F="evil.exe")
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        pdf.attachments["a.txt"] = b"92 %"
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[])
        pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[])
        pdf.Root.OpenAction = pikepdf.Dictionary(S=Name.JavaScript, JS="app.alert(1)")
        pdf.Root.Names.JavaScript = pikepdf.Dictionary(Names=[])
        pdf.pages[0].obj.CropBox = pikepdf.Array([0, 0, 300, 300])
        pdf.pages[0].obj.Annots = pikepdf.Array(
            [
                pikepdf.Dictionary(Subtype=Name.FreeText, Rect=[0, 0, 9, 9]),
                pikepdf.Dictionary(Subtype=Name.Link, Rect=[0, 0, 9, 9], A=launch),
            ]
        )
        pdf.save(file)

    assert faults(judged(file))["claim"] == [
        f"public.nb.pdf: has {each}"
        for each in (
            "a form",
            "an attached file",
            "layers that can be hidden",
            "an action on opening",
            "a script",
            "an edge within the page on page 1",
            "an annotation (FreeText) on page 1",
            "a link with an action (Launch) on page 1",
        )
    ]


def test_an_update_at_the_end_of_a_pdf_is_told(final: Path) -> None:
    file = final / "data/public.nb.pdf"
    data = file.read_bytes()
    start = data.rpartition(b"startxref")[2].split()[0]
    trailer = b"\nxref\n0 0\ntrailer\n<< /Size 1 /Root 1 0 R /Prev %s >>\nstartxref\n%d\n%%%%EOF\n"
    file.write_bytes(data + trailer % (start, len(data) + 1))

    told = faults(judged(file))["claim"]

    assert "public.nb.pdf: was added to at its end, after it was written" in told


def test_text_that_leaves_no_mark_on_the_page_prints_nothing(final: Path) -> None:
    file = final / "data/public.nb.pdf"
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        page.contents_add(pikepdf.Stream(pdf, b"3 Tr"), prepend=True)
        pdf.save(file)

    told = faults(judged(file))["figures"]

    assert told[0] == "public.nb.pdf: page 1 prints nothing for havneby.web-share"


def swollen(pdf: pikepdf.Pdf) -> None:
    packed = zlib.compress(b" " * 60_000_000, 9)
    pdf.pages[0].Contents.write(packed, filter=Name.FlateDecode)


def drawn_in_itself(pdf: pikepdf.Pdf) -> None:
    """A picture that draws another three hundred times, which is a remark of 20 kB."""
    inner = pikepdf.Stream(pdf, b"%" * 20_000, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    inside = pikepdf.Dictionary(XObject=pikepdf.Dictionary(A=inner))
    drawn = b"/A Do " * 300
    outer = pikepdf.Stream(pdf, drawn, Subtype=Name.Form, BBox=[0, 0, 9, 9], Resources=inside)
    pdf.pages[0].Resources.XObject = pikepdf.Dictionary(B=outer)
    pdf.pages[0].contents_add(pikepdf.Stream(pdf, b"/B Do"))


def packed_otherwise(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Contents.write(b"\x80\x0b\x60\x50", filter=Name.LZWDecode)


_OTHERWISE = "is packed in a way that PDF/A doesn't allow, or that none of ours is"
BOMBS: Mapping[str, tuple[Callable[[pikepdf.Pdf], None], str, str]] = {
    "a stream": (
        swollen,
        "unpacks to more than the 1 MB that are read",
        "unpacks to more than the 5 MB that are read",
    ),
    "pictures": (
        drawn_in_itself,
        "has more text and drawing than the 1 MB that are read",
        "has more text and drawing than the 5 MB that are read",
    ),
    "LZW": (packed_otherwise, _OTHERWISE, _OTHERWISE),
}


@pytest.mark.parametrize(("swell", "marks", "figures"), BOMBS.values(), ids=BOMBS.keys())
def test_a_pdf_that_swells_is_read_no_further_than_a_few_megabytes(
    final: Path, swell: Callable[[pikepdf.Pdf], None], marks: str, figures: str
) -> None:
    file = final / "data/public.nb.pdf"
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        swell(pdf)
        level = pikepdf.StreamDecodeLevel.none
        pdf.save(file, stream_decode_level=level, compress_streams=False)

    told = faults(judged(file))

    assert told["marks"] == [f"public.nb.pdf: {marks}"]
    assert told["figures"] == [f"public.nb.pdf: {figures}"]


def test_a_tag_tree_that_never_ends_is_given_up(
    final: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_figures, "_MOST_STEPS", 1000)
    file = final / "data/public.nb.pdf"
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        each = pdf.make_indirect(pikepdf.Dictionary(S=Name.P, K=[]))
        for _ in range(10):
            each = pdf.make_indirect(pikepdf.Dictionary(S=Name.P, K=[each, each]))
        pdf.Root.StructTreeRoot.K = each
        pdf.save(file)

    assert faults(judged(file))["figures"] == ["public.nb.pdf: can't be read as a PDF"]


# ---------------------------------------------------------------- harmful Word files


def bomb(_: Path, file: Path) -> None:
    quick = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    with quick as package, package.open("word/document.xml", "w") as part:
        for _each in range(21):
            part.write(bytes(10_000_000))


def with_part(name: str, data: bytes) -> Callable[[Path, Path], None]:
    def act(source: Path, file: Path) -> None:
        shutil.copy(source, file)
        rewritten(file, name, lambda _: data)

    return act


def fetching(source: Path, file: Path) -> None:
    shutil.copy(source, file)
    added_one = (
        b'<Relationship Id="rId99" Type="http://x/attachedTemplate" Target="http://evil.example/t"'
        b' TargetMode="External"/></Relationships>'
    )
    part = "word/_rels/document.xml.rels"
    rewritten(file, part, lambda data: data.replace(b"</Relationships>", added_one))


def taking_in(source: Path, file: Path) -> None:
    shutil.copy(source, file)
    added_one = (
        b'<Relationship Id="rId99" Type="http://x/aFChunk" Target="a.html"/></Relationships>'
    )
    part = "word/_rels/document.xml.rels"
    rewritten(file, part, lambda data: data.replace(b"</Relationships>", added_one))


def no_text(source: Path, file: Path) -> None:
    del source
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")


PACKAGES: Mapping[str, tuple[Callable[[Path, Path], None], str]] = {
    "empty": (empty, "is no Word file, or a damaged one: file is not a zip file"),
    "half": (halved, "is no Word file, or a damaged one: file is not a zip file"),
    "bomb": (bomb, "would unpack to 210 MB; 200 MB are allowed"),
    "macro": (
        with_part("word/vbaProject.bin", b"x"),
        "has the part 'word/vbaProject.bin', a macro or an embedded program",
    ),
    "outside": (with_part("../evil", b"x"), "has the part '../evil', which lies outside of it"),
    "fetched": (
        fetching,
        (
            "'word/_rels/document.xml.rels' has the attachedTemplate 'http://evil.example/t' fetched "
            "from elsewhere"
        ),
    ),
    "taken in": (
        taking_in,
        "'word/_rels/document.xml.rels' takes the file 'a.html' into the text",
    ),
    "no text": (
        no_text,
        "is no Word file: it has no text, or doesn't say what its parts are",
    ),
}


@pytest.mark.parametrize(("act", "told"), PACKAGES.values(), ids=PACKAGES.keys())
def test_a_word_file_that_is_damaged_or_harmful_is_not_opened(
    attached: Bundles, tmp_path: Path, act: Callable[[Path, Path], None], told: str
) -> None:
    file = tmp_path / "notat.docx"
    act(attached.draft / "data/public.nb.docx", file)

    verdict = judged(file)

    assert faults(verdict)["package"] == faults(verdict)["marks"] == [f"notat.docx: {told}"]


def test_links_that_a_reader_clicks_are_no_harm(attached: Bundles, tmp_path: Path) -> None:
    file = tmp_path / "notat.docx"
    shutil.copy(attached.draft / "data/public.nb.docx", file)
    link = (
        b'<Relationship Id="rId98" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/hyperlink" Target="https://example.org" TargetMode="External"/>'
    )
    part = "word/_rels/document.xml.rels"
    rewritten(
        file, part, lambda data: data.replace(b"</Relationships>", link + b"</Relationships>")
    )

    assert outcomes(judged(file))["package"] == "passed"


def test_a_schema_that_would_be_fetched_cannot_be_used(attached: Bundles, tmp_path: Path) -> None:
    message = attached.draft / "data/arkivmelding.xml"
    space = "https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/arkivmelding/opprett/v1"
    schema = (
        f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{space}" '
        f'xmlns:o="urn:other"><xs:import namespace="urn:other" '
        'schemaLocation="http://127.0.0.1:9/other.xsd"/>'
        '<xs:element name="arkivmelding" type="o:thing"/></xs:schema>'
    )
    write(tmp_path / "a.xsd", schema)

    told = judged(message, schemas=tmp_path)

    assert outcomes(told)["schema"] == "not checked"
    assert found(told, "schema")[0].startswith("a.xsd: the schema can't be used: ")


def test_a_folder_without_the_schema_leaves_it_unchecked(attached: Bundles, tmp_path: Path) -> None:
    told = judged(attached.draft, schemas=tmp_path)

    assert found(told, "schema") == (f"no schema in {tmp_path} is for 'arkivmelding.xml'",)
    assert outcomes(told)["schema"] == "not checked"


def test_a_message_against_the_schema_is_told_by_its_line(draft: Path, schemas: Path) -> None:
    file = draft / "data/arkivmelding.xml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("<antallFiler>", "<antallFiler>x"), "utf-8")

    told = faults(judged(draft, schemas=schemas))["schema"]

    assert told[0].startswith("data/arkivmelding.xml:4: Element 'antallFiler': 'x")


def rewritten(file: Path, part: str, change: Callable[[bytes], bytes]) -> None:
    """Write a part of the package otherwise."""
    parts = dict(open_package(file).parts)
    parts[part] = change(parts.get(part, b""))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)


def refreshed(bundle: Path) -> None:
    """Have case.json and all checksums tell of the files as they lie there."""
    import hashlib

    def edit(value: Any) -> None:
        for document in value["documents"]:
            for each in document["files"]:
                data = (bundle / "data" / each["file"]).read_bytes()
                each |= {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}

    edited_record(bundle, edit)
