"""One command at a time in a workspace: real processes wait for each other, and end badly."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reports.lock import one_at_a_time
from reports.problems import ReportError

ROOT = Path(__file__).parents[1]
HOLD = """\
import subprocess, sys
from pathlib import Path
from reports.lock import one_at_a_time
with one_at_a_time(Path(sys.argv[1]), "build --lang nb", print):
    nothing = subprocess.DEVNULL
    started = subprocess.Popen(["sleep", "100"], stdout=nothing, close_fds=False)
    print(started.pid, flush=True)
    sys.stdin.read()
"""


@contextmanager
def holder(cache: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the lock until its input ends; what it has started lives longer."""
    command = [sys.executable, "-c", HOLD, str(cache)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT) as process:
        assert process.stdout
        started = int(process.stdout.readline())
        try:
            yield process
        finally:
            process.kill()
            os.kill(started, signal.SIGKILL)


ELSEWHERE = {"process": 7, "on": "archive-2", "since": "2030-05-01T14:02+02:00", "act": "attach"}
NOTES: list[object] = [ELSEWHERE, {**ELSEWHERE, "process": "7"}, ELSEWHERE, {"process": 7}]
NOTES += [ELSEWHERE, []]


def test_the_second_waits_and_says_for_whom_and_when_that_changes(tmp_path: Path) -> None:
    told: list[str] = []
    notes = list(NOTES)
    cache = tmp_path / ".cache"

    with holder(cache) as first:

        def tell(line: str) -> None:
            told.append(line)
            if notes:
                (cache / "workspace.lock").write_text(json.dumps(notes.pop(0)), "utf-8")
            else:
                first.communicate()  # lets the first one end

        with one_at_a_time(cache, "attach", tell):
            ended = first.poll()

    assert ended == 0
    clock = r"\d\d:\d\d"
    own = rf"process {first.pid}, since {clock}, 'build --lang nb'"
    elsewhere = rf"process 7 on archive-2, since 2030-\d\d-\d\d {clock}, 'attach'"
    expected = [own, *[elsewhere, "another process"] * 3]
    assert len(told) == len(expected)
    assert [
        line for line, words in zip(told, expected, strict=True) if not re.fullmatch(words, line)
    ] == []


def test_the_second_gives_up_in_the_end(tmp_path: Path) -> None:
    told: list[str] = []

    with (
        holder(tmp_path) as first,
        pytest.raises(ReportError) as caught,
        one_at_a_time(tmp_path, "attach --final", told.append, longest_s=0.1),
    ):
        pytest.fail("two at once")

    shown = caught.value.problems[0].shown(tmp_path)
    assert re.sub(r"\d\d:\d\d", "14:02", shown) == (
        f"workspace.lock: process {first.pid}, since 14:02, 'build --lang nb' is at work in this "
        "workspace, after 0.1 s of waiting\n  hint: let it end, then attach again"
    )
    assert told == []


def test_a_killed_holder_holds_nobody_up_though_what_it_started_lives_on(tmp_path: Path) -> None:
    told: list[str] = []

    with holder(tmp_path) as first:
        first.kill()
        first.wait()
        with one_at_a_time(tmp_path, "build", told.append):
            pass
    with one_at_a_time(tmp_path, "build", told.append):
        pass

    assert told == []


def test_the_note_of_the_next_holder_replaces_a_longer_one(tmp_path: Path) -> None:
    acts = []

    for act in ("build --audience public --lang nb", "attach"):
        with one_at_a_time(tmp_path, act, print):
            acts.append(json.loads((tmp_path / "workspace.lock").read_text("utf-8"))["act"])

    assert acts == ["build --audience public --lang nb", "attach"]


def test_the_lock_follows_no_link(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"keep")
    (tmp_path / "workspace.lock").symlink_to(victim)

    with pytest.raises(ReportError) as caught, one_at_a_time(tmp_path, "build", print):
        pytest.fail("followed")

    assert caught.value.problems[0].shown(tmp_path) == (
        "workspace.lock: can't be locked: too many levels of symbolic links\n"
        "  hint: build from a copy of the workspace that you may write to"
    )
    assert victim.read_bytes() == b"keep"


def test_a_workspace_that_may_not_be_written_to_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / ".cache").write_bytes(b"")  # stands for a folder that can't be made, for root too

    with pytest.raises(ReportError) as caught, one_at_a_time(tmp_path / ".cache", "build", print):
        pytest.fail("held")

    assert caught.value.problems[0].shown(tmp_path) == (
        ".cache/workspace.lock: can't be locked: file exists\n"
        "  hint: build from a copy of the workspace that you may write to"
    )
