"""A cluster's workers as the crew of a build.

A worker has one task, and where many wait a second one, which it begins without asking; so it is
known what it was at when it ended, and of those that wait the heaviest is taken next.  A task
whose worker is lost is given to another one by Dask, as often as its setting
`distributed.scheduler.allowed-failures` says.
"""

from __future__ import annotations

import pickle
import queue
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from itertools import count
from pathlib import Path
from threading import RLock
from typing import Any

from reports.build.cluster.comparing import compared, differing
from reports.build.cluster.contents import Contents
from reports.build.cluster.delivery import Delivery
from reports.build.cluster.joining import ANSWER_S, TYPED, gone, unmanned
from reports.build.cluster.outcomes import (
    brought_home,
    failure,
    fault,
    is_killed,
    is_whole,
)
from reports.build.cluster.travelling import performance
from reports.build.crew import Begun, Lost
from reports.build.task import Made, Task
from reports.problems import Problem, ReportError
from reports.versions import versions

_LOOK_S = 1.0  # how often it is asked which workers there are
_ALONE_S = 20.0  # so long may there be none: one that ended may be starting again
_FETCHING_S = 60.0  # for the files of one edition, from a worker to here
_MOST_TRIES = 6  # of a task that came back damaged, or met a worker that differs


@dataclass(frozen=True)
class _Given:
    """A task that a worker has, and Dask's future of what comes of it.

    It was tried `tries` times before, and nothing of use came of it.
    """

    task: Task
    tries: int
    worker: str
    future: Any


class ClusterCrew:
    """The workers that a scheduler knows, those that join during the build among them.

    Dask tells from a thread of its own that a task is done, and its worker gets the next one
    there and then, however long it takes until somebody asks for news.
    """

    def __init__(self, client: Any, address: str, folder: Path) -> None:
        """Take all workers; raises ReportError with each version that is another than here."""
        met = compared(client, address)
        if found := differing(met):
            raise ReportError(*found)
        self.faults: list[str] = []
        self._client = client
        self._address = address
        self._folder = folder
        self._contents = Contents(client, folder)
        self._perform = performance()
        self._lock = RLock()
        self._workers = set(met)
        self._hands: dict[str, list[str]] = {}  # the keys that each worker has, in their order
        self._begun: set[str] = set()
        self._refused: set[str] = set()
        self._warnings: list[Problem] = []  # of workers that were refused, not told yet
        self._waiting: list[tuple[float, int, int, Task]] = []  # a heap, the heaviest first
        self._given: dict[str, _Given] = {}  # by Dask's keys
        self._number = count()
        self._arrived: queue.SimpleQueue[str | Begun | Lost] = queue.SimpleQueue()
        self._looked_at = self._manned_at = time.monotonic()
        self._over: Problem | None = None

    @property
    def workers(self) -> int:
        """How many tasks are performed at a time."""
        return len(self._workers)

    def submit(self, task: Task) -> None:
        """Hand a task over; of those that wait, the heaviest is taken first."""
        self._queue(task, tries=0)

    def news(self, wait_s: float) -> Iterator[Begun | Made | Lost]:
        """What happened since it was last asked; waits at most that long until something has."""
        until = time.monotonic() + wait_s
        told = False
        while not told:
            self._look()
            rest = max(0.0, until - time.monotonic())
            for arrived in self._arrivals(min(rest, _LOOK_S)):
                outcome = self._outcome(arrived) if isinstance(arrived, str) else arrived
                if outcome:
                    told = True
                    yield outcome
            if not rest:
                return

    def stop(self) -> None:
        """Hand nothing over any more; what is under way the scheduler drops as its client leaves."""
        with self._lock:
            self._over = gone(self._address)
            self._waiting.clear()
            self._given.clear()

    def _arrivals(self, wait_s: float) -> Iterator[str | Begun | Lost]:
        try:
            yield self._arrived.get(timeout=wait_s)
            while True:
                yield self._arrived.get_nowait()
        except queue.Empty:
            return

    def _queue(self, task: Task, tries: int) -> None:
        with self._lock:
            if self._over:
                self._arrived.put(Lost(task.name, self._over))
                return
            heappush(self._waiting, (-task.weight, next(self._number), tries, task))
            self._hand_out()

    def _hand_out(self) -> None:
        """Give the heaviest of the tasks that wait to workers that can take them."""
        with self._lock:
            while self._waiting and (worker := self._idlest()):
                _, _, tries, task = heappop(self._waiting)
                try:
                    self._give(task, tries, worker)
                except ReportError as error:
                    self._arrived.put(Lost(task.name, error.problems[0]))

    def _idlest(self) -> str:
        """The worker that has least to do, "" where all have enough."""
        most = 2 if len(self._waiting) > len(self._workers) else 1
        held = {worker: len(self._hands.get(worker, ())) for worker in sorted(self._workers)}
        worker = min(held, key=held.__getitem__, default="")
        return worker if worker and held[worker] < most else ""

    def _give(self, task: Task, tries: int, worker: str) -> None:
        try:
            future = self._client.submit(
                self._perform,
                pickle.dumps(task),
                versions(),
                *(self._contents.sent(asset) for asset in task.assets),
                key=f"kildefast-{self._client.id}-{next(self._number)}",
                workers=[worker],
                allow_other_workers=True,  # once that one is lost
                priority=task.weight,
            )
        except Exception:
            if self._client.status == "running":
                raise
            raise ReportError(gone(self._address)) from None
        self._given[future.key] = _Given(task, tries, worker, future)
        self._hands.setdefault(worker, []).append(future.key)
        self._begin(self._hands[worker][0])
        future.add_done_callback(self._done)

    def _begin(self, key: str) -> None:
        """Take it that a worker is at a task, since it has none before it."""
        given = self._given.get(key)
        if given and key not in self._begun:
            self._begun.add(key)
            if not given.tries:
                self._arrived.put(Begun(given.task.name))

    def _done(self, future: Any) -> None:
        with self._lock:
            if given := self._given.get(future.key):
                held = self._hands[given.worker]
                held.remove(future.key)
                if held:
                    self._begin(held[0])
                self._arrived.put(future.key)
                self._hand_out()

    def _outcome(self, key: str) -> Made | Lost | None:
        """What came of a task that is done; None where it is tried again."""
        with self._lock:
            given = self._given.pop(key, None)
        if given is None:  # it was told of when the scheduler was lost
            return None
        match given.future.status:
            case "finished":
                return self._delivered(given)
            case "error":
                error = given.future.exception().with_traceback(given.future.traceback())
                if is_killed(error) and key not in self._begun:
                    return self._again(given, failure(given.task, error, self._folder))
                self.faults += filter(None, [fault(error)])
                return Lost(given.task.name, failure(given.task, error, self._folder))
            case _:  # the scheduler has ended, or somebody had it forget everything
                self._looked_at = 0.0
                return self._again(given, gone(self._address))

    def _delivered(self, given: _Given) -> Made | Lost | None:
        damaged = Problem(TYPED, f"'{given.task.name}' came back damaged from {given.worker}")
        try:
            delivery: Delivery | None = given.future.result(timeout=_FETCHING_S)
        except Exception:  # noqa: BLE001 - lost on its way: Dask has many words for that
            return self._again(given, damaged)
        if delivery is None or delivery.made is None:  # Dask gave it to one that nobody looked at
            with self._lock:
                self._workers.discard(delivery.worker if delivery else given.worker)
            return self._again(given, unmanned(self._address))
        if not is_whole(delivery.made, given.task):
            return self._again(given, damaged)
        made = brought_home(delivery, delivery.made, self._folder)
        told, self._warnings = self._warnings, []
        return replace(made, problems=(*told, *made.problems))

    def _again(self, given: _Given, problem: Problem) -> Lost | None:
        if given.tries + 1 == _MOST_TRIES:
            return Lost(given.task.name, problem)
        self._queue(given.task, given.tries + 1)
        return None

    def _look(self) -> None:
        """See, at times, which workers there are; end where there is no scheduler or none of them."""
        now = time.monotonic()
        if not (self._given or self._waiting):
            self._manned_at = now
            return
        if now - self._looked_at < _LOOK_S:
            return
        self._looked_at = now
        try:
            self._update(self._running())
        except ReportError as error:
            self._end(error.problems[0])
            return
        if self._workers:
            self._manned_at = now
        elif now - self._manned_at > _ALONE_S:
            self._end(unmanned(self._address))
        self._hand_out()

    def _running(self) -> set[str]:
        """The addresses of all workers that take work now."""
        identity = self._client.scheduler.identity
        try:
            known = self._client.sync(identity, n_workers=-1, callback_timeout=ANSWER_S)
        except (OSError, TimeoutError, AttributeError):  # it has no scheduler once it is closed
            raise ReportError(gone(self._address)) from None
        return {name for name, worker in known["workers"].items() if worker["status"] == "running"}

    def _update(self, running: set[str]) -> None:
        """Take those that joined and are as this machine, refuse others, and forget the lost."""
        known = self._workers | self._refused
        met = compared(self._client, self._address) if running - known else {}
        joined = {worker for worker in running & met.keys() if not met[worker]}
        refused = {worker: found for worker, found in met.items() if found}
        new = {worker: refused[worker] for worker in refused.keys() - self._refused}
        with self._lock:
            self._refused |= refused.keys()
            self._workers = (self._workers & running) | joined
            self._warnings += differing(new, fatal=False)

    def _end(self, problem: Problem) -> None:
        """Tell of all that nothing comes of now."""
        with self._lock:
            self._over = problem
            lost = [given.task for given in self._given.values()]
            lost += [task for *_, task in self._waiting]
            self._given.clear()
            self._waiting.clear()
        for task in lost:
            self._arrived.put(Lost(task.name, problem))
