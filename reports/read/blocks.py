"""Elements of HTML to blocks: a closed vocabulary, and nothing is lost silently."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element as Element

from reports.compose.calls import AnnexCall, CaptionCall, ChartCall, ContentsCall, TimelineCall
from reports.compose.tokens import without_positions
from reports.document import (
    Assessment,
    Block,
    Callout,
    CalloutKind,
    Cell,
    Column,
    Definition,
    Definitions,
    Heading,
    Inline,
    Item,
    Items,
    LineBreak,
    Paragraph,
    Picture,
    Quote,
    Slot,
    Table,
    Text,
)
from reports.files import read_limited
from reports.pictures import MOST_BYTES, is_picture, shown_picture
from reports.problems import Place, ReportError, suggest
from reports.read.inline import InlineReader, all_text, tag_name, trimmed

_BLOCK_CALLS = (AnnexCall, CaptionCall, ChartCall, ContentsCall, TimelineCall)
_BOXES = (*(kind.value for kind in CalloutKind), "assessment")


class BlockReader(InlineReader):
    """Reads the blocks of a body, and the lines in them."""

    def blocks(self, parent: Element) -> tuple[Block, ...]:
        """The blocks of an element's children."""
        return tuple(block for child in parent for block in self._block(child))

    def _block(self, element: Element) -> Iterator[Block]:
        place = self.moved(all_text(element))
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
            case "hr":
                self.problem("a horizontal rule has no place in a brief", "begin a section with ##")
            case tag:
                self.problem(f"'{tag_name(tag)}' has no place in a brief", "see docs/templates.md")

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
        text = without_positions(all_text(element)).strip()
        if text and not text.strip("*_-–— "):
            self.problem("a horizontal rule has no place in a brief", "begin a section with ##")
        if text.startswith("|"):
            hint = "the line under the head needs as many |---| as the head has cells"
            self.problem("a table that can't be read", hint)
        if content:
            yield Paragraph(content, place)

    def _is_block(self, slot: Slot) -> bool:
        return isinstance(self.composed.calls[slot.call][0], _BLOCK_CALLS)

    def _pictures(
        self, element: Element, pictures: list[Element], place: Place
    ) -> Iterator[Picture]:
        if len(pictures) > 1 or without_positions(all_text(element)).strip():
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
            if not is_picture(name):
                hint = "save it as PNG or JPEG; charts are drawn by chart(…)"
                self.problem(f"picture '{name}' is of a kind that not every format shows", hint)
                continue
            try:
                data = read_limited(file, MOST_BYTES, self.place)
                shown = shown_picture(data, name, "picture", self.place)
            except ReportError as error:
                self.problems += error.problems
                continue
            yield Picture(name, shown.data, alt, place)

    def _items(self, element: Element, place: Place) -> Items:
        items, lines = [], []
        for child in element:
            inner = [part for part in child if part.tag in ("ul", "ol")]
            if len(inner) > 1:
                self.problem("two lists in one item", "make them one list, or two items")
            nested = self._items(inner[0], place) if inner else None
            for part in inner:
                child.remove(part)
            texts = [part for part in child if part.tag == "p"]
            lines.append(self.moved(all_text(child)))
            content = self.inlines(child)
            for number, text in enumerate(texts):
                if number:
                    content += (LineBreak(),)
                content += self.inlines(text)
            items.append(Item(trimmed(content), nested))
        return Items(element.tag == "ol", tuple(items), place, tuple(lines))

    def _definitions(self, element: Element, place: Place) -> Definitions:
        entries: list[Definition] = []
        terms: list[tuple[Inline, ...]] = []
        lines: list[Place] = []
        for child in element:
            if child.tag == "dt":
                terms.append(self.inlines(child))
                lines.append(self.place)
            elif len(terms) != len(entries) + 1:
                self.moved(all_text(child))
                self.problem("a term with several meanings", "write one ':' paragraph a term")
            else:
                if any(part.tag in ("ul", "ol") for part in child):
                    self.problem("a list in the meaning of a term", "write it as a sentence")
                paragraphs = [part for part in child if part.tag == "p"] or [child]
                content = tuple(node for part in paragraphs for node in self.inlines(part))
                entries.append(Definition(terms[-1], trimmed(content)))
        # `resolve` knows which terms are figures
        return Definitions(tuple(entries), figures=False, place=place, lines=tuple(lines))

    def _table(self, element: Element, place: Place) -> Table:
        heads = element.findall("thead/tr/th")
        columns = tuple(
            Column(self.inlines(head), 1.0, head.get("align") == "right", "other") for head in heads
        )
        rows, lines = [], []
        for row in element.findall("tbody/tr"):
            lines.append(self.moved(all_text(row)))  # a row's position stands in its last cell
            rows.append(tuple(Cell(self.inlines(cell)) for cell in row.findall("td")))
        return Table(None, columns, tuple(rows), place, tuple(lines))

    def _box(self, element: Element, place: Place) -> Iterator[Block]:
        kind = (element.get("class") or "").split()[1]
        if kind not in _BOXES:
            self.problem(f"unknown box '{kind}'", suggest(kind, _BOXES))
            return
        first = element[0] if len(element) else None
        title = ""
        if first is not None and "admonition-title" in (first.get("class") or ""):
            title = without_positions(all_text(first))
            element.remove(first)
            self.check_text(title)
        if not title or title == kind.capitalize():
            title = self.language.say(kind)
        content = self.blocks(element)
        for block in content:
            if isinstance(block, (Heading, Callout, Assessment, Table, Slot)):
                self.problem(
                    "a heading, table, chart or box inside a box", "set it before or after"
                )
        if kind == "assessment":
            yield Assessment(title, content, place)
        else:
            yield Callout(CalloutKind(kind), title, content, place)

    def _quote(self, element: Element, place: Place) -> Quote:
        if any(part.tag != "p" for part in element):
            self.problem("a quote that holds more than paragraphs", "set the rest after it")
        paragraphs = [self.inlines(part) for part in element if part.tag == "p"]
        last = without_positions(all_text(element[-1])) if len(paragraphs) > 1 else ""
        attribution = paragraphs.pop() if last.startswith(("—", "–")) else ()
        content: tuple[Inline, ...] = ()
        for number, paragraph in enumerate(paragraphs):
            content += (LineBreak(), *paragraph) if number else paragraph
        return Quote(content, _without_dash(attribution), place)


def _without_dash(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    match content:
        case (Text(text), *rest):
            return (Text(text.lstrip("—– ")), *rest)
        case _:
            return content
