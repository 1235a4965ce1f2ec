"""The functions that a template has: each records a call and returns its mark."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal

from reports.compose.calls import (
    AnnexCall,
    AsOfCall,
    CiteCall,
    ContentsCall,
    FactCall,
    PlainCall,
    RefCall,
    SinceCall,
    SourceCall,
    SpeakerCall,
    StatementCall,
    TimelineCall,
    WordsCall,
)
from reports.compose.charts import chart_functions
from reports.compose.conditions import Condition, word_of
from reports.compose.markers import Block, Marker, MisuseError
from reports.compose.recorder import Calls
from reports.compose.tables import table_functions
from reports.compose.views import FactsView
from reports.facts.model import Standing
from reports.facts.wording import FORMS
from reports.problems import suggest


def template_functions(calls: Calls) -> dict[str, Callable[..., Any] | FactsView]:
    """The global names of a template, by name."""
    return {
        **_figures(calls),
        **table_functions(calls),
        **chart_functions(calls),
        **_blocks(calls),
        "facts": FactsView(calls),
        "range": _bounded_range,
    }


def _bounded_range(*ends: int) -> range:
    steps = range(*ends)
    if len(steps) > 1000:
        what = f"a loop of {len(steps)} steps; at most 1000 are allowed"
        raise MisuseError(what, "loop over facts instead")
    return steps


def _figures(calls: Calls) -> dict[str, Callable[..., Any]]:
    unknown = PlainCall("?", "unknown fact")

    def fact(id_: str, form: str = "figure", *, start: bool = False) -> Marker:
        if form not in FORMS:
            calls.problem(f"unknown form '{form}'", suggest(form, FORMS))
            form = "figure"
        known = calls.known(id_)
        if not known:
            return calls.mark(unknown)
        if calls.store.facts[known].figure is None:
            hint = f"print its sentence: statement('{id_}'), or cite('{id_}') after your own"
            calls.problem(f"fact '{known}' has no figure", hint)
            return calls.mark(unknown)
        return calls.mark(FactCall(known, next(f for f in FORMS if f == form), start))

    def statement(id_: str) -> Marker:
        known = calls.known(id_)
        return calls.mark(StatementCall(known) if known else unknown)

    def cite(*ids: str) -> Block:
        known = filter(None, map(calls.known, ids))
        return Block("".join(calls.mark(CiteCall(id_)).token for id_ in known))

    def as_of(id_: str, *, start: bool = False) -> Marker:
        known = calls.known(id_)
        return calls.mark(AsOfCall(known, start) if known else unknown)

    def since(id_: str, *, start: bool = False) -> Marker:
        known = calls.known(id_)
        if not known:
            return calls.mark(unknown)
        if calls.store.facts[known].since is None:
            calls.problem(f"fact '{known}' has no earlier date", f"print its date: as_of('{id_}')")
            return calls.mark(unknown)
        return calls.mark(SinceCall(known, start))

    def in_words(kind: Literal["trend", "compare"], ids: tuple[str, ...], *, start: bool) -> Marker:
        known = tuple(filter(None, map(calls.known, ids)))
        if len(ids) not in (1, 2):
            calls.problem(f"{kind} takes one derived fact or two facts", f"{kind}('a', 'b')")
        if len(known) != len(ids) or len(ids) not in (1, 2):
            return calls.mark(unknown)
        return calls.mark(WordsCall(kind, known, start))

    def trend(*ids: str, start: bool = False) -> Marker:
        return in_words("trend", ids, start=start)

    def compare(*ids: str, start: bool = False) -> Marker:
        return in_words("compare", ids, start=start)

    def speaker(id_: str) -> Marker:
        known = calls.known(id_)
        return calls.mark(SpeakerCall(known) if known else unknown)

    def source(id_: str) -> Marker:
        known = calls.known(id_)
        if not known:
            return calls.mark(unknown)
        if calls.store.facts[known].derivation:
            what = f"derived fact '{known}' has no source of its own"
            calls.problem(what, "name one of its inputs")
            return calls.mark(unknown)
        return calls.mark(SourceCall(known))

    def plain(text: str, why: str) -> Marker:
        if not why.strip():
            calls.problem(f"plain('{text}') gives no reason", "say why it needs no source")
        return calls.mark(PlainCall(str(text), why))

    def ref(anchor: str, *, start: bool = False) -> Marker:
        return calls.mark(RefCall(anchor, start))

    def query(
        theme: str = "", place: str | Condition = "", speaker: str = "", standing: str = ""
    ) -> tuple[str, ...]:
        place = word_of(place)
        _check_query(calls, theme, place, speaker, standing)
        return tuple(found.id for found in calls.store.where(theme, place, speaker, standing))

    return {
        "fact": fact, "statement": statement, "cite": cite, "as_of": as_of, "since": since,
        "trend": trend, "compare": compare, "speaker": speaker,
        "source": source, "plain": plain, "ref": ref, "query": query, "has": calls.has,
    }  # fmt: skip


def _check_query(calls: Calls, theme: str, place: str, speaker: str, standing: str) -> None:
    store = calls.store
    known: tuple[tuple[str, str, Iterable[str]], ...] = (
        ("theme", theme, store.themes),
        ("place", place, store.places),
        ("speaker", speaker, store.people),
        ("standing", standing, [member.value for member in Standing]),
    )
    for kind, word, ids in known:
        if word and word not in ids:
            calls.problem(f"unknown {kind} '{word}'", suggest(word, ids))


def _blocks(calls: Calls) -> dict[str, Callable[..., Any]]:
    def timeline(facts: Sequence[str], caption: str, base: str = "", id: str = "") -> Block:  # noqa: A002
        known = tuple(filter(None, map(calls.known, facts)))
        call = TimelineCall(known, str(caption), str(base), id)
        return Block(f"\n\n{calls.mark(call).token}\n\n")

    def contents() -> Block:
        return Block(f"\n\n{calls.mark(ContentsCall()).token}\n\n")

    def annex(title: str) -> Block:
        return Block(f"\n\n{calls.mark(AnnexCall(str(title))).token}\n\n")

    return {"timeline": timeline, "contents": contents, "annex": annex}
