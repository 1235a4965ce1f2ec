"""The repository's own brief, built as anyone would get it: what the judges of outputs look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from reports.briefs import Edition, Format, Workspace
from reports.build import resolve_all
from reports.build.crew.cores import jobs_here
from reports.build.crew.hiring import crew
from reports.build.making import Wish, build
from reports.build.outputs import Output
from reports.document import Document
from reports.problems import Problem

ROOT = Path(__file__).resolve().parent.parent
NAMES = [
    f"digital-public-services/{audience}.{language}"
    for audience in ("political-leadership", "executives", "digital-leads", "public")
    for language in ("nb", "en")
]
# A memo, a report and a plain brief, in both languages: what the slow judges see off CI.
SAMPLE = tuple(
    name for name in NAMES if name.endswith(("leadership.nb", "executives.en", "public.en"))
)

every_edition = pytest.mark.parametrize("name", NAMES)


@dataclass(frozen=True)
class Shipped:
    """The repository's workspace, built into `out`; documents are by the edition's name."""

    workspace: Workspace
    out: Path
    outputs: tuple[Output, ...]
    problems: tuple[Problem, ...]
    documents: Mapping[str, Document]

    def file(self, name: str, kind: str) -> Path:
        return self.out / f"{name}.{kind}"

    def pdf_output(self, name: str) -> Output:
        """What the build says of the edition's PDF."""
        return next(o for o in self.outputs if o.edition.name == name and o.format is Format.PDF)


def built(workspace: Workspace, out: Path, *some: Edition) -> Shipped:
    """The workspace's editions, or only some, in all formats."""
    editions = some or workspace.editions()
    resolved, _ = resolve_all(editions, workspace)
    wish = Wish(tuple(editions), tuple(Format), lambda _: crew(jobs_here(), "", workspace.root))
    result = build(workspace, wish, out, lambda _: None)
    documents = {item.edition.name: item.document for item in resolved}
    return Shipped(workspace, out, result.outputs, result.problems, documents)
