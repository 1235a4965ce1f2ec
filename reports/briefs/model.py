"""A workspace and its briefs, with the editions that follow.

An edition is brief × audience × language; an output is an edition in one format.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reports.audiences import Audience, Format
from reports.cases.settings import Archive, CaseSettings
from reports.cases.stamp import PLAIN, Stamp
from reports.facts.model import Facts
from reports.problems import Place, Problem
from reports.themes import Theme


@dataclass(frozen=True)
class Brief:
    """A document to be written; `sender` is who it is from.

    `stamp` is what attaching prints on it, and says nothing in a plain build.  `declared` is
    where its audiences are named.
    """

    id: str
    title: dict[str, str]
    sender: dict[str, str]
    date: date
    case: CaseSettings
    audiences: tuple[str, ...]
    languages: tuple[str, ...]
    formats: tuple[Format, ...]
    folder: Path
    declared: Place
    stamp: Stamp = PLAIN


@dataclass(frozen=True)
class Edition:
    brief: Brief
    audience: Audience
    language: str

    @property
    def name(self) -> str:
        """`<brief>/<audience>.<lang>`, the output's path without format."""
        return f"{self.brief.id}/{self.audience.id}.{self.language}"

    @property
    def formats(self) -> tuple[Format, ...]:
        """The formats that it is written in: the audience's own, or else the brief's."""
        return self.audience.formats or self.brief.formats

    @property
    def template(self) -> Path:
        return self.brief.folder / f"{self.audience.id}.{self.language}.md.j2"


@dataclass(frozen=True)
class Workspace:
    """A folder with `facts/` and `templates/`, loaded.

    `facts` are those of `day` if an earlier day was asked for; what is stale is judged by it.
    `evidence` is the folder with the texts of the sources, None where the settings name none.
    `warnings` are what loading met that stops nothing.
    """

    root: Path
    day: date
    organisation: dict[str, str]
    archive: Archive
    evidence: Path | None
    names: tuple[str, ...]
    audiences: dict[str, Audience]
    briefs: dict[str, Brief]
    themes: dict[str, Theme]
    facts: Facts
    warnings: tuple[Problem, ...]

    @property
    def templates(self) -> Path:
        return self.root / "templates"

    @property
    def cache(self) -> Path:
        """The folder for what can be made again: fonts, and pages over their limit."""
        return self.root / ".cache"

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the briefs are written in."""
        return tuple(dict.fromkeys(c for brief in self.briefs.values() for c in brief.languages))

    def theme(self, edition: Edition) -> Theme:
        """The theme that an edition is set in."""
        return self.themes[edition.audience.theme]

    def editions(self) -> tuple[Edition, ...]:
        """All editions, in the order of the briefs' settings."""
        return tuple(
            Edition(brief, self.audiences[audience], language)
            for brief in self.briefs.values()
            for audience in brief.audiences
            for language in self.audiences[audience].languages or brief.languages
        )
