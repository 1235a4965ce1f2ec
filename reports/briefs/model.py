"""A workspace and its briefs, with the editions that follow.

An edition is brief × audience × language, and × subject in a series, which is made once for each
row of a table.  An output is an edition in one format.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from reports.audiences import Audience, Format
from reports.cases.settings import Archive, CaseSettings
from reports.cases.stamp import PLAIN, Stamp
from reports.facts.model import Facts
from reports.problems import Place, Problem
from reports.themes import Theme

SUBJECT = "{subject}"  # stands for the subject's name in the settings of a series


@dataclass(frozen=True)
class Brief:
    """A document to be written; `sender` is who it is from.

    `declared` is where its audiences are named.  `for_each` is the table of a series, "" for a
    brief that is made once.  `stamp` is what attaching prints on it, and says nothing in a plain
    build.
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
    for_each: str = ""
    stamp: Stamp = PLAIN


@dataclass(frozen=True)
class Edition:
    """A brief for one audience in one language.

    `subject` is an id, and `subject_name` its name in the language; both are "" outside a series.
    """

    brief: Brief
    audience: Audience
    language: str
    subject: str = ""
    subject_name: str = ""

    @property
    def name(self) -> str:
        """`<brief>/[<subject>/]<audience>.<lang>`, the output's path without format."""
        return f"{self.document}/{self.audience.id}.{self.language}"

    @property
    def document(self) -> str:
        """What all audiences read it of: `<brief>[/<subject>]`."""
        return f"{self.brief.id}/{self.subject}" if self.subject else self.brief.id

    @property
    def title(self) -> str:
        """The brief's title in its language."""
        return self.named(self.brief.title[self.language])

    def named(self, text: str) -> str:
        """The text of a setting with the subject's name for `{subject}`."""
        return text.replace(SUBJECT, self.subject_name)

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
        """The folder for what can be made again, such as cut fonts and outputs by their keys."""
        return self.root / ".cache"

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the briefs are written in."""
        return tuple(dict.fromkeys(c for brief in self.briefs.values() for c in brief.languages))

    def theme(self, edition: Edition) -> Theme:
        """The theme that an edition is set in."""
        return self.themes[edition.audience.theme]

    def editions(self) -> tuple[Edition, ...]:
        """All editions, in the order of the briefs' settings and of the tables' rows.

        An audience has none of a subject of which it may see nothing.
        """
        return tuple(edition for brief in self.briefs.values() for edition in self._of(brief))

    def _of(self, brief: Brief) -> Iterator[Edition]:
        kinds = [
            Edition(brief, self.audiences[audience], language)
            for audience in brief.audiences
            for language in self.audiences[audience].languages or brief.languages
        ]
        if not brief.for_each:
            yield from kinds
            return
        levels = {kind.audience.access for kind in kinds}
        seen = {
            level: {each.id: each for each in self.facts.subjects(brief.for_each, level)}
            for level in levels
        }
        for subject in seen[max(levels)].values():
            for kind in kinds:
                if subject.id in seen[kind.audience.access]:
                    name = self.facts.name_of(subject).get(kind.language, subject.id)
                    yield replace(kind, subject=subject.id, subject_name=name)
