"""The last gate: what keeps an edition out of the case file, and what is noted as it passes.

A draft is stopped by what may not leave unscreened alone.  A final document also by what it can't
be mended for later: an approver who isn't named, a day that can't be, and facts that have expired,
were superseded, or are in conflict without a rank.  A fact past its `review_by` is no obstacle:
nobody has found it wrong, and whoever approves the document decides; it stays a warning, which
the record of the decision counts.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain
from pathlib import Path

from reports.briefs import Edition, Workspace
from reports.build.outputs import Resolved
from reports.casefile.request import Request
from reports.cases.settings import Screening
from reports.cases.stamp import State
from reports.facts.conflicts import conflicts, contradictions
from reports.facts.freshness import overdue
from reports.facts.model import Access, Fact, latest_recorded
from reports.problems import Place, Problem
from reports.trace.uses import hits, uses

_LONGEST = 200  # characters of a name, a code or a legal ground
_FEW = 5  # facts that a warning lists
_APPROVER = Place(Path("--approved-by"))
_DATE = Place(Path("--date"))
_REDACTED = Place(Path("--redacted"))
_PUBLIC_TITLE, _TO_NAME = Place(Path("--public-title")), Place(Path("--to-name"))
_CODE, _GROUND = Place(Path("--screening-code")), Place(Path("--screening-ground"))


@dataclass(frozen=True)
class Check:
    """One thing that was looked for: among how many facts, and in how many it was found."""

    what: str
    among: int
    found: int


def gate_problems(
    request: Request, resolved: Iterable[Resolved], workspace: Workspace
) -> tuple[Problem, ...]:
    """All that keeps these editions out of the case file, and what is worth a warning.

    Unscreened restricted facts stand at the lines of the templates that print them.  A redacted
    variant may be among the editions; what it leaves out needs no screening.
    """
    told = _each_told(resolved, workspace)
    found = [*_of_words(request)]
    for each in told:
        if each.edition.audience.id != request.redacted:
            found += _of_screening(each, request.screening)
        if request.state is State.FINAL:
            found += chain(_expired(each), _superseded(each), _unranked(each), _one_sided(each))
    if request.state is State.FINAL:
        found += _of_day(request.day, told)
    return tuple(dict.fromkeys(found))


def gate_checks(resolved: Iterable[Resolved], workspace: Workspace) -> tuple[Check, ...]:
    """What the gate looked for in the facts of one edition, for the record of the decision."""
    (told,) = _each_told(resolved, workspace)
    rests_on, among = told.rests_on, len(told.rests_on)
    late = list(overdue(rests_on.values(), workspace.day))
    return (
        Check("expired", among, sum(each.expired for each in late)),
        Check("past review", among, sum(not each.expired for each in late)),
        Check("superseded", among, len(list(_outdated(told)))),
        Check("in unranked conflict", among, len(list(_unranked(told)))),
        Check("internal", len(told.noted), len(told.of_access(Access.INTERNAL))),
        Check("restricted", len(told.noted), len(told.of_access(Access.RESTRICTED))),
    )


@dataclass(frozen=True)
class _Told:
    """An edition with what it tells of the store, in all of its documents."""

    edition: Edition
    items: tuple[Resolved, ...]
    workspace: Workspace

    @cached_property
    def noted(self) -> dict[str, Fact]:
        """The facts that have a note."""
        notes = chain.from_iterable(item.document.notes.notes for item in self.items)
        return {note.fact: self.workspace.facts.facts[note.fact] for note in notes}

    @cached_property
    def rests_on(self) -> dict[str, Fact]:
        """Those, and all that they are computed from, whether or not it is told."""
        return self.workspace.facts.bases(self.noted)

    @cached_property
    def lines(self) -> dict[str, Place]:
        """The first line that prints a fact, or else what rests on it, by its id."""
        found = list(hits(uses(self.items), self.workspace.facts))
        direct = [hit for hit in found if not hit.through]
        return {hit.asked: hit.use.place for hit in reversed([*direct, *found])}

    def line(self, fact: str) -> Place:
        """The line of the template that tells a fact."""
        return self.lines.get(fact, Place(self.edition.template))

    def of_access(self, level: Access) -> list[str]:
        """The ids of the facts with a note at that very level."""
        return [id_ for id_, fact in self.noted.items() if fact.access is level]


def _each_told(resolved: Iterable[Resolved], workspace: Workspace) -> list[_Told]:
    editions: dict[str, list[Resolved]] = {}
    for item in resolved:
        editions.setdefault(item.edition.name, []).append(item)
    return [_Told(items[0].edition, tuple(items), workspace) for items in editions.values()]


# ---------------------------------------------------------------- what the command line says


def _of_words(request: Request) -> Iterator[Problem]:
    if request.state is State.FINAL:
        hint = "name who decided that it is final: --approved-by 'Kari Nordmann'"
        yield from _of_text(_APPROVER, request.approved_by, "the approver", hint)
    elif request.redacted:
        hint = "leave it out, or attach the final document with --final --approved-by NAME"
        yield Problem(_REDACTED, "a redacted variant is made of a final document only", hint)
    yield from _unseen(_PUBLIC_TITLE, request.public_title, "the public title")
    if request.recipient:
        yield from _unseen(_TO_NAME, request.recipient.name, "the agency's name")
    if request.screening:
        hint = "a screening needs its code and its legal ground, and only you can say which"
        yield from _of_text(_CODE, request.screening.code, "the code of the screening", hint)
        yield from _of_text(_GROUND, request.screening.ground, "the ground of the screening", hint)


def _of_text(place: Place, text: str, what: str, hint: str) -> Iterator[Problem]:
    """The faults of a text that goes into documents, messages and records systems."""
    if not text.strip():
        yield Problem(place, f"{what} is missing", hint)
        return
    yield from _unseen(place, text, what)
    if len(text) > _LONGEST:
        found = f"{what} is {len(text)} characters long; {_LONGEST} are allowed"
        yield Problem(place, found, "shorten it")


def _unseen(place: Place, text: str, what: str) -> Iterator[Problem]:
    """A problem for the first character that nobody sees, and that may not be text at all."""
    if unseen := [letter for letter in text if _is_unseen(letter)]:
        code = f"U+{ord(unseen[0]):04X}"
        yield Problem(place, f"{what} holds the unseen character {code}", "type it anew")


def _is_unseen(letter: str) -> bool:
    """Whether it is a control, a direction mark, half a character, or without a meaning."""
    return unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def _of_day(day: date, told: Sequence[_Told]) -> Iterator[Problem]:
    today = told[0].workspace.day if told else day
    if day > today:
        yield Problem(_DATE, f"{day} is later than {today}, today", "give the day it was finished")
    for each in told:
        newest = latest_recorded(each.rests_on.values())
        if newest and day < newest:
            what = f"{day} is before {newest}, when the newest fact of '{each.edition.name}' came"
            yield Problem(_DATE, f"{what} into the store", "give the day it was finished")


# ---------------------------------------------------------------- what may not leave unscreened


def _of_screening(told: _Told, screening: Screening | None) -> Iterator[Problem]:
    name = told.edition.name
    internal, restricted = (told.of_access(each) for each in (Access.INTERNAL, Access.RESTRICTED))
    start = Place(told.edition.template)
    if screening and not (internal or restricted):
        what = f"a screening is given, but '{name}' tells no internal or restricted fact"
        hint = "leave it out, unless the text itself has to be kept from the public"
        yield Problem(start, what, hint, fatal=False)
    if screening:
        return
    hint = "give --screening-code and --screening-ground, or 'screening' under 'case' in brief.yaml"
    for id_ in restricted:
        what = f"fact '{id_}' is restricted, and no screening is given for '{name}'"
        yield Problem(told.line(id_), what, f"{hint}; or leave it out")
    if internal:
        listed = ", ".join(internal[:_FEW]) + (" …" if len(internal) > _FEW else "")
        what = f"'{name}' tells internal facts, and no screening is given: {listed}"
        yield Problem(start, what, hint, fatal=False)


# ---------------------------------------------------------------- what a final document rests on


def _expired(told: _Told) -> Iterator[Problem]:
    for each in overdue(told.rests_on.values(), told.workspace.day):
        if each.expired:
            what = f"fact '{each.fact.id}' was valid until {each.due}"
            what += f"; the final '{told.edition.name}' may not rest on it"
            hint = "record its new version with 'supersedes', or leave it out"
            yield Problem(told.line(each.fact.id), what, hint)


def _superseded(told: _Told) -> Iterator[Problem]:
    for id_, newer in _outdated(told):
        what = f"fact '{id_}' is superseded by '{newer}', which the final '{told.edition.name}'"
        yield Problem(told.line(id_), f"{what} doesn't tell", f"use '{newer}', or tell both")


def _outdated(told: _Told) -> Iterator[tuple[str, str]]:
    """What was superseded and by what, unless the edition tells the newer version beside it."""
    for id_ in told.rests_on:
        newer = told.workspace.facts.superseded.get(id_)
        if newer and newer not in told.rests_on:
            yield id_, newer


def _unranked(told: _Told) -> Iterator[Problem]:
    for each in conflicts(told.workspace.facts):
        own = [id_ for id_ in (each.first, each.second) if id_ in told.rests_on]
        if own and not each.preferred:
            what = f"facts '{each.first}' and '{each.second}' tell different values of the same"
            hint = f"rank the more reliable one: 'outranks: {{{each.second}: {{…}}}}'"
            yield Problem(told.line(own[0]), what, f"{hint}, with the reason")


def _one_sided(told: _Told) -> Iterator[Problem]:
    """A warning for each fact whose opposite is declared, not ranked, and not told beside it."""
    facts = told.workspace.facts.facts
    for first, second in contradictions(told.workspace.facts):
        own = [id_ for id_ in (first, second) if id_ in told.rests_on]
        ranked = second in facts[first].outranks or first in facts[second].outranks
        if len(own) == 1 and not ranked:
            other = second if own[0] == first else first
            what = f"fact '{own[0]}' is contradicted by '{other}', which '{told.edition.name}'"
            hint = "tell both, or rank one of them with 'outranks'"
            yield Problem(told.line(own[0]), f"{what} doesn't tell", hint, fatal=False)
