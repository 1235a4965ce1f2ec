"""All that isn't in view, built in a process beside, which is given up when it is out of date.

The process stays for the whole watch, so that what it imports is paid for once.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Event as Flag
from threading import Thread

from reports.build.events import Event
from reports.watch.news import Lost
from reports.watch.orders import Done, Job, Order, Outcome, Ready

_PROGRAM = Path(__file__).with_name("beside.py")
_STOPPED_S = 10.0  # after which a process that was told to stop is killed


class Background:
    """The process; what it tells goes to `tell`, with the number of its order, from a thread."""

    def __init__(self, job: Job, tell: Callable[[int, Event | Outcome | Lost], None]) -> None:
        """Start nothing yet."""
        self._job = job
        self._tell = tell
        self._process: subprocess.Popen[bytes] | None = None
        self._orders: Connection | None = None
        self._idle = Flag()
        self._idle.set()
        self._number = 0
        self._is_awake = False

    def order(self, number: int, first: str) -> None:
        """Build the edition of that name, then all; what is told of it has that number."""
        self.give_up()
        self.wait()
        orders = self._started()
        self._number = number
        self._idle.clear()
        with suppress(OSError):  # it has just ended, which is told of
            orders.send(Order(number, first, self._job))

    def give_up(self) -> None:
        """Have the build stopped that is running, if any is."""
        if self._orders and not self._idle.is_set():
            with suppress(OSError):  # it has just ended
                self._orders.send(self._number)

    def wait(self) -> None:
        """Return once nothing is being written: soon after it was given up."""
        # As long as it starts it writes nothing, and what was given up by then it never begins.
        if self._is_awake and not self._idle.wait(_STOPPED_S):
            self._kill()

    def end(self) -> None:
        """Stop everything; no process is left when this returns."""
        if self._orders and self._process:
            self.give_up()
            with suppress(OSError):
                self._orders.send(None)
            try:
                self._process.wait(_STOPPED_S if self._is_awake else 0)
            except subprocess.TimeoutExpired:
                self._kill()

    def _started(self) -> Connection:
        """The way to the process, which is started if there is none."""
        if self._orders and self._process and self._process.poll() is None:
            return self._orders
        self._is_awake = False
        self._orders, theirs = Pipe()
        handle = theirs.fileno()
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-P", str(_PROGRAM), str(handle), *sys.path],
            pass_fds=[handle],
            process_group=0,  # Ctrl-C in the terminal is for the watch alone
        )
        theirs.close()
        Thread(target=self._listen, args=(self._orders, self._process), daemon=True).start()
        return self._orders

    def _listen(self, told: Connection, process: subprocess.Popen[bytes]) -> None:
        with suppress(EOFError, OSError):
            while True:
                number, what = told.recv()
                match what:
                    case Ready():
                        self._is_awake = True
                    case Done() if number == self._number:
                        self._idle.set()
                    case Done():  # it was given up before it was begun
                        pass
                    case _:
                        self._tell(number, what)
        code = process.wait()
        told.close()
        if process is self._process and not self._idle.is_set():
            self._tell(self._number, Lost(code))
            self._idle.set()

    def _kill(self) -> None:
        """End the process and those that it started, whatever they are doing."""
        if self._process and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
