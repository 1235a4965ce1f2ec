"""The calls of one edition, recorded with their places as a template makes them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import FrameType

from reports.compose.calls import Call
from reports.compose.limits import MARK_WEIGHT, MAX_PROBLEMS, MAX_TEMPLATES, Limits
from reports.compose.markers import Marker, MisuseError
from reports.compose.tokens import Position, position_token
from reports.facts.model import Facts
from reports.problems import Place, Problem, suggest

_FEW = 8  # facts that a hint can list


@dataclass
class Calls:
    """The calls of one edition in the order in which they were made, each with its place."""

    store: Facts
    audience: str
    templates: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    calls: list[tuple[Call, Place]] = field(default_factory=list)
    unrecorded: dict[str, date] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)

    def use(self, template: Path) -> None:
        """Take note of a template that is read."""
        if template in self.templates:
            return
        if len(self.templates) == MAX_TEMPLATES:
            raise MisuseError(f"an edition of more than {MAX_TEMPLATES} templates", "join some")
        self.templates.append(template)

    def mark(self, call: Call) -> Marker:
        """The mark of a newly recorded call."""
        self.limits.spend(MARK_WEIGHT)
        self.calls.append((call, self.place()))
        return Marker(len(self.calls) - 1)

    def place(self) -> Place:
        """The line of the innermost template that is running; for a macro, with its call."""
        running = _running()
        line, is_macro = next(
            running, (Place(self.templates[0] if self.templates else Path()), False)
        )
        called, _ = next(running, (None, False)) if is_macro else (None, False)
        return replace(line, called=called)

    def position(self) -> str:
        """The invisible mark of the running template's line."""
        position = self.located(self.place())
        return position_token(position) if position else ""

    def located(self, place: Place) -> Position | None:
        """A line of a template as a position, None where it stands in no template."""
        if place.file not in self.templates:
            return None
        called = self.located(place.called) if place.called else None
        return Position(self.templates.index(place.file), place.line, called)

    def problem(self, what: str, hint: str = "") -> None:
        """Add a fault at the running template's line."""
        found = Problem(self.place(), what, hint)
        if found not in self.problems:
            self.problems.append(found)
        if len(self.problems) > MAX_PROBLEMS:
            raise MisuseError(f"more than {MAX_PROBLEMS} problems", "mend the first ones")

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
            self.problem(f"unknown fact '{id_}'", _nearest(str(id_), self.store.facts))
        return False

    def _warn_of_newer(self, id_: str) -> None:
        newer = self.store.superseded.get(id_)
        if newer:
            what = f"fact '{id_}' is superseded by '{newer}'"
            hint = f"use '{newer}', unless the older one is meant"
            self.problems.append(Problem(self.place(), what, hint, fatal=False))


def _running() -> Iterator[tuple[Place, bool]]:
    """The lines of templates that are running, innermost first; whether each is in a macro."""
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - Jinja keeps the line in the frame only
    while frame:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            line = template.get_corresponding_lineno(frame.f_lineno)
            yield Place(Path(template.filename), line), frame.f_code.co_name == "macro"
        frame = frame.f_back


def _nearest(id_: str, known: Iterable[str]) -> str:
    """A hint that names a fact of the same subject; one of another would be another truth."""
    subject = id_.partition(".")[0]
    ids = list(known)
    own = [other for other in ids if other.partition(".")[0] == subject]
    hint = suggest(id_, own or ids)
    if hint.startswith("did you mean") or len(ids) <= _FEW:
        return hint
    return "'facts search WORDS' finds facts by words"
