"""A new workspace: facts of an invented town, two audiences and a brief that builds at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from reports.audiences import load_audiences
from reports.briefs import load_workspace
from reports.build import resolve_all
from reports.problems import Place, Problem, ReportError, raise_if_fatal
from reports.starter.brief import Asked, brief_files
from reports.starter.writing import write_together

_EXAMPLE = Path(__file__).parent / "example"
_TOLD = {
    "answer": ["havneby.web-share", "havneby.answer-time"],
    "evidence": ["havneby.web-share-before"],
}


def new_workspace(root: Path, languages: Sequence[str], day: date) -> tuple[Path, ...]:
    """The files that were written into a folder that isn't there yet or is empty.

    Raises ReportError for any other folder, and for one that can't be written to.
    """
    if root.exists() and (
        not root.is_dir() or any(file.name != ".cache" for file in root.iterdir())
    ):
        what = "this is no empty folder"
        raise ReportError(Problem(Place(root), what, "name a folder that isn't there yet"))
    problems: list[Problem] = []
    audiences = load_audiences(_EXAMPLE / "templates", lambda _: languages, problems)
    raise_if_fatal(problems)
    asked = Asked(
        id="applications",
        title="Havneby",
        languages=tuple(languages),
        audiences=tuple(audiences.values()),
        sender=dict.fromkeys(languages, "Ida Holm"),
    )
    brief = brief_files(asked, day, _TOLD)
    new = {root / "templates" / asked.id / name: text for name, text in brief.items()}
    for file in sorted(_EXAMPLE.rglob("*")):
        if file.is_file():
            new[root / file.relative_to(_EXAMPLE)] = file.read_text("utf-8")
    write_together(new, {}, lambda: _check(root))
    return tuple(sorted(new))


def _check(root: Path) -> None:
    """Raise ReportError unless every edition can be made."""
    workspace = load_workspace(root)
    resolve_all(workspace.editions(), workspace)
