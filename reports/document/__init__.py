"""The document model: what one edition says, free of any format.

Every node is a frozen dataclass; sequences are tuples.  A new idea is a new class, and the
type checker then names each writer that forgot it.  `Slot` is where a call of the template
stands between `read` and `resolve`; a resolved document holds none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reports.document.blocks import (
    Assessment,
    Block,
    Callout,
    CalloutKind,
    Caption,
    Cell,
    Column,
    Contents,
    ContentsEntry,
    Definition,
    Definitions,
    Event,
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
from reports.document.charts import (
    BarChart,
    Chart,
    GroupedBarChart,
    Line,
    LineChart,
    Mark,
    Moment,
    Series,
    SlopeChart,
    SquaresChart,
    TimelineChart,
    VegaChart,
    drawn_facts,
)
from reports.document.footnotes import Footnoted, footnoted
from reports.document.frame import (
    Colophon,
    Cover,
    DataTables,
    Note,
    Notes,
    SourceEntry,
    SourceList,
)
from reports.document.inline import (
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
)
from reports.document.plain import (
    block_lines,
    cover_lines,
    data_lines,
    fact_parts,
    heading_text,
    inline_text,
    note_cells,
    note_citation,
    note_end,
    note_head,
    note_line,
    note_mark,
    notes_lines,
    running_case,
    running_title,
    sources_lines,
    unresolved,
    without_marks,
)
from reports.document.provenance import FactOrigin, Provenance
from reports.themes import Layout

__all__ = [
    "Assessment",
    "BarChart",
    "Block",
    "Callout",
    "CalloutKind",
    "Caption",
    "Cell",
    "Chart",
    "Citation",
    "Code",
    "Colophon",
    "Column",
    "Contents",
    "ContentsEntry",
    "Cover",
    "DataTables",
    "Definition",
    "Definitions",
    "Document",
    "Emphasis",
    "Event",
    "FactOrigin",
    "FactSpan",
    "Figure",
    "Footnoted",
    "Foreign",
    "GroupedBarChart",
    "Heading",
    "Inline",
    "Item",
    "Items",
    "Layout",
    "Line",
    "LineBreak",
    "LineChart",
    "Link",
    "Mark",
    "Moment",
    "Note",
    "Notes",
    "Paragraph",
    "Picture",
    "Provenance",
    "Quote",
    "Reference",
    "Series",
    "SlopeChart",
    "Slot",
    "SourceEntry",
    "SourceList",
    "SquaresChart",
    "Strong",
    "Table",
    "Text",
    "Timeline",
    "TimelineChart",
    "VegaChart",
    "block_lines",
    "cover_lines",
    "data_lines",
    "drawn_facts",
    "fact_parts",
    "heading_text",
    "inline_text",
    "note_cells",
    "note_citation",
    "note_end",
    "note_head",
    "note_line",
    "note_mark",
    "notes_lines",
    "running_case",
    "running_title",
    "sources_lines",
    "unresolved",
    "without_marks",
]


@dataclass(frozen=True)
class Document:
    """One edition; `language` is a BCP 47 tag such as "nb".

    `provenance` is no part of what it says; None where a document comes from no store.
    """

    language: str
    layout: Layout
    cover: Cover
    body: tuple[Block, ...]
    notes: Notes
    sources: SourceList
    colophon: Colophon
    data: DataTables | None = None
    provenance: Provenance | None = None

    def plain_text(self) -> str:
        """What the edition says, one line a block, in reading order.

        Without what a format adds: page numbers, running heads, list markers, the text
        inside figures.  Every output of the edition says exactly this.
        """
        return "\n".join(line for line in _document_lines(self) if line)

    def footnoted(self) -> Footnoted:
        """The document with its notes at the foot of the page, as Word has them if asked."""
        end = (self.notes, self.sources, self.colophon)
        return footnoted(self.cover, self.body, self.data, *end)


def _document_lines(document: Document) -> Iterator[str]:
    yield from cover_lines(document.cover)
    for block in document.body:
        yield from block_lines(block)
    yield from data_lines(document.data)
    yield from notes_lines(document.notes, document.layout)
    yield from sources_lines(document.sources)
    yield f"{document.colophon.label} {document.colophon.text}"
