"""Whatever is edited, a build that keeps what it can gives what one from nothing gives.

Every run takes the same walk through the states of `random_edits`.  `KILDEFAST_CASES=20 pytest
tests/test_incremental.py` takes that many other ones.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from random_edits import State, files, set_files, walk
from workspaces import contents

from reports.cli import main

ROOT = Path(__file__).resolve().parent.parent
SEEDS = range(1, int(os.environ.get("KILDEFAST_CASES", "1")) + 1)


@dataclass(frozen=True)
class Built:
    """What came of a build: its exit code, what it told, and its outputs with the manifest."""

    code: int
    told: str
    out: Mapping[str, bytes]


class Town:
    """A workspace on disk that can be put into any state, and built from nothing or not."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self._capsys = capsys
        self._from_nothing: dict[tuple[tuple[str, bytes], ...], Built] = {}
        if (ROOT / ".cache/fonts").is_dir():  # cut already
            shutil.copytree(ROOT / ".cache/fonts", root / ".cache/fonts")

    def build(self, state: State, *words: str) -> Built:
        set_files(self.root, files(state))
        return self._built(*words)

    def from_nothing(self, state: State, *words: str) -> Built:
        """What a build with nothing kept gives; the same state isn't built twice."""
        wanted = files(state)
        key = tuple(sorted(wanted.items()))
        if key not in self._from_nothing:
            self.forget()
            set_files(self.root, wanted)
            self._from_nothing[key] = self._built(*words)
        return self._from_nothing[key]

    def forget(self) -> None:
        """Take away all outputs and all that is kept, but the fonts."""
        shutil.rmtree(self.root / "out", ignore_errors=True)
        for entry in (self.root / ".cache").iterdir():
            if entry.is_dir() and entry.name != "fonts":
                shutil.rmtree(entry)
            elif entry.is_file():
                entry.unlink()

    def _built(self, *words: str) -> Built:
        self._capsys.readouterr()
        code = main(["build", "--quiet", "--jobs", "1", "--workspace", str(self.root), *words])
        told = self._capsys.readouterr().err
        return Built(code, told, outputs(self.root / "out"))


def outputs(out: Path) -> dict[str, bytes]:
    """All files of that folder but the report, which tells times."""
    return {name: data for name, data in contents(out).items() if name != "index.html"}


@pytest.mark.parametrize("seed", SEEDS)
def test_after_any_edit_a_build_gives_what_one_from_nothing_gives(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], seed: int
) -> None:
    kept = Town(tmp_path / "kept", capsys)
    fresh = Town(tmp_path / "fresh", capsys)
    done: list[str] = []
    before = kept.build({})

    for edit, state in walk(Random(seed)):  # noqa: S311 - edits, not secrets
        done.append(edit)
        found = kept.build(state)
        expected = fresh.from_nothing(state)

        assert (found.code, found.told) == (expected.code, expected.told), done
        if not expected.out:  # a problem before anything was written
            assert found.out == before.out, done
            continue
        assert found.out.keys() >= expected.out.keys(), done
        differing = [name for name, data in expected.out.items() if found.out[name] != data]
        assert differing == [], done
        before = found


NB = {"channels/public.nb.docx", "channels/public.nb.html"}
EN = {"channels/public.en.docx", "channels/public.en.html"}
COUNCIL = {"channels/council.en.html"}
STAFF = {"staff/council.en.html"}
CHANNELS = NB | EN | COUNCIL
ALL = CHANNELS | STAFF

# What is edited, one after the other: what that builds anew, and the first reason that is told.
EDITS = [
    ("value", CHANNELS, "fact havneby.web-share changed"),
    ("compared value", EN | COUNCIL | STAFF, "fact havneby.staff changed"),
    ("internal statement", COUNCIL, "fact havneby.plan changed"),
    ("cell", NB, "fact towns.staff@havneby changed"),
    ("unused statement", set(), ""),
    ("unused day", set(), ""),
    ("unused person", set(), ""),
    ("matching fact", EN, "query(theme=channels, standing=reported) gives havneby.matching too"),
    ("other fact", set(), ""),
    ("comment in facts", set(), ""),
    ("order of facts", set(), ""),
    ("keys in another order", set(), ""),
    ("person's name", CHANNELS, "person digital-head changed"),
    ("role", EN | COUNCIL, "person digital-head changed"),
    ("measure's name", EN | COUNCIL, "measure web-share changed"),
    ("population", EN | COUNCIL, "population applications changed"),
    ("inference", EN | COUNCIL, "inference year-before changed"),
    ("title of a source", ALL, "source havneby-2031 changed"),
    ("comment in a template", set(), ""),
    ("own text", COUNCIL, "templates/channels/council.en.md.j2 changed"),
    ("words", NB, "templates/channels/public.nb.md.j2 changed"),
    ("missing include", EN | COUNCIL, "templates/shared/notice.md.j2 is new"),
    ("first of includes", EN | COUNCIL, "templates/shared/own.md.j2 is new"),
    ("last of includes", set(), ""),
    ("macro", EN | COUNCIL, "templates/shared/wording.en.md.j2 changed"),
    ("unused template", set(), ""),
    (
        "format asked for",
        {"channels/public.nb.docx"},
        "templates/channels/public.nb.md.j2 changed",
    ),
    ("picture", NB, "templates/channels/house.png changed"),
    ("title", set(), ""),
    ("sender", EN | COUNCIL, "templates/channels/brief.yaml changed"),
    ("audience's name", EN, "templates/audiences/public.yaml changed"),
    ("drawing", set(), ""),
    ("colour", NB | EN, "templates/themes/town/tokens.yaml changed"),
    ("logo", NB | EN, "templates/themes/town/tokens.yaml changed"),
    ("organisation", ALL, "templates/workspace.yaml changed"),
]


def written(told: str) -> dict[str, str]:
    """The outputs that a build wrote anew, with why, from its events."""
    events = [json.loads(line) for line in told.splitlines()]
    outputs = [event for event in events if event["event"] == "written"]
    return {each["file"]: each["reason"] for each in outputs if not each["kept"]}


def stamps(out: Path) -> dict[str, tuple[int, int]]:
    """Which file stands under each name, and since when."""
    found = {path.relative_to(out).as_posix(): path.stat() for path in out.rglob("*.*")}
    return {name: (stat.st_ino, stat.st_mtime_ns) for name, stat in found.items()}


def test_an_edit_builds_what_shows_it_and_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    town = Town(tmp_path, capsys)
    state: dict[str, int] = {}
    town.build(state)
    found, moved, expected = {}, {}, {}

    for edit, outputs_, reason in EDITS:
        state[edit] = 1
        before = stamps(tmp_path / "out")
        set_files(tmp_path, files(state))
        capsys.readouterr()
        assert main(["build", "--json", "--jobs", "1", "--workspace", str(tmp_path)]) == 0, edit
        told = written(capsys.readouterr().out)
        after = stamps(tmp_path / "out")
        found[edit] = set(told), {why.partition("; ")[0] for why in told.values()}
        moved[edit] = {name for name in ALL if after[name] != before[name]}
        expected[edit] = outputs_, {reason} if outputs_ else set()

    assert found == expected
    assert moved == {edit: outputs_ for edit, outputs_, _ in EDITS}
