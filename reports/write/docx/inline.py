"""Inline nodes to runs: one character style a run, facts as tagged content controls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from reports.document import (
    Code,
    Emphasis,
    FactSpan,
    Foreign,
    Inline,
    LineBreak,
    Link,
    Reference,
    Slot,
    Strong,
    Text,
    note_mark,
    unresolved,
)
from reports.write.docx.xml import (
    Element,
    bookmark_name,
    bookmarked,
    line_break,
    link,
    mark_bookmark,
    note_bookmark,
    outward_link,
    run,
    w,
)

_TAG_LENGTH = 64  # Word's limit for tags and titles of content controls


@dataclass(frozen=True)
class Look:
    """What the nodes around a run ask of it.

    `base` is the character style of the spot, "" for the paragraph's own, and `mark` that of
    note marks.  Inside a link there is no further link.
    """

    base: str = ""
    mark: str = "KF Kildemerke"
    strong: bool = False
    emphasis: bool = False
    linked: bool = False
    language: str = ""

    @property
    def style(self) -> str:
        """The one character style that Word allows a run."""
        if self.linked:
            return "Hyperlink"
        if self.strong and self.emphasis:
            return "Intense Emphasis"
        return self.base or ("Strong" if self.strong else "Emphasis" if self.emphasis else "")


PLAIN = Look()
FIGURE = Look(base="KF Tall", mark="KF Tallmerke")  # key figures, set large
LONG_FIGURE = Look(base="KF Tall lang")
TERM = Look(base="KF Begrep")


def runs(content: Iterable[Inline], look: Look = PLAIN) -> tuple[Element, ...]:
    """The runs, links and content controls of inline nodes, in order."""
    return tuple(element for node in content for element in _inline(node, look))


def _inline(node: Inline, look: Look) -> Iterator[Element]:
    match node:
        case Text(text):
            yield run(text, look.style)
        case Emphasis(content):
            yield from runs(content, replace(look, emphasis=True))
        case Strong(content):
            yield from runs(content, replace(look, strong=True))
        case Foreign(content, language):
            yield from runs(content, replace(look, language=language))
        case Code(text):
            yield run(text, "KF Kode")
        case Link(content, target):
            inside = runs(content, replace(look, linked=True))
            yield from inside if look.linked else (outward_link(target, *inside),)
        case FactSpan():
            yield from _fact(node, look)
        case Reference(target, text):
            words = run(text, look.style)
            yield words if look.linked else link(bookmark_name(target), words)
        case LineBreak():
            yield line_break()
        case Slot():
            raise unresolved(node)


def _fact(fact: FactSpan, look: Look) -> Iterator[Element]:
    """A printed fact in a content control with its mark; a cited one is its mark alone."""
    mark = _mark(fact.note, look)
    if not fact.text:
        yield from mark
        return
    known = w(
        "sdtPr",
        w("alias", val=fact.fact[:_TAG_LENGTH]),
        w("tag", val=f"fact:{fact.fact}"[:_TAG_LENGTH]),
    )
    yield w("sdt", known, w("sdtContent", run(fact.text, look.style), *mark))


def _mark(note: int, look: Look) -> tuple[Element, ...]:
    words = run(note_mark(note), look.mark)
    if look.linked:
        return (words,)
    return bookmarked(mark_bookmark(note), link(note_bookmark(note), words))
