"""Bundles on disk: whole or not at all, whatever the disk, a signal or a neighbour does."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import breaking_bundles
import pytest
from workspaces import contents as files_in

from reports.casefile.bag import bag_files, bag_problems
from reports.casefile.bundle import write_bundle
from reports.problems import ReportError

BUNDLE = "out/2026-1234/ferries.council.nb.v1"
NOTHING: list[str] = []
TAKEN = (
    f"{BUNDLE}: is there already; a bundle is never written over\n"
    "  hint: move it away, or choose another folder with --out"
)


def broken(way: str, folder: Path, *before: str) -> Any:
    """What came of writing bundles in that way, in processes of their own."""
    command = [*before, sys.executable, breaking_bundles.__file__, way, str(folder)]
    root = Path(__file__).parents[1]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def refusal(folder: Path) -> str:
    with pytest.raises(ReportError) as caught:
        write_bundle(breaking_bundles.contents(), folder)
    return caught.value.problems[0].shown(folder.parents[2])


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / BUNDLE


def test_a_bundle_is_written_whole_in_folders_made_for_it(folder: Path) -> None:
    contents = breaking_bundles.contents()

    mask = os.umask(0o077)
    try:
        write_bundle(contents, folder)
    finally:
        os.umask(mask)

    assert files_in(folder) == bag_files(contents)
    assert bag_problems(folder) == ()
    assert names_in(folder.parent) == [folder.name]
    modes = {stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*") if path.is_file()}
    folders = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
    assert modes == {0o644}
    assert {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o755}


def test_what_is_there_already_stays_as_it_is(folder: Path) -> None:
    write_bundle(breaking_bundles.contents(b"first"), folder)
    before = files_in(folder)

    assert refusal(folder) == TAKEN
    assert files_in(folder) == before
    assert names_in(folder.parent) == [folder.name]


@pytest.mark.parametrize("thing", ["empty folder", "file", "link to nothing", "link to a folder"])
def test_whatever_bears_the_name_is_kept(folder: Path, thing: str) -> None:
    folder.parent.mkdir(parents=True)
    if thing == "empty folder":
        folder.mkdir()
    elif thing == "file":
        folder.write_bytes(b"x")
    else:
        folder.symlink_to("nothing" if thing == "link to nothing" else "..")
    before = folder.lstat()

    assert refusal(folder) == TAKEN
    assert folder.lstat() == before
    assert names_in(folder.parent) == [folder.name]


def test_a_file_in_the_way_of_its_folders_is_a_problem(folder: Path) -> None:
    folder.parents[1].parent.mkdir(parents=True, exist_ok=True)
    folder.parents[1].write_bytes(b"x")

    told = f"{BUNDLE}: can't be written: not a directory\n  hint: choose another folder with --out"
    assert refusal(folder) == told
    assert folder.parents[1].read_bytes() == b"x"


def test_of_processes_that_write_one_bundle_at_once_one_does_and_the_others_say_so(
    tmp_path: Path,
) -> None:
    rounds = broken("at once", tmp_path)

    expected = {
        "winners": 1,
        "refusals": [TAKEN],
        "whole": True,
        "the winner's": True,
        "hidden": 0,
    }
    assert rounds == [expected] * 3


def test_a_killed_process_leaves_no_part_of_a_bundle_and_the_next_one_clears_up(
    tmp_path: Path,
) -> None:
    moments = broken("killed", tmp_path)

    assert len(moments) > 12
    assert {tuple(left) for *left, _, _, _, _ in moments} == {
        (-9, "absent", 0),
        (-9, "absent", 1),
        (-9, "whole", 0),
    }
    assert {tuple(after) for _, _, _, *after in moments} == {(0, "", "whole", 0)}


def test_an_interrupted_process_leaves_the_whole_bundle_or_nothing(tmp_path: Path) -> None:
    moments = broken("interrupted", tmp_path)

    assert len(moments) > 4
    assert {tuple(left) for *left, _, _, _, _ in moments} == {(4, "absent", 0), (4, "whole", 0)}
    assert {tuple(after) for _, _, _, *after in moments} == {(0, "", "whole", 0)}


def test_what_a_living_process_is_writing_is_not_cleared_away(tmp_path: Path) -> None:
    assert broken("paused", tmp_path) == {
        "other": [0, ""],
        "first": [3, TAKEN],
        "state": "whole",
        "hidden": 0,
    }


def test_a_disk_that_is_full_midway_leaves_nothing(tmp_path: Path) -> None:
    hint = "  hint: free some space, or choose another folder with --out"

    limited = broken("limited", tmp_path)

    told = f"{BUNDLE}: can't be written: file too large\n{hint}"
    assert limited == [[3, told, NOTHING]] * 3
    if on_small_disk(tmp_path, "true").returncode == 0:  # a container may forbid it
        told = f"{BUNDLE}: can't be written: no space left on device\n{hint}"
        assert broken("full", tmp_path, *small_disk(tmp_path)) == [3, told, NOTHING]


def small_disk(folder: Path) -> list[str]:
    """The words before a command that has a disk of 64 kB in the folder, for itself alone."""
    script = 'mount -t tmpfs -o size=64k none "$0" && exec "$@"'
    return ["unshare", "--map-root-user", "--mount", "sh", "-c", script, str(folder)]


def on_small_disk(folder: Path, command: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*small_disk(folder), command], capture_output=True, check=False)


def test_a_folder_that_may_only_be_read_is_a_problem(tmp_path: Path) -> None:
    denied = "can't be written: permission denied"
    hint = "  hint: ask for the right to write there, or choose another folder with --out"

    assert broken("read-only", tmp_path) == {
        "below": f"{BUNDLE}: {denied}\n{hint}",
        "in": f"out/bundle: {denied}\n{hint}",
        "lock": (
            "out/.cache/workspace.lock: can't be locked: permission denied\n"
            "  hint: attach from a copy of the workspace that you may write to"
        ),
        "register": (
            "issued/2026-1234: can't be read: permission denied\n"
            "  hint: ask for the right to read it: what was issued counts the versions"
        ),
        "unreadable": ["kept/data/case.json: can't be read: permission denied"],
        "left": [],
    }
