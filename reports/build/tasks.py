"""Composed editions to tasks, and to the keys of their outputs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from reports.briefs import Edition, Format, Workspace
from reports.build.kept import OutputKey, output_key
from reports.build.outputs import Resolved
from reports.build.task import Asset, Task
from reports.document.stored import document_to_json
from reports.fonts import cut_fonts
from reports.themes import Theme
from reports.themes.stored import theme_key, theme_to_json
from reports.typed import seen_name


@dataclass(frozen=True)
class _Looks:
    """What a theme's documents are set with, ready to be sent: itself, its key, its files."""

    theme: bytes
    key: str
    fonts: str
    assets: tuple[Asset, ...]


class Tasks:
    """Makes the tasks of one build; what its themes need is gathered once."""

    def __init__(self, workspace: Workspace, versions: Mapping[str, str]) -> None:
        """Take the workspace, and the versions of all that makes an output."""
        self._workspace = workspace
        self._versions = json.dumps(versions, sort_keys=True)
        self._looks: dict[str, _Looks] = {}

    def key(self, edition: Edition, document: str, kind: Format) -> OutputKey:
        """The key of an output; `document` is that of what it says."""
        looks = self._of(edition)
        return output_key(document, looks.key, looks.fonts, kind, self._versions)

    def task(self, item: Resolved, formats: Sequence[Format], weight: float) -> Task:
        """An edition's document to be written in these formats."""
        edition, root = item.edition, self._workspace.root
        apart = item.formats != edition.formats
        name = f"{edition.name} {'+'.join(kind.value for kind in item.formats)}"
        looks = self._of(edition)
        return Task(
            name=name if apart else edition.name,
            language=edition.language,
            document=document_to_json(item.document, root),
            theme=looks.theme,
            template=seen_name(edition.template, root),
            assets=looks.assets,
            formats=tuple(formats),
            weight=weight,
        )

    def _of(self, edition: Edition) -> _Looks:
        name = edition.audience.theme
        if name not in self._looks:
            self._looks[name] = self._gathered(self._workspace.theme(edition))
        return self._looks[name]

    def _gathered(self, theme: Theme) -> _Looks:
        root = self._workspace.root
        fonts = cut_fonts(theme, self._workspace.cache / "fonts")
        files = [*fonts.values(), *([theme.word.file] if theme.word else [])]
        folder = next(iter(fonts.values())).parent.name
        assets = tuple(_asset(file, root) for file in files)
        return _Looks(theme_to_json(theme, root), theme_key(theme), folder, assets)


def _asset(file: Path, root: Path) -> Asset:
    return Asset(seen_name(file, root), sha256(file.read_bytes()).hexdigest())
