"""What a build shows while it runs: a display on a terminal, lines elsewhere, or JSON.

A build with nothing to do shows its last line without loading anything for it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from reports.cli.finished import last_line
from reports.cli.printing import print_problems

if TYPE_CHECKING:
    from reports.build.events import Event, Failed, Finished, Waiting, Written

Tell: TypeAlias = "Callable[[Event], None]"


@dataclass(frozen=True)
class Asked:
    """What the user wants to see of a build: what she typed, and where it is made.

    Files of `root` are named from there; `out` is the folder of the outputs.
    """

    root: Path
    out: Path
    quiet: bool = False
    json: bool = False
    explain: bool = False


@contextmanager
def shown(asked: Asked) -> Iterator[Tell]:
    """What events are to be told to; at the end the terminal is as it was, with what counts."""
    if asked.json:
        from reports.cli.events_json import json_lines

        with json_lines(asked.root) as tell:
            yield tell
    elif asked.quiet or not is_terminal():
        yield _Printed(asked, _nothing if asked.quiet else _PlainLines())
    else:
        from reports.cli.live import displayed

        with displayed() as tell:
            yield _Printed(asked, tell)


def is_terminal() -> bool:
    """Whether standard error can be written over: not in a file, and not on a dumb terminal."""
    return sys.stderr.isatty() and os.environ.get("TERM") not in ("dumb", "unknown")


def _nothing(_: Event) -> None:
    """Nothing is shown of what goes on."""


@dataclass
class _PlainLines:
    """A line an edition, when the first of its outputs is there anew or has failed.

    Editions that are kept count, and have no line.
    """

    editions: int = 0
    settled: dict[str, None] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)

    def __call__(self, event: Event) -> None:
        from reports.build.events import Failed, Planned, Written

        match event:
            case Planned():
                self.editions = event.editions
            case Written() | Failed():
                self.settled[event.edition] = None
                if isinstance(event, Failed) or not event.kept:
                    self._tell(event.edition)
            case _:
                pass

    def _tell(self, edition: str) -> None:
        if edition not in self.told:
            self.told.add(edition)
            count = f"[{len(self.settled)}/{self.editions}]"
            print(f"{count} {edition}", file=sys.stderr, flush=True)


@dataclass
class _Printed:
    """What stays on the screen, around a display of what goes on.

    Problems and the last line go to standard error; reasons, if asked for, to standard output.
    """

    asked: Asked
    going_on: Tell
    outcomes: list[Written | Failed] = field(default_factory=list)

    def __call__(self, event: Event) -> None:
        from reports.build.events import Failed, Finished, Found, Waiting, Written

        self.going_on(event)
        match event:
            case Waiting():
                self._wait(event)
            case Written() | Failed():
                self.outcomes.append(event)
            case Found():
                print_problems(event.problems, self.asked.root)
            case Finished():
                self._end(event)
            case _:
                pass

    def _wait(self, event: Waiting) -> None:
        if not self.asked.quiet:
            print(f"waiting for {event.holder}", file=sys.stderr, flush=True)

    def _end(self, event: Finished) -> None:
        if self.asked.explain:
            for line in explained(self.outcomes):
                print(line)
            sys.stdout.flush()  # before the last line, where both go to one file
        if not self.asked.quiet:
            totals = (event.written, event.kept, event.failed, event.seconds)
            print(last_line(self.asked.out, *totals), file=sys.stderr)


def explained(outcomes: list[Written | Failed]) -> Iterator[str]:
    """A line for each output, by name: whether it was written, and why."""
    from reports.build.events import Failed

    found: dict[str, str] = {}
    for event in outcomes:
        if isinstance(event, Failed):
            why = "; ".join(problem.what for problem in event.problems)
            found |= {f"{event.edition}.{kind.value}": f"failed: {why}" for kind in event.formats}
        elif event.kept:
            same = f"{event.reason}, and it says the same" if event.reason else ""
            found[event.file] = f"kept: {same or 'nothing that it rests on has changed'}"
        else:
            found[event.file] = f"written: {event.reason}"
    width = max(map(len, found), default=0)
    for file in sorted(found):
        yield f"{file:{width}}  {found[file]}"
