"""The cache: the same answers with it, without it, and when it is damaged or shared."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from workspaces import EN, NB, changed, make_workspace, run, write

from reports.briefs import load_workspace
from reports.cache import read_entry, write_entry
from reports.facts.load import load_facts
from reports.facts.stored import facts_from_json, facts_to_json, load_cached

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("nb", "en")
DERIVED = """\
facts:
  havneby.web-growth:
    derived: {change: [havneby.web-share-before, havneby.web-share], as: percentage points}
    recorded: 2031-04-02
"""


def entries(workspace: Path, kind: str) -> list[Path]:
    """The cache's files of one kind."""
    return sorted((workspace / ".cache" / kind).glob("*"))


def test_the_store_from_the_cache_is_the_store_from_the_files(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path, {"facts/derived.yaml": DERIVED}) / "facts"

    fresh, _ = load_cached(folder, LANGUAGES, (), tmp_path / ".cache")
    kept, _ = load_cached(folder, LANGUAGES, (), tmp_path / ".cache")

    assert kept == fresh == load_facts(folder, LANGUAGES)
    assert kept is not fresh


def test_the_shipped_store_survives_the_way_through_json() -> None:
    folder, store = ROOT / "facts", load_workspace(ROOT).facts

    assert facts_from_json(facts_to_json(store, folder), folder) == store


def test_places_are_told_from_where_the_workspace_stands_now(tmp_path: Path) -> None:
    old = make_workspace(tmp_path / "old")
    load_cached(old / "facts", LANGUAGES, (), old / ".cache")
    new = old.rename(tmp_path / "new")

    store, _ = load_cached(new / "facts", LANGUAGES, (), new / ".cache")

    assert store.facts["havneby.staff"].declared.file == new / "facts" / "havneby.yaml"


def test_a_changed_fact_is_read_anew(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workspace = make_workspace(tmp_path)
    run(workspace, capsys, "facts", "list")
    file = workspace / "facts" / "havneby.yaml"
    write(file, changed(file.read_text("utf-8"), "value: 4200,", "value: 4300,"))

    told = run(workspace, capsys, "facts", "list")

    assert "4,300" in told.out
    assert len(entries(workspace, "facts")) == 2


def test_no_more_than_six_stores_are_kept(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path) / "facts"
    file = folder / "havneby.yaml"

    for number in range(4201, 4209):
        write(file, file.read_text("utf-8").replace(f"value: {number - 1},", f"value: {number},"))
        load_cached(folder, LANGUAGES, (), tmp_path / ".cache")

    assert len(entries(tmp_path, "facts")) == 6


@pytest.mark.parametrize("damage", [b"", b"no checksum", b"0\n{}"])
def test_a_damaged_entry_is_made_anew_with_a_note(
    damage: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path)
    first = run(workspace, capsys, "facts", "list")
    entry = entries(workspace, "facts")[0]
    sound = entry.read_bytes()
    entry.write_bytes(damage)

    told = run(workspace, capsys, "facts", "list")

    name = entry.relative_to(workspace)
    assert (told.code, told.out) == (0, first.out)
    assert told.err == f"{name}: warning: a damaged cache entry was made anew\n{first.err}"
    assert entry.read_bytes() == sound


def test_a_truncated_entry_is_no_value(tmp_path: Path) -> None:
    write_entry(tmp_path, "a", {"some": ["value"] * 100})
    file = tmp_path / "a.json"
    file.write_bytes(file.read_bytes()[:-10])

    value, warning = read_entry(tmp_path, "a")

    assert value is None
    assert warning is not None
    assert not warning.fatal


def test_a_workspace_that_takes_no_cache_works_without(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path)
    write(workspace / ".cache", "a file where the folder would be")

    told = run(workspace, capsys, "check")

    assert told.code == 0


def test_checks_side_by_side_leave_a_sound_cache(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    command = [sys.executable, "-m", "reports.cli", "check", "--workspace", str(workspace)]

    running = [subprocess.Popen(command, stderr=subprocess.PIPE, cwd=ROOT) for _ in range(4)]
    told = {process.communicate()[1] for process in running}

    assert [process.returncode for process in running] == [0] * 4
    assert told == {b"2 editions and 8 facts without fault\n"}
    (entry,) = entries(workspace, "facts")
    value, warning = read_entry(entry.parent, entry.stem)
    assert value is not None
    assert warning is None


# ---------------------------------------------------------------- the verdict of a check


def test_a_check_of_nothing_new_says_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path, {EN: "# Title\n\nLead.\n\nSix of them.\n"})

    first, second = (run(workspace, capsys, "check") for _ in range(2))

    assert first == second
    assert "the number word 'Six' has no source" in first.err
    assert "rests on no fact: Six of them." in first.out
    assert len(entries(workspace, "checks")) == 1


def test_a_check_judges_a_changed_template_anew(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path)
    run(workspace, capsys, "check")
    write(workspace / NB, "# Tittel\n\nInnledning.\n\nDe var 7.\n")

    told = run(workspace, capsys, "check")

    assert told.code == 1
    assert "the number '7' has no source" in told.err


def test_a_check_judges_what_is_stale_on_each_day_anew(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path)
    file = workspace / "facts" / "havneby.yaml"
    old = "at: {paragraph: 12, printed: cirka 62 prosent}\n    recorded: 2031-04-02\n"
    text = changed(file.read_text("utf-8"), old, f"{old}    review_by: 2031-05-01\n")
    write(file, text)

    fresh = run(workspace, capsys, "check", "--at", "2031-05-01")
    stale = run(workspace, capsys, "check", "--at", "2031-05-02")

    assert fresh.err == "2 editions and 8 facts without fault\n"
    assert stale.code == 0
    assert "fact 'havneby.web-share' was to be reviewed by 2031-05-01" in stale.err


def test_a_verdict_with_faults_is_not_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path, {EN: "# Title\n\nLead.\n\nThere were 7.\n"})

    first, second = (run(workspace, capsys, "check") for _ in range(2))

    assert (first.code, second.code) == (1, 1)
    assert first == second
    assert entries(workspace, "checks") == []
