"""Plain text to its words and sentences, and these to LIX.

LIX is C.-H. Björnsson's readability index (Läsbarhet, Liber, Stockholm 1968): words a sentence
plus the share of long words in percent, a long word having more than six letters.  Its scale
runs from 20, very easy, by 30, easy, 40, medium, and 50, difficult, to 60, very difficult.

A word is what stands between spaces and holds a letter or digit, so a figure is one and a dash
is none; only letters make it long.  A sentence ends as `reports.document.sentences` tells, at a
colon too: the index counts what stands between two of them as one breath.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from reports.document.sentences import sentences

_LONG = 6  # a word of more letters is long
_COLON = re.compile(r"(?<=:)[»”’\"')\]]*\s+")
_GROUPED = re.compile(r"(?<=\d)\N{NARROW NO-BREAK SPACE}(?=\d)")  # the space within 4 200


def words(text: str) -> list[str]:
    """The words of a text, with what clings to them: quotation marks, commas, hyphens."""
    joined = _GROUPED.sub("", text)
    return [word for word in joined.split() if any(map(str.isalnum, word))]


def is_long(word: str) -> bool:
    """Whether a word has more than six letters; digits and marks are none."""
    return sum(map(str.isalpha, word)) > _LONG


def sentence_texts(text: str) -> list[str]:
    """The sentences of a text that hold words, in order."""
    ended = (text[start:end] for start, end in sentences(text))
    return [part for sentence in ended for part in _COLON.split(sentence) if words(part)]


@dataclass(frozen=True)
class Counts:
    """How many words and sentences a text has, and how many of the words are long."""

    words: int = 0
    sentences: int = 0
    long_words: int = 0

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """The counts of several texts; no sentence reaches from one into the next."""
        found = tuple(texts)
        all_words = [word for text in found for word in words(text)]
        ended = sum(len(sentence_texts(text)) for text in found)
        return cls(len(all_words), ended, sum(map(is_long, all_words)))

    @property
    def lix(self) -> int:
        """Words a sentence plus long words in percent, rounded; 0 for no text."""
        if not self.words:
            return 0
        return _rounded(Fraction(self.words, self.sentences) + self._long_share)

    @property
    def long_percent(self) -> int:
        """The share of long words in percent, rounded; 0 for no text."""
        return _rounded(self._long_share) if self.words else 0

    @property
    def _long_share(self) -> Fraction:
        return Fraction(100 * self.long_words, self.words)


def _rounded(value: Fraction) -> int:
    """The nearest whole number, halves up."""
    return int(value + Fraction(1, 2))
