"""What git remembers: the history of a fact, and what changed in the store since a commit."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from workspaces import EN, EN_HEAD, NB, NB_TEXT, STORE, Told, changed, make_workspace, run, write

from reports.facts.past.history import Event, fact_history
from reports.facts.past.written import FieldChange, fact_in
from reports.problems import Place

S = "\N{NO-BREAK SPACE}"
FACTS = "facts/havneby.yaml"
SHARE = "figure: {value: 62, measure: web-share, among: applications, qualifier: about}"
BEFORE = "figure: {value: 48, measure: web-share, among: applications}"
GROWTH = """\
  havneby.web-growth:
    derived: {change: [havneby.web-share-before, havneby.web-share], as: percentage points}
    recorded: 2031-04-02
"""
HEAD, _, REST = STORE.partition("  havneby.staff:\n")
STAFF, _, TAIL = REST.partition("  havneby.answer-time:\n")
STAFF_ENTRY = f"  havneby.staff:\n{STAFF}"
WITHOUT_STAFF = f"{HEAD}  havneby.answer-time:\n{TAIL}"


@pytest.fixture(autouse=True)
def nobody_in_particular(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git with no one's settings, and no repository around the temporary folder."""
    home = tmp_path_factory.mktemp("home")
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(home.parent))


def git(folder: Path, *words: str, day: str = "2031-05-01") -> str:
    """What git says to these words, as Kari on that day."""
    who = {"NAME": "Kari Lie", "EMAIL": "kari@havneby.example", "DATE": f"{day}T12:00:00+00:00"}
    own = {
        f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in who.items()
    }
    environment = {**os.environ, **own}
    done = subprocess.run(
        ["git", *words], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


def commit(root: Path, subject: str, day: str = "2031-05-01") -> None:
    """Commit all facts and templates as they are."""
    git(root, "add", "-A", "facts", "templates")
    git(root, "commit", "-q", "--allow-empty", "-m", subject, day=day)


def committed(root: Path, files: dict[str, str] | None = None) -> Path:
    """A workspace in a repository of its own, all of it in a first commit."""
    make_workspace(root, files)
    git(root, "init", "-q", "-b", "main")
    commit(root, "Begin", "2031-04-02")
    return root


def told_of(
    root: Path, id_: str = "havneby.web-share", file: str = FACTS
) -> list[tuple[object, ...]]:
    """The history of a fact: subject, event and the fields that changed, the newest first."""
    return [
        (
            revision.commit.subject if revision.commit else None,
            revision.event,
            *((field.key, field.old, field.new) for field in revision.fields),
        )
        for revision in fact_history(Place(root / file), id_).revisions
    ]


# ---------------------------------------------------------------- the history of a fact


def test_each_commit_that_changed_a_fact_is_told_with_what_it_changed(tmp_path: Path) -> None:
    root = committed(tmp_path)
    write(root / FACTS, changed(STORE, SHARE, SHARE.replace("62", "64")))
    commit(root, "Count again")
    write(
        root / FACTS,
        changed(STORE, SHARE, SHARE.replace("62", "64").replace(", qualifier: about", "")),
    )
    commit(root, "Drop the hedge")
    commit(root, "Change nothing")

    assert told_of(root) == [
        ("Drop the hedge", Event.CHANGED, ("figure.qualifier", "about", "")),
        ("Count again", Event.CHANGED, ("figure.value", "62", "64")),
        ("Begin", Event.ADDED),
    ]


SAME = {
    "block style": changed(
        STORE,
        f"    {SHARE}\n",
        "    # counted by hand\n    figure:\n      qualifier: 'about'\n      measure: web-share\n"
        "      value: 62\n      among: applications\n",
    ),
    "what is left out": changed(
        STORE,
        f"    {BEFORE}",
        f"    access: public\n    {BEFORE.replace('}', ', qualifier: exact}')}",
    ),
    "another order": f"{WITHOUT_STAFF}{STAFF_ENTRY}",
    "flow style": STORE.replace("  havneby.opened:\n", "  # the form\n  'havneby.opened':\n"),
    "other line ends": STORE.replace("\n", "\r\n"),
}


@pytest.mark.parametrize("text", SAME.values(), ids=SAME.keys())
def test_an_entry_that_is_set_otherwise_has_not_changed(tmp_path: Path, text: str) -> None:
    root = committed(tmp_path)
    (root / FACTS).write_bytes(text.encode())
    commit(root, "Tidy")

    facts = ("web-share", "web-share-before", "staff", "opened")
    histories = [told_of(root, f"havneby.{name}") for name in facts]

    assert histories == [[("Begin", Event.ADDED)]] * len(facts)


def test_a_history_goes_on_through_a_rename_of_the_file(tmp_path: Path) -> None:
    root = committed(tmp_path)
    new = "facts/town/børge's report.yaml"
    (root / "facts/town").mkdir()
    git(root, "mv", FACTS, new)
    write(root / new, changed(STORE, SHARE, SHARE.replace("62", "64")))
    commit(root, "Move and count")

    assert told_of(root, file=new) == [
        ("Move and count", Event.CHANGED, ("figure.value", "62", "64")),
        ("Begin", Event.ADDED),
    ]


def test_a_history_goes_on_in_the_file_that_an_entry_was_taken_from(tmp_path: Path) -> None:
    root = committed(tmp_path)
    write(root / FACTS, changed(STORE, "value: 4200", "value: 4300"))
    commit(root, "Hire")
    write(root / FACTS, WITHOUT_STAFF)
    write(root / "facts/staff.yaml", f"facts:\n{STAFF_ENTRY.replace('value: 4200', 'value: 4400')}")
    commit(root, "Split")

    assert told_of(root, "havneby.staff", "facts/staff.yaml") == [
        ("Split", Event.CHANGED, ("figure.value", "4300", "4400")),
        ("Hire", Event.CHANGED, ("figure.value", "4200", "4300")),
        ("Begin", Event.ADDED),
    ]


def test_a_fact_that_was_away_for_a_while_is_told_so(tmp_path: Path) -> None:
    root = committed(tmp_path)
    write(root / FACTS, WITHOUT_STAFF)
    commit(root, "Leave out")
    write(root / FACTS, STORE)
    commit(root, "Take back")

    assert told_of(root, "havneby.staff") == [
        ("Take back", Event.ADDED),
        ("Leave out", Event.REMOVED),
        ("Begin", Event.ADDED),
    ]


def test_branches_side_by_side_do_not_undo_each_other(tmp_path: Path) -> None:
    root = committed(tmp_path)
    git(root, "checkout", "-q", "-b", "side")
    write(root / FACTS, changed(STORE, SHARE, SHARE.replace("62", "64")))
    commit(root, "Count on the side", "2031-05-03")
    git(root, "checkout", "-q", "main")
    write(root / FACTS, changed(STORE, "value: 4200", "value: 4300"))
    commit(root, "Hire", "2031-05-02")
    git(root, "merge", "-q", "-m", "Merge", "side", day="2031-05-04")

    assert told_of(root) == [
        ("Count on the side", Event.CHANGED, ("figure.value", "62", "64")),
        ("Begin", Event.ADDED),
    ]


def test_what_a_merge_itself_decides_is_told_of_the_merge(tmp_path: Path) -> None:
    root = committed(tmp_path)
    git(root, "checkout", "-q", "-b", "side")
    write(root / FACTS, changed(STORE, SHARE, SHARE.replace("62", "64")))
    commit(root, "Sixty-four", "2031-05-03")
    git(root, "checkout", "-q", "main")
    write(root / FACTS, changed(STORE, SHARE, SHARE.replace("62", "66")))
    commit(root, "Sixty-six", "2031-05-02")
    with pytest.raises(subprocess.CalledProcessError):
        git(root, "merge", "-q", "side")
    write(root / FACTS, changed(STORE, SHARE, SHARE.replace("62", "65")))
    commit(root, "Settle", "2031-05-04")

    assert told_of(root) == [
        ("Settle", Event.CHANGED, ("figure.value", "66", "65")),
        ("Sixty-four", Event.CHANGED, ("figure.value", "62", "64")),
        ("Sixty-six", Event.CHANGED, ("figure.value", "62", "66")),
        ("Begin", Event.ADDED),
    ]


def test_a_change_that_is_not_committed_is_told_first(tmp_path: Path) -> None:
    root = committed(tmp_path)
    write(root / FACTS, changed(STORE, SHARE, SHARE.replace("62", "64")))

    assert told_of(root) == [
        (None, Event.CHANGED, ("figure.value", "62", "64")),
        ("Begin", Event.ADDED),
    ]


def test_a_version_that_can_not_be_read_is_passed_over(tmp_path: Path) -> None:
    root = committed(tmp_path)
    (root / FACTS).write_bytes(STORE.encode("latin-1"))
    commit(root, "Break")
    write(root / FACTS, changed(STORE, SHARE, SHARE.replace("62", "64")))
    commit(root, "Mend")

    history = fact_history(Place(root / FACTS), "havneby.web-share")

    assert [each.commit.subject for each in history.revisions if each.commit] == ["Begin"]
    assert history.notes == ("some older versions of the file can't be read",)


def test_an_old_file_that_would_be_refused_today_still_tells_of_the_fact(tmp_path: Path) -> None:
    root = committed(tmp_path, {FACTS: STORE.replace("themes:\n", "themes: &all\n")})
    write(root / FACTS, changed(STORE, SHARE, SHARE.replace("62", "64")))
    commit(root, "Mend and count")

    assert told_of(root) == [
        ("Mend and count", Event.CHANGED, ("figure.value", "62", "64")),
        ("Begin", Event.ADDED),
    ]


def test_a_file_that_is_not_committed_yet_is_told_so(tmp_path: Path) -> None:
    root = make_workspace(tmp_path)
    git(root, "init", "-q")

    unborn = fact_history(Place(root / FACTS), "havneby.staff")
    commit(root, "Begin")
    write(root / "facts/more.yaml", "facts: {}\n")
    untracked = fact_history(Place(root / "facts/more.yaml"), "havneby.staff")

    assert (unborn.revisions, unborn.notes) == ((), ("havneby.yaml is not committed yet",))
    assert (untracked.revisions, untracked.notes) == ((), ("more.yaml is not committed yet",))


def test_without_git_or_a_repository_there_is_no_history(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_workspace(tmp_path)
    outside = fact_history(Place(root / FACTS), "havneby.staff")
    git(root, "init", "-q")
    commit(root, "Begin")

    monkeypatch.setenv("PATH", str(tmp_path))
    without_git = fact_history(Place(root / FACTS), "havneby.staff")

    assert [(each.revisions, each.notes) for each in (outside, without_git)] == [((), ())] * 2


def test_a_shallow_copy_says_that_its_history_is_cut_off(tmp_path: Path) -> None:
    root = committed(tmp_path / "whole")
    commit(root, "Change nothing")
    write(root / FACTS, changed(STORE, SHARE, SHARE.replace("62", "64")))
    commit(root, "Count again")
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "2", root.as_uri(), str(shallow))

    history = fact_history(Place(shallow / FACTS), "havneby.web-share")

    assert [(each.commit.subject, each.event) for each in history.revisions if each.commit] == [
        ("Count again", Event.CHANGED),
        ("Change nothing", Event.FIRST_KNOWN),
    ]
    assert history.notes == ("this copy of the repository is shallow: its history is cut off",)


def sign(root: Path) -> None:
    """Give the last commit a signature, which is no good."""
    head, _, message = git(root, "cat-file", "commit", "HEAD").partition("\n\n")
    seal = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n -----END PGP SIGNATURE-----"
    write(root / "signed", f"{head}\n{seal}\n\n{message}")
    signed = git(root, "hash-object", "-t", "commit", "-w", "signed").strip()
    git(root, "update-ref", "HEAD", signed)


def test_of_a_very_long_history_the_latest_part_is_told(tmp_path: Path) -> None:
    root = committed(tmp_path)
    who = "committer Kari Lie <kari@havneby.example> 1935000000 +0000"
    stream = ["reset refs/heads/main\n"]
    for number in range(502):
        text = changed(STORE, "value: 62", f"value: {number}")
        stream += [f"commit refs/heads/main\n{who}\ndata 5\ncount\nM 644 inline {FACTS}\n"]
        stream += [f"data {len(text.encode())}\n{text}\n"]
    write(tmp_path / "stream", "".join(stream))
    with (tmp_path / "stream").open("rb") as written:
        words = ["git", "fast-import", "--quiet", "--force"]
        subprocess.run(words, stdin=written, cwd=root, check=True)
    git(root, "reset", "-q", "--hard")

    history = fact_history(Place(root / FACTS), "havneby.web-share")

    assert len(history.revisions) == 500
    assert history.revisions[-1].fields == (FieldChange("figure.value", "1", "2"),)
    assert history.notes == ("only the last 500 changes of the file were read",)


def test_nobodys_settings_change_the_history_and_nothing_of_theirs_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = committed(tmp_path / "town")
    write(root / FACTS, changed(STORE, SHARE, SHARE.replace("62", "64")))
    commit(root, "Count again")
    trap = tmp_path / "trap"
    write(trap, f"#!/bin/sh\ntouch {tmp_path}/sprung\n")
    trap.chmod(0o755)
    sign(root)
    settings = {
        "core.pager": str(trap),
        "core.fsmonitor": str(trap),
        "gpg.program": str(trap),
        "core.hooksPath": str(tmp_path),
        "diff.external": str(trap),
        "color.ui": "always",
        "log.showSignature": "true",
        "log.date": "relative",
        "log.diffMerges": "off",
        "diff.renames": "false",
        "format.pretty": "oneline",
        "alias.log": "!false",
    }
    for name, value in settings.items():
        git(root, "config", name, value)
    for name in ("GIT_DIR", "GIT_EXTERNAL_DIFF", "GIT_PAGER", "PAGER", "GIT_GLOB_PATHSPECS"):
        monkeypatch.setenv(name, str(trap))

    told = told_of(root)

    assert told == [
        ("Count again", Event.CHANGED, ("figure.value", "62", "64")),
        ("Begin", Event.ADDED),
    ]
    assert not (tmp_path / "sprung").exists()


def test_the_sheet_of_a_fact_ends_with_its_history(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = committed(tmp_path)
    old = "{figure} of applications came in on the web in {as_of}."
    text = changed(STORE, SHARE, SHARE.replace("62", "64"))
    write(
        root / FACTS, changed(text, old, "In {as_of}, {figure} of applications came in on the web.")
    )
    commit(root, "Count again \x1b[31mand again")
    write(root / FACTS, f"{(root / FACTS).read_text('utf-8')}".replace("value: 64", "value: 65"))

    told = run(root, capsys, "facts", "show", "havneby.web-share")

    assert told.out.partition("\nHistory\n")[2] == (
        "  now           not committed yet\n"
        "                value 64 → 65\n"
        "  2031-05-01    Kari Lie: Count again [31mand again\n"
        "                statement (en) was: {figure} of applications came in on the web in {as_of}.\n"
        "                statement (en) now: In {as_of}, {figure} of applications came in on the web.\n"
        "                value 62 → 64\n"
        "  2031-04-02    Kari Lie: Begin\n"
        "                added\n"
    )


def test_the_history_as_json_holds_the_commits(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = committed(tmp_path)
    head = git(root, "rev-parse", "HEAD").strip()
    write(
        root / FACTS, changed(STORE, f"    {SHARE}\n", f"    {SHARE}\n    review_by: 2032-01-01\n")
    )

    told = json.loads(run(root, capsys, "facts", "show", "havneby.web-share", "--json").out)

    added = {"key": "review_by", "old": None, "new": "2032-01-01"}
    assert (told["history"], told["history_notes"]) == (
        [
            {
                **dict.fromkeys(("commit", "date", "author", "subject")),
                "event": "changed",
                "fields": [added],
            },
            {
                "commit": head,
                "date": "2031-04-02",
                "author": "Kari Lie",
                "subject": "Begin",
                "event": "added",
                "fields": [],
            },
        ],
        [],
    )


CUT = {
    "block style": "facts:\n  a.b:\n    x: 1\n    y:\n      z: [2, 3]\n  c: {x: 2}\n",
    "flow style": "facts: {a.b: {x: 1, y: {z: [2, 3]}}, c: {x: 2}}\n",
    "quoted": "facts:\n    \"a.b\": {x: '1',\n      y: {z: [2, 3]}}\n    c: {x: 2}\n",
    "after another section with that id": "measures:\n  a.b: {x: 9}\nfacts:\n  a.b: {x: 1, y: {z: [2, 3]}}\n",
    "before another section": "facts:\n  a.b:\n    x: 1\n    y: {z: [2, 3]}\n# end\npeople:\n  c: {x: 2}\n",
    "named in another fact": "facts:\n  c:\n    outranks:\n      a.b: {x: 9}\n  a.b: {x: 1, y: {z: [2, 3]}}\n",
    "with something odd beside it": "facts:\n  c: &d {x: 2}\n  a.b: {x: 1, y: {z: [2, 3]}}\n",
}


@pytest.mark.parametrize("text", CUT.values(), ids=CUT.keys())
def test_an_entry_is_found_in_a_file_of_any_style(text: str) -> None:
    assert fact_in(text, "a.b") == {"x": "1", "y.z": "[2, 3]"}


@pytest.mark.parametrize(
    "text", ["", "facts: {}\n", "measures:\n  a.b: {x: 1}\n", "facts:\n  xa.b: {x: 1}\n  c: a.b\n"]
)
def test_an_entry_that_is_not_there_is_not_found(text: str) -> None:
    assert fact_in(text, "a.b") is None


# ---------------------------------------------------------------- facts in tables

TABLE = "facts/tables/towns.csv"
SIDECAR = """\
subject: {column: Sted}
delimiter: semicolon
shared:
  theme: staff
  said_by: digital-head
  standing: established
  source: havneby-2031
  as_of: 2030
  recorded: 2031-04-02
columns:
  staff:
    column: Ansatte
    statement: {nb: "{subject} hadde {figure}.", en: "{subject} had {figure}."}
    figure: {measure: head-count, among: employees}
  clerks:
    column: Sekretærer
    statement: {nb: "{subject} hadde {figure}.", en: "{subject} had {figure}."}
    figure: {measure: head-count, among: applications}
"""
ROWS = "Sted;Ansatte;Sekretærer\nHavneby;4100;12\nDanmark;310;7\n"


def with_table(root: Path) -> Path:
    return committed(root, {TABLE: ROWS, "facts/tables/towns.table.yaml": SIDECAR})


def test_the_history_of_a_fact_in_a_table_is_that_of_its_cell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = with_table(tmp_path)
    write(root / TABLE, ROWS.replace("310;7", "310;8"))
    commit(root, "Count the clerks")
    write(root / TABLE, "Sted;Sekretærer;Ansatte\nDanmark;8;320\nHavneby;12;4100\n")
    commit(root, "Turn the table and count the staff")
    write(root / TABLE, "Sted;Sekretærer;Ansatte\n\nDanmark;8;330\nHavneby;12;4100\n")

    told = json.loads(run(root, capsys, "facts", "show", "towns.staff@denmark", "--json").out)

    assert [(each["subject"], each["event"], each["fields"]) for each in told["history"]] == [
        (None, "changed", [{"key": "figure.value", "old": "320", "new": "330"}]),
        (
            "Turn the table and count the staff",
            "changed",
            [{"key": "figure.value", "old": "310", "new": "320"}],
        ),
        ("Begin", "added", []),
    ]


def test_the_history_of_a_cell_goes_on_through_a_rename_of_its_table(tmp_path: Path) -> None:
    root = with_table(tmp_path)
    git(root, "mv", TABLE, "facts/tables/places.csv")
    git(root, "mv", "facts/tables/towns.table.yaml", "facts/tables/places.table.yaml")
    commit(root, "Rename")

    declared = Place(root / "facts/tables/places.csv", 3, 2)
    history = fact_history(declared, "places.staff@denmark")

    assert [each.event for each in history.revisions] == [Event.ADDED]
    assert [each.commit.subject for each in history.revisions if each.commit] == ["Begin"]


def test_a_changed_table_is_told_fact_by_fact(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = with_table(tmp_path)
    write(root / TABLE, ROWS.replace("310;7", "320;7"))

    answer = diff_of(root, capsys)

    assert changes_in(answer) == [
        ("facts", "towns.staff@denmark", "changed", ("figure", "310", "320"))
    ]


def test_a_fact_that_a_table_gains_or_loses_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = with_table(tmp_path)
    write(root / TABLE, "Sted;Ansatte;Sekretærer\nHavneby;4100;12\nNorge;310;7\n")

    answer = diff_of(root, capsys)

    assert sorted(changes_in(answer)) == [
        ("facts", "towns.clerks@denmark", "removed"),
        ("facts", "towns.clerks@norway", "added"),
        ("facts", "towns.staff@denmark", "removed"),
        ("facts", "towns.staff@norway", "added"),
    ]


# ---------------------------------------------------------------- what changed since a commit


def diff_of(root: Path, capsys: pytest.CaptureFixture[str], since: str = "HEAD") -> dict[str, Any]:
    """The answer of `facts diff` as JSON."""
    told = run(root, capsys, "facts", "diff", since, "--json")
    assert told.code == 0, told.err
    answer: dict[str, Any] = json.loads(told.out)
    return answer


def changes_in(answer: dict[str, Any]) -> list[tuple[object, ...]]:
    """Each change in short: section, id, how, and the fields that changed."""
    return [
        (
            each["section"],
            each["id"],
            each["change"],
            *((field["key"], field["old"], field["new"]) for field in each["fields"]),
        )
        for each in answer["changes"]
    ]


def outputs_in(answer: dict[str, Any]) -> dict[str, list[str]]:
    """The editions that are hit, each with the facts of which it says something else."""
    return {each["edition"]: [fact["fact"] for fact in each["facts"]] for each in answer["outputs"]}


def printing(*ids: str) -> dict[str, str]:
    """Templates of both languages that print these facts."""
    calls = " ".join(f'{{{{ fact("{id_}") }}}}.' for id_ in ids)
    return {NB: f"{NB_TEXT}\nTall: {calls}\n", EN: f"{EN_HEAD}\nFigures: {calls}\n"}


SINCE = f"""\
Since COMMIT of 2031-04-02, “Begin”:

Facts changed
  havneby.web-share  (facts/havneby.yaml:31:5)
                figure about{S}62% → about{S}64%

Facts that come out otherwise because of these
  havneby.web-growth  (facts/havneby.yaml:109:5)
                figure about{S}14{S}percentage points → about{S}16{S}percentage points
                computed from havneby.web-share

Facts added
  havneby.queue  (facts/queue.yaml:3:5)
                The queue is long.

Facts removed
  havneby.opened  (COMMIT:facts/havneby.yaml:87:5)
                The form opened on 11{S}April.

Sources, people and words
  source havneby-2031 changed; 9 facts lean on it: havneby.web-share, havneby.web-share-before,
    havneby.paper-share, havneby.staff, havneby.answer-time, havneby.one-way-in …
                publisher added: Havneby kommune

Outputs hit
  channels/public.nb  (pdf, docx, html)
                havneby.web-share, havneby.web-growth (computed from havneby.web-share)
  channels/public.en  (pdf, docx, html)
                havneby.web-share, havneby.web-growth (computed from havneby.web-share)
"""
QUEUE = """\
facts:
  havneby.queue:
    theme: channels
    place: havneby
    statement: {nb: Køen er lang., en: The queue is long.}
    as_of: 2031
    said_by: union
    standing: opinion
    source: havneby-2031
    at: {paragraph: 21}
    recorded: 2031-04-20
"""


def test_what_changed_is_told_with_what_follows_and_the_outputs_it_hits(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = printing("havneby.web-growth")
    root = committed(tmp_path, {FACTS: STORE + GROWTH, **files})
    head = git(root, "rev-parse", "--short=10", "HEAD").strip()
    text = changed(STORE + GROWTH, SHARE, SHARE.replace("62", "64"))
    opened = text[text.index("  havneby.opened:") : text.index("  havneby.one-way-in:")]
    title = "    title: Årsmelding for Havneby\n"
    text = changed(changed(text, opened, ""), title, f"{title}    publisher: Havneby kommune\n")
    write(root / FACTS, text)
    write(root / "facts/queue.yaml", QUEUE)

    told = run(root, capsys, "facts", "diff", "HEAD")

    expected = SINCE.replace("COMMIT", head)
    assert told == Told(0, expected, "")


def test_a_change_that_no_reader_sees_hits_no_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = committed(tmp_path)
    write(
        root / FACTS, changed(STORE, f"    {SHARE}\n", f"    {SHARE}\n    review_by: 2032-01-01\n")
    )

    answer = diff_of(root, capsys)

    added = ("facts", "havneby.web-share", "changed", ("review_by", None, "2032-01-01"))
    assert (changes_in(answer), answer["outputs"]) == ([added], [])


@pytest.mark.parametrize("text", SAME.values(), ids=SAME.keys())
def test_a_store_that_says_the_same_has_not_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    root = committed(tmp_path)
    (root / FACTS).unlink()
    (root / "facts/elsewhere.yaml").write_bytes(text.encode())

    told = run(root, capsys, "facts", "diff", "HEAD")

    head = git(root, "rev-parse", "--short=10", "HEAD").strip()
    said = f"Since {head} of 2031-04-02, “Begin”:\n\nNo fact changed\n\nNo output is hit\n"
    assert told == Told(0, said, "")


def test_a_fact_that_was_renamed_is_told_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = committed(tmp_path)
    write(root / FACTS, changed(STORE, "  havneby.staff:", "  havneby.head-count:"))

    answer = diff_of(root, capsys)

    renamed = (
        "facts",
        "havneby.head-count",
        "renamed",
        ("id", "havneby.staff", "havneby.head-count"),
    )
    assert changes_in(answer) == [renamed]


def test_a_removed_fact_that_a_template_names_stops_its_edition(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = committed(tmp_path, {EN: printing("havneby.staff")[EN]})
    write(root / FACTS, WITHOUT_STAFF)

    answer = diff_of(root, capsys)

    (hit,) = answer["outputs"]
    assert (hit["edition"], [each["fact"] for each in hit["facts"]]) == (
        "channels/public.en",
        ["havneby.staff"],
    )
    assert hit["problems"] == [
        {
            "place": f"{EN}:5",
            "what": "unknown fact 'havneby.staff'",
            "hint": "did you mean 'havneby.web-share'?",
        }
    ]


def test_a_fact_that_leaves_a_list_in_a_template_hits_its_edition(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = '{% for id in query(theme="staff") %}\n\n{{ statement(id) }}\n{% endfor %}\n'
    root = committed(tmp_path, {EN: f"{EN_HEAD}\n{body}"})
    old = "  havneby.staff:\n    theme: staff\n"
    write(root / FACTS, changed(STORE, old, old.replace("theme: staff", "theme: channels")))

    assert outputs_in(diff_of(root, capsys)) == {"channels/public.en": ["havneby.staff"]}


def test_a_changed_word_is_told_with_the_facts_that_lean_on_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = committed(tmp_path)
    words = {
        "havneby: {name: {nb: Havneby, en: Havneby}": "havneby: {name: {nb: Havneby, en: Harbour}",
        "union: {name: {nb: Fagforeningen, en: The union}}": "union: {name: {nb: Fagforeningen, en: A union}}",
        "en: the report covers the year before": "en: it covers the year before",
        "en: number of staff": "en: count of staff",
    }
    text = STORE
    for old, new in words.items():
        text = changed(text, old, new)
    write(root / FACTS, text)

    answer = diff_of(root, capsys)

    leaning = {
        each["id"]: [id_.removeprefix("havneby.") for id_ in each["facts"]]
        for each in answer["changes"]
    }
    assert leaning == {
        "havneby": [
            *("web-share", "web-share-before", "paper-share", "staff", "answer-time", "opened"),
            "secret-plan",
        ],
        "union": ["paper-share", "staff", "one-way-in"],
        "year-before": ["web-share"],
        "head-count": ["staff"],
    }
    assert outputs_in(answer) == {"channels/public.en": []}  # a remark on how it was dated


def test_the_store_can_be_compared_with_that_of_a_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = committed(tmp_path)
    write(root / FACTS, changed(STORE, SHARE, SHARE.replace("62", "64")))
    commit(root, "Count again", "2031-05-01")

    then, now = (diff_of(root, capsys, day) for day in ("2031-04-30", "2031-05-01"))

    assert (then["subject"], [each["id"] for each in then["changes"]]) == (
        "Begin",
        ["havneby.web-share"],
    )
    assert (now["subject"], now["changes"]) == ("Count again", [])


def test_a_workspace_may_lie_deep_in_its_repository(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(tmp_path, "init", "-q")
    root = make_workspace(tmp_path / "work/tøwn [1]")
    git(tmp_path, "add", "work/tøwn [1]/facts", "work/tøwn [1]/templates")
    git(tmp_path, "commit", "-q", "-m", "Begin")
    for value in (1, 2):
        write(tmp_path / "work/tøwn 1" / FACTS, changed(STORE, "value: 62", f"value: {value}"))
        git(tmp_path, "add", "work/tøwn 1")
        git(tmp_path, "commit", "-q", "-m", "Another town")
    write(root / FACTS, changed(STORE, SHARE, SHARE.replace("62", "64")))

    answer = diff_of(root, capsys)

    assert [each["id"] for each in answer["changes"]] == ["havneby.web-share"]
    assert [event for _, event, *_ in told_of(root)] == [Event.CHANGED, Event.ADDED]


def test_names_with_digits_that_were_known_then_are_no_fault_then(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = changed(STORE, "en: The counters will close.", "en: Form 3.0 will close.")
    root = committed(tmp_path, {FACTS: text, "templates/names.yaml": "names: [Form 3.0]\n"})
    write(root / FACTS, STORE)
    write(root / "templates/names.yaml", "names: [Skjema 2.0]\n")

    answer = diff_of(root, capsys)

    assert (answer["loaded"], [each["id"] for each in answer["changes"]]) == (
        True,
        ["havneby.secret-plan"],
    )


def test_an_older_store_that_would_be_refused_today_is_compared_as_it_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = STORE.replace("    standing: reported\n", "    standing: reported\n    themes: 3\n", 1)
    root = committed(tmp_path, {FACTS: old})
    head = git(root, "rev-parse", "--short=10", "HEAD").strip()
    write(root / FACTS, changed(STORE, SHARE, SHARE.replace("62", "64")))

    told = run(root, capsys, "facts", "diff", "HEAD")

    assert told == Told(
        0,
        f"Since {head} of 2031-04-02, “Begin”:\n\n"
        "Facts changed\n"
        "  havneby.web-share  (facts/havneby.yaml:30:5)\n"
        "                value 62 → 64\n"
        "                themes removed: 3\n\n"
        "Outputs hit\n"
        "  channels/public.nb  (pdf, docx, html)\n"
        "                havneby.web-share\n"
        "  channels/public.en  (pdf, docx, html)\n"
        "                havneby.web-share\n",
        f"{head}:facts/havneby.yaml:39:5: warning: unknown key 'themes' in fact 'havneby.web-share'\n"
        "  hint: did you mean 'theme'?\n"
        "the store of that commit can't be loaded as a whole: its entries are compared as they were "
        "written, without what follows from them\n",
    )


def test_what_could_not_be_read_then_does_not_seem_new(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = committed(tmp_path, {"facts/queue.yaml": "facts: [\n"})
    write(root / "facts/queue.yaml", QUEUE)
    write(root / FACTS, changed(STORE, SHARE, SHARE.replace("62", "64")))

    answer = diff_of(root, capsys)

    assert (answer["loaded"], [each["id"] for each in answer["changes"]]) == (
        False,
        ["havneby.web-share"],
    )
    assert [each["place"].partition(":")[2] for each in answer["problems"]] == [
        "facts/queue.yaml:2:1"
    ]


def test_of_very_many_problems_then_a_few_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = committed(tmp_path, {FACTS: STORE.replace("    standing:", "    standings:")})
    write(root / FACTS, STORE)

    told = run(root, capsys, "facts", "diff", "HEAD")

    assert told.err.count("warning: ") == 6
    assert "\n… and 10 more\n" in told.err


UNANSWERED = {
    "an unknown revision": (
        "manes",
        "unknown revision 'manes'\n  hint: did you mean 'main'?\n",
    ),
    "a range": ("main..main", "unknown revision 'main..main'\n  hint: known: empty, main\n"),
    "a file": (f"HEAD:{FACTS}", f"unknown revision 'HEAD:{FACTS}'\n  hint: known: empty, main\n"),
    "a day before all": ("2030-12-31", "facts diff: there is no commit of 2030-12-31 or before\n"),
    "a commit without facts": (
        "empty",
        "facts diff: this workspace had no fact files at COMMIT\n",
    ),
}


@pytest.mark.parametrize(("since", "message"), UNANSWERED.values(), ids=UNANSWERED.keys())
def test_what_can_not_be_compared_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], since: str, message: str
) -> None:
    root = committed(tmp_path)
    git(root, "checkout", "-q", "--orphan", "empty")
    git(root, "rm", "-q", "-r", "--cached", ".")
    git(root, "commit", "-q", "--allow-empty", "-m", "Nothing", day="2031-04-01")
    head = git(root, "rev-parse", "--short=10", "HEAD").strip()
    git(root, "symbolic-ref", "HEAD", "refs/heads/main")

    told = run(root, capsys, "facts", "diff", since)

    assert told == Told(1, "", message.replace("COMMIT", head))


def test_without_a_repository_nothing_is_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_workspace(tmp_path)

    outside = run(root, capsys, "facts", "diff", "HEAD")
    monkeypatch.setenv("PATH", str(tmp_path))
    without_git = run(root, capsys, "facts", "diff", "HEAD")

    assert outside == Told(1, "", "facts diff: not in a git repository\n")
    assert without_git == Told(1, "", "facts diff: git is not installed\n")


def test_a_link_in_an_old_commit_is_not_followed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_workspace(tmp_path / "town")
    write(tmp_path / "secret.yaml", QUEUE)
    (root / "facts/link.yaml").symlink_to(tmp_path / "secret.yaml")
    git(root, "init", "-q")
    commit(root, "Begin")
    (root / "facts/link.yaml").unlink()

    answer = diff_of(root, capsys)
    assert (answer["loaded"], answer["changes"]) == (True, [])
