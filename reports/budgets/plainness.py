"""How much there is to read and how plain it is: words, sentences, LIX and long words.

Every word of the body counts towards its length.  A sentence is too long wherever the author
wrote it; captions are left out, since the tool writes most of their base lines.  LIX and the
share of long words judge running text alone: headings and table cells are no sentences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from reports.audiences import Audience
from reports.budgets.body import Kind, Stretch
from reports.budgets.counting import Counts, is_long, sentence_texts, words
from reports.budgets.lines import line_of
from reports.budgets.terms import Term, measured
from reports.problems import Place, Problem

_FIRST = 6  # words of a sentence that tell which one is meant
_NAMED = 3  # sections or words that a hint names
_ENOUGH = 20  # words from which a paragraph's LIX says something
_EDGES = "«»“”‘’\"'()[].,:;!?…–"

Shown = Callable[[Place], str]  # a place as a hint names it


def plainness_terms(
    audience: Audience, told: Sequence[Stretch], template: Path, shown: Shown
) -> tuple[Term, ...]:
    """The terms of length and plainness of one edition, limited or not."""
    place = Place(template)
    prose = [each for each in told if each.kind is Kind.PROSE]
    counts = Counts.of(each.text for each in prose)
    return (
        _length(audience, told, place),
        _sentences(audience, told),
        _lix(audience, prose, counts, place, shown),
        _long_words(audience, prose, counts, place),
    )


def _length(audience: Audience, told: Sequence[Stretch], place: Place) -> Term:
    sections: Counter[str] = Counter()
    for each in told:
        if each.kind is not Kind.PICTURE:
            sections[each.section] += len(words(each.text))
    found, limit = sections.total(), audience.budget.words
    what = f"the body has {found} words; '{audience.id}' allows {limit}"
    longest = (
        f"'{name}' ({count})" if name else f"the beginning ({count})"
        for name, count in sections.most_common(_NAMED)
    )
    hint = f"cut {found - limit} words; the longest sections: {', '.join(longest)}"
    return measured("words", limit, found, (Problem(place, what, hint),))


def _sentences(audience: Audience, told: Sequence[Stretch]) -> Term:
    limit = audience.budget.sentence_words
    counted = list(_counted_sentences(told))
    problems = tuple(
        _too_long(audience, each.place, sentence, found)
        for each, sentence, found in counted
        if 0 < limit < found
    )
    longest = max((found for _, _, found in counted), default=0)
    return measured("words in a sentence", limit, longest, problems)


def _too_long(audience: Audience, place: Place, sentence: str, found: int) -> Problem:
    first = sentence.split()[:_FIRST]
    starts = (line_of(place, " ".join(first[:count])) for count in (3, 2))  # unless a fact is there
    line = next((start for start in starts if start != place), place)
    limit = audience.budget.sentence_words
    what = (
        f"a sentence of {found} words begins '{' '.join(first)} …'; '{audience.id}' allows {limit}"
    )
    return Problem(line, what, "make two of it, or leave something out")


def _counted_sentences(told: Sequence[Stretch]) -> Iterator[tuple[Stretch, str, int]]:
    for each in told:
        if each.kind in (Kind.PROSE, Kind.SHORT):
            for sentence in sentence_texts(each.text):
                yield each, sentence, len(words(sentence))


def _lix(
    audience: Audience, prose: Sequence[Stretch], counts: Counts, place: Place, shown: Shown
) -> Term:
    limit = audience.budget.lix
    what = f"LIX is {counts.lix}; '{audience.id}' allows {limit}"
    hint = "write shorter sentences and words"
    if 0 < limit < counts.lix and (hardest := _hardest(prose)):
        lix = Counts.of([hardest.text]).lix
        hint = f"{hint}; the hardest paragraph is {shown(hardest.place)}, with LIX {lix}"
    return measured("LIX", limit, counts.lix, (Problem(place, what, hint),))


def _hardest(prose: Sequence[Stretch]) -> Stretch | None:
    """The paragraph with the highest LIX, of those that are long enough to have one."""
    enough = [each for each in prose if len(words(each.text)) >= _ENOUGH] or prose
    return max(enough, key=lambda each: Counts.of([each.text]).lix, default=None)


def _long_words(audience: Audience, prose: Sequence[Stretch], counts: Counts, place: Place) -> Term:
    found, limit = counts.long_percent, audience.budget.long_words
    what = f"{found} % of the words have more than six letters; '{audience.id}' allows {limit} %"
    used = Counter(
        word.strip(_EDGES).lower() for each in prose for word in words(each.text) if is_long(word)
    )
    named = ", ".join(f"'{word}' ({count})" for word, count in used.most_common(_NAMED))
    hint = f"write shorter words; most used: {named}"
    return measured("long words", limit, found, (Problem(place, what, hint),), "%")
