"""A source's text to paragraphs whose numbers and dates have been read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from reports.facts.evidence.danish import danish
from reports.facts.evidence.dates import Dated, read_dates
from reports.facts.evidence.english import english
from reports.facts.evidence.idiom import Idiom
from reports.facts.evidence.norwegian import norwegian
from reports.facts.evidence.numbers import Mention, read_numbers
from reports.facts.evidence.nynorsk import nynorsk
from reports.facts.evidence.tokens import Tokens, tokens_of

IDIOMS: dict[str, Callable[[], Idiom]] = {
    "nb": norwegian,
    "nn": nynorsk,
    "da": danish,
    "en": english,
}
_AROUND = 60


@lru_cache
def load_idiom(code: str) -> Idiom:
    """The idiom of a language; raises KeyError for one that IDIOMS doesn't have."""
    return IDIOMS[code]()


@dataclass(frozen=True)
class Paragraph:
    """A line of a source's text that is not blank, with its number from 1; read when asked.

    `names` are those that hold digits: they are no numbers.
    """

    number: int
    text: str
    idiom: Idiom
    names: tuple[str, ...] = ()

    @cached_property
    def tokens(self) -> Tokens:
        return tokens_of(self.text)

    @cached_property
    def dates(self) -> tuple[Dated, ...]:
        return tuple(
            replace(dated, named=dated.first in self._named)
            for dated in read_dates(self.tokens, self.idiom)
        )

    @cached_property
    def numbers(self) -> tuple[Mention, ...]:
        """The numbers that belong to no date or name; a year by itself may be a number, too."""
        whole = [d for d in self.dates if d.when.month or d.when.season]
        taken = {index for d in whole for index in range(d.first, d.beyond)}
        return read_numbers(self.tokens, self.idiom, self._named | taken)

    @cached_property
    def number_ends(self) -> dict[int, int]:
        """For the first token of each number the one after its last."""
        return {mention.first: mention.beyond for mention in self.numbers}

    @cached_property
    def _named(self) -> frozenset[int]:
        """The tokens that are parts of names."""
        spans = [m.span() for name in self.names for m in re.finditer(re.escape(name), self.text)]
        return frozenset(
            index
            for index, token in enumerate(self.tokens.items)
            if any(start <= token.start and token.end <= end for start, end in spans)
        )

    def span(self, first: int, beyond: int) -> tuple[int, int]:
        """From where to where those tokens stand in the text."""
        return self.tokens[first].start, self.tokens[beyond - 1].end

    def reads(self, start: int = 0, end: int = 0) -> str:
        """What the paragraph says around the stretch from `start` to `end`, not too long."""
        left = max(0, start - _AROUND)
        right = max(min(end, start + _AROUND) + _AROUND, 2 * _AROUND)
        before, shown, after = self.text[:left], self.text[left:right], self.text[right:]
        shown = f"… {shown.partition(' ')[2]}" if before else shown
        shown = f"{shown.rpartition(' ')[0]} …" if after else shown
        return f"paragraph {self.number} reads: {shown}"


def paragraphs_of(text: str, idiom: Idiom, names: tuple[str, ...]) -> tuple[Paragraph, ...]:
    """The lines of a text that are not blank, as paragraphs from 1."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return tuple(Paragraph(n, line, idiom, names) for n, line in enumerate(lines, start=1))
