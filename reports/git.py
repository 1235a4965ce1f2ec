"""What git remembers of files: revisions, the changes of a file, and contents.

Git only reads here, and only what is on this machine.  It runs without pagers, hooks, drivers and
the network, and with settings of its own, so that nobody's configuration changes an answer.  All
paths are as seen from the repository's root.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

MOST_CHANGES = 500  # of one file that are read, the latest
_PATIENCE_S = 30
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SETTINGS = ("log.showSignature=false", "i18n.logOutputEncoding=UTF-8")
_COMMAND = ("git", "--no-pager", *(word for setting in _SETTINGS for word in ("-c", setting)))
# What a user may set about finding and trusting repositories; the rest could point elsewhere.
_KEPT = re.compile("GIT_(CONFIG|EXEC_PATH|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM)")
_START, _FIELD = "\x01", "\x02"
_FORMAT = f"--format=tformat:{_START}%H{_FIELD}%P{_FIELD}%ad{_FIELD}%an{_FIELD}%s"


class GitError(Exception):
    """Git has no answer; the message says why, lower case and without full stop."""


class NoRepositoryError(GitError):
    """There is no git, or no repository here."""


class UnknownRevisionError(GitError):
    """No commit is called so."""


@dataclass(frozen=True)
class Commit:
    """`day` is the author's, as in 2031-04-02; `parents` is empty where none is known."""

    id: str
    parents: tuple[str, ...]
    day: str
    author: str
    subject: str


@dataclass(frozen=True)
class Blob:
    """The contents of a file, by their id; `path` is where they stood."""

    path: str
    id: str


@dataclass(frozen=True)
class FileChange:
    """How one commit changed a file: what each parent had, and what it has, None for no file."""

    commit: Commit
    before: tuple[Blob | None, ...]
    after: Blob | None


@dataclass(frozen=True)
class Repository:
    """`shallow` tells that its history is cut off."""

    root: Path
    shallow: bool

    def path(self, file: Path) -> str:
        """The path of a file from the root; raises GitError for one that lies elsewhere."""
        try:
            return file.resolve().relative_to(self.root).as_posix()
        except ValueError:
            raise GitError(f"{file} is not in the repository at {self.root}") from None


def find_repository(folder: Path) -> Repository:
    """The repository that a folder lies in; raises GitError without git or a repository."""
    words = ("--show-toplevel", "--is-shallow-repository")
    root, shallow = os.fsdecode(_ask(folder, "rev-parse", *words)).split("\n")[:2]
    return Repository(Path(root).resolve(), shallow == "true")


def find_commit(repository: Repository, word: str) -> Commit:
    """The commit that a revision names, or the last one by the end of a day such as 2031-04-02.

    Raises GitError where there is none.
    """
    root = repository.root
    found = _found(root, "rev-parse", "--verify", "--end-of-options", f"{word}^{{commit}}")
    if not found and _DAY.fullmatch(word):
        found = _found(root, "rev-list", "-1", f"--before={word} 23:59:59", "HEAD", "--")
        if not found:
            raise GitError(f"there is no commit of {word} or before")
    if not found:
        raise UnknownRevisionError(f"unknown revision '{word}'")
    words = (found, "--no-walk", "--date=short", "-z", _FORMAT, "--")
    return _commit(os.fsdecode(_ask(root, "log", *words)).rstrip("\0")[1:])


def revision_names(repository: Repository) -> tuple[str, ...]:
    """The names of all branches and tags."""
    return tuple(_found(repository.root, "for-each-ref", "--format=%(refname:short)").split())


def files_at(repository: Repository, commit: str, *below: str) -> Iterator[Blob]:
    """The files of a commit that are, or lie below, one of these paths; links are left out."""
    listed = _ask(repository.root, "ls-tree", "-r", "-z", "--full-tree", commit, "--", *below)
    for line in _pieces(listed):
        about, path = line.split("\t", 1)
        mode, _, id_ = about.split()
        if mode.startswith("100"):
            yield Blob(path, id_)


def changes_of_file(repository: Repository, path: str, start: str) -> tuple[FileChange, ...]:
    """The commits that changed the file of that path, from `start` back, the newest first.

    There are at most MOST_CHANGES.  A merge is among them only if the file differs from that
    of each parent.
    """
    words = ("--raw", "--no-renames", "--no-abbrev", "-c", "-z", "--date=short", _FORMAT)
    limit = f"--max-count={MOST_CHANGES}"
    return tuple(_changes(_ask(repository.root, "log", *words, limit, start, "--", path)))


def changes_of_commit(repository: Repository, commit: Commit) -> tuple[FileChange, ...]:
    """Every file that a commit changed against its first parent; none for a first commit."""
    if not commit.parents:
        return ()
    words = ("diff-tree", "-r", "-z", "--raw", "--no-abbrev", "--no-renames")
    pieces = _pieces(_ask(repository.root, *words, commit.parents[0], commit.id))
    return tuple(_file_changes(commit, pieces))


@contextmanager
def reading(repository: Repository) -> Iterator[Contents]:
    """What reads blobs, for as long as the context lasts."""
    git = subprocess.Popen(
        [*_COMMAND, "cat-file", "--batch"],
        cwd=repository.root,
        env=_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    if git.stdin is None or git.stdout is None:
        raise AssertionError("both pipes were asked for")
    try:
        yield Contents(git.stdin, git.stdout)
    finally:
        git.kill()
        for pipe in (git.stdin, git.stdout):
            with suppress(OSError):
                pipe.close()
        git.wait()


class Contents:
    """Reads one blob after the other from a running git."""

    def __init__(self, asked: IO[bytes], answered: IO[bytes]) -> None:
        """Take the two ends of `git cat-file --batch`."""
        self._asked = asked
        self._answered = answered

    def read(self, blob: Blob) -> bytes | None:
        """The contents of a blob, None where this repository doesn't hold them."""
        with suppress(OSError):  # git has ended, which a damaged repository can make it do
            self._asked.write(f"{blob.id}\n".encode())
            self._asked.flush()
        head = self._answered.readline().split()
        if len(head) != 3:  # "<id> missing"
            return None
        data = self._answered.read(int(head[2]) + 1)
        return data[:-1]


# ---------------------------------------------------------------- asking


def _ask(folder: Path, *words: str) -> bytes:
    try:
        done = subprocess.run(
            [*_COMMAND, *words],
            cwd=folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=_PATIENCE_S,
        )
    except FileNotFoundError:
        raise NoRepositoryError("git is not installed") from None
    except OSError as error:
        raise GitError(f"git can't be run: {(error.strerror or str(error)).lower()}") from None
    except subprocess.TimeoutExpired:
        raise GitError(f"git took longer than {_PATIENCE_S} seconds") from None
    if done.returncode:
        raise _error(done.stderr.decode(errors="replace"))
    return done.stdout


def _found(folder: Path, *words: str) -> str:
    """The answer without its last line end; "" where git has none."""
    try:
        return os.fsdecode(_ask(folder, *words)).rstrip("\n")
    except GitError:
        return ""


def _environment() -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or _KEPT.match(name)
    }
    return {
        **kept,
        "LC_ALL": "C",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "none",  # for git older than 2.45, which knows no other way
        "GIT_TERMINAL_PROMPT": "0",
    }


def _error(said: str) -> GitError:
    line = next(iter(said.strip().splitlines()), "git failed").removeprefix("fatal: ")
    if "not a git repository" in line:
        return NoRepositoryError("not in a git repository")
    if "dubious ownership" in line:
        return GitError("git doesn't trust this folder: it belongs to somebody else")
    return GitError(line[:1].lower() + line[1:].rstrip("."))


# ---------------------------------------------------------------- answers


def _pieces(answer: bytes) -> list[str]:
    return [os.fsdecode(piece) for piece in answer.split(b"\0") if piece]


def _changes(answer: bytes) -> Iterator[FileChange]:
    """The commits of a log with `--raw -z`: a head, then what each changed."""
    commit: Commit | None = None
    told: list[str] = []
    for piece in [*_pieces(answer), _START]:
        if not piece.startswith(_START):
            told.append(piece.lstrip("\n"))
            continue
        if commit:
            yield from _file_changes(commit, told)
        commit, told = (_commit(piece[1:]) if piece != _START else None), []


def _commit(head: str) -> Commit:
    id_, parents, day, author, subject = head.split(_FIELD, 4)
    return Commit(id_, tuple(parents.split()), day, _clean(author), _clean(subject))


def _clean(text: str) -> str:
    """The text without what a terminal would obey."""
    valid = os.fsencode(text).decode(errors="replace")
    return "".join(letter for letter in valid if letter.isprintable())


def _file_changes(commit: Commit, pieces: Sequence[str]) -> Iterator[FileChange]:
    """Raw lines as changes: `:modes ids status`, one more colon for each more parent; the path."""
    for line, path in zip(pieces[::2], pieces[1::2], strict=True):
        parents = len(line) - len(line.lstrip(":"))
        *before, after = line[parents:].split()[parents + 1 : -1]
        yield FileChange(commit, tuple(_blob(path, id_) for id_ in before), _blob(path, after))


def _blob(path: str, id_: str) -> Blob | None:
    return Blob(path, id_) if id_.strip("0") else None
