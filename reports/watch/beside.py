"""The process beside: it builds what isn't in view, as the `build` command does.

A program of its own: `beside.py PIPE PATH…`.  It takes orders from the pipe until there can be no
more.  An order that is given up is stopped as a build is, by SIGINT.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread, main_thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reports.briefs import Edition, Workspace
    from reports.build.crew import Crew
    from reports.build.events import Event
    from reports.build.memory import Files
    from reports.build.outputs import Result
    from reports.problems import Problem
    from reports.watch.orders import Done, Job, Order, Outcome

_NICENESS = 5  # the edition in view comes first


def main() -> None:
    """Carry out orders until there can be no more."""
    handle, *paths = sys.argv[1:]
    sys.path[:] = paths
    os.set_inheritable(int(handle), False)  # noqa: FBT003 - has no name
    os.nice(_NICENESS)
    pipe, stop = Connection(int(handle)), _Stop()
    orders: SimpleQueue[Order | None] = SimpleQueue()
    _say_ready(pipe)
    Thread(target=_listen, args=(pipe, orders, stop), daemon=True).start()
    with suppress(OSError):  # the watch was killed
        while order := orders.get():
            _carry_out(order, pipe, stop)


def _say_ready(pipe: Connection) -> None:
    from reports.watch.orders import Ready  # with all that a build takes

    with suppress(OSError):
        pipe.send((0, Ready()))


def _listen(pipe: Connection, orders: SimpleQueue[Order | None], stop: _Stop) -> None:
    """Take in orders, and the numbers of those that are given up, until there can be no more."""
    with suppress(EOFError, OSError):
        while word := pipe.recv():
            if isinstance(word, int):
                stop.give_up(word)
            else:
                orders.put(word)
    orders.put(None)
    stop.give_up(sys.maxsize)


def _carry_out(order: Order, pipe: Connection, stop: _Stop) -> None:
    from reports.watch.orders import Done

    def tell(what: Event | Outcome | Done) -> None:
        with stop.held_off():
            pipe.send((order.number, what))

    try:
        with stop.obeyed(order.number):
            _build(order.first, order.job, tell)
    except KeyboardInterrupt:  # there is something newer to be built
        pass
    tell(Done())


class _Stop:
    """What interrupts a build that is given up, once, and nothing else at any other moment.

    A message that was cut while it was sent would make nonsense of all that follow.
    """

    def __init__(self) -> None:
        self._number = 0  # of the order that is being carried out
        self._given_up = 0  # this one and those before it
        self._is_obeyed = False
        signal.signal(signal.SIGINT, lambda *_: self._obey())

    def give_up(self, number: int) -> None:
        """Interrupt that order if it is being carried out; called from another thread."""
        self._given_up = number
        signal.pthread_kill(main_thread().ident or 0, signal.SIGINT)

    def _obey(self) -> None:
        if self._is_obeyed and self._number <= self._given_up:
            self._is_obeyed = False  # what stops is not stopped while it clears up
            raise KeyboardInterrupt

    @contextmanager
    def obeyed(self, number: int) -> Iterator[None]:
        """Raise KeyboardInterrupt in here as soon as the order of that number is given up."""
        self._number = number
        self._is_obeyed = True
        try:
            self._obey()
            yield
        finally:
            self._is_obeyed = False

    @contextmanager
    def held_off(self) -> Iterator[None]:
        """Raise none in here, but when this is left."""
        before, self._is_obeyed = self._is_obeyed, False
        try:
            yield
        finally:
            self._is_obeyed = before
        self._obey()


def _build(first: str, job: Job, tell: Callable[[Event | Outcome], None]) -> None:
    """Build the edition in view, so that its PDF doesn't wait for others; then all."""
    from reports.build.events import Failed, Waiting, Written
    from reports.watch.orders import Outcome

    def tell_of_first(event: Event) -> None:
        if isinstance(event, Waiting | Written | Failed):
            tell(event)

    tell(Outcome(is_of_all=False, problems=_problems(job, tell_of_first, first)))
    tell(Outcome(is_of_all=True, problems=_problems(job, tell)))


def _problems(job: Job, tell: Callable[[Event], None], only: str = "") -> tuple[Problem, ...]:
    """All that a build meets, of the edition of that name or else of all that were asked for."""
    from reports.briefs import load_workspace
    from reports.build.memory import Files
    from reports.problems import ReportError
    from reports.watch.orders import problems_of

    try:
        files = Files(job.root)
        workspace = load_workspace(job.root, job.choice.at)
        editions = job.choice.editions(workspace)
        named = tuple(edition for edition in editions if only in ("", edition.name))
        return (*workspace.warnings, *_built(workspace, files, named, job, tell).problems)
    except (ReportError, OSError) as error:
        return problems_of(error, job.root)


def _built(
    workspace: Workspace,
    files: Files,
    editions: tuple[Edition, ...],
    job: Job,
    tell: Callable[[Event], None],
) -> Result:
    """What a build gives, made as the `build` command makes it."""
    from reports.audiences import Format
    from reports.build.crew.hiring import crew, default_jobs
    from reports.build.events import Waiting
    from reports.build.making import Wish, build
    from reports.lock import one_at_a_time

    def hire(changed: int) -> AbstractContextManager[Crew]:
        return crew(min(job.jobs or default_jobs(), changed), "", job.root)

    wish = Wish(editions, tuple(Format), hire, files)
    with one_at_a_time(workspace.cache, "watch", lambda holder: tell(Waiting(holder))):
        return build(workspace, wish, job.out, tell)


if __name__ == "__main__":
    main()
