"""Two states of one fact to what a reader is told otherwise of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from reports.casefile.changes.model import Aspect, Retold
from reports.casefile.register.entry import IssuedFact


def retold(was: IssuedFact, now: IssuedFact) -> tuple[Retold, ...]:
    """What a reader is told otherwise of a fact, the figure first; empty where all is the same."""
    return tuple(chain(_figure(was, now), _around(was, now)))


def _figure(was: IssuedFact, now: IssuedFact) -> Iterator[Retold]:
    """The figure, or else how it is computed or what stands around it wherever it is printed."""
    if was.words.figure != now.words.figure:
        yield Retold(_figure_aspect(was, now), was.words.figure, now.words.figure)
        return
    if was.words.sum and now.words.sum and was.words.sum != now.words.sum:
        yield Retold(Aspect.WORDING, was.words.sum, now.words.sum)
    if was.words.as_of == now.words.as_of:  # statements may tell it
        yield from _printed(was, now)


def _figure_aspect(was: IssuedFact, now: IssuedFact) -> Aspect:
    values = [(fact.value, fact.high, fact.of, fact.date, fact.unit) for fact in (was, now)]
    if values[0] != values[1]:
        return Aspect.FIGURE
    return Aspect.HEDGE if was.qualifier != now.qualifier else Aspect.WORDING


def _printed(was: IssuedFact, now: IssuedFact) -> Iterator[Retold]:
    """The forms in which both versions print the fact, and print it otherwise."""
    for form, texts in now.printed.items():
        if form == "with base" and was.words.among != now.words.among:
            continue  # the population is told by itself
        if form == "statement" and not now.words.figure:
            continue  # that is what the fact is
        new = _others(texts, was.printed.get(form, ()))
        old = _others(was.printed.get(form, ()), texts)
        if new and old:
            yield Retold(Aspect.WORDING, old[0], new[0])


def _others(texts: Iterable[str], than: Iterable[str]) -> list[str]:
    """The texts that aren't among the others, whether or not they begin a sentence."""
    known = {_in_sentence(text) for text in than}
    return [text for text in texts if _in_sentence(text) not in known]


def _in_sentence(text: str) -> str:
    return text[:1].lower() + text[1:]


def _around(was: IssuedFact, now: IssuedFact) -> Iterator[Retold]:
    """What is told of a fact besides its figure."""
    old, new = was.words, now.words
    pairs = (
        (Aspect.WORDING, old.statement, new.statement),
        (Aspect.MEASURE, old.measure, new.measure),
        (Aspect.AMONG, old.among, new.among),
        (Aspect.AS_OF, old.as_of, new.as_of),
        (Aspect.SPEAKER, old.speaker, new.speaker),
        (Aspect.STANDING, old.standing, new.standing),
        (Aspect.SOURCE, old.source, new.source),
    )
    for aspect, before, after in pairs:
        if before != after:
            yield Retold(aspect, before, after)
