"""What the report of a build is made from, and what its events come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from reports.audiences import Format
from reports.build.events import Event, Failed, Finished, Written
from reports.build.manifest import Manifest
from reports.build.state import EditionState
from reports.problems import Problem


@dataclass(frozen=True)
class Report:
    """A build that is over.

    `before` is the manifest of the last one, None where it isn't known.  `editions` are all that
    there are now, in the order of the workspace; their terms have the pages, too.  `events` are
    all that was told, Finished included.  `problems` are those of the whole build, each once.
    `finished` is when it ended, `day` the day that facts were judged by, and `root` the folder
    from which places are shown.
    """

    before: Manifest | None
    editions: tuple[EditionState, ...]
    versions: Mapping[str, str]
    events: tuple[Event, ...]
    problems: tuple[Problem, ...]
    finished: datetime
    day: date
    root: Path

    @cached_property
    def written(self) -> dict[str, Written]:
        """What is told of each output that is in place, by its file."""
        return {event.file: event for event in self.events if isinstance(event, Written)}

    @cached_property
    def failed(self) -> dict[str, tuple[Format, ...]]:
        """The formats that an edition lacks, by its name."""
        found: dict[str, tuple[Format, ...]] = {}
        for event in self.events:
            if isinstance(event, Failed):
                found[event.edition] = (*found.get(event.edition, ()), *event.formats)
        return found

    @cached_property
    def total(self) -> Finished:
        """What the whole build came to."""
        ends = [event for event in self.events if isinstance(event, Finished)]
        return ends[-1] if ends else Finished(0, 0, 0, 0, 0, 0)

    def seconds(self, edition: EditionState) -> float:
        """What it took to write an edition, 0 where all of it was kept."""
        events = (self.written.get(output.file) for output in edition.outputs)
        return max((each.seconds for each in events if each), default=0)
