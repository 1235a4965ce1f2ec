"""To time `check` on a large store, beside PyYAML's C loader alone on the same files.

`python benchmarks/store.py [--facts N] [--files N] [--runs N]`.  A cold check finds no `.cache`;
a warm one follows it.  Every run is a process of its own, and the kinds take turns, so that a
machine's better and worse minutes fall on all of them.  The figures are medians.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from generate import ROOT, write_workspace

# What anyone pays who reads the files with PyYAML and keeps what they hold, without checks.
LOADER = """\
import json, sys, time
from pathlib import Path
import yaml
start = time.perf_counter()
files = sorted(Path(sys.argv[1], "facts").rglob("*.yaml"))
kept = [yaml.load(file.read_text("utf-8"), yaml.CSafeLoader) for file in files]
print(json.dumps(time.perf_counter() - start))
"""


@dataclass(frozen=True)
class Run:
    """What one process took: seconds from start to end, its peak in MB, and what it printed."""

    seconds: float
    peak_mb: float
    said: str


def run(*words: str) -> Run:
    """One process of this Python in the repository's folder; a failing one ends the benchmark."""
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+") as out:
        child = subprocess.Popen([sys.executable, *words], cwd=ROOT, stdout=out, stderr=out)
        _, status, usage = os.wait4(child.pid, 0)  # the peak of this child, unlike `getrusage`
        seconds = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said = out.read()
    if child.returncode:
        sys.exit(f"{said}{words[:3]} failed with exit code {child.returncode}")
    return Run(seconds, usage.ru_maxrss / 1024, said)


def load(workspace: Path) -> Run:
    """The C loader on every fact file."""
    return run("-c", LOADER, str(workspace))


def cold(workspace: Path) -> Run:
    """A check that finds nothing kept."""
    shutil.rmtree(workspace / ".cache", ignore_errors=True)
    return warm(workspace)


def warm(workspace: Path) -> Run:
    """A check that finds what the one before it kept."""
    return run("-m", "reports.cli", "check", "--workspace", str(workspace))


KINDS: dict[str, Callable[[Path], Run]] = {
    "C loader, its process": load,
    "cold check": cold,
    "warm check": warm,
}


def shown(found: dict[str, list[Run]]) -> Iterator[str]:
    """The runs as lines of a table, and what a check costs in loads."""
    loader = found["C loader, its process"]
    alone = [Run(json.loads(each.said), each.peak_mb, "") for each in loader]
    middle = {}
    yield f"{'':24}{'median, s':>10}{'least':>8}{'most':>8}{'peak, MB':>10}"
    for kind, runs in {"C loader alone": alone, **found}.items():
        seconds = [each.seconds for each in runs]
        middle[kind] = median(seconds)
        peak = median(each.peak_mb for each in runs)
        least, most = min(seconds), max(seconds)
        yield f"{kind:24}{middle[kind]:>10.2f}{least:>8.2f}{most:>8.2f}{peak:>10.0f}"
    yield ""
    for kind in ("cold check", "warm check"):
        for base in ("C loader alone", "C loader, its process"):
            yield f"{kind} : {base} = {middle[kind] / middle[base]:.2f}"


def main() -> None:
    """Generate the store, let the kinds take turns on it, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=10_000)
    parser.add_argument("--files", type=int, default=50)
    parser.add_argument("--runs", type=int, default=5)
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder)
        files = write_workspace(workspace, wish.facts, wish.files)
        size = sum(file.stat().st_size for file in files) / 1e6
        print(
            f"{wish.facts} facts in {len(files)} files, {size:.1f} MB; {wish.runs} runs of each\n"
        )
        found: dict[str, list[Run]] = {kind: [] for kind in KINDS}
        for _ in range(wish.runs):
            for kind, act in KINDS.items():
                found[kind].append(act(workspace))
    print("\n".join(shown(found)))


if __name__ == "__main__":
    main()
