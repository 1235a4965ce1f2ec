"""What facts are told with: sources, people, measures and places, each from its entry."""

from __future__ import annotations

from reports.facts.csl import ACCESSED, FIELDS, TYPES
from reports.facts.load.entries import DATE_HINT, Entries, read_as_of
from reports.facts.model import Author, Location, Source, Speaker
from reports.facts.quantities import Measure, Unit
from reports.facts.values import parse_when
from reports.fields import Fields
from reports.yaml import Sequence


def read_source(id_: str, fields: Fields, entries: Entries) -> Source:
    """The source of that id."""
    source = Source(
        id=id_,
        type=fields.known("type", TYPES, "type of source"),
        title=fields.text("title"),
        author=_authors(fields, entries),
        publisher=fields.text("publisher", required=False),
        container_title=fields.text("container-title", required=False),
        url=fields.text("URL", required=False),
        issued=read_as_of("issued", fields, entries, required=False),
        nature=fields.texts("nature", entries.languages),
        interest=fields.texts("interest", entries.languages),
        text=fields.text("text", required=False),
        language=fields.text("language", required=False) or "nb",
        voice=fields.known("voice", entries.sections["people"], "speaker", required=False),
        other=_other(fields),
        declared=fields.place,
    )
    fields.done()
    return source


def _other(fields: Fields) -> dict[str, str]:
    fields.parsed(ACCESSED, parse_when, DATE_HINT, None)
    told = {key: fields.text(key, required=False) for key in (*FIELDS, ACCESSED)}
    return {key: text for key, text in told.items() if text}


def _authors(fields: Fields, entries: Entries) -> tuple[Author, ...]:
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


def read_speaker(fields: Fields, entries: Entries) -> Speaker:
    """A person or body."""
    speaker = Speaker(
        name=fields.texts("name", entries.languages, plain=True),
        role=fields.texts("role", entries.languages, required=False),
        organisation=fields.texts("organisation", entries.languages, required=False, plain=True),
        known_as=fields.words("known_as"),
    )
    fields.done()
    return speaker


def read_measure(fields: Fields, entries: Entries) -> Measure:
    """What is counted, and in which unit."""
    measure = Measure(fields.choice("unit", Unit), fields.texts("name", entries.languages))
    fields.done()
    return measure


def read_location(fields: Fields, entries: Entries) -> Location:
    """A place, and the one it lies in."""
    inside = fields.known("in", entries.sections["places"], "place", required=False)
    location = Location(fields.texts("name", entries.languages), inside)
    fields.done()
    return location
