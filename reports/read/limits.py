"""What Markdown may ask of its reader: Python-Markdown's time grows faster than the text.

The effort of a piece (a paragraph, an item, a row) is its length times the brackets in it: for
each, the rest of the piece is searched for its end.  Other signs cost a hundredth of that.
Ordinary briefs need some thousands of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MAX_TEXT = 400_000
MAX_PIECES = 5_000
MAX_EFFORT = 1_000_000
MAX_MEANINGS = 500
MAX_INDENT = 40
MAX_QUOTES = 10
MAX_SPACES = 1_000
_PIECE = re.compile(r"\n(?=\s*(?:\||[-*+]\s|\d+[.)]\s|:\s))")
_SIGNS = re.compile(r"""[*_`"'\\&<{:!-]""")
_MEANING = re.compile(r"^\s*:\s", re.MULTILINE)
_INDENT = re.compile(rf"^[ ]{{{MAX_INDENT + 1}}}", re.MULTILINE)
_QUOTES = re.compile(rf"^(?:\s*>){{{MAX_QUOTES + 1}}}", re.MULTILINE)


def exhausting(text: str) -> Iterator[tuple[str, str, str]]:
    """The first block that asks too much, with what is wrong and a hint; nothing if none does."""
    read, number, effort = 0, 0, 0
    for block in text.split("\n\n"):
        pieces = _PIECE.split(block)
        read += len(block) + 2
        number += len(pieces)
        effort += sum(map(_effort, pieces))
        fault = _fault(block, read, number, effort)
        if fault:
            yield (block, *fault)
            return


def _fault(block: str, read: int, number: int, effort: int) -> tuple[str, str] | None:
    if read > MAX_TEXT:
        return f"the edition is longer than {MAX_TEXT} characters", "make several briefs of it"
    if number > MAX_PIECES:
        what = f"the edition has more than {MAX_PIECES} paragraphs, items and rows"
        return what, "make several briefs of it"
    if effort > MAX_EFFORT:
        return "more brackets and other signs than can be read", "write fewer to a paragraph"
    if len(_MEANING.findall(block)) > MAX_MEANINGS:
        return f"more than {MAX_MEANINGS} terms in one list", "make several lists of it"
    if _INDENT.search(block):
        return f"text that is indented by more than {MAX_INDENT} spaces", "nest it less"
    if " " * MAX_SPACES in block:
        return f"{MAX_SPACES} spaces in a row", "delete them"
    if _QUOTES.search(block):
        return f"quotes more than {MAX_QUOTES} deep", "nest them less"
    return None


def _effort(piece: str) -> int:
    return len(piece) * (piece.count("[") * 100 + len(_SIGNS.findall(piece))) // 100
