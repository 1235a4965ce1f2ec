"""Canaries: the texts by which a hidden fact would be told, looked for in every byte of a file.

What counts as one: the fact's id; its sentences, whole and the words around their figures; its
figure in every form; the reasons that its entry gives; the source's words for it; the names of
who says it, of the source and of its authors.  In all languages that it can be said in, and as a
document printed it.

What doesn't: what a reader is told anyway, because a fact that she may see is told by the same
text, or a part of it, or the brief's settings are.  A figure that is a date, and one that is
no more than a small or round number, stands on axes and in page numbers, and proves nothing.

How it is looked for: small and capital letters are one, and only a to z and 0 to 9 count.  So
a text is found in any encoding, across lines, hyphens and tags.  One of 8 such signs or more is
looked for in all bytes; a shorter one, down to 4, in texts alone; one over 40 in parts of 32, each
of which is enough.  What such a search can't see is settled by making the file again from a store
without the hidden facts: see `redaction`.
"""

from __future__ import annotations

import re
import string
import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from reports.casefile.layers import Layer, layers
from reports.facts.exchange.visible import facts_once, visible_part
from reports.facts.model import Access, Fact, Facts
from reports.facts.quantities import When
from reports.facts.wording import FORMS, figure_text, statements
from reports.language import load_language

_SHORTEST, _SURE = 4, 8  # signs of a text that is looked for in texts, and in all bytes
_QUOTED = 12  # signs of a source's words that are more than a number and its noun
_LONG, _PART = 40, 32  # signs of a text that is looked for in parts, and of a part
_DIGITS = 3  # of a bare number that stands on no axis, noughts at its end left out
_WORDS = 3  # of a figure without digits that prose would not hold by chance
_KEPT = (string.ascii_lowercase + string.digits).encode()
_FOLD = bytes(ord(chr(byte).lower()) if byte < 128 else byte for byte in range(256))
_DROPPED = bytes(byte for byte in range(256) if _FOLD[byte] not in _KEPT)
_PLACEHOLDER = re.compile(r"\{figure\}|\{as_of\}")
_WORD = re.compile(r"\w+|%")
_GAP = r"[\W_]{0,3}"


@dataclass(frozen=True)
class Canary:
    """A text that tells of a hidden fact; `what` says what of it, such as "sentence"."""

    fact: str
    what: str
    text: str


@dataclass(frozen=True)
class Sighting:
    """Where a canary was found."""

    canary: Canary
    where: str


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
    facts = facts_once(store)
    hidden = [fact for fact in facts if fact.access > access]
    if not hidden:
        return ()
    pool = b"\n".join(map(folded, (*_open_texts(store, access, codes), *told)))
    found: dict[Canary, None] = {}
    for fact in hidden:
        texts = [*_tellings(fact, store, codes)]
        texts += [("printed text", text) for text in printed.get(fact.id, ())]
        for what, text in texts:
            if _proves(what, text):
                parts = (part for part in _parts(text) if folded(part) not in pool)
                found |= dict.fromkeys(Canary(fact.id, what, part) for part in parts)
    return tuple(found)


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


def folded(text: str) -> bytes:
    """The letters a to z, all small, and digits of a text."""
    return _plain(text).encode().translate(_FOLD, _DROPPED)


def sightings(data: bytes, wanted: Sequence[Canary]) -> Iterator[Sighting]:
    """Each canary that a file holds, with the first place where it does.

    Raises UnreadableError for a file that can't be taken apart.
    """
    if not wanted:
        return
    found = list(layers(data))
    every, texts = _Row(found), _Row([layer for layer in found if layer.text])
    signs = {canary: folded(canary.text) for canary in wanted}
    likely = every.eights_of(sign for sign in signs.values() if len(sign) >= _SURE)
    for canary, sign in signs.items():
        if len(sign) >= _SURE and sign[:_SURE] not in likely:
            continue
        layer = (every if len(sign) >= _SURE else texts).layer_with(canary.text)
        if layer is not None:
            yield Sighting(canary, layer.where)


class _Row:
    """The folded bytes of layers in a row, to be searched as one."""

    def __init__(self, found: Sequence[Layer]) -> None:
        self._layers = found
        parts = [_signs(layer) for layer in found]
        self._starts = list(accumulate((len(part) + 1 for part in parts), initial=0))
        self._row = b"\n".join(parts)

    def eights_of(self, signs: Iterable[bytes]) -> set[bytes]:
        """The first eight of each of the signs, as far as they stand anywhere in the row.

        To search megabytes for each of thousands of texts would take minutes.
        """
        wanted = {int.from_bytes(sign[:_SURE], sys.byteorder) for sign in signs}
        row, found = memoryview(self._row), set()
        for start in range(_SURE):
            whole = (len(row) - start) // _SURE * _SURE
            found |= wanted.intersection(row[start : start + whole].cast("Q"))
        return {number.to_bytes(_SURE, sys.byteorder) for number in found}

    def layer_with(self, text: str) -> Layer | None:
        """The first layer that tells the text."""
        sign = folded(text)
        exact = len(sign) < _SURE or sign[:1].isdigit() or sign[-1:].isdigit()
        at = self._row.find(sign)
        while at >= 0:
            index = bisect_right(self._starts, at) - 1
            layer = self._layers[index]
            if not (exact and layer.text) or _pattern(text).search(_plain(layer.text)):
                return layer
            at = self._row.find(sign, self._starts[index + 1] - 1)
        return None


def _plain(text: str) -> str:
    """The text without ligatures, full width and the like."""
    return unicodedata.normalize("NFKC", text)


def _signs(layer: Layer) -> bytes:
    """What of a layer is searched; a text twice where it holds ligatures or the like."""
    plain = _plain(layer.text)
    extra = b"" if plain == layer.text else b"\n" + folded(plain)
    return layer.data.translate(_FOLD, _DROPPED) + extra


def _pattern(text: str) -> re.Pattern[str]:
    """To find a text for certain: its words near each other, with no digit more at either end."""
    words = _WORD.findall(_plain(text))
    inner = _GAP.join(map(re.escape, words))
    return re.compile(rf"(?<![0-9]){inner}(?![0-9])", re.IGNORECASE)


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
    words = _WORD.findall(text)
    digits = "".join(letter for letter in text if letter.isdecimal())
    if not digits:
        return len(words) >= _WORDS
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
    yield " ".join(rest)
