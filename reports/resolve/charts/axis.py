"""What may share an axis: one measure in one unit, with every population named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reports.compose.calls import ChartCall
from reports.facts.model import Fact, Facts
from reports.facts.quantities import Number, Part, Range, Unit
from reports.problems import Place, Problem
from reports.resolve.charts.times import fact_span, middle

HUNDRED = Decimal(100)
_NAME_ONE_BY_ONE = "draw bars, whose marks are named one by one"


def check_chart(call: ChartCall, place: Place, store: Facts) -> Iterator[Problem]:
    """What forbids these facts in one chart of this kind."""
    facts = [store.facts[id_] for id_ in call.facts]
    if call.kind == "timeline":
        yield from _undated(facts, place, "timeline")
        return
    bare = [fact.id for fact in facts if ends(fact) is None]
    if bare:
        yield Problem(place, f"fact '{bare[0]}' has no figure to draw", "leave it out")
        return
    yield from _unlike(call, facts, place, store)
    yield from _unnamed(call, place, store)
    match call.kind:
        case "squares":
            yield from _shares(facts, place, store)
        case "line":
            yield from _line(call, facts, place, store)
        case "slope":
            yield from _slope(call, place, store)
        case _:
            pass


def ends(fact: Fact) -> tuple[Decimal, Decimal | None] | None:
    """A figure on an axis: its value, and the upper end of a range; None where it has none."""
    match fact.figure and fact.figure.value:
        case Number() as number:
            return number.plain, None
        case Range(low, high):
            return low.plain, high.plain
        case Part(count, whole):
            return HUNDRED * count / whole, None
        case _:
            return None


def base_of(fact: Fact) -> str:
    """The id of the population that a fact's figure is of."""
    return fact.figure.among if fact.figure else ""


def lines_of(call: ChartCall, store: Facts) -> list[list[Fact | None]]:
    """The facts of each line, None for a gap."""
    return [[store.facts[id_] if id_ else None for id_ in ids] for _, ids in call.series]


def columns_of(lines: Sequence[Sequence[Fact | None]]) -> list[list[Fact | None]]:
    """The facts of each group: one a line."""
    return [list(column) for column in zip(*lines, strict=True)]


def one_base(facts: Sequence[Fact | None]) -> bool:
    """Whether the figures are of one population."""
    return len({base_of(fact) for fact in facts if fact}) <= 1


def _unlike(call: ChartCall, facts: list[Fact], place: Place, store: Facts) -> Iterator[Problem]:
    units = {store.unit(fact) for fact in facts}
    measures = {fact.figure.measure for fact in facts if fact.figure}
    if len(units) > 1:
        names = ", ".join(sorted(unit.value for unit in units if unit))
        yield Problem(place, f"units differ on one axis: {names}", "draw one chart a unit")
    elif len(measures) > 1 and not call.reason:
        what = f"measures differ on one axis: {', '.join(sorted(measures))}"
        yield Problem(place, what, "say why they compare: reason='…', printed under the chart")


def _unnamed(call: ChartCall, place: Place, store: Facts) -> Iterator[Problem]:
    """Populations that differ where neither a line's nor a group's name can name them."""
    lines = lines_of(call, store)
    if call.kind in ("bars", "squares", "vega") or all(map(one_base, lines)):
        return
    if call.kind == "line":
        yield Problem(place, "populations differ within one line", _NAME_ONE_BY_ONE)
    elif not all(map(one_base, columns_of(lines))):
        what = "populations differ within a line and within a group"
        yield Problem(place, what, _NAME_ONE_BY_ONE)


def _shares(facts: list[Fact], place: Place, store: Facts) -> Iterator[Problem]:
    if {store.unit(fact) for fact in facts} != {Unit.PERCENT}:
        yield Problem(place, "squares show shares in percent", "draw bars instead")
        return
    for fact in facts:
        low, high = ends(fact) or (Decimal(0), None)
        if low < 0 or (high or low) > HUNDRED:
            what = f"fact '{fact.id}' is {high or low}%, which is no share of a hundred squares"
            yield Problem(place, what, "draw bars instead")


def _undated(facts: list[Fact], place: Place, kind: str) -> Iterator[Problem]:
    for fact in facts:
        if fact_span(fact) is None:
            what = f"fact '{fact.id}' has no year, so it has no place in a {kind}"
            yield Problem(place, what, "leave it out, or tell it in the text")


def _line(call: ChartCall, facts: list[Fact], place: Place, store: Facts) -> Iterator[Problem]:
    undated = list(_undated(facts, place, "line chart"))
    if undated:
        yield from undated
        return
    for (name, _), line in zip(call.series, lines_of(call, store), strict=True):
        seen: dict[Decimal | None, str] = {}
        for fact in filter(None, line):
            at = middle(fact.when) if fact.when else None
            if at in seen:
                of = f" of '{name}'" if name else ""
                what = f"two figures{of} for one date: '{seen[at]}' and '{fact.id}'"
                yield Problem(place, what, "keep one, or make them two series")
            seen[at] = fact.id
    if len({middle(fact.when) for fact in facts if fact.when}) < 2:
        yield Problem(place, "a line over one date only", "draw bars, or name a second date")


def _slope(call: ChartCall, place: Place, store: Facts) -> Iterator[Problem]:
    lines = lines_of(call, store)
    for start, end in lines:
        if start and end and start.when and end.when and end.when.before(start.when):
            what = f"'{end.id}' is earlier than '{start.id}'"
            yield Problem(place, what, "name the earlier, then the later")
    if call.labels:
        return
    dates = {tuple(fact.as_of.when for fact in line if fact) for line in lines}
    if len(dates) > 1:
        what = "the lines of a slope chart have different dates"
        yield Problem(place, what, "draw a line chart, which places each date")
