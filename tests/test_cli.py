"""The command line: what it prints, its exit codes, and the words it offers for wrong ones."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from workspaces import Told, english, make_workspace, run

from reports import __version__
from reports.briefs import Format
from reports.cli import building, main
from reports.cli.printing import print_table

N, S = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
ROOT = Path(__file__).resolve().parents[1]
WEB_SHARE = {
    "id": "havneby.web-share",
    "value": 62,
    "unit": "percent",
    "measure": "web-share",
    "measure_name": "share on the web",
    "among": "applications",
    "among_name": "applications for a kindergarten place",
    "qualifier": "about",
    "said_by": "digital-head",
    "speaker": "Ida Holm, head of digitalisation",
    "as_of": "2030",
    "as_of_text": "2030 (inferred)",
    "inferred": "year-before",
    "source": "havneby-2031",
    "paragraph": 12,
    "standing": "reported",
    "statement": f"About{S}62% of applications came in on the web in 2030 (inferred).",
    "theme": "channels",
    "place": "havneby",
    "access": "public",
    "recorded": "2031-04-02",
    "contradicts": [],
    "since": None,
    "review_by": None,
    "valid_until": None,
    "supersedes": None,
    "superseded_by": None,
    "outranks": [],
    "derived": None,
    "inputs": [],
    "arithmetic": None,
}
WANTED = (
    *("id", "value", "unit", "measure", "among", "qualifier", "said_by", "as_of"),
    *("source", "paragraph", "standing", "statement"),
)


def test_facts_as_json_are_flat_objects_with_the_parts_of_a_figure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path)

    told = run(workspace, capsys, "facts", "list", "--json")

    facts = json.loads(told.out)
    assert (told.code, told.err) == (0, "")
    assert facts[0] == WEB_SHARE
    assert [fact["id"].removeprefix("havneby.") for fact in facts] == [
        *("web-share", "web-share-before", "paper-share", "staff", "answer-time"),
        *("opened", "one-way-in", "secret-plan"),
    ]
    assert all(fact.keys() >= set(WANTED) for fact in facts)


def test_facts_as_json_keep_the_shape_of_each_value(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path)

    told = run(workspace, capsys, "facts", "list", "--json")

    values = {fact["id"].removeprefix("havneby."): fact["value"] for fact in json.loads(told.out)}
    assert values == {
        "web-share": 62,
        "web-share-before": 48,
        "paper-share": {"count": 8, "whole": 10},
        "staff": 4200,
        "answer-time": 3,
        "opened": "XXXX-04-11",
        "one-way-in": None,
        "secret-plan": None,
    }


def test_the_facts_are_listed_with_their_statements(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path)

    told = run(workspace, capsys, "facts", "list", "--lang", "nb")

    assert told == Told(
        0,
        f"havneby.web-share         Ca.{S}62{N}% av søknadene kom på nett i 2030 (utledet).\n"
        f"havneby.web-share-before  48{N}% kom på nett i 2028.\n"
        f"havneby.paper-share       Nesten{S}åtte av ti kom på papir.\n"
        f"havneby.staff             Kommunen hadde 4{N}200 ansatte.\n"
        f"havneby.answer-time       Svaret tok 3{S}uker.\n"
        f"havneby.opened            Skjemaet åpnet 11.{S}april.\n"
        "havneby.one-way-in        Alle bør søke samme sted.\n"
        "havneby.secret-plan       Skrankene legges ned.\n",
        "8 facts\n",
    )


def test_the_columns_of_a_table_are_as_wide_as_their_cells_and_the_last_is_left_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    records = [
        {"id": "a", "among": None, "value": [1, 2], "statement": "Short."},
        {"id": "long-id", "among": "employees", "value": 5, "statement": "Rather longer."},
    ]

    print_table(records, ("id", "among", "value", "statement"))
    print_table([], ("id", "statement"))

    assert capsys.readouterr().out == (
        "a                   [1, 2]  Short.\nlong-id  employees  5       Rather longer.\n"
    )


def test_an_unknown_fact_is_answered_with_the_nearest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path)

    told = run(workspace, capsys, "facts", "show", "havneby.web-shar")

    message = "unknown fact 'havneby.web-shar'\n  hint: did you mean 'havneby.web-share'?\n"
    assert told == Told(1, "", message)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ["check", "--audience", "publik"],
            "--audience: 'publik' is unknown\n  hint: did you mean 'public'?\n",
        ),
        (
            ["build", "--brief", "chanels"],
            "--brief: 'chanels' is unknown\n  hint: did you mean 'channels'?\n",
        ),
        (["check", "--lang", "fr"], "--lang: 'fr' is unknown\n  hint: known: en, nb\n"),
        (["facts", "list", "--lang", "fr"], "--lang: 'fr' is unknown\n  hint: known: en, nb\n"),
    ],
    ids=["audience", "brief", "language", "language of facts"],
)
def test_an_option_that_fits_nothing_is_a_wrong_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], message: str
) -> None:
    workspace = make_workspace(tmp_path)

    with pytest.raises(SystemExit) as end:
        run(workspace, capsys, *words)

    assert (end.value.code, *capsys.readouterr()) == (2, "", message)
    assert not (workspace / "out").exists()


@pytest.mark.parametrize("words", [["bild"], ["build", "--format", "doc"], ["facts", "show"]])
def test_a_wrong_command_ends_with_code_2(
    capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(words)

    told = capsys.readouterr()
    assert (end.value.code, told.out) == (2, "")
    assert told.err.startswith("usage: kildefast")


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--version"])

    assert (end.value.code, *capsys.readouterr()) == (0, f"kildefast {__version__}\n", "")


def test_check_lists_the_paragraphs_that_rest_on_no_fact_and_writes_only_its_cache(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = (
        "Parents like the web.\n\nThe town has staff{{ cite('havneby.staff') }}.\n\n"
        "!!! assessment\n\n    We would go on.\n\n"
        "A paragraph that goes on for so long that no one would wish to read all of it here."
    )
    workspace = make_workspace(tmp_path, english(body))
    before = sorted(workspace.rglob("*"))

    told = run(workspace, capsys, "check", "--brief", "channels")

    assert told == Told(
        0,
        "templates/channels/public.en.md.j2:5: rests on no fact: Parents like the web.\n"
        "templates/channels/public.en.md.j2:13: rests on no fact: "
        "A paragraph that goes on for so long that no one would wish …\n",
        "2 editions and 8 facts without fault\n",
    )
    after = [path for path in workspace.rglob("*") if ".cache" not in path.parts]
    assert sorted(after) == before


def test_build_writes_each_chosen_output_with_a_line_of_progress_an_edition(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path / "workspace")
    out = tmp_path / "elsewhere"

    told = run(workspace, capsys, "build", "--format", "html", "--out", str(out))

    written = sorted(path.relative_to(out).as_posix() for path in out.rglob("*.*"))
    assert (told.code, told.out) == (0, "")
    assert told.err.startswith(
        f"[1/2] channels/public.nb\n[2/2] channels/public.en\n2 outputs in {out} ("
    )
    outputs = ["channels/public.en.html", "channels/public.nb.html"]
    assert written == [*outputs, "index.html", "manifest.json"]
    assert not (workspace / "out").exists()


def test_of_very_many_problems_the_first_are_printed_and_the_rest_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path, english("There were 7.\n\n" * 600))

    told = run(workspace, capsys, "check")

    lines = told.err.splitlines()
    assert told.code == 1
    assert len(lines) == 2 * 500 + 1
    assert lines[-1] == "… and 100 more"


def test_an_overlong_word_of_the_author_is_cut_in_the_message(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path)
    file = workspace / "facts" / "havneby.yaml"
    file.write_text(
        file.read_text("utf-8").replace("theme: staff", f"theme: {'x' * 5000}"), "utf-8"
    )

    told = run(workspace, capsys, "check")

    assert told.code == 1
    assert max(len(line) for line in told.err.splitlines()) < 1100
    assert "unknown theme 'xxx" in told.err


def test_a_check_of_nothing_new_imports_neither_templates_nor_facts(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    code = (
        "import sys; from reports.cli import main; main(sys.argv[1:]); "
        "print([name for name in ('jinja2', 'yaml', 'reports.briefs') if name in sys.modules])"
    )
    command = [sys.executable, "-c", code, "check", "--workspace", str(workspace)]

    first, second = (
        subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    )

    assert first == "['jinja2', 'yaml', 'reports.briefs']\n"
    assert second == "[]\n"


def test_the_formats_of_the_command_line_are_all_there_are() -> None:
    assert [Format(word) for word in building._FORMATS] == list(Format)
