"""Which editions are watched, and which of them is in view."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reports.briefs import Edition, Workspace


@dataclass(frozen=True)
class Choice:
    """What was asked for: None for any, and for the facts of today."""

    brief: str | None = None
    audience: str | None = None
    language: str | None = None
    subject: str | None = None
    at: date | None = None

    def editions(self, workspace: Workspace) -> tuple[Edition, ...]:
        """The editions that were asked for, in the order of the briefs' settings."""
        return tuple(
            edition
            for edition in workspace.editions()
            if self.brief in (None, edition.brief.id)
            and self.audience in (None, edition.audience.id)
            and self.language in (None, edition.language)
            and self.subject in (None, edition.subject)
        )


def in_view(editions: Sequence[Edition], seen: str, saved: Collection[Path]) -> Edition:
    """The edition of which an author wants to see what she did; of `editions`, one at least.

    It is one whose own template was saved, else the one that was `seen` before, else the first.
    """
    touched = [edition for edition in editions if edition.template in saved]
    named = [edition for edition in touched or editions if edition.name == seen]
    return (named or touched or editions)[0]
