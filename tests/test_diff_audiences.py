"""What one audience is told and another is not, fact by fact."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from workspaces import AUDIENCE, BRIEF, EN, NB, PUBLIC, Told, changed, make_workspace, run

COUNCIL_EN = "templates/channels/council.en.md.j2"
COUNCIL_NB = "templates/channels/council.nb.md.j2"
PUBLIC_READS = """\
# The web
{% macro staff() %}{{ fact("havneby.staff") }}{% endmacro %}

They apply on the web{{ cite("havneby.web-share") }}.

{{ staff() }} work there. It was {{ fact("havneby.web-share-before") }}.
It opened on {{ fact("havneby.opened") }}.
"""
COUNCIL_READS = """\
# The web

They apply on the web: {{ fact("havneby.web-share") }}{{ cite("havneby.web-share") }}.

{{ chart("bars", ["havneby.staff"], caption="They work there") }}

{{ statement("havneby.secret-plan") }} {{ statement("havneby.one-way-in") }}
It opened on {{ fact("havneby.opened") }}{{ cite("havneby.opened") }}.
"""
BOTH = changed(BRIEF, "audiences: [public]", "audiences: [public, council]")
ALONE = """\
no two editions to compare for 'public' and 'public'
  hint: name two audiences that one brief is written for
"""
FILES = {
    "templates/channels/brief.yaml": BOTH,
    EN: PUBLIC_READS,
    NB: PUBLIC_READS,
    COUNCIL_EN: COUNCIL_READS,
    COUNCIL_NB: COUNCIL_READS,
}


def compared(root: Path, capsys: pytest.CaptureFixture[str], *words: str) -> Told:
    """What the command says of the public and the council, with spaces that break."""
    told = run(root, capsys, "diff-audiences", "public", "council", *words)
    return Told(told.code, told.out.replace("\N{NO-BREAK SPACE}", " "), told.err)


def test_facts_told_to_one_and_to_both_otherwise_are_named_with_their_places(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = compared(make_workspace(tmp_path, FILES), capsys, "--lang", "en")

    assert told == Told(
        0,
        "channels: public and council (en)\n"
        "\n1 fact told to public alone\n"
        f"  {EN}\n"
        "      6  havneby.web-share-before  figure: 48%; told havneby.web-share instead\n"
        "\n2 facts told to council alone\n"
        f"  {COUNCIL_EN}\n"
        "      7  havneby.secret-plan  statement: The counters will close.; above the other's access\n"
        "      7  havneby.one-way-in   statement: Everyone should apply in the same place.\n"
        "\n2 facts told to both, but otherwise\n"
        "  havneby.web-share\n"
        "    public   cited\n"
        f"             {EN}:4\n"
        "    council  figure: about 62%\n"
        f"             {COUNCIL_EN}:3\n"
        "  havneby.staff\n"
        "    public   figure: 4,200\n"
        f"             {EN}:6\n"
        "    council  chart: 4,200\n"
        f"             {COUNCIL_EN}:5\n"
        "\n1 fact told to both alike\n",
        "",
    )


def test_a_fact_told_in_one_language_alone_says_in_which(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shorter = changed(PUBLIC_READS, 'It opened on {{ fact("havneby.opened") }}.\n', "")
    root = make_workspace(tmp_path, {**FILES, NB: shorter})

    told = compared(root, capsys)

    assert told.out.startswith("channels: public and council (nb, en)\n")
    assert "  8  havneby.opened       figure: 11. april (in nb)\n" in told.out
    assert "\n1 fact told to both alike\n" in told.out


def test_audiences_without_a_common_language_are_compared_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {**FILES, AUDIENCE: f"{PUBLIC}languages: [en]\n"}
    council = "templates/audiences/council.yaml"
    norwegian = {council: f"{PUBLIC}languages: [nb]\n", COUNCIL_NB: PUBLIC_READS}
    root = make_workspace(tmp_path, {**files, **norwegian})

    told = compared(root, capsys)

    assert told == Told(
        0,
        "channels: public and council (en)\n\n"
        "0 facts told to public alone\n\n0 facts told to council alone\n\n"
        "0 facts told to both, but otherwise\n\n4 facts told to both alike\n",
        "",
    )


def test_a_script_gets_each_fact_with_how_each_audience_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = compared(make_workspace(tmp_path, FILES), capsys, "--brief", "channels", "--json")

    records = {each["fact"]: each for each in json.loads(told.out)}
    assert records["havneby.secret-plan"] == {
        "brief": "channels",
        "subject": None,
        "fact": "havneby.secret-plan",
        "languages": ["nb", "en"],
        "told_to": "second",
        "alike": False,
        "why": "access",
        "instead": [],
        "first": None,
        "second": {
            "audience": "council",
            "language": "nb",
            "printed": [{"form": "statement", "text": "Skrankene legges ned."}],
            "template": COUNCIL_NB,
            "line": 7,
        },
    }
    assert {fact: (each["told_to"], each["alike"]) for fact, each in records.items()} == {
        "havneby.web-share": ("both", False),
        "havneby.staff": ("both", False),
        "havneby.web-share-before": ("first", False),
        "havneby.opened": ("both", True),
        "havneby.secret-plan": ("second", False),
        "havneby.one-way-in": ("second", False),
    }


def test_two_audiences_are_compared_though_one_breaks_its_contract(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    strict = changed(PUBLIC, "budget: {pages: 2}", "budget: {pages: 2, words: 1}")
    root = make_workspace(tmp_path, {**FILES, AUDIENCE: strict})

    assert compared(root, capsys, "--lang", "en").code == 0


def test_an_edition_that_can_not_be_made_is_told_with_its_faults(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_workspace(tmp_path, {**FILES, EN: '# The web\n\n{{ fact("havneby.staf") }}\n'})

    assert compared(root, capsys, "--lang", "en") == Told(
        1, "", f"{EN}:3: unknown fact 'havneby.staf'\n  hint: did you mean 'havneby.staff'?\n"
    )


@pytest.mark.parametrize(
    ("first", "second", "error"),
    [
        ("publik", "council", "unknown audience 'publik'\n  hint: did you mean 'public'?\n"),
        ("public", "public", ALONE),
    ],
)
def test_audiences_that_can_not_be_compared_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], first: str, second: str, error: str
) -> None:
    root = make_workspace(tmp_path, FILES)

    assert run(root, capsys, "diff-audiences", first, second) == Told(1, "", error)
