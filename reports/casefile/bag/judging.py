"""A bag on disk to what is wrong with it: every file, every manifest, all at once.

The rules are those of RFC 8493 and of version 0.97, and two that are stricter: each of the bag's
own files must be vouched for, and nothing in it may be a link.  Where these find nothing, the
Library of Congress's `bagit` has the last word.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reports.casefile.bag.reading import (
    DECLARATION,
    INFO,
    Declaration,
    Entry,
    Manifest,
    is_tag_manifest,
    quoted,
    read_declaration,
    read_elements,
    read_manifests,
)
from reports.casefile.names import RECORD_FILE
from reports.problems import Place, Problem, ReportError

_OWN = f"data/{RECORD_FILE}"  # in every bundle packed here
_AGAIN = "take the bundle anew from where it was packed"
_LEFT_BY = {
    ".DS_Store": "macOS",
    "Thumbs.db": "Windows",
    "desktop.ini": "Windows",
    ".directory": "KDE",
}


@dataclass(frozen=True)
class _Bag:
    """`files` are the regular files below the folder, by their paths in NFC."""

    folder: Path
    files: Mapping[str, Path]
    declared: Declaration
    manifests: Sequence[Manifest]


def bag_problems(folder: Path) -> tuple[Problem, ...]:
    """What is wrong with the bag in that folder, in the order of the places; nothing if it is valid.

    No file outside it is read, whatever its manifests say.
    """
    try:
        if not folder.is_dir():
            return (Problem(Place(folder), "is no folder", "name the folder of a bundle"),)
    except OSError as error:
        return (_unread(error),)
    problems: list[Problem] = []
    files = _files(folder, problems)
    if DECLARATION not in files:
        what = f"is no bag: it has no file {DECLARATION}"
        problems.append(Problem(Place(folder), what, "name the folder of a bundle"))
        return tuple(sorted(problems))
    try:
        declared = read_declaration(folder / DECLARATION)
        manifests = read_manifests(folder, declared, problems)
    except ReportError as error:
        return tuple(sorted([*problems, *error.problems]))
    bag = _Bag(folder, files, declared, manifests)
    for look in (_gaps, _changes, _description, _objections):
        try:
            problems += look(bag, sound=not any(problem.fatal for problem in problems))
        except OSError as error:
            problems.append(_unread(error))
    return tuple(sorted(set(problems)))


def _files(folder: Path, problems: list[Problem]) -> dict[str, Path]:
    """The regular files below the folder by their paths in NFC; anything else is a problem."""
    files: dict[str, Path] = {}
    for base, folders, names in os.walk(
        folder, onerror=lambda error: problems.append(_unread(error))
    ):
        for path in (Path(base) / name for name in sorted([*folders, *names])):
            name = path.relative_to(folder).as_posix()
            mode = path.lstat().st_mode
            normal = unicodedata.normalize("NFC", name)  # macOS spells names in its own way
            if stat.S_ISLNK(mode):
                what = f"{quoted(name)} is a link; a bag holds the files themselves"
                problems.append(Problem(Place(folder), what, _AGAIN))
            elif normal in files:
                what = f"{quoted(name)} is there twice, with accents spelt in two ways"
                problems.append(Problem(Place(folder), what))
            elif stat.S_ISREG(mode):
                files[normal] = path
            elif not stat.S_ISDIR(mode):
                problems.append(Problem(Place(folder), f"{quoted(name)} is no file of data"))
        if not folders and not names and Path(base) != folder:
            what = f"{quoted(Path(base).relative_to(folder).as_posix())} is an empty folder"
            hint = "delete it: no manifest can list it"
            problems.append(Problem(Place(folder), what, hint, fatal=False))
    return files


def _unread(error: OSError) -> Problem:
    return Problem(Place(Path(error.filename)), f"can't be read: {(error.strerror or '').lower()}")


def _gaps(bag: _Bag, *, sound: bool) -> Iterator[Problem]:
    """What manifests list and isn't there, or is there and not in them."""
    del sound
    own = [name for name in bag.files if not name.startswith("data/") and not is_tag_manifest(name)]
    payload = [name for name in bag.files if name.startswith("data/")]
    kinds = (
        ("payload", payload, [each for each in bag.manifests if not each.of_tags]),
        ("tag", own, [each for each in bag.manifests if each.of_tags]),
    )
    for kind, names, manifests in kinds:
        if manifests:
            yield from _unlisted(bag, names, manifests)
        elif kind == "payload":
            what = "has no payload manifest, such as manifest-sha256.txt"
            yield Problem(Place(bag.folder), what, _AGAIN)
        else:
            what = "has no tag manifest, so changes in bag-info.txt and the manifests go unseen"
            yield Problem(Place(bag.folder), what, _AGAIN, fatal=_OWN in bag.files)
    if bag.declared.version == "1.0":
        yield from _uneven(bag)


def _unlisted(bag: _Bag, names: Iterable[str], manifests: Sequence[Manifest]) -> Iterator[Problem]:
    """What is missing, added or renamed among files of one kind."""
    listed = {name: (each, entry) for each in manifests for name, entry in each.entries.items()}
    added = [name for name in names if name not in listed]
    for name, (manifest, entry) in listed.items():
        if name in bag.files:
            continue
        new = _renamed(bag, manifest.algorithm, entry, added)
        if new:
            added.remove(new)
            hint = f"give it back the name {quoted(name)}"
            yield _of(bag, new, f"was called {quoted(name)} when it was packed", hint)
        elif (bag.folder / name).is_dir():
            yield _of(bag, name, "is a folder; it was a file when it was packed", _AGAIN)
        elif not os.path.lexists(bag.folder / name):  # a link has been told of
            yield Problem(entry.place, f"{quoted(name)} is missing", _AGAIN)
    for name in added:
        yield _of(bag, name, "is in no manifest: it was added later", _hint_on(name))


def _renamed(bag: _Bag, algorithm: str, entry: Entry, added: Iterable[str]) -> str:
    """Which of the added files has that content, "" for none; the bag's own can't be renamed."""
    payload = (name for name in added if name.startswith("data/"))
    same = (name for name in payload if _digest(bag.files[name], algorithm) == entry.checksum)
    return next(same, "")


def _hint_on(name: str) -> str:
    maker = _LEFT_BY.get(name.rpartition("/")[2])
    return f"delete it; {maker} puts such files into folders" if maker else "take it out"


def _uneven(bag: _Bag) -> Iterator[Problem]:
    """What one payload manifest lists and another doesn't (RFC 8493, 3)."""
    manifests = [each for each in bag.manifests if not each.of_tags]
    for name in sorted({name for each in manifests for name in each.entries}):
        for lacking in (each for each in manifests if name not in each.entries):
            what = f"doesn't list {quoted(name)}, as another manifest does"
            yield Problem(Place(lacking.file), what, _AGAIN)


def _changes(bag: _Bag, *, sound: bool) -> Iterator[Problem]:
    """The files whose checksums are others than the manifests say."""
    del sound
    listing: dict[str, list[Manifest]] = defaultdict(list)
    for manifest in bag.manifests:
        for name in manifest.entries.keys() & bag.files.keys():
            listing[name].append(manifest)
    for name, manifests in listing.items():
        try:
            yield from _changed(bag, name, manifests)
        except OSError as error:
            yield _unread(error)


def _changed(bag: _Bag, name: str, manifests: Sequence[Manifest]) -> Iterator[Problem]:
    file = bag.files[name]
    wrong = [
        each for each in manifests if _digest(file, each.algorithm) != each.entries[name].checksum
    ]
    if wrong == manifests:
        made = "has been changed" if file.stat().st_size else "is empty"
        said = " and ".join(
            f"its {each.algorithm} isn't that in {each.file.name}" for each in wrong
        )
        yield _of(bag, name, f"{made}: {said}", _AGAIN)
        return
    right = [each.file.name for each in manifests if each not in wrong]
    for each in wrong:
        what = f"disagrees on {quoted(name)} with {' and '.join(right)}, which is right"
        yield Problem(each.entries[name].place, what, _AGAIN)


def _digest(file: Path, algorithm: str) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, algorithm).hexdigest()


def _description(bag: _Bag, *, sound: bool) -> Iterator[Problem]:
    """What is wrong with bag-info.txt; its count of the payload is judged if the payload is right."""
    if INFO not in bag.files:
        return
    problems: list[Problem] = []
    try:
        elements = read_elements(bag.files[INFO], bag.declared.encoding, problems)
    except ReportError as error:
        yield from error.problems
        return
    yield from problems
    counts = [(place, value) for place, label, value in elements if label == "Payload-Oxum"]
    for place, _ in counts[1:]:
        yield Problem(place, "says a second time what the payload counts (Payload-Oxum)")
    payload = [file for name, file in bag.files.items() if name.startswith("data/")]
    true = f"{sum(file.stat().st_size for file in payload)}.{len(payload)}"
    for place, value in counts[:1]:
        if not re.fullmatch(r"[0-9]+\.[0-9]+", value):
            what = f"Payload-Oxum must be bytes and files such as 279164.7, not {quoted(value)}"
            yield Problem(place, what)
        elif sound and value != true:
            yield Problem(place, f"Payload-Oxum is {value}; the payload has {true}", _AGAIN)


def _objections(bag: _Bag, *, sound: bool) -> Iterator[Problem]:
    """What the Library of Congress's own program has against a bag that seems right."""
    encoded = any("%" in name or "\r" in name or "\n" in name for name in bag.files)
    if not sound or encoded:  # bagit 1.9.0 decodes %0a only in part, and %25 not at all
        return
    import bagit  # type: ignore[import-untyped]

    bagit.LOGGER.disabled = True  # what it finds is told here
    try:
        bagit.Bag(str(bag.folder)).validate()
    except (bagit.BagError, OSError, ValueError) as error:
        yield Problem(Place(bag.folder), f"bagit {bagit.VERSION} refuses it: {quoted(str(error))}")


def _of(bag: _Bag, name: str, what: str, hint: str = "") -> Problem:
    """A problem at a file, or at the bag where a place can't hold the file's name as it is."""
    if name.isprintable():
        return Problem(Place(bag.folder / name), what, hint)
    return Problem(Place(bag.folder), f"{quoted(name)} {what}", hint)
