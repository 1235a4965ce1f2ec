"""What stands beside a number in its paragraph: its unit and its hedges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reports.facts.evidence.idiom import Hedges
from reports.facts.evidence.paragraph import Paragraph
from reports.facts.evidence.tokens import DASHES
from reports.facts.quantities import Qualifier, Unit

Span = tuple[int, int]  # the first token of something, and the one after its last
_IN_A_ROW = 4  # so many numbers may share one unit


def unit_beyond(paragraph: Paragraph, span: Span, unit: Unit) -> int | None:
    """The token after the unit's word; that after the number, for a unit before it; else None.

    Numbers in a row may share one unit, which then follows the last: "from 3 to 5 weeks".
    """
    tokens, idiom = paragraph.tokens, paragraph.idiom
    before = tokens[span[0] - 2 if tokens[span[0] - 1].text == "." else span[0] - 1]
    if before.is_in(idiom.before_number.get(unit, ())):
        return span[1]
    at = span[1]
    for _ in range(_IN_A_ROW):
        at = _past_fills(paragraph, at)
        if tokens[at].is_in(idiom.units.get(unit, ())):
            return at + 1
        joined = tokens[at].text in {*DASHES, ","} or tokens[at].word in _links(paragraph)
        if not joined or at + 1 not in paragraph.number_ends:
            return None
        at = paragraph.number_ends[at + 1]
    return None


def _past_fills(paragraph: Paragraph, at: int) -> int:
    while paragraph.tokens[at].word in paragraph.idiom.fills:
        at += 1
    return at


def _links(paragraph: Paragraph) -> frozenset[str]:
    idiom = paragraph.idiom
    return idiom.joints | idiom.spans | {idiom.pairs, *idiom.either}


def other_unit(paragraph: Paragraph, span: Span, units: Iterable[Unit]) -> Unit | None:
    """The first of these units whose word stands right beside the number."""
    return next((unit for unit in units if unit_beyond(paragraph, span, unit) is not None), None)


def hedges_beside(paragraph: Paragraph, span: Span, beyond: int) -> list[frozenset[Qualifier]]:
    """What each hedge beside the number may mean; `beyond` is the token after number and unit."""
    return [kinds for _, kinds in (*_before(paragraph, span[0]), *_after(paragraph, beyond))]


def hedged_span(paragraph: Paragraph, span: Span, beyond: int) -> Span:
    """The tokens of the number with its unit and its hedges."""
    first = min((at for at, _ in _before(paragraph, span[0])), default=span[0])
    last = max((at for at, _ in _after(paragraph, beyond)), default=max(beyond, span[1]))
    return first, last


def _before(paragraph: Paragraph, first: int) -> Iterator[tuple[int, frozenset[Qualifier]]]:
    """Each hedge before the number, nearest first, with its first token."""
    tokens, idiom = paragraph.tokens, paragraph.idiom
    at = first
    while at > 0:
        if found := _ending_at(paragraph, at, idiom.hedges):
            at, kinds = found
            yield at, kinds
        elif tokens[at - 1].word.startswith(idiom.record):
            at -= 1
            yield at, frozenset((Qualifier.RECORD,))
        elif tokens[at - 1].is_in(idiom.leads):
            at -= 1
        else:
            return


def _ending_at(
    paragraph: Paragraph, beyond: int, hedges: Hedges
) -> tuple[int, frozenset[Qualifier]] | None:
    """The longest hedge that ends before that token, by its first token."""
    for width in range(max(map(len, hedges)), 0, -1):
        words = paragraph.tokens.words(beyond - width, width)
        if width <= beyond and words in hedges:
            return beyond - width, hedges[words]
    return None


def _after(paragraph: Paragraph, beyond: int) -> Iterator[tuple[int, frozenset[Qualifier]]]:
    """The hedge after the number, or after one word that follows it, with the token beyond."""
    for at in (beyond, beyond + 1):
        for words, kinds in paragraph.idiom.after.items():
            if paragraph.tokens.words(at, len(words)) == words:
                yield at + len(words), kinds
                return
