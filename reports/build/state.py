"""What a build knows of each edition and its outputs: what the manifest and the report tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.audiences import Format
from reports.budgets import Term
from reports.build.task import Asset
from reports.problems import Problem


@dataclass(frozen=True)
class PrintedFact:
    """A fact that an edition tells of, as its readers see it.

    `texts` are what is printed for it, each once, in order; empty where it is only cited.  `note`
    is its note's words with the paragraph, `sources` the ids of those that it comes from in the
    end, and `hash` that of the fact as the store holds it, in hexadecimal digits.
    """

    id: str
    texts: tuple[str, ...]
    note: str
    sources: tuple[str, ...]
    hash: str


@dataclass(frozen=True)
class DocumentState:
    """One document of an edition, and the formats that are written from it.

    `key` is the SHA-256 of all that it says.  `lix` is None for a text of no sentences.  `terms`
    are those of its audience's contract, all but the pages.
    """

    formats: tuple[Format, ...]
    key: str
    words: int
    lix: int | None
    facts: tuple[PrintedFact, ...]
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class OutputState:
    """A file in the folder of outputs: its path there, with `/`, its bytes and its pages.

    `pages` and `body_pages` are 0 where the format has none.
    """

    file: str
    format: Format
    sha256: str
    size: int
    pages: int
    body_pages: int


@dataclass(frozen=True)
class EditionState:
    """An edition as it was last built.

    `state` is the hash of all that its facts say, and `recorded` the latest day on which one of
    them entered the store: the state of the facts, of this edition's alone.  `status` is "draft"
    or "final".  `subject` is "" outside a series.  `templates` are the files that it was read
    from, by their paths in the workspace, and `settings` the others that it rests on.  `stale`
    are the facts that are past their day, as of the day of the build.  `warnings` are what
    stops nothing; `outputs` the files that it has now, those that failed left out.
    """

    name: str
    brief: str
    audience: str
    language: str
    subject: str
    title: str
    status: str
    state: str
    recorded: date | None
    documents: tuple[DocumentState, ...]
    templates: tuple[Asset, ...]
    settings: tuple[Asset, ...]
    stale: tuple[str, ...]
    warnings: tuple[Problem, ...]
    outputs: tuple[OutputState, ...]
