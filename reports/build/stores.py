"""The store of a workspace as each audience may read it in each language, made once."""

from __future__ import annotations

from reports.briefs import Edition, Workspace
from reports.facts.model import Access, Facts
from reports.facts.texts import Lacks, in_language


class Stores:
    """Stores by access and language; a series asks for the same one hundreds of times."""

    def __init__(self, workspace: Workspace) -> None:
        """Take the workspace whose facts are read."""
        self._facts = workspace.facts
        self._made: dict[tuple[Access, str], tuple[Facts, Lacks]] = {}

    def of(self, edition: Edition) -> tuple[Facts, Lacks]:
        """What an edition may tell, and where it notes the texts that it lacks: none as yet."""
        wanted = edition.audience.access, edition.language
        if wanted not in self._made:
            visible = self._facts.visible_to(edition.audience.access)
            self._made[wanted] = in_language(visible, edition.language)
        store, lacks = self._made[wanted]
        lacks.forget()
        return store, lacks
