"""Markdown to the document model: Python-Markdown's HTML against a closed vocabulary.

What Markdown says that the model has no class for is a problem at its place, never a loss.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import lxml.html
from lxml.etree import _Element as Element
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.tables import TableProcessor

from reports.compose import Composed
from reports.compose.calls import AnnexCall, CaptionCall, ChartCall, ContentsCall, TimelineCall
from reports.compose.gate import HINT, literal_numbers
from reports.compose.tokens import MARKER, first_position, marked_call, without_positions
from reports.document import (
    Assessment,
    Block,
    Callout,
    CalloutKind,
    Cell,
    Code,
    Column,
    Definition,
    Definitions,
    Emphasis,
    Heading,
    Inline,
    Item,
    Items,
    LineBreak,
    Link,
    Paragraph,
    Picture,
    Quote,
    Slot,
    Strong,
    Table,
    Text,
)
from reports.language import Language
from reports.problems import Place, Problem, raise_if_fatal, suggest

_BLOCK_CALLS = (AnnexCall, CaptionCall, ChartCall, ContentsCall, TimelineCall)
_BOXES = (*(kind.value for kind in CalloutKind), "assessment")
_SAFE_LINK = re.compile(r"(https?://|mailto:)")


@dataclass(frozen=True)
class Draft:
    """A template's text as nodes, with slots where its calls print."""

    title: tuple[Inline, ...]
    lead: tuple[Inline, ...]
    body: tuple[Block, ...]


def read(composed: Composed, names: tuple[str, ...], language: Language) -> Draft:
    """The draft that an edition's Markdown makes.

    Raises ReportError with every construct that the model doesn't know, ragged tables,
    skipped heading levels, pictures without alt text, and numbers that reached the text
    without a source.
    """
    reader = _Reader(composed, names, language)
    blocks = reader.blocks(reader.tree(composed.text, ragged=True))
    draft = reader.draft(blocks)
    raise_if_fatal(reader.problems)
    return draft


def read_inline(
    text: str, place: Place, composed: Composed, names: tuple[str, ...], language: Language
) -> tuple[Inline, ...]:
    """The inline nodes of a short text, such as a caption; empty for an empty text."""
    reader = _Reader(composed, names, language, place)
    content = tuple(node for paragraph in reader.tree(text) for node in reader.inlines(paragraph))
    raise_if_fatal(reader.problems)
    return content


class _CheckedTables(TableProcessor):
    """Tables whose rows must have as many cells as the head."""

    ragged: list[tuple[str, int, int]]

    def run(self, parent: Any, blocks: list[str]) -> None:
        rows = [row.strip() for row in blocks[0].split("\n")]
        wanted = len(self._cells(rows[0]))
        for row in rows[2:]:
            cells = len(self._cells(row))
            if cells != wanted:
                self.ragged.append((row, cells, wanted))
        super().run(parent, blocks)

    def _cells(self, row: str) -> list[str]:
        # Python-Markdown's own splitter; its type stubs leave it out.
        return list(self._split_row(row))  # type: ignore[attr-defined]


class _Rules(Extension):
    """Our Markdown: no raw HTML, no entities, and tables that are checked."""

    def __init__(self, ragged: list[tuple[str, int, int]]) -> None:
        super().__init__()
        self._ragged = ragged

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.deregister("entity")
        tables = _CheckedTables(md.parser, {"use_align_attribute": True})
        tables.ragged = self._ragged
        md.parser.blockprocessors.register(tables, "table", 75)


@dataclass
class _Reader:
    composed: Composed
    names: tuple[str, ...]
    language: Language
    place: Place = Place(Path())  # noqa: RUF009 - frozen
    problems: list[Problem] = field(default_factory=list)

    def tree(self, text: str, *, ragged: bool = False) -> Element:
        """The tree of the Markdown's HTML under one root."""
        rows: list[tuple[str, int, int]] = []
        if self.composed.templates and not self.place.line:
            self.place = Place(self.composed.templates[0], 1)
        quotes = self.language.quotes
        converter = Markdown(
            extensions=[
                "def_list",
                "admonition",
                "attr_list",
                "sane_lists",
                "smarty",
                _Rules(rows),
            ],
            extension_configs={
                "smarty": {
                    "substitutions": {
                        "left-double-quote": quotes.outer[0],
                        "right-double-quote": quotes.outer[1],
                        "left-single-quote": quotes.inner[0],
                        "right-single-quote": "’",
                        "ndash": "–",
                        "mdash": "—",
                        "ellipsis": "…",
                    }
                }
            },
        )
        html = converter.convert(text)
        if ragged:
            for row, cells, wanted in rows:
                hint = "every row has as many cells as the head; write \\| for a bar in a cell"
                self._moved(row)
                self.problem(f"this row has {cells} cells, the head {wanted}", hint)
        root: Element = lxml.html.fragment_fromstring(html, create_parent="div")
        return root

    def problem(self, what: str, hint: str = "") -> None:
        self.problems.append(Problem(self.place, what, hint))

    def _moved(self, text: str) -> Place:
        """The place of a text, from the first position in it; the last one known if none."""
        position = first_position(text)
        if position:
            self.place = self.composed.place(position)
        return self.place

    # ------------------------------------------------------------ blocks

    def draft(self, blocks: tuple[Block, ...]) -> Draft:
        """The title and lead taken off the front of the blocks."""
        title: tuple[Inline, ...] = ()
        lead: tuple[Inline, ...] = ()
        rest = list(blocks)
        if rest and isinstance(rest[0], Heading) and rest[0].level == 1:
            title = rest[0].content
            rest = rest[1:]
        else:
            hint = "begin the template with '# Title'"
            start = Place(self.composed.templates[0], 1)
            self.problems.append(Problem(start, "the document has no title", hint))
        if rest and isinstance(rest[0], Paragraph):
            lead = rest[0].content
            rest = rest[1:]
        self._check_levels(rest)
        return Draft(title, lead, tuple(rest))

    def _check_levels(self, blocks: list[Block]) -> None:
        level = 1
        for block in blocks:
            if not isinstance(block, Heading):
                continue
            self.place = block.place
            if block.level == 1:
                self.problem("a second title", "use ## for sections")
            elif block.level > level + 1:
                signs = "#" * (level + 1)
                self.problem(f"heading skips from level {level} to {block.level}", f"use {signs}")
            level = block.level

    def blocks(self, parent: Element) -> tuple[Block, ...]:
        """The blocks of an element's children."""
        return tuple(block for child in parent for block in self._block(child))

    def _block(self, element: Element) -> Iterator[Block]:
        place = self._moved(_all_text(element))
        match element.tag:
            case "h1" | "h2" | "h3":
                level = int(element.tag[1])
                anchor = element.get("id") or ""
                yield Heading(level, self.inlines(element), anchor, "", annex=False, place=place)
            case "p":
                yield from self._paragraph(element, place)
            case "ul" | "ol":
                yield self._items(element, place)
            case "dl":
                yield self._definitions(element, place)
            case "table":
                yield self._table(element, place)
            case "div" if "admonition" in (element.get("class") or ""):
                yield from self._box(element, place)
            case "blockquote":
                yield self._quote(element, place)
            case "h4" | "h5" | "h6":
                self.problem("a heading below level 3", "use at most ###")
            case tag:
                self.problem(f"'{_name(tag)}' has no place in a brief", "see docs/templates.md")

    def _paragraph(self, element: Element, place: Place) -> Iterator[Block]:
        pictures = element.findall("img")
        if pictures:
            yield from self._pictures(element, pictures, place)
            return
        content = self.inlines(element)
        first = next(iter(content), None)
        if len(content) == 1 and isinstance(first, Slot) and self._is_block(first):
            yield first
            return
        for node in content:
            if isinstance(node, Slot) and self._is_block(node):
                self.problem(
                    "a chart, table or heading inside a paragraph", "set it on a line alone"
                )
        if without_positions(_all_text(element)).lstrip().startswith("|"):
            hint = "the line under the head needs as many |---| as the head has cells"
            self.problem("a table that can't be read", hint)
        if content:
            yield Paragraph(content, place)

    def _is_block(self, slot: Slot) -> bool:
        return isinstance(self.composed.calls[slot.call][0], _BLOCK_CALLS)

    def _pictures(
        self, element: Element, pictures: list[Element], place: Place
    ) -> Iterator[Picture]:
        if len(pictures) > 1 or without_positions(_all_text(element)).strip():
            self.problem("a picture inside a line of text", "set it in a paragraph of its own")
        for picture in pictures:
            name, alt = picture.get("src") or "", (picture.get("alt") or "").strip()
            alt = without_positions(alt)
            if not alt:
                what = f"picture '{name}' has no alt text"
                self.problem(what, f"say what it shows: ![what it shows]({name})")
            root = self.composed.templates[0].parent
            file = (root / name).resolve()
            inside = file.is_relative_to(root.parent.resolve())
            if not inside or not file.is_file():
                self.problem(f"picture '{name}' is not in the templates folder")
                continue
            yield Picture(name, file.read_bytes(), alt, place)

    def _items(self, element: Element, place: Place) -> Items:
        items = []
        for child in element:
            inner = [part for part in child if part.tag in ("ul", "ol")]
            nested = self._items(inner[0], place) if inner else None
            for part in inner:
                child.remove(part)
            texts = [part for part in child if part.tag == "p"]
            content = self.inlines(child)
            for number, text in enumerate(texts):
                if number:
                    content += (LineBreak(),)
                content += self.inlines(text)
            items.append(Item(_trimmed(content), nested))
        return Items(element.tag == "ol", tuple(items), place)

    def _definitions(self, element: Element, place: Place) -> Definitions:
        entries: list[Definition] = []
        terms: list[tuple[Inline, ...]] = []
        for child in element:
            if child.tag == "dt":
                terms.append(self.inlines(child))
            elif len(terms) != len(entries) + 1:
                self._moved(_all_text(child))
                self.problem("a term with several meanings", "write one ':' paragraph a term")
            else:
                paragraphs = [part for part in child if part.tag == "p"] or [child]
                content = tuple(node for part in paragraphs for node in self.inlines(part))
                entries.append(Definition(terms[-1], _trimmed(content)))
        figures = all(len(entry.term) == 1 and isinstance(entry.term[0], Slot) for entry in entries)
        return Definitions(tuple(entries), figures, place)

    def _table(self, element: Element, place: Place) -> Table:
        heads = element.findall("thead/tr/th")
        columns = tuple(
            Column(self.inlines(head), 1.0, head.get("align") == "right", "other") for head in heads
        )
        rows = tuple(
            tuple(Cell(self.inlines(cell)) for cell in row.findall("td"))
            for row in element.findall("tbody/tr")
        )
        return Table(None, columns, rows, place)

    def _box(self, element: Element, place: Place) -> Iterator[Block]:
        kind = (element.get("class") or "").split()[1]
        if kind not in _BOXES:
            self.problem(f"unknown box '{kind}'", suggest(kind, _BOXES))
            return
        first = element[0] if len(element) else None
        title = ""
        if first is not None and "admonition-title" in (first.get("class") or ""):
            title = without_positions(_all_text(first))
            element.remove(first)
            self._check_text(title)
        if not title or title == kind.capitalize():
            title = self.language.say(kind)
        content = self.blocks(element)
        for block in content:
            if isinstance(block, (Heading, Callout, Assessment)):
                self.problem("a heading or box inside a box", "set it before or after")
        if kind == "assessment":
            yield Assessment(title, content, place)
        else:
            yield Callout(CalloutKind(kind), title, content, place)

    def _quote(self, element: Element, place: Place) -> Quote:
        paragraphs = [self.inlines(part) for part in element if part.tag == "p"]
        last = without_positions(_all_text(element[-1])) if len(paragraphs) > 1 else ""
        attribution = paragraphs.pop() if last.startswith(("—", "–")) else ()
        content: tuple[Inline, ...] = ()
        for number, paragraph in enumerate(paragraphs):
            content += (LineBreak(), *paragraph) if number else paragraph
        return Quote(content, _without_dash(attribution), place)

    # ------------------------------------------------------------ inline

    def inlines(self, element: Element) -> tuple[Inline, ...]:
        """The inline nodes of an element, block children left aside."""
        self._moved(_all_text(element))
        content = list(self._texts(element.text))
        for child in element:
            content.extend(self._inline(child))
            content.extend(self._texts(child.tail))
        return _trimmed(tuple(content))

    def _inline(self, element: Element) -> Iterator[Inline]:
        match element.tag:
            case "em":
                yield Emphasis(self.inlines(element))
            case "strong":
                yield Strong(self.inlines(element))
            case "code":
                text = without_positions(_all_text(element))
                self._check_text(text)
                yield Code(text)
            case "br":
                yield LineBreak()
            case "a":
                target = element.get("href") or ""
                if not _SAFE_LINK.match(target):
                    hint = "link to https://… or mailto:…; use ref('…') inside the document"
                    self.problem(f"link to '{target}'", hint)
                yield Link(self.inlines(element), target)
            case "p" | "ul" | "ol":
                return
            case tag:
                self.problem(f"'{_name(tag)}' has no place in a line", "see docs/templates.md")

    def _texts(self, text: str | None) -> Iterator[Inline]:
        clean = without_positions(text or "").replace("\n", " ")
        end = 0
        for marker in MARKER.finditer(clean):
            yield from self._text(clean[end : marker.start()])
            end = marker.end()
            yield Slot(marked_call(marker), self.place)
        yield from self._text(clean[end:])

    def _text(self, text: str) -> Iterator[Text]:
        if text:
            self._check_text(text)
            yield Text(text)

    def _check_text(self, text: str) -> None:
        for number in literal_numbers(text, self.names):
            self.problem(f"the number '{number}' has no source", HINT)


def _trimmed(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """The nodes without white space at either end."""
    nodes = list(content)
    while nodes and isinstance(nodes[0], Text) and not nodes[0].text.lstrip():
        nodes.pop(0)
    while nodes and isinstance(nodes[-1], Text) and not nodes[-1].text.rstrip():
        nodes.pop()
    if nodes and isinstance(nodes[0], Text):
        nodes[0] = Text(nodes[0].text.lstrip(" "))
    if nodes and isinstance(nodes[-1], Text):
        nodes[-1] = Text(nodes[-1].text.rstrip(" "))
    return tuple(nodes)


def _without_dash(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    match content:
        case (Text(text), *rest):
            return (Text(text.lstrip("—– ")), *rest)
        case _:
            return content


def _all_text(element: Element) -> str:
    return "".join(str(part) for part in element.itertext())


def _name(tag: object) -> str:
    return f"<{tag}>" if isinstance(tag, str) else "a comment"
