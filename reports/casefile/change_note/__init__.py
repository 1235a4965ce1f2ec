"""What changed between two versions to one page for their readers.

The page is a document like any other, so it is written like one.  Its notes and sources are those
of the new version, under the same numbers and letters.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from dataclasses import replace

from reports.briefs import Format, Workspace
from reports.build.edition import EditionWriter
from reports.build.outputs import Resolved
from reports.casefile.change_note.page import change_document
from reports.casefile.change_note.table import Room
from reports.casefile.changes import Changes
from reports.casefile.record import CaseRecord
from reports.fonts import cut_fonts

__all__ = ["Room", "change_document", "written_change_note"]

_MOST = 8  # changed facts that have room where their texts are of common length
_SENTENCES, _CHARACTERS = 6, 300  # of a fact, where the page has room for more than one


def written_change_note(
    changes: Changes,
    item: Resolved,
    record: CaseRecord,
    workspace: Workspace,
    formats: Collection[Format],
) -> dict[Format, bytes]:
    """The note on one page, in each of these formats.

    `item` is the new version, stamped and composed, and `record` that of its bundle, which lacks
    only the note itself.  Facts that the page has no room for are counted on it.  Raises
    ReportError for what can't be set.
    """
    fonts = cut_fonts(workspace.theme(item.edition), workspace.cache / "fonts")

    def writer(room: Room) -> EditionWriter:
        document = change_document(changes, item, record, workspace.facts, room)
        return EditionWriter(replace(item, document=document), workspace, fonts)

    def runs_over(written: EditionWriter) -> bool:
        return written.page_count > 1

    def last_page(facts: int) -> int:
        return max(writer(_brief(facts)).pages(lambda: None).anchors.values())

    most = min(len(changes.facts), _MOST)
    chosen = writer(Room(most, _SENTENCES, _CHARACTERS))
    if runs_over(chosen):
        chosen = writer(_brief(most))
    if runs_over(chosen):
        most = max(1, bisect_left(range(1, most), 2, key=last_page))  # as many as fit
        chosen = writer(_brief(most))
    if most > 1 and runs_over(chosen):  # by what comes after the last anchor
        chosen = writer(_brief(most - 1))
    return {kind: chosen.written(kind) for kind in formats}


def _brief(facts: int) -> Room:
    """Room for so many facts, each with the beginning of one sentence."""
    return Room(facts, 1, 70)
