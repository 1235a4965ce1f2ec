"""Entries of the register to JSON and back: one line a fact, so that differences read well.

The schema is docs/issued.schema.json.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit, urlunsplit

from reports.casefile.register.entry import Issued
from reports.cases.stamp import State
from reports.facts.load.table.columns import PART
from reports.fields import ID
from reports.language import languages
from reports.problems import Place, Problem, ReportError
from reports.typed import of_format, strict_converter, structured

FORMAT = "kildefast-issued"
VERSION = 1
_SUBJECT = re.compile(rf"(?:{PART.pattern})?")
_SHA256 = re.compile("[0-9a-f]{64}")
_CONFLICT = re.compile(rb"^<{7} ", re.MULTILINE)


def issued_json(entry: Issued) -> bytes:
    """The entry as JSON: a line a key, and within lists a line an item."""
    values = cast("dict[str, Any]", strict_converter().unstructure(entry))
    pairs = {"format": FORMAT, "format_version": VERSION, **values}
    lines = ",\n".join(f"  {_line(key)}: {_value(value)}" for key, value in pairs.items())
    return f"{{\n{lines}\n}}\n".encode()


def _value(value: object) -> str:
    if not isinstance(value, list) or not value:
        return _line(value)
    items = ",\n".join(f"    {_line(item)}" for item in value)
    return f"[\n{items}\n  ]"


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def read_issued(data: bytes, file: Path) -> Issued:
    """The entry that a file of the register holds.

    Raises ReportError with every problem of its shape, those of JSON at their line.
    """
    if conflicts := tuple(_conflicts(data, file)):
        raise ReportError(*conflicts)
    found = of_format(data, file, FORMAT, VERSION)
    entry = structured(found, Issued, file)
    if problems := tuple(_problems(entry, file)):
        raise ReportError(*problems)
    return entry


def _conflicts(data: bytes, file: Path) -> Iterator[Problem]:
    """The places where git has left two versions of the file for a person to choose from."""
    for found in _CONFLICT.finditer(data):
        line = data[: found.start()].count(b"\n") + 1
        hint = "keep one side whole, and attach again what the other one was for"
        yield Problem(Place(file, line), "a merge conflict is not resolved", hint)


def _problems(entry: Issued, file: Path) -> Iterator[Problem]:
    """What no type tells: values that don't go together, or that nothing could have written."""
    place = Place(file)
    mark = entry.edition
    if mark.language not in languages():
        what = f"'edition.language' is '{mark.language}'"
        yield Problem(place, what, f"one of: {', '.join(languages())}")
    for key, text, pattern in (
        ("brief", mark.brief, ID),
        ("audience", mark.audience, ID),
        ("subject", mark.subject, _SUBJECT),
    ):
        if not pattern.fullmatch(text):
            yield Problem(place, f"'edition.{key}' is '{text}'", "small letters, digits, hyphens")
    if entry.version < 1:
        yield Problem(place, f"'version' is {entry.version}", "versions count from 1")
    if entry.replaces and entry.replaces.version >= entry.version:
        yield Problem(place, f"version {entry.version} can't replace {entry.replaces.version}")
    if (entry.state is State.FINAL) != (entry.decision is not None):
        state = entry.state.value
        yield Problem(place, f"'state' is '{state}', which doesn't go with its 'decision'")
    yield from _unhashed(entry, place)
    yield from _secrets(entry, place)


def _unhashed(entry: Issued, place: Place) -> Iterator[Problem]:
    hashes = {"metadata": entry.metadata, "words": entry.words, "text": entry.text}
    hashes |= {f"files[{n}].sha256": each.sha256 for n, each in enumerate(entry.files)}
    hashes["key"] = entry.key.removeprefix("kildefast:")
    for key, text in hashes.items():
        if not _SHA256.fullmatch(text):
            yield Problem(place, f"'{key}' holds no SHA-256", "it has 64 digits, 0-9 and a-f")


def _secrets(entry: Issued, place: Place) -> Iterator[Problem]:
    for number, receipt in enumerate(entry.receipts):
        if without_credentials(receipt.url) != receipt.url:
            what = f"'receipts[{number}].url' holds a user name, a password or a query"
            yield Problem(place, what, "delete that part, and change the password")


def without_credentials(url: str) -> str:
    """The address without user name, password, query and fragment: any of them may be secret."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path, "", ""))
