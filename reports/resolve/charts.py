"""Chart calls to charts: marks, base line and alternative text, and what may share an axis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reports.compose.calls import ChartCall
from reports.document import (
    BarChart,
    Chart,
    Inline,
    Line,
    Mark,
    Series,
    SlopeChart,
    SquaresChart,
    Text,
    inline_text,
)
from reports.facts.model import Fact, Facts
from reports.facts.quantities import Number, Part, Range, Unit
from reports.facts.wording import dates_text, figure_text, is_approximate, speaker_name
from reports.language import Language, capitalised, in_words
from reports.problems import Place, Problem

_HUNDRED = Decimal(100)


def check_chart(call: ChartCall, place: Place, store: Facts) -> Iterator[Problem]:
    """What forbids these facts on one axis: no figure, other units, or other measures."""
    facts = [store.facts[id_] for id_ in call.facts]
    bare = [fact.id for fact in facts if fact.figure is None or _ends(fact) is None]
    if bare:
        yield Problem(place, f"fact '{bare[0]}' has no figure to draw", "leave it out")
        return
    units = {store.unit(fact) for fact in facts}
    measures = {fact.figure.measure for fact in facts if fact.figure}
    if len(units) > 1:
        names = ", ".join(sorted(unit.value for unit in units if unit))
        yield Problem(place, f"units differ on one axis: {names}", "draw one chart a unit")
    elif len(measures) > 1 and not call.reason:
        what = f"measures differ on one axis: {', '.join(sorted(measures))}"
        yield Problem(place, what, "say why they compare: reason='…', printed under the chart")
    if call.kind == "slope" and len(facts) != 2:
        yield Problem(place, "a slope chart takes two facts", "name the earlier, then the later")
    if call.kind == "squares" and units != {Unit.PERCENT}:
        yield Problem(place, "squares show shares in percent", "draw bars instead")
    if call.labels and len(call.labels) != len(facts):
        what = f"{len(call.labels)} labels for {len(facts)} facts"
        yield Problem(place, what, "write one label a fact, in the same order")


def make_chart(call: ChartCall, store: Facts, language: Language) -> Chart:
    """The chart of a call that `check_chart` finds no fault with."""
    facts = [store.facts[id_] for id_ in call.facts]
    labels = call.labels or _labels(call, facts, store, language)
    marks = tuple(
        _mark(fact, label, store, language) for fact, label in zip(facts, labels, strict=True)
    )
    match call.kind:
        case "bars":
            percent = store.unit(facts[0]) is Unit.PERCENT
            return BarChart(marks, _HUNDRED if percent else None)
        case "slope":
            name = _place_name(facts[0], store, language)
            line = Line(name, series_of(facts[0].place, store), marks)
            return SlopeChart((marks[0].label, marks[1].label), (line,))
        case "squares":
            return SquaresChart(marks)


def _ends(fact: Fact) -> tuple[Decimal, Decimal | None] | None:
    match fact.figure and fact.figure.value:
        case Number() as number:
            return number.plain, None
        case Range(low, high):
            return low.plain, high.plain
        case Part(count, whole):
            return _HUNDRED * count / whole, None
        case _:
            return None


def _mark(fact: Fact, label: str, store: Facts, language: Language) -> Mark:
    low, high = _ends(fact) or (Decimal(0), None)
    text = figure_text(fact.figure, store, language) if fact.figure else ""
    soft = is_approximate(fact)
    return Mark(fact.id, label, low, text, series_of(fact.place, store), soft, high)


def series_of(place: str, store: Facts) -> Series:
    """The colour of a place: that of the country it lies in."""
    around = store.around(place)
    if "norway" in around:
        return "norway"
    return "denmark" if "denmark" in around else "other"


def _labels(
    call: ChartCall, facts: Sequence[Fact], store: Facts, language: Language
) -> tuple[str, ...]:
    """Dates for a slope; else the populations where they differ, or the places."""
    if call.kind == "slope":
        return tuple(dates_text(fact, language) for fact in facts)
    bases = [fact.figure.among for fact in facts if fact.figure]
    if len(set(bases)) > 1:
        return tuple(store.populations[base][language.code] for base in bases)
    return tuple(_place_name(fact, store, language) for fact in facts)


def _place_name(fact: Fact, store: Facts, language: Language) -> str:
    return store.places[fact.place].name[language.code]


def chart_base(
    call: ChartCall, base: tuple[Inline, ...], store: Facts, language: Language
) -> tuple[Inline, ...]:
    """The line under a chart's title: base, hedge, as-of and speakers."""
    facts = [store.facts[id_] for id_ in call.facts]
    code = language.code
    bases = dict.fromkeys(fact.figure.among for fact in facts if fact.figure and fact.figure.among)
    parts = [language.say("base", text=" / ".join(store.populations[b][code] for b in bases))]
    if any(is_approximate(fact) for fact in facts):
        parts.append(language.say("base-dashed"))
    dates = list(dict.fromkeys(dates_text(fact, language) for fact in facts))
    if call.kind != "slope":
        parts.append(language.say("base-as-of", date="; ".join(dates)))
    speakers = dict.fromkeys(speaker_name(fact, store, language) for fact in facts)
    computed = any(fact.derivation for fact in facts)  # "from figures by A and B" has its own "and"
    said = "; ".join(speakers) if computed else in_words(speakers, language.say("and"))
    parts.append(capitalised(said))
    ended = inline_text(base).endswith((".", "!", "?", ":"))
    lead = (*base, Text(" " if ended else ". ")) if base else ()
    return (*lead, Text(". ".join(parts)))


def chart_alt(kind: str, chart: Chart, language: Language) -> str:
    """Every value of a chart in words, with its hedge."""
    match chart:
        case SlopeChart(lines=lines):
            said = "; ".join(_line_alt(line) for line in lines)
        case BarChart(marks) | SquaresChart(marks):
            said = "; ".join(f"{mark.label}: {mark.text}" for mark in marks)
        case _:
            raise NotImplementedError
    return language.say(f"alt-{kind}", marks=said)


def _line_alt(line: Line) -> str:
    marks = "; ".join(f"{mark.label}: {mark.text}" for mark in line.marks if mark)
    return f"{line.name}: {marks}"
