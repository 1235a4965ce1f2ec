"""What a build made, for other programs: `manifest.json`, beside the outputs.

It tells of each output which bytes it has and what it rests on, and nothing else: no time, no
machine, no folder.  So one and the same input gives one and the same manifest.  The schema is
docs/manifest.schema.json.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

from reports.build.state import DocumentState, EditionState, OutputState, PrintedFact
from reports.build.task import Asset
from reports.problems import Place, Problem, ReportError
from reports.typed import json_bytes, of_format, strict_converter, structured

FILE = "manifest.json"
FORMAT = "kildefast-manifest"
VERSION = 1
_OUTPUT = re.compile(r"(?:[a-z0-9-]+/){1,2}[a-z0-9-]+[.][a-z]+[.][a-z]+")


@dataclass(frozen=True)
class ManifestDocument:
    """What the outputs of one document have in common: its words and facts, then the outputs.

    `key` is the SHA-256 of all that it says; `lix` is None for a text of no sentences.
    """

    key: str
    words: int
    lix: int | None
    facts: tuple[PrintedFact, ...]
    outputs: tuple[OutputState, ...]


@dataclass(frozen=True)
class ManifestEdition:
    """An edition with all that it was made from; see `EditionState` for its parts.

    What depends on the day of a build is left out: which facts are past theirs.
    """

    name: str
    brief: str
    audience: str
    language: str
    subject: str
    title: str
    status: str
    state: str
    recorded: date | None
    templates: tuple[Asset, ...]
    settings: tuple[Asset, ...]
    documents: tuple[ManifestDocument, ...]


@dataclass(frozen=True)
class Manifest:
    """What a build made, and the versions of all that it was made with, by name."""

    versions: dict[str, str]
    editions: tuple[ManifestEdition, ...]


def manifest_bytes(editions: Sequence[EditionState], versions: Mapping[str, str]) -> bytes:
    """The manifest as JSON for a file; the order in which editions are given changes nothing."""
    values = strict_converter().unstructure(manifest(editions, versions))
    pairs = cast("dict[str, Any]", values)
    return json_bytes({"format": FORMAT, "format_version": VERSION, **pairs})


def manifest(editions: Sequence[EditionState], versions: Mapping[str, str]) -> Manifest:
    """What there is to tell of these editions, by name."""
    ordered = sorted(editions, key=lambda edition: edition.name)
    return Manifest(dict(sorted(versions.items())), tuple(map(_edition, ordered)))


def read_manifest(file: Path) -> tuple[Manifest | None, Problem | None]:
    """The manifest that a file holds, None where there is none; and a warning if it is damaged.

    It only serves to tell what has changed since, so nothing depends on it.  No file in it lies
    outside the folder of outputs.
    """
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        return None, None
    except OSError as error:
        return None, _unreadable(file, (error.strerror or str(error)).lower())
    try:
        found = structured(of_format(data, file, FORMAT, VERSION), Manifest, file)
    except ReportError as error:
        return None, _unreadable(file, error.problems[0].what)
    strange = [name for name in _files(found) if not _OUTPUT.fullmatch(name)]
    if strange:
        return None, _unreadable(file, f"'{strange[0]}' is the name of no output")
    return found, None


def _files(found: Manifest) -> Iterator[str]:
    for edition in found.editions:
        for document in edition.documents:
            yield from (output.file for output in document.outputs)


def _unreadable(file: Path, reason: str) -> Problem:
    what = f"what the last build made is not known: {reason}"
    return Problem(Place(file), what, "the report tells no changes this time", fatal=False)


def _edition(edition: EditionState) -> ManifestEdition:
    return ManifestEdition(
        name=edition.name,
        brief=edition.brief,
        audience=edition.audience,
        language=edition.language,
        subject=edition.subject,
        title=edition.title,
        status=edition.status,
        state=edition.state,
        recorded=edition.recorded,
        templates=_by_path(edition.templates),
        settings=_by_path(edition.settings),
        documents=tuple(_document(document, edition) for document in edition.documents),
    )


def _by_path(assets: Sequence[Asset]) -> tuple[Asset, ...]:
    return tuple(sorted(assets, key=lambda asset: asset.path))


def _document(document: DocumentState, edition: EditionState) -> ManifestDocument:
    written = [output for output in edition.outputs if output.format in document.formats]
    outputs = tuple(sorted(written, key=lambda output: output.file))
    return ManifestDocument(document.key, document.words, document.lix, document.facts, outputs)
