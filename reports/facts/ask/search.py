"""To find facts by words: in every language of the store, in any form, and with typing errors.

A fact is found if it holds every word asked for.  A word is held exactly, with other letters for
the same sound (å, aa, a), in another form (kommune, kommunene), or as a part of a longer one.
Only a word that no fact holds in any of these ways is taken for a typing error: then the words
nearest to it are searched for instead, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from reports.facts.ask.index import (
    SHORT,
    Index,
    chunks_in,
    index_facts,
    joined,
    parts_of,
    sound,
    words_in,
)
from reports.facts.model import Facts

# What a hit is worth by how the fact holds the word.
_EXACT, _SPELLING, _FORM, _BEGINNING, _INSIDE = 1.0, 0.95, 0.9, 0.7, 0.5
_AGAIN = 0.1  # of its worth is added for a further hit
_OUTDATED = 0.5  # of its worth is left to a superseded fact

_STEM = 4  # letters that two forms of a word share at least
_PART = 5  # letters from which a word is found inside another: "løsning" in "fellesløsninger"
_ALIKE = 0.75  # of a typing error and what was meant: one slip in four letters, two in eight
_NEAR = 0.66  # of an unknown word and the one that is suggested
_MOST_MEANT = 3  # words that a typing error is taken for

# Endings that go with one stem: in English, then in bokmål, nynorsk and Danish.
_FORMS = (
    frozenset(("", "s", "es", "ed", "ing")),
    frozenset(("e", "es", "ed", "ing")),
    frozenset(("y", "ies", "ied")),
    frozenset(("", "a", "e", "en", "ene", "enes", "ens", "er", "ers", "et", "ets", "ne", "s")),
    frozenset(("e", "en", "ene", "enes", "ens", "er", "ers", "es", "et", "te")),
    frozenset(("", "a", "ane", "ar", "en", "et")),
    frozenset(("e", "a", "ane", "ar", "en")),
    frozenset(("", "en", "er", "erne", "ernes", "et", "s")),
    frozenset(("e", "en", "er", "erne", "ernes", "t")),
)
_LONG_FORM = frozenset(("", "e", "est", "t"))  # of an adjective: after short stems too much fits
_SHORT_ENDINGS = frozenset(("en", "ene", "er", "es", "et", "s"))
# They stand in most sentences and tell none apart.
_SMALL = frozenset(
    (
        *("av", "de", "den", "det", "en", "er", "et", "for", "i", "med", "og", "om", "på", "som"),
        *("dei", "ein", "ei", "eit", "af", "der"),
        *("til", "ved", "å", "a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "of"),
        *("on", "that", "the", "to", "was", "with"),
    )
)


@dataclass(frozen=True)
class Found:
    """The facts that hold every word, the best first, and how the words were taken.

    `meant` maps a word that no fact holds to those it was taken for, and `unknown` one that is
    like none to the nearest word of the store, "" where none is near.  `alone` tells how many
    facts hold each word, where none holds them all.  `inside` maps a place that was named to
    the places in it by which facts were found.
    """

    ids: tuple[str, ...]
    meant: Mapping[str, tuple[str, ...]]
    unknown: Mapping[str, str]
    alone: Mapping[str, int]
    inside: Mapping[str, tuple[str, ...]]


def search_facts(store: Facts, words: Iterable[str], ids: Iterable[str]) -> Found:
    """Those of the facts `ids` that hold every word."""
    known = tuple(ids)
    index = index_facts(store, known)
    asked = _asked(" ".join(words), index)
    hits = {word: _hits([word], index) for word in asked}
    meant = {word: near for word in asked if not hits[word] and (near := _meant(word, index))}
    hits |= {word: _hits(near, index) for word, near in meant.items()}
    unknown = {word: _suggested(word, index) for word in asked if not hits[word]}
    found = _best_first(hits, known, store)
    alone = {} if found or unknown else {word: len(facts) for word, facts in hits.items()}
    return Found(found, meant, unknown, alone, _inside(store, found, asked))


def _best_first(
    hits: Mapping[str, Mapping[int, float]], known: Sequence[str], store: Facts
) -> tuple[str, ...]:
    """The facts that are hit by every word, by what their hits are worth together."""
    shared = set.intersection(*(set(found) for found in hits.values())) if hits else set()

    def order(number: int) -> tuple[float, int]:
        outdated = store.facts[known[number]].id in store.superseded
        worth = sum(found[number] for found in hits.values())
        return -worth * (_OUTDATED if outdated else 1.0), number

    return tuple(known[number] for number in sorted(shared, key=order))


def is_held(word: str, by: str) -> bool:
    """Whether one word is the other, in another spelling or form, or its beginning."""
    return word == by or _quality(sound(word), sound(by)) > _INSIDE


def _asked(text: str, index: Index) -> tuple[str, ...]:
    """The words of a question without the small ones; a compound whole where the store has it."""
    words: dict[str, None] = {}
    for chunk in chunks_in(text):
        parts = parts_of(chunk)
        wholes = (chunk.casefold(), joined(chunk)) if len(parts) > 1 else ()
        if len(parts) > 1:  # the 19 of COVID-19 says nothing where the store has it nowhere
            parts = tuple(p for p in parts if p.isalpha() or p in index.words) or parts
        known = [whole for whole in wholes if whole in index.words]
        words |= dict.fromkeys(known[:1] or parts)
    telling = tuple(word for word in words if word not in _SMALL)
    return telling or tuple(words)


def _hits(words: Iterable[str], index: Index) -> dict[int, float]:
    """The facts that hold one of these words, each with what the hits are worth.

    The best hit counts in full, and a tenth of each further one.
    """
    qualities: dict[str, float] = {}  # of the chunks that hold one
    for word in words:
        for held, quality in _held(word, index):
            for chunk in index.words[held]:
                qualities[chunk] = max(quality, qualities.get(chunk, 0.0))
    best: dict[int, float] = {}
    every: dict[int, float] = {}
    for text, chunks in index.chunks.items():
        if qualities.keys().isdisjoint(chunks):
            continue
        quality = max(qualities[chunk] for chunk in chunks if chunk in qualities)
        for numbers, worth in index.facts[text]:
            for number in numbers:
                best[number] = max(best.get(number, 0.0), quality * worth)
                every[number] = every.get(number, 0.0) + quality * worth
    return {number: hit + _AGAIN * (every[number] - hit) for number, hit in best.items()}


def _held(word: str, index: Index) -> Iterator[tuple[str, float]]:
    """The words of the store that hold a word, each with how well."""
    if not word.isalpha():
        if word in index.words:
            yield word, _EXACT
        return
    if len(word) <= SHORT and word.upper() in index.words:
        word = word.upper()
    told = sound(word)
    for other, its_sound in index.sounds.items():
        if other == word:
            yield other, _EXACT
        elif other.isalpha() and (quality := _quality(told, its_sound)):
            yield other, quality


def _quality(word: str, by: str) -> float:
    """How well the second word holds the first, both as they sound; 0 if it doesn't."""
    if len(word) <= SHORT:
        is_form = by.startswith(word) and by[len(word) :] in _SHORT_ENDINGS and len(word) == SHORT
        return _FORM if is_form else 0.0
    if word == by:
        return _SPELLING
    if _is_form(word, by):
        return _FORM
    if by.startswith(word):
        return _BEGINNING
    return _INSIDE if len(word) >= _PART and word in by else 0.0


def _is_form(word: str, other: str) -> bool:
    """Whether two words differ in their endings only."""
    if word[:SHORT] != other[:SHORT]:
        return False
    if word == f"{other}s" and len(other) == SHORT:
        return True
    return any(
        _is_stem(word[:size], {word[size:], other[size:]})
        for size in range(_STEM, min(len(word), len(other)) + 1)
        if word[:size] == other[:size]
    )


def _is_stem(stem: str, endings: set[str]) -> bool:
    if len(stem) > _STEM and endings <= _LONG_FORM:
        return True
    return any(endings <= forms for forms in _FORMS)


# ---------------------------------------------------------------- typing errors


def _meant(word: str, index: Index) -> tuple[str, ...]:
    """The words of the store that a typing error was most likely meant for."""
    if len(word) < _STEM:
        return ()
    near = _nearest(word, index, _ALIKE)
    near = {other: alike for other, alike in near.items() if _is_slip(word, other)}
    best = max(near.values(), default=0.0)
    likely = [other for other, alike in near.items() if alike == best]
    likely.sort(key=lambda other: -sum(index.counts[chunk] for chunk in index.words[other]))
    return tuple(likely[:_MOST_MEANT])


def _suggested(word: str, index: Index) -> str:
    near = _nearest(word, index, _NEAR)
    return max(near, key=lambda other: near[other], default="")


def _nearest(word: str, index: Index, cutoff: float) -> dict[str, float]:
    """The words of the store that are so much like this one, each with how much."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    others = {
        other: its_sound
        for other, its_sound in index.sounds.items()
        if len(other) >= SHORT and other.isalpha()
    }
    found = process.extract(
        sound(word), others, scorer=OSA.normalized_similarity, score_cutoff=cutoff, limit=None
    )
    return {other: alike for _, alike, other in found}


def _is_slip(word: str, other: str) -> bool:
    """Whether a word may be searched for instead, which it may not if it is likely one itself.

    Of eight letters, few words are like another.  With six or seven, the first letter must be
    right, and with six the others, too (police is not policy); with fewer, only the order of the
    letters may be wrong, or one be doubled (olso, osllo; but mayor is not major).
    """
    if len(word) >= 2 * _STEM:
        return True
    told, meant = sound(word), sound(other)
    if sorted(told) == sorted(meant) or _undoubled(told) == _undoubled(meant):
        return True
    if len(word) <= _PART or told[:1] != meant[:1]:
        return False
    return len(word) > _PART + 1 or len(told) != len(meant)


def _undoubled(word: str) -> str:
    return "".join(letter for letter, _ in groupby(word))


# ---------------------------------------------------------------- places


def _inside(store: Facts, found: Iterable[str], asked: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The places that were named, each with the places in it that the facts are about."""
    named = [
        id_
        for id_, place in store.places.items()
        for name in [words_in(" ".join(place.name.values()))]
        if any(sound(word) in map(sound, name) for word in asked)
    ]
    places = dict.fromkeys(store.facts[id_].place for id_ in found)
    inside = {
        id_: tuple(place for place in places if place != id_ and id_ in store.around(place))
        for id_ in named
    }
    return {id_: places for id_, places in inside.items() if places}
