"""The register of what was issued: one file a bundle, told whole, and told apart when damaged."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from registers import final, issue, record
from shipped import ROOT
from workspaces import (
    BRIEF,
    EN,
    EN_HEAD,
    NB,
    NB_TEXT,
    STORE,
    changed,
    contents,
    english,
    make_workspace,
    write,
)

from reports.briefs import load_workspace
from reports.build import resolve_all
from reports.casefile.delivery import Arrival, Arrived, Receipt
from reports.casefile.gate import Check
from reports.casefile.record import Decision, EditionMark, EntryKind, Replaced
from reports.casefile.register import (
    Issued,
    add_receipt,
    issued,
    issued_entry,
    latest,
    metadata_hash,
    versions,
    write_issued,
)
from reports.casefile.register.written import issued_json, read_issued
from reports.cases.reference import CaseNumber, ExternalKey
from reports.cases.settings import Screening
from reports.facts.model import Access
from reports.problems import Place, Problem, ReportError

S = "\N{NO-BREAK SPACE}"
MARK = EditionMark("channels", "public", "en", "")
NAME = "issued/2026-1234/channels.public.en.v1.json"
SCHEMA = json.loads((ROOT / "docs/issued.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
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
RECEIPT = Receipt(
    url="https://cases.example/remote.php/2026-1234",
    folder="channels.public.en.v1",
    started=dt.datetime(2031, 4, 11, 9, 0, tzinfo=dt.UTC),
    finished=dt.datetime(2031, 4, 11, 9, 1, tzinfo=dt.UTC),
    files=(Arrived("bagit.txt", "0" * 64, Arrival.DELIVERED),),
)


@pytest.fixture(scope="module")
def entry(tmp_path_factory: pytest.TempPathFactory) -> Issued:
    """The first version of an edition that prints, computes and cites."""
    files = {**english(BODY), "facts/growth.yaml": DERIVED}
    return issue(make_workspace(tmp_path_factory.mktemp("workspace"), files))


def json_of(entry: Issued) -> dict[str, Any]:
    value = json.loads(issued_json(entry))
    assert isinstance(value, dict)
    return value


def problems_of(find: Callable[[], object], root: Path) -> list[str]:
    """What a step finds wrong, as a person sees it."""
    with pytest.raises(ReportError) as caught:
        find()
    return [problem.shown(root) for problem in caught.value.problems]


# ---------------------------------------------------------------- what an entry tells


def test_an_entry_tells_a_fact_as_data_in_words_and_as_printed(entry: Issued) -> None:
    share = json_of(entry)["facts"][0]

    assert share == {
        "id": "havneby.web-share",
        "value": "62",
        "high": "",
        "of": "",
        "date": "",
        "qualifier": "about",
        "unit": "percent",
        "measure": "web-share",
        "among": "applications",
        "as_of": "2030",
        "since": "",
        "inferred": "year-before",
        "said_by": "digital-head",
        "standing": "reported",
        "source": "havneby-2031",
        "paragraph": 12,
        "recorded": "2031-04-02",
        "inputs": [],
        "words": {
            "figure": f"about{S}62%",
            "measure": "share on the web",
            "among": "applications for a kindergarten place",
            "statement": "",
            "sum": "",
            "as_of": "2030 (inferred)",
            "speaker": "Ida Holm, head of digitalisation",
            "standing": "reported by a party",
            "source": f"‘Årsmelding for Havneby’, para.{S}12",
        },
        "printed": {"figure": [f"about{S}62%"]},
        "note": (
            f"About{S}62%: share on the web; applications for a kindergarten place. Ida Holm, head "
            f"of digitalisation. 2030 (inferred). Reported by a party. A{S}para.{S}12."
        ),
    }


def test_an_entry_tells_what_a_computed_fact_rests_on_and_where_each_fact_stands(
    entry: Issued,
) -> None:
    told = json_of(entry)

    growth, before = told["facts"][1:3]
    assert [each["id"] for each in told["facts"]] == [
        "havneby.web-share",
        "havneby.web-growth",
        "havneby.web-share-before",
        "havneby.one-way-in",
    ]
    assert growth["inputs"] == ["havneby.web-share-before", "havneby.web-share"]
    assert growth["words"]["sum"] == f"about{S}62% − 48% = about{S}14{S}percentage points"
    assert (growth["since"], growth["source"], growth["paragraph"]) == ("2028", "", 0)
    assert (before["value"], before["printed"]) == ("48", {})
    assert told["sentences"] == [
        {
            "fact": "havneby.web-share",
            "section": "Applications come in on the web",
            "text": f"Parents apply on the web: about{S}62%.",
        },
        {
            "fact": "havneby.web-growth",
            "section": "Growth",
            "text": f"It grew by about{S}14{S}percentage points.",
        },
        {"fact": "havneby.one-way-in", "section": "Growth", "text": "Some want more."},
    ]
    assert told["sources"] == [
        {
            "id": "havneby-2031",
            "text": (
                "‘Årsmelding for Havneby’. Publisher not stated. Date not stated. The "
                "municipality’s own annual report. The municipality wants to show progress."
            ),
        }
    ]


CHARTED = """\
{{ chart("bars", ["havneby.web-share"], caption="On the web", labels=["Now"]) }}

Parents apply early.{{ cite("havneby.staff") }} It took {{ fact("havneby.answer-time") }}.

{{ caption("Ways in") }}

| Place | Known |
| --- | --- |
| {{ cite("havneby.one-way-in") }} | Yes{{ cite("havneby.one-way-in") }} |
"""


def test_a_sentence_is_told_without_its_marks_and_a_drawn_fact_once(tmp_path: Path) -> None:
    told = issue(make_workspace(tmp_path, english(CHARTED)))

    assert [(each.fact, each.text) for each in told.sentences] == [
        ("havneby.web-share", f"Parents apply on the web: about{S}62%."),
        ("havneby.web-share", f"On the web – Now: about{S}62%"),
        ("havneby.staff", "Parents apply early."),
        ("havneby.answer-time", f"It took 3{S}weeks."),
        ("havneby.one-way-in", "Ways in"),
        ("havneby.one-way-in", "Ways in – Known: Yes"),
    ]


RANGE = """\
facts:
  havneby.range:
    theme: staff
    place: havneby
    statement: {nb: "Det var {figure}.", en: "There were {figure}."}
    figure: {value: [1.10, 28 million], measure: head-count, among: employees}
    as_of: 2029
    said_by: union
    standing: reported
    source: havneby-2031
    at: {paragraph: 20, printed: mellom}
    recorded: 2031-04-02
"""


def test_each_kind_of_figure_is_data(tmp_path: Path) -> None:
    figures = ("paper-share", "staff", "answer-time", "opened", "range")
    printed = [f'{{{{ fact("havneby.{name}") }}}}' for name in figures]
    body = f'{", ".join(printed)}.{{{{ cite("havneby.one-way-in") }}}}'

    told = issue(make_workspace(tmp_path, {**english(body), "facts/range.yaml": RANGE}))

    values = {each.id: (each.value, each.high, each.of, each.date) for each in told.facts}

    assert values == {
        "havneby.web-share": ("62", "", "", ""),
        "havneby.paper-share": ("8", "", "10", ""),
        "havneby.staff": ("4200", "", "", ""),
        "havneby.answer-time": ("3", "", "", ""),
        "havneby.opened": ("", "", "", "XXXX-04-11"),
        "havneby.one-way-in": ("", "", "", ""),
        "havneby.range": ("1.10", "28000000", "", ""),
    }


LOWERED = """\
facts:
  havneby.web-growth:
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


def test_an_entry_holds_nothing_above_its_readers_access(tmp_path: Path) -> None:
    hidden = changed(
        STORE,
        "printed: 48 prosent}\n",
        "printed: 48 prosent}\n    access: internal\n",
    )
    files = {
        **english('It grew by {{ fact("havneby.web-growth") }}.'),
        "facts/havneby.yaml": hidden,
        "facts/growth.yaml": LOWERED,
    }

    told = issue(make_workspace(tmp_path, files))

    assert told.access is Access.PUBLIC
    assert [(each.id, each.inputs, each.source) for each in told.facts] == [
        ("havneby.web-share", (), "havneby-2031"),
        ("havneby.web-growth", (), "havneby-2031"),
    ]
    data = issued_json(told).decode()
    assert [word for word in ("48%", '"48"', "web-share-before") if word in data] == []


def test_an_entry_keeps_the_warnings_on_its_own_edition_that_its_readers_may_know(
    tmp_path: Path,
) -> None:
    root = make_workspace(tmp_path)
    workspace = load_workspace(root)
    editions = [each for each in workspace.editions() if each.language == "en"]
    items, _ = resolve_all(editions, workspace)
    facts, settings = Place(root / "facts/havneby.yaml", 7), Place(root / "templates/x.yaml")
    warnings = [
        Problem(facts, "fact 'havneby.web-share' should be reviewed", fatal=False),
        Problem(facts, "fact 'havneby.web-share' is wrong"),
        Problem(facts, "fact 'havneby.staff' should be reviewed", fatal=False),
        Problem(facts, "'havneby.web-share' contradicts 'havneby.secret-plan'.", fatal=False),
        Problem(Place(root / EN, 3), "a long sentence", fatal=False),
        Problem(Place(root / NB, 3), "another long sentence", fatal=False),
        Problem(settings, "the logo is small", fatal=False),
    ]

    told = issued_entry(record(MARK, 1), items, workspace, warnings)

    assert told.warnings == (
        "facts/havneby.yaml:7: fact 'havneby.web-share' should be reviewed",
        f"{EN}:3: a long sentence",
        "templates/x.yaml: the logo is small",
    )


def test_a_final_entry_keeps_who_decided_and_what_was_looked_for(tmp_path: Path) -> None:
    workspace = load_workspace(make_workspace(tmp_path))
    editions = [each for each in workspace.editions() if each.language == "en"]
    items, _ = resolve_all(editions, workspace)
    decision = Decision("Kari Nordmann", dt.date(2031, 5, 2))
    approved = replace(record(MARK, 1), decision=decision)

    told = issued_entry(approved, items, workspace, ())

    assert told.decision == decision
    assert told.checked[0] == Check("expired", 1, 0)


# ---------------------------------------------------------------- how it is written


def test_an_entry_reads_back_as_it_was(entry: Issued) -> None:
    delivered = replace(final(entry), receipts=(RECEIPT,), checked=(Check("expired", 4, 0),))
    keyed = replace(entry, case=ExternalKey("Fagsystem", "47/11"))

    for each in (entry, delivered, keyed):
        assert read_issued(issued_json(each), Path(NAME)) == each


def test_a_changed_fact_is_one_line_of_a_difference(entry: Issued) -> None:
    first, *others = entry.facts
    other = replace(entry, facts=(replace(first, value="64"), *others))

    before, after = (issued_json(each).decode().split("\n") for each in (entry, other))

    differing = [new for old, new in zip(before, after, strict=True) if old != new]
    assert [line[:45] for line in differing] == ['    {"id": "havneby.web-share", "value": "64"']
    assert (before[0], before[-1]) == ("{", "")


def test_the_schema_describes_what_is_written(entry: Issued, tmp_path: Path) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    files = {
        "templates/channels/brief.yaml": changed(BRIEF, "[public]", "[public, council]"),
        "templates/channels/council.nb.md.j2": NB_TEXT,
        "templates/channels/council.en.md.j2": EN_HEAD,
    }
    council = issue(make_workspace(tmp_path, files), "nb", "council")
    more = (Replaced(1, entry.key, "channels.public.en.v1"), (RECEIPT,), ("a warning",))
    second = replace(entry, version=2, replaces=more[0], receipts=more[1], warnings=more[2])
    decided = replace(final(entry), checked=(Check("expired", 4, 0),), recorded=None)
    entries = [entry, council, second, decided, replace(entry, case=ExternalKey("A", "1"))]

    faults = [fault for each in entries for fault in faults_in(json_of(each))]

    assert faults == []


def test_the_schema_describes_what_the_shipped_brief_tells() -> None:
    workspace = load_workspace(ROOT)
    (edition,) = (each for each in workspace.editions() if each.name.endswith("/public.nb"))
    items, _ = resolve_all([edition], workspace)
    mark = EditionMark(edition.brief.id, "public", "nb", "")

    told = issued_entry(record(mark, 1), items, workspace, ())

    assert faults_in(json_of(told)) == []
    assert read_issued(issued_json(told), Path(NAME)) == told
    assert len(told.facts) == len(items[0].document.notes.notes) > 10


def faults_in(value: object) -> list[str]:
    return [f"{fault.json_path}: {fault.message}" for fault in VALIDATOR.iter_errors(value)]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where there is a value; of a list, in its first item."""
    items = value.items() if isinstance(value, dict) else enumerate(value[:1])
    for key, inner in items:
        yield (*path, key)
        if isinstance(inner, (dict, list)):
            yield from places(inner, (*path, key))


def with_wrong(value: dict[str, Any], path: tuple[Any, ...], wrong: object) -> dict[str, Any]:
    other = deepcopy(value)
    holder: Any = other
    for key in path[:-1]:
        holder = holder[key]
    if wrong == "missing":
        del holder[path[-1]]
    else:
        holder[path[-1]] = wrong
    return other


@pytest.mark.parametrize("wrong", [None, True, [[]], {"zzz": 1}, "missing"], ids=str)
def test_reader_and_schema_refuse_the_same_wrong_values(entry: Issued, wrong: object) -> None:
    whole = replace(final(entry), receipts=(RECEIPT,), checked=(Check("expired", 4, 0),))
    value = json_of(whole)
    free = {"printed", "decision", "replaces", "recorded"}  # hold any key, or may be null

    differing = []
    for path in places(value):
        if path[-1] in free or (wrong == "missing" and path[-1] in (0, "year", "sequence")):
            continue
        other = with_wrong(value, path, wrong)
        try:
            refused = not read_issued(json.dumps(other).encode(), Path(NAME))
        except ReportError:
            refused = True
        if refused == VALIDATOR.is_valid(other):
            differing.append(path)

    assert differing == []


# ---------------------------------------------------------------- the folder


def test_a_workspace_without_a_register_has_issued_nothing(tmp_path: Path) -> None:
    assert issued(tmp_path) == ()


def test_entries_come_back_by_case_edition_and_version(entry: Issued, tmp_path: Path) -> None:
    other_case = replace(entry, case=CaseNumber("2025/7", 2025, 7))
    tenth, second = replace(entry, version=10), replace(entry, version=2)
    for each in (tenth, entry, second, other_case):
        write_issued(tmp_path, each)

    assert issued(tmp_path) == (other_case, entry, second, tenth)
    assert sorted(contents(tmp_path)) == [
        "issued/2025-7/channels.public.en.v1.json",
        NAME,
        "issued/2026-1234/channels.public.en.v10.json",
        "issued/2026-1234/channels.public.en.v2.json",
    ]
    assert latest(issued(tmp_path), entry.case, entry.edition) == tenth
    assert versions(issued(tmp_path), entry.case, entry.edition) == [entry, second, tenth]


def test_an_edition_that_was_never_issued_in_the_case_has_no_latest_version(entry: Issued) -> None:
    other = replace(entry.edition, language="nb")

    assert latest([entry], entry.case, other) is None
    assert latest([entry], CaseNumber("2026/1235", 2026, 1235), entry.edition) is None


def test_what_is_no_entry_is_left_alone(entry: Issued, tmp_path: Path) -> None:
    write_issued(tmp_path, entry)
    write(tmp_path / "issued/README.md", "What we issued.")
    write(tmp_path / "issued/2026-1234/.channels.public.en.v2.json.x1", "half")
    write(tmp_path / "issued/.git/x.json", "{")

    assert issued(tmp_path) == (entry,)


def test_a_version_is_never_written_over(entry: Issued, tmp_path: Path) -> None:
    file = write_issued(tmp_path, entry)
    before = contents(tmp_path)

    told = problems_of(lambda: write_issued(tmp_path, replace(entry, title="Other")), tmp_path)

    assert told == [
        f"{NAME}: version 1 is in the register already\n  hint: attach again for the next one"
    ]
    assert contents(tmp_path) == before
    assert file.stat().st_mode & 0o777 == 0o644


def test_of_many_that_write_one_version_at_once_one_succeeds_and_its_entry_is_whole(
    entry: Issued, tmp_path: Path
) -> None:
    entries = [replace(entry, title=f"Title {number}") for number in range(8)]

    def attempt(each: Issued) -> Issued | None:
        try:
            write_issued(tmp_path, each)
        except ReportError:
            return None
        return each

    with ThreadPoolExecutor(8) as pool:
        written = [each for each in pool.map(attempt, entries) if each]

    assert issued(tmp_path) == tuple(written)
    assert len(written) == 1
    assert list(contents(tmp_path)) == [NAME]


def test_a_register_that_cant_be_written_is_a_problem(entry: Issued, tmp_path: Path) -> None:
    write(tmp_path / "issued/2026-1234", "a file where the case's folder is to be")

    told = problems_of(lambda: write_issued(tmp_path, entry), tmp_path)

    hint = "  hint: let it be written there, then attach again: the bundle waits for its entry"
    assert told == [f"{NAME}: can't be written: file exists\n{hint}"]


def test_an_entry_that_couldnt_be_read_again_isnt_written(entry: Issued, tmp_path: Path) -> None:
    told = problems_of(lambda: write_issued(tmp_path, replace(entry, version=0)), tmp_path)

    assert told == [
        "issued/2026-1234/channels.public.en.v0.json: 'version' is 0\n  hint: versions count from 1"
    ]
    assert contents(tmp_path) == {}


# ---------------------------------------------------------------- receipts


def test_a_receipt_is_added_to_what_the_register_holds_by_then(
    entry: Issued, tmp_path: Path
) -> None:
    write_issued(tmp_path, entry)
    again = replace(RECEIPT, finished=RECEIPT.finished + dt.timedelta(hours=1))

    add_receipt(tmp_path, entry, RECEIPT)
    told = add_receipt(tmp_path, entry, again)

    assert told == replace(entry, receipts=(RECEIPT, again))
    assert issued(tmp_path) == (told,)
    line = (tmp_path / NAME).read_text("utf-8").split("\n")[-5]
    assert line == (
        '    {"url": "https://cases.example/remote.php/2026-1234", "folder": '
        '"channels.public.en.v1", "started": "2031-04-11T09:00:00+00:00", "finished": '
        '"2031-04-11T09:01:00+00:00", "files": [{"name": "bagit.txt", "sha256": '
        f'"{"0" * 64}", "arrival": "delivered"}}]}},'
    )


def test_a_receipt_never_keeps_a_password(entry: Issued, tmp_path: Path) -> None:
    write_issued(tmp_path, entry)
    url = "https://ola:hemmelig@cases.example:8443/2026-1234?token=hemmelig#hemmelig"

    told = add_receipt(tmp_path, entry, replace(RECEIPT, url=url))

    assert told.receipts[0].url == "https://cases.example:8443/2026-1234"
    assert b"hemmelig" not in (tmp_path / NAME).read_bytes()


def test_deliveries_at_once_lose_no_receipt(entry: Issued, tmp_path: Path) -> None:
    write_issued(tmp_path, entry)
    receipts = [replace(RECEIPT, folder=f"folder-{number}") for number in range(8)]

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda each: add_receipt(tmp_path, entry, each), receipts))

    (told,) = issued(tmp_path)
    assert sorted(each.folder for each in told.receipts) == [each.folder for each in receipts]
    assert list(contents(tmp_path)) == [NAME]


def test_a_receipt_for_an_entry_that_is_gone_is_a_problem(entry: Issued, tmp_path: Path) -> None:
    told = problems_of(lambda: add_receipt(tmp_path, entry, RECEIPT), tmp_path)
    write_issued(tmp_path, replace(entry, version=2))
    beside = problems_of(lambda: add_receipt(tmp_path, entry, RECEIPT), tmp_path)

    assert told == [
        (
            "issued/2026-1234: can't be locked: no such file or directory\n"
            "  hint: the files have arrived: deliver again, and the register takes note of it"
        )
    ]
    assert beside == [
        f"{NAME}: 'channels.public.en.v1.json' can't be read: no such file or directory"
    ]


# ---------------------------------------------------------------- the same again


def test_the_same_record_has_the_hash_of_the_entry(entry: Issued) -> None:
    assert metadata_hash(record(MARK, 1)) == entry.metadata


@pytest.mark.parametrize(
    "other",
    [
        {"entry": EntryKind.ARKIVNOTAT},
        {"screening": Screening("UO", "offl. § 14")},
        {"public_title": "Another"},
        {"documents": record(MARK, 1).documents[:1]},
    ],
    ids=["entry", "screening", "public title", "fewer documents"],
)
def test_another_record_has_another_hash(entry: Issued, other: dict[str, Any]) -> None:
    assert metadata_hash(replace(record(MARK, 1), **other)) != entry.metadata


# ---------------------------------------------------------------- damage


def damaged(entry: Issued, root: Path, damage: Callable[[str], str]) -> list[str]:
    """What is told of a register with one entry, after its text was damaged."""
    file = write_issued(root, entry)
    file.write_text(damage(file.read_text("utf-8")), "utf-8")
    return problems_of(lambda: issued(root), root)


def test_a_merge_conflict_is_told_at_its_line(entry: Issued, tmp_path: Path) -> None:
    def conflict(text: str) -> str:
        lines = text.split("\n")
        both = ["<<<<<<< HEAD", lines[8], "=======", '  "title": "Other",', ">>>>>>> other"]
        return "\n".join([*lines[:8], *both, *lines[9:]])

    assert damaged(entry, tmp_path, conflict) == [
        (
            f"{NAME}:9: a merge conflict is not resolved\n"
            "  hint: keep one side whole, and attach again what the other one was for"
        )
    ]


DAMAGES = {
    "cut off": (
        lambda text: text[:300],
        ["{at}:9:12: is no JSON: unterminated string starting at"],
    ),
    "empty": (lambda _: "", ["{at}:1:1: is no JSON: expecting value"]),
    "a list": (lambda text: f"[{text}]", ["{at}: is no kildefast-issued file"]),
    "another format": (
        lambda text: text.replace("kildefast-issued", "kildefast-case"),
        ["{at}: is no kildefast-issued file"],
    ),
    "a newer tool's": (
        lambda text: text.replace('_version": 1', '_version": 2'),
        ["{at}: is of format version 2; this program knows 1\n  hint: use a newer kildefast"],
    ),
    "a key twice": (
        lambda text: text.replace('  "state"', '  "version": 2,\n  "state"'),
        ["{at}: has the key 'version' twice"],
    ),
    "two wrong types and a missing key": (
        lambda text: (
            text.replace('"version": 1,\n', '"version": "1",\n')
            .replace('"paragraph": 12', '"paragraph": null', 1)
            .replace('  "access": "public",\n', "")
        ),
        [
            "{at}: 'access' is missing",
            "{at}: 'facts[0].paragraph' must be a whole number",
            "{at}: 'version' must be a whole number",
        ],
    ),
    "an unknown key": (
        lambda text: text.replace('  "state"', '  "status": 1,\n  "state"'),
        ["{at}: has unknown keys: status"],
    ),
    "no SHA-256": (
        lambda text: text.replace('"words": "', '"words": "x'),
        ["{at}: 'words' holds no SHA-256\n  hint: it has 64 digits, 0-9 and a-f"],
    ),
    "a draft called final": (
        lambda text: text.replace('"state": "draft"', '"state": "final"'),
        ["{at}: 'state' is 'final', which doesn't go with its 'decision'"],
    ),
    "an unknown language, and a path for a brief": (
        lambda text: text.replace('"language": "en"', '"language": "xx"').replace(
            '"brief": "channels"', '"brief": "../channels"'
        ),
        [
            "{at}: 'edition.brief' is '../channels'\n  hint: small letters, digits, hyphens",
            "{at}: 'edition.language' is 'xx'\n  hint: one of: nb, nn, da, en",
        ],
    ),
    "a version that replaces itself": (
        lambda text: text.replace(
            '"replaces": null',
            '"replaces": {"version": 1, "key": "k", "bundle": "channels.public.en.v1"}',
        ),
        ["{at}: version 1 can't replace 1"],
    ),
    "a password": (
        lambda text: text.replace(
            '"receipts": []',
            '"receipts": [{"url": "https://ola:x@c.example/", "folder": "f", "started": '
            '"2031-04-11T09:00:00Z", "finished": "2031-04-11T09:00:00Z", "files": []}]',
        ),
        [
            (
                "{at}: 'receipts[0].url' holds a user name, a password or a query\n"
                "  hint: delete that part, and change the password"
            )
        ],
    ),
}


@pytest.mark.parametrize(("damage", "told"), DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_entry_is_told_by_its_file_and_key(
    entry: Issued, tmp_path: Path, damage: Callable[[str], str], told: list[str]
) -> None:
    found = damaged(entry, tmp_path, damage)

    assert found == [line.replace("{at}", NAME) for line in told]


def test_all_damaged_entries_are_told_at_once(entry: Issued, tmp_path: Path) -> None:
    for number in (1, 2):
        file = write_issued(tmp_path, replace(entry, version=number))
        file.write_text("{}", "utf-8")

    told = problems_of(lambda: issued(tmp_path), tmp_path)

    assert told == [
        f"{NAME}: is no kildefast-issued file",
        "issued/2026-1234/channels.public.en.v2.json: is no kildefast-issued file",
    ]


def test_an_entry_under_another_name_is_told_its_own(entry: Issued, tmp_path: Path) -> None:
    file = write_issued(tmp_path, entry)
    file.rename(file.with_name("channels.public.en.v3.json"))

    told = problems_of(lambda: issued(tmp_path), tmp_path)

    assert told == [
        (
            f"issued/2026-1234/channels.public.en.v3.json: is the entry of '{NAME}', by what it "
            "holds\n  hint: rename it"
        )
    ]


def test_two_entries_of_one_version_are_told(entry: Issued, tmp_path: Path) -> None:
    file = write_issued(tmp_path, entry)
    write_issued(tmp_path, replace(entry, version=2))
    copy = tmp_path / "issued/2026-1234/channels.public.en.v2 (copy).json"
    shutil.copy(file, copy)

    told = problems_of(lambda: issued(tmp_path), tmp_path)

    assert told == [
        (
            "issued/2026-1234/channels.public.en.v2 (copy).json: is version 1 once more: that is "
            f"'{NAME}'\n  hint: delete one of them, or take it for another version"
        )
    ]


def test_symbolic_links_are_no_part_of_a_register(entry: Issued, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    inside = tmp_path / "workspace"
    write_issued(outside, entry)
    (inside / "issued/2025-7").mkdir(parents=True)
    (inside / "issued/2026-1234").symlink_to(outside / "issued/2026-1234")
    (inside / "issued/2025-7/x.json").symlink_to(outside / NAME)

    told = problems_of(lambda: issued(inside), inside)
    refused = problems_of(lambda: write_issued(inside, replace(entry, version=2)), inside)

    link = "is a symbolic link; the register holds files only"
    hint = "  hint: put what it leads to in its place"
    assert told == [
        f"issued/2025-7/x.json: {link}\n{hint}",
        f"issued/2026-1234: {link}\n{hint}",
    ]
    assert refused == [f"issued/2026-1234: {link}\n{hint}"]
    assert sorted(contents(outside)) == [NAME]


def test_a_register_that_is_a_link_is_refused(entry: Issued, tmp_path: Path) -> None:
    write_issued(tmp_path / "outside", entry)
    (tmp_path / "issued").symlink_to(tmp_path / "outside/issued")

    told = problems_of(lambda: issued(tmp_path), tmp_path)

    assert told == [
        (
            "issued: is a symbolic link; the register holds files only\n"
            "  hint: put what it leads to in its place"
        )
    ]


def test_a_file_in_the_place_of_the_register_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "issued", "of another program")

    told = problems_of(lambda: issued(tmp_path), tmp_path)

    assert told == [
        "issued: is a file; the register is a folder of that name\n  hint: give the file another name"
    ]


def test_a_pipe_for_an_entry_doesnt_block(entry: Issued, tmp_path: Path) -> None:
    write_issued(tmp_path, entry)
    os.mkfifo(tmp_path / "issued/2026-1234/pipe.json")

    assert issued(tmp_path) == (entry,)
