"""One edition's facts as CSV: what it prints of each, and where that comes from.

A row is a fact that has a note, in the order of the notes; a cell that holds more than one thing
has a line for each.  Words are those of the edition's language.  The columns, whose heads are
the same in all languages:

note              the number of its note
id                its id in the store
printed           "yes", or "no" where only what is computed from it is printed
printed_as        each distinct text that the edition prints of it, as `form: text`, one a line;
                  `cite` alone is a note mark without text.  The forms are those of the tags in
                  the Word file: figure, number, words, with base, as of, since, statement,
                  trend, compare; and `chart` is the label of a mark in a chart
what              what its note says: figure, measure and population, or the statement
statement         the fact as a sentence, "" where the store has none in this language
value             the figure as a number or an EDTF date; of a range the lower end, of `n of m`
                  the n; "" where the fact has no figure, and so the next columns
value_high        the upper end of a range
value_of          the m of `n of m`
unit, qualifier   what it is counted in, and its hedge, in the store's words
measure, measure_name, among, among_name          what is counted, and among whom
place, place_name                                 where
as_of, since, as_of_text                          when, as EDTF dates and in words
inferred, inferred_because                        why a date holds that the source doesn't print
said_by, speaker, standing                        who says it, with role, and how firm it is
source, source_letter, source_title, source_author, source_publisher, source_issued, source_url,
source_type, source_nature, source_interest       where it comes from; one line a source.
                  "" is what the text doesn't print of itself
paragraph         the paragraph of the source that says it
source_words      the source's own words for the figure
recorded, access  the day it entered the store, and who may see it
derived, inputs, arithmetic                       how it is computed, and from which facts

A cell that a spreadsheet would compute has an apostrophe before it; figures never have one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from reports.build.outputs import Resolved
from reports.document import Note
from reports.facts.exchange.export import (
    VALUE_COLUMNS,
    cell,
    csv_bytes,
    open_record,
    safe_cell,
    value_cells,
)
from reports.facts.model import Author, Fact, Facts, Source
from reports.facts.texts import in_language
from reports.facts.wording import as_of_text, statements
from reports.language import Language, load_language
from reports.resolve.ledger import Ledger
from reports.trace.uses import uses

COLUMNS = (
    *("note", "id", "printed", "printed_as", "what", "statement", *VALUE_COLUMNS),
    *("unit", "qualifier", "measure", "measure_name", "among", "among_name", "place"),
    *("place_name", "as_of", "since", "as_of_text", "inferred", "inferred_because"),
    *("said_by", "speaker", "standing", "source", "source_letter", "source_title"),
    *("source_author", "source_publisher", "source_issued", "source_url", "source_type"),
    *("source_nature", "source_interest", "paragraph", "source_words", "recorded", "access"),
    *("derived", "inputs", "arithmetic"),
)


def facts_csv(resolved: Sequence[Resolved], store: Facts) -> bytes:
    """The facts of one edition, given as its document or its documents, one a format.

    Where the documents number a fact's note differently, the row has both numbers.
    """
    edition = resolved[0].edition
    seen, _ = in_language(store.visible_to(edition.audience.access), edition.language)
    printed = printed_texts(resolved)
    rows = []
    for notes in _by_fact(resolved).values():
        fact = seen.facts[notes[0].fact]
        cells = _cells(fact, notes, printed.get(fact.id, ()), seen, edition.language)
        rows.append([cells[column] for column in COLUMNS])
    return csv_bytes(COLUMNS, rows)


def printed_texts(resolved: Sequence[Resolved]) -> dict[str, tuple[str, ...]]:
    """Each distinct text that the documents print of a fact, as `form: text`, by its id."""
    found: dict[str, dict[str, None]] = {}
    for use in uses(resolved):
        text = f"{use.form}: {use.text}" if use.text else use.form
        found.setdefault(use.fact, {})[text] = None
    return {fact: tuple(texts) for fact, texts in found.items()}


def _by_fact(resolved: Sequence[Resolved]) -> dict[str, list[Note]]:
    """The notes of each fact, one a document, in the order of the first document."""
    found: dict[str, list[Note]] = {}
    for note in chain.from_iterable(item.document.notes.notes for item in resolved):
        found.setdefault(note.fact, []).append(note)
    return found


def _cells(
    fact: Fact, notes: Sequence[Note], printed: Sequence[str], store: Facts, code: str
) -> Mapping[str, str]:
    numbers = dict.fromkeys(str(note.number) for note in notes)
    record = {key: cell(value) for key, value in open_record(fact, store, code).items()}
    own = {
        "note": _lines(numbers),
        "printed": "yes" if printed else "no",
        "printed_as": _lines(printed),
        "what": safe_cell(notes[0].what),
        "statement": safe_cell(statements(fact, store).get(code, "")),
        "place_name": safe_cell(store.places[fact.place].name[code]),
        "inferred_because": _lines(_reasons(fact, store, code)),
        "source_letter": _lines(notes[0].sources),
        "source_words": safe_cell(fact.at.printed),
    }
    values = dict(zip(VALUE_COLUMNS, value_cells(fact.figure), strict=True))
    return {**record, **own, **values, **_source_cells(fact, store, code)}


def _reasons(fact: Fact, store: Facts, code: str) -> Iterator[str]:
    """Why the dates hold that the source doesn't print; none where that may not be told."""
    for date in (fact.since, fact.as_of):
        if date and date.inferred in store.inferences:
            yield store.inferences[date.inferred][code]


def _source_cells(fact: Fact, store: Facts, code: str) -> Mapping[str, str]:
    sources = [store.sources[id_] for id_ in Ledger(store).rests_on(fact)]
    told = [_source(source, load_language(code)) for source in sources]
    return {column: _lines(each[column] for each in told) for column in told[0]}


def _source(source: Source, language: Language) -> Mapping[str, str]:
    issued = source.issued
    return {
        "source": source.id,
        "source_title": source.title,
        "source_author": "; ".join(map(_name, source.author)),
        "source_publisher": ", ".join(filter(None, (source.container_title, source.publisher))),
        "source_issued": as_of_text(issued, language) if issued.when else "",
        "source_url": source.url,
        "source_type": source.type,
        "source_nature": source.nature[language.code],
        "source_interest": source.interest[language.code],
    }


def _name(author: Author) -> str:
    return f"{author.given} {author.family}".strip()


def _lines(texts: Mapping[str, object] | Sequence[str] | Iterator[str]) -> str:
    """Several things in one cell, a line each; "" where all of them are."""
    lines = list(texts)
    return safe_cell("\n".join(lines)) if any(lines) else ""
