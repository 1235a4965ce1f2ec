"""A bundle as it lies on disk, as far as it can be read: what its checks look at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reports.briefs import Workspace
from reports.casefile.bag.reading import INFO, read_elements
from reports.casefile.bag.writing import software_agent
from reports.casefile.names import RECORD_FILE
from reports.casefile.record import CaseFile, CaseRecord, read_record
from reports.files import read_limited
from reports.problems import Place, Problem, ReportError

_PAYLOAD = "data"
MOST = 100_000_000  # bytes of a document that is opened; shipped ones have less than one million
_MOST_METADATA = 20_000_000


@dataclass(frozen=True)
class Against:
    """What a verification compares with, each None where it isn't given.

    `workspace` has the store, `schemas` is the folder of the receivers' XML schemas, `formats`
    a file with an organisation's own list, `facts` a CSV for a document alone.
    """

    workspace: Workspace | None = None
    schemas: Path | None = None
    formats: Path | None = None
    facts: Path | None = None


@dataclass(frozen=True)
class Bundle:
    """A folder with a case record.

    `payload` are the regular files below data/ by their names there; links and what lies
    deeper than links aren't followed.
    """

    folder: Path
    record: CaseRecord
    payload: dict[str, Path]
    against: Against

    def path(self, name: str) -> Path:
        """Where a file of the payload lies, or would lie."""
        return self.folder / _PAYLOAD / name

    def data(self, name: str) -> bytes | None:
        """What a file of metadata holds; None if it isn't there, or too large to be one."""
        file = self.payload.get(name)
        if file is None or file.stat().st_size > _MOST_METADATA:
            return None
        return file.read_bytes()

    def has_small(self, each: CaseFile) -> bool:
        """Whether the file is there, and small enough to be opened whole."""
        return each.file in self.payload and is_small(self.payload[each.file])

    def documents(self, *endings: str) -> list[CaseFile]:
        """The files of all documents that are there and whose names end so."""
        return [
            each
            for each in self.record.files
            if each.file in self.payload and each.file.lower().endswith(endings)
        ]

    def main_files(self) -> list[CaseFile]:
        """The files of the main document that are there."""
        return [each for each in self.record.main.files if each.file in self.payload]


def is_of_this_program(bundle: Bundle) -> bool:
    """Whether the bundle says that this very program packed it, to the letter of its code.

    What another version made of the same record may read otherwise.
    """
    try:
        elements = read_elements(bundle.folder / INFO, "UTF-8", [])
    except ReportError:
        return False
    return ("Bag-Software-Agent", software_agent()) in {each[1:] for each in elements}


def is_small(file: Path) -> bool:
    """Whether the file is small enough to be opened whole."""
    return file.stat().st_size <= MOST


def payload_of(folder: Path) -> dict[str, Path]:
    """The regular files below data/, by their names there."""
    base = folder / _PAYLOAD
    files = (path for path in sorted(base.rglob("*")) if path.is_file())
    return {
        path.relative_to(base).as_posix(): path
        for path in files
        if not any(each.is_symlink() for each in (path, *path.relative_to(folder).parents))
    }


def record_of(folder: Path) -> CaseRecord:
    """The case record in that folder.

    Raises ReportError if it isn't there, or with all that is wrong with its shape.
    """
    file = folder / _PAYLOAD / RECORD_FILE
    if file.is_symlink() or not file.is_file():
        raise ReportError(Problem(Place(file), "there is no such file; a case bundle has one"))
    return read_record(read_limited(file, _MOST_METADATA, Place(file)), file)
