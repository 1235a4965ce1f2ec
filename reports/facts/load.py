"""Fact files to the store: strict YAML, typed by schema, every problem at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from reports.facts.model import (
    UNBASED,
    Access,
    AsOf,
    Author,
    Fact,
    Facts,
    Figure,
    Location,
    Measure,
    Number,
    Qualifier,
    Range,
    Source,
    Speaker,
    Standing,
    Unit,
    Value,
)
from reports.facts.statements import check_statement
from reports.facts.values import parse_day, parse_number, parse_value, parse_when
from reports.fields import ID, Fields, translations
from reports.problems import Place, Problem, ReportError, suggest
from reports.yaml import Mapping, Node, Scalar, Sequence, read_yaml

FACT_ID = re.compile(r"[a-z][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)*")
FACT_ID_LENGTH = 48
SECTIONS = (
    *("themes", "places", "inferences", "measures", "populations"),
    *("sources", "people", "facts"),
)
_NUMBER_HINT = "a number, 'n of m', '28 million' or a range [10, 15]"
_DATE_HINT = "a date such as 2016, 2019-06, 2020-03-12, 2012-21 (spring) or XXXX-04-11"


@dataclass
class _Entries:
    """The raw entries of all files by section, and where each id was declared first."""

    problems: list[Problem]
    languages: tuple[str, ...]
    names: tuple[str, ...]
    sections: dict[str, dict[str, Node]] = field(default_factory=lambda: {s: {} for s in SECTIONS})
    declared: dict[tuple[str, str], Place] = field(default_factory=dict)


def load_facts(folder: Path, languages: tuple[str, ...], names: Iterable[str] = ()) -> Facts:
    """The facts of a workspace, with a text in each of `languages`.

    `names` are the names that hold digits and may stand in a statement.

    Raises ReportError with every problem found in all files: what is missing, unknown,
    declared twice or of the wrong shape, each at file and line.
    """
    entries = _Entries([], languages, tuple(names))
    files = sorted(folder.rglob("*.yaml"))
    if not files:
        hint = "put at least one .yaml file with sources and facts there"
        raise ReportError(Problem(Place(folder), "no fact files found", hint))
    read = [_collect(file, entries) for file in files]
    if not all(read):  # what the others declare would only seem unknown
        raise ReportError(*sorted(entries.problems))
    store = _store(entries)
    if entries.problems:
        raise ReportError(*sorted(entries.problems))
    return store


def _collect(file: Path, entries: _Entries) -> bool:
    """Add a file's entries to those of the others; false if it can't be read."""
    try:
        root = Fields(read_yaml(file), "the file", entries.problems)
    except ReportError as error:
        entries.problems.extend(error.problems)
        return False
    for section in SECTIONS:
        for id_, node, place in root.entries(section):
            _declare(section, id_, node, place, entries)
    root.done()
    return True


def _declare(section: str, id_: str, node: Node, place: Place, entries: _Entries) -> None:
    pattern = FACT_ID if section == "facts" else ID
    if not pattern.fullmatch(id_) or len(id_) > FACT_ID_LENGTH:
        hint = f"small letters, digits and hyphens, at most {FACT_ID_LENGTH} characters"
        entries.problems.append(Problem(place, f"'{id_}' can't be an id", hint))
    first = entries.declared.get((section, id_))
    if first:
        hint = f"the first is at {first.file.name}:{first.line}; rename or delete one"
        entries.problems.append(Problem(place, f"'{id_}' is declared twice in {section}", hint))
        return
    entries.declared[section, id_] = place
    entries.sections[section][id_] = node


def _store(entries: _Entries) -> Facts:
    def read(section: str) -> list[tuple[str, Fields]]:
        return [
            (id_, Fields(node, f"{section.rstrip('s')} '{id_}'", entries.problems))
            for id_, node in entries.sections[section].items()
        ]

    def texts(section: str) -> dict[str, dict[str, str]]:
        return {
            id_: translations(
                node, f"{section.rstrip('s')} '{id_}'", entries.languages, entries.problems
            )
            for id_, node in entries.sections[section].items()
        }

    shell = Facts(
        facts={},
        sources={id_: _source(id_, fields, entries) for id_, fields in read("sources")},
        people={id_: _speaker(fields, entries) for id_, fields in read("people")},
        measures={id_: _measure(fields, entries) for id_, fields in read("measures")},
        populations=texts("populations"),
        themes=texts("themes"),
        places={id_: _location(fields, entries) for id_, fields in read("places")},
        inferences=texts("inferences"),
        hidden={},
    )
    for id_, fields in read("facts"):
        shell.facts[id_] = _fact(id_, fields, shell, entries)
    _check_contradictions(shell, entries)
    return shell


def _source(id_: str, fields: Fields, entries: _Entries) -> Source:
    source = Source(
        id=id_,
        type=fields.text("type", "a CSL type such as report or article-newspaper"),
        title=fields.text("title"),
        author=_authors(fields, entries),
        publisher=fields.text("publisher", required=False),
        container_title=fields.text("container-title", required=False),
        url=fields.text("URL", required=False),
        issued=_as_of("issued", fields, entries, required=False),
        nature=fields.texts("nature", entries.languages),
        interest=fields.texts("interest", entries.languages),
        text=fields.text("text", required=False),
        declared=fields.place,
    )
    fields.done()
    return source


def _authors(fields: Fields, entries: _Entries) -> tuple[Author, ...]:
    node = fields.node("author")
    items = node.items if isinstance(node, Sequence) else ()
    if node is not None and not items:
        hint = "write 'author: [{family: …, given: …}]'"
        fields.problem(node.place, f"'author' of {fields.what} must be a list", hint)
    authors = []
    for item in items:
        name = Fields(item, f"author of {fields.what}", entries.problems)
        authors.append(Author(name.text("family"), name.text("given", required=False)))
        name.done()
    return tuple(authors)


def _speaker(fields: Fields, entries: _Entries) -> Speaker:
    speaker = Speaker(
        name=fields.texts("name", entries.languages, plain=True),
        role=fields.texts("role", entries.languages, required=False),
        organisation=fields.texts("organisation", entries.languages, required=False, plain=True),
    )
    fields.done()
    return speaker


def _measure(fields: Fields, entries: _Entries) -> Measure:
    measure = Measure(fields.choice("unit", Unit), fields.texts("name", entries.languages))
    fields.done()
    return measure


def _location(fields: Fields, entries: _Entries) -> Location:
    inside = fields.known("in", entries.sections["places"], "place", required=False)
    location = Location(fields.texts("name", entries.languages), inside)
    fields.done()
    return location


def _fact(id_: str, fields: Fields, store: Facts, entries: _Entries) -> Fact:
    figure = _figure(fields, store, entries)
    paragraph, printed = _locator(fields, entries)
    fact = Fact(
        id=id_,
        theme=fields.known("theme", store.themes, "theme"),
        place=fields.known("place", store.places, "place"),
        statement=fields.texts("statement", entries.languages),
        figure=figure,
        as_of=_as_of("as_of", fields, entries, required=True),
        said_by=fields.known("said_by", store.people, "speaker"),
        standing=fields.choice("standing", Standing),
        source=fields.known("source", store.sources, "source"),
        paragraph=paragraph,
        printed=printed,
        recorded=_recorded(fields),
        access=fields.choice("access", Access, Access.PUBLIC),
        contradicts=fields.words("contradicts"),
        declared=fields.place,
    )
    fields.done()
    entries.problems.extend(check_statement(fact, fields.place_of("statement"), entries.names))
    return fact


def _locator(fields: Fields, entries: _Entries) -> tuple[int, str]:
    node = fields.node("at")
    if node is None:
        fields.problem(fields.place, f"{fields.what} has no 'at'", "add 'at: {paragraph: n}'")
        return 0, ""
    at = Fields(node, f"'at' of {fields.what}", entries.problems)
    at.text("paragraph")
    paragraph = at.parsed("paragraph", _positive, "a paragraph number from 1", 0)
    printed = at.text("printed", required=False)
    at.done()
    return paragraph, printed


def _rank(text: str) -> Number:
    return Number(Decimal(_positive(text)))


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _recorded(fields: Fields) -> date:
    if fields.node("recorded") is None:
        hint = "add the day it entered the store: 'recorded: 2031-04-02'"
        fields.problem(fields.place, f"{fields.what} has no 'recorded'", hint)
    return fields.parsed("recorded", parse_day, "a date such as 2031-04-02", date.min)


def _as_of(key: str, fields: Fields, entries: _Entries, *, required: bool) -> AsOf:
    node = fields.node(key)
    match node:
        case None:
            if required:
                hint = f"add '{key}: 2016', or '{key}: not stated'"
                fields.problem(fields.place, f"{fields.what} has no '{key}'", hint)
            return AsOf(None)
        case Scalar("not stated"):
            return AsOf(None)
        case Mapping():
            inner = Fields(node, f"'{key}' of {fields.what}", entries.problems)
            inner.text("date")
            when = inner.parsed("date", parse_when, _DATE_HINT, None)
            reason = inner.known("inferred", entries.sections["inferences"], "inference")
            inner.done()
            return AsOf(when, reason)
        case _:
            return AsOf(fields.parsed(key, parse_when, _DATE_HINT, None))


def _figure(fields: Fields, store: Facts, entries: _Entries) -> Figure | None:
    node = fields.node("figure")
    if node is None:
        return None
    inner = Fields(node, f"the figure of {fields.what}", entries.problems)
    measure = inner.known("measure", store.measures, "measure")
    unit = store.measures[measure].unit if measure in store.measures else Unit.COUNT
    based = unit not in UNBASED
    if based and inner.node("among") is None:
        hint = "say among whom: 'among: POPULATION', declared under 'populations:'"
        inner.problem(inner.place, f"{inner.what} has no population", hint)
    figure = Figure(
        value=_value(inner, unit),
        measure=measure,
        among=inner.known("among", store.populations, "population", required=False),
        qualifier=inner.choice("qualifier", Qualifier, Qualifier.EXACT),
    )
    inner.done()
    return figure


def _value(fields: Fields, unit: Unit) -> Value:
    fallback: Value = Number(parse_number("0").value)
    match fields.node("value"):
        case None:
            fields.problem(fields.place, f"{fields.what} has no 'value'", _NUMBER_HINT)
            return fallback
        case Sequence((Scalar(), Scalar()), place) if unit in UNBASED:
            fields.problem(place, f"a {unit.value} can't be a range", "write one value")
            return fallback
        case Sequence((Scalar(low), Scalar(high)), place):
            try:
                ends = Range(parse_number(low), parse_number(high))
            except ValueError:
                fields.problem(place, f"range of {fields.what} is not two numbers", _NUMBER_HINT)
                return fallback
            if ends.low.plain >= ends.high.plain:
                fields.problem(
                    place, f"range of {fields.what} doesn't rise", "write the lower first"
                )
            return ends
        case Scalar() if unit is Unit.DATE:
            return fields.parsed("value", parse_when, _DATE_HINT, fallback)
        case Scalar() if unit is Unit.RANK:
            return fields.parsed("value", _rank, "a place from 1", fallback)
        case Scalar():
            return fields.parsed("value", parse_value, _NUMBER_HINT, fallback)
        case node:
            fields.problem(node.place, f"value of {fields.what} can't be read", _NUMBER_HINT)
            return fallback


def _check_contradictions(store: Facts, entries: _Entries) -> None:
    for fact in store.facts.values():
        for other in fact.contradicts:
            if other not in store.facts:
                what = f"fact '{fact.id}' contradicts unknown fact '{other}'"
                entries.problems.append(Problem(fact.declared, what, suggest(other, store.facts)))
