"""What stands in a line: text, emphasis, printed facts and links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from reports.problems import Place


@dataclass(frozen=True)
class Text:
    """Running text, with typographic quotation marks and dashes already in place."""

    text: str


@dataclass(frozen=True)
class Emphasis:
    content: tuple[Inline, ...]


@dataclass(frozen=True)
class Strong:
    content: tuple[Inline, ...]


@dataclass(frozen=True)
class Foreign:
    """Words of another language; `language` is a BCP 47 tag such as "nb"."""

    content: tuple[Inline, ...]
    language: str


@dataclass(frozen=True)
class Code:
    text: str


@dataclass(frozen=True)
class Link:
    """A link out of the document; `target` is an absolute http(s) or mailto address."""

    content: tuple[Inline, ...]
    target: str


@dataclass(frozen=True)
class Citation:
    """Sources in the words of a citation style; `target` is the anchor of the first one's entry."""

    content: tuple[Inline, ...]
    target: str


@dataclass(frozen=True)
class FactSpan:
    """What a fact prints at one spot, and the number of its note.

    `text` is final, hedge and unit included; it is empty where a fact is only cited.
    `unbroken` asks for text and note mark on one line: a figure, not a sentence.  `place` is
    the line of the template that prints it.  `citation` names its source before the note
    mark, where a citation style asks for that; `brackets` are those of the mark.  `foot`
    holds the notes that Word sets at the foot of this page, its own first; it is empty where
    that was done before, and None where notes stand in a section.
    """

    fact: str
    form: str
    text: str
    note: int
    unbroken: bool
    place: Place
    citation: Citation | None = None
    brackets: str = "[]"
    foot: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Reference:
    """A link within the document: `text` as the reader sees it, such as "Figure 2"."""

    target: str
    text: str


@dataclass(frozen=True)
class LineBreak:
    pass


@dataclass(frozen=True)
class Slot:
    """A call of the template, by its index, that `resolve` replaces by what it prints."""

    call: int
    place: Place


Inline: TypeAlias = (
    Text
    | Emphasis
    | Strong
    | Foreign
    | Code
    | Link
    | Citation
    | FactSpan
    | Reference
    | LineBreak
    | Slot
)
