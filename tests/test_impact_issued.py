"""`impact` and the register: which issued documents told a fact, and what the store says today."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from registers import final, issue
from workspaces import BRIEF, EN, EN_HEAD, STORE, Told, changed, english, make_workspace, run, write

from reports.casefile.register import Issued, write_issued

S = "\N{NO-BREAK SPACE}"
FACTS = "facts/havneby.yaml"
FIRST = "issued/2026-1234/channels.public.en.v1.json"
SECOND = "issued/2026-1234/channels.public.en.v2.json"
FILES = "  public.en.docx, public.en.facts.csv\n"
DERIVED = """\
facts:
  havneby.web-growth:
    derived: {change: [havneby.web-share-before, havneby.web-share], as: percentage points}
    recorded: 2031-04-03
"""
BODY = """\
## Growth

It grew by {{ fact("havneby.web-growth") }}. Some want more.{{ cite("havneby.one-way-in") }}
"""


@pytest.fixture(scope="module")
def entries(tmp_path_factory: pytest.TempPathFactory) -> tuple[Issued, Issued]:
    """A draft that told 62 percent, and the final version that told 64."""
    root = html_workspace(tmp_path_factory.mktemp("workspace"))
    first = issue(root)
    write(root / FACTS, changed(STORE, "value: 62", "value: 64"))
    return first, final(issue(root, version=2))


def html_workspace(root: Path, files: dict[str, str] | None = None) -> Path:
    """A workspace whose editions have no pages, so that nothing is laid out."""
    brief = {"templates/channels/brief.yaml": changed(BRIEF, "[pdf, docx, html]", "[html]")}
    grown = {**english(BODY), "facts/growth.yaml": DERIVED}
    return make_workspace(root, {**brief, **grown, **(files or {})})


def registered(root: Path, *entries: Issued) -> Path:
    for entry in entries:
        write_issued(root, entry)
    return root


def test_impact_tells_of_each_issued_document_the_newest_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], entries: tuple[Issued, Issued]
) -> None:
    workspace = registered(html_workspace(tmp_path), *entries)
    write(workspace / FACTS, changed(STORE, "value: 62", "value: 64"))

    told = run(workspace, capsys, "impact", "havneby.web-share", "--lang", "en")

    grew = f"It grew by about{S}16{S}percentage points"
    assert told == Told(
        0,
        "out/channels/public.en.html\n"
        "  Applications come in on the web\n"
        f"    [1] Parents apply on the web: about{S}64%[1].\n"
        "  Growth\n"
        f"    [2] {grew}[2]. (through havneby.web-growth)\n"
        f"{SECOND}\n"
        "  case 2026/1234, version 2, final, 2031-05-02\n"
        f"{FILES}"
        "  Applications come in on the web\n"
        f"    Parents apply on the web: about{S}64%.\n"
        "  Growth\n"
        f"    {grew}. (through havneby.web-growth)\n"
        f"  havneby.web-share: issued says about{S}64%, as the store says now\n"
        f"  havneby.web-growth: issued says about{S}16{S}percentage points, as the store says now\n"
        f"{FIRST}\n"
        "  case 2026/1234, version 1, draft, 2031-04-10, replaced by version 2\n"
        f"{FILES}"
        "  Applications come in on the web\n"
        f"    Parents apply on the web: about{S}62%.\n"
        "  Growth\n"
        f"    It grew by about{S}14{S}percentage points. (through havneby.web-growth)\n"
        f"  havneby.web-share: issued says about{S}62%, the store now says about{S}64%\n"
        f"  havneby.web-growth: issued says about{S}14{S}percentage points, the store now says "
        f"about{S}16{S}percentage points\n",
        "1 output, 2 places in their editions, 2 issued documents\n",
    )


def test_without_a_register_impact_says_nothing_of_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = run(html_workspace(tmp_path), capsys, "impact", "havneby.staff")

    assert told == Told(0, "", "0 outputs, 0 places in their editions\n")


def test_a_fact_that_no_document_told_hits_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], entries: tuple[Issued, Issued]
) -> None:
    workspace = registered(html_workspace(tmp_path), *entries)

    told = run(workspace, capsys, "impact", "havneby.staff")

    assert told == Told(0, "", "0 outputs, 0 places in their editions, 0 issued documents\n")


def test_issued_documents_as_json_follow_the_outputs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], entries: tuple[Issued, Issued]
) -> None:
    workspace = registered(html_workspace(tmp_path), entries[0])
    write(workspace / FACTS, changed(STORE, "value: 62", "value: 64"))

    told = run(workspace, capsys, "impact", "havneby.web-share", "--lang", "en", "--json")

    records = json.loads(told.out)
    assert [record.get("output") for record in records] == [
        "out/channels/public.en.html",
        "out/channels/public.en.html",
        None,
        None,
    ]
    assert records[-1] == {
        "issued": FIRST,
        "case": "2026/1234",
        "version": 1,
        "state": "draft",
        "date": "2031-04-10",
        "replaced_by": None,
        "files": ["public.en.docx", "public.en.facts.csv"],
        "fact": "havneby.web-share",
        "printed": "havneby.web-growth",
        "through": ["havneby.web-growth"],
        "brief": "channels",
        "audience": "public",
        "language": "en",
        "subject": None,
        "said": f"about{S}14{S}percentage points",
        "today": "havneby.web-growth",
        "differs": [
            {
                "aspect": "figure",
                "issued": f"about{S}14{S}percentage points",
                "store": f"about{S}16{S}percentage points",
            }
        ],
        "sentence": f"It grew by about{S}14{S}percentage points.",
        "section": "Growth",
    }


NEWER = """\
facts:
  havneby.web-share-2:
    theme: channels
    place: havneby
    statement: {nb: "{figure} kom på nett.", en: "{figure} came in on the web."}
    figure: {value: 71, measure: web-share, among: applications}
    as_of: 2031
    said_by: union
    standing: reported
    source: havneby-2031
    at: {paragraph: 30, printed: 71 prosent}
    recorded: 2031-05-02
    supersedes: havneby.web-share
"""


def test_a_document_that_told_an_older_version_is_told_what_holds_now(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], entries: tuple[Issued, Issued]
) -> None:
    grown = changed(DERIVED, "havneby.web-share]", "havneby.web-share-2]")
    files = {"facts/newer.yaml": NEWER, "facts/growth.yaml": grown}
    workspace = registered(html_workspace(tmp_path, files), entries[0])

    told = run(workspace, capsys, "impact", "havneby.web-share-2", "--lang", "nb")
    asked = run(workspace, capsys, "impact", "havneby.web-share-2", "--lang", "en")

    newer = ", in havneby.web-share-2"
    assert told == Told(0, "", "0 outputs, 0 places in their editions, 0 issued documents\n")
    assert asked.out[asked.out.index(FIRST) :] == (
        f"{FIRST}\n"
        "  case 2026/1234, version 1, draft, 2031-04-10\n"
        f"{FILES}"
        "  Applications come in on the web\n"
        f"    Parents apply on the web: about{S}62%.\n"
        "  Growth\n"
        f"    It grew by about{S}14{S}percentage points. (through havneby.web-growth)\n"
        f"  havneby.web-share: issued says about{S}62%, the store now says 71%{newer}\n"
        f"  havneby.web-share: as of: issued says “2030 (inferred)”, the store now says “2031”{newer}\n"
        "  havneby.web-share: speaker: issued says “Ida Holm, head of digitalisation”, the store "
        f"now says “The union”{newer}\n"
        f"  havneby.web-share: source: issued says “‘Årsmelding for Havneby’, para.{S}12”, the "
        f"store now says “‘Årsmelding for Havneby’, para.{S}30”{newer}\n"
        f"  havneby.web-growth: issued says about{S}14{S}percentage points, the store now says "
        f"23{S}percentage points\n"
        "  havneby.web-growth: as of: issued says “2028 to 2030 (inferred)”, the store now says "
        "“2028 to 2031”\n"
        "  havneby.web-growth: speaker: issued says “our calculation; figures: Ida Holm”, the "
        "store now says “our calculation; figures: Ida Holm and The union”\n"
    )


def test_a_document_of_a_brief_that_is_gone_is_told_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], entries: tuple[Issued, Issued]
) -> None:
    workspace = registered(html_workspace(tmp_path), entries[0])
    shutil.move(workspace / "templates/channels", workspace / "templates/other")
    write(workspace / "templates/other/public.en.md.j2", "# Nothing\n\nNothing is left.\n")

    told = run(workspace, capsys, "impact", "havneby.web-growth")

    assert told == Told(
        0,
        f"{FIRST}\n"
        "  case 2026/1234, version 1, draft, 2031-04-10\n"
        f"{FILES}"
        "  Growth\n"
        f"    It grew by about{S}14{S}percentage points.\n"
        f"  havneby.web-growth: issued says about{S}14{S}percentage points, as the store says now\n",
        "0 outputs, 0 places in their editions, 1 issued document\n",
    )


def test_a_fact_that_the_store_lost_is_found_in_what_was_issued(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], entries: tuple[Issued, Issued]
) -> None:
    workspace = registered(html_workspace(tmp_path, english("")), entries[0])
    (workspace / "facts/growth.yaml").unlink()

    told = run(workspace, capsys, "impact", "havneby.web-growth", "havneby.staff")
    unknown = run(workspace, capsys, "impact", "havneby.web-grow")

    assert told == Told(
        0,
        f"{FIRST}\n"
        "  case 2026/1234, version 1, draft, 2031-04-10\n"
        f"{FILES}"
        "  Growth\n"
        f"    havneby.web-growth: It grew by about{S}14{S}percentage points.\n"
        f"  havneby.web-growth: issued says about{S}14{S}percentage points, the store doesn't have "
        "it now\n",
        "0 outputs, 0 places in their editions, 1 issued document\n",
    )
    assert (unknown.code, unknown.err.splitlines()[0]) == (1, "unknown fact 'havneby.web-grow'")


def test_what_a_document_rested_on_counts_though_the_fact_is_computed_otherwise_now(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], entries: tuple[Issued, Issued]
) -> None:
    workspace = registered(html_workspace(tmp_path, english("")), entries[0])
    (workspace / "facts/growth.yaml").unlink()

    told = run(workspace, capsys, "impact", "havneby.web-share-before")

    assert told.out == (
        f"{FIRST}\n"
        "  case 2026/1234, version 1, draft, 2031-04-10\n"
        f"{FILES}"
        "  Growth\n"
        f"    It grew by about{S}14{S}percentage points. (through havneby.web-growth)\n"
        f"  havneby.web-growth: issued says about{S}14{S}percentage points, the store doesn't have "
        "it now\n"
    )


LOWERED = """\
facts:
  havneby.growth:
    derived:
      change: [havneby.web-share-before, havneby.web-share]
      as: percentage points
      measure: growth
      among: applications
    theme: channels
    place: havneby
    source: havneby-2031
    access: {level: public, because: the change itself was published}
    recorded: 2031-04-03
measures:
  growth: {unit: percentage-points, name: {nb: vekst, en: growth}}
"""


def test_a_hidden_fact_hits_what_was_issued_of_what_is_computed_from_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hidden = changed(STORE, "printed: 48 prosent}", "printed: 48 prosent}\n    access: internal")
    body = english('It grew by {{ fact("havneby.growth") }}.')
    files = {FACTS: hidden, "facts/growth.yaml": LOWERED, **body}
    workspace = html_workspace(tmp_path, files)
    registered(workspace, issue(workspace))

    told = run(workspace, capsys, "impact", "havneby.web-share-before", "--lang", "en")

    issued = told.out[told.out.index(FIRST) :].splitlines()
    assert issued[-2:] == [
        f"    It grew by about{S}14{S}percentage points. (through havneby.growth)",
        f"  havneby.growth: issued says about{S}14{S}percentage points, as the store says now",
    ]


def test_a_fact_that_was_hidden_later_is_compared_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], entries: tuple[Issued, Issued]
) -> None:
    statement = "at: {paragraph: 17}\n"
    hidden = changed(STORE, statement, f"{statement}    access: internal\n")
    workspace = registered(html_workspace(tmp_path, english("")), entries[0])
    write(workspace / FACTS, hidden)

    told = run(workspace, capsys, "impact", "havneby.one-way-in", "--lang", "en")

    assert told.out.splitlines()[-1] == (
        "  havneby.one-way-in: issued says “Everyone should apply in the same place.”, as the store "
        "says now"
    )


def test_a_cited_statement_that_reads_otherwise_now_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], entries: tuple[Issued, Issued]
) -> None:
    workspace = registered(html_workspace(tmp_path), entries[0])
    write(workspace / FACTS, changed(STORE, "in the same place.", "at the same desk."))

    told = run(workspace, capsys, "impact", "havneby.one-way-in", "--lang", "en")

    assert told.out.splitlines()[-2:] == [
        "    Some want more.",
        (
            "  havneby.one-way-in: wording: issued says “Everyone should apply in the same "
            "place.”, the store now says “Everyone should apply at the same desk.”"
        ),
    ]


def test_what_was_issued_is_told_though_the_editions_cant_be_made_now(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], entries: tuple[Issued, Issued]
) -> None:
    workspace = registered(html_workspace(tmp_path), entries[0])
    write(workspace / EN, EN_HEAD + "\n{{ fact('havneby.staf') }}\n")

    told = run(workspace, capsys, "impact", "havneby.web-growth", "--lang", "en")

    assert told.code == 1
    assert told.out.splitlines()[0] == FIRST
    assert told.err.splitlines()[0] == f"{EN}:5: unknown fact 'havneby.staf'"


def test_a_damaged_register_is_told_by_impact(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], entries: tuple[Issued, Issued]
) -> None:
    workspace = registered(html_workspace(tmp_path), entries[0])
    write(workspace / FIRST, "{}")

    told = run(workspace, capsys, "impact", "havneby.web-growth")

    assert told == Told(1, "", f"{FIRST}: is no kildefast-issued file\n")
