"""An edition with the marks of its attaching, and its documents as the case gets them.

A draft is a Word file; a final document is also a PDF, whatever formats its audience has else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reports.briefs import Edition, Format, Workspace
from reports.build import resolve_each
from reports.build.edition import EditionWriter
from reports.build.outputs import Resolved
from reports.cases.stamp import Stamp, State
from reports.fonts import cut_fonts
from reports.problems import Problem

FORMATS = {State.DRAFT: (Format.DOCX,), State.FINAL: (Format.PDF, Format.DOCX)}


@dataclass(frozen=True)
class Stamped:
    """An edition with its stamp, composed; `problems` are all that this met, warnings too.

    `items` are empty where there is a fatal one.
    """

    edition: Edition
    items: tuple[Resolved, ...]
    problems: tuple[Problem, ...]


def stamped(edition: Edition, stamp: Stamp, day: dt.date, workspace: Workspace) -> Stamped:
    """The edition with that stamp, composed in the formats of its state.

    `day` is the one on which a final document is finished; a draft keeps the brief's date.
    """
    date = day if stamp.state is State.FINAL else edition.brief.date
    brief = replace(edition.brief, stamp=stamp, date=date)
    audience = replace(edition.audience, formats=FORMATS[stamp.state])
    marked = replace(edition, brief=brief, audience=audience)
    items, problems = resolve_each([marked], workspace)
    return Stamped(marked, items, problems)


def written(item: Stamped, formats: Sequence[Format], workspace: Workspace) -> dict[Format, bytes]:
    """The edition in each of these formats.

    Raises ReportError with the problems of the first that can't be set, such as too many pages.
    """
    fonts = cut_fonts(workspace.theme(item.edition), workspace.cache / "fonts")
    made: dict[Format, bytes] = {}
    for resolved in item.items:
        writer = EditionWriter(resolved, workspace, fonts)
        made |= {kind: writer.written(kind) for kind in resolved.formats if kind in formats}
    return made
