"""A display of a build on a terminal, which is gone when the build is over.

What is done and what is left, the time, and the editions that are being written.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.live import Live
    from rich.text import Text

    from reports.build.events import Event, Planned

_A_SECOND = 8  # times that it is painted
_BAR = 24  # columns
_COLOUR = "cyan"


@contextmanager
def displayed() -> Iterator[Callable[[Event], None]]:
    """What shows events on the terminal; however the build ends, nothing of it is left there."""
    display = _Display()
    try:
        yield display
    finally:
        display.stop()


class _Display:
    """Is there from the moment that something is to be done; then loads what it needs."""

    def __init__(self) -> None:
        self._painted: Live | None = None
        self._state: _State | None = None

    def __call__(self, event: Event) -> None:
        """Take in the event; before what is to stay on the screen the display goes."""
        from reports.build.events import Finished, Found, Planned

        match event:
            case Planned():
                self._start(event)
            case Found() | Finished():
                self.stop()
            case _ if self._state:
                self._state.take(event)
            case _:
                pass

    def _start(self, planned: Planned) -> None:
        from rich.console import Console
        from rich.live import Live

        self.stop()
        self._state = _State(planned)
        console = Console(stderr=True, highlight=False)
        self._painted = Live(
            self._state, console=console, refresh_per_second=_A_SECOND, transient=True
        )
        self._painted.start()

    def stop(self) -> None:
        """Clear the display."""
        if self._painted:
            self._painted.stop()
            self._painted = None


@dataclass
class _State:
    """What is known of a build that goes on; it paints itself as wide as the window is."""

    planned: Planned
    began: float = field(default_factory=time.monotonic)
    composed: int = 0
    ready: int = 0
    written: int = 0
    kept: int = 0
    failed: int = 0
    first: float = 0.0  # when the first edition was begun
    last: float = 0.0  # when a worker was done last
    writing: dict[str, tuple[str, float]] = field(default_factory=dict)

    def take(self, event: Event) -> None:
        """Note what happened."""
        from reports.build.events import Composed, Failed, Ready, Started, Written

        match event:
            case Composed():
                self.composed += 1
            case Started():
                self.first = self.first or time.monotonic()
                formats = " ".join(kind.value for kind in event.formats)
                self.writing[event.edition] = formats, time.monotonic()
            case Ready():
                self.ready += len(event.formats)
                self.last = time.monotonic()
                self.writing.pop(event.edition, None)
            case Written():
                self.kept += event.kept
                self.written += not event.kept
            case Failed():
                self.failed += len(event.formats)
            case _:
                pass

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The display, a line for what is done and one for each edition that is being written."""
        from rich.progress_bar import ProgressBar
        from rich.table import Table
        from rich.text import Text

        done = self.kept + self._made
        head = Table.grid(padding=(0, 1))
        bar = ProgressBar(
            total=max(1, self.planned.outputs), completed=done, width=_BAR, complete_style=_COLOUR
        )
        told = Text(f"{done}/{self.planned.outputs}", no_wrap=True)
        parts = [*((bar,) if options.max_width >= 2 * _BAR else ()), told, self._times()]
        head.add_row(*parts)
        yield head
        yield Text(self._counts(), no_wrap=True, overflow="ellipsis")
        yield from self._lines(options.max_width, options.max_height - 3)

    @property
    def _made(self) -> int:
        """Outputs that a worker is done with, in place yet or not, and those found in the cache."""
        return max(self.ready, self.written + self.failed)

    def _counts(self) -> str:
        parts = {"written": self.written, "kept": self.kept, "failed": self.failed}
        told = [f"{count} {word}" for word, count in parts.items() if count]
        if self.composed < self.planned.editions:
            told.insert(0, f"composing {self.composed + 1} of {self.planned.editions} editions")
        return ", ".join(told) or "starting"

    def _times(self) -> Text:
        """The time that the build has taken, and how much longer it takes at this speed."""
        from rich.text import Text

        told = _clock(time.monotonic() - self.began)
        if (left := self._left()) > 0:
            told += f", about {_clock(left)} left"
        return Text(told, no_wrap=True, overflow="ellipsis")

    def _left(self) -> float:
        """The seconds that are left at the speed so far, 0 where that can't be told."""
        outputs = self.planned.outputs - self._made - self.kept
        if not self._made or outputs <= 0:
            return 0
        of_one = (self.last - self.first) / self._made
        return of_one * outputs - (time.monotonic() - self.last)

    def _lines(self, width: int, most: int) -> Iterator[Text]:
        """The editions that are being written, those begun first on top."""
        from rich.text import Text

        for edition, (formats, since) in list(self.writing.items())[: max(0, most)]:
            took = f"{time.monotonic() - since:.0f} s"
            longest = f"{edition} {formats}, {took}"
            line = longest if len(longest) <= width else f"{edition}, {took}"
            cut = len(line) - width  # names differ at their ends
            yield Text(f"…{line[cut + 1 :]}" if cut > 0 else line, no_wrap=True)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds + 0.5), 60)
    return f"{minutes}:{rest:02}"
