"""What a build shows while it runs: on a terminal, elsewhere, and to other programs."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import pytest
from workspaces import EN, STORE, changed, english, make_workspace, run, write

from reports.audiences import Format
from reports.build import events
from reports.build.events import (
    Composed,
    Event,
    Failed,
    Finished,
    Found,
    Planned,
    Ready,
    Started,
    Waiting,
    Written,
)
from reports.cli.progress import Asked, shown
from reports.problems import Place, Problem

HTML = ("build", "--format", "html", "--jobs", "1")
WAIT_S = 30
ROOT = Path("/ws")
TOO_LONG = Problem(Place(ROOT / "templates/x.md.j2", 14), "the body takes 3 pages", "cut the text")
LATE = Problem(Place(Path("/elsewhere/a.yaml"), 2, 5), "fact 'a.b' is late", fatal=False)
PDF, DOCX = Format.PDF, Format.DOCX


def written(edition: str, kind: Format, why: str = "", *, kept: bool = False) -> Written:
    file = f"{edition}.{kind.value}"
    return Written(edition, kind, file, kept, why, 0.0 if kept else 1.23456)


STORY: tuple[Event, ...] = (
    Waiting("build (process 12)"),
    Planned(3, 6),
    Composed("a/x.nb", ""),
    Composed("a/x.en", "fact a.b changed"),
    Composed("a/y.en", "fact a.b changed"),
    Started("a/x.en", (PDF, DOCX)),
    Started("a/y.en", (PDF, DOCX)),
    written("a/x.nb", PDF, kept=True),
    written("a/x.nb", DOCX, "templates/names.yaml changed", kept=True),
    Ready("a/y.en", (PDF, DOCX)),
    written("a/y.en", DOCX, "fact a.b changed"),
    Failed("a/y.en", (PDF,), (TOO_LONG,)),
    written("a/x.en", PDF, "fact a.b changed"),
    written("a/x.en", DOCX, "fact a.b changed"),
    Found((LATE, TOO_LONG)),
    Finished(3, 2, 1, 5.25, 2, 180),
)
PROBLEMS = """\
/elsewhere/a.yaml:2:5: warning: fact 'a.b' is late
templates/x.md.j2:14: the body takes 3 pages
  hint: cut the text
"""
REASONS = """\
a/x.en.docx  written: fact a.b changed
a/x.en.pdf   written: fact a.b changed
a/x.nb.docx  kept: templates/names.yaml changed, and it says the same
a/x.nb.pdf   kept: nothing that it rests on has changed
a/y.en.docx  written: fact a.b changed
a/y.en.pdf   failed: the body takes 3 pages
"""


def told(capsys: pytest.CaptureFixture[str], **asked: bool) -> tuple[str, str]:
    """What the story prints to standard output and to standard error."""
    capsys.readouterr()
    with shown(Asked(ROOT, ROOT / "out", **asked)) as tell:
        for event in STORY:
            tell(event)
    out, err = capsys.readouterr()
    return out, err


# ---------------------------------------------------------------- where there is no terminal


def test_each_edition_that_is_not_kept_has_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys) == (
        "",
        (
            "waiting for build (process 12)\n"
            "[2/3] a/y.en\n"
            "[3/3] a/x.en\n"
            f"{PROBLEMS}"
            "5 outputs in /ws/out (3 written, 2 kept, 1 failed, 5.2 s)\n"
        ),
    )


def test_a_quiet_build_tells_problems_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, quiet=True) == ("", PROBLEMS)


def test_each_output_is_explained_on_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, quiet=True, explain=True) == (REASONS, PROBLEMS)


@pytest.mark.parametrize(
    ("finished", "line"),
    [
        (Finished(3, 0, 0, 1.26, 1, 90), "3 outputs in /ws/out (1.3 s)"),
        (Finished(0, 3, 0, 0.04, 1, 0), "3 outputs in /ws/out (all kept, 0.0 s)"),
        (Finished(1, 2, 0, 1, 1, 90), "3 outputs in /ws/out (1 written, 2 kept, 1.0 s)"),
        (Finished(1, 0, 2, 1, 1, 90), "1 output in /ws/out (2 failed, 1.0 s)"),
    ],
)
def test_the_last_line_says_what_there_is_and_what_it_took(
    capsys: pytest.CaptureFixture[str], finished: Finished, line: str
) -> None:
    with shown(Asked(ROOT, ROOT / "out")) as tell:
        tell(finished)

    assert capsys.readouterr().err == f"{line}\n"


# ---------------------------------------------------------------- for other programs


def test_each_event_is_a_line_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    out, err = told(capsys, json=True)

    lines = [json.loads(line) for line in out.splitlines()]
    late = {
        "file": "/elsewhere/a.yaml",
        "line": 2,
        "column": 5,
        "what": "fact 'a.b' is late",
        "hint": "",
        "fatal": False,
    }
    too_long = {
        "file": "templates/x.md.j2",
        "line": 14,
        "column": 0,
        "what": "the body takes 3 pages",
        "hint": "cut the text",
        "fatal": True,
    }
    assert err == ""
    assert len(lines) == len(STORY)
    assert [lines[at] for at in (0, 1, 3, 5, 9, 10, 11, 14, 15)] == [
        {"event": "waiting", "holder": "build (process 12)"},
        {"event": "planned", "editions": 3, "outputs": 6},
        {"event": "composed", "edition": "a/x.en", "reason": "fact a.b changed"},
        {"event": "started", "edition": "a/x.en", "formats": ["pdf", "docx"]},
        {"event": "ready", "edition": "a/y.en", "formats": ["pdf", "docx"]},
        {
            "event": "written",
            "edition": "a/y.en",
            "format": "docx",
            "file": "a/y.en.docx",
            "kept": False,
            "reason": "fact a.b changed",
            "seconds": 1.235,
        },
        {"event": "failed", "edition": "a/y.en", "formats": ["pdf"], "problems": [too_long]},
        {"event": "found", "problems": [late, too_long]},
        {
            "event": "finished",
            "written": 3,
            "kept": 2,
            "failed": 1,
            "seconds": 5.25,
            "workers": 2,
            "peak_mb": 180,
        },
    ]


def test_the_story_has_every_kind_of_event() -> None:
    assert {type(event).__name__ for event in STORY} == {
        each.strip() for each in str(get_args(events.Event) or events.Event).split("|")
    }


def test_problems_that_stop_a_build_are_json_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_workspace(tmp_path, english("{{ fact('x') }}"))

    done = run(root, capsys, *HTML, "--json")

    last = json.loads(done.out.splitlines()[-1])
    problem = {
        "file": EN,
        "line": 5,
        "column": 0,
        "what": "unknown fact 'x'",
        "hint": last["problems"][0]["hint"],
        "fatal": True,
    }
    assert done.code == 1
    assert last == {"event": "found", "problems": [problem]}
    assert not (root / "out/manifest.json").exists()


# ---------------------------------------------------------------- real builds


def test_a_build_explains_itself_to_people_and_programs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_workspace(tmp_path)
    run(root, capsys, *HTML, "--quiet")
    write(root / "facts/havneby.yaml", changed(STORE, "value: 62", "value: 70"))

    people = run(root, capsys, *HTML, "--explain", "--lang", "en")
    programs = run(root, capsys, *HTML, "--json")

    events_ = [json.loads(line) for line in programs.out.splitlines()]
    why = "fact havneby.web-share changed"
    assert people.out == f"channels/public.en.html  written: {why}\n"
    assert people.err.startswith(f"[1/1] channels/public.en\n1 output in {root / 'out'} (")
    assert {
        event["file"]: (event["kept"], event["reason"])
        for event in events_
        if event["event"] == "written"
    } == {
        "channels/public.en.html": (True, ""),
        "channels/public.nb.html": (False, why),
    }
    assert programs.err == ""


def test_the_last_line_of_a_build_of_nothing_new_loads_no_library() -> None:
    code = "import sys; from reports.cli.progress import last_line; print(*sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert loaded & {"rich", "cattrs", "jinja2", "yaml", "weasyprint"} == set()
    assert "reports.cli.live" not in done.stdout


# ---------------------------------------------------------------- on a terminal


@dataclass
class Terminal:
    """A program on a terminal of its own, and what it has written there so far."""

    process: subprocess.Popen[bytes]
    descriptor: int
    written: str = ""

    def until(self, words: str) -> str:
        """What it wrote up to these words, or all of it at its end."""
        stop = time.monotonic() + WAIT_S
        while words not in MARKS.sub("", self.written):
            ready, _, _ = select.select([self.descriptor], [], [], WAIT_S)
            assert ready, f"no {words!r} in {self.written!r}"
            assert time.monotonic() < stop, f"no {words!r} in {self.written!r}"
            try:
                data = os.read(self.descriptor, 65536)
            except OSError:  # Linux says so where the program is gone
                break
            if not data:
                break
            self.written += data.decode()
        return self.written

    def end(self) -> tuple[int, str]:
        """Its exit code, and all that it wrote."""
        all_ = self.until("\0")
        return self.process.wait(WAIT_S), all_


@contextmanager
def on_terminal(words: list[str], columns: int = 100, **variables: str) -> Iterator[Terminal]:
    """The program on a terminal that wide."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    settings = termios.tcgetattr(theirs)
    settings[3] &= ~termios.ECHO  # what is typed stands on no line
    termios.tcsetattr(theirs, termios.TCSANOW, settings)
    environment = {**os.environ, "TERM": "xterm", **variables}
    del environment["COLUMNS"]
    process = subprocess.Popen(
        words, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
    )
    os.close(theirs)
    try:
        yield Terminal(process, ours)
    finally:
        process.kill()
        process.wait()
        os.close(ours)


MARKS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
TELL = f"""\
import sys
sys.path[:0] = [{str(Path(__file__).parent)!r}]
from test_progress import ROOT, STORY, Asked, shown
try:
    with shown(Asked(ROOT, ROOT / "out")) as tell:
        for event in STORY[:9]:
            tell(event)
        print("ready", flush=True)
        if sys.stdin.readline() == "stop\\n":
            raise KeyboardInterrupt
        for event in STORY[9:]:
            tell(event)
except KeyboardInterrupt:
    print("stopped")
"""
CURSOR = "\x1b[?25h"  # shows it again
COLOUR = re.compile(r"\x1b\[[0-9;]*[39][0-9][0-9;]*m")


def lines_left(written: str) -> list[str]:
    """What a terminal shows after that: sequences that go up a line and clear it are obeyed."""
    lines = [""]
    for piece in re.findall(r"\x1b\[[0-9;?]*[A-Za-z]|[\r\n]|[^\x1b\r\n]+", written):
        match piece:
            case "\n":
                lines.append("")
            case "\r":
                pass
            case "\x1b[2K":
                lines[-1] = ""
            case "\x1b[1A":
                lines.pop()
            case _ if not piece.startswith("\x1b"):
                lines[-1] += piece
            case _:
                pass
    return lines


def test_a_terminal_shows_what_is_done_and_what_is_being_written() -> None:
    with on_terminal([sys.executable, "-c", TELL], NO_COLOR="1") as terminal:
        before = lines_left(terminal.until("a/y.en pdf docx, 0 s"))
        os.write(terminal.descriptor, b"\n")
        code, all_ = terminal.end()

    after = lines_left(all_)
    waiting, ready, bar, *rest = before
    assert (waiting, ready) == ("waiting for build (process 12)", "ready")
    assert re.fullmatch("━{8} {17}2/6 0:00", bar)
    assert rest == ["2 kept", "a/x.en pdf docx, 0 s", "a/y.en pdf docx, 0 s"]
    assert code == 0
    assert after == [
        waiting,
        ready,
        *PROBLEMS.splitlines(),
        "5 outputs in /ws/out (3 written, 2 kept, 1 failed, 5.2 s)",
        "",
    ]
    assert all_.rindex(CURSOR) > all_.rindex("a/y.en pdf docx")
    assert COLOUR.search(all_) is None


def test_a_narrow_terminal_shows_what_tells_editions_apart() -> None:
    with on_terminal([sys.executable, "-c", TELL], columns=16) as terminal:
        _, _, told, _, *editions = lines_left(terminal.until("y.en, 0 s"))

    assert told == "2/6 0:00"
    assert editions == ["a/x.en, 0 s", "a/y.en, 0 s"]


def test_a_dumb_terminal_has_lines() -> None:
    with on_terminal([sys.executable, "-c", TELL], TERM="dumb") as terminal:
        terminal.until("ready")
        os.write(terminal.descriptor, b"\n")
        code, all_ = terminal.end()

    assert code == 0
    assert "\x1b" not in all_
    assert "[2/3] a/y.en\r\n[3/3] a/x.en\r\n" in all_


def test_ctrl_c_leaves_a_clean_screen() -> None:
    with on_terminal([sys.executable, "-c", TELL]) as terminal:
        terminal.until("a/y.en pdf docx, 0 s")
        os.write(terminal.descriptor, b"stop\n")
        _, all_ = terminal.end()

    after = lines_left(all_)
    assert after[:3] == ["waiting for build (process 12)", "ready", "stopped"]
    assert all_.rindex(CURSOR) > all_.rindex("a/y.en pdf docx")
    assert COLOUR.search(all_)
