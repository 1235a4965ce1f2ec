"""A crew of processes on this machine: one that dies takes its own task with it and no other.

A nursery brings the workers up (`nursery.py`), and each has a pipe of its own, so that none waits
for another that was killed.  No thread is needed here, and no process outlives this one.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TypeAlias

from reports.build.crew import Begun, Crew, Lost
from reports.build.task import Made, Task
from reports.problems import Place, Problem, ReportError

FORKED, FRESH = "forked", "fresh"  # ways to start a worker

_News: TypeAlias = Begun | Made | Lost
_PATIENCE_S = 10.0
_TASKS = 100  # in a worker's life: Pango leaves a quarter of a megabyte behind with each PDF
_FEWER = "free some memory or use fewer workers, such as --jobs 1, and build again"


@contextmanager
def local_crew(jobs: int, folder: Path, way: str = "") -> Iterator[Crew]:
    """So many workers for tasks whose assets lie below the folder; none is left at the end.

    Raises ReportError if no process can be started, and RuntimeError at the end, with tracebacks,
    if this program itself failed at tasks; these were lost, and the others done.
    """
    pool = _Pool(jobs, folder, way or _way())
    try:
        yield pool
    finally:
        pool.stop()
    if pool.faults:
        raise RuntimeError("\n".join(pool.faults))


def _way() -> str:
    """How workers start: macOS's own libraries fail in a process that was forked."""
    return FRESH if sys.platform == "darwin" else FORKED


@dataclass(order=True)
class _Turn:
    """A task's turn among those that wait.

    `was_given` is true once a worker died with it unbegun.
    """

    heaviness: float
    number: int
    task: Task = field(compare=False)
    was_given: bool = field(default=False, compare=False)


@dataclass
class _Worker:
    """A worker by this side's end of its pipe, and the task that it was given.

    `process` is 0 until it is ready.  Till then `theirs`, its own end, is open here too: macOS may
    lose on its way what nobody else holds.
    """

    pipe: Connection
    theirs: Connection
    process: int = 0
    turn: _Turn | None = None
    has_begun: bool = False
    done: int = 0


class _Pool:
    """Tasks that wait, workers that are at one, and news of both that nobody has asked for yet."""

    def __init__(self, jobs: int, folder: Path, way: str) -> None:
        self.workers = jobs
        self.faults: list[str] = []
        self._folder = folder
        self._way = way
        self._nursery: _Nursery | None = _Nursery(folder, way)
        self._staff: dict[int, _Worker] = {}
        self._waiting: list[_Turn] = []
        self._numbers = count()
        self._told: list[_News] = []

    def submit(self, task: Task) -> None:
        heappush(self._waiting, _Turn(-task.weight, next(self._numbers), task))
        self._go_on(0)

    def news(self, wait_s: float) -> Iterator[_News]:
        end = time.monotonic() + wait_s
        self._go_on(0)
        while not self._told and (left := end - time.monotonic()) > 0:
            self._go_on(left)
        told, self._told = self._told, []
        return iter(told)

    def stop(self) -> None:
        self._waiting.clear()
        for worker in self._dismiss():
            _close(worker)

    def _go_on(self, wait_s: float) -> None:
        """Listen until something is said, for that long at most; then let nobody be idle."""
        pipes = {each.pipe: each for each in self._staff.values() if not each.pipe.closed}
        reports = [self._nursery.reports] if self._nursery else []
        heard = wait([*pipes, *reports], wait_s)
        for pipe in (each for each in pipes if each in heard):
            self._hear(pipes[pipe])
        if reports and reports[0] in heard:
            self._hear_nursery(reports[0])
        self._hire()
        self._hand_out()

    def _hear(self, worker: _Worker) -> None:
        try:
            word = worker.pipe.recv()
        except (EOFError, OSError):  # the nursery will tell how it ended
            worker.pipe.close()
            return
        if not worker.turn:
            worker.process = word
            worker.theirs.close()
        elif not worker.has_begun:
            worker.has_begun = True
            self._told.append(Begun(worker.turn.task.name))
        else:
            self._finish(worker.turn.task, word)
            worker.turn, worker.has_begun, worker.done = None, False, worker.done + 1
            if worker.done == _TASKS:
                worker.pipe.close()  # which ends it, and another takes its place

    def _finish(self, task: Task, word: Made | str | None) -> None:
        if isinstance(word, Made):
            self._told.append(word)
        elif word is None:
            self._lose(task, "there was too little memory to write it", _FEWER)
        else:
            self.faults.append(word)
            what = f"this program failed at it: {word.strip().splitlines()[-1]}"
            self._lose(task, what, "please report it, with the lines that follow at the end")

    def _hear_nursery(self, reports: Connection) -> None:
        try:
            number, how = reports.recv()
        except (EOFError, OSError):  # it was killed, and its workers must be too
            left, cause = self._dismiss(), ("the process that wrote it was killed", _FEWER)
        else:
            left, cause = (self._staff.pop(number),), _cause(how)
        for worker in left:
            self._bury(worker, *cause)
        if self._waiting and not any(worker.process for worker in left):
            # None was ever ready: without a loss, others might follow them for ever.
            self._lose(heappop(self._waiting).task, *cause)

    def _bury(self, worker: _Worker, what: str, hint: str) -> None:
        """Take leave of a worker; its task is lost, unless it never began it for the first time."""
        while not worker.pipe.closed and worker.pipe.poll():  # what it said before
            self._hear(worker)
        _close(worker)
        if worker.turn and (worker.has_begun or worker.turn.was_given):
            self._lose(worker.turn.task, what, hint)
        elif worker.turn:
            worker.turn.was_given = True
            heappush(self._waiting, worker.turn)

    def _lose(self, task: Task, what: str, hint: str) -> None:
        problem = Problem(Place(self._folder / task.template), what, hint)
        self._told.append(Lost(task.name, problem))

    def _hire(self) -> None:
        """Start workers while more tasks wait than workers are free."""
        free = sum(not worker.turn for worker in self._staff.values())
        room = self.workers - len(self._staff)
        for _ in range(min(len(self._waiting) - free, room)):
            self._nursery = self._nursery or _Nursery(self._folder, self._way)
            number = next(self._numbers)
            self._staff[number] = self._nursery.order(number)

    def _hand_out(self) -> None:
        for worker in self._staff.values():
            if self._waiting and worker.process and not worker.turn and not worker.pipe.closed:
                worker.turn = heappop(self._waiting)
                try:
                    worker.pipe.send(worker.turn.task)
                except OSError:  # it was killed while it had nothing to do
                    worker.pipe.close()

    def _dismiss(self) -> tuple[_Worker, ...]:
        """The workers so far, all ended, with the nursery that brought them up."""
        staff, self._staff = tuple(self._staff.values()), {}
        nursery, self._nursery = self._nursery, None
        if nursery and not nursery.end():
            for worker in staff:
                _kill(worker)
        return staff


def _close(worker: _Worker) -> None:
    worker.pipe.close()
    worker.theirs.close()


def _kill(worker: _Worker) -> None:
    """End a worker that the nursery can't end any more, and all that it has started."""
    if worker.process and not worker.pipe.closed:
        with suppress(ProcessLookupError):
            os.killpg(worker.process, signal.SIGKILL)


def _cause(how: int | str) -> tuple[str, str]:
    """How a worker ended, by its exit code or what kept it from starting; and what to do."""
    if isinstance(how, str):
        return f"no process could be started for it: {how}", _FEWER
    if how == -signal.SIGKILL:
        what = (
            "the process that wrote it was killed (signal 9); perhaps there was too little memory"
        )
        return what, _FEWER
    again = "build again; if that doesn't help, report it"
    if how < 0:
        name = (signal.strsignal(-how) or "unknown").lower()
        return f"the process that wrote it crashed (signal {-how}, {name})", again
    return f"the process that wrote it ended before it was done (exit code {how})", again


class _Nursery:
    """The process that brings workers up; `reports` tells of those that ended, and how."""

    def __init__(self, folder: Path, way: str) -> None:
        self._orders, orders = socket.socketpair()
        self.reports, reports = Pipe(duplex=False)
        handles = orders.fileno(), reports.fileno()
        words = [way, str(os.getpid()), str(folder), *map(str, handles), "--", *sys.path]
        nothing = subprocess.DEVNULL
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-P", str(Path(__file__).with_name("nursery.py")), *words],
                stdin=nothing,
                stdout=nothing,
                stderr=nothing,
                pass_fds=handles,
                process_group=0,  # Ctrl-C is for this process alone
            )
        except OSError as error:
            what = f"no process can be started here: {(error.strerror or str(error)).lower()}"
            raise ReportError(Problem(Place(folder), what, _FEWER)) from None
        finally:
            orders.close()
            reports.close()

    def order(self, number: int) -> _Worker:
        """A worker that is about to start; `number` is what reports call it."""
        ours, theirs = Pipe()
        with suppress(OSError):  # it has ended, and `reports` will tell
            socket.send_fds(self._orders, [number.to_bytes(4)], [theirs.fileno()])
        return _Worker(ours, theirs)

    def end(self) -> bool:
        """End it; whether it could still end all its workers first, with what they started."""
        self._process.terminate()
        try:
            code = self._process.wait(_PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        self._orders.close()
        self.reports.close()
        return code == 0
