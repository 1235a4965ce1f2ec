"""A chart call to the chart: marks with names, colours and places in time."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from reports.compose.calls import ChartCall
from reports.document import (
    BarChart,
    Chart,
    GroupedBarChart,
    Line,
    LineChart,
    Mark,
    Moment,
    Series,
    SlopeChart,
    SquaresChart,
    TimelineChart,
    VegaChart,
)
from reports.facts.model import Fact, Facts, Operation
from reports.facts.quantities import Unit
from reports.facts.wording import dates_text, figure_text, is_approximate, statement_text
from reports.language import Language
from reports.resolve.charts.axis import HUNDRED, base_of, columns_of, ends, lines_of, one_base
from reports.resolve.charts.colours import line_colours, series_of
from reports.resolve.charts.rows import filled
from reports.resolve.charts.times import fact_date, fact_span, middle, ticks
from reports.resolve.charts.vega import Specification

_DAY = Decimal("0.0027")  # of a year
_STEM = re.compile(r"\w{4}")


def make_chart(
    call: ChartCall, store: Facts, language: Language, spec: Specification | None = None
) -> Chart:
    """The chart of a call that `check_chart` finds no fault with; `spec` is for its own kind."""
    facts = [store.facts[id_] for id_ in call.facts]
    match call.kind:
        case "bars":
            return BarChart(_marks(call, facts, store, language), _whole(facts, store))
        case "squares":
            return SquaresChart(_marks(call, facts, store, language))
        case "grouped":
            lines = lines_of(call, store)
            names, groups = _line_names(call, lines, call.groups, store, language)
            made = _lines(names, groups, lines, store, language)
            return GroupedBarChart(groups, made, _whole(facts, store), language.say("missing"))
        case "slope":
            return _slope(call, store, language)
        case "line":
            return _line_chart(call, store, language)
        case "timeline":
            moments = _moments(call, facts, store, language)
            return TimelineChart(moments, _ticks(moments, language))
        case "vega":
            return _vega(call, spec, store, language)


def _whole(facts: Sequence[Fact], store: Facts) -> Decimal | None:
    """A hundred where all figures are shares of a whole."""
    if store.unit(facts[0]) is not Unit.PERCENT:
        return None
    values = [value for fact in facts for value in ends(fact) or () if value is not None]
    changes = [f for f in facts if f.derivation and f.derivation.operation is Operation.CHANGE]
    shares = not changes and all(0 <= value <= HUNDRED for value in values)
    return HUNDRED if shares else None


def _mark(fact: Fact, label: str, series: Series, store: Facts, language: Language) -> Mark:
    low, high = ends(fact) or (Decimal(0), None)
    text = figure_text(fact.figure, store, language) if fact.figure else ""
    return Mark(fact.id, label, low, text, series, is_approximate(fact), high)


def _marks(
    call: ChartCall, facts: Sequence[Fact], store: Facts, language: Language
) -> tuple[Mark, ...]:
    """One mark a fact, named by the author, or else by what tells the facts apart."""
    labels = call.labels or _labels(facts, store, language)
    named = _with_bases(labels, [[fact] for fact in facts], store, language)
    return tuple(
        _mark(fact, label, series_of(fact.place, store), store, language)
        for fact, label in zip(facts, named, strict=True)
    )


def _labels(facts: Sequence[Fact], store: Facts, language: Language) -> tuple[str, ...]:
    """The populations where they differ, else the places, measures or dates that do."""
    ways: tuple[Callable[[Fact], str], ...] = (
        lambda fact: store.populations[base_of(fact)][language.code] if base_of(fact) else "",
        lambda fact: _place_name(fact, store, language),
        lambda fact: store.measures[fact.figure.measure].name[language.code] if fact.figure else "",
        lambda fact: dates_text(fact, language),
    )
    for way in ways:
        labels = tuple(map(way, facts))
        if len(set(labels)) > 1 and all(labels):
            return labels
    return tuple(_place_name(fact, store, language) for fact in facts)


def _place_name(fact: Fact, store: Facts, language: Language) -> str:
    return store.places[fact.place].name[language.code]


def _line_names(
    call: ChartCall,
    lines: Sequence[Sequence[Fact | None]],
    groups: Sequence[str],
    store: Facts,
    language: Language,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of lines and groups, which name the populations where those differ."""
    names = tuple(
        name or _place_name(next(filter(None, line)), store, language)
        for (name, _), line in zip(call.series, lines, strict=True)
    )
    if all(map(one_base, lines)):
        return _with_bases(names, lines, store, language), tuple(groups)
    return names, _with_bases(groups, columns_of(lines), store, language)


def _with_bases(
    names: Sequence[str],
    parts: Sequence[Sequence[Fact | None]],
    store: Facts,
    language: Language,
) -> tuple[str, ...]:
    """The names, each with its population behind it where those differ and it doesn't tell.

    A name tells its population by a word of it that no other population has, whatever its
    ending.
    """
    bases = [next((base_of(fact) for fact in part if fact), "") for part in parts]
    if len(set(bases)) < 2:
        return tuple(names)
    texts = {base: store.populations[base][language.code] if base else "" for base in bases}
    done = []
    for name, base in zip(names, bases, strict=True):
        others = {stem for other in texts if other != base for stem in _stems(texts[other])}
        tells = name == texts[base] or _stems(name) & (_stems(texts[base]) - others)
        done.append(name if tells or not base else f"{name} ({texts[base]})")
    return tuple(dict(zip(done, done, strict=True))[name] for name in done)


def _stems(text: str) -> set[str]:
    return {word[:4] for word in re.findall(r"\w+", text.casefold()) if _STEM.match(word)}


def _lines(
    names: Sequence[str],
    labels: Sequence[str],
    lines: Sequence[Sequence[Fact | None]],
    store: Facts,
    language: Language,
) -> tuple[Line, ...]:
    colours = line_colours([[fact for fact in line if fact] for line in lines], store)
    return tuple(
        Line(
            name,
            colour,
            tuple(
                _mark(fact, label, colour, store, language) if fact else None
                for fact, label in zip(line, labels, strict=True)
            ),
        )
        for name, colour, line in zip(names, colours, lines, strict=True)
    )


def _slope(call: ChartCall, store: Facts, language: Language) -> SlopeChart:
    lines = lines_of(call, store)
    written = call.labels or tuple(dates_text(f, language) for f in lines[0] if f)
    names, dates = _line_names(call, lines, written, store, language)
    start, end = dates
    return SlopeChart((start, end), _lines(names, dates, lines, store, language))


def _line_chart(call: ChartCall, store: Facts, language: Language) -> LineChart:
    """The lines over all dates that any of them has, each with gaps where it has none."""
    given = lines_of(call, store)
    dates: dict[Decimal, str] = {}
    placed: list[dict[Decimal, Fact]] = []
    for line in given:
        own = {at: f for f in line if f and f.when and (at := middle(f.when)) is not None}
        placed.append(own)
        for at, fact in own.items():
            text = dates_text(fact, language)
            dates[at] = max(dates.get(at, ""), text, key=len)  # an inferred one says so
    years = sorted(dates)
    lines = [[own.get(at) for at in years] for own in placed]
    labels = tuple(dates[at] for at in years)
    names, _ = _line_names(call, lines, labels, store, language)
    return LineChart(labels, tuple(years), _lines(names, labels, lines, store, language))


def _moments(
    call: ChartCall, facts: Sequence[Fact], store: Facts, language: Language
) -> tuple[Moment, ...]:
    """The events in the order of their dates."""
    said = call.labels or tuple(statement_text(fact, store, language) for fact in facts)
    found = []
    for fact, what in zip(facts, said, strict=True):
        start, end = fact_span(fact) or (Decimal(0), Decimal(0))
        inferred = bool(fact.as_of.inferred or (fact.since and fact.since.inferred))
        series = series_of(fact.place, store)
        when = fact_date(fact, language)
        found.append(Moment(fact.id, when, what, start, end, series, inferred))
    return tuple(sorted(found, key=lambda moment: (moment.start, moment.end)))


def _ticks(moments: Sequence[Moment], language: Language) -> tuple[tuple[Decimal, str], ...]:
    last = max(moment.end if moment.end > moment.start else moment.end + _DAY for moment in moments)
    return ticks(min(moment.start for moment in moments), last, language)


def _vega(
    call: ChartCall, spec: Specification | None, store: Facts, language: Language
) -> VegaChart:
    if spec is None:
        message = "a chart of its own kind without its specification"
        raise ValueError(message)
    facts = [store.facts[id_] for id_ in call.facts]
    marks = _marks(call, facts, store, language)
    lines = [name for name, ids in call.series for id_ in ids if id_]
    data = filled(spec.tree, spec.texts, marks, lines, store, language)
    return VegaChart(data, marks, spec.place)
