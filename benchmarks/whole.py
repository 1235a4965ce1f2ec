"""To time the real command on the shipped set, beside pandoc and Typst on the same Markdown.

`python benchmarks/whole.py [--runs N] [--jobs N]`.  From nothing, with one fact changed, one template
changed, and nothing changed; the peer as a script of calls one after the other, and under
`make -jN` with each output depending on its edition's composed Markdown.  All take turns.  The
peer's Markdown is composed outside its time.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from measure import ROOT, Run, about, checkout, keep, table, timed, told
from peer import clean, write_peer

# A figure that all editions print, and one that those of one audience print, each with another.
IN_ALL = (
    "facts/pandemic.yaml",
    "value: 3, measure: development-weeks",
    "value: 4, measure: development-weeks",
)
IN_SOME = ("facts/it-in-practice.yaml", "value: 90, measure: higher", "value: 91, measure: higher")
REWORDED = (
    "templates/digital-public-services/executives.en.md.j2",
    "therefore easy to automate",
    "hence easy to automate",
)
PYTHON = "python3"  # what a user types; on some machines not the fastest Python there is


def compose(copy: Path, folder: Path) -> int:
    """The Markdown of every edition in `folder`, written where it is another; how many were."""
    words = [sys.executable, __file__, "--compose", str(copy), str(folder)]
    done = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
    return int(done.stdout)


def write_markdown(copy: Path, folder: Path) -> int:
    """What `compose` does, in this process."""
    from markdown_of import markdown

    from reports.briefs import load_workspace
    from reports.build import resolve_all

    workspace = load_workspace(copy)
    resolved, _ = resolve_all(workspace.editions(), workspace)
    count = 0
    for item in resolved:
        file = folder / f"{item.edition.name.rpartition('/')[2]}.md"
        text = markdown(item.document)
        if not file.exists() or file.read_text("utf-8") != text:
            file.write_text(text, "utf-8")
            count += 1
    return count


class Turns:
    """The runs of each kind, in the order in which the kinds came up."""

    def __init__(self, copy: Path, peer: Path, jobs: int) -> None:
        """Take the two folders, and how many processes may write at a time."""
        self.found: dict[str, list[Run]] = {}
        self._copy, self._peer, self._jobs = copy, peer, jobs

    def build(self, kind: str, *words: str) -> None:
        """The real command, in the checkout."""
        self._add(kind, timed([PYTHON, "build.py", *words], self._copy))

    def make(self, kind: str) -> None:
        """The peer's Makefile."""
        self._add(kind, timed(["make", "-s", f"-j{self._jobs}"], self._peer))

    def script(self, kind: str) -> None:
        """The peer's calls, one after the other."""
        self._add(kind, timed(["sh", "all.sh"], self._peer))

    def other(self, kind: str, *words: str) -> None:
        """Anything else, in the checkout."""
        self._add(kind, timed(words, self._copy))

    def _add(self, kind: str, run: Run) -> None:
        self.found.setdefault(kind, []).append(run)
        print(f"{kind}: {run.seconds:.2f} s", file=sys.stderr)


def from_nothing(turns: Turns, copy: Path, peer: Path, jobs: int) -> None:
    """Everything made from nothing, by one process and by `jobs`; the cut fonts are kept."""
    for count in (1, jobs):
        forget(copy)
        turns.build(f"build --jobs {count}", "build", "--jobs", str(count), "--quiet")
    clean(peer)
    turns.script("peer, one call after the other")
    clean(peer)
    turns.make(f"peer, make -j{jobs}")


def forget(copy: Path) -> None:
    """Take away all that builds have left but the cut fonts: those are made once a machine."""
    shutil.rmtree(copy / "out", ignore_errors=True)
    cache = copy / ".cache"
    for entry in cache.iterdir() if cache.exists() else ():
        if entry.name != "fonts":
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def one_change(turns: Turns, what: str, change: Callable[[], None], copy: Path, peer: Path) -> int:
    """A build after a change, and the peer's; how many editions the change has touched."""
    change()
    touched = compose(copy, peer)
    turns.build(f"build, {what}", "build", "--quiet")
    turns.make(f"peer, {what}")
    return touched


def replaced(copy: Path, name: str, old: str, new: str) -> None:
    """A file with one text for another, either way round."""
    file = copy / name
    text = file.read_text("utf-8")
    old, new = (old, new) if old in text else (new, old)
    file.write_text(text.replace(old, new, 1), "utf-8")


def nothing(turns: Turns) -> None:
    """What it takes to see that there is nothing to do, and to start Python for nothing."""
    for _ in range(5):
        turns.build("build, nothing", "build", "--quiet")
        turns.other("python3 -c pass", PYTHON, "-c", "pass")
        turns.other(
            ".venv/bin/python -m reports.cli",
            ".venv/bin/python",
            "-m",
            "reports.cli",
            "build",
            "--quiet",
        )
        turns.other(".venv/bin/python -c pass", ".venv/bin/python", "-c", "pass")
        turns.make("peer, nothing")


def compared(runs: int, jobs: int) -> dict[str, Any]:
    """All kinds of runs, taking turns, and their ratios."""
    machine = about()
    with tempfile.TemporaryDirectory() as folder:
        copy, peer = checkout(Path(folder, "checkout")), Path(folder, "peer")
        peer.mkdir()
        editions = compose(copy, peer)
        write_peer(peer)
        turns = Turns(copy, peer, jobs)
        turns.build("build, first on this machine", "build", "--jobs", str(jobs), "--quiet")
        touched = {}
        for _ in range(runs):
            from_nothing(turns, copy, peer, jobs)
            turns.build("settle", "build", "--quiet")
            for what, change in (
                ("a fact of two editions", lambda: replaced(copy, *IN_SOME)),
                ("a fact of all editions", lambda: replaced(copy, *IN_ALL)),
                ("one template", lambda: replaced(copy, *REWORDED)),
            ):
                touched[what] = one_change(turns, what, change, copy, peer)
            turns.build("settle", "build", "--quiet")
            nothing(turns)
    found = {kind: told(each) for kind, each in turns.found.items() if kind != "settle"}
    return {
        "editions": editions,
        "touched": touched,
        "jobs": jobs,
        "kinds": found,
        "ratios": ratios(found, jobs),
        "machine": {**machine, "load_after": round(os.getloadavg()[0], 2)},
    }


def ratios(found: dict[str, dict[str, Any]], jobs: int) -> dict[str, float]:
    """What is compared, as multiples of one another's medians."""
    changes = [kind.removeprefix("peer, ") for kind in found if kind.startswith("peer, a ")]
    pairs = (
        (f"build --jobs {jobs}", "peer, one call after the other"),
        (f"build --jobs {jobs}", f"peer, make -j{jobs}"),
        ("build --jobs 1", f"build --jobs {jobs}"),
        *((f"build, {what}", f"peer, {what}") for what in (*changes, "one template", "nothing")),
        ("build, nothing", "python3 -c pass"),
        (".venv/bin/python -m reports.cli", ".venv/bin/python -c pass"),
    )
    return {
        f"{one} : {other}": round(found[one]["seconds"] / found[other]["seconds"], 2)
        for one, other in pairs
    }


def main() -> None:
    """Compare, print the table, and keep the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--compose", nargs=2, type=Path, help=argparse.SUPPRESS)
    wish = parser.parse_args()
    if wish.compose:
        print(write_markdown(*wish.compose))
        return
    found = compared(wish.runs, wish.jobs)
    print("\n".join(table(found["kinds"])), "", sep="\n")
    for pair, ratio in found["ratios"].items():
        print(f"{pair} = {ratio}")
    keep("whole", found)


if __name__ == "__main__":
    main()
