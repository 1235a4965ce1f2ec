"""The facts of an edition as a table for the case file."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from shipped import NAMES, Shipped
from stores import plain
from workspaces import BRIEF, COUNCIL, EN_HEAD, STORE, changed, make_workspace

from reports.briefs import load_workspace
from reports.build import resolve_edition
from reports.casefile.facts_csv import COLUMNS, facts_csv

MORE = """\
  havneby.growth:
    derived: {change: [havneby.web-share-before, havneby.web-share], as: percentage points}
    recorded: 2031-04-03
  havneby.half:
    theme: channels
    place: havneby
    statement: {nb: "=Frist: {figure}, sa hun.", en: "=Deadline: {figure}, she said."}
    figure: {value: [10, 15], measure: web-share, among: applications, qualifier: under}
    as_of: 2030-21
    said_by: digital-head
    standing: forecast
    source: letter
    at: {paragraph: 3, printed: "-10 til 15, sa hun"}
    recorded: 2031-04-02
  havneby.hidden-share:
    theme: channels
    place: havneby
    statement: {nb: "{figure} i det skjulte.", en: "{figure} in hiding."}
    figure: {value: 41, measure: web-share, among: applications}
    as_of: 2029
    said_by: union
    standing: reported
    source: secret-letter
    at: {paragraph: 3, printed: 41 %}
    access: internal
    recorded: 2031-04-02
  havneby.lowered:
    derived:
      difference: [havneby.web-share, havneby.hidden-share]
      measure: gap
      among: applications
      because: {nb: om skjult, en: of the hidden one}
    theme: channels
    place: havneby
    source: letter
    access: {level: public, because: told already}
    recorded: 2031-04-03
"""
SOURCES = """\
  letter:
    type: personal_communication
    title: Brev om nett
    author: [{family: Berg, given: Kari}, {family: Lie}]
    publisher: Havneby
    URL: https://example.org/letter
    issued: {date: 2030, inferred: year-before}
    nature: {nb: brev, en: a letter}
    interest: {nb: ingens, en: "nobody's"}
  secret-letter:
    type: personal_communication
    title: Et skjult brev
    nature: {nb: brev, en: a letter}
    interest: {nb: ingens, en: "nobody's"}
people:
"""
GAP = (
    "populations:\n",
    "  gap: {unit: percentage-points, name: {nb: forskjell, en: gap}}\npopulations:\n",
)
TEXT = f"""\
{EN_HEAD}
A third of that, {{{{ fact("havneby.web-share", form="with base") }}}} again, and
{{{{ fact("havneby.web-share") }}}}. It {{{{ trend("havneby.growth") }}}}.

{{{{ statement("havneby.half") }}}} {{{{ fact("havneby.paper-share", start=True) }}}} use paper. The form
opened{{{{ cite("havneby.opened") }}}}. The gap is {{{{ fact("havneby.lowered") }}}}.

{{{{ chart("bars", ["havneby.web-share", "havneby.half"], caption="On the web") }}}}
"""
FILES = {
    "facts/havneby.yaml": changed(changed(STORE, "people:\n", SOURCES), *GAP) + MORE,
    "templates/audiences/council.yaml": COUNCIL,
    "templates/channels/brief.yaml": changed(BRIEF, "[nb, en]", "[en]"),
    "templates/channels/public.en.md.j2": TEXT,
}
SOURCE_COLUMNS = [column for column in COLUMNS if column.startswith("source_")]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The facts of the tiny workspace's edition."""
    workspace = load_workspace(make_workspace(tmp_path_factory.mktemp("facts"), FILES))
    (edition,) = workspace.editions()
    return facts_csv(resolve_edition(edition, workspace), workspace.facts)


def rows_of(data: bytes) -> dict[str, dict[str, str]]:
    """The rows by the ids of their facts, spaces made ordinary."""
    table = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    return {row["id"]: {key: plain(cell) for key, cell in row.items()} for row in table}


def test_a_fact_is_told_with_its_figure_its_source_and_all_that_is_printed_of_it(
    data: bytes,
) -> None:
    row = rows_of(data)["havneby.web-share"]

    assert row == {
        "note": "1",
        "id": "havneby.web-share",
        "printed": "yes",
        "printed_as": "figure: about 62%\n"
        "with base: about 62% (applications for a kindergarten place)\ncite\nchart: about 62%",
        "what": "About 62%: share on the web; applications for a kindergarten place",
        "statement": "About 62% of applications came in on the web in 2030 (inferred).",
        "value": "62",
        "value_high": "",
        "value_of": "",
        "unit": "percent",
        "qualifier": "about",
        "measure": "web-share",
        "measure_name": "share on the web",
        "among": "applications",
        "among_name": "applications for a kindergarten place",
        "place": "havneby",
        "place_name": "Havneby",
        "as_of": "2030",
        "since": "",
        "as_of_text": "2030 (inferred)",
        "inferred": "year-before",
        "inferred_because": "the report covers the year before",
        "said_by": "digital-head",
        "speaker": "Ida Holm, head of digitalisation",
        "standing": "reported",
        "source": "havneby-2031",
        "source_letter": "A",
        "source_title": "Årsmelding for Havneby",
        "source_author": "",
        "source_publisher": "",
        "source_issued": "",
        "source_url": "",
        "source_type": "report",
        "source_nature": "the municipality's own annual report",
        "source_interest": "the municipality wants to show progress",
        "paragraph": "12",
        "source_words": "cirka 62 prosent",
        "recorded": "2031-04-02",
        "access": "public",
        "derived": "",
        "inputs": "",
        "arithmetic": "",
    }


def test_rows_follow_the_notes_and_say_which_facts_only_others_rest_on(data: bytes) -> None:
    rows = rows_of(data)

    assert [(row["note"], id_, row["printed"]) for id_, row in rows.items()] == [
        ("1", "havneby.web-share", "yes"),
        ("2", "havneby.growth", "yes"),
        ("3", "havneby.web-share-before", "no"),
        ("4", "havneby.half", "yes"),
        ("5", "havneby.paper-share", "yes"),
        ("6", "havneby.opened", "yes"),
        ("7", "havneby.lowered", "yes"),
    ]


def test_a_derived_fact_shows_its_arithmetic_and_each_of_its_sources(data: bytes) -> None:
    row = rows_of(data)["havneby.growth"]

    assert row["printed_as"] == "trend: rose by about 14 percentage points"
    assert row["inputs"] == "havneby.web-share-before havneby.web-share"
    assert row["arithmetic"] == "about 62% − 48% = about 14 percentage points"
    assert (row["derived"], row["said_by"], row["paragraph"]) == ("change", "", "")
    assert (row["since"], row["as_of"]) == ("2028", "2030")
    assert (row["source"], row["source_letter"]) == ("havneby-2031", "A")


def test_ranges_parts_and_dates_are_taken_apart_and_a_mark_alone_is_no_text(data: bytes) -> None:
    rows = rows_of(data)

    shown = {
        id_: (row["value"], row["value_high"], row["value_of"], row["qualifier"])
        for id_, row in rows.items()
    }

    assert shown["havneby.half"] == ("10", "15", "", "under")
    assert shown["havneby.paper-share"] == ("8", "", "10", "nearly")
    assert shown["havneby.opened"] == ("XXXX-04-11", "", "", "exact")
    assert rows["havneby.opened"]["printed_as"] == "cite"
    assert rows["havneby.paper-share"]["printed_as"] == "figure: Nearly eight in ten"


def test_a_source_says_who_wrote_it_and_that_its_date_is_inferred(data: bytes) -> None:
    row = rows_of(data)["havneby.half"]

    assert {key: row[key] for key in SOURCE_COLUMNS} == {
        "source_letter": "B",
        "source_title": "Brev om nett",
        "source_author": "Kari Berg; Lie",
        "source_publisher": "Havneby",
        "source_issued": "2030 (inferred)",
        "source_url": "https://example.org/letter",
        "source_type": "personal_communication",
        "source_nature": "a letter",
        "source_interest": "nobody's",
        "source_words": "'-10 til 15, sa hun",  # no sum for a spreadsheet
    }
    assert row["statement"] == "'=Deadline: under 10–15%, she said."


def test_what_is_computed_from_hidden_facts_names_none_of_them(data: bytes) -> None:
    row = rows_of(data)["havneby.lowered"]

    assert (row["inputs"], row["arithmetic"]) == ("", "")
    assert row["speaker"] == "our calculation"
    assert (row["source"], row["source_title"]) == ("letter", "Brev om nett")
    assert b"hidden-share" not in data
    assert b"skjult" not in data


def test_the_table_is_whole_after_rfc_4180_and_opens_in_a_spreadsheet(data: bytes) -> None:
    text = data.decode("utf-8-sig")

    assert data.startswith(b"\xef\xbb\xbf" + ",".join(COLUMNS).encode() + b"\r\n")
    assert text.endswith("\r\n")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert not any("\r" in cell for row in rows for cell in row)  # lines in a cell end in LF


def test_an_edition_whose_word_file_says_more_has_the_facts_of_both_documents(
    tmp_path: Path,
) -> None:
    extra = '{% if format == "docx" %}{{ fact("havneby.staff") }} work there. {% endif %}'
    text = changed(EN_HEAD, "Parents", f"{extra}Parents")
    files = {**FILES, "templates/channels/public.en.md.j2": text}
    workspace = load_workspace(make_workspace(tmp_path, files))
    (edition,) = workspace.editions()

    rows = rows_of(facts_csv(resolve_edition(edition, workspace), workspace.facts))

    assert [(id_, row["note"], row["printed_as"]) for id_, row in rows.items()] == [
        ("havneby.web-share", "1\n2", "figure: about 62%"),
        ("havneby.staff", "1", "figure: 4,200"),
    ]


@pytest.mark.parametrize("name", NAMES[:2])
def test_every_note_of_a_shipped_edition_has_its_row(shipped: Shipped, name: str) -> None:
    edition = next(e for e in shipped.workspace.editions() if e.name == name)

    rows = rows_of(facts_csv(resolve_edition(edition, shipped.workspace), shipped.workspace.facts))

    notes = shipped.documents[name].notes.notes
    assert list(rows) == [note.fact for note in notes]
    assert [row["what"] for row in rows.values()] == [plain(note.what) for note in notes]
    assert all(row["source_title"] and row["speaker"] and row["recorded"] for row in rows.values())
