"""What has changed in the store since a facts file was written: for whoever relies on the paper.

None of it is a fault of the document: it was true to the store of its day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reports.casefile.verify.facts_table import FactRow, FactsTable
from reports.casefile.verify.figures import shown_value
from reports.casefile.verify.printed import letters
from reports.facts.ask.records import edtf
from reports.facts.exchange.export import value_cells
from reports.facts.freshness import overdue
from reports.facts.model import Fact, Facts
from reports.facts.wording import FORMS, as_of_text, dates_text, figure_text, statements
from reports.language import Language
from reports.problems import Place, Problem


def changed_since(
    table: FactsTable, store: Facts, day: date, language: Language
) -> tuple[Problem, ...]:
    """A warning for each fact that the store no longer has as it was printed, or not at all.

    `day` is the one by which facts have expired; `language` is the document's.
    """
    return tuple(
        Problem(Place(table.file, row.line), f"'{row.id}' {what}", fatal=False)
        for row in table.rows.values()
        for what in _changes(row, store, day, language)
    )


def _changes(row: FactRow, store: Facts, day: date, language: Language) -> Iterator[str]:
    fact = store.facts.get(row.id)
    if fact is None:
        yield "is no longer in the store"
        return
    if newer := store.superseded.get(row.id):
        yield f"was superseded by '{newer}'"
    for late in overdue([fact], day):
        yield f"{'was valid until' if late.expired else 'was to be reviewed by'} {late.due}"
    reworded = list(_reworded(row, fact, store, language))
    yield from reworded or _revalued(row, fact, store)


def _reworded(row: FactRow, fact: Fact, store: Facts, language: Language) -> Iterator[str]:
    for form, text in row.printed_as:
        now = _words(fact, form, store, language)
        if now and letters(now).casefold() != letters(text).casefold():
            yield f"was printed as '{text}', and would be '{now}' today"


def _words(fact: Fact, form: str, store: Facts, language: Language) -> str:
    """What the fact prints today in a form; "" for forms that rest on more than the fact."""
    for each in FORMS:
        if form == each and fact.figure:
            return figure_text(fact.figure, store, language, each)
    match form:
        case "statement":
            return statements(fact, store).get(language.code, "")
        case "as of":
            return dates_text(fact, language)
        case "since" if fact.since:
            return as_of_text(fact.since, language)
        case _:
            return ""


def _revalued(row: FactRow, fact: Fact, store: Facts) -> Iterator[str]:
    """The value and date where they differ, though no words that can be made again do."""
    hedges = [figure.qualifier for figure in (row.figure, fact.figure) if figure]
    if value_cells(row.figure) != value_cells(fact.figure) or len(set(hedges)) > 1:
        now = shown_value(fact.figure, store.unit(fact))
        yield f"had the value {shown_value(row.figure, row.unit)}, and has {now} today"
    if row.as_of != fact.as_of.when:
        before, now = (edtf(when) if when else "no date" for when in (row.as_of, fact.as_of.when))
        yield f"was of {before}, and is of {now} today"
