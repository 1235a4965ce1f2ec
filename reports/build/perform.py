"""A task performed: the documents of an edition as bytes, in whatever process this is.

All wrong input comes back as problems; an exception here is a fault of this program.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from reports.audiences import Format
from reports.build.task import Asset, Made, MadeFile, Task
from reports.build.writer import DocumentWriter
from reports.document.stored import document_from_json
from reports.files import file_hash
from reports.fonts import cut_files
from reports.problems import Place, Problem, ReportError
from reports.themes import Theme
from reports.themes.stored import theme_from_json

# The PDF first: a Word file's contents list names its pages.
_ORDER = (Format.PDF, Format.HTML, Format.DOCX)
_OURS = ".cache/"  # fonts: each was judged by its hash when it was cut or sent


def perform(task: Task, folder: Path) -> Made:
    """What comes of a task whose assets lie below that folder, under their paths."""
    started = time.perf_counter()
    theme = _theme(task.theme, folder)
    fonts = cut_files(theme, _font_folder(task.assets, folder))
    document = document_from_json(task.document, folder)
    place = Place(folder / task.template)
    kept = folder / ".cache" / "pages" / task.name.partition(" ")[0]
    writer = DocumentWriter(document, theme, fonts, place, kept)
    files, problems = _written(task.formats, writer)
    if changed := [*_changed_meanwhile(task.assets, folder)]:
        files, problems = [], changed
    has_pdf = any(file.format is Format.PDF for file in files)
    return Made(
        name=task.name,
        files=tuple(files),
        pages=writer.pdf.page_count if has_pdf else 0,
        body_pages=writer.pdf.pages.body if has_pdf else 0,
        lacking=writer.lacking if Format.PDF in task.formats else (),
        problems=tuple(problems),
        seconds=time.perf_counter() - started,
        peak_mb=_peak_mb(),
        worker=os.getpid(),
    )


def _written(
    formats: tuple[Format, ...], writer: DocumentWriter
) -> tuple[list[MadeFile], list[Problem]]:
    """The files in these formats, and what kept the document from some of them."""
    files: list[MadeFile] = []
    problems: list[Problem] = []
    wanted = [kind for kind in _ORDER if kind in formats]
    if Format.PDF in wanted and writer.lacking:
        wanted.remove(Format.PDF)
    for kind in wanted:
        try:
            data = writer.written(kind)
        except ReportError as error:
            problems += error.problems
            continue
        files.append(MadeFile(kind, data, sha256(data).hexdigest()))
    return files, problems


def _changed_meanwhile(assets: tuple[Asset, ...], folder: Path) -> Iterator[Problem]:
    """A problem for each of the author's own files that isn't any more what the task names.

    What it was written with isn't known then, and may not be kept under the task's key.
    """
    for asset in assets:
        file = folder / asset.path
        if not asset.path.startswith(_OURS) and file_hash(file) != asset.sha256:
            yield Problem(Place(file), "was changed during the build", "build again")


@cache
def _theme(data: bytes, folder: Path) -> Theme:
    """One theme for all editions that are set in it."""
    return theme_from_json(data, folder)


def _font_folder(assets: tuple[Asset, ...], folder: Path) -> Path:
    return next((folder / each.path).parent for each in assets if each.path.endswith(".ttf"))


def _peak_mb() -> int:
    """The most memory that this process has had, in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // (1024 * 1024 if sys.platform == "darwin" else 1024)  # macOS counts bytes
