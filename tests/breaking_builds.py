"""Run as a program: builds while a signal, the disk or a neighbour gets in the way.

Each way prints JSON for the tests of `test_faults`.  All that a build imports is loaded once; the
builds are forked from here, real processes with workers of their own.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stderr, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

from workspaces import EN, FILES, STORE, changed, contents, make_workspace

from reports.cli import main

BRIEF = "templates/channels/brief.yaml"
NO_PDF = changed(FILES[BRIEF], "[pdf, docx, html]", "[docx, html]")  # a PDF takes long
STORES = {
    "old": STORE,
    "new": changed(STORE, "{value: 62,", "{value: 63,"),
}
_SUBREAPER = 36  # of Linux' prctl: children of a dead child become ours
_WAIT_S = 20.0


@dataclass(frozen=True)
class Build:
    """A forked build, the leader of its own group of processes."""

    number: int
    told: int

    def end(self) -> tuple[int, str]:
        """How it ended (below 0: by a signal), and what it told."""
        with os.fdopen(self.told, "rb") as told:
            text = told.read().decode()
        return os.waitstatus_to_exitcode(os.waitpid(self.number, 0)[1]), text


def started(*words: str, before: Callable[[], object] = lambda: None) -> Build:
    """A build of the workspace here, in a process that first does what it is given."""
    reader, writer = os.pipe()
    number = os.fork()
    if number:
        os.close(writer)
        return Build(number, reader)
    code = 1
    try:
        os.setpgid(0, 0)
        os.dup2(writer, 1)
        os.dup2(writer, 2)
        os.close(writer)
        os.close(reader)
        before()
        sys.argv[1:] = ["build", "--quiet", *words, "--workspace", str(Path.cwd())]
        code = main()
    except BaseException:  # noqa: BLE001 - what it is, the tests shall see
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def built(*words: str, before: Callable[[], object] = lambda: None) -> tuple[int, str]:
    return started(*words, before=before).end()


def outputs() -> dict[str, bytes]:
    """All that lies in the folder of outputs, but for the report with its times."""
    return {name: data for name, data in contents(Path("out")).items() if name != "index.html"}


def forget() -> None:
    """Take away all that is kept but the fonts, which would have to be cut again."""
    for entry in Path(".cache").iterdir():
        if entry.name == "fonts":
            continue
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def edit(state: str) -> None:
    Path("facts/havneby.yaml").write_text(STORES[state], "utf-8")


def whole() -> dict[str, dict[str, bytes]]:
    """What each state's outputs are, built from nothing; the old ones are left in place."""
    found = {}
    for state in ("new", "old"):
        edit(state)
        forget()
        shutil.rmtree("out", ignore_errors=True)
        assert built("--jobs", "1") == (0, ""), state
        found[state] = outputs()
    assert all(found["old"][name] != data for name, data in found["new"].items())
    return found


def outlived() -> bool:
    """Whether a process of a killed build is still there after a while: its parent is ours now."""
    until = time.monotonic() + _WAIT_S
    with suppress(ChildProcessError):  # none is left
        while time.monotonic() < until:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(0.01)
        return True
    return False


def torn(right: Mapping[str, Mapping[str, bytes]]) -> list[str]:
    """The outputs that are what they are to be in no state, or missing, or too many.

    The manifest of a build that failed in part is like no other one.
    """
    found = {name: data for name, data in outputs().items() if not _is_hidden(name)}
    possible = {name: [right[state][name] for state in right] for name in right["old"]}
    missing = [name for name, data in possible.items() if found.get(name) not in data]
    return [name for name in (*missing, *(found.keys() - possible)) if name != "manifest.json"]


def _is_torn(name: str, right: Mapping[str, Mapping[str, bytes]]) -> bool:
    try:
        return (Path("out") / name).read_bytes() not in [right[state][name] for state in right]
    except FileNotFoundError:
        return True


def _is_hidden(name: str) -> bool:
    return Path(name).name.startswith(".")


def killed(seed: int, times: int, kills: int, *words: str) -> Iterator[dict[str, object]]:
    """What killed builds left: each is killed at a random moment, begun again, and so on.

    After so many the next one is let be: what it told, and whether all is right.
    """
    random = Random(seed)  # noqa: S311 - moments, not secrets
    right = whole()
    forget()
    start = time.monotonic()
    assert built(*words) == (0, "")
    longest = time.monotonic() - start
    for turn in range(times):
        after = ("new", "old")[turn % 2]
        edit(after)
        forget()
        moments = [_killed(random, longest, words, right) for _ in range(kills)]
        yield {"moments": moments, "next": built(*words), "right": outputs() == right[after]}


def _killed(
    random: Random, longest: float, words: tuple[str, ...], right: Mapping[str, dict[str, bytes]]
) -> dict[str, object]:
    """What was left by a build that was killed, alone or with all that it had started."""
    build = started(*words)
    time.sleep(random.uniform(0, longest * 0.6))  # later ones have everything loaded
    random.choice((os.kill, os.killpg))(build.number, signal.SIGKILL)
    code, _ = build.end()
    return {"code": code, "outlived": outlived(), "torn": torn(right)}


def deleted(seed: int, times: int) -> Iterator[dict[str, object]]:
    """Outputs, or what is kept of them, deleted while a build is at work; then the next build."""
    random = Random(seed)  # noqa: S311 - moments, not secrets
    right = whole()
    for number in range(times):
        after = ("new", "old")[number % 2]
        edit(after)
        forget()
        build = started("--jobs", "1")
        time.sleep(random.uniform(0, 0.4))
        if number % 4 < 2:
            shutil.rmtree("out", ignore_errors=True)
        else:
            shutil.rmtree(".cache/outputs", ignore_errors=True)
            shutil.rmtree(".cache/editions", ignore_errors=True)
        code, told = build.end()
        found = {"code": code, "traceback": told if "Traceback" in told else ""}
        yield {**found, "next": built("--jobs", "1"), "right": outputs() == right[after]}


# What is saved when a build opens something there: the settings once they have been read, and a
# template before it is.  The template is put back before the next build.
SAVED = {
    "/.cache/facts/": (BRIEF, changed(NO_PDF, "2031-04-10", "2031-04-11"), False),
    "/.cache/editions/": (EN, changed(FILES[EN], "Parents", "Most parents"), True),
}


def saved() -> Iterator[dict[str, object]]:
    """A file saved while a build reads, and what the next build made."""
    for moment, (name, text, undone) in SAVED.items():
        file = Path(name)
        before = file.read_text("utf-8")
        if not undone:
            file.write_text(text, "utf-8")
        forget()
        assert built("--jobs", "1") == (0, "")
        right = outputs()
        file.write_text(before, "utf-8")
        forget()
        shutil.rmtree("out")
        first = built("--jobs", "1", before=partial(_save_at, moment, file, text))
        found = {"first": first, "saved": file.read_text("utf-8") == text}
        if undone:
            file.write_text(before, "utf-8")
        yield {**found, "next": built("--jobs", "1"), "right": outputs() == right}
        file.write_text(before, "utf-8")


def taken_away() -> dict[str, object]:
    """An output that is right, taken away when the others are about to be put in place."""
    right = whole()
    template = Path(EN)
    before = template.read_text("utf-8")
    template.write_text(before.replace("Parents", "Most parents"), "utf-8")
    shutil.rmtree(".cache/outputs")

    def take_away() -> None:
        def watch(event: str, given: tuple[object, ...]) -> None:
            if event == "open" and str(given[0]).endswith("/out"):
                Path("out/channels/public.nb.html").unlink(missing_ok=True)

        sys.addaudithook(watch)

    code, told = built("--jobs", "1", before=take_away)
    template.write_text(before, "utf-8")
    after = built("--jobs", "1")
    return {"code": code, "told": told, "next": after, "right": outputs() == right["old"]}


def _save_at(moment: str, file: Path, text: str) -> None:
    def watch(event: str, given: tuple[object, ...]) -> None:
        if event == "open" and moment in str(given[0]):
            file.write_text(text, "utf-8")

    sys.addaudithook(watch)


def mount(folder: str, size: int, *, again: bool = False) -> None:
    """A disk of that many bytes on the folder, or another size for the one that is there."""
    options = f"{'remount,' if again else ''}size={size}"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", folder], check=True)


def full(folder: str) -> dict[str, object]:
    """A disk under that folder which is nearly full when a build begins, and then is not."""
    aside = f"aside {folder}"
    shutil.copytree(folder, aside)
    mount(folder, 100_000_000)
    shutil.copytree(aside, folder, dirs_exist_ok=True)
    right = whole()
    disk = os.statvfs(folder)
    used = (disk.f_blocks - disk.f_bfree) * disk.f_frsize
    mount(folder, used + 2 * disk.f_frsize, again=True)
    edit("new")
    code, told = built("--jobs", "1")
    found = {"code": code, "told": told, "torn": torn(right), "hidden": hidden()}
    mount(folder, 100_000_000, again=True)
    return {**found, "next": built("--jobs", "1"), "right": outputs() == right["new"]}


def limited() -> dict[str, object]:
    """A disk that takes no file of more than a few bytes, as far as a build can see."""
    right = whole()
    edit("new")

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))

    code, told = built("--jobs", "1", before=limit)
    found = {"code": code, "told": told, "torn": torn(right), "hidden": hidden()}
    return {**found, "next": built("--jobs", "1"), "right": outputs() == right["new"]}


def hidden() -> list[str]:
    """What half-written files lie about in the folder of outputs."""
    return [name for name in outputs() if _is_hidden(name)]


def read_only(folder: str) -> dict[str, object]:
    """A folder that a build may read and not write to; root gives up its powers first."""
    right = whole()
    edit("new")
    _allow(folder, 0o555, 0o444)
    code, told = built("--jobs", "1", before=give_up_powers)
    found = {"code": code, "told": told, "torn": torn(right), "hidden": hidden()}
    _allow(folder, 0o755, 0o644)
    return {**found, "next": built("--jobs", "1"), "right": outputs() == right["new"]}


def _allow(folder: str, folders: int, files: int) -> None:
    for path in (Path(folder), *Path(folder).rglob("*")):
        path.chmod(folders if path.is_dir() else files)


def give_up_powers() -> None:
    """Have permissions count for this process, even if it is root's: capset(2) of none."""
    header, none = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    assert ctypes.CDLL(None).capset(header, none) == 0


def at_once(times: int) -> Iterator[dict[str, object]]:
    """Two builds begun together, while somebody reads the outputs again and again."""
    right = whole()
    for number in range(times):
        after = ("new", "old")[number % 2]
        edit(after)
        forget()
        builds = [started("--jobs", "1"), started("--jobs", "1")]
        seen: set[str] = set()
        while any(_runs(build) for build in builds):
            seen |= {name for name in right["old"] if _is_torn(name, right)}
        ends = [build.end() for build in builds]
        yield {"ends": ends, "torn": sorted(seen), "right": outputs() == right[after]}


def _runs(build: Build) -> bool:
    return os.waitid(os.P_PID, build.number, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None


def prepare(fonts: Path) -> None:
    """Load what builds load, and have the children of killed builds become our own."""
    ctypes.CDLL(None).prctl(_SUBREAPER, 1)
    make_workspace(Path.cwd(), {BRIEF: NO_PDF})
    shutil.copytree(fonts, ".cache/fonts")
    with Path(os.devnull).open("w") as nowhere, redirect_stderr(nowhere):
        main(["build", "--jobs", "1", "--workspace", str(Path.cwd())])
    assert not any(thread.is_alive() for thread in threading.enumerate()[1:])  # none is forked


WAYS: dict[str, Callable[[], object]] = {
    "killed": lambda: list(killed(1, 15, 3, "--jobs", "1")),
    "killed with workers": lambda: list(killed(2, 1, 5, "--jobs", "2")),
    "deleted": lambda: list(deleted(1, 4)),
    "full out": lambda: full("out"),
    "full .cache": lambda: full(".cache"),
    "saved": lambda: list(saved()),
    "taken away": taken_away,
    "limited": limited,
    "read-only out": lambda: read_only("out"),
    "read-only .cache": lambda: read_only(".cache"),
    "at once": lambda: list(at_once(2)),
}

if __name__ == "__main__":
    workspace, cut, *ways = sys.argv[1:]
    os.chdir(workspace)
    prepare(Path(cut))
    print(json.dumps({way: WAYS[way]() for way in ways}, indent=1))  # noqa: T201 - tests read it
