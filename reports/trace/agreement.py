"""Where editions of one brief tell their readers different things, as they are printed.

All are made from one store, so two readers are told different values only where the store
holds two of the same, or where an edition prints what is not from the store.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from reports.build.outputs import Resolved
from reports.facts.conflicts import conflicts, contradictions
from reports.facts.model import Facts
from reports.facts.versions import earlier_versions
from reports.trace.difference import Difference, Spot, spot_of_hit, spot_of_use
from reports.trace.plain import plain_figures
from reports.trace.uses import Use, hits, uses

_SAME_DIGITS = ("figure", "number", "words", "as of", "since")  # forms, in all languages
_SAME_WORDS = (*_SAME_DIGITS, "with base", "statement")  # forms, in one language


def differences(resolved: Iterable[Resolved], store: Facts) -> Iterator[Difference]:
    """What the editions of each brief, and subject, tell differently; none where all agree.

    Facts that oppose each other are told once for each pair of audiences.
    """
    opposed = tuple(dict.fromkeys(_opposed(store)))
    for items in by_document(resolved):
        told = [_told(item, store) for item in items]
        for kind, first, second in opposed:
            yield from _split(kind, first, second, told)
        found = uses(items)
        yield from _wordings(found)
        yield from plain_figures(items, found, store)


def by_document(resolved: Iterable[Resolved]) -> list[list[Resolved]]:
    """The editions of each brief; in a series, of each of its subjects."""
    documents: dict[str, list[Resolved]] = {}
    for item in resolved:
        documents.setdefault(item.edition.document, []).append(item)
    return list(documents.values())


def _opposed(store: Facts) -> Iterator[tuple[str, str, str]]:
    """The pairs of facts of which one alone misleads, each with the reason."""
    for conflict in conflicts(store):
        yield "conflict", conflict.first, conflict.second
    for first, second in contradictions(store):
        yield "contradiction", first, second
    for fact in store.facts.values():
        for old in earlier_versions(fact, store.facts)[1:]:
            yield "version", old.id, fact.id


def _told(item: Resolved, store: Facts) -> dict[str, Spot]:
    """What an edition tells: the first spot that prints a fact, or else what is derived from it."""
    found = list(hits(uses([item]), store))
    direct = [hit for hit in found if not hit.through]
    return {hit.asked: spot_of_hit(hit) for hit in reversed([*direct, *found])}


def _split(
    kind: str, first: str, second: str, told: Sequence[dict[str, Spot]]
) -> Iterator[Difference]:
    """The editions that tell one of two facts alone; an edition that tells both is fair.

    Not so with versions: who is told the old one alone is misled by others' knowing both.
    """
    ones = [each[first] for each in told if first in each and second not in each]
    others = [
        each[second] for each in told if second in each and (first not in each or kind == "version")
    ]
    pairs = sorted(product(ones, others), key=_speak_differently)
    nearest = {
        frozenset(spot.edition.audience.id for spot in pair): pair for pair in reversed(pairs)
    }
    for one, other in nearest.values():
        yield Difference(kind, one, other)


def _speak_differently(pair: tuple[Spot, Spot]) -> bool:
    return pair[0].edition.language != pair[1].edition.language


def _wordings(found: Iterable[Use]) -> Iterator[Difference]:
    """Where one fact in one form reads differently: in one language, or in its digits."""
    read: dict[tuple[str, str], dict[str, Use]] = {}
    for use in found:
        form = "figure" if use.form == "chart" else use.form
        if form not in _SAME_WORDS:  # words of comparison depend on another fact, too
            continue
        firsts = read.setdefault((use.fact, form), {})
        for language, first in firsts.items():
            own = language == use.edition.language
            reads = _words if own else _digits
            if (own or form in _SAME_DIGITS) and reads(first) != reads(use):
                yield Difference("wording", spot_of_use(first), spot_of_use(use))
        firsts.setdefault(use.edition.language, use)


def _words(use: Use) -> str:
    """What a use says, whether or not it begins a sentence."""
    return use.text[:1].lower() + use.text[1:]


def _digits(use: Use) -> str:
    return re.sub(r"\D", "", use.text)
