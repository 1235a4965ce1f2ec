"""The calls of one edition, recorded with their places as a template makes them."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from reports.compose.calls import Call
from reports.compose.markers import Marker
from reports.compose.tokens import Position, position_token
from reports.facts.model import Facts
from reports.problems import Place, Problem, suggest


@dataclass
class Calls:
    """The calls of one edition in the order in which they were made, each with its place."""

    store: Facts
    audience: str
    templates: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    calls: list[tuple[Call, Place]] = field(default_factory=list)
    unrecorded: dict[str, date] = field(default_factory=dict)

    def mark(self, call: Call) -> Marker:
        """The mark of a newly recorded call."""
        self.calls.append((call, self.place()))
        return Marker(len(self.calls) - 1)

    def place(self) -> Place:
        """The line of the innermost template that is running."""
        frame = sys._getframe(1)  # noqa: SLF001 - Jinja keeps the line in the frame only
        while frame:
            template = frame.f_globals.get("__jinja_template__")
            if template is not None:
                line = template.get_corresponding_lineno(frame.f_lineno)
                return Place(Path(template.filename), line)
            if frame.f_back is None:
                break
            frame = frame.f_back
        return Place(self.templates[0]) if self.templates else Place(Path())

    def position(self) -> str:
        """The invisible mark of the running template's line."""
        place = self.place()
        if place.file not in self.templates:
            return ""
        return position_token(Position(self.templates.index(place.file), place.line))

    def problem(self, what: str, hint: str = "") -> None:
        """Add a fault at the running template's line."""
        self.problems.append(Problem(self.place(), what, hint))

    def known(self, id_: object) -> bool:
        """Whether this audience has the fact; a problem if not."""
        if isinstance(id_, str) and id_ in self.store.facts:
            self._warn_of_newer(id_)
            return True
        if isinstance(id_, str) and id_ in self.store.unrecorded:
            self.unrecorded[id_] = self.store.unrecorded[id_]
            return False
        if isinstance(id_, str) and id_ in self.store.hidden:
            level = self.store.hidden[id_].value
            what = f"fact '{id_}' is {level}; the audience '{self.audience}' may not see it"
            self.problem(what, "leave it out, or raise the audience's access")
        else:
            self.problem(f"unknown fact '{id_}'", suggest(str(id_), self.store.facts))
        return False

    def _warn_of_newer(self, id_: str) -> None:
        newer = self.store.superseded.get(id_)
        if newer:
            what = f"fact '{id_}' is superseded by '{newer}'"
            hint = f"use '{newer}', unless the older one is meant"
            self.problems.append(Problem(self.place(), what, hint, fatal=False))
