"""To watch: what authors save is built at once, and told in a line each."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from reports.cli.building import chosen_editions, process_count
from reports.cli.printing import counted, print_problems
from reports.cli.progress import is_terminal
from reports.cli.words import Commands, add_command, add_editions, given_path
from reports.problems import Problem, ReportError

if TYPE_CHECKING:  # what a build does without
    from reports.build.events import Event
    from reports.watch.news import News

_FEW = 3  # files or problems that are named one by one


def declare(commands: Commands) -> None:
    """Add `watch`."""
    what = "build again whenever a file is saved, until Ctrl-C"
    command = add_command(commands, "watch", _watch, what, "watch --audience public --lang nb")
    add_editions(command)
    command.add_argument("--out", type=given_path, help="folder of the outputs (default: out)")
    what = "processes that build what isn't in view (default: one a core)"
    command.add_argument("--jobs", type=process_count, metavar="N", help=what)


def _watch(arguments: argparse.Namespace) -> int:
    from reports.briefs import load_workspace
    from reports.watch import Choice, Job, watch

    root = arguments.workspace
    with suppress(ReportError):  # the watch tells of it, and waits until it is mended
        chosen_editions(load_workspace(root, arguments.at), arguments)
    choice = Choice(
        brief=arguments.brief,
        audience=arguments.audience,
        language=arguments.lang,
        subject=arguments.subject,
        at=arguments.at,
    )
    out = (arguments.out or root / "out").resolve()
    _say("watching facts/ and templates/ until Ctrl-C")
    with ExitStack() as display:
        watch(Job(root, choice, out, arguments.jobs), _Teller(root, display))
    return 0


class _Teller:
    """Tells a line for each thing that happens, above a display of what is being built."""

    def __init__(self, root: Path, display: ExitStack) -> None:
        """Take the folder that files are named from, and where a display is kept until the end."""
        self._root = root
        self._display = display
        self._show: Callable[[Event], None] = _nothing

    def __call__(self, news: News) -> None:
        """Tell it."""
        from reports.watch.news import Lost, Mended, Noticed, Saved, Settled, Viewed

        match news:
            case Saved(files):
                self._renew_display()
                _say(f"saved {self._named(files)}")
            case Viewed(edition, _, is_new, seconds):
                told = "" if is_new else " says what it said,"
                _say(f"{edition}.html{told} in {seconds * 1000:.0f} ms")
            case Noticed(problems):
                print_problems(problems, self._root)
            case Mended(problems, left):
                self._tell_mended(problems, left)
            case Settled(stopping):
                self._renew_display()
                stops = "it stops" if stopping == 1 else "they stop"
                stopped = f"{counted(stopping, 'problem')} left; what {stops} is as it was"
                _say(stopped if stopping else "all outputs are up to date")
            case Lost(code):
                self._renew_display()
                _say(f"the process that builds has ended ({code}); the next save starts another")
            case _:
                self._tell_event(news)

    def _tell_event(self, event: Event) -> None:
        from reports.build.events import Failed, Planned, Waiting, Written

        match event:
            case Planned():
                self._show = self._display.enter_context(_displayed())
            case Waiting(holder):
                _say(f"waiting for {holder}")
            case Written(edition, kind, kept=False):
                _say(f"{edition}.{kind.value}")
            case Failed(edition, formats):
                _say(f"{edition}: {', '.join(kind.value for kind in formats)} as it was")
            case _:
                pass
        self._show(event)

    def _renew_display(self) -> None:
        self._display.close()
        self._show = _nothing

    def _named(self, files: Sequence[Path]) -> str:
        if len(files) > _FEW:
            return counted(len(files), "file")
        return ", ".join(file.relative_to(self._root).as_posix() for file in files)

    def _tell_mended(self, problems: Sequence[Problem], left: int) -> None:
        for problem in problems[:_FEW]:
            _say(f"mended: {problem.place.shown(self._root)}: {problem.what}")
        if len(problems) > _FEW:
            _say(f"mended: {len(problems) - _FEW} more")
        _say(f"{counted(left, 'problem')} left" if left else "no problem is left")


def _say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')}  {text}", file=sys.stderr, flush=True)


def _nothing(_: Event) -> None:
    """Nothing is shown of a build that isn't going on."""


def _displayed() -> AbstractContextManager[Callable[[Event], None]]:
    if not is_terminal():
        return nullcontext(_nothing)
    from reports.cli.live import displayed

    return displayed()
