"""Signs that carry a style's looks through its text, and the text read back from them.

citeproc joins strings, so italics travel as pairs of private-use characters, which no rule on
letters touches.  `read_words` undoes them and mends the seams where a style's punctuation
meets that of a title.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

# Opening and closing; a term is English where the style's language has no word of its own.
ITALIC, BOLD, TITLE, ENGLISH = "\ue0a0\ue0a1", "\ue0a2\ue0a3", "\ue0a4\ue0a5", "\ue0a6\ue0a7"
PARAGRAPH = "\ue0a9\ue0aa"
LOCATOR = "\ue0a8"  # where the number of a paragraph goes
_PAIRS = (ITALIC, BOLD, TITLE, ENGLISH, PARAGRAPH)
_SIGN = "[\ue0a0-\ue0a7\ue0a9\ue0aa]"
_QUOTE = "[»”’«“]"
_SEAMS = (
    (rf"([?!])((?:{_SIGN}|{_QUOTE})*)\.", r"\1\2"),  # a question needs no full stop
    (rf"([.,;:])({_SIGN}*)\1", r"\1\2"),
    (rf"[,;:]({_SIGN}*) ({_SIGN}*[.,;:])", r"\1\2"),  # what stood between is empty
    (rf"\.({_SIGN}*) ({_SIGN}*\.)(?!\d)", r"\1\2"),
    (rf" ({_SIGN}*) +", r" \1"),
    (rf" ({_SIGN}*[.,;:])(?={_SIGN}*(?: |$))", r"\1"),
)


@dataclass(frozen=True)
class Piece:
    """Some words of a citation in one look.

    `title` where they are a source's own title, `english` where the style's language has no
    word, `locator` where they are the number of a paragraph.
    """

    text: str
    italic: bool = False
    bold: bool = False
    title: bool = False
    english: bool = False
    locator: bool = False


Words: TypeAlias = tuple[Piece, ...]


def marked(text: str, pair: str) -> str:
    """The text between a pair of signs."""
    return f"{pair[0]}{text}{pair[1]}" if text else text


def bare(text: str) -> str:
    """The text without signs."""
    return re.sub(_SIGN, "", text)


def marked_number(text: str, paragraph: int) -> str:
    """The text with the number of a paragraph in its place, held to the word before it."""
    number = marked(str(paragraph), PARAGRAPH)
    return re.sub(f" ?{LOCATOR}", f"\N{NO-BREAK SPACE}{number}", text)


def read_words(text: str) -> Words:
    """What a text with signs says, its seams mended."""
    for seam, mended in _SEAMS:
        text = re.sub(seam, mended, text)
    return tuple(
        Piece("".join(letter for letter, _ in run), *look)
        for look, run in groupby(_letters(text.strip()), key=lambda each: each[1])
    )


def _letters(text: str) -> Iterator[tuple[str, tuple[bool, ...]]]:
    """Each letter with its look, in the order of a piece's; italics in italics are upright."""
    depth = Counter[str]()
    for letter in text:
        pair = next((pair for pair in _PAIRS if letter in pair), None)
        if pair is None:
            italic = depth[ITALIC] % 2 == 1
            yield letter, (italic, *(depth[pair] > 0 for pair in _PAIRS[1:]))
        else:
            depth[pair] += 1 if letter == pair[0] else -1


def plain_words(words: Words) -> str:
    """The text of words without their looks."""
    return "".join(piece.text for piece in words)


def cased(text: str, rule: str, *, english: bool) -> str:
    """The text in the case that a style asks for (CSL 1.0.2, Text-case).

    Only English titles are put in title case, and sentence case leaves the letters alone that
    a title's own language made large.
    """
    match rule:
        case "lowercase":
            return text.lower()
        case "uppercase":
            return text.upper()
        case "capitalize-first" | "sentence":
            return _large_first(text)
        case "capitalize-all":
            return re.sub(r"[^\W_]+(?:['’]\w+)*", lambda word: _large_first(word[0]), text)
        case "title" if english:
            return _title_case(text)
        case _:
            return text


_SMALL = re.compile(
    "a|an|and|as|at|but|by|down|for|from|in|into|nor|of|on|onto|or|over|so|the|till|to|up|via|with"
    "|yet"
)


def _title_case(text: str) -> str:
    """English words with a large first letter, little ones but the first and after a colon."""

    def word(found: re.Match[str]) -> str:
        before = bare(text[: found.start()]).rstrip(" «“‘")
        first = not before or before[-1] in ":.?!"
        return found[0] if _SMALL.fullmatch(found[0]) and not first else _large_first(found[0])

    return re.sub(r"[^\W_]+(?:['’]\w+)*", word, text)


def _large_first(text: str) -> str:
    """The text with its first letter large, signs and quotation marks before it aside."""
    return re.sub(rf"^(?:{_SIGN}|[«“‘(\[])*\w", lambda start: start[0].upper(), text)
