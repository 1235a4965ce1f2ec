"""Outputs to their files: each replaced whole, and left alone where it is right already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from reports.briefs import Edition, Format
from reports.build.kept import KeptOutput
from reports.build.state import OutputState
from reports.files import file_hash, replace_file


def output_file(edition: Edition, kind: Format) -> str:
    """The path of an output in the folder of outputs, with `/`."""
    return f"{edition.name}.{kind.value}"


def files_of(editions: Iterable[Edition]) -> Iterator[str]:
    """The files of all outputs that these editions have."""
    for edition in editions:
        for kind in edition.formats:
            yield output_file(edition, kind)


def read_there(file: Path) -> bytes:
    """A file's bytes; none where somebody has just taken it away."""
    try:
        return file.read_bytes()
    except OSError:
        return b""


def place(kept: KeptOutput, edition: Edition, kind: Format, out: Path) -> OutputState:
    """The output's bytes as its file; raises ReportError if that can't be written."""
    name = output_file(edition, kind)
    file = out / name
    if file_hash(file) != kept.sha256:
        replace_file(file, kept.data)
    return OutputState(name, kind, kept.sha256, len(kept.data), kept.pages, kept.body_pages)


def remove_former(former: Iterable[OutputState], current: Iterable[str], out: Path) -> list[str]:
    """The outputs of no edition any more, taken away; those that were changed since are left."""
    gone: list[str] = []
    known = set(current)
    for output in former:
        file = out / output.file
        if output.file not in known and file_hash(file) == output.sha256:
            file.unlink(missing_ok=True)
            gone.append(output.file)
    return gone
