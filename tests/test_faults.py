"""Whatever happens to a build or to what it keeps, the next one gives exactly the right outputs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import breaking_builds
import pytest
from workspaces import Told, contents, make_workspace, run, write

from reports.briefs import load_workspace
from reports.cli import main
from reports.fonts import cut_fonts

ROOT = Path(__file__).resolve().parent.parent
HTML = "out/channels/public.nb.html"
OUTPUTS = (
    *("channels/public.en.docx", "channels/public.en.html"),
    *("channels/public.nb.docx", "channels/public.nb.html"),
)
FACTS = "facts/havneby.yaml"


def outputs(root: Path) -> dict[str, bytes]:
    """All that lies in the folder of outputs but the report, which tells times."""
    return {name: data for name, data in contents(root / "out").items() if name != "index.html"}


@dataclass(frozen=True)
class Town:
    """The tiny workspace, built in its old state, with what is right in both of its states."""

    root: Path
    right: Mapping[str, Mapping[str, bytes]]
    capsys: pytest.CaptureFixture[str]

    def edit(self, state: str) -> None:
        write(self.root / FACTS, breaking_builds.STORES[state])

    def told(self) -> Told:
        return run(self.root, self.capsys, "build", "--quiet", "--jobs", "1")

    def build(self) -> None:
        """Build, without a word of problems."""
        assert self.told() == Told(0, "", "")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, dict[str, bytes]]]:
    """That workspace, and what is right in each of its states."""
    root = make_workspace(
        tmp_path_factory.mktemp("prepared"), {breaking_builds.BRIEF: breaking_builds.NO_PDF}
    )
    if (ROOT / ".cache/fonts").is_dir():  # cut already
        shutil.copytree(ROOT / ".cache/fonts", root / ".cache/fonts")
    right = {}
    for state in ("new", "old"):
        write(root / FACTS, breaking_builds.STORES[state])
        assert main(["build", "--jobs", "1", "--workspace", str(root)]) == 0
        right[state] = outputs(root)
    assert {*right["old"]} == {*OUTPUTS, "manifest.json"}
    assert all(right["new"][name] != data for name, data in right["old"].items())
    return root, right


@pytest.fixture
def town(
    prepared: tuple[Path, dict[str, dict[str, bytes]]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> Town:
    root, right = prepared
    shutil.copytree(root, tmp_path, dirs_exist_ok=True)
    return Town(tmp_path, right, capsys)


# What is kept

KINDS = ("emptied", "cut off", "altered", "a link to nothing", "a folder")


def damage(file: Path, kind: str) -> None:
    data = file.read_bytes()
    file.unlink()
    match kind:
        case "emptied":
            file.touch()
        case "cut off":
            file.write_bytes(data[: len(data) // 2])
        case "altered":
            middle = len(data) // 2
            file.write_bytes(data[:middle] + b"~" + data[middle + 1 :])
        case "a folder":
            (file / "in the way").mkdir(parents=True)
        case _:
            file.symlink_to("nothing")


def kept_files(cache: Path, *parts: str) -> list[Path]:
    """The files of some parts of the cache; without a word of all, but the fonts."""
    files = [path for path in cache.glob("*/**/*") if path.is_file()]
    wanted = [(path, path.relative_to(cache).parts[0]) for path in files]
    return sorted(path for path, part in wanted if part in parts or (not parts and part != "fonts"))


@pytest.mark.parametrize("parts", [(), ("outputs",), ("editions",)])
def test_what_is_damaged_in_the_cache_is_made_anew(town: Town, parts: tuple[str, ...]) -> None:
    found = {}

    for turn, kind in enumerate(KINDS):
        before, after = ("old", "new")[:: -1 if turn % 2 else 1]
        damaged = kept_files(town.root / ".cache", *parts)
        for file in damaged:
            damage(file, kind)
        if parts == ("outputs",):
            shutil.rmtree(town.root / "out")
        same = town.told().code, outputs(town.root) == town.right[before]
        town.edit(after)
        other = town.told().code, outputs(town.root) == town.right[after]
        found[kind] = len(damaged) > 1, same, other

    assert found == dict.fromkeys(KINDS, (True, (0, True), (0, True)))


def test_a_damaged_font_is_cut_anew(town: Town) -> None:
    workspace = load_workspace(town.root)
    cuts = cut_fonts(workspace.themes["default"], workspace.cache / "fonts")
    folder = next(iter(cuts.values())).parent
    fonts = sorted(path for path in folder.iterdir() if path.is_file())
    right = {file: file.read_bytes() for file in fonts}

    for number, file in enumerate(fonts):
        damage(file, KINDS[number % 4])
    town.edit("new")
    shutil.rmtree(town.root / ".cache/outputs")
    town.build()

    assert len(fonts) > 4
    assert outputs(town.root) == town.right["new"]
    assert {file: file.read_bytes() for file in fonts} == right


def test_what_stands_in_the_place_of_the_cache_is_told(town: Town) -> None:
    shutil.rmtree(town.root / ".cache")
    (town.root / ".cache").write_text("a file", "utf-8")

    told = town.told()

    assert told.code == 1
    assert told.err.startswith(".cache")
    assert outputs(town.root) == town.right["old"]


# What lies in the folder of outputs


@pytest.mark.parametrize("way", ["other words", "nothing", "as many bytes at the same time"])
def test_an_output_that_was_changed_by_hand_is_put_right(town: Town, way: str) -> None:
    file = town.root / HTML
    data, stat = file.read_bytes(), file.stat()

    if way == "nothing":
        file.unlink()
    elif way == "other words":
        file.write_bytes(b"By hand.")
    else:
        file.write_bytes(b"x" * len(data))
        os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    town.build()

    assert outputs(town.root) == town.right["old"]


def test_a_link_in_the_place_of_an_output_is_replaced_and_not_followed(town: Town) -> None:
    victim = town.root / "victim"
    victim.write_bytes(b"keep")
    (town.root / HTML).unlink()
    (town.root / HTML).symlink_to(victim)

    town.edit("new")
    town.build()

    assert outputs(town.root) == town.right["new"]
    assert not (town.root / HTML).is_symlink()
    assert victim.read_bytes() == b"keep"


def test_a_folder_in_the_place_of_an_output_is_told_and_the_others_are_written(town: Town) -> None:
    (town.root / HTML).unlink()
    (town.root / HTML).mkdir()
    town.edit("new")

    told = town.told()

    hint = "close the program that holds it open, or choose another folder with --out"
    assert told == Told(1, "", f"{HTML}: can't be written: is a directory\n  hint: {hint}\n")
    found = outputs(town.root)
    others = [name for name in OUTPUTS if f"out/{name}" != HTML]
    assert [found[name] == town.right["new"][name] for name in others] == [True] * 3
    (town.root / HTML).rmdir()
    town.build()
    assert outputs(town.root) == town.right["new"]


def test_who_reads_an_output_reads_the_old_one_to_its_end(town: Town) -> None:
    with (town.root / HTML).open("rb") as reader:
        begun = reader.read(1000)
        town.edit("new")
        town.build()
        read = begun + reader.read()

    assert read == town.right["old"]["channels/public.nb.html"]
    assert outputs(town.root) == town.right["new"]


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"format": "kildefast-manifest"}', b"\xff"])
def test_a_damaged_manifest_is_written_anew(town: Town, data: bytes) -> None:
    (town.root / "out/manifest.json").write_bytes(data)

    first = town.told()

    assert first.code == 0
    assert outputs(town.root) == town.right["old"]
    town.build()


# Time

JUMPS_S = (-20 * 365 * 86_400, 20 * 365 * 86_400)


@pytest.mark.parametrize("jump", JUMPS_S)
def test_a_clock_that_jumps_changes_no_output_and_forgets_nothing(town: Town, jump: int) -> None:
    town.build()
    for folder in (".cache", "out", "facts", "templates"):
        for file in (town.root / folder).rglob("*"):
            stat = file.stat()
            os.utime(file, (stat.st_atime + jump, stat.st_mtime + jump))
    before = stamps(town.root / "out")

    town.build()
    same = stamps(town.root / "out") == before
    for state in ("new", "old", "new"):
        town.edit(state)
        town.build()
        assert outputs(town.root) == town.right[state]
    last = stamps(town.root / "out")
    town.build()

    assert same
    assert stamps(town.root / "out") == last


def stamps(out: Path) -> dict[str, tuple[int, int]]:
    """Which file stands under each name, and since when."""
    found = {path.relative_to(out).as_posix(): path.stat() for path in out.rglob("*.*")}
    return {name: (stat.st_ino, stat.st_mtime_ns) for name, stat in found.items()}


# Processes, disks and neighbours: see `breaking_builds`

NAMESPACE = ("unshare", "--map-root-user", "--mount")  # where one may mount disks
AFTERWARDS = {"torn": [], "hidden": [], "next": [0, ""], "right": True}
SPACE = "hint: free some space, or choose another folder with --out"


def broken(
    prepared: tuple[Path, object], folder: Path, *ways: str, before: Sequence[str] = ()
) -> Any:
    """What came of building in those ways, in processes of their own."""
    fonts = prepared[0] / ".cache/fonts"
    program = [sys.executable, breaking_builds.__file__, str(folder), str(fonts), *ways]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [*before, *program], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def found(prepared: tuple[Path, object], tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What came of all ways that need nothing of the machine."""
    ways = [way for way in breaking_builds.WAYS if not way.startswith("full")]
    return broken(prepared, tmp_path_factory.mktemp("broken"), *ways)


def test_killed_builds_leave_whole_outputs_and_no_process_and_the_next_one_puts_all_right(
    found: Any,
) -> None:
    turns = found["killed"] + found["killed with workers"]
    moments = [moment for turn in turns for moment in turn["moments"]]

    assert len(moments) == 50
    assert [turn["next"] for turn in turns] == [[0, ""]] * 16
    assert [turn["right"] for turn in turns] == [True] * 16
    assert [moment["torn"] for moment in moments] == [[]] * 50
    assert [moment["outlived"] for moment in moments] == [False] * 50
    assert sum(moment["code"] == -9 for moment in moments) > 20  # the others were done


def test_what_is_deleted_while_a_build_is_at_work_is_made_again(found: Any) -> None:
    told = {"traceback": "", "next": [0, ""], "right": True}

    assert [{key: turn[key] for key in told} for turn in found["deleted"]] == [told] * 4


def test_what_is_saved_while_a_build_reads_is_seen_by_the_next_one(found: Any) -> None:
    told = {"first": [0, ""], "saved": True, "next": [0, ""], "right": True}

    assert found["saved"] == [told] * 2


def test_an_output_taken_away_while_others_are_built_is_told_and_made_again(found: Any) -> None:
    told = "out/channels/public.nb.html: was taken away while it was built\n  hint: build again\n"

    assert found["taken away"] == {"code": 1, "told": told, "next": [0, ""], "right": True}


def test_of_two_builds_at_once_one_waits_and_readers_see_whole_outputs(found: Any) -> None:
    assert found["at once"] == [{"ends": [[0, ""]] * 2, "torn": [], "right": True}] * 2


def test_files_too_large_for_the_disk_leave_the_old_ones(found: Any) -> None:
    files = ("public.en.html", "public.nb.html")
    told = [f"out/channels/{file}: can't be written: file too large\n  {SPACE}\n" for file in files]

    assert found["limited"] == {"code": 1, "told": "".join(told), **AFTERWARDS}


READ_ONLY = {
    "out": """\
out: can't write here: permission denied
  hint: choose another folder with --out, or change its permissions
""",
    ".cache": """\
.cache/workspace.lock: can't be locked: permission denied
  hint: build from a copy of the workspace that you may write to
""",
}


@pytest.mark.parametrize("folder", READ_ONLY)
def test_a_folder_that_may_only_be_read_is_told(found: Any, folder: str) -> None:
    told = {"code": 1, "told": READ_ONLY[folder], **AFTERWARDS}

    assert found[f"read-only {folder}"] == told


def test_a_full_disk_leaves_the_old_outputs_and_a_full_cache_is_done_without(
    prepared: tuple[Path, object], tmp_path: Path
) -> None:
    if subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False).returncode:
        return  # a container may forbid it; too large files are tried everywhere

    full = broken(prepared, tmp_path, "full out", "full .cache", before=NAMESPACE)

    told = [
        f"out/{name}: can't be written: no space left on device\n  {SPACE}\n"
        for name in (*OUTPUTS, "index.html")
    ]
    assert full == {
        "full out": {"code": 1, "told": "".join(told), **AFTERWARDS},
        "full .cache": {"code": 0, "told": "", **AFTERWARDS},
    }
