"""The edition in view to its HTML, in this process: warm, so within the blink of an eye."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from reports.briefs import Edition, Format, Workspace, load_workspace
from reports.build import resolve_all
from reports.build.edition import EditionWriter
from reports.build.pages import page_fonts
from reports.files import replace_file
from reports.problems import Problem
from reports.watch.orders import Job
from reports.watch.saves import Contents, contents


class Workspaces:
    """The workspace of a watch, loaded anew only if a file has changed that it is loaded from.

    Those are all but templates, of which it only matters that they are there.
    """

    def __init__(self, job: Job) -> None:
        """Load nothing yet."""
        self._job = job
        self._from: tuple[date, Contents] | None = None
        self._loaded: Workspace | None = None

    def now(self, held: Contents) -> Workspace:
        """The workspace when its files hold this; raises ReportError as loading does."""
        root = self._job.root
        loaded_from = date.today(), _settings(held)  # noqa: DTZ011 - the adviser's own day
        if self._loaded and self._from == loaded_from:
            return self._loaded
        self._loaded = load_workspace(root, self._job.choice.at)
        self._from = loaded_from if contents(root) == held else None  # a save may have come
        return self._loaded


def _settings(held: Contents) -> Contents:
    return {file: b"" if file.suffix == ".j2" else digest for file, digest in held.items()}


def view_page(edition: Edition, workspace: Workspace) -> tuple[bytes, tuple[Problem, ...]]:
    """The HTML of an edition, empty where it is written in other formats only; and warnings.

    Raises ReportError with all that keeps the edition from being built.
    """
    resolved, warnings = resolve_all((edition,), workspace)
    for item in resolved:
        if Format.HTML in item.formats:
            writer = EditionWriter(item, workspace, page_fonts(edition, workspace))
            return writer.written(Format.HTML), warnings
    return b"", warnings


def put_in_place(file: Path, data: bytes) -> bool:
    """Write the file unless it holds just that; whether it was written.

    Raises ReportError if it can't be.
    """
    try:
        if file.read_bytes() == data:
            return False
    except OSError:  # there is none, or none that can be read
        pass
    replace_file(file, data)
    return True
