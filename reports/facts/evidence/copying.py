"""Sentences of ours that take over a source's words: the longest run that they share.

Words are compared without capitals and punctuation, and numbers twice: as they are written, and
as if each number, with its unit and hedges, were the same word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reports.facts.evidence.beside import Span, hedged_span, unit_beyond
from reports.facts.evidence.idiom import Idiom
from reports.facts.evidence.paragraph import Paragraph

RUN = 8  # so many words in a row are somebody else's sentence
_NUMBER = "…"
_PLACEHOLDER = re.compile(r"\{figure\}|\{as_of\}")
_WORD = re.compile(rf"\w+|{_NUMBER}")

Words = tuple[str, ...]


def runs_of(paragraphs: Iterable[Paragraph]) -> frozenset[Words]:
    """Every eight words in a row within one of the paragraphs."""
    lists = (words for each in paragraphs for words in (_written(each.text), _masked(each)))
    return frozenset(run for words in lists for run in _runs(words))


def shared_run(text: str, runs: frozenset[Words], idiom: Idiom) -> str:
    """The most words in a row that a text of ours shares with `runs`; "" if there are none.

    Where the text is a statement with placeholders, these count as the number they stand for.
    """
    masked = Paragraph(0, _PLACEHOLDER.sub(_NUMBER, text), idiom)
    found = [run for words in (_written(text), _masked(masked)) for run in _shared(words, runs)]
    return max((" ".join(run) for run in found), key=lambda run: run.count(" "), default="")


def _runs(words: Words) -> Iterator[Words]:
    for start in range(len(words) - RUN + 1):
        yield words[start : start + RUN]


def _shared(words: Words, runs: frozenset[Words]) -> Iterator[Words]:
    """Each stretch of the words whose every eight words in a row are among `runs`."""
    start = 0
    for end in range(RUN, len(words) + 2):
        if end <= len(words) and words[end - RUN : end] in runs:
            continue
        if end - 1 - start >= RUN:
            yield words[start : end - 1]
        start = end - RUN + 1


def _written(text: str) -> Words:
    return tuple(_WORD.findall(text.casefold().replace("%", " prosent ")))


def _masked(paragraph: Paragraph) -> Words:
    """The words of a paragraph, with one sign for each number or date."""
    spans = [_with_surroundings(paragraph, (m.first, m.beyond)) for m in paragraph.numbers]
    spans += [(dated.first, dated.beyond) for dated in paragraph.dates]
    text, kept = "", 0
    for first, beyond in sorted(spans):
        start, end = paragraph.span(first, beyond)
        if start >= kept:
            text += f"{paragraph.text[kept:start]} {_NUMBER} "
            kept = end
    return tuple(_WORD.findall((text + paragraph.text[kept:]).casefold()))


def _with_surroundings(paragraph: Paragraph, span: Span) -> Span:
    units = [unit_beyond(paragraph, span, unit) for unit in paragraph.idiom.units]
    return hedged_span(paragraph, span, max((at for at in units if at), default=span[1]))
