"""A fact as a document prints it, and how two texts are held against each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

LINE_END_HYPHEN = "\N{HYPHEN}"  # what a PDF of ours breaks words with; authors write U+002D
_UNSEEN = f"{LINE_END_HYPHEN}\N{SOFT HYPHEN}\N{ZERO WIDTH NO-BREAK SPACE}\N{WORD JOINER}"
_DASHES = "-\N{EN DASH}\N{EM DASH}/"


@dataclass(frozen=True)
class PrintedFigure:
    """A fact at one spot of a document, as the file itself tells it.

    `form` is how it is printed, as `trace.uses.Use` has it; "cite" is a note mark without words.
    `text` holds its words, hedge and unit included, without note mark and citation; in a chart
    it is "" where the chart doesn't show what it says that it shows.  `where` is such as
    "page 2", and "" for what stands nowhere any more.  `written` is what the file's own record
    says was written there, "" where it has none.
    """

    fact: str
    form: str
    text: str
    where: str
    written: str = ""


def letters(text: str) -> str:
    """The text without spaces and what no reader sees: what no line break or hyphen changes."""
    return "".join(sign for sign in text if not sign.isspace() and sign not in _UNSEEN)


def joined_lines(pieces: Iterable[str]) -> str:
    """Pieces of lines as one text: a break in a line is a space unless it parts a word."""
    text = ""
    for piece in pieces:
        parted = text.endswith(LINE_END_HYPHEN)
        dashed = text[-1:] in _DASHES and not text[-2:-1].isspace()
        text = text.removesuffix(LINE_END_HYPHEN) + ("" if parted or dashed else " ") + piece
    return " ".join(text.split())


def ended(text: str) -> str:
    """The text without the space that a citation leaves before the end of its sentence."""
    plain = " ".join(text.split())
    return f"{plain[:-2]}{plain[-1]}" if plain[-2:-1] == " " and plain[-1] in ".?!" else plain
