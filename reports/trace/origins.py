"""An edition to its blocks: where each comes from, who wrote in it, which facts it tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reports.build.outputs import Resolved
from reports.compose import Composed
from reports.compose.calls import (
    Call,
    CaptionCall,
    ChartCall,
    SourceCall,
    SpeakerCall,
    TimelineCall,
    facts_of,
)
from reports.compose.passages import Passage
from reports.compose.tokens import MARKER, marked_call
from reports.problems import Place
from reports.trace.uses import Use, body_uses

_NAMING = (SpeakerCall, SourceCall)  # they print no note mark
_MACRO = re.compile(r"\{%[-+]?\s*(?:macro\s+(\w+)|(endmacro))")
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


@dataclass(frozen=True)
class Part:
    """A macro, or an included file where `macro` is "", with its first line that wrote."""

    macro: str
    place: Place


@dataclass(frozen=True)
class Told:
    """What a block tells of a fact: each form with what it prints, "" for a mark alone.

    `note` is None for a fact whose speaker or source alone is named.
    """

    fact: str
    note: int | None
    printed: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Origin:
    """One block of an edition, without what the blocks within it do.

    `place` is the line of its `{% block %}`.  `overrides` are the lines of those of the same name
    that it stands for, the nearest first; with `adds`, that one prints within it, and then is
    `inherited` itself.  `blank` says that it prints nothing.  What stands in no block has the
    name "".
    """

    name: str
    depth: int
    place: Place
    overrides: tuple[Place, ...]
    adds: bool
    inherited: bool
    parts: tuple[Part, ...]
    facts: tuple[Told, ...]
    blank: bool


def origins(item: Resolved) -> tuple[Origin, ...]:
    """The blocks of an edition in reading order; last, what tells facts outside of them."""
    composed, found = item.composed, body_uses([item])
    passages = composed.passages
    made = [
        _origin(passage, _inside(index, passages), composed, found)
        for index, passage in enumerate(passages)
    ]
    within = {call for passage in passages for call in passage.calls}
    printed = dict.fromkeys(map(marked_call, MARKER.finditer(composed.text)))
    outside = [call for call in printed if call not in within]
    if outside or not passages:
        place = Place(item.edition.template, 1)
        told = _told(outside, composed, found)
        none = Origin(
            "", 0, place, (), adds=False, inherited=False, parts=(), facts=told, blank=False
        )
        made.append(none)
    return tuple(made)


def left_out(composed: Composed) -> dict[str, Place]:
    """The blocks that no other block of the edition prints, with the line of each."""
    printed = {passage.name for passage in composed.passages}
    return {name: own[0] for name, own in composed.blocks.items() if name not in printed}


def _inside(index: int, passages: Sequence[Passage]) -> list[Passage]:
    """The passages within one of them."""
    inner = []
    for passage in passages[index + 1 :]:
        if passage.depth <= passages[index].depth:
            break
        inner.append(passage)
    return inner


def _origin(
    passage: Passage, inner: Sequence[Passage], composed: Composed, found: Sequence[Use]
) -> Origin:
    taken = {call for each in inner for call in each.calls}
    calls = [call for call in passage.calls if call not in taken]
    written = {place for each in inner for place in each.lines}
    lines = [place for place in passage.lines if place not in written]
    definitions = composed.blocks[passage.name]
    nth = definitions.index(passage.place)
    overrides = definitions[nth + 1 :]
    return Origin(
        name=passage.name,
        depth=passage.depth,
        place=passage.place,
        overrides=overrides,
        adds=any(each.place in overrides for each in inner),
        inherited=nth > 0,
        parts=_parts([*(composed.calls[call][1] for call in calls), *lines], passage.place.file),
        facts=_told(calls, composed, found),
        blank=passage.blank,
    )


def _parts(places: Iterable[Place], own: Path) -> tuple[Part, ...]:
    """The macros and other files that wrote these lines, in the order of their first ones."""
    texts: dict[Path, list[str]] = {}
    first: dict[tuple[str, Path], Place] = {}
    for place in places:
        if place.file not in texts:
            texts[place.file] = _without_comments(place.file.read_text("utf-8")).split("\n")
        macro = _macro_in(texts[place.file][: place.line])
        if macro or place.file != own:
            key = (macro, place.file)
            first[key] = min(place, first.get(key, place))
    return tuple(Part(macro, place) for (macro, _), place in first.items())


def _without_comments(text: str) -> str:
    """A template's text with the lines of its comments empty."""
    return _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)


def _macro_in(lines: Sequence[str]) -> str:
    """The macro that the last of a template's first lines stands in, "" for none."""
    inside = ""
    for line in lines[:-1]:
        for name, _ in _MACRO.findall(line):
            inside = name
    return next((name for name, _ in _MACRO.findall(lines[-1]) if name), inside)


def _told(calls: Iterable[int], composed: Composed, found: Sequence[Use]) -> tuple[Told, ...]:
    """What these calls tell, and those in the captions among them, by their facts."""
    spots: dict[tuple[str, Place, Place | None], list[Use]] = {}
    for use in found:
        spots.setdefault((use.fact, use.place, use.place.called), []).append(use)
    told: dict[str, dict[tuple[str, str], None]] = {}
    notes: dict[str, int] = {}
    for index in _all_calls(calls, composed):
        call, place = composed.calls[index]
        for fact in facts_of(call):
            uses = () if isinstance(call, _NAMING) else spots.get((fact, place, place.called), ())
            printed = [(use.form, use.text) for use in uses] or [(_named(call), "")]
            told.setdefault(fact, {}).update(dict.fromkeys(printed))
            notes |= {use.fact: use.note for use in uses}
    return tuple(Told(fact, notes.get(fact), tuple(printed)) for fact, printed in told.items())


def _all_calls(calls: Iterable[int], composed: Composed) -> Iterator[int]:
    """The calls, each followed by those that stand in its caption or another text of it."""
    for index in calls:
        yield index
        for text in _texts(composed.calls[index][0]):
            yield from _all_calls(map(marked_call, MARKER.finditer(text)), composed)


def _texts(call: Call) -> tuple[str, ...]:
    """The texts of a call that other calls may stand in."""
    match call:
        case CaptionCall():
            return (call.title, call.base)
        case ChartCall():
            return (call.caption, call.base, call.reason)
        case TimelineCall():
            return (call.caption, call.base)
        case _:
            return ()


def _named(call: Call) -> str:
    """What a call without a note mark prints of its fact."""
    return "speaker" if isinstance(call, SpeakerCall) else "source"
