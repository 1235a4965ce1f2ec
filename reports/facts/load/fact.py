"""One entry under `facts:` to a fact, sourced or derived; every fault becomes a problem."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from reports.facts.load.derivation import read_derivation
from reports.facts.load.entries import Entries, inner_fields, read_as_of
from reports.facts.load.figure import read_figure
from reports.facts.load.statements import check_statement
from reports.facts.model import Access, Derivation, Fact, Facts, Locator, Standing
from reports.facts.quantities import AsOf
from reports.facts.values import parse_day, parse_positive
from reports.fields import Fields, translations
from reports.yaml import Mapping, Scalar, Sequence

EXCUSABLE = ("number", "unit", "qualifier", "date", "speaker", "wording")
_DAY_HINT = "a date such as 2031-04-02"
_SOURCED = ("as_of", "said_by", "standing", "at", "figure", "contradicts")


def read_fact(id_: str, fields: Fields, store: Facts, entries: Entries) -> Fact:
    """The fact of that id; `store` holds the vocabulary that it may refer to."""
    derived = fields.node("derived") is not None
    fact = (_derived if derived else _sourced)(id_, fields, store, entries)
    fields.done()
    if fact.statement:
        place = fields.place_of("statement")
        entries.problems.extend(check_statement(fact, place, entries.names))
    return fact


@dataclass(frozen=True)
class _Common:
    """What sourced and derived facts have in common."""

    recorded: date
    review_by: date | None
    valid_until: date | None
    supersedes: str
    outranks: dict[str, dict[str, str]]


def _common(id_: str, fields: Fields, entries: Entries) -> _Common:
    for key in ("supersedes", "contradicts", "outranks"):
        _check_other(key, id_, fields)
    recorded = _recorded(fields)
    review_by, valid_until = _day("review_by", fields), _day("valid_until", fields)
    _check_days(recorded, review_by, valid_until, fields)
    return _Common(
        recorded=recorded,
        review_by=review_by,
        valid_until=valid_until,
        supersedes=fields.known("supersedes", entries.sections["facts"], "fact", required=False),
        outranks=_outranks(fields, entries),
    )


def _check_other(key: str, id_: str, fields: Fields) -> None:
    """A fact speaks of other facts, never of itself."""
    match fields.node(key):
        case Scalar(text):
            named: Collection[str] = (text,)
        case Sequence(items):
            named = [item.text for item in items if isinstance(item, Scalar)]
        case Mapping(entries):
            named = entries.keys()
        case _:
            return
    if id_ in named:
        hint = "name another fact, or leave it out"
        fields.problem(fields.place_of(key), f"'{key}' of {fields.what} names itself", hint)


def _check_days(
    recorded: date, review_by: date | None, valid_until: date | None, fields: Fields
) -> None:
    """Days that can't be meant: past before the fact was recorded, or a review too late."""
    for key, day in (("review_by", review_by), ("valid_until", valid_until)):
        if day and day < recorded:
            what = f"'{key}' of {fields.what} is {day}, before it was recorded, {recorded}"
            hint = "mend one of the days; when a fact held is said by 'as_of'"
            fields.problem(fields.place_of(key), what, hint)
    if review_by and valid_until and review_by > valid_until:
        what = (
            f"'review_by' of {fields.what} is {review_by}, after its 'valid_until', {valid_until}"
        )
        fields.problem(fields.place_of("review_by"), what, "let the review come first")


def _sourced(id_: str, fields: Fields, store: Facts, entries: Entries) -> Fact:
    common = _common(id_, fields, entries)
    return Fact(
        id=id_,
        theme=fields.known("theme", store.themes, "theme"),
        place=fields.known("place", store.places, "place"),
        statement=fields.texts("statement", entries.languages),
        figure=read_figure(fields, store, entries),
        as_of=read_as_of("as_of", fields, entries, required=True),
        since=None,
        said_by=fields.known("said_by", store.people, "speaker"),
        standing=fields.choice("standing", Standing),
        source=fields.known("source", store.sources, "source"),
        at=_locator(fields, entries),
        recorded=common.recorded,
        review_by=common.review_by,
        valid_until=common.valid_until,
        supersedes=common.supersedes,
        access=fields.choice("access", Access, Access.PUBLIC),
        lowered="",
        contradicts=_contradicts(fields, entries),
        outranks=common.outranks,
        derivation=None,
        declared=fields.place,
    )


def _derived(id_: str, fields: Fields, store: Facts, entries: Entries) -> Fact:
    """The fact without what follows from its inputs, which `derive` adds."""
    for key in _SOURCED:
        if fields.node(key) is not None:
            hint = "it follows from the facts it is computed from; leave it out"
            fields.problem(fields.place_of(key), f"'{key}' in derived {fields.what}", hint)
    common = _common(id_, fields, entries)
    access, lowered = _lowered(fields, entries)
    derivation = read_derivation(fields, store, entries, access=access)
    if lowered:
        _check_lowered(derivation, fields)
    statement = fields.node("statement")
    return Fact(
        id=id_,
        theme=derivation.theme,
        place=derivation.place,
        statement=fields.texts("statement", entries.languages) if statement else {},
        figure=None,
        as_of=AsOf(None),
        since=None,
        said_by="",
        standing=Standing.ESTABLISHED,
        source=derivation.source,
        at=Locator(0, "", {}),
        recorded=common.recorded,
        review_by=common.review_by,
        valid_until=common.valid_until,
        supersedes=common.supersedes,
        access=access or Access.PUBLIC,
        lowered=lowered,
        contradicts=(),
        outranks=common.outranks,
        derivation=derivation,
        declared=fields.place,
    )


def _lowered(fields: Fields, entries: Entries) -> tuple[Access | None, str]:
    """The access asked for, None where it is to follow, and why it may be lower."""
    node = fields.node("access")
    if node is None:
        return None, ""
    if not isinstance(node, Mapping):
        return fields.choice("access", Access), ""
    inner = inner_fields("access", "'access'", fields, entries)
    level = inner.choice("level", Access)
    reason = inner.text("because", "add 'because: …', why more people may see the result")
    inner.done()
    return level, reason


def _check_lowered(derivation: Derivation, fields: Fields) -> None:
    """What isn't said of a lowered fact would be taken from the facts that are hidden."""
    said = {
        "theme": derivation.theme,
        "place": derivation.place,
        "source": derivation.source,
        "measure": derivation.measure,
        "among": derivation.among,
    }
    silent = ", ".join(f"'{key}'" for key, id_ in said.items() if not id_)
    if silent:
        hint = (
            "name what may be shown instead of its inputs' own; 'measure' and 'among' in 'derived'"
        )
        fields.problem(fields.place, f"{fields.what} is lowered and has no {silent}", hint)


def _outranks(fields: Fields, entries: Entries) -> dict[str, dict[str, str]]:
    if fields.node("outranks") is None:
        return {}
    fields.known_all("outranks", entries.sections["facts"], "fact")
    return {
        id_: translations(node, f"the rank of {fields.what}", entries.languages, entries.problems)
        for id_, node, _ in fields.entries("outranks")
    }


def _contradicts(fields: Fields, entries: Entries) -> tuple[str, ...]:
    fields.known_all("contradicts", entries.sections["facts"], "fact")
    return fields.words("contradicts")


def _locator(fields: Fields, entries: Entries) -> Locator:
    node = fields.node("at")
    if node is None:
        fields.problem(fields.place, f"{fields.what} has no 'at'", "add 'at: {paragraph: n}'")
        return Locator(0, "", {})
    at = Fields(node, f"'at' of {fields.what}", entries.problems)
    at.text("paragraph")
    locator = Locator(
        paragraph=at.parsed("paragraph", parse_positive, "a paragraph number from 1", 0),
        printed=at.text("printed", required=False),
        excused=_excused(at, entries),
    )
    at.done()
    return locator


def _excused(at: Fields, entries: Entries) -> dict[str, str]:
    if at.node("excused") is None:
        return {}
    inner = inner_fields("excused", "'excused'", at, entries)
    reasons = {kind: inner.text(kind, required=False) for kind in EXCUSABLE}
    inner.done()
    return {kind: reason for kind, reason in reasons.items() if reason}


def _recorded(fields: Fields) -> date:
    if fields.node("recorded") is None:
        hint = "add the day it entered the store: 'recorded: 2031-04-02'"
        fields.problem(fields.place, f"{fields.what} has no 'recorded'", hint)
    return fields.parsed("recorded", parse_day, _DAY_HINT, date.min)


def _day(key: str, fields: Fields) -> date | None:
    return fields.parsed(key, parse_day, _DAY_HINT, None)
