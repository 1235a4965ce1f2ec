"""A document with its notes at the foot of the page, as Word has them.

Each note stands where its fact is printed first, and the notes of what a derived fact is
computed from stand beside its own, unless their facts were printed before.  So notes have the
same numbers as in the notes section of the other formats.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from reports.document.blocks import (
    Assessment,
    Block,
    Callout,
    Caption,
    Cell,
    Contents,
    ContentsEntry,
    Definition,
    Definitions,
    Figure,
    Heading,
    Item,
    Items,
    Paragraph,
    Picture,
    Quote,
    Table,
    Timeline,
)
from reports.document.frame import Colophon, Cover, DataTables, Notes, SourceList
from reports.document.inline import (
    Emphasis,
    FactSpan,
    Foreign,
    Inline,
    Link,
    Slot,
    Strong,
)
from reports.document.plain import (
    block_lines,
    cover_lines,
    data_lines,
    heading_text,
    sources_lines,
)


@dataclass(frozen=True)
class Footnoted:
    """What Word has in place of a notes section; `remarks` is the heading of the remarks.

    It is None where there are none.
    """

    cover: Cover
    body: tuple[Block, ...]
    data: DataTables | None
    notes: Notes
    remarks: Heading | None
    sources: SourceList
    colophon: Colophon

    def plain_text(self) -> str:
        """What the text says, one line a block; a footnote says its `note_line` beside it."""
        return "\n".join(line for line in self._lines() if line)

    def _lines(self) -> Iterator[str]:
        yield from cover_lines(self.cover)
        for block in self.body:
            yield from block_lines(block)
        yield from data_lines(self.data)
        if self.remarks:
            yield heading_text(self.remarks)
        yield from self.notes.remarks
        yield from sources_lines(self.sources)
        yield f"{self.colophon.label} {self.colophon.text}"


def footnoted(
    cover: Cover,
    body: Sequence[Block],
    data: DataTables | None,
    notes: Notes,
    sources: SourceList,
    colophon: Colophon,
) -> Footnoted:
    """A document's parts with its notes at their first marks.

    Its remarks keep a section; without them the section goes, from the contents too.
    """
    met: list[int] = []
    _placed(_Walk({}, met), cover, body, data)
    walk = _Walk(placed_notes(met, len(notes.notes)), [])
    cover, body, data = _placed(walk, cover, body, data)
    remarks = notes.remarks_heading if notes.remarks else None
    if remarks is None and sources.heading.number:
        number = notes.heading.number
        sources = replace(sources, heading=replace(sources.heading, number=number))
    ends = {notes.heading.anchor: remarks, sources.heading.anchor: sources.heading}
    body = tuple(_listed(each, ends) if isinstance(each, Contents) else each for each in body)
    return Footnoted(cover, body, data, notes, remarks, sources, colophon)


def _placed(
    walk: _Walk, cover: Cover, body: Sequence[Block], data: DataTables | None
) -> tuple[Cover, tuple[Block, ...], DataTables | None]:
    title = walk.inlines(cover.title)
    cover = replace(cover, title=title, lead=walk.inlines(cover.lead))
    blocks = walk.blocks(body)
    tables = replace(data, tables=tuple(map(walk.table, data.tables))) if data else None
    return cover, blocks, tables


def _listed(contents: Contents, ends: Mapping[str, Heading | None]) -> Contents:
    """The contents list with the headings of the end as Word has them."""
    entries = []
    for entry in contents.entries:
        heading = ends.get(entry.anchor)
        if heading:
            entry = ContentsEntry(heading.number, heading.content, entry.anchor)  # noqa: PLW2901
        if heading or entry.anchor not in ends:
            entries.append(entry)
    return replace(contents, entries=tuple(entries))


@dataclass
class _Walk:
    """Walks a document in reading order and sets the notes `at` their first marks.

    `met` takes the numbers of all marks on the way.
    """

    at: dict[int, tuple[int, ...]]
    met: list[int]

    def inlines(self, content: Sequence[Inline]) -> tuple[Inline, ...]:
        """The nodes, each fact with the notes that are set at it."""
        return tuple(self._inline(node) for node in content)

    def _inline(self, node: Inline) -> Inline:
        match node:
            case FactSpan():
                self.met.append(node.note)
                return replace(node, foot=self.at.pop(node.note, ()))
            case Emphasis(content) | Strong(content) | Foreign(content) | Link(content):
                return replace(node, content=self.inlines(content))
            case _:
                return node

    def blocks(self, blocks: Sequence[Block]) -> tuple[Block, ...]:
        """The blocks, in order."""
        return tuple(self._block(block) for block in blocks)

    def _block(self, block: Block) -> Block:
        match block:
            case Heading() | Paragraph():
                return replace(block, content=self.inlines(block.content))
            case Items():
                return self._items(block)
            case Definitions():
                return replace(block, entries=tuple(map(self._definition, block.entries)))
            case Table():
                return self.table(block)
            case Timeline():
                caption = self._caption(block.caption)
                events = tuple(replace(e, what=self.inlines(e.what)) for e in block.events)
                return replace(block, caption=caption, events=events)
            case Figure():
                return replace(block, caption=self._caption(block.caption))
            case Callout() | Assessment():
                return replace(block, content=self.blocks(block.content))
            case Quote():
                said = self.inlines(block.content)
                return replace(block, content=said, attribution=self.inlines(block.attribution))
            case Picture() | Contents() | Slot():
                return block

    def _items(self, items: Items) -> Items:
        found = tuple(
            Item(self.inlines(item.content), self._items(item.inner) if item.inner else None)
            for item in items.items
        )
        return replace(items, items=found)

    def _definition(self, entry: Definition) -> Definition:
        term = self.inlines(entry.term)
        return replace(entry, term=term, meaning=self.inlines(entry.meaning))

    def table(self, table: Table) -> Table:
        """A table from its caption down."""
        caption = self._caption(table.caption) if table.caption else None
        columns = tuple(replace(c, content=self.inlines(c.content)) for c in table.columns)
        rows = tuple(
            tuple(Cell(self.inlines(cell.content), cell.missing) for cell in row)
            for row in table.rows
        )
        return replace(table, caption=caption, columns=columns, rows=rows)

    def _caption(self, caption: Caption) -> Caption:
        title = self.inlines(caption.title)
        return replace(caption, title=title, base=self.inlines(caption.base))


def placed_notes(numbers: Sequence[int], total: int) -> dict[int, tuple[int, ...]]:
    """The notes that are set at the first mark of a note, by its number; they count to `total`.

    `numbers` are those of the marks in reading order.  Where a mark's number is the highest so
    far, its note is set, and those between it and the next such mark.
    """
    starts = list(dict.fromkeys(accumulate(numbers, max)))
    ends = [*starts[1:], total + 1]
    return {start: tuple(range(start, end)) for start, end in zip(starts, ends, strict=True)}
