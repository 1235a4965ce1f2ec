"""Blocks to paragraphs and tables, each in a named style."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy

from reports.document import (
    Assessment,
    Block,
    Callout,
    CalloutKind,
    Caption,
    Contents,
    Definitions,
    Figure,
    Heading,
    Items,
    Paragraph,
    Picture,
    Quote,
    Slot,
    Table,
    Timeline,
    unresolved,
)
from reports.write.docx import pictures, tables
from reports.write.docx.inline import FIGURE, LONG_FIGURE, TERM, parted, runs
from reports.write.docx.looks import ASSESSMENT, BOXES, IN_BOXES, KEPT, LISTS, ListOf
from reports.write.docx.names import block_bookmark, heading_bookmark, number_bookmark
from reports.write.docx.package import Draft
from reports.write.docx.xml import (
    Element,
    bookmarked,
    close_field,
    field,
    gallery,
    led_by,
    link,
    name,
    open_field,
    paragraph,
    run,
    style_id,
    tab,
    words,
)

_FRAMED = (Table, Timeline, Callout, Assessment)  # nothing of these keeps a distance below


def write_blocks(draft: Draft, blocks: Sequence[Block], pages: Mapping[str, int]) -> None:
    """Append the blocks, each with its bookmark; what follows a table or box keeps a distance."""
    section, counts = "start", Counter[str]()
    for before, block in zip((None, *blocks), blocks, strict=False):
        if isinstance(block, Heading):
            section, counts = block.anchor, Counter()
            draft.add(heading(block, draft))
            continue
        counts[kind := _kind(block)] += 1
        written = _after(before, block) or _block(block, draft, pages)
        draft.add(*led_by(block_bookmark(section, kind, counts[kind]), written))


def _after(before: Block | None, block: Block) -> Iterator[Element] | None:
    """The block in the style that keeps a distance above, None where its own style does."""
    if not isinstance(before, _FRAMED):
        return None
    match block:
        case Paragraph(content):
            return iter((paragraph("KF Brødtekst etter ramme", *runs(content)),))
        case Definitions(figures=True):
            return _definitions(block, first="KF Nøkkeltall etter ramme")
        case _:
            return None


def _kind(block: Block) -> str:
    """What a block is called in its bookmark."""
    match block:
        case Callout(kind):
            return kind.value
        case Paragraph():
            return "text"
        case Items():
            return "list"
        case Definitions():
            return "terms"
        case _:
            return type(block).__name__.lower()


def heading(heading: Heading, draft: Draft) -> Element:
    """A real heading: level 2 of the model is the first below the title.

    Word numbers it where sections are numbered; elsewhere a tab leads to the main column.
    """
    numbered = draft.numbered and heading.level == 2
    text = (*(() if numbered else (tab(),)), *runs(heading.content))
    style = f"heading {heading.level - 1}"
    return paragraph(style, *bookmarked(heading_bookmark(heading.anchor), *text))


def caption(caption: Caption | None) -> Iterator[Element]:
    """Title and base line of a table or figure; nothing where there is no caption."""
    if caption is None:
        return
    yield paragraph("caption", *_label(caption), tab(), *runs(caption.title))
    if caption.base:
        yield paragraph("KF Grunnlag", *runs(caption.base))


def _label(caption: Caption) -> tuple[Element, ...]:
    """A label such as "Table 1" as a word and a sequence field, so that Word counts on.

    The number has the bookmark that references repeat.
    """
    bookmark = number_bookmark(caption.anchor)
    word, number = parted(caption.label) or ("", caption.label)
    if not word:
        return bookmarked(bookmark, *words(number, "KF Etikett"))
    counted = field(f"SEQ {word.strip()} \\* ARABIC", number, "KF Etikett")
    return (run(word, "KF Etikett"), *bookmarked(bookmark, *counted))


def _block(block: Block, draft: Draft, pages: Mapping[str, int]) -> Iterator[Element]:
    match block:
        case Heading():
            yield heading(block, draft)
        case Paragraph(content):
            yield paragraph("Body Text", *runs(content))
        case Items():
            yield from _items(block, draft, LISTS[1 if block.ordered else 0])
        case Definitions():
            yield from _definitions(block)
        case Table():
            yield from caption(block.caption)
            yield tables.table(block, draft)
        case Timeline():
            yield from caption(block.caption)
            yield tables.timeline(block, draft.theme)
        case Figure():
            yield from caption(block.caption)
            yield pictures.figure(block, draft)
        case Picture():
            yield pictures.picture(block, draft)
        case Callout(kind, title, content):
            yield from _box(BOXES[kind], title, content, draft)
        case Assessment(title, content):
            yield from _box(ASSESSMENT, title, content, draft)
        case Quote(content, attribution):
            yield paragraph("Quote", *runs(content))
            yield paragraph("KF Sitat kilde", *runs(attribution))
        case Contents():
            yield gallery("Table of Contents", *_contents(block, pages))
        case Slot():
            raise unresolved(block)


def _items(items: Items, draft: Draft, kind: ListOf, level: int = 0) -> Iterator[Element]:
    """One paragraph an item; levels beyond the last style look like it."""
    depth = min(level, len(kind.styles) - 1)
    started = draft.numbering.started(kind, depth)
    for item in items.items:
        point = paragraph(kind.styles[depth], *runs(item.content))
        if started is not None:
            point[0].append(deepcopy(started))
        yield point
        if item.inner:
            inner = kind_like(kind, ordered=item.inner.ordered)
            yield from _items(item.inner, draft, inner, level + 1)


def _definitions(definitions: Definitions, first: str = "") -> Iterator[Element]:
    """The entries; `first` is the style of the first one where it differs."""
    usual = "KF Nøkkeltall" if definitions.figures else "KF Definisjon"
    for index, entry in enumerate(definitions.entries):
        style = first if first and index == 0 else usual
        figure = LONG_FIGURE if entry.long else FIGURE
        look = figure if definitions.figures else TERM
        yield paragraph(style, *runs(entry.term, look), tab(), *runs(entry.meaning))


_SHORT_TITLE = 20  # characters that the side column holds on one line
_TINTED = BOXES[CalloutKind.SUMMARY]
_IN_BOXES = {
    style_id(f"{box} {kind}") for box in (*BOXES.values(), ASSESSMENT) for kind in IN_BOXES
}


def _box(box: str, title: str, content: Sequence[Block], draft: Draft) -> Iterator[Element]:
    """A box as neighbouring paragraphs of one family, which Word joins into one frame."""
    match content:
        case (Paragraph(text),) if len(title) <= _SHORT_TITLE and box != _TINTED:
            # one paragraph only: the title fits beside it, in the side column
            label = words(title, "KF Boksetikett")
            yield paragraph(f"{box} enkel", *label, tab(), *runs(text))
            return
    yield paragraph(f"{box} tittel", *words(title))
    *others, last = (element for block in content for element in _boxed(box, block, draft))
    if draft.document.notes.remarks_heading is None:  # with its footnotes a box outgrows a page
        for element in others:
            _keep_with_next(element)
    yield from (*others, last)


def _keep_with_next(element: Element) -> None:
    """Give a paragraph of a box the style that keeps it with the next, so that no box splits."""
    look = element.find(f"{name('pPr')}/{name('pStyle')}")
    if look is not None and look.get(name("val")) in _IN_BOXES:
        look.set(name("val"), look.get(name("val"), "") + style_id(KEPT))


def _boxed(box: str, block: Block, draft: Draft) -> Iterator[Element]:
    match block:
        case Paragraph(text):
            yield paragraph(f"{box} tekst", tab(), *runs(text))
        case Items():
            yield from _items(block, draft, boxed(box, ordered=block.ordered))
        case _:
            yield from _block(block, draft, {})


def _contents(contents: Contents, pages: Mapping[str, int]) -> Iterator[Element]:
    """The contents as one field over all its lines, so that Word can renew it."""
    yield paragraph("TOC Heading", tab(), *words(contents.title))
    last = len(contents.entries) - 1
    for index, entry in enumerate(contents.entries):
        bookmark = heading_bookmark(entry.anchor)
        page = field(f"PAGEREF {bookmark} \\h", str(pages.get(entry.anchor, 1)))
        text = (*words(entry.number), tab(), *runs(entry.content), tab(), *page)
        begin = open_field('TOC \\o "1-1" \\h \\z \\u') if index == 0 else ()
        end = (close_field(),) if index == last else ()
        yield paragraph("toc 1", *begin, link(bookmark, *text), *end)


def boxed(name: str, *, ordered: bool) -> ListOf:
    """The list styles of one kind of box."""
    return next(
        kind for kind in LISTS if kind.ordered == ordered and kind.styles[0].startswith(name)
    )


def kind_like(kind: ListOf, *, ordered: bool) -> ListOf:
    """The list styles for a list inside one of this kind."""
    if not kind.boxed:
        return LISTS[1 if ordered else 0]
    return boxed(kind.styles[0].rsplit(" ", 1)[0], ordered=ordered)
