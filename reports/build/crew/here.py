"""A crew of one: this very process, which writes when it is waited for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reports.build.crew import Begun
from reports.build.perform import perform
from reports.build.task import Made, Task


class Here:
    """Performs one task each time that news is waited for, the heaviest first."""

    workers = 1

    def __init__(self, folder: Path) -> None:
        """Take the folder that the tasks' assets lie below."""
        self._folder = folder
        self._waiting: list[Task] = []

    def submit(self, task: Task) -> None:
        """Keep a task until news is waited for."""
        self._waiting.append(task)

    def news(self, wait_s: float) -> Iterator[Begun | Made]:
        """What comes of the heaviest task; nothing where nobody waits."""
        if not (wait_s and self._waiting):
            return
        task = max(self._waiting, key=lambda each: each.weight)
        self._waiting.remove(task)
        yield Begun(task.name)
        yield perform(task, self._folder)

    def stop(self) -> None:
        """Forget what waits."""
        self._waiting.clear()


@contextmanager
def here(folder: Path) -> Iterator[Here]:
    """This process as a crew."""
    yield Here(folder)
