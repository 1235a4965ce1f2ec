"""How many cores there are for this process: those of the machine, or what a container grants."""

from __future__ import annotations

import math
import os
import sys
from contextlib import suppress
from pathlib import Path


def jobs_here() -> int:
    """How many workers have a core each, of those that this process may use."""
    if sys.platform != "linux":
        return os.cpu_count() or 1
    with suppress(OSError):
        groups = Path("/proc/self/cgroup").read_text("utf-8")
        granted = cores_granted(groups, Path("/sys/fs/cgroup"))
        return max(1, math.ceil(min(granted, len(os.sched_getaffinity(0)))))
    return len(os.sched_getaffinity(0))


def cores_granted(groups: str, top: Path) -> float:
    """The cores' worth of time that Linux grants a process: infinity where it sets no limit.

    `groups` are its control groups as `/proc/self/cgroup` tells them, and `top` is where they
    lie as folders.  The groups around one limit it too.
    """
    lines = (line.split(":", 2) for line in groups.splitlines())
    return min(
        (_granted(top, controllers, group) for _, controllers, group in lines), default=math.inf
    )


def _granted(top: Path, controllers: str, group: str) -> float:
    if controllers:  # version 1 has a tree for each of them
        if "cpu" not in controllers.split(","):
            return math.inf
        top /= "cpu"
    inside = top / group.lstrip("/")
    folders = [each for each in (inside, *inside.parents) if each.is_relative_to(top)]
    return min(_quota(folder) for folder in folders)


def _quota(folder: Path) -> float:
    with suppress(OSError, ValueError):
        quota, period = (folder / "cpu.max").read_text("utf-8").split()
        return float(quota) / float(period)
    with suppress(OSError, ValueError):
        quota = (folder / "cpu.cfs_quota_us").read_text("utf-8")
        period = (folder / "cpu.cfs_period_us").read_text("utf-8")
        return float(quota) / float(period) if float(quota) > 0 else math.inf
    return math.inf
