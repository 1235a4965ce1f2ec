"""Outputs by the key of all that they were made from, kept from one build to the next.

An entry is a line with the checksum of what follows: a line of JSON, and the output's own bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

from reports.audiences import Format
from reports.cache import compact_json, json_values, keep_newest
from reports.files import replace_file
from reports.problems import ReportError

OutputKey: TypeAlias = str

_ENTRIES = 3  # of one output that are kept, the newest: to switch between branches and back


@dataclass(frozen=True)
class KeptOutput:
    """An output's bytes; `pages` and `body_pages` are 0 where the format has none."""

    data: bytes
    sha256: str
    pages: int
    body_pages: int


def output_key(document: str, theme: str, fonts: str, kind: Format, versions: str) -> OutputKey:
    """The key of an output: hashes of its document and theme, its fonts, and what writes it."""
    parts = (document, theme, fonts, kind.value, versions)
    return sha256("\n".join(parts).encode()).hexdigest()


def read_output(folder: Path, key: OutputKey) -> KeptOutput | None:
    """The output kept under a key; None where there is none, or it is damaged."""
    try:
        checksum, _, entry = (folder / key).read_bytes().partition(b"\n")
    except OSError:
        return None
    if sha256(entry).hexdigest().encode() != checksum:
        return None
    head, _, data = entry.partition(b"\n")
    found = json_values(head)
    return KeptOutput(data, found["sha256"], found["pages"], found["body_pages"])


def keep_output(folder: Path, key: OutputKey, kept: KeptOutput) -> None:
    """Keep an output under a key, beside the newest others; silent where it can't be."""
    head = {"sha256": kept.sha256, "pages": kept.pages, "body_pages": kept.body_pages}
    entry = compact_json(head) + b"\n" + kept.data
    checksum = sha256(entry).hexdigest().encode()
    try:
        replace_file(folder / key, checksum + b"\n" + entry)
        keep_newest(folder / key, _ENTRIES)
    except (ReportError, OSError):  # a workspace that can't be written to works without
        return
