"""Run as a program: bundles written while the process, the disk or a neighbour gets in the way.

Each way prints JSON for the tests of `test_bundle_faults`.  The processes are real: they are forked
here, where nothing else runs, and each breaks itself at the moment that it was given.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from case_records import case_record, payload

from reports.casefile.bag import Contents, bag_files, bag_problems
from reports.casefile.bundle import write_bundle
from reports.casefile.register import issued
from reports.lock import one_at_a_time
from reports.problems import ReportError

FOLDER = Path("out/2026-1234/ferries.council.nb.v1")
_MOMENTS = ("open", "os.mkdir", "os.rename", "os.chmod", "os.listdir", "os.rmdir", "fcntl.flock")


def contents(mark: bytes = b"") -> Contents:
    """A bundle of some files, one of them larger than a small disk; `mark` tells two apart."""
    record = case_record()
    large = {"public.nb.pdf": bytes(range(256)) * 400, "sub/inside.txt": b"x"}
    return Contents(record, {**payload(record.files), **large, "case.json": b"{}" + mark})


@dataclass(frozen=True)
class Child:
    """A forked process, and where to read what it tells; the disk may take nothing from it."""

    number: int
    told: int

    def end(self) -> tuple[int, str]:
        """How it ended (0, 3 after a ReportError, below 0 by a signal), and what it told."""
        with os.fdopen(self.told, "rb") as told:
            text = told.read().decode()
        return os.waitstatus_to_exitcode(os.waitpid(self.number, 0)[1]), text


def forked(act: Callable[..., None], *given: object) -> Child:
    """A process that does this."""
    reader, writer = os.pipe()
    number = os.fork()
    if number:
        os.close(writer)
        return Child(number, reader)
    code = 1
    try:
        act(*given)
        code = 0
    except ReportError as error:
        os.write(writer, error.problems[0].shown(Path.cwd()).encode())
        code = 3
    except KeyboardInterrupt:
        code = 4
    finally:
        os._exit(code)


def at_moment(number: int, act: Callable[[], object]) -> None:
    """Have this process do that at its `number`th step on files from now on."""
    count = 0

    def watch(event: str, _: object) -> None:
        nonlocal count
        if event in _MOMENTS:
            count += 1
            if count == number:
                act()

    sys.addaudithook(watch)


def steps() -> int:
    """How many steps on files writing the bundle takes, once all that it imports is loaded."""
    write()
    shutil.rmtree("out")
    count = 0

    def watch(event: str, _: object) -> None:
        nonlocal count
        count += event in _MOMENTS

    sys.addaudithook(watch)
    write()
    found = count
    shutil.rmtree("out")
    return found


def state(folder: Path) -> str:
    """Whether the bundle is whole there, broken, or nowhere."""
    if not os.path.lexists(folder):
        return "absent"
    expected = bag_files(contents())
    files = {name: (folder / name).read_bytes() for name in expected}
    whole = files == expected and bag_problems(folder) == ()
    return "whole" if whole else "broken"


def hidden() -> int:
    """How many hidden things lie about."""
    return sum(path.name.startswith(".") for path in Path().rglob("*"))


def write(mark: bytes = b"") -> None:
    write_bundle(contents(mark), FOLDER)


def write_until(number: int, signal_number: int) -> None:
    """Write, and get that signal at that step."""
    at_moment(number, lambda: os.kill(os.getpid(), signal_number))
    write()


def broken_off(signal_number: int, stride: int) -> Iterator[list[object]]:
    """At each of some steps: how the process ended, what it left, and what the next one made."""
    for number in range(steps(), 0, -stride):
        code, _ = forked(write_until, number, signal_number).end()
        left = [code, state(FOLDER), hidden()]
        if state(FOLDER) == "whole":
            shutil.rmtree(FOLDER)
        yield [*left, *forked(write).end(), state(FOLDER), hidden()]
        shutil.rmtree("out")


def write_at(start: float, mark: bytes) -> None:
    while time.monotonic() < start:
        pass
    write(mark)


def at_once(processes: int) -> dict[str, object]:
    """That many processes that write the same bundle, each with a mark, at the same moment."""
    start = time.monotonic() + 0.03
    marks = [str(number).encode() for number in range(processes)]
    ends = [child.end() for child in [forked(write_at, start, mark) for mark in marks]]
    winners = [mark for mark, (code, _) in zip(marks, ends, strict=True) if code == 0]
    found = {
        "winners": len(winners),
        "refusals": sorted({told for code, told in ends if code == 3}),
        "whole": bag_problems(FOLDER) == (),
        "the winner's": (FOLDER / "data/case.json").read_bytes() == b"{}" + winners[0],
        "hidden": hidden(),
    }
    shutil.rmtree("out")
    return found


def paused(number: int) -> dict[str, object]:
    """A process that stops at a step; another writes the bundle; then the first goes on."""
    child = forked(write_until, number, signal.SIGSTOP)
    os.waitpid(child.number, os.WUNTRACED)
    other = forked(write).end()
    os.kill(child.number, signal.SIGCONT)
    return {"other": other, "first": child.end(), "state": state(FOLDER), "hidden": hidden()}


def write_limited(limit: int) -> None:
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    write()


def full(limit: int) -> list[object]:
    """A disk that takes no more: `limit` bytes a file, or the disk's own end if it is 0."""
    ended = forked(write_limited, limit).end()
    return [*ended, [path.as_posix() for path in Path().rglob("*")]]


def read_only() -> dict[str, object]:
    """A folder that one may read and not write to; root gives up being root first."""
    Path.cwd().chmod(0o755)
    write_bundle(contents(), Path("kept"))
    Path("kept/data/case.json").chmod(0)
    Path("out").mkdir(mode=0o555)
    Path("issued/2026-1234").mkdir(parents=True)
    Path("issued/2026-1234").chmod(0)
    if os.geteuid() == 0:
        os.setegid(65534)
        os.seteuid(65534)
    found: dict[str, object] = {}
    ways: dict[str, Callable[[], object]] = {
        "below": write,
        "in": lambda: write_bundle(contents(), Path("out/bundle")),
        "lock": lambda: _locked(Path("out/.cache")),
        "register": lambda: issued(Path()),
    }
    for way, act in ways.items():
        try:
            act()
            found[way] = "written"
        except ReportError as error:
            found[way] = error.problems[0].shown(Path.cwd())
    problems = bag_problems(Path("kept"))
    found["unreadable"] = [problem.shown(Path.cwd()) for problem in problems]
    return {**found, "left": [path.name for path in Path("out").iterdir()]}


def _locked(cache: Path) -> None:
    with one_at_a_time(cache, "attach", lambda _: None):
        pass


WAYS: dict[str, Callable[[], object]] = {
    "killed": lambda: list(broken_off(signal.SIGKILL, 3)),
    "interrupted": lambda: list(broken_off(signal.SIGINT, 11)),
    "at once": lambda: [at_once(4) for _ in range(3)],
    "paused": lambda: paused(12),
    "full": lambda: full(0),
    "limited": lambda: [full(limit) for limit in (10, 300, 100_000)],
    "read-only": read_only,
}

if __name__ == "__main__":
    os.chdir(sys.argv[2])
    print(json.dumps(WAYS[sys.argv[1]](), indent=1))  # noqa: T201 - the tests read it
