"""Editions to files: what has changed is composed, written by a crew, and put in place.

Problems found up to `resolve` stop the build before any output; in a series, that subject's.  A
failure while writing keeps that output's old file, and the others are written.  Each file is
replaced whole.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from reports.briefs import Edition, Format, Workspace
from reports.build import found_in, past_their_day, shared_problems
from reports.build.crew import Begun, Crew, Lost
from reports.build.events import Composed, Event, Failed, Finished, Found, Planned, Ready, Started
from reports.build.memory import Files, Memory, write_memory
from reports.build.outputs import Output, Resolved, Result
from reports.build.placing import files_of
from reports.build.planning import Known, Plan, heaviest_first
from reports.build.task import Made
from reports.build.tasks import Tasks
from reports.build.telling import TOLD_IN, tell_of_build
from reports.build.told import told_once
from reports.build.work import Work
from reports.compose import UnrecordedError, unrecorded_problem
from reports.files import sweep
from reports.problems import Place, Problem, ReportError, raise_if_fatal

_WAIT_S = 0.2  # how long a display may stand still
_AHEAD = 4  # editions of a series, for each worker, that are composed before one is written


@dataclass(frozen=True)
class Wish:
    """What is asked for: these editions in these formats, all anew or only what has changed.

    `crew` gives the workers for a build of so many editions; `begun` is when it was asked for.
    `files` are those of the templates folder from before the workspace was loaded, None where
    nobody can have saved any since.
    """

    editions: tuple[Edition, ...]
    formats: tuple[Format, ...]
    crew: Callable[[int], AbstractContextManager[Crew]]
    files: Files | None = None
    anew: bool = False
    begun: float = field(default_factory=time.monotonic)


def build(workspace: Workspace, wish: Wish, out: Path, tell: Callable[[Event], None]) -> Result:
    """The outputs of the wish, up to date under `out`; `tell` hears what happens meanwhile.

    Raises ReportError, before anything is written there, for problems up to `resolve` and for a
    folder that can't be written to.
    """
    told: list[Event] = []

    def hear(event: Event) -> None:
        told.append(event)
        tell(event)

    with ExitStack() as stack:
        run = _Run(workspace, wish, out, hear, stack)
        run.all()
    finished = run.finished(time.monotonic() - wish.begun)
    met = run.problems()
    passing = tell_of_build(workspace, wish.editions, run.done(), out, [*told, finished], met)
    problems = tuple(dict.fromkeys((*met, *passing)))
    tell(Found(problems))
    tell(finished)
    settled = not passing and not run.overtaken
    return Result(tuple(run.outputs()), problems, finished, settled)


def _prepare(workspace: Workspace, out: Path) -> None:
    """Raise ReportError at a folder that takes no files; take away what killed builds left."""
    for folder in (out, workspace.cache):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            what = f"can't write here: {(error.strerror or str(error)).lower()}"
            hint = "choose another folder with --out, or change its permissions"
            raise ReportError(Problem(Place(folder), what, hint)) from None
    sweep([out / name for name in (*TOLD_IN, *files_of(workspace.editions()))])


@dataclass
class _Run:
    """One build: its editions at work, and the crew once there is something to write.

    `works` are the editions that were taken up, by name, and `waiting` those of them whose
    outputs are not in place yet.  `sent` are the tasks that a crew has, by name, each with its
    edition's work.  `shared` are problems of no edition alone, `met` those of editions; `failed`
    are subjects of series that can't be composed, which stops no other; `stopped` says that
    nothing is to be written, `overtaken` that a file was saved while it was read.
    """

    workspace: Workspace
    wish: Wish
    out: Path
    tell: Callable[[Event], None]
    stack: ExitStack
    plan: Plan = field(init=False)
    tasks: Tasks = field(init=False)
    crew: Crew | None = None
    works: dict[str, Work] = field(default_factory=dict)
    waiting: list[Work] = field(default_factory=list)
    sent: dict[str, Work] = field(default_factory=dict)
    shared: list[Problem] = field(default_factory=list)
    met: list[tuple[Edition, Problem]] = field(default_factory=list)
    failed: set[str] = field(default_factory=set)
    stopped: bool = False
    overtaken: bool = False
    unrecorded: dict[str, date] = field(default_factory=dict)
    peak_mb: int = 0

    def __post_init__(self) -> None:
        self.plan = Plan.of(self.workspace, self.wish.files or Files(self.workspace.root))
        self.tasks = Tasks(self.workspace, self.plan.versions)

    def all(self) -> None:
        """Compose what has changed, and put every output in place.

        What is in no series comes first, since it may stop everything; a subject then goes all
        the way by itself, so that no more than a few are held at a time.  Raises ReportError
        with all problems if any stops the build.
        """
        editions = self.wish.editions
        self.shared += shared_problems(editions, self.workspace)
        self.stopped = any(problem.fatal for problem in self.shared)
        known = [self.plan.known(each, anew=self.wish.anew) for each in editions]
        if changed := sum(bool(each.why) for each in known):
            self._hire(changed)  # it starts while the first edition is composed
        outputs = sum(len(self._wanted(each)) for each in editions)
        self.tell(Planned(len(editions), outputs))
        for each in heaviest_first(known, of_series=False):
            self._take_up(each)
            self._hear(0)
        self._go_on()
        for each in heaviest_first(known, of_series=True):
            self._take_up(each)
            self._place_ready(0)
            while self._is_ahead():
                self._place_ready(_WAIT_S)
        while self.waiting:
            self._place_ready(_WAIT_S)

    def _go_on(self) -> None:
        """Raise ReportError if there is a reason not to write anything."""
        if self.unrecorded:
            facts = Place(self.workspace.root / "facts")
            self.shared.append(unrecorded_problem(self.unrecorded, facts))
        raise_if_fatal(self._told(self.met))
        _prepare(self.workspace, self.out)

    # Composing

    def _take_up(self, known: Known) -> None:
        """Go on with an edition as it was; compose it where that won't do."""
        if known.memory and not known.why:
            work = self._work(known, known.memory)
            if not work.lacking:
                self._keep_warnings(work)
                self._begin(work)
                self.tell(Composed(known.edition.name, ""))
                return
            known = replace(known, why=work.why_lacking())
        self._compose(known)

    def _compose(self, known: Known) -> None:
        """Compose an edition, and hand over the outputs that are lacking."""
        edition = known.edition
        try:
            items, memory = self.plan.composed(edition)
        except ReportError as error:
            if isinstance(error, UnrecordedError) and not edition.subject:
                self.unrecorded |= error.facts
                self.stopped = True
            else:
                self._refuse(edition, error.problems)
            return
        found = tuple(dict.fromkeys((*found_in(items), *self._late(memory, edition))))
        if any(problem.fatal for problem in found):
            self._refuse(edition, found)
            return
        self._note(edition, found)
        self.tell(Composed(edition.name, known.why))
        if not self.stopped:  # else nothing will be written
            work = self._work(known, memory, items)
            self._begin(work)
            for task in work.tasks():
                self.sent[task.name] = work
                self._hire(len(self.wish.editions)).submit(task)

    def _work(self, known: Known, memory: Memory, items: tuple[Resolved, ...] = ()) -> Work:
        wanted = self._wanted(known.edition)
        return Work(known, memory, wanted, self.tasks, self.workspace, self.out, items)

    def _begin(self, work: Work) -> None:
        self.works[work.edition.name] = work
        self.waiting.append(work)

    def _is_ahead(self) -> bool:
        """Whether so much waits for the crew that composing more would only take memory."""
        return self.crew is not None and len(self.waiting) > _AHEAD * self.crew.workers

    def _keep_warnings(self, work: Work) -> None:
        late = self._late(work.memory, work.edition)
        self._note(work.edition, (*work.memory.state.warnings, *late))

    def _late(self, memory: Memory, edition: Edition) -> Iterator[Problem]:
        """What is past its day of the facts that an edition tells of."""
        told = [fact.id for document in memory.state.documents for fact in document.facts]
        return past_their_day(told, edition, self.workspace)

    def _refuse(self, edition: Edition, problems: tuple[Problem, ...]) -> None:
        """Take note of what can't be composed: it stops the build, or its subject of a series."""
        self._note(edition, problems)
        if edition.subject:
            self.failed.add(edition.name)
            self.tell(Failed(edition.name, self._wanted(edition), problems))
        else:
            self.stopped = True

    def _note(self, edition: Edition, problems: Iterable[Problem]) -> None:
        self.met += [(edition, problem) for problem in problems]

    def _told(self, met: Iterable[tuple[Edition, Problem]]) -> tuple[Problem, ...]:
        """These problems and the shared ones in order, each once."""
        return tuple(sorted({*self.shared, *told_once(met)}))

    def _wanted(self, edition: Edition) -> tuple[Format, ...]:
        return tuple(kind for kind in edition.formats if kind in self.wish.formats)

    # Writing

    def _place_ready(self, wait_s: float) -> None:
        """Put in place what is ready, after listening to the crew for that long at most."""
        self._hear(0 if any(not work.lacking for work in self.waiting) else wait_s)
        for work in [each for each in self.waiting if not each.lacking]:
            self.waiting.remove(work)
            for event in work.placed():
                self.tell(event)
            if not write_memory(work.memory, self.plan.files, work.edition, self.workspace):
                self.overtaken = True
            work.let_go()

    def _hire(self, editions: int) -> Crew:
        """The crew of this build, at its first use."""
        if self.crew is None:
            self.crew = self.stack.enter_context(self.wish.crew(editions))
            self.stack.callback(self.crew.stop)
        return self.crew

    def _hear(self, wait_s: float) -> None:
        """Take what the crew has made meanwhile."""
        for news in self.crew.news(wait_s) if self.crew else ():
            work = self.sent[news.name]
            match news:
                case Begun():
                    self.tell(Started(work.edition.name, work.sent_as(news.name)))
                case Made():
                    self.peak_mb = max(self.peak_mb, news.peak_mb)
                    work.take(news)
                    self.tell(Ready(work.edition.name, work.sent_as(news.name)))
                case Lost():
                    work.lose(news)
                    self.tell(Ready(work.edition.name, work.sent_as(news.name)))

    # What came of it

    def finished(self, seconds: float) -> Finished:
        """What this build came to."""
        works = self.works.values()
        written, kept = (sum(len(getattr(w, name)) for w in works) for name in ("anew", "kept"))
        failed = sum(len(work.failed) for work in works)
        failed += sum(
            len(self._wanted(each)) for each in self.wish.editions if each.name in self.failed
        )
        workers = self.crew.workers if self.crew else 0
        return Finished(written, kept, failed, seconds, workers, self.peak_mb)

    def problems(self) -> list[Problem]:
        """All that was met, each once: first warnings, then by edition what went wrong."""
        of_outputs = [(work.edition, each) for work in self.done() for each in work.problems]
        return [*self._told(self.met), *told_once(of_outputs)]

    def done(self) -> list[Work]:
        """The editions that were taken up, in the order of the wish."""
        return [self.works[e.name] for e in self.wish.editions if e.name in self.works]

    def outputs(self) -> Iterator[Output]:
        """Every output that is in place, in the same order."""
        for work in self.done():
            for state in work.outputs:
                file = self.out / state.file
                pages = state.pages, state.body_pages
                yield Output(work.edition, state.format, file, state.sha256, *pages)
