"""To time a long series: one process, two, and two of Dask's, with the memory that each takes.

`python benchmarks/series.py [--subjects N] [--jobs N]`.  Each run writes the same outputs from
nothing; the cut fonts are kept.  Memory is what all processes of a run hold, shared pages counted
once, a second apart.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Any

from generate import write_series
from measure import about, checkout, keep, table, timed, told


class Memory:
    """The memory of this process's children and theirs, looked at each second."""

    def __init__(self) -> None:
        """Begin to look."""
        self.seen: list[int] = []
        self._end = Event()
        self._thread = Thread(target=self._look)
        self._thread.start()

    def stop(self) -> list[int]:
        """What was seen, in MB."""
        self._end.set()
        self._thread.join()
        return self.seen

    def _look(self) -> None:
        while not self._end.wait(1):
            self.seen.append(sum(map(held_kb, below(os.getpid()))) // 1024)


def below(process: int) -> Iterator[int]:
    """The processes that a process has started, and those that they have."""
    parents: dict[int, list[int]] = {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = file.read_text("utf-8").rpartition(") ")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        parents.setdefault(int(words[1]), []).append(int(file.parent.name))
    waiting = [*parents.get(process, ())]
    while waiting:
        yield (each := waiting.pop())
        waiting += parents.get(each, ())


def held_kb(process: int) -> int:
    """What a process holds, its share of what it shares included."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text("utf-8").splitlines()
    except OSError:
        return 0
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def run(copy: Path, workspace: Path, *words: str) -> dict[str, Any]:
    """One build of the series from nothing: seconds, and memory as it goes on."""
    shutil.rmtree(workspace / "out", ignore_errors=True)
    for entry in (workspace / ".cache").glob("*"):
        if entry.name != "fonts":
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    memory = Memory()
    try:
        build = ("-m", "reports.cli", "build", "--quiet", "--workspace", str(workspace))
        found = timed([sys.executable, *build, *words], copy)
    finally:
        seen = memory.stop()
    print(f"{' '.join(words)}: {found.seconds:.1f} s", file=sys.stderr)
    files = [*workspace.glob("out/*/*/*.pdf"), *workspace.glob("out/*/*/*.docx")]
    at = {f"{part} %": seen[len(seen) * part // 100] for part in (25, 50, 75, 95) if seen}
    return {
        **told([found]),
        "outputs": len(files),
        "mb_of_all_at": at,
        "mb_of_all": max(seen, default=0),
    }


def compared(subjects: int, jobs: int) -> dict[str, Any]:
    """The same series by one process, by several, and by Dask."""
    machine = about()
    with tempfile.TemporaryDirectory() as folder:
        copy, workspace = checkout(Path(folder, "checkout")), Path(folder, "series")
        write_series(workspace, subjects)
        kinds = {
            "first, to cut the fonts": ("--jobs", str(jobs), "--subject", "havneby"),
            "--jobs 1": ("--jobs", "1"),
            f"--jobs {jobs}": ("--jobs", str(jobs)),
            f"--cluster local --jobs {jobs}": ("--cluster", "local", "--jobs", str(jobs)),
        }
        found = {kind: run(copy, workspace, *words) for kind, words in kinds.items()}
    del found["first, to cut the fonts"]
    one, several, dask = found.values()
    return {
        "subjects": subjects,
        "jobs": jobs,
        "kinds": found,
        "outputs_a_second_and_core": round(one["outputs"] / one["seconds"], 2),
        "ratios": {
            f"1 process : {jobs}": round(one["seconds"] / several["seconds"], 2),
            "Dask : pool": round(dask["seconds"] / several["seconds"], 2),
        },
        "machine": {**machine, "load_after": round(os.getloadavg()[0], 2)},
    }


def main() -> None:
    """Compare, print the table, and keep the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--subjects", type=int, default=500)
    parser.add_argument("--jobs", type=int, default=2)
    wish = parser.parse_args()
    found = compared(wish.subjects, wish.jobs)
    print("\n".join(table(found["kinds"])), "", sep="\n")
    for kind, row in found["kinds"].items():
        print(
            f"{kind}: {row['outputs']} outputs, {row['mb_of_all']} MB at most, {row['mb_of_all_at']}"
        )
    print(f"{found['outputs_a_second_and_core']} outputs a second and core", found["ratios"])
    keep("series", found)


if __name__ == "__main__":
    main()
