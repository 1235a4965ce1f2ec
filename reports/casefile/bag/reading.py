"""A bag's own files to values: its declaration, its manifests, what it says of itself."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from reports.casefile.bag.paths import decoded, leads_out
from reports.files import read_limited
from reports.problems import Place, Problem, ReportError, raise_if_fatal

DECLARATION = "bagit.txt"
INFO = "bag-info.txt"
VERSIONS = ("0.97", "1.0")
ALGORITHMS = frozenset(name for name in hashlib.algorithms_guaranteed if "shake" not in name)
_MOST = 20_000_000  # bytes of one of these files
_DECLARATION = re.compile(
    rb"BagIt-Version: ([0-9]+\.[0-9]+)(?:\r\n?|\n)"
    rb"Tag-File-Character-Encoding: ([A-Za-z0-9._-]+)(?:\r\n?|\n)?"
)
_NAME = re.compile(r"(tag)?manifest-([a-z0-9_]+)\.txt")
_LINE = re.compile(r"([0-9A-Fa-f]+)[ \t]+\*?(.+)", re.DOTALL)
_NEW_LINE = re.compile(r"\r\n?|\n")


@dataclass(frozen=True)
class Declaration:
    """The version of BagIt, and the encoding of the bag's own files but bagit.txt."""

    version: str
    encoding: str


@dataclass(frozen=True)
class Entry:
    """What one line of a manifest says: a checksum in small letters, and the line's place."""

    checksum: str
    place: Place


@dataclass(frozen=True)
class Manifest:
    """The lines of a manifest by path; `of_tags` if they are of the bag's own files."""

    file: Path
    algorithm: str
    of_tags: bool
    entries: Mapping[str, Entry]


def read_declaration(file: Path) -> Declaration:
    """What bagit.txt declares; raises ReportError if that is no version that is known here."""
    data = read_limited(file, _MOST, Place(file))
    found = _DECLARATION.fullmatch(data)
    if not found:
        lines = "'BagIt-Version: 1.0' and 'Tag-File-Character-Encoding: UTF-8'"
        raise ReportError(Problem(Place(file), f"must hold two lines such as {lines}"))
    version, encoding = (part.decode() for part in found.groups())
    if version not in VERSIONS:
        what = f"is of BagIt version {version}; {' and '.join(VERSIONS)} can be checked"
        raise ReportError(Problem(Place(file, 1), what))
    try:
        with suppress(ValueError):  # one byte needn't be a character
            b" ".decode(encoding)
    except LookupError:
        what = f"names '{encoding}', which is no encoding of text that is known here"
        raise ReportError(Problem(Place(file, 2), what)) from None
    return Declaration(version, encoding)


def is_tag_manifest(name: str) -> bool:
    """Whether a file of that name would be a manifest of the bag's own files."""
    found = _NAME.fullmatch(name)
    return bool(found and found[1])


def read_manifests(
    folder: Path, declared: Declaration, problems: list[Problem]
) -> tuple[Manifest, ...]:
    """The manifests at the top of the folder, in the order of their names.

    Raises ReportError if one of them can't be read: then nobody knows what the rest lacks.
    """
    manifests = []
    unread: list[Problem] = []
    for file in sorted(folder.iterdir()):
        found = _NAME.fullmatch(file.name)
        if not found or file.is_symlink() or not file.is_file():
            continue
        of_tags, algorithm = bool(found[1]), found[2]
        try:
            entries = _entries(file, algorithm, declared, problems, of_tags=of_tags)
        except ReportError as error:
            unread += error.problems
        else:
            manifests.append(Manifest(file, algorithm, of_tags, entries))
    raise_if_fatal(unread)
    return tuple(manifests)


def _entries(
    file: Path, algorithm: str, declared: Declaration, problems: list[Problem], *, of_tags: bool
) -> dict[str, Entry]:
    if algorithm not in ALGORITHMS:
        what = f"holds checksums of '{algorithm}', which isn't known here"
        raise ReportError(Problem(Place(file), what, "md5, sha1, sha256 and sha512 are usual"))
    entries: dict[str, Entry] = {}
    length = 2 * hashlib.new(algorithm).digest_size
    for place, line in read_lines(file, declared.encoding):
        found = _LINE.fullmatch(line)
        if not found or len(found[1]) != length:
            what = f"is no {algorithm} checksum with a path: {quoted(line)}"
            problems.append(Problem(place, what))
            continue
        checksum, path = found[1].lower(), decoded(found[2], declared.version)
        wrong = _wrong_path(found[2], path, of_tags=of_tags)
        before = entries.get(path)
        if wrong:
            problems.append(Problem(place, wrong))
        elif before is None:
            entries[path] = Entry(checksum, place)
        elif declared.version == "1.0" or checksum != before.checksum:
            what = f"lists {quoted(path)} a second time, after line {before.place.line}"
            problems.append(Problem(place, what))
    return entries


def _wrong_path(written: str, path: str, *, of_tags: bool) -> str:
    """What is wrong with the path of a line, "" for nothing."""
    if leads_out(written):
        return f"lists {quoted(written)}, which may lead out of the bag"
    if of_tags and (path.startswith("data/") or is_tag_manifest(path)):
        return f"lists {quoted(path)}, which is no file of the bag's own"
    if not of_tags and not path.startswith("data/"):
        return f"lists {quoted(path)}, which isn't below data/"
    return ""


def read_elements(
    file: Path, encoding: str, problems: list[Problem]
) -> tuple[tuple[Place, str, str], ...]:
    """The elements of bag-info.txt with their places, folded lines joined.

    Raises ReportError if it can't be read.
    """
    elements: list[tuple[Place, str, str]] = []
    for place, line in read_lines(file, encoding):
        label, colon, value = line.partition(":")
        if line[0] in " \t" and elements:
            first, name, begun = elements[-1]
            elements[-1] = (first, name, f"{begun} {line.strip()}".strip())
        elif colon and label.strip() and line[0] not in " \t":
            elements.append((place, label.strip(), value.strip()))
        else:
            what = f"is no label and value with a colon between: {quoted(line)}"
            problems.append(Problem(place, what))
    return tuple(elements)


def read_lines(file: Path, encoding: str) -> Iterator[tuple[Place, str]]:
    """The lines with something in them, with their places.

    Raises ReportError if the file can't be read in that encoding.
    """
    try:
        text = read_limited(file, _MOST, Place(file)).decode(encoding)
    except ValueError:
        what = f"isn't written in {encoding}, as {DECLARATION} declares"
        raise ReportError(Problem(Place(file), what)) from None
    for number, line in enumerate(_NEW_LINE.split(text.removeprefix("\ufeff")), 1):
        if line.strip():
            yield Place(file, number), line


def quoted(text: str) -> str:
    """A path or a line in quotes, with escapes for what a terminal can't or shouldn't show."""
    shown = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text[:200])
    return f"'{shown}{'…' if len(text) > 200 else ''}'"
