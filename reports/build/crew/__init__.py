"""Who performs tasks: processes of this machine, or a cluster."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from reports.build.task import Made, Task
from reports.problems import Problem


@dataclass(frozen=True)
class Begun:
    """A worker took a task."""

    name: str


@dataclass(frozen=True)
class Lost:
    """A task that nothing came of, since its worker ended: killed, or out of memory."""

    name: str
    problem: Problem


class Crew(Protocol):
    """Workers that stay for a whole build; each pays for its start once."""

    @property
    def workers(self) -> int:
        """How many tasks are performed at a time."""

    def submit(self, task: Task) -> None:
        """Hand a task over; of those that wait, the heaviest is taken first."""

    def news(self, wait_s: float) -> Iterator[Begun | Made | Lost]:
        """What happened since it was last asked.

        Waits for that long, at most, until something has; ends without a word if nothing did.
        """

    def stop(self) -> None:
        """End all work at once; no process is left when this returns."""
