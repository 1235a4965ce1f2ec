"""Editions to files: each edition's document, written in each format.

Problems found up to `resolve` stop the build before any output.  A failure while writing
keeps that output's old file, and the others are written.  Each file is replaced whole.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from reports.briefs import Edition, Format, Workspace
from reports.build import resolve_all
from reports.build.edition import EditionWriter
from reports.build.index import index_page
from reports.build.outputs import Output, Resolved, Result
from reports.files import replace_file
from reports.fonts import cut_fonts
from reports.problems import Place, Problem, ReportError


def build(
    workspace: Workspace,
    editions: Sequence[Edition],
    formats: Sequence[Format],
    out: Path,
    progress: Callable[[int, str], None],
) -> Result:
    """The outputs of these editions in these formats, written under `out`.

    Raises ReportError, before anything is written, for problems up to `resolve` and for a
    folder that can't be written to.
    """
    resolved, warnings = resolve_all(editions, workspace)
    _prepare(workspace, out)
    outputs: list[Output] = []
    problems = dict.fromkeys(warnings)  # two formats may meet the same one
    names = list(dict.fromkeys(item.edition.name for item in resolved))
    for item in resolved:
        progress(names.index(item.edition.name) + 1, item.edition.name)
        written, found = _write_edition(item, formats, workspace, out)
        outputs += written
        problems |= dict.fromkeys(found)
    replace_file(out / "index.html", index_page(outputs, resolved).encode())
    return Result(tuple(outputs), tuple(problems))


def _prepare(workspace: Workspace, out: Path) -> None:
    """Raise ReportError at a folder that takes no files."""
    for folder in (out, workspace.cache):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            what = f"can't write here: {(error.strerror or str(error)).lower()}"
            hint = "choose another folder with --out, or change its permissions"
            raise ReportError(Problem(Place(folder), what, hint)) from None


def _write_edition(
    item: Resolved,
    formats: Sequence[Format],
    workspace: Workspace,
    out: Path,
) -> tuple[list[Output], list[Problem]]:
    fonts = cut_fonts(workspace.theme(item.edition), workspace.cache / "fonts")
    writer = EditionWriter(item.edition, item.document, workspace, fonts)
    wanted = [kind for kind in item.formats if kind in formats]
    outputs: list[Output] = []
    problems: list[Problem] = []
    for kind in wanted:
        file = out / f"{item.edition.name}.{kind.value}"
        try:
            data = writer.written(kind)
            replace_file(file, data)
        except ReportError as error:
            problems += error.problems
            continue
        outputs.append(Output(item.edition, kind, file, *writer.page_counts(kind)))
    return outputs, problems
