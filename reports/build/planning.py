"""What has to be composed: each edition against what the last build knew of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reports.briefs import Edition, Workspace
from reports.build import resolve_from
from reports.build.describing import edition_state
from reports.build.memory import Files, Memory, read_memory, reasons
from reports.build.outputs import Resolved
from reports.build.stores import Stores
from reports.facts.reads import watched
from reports.versions import versions


@dataclass(frozen=True)
class Known:
    """An edition with what is known of it; `why` it must be composed anew, "" if it needn't.

    `memory` is None where it was never built.  `anew` says that nothing that is kept is to be
    used again.
    """

    edition: Edition
    memory: Memory | None
    why: str
    anew: bool = False

    @property
    def seconds(self) -> float:
        """How long it took to write; a guess by its template where that isn't known."""
        if self.memory and self.memory.seconds:
            return self.memory.seconds
        return self.edition.template.stat().st_size / 1000


@dataclass(frozen=True)
class Plan:
    """All that the editions of one build are judged and composed with."""

    workspace: Workspace
    files: Files
    stores: Stores
    versions: dict[str, str]

    @property
    def briefs(self) -> tuple[str, ...]:
        """The briefs that a condition of a template may name."""
        return tuple(sorted(self.workspace.briefs))

    @classmethod
    def of(cls, workspace: Workspace, files: Files) -> Plan:
        return cls(workspace, files, Stores(workspace), versions())

    def known(self, edition: Edition, *, anew: bool) -> Known:
        """What is known of an edition; `anew` asks for it to be made whatever is known."""
        memory = read_memory(edition, self.workspace)
        if memory is None:
            return Known(edition, None, "it was never built here", anew)
        if anew:
            return Known(edition, memory, "all was asked for anew", anew=True)
        seen, _ = self.stores.of(edition)
        found = reasons(
            memory, edition, self.files, self.versions, self.briefs, seen, self.workspace.facts
        )
        return Known(edition, memory, _in_short(tuple(found)))

    def composed(self, edition: Edition) -> tuple[tuple[Resolved, ...], Memory]:
        """An edition's documents, and what is known of it now, its outputs left out.

        Raises ReportError as `resolve_edition` does.
        """
        facts, lacks = self.stores.of(edition)
        seen_facts, seen = watched(facts)
        all_facts, whole = watched(self.workspace.facts)
        watching = replace(self.workspace, facts=all_facts)
        items = resolve_from(edition, watching, seen_facts, lacks)
        memory = Memory(
            state=edition_state(edition, items, self.workspace, self.files),
            seen=seen,
            whole=whole,
            missed=tuple(dict.fromkeys(name for item in items for name in item.composed.missed)),
            versions=self.versions,
            keys={},
            subject_name=edition.subject_name,
            briefs=self.briefs,
            seconds=0.0,
        )
        return items, memory


_TOLD = 3


def _in_short(found: Sequence[str]) -> str:
    """The first few reasons, and how many more there are."""
    more = f" and {len(found) - _TOLD} more" if len(found) > _TOLD else ""
    return f"{'; '.join(found[:_TOLD])}{more}"


def heaviest_first(found: Sequence[Known], *, of_series: bool) -> Iterator[Known]:
    """The editions in the order in which to compose them: what takes long is begun early.

    Those of series, or those that are of none.
    """
    chosen = (each for each in found if bool(each.edition.subject) is of_series)
    yield from sorted(chosen, key=lambda each: -each.seconds)
