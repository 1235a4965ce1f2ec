"""The uses in a workspace's editions and their pages, kept from one run to the next.

They are kept under the contents of all facts and templates, and the versions of what sets them: a
question asked again is answered at once, and after any change nothing old is found.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import fields
from functools import cached_property
from pathlib import Path
from typing import Any

from reports.briefs import Edition, Workspace
from reports.build import resolve_all
from reports.build.outputs import Resolved
from reports.build.pages import keep_pages, kept_pages, page_fonts
from reports.cache import read_entry, write_entry
from reports.hashes import content_key, folder_contents
from reports.problems import Place
from reports.trace.uses import Use, uses
from reports.versions import versions
from reports.write.pages import Pages


class Tracer:
    """Finds the uses in editions and the pages of their PDFs, each once in a run."""

    def __init__(self, workspace: Workspace, laying_out: Callable[[str], None]) -> None:
        """Take the workspace; `laying_out` gets the name of an edition that must be laid out.

        It is called before, as that takes seconds.
        """
        self._workspace = workspace
        self._laying_out = laying_out
        self._resolved: dict[str, list[Resolved]] = {}

    def uses(self, editions: Iterable[Edition]) -> tuple[Use, ...]:
        """Every use in these editions, in reading order.

        Raises ReportError with the problems of all editions that must be composed.
        """
        kept = {edition.name: (edition, self._kept_uses(edition)) for edition in editions}
        self._resolve(edition for edition, found in kept.values() if found is None)
        return tuple(
            use
            for edition, found in kept.values()
            for use in (self._made_uses(edition) if found is None else found)
        )

    def pages(self, edition: Edition) -> Pages:
        """Where the PDF of an edition sets things; raises ReportError for what can't be set."""
        folder = self._workspace.cache / "pages" / edition.name
        pages = kept_pages(folder, self._key)
        if pages is None:
            pages = self._made_pages(edition)
            keep_pages(folder, self._key, pages)
        return pages

    def _kept_uses(self, edition: Edition) -> list[Use] | None:
        found, _ = read_entry(self._uses_folder(edition), self._key)
        if not isinstance(found, list):
            return None
        return [self._read(record, edition) for record in found]

    def _made_uses(self, edition: Edition) -> tuple[Use, ...]:
        made = uses(self._resolved[edition.name])
        write_entry(self._uses_folder(edition), self._key, [self._record(use) for use in made])
        return made

    def _made_pages(self, edition: Edition) -> Pages:
        from reports.build.edition import EditionWriter  # with the libraries that typeset

        self._resolve([edition])
        item = self._resolved[edition.name][0]
        writer = EditionWriter(item, self._workspace, page_fonts(edition, self._workspace))
        return writer.pages(lambda: self._laying_out(edition.name))

    def _resolve(self, editions: Iterable[Edition]) -> None:
        missing = [edition for edition in editions if edition.name not in self._resolved]
        resolved, _ = resolve_all(missing, self._workspace)
        for item in resolved:
            self._resolved.setdefault(item.edition.name, []).append(item)

    @cached_property
    def _key(self) -> str:
        root = self._workspace.root
        day, unrecorded = self._workspace.day.isoformat(), self._workspace.facts.unrecorded
        state = (day, json.dumps(versions()), *unrecorded)
        contents = folder_contents(root / "facts", root / "templates")
        return content_key([*(word.encode() for word in state), *contents])

    def _uses_folder(self, edition: Edition) -> Path:
        return self._workspace.cache / "uses" / edition.name

    def _record(self, use: Use) -> dict[str, object]:
        record = {field.name: getattr(use, field.name) for field in fields(use)}
        file = use.place.file.relative_to(self._workspace.root).as_posix()
        return {**record, "edition": use.edition.name, "place": [file, use.place.line]}

    def _read(self, record: dict[str, Any], edition: Edition) -> Use:
        file, line = record["place"]
        place = Place(self._workspace.root / file, line)
        return Use(**{**record, "edition": edition, "place": place})
