"""The files of a bundle in the order in which they are delivered."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from reports.problems import Place, Problem, ReportError

# A bag is one by `bagit.txt`, and whole by its manifest (RFC 8493, 2.1): without them, what has
# arrived of a bundle can't be taken for all of it.
_LAST = ("bag-info.txt", "tagmanifest-sha256.txt", "manifest-sha256.txt", "bagit.txt")


@dataclass(frozen=True)
class ParcelFile:
    """A file of the bundle; `folder` is its folder in the bundle, empty for the bundle's own."""

    folder: str
    name: str
    path: Path
    size: int
    sha256: str

    @property
    def shown(self) -> str:
        """Its path in the bundle, with slashes."""
        return f"{self.folder}/{self.name}" if self.folder else self.name


def parcel_of(bundle: Path) -> tuple[ParcelFile, ...]:
    """Every file of a bag without problems, those that make it a whole bag last.

    Raises ReportError at a file that can't be read.
    """
    files = [_measured(path, bundle) for path in bundle.rglob("*") if path.is_file()]
    return tuple(sorted(files, key=_turn))


def folders_of(files: tuple[ParcelFile, ...]) -> tuple[str, ...]:
    """The folders in the bundle that the files are in, each after the one above it."""
    found = {""}
    for file in files:
        above = PurePosixPath(file.shown).parents
        found |= {str(folder) for folder in above if str(folder) != "."}
    return tuple(sorted(found))


def _turn(file: ParcelFile) -> tuple[int, str]:
    return (_LAST.index(file.shown) + 1 if file.shown in _LAST else 0), file.shown


def _measured(path: Path, bundle: Path) -> ParcelFile:
    folder = path.parent.relative_to(bundle).as_posix()
    try:
        with path.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
            size = content.tell()
    except OSError as error:
        what = f"can't be read: {(error.strerror or str(error)).lower()}"
        raise ReportError(Problem(Place(path), what)) from None
    return ParcelFile("" if folder == "." else folder, path.name, path, size, digest)
