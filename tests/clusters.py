"""Dask clusters on loopback: a scheduler and workers, each a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from distributed import Client
from workspaces import REPOSITORY

STARTING_S = 60.0  # a machine that is busy; a worker takes two seconds
_QUIET = {"DASK_LOGGING__DISTRIBUTED": "critical"}
_T = TypeVar("_T")


@dataclass
class Cluster:
    """A running scheduler, its address, and the processes of its workers by their names."""

    folder: Path
    scheduler: subprocess.Popen[bytes]
    address: str
    workers: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def staff(self, *names: str) -> None:
        """Start those of these workers that aren't there, as this process is."""
        for name in names:
            if name not in self.workers:
                self.start(name)

    def start(self, name: str, environment: Mapping[str, str] | None = None, *bare: str) -> None:
        """Start a worker of one process with one thread; `bare` are options of Python's own."""
        scratch = self.folder / name
        scratch.mkdir(exist_ok=True)
        words = [self.address, "--name", name, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
        self.workers[name] = _started(
            scratch, bare, "worker", *words, "--local-directory", str(scratch), **environment or {}
        )

    def end(self, name: str) -> None:
        """Kill a worker that is needed no more."""
        process = self.workers.pop(name)
        process.kill()
        process.wait()


@contextmanager
def running(folder: Path, **environment: str) -> Iterator[Cluster]:
    """A scheduler without workers, which ends with all that were started; it has an open port."""
    folder.mkdir()
    told = folder / "scheduler.json"
    words = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(told)]
    cluster = Cluster(folder, _started(folder, (), "scheduler", *words, **environment), "")
    try:
        cluster.address = json.loads(until(lambda: read_whole(told)))["address"]
        yield cluster
    finally:
        for process in (*cluster.workers.values(), cluster.scheduler):
            process.kill()
            process.wait()


def read_whole(file: Path) -> str:
    """The text of a JSON file once it is there to its end."""
    text = file.read_text("utf-8") if file.exists() else ""
    return text if text.rstrip().endswith("}") else ""


@contextmanager
def looking_at(cluster: Cluster) -> Iterator[Client]:
    """Another client of the cluster, to see what goes on there."""
    with closing(Client(cluster.address, set_as_default=False)) as client:
        yield client


def names(client: Client) -> set[str]:
    """The names of the workers that the scheduler has."""
    return {worker["name"] for worker in client.scheduler_info()["workers"].values()}


def at_work(client: Client) -> set[str]:
    """The names of the workers that write an edition at this moment."""
    info = client.scheduler_info()["workers"]
    return {info[where]["name"] for where, calls in client.call_stack().items() if _writes(calls)}


def _writes(calls: Mapping[str, Any]) -> bool:
    return any("build/perform.py" in frame for stack in calls.values() for frame in stack)


def until(found: Callable[[], _T], most_s: float = STARTING_S) -> _T:
    """What `found` finds once that is something."""
    end = time.monotonic() + most_s
    while not (value := found()):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
    return value


def _started(
    folder: Path, bare: tuple[str, ...], kind: str, *words: str, **environment: str
) -> subprocess.Popen[bytes]:
    given = environment.get("PYTHONPATH", "")
    paths = [given, *([] if bare else [str(REPOSITORY)])]  # the package isn't installed on CI
    with (folder / f"{kind}.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, *bare, "-m", f"distributed.cli.dask_{kind}", *words],
            cwd=folder,
            env={
                **os.environ,
                **_QUIET,
                **environment,
                "PYTHONPATH": ":".join(filter(None, paths)),
            },
            stdout=log,
            stderr=log,
        )
