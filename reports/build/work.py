"""One edition on its way from what is known of it to its outputs in place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from reports.briefs import Format, Workspace
from reports.build.crew import Lost
from reports.build.edition import check_letters, check_pages
from reports.build.events import Failed, Written
from reports.build.kept import KeptOutput, OutputKey, keep_output, read_output
from reports.build.memory import Memory
from reports.build.outputs import Resolved
from reports.build.placing import output_file, place, read_there
from reports.build.planning import Known
from reports.build.state import OutputState
from reports.build.task import Made, Task
from reports.build.tasks import Tasks
from reports.files import file_hash
from reports.problems import Place, Problem, ReportError


class Work:
    """An edition at work in one build.

    `lacking` are the formats that a worker must write, `outputs` what is in place at the end;
    of these `anew` were put there in this build, `kept` were right already, and `failed` have
    none.
    """

    def __init__(
        self,
        known: Known,
        memory: Memory,
        wanted: Sequence[Format],
        tasks: Tasks,
        workspace: Workspace,
        out: Path,
        items: tuple[Resolved, ...] = (),
    ) -> None:
        """Find out which of the wanted outputs are in place, or kept, or lacking."""
        self.known, self.edition, self.items = known, known.edition, items
        self._workspace, self._out, self._tasks = workspace, out, tasks
        self._wanted = wanted
        self._before = known.memory
        self._keys = dict(self._current_keys(memory))
        self.memory = replace(memory, keys={kind.value: key for kind, key in self._keys.items()})
        self._made: dict[Format, KeptOutput] = {}
        self._sent: dict[str, tuple[Format, ...]] = {}
        self.lacking = {
            kind for kind in wanted if not self._may_stay(kind) and not self._find(kind)
        }
        self.problems: list[Problem] = []
        self.outputs: list[OutputState] = []
        self.anew: list[Format] = []
        self.kept: list[Format] = []
        self.failed: list[Format] = []
        self.seconds = 0.0
        self._body_pages = 0

    def _current_keys(self, memory: Memory) -> Iterator[tuple[Format, OutputKey]]:
        for document in memory.state.documents:
            for kind in document.formats:
                yield kind, self._tasks.key(self.edition, document.key, kind)

    # What there is

    def why_lacking(self) -> str:
        """Why an edition that hasn't changed has to be written, in words."""
        names = ", ".join(kind.value for kind in self._wanted if kind in self.lacking)
        return f"there is no {names} of it"

    def _known_output(self, kind: Format) -> OutputState | None:
        """The output that an earlier build made of the same document and looks."""
        before = self._before
        if before is None or before.keys.get(kind.value) != self._keys[kind]:
            return None
        return next((each for each in before.state.outputs if each.format is kind), None)

    def _in_place(self, kind: Format) -> bool:
        known = self._known_output(kind)
        return known is not None and file_hash(self._file(kind)) == known.sha256

    def _may_stay(self, kind: Format) -> bool:
        """Whether an output that is asked for is right as it stands."""
        return not self.known.anew and self._in_place(kind)

    def _find(self, kind: Format) -> bool:
        """Whether the cache has the output; it is then kept for its turn."""
        if self.known.anew:
            return False
        found = read_output(self._folder(kind), self._keys[kind])
        if found:
            self._made[kind] = found
        return found is not None

    def _file(self, kind: Format) -> Path:
        return self._out / output_file(self.edition, kind)

    def _folder(self, kind: Format) -> Path:
        return self._workspace.cache / "outputs" / self.edition.name / kind.value

    # What is made

    def tasks(self) -> Iterator[Task]:
        """The tasks for what is lacking, one a document."""
        for item in self.items:
            if formats := [kind for kind in item.formats if kind in self.lacking]:
                task = self._tasks.task(item, formats, self.known.seconds)
                self._sent[task.name] = task.formats
                yield task

    def sent_as(self, name: str) -> tuple[Format, ...]:
        """The formats of a task by its name."""
        return self._sent[name]

    def take(self, made: Made) -> None:
        """Take what came of a task, and keep it for later builds."""
        self.lacking -= {*self._sent[made.name]}
        self.problems += made.problems
        self.seconds += made.seconds
        for file in made.files:
            is_pdf = file.format is Format.PDF
            pages = (made.pages, made.body_pages) if is_pdf else (0, 0)
            kept = KeptOutput(file.data, file.sha256, *pages)
            self._made[file.format] = kept
            keep_output(self._folder(file.format), self._keys[file.format], kept)
        item = next(each for each in self.items if {*self._sent[made.name]} <= {*each.formats})
        try:
            check_letters(made.lacking, item, self._workspace)
        except ReportError as error:
            self.problems += error.problems

    @property
    def body_pages(self) -> int:
        """The pages of the body, also of a PDF that is too long to be put in place."""
        made = self._made.get(Format.PDF)
        if made:
            return made.body_pages
        placed = (output.body_pages for output in self.memory.state.outputs)
        return self._body_pages or max(placed, default=0)

    def lose(self, lost: Lost) -> None:
        """Take note of a task that nothing came of."""
        self.lacking -= {*self._sent[lost.name]}
        self.problems.append(lost.problem)

    # What is put in place

    def placed(self) -> Iterator[Written | Failed]:
        """Put every output in place that can be; what is told of each."""
        for kind in self._wanted:
            yield self._placed(kind)
        others = (kind for kind in self._keys if kind not in self._wanted and self._in_place(kind))
        left = tuple(known for kind in others if (known := self._known_output(kind)))
        state = replace(self.memory.state, outputs=(*self.outputs, *left))
        self.memory = replace(
            self.memory, state=state, seconds=self.seconds or self._seconds_before
        )

    def _placed(self, kind: Format) -> Written | Failed:
        known = self._known_output(kind) if self._may_stay(kind) else None
        try:
            if known:
                self._check_pages(kind, known.body_pages)
                return self._left(known)
            if kind in self._made or self._find(kind):
                self._check_pages(kind, self._made[kind].body_pages)
                return self._put(kind, self._made[kind])
        except ReportError as error:
            self.problems += error.problems
        if not self.problems:  # it was right when the build began
            what = "was taken away while it was built"
            self.problems.append(Problem(Place(self._file(kind)), what, "build again"))
        self.failed.append(kind)
        return Failed(self.edition.name, (kind,), tuple(self.problems))

    def _left(self, known: OutputState) -> Written:
        """An output that is right as it is."""
        self.kept.append(known.format)
        self.outputs.append(known)
        name, why = self.edition.name, self.known.why
        return Written(name, known.format, known.file, kept=True, reason=why, seconds=0.0)

    def _put(self, kind: Format, made: KeptOutput) -> Written:
        """An output that was made, or found in the cache; raises ReportError if it can't be put."""
        state = place(made, self.edition, kind, self._out)
        self.anew.append(kind)
        self.outputs.append(state)
        why = self.known.why or "its file was gone or is another"
        seconds = self.seconds
        return Written(self.edition.name, kind, state.file, kept=False, reason=why, seconds=seconds)

    def _check_pages(self, kind: Format, pages: int) -> None:
        """Raise ReportError for a PDF whose body is too long, and keep it for a look."""
        if kind is Format.PDF:
            made = self._made.get(kind)
            data = made.data if made else read_there(self._file(kind))
            check_pages(pages, data, self.edition, self._workspace)

    def let_go(self) -> None:
        """Forget what takes memory, once everything is in place."""
        self._body_pages = self.body_pages
        self.items = ()
        self._made.clear()

    @property
    def _seconds_before(self) -> float:
        return self._before.seconds if self._before else 0.0
