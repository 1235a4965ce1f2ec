"""What stands under a chart's title, and what is read aloud in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reports.compose.calls import ChartCall
from reports.document import (
    BarChart,
    Chart,
    GroupedBarChart,
    Inline,
    Line,
    LineChart,
    Mark,
    SlopeChart,
    SquaresChart,
    Text,
    TimelineChart,
    VegaChart,
    inline_text,
)
from reports.facts.model import Fact, Facts
from reports.facts.quantities import DURATIONS, Range, Unit
from reports.facts.wording import dates_text, is_approximate, is_told, speaker_name
from reports.language import Language, capitalised, in_words

_DATED = (SlopeChart, LineChart, TimelineChart)  # the picture itself shows the dates


def chart_base(
    call: ChartCall, chart: Chart, base: tuple[Inline, ...], store: Facts, language: Language
) -> tuple[Inline, ...]:
    """The line under a chart's title: what is shown of whom, hedge, as-of and speakers."""
    facts = [store.facts[id_] for id_ in call.facts]
    parts = list(_measured(call, facts, store, language))
    parts += _hedges(chart, facts, language)
    if not isinstance(chart, _DATED):
        parts.append(_as_of(chart, store, language))
    speakers = dict.fromkeys(speaker_name(fact, store, language) for fact in facts)
    computed = any(fact.derivation for fact in facts)  # "from figures by A and B" has its own "and"
    said = "; ".join(speakers) if computed else in_words(speakers, language.say("and"))
    parts.append(capitalised(said))
    ended = inline_text(base).endswith((".", "!", "?", ":"))
    lead = (*base, Text(" " if ended else ". ")) if base else ()
    return (*lead, Text(". ".join(parts)))


def _measured(
    call: ChartCall, facts: Sequence[Fact], store: Facts, language: Language
) -> Iterator[str]:
    """What the axis measures in which unit, and among whom."""
    figures = [fact.figure for fact in facts if fact.figure]
    if not figures or call.kind == "timeline":
        return
    code = language.code
    measures = dict.fromkeys(store.measures[figure.measure].name[code] for figure in figures)
    unit = _unit_name(store.unit(facts[0]), language)
    measure = next(iter(measures))
    if len(measures) == 1:  # else the author tells the reason and the marks tell the measures
        said = language.say("base-measure", measure=measure, unit=unit) if unit else measure
        yield capitalised(said)
    bases = dict.fromkeys(figure.among for figure in figures if figure.among)
    among = [store.populations[base][code] for base in bases]
    if not all(is_told(text, name) for text in among for name in measures):
        yield language.say("base", text=" / ".join(among))


def _unit_name(unit: Unit | None, language: Language) -> str:
    if unit in DURATIONS:
        return language.say(f"{unit.value}-many")
    known = (Unit.PERCENT, Unit.PERCENTAGE_POINTS, Unit.NOK)
    return language.say(f"unit-{unit.value}") if unit in known else ""


def _hedges(chart: Chart, facts: Sequence[Fact], language: Language) -> Iterator[str]:
    """What dashes and gaps mean, where the picture has any."""
    if isinstance(chart, TimelineChart):
        if any(moment.approximate for moment in chart.moments):
            yield language.say("base-dashed-date")
        return
    if any(is_approximate(fact) for fact in facts):
        ranged = any(isinstance(fact.figure.value, Range) for fact in facts if fact.figure)
        yield language.say("base-dashed" if ranged else "base-dashed-about")
    if isinstance(chart, LineChart) and any(None in _between(line) for line in chart.lines):
        yield language.say("base-gap")


def _between(line: Line) -> tuple[Mark | None, ...]:
    """The marks of a line from its first to its last."""
    held = [index for index, mark in enumerate(line.marks) if mark]
    return line.marks[held[0] : held[-1]]


def _as_of(chart: Chart, store: Facts, language: Language) -> str:
    """When the figures hold; where that differs, each date with the marks that it is of."""
    dated: dict[str, list[str]] = {}
    for name, mark in named_marks(chart):
        date = dates_text(store.facts[mark.fact], language)
        dated.setdefault(date, []).append(f"{name}, {mark.label}" if name else mark.label)
    if len(dated) == 1:
        return language.say("base-as-of", date=next(iter(dated)))
    shown = (f"{date} ({'; '.join(labels)})" for date, labels in dated.items())
    return language.say("base-as-of", date="; ".join(shown))


def named_marks(chart: Chart) -> tuple[tuple[str, Mark], ...]:
    """Each mark of a chart with the name of its line, "" where it stands in none."""
    match chart:
        case BarChart(marks) | SquaresChart(marks) | VegaChart(marks=marks):
            return tuple(("", mark) for mark in marks)
        case GroupedBarChart(lines=lines) | SlopeChart(lines=lines) | LineChart(lines=lines):
            return tuple((line.name, mark) for line in lines for mark in line.marks if mark)
        case TimelineChart():
            return ()


def chart_alt(call: ChartCall, chart: Chart, language: Language) -> str:
    """Every value of a chart in words, with its hedge; of events, when they were."""
    match chart:
        case GroupedBarChart(lines=lines) | SlopeChart(lines=lines) | LineChart(lines=lines):
            said = ". ".join(f"{line.name}: {_listed(filter(None, line.marks))}" for line in lines)
        case TimelineChart(moments):
            said = "; ".join(f"{each.when}: {each.what.rstrip('.')}" for each in moments)
        case BarChart(marks) | SquaresChart(marks) | VegaChart(marks=marks):
            said = _listed(marks)
    if isinstance(chart, VegaChart):
        return f"{call.alt.strip().rstrip('.')}. {said}."
    return language.say(f"alt-{call.kind}", marks=said)


def _listed(marks: Iterable[Mark]) -> str:
    return "; ".join(f"{mark.label}: {mark.text}" for mark in marks)
