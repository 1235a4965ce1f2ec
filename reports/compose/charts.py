"""The function of a template that asks for a chart, and what its arguments may be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from reports.compose.calls import CHART_KINDS, ChartCall, ChartKind
from reports.compose.conditions import Condition
from reports.compose.markers import Block
from reports.compose.recorder import Calls
from reports.problems import suggest

MOST_SERIES = 4
_Series: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
_Fault: TypeAlias = tuple[str, str]  # what, and the hint
_NAMED: tuple[ChartKind, ...] = ("grouped",)
_EITHER: tuple[ChartKind, ...] = ("slope", "line", "vega")
_LABELLED: tuple[ChartKind, ...] = ("bars", "squares", "slope", "timeline", "vega")
_AS_MAPPING = "as in {'Norway': ['id', …], 'Denmark': ['id', …]}"


def chart_functions(calls: Calls) -> dict[str, Callable[..., Any]]:
    """`chart`, by name."""

    def chart(
        kind: str,
        facts: object,
        caption: str,
        base: str = "",
        id: str = "",  # noqa: A002
        labels: object = (),
        groups: object = (),
        reason: str = "",
        spec: object = "",
        alt: str = "",
    ) -> Block:
        named = next((known for known in CHART_KINDS if known == kind), None)
        if named is None:
            calls.problem(f"unknown chart '{kind}'", suggest(str(kind), CHART_KINDS))
            return Block("")
        series = _series(facts, calls)
        call = ChartCall(
            named,
            series,
            str(caption),
            str(base),
            str(id),
            _texts(labels, calls),
            _texts(groups, calls),
            str(reason),
            spec if isinstance(spec, str) else "",
            str(alt),
        )
        faults = _faults(call, facts, spec, {"labels": labels, "groups": groups})
        for what, hint in faults:
            calls.problem(what, hint)
        known = {id_: calls.known(id_) for id_ in call.facts}
        if faults or not all(known.values()):
            return Block("")
        meant = tuple((name, tuple(known.get(id_, "") for id_ in ids)) for name, ids in series)
        return Block(f"\n\n{calls.mark(replace(call, series=meant)).token}\n\n")

    return {"chart": chart}


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _texts(value: object, calls: Calls) -> tuple[str, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        return ()
    return tuple(_name(text, calls) for text in value)


def _name(text: object, calls: Calls) -> str:
    """The name of a mark or series: a text, or the subject's own."""
    is_subject = isinstance(text, Condition) and text.is_subject
    return calls.subject_name() if is_subject else str(text)


def _ids(value: object) -> tuple[str, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        return ()
    return tuple("" if id_ is None else str(id_) for id_ in value)


def _series(facts: object, calls: Calls) -> _Series:
    if isinstance(facts, Mapping):
        return tuple((_name(name, calls), _ids(ids)) for name, ids in facts.items())
    return (("", _ids(facts)),)


def _faults(
    call: ChartCall, facts: object, spec: object, lists: Mapping[str, object]
) -> list[_Fault]:
    """What is wrong with a chart; what may only follow from that is left out."""
    faults = [*_list_faults(lists), *_facts_faults(call.kind, facts)]
    faults = faults or list(_series_faults(call.kind, call.series))
    return faults or [*_argument_faults(call, spec), *_size_faults(call)]


def _list_faults(lists: Mapping[str, object]) -> Iterator[_Fault]:
    for name, value in lists.items():
        if not _is_list(value):
            yield f"'{name}' of a chart is a list of texts", f"as in {name}=['one', 'two']"


def _facts_faults(kind: ChartKind, facts: object) -> Iterator[_Fault]:
    """What is wrong with the shape of the facts."""
    if isinstance(facts, Mapping):
        if kind not in _NAMED and kind not in _EITHER:
            yield f"a chart of kind '{kind}' takes a list of facts", "as in ['id', 'other-id']"
        bare = [name for name, ids in facts.items() if not _is_list(ids)]
        if bare:
            yield f"the series '{bare[0]}' is not a list of facts", _AS_MAPPING
    elif not _is_list(facts):
        yield "the facts of a chart are a list of ids", "as in ['id', 'other-id']"
    elif kind in _NAMED:
        yield f"a chart of kind '{kind}' takes named series of facts", _AS_MAPPING


def _series_faults(kind: ChartKind, series: _Series) -> Iterator[_Fault]:
    names = [" ".join(name.split()).casefold() for name, _ in series]
    for index, (name, ids) in enumerate(series):
        said = f"the series '{name}'" if name else "a chart"
        if not any(ids):
            yield f"{said} without facts", "name facts, or leave it out"
        elif "" in ids and kind not in _NAMED:
            yield f"{said} with a gap", "leave the gap out; only grouped bars need it"
        if names[index] in names[:index]:
            yield f"two series are called '{name}'", "give each a name of its own"
    if any(not name for name in names) and len(names) > 1:
        yield "a series without a name", _AS_MAPPING
    if len(series) > MOST_SERIES:
        what = f"{len(series)} series; at most {MOST_SERIES} can be told apart"
        yield what, "draw two charts, or leave some out"


def _argument_faults(call: ChartCall, spec: object) -> Iterator[_Fault]:
    """What belongs to another kind of chart, and what this kind needs."""
    kind = call.kind
    if call.groups and kind != "grouped":
        yield f"'groups' on a chart of kind '{kind}'", "they are for grouped bars"
    if call.labels and kind not in _LABELLED:
        yield f"'labels' on a chart of kind '{kind}'", "its series and groups have names already"
    if kind != "vega" and (spec or call.alt):
        yield f"'spec' and 'alt' on a chart of kind '{kind}'", "they are for charts of kind 'vega'"
    if kind == "vega" and not call.spec:
        hint = "name a file under templates/: spec='charts/my-chart.vl.json'"
        yield "a chart of kind 'vega' without its specification", hint
    if kind == "vega" and not call.alt.strip():
        hint = "say what it shows: alt='…'; the values follow by themselves"
        yield "a chart of kind 'vega' without alt text", hint


def _size_faults(call: ChartCall) -> Iterator[_Fault]:
    """Lists that don't match in length."""
    if call.kind == "grouped":
        if not call.groups:
            yield "grouped bars without groups", "name each group: groups=['one', 'two']"
            return
        for name, ids in call.series:
            if len(ids) != len(call.groups):
                what = f"the series '{name}' has {len(ids)} facts for {len(call.groups)} groups"
                yield what, "name one fact a group, in their order; none says it is missing"
    if call.kind == "slope":
        for name, ids in call.series:
            if len(ids) != 2:
                what = "a slope chart takes two facts"
                yield (
                    f"{what} a line; '{name}' has {len(ids)}" if name else what,
                    ("name the earlier, then the later"),
                )
    if not call.labels:
        return
    expected = 2 if call.kind == "slope" else len(call.facts)
    if len(call.labels) != expected:
        thing = "date" if call.kind == "slope" else "fact"
        what = f"{len(call.labels)} labels for {expected} {thing}s"
        yield what, f"write one label a {thing}, in the same order"
