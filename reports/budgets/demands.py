"""What must stand in an audience's editions and what must not.

A block is there when it prints more than headings.  A theme or speaker is told by every call
that prints or cites a fact of theirs, or one that is computed from such a fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple

from reports.audiences import Audience
from reports.budgets.terms import Term, judged
from reports.compose import Composed
from reports.compose.calls import CHART_KINDS, Call, ChartCall, SourceCall, facts_of
from reports.compose.passages import Passage
from reports.compose.tokens import MARKER, marked_call
from reports.document import Document, Heading
from reports.facts.model import Fact, Facts
from reports.problems import Place, Problem, suggest


def demand_terms(
    audience: Audience, document: Document, composed: Composed, facts: Facts
) -> tuple[Term, ...]:
    """A term for each block that is required and each thing that is forbidden."""
    headings = {block.place for block in document.body if isinstance(block, Heading)}
    required = (_required(audience, name, composed, headings) for name in audience.require)
    return (*required, *_forbidden(audience, composed, facts))


def demand_faults(audience: Audience, facts: Facts) -> Iterator[Problem]:
    """What an audience forbids that doesn't exist, at the line of its file."""
    forbid = audience.forbid
    for key, kind, named, known in (
        ("forbid.themes", "theme", forbid.themes, facts.themes.keys()),
        ("forbid.speakers", "speaker", forbid.speakers, facts.people.keys()),
        ("forbid.charts", "kind of chart", forbid.charts, set(CHART_KINDS)),
    ):
        for word in named:
            if word not in known:
                what = f"unknown {kind} '{word}'"
                yield Problem(audience.place_of(key), what, suggest(word, known))


def _required(audience: Audience, name: str, composed: Composed, headings: set[Place]) -> Term:
    written = [passage for passage in composed.passages if passage.name == name]
    term = f"requires {name}"
    if not written:
        problem = _absent(audience, name, composed)
        return judged(term, "yes", "no", (problem,))
    if not all(_is_empty(passage, headings) for passage in written):
        return judged(term, "yes", "yes")
    what = f"the block '{name}' prints nothing; '{audience.id}' requires it"
    hint = "write it here, or take it out of 'require' of the audience"
    return judged(term, "yes", "no", (Problem(written[0].place, what, hint),))


def _absent(audience: Audience, name: str, composed: Composed) -> Problem:
    what = f"the edition has no block '{name}'; '{audience.id}' requires it"
    if places := composed.blocks.get(name):
        return Problem(
            places[0], what, "a condition, or another block in its place, leaves this one out"
        )
    near, asked = suggest(name, composed.blocks), audience.place_of("require")
    hint = _example(name)
    if near.startswith("did you mean"):
        hint = f"{near} 'require' stands in {asked.file.name}:{asked.line}"
    return Problem(Place(composed.templates[0]), what, hint)


def _example(name: str) -> str:
    return f"write {{% block {name} %}} before the text and {{% endblock %}} after it"


def _is_empty(passage: Passage, headings: set[Place]) -> bool:
    """Whether a passage says nothing, or has only headings to say."""
    if passage.blank:
        return True
    return bool(passage.lines) and not passage.calls and headings.issuperset(passage.lines)


def _forbidden(audience: Audience, composed: Composed, facts: Facts) -> Iterator[Term]:
    printed = [composed.calls[number] for number in _printed(composed)]
    forbid = audience.forbid
    for theme in forbid.themes:
        found = [
            (place, f"fact '{fact.id}' is of the theme '{theme}'")
            for place, fact in _told(printed, facts)
            if any(each.theme == theme for each in facts.basis(fact))
        ]
        yield _unwanted(audience, f"forbids theme {theme}", found)
    for speaker in forbid.speakers:
        found = [
            (place, f"fact '{fact.id}' is the word of '{speaker}'")
            for place, fact in _told(printed, facts)
            if any(each.said_by == speaker for each in facts.roots(fact))
        ]
        yield _unwanted(audience, f"forbids speaker {speaker}", found)
    for kind in forbid.charts:
        found = [
            (place, f"a chart of the kind '{kind}'")
            for call, place in printed
            if isinstance(call, ChartCall) and call.kind == kind
        ]
        yield _unwanted(audience, f"forbids chart {kind}", found)


def _unwanted(audience: Audience, term: str, found: Iterable[tuple[Place, str]]) -> Term:
    problems = tuple(
        Problem(place, f"{what}; '{audience.id}' forbids it", "leave it out for this audience")
        for place, what in dict.fromkeys(found)
    )
    return judged(term, 0, len(problems), problems)


def _told(printed: Iterable[tuple[Call, Place]], facts: Facts) -> Iterator[tuple[Place, Fact]]:
    """The facts that calls print or cite, each with its line; a source's letter is no fact."""
    for call, place in printed:
        if isinstance(call, SourceCall):
            continue
        for id_ in facts_of(call):
            yield place, facts.facts[id_]


def _printed(composed: Composed) -> list[int]:
    """The calls that an edition prints, those inside captions too, in order."""
    found: dict[int, None] = {}
    waiting = [composed.text]
    for text in waiting:
        for number in map(marked_call, MARKER.finditer(text)):
            if number not in found:
                found[number] = None
                waiting += _texts(astuple(composed.calls[number][0]))
    return sorted(found)


def _texts(values: Iterable[object]) -> Iterator[str]:
    """Every text in a call, however deep."""
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            yield from _texts(value)
