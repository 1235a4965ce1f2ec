"""One edition to be written, apart from the workspace: what any process or machine can do alone.

A task carries its document and theme as JSON and names its other files by content; what it makes
comes back with hashes.  Paths in both are relative to a folder that each side has its own of.
"""

from __future__ import annotations

from dataclasses import dataclass

from reports.audiences import Format
from reports.problems import Problem


@dataclass(frozen=True)
class Asset:
    """A file that a task needs: its path below the folder, and the SHA-256 of its bytes."""

    path: str
    sha256: str


@dataclass(frozen=True)
class Task:
    """An edition's document to be written in `formats`.

    `name` is the edition's, with the formats after it where its templates ask for the format.
    `document` and `theme` are JSON.  `template` is the file that problems name where nothing
    nearer is known.  `weight` is how long it is expected to take, in seconds: heavy ones go first.
    """

    name: str
    language: str
    document: bytes
    theme: bytes
    template: str
    assets: tuple[Asset, ...]
    formats: tuple[Format, ...]
    weight: float


@dataclass(frozen=True)
class MadeFile:
    format: Format
    data: bytes
    sha256: str


@dataclass(frozen=True)
class Made:
    """What came of a task: its files, or the problems that kept it from some of them.

    `pages` and `body_pages` are those of the PDF, 0 without one.  `lacking` are letters that the
    fonts lack; there is no PDF then.  `peak_mb` is the most memory that the process has taken so
    far, in MB; `worker` is its process number.
    """

    name: str
    files: tuple[MadeFile, ...]
    pages: int
    body_pages: int
    lacking: tuple[str, ...]
    problems: tuple[Problem, ...]
    seconds: float
    peak_mb: int
    worker: int
