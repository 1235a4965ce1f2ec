"""What comes in from reference managers, and what goes out to other tools."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from workspaces import (
    EN,
    NB,
    REPOSITORY,
    STORE,
    Told,
    changed,
    make_workspace,
    run,
    write,
)

from reports.briefs import load_workspace
from reports.cli import main
from reports.facts.csl import TYPES
from reports.facts.exchange.export import ExportFormat, export_store, safe_cell
from reports.facts.load import load_facts
from reports.facts.model import Access, Facts, Source
from reports.facts.quantities import Number, Part, Range
from reports.problems import ReportError

LANGUAGES = ("nb", "en")


def take(workspace: Path, capsys: pytest.CaptureFixture[str], *words: object) -> Told:
    """What `facts import` tells."""
    return run(workspace, capsys, "facts", "import", *map(str, words))


# ---------------------------------------------------------------- sources

ITEM: dict[str, Any] = {
    "id": "http://zotero.org/users/1/items/ABCD",
    "citation-key": "holmÅrsmelding2031",
    "type": "report",
    "title": "Havneby: en melding",
    "author": [
        {"family": "Holm", "given": "Ida", "non-dropping-particle": "von", "suffix": "jr."},
        {"literal": "Havneby kommune"},
    ],
    "issued": {"date-parts": [[2031, "3"]]},
    "publisher": "Havneby kommune",
    "language": "nb-NO",
    "DOI": "10.1000/1",
    "page": 12,
    "accessed": {"date-parts": [[2031, 4, 2]]},
    "editor": [{"family": "Lie"}],
    "note": "nature(nb): melding\nnature(en): report\ninterest(nb): a\ninterest(en): b: c\nLest.",
}
ENTRY = """\
sources:
  holmarsmelding2031:
    type: report
    title: "Havneby: en melding"
    author: [{family: "von Holm, jr.", given: "Ida"}, {family: "Havneby kommune"}]
    publisher: "Havneby kommune"
    issued: 2031-03
    language: nb
    nature: {nb: melding, en: report}
    interest: {nb: a, en: "b: c"}
    DOI: "10.1000/1"
    page: 12
    accessed: 2031-04-02
"""


def library(file: Path, *items: object) -> Path:
    """A file of these items."""
    write(file, json.dumps(items, ensure_ascii=False))
    return file


def test_an_item_of_a_reference_manager_becomes_a_source(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path / "workspace")

    told = take(workspace, capsys, library(tmp_path / "Mine kilder.json", ITEM))

    assert told == Told(
        0,
        "holmÅrsmelding2031 → holmarsmelding2031: Havneby: en melding\n"
        "  left out: note, editor\n"
        "facts/mine-kilder.yaml written\n",
        "1 source taken, 0 known, 0 refused\n",
    )
    assert (workspace / "facts/mine-kilder.yaml").read_text("utf-8") == ENTRY
    source = load_workspace(workspace).facts.sources["holmarsmelding2031"]
    assert source.other == {"DOI": "10.1000/1", "page": "12", "accessed": "2031-04-02"}


def test_what_no_reference_manager_knows_is_to_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path / "workspace")
    items = library(tmp_path / "more.json", {"id": "kart", "type": "map", "title": "Kart"})

    told = take(workspace, capsys, items)
    checked = run(workspace, capsys, "facts", "list")

    assert told.out == (
        "kart → kart: Kart\n"
        "facts/more.yaml written\n"
        "facts/more.yaml:2:44: still to be written: 'nature' of source 'kart' has no languages\n"
        "facts/more.yaml:2:58: still to be written: 'interest' of source 'kart' has no languages\n"
    )
    assert (told.code, checked.code) == (0, 1)


def test_items_come_beside_the_sources_that_a_file_has(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path / "workspace")
    take(workspace, capsys, library(tmp_path / "more.json", ITEM))
    other = {**ITEM, "citation-key": "kart2031", "title": "Kart", "author": []}
    both = library(tmp_path / "more.json", ITEM, other)

    told = take(workspace, capsys, both, "--json")

    assert json.loads(told.out) == {
        "file": str(tmp_path / "more.json"),
        "taken": [
            {
                "key": "kart2031",
                "id": "kart2031",
                "title": "Kart",
                "left_out": ["note", "editor"],
                "blanks": [],
            }
        ],
        "known": ["holmarsmelding2031"],
        "refused": [],
        "faults": [],
        "blanks": [],
        "written": ["facts/more.yaml"],
    }
    sources = load_workspace(workspace).facts.sources
    assert list(sources) == ["havneby-2031", "holmarsmelding2031", "kart2031"]


SOURCE = STORE.splitlines().index("  havneby-2031:") + 1  # its line
REFUSED_ITEMS = {
    "no title": ({"title": " "}, "it has no title"),
    "no type": ({"type": None}, "it has no type"),
    "a type that CSL lacks": ({"type": "raport"}, "its type 'raport' is none of CSL's"),
    "the id of another source": (
        {"citation-key": "havneby-2031"},
        f"its id 'havneby-2031' is that of another source, facts/havneby.yaml:{SOURCE}:3",
    ),
    "the title and date of another source": (
        {"title": "årsmelding FOR Havneby", "issued": None},
        f"it has the title and date of 'havneby-2031', facts/havneby.yaml:{SOURCE}:3",
    ),
    "what the store doesn't have": (
        {"note": f"{ITEM['note']}\ninferred: from-the-cover"},
        "unknown inference 'from-the-cover'",
    ),
}


@pytest.mark.parametrize(("change", "reason"), REFUSED_ITEMS.values(), ids=REFUSED_ITEMS.keys())
def test_an_item_that_makes_no_source_is_refused_with_its_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: dict[str, Any], reason: str
) -> None:
    workspace = make_workspace(tmp_path / "workspace")
    good = {**ITEM, "citation-key": "other", "title": "Other"}

    told = take(workspace, capsys, library(tmp_path / "more.json", good, {**ITEM, **change}))

    refused = [line for line in told.out.splitlines() if line.startswith("item ")]
    assert [line.split(" refused: ")[1] for line in refused] == [reason]
    assert (told.code, told.err) == (1, "1 source taken, 0 known, 1 refused\n")
    assert "havneby-2031" in (sources := load_workspace(workspace).facts.sources)
    assert "other" in sources


def test_an_item_that_comes_twice_is_taken_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path / "workspace")

    told = take(workspace, capsys, library(tmp_path / "more.json", ITEM, ITEM))

    assert f"item 2 ({ITEM['id']}) refused: it is item 1 again\n" in told.out
    assert told.err == "1 source taken, 0 known, 1 refused\n"


ISSUED = {
    "a year": ({"date-parts": [[2031]]}, "2031"),
    "a day": ({"date-parts": [["2031", "3", "9"]]}, "2031-03-09"),
    "a season": ({"date-parts": [[2031]], "season": 2}, "2031-22"),
    "a season in words": ({"date-parts": [[2031]], "season": "Autumn"}, "2031-23"),
    "EDTF": ("2031-04", "2031-04"),
    "raw, and plain": ({"raw": "XXXX-04-11"}, "XXXX-04-11"),
    "raw, and free": ({"raw": "våren 2031"}, ""),
    "about": ({"date-parts": [[2031]], "circa": True}, ""),
    "a range": ({"date-parts": [[2030], [2031]]}, ""),
    "a month that no year has": ({"date-parts": [[2031, 13]]}, ""),
    "nothing like a date": ([1, 2], ""),
    "a year before our era": ({"date-parts": [[-44]]}, ""),
}


@pytest.mark.parametrize(("issued", "edtf"), ISSUED.values(), ids=ISSUED.keys())
def test_a_date_is_taken_as_it_is_or_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], issued: object, edtf: str
) -> None:
    workspace = make_workspace(tmp_path / "workspace")

    told = take(
        workspace, capsys, library(tmp_path / "m.json", {**ITEM, "issued": issued}), "--json"
    )

    (taken,) = json.loads(told.out)["taken"]
    left_out = [each for each in taken["left_out"] if each.startswith("issued")]
    entry = (workspace / "facts/m.yaml").read_text("utf-8")
    assert (f"    issued: {edtf}\n" in entry) == bool(edtf)
    assert len(left_out) == (not edtf)


WRONG_LIBRARIES = {
    "no JSON": ("[{", ":1:3: not valid JSON: expecting property name enclosed in double quotes\n"),
    "no list": (
        '"text"',
        ": is no list of sources\n  hint: export it from the reference manager as CSL JSON\n",
    ),
    "a list of words": (
        '["a"]',
        ": is no list of sources\n  hint: export it from the reference manager as CSL JSON\n",
    ),
    "nesting without end": ("[" * 100_000, ": nests too deep\n"),
}


@pytest.mark.parametrize(("text", "message"), WRONG_LIBRARIES.values(), ids=WRONG_LIBRARIES.keys())
def test_a_file_that_is_no_library_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, message: str
) -> None:
    workspace = make_workspace(tmp_path / "workspace")
    write(tmp_path / "more.json", text)

    told = take(workspace, capsys, tmp_path / "more.json")

    assert told == Told(1, "", f"{tmp_path / 'more.json'}{message}")


def test_a_type_of_source_that_csl_lacks_is_a_fault_in_a_fact_file(tmp_path: Path) -> None:
    write(tmp_path / "store.yaml", changed(STORE, "type: report", "type: raport"))

    with pytest.raises(ReportError) as caught:
        load_facts(tmp_path, LANGUAGES)

    (problem,) = caught.value.problems
    assert problem.shown(tmp_path) == (
        f"store.yaml:{SOURCE + 1}:5: unknown type of source 'raport'\n  hint: did you mean 'report'?"
    )


# ---------------------------------------------------------------- to other tools

NAMES = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "properties": {key: {"type": "string"} for key in ("family", "given", "literal")},
        "additionalProperties": False,
    },
}
DATE = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
        },
        "season": {"enum": [1, 2, 3, 4]},
        "raw": {"type": "string"},
    },
    "additionalProperties": False,
}
CSL = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "type": {"enum": TYPES},
            **{key: {"type": "string"} for key in ("id", "title", "publisher", "container-title")},
            **{key: {"type": "string"} for key in ("URL", "language", "note", "DOI", "page")},
            "author": NAMES,
            "issued": DATE,
            "accessed": DATE,
        },
        "required": ["id", "type"],
        "additionalProperties": False,
    },
}
MORE = """\
themes:
  secret-theme: {nb: hemmelig tema, en: secret theme}
places:
  secret-place: {name: {nb: Skjulested, en: Hideout}, in: denmark}
inferences:
  secret-reason: {nb: hemmelig grunn, en: secret reason}
measures:
  all-staff: {unit: count, name: {nb: ansatte i alt, en: staff in all}}
  secret-measure: {unit: count, name: {nb: hemmelig mål, en: secret measure}}
populations:
  secret-people: {nb: hemmelige folk, en: secret population}
sources:
  secret-source:
    type: interview
    title: Secret talk
    issued: {date: 2031-22, inferred: secret-reason}
    author: [{family: Secretary}]
    nature: {nb: hemmelig samtale, en: secret talk}
    interest: {nb: hemmelig, en: secret}
    voice: secret-speaker
    text: secret.txt
    accessed: 2031-04-02
    DOI: 10.1/secret
people:
  secret-speaker: {name: Secret Person}
facts:
  secret.count:
    theme: secret-theme
    place: secret-place
    statement: {nb: "Det er {figure}.", en: "There are {figure}."}
    figure: {value: [-5, 1.50], measure: secret-measure, among: secret-people}
    as_of: 2030
    said_by: secret-speaker
    standing: hearsay
    source: secret-source
    at: {paragraph: 1}
    access: restricted
    supersedes: havneby.staff
    contradicts: [havneby.paper-share]
    recorded: 2031-04-05
  secret.staff:
    theme: secret-theme
    place: secret-place
    statement: {nb: "Det var {figure}.", en: "There were {figure}."}
    figure: {value: 3, measure: head-count, among: employees}
    as_of: 2030-06
    said_by: secret-speaker
    standing: hearsay
    source: secret-source
    at: {paragraph: 2}
    access: internal
    recorded: 2031-04-02
  open.sum:
    theme: staff
    place: havneby
    statement: {nb: "I alt {figure}.", en: "In all {figure}."}
    derived: {sum: [secret.staff, havneby.staff], measure: all-staff, among: employees}
    source: havneby-2031
    access: {level: public, because: the secret number can't be told from it}
    recorded: 2031-04-05
  open.view:
    theme: channels
    place: havneby
    statement: {nb: "=Alt er bra.", en: "=All is well."}
    as_of: 2030
    said_by: union
    standing: opinion
    source: havneby-2031
    at: {paragraph: 1}
    contradicts: [secret.count]
    recorded: 2031-04-05
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """The tiny workspace with a restricted fact that has words of its own."""
    return make_workspace(tmp_path / "workspace", {"facts/more.yaml": MORE})


@pytest.fixture
def store(workspace: Path) -> Facts:
    return load_workspace(workspace).facts


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_store_as_json_has_every_fact_and_every_word_that_it_uses(store: Facts) -> None:
    whole = json.loads(export_store(store, ExportFormat.JSON, Access.RESTRICTED, "en"))

    assert list(whole) == [
        *("format", "version", "access", "language", "facts", "sources", "people"),
        *("measures", "populations", "themes", "places", "inferences"),
    ]
    assert [whole[key] for key in ("format", "version", "access", "language")] == [
        *("kildefast-store", 1, "restricted", "en")
    ]
    assert [fact["id"] for fact in whole["facts"]] == list(store.facts)
    assert whole["facts"][-4]["statements"] == {"nb": "Det er −5–1,50.", "en": "There are −5–1.50."}
    assert whole["sources"][-1] == {
        "id": "secret-source",
        "type": "interview",
        "title": "Secret talk",
        "author": [{"family": "Secretary", "given": None}],
        "publisher": None,
        "container_title": None,
        "url": None,
        "issued": "2031-22",
        "inferred": "secret-reason",
        "nature": {"nb": "hemmelig samtale", "en": "secret talk"},
        "interest": {"nb": "hemmelig", "en": "secret"},
        "text": "secret.txt",
        "language": "nb",
        "voice": "secret-speaker",
        "other": {"DOI": "10.1/secret", "accessed": "2031-04-02"},
    }
    assert [place["in"] for place in whole["places"]] == [None, None, "norway", "denmark"]


@pytest.mark.parametrize("kind", ExportFormat, ids=lambda kind: kind.value)
def test_what_leaves_says_nothing_of_what_is_hidden(store: Facts, kind: ExportFormat) -> None:
    public = export_store(store, kind, Access.PUBLIC, "en").decode().lower()
    restricted = export_store(store, kind, Access.RESTRICTED, "en").decode().lower()

    assert "secret" not in public
    assert "hideout" not in public
    assert "havneby" in public
    assert "secret" in restricted


def test_ids_of_hidden_facts_are_cut_out_of_those_that_leave(store: Facts) -> None:
    public = json.loads(export_store(store, ExportFormat.JSON, Access.PUBLIC, "en"))

    facts = {fact["id"]: fact for fact in public["facts"]}

    assert facts["open.view"]["contradicts"] == []
    assert facts["havneby.staff"]["superseded_by"] is None
    assert facts["open.sum"]["value"] == 4203
    assert [facts["open.sum"][key] for key in ("inputs", "arithmetic")] == [[], None]


def test_the_figures_of_a_csv_file_are_those_of_the_store(store: Facts) -> None:
    table = rows(export_store(store, ExportFormat.CSV, Access.RESTRICTED, "en"))

    values = {row["id"]: (row["value"], row["value_high"], row["value_of"]) for row in table}

    assert list(values) == list(store.facts)
    for id_, fact in store.facts.items():
        value, high, of = values[id_]
        match fact.figure and fact.figure.value:
            case Number(number):
                assert Decimal(value) == number
            case Range(low, up):
                assert (Decimal(value), Decimal(high)) == (low.value, up.value)
            case Part(count, whole):
                assert (int(value), int(of)) == (count, whole)
            case None:
                assert (value, high, of) == ("", "", "")
    assert values["secret.count"] == ("-5", "1.50", "")
    assert values["havneby.opened"] == ("XXXX-04-11", "", "")


def test_a_spreadsheet_computes_nothing_of_a_csv_file(store: Facts) -> None:
    data = export_store(store, ExportFormat.CSV, Access.PUBLIC, "en")

    (row,) = (row for row in rows(data) if row["id"] == "open.view")

    assert row["statement"] == "'=All is well."
    assert data.startswith(b"\xef\xbb\xbfid,value,value_high,value_of,unit,")
    assert data.count(b"\n") == data.count(b"\r\n") == len(rows(data)) + 1


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+47 22", "'+47 22"),
        ("-kr", "'-kr"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("＝1", "'＝1"),
        ("a=1", "a=1"),
        ("−3", "−3"),
        ("", ""),
    ],
)
def test_a_cell_is_marked_as_text_only_where_it_would_be_computed(text: str, safe: str) -> None:
    assert safe_cell(text) == safe


def test_sources_leave_as_csl_and_come_back_as_they_were(
    store: Facts, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = export_store(store, ExportFormat.CSL, Access.RESTRICTED, "en")
    items = json.loads(data)
    words = {
        "facts/havneby.yaml": without(STORE, "sources", "facts"),
        "facts/more.yaml": without(MORE, "sources", "facts"),
    }
    back = make_workspace(tmp_path / "back", words | NO_FIGURES)
    (tmp_path / "all.json").write_bytes(data)

    told = take(back, capsys, tmp_path / "all.json")

    assert list(Draft7Validator(CSL).iter_errors(items)) == []
    assert (told.code, told.err) == (0, "2 sources taken, 0 known, 0 refused\n")
    assert "left out" not in told.out
    assert plain(load_workspace(back).facts.sources) == plain(store.sources)


def without(store: str, *sections: str) -> str:
    """A fact file without those sections."""
    parts = re.split(r"^(?=\w)", store, flags=re.MULTILINE)
    return "".join(part for part in parts if not part.startswith(sections))


# A template of the tiny workspace names a fact, which is not there without facts.
NO_FIGURES = dict.fromkeys((NB, EN), "# Tom\n\nIngenting her.\n")


def plain(sources: dict[str, Source]) -> dict[str, dict[str, object]]:
    """All of each source but where it is declared."""
    return {
        id_: {key: value for key, value in vars(source).items() if key != "declared"}
        for id_, source in sources.items()
    }


def test_every_shipped_source_leaves_as_valid_csl() -> None:
    store = load_workspace(REPOSITORY).facts

    items = json.loads(export_store(store, ExportFormat.CSL, Access.PUBLIC, "en"))

    assert [item["id"] for item in items] == list(store.sources)
    assert list(Draft7Validator(CSL).iter_errors(items)) == []


@pytest.mark.parametrize("kind", ExportFormat, ids=lambda kind: kind.value)
def test_the_same_store_leaves_as_the_same_bytes(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: ExportFormat
) -> None:
    files = [tmp_path / "a", tmp_path / "b"]
    told = [
        run(workspace, capsys, "facts", "export", "--format", kind.value, "--out", str(file))
        for file in files
    ]

    assert {each.code for each in told} == {0}
    assert told[0].err == "9 facts as 'public' may see them, 3 left out\n"
    assert files[0].read_bytes() == files[1].read_bytes() != b""


def test_the_store_leaves_on_standard_output_and_as_public_if_not_said_otherwise(
    workspace: Path, store: Facts, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    code = main(
        ["facts", "export", "--format", "csv", "--lang", "nb", "--workspace", str(workspace)]
    )

    assert code == 0
    assert capsysbinary.readouterr().out == export_store(
        store, ExportFormat.CSV, Access.PUBLIC, "nb"
    )


def test_a_store_in_which_nothing_is_public_leaves_empty(store: Facts) -> None:
    hidden = {id_: fact for id_, fact in store.facts.items() if fact.access is not Access.PUBLIC}

    data = export_store(replace(store, facts=hidden), ExportFormat.JSON, Access.PUBLIC, "en")

    whole = json.loads(data)
    assert [key for key, value in whole.items() if value == []] == [
        *("facts", "sources", "people", "measures", "populations", "themes", "places"),
        "inferences",
    ]
