"""A file to its format's id in PRONOM: Siegfried looks at its bytes, then at its name.

PRONOM has no signature for formats of plain text such as CSV: those are told by the name's ending.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePath

from reports.casefile.record import FileFormat
from reports.problems import Place, Problem, ReportError

UNKNOWN = "UNKNOWN"  # what Siegfried calls a format that PRONOM hasn't got


@dataclass(frozen=True)
class Identity:
    """What a file is: `remark` is Siegfried's reservation, "" for none.

    `release` is that of PRONOM's signatures, such as "DROID_SignatureFile_V125.xml".
    """

    format: FileFormat
    remark: str
    release: str


def identify(data: bytes, name: str) -> FileFormat:
    """The format of a file of that content and name; its `pronom` is "" where none is known."""
    ending = PurePath(name).suffix
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"file{ending}"
        file.write_bytes(data)
        return identity(file).format


def identity(file: Path) -> Identity:
    """What the file is, and how sure that is.

    Raises ReportError at the file if it can't be read.
    """
    import pygfried  # its signatures take a tenth of a second

    try:
        told = pygfried.identify(str(file), detailed=True)
    except OSError as error:
        what = f"the format can't be told: {str(error).lower()}"
        raise ReportError(Problem(Place(file), what)) from None
    if not told["files"][0]["matches"]:
        raise ReportError(Problem(Place(file), "there is no such file"))
    match = told["files"][0]["matches"][0]
    known = match["id"] != UNKNOWN
    found = FileFormat(
        pronom=match["id"] if known else "",
        name=_name(match["format"], match["version"]) if known else "",
        mime=match["mime"].partition(",")[0],
        extension=file.suffix.removeprefix(".").lower(),
    )
    return Identity(found, match["warning"], told["identifiers"][0]["details"].partition(";")[0])


def _name(format_: str, version: str) -> str:
    """PRONOM's name, with the version where the name doesn't say it already."""
    return f"{format_} {version}" if version and version not in format_ else format_
