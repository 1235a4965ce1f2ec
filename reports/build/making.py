"""Editions to files: each edition's document, written in each format.

Problems found up to `resolve` stop the build before any output.  A failure while writing
keeps that output's old file, and the others are written.  Each file is replaced whole.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from reports.briefs import Edition, Format, Workspace
from reports.budgets import Term
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
    judged: list[Resolved] = []
    for item in resolved:
        if not judged or judged[-1].edition != item.edition:  # one may have several documents
            progress(names.index(item.edition.name) + 1, item.edition.name)
        wanted = [kind for kind in item.formats if kind in formats]
        fonts = cut_fonts(workspace.theme(item.edition), workspace.cache / "fonts")
        writer = EditionWriter(item, workspace, fonts)
        written, found = _write_edition(item, wanted, writer, out)
        outputs += written
        problems |= dict.fromkeys(found)
        judged.append(replace(item, terms=(*_pages(item, wanted, writer), *item.terms)))
    replace_file(out / "index.html", index_page(outputs, judged).encode())
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
    item: Resolved, wanted: Sequence[Format], writer: EditionWriter, out: Path
) -> tuple[list[Output], list[Problem]]:
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


def _pages(item: Resolved, wanted: Sequence[Format], writer: EditionWriter) -> tuple[Term, ...]:
    """The term on pages where the edition has a PDF; judged where this build made it."""
    if Format.PDF not in item.formats:
        return ()
    try:
        pages = writer.pages(lambda: None).body if Format.PDF in wanted else 0
    except ReportError:  # what can't be set has been told of
        pages = 0
    return (writer.page_term(pages, look=""),)
