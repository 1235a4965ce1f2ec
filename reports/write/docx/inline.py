"""Inline nodes to runs: one character style a run, facts as tagged content controls."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from reports.document import (
    Citation,
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
    fact_parts,
    note_mark,
    unresolved,
)
from reports.write.docx.names import (
    fact_tag,
    footnote_bookmark,
    mark_bookmark,
    note_bookmark,
    number_bookmark,
    source_bookmark,
)
from reports.write.docx.xml import (
    Element,
    bookmarked,
    control,
    field,
    line_break,
    link,
    name,
    outward_link,
    run,
    style_id,
    w,
    words,
)


@dataclass(frozen=True)
class Look:
    """What the nodes around a run ask of it.

    `base` is the character style of the spot, "" for the paragraph's own, and `mark` that of
    note marks.  Inside a link there is no further link.  `language` is such as "nb-NO", ""
    for the document's own.
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
FOOT_MARK = "footnote reference"
FIGURE = Look(base="KF Tall", mark="KF Tallmerke")  # key figures, set large
LONG_FIGURE = Look(base="KF Tall lang")
TERM = Look(base="KF Begrep")

# LibreOffice breaks a line between a closing bracket and the opening one of a mark.  U+2060
# is the newer one; the fonts lack it, and Word then takes a font with higher lines.
NO_BREAK = "\N{ZERO WIDTH NO-BREAK SPACE}"
_LABEL = re.compile(r"(\w+\s+)(\d+)")
_SOURCE = re.compile(r"source-([A-Z]+)")  # what a reference to a source aims at
_REGIONS = {"nb": "nb-NO", "nn": "nn-NO", "da": "da-DK", "en": "en-GB"}


def region(language: str) -> str:
    """A language as Word names it, with the region whose spelling is meant."""
    return _REGIONS.get(language, language)


def runs(content: Iterable[Inline], look: Look = PLAIN) -> tuple[Element, ...]:
    """The runs, links and content controls of inline nodes, in order."""
    return tuple(element for node in content for element in _inline(node, look))


def _inline(node: Inline, look: Look) -> Iterator[Element]:
    match node:
        case Text(text):
            yield run(text, look.style, look.language)
        case Emphasis(content):
            yield from runs(content, replace(look, emphasis=True))
        case Strong(content):
            yield from runs(content, replace(look, strong=True))
        case Foreign(content, language):
            yield from runs(content, replace(look, language=region(language)))
        case Code(text):
            yield run(text, "KF Kode", look.language)
        case Link(content, target):
            inside = runs(content, replace(look, linked=True))
            yield from inside if look.linked else (outward_link(target, *inside),)
        case Citation(content, target):
            cited = runs(content, look)
            # LibreOffice underlines what follows a run in another style within one link
            links = (link(cited_bookmark(target), each) for each in cited)
            yield from cited if look.linked else links
        case FactSpan():
            yield _fact(node, look)
        case Reference():
            yield from _reference(node, look)
        case LineBreak():
            yield line_break()
        case Slot():
            raise unresolved(node)


def _fact(fact: FactSpan, look: Look) -> Element:
    """A fact in a content control: what it prints and its mark, or its mark alone."""
    text, cited, end = fact_parts(fact)
    printed = (*words(text, look.style, look.language), *runs(cited, look))
    ended = words(end, look.style, look.language)
    held = cited or (text and fact.foot is not None)
    joined = words(NO_BREAK if held else "", look.mark)
    return control(fact_tag(fact.fact, fact.form), *printed, *ended, *joined, *_mark(fact, look))


def _mark(fact: FactSpan, look: Look) -> tuple[Element, ...]:
    if fact.foot is not None:
        return tuple(_foot_marks(fact, FOOT_MARK if look.mark == PLAIN.mark else look.mark))
    mark = run(note_mark(fact.note, fact.brackets), look.mark)
    if look.linked:
        return (mark,)
    return bookmarked(mark_bookmark(fact.fact), link(note_bookmark(fact.fact), mark))


def _foot_marks(fact: FactSpan, style: str) -> Iterator[Element]:
    """The footnotes that are set here, or the number of the one set before as a field."""
    opening, closing = fact.brackets[0], fact.brackets[1]
    for number in fact.foot or ():
        mark = w("r", w("rPr", w("rStyle", val=style_id(style))), w("footnoteReference", id=number))
        yield run(opening, style)
        yield from bookmarked(footnote_bookmark(number), mark)
        yield run(closing, style)
    if not fact.foot:
        yield run(opening, style)
        yield from _repeated(fact.note, style)
        yield run(closing, style)


def _repeated(note: int, style: str) -> Iterator[Element]:
    """The number of a footnote as a field.

    LibreOffice, which doesn't know NOTEREF, sets the field's ends as spaces, so they are a
    point high.  MERGEFORMAT keeps the look of the result all the same.
    """
    instruction = f"NOTEREF {footnote_bookmark(note)} \\h \\* MERGEFORMAT"
    for each in field(instruction, str(note), style):
        properties = each.find(name("rPr"))
        if properties is not None and each.find(name("fldChar")) is not None:
            properties.append(w("sz", val=2))  # half points
        yield each


def cited_bookmark(target: str) -> str:
    """The bookmark of the source that a citation aims at."""
    found = _SOURCE.fullmatch(target)
    return source_bookmark(found[1] if found else target)


def _reference(reference: Reference, look: Look) -> tuple[Element, ...]:
    """What is referred to, its number as a field that repeats the target's and leads there.

    The word before it is plain: LibreOffice takes a label whole, large letter and all.
    """
    if look.linked:
        return (run(reference.text, look.style, look.language),)
    source = _SOURCE.fullmatch(reference.target)
    target = source_bookmark(source[1]) if source else number_bookmark(reference.target)
    word, number = parted("" if source else reference.text) or ("", reference.text)
    # MERGEFORMAT keeps the look of the field's own result; the target's is a label's
    repeated = field(f"REF {target} \\h \\* MERGEFORMAT", number, look.style)
    return (*words(word, look.style), *repeated)


def parted(label: str) -> tuple[str, str] | None:
    """The word of a label with its space, and its number; None if it is of another form."""
    found = _LABEL.fullmatch(label)
    return (found[1], found[2]) if found else None
