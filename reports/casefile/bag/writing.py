"""Contents to a bag: BagIt 1.0 (RFC 8493), as a mapping of paths to bytes.

The Library of Congress's `bagit` still writes version 0.97, so the few files of a bag are written
here; `judging` lets that library judge them.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from reports import __version__
from reports.casefile.bag.paths import encoded
from reports.casefile.bag.reading import DECLARATION, INFO
from reports.casefile.names import seen
from reports.casefile.record import CaseRecord, bundle_name
from reports.cases.reference import CaseNumber, CaseReference, ExternalKey, SystemId
from reports.hashes import code_hash

MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
PAYLOAD = "data/"
_LINE = 79  # characters: as long as a line should be (RFC 8493, 2.2.2)


def software_agent() -> str:
    """The program that packs: its version, and the hash of its code, as words may change between."""
    return f"Kildefast {__version__} ({code_hash().hex()[:12]})"


@dataclass(frozen=True)
class Contents:
    """What a bundle holds: its record, and every file, by its name below data/."""

    record: CaseRecord
    files: Mapping[str, bytes]


def bag_files(contents: Contents) -> dict[str, bytes]:
    """Every file of the bag by its path, the payload in the order of its names, then the rest."""
    payload = {f"{PAYLOAD}{name}": data for name, data in sorted(contents.files.items())}
    tags = {
        DECLARATION: b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        INFO: _info(contents.record, payload).encode(),
        MANIFEST: _manifest(payload),
    }
    return payload | tags | {TAG_MANIFEST: _manifest(tags)}


def _manifest(files: Mapping[str, bytes]) -> bytes:
    """A line a file as `sha256sum -c` reads them, too."""
    lines = (f"{sha256(data).hexdigest()}  {encoded(path)}\n" for path, data in files.items())
    return "".join(lines).encode()


def _info(record: CaseRecord, payload: Mapping[str, bytes]) -> str:
    """What the bag says of itself: the RFC's words first, then those for the case."""
    size = sum(map(len, payload.values()))
    elements = _elements(record, f"{size}.{len(payload)}")
    return "".join(_element(label, value) for label, value in elements)


def _elements(record: CaseRecord, oxum: str) -> Iterator[tuple[str, str]]:
    yield "Source-Organization", record.organisation.name
    yield "External-Identifier", record.key
    yield "External-Description", record.title
    yield "Internal-Sender-Identifier", bundle_name(record.edition, record.version)
    yield "Bagging-Date", record.made.date().isoformat()
    yield "Payload-Oxum", oxum
    yield "Bag-Software-Agent", software_agent()
    yield _case_element(record.case)
    yield "Edition-State", record.state.value
    yield "Edition-Version", str(record.version)
    yield "Edition-Date", record.date.isoformat()


def _case_element(case: CaseReference) -> tuple[str, str]:
    match case:
        case CaseNumber(written):
            return "Case-Number", written
        case ExternalKey(system, key):
            return "Case-Key", f"{system}={key}"
        case SystemId(id_):
            return "Case-Id", id_


def _element(label: str, value: str) -> str:
    """The line of one element, folded between words where it is long (RFC 8493, 2.2.2)."""
    lines = textwrap.wrap(
        " ".join(seen(value).split()),
        _LINE,
        initial_indent=f"{label}: ",
        subsequent_indent=" ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "".join(f"{line}\n" for line in lines)
