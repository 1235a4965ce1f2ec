"""Templates by name: files of the templates folder that end in .j2, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import jinja2
from jinja2.loaders import split_template_path

from reports.problems import Place, Problem, ReportError
from reports.yaml import read_text

MAX_SOURCE = 100_000  # bytes of one template: Jinja takes a second for more


class Loader(jinja2.FileSystemLoader):
    """Templates as UTF-8, read like every other file of an author.

    `missed` is told the names of those that there are none of: they may come to be.
    """

    def __init__(self, folder: Path, missed: Callable[[str], None]) -> None:
        super().__init__(folder)
        self._missed = missed

    def get_source(
        self, _environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Text and file of a template.

        Raises ReportError for one that leads out of the workspace.
        """
        root = Path(self.searchpath[0])
        file = Path(root, *split_template_path(template))
        if file.suffix != ".j2" or not _is_file(file):
            self._missed(template)
            raise jinja2.TemplateNotFound(template)
        if not file.resolve().is_relative_to(root.resolve()):
            hint = "put the file itself there; nothing is read from outside"
            raise ReportError(Problem(Place(file), "a link that leads out of templates/", hint))
        return read_text(file, MAX_SOURCE), str(file), lambda: True


def _is_file(file: Path) -> bool:
    """Whether there is such a file; not if no file can have that name."""
    try:
        return file.is_file()
    except OSError:
        return False
