"""The facts of an earlier commit, loaded as today's are."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from reports.facts.model import Facts
from reports.facts.stored import load_cached
from reports.fields import Fields
from reports.git import Commit, GitError, Repository, files_at, reading
from reports.problems import Place, Problem, ReportError
from reports.yaml import read_yaml

_NAMES = "templates/names.yaml"


@dataclass(frozen=True)
class Earlier:
    """The fact files of a commit in `folder`; `store` is None for the `problems` in them."""

    commit: Commit
    folder: Path
    store: Facts | None
    problems: tuple[Problem, ...]


@contextmanager
def earlier_facts(
    repository: Repository,
    commit: Commit,
    root: Path,
    languages: tuple[str, ...],
    names: tuple[str, ...],
) -> Iterator[Earlier]:
    """The facts that the workspace `root` had at a commit, for as long as the context lasts.

    They are read in today's languages; names with digits count if they are known today or
    were known then.  Raises GitError where the commit has no fact files for this workspace.
    """
    with tempfile.TemporaryDirectory(prefix="kildefast-") as name:
        then = Path(name).resolve()
        _write_files(repository, commit, root, then)
        folder = then / "facts"
        if not folder.is_dir():
            raise GitError(f"this workspace had no fact files at {commit.id[:10]}")
        try:
            known = tuple(dict.fromkeys((*names, *_names(then))))
            store, _ = load_cached(folder, languages, known, root / ".cache")
        except ReportError as error:
            problems = tuple(_as_of_then(each, commit, then) for each in error.problems)
            yield Earlier(commit, folder, None, problems)
        else:
            yield Earlier(commit, folder, store, ())


def _write_files(repository: Repository, commit: Commit, root: Path, then: Path) -> None:
    above = PurePosixPath(repository.path(root))
    paths = [(above / below).as_posix() for below in ("facts", _NAMES)]
    with reading(repository) as contents:
        for blob in files_at(repository, commit.id, *paths):
            path = PurePosixPath(blob.path).relative_to(above)
            data = contents.read(blob)
            if data is None:
                raise GitError(f"this copy of the repository lacks {blob.path} of {commit.id[:10]}")
            if ".." not in path.parts:  # no honest tree has it
                file = then / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(data)


def _names(then: Path) -> tuple[str, ...]:
    if not (then / _NAMES).is_file():
        return ()
    try:
        return Fields(read_yaml(then / _NAMES), "the names", []).words("names")
    except ReportError:
        return ()


def _as_of_then(problem: Problem, commit: Commit, then: Path) -> Problem:
    """The problem at a place as git names it: `4f1c2a9b03:facts/town.yaml:12:5`."""
    place = problem.place
    inside = place.file.is_relative_to(then)
    path = place.file.relative_to(then) if inside else place.file
    file = Path(f"{commit.id[:10]}:{path.as_posix()}")
    return replace(problem, place=Place(file, place.line, place.column), fatal=False)
