"""The calls of one edition, recorded with their places as a template makes them."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import FrameType
from weakref import WeakKeyDictionary

import jinja2

from reports.compose.calls import Call, SubjectCall
from reports.compose.conditions import Condition
from reports.compose.gate import literal_numbers
from reports.compose.limits import MARK_WEIGHT, MAX_PROBLEMS, MAX_TEMPLATES, Limits
from reports.compose.markers import Marker, MisuseError
from reports.compose.series import Series
from reports.compose.tokens import Position, position_token
from reports.facts.model import Facts
from reports.problems import Place, Problem, suggest

_FEW = 8  # facts that a hint can list
_tables: WeakKeyDictionary[jinja2.Template, list[tuple[int, int]]] = WeakKeyDictionary()


@dataclass
class Calls:
    """The calls of one edition in the order in which they were made, each with its place.

    `names` are those that may have digits in them.
    """

    store: Facts
    audience: str
    series: Series = field(default_factory=Series)
    language: str = ""
    names: tuple[str, ...] = ()
    templates: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    calls: list[tuple[Call, Place]] = field(default_factory=list)
    unrecorded: dict[str, date] = field(default_factory=dict)
    missed: set[str] = field(default_factory=set)
    limits: Limits = field(default_factory=Limits)

    def use(self, template: Path) -> None:
        """Take note of a template that is read."""
        if template in self.templates:
            return
        if len(self.templates) == MAX_TEMPLATES:
            raise MisuseError(f"an edition of more than {MAX_TEMPLATES} templates", "join some")
        self.templates.append(template)

    def miss(self, template: str) -> None:
        """Take note of a template that was looked for and isn't there."""
        self.missed.add(template)

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

    def known(self, asked: object) -> str:
        """The id of the fact that is meant; "", with a problem, if this audience hasn't got it."""
        id_ = self._whole(asked)
        if id_ in self.store.facts:
            self._warn_of_newer(id_)
            return id_
        if id_ in self.store.unrecorded:
            self.unrecorded[id_] = self.store.unrecorded[id_]
        elif id_ in self.store.hidden:
            level = self.store.hidden[id_].value
            what = f"fact '{id_}' is {level}; the audience '{self.audience}' may not see it"
            self.problem(what, "leave it out, or raise the audience's access")
        elif self.series.is_cell(id_, self.store):
            hint = f"ask first: {{% if has('{asked}') %}}"
            self.problem(f"the cell of fact '{id_}' has no figure", hint)
        else:
            self._unknown(str(asked), id_)
        return ""

    def has(self, asked: object) -> bool:
        """Whether a cell of a table has a figure for this audience; a problem where no cell is."""
        id_ = self._whole(asked)
        if id_ in self.store.facts:
            return True
        return not self.series.is_cell(id_, self.store) and bool(self.known(asked))

    def _whole(self, asked: object) -> str:
        return self.series.whole(asked, self.store) if isinstance(asked, str) else str(asked)

    def _unknown(self, asked: str, id_: str) -> None:
        if asked == id_:
            self.problem(f"unknown fact '{asked}'", _nearest(asked, self._nameable()))
        else:
            self.problem(*self.series.unknown(id_, self.store))

    def _nameable(self) -> Iterator[str]:
        """The ids that a template can name, those of the series' own columns without its table."""
        yield from self.store.facts
        if self.series.subject:
            own = f"{self.series.table}."
            yield from (c.removeprefix(own) for c in self.store.columns if c.startswith(own))

    def printed(self, word: Condition) -> Marker:
        """The mark of the current subject's name; raises MisuseError for another word."""
        if not word.is_subject:
            str(word)  # refuses
        return self.mark(SubjectCall(self.subject_name()))

    def subject_name(self) -> str:
        """The name of the current subject in the edition's language, its id where it has none.

        No name, and a number in it that stands in no known name, are problems.
        """
        row = self.series.row(self.store)
        place = self.store.places.get(row.id)
        if row.names.get(self.language):
            name = row.names[self.language]
        elif place and not row.names:
            name = place.name[self.language]
        else:
            what = f"subject '{row.id}' has no name in '{self.language}'"
            hint = f"name the column that tells it: 'subject: {{…, name: {{{self.language}: …}}}}'"
            self.problems.append(Problem(row.declared, what, hint))
            return row.id
        for number in literal_numbers(name, self.names):
            what = f"the subject's name '{name}' has the number '{number}'"
            self.problem(what, "list the name in templates/names.yaml")
        return name

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
            place = Place(Path(template.filename), _line(template, frame.f_lineno))
            yield place, frame.f_code.co_name == "macro"
        frame = frame.f_back


def _line(template: jinja2.Template, line: int) -> int:
    """The line of a template that this line of its code was made of.

    Jinja's own answer takes a tenth of the time of an edition: it reads its table each time.
    """
    if template not in _tables:
        _tables[template] = [(code, own) for own, code in template.debug_info]
    before = bisect_right(_tables[template], line, key=lambda pair: pair[0])
    return _tables[template][before - 1][1] if before else 1


def _nearest(id_: str, known: Iterable[str]) -> str:
    """A hint that names a fact of the same subject; one of another would be another truth."""
    subject = id_.partition(".")[0]
    ids = list(known)
    own = [other for other in ids if other.partition(".")[0] == subject]
    hint = suggest(id_, own or ids)
    if hint.startswith("did you mean") or len(ids) <= _FEW:
        return hint
    return "'facts search WORDS' finds facts by words"
