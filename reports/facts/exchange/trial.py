"""Whether a store would load with other files in it, tried on a copy."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from reports.facts.load import load_facts
from reports.problems import Place, Problem, ReportError


@dataclass(frozen=True)
class Store:
    """The folder of a workspace's fact files, and what they are read with."""

    folder: Path
    languages: tuple[str, ...]
    names: tuple[str, ...]


def faults_with(files: Mapping[Path, bytes], store: Store) -> tuple[Problem, ...]:
    """The problems that the store would have if it held these files; none if it would load.

    They stand where they would stand in the store itself.
    """
    with tempfile.TemporaryDirectory(prefix="kildefast-") as scratch:
        copy = Path(scratch) / store.folder.name
        if store.folder.is_dir():
            shutil.copytree(store.folder, copy)
        for file, data in files.items():
            inside = copy / file.relative_to(store.folder)
            inside.parent.mkdir(parents=True, exist_ok=True)
            inside.write_bytes(data)
        try:
            load_facts(copy, store.languages, store.names)
        except ReportError as error:
            return tuple(_moved(problem, copy, store.folder) for problem in error.problems)
    return ()


def _moved(problem: Problem, copy: Path, folder: Path) -> Problem:
    place = problem.place
    if not place.file.is_relative_to(copy):
        return problem
    file = folder / place.file.relative_to(copy)
    return replace(problem, place=Place(file, place.line, place.column))
