"""How a fact's entry came to be what it is: the commits that changed it.

Entries are compared by what they say: one that was moved, in its file or to another, or that was set
in another way has not changed.  Of a fact in a table, the history is that of its cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from pathlib import Path, PurePosixPath

from reports.facts.past.written import FieldChange, Written, cell_reader, differences, fact_in
from reports.git import (
    MOST_CHANGES,
    Blob,
    Commit,
    Contents,
    FileChange,
    GitError,
    NoRepositoryError,
    Repository,
    changes_of_commit,
    changes_of_file,
    files_at,
    find_repository,
    reading,
)
from reports.problems import Place, ReportError

_MOST_FILES = 50  # of one commit that are searched for where an entry came from


class Event(Enum):
    """What happened to an entry; FIRST_KNOWN where the history before it is cut off."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    FIRST_KNOWN = "first known"


@dataclass(frozen=True)
class Revision:
    """One change of an entry; `commit` is None for one that is not committed yet."""

    commit: Commit | None
    event: Event
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class History:
    """The changes of an entry, the newest first; `notes` say what is not known."""

    revisions: tuple[Revision, ...]
    notes: tuple[str, ...]


def fact_history(declared: Place, id_: str) -> History:
    """The history of the fact of that id, declared at that place; empty where git has none."""
    file = declared.file
    try:
        repository = find_repository(file.parent)
        read = cell_reader(declared) if file.suffix == ".csv" else partial(fact_in, id_=id_)
        return _history(repository, file, read)
    except NoRepositoryError:
        return History((), ())
    except GitError as error:
        return History((), (f"the history can't be read: {error}",))


def _history(repository: Repository, file: Path, read: Callable[[str], Written | None]) -> History:
    path = repository.path(file)
    try:
        (committed,) = files_at(repository, "HEAD", path)
    except (GitError, ValueError):  # before the first commit, or not part of the last one
        return History((), (f"{file.name} is not committed yet",))
    with reading(repository) as contents:
        walk = _Walk(repository, contents, read)
        revisions = (*walk.uncommitted(file, committed), *walk.committed(path))
    return History(revisions, tuple(dict.fromkeys(walk.notes)))


class _UnreadableError(Exception):
    """A version of the file can't be read."""


@dataclass
class _Walk:
    """Goes back from change to change.

    `read` finds the entry in the text of a file, once for each version of it.
    """

    repository: Repository
    contents: Contents
    read: Callable[[str], Written | None]
    notes: list[str] = field(default_factory=list)
    entries: dict[str, Written | None] = field(default_factory=dict)

    def uncommitted(self, file: Path, committed: Blob) -> Iterator[Revision]:
        """What differs between the file as it is now and the last commit."""
        try:
            now, then = self.read(file.read_text("utf-8-sig")) or {}, self._entry(committed) or {}
        except (ReportError, OSError, _UnreadableError):
            return
        if now != then:
            event = Event.CHANGED if then else Event.ADDED
            yield Revision(None, event, differences(then, now) if then else ())

    def committed(self, path: str) -> Iterator[Revision]:
        """What the commits changed, from the last one back."""
        start: str | None = "HEAD"
        while start:
            changes = changes_of_file(self.repository, path, start)
            if len(changes) == MOST_CHANGES:
                self.notes.append(f"only the last {MOST_CHANGES} changes of the file were read")
            start = None
            for change in changes:
                try:
                    revision, origin = self._revision(change)
                except _UnreadableError:
                    self.notes.append("some older versions of the file can't be read")
                    continue
                if revision:
                    yield revision
                if origin:
                    path, start = origin.path, change.commit.parents[0]
                    break

    def _revision(self, change: FileChange) -> tuple[Revision | None, Blob | None]:
        """What a commit changed in the entry, and the other file that it was moved from."""
        commit = change.commit
        after = self._entry(change.after)
        before = [self._entry(blob) for blob in change.before]
        if after in before:
            return None, None
        if after is None:
            return Revision(commit, Event.REMOVED, ()), None
        known = next(filter(None, before), None)
        origin = None if known else self._origin(change)
        known = known or self._entry(origin)
        if known == after:
            return None, origin
        if known:
            return Revision(commit, Event.CHANGED, differences(known, after)), origin
        if self.repository.shallow and not commit.parents:
            self.notes.append("this copy of the repository is shallow: its history is cut off")
            return Revision(commit, Event.FIRST_KNOWN, ()), None
        return Revision(commit, Event.ADDED, ()), None

    def _origin(self, change: FileChange) -> Blob | None:
        """Where an entry stood before the commit, if that moved it or renamed its file."""
        others = [
            other.before[0]
            for other in changes_of_commit(self.repository, change.commit)
            if _suffix(other.before[0]) == _suffix(change.after)
        ]
        return next(filter(self._holds, others[:_MOST_FILES]), None)

    def _holds(self, blob: Blob | None) -> bool:
        try:
            return bool(self._entry(blob))
        except _UnreadableError:
            return False

    def _entry(self, blob: Blob | None) -> Written | None:
        if blob is None:
            return None
        if blob.id not in self.entries:
            self.entries[blob.id] = self._read(blob)
        return self.entries[blob.id]

    def _read(self, blob: Blob) -> Written | None:
        data = self.contents.read(blob)
        if data is None:
            raise _UnreadableError
        try:
            return self.read(data.decode("utf-8-sig"))
        except (UnicodeDecodeError, ReportError):
            raise _UnreadableError from None


def _suffix(blob: Blob | None) -> str:
    return PurePosixPath(blob.path).suffix if blob else ""
