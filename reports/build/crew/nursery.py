"""Workers of a build, brought up by one process that has imported all that they need.

A program of its own: `nursery.py WAY PARENT FOLDER ORDERS REPORTS -- PATH…`.  It starts a worker
for each pipe that comes over the socket ORDERS, and writes to the pipe REPORTS which ones ended,
and how.
When it is asked to end, or whoever started it has ended, it ends its workers, with all that they
have started.  It has no threads, so that what it forks is whole.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from reports.build.task import Made, Task

_LOOK_S = 0.05
# What the first task would import late, besides WeasyPrint itself.
_WANTED = (
    "reports.build.perform",
    "reports.write.pdf.leaves",
    "reports.write.pdf.metadata",
    "reports.write.pdf.tags",
    "cattrs.preconf.json",
    "cattrs.cols",
)


def main() -> NoReturn:
    """Be the nursery, or one worker that it started afresh."""
    way, parent, folder, *handles = sys.argv[1 : sys.argv.index("--")]
    sys.path[:] = sys.argv[sys.argv.index("--") + 1 :]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started this
    for handle in handles:
        os.set_inheritable(int(handle), False)  # noqa: FBT003 - has no name
    if way == "worker":
        _import_all()
        _work(Connection(int(handles[0])), Path(folder))
    elif way == "fresh":
        _serve(*_channels(handles), lambda pipe: _fresh(pipe, folder))
    else:
        with _giving_up_without(int(parent)):
            _import_all()
        gc.collect()
        gc.freeze()  # workers share what is there now, as long as nobody touches it
        channels = _channels(handles)
        _serve(*channels, lambda pipe: _forked(pipe, channels, Path(folder)))
    os._exit(0)  # to take down all that was imported takes a while


def _channels(handles: Sequence[str]) -> tuple[socket.socket, Connection]:
    return socket.socket(fileno=int(handles[0])), Connection(int(handles[1]))


def _import_all() -> None:
    """Import what writing takes; what can't be is told of by the task that misses it."""
    with suppress(ImportError, OSError):
        from reports.write.pdf.engine import library

        library()
        for name in _WANTED:
            import_module(name)


@contextmanager
def _giving_up_without(parent: int) -> Iterator[None]:
    """In what may take seconds, end as soon as the process that started this one has ended."""

    def look(*_: object) -> None:
        if os.getppid() != parent:
            os._exit(1)

    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, _LOOK_S, _LOOK_S)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)


# ---------------------------------------------------------------- the nursery


def _serve(orders: socket.socket, reports: Connection, start: Callable[[int], int]) -> None:
    """Start a worker for each order and report those that ended, until there is no need."""
    signals = _signals(signal.SIGCHLD, signal.SIGTERM)
    workers: dict[int, int] = {}  # the numbers of their orders, by those of the processes
    try:
        while signal.SIGTERM not in (came := _came(signals, orders)):
            for process, code in _ended() if came else ():
                reports.send((workers.pop(process), code))
            if not came:
                number, pipe = _order(orders)
                try:
                    workers[start(pipe)] = number
                except OSError as error:  # too many processes, or too little memory
                    reports.send((number, (error.strerror or str(error)).lower()))
                finally:
                    os.close(pipe)
    except (EOFError, OSError):  # whoever gives the orders has ended
        pass
    finally:
        for process in workers:
            _end(process)


def _signals(*numbers: int) -> int:
    """Where the numbers of these signals can be read, each as a byte, when they come."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer)
    for number in numbers:
        signal.signal(number, lambda *_: None)
    return reader


def _came(signals: int, orders: socket.socket) -> bytes:
    """The signals that came, or nothing where an order came first."""
    return os.read(signals, 1000) if signals in wait([signals, orders]) else b""


def _order(orders: socket.socket) -> tuple[int, int]:
    """The number of an order, and the end of a pipe for its worker."""
    data, pipes, _, _ = socket.recv_fds(orders, 4, 1)
    if not pipes:
        raise EOFError
    return int.from_bytes(data), pipes[0]


def _ended() -> Iterator[tuple[int, int]]:
    """The processes that have ended since this was last asked, each with its exit code."""
    with suppress(ChildProcessError):  # none is left
        while (found := os.waitpid(-1, os.WNOHANG))[0]:
            yield found[0], os.waitstatus_to_exitcode(found[1])


def _end(process: int) -> None:
    """End a worker and all that it has started."""
    with suppress(ProcessLookupError):
        os.killpg(process, signal.SIGKILL)
    os.waitpid(process, 0)


def _forked(pipe: int, others: tuple[socket.socket, Connection], folder: Path) -> int:
    """The number of a new worker, which has all that is imported here."""
    process = os.fork()
    if process:
        with suppress(OSError):  # it was faster
            os.setpgid(process, process)
        return process
    try:
        os.setpgid(0, 0)
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGTERM, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        for each in others:  # that the nursery has ended shows when nobody holds them
            each.close()
        _work(Connection(pipe), folder)
        os._exit(0)
    finally:
        os._exit(1)


def _fresh(pipe: int, folder: str) -> int:
    """The number of a new worker that is a Python of its own."""
    os.set_inheritable(pipe, True)  # noqa: FBT003 - has no name
    command = [sys.executable, "-P", __file__, "worker", "", folder, str(pipe), "--", *sys.path]
    return os.posix_spawn(sys.executable, command, os.environ, setpgroup=0)


# ---------------------------------------------------------------- a worker


def _work(pipe: Connection, folder: Path) -> None:
    """Say which process this is, then of each task that it is begun, and what came of it."""
    with suppress(EOFError, OSError):  # until nobody is there to hear it
        pipe.send(os.getpid())
        while True:
            task = pipe.recv()
            pipe.send("begun")
            pipe.send(_result(task, folder))


def _result(task: Task, folder: Path) -> Made | str | None:
    """What came of a task: None where memory ran out, a traceback where this program failed."""
    try:
        from reports.build.perform import perform

        return perform(task, folder)
    except MemoryError:
        return None
    except BaseException:  # noqa: BLE001 - an exit too: nobody else would tell of it
        return traceback.format_exc()


if __name__ == "__main__":
    main()
