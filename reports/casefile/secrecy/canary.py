"""Canaries: the texts by which a hidden fact would be told.

What counts as one: the fact's id; its sentences, whole and the words around their figures; its
figure in every form; the reasons that its entry gives; the source's words for it; the names of
who says it, of the source and of its authors.  In all languages that it can be said in, and as a
document printed it.  One of more than 40 signs is cut in parts, each of which is enough.

What doesn't: what a reader is told anyway, because a fact that she may see is told by the same
text, or a part of it, or the brief's settings are.  Nor what proves nothing: a figure that is a
date, or no more than a small or round number, stands on axes and in page numbers; texts of less
than four signs stand anywhere.  What no search can settle, `redaction` does, by making the
file again from a store without the hidden facts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from reports.casefile.secrecy.folding import EIGHT, eights_in, folded, words_of
from reports.facts.exchange.visible import facts_once, visible_part
from reports.facts.model import Access, Fact, Facts
from reports.facts.quantities import When
from reports.facts.wording import FORMS, figure_text, statements
from reports.language import load_language

_SHORTEST = 4  # signs
_QUOTED = 12  # signs of a source's words that are more than a number and its noun
_LONG, _PART = 40, 32  # signs of a text that is looked for in parts, and of a part
_DIGITS = 3  # of a bare number that stands on no axis, noughts at its end left out
_FEW_WORDS = 3  # of a figure without digits that prose would not hold by chance
_PLACEHOLDER = re.compile(r"\{figure\}|\{as_of\}")


@dataclass(frozen=True)
class Canary:
    """A text that tells of a hidden fact; `what` says what of it, such as "sentence"."""

    fact: str
    what: str
    text: str


def canaries(
    store: Facts,
    access: Access,
    printed: Mapping[str, Iterable[str]],
    told: Iterable[str],
    codes: Sequence[str],
) -> tuple[Canary, ...]:
    """The canaries of all facts above that level; none where nothing is hidden.

    `printed` has what a document prints of facts, `told` what readers are told anyway.
    """
    hidden = [fact for fact in facts_once(store) if fact.access > access]
    if not hidden:
        return ()
    found: dict[tuple[str, ...], Canary] = {}
    for fact in hidden:
        texts = [*_tellings(fact, store, codes)]
        texts += [("printed text", text) for text in printed.get(fact.id, ())]
        for what, text in texts:
            for part in _parts(text) if _proves(what, text) else ():
                found.setdefault((fact.id, *words_of(part)), Canary(fact.id, what, part))
    known = _Known((*_open_texts(store, access, codes), *told))
    return tuple(known.without(found.values()))


class _Known:
    """Texts that readers are told anyway."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._row = b"\n".join(map(folded, texts))

    def without(self, wanted: Collection[Canary]) -> Iterator[Canary]:
        """Those of the canaries that none of the texts holds; an id is always a fact's own."""
        signs = {canary: folded(canary.text) for canary in wanted}
        likely = eights_in(self._row, signs.values())
        for canary, sign in signs.items():
            new = len(sign) >= EIGHT and sign[:EIGHT] not in likely
            if canary.what == "id" or new or not self._holds(sign):
                yield canary

    def _holds(self, sign: bytes) -> bool:
        """Whether the sign stands there, its numbers no part of longer ones."""
        before = rb"(?<![0-9])" if sign[:1].isdigit() else b""
        after = rb"(?![0-9])" if sign[-1:].isdigit() else b""
        return re.search(before + sign + after, self._row) is not None


def _open_texts(store: Facts, access: Access, codes: Sequence[str]) -> Iterator[str]:
    """The texts that may be told at that level: of its facts, and of what these are told with."""
    seen = visible_part(store, access)
    for fact in facts_once(seen):
        yield from (text for _, text in _tellings(fact, store, codes))
    names = [measure.name for measure in seen.measures.values()]
    names += [place.name for place in seen.places.values()]
    names += [*seen.populations.values(), *seen.themes.values(), *seen.inferences.values()]
    for source in seen.sources.values():
        names += [source.nature, source.interest]
    yield from (text for each in names for text in each.values())


# ---------------------------------------------------------------- what tells of a fact


def _tellings(fact: Fact, store: Facts, codes: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The texts by which a fact is told, each with what it says."""
    yield "id", fact.id
    for text in statements(fact, store).values():
        yield "sentence", text
    for text in fact.statement.values():
        yield from (("part of a sentence", part) for part in _PLACEHOLDER.split(text))
    yield from (("figure", text) for text in _figures(fact, store, codes))
    yield "source's words", fact.at.printed
    yield from (("reason", text) for text in _reasons(fact))
    if fact.derivation is None:
        speaker = store.people[fact.said_by]
        for names in (speaker.name, speaker.organisation):
            yield from (("speaker", text) for text in names.values())
    source = store.sources[fact.source]
    yield from (("source", text) for text in (source.title, source.url))
    yield from (("source", f"{name.given} {name.family}") for name in source.author)


def _figures(fact: Fact, store: Facts, codes: Sequence[str]) -> Iterator[str]:
    """The figure in each form and language; none for a date."""
    figure = fact.figure
    if figure is None or isinstance(figure.value, When):
        return
    for code in codes:
        told = not figure.among or code in store.populations[figure.among]
        for form in FORMS:
            if told or form != "with base":
                yield figure_text(figure, store, load_language(code), form)


def _reasons(fact: Fact) -> Iterator[str]:
    yield fact.lowered
    yield from fact.at.excused.values()
    for reasons in fact.outranks.values():
        yield from reasons.values()
    if fact.derivation:
        yield from fact.derivation.because.values()


def _proves(what: str, text: str) -> bool:
    """Whether to find the text is to find the fact."""
    count = len(folded(text))
    match what:
        case "figure" | "printed text":
            return count >= _SHORTEST and _is_telling(text)
        case "source's words":
            return count >= _QUOTED
        case "part of a sentence":
            return count >= _PART
        case _:
            return count >= _SHORTEST


def _is_telling(text: str) -> bool:
    """Whether a figure says more than a small or round number does."""
    words = words_of(text)
    digits = "".join(letter for letter in text if letter.isdecimal())
    if not digits:
        return len(words) >= _FEW_WORDS
    bare = not any(letter.isalpha() for letter in text)
    return not bare or len(digits.strip("0")) >= _DIGITS


def _parts(text: str) -> Iterator[str]:
    """The text, or where it is long its words in parts, the last of which goes to the end."""
    if len(folded(text)) <= _LONG:
        yield text
        return
    words = text.split()
    ends = accumulate(len(folded(word)) for word in words)
    start = signs = 0
    for index, end in enumerate(ends, start=1):
        if end - signs >= _PART:
            yield " ".join(words[start:index])
            start, signs = index, end
    rest = words[start:]
    while rest and len(folded(" ".join(rest))) < _PART:
        start -= 1
        rest = words[start:]
    if rest:
        yield " ".join(rest)
