"""What a case bundle says of itself: the one record that all its metadata is made from.

`case.json` holds it whole; the messages to records systems and the page for a person follow
from it and say nothing that it doesn't.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from reports.cases.kle import Kle
from reports.cases.reference import CaseReference, Country
from reports.cases.settings import FormatCodes, Screening
from reports.cases.stamp import State
from reports.problems import Place, Problem, ReportError
from reports.typed import json_bytes, of_format, strict_converter, structured

_FORMAT = "kildefast-case"
_VERSION = 1


class EntryKind(Enum):
    """What the document becomes in its case (Noark 5)."""

    JOURNALPOST = "journalpost"
    ARKIVNOTAT = "arkivnotat"


class Role(Enum):
    """What a document is within its entry."""

    MAIN = "main"
    ATTACHMENT = "attachment"


class Variant(Enum):
    """What a file is of its document, by Noark's codes."""

    PRODUCTION = "P"
    ARCHIVE = "A"
    REDACTED = "O"


@dataclass(frozen=True)
class FileFormat:
    """A file's format: `pronom` is its id there, such as fmt/476, `name` what PRONOM calls it.

    `extension` has no dot.
    """

    pronom: str
    name: str
    mime: str
    extension: str


@dataclass(frozen=True)
class CaseFile:
    """A file of the bundle.

    `file` is its name below data/, in ASCII; `shown` the one for people, who may rename it.
    `sha256` is in hexadecimal, `size` in bytes.
    """

    file: str
    shown: str
    variant: Variant
    format: FileFormat
    sha256: str
    size: int


@dataclass(frozen=True)
class CaseDocument:
    """A document in its variants; `type` is the records system's word or code for it, or ""."""

    role: Role
    title: str
    type: str
    files: tuple[CaseFile, ...]


@dataclass(frozen=True)
class Organisation:
    """`number` is that of the public register, "" where it isn't known."""

    name: str
    number: str


@dataclass(frozen=True)
class Correspondent:
    """Who sends or gets the document; `role` is Noark's code, such as IA or EM."""

    role: str
    name: str
    organisation_number: str


@dataclass(frozen=True)
class Responsible:
    """Who answers for the document, and the unit that she works in; "" where it isn't given."""

    name: str
    unit: str


@dataclass(frozen=True)
class Decision:
    """Who approved the document, and when."""

    approved_by: str
    day: dt.date


@dataclass(frozen=True)
class Replaced:
    """The version that this one stands for; `bundle` is the name of its folder."""

    version: int
    key: str
    bundle: str


@dataclass(frozen=True)
class EditionMark:
    """Which edition it is; `subject` is "" outside a series."""

    brief: str
    audience: str
    language: str
    subject: str

    @property
    def name(self) -> str:
        """The edition as a build names it, `<brief>/[<subject>/]<audience>.<lang>`."""
        inside = f"{self.subject}/" if self.subject else ""
        return f"{self.brief}/{inside}{self.audience}.{self.language}"


@dataclass(frozen=True)
class CaseRecord:
    """All that is said of one bundle.

    `date` is the one printed on the document: of a final one the day it was finished.
    `recorded` is the latest day on which one of its facts entered the store.  `made` is when
    the bundle was packed, in seconds and with its zone.  `recipient` is the agency that the
    document is sent to, None for one that stays.  `key` names the content, as
    `content_key` makes it of the main document's files.
    """

    organisation: Organisation
    system: str
    country: Country
    format_codes: FormatCodes
    case: CaseReference
    entry: EntryKind
    title: str
    public_title: str
    edition: EditionMark
    version: int
    state: State
    date: dt.date
    recorded: dt.date | None
    made: dt.datetime
    responsible: Responsible
    correspondents: tuple[Correspondent, ...]
    recipient: Organisation | None
    screening: Screening | None
    classification: Kle | None
    decision: Decision | None
    replaces: Replaced | None
    key: str
    documents: tuple[CaseDocument, ...]

    @property
    def files(self) -> tuple[CaseFile, ...]:
        """The files of all documents, in their order."""
        return tuple(file for document in self.documents for file in document.files)

    @property
    def main(self) -> CaseDocument:
        """The main document."""
        return next(each for each in self.documents if each.role is Role.MAIN)


def content_key(files: Iterable[CaseFile]) -> str:
    """The key of what these files hold, the same for the same content.

    It is the SHA-256 of their lines in a manifest: hash, two spaces, name; sorted by name.
    """
    lines = sorted((file.file, f"{file.sha256}  {file.file}\n") for file in files)
    digest = hashlib.sha256("".join(line for _, line in lines).encode())
    return f"kildefast:{digest.hexdigest()}"


def bundle_name(edition: EditionMark, version: int) -> str:
    """The name of a bundle's folder, the same as that of its entry in the register."""
    subject = f".{edition.subject}" if edition.subject else ""
    return f"{edition.brief}.{edition.audience}.{edition.language}{subject}.v{version}"


def record_json(record: CaseRecord) -> bytes:
    """The record as `case.json`; docs/case.schema.json describes it."""
    return json_bytes(
        {"format": _FORMAT, "format_version": _VERSION, **strict_converter().unstructure(record)}
    )


def read_record(data: bytes, file: Path) -> CaseRecord:
    """The record that `case.json` holds.

    Raises ReportError with all that is wrong with its shape; whether it is true of the files
    beside it is for others to judge.
    """
    record = structured(of_format(data, file, _FORMAT, _VERSION), CaseRecord, file)
    if sum(each.role is Role.MAIN for each in record.documents) != 1:
        raise ReportError(Problem(Place(file), "'documents' must hold one main document"))
    return record
