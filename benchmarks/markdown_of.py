"""Documents to Markdown: what an edition's templates composed, with every value in its place.

Headings, paragraphs, lists, tables and quotes; notes and sources as lists.  A chart is its
caption, since Markdown can't draw.  It is the peer's input, and not one of the outputs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reports.document import (
    Assessment,
    Block,
    Callout,
    Caption,
    Code,
    Contents,
    Definitions,
    Document,
    Emphasis,
    Figure,
    Heading,
    Inline,
    Items,
    LineBreak,
    Link,
    Paragraph,
    Quote,
    Strong,
    Table,
    Timeline,
    inline_text,
    note_line,
    note_mark,
)


def markdown(document: Document) -> str:
    """The document as pandoc's Markdown, blocks parted by blank lines."""
    return "\n\n".join(block for block in _document(document) if block) + "\n"


def _document(document: Document) -> Iterator[str]:
    cover = document.cover
    yield _escaped(f"{cover.publisher} {cover.kind} {cover.status}")
    yield f"# {_inlines(cover.title)}"
    yield _inlines(cover.lead)
    for start in range(0, len(cover.meta), 4):
        strip = cover.meta[start : start + 4]
        yield _table([_escaped(label) for label, _ in strip], [[_escaped(v) for _, v in strip]])
    yield from _blocks(document.body)
    yield _heading(document.notes.heading)
    notes = (f"{note_mark(note.number)} {note_line(note)}" for note in document.notes.notes)
    yield "\n".join(f"- {_escaped(note)}" for note in notes)
    yield from map(_escaped, document.notes.remarks)
    yield _heading(document.sources.heading)
    yield "\n".join(f"- {_escaped(f'{s.label} {s.text}')}" for s in document.sources.entries)
    yield _escaped(f"{document.colophon.label} {document.colophon.text}")


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield _heading(block)
        case Paragraph(content):
            yield _inlines(content)
        case Items():
            yield "\n".join(_items(block))
        case Definitions(entries):
            for entry in entries:
                yield f"{_inlines(entry.term)}\n:   {_inlines(entry.meaning)}"
        case Table(caption, columns, rows):
            yield from _caption(caption)
            cells = [[_inlines(cell.content) for cell in row] for row in rows]
            yield _table([_inlines(column.content) for column in columns], cells)
        case Timeline(caption, heads, events):
            yield from _caption(caption)
            rows = [[_escaped(event.when), _inlines(event.what)] for event in events]
            yield _table(list(map(_escaped, heads)), rows)
        case Figure(caption):
            yield from _caption(caption)
        case Callout(_, title, content) | Assessment(title, content):
            yield f"**{_escaped(title)}**"
            yield from _blocks(content)
        case Quote(content, attribution):
            yield f"> {_inlines(content)}\n>\n> {_inlines(attribution)}"
        case Contents(title, entries):
            yield f"**{_escaped(title)}**"
            yield "\n".join(
                f"- {_escaped(f'{e.number} {inline_text(e.content)}')}" for e in entries
            )


def _heading(heading: Heading) -> str:
    return f"{'#' * heading.level} {_escaped(heading.number)} {_inlines(heading.content)}"


def _caption(caption: Caption | None) -> Iterator[str]:
    if caption:
        yield f"**{_escaped(caption.label)}** {_inlines(caption.title)}"
        yield _inlines(caption.base)


def _items(items: Items, indent: str = "") -> Iterator[str]:
    mark = "1." if items.ordered else "-"
    for item in items.items:
        yield f"{indent}{mark} {_inlines(item.content)}"
        if item.inner:
            yield from _items(item.inner, f"{indent}    ")


def _table(heads: list[str], rows: list[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _inlines(content: Iterable[Inline]) -> str:
    return "".join(_inline(node) for node in content)


def _inline(node: Inline) -> str:
    match node:
        case Emphasis(content):
            return f"*{_inlines(content)}*"
        case Strong(content):
            return f"**{_inlines(content)}**"
        case Code(text):
            return f"`{text}`"
        case Link(content, target):
            return f"[{_inlines(content)}]({target})"
        case LineBreak():
            return " "
        case _:
            return _escaped(inline_text((node,)))


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|~^$@'\"])", r"\\\1", text)
