"""The register of a workspace: the folder `issued/`, with a file for each bundle, made for git.

An entry is written once.  Afterwards it only gains receipts.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from reports.casefile.delivery.receipt import Receipt
from reports.casefile.names import case_slug
from reports.casefile.record import EditionMark, bundle_name
from reports.casefile.register.entry import Issued
from reports.casefile.register.written import issued_json, read_issued, without_credentials
from reports.cases.reference import CaseReference
from reports.files import create_file, read_limited, replace_file
from reports.problems import Place, Problem, ReportError

FOLDER = "issued"
_MOST = 20_000_000  # bytes of one entry


def issued(root: Path) -> tuple[Issued, ...]:
    """Every entry of the workspace's register, by case, edition and version; empty without one.

    Raises ReportError with the problems of all entries: those that can't be read, that stand
    under another name than theirs, or that are symbolic links, as nobody who gets the
    workspace could tell where those lead; and for a folder that can't be read.
    """
    entries: list[Issued] = []
    problems: list[Problem] = []
    for file in _files(root / FOLDER, problems):
        try:
            entry = _read(file)
        except ReportError as error:
            problems.extend(error.problems)
            continue
        problems.extend(_misnamed(file, entry, root))
        entries.append(entry)
    if problems:
        raise ReportError(*sorted(problems))
    return tuple(sorted(entries, key=lambda each: (*_identity(each), each.version)))


def _files(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    """The files of the register; what starts with a dot, or isn't JSON, is nobody's entry."""
    if folder.is_symlink() or folder.is_file():
        problems.append(_link(folder) if folder.is_symlink() else _no_folder(folder))
        return

    def unread(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            problems.append(_unread(error))

    for parent, folders, names in os.walk(folder, onerror=unread):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in sorted((*folders, *names)):
            each = Path(parent, name)
            if name.startswith("."):
                continue
            if each.is_symlink():
                problems.append(_link(each))
            elif each.suffix == ".json" and each.is_file():
                yield each


def _link(file: Path) -> Problem:
    what = "is a symbolic link; the register holds files only"
    return Problem(Place(file), what, "put what it leads to in its place")


def _no_folder(file: Path) -> Problem:
    what = "is a file; the register is a folder of that name"
    return Problem(Place(file), what, "give the file another name")


def _unread(error: OSError) -> Problem:
    """A part of the register that can't be read: left out, its versions would be given again."""
    what = f"can't be read: {(error.strerror or str(error)).lower()}"
    hint = "ask for the right to read it: what was issued counts the versions"
    return Problem(Place(Path(error.filename)), what, hint)


def _read(file: Path) -> Issued:
    return read_issued(read_limited(file, _MOST, Place(file)), file)


def _misnamed(file: Path, entry: Issued, root: Path) -> Iterator[Problem]:
    """A problem for an entry under another name than its own, which may be taken."""
    own = root / FOLDER / entry_name(entry)
    if file == own:
        return
    shown = own.relative_to(root).as_posix()
    if own.exists():
        what = f"is version {entry.version} once more: that is '{shown}'"
        yield Problem(Place(file), what, "delete one of them, or take it for another version")
    else:
        what = f"is the entry of '{shown}', by what it holds"
        yield Problem(Place(file), what, "rename it")


def entry_name(entry: Issued) -> str:
    """The path of an entry's file below the register's folder."""
    return f"{case_slug(entry.case)}/{bundle_name(entry.edition, entry.version)}.json"


def _identity(entry: Issued) -> tuple[str, str]:
    """What the versions of one edition in one case have in common."""
    return case_slug(entry.case), bundle_name(entry.edition, 0)


def versions(entries: Iterable[Issued], case: CaseReference, edition: EditionMark) -> list[Issued]:
    """The versions of an edition in a case, the oldest first."""
    wanted = (case_slug(case), bundle_name(edition, 0))
    return sorted((e for e in entries if _identity(e) == wanted), key=lambda each: each.version)


def latest(entries: Iterable[Issued], case: CaseReference, edition: EditionMark) -> Issued | None:
    """The newest version of an edition in a case; None where there is none."""
    return next(reversed(versions(entries, case, edition)), None)


def write_issued(root: Path, entry: Issued) -> Path:
    """Add the entry to the register, never over one that is there; its file comes back.

    Raises ReportError if there is one of that version, if what it holds couldn't be read again,
    or if it can't be written.
    """
    file = root / FOLDER / entry_name(entry)
    data = issued_json(entry)
    read_issued(data, file)
    _refuse_links(file)
    try:
        create_file(file, data)
    except OSError as error:
        raise ReportError(_unwritten(file, entry, error)) from None
    return file


def _unwritten(file: Path, entry: Issued, error: OSError) -> Problem:
    if os.path.lexists(file):
        what = f"version {entry.version} is in the register already"
        return Problem(Place(file), what, "attach again for the next one")
    what = f"can't be written: {(error.strerror or str(error)).lower()}"
    hint = "let it be written there, then attach again: the bundle waits for its entry"
    return Problem(Place(file), what, hint)


def add_receipt(root: Path, entry: Issued, receipt: Receipt) -> Issued:
    """The entry with the receipt of one more delivery, in the register too.

    Raises ReportError if its file is gone, damaged or can't be written.
    """
    file = root / FOLDER / entry_name(entry)
    clean = replace(receipt, url=without_credentials(receipt.url))
    _refuse_links(file)
    with _alone_in(file.parent):
        kept = _read(file)  # it may have gained others since
        more = replace(kept, receipts=(*kept.receipts, clean))
        replace_file(file, issued_json(more))
    return more


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Hold a case's folder, so that no two deliveries lose each other's receipts."""
    try:
        handle = os.open(folder, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX)  # the system lets go of it with the handle
    except OSError as error:
        what = f"can't be locked: {(error.strerror or str(error)).lower()}"
        hint = "the files have arrived: deliver again, and the register takes note of it"
        raise ReportError(Problem(Place(folder), what, hint)) from None
    try:
        yield
    finally:
        os.close(handle)


def _refuse_links(file: Path) -> None:
    try:
        links = [each for each in (file.parents[1], file.parent, file) if each.is_symlink()]
    except OSError as error:
        raise ReportError(_unread(error)) from None
    if links:
        raise ReportError(*map(_link, links))
