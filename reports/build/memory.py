"""What the last build of each edition read and made, and what has changed since.

An edition needs no composing while its templates and settings have the same bytes, and all that
it read of the store is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from reports.briefs import Edition, Workspace
from reports.build.state import EditionState
from reports.build.task import Asset
from reports.cache import read_entry, write_entry
from reports.facts.model import Facts
from reports.facts.reads import Reads, changes
from reports.files import file_hash
from reports.hashes import file_hashes
from reports.typed import Converter, foldered_converter, seen_from

_ENTRY = "last"
_TEMPLATE = ".j2"


@dataclass(frozen=True)
class Memory:
    """An edition as it was last composed.

    `seen` is what was read of its audience's store, and `whole` of the workspace's.  `missed` are
    names of templates that were looked for in vain, and `briefs` the briefs that there were to
    compare with.  `keys` name its outputs by format: the hash of all that each was made from.
    `seconds` is how long it took to write them.
    """

    state: EditionState
    seen: Reads
    whole: Reads
    missed: tuple[str, ...]
    versions: Mapping[str, str]
    keys: Mapping[str, str]
    subject_name: str
    briefs: tuple[str, ...]
    seconds: float


class Files:
    """The files of a workspace's templates folder, hashed once for a whole build.

    This must be done before any of them is read for it: what is saved meanwhile then shows.
    """

    def __init__(self, root: Path) -> None:
        """Hash every file."""
        self._root = root
        hashes = file_hashes(root / "templates")
        self._hashes = {f"templates/{name}": found for name, found in hashes}

    def hash(self, path: str) -> str:
        """The SHA-256 of a file by its path in the workspace, "" where there is none."""
        return self._hashes.get(path, "")

    def asset(self, file: Path) -> Asset:
        """A file by its path in the workspace."""
        path = file.relative_to(self._root).as_posix()
        return Asset(path, self.hash(path))

    def assets(self, hashes: Mapping[str, str]) -> tuple[Asset, ...]:
        """The files of these paths and hashes."""
        return tuple(Asset(path, found) for path, found in hashes.items())

    def settings(self, edition: Edition) -> dict[str, str]:
        """The files that an edition may rest on besides templates: other briefs' settings aside."""
        own = edition.brief.folder.relative_to(self._root).as_posix()
        return {
            path: found
            for path, found in self._hashes.items()
            if not path.endswith(_TEMPLATE)
            and (not path.endswith("/brief.yaml") or path == f"{own}/brief.yaml")
        }

    def steady(self, assets: Iterable[Asset]) -> tuple[Asset, ...]:
        """The files; those that are not as they were at the beginning have no hash.

        Who read them may have read either, so that they must count as changed.
        """
        return tuple(
            asset
            if file_hash(self._root / asset.path) == asset.sha256
            else replace(asset, sha256="")
            for asset in assets
        )


def read_memory(edition: Edition, workspace: Workspace) -> Memory | None:
    """What is known of an edition; None where it was never built, or that is damaged.

    Another version of this program may have kept other things of it; then that is none, too.
    """
    value, _ = read_entry(_folder(edition, workspace), _ENTRY)
    if value is None:
        return None
    with seen_from(workspace.root):
        try:
            return _converter().structure(value, Memory)
        except (AttributeError, KeyError, TypeError, ValueError):
            return None


def write_memory(memory: Memory, files: Files, edition: Edition, workspace: Workspace) -> bool:
    """Keep what is known of an edition in place of what was.

    Says whether no file of its own was saved since the build began.
    """
    state = memory.state
    templates, settings = files.steady(state.templates), files.steady(state.settings)
    memory = replace(memory, state=replace(state, templates=templates, settings=settings))
    with seen_from(workspace.root):
        write_entry(_folder(edition, workspace), _ENTRY, _converter().unstructure(memory))
    return (templates, settings) == (state.templates, state.settings)


def reasons(
    memory: Memory,
    edition: Edition,
    files: Files,
    versions: Mapping[str, str],
    briefs: tuple[str, ...],
    seen: Facts,
    whole: Facts,
) -> Iterator[str]:
    """Why an edition must be composed anew, in words: none if it needn't."""
    yield from _other_versions(memory.versions, versions)
    yield from _other_files(memory, edition, files)
    if memory.briefs != briefs:
        yield "there are other briefs"
    if memory.subject_name != edition.subject_name:
        yield f"the subject's name is {edition.subject_name}, no more {memory.subject_name}"
    yield from dict.fromkeys((*changes(memory.seen, seen), *changes(memory.whole, whole)))


def _other_versions(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for name in sorted({*before, *now}):
        one, other = before.get(name, "none"), now.get(name, "none")
        if one != other:
            yield "kildefast itself changed" if name == "kildefast" else f"{name} {one} → {other}"


def _other_files(memory: Memory, edition: Edition, files: Files) -> Iterator[str]:
    for asset in memory.state.templates:
        yield from _difference(asset.path, asset.sha256, files.hash(asset.path))
    for name in memory.missed:
        yield from _difference(f"templates/{name}", "", files.hash(f"templates/{name}"))
    before = {asset.path: asset.sha256 for asset in memory.state.settings}
    now = files.settings(edition)
    for path in sorted({*before, *now}):
        yield from _difference(path, before.get(path, ""), now.get(path, ""))


def _difference(path: str, before: str, now: str) -> Iterator[str]:
    if before != now:
        yield f"{path} {'changed' if before and now else 'is new' if now else 'is gone'}"


def _folder(edition: Edition, workspace: Workspace) -> Path:
    return workspace.cache / "editions" / edition.name


@cache
def _converter() -> Converter:
    return foldered_converter()
