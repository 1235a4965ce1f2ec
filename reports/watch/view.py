"""The edition in view to its HTML, in this process: warm, so within the blink of an eye."""

from __future__ import annotations

from pathlib import Path

from reports.briefs import Edition, Format, Workspace
from reports.build import resolve_all
from reports.build.edition import EditionWriter
from reports.build.pages import page_fonts
from reports.files import replace_file
from reports.problems import Problem


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
