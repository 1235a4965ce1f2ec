"""What the benchmarks share: a process and all it started, timed; and what machine this is."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESULTS = Path(__file__).resolve().parent / "results"
_LIBRARIES = (
    *("weasyprint", "pydyf", "tinyhtml5", "python-docx", "jinja2", "vl-convert-python"),
    *("distributed", "pypandoc-binary", "typst"),
)
# Programs of Python keep what they compile, as they do for everyone who doesn't forbid it.
_LEFT_OUT = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")


_FILES = ("build.py", "pyproject.toml", "requirements.lock", "requirements-test.lock")
_FOLDERS = ("facts", "templates", "reports")


@dataclass(frozen=True)
class Run:
    """What a command took: seconds by the clock, seconds of all cores, MB, and what it printed.

    The memory is the most that any one process of it had.
    """

    seconds: float
    cpu: float
    peak_mb: float
    said: str = ""


def checkout(folder: Path) -> Path:
    """A checkout of its own in that folder, with this one's `.venv`: this one may change meanwhile."""
    for name in _FOLDERS:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in _FILES:
        shutil.copy(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    return folder


def timed(words: Sequence[str | Path], folder: Path, *, ok: Sequence[int] = (0,)) -> Run:
    """A command run in that folder; one that fails ends the benchmark."""
    environment = {name: text for name, text in os.environ.items() if name not in _LEFT_OUT}
    environment["PYTHONPATH"] = str(folder)  # the copy there, in each process that is started
    with tempfile.TemporaryFile("w+") as said:
        start = time.perf_counter()
        child = subprocess.Popen(words, cwd=folder, stdout=said, stderr=said, env=environment)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        text = said.read()
    if child.returncode not in ok:
        sys.exit(f"{text}{' '.join(map(str, words))} ended with exit code {child.returncode}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, text)


def told(runs: Sequence[Run]) -> dict[str, Any]:
    """Runs of one kind as numbers: the middle one and the range."""
    seconds = [run.seconds for run in runs]
    return {
        "seconds": round(median(seconds), 3),
        "least": round(min(seconds), 3),
        "most": round(max(seconds), 3),
        "cpu_seconds": round(median(run.cpu for run in runs), 3),
        "peak_mb": round(median(run.peak_mb for run in runs)),
        "runs": len(runs),
    }


def about() -> dict[str, Any]:
    """This machine, and the versions of all that takes time."""
    return {
        "day": datetime.now(UTC).date().isoformat(),
        "processor": _processor(),
        "processors": len(os.sched_getaffinity(0)),
        "memory_mb": os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") >> 20,
        "system": platform.platform(),
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 2),
        "versions": {name: version(name) for name in _LIBRARIES},
        "pandoc": _pandoc_version(),
    }


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    names = (line.partition(": ")[2] for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _pandoc_version() -> str:
    import pypandoc

    return str(pypandoc.get_pandoc_version())


def keep(name: str, found: dict[str, Any]) -> None:
    """Write what was found into `results/`, with the machine and the versions, and say where."""
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / f"{name}.json"
    file.write_text(f"{json.dumps(found, indent=2)}\n", "utf-8")
    print(f"kept in {file.relative_to(ROOT)}")


def table(found: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Kinds of runs as lines of a table."""
    yield f"{'':34}{'median, s':>10}{'least':>8}{'most':>8}{'cores, s':>10}{'peak, MB':>10}"
    for kind, row in found.items():
        yield (
            f"{kind:34}{row['seconds']:>10.3f}{row['least']:>8.3f}{row['most']:>8.3f}"
            f"{row['cpu_seconds']:>10.3f}{row['peak_mb']:>10}"
        )
