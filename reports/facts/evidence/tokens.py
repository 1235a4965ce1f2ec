"""A paragraph to tokens: words, runs of digits and signs, each with its place in it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

_SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
_TOKEN = re.compile(
    rf"""
    (?<![0-9])[0-9]{{1,3}}(?:[{_SPACES}][0-9]{{3}})+(?![0-9])(?:[.,][0-9]+)?  # 400 000,5
  | [0-9]+(?:[.,:/][0-9]+)*                                                  # 1,1, 10.30, 400.000
  | [^\W\d_]+                                                                # a word
  | [^\s]                                                                    # a sign
    """,
    re.VERBOSE,
)
DASHES = frozenset("-\N{EN DASH}\N{EM DASH}")


@dataclass(frozen=True)
class Token:
    """A word, number or sign from `start` to `end`; `glued` if no space is before it."""

    text: str
    start: int
    end: int
    glued: bool

    @property
    def word(self) -> str:
        """The text in small letters."""
        return self.text.casefold()

    def is_in(self, words: Collection[str]) -> bool:
        """Whether it is one of the words; one in capitals, such as NOK, must be so in the text."""
        return self.word in words or self.text in words

    @property
    def is_digits(self) -> bool:
        return "0" <= self.text[0] <= "9"

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()


NOTHING = Token(" ", 0, 0, glued=False)


@dataclass(frozen=True)
class Tokens:
    """The tokens of a text; before the first and after the last there is nothing."""

    items: tuple[Token, ...]

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, index: int) -> Token:
        return self.items[index] if 0 <= index < len(self.items) else NOTHING

    def words(self, start: int, count: int) -> tuple[str, ...]:
        """So many words from `start`, in small letters."""
        return tuple(self[index].word for index in range(start, start + count))


def tokens_of(text: str) -> Tokens:
    """The tokens of a text in their order; spaces within a grouped number are part of it."""
    found = list(_TOKEN.finditer(text))
    ends = [0, *(match.end() for match in found)]
    return Tokens(
        tuple(
            Token(match[0], match.start(), match.end(), glued=0 < match.start() == end)
            for match, end in zip(found, ends, strict=False)
        )
    )
