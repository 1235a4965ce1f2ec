"""A watch from its start to Ctrl-C: what was saved, to what is built of it, in which order.

The HTML of the edition in view is written here, at once; a process beside makes the rest.  A save
gives up whatever is being built of an earlier one, and nothing of that is written once the newer
page is.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from threading import Event as Flag
from threading import Thread
from typing import TypeAlias

from reports.briefs import Edition, Format, Workspace
from reports.build.events import Event, Found, Written
from reports.problems import Place, Problem, ReportError
from reports.watch.background import Background
from reports.watch.choice import in_view
from reports.watch.known import KnownProblems
from reports.watch.news import Lost, News, Saved, Settled, Viewed
from reports.watch.orders import Job, Outcome, problems_of
from reports.watch.saves import Contents, contents, saves
from reports.watch.view import Workspaces, put_in_place, view_page

_ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_VIEW, _FIRST, _ALL = "view", "its outputs", "all"  # who finds problems


@dataclass(frozen=True)
class _Save:
    after: Contents
    files: tuple[Path, ...]


@dataclass(frozen=True)
class _Heard:
    """What the process beside tells of an order."""

    order: int
    what: Event | Outcome | Lost


class _End:
    """The user has seen enough."""


_Happening: TypeAlias = _Save | _Heard | _End


def watch(job: Job, tell: Callable[[News], None]) -> None:
    """Build, then build again on each save until SIGINT, SIGTERM or SIGHUP.

    All that happens goes to `tell`.  No process is left when this returns.
    """
    happenings: SimpleQueue[_Happening] = SimpleQueue()
    ended = Flag()
    first = contents(job.root)
    background = Background(job, lambda order, what: happenings.put(_Heard(order, what)))

    def listen() -> None:
        for after, files in saves(job.root, first, ended):
            happenings.put(_Save(after, files))

    listener = Thread(target=listen, daemon=True)
    with _ended_by_signals(happenings):
        listener.start()
        try:
            _Session(job, background, tell).run(first, happenings)
        finally:
            ended.set()
            background.end()
            listener.join()


@contextmanager
def _ended_by_signals(happenings: SimpleQueue[_Happening]) -> Iterator[None]:
    """A signal waits until what is being written is written, so that nothing is half-written."""
    before = [signal.signal(each, lambda *_: happenings.put(_End())) for each in _ENDS]
    try:
        yield
    finally:
        for each, handler in zip(_ENDS, before, strict=True):
            signal.signal(each, handler)


class _Session:
    """What is in view, what is being built, and what has been told."""

    def __init__(self, job: Job, background: Background, tell: Callable[[News], None]) -> None:
        self._job = job
        self._background = background
        self._tell = tell
        self._known = KnownProblems()
        self._workspaces = Workspaces(job)
        self._order = 0
        self._seen = ""

    def run(self, first: Contents, happenings: SimpleQueue[_Happening]) -> None:
        """Build all once, then what each happening asks for, until the end."""
        self._rebuild(_Save(first, ()))
        while True:
            match happenings.get():
                case _End():
                    return
                case _Save() as save:
                    newest, is_over = _newest(save, happenings)
                    if is_over:
                        return
                    self._tell(Saved(newest.files))
                    self._rebuild(newest)
                case _Heard(order, what) if order == self._order:
                    self._hear(what)
                case _Heard():  # of what was given up
                    pass

    def _rebuild(self, save: _Save) -> None:
        started = time.monotonic()
        self._background.give_up()
        self._order += 1
        problems = self._view(save, started)
        if not problems or contents(self._job.root) == save.after:  # not half of a save
            self._now(_VIEW, problems)
        self._background.order(self._order, self._seen)

    def _view(self, save: _Save, started: float) -> Sequence[Problem]:
        """Show the edition in view as it is now; all problems and warnings that it has."""
        try:
            workspace = self._workspaces.now(save.after)
            edition = self._edition(workspace, save)
            page, warnings = view_page(edition, workspace)
            if page:
                file = self._job.out / f"{edition.name}.html"
                self._background.wait()  # what it writes last is older
                is_new = put_in_place(file, page)
                self._tell(Viewed(edition.name, file, is_new, time.monotonic() - started))
        except (ReportError, OSError) as error:
            return problems_of(error, self._job.root)
        return (*workspace.warnings, *warnings)

    def _edition(self, workspace: Workspace, save: _Save) -> Edition:
        editions = self._job.choice.editions(workspace)
        if not editions:
            what = "no edition is as the options ask for"
            raise ReportError(Problem(Place(workspace.templates), what, "start without them"))
        edition = in_view(editions, self._seen, save.files)
        self._seen = edition.name
        return edition

    def _hear(self, what: Event | Outcome | Lost) -> None:
        match what:
            case Outcome(is_of_all, problems):
                self._now(_ALL if is_of_all else _FIRST, problems)
                if is_of_all:
                    self._tell(Settled(self._known.stopping))
            case Written(edition=name, format=Format.HTML) if name == self._seen:
                pass  # it was in place before
            case Found():  # an outcome has them
                pass
            case _:
                self._tell(what)

    def _now(self, finder: str, problems: Sequence[Problem]) -> None:
        for news in self._known.now(finder, problems):
            self._tell(news)


def _newest(save: _Save, happenings: SimpleQueue[_Happening]) -> tuple[_Save, bool]:
    """A save joined with those that came meanwhile; and whether the end did, too."""
    while not happenings.empty():
        match happenings.get():
            case _End():
                return save, True
            case _Save(after, files):
                save = _Save(after, tuple(dict.fromkeys((*save.files, *files))))
            case _Heard():  # of what this gives up
                pass
    return save, False
