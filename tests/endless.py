"""Checks a workspace with one template after the other, and tells how each went as JSON.

The templates come as a list on stdin; each becomes the file named on the command line.
"""

from __future__ import annotations

import contextlib
import io
import json
import resource
import sys
import time
from pathlib import Path

import reports.build  # noqa: F401 - so that no template is charged for it
from reports.cli import main


def checked(workspace: Path) -> dict[str, str | float]:
    """What a check told on stderr, and the time and memory that it took beyond what was taken."""
    told, begun, before = io.StringIO(), time.process_time(), _megabytes()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(told):
        main(["check", "--lang", "en", "--workspace", str(workspace)])
    seconds = time.process_time() - begun
    return {"err": told.getvalue(), "seconds": seconds, "megabytes": _megabytes() - before}


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    folder, name = Path(sys.argv[1]), sys.argv[2]
    results = []
    for template in json.load(sys.stdin):
        (folder / name).write_text(template, "utf-8")
        results.append(checked(folder))
    json.dump(results, sys.stdout)
