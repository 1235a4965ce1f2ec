"""The table behind a chart: each figure with its note, its population, date and speaker."""

from __future__ import annotations

from typing import TypeAlias

from reports.document import (
    Caption,
    Cell,
    Column,
    FactSpan,
    Figure,
    Inline,
    Mark,
    Moment,
    Reference,
    Table,
    Text,
    TimelineChart,
)
from reports.facts.model import Fact, Facts
from reports.facts.wording import dates_text, speaker_name, statement_text
from reports.language import Language, capitalised
from reports.resolve.charts.words import named_marks
from reports.resolve.ledger import Ledger

_Row: TypeAlias = tuple[tuple[Inline, ...], ...]
# The columns by their heads, with their millimetres of 168.
_FIGURES = {
    "data-what": 44,
    "head-figure": 35,
    "data-among": 37,
    "head-as-of": 27,
    "head-speaker": 25,
}
_EVENTS = {"date": 44, "event": 90, "head-speaker": 34}


def data_table(figure: Figure, label: str, ledger: Ledger, language: Language) -> Table:
    """The data of a figure as a table with that label."""
    if isinstance(figure.chart, TimelineChart):
        widths = _EVENTS
        rows = [_event_row(moment, figure, ledger, language) for moment in figure.chart.moments]
    else:
        widths = _FIGURES
        rows = [
            _figure_row(name, mark, figure, ledger, language)
            for name, mark in named_marks(figure.chart)
        ]
    columns = tuple(
        Column((Text(capitalised(language.say(head))),), share / 168, numeric=False, series="other")
        for head, share in widths.items()
    )
    cells = tuple(tuple(Cell(content) for content in row) for row in rows)
    return Table(_caption(figure, label, language), columns, cells, figure.place)


def _caption(figure: Figure, label: str, language: Language) -> Caption:
    """A caption that leads to the figure."""
    anchor = figure.caption.anchor
    number = "".join(c for c in figure.caption.label if c.isdigit())
    before, _, after = language.say("data-caption", figure="\n").partition("\n")
    reference = Reference(anchor, language.say("figure-ref", number=number))
    title: tuple[Inline, ...] = (Text(before), reference, Text(after))
    return Caption(label, tuple(n for n in title if n != Text("")), (), f"data-{anchor}")


def _figure_row(name: str, mark: Mark, figure: Figure, ledger: Ledger, language: Language) -> _Row:
    store = ledger.store
    fact = store.facts[mark.fact]
    base = fact.figure.among if fact.figure else ""
    among = store.populations[base][language.code] if base else language.say("missing")
    note = ledger.note(fact)
    span = FactSpan(fact.id, "figure", mark.text, note, unbroken=True, place=figure.place)
    what = f"{name}: {mark.label}" if name else mark.label
    return (
        (Text(capitalised(what)),),
        (span,),
        (Text(capitalised(among)),),
        (Text(capitalised(dates_text(fact, language))),),
        (Text(_speaker(fact, store, language)),),
    )


def _speaker(fact: Fact, store: Facts, language: Language) -> str:
    return capitalised(speaker_name(fact, store, language))


def _event_row(moment: Moment, figure: Figure, ledger: Ledger, language: Language) -> _Row:
    fact = ledger.store.facts[moment.fact]
    text = statement_text(fact, ledger.store, language)
    note = ledger.note(fact)
    span = FactSpan(fact.id, "statement", text, note, unbroken=False, place=figure.place)
    speaker = _speaker(fact, ledger.store, language)
    return (Text(capitalised(moment.when)),), (span,), (Text(speaker),)
