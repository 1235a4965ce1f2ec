"""Blocks with their calls resolved: captions joined, charts and tables numbered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from operator import attrgetter

from reports.compose.calls import (
    AnnexCall,
    CaptionCall,
    ChartCall,
    ContentsCall,
    MissingCall,
    TimelineCall,
)
from reports.document import (
    Assessment,
    Block,
    Callout,
    Caption,
    Cell,
    Column,
    Contents,
    DataTables,
    Definition,
    Definitions,
    Event,
    FactSpan,
    Figure,
    Heading,
    Inline,
    Item,
    Items,
    Layout,
    Paragraph,
    Picture,
    Quote,
    Slot,
    Table,
    Text,
    Timeline,
    inline_text,
)
from reports.facts.model import Fact
from reports.facts.wording import dates_text
from reports.language import capitalised, slug
from reports.problems import Place, ReportError
from reports.read import read_inline
from reports.resolve.charts import (
    Specification,
    chart_alt,
    chart_base,
    check_chart,
    data_table,
    load_specification,
    make_chart,
    series_of,
)
from reports.resolve.inline import InlineResolver

_ANCHOR = 22  # letters of a heading's anchor: enough to tell, short enough for Word
_LONG_FIGURE = 9  # characters of a key figure that fit the side column at full size
_SIDE = 44 / 168  # the side column's part of the text width


@dataclass
class BlockResolver(InlineResolver):
    """Resolves a body in reading order, counting sections, tables and figures."""

    layout: Layout = Layout.MEMO
    _labels: dict[int, str] = field(default_factory=dict)  # by call
    _headings: Counter[str] = field(default_factory=Counter)  # by anchor
    _sections: int = 0
    _tables: int = 0

    def next_section(self) -> str:
        """The number of the next section, "" in layouts that show none."""
        self._sections += 1
        return str(self._sections) if self.layout is Layout.REPORT else ""

    def next_table(self) -> str:
        """The label of the next table."""
        self._tables += 1
        return self.language.say("table-label", number=str(self._tables))

    def number(self, body: tuple[Block, ...]) -> None:
        """Number figures and tables ahead of the walk, so that references can look forward."""
        figures = 0
        for block in body:
            if not isinstance(block, Slot):
                continue
            call = self.call(block)
            if isinstance(call, ChartCall):
                figures += 1
                self._labels[block.call] = self.language.say("figure-label", number=str(figures))
                self._anchor(call.anchor, "figure", str(figures), block.place)
            elif isinstance(call, (CaptionCall, TimelineCall)):
                self._labels[block.call] = self.next_table()
                self._anchor(call.anchor, "table", str(self._tables), block.place)

    def _anchor(self, anchor: str, kind: str, number: str, place: Place) -> None:
        if anchor in self.anchors:
            self.problem(place, f"the id '{anchor}' stands twice", "rename one")
        if anchor:
            self.anchors[anchor] = (kind, number)

    def body(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """The blocks, each caption joined to the table that follows it."""
        done: list[Block] = []
        waiting: Slot | None = None
        for block in blocks:
            if isinstance(block, Slot) and isinstance(self.call(block), CaptionCall):
                self._check_joined(waiting)
                waiting = block
            elif isinstance(block, Table):
                done.append(self._table(block, waiting))
                waiting = None
            else:
                self._check_joined(waiting)
                waiting = None
                done.extend(self._block(block))
        self._check_joined(waiting)
        return tuple(done)

    def _check_joined(self, waiting: Slot | None) -> None:
        if waiting:
            self.problem(waiting.place, "a caption without its table", "set it just before")

    def _block(self, block: Block) -> tuple[Block, ...]:
        match block:
            case Slot():
                return self._slot(block)
            case Heading():
                return (self._heading(block),)
            case Paragraph(content):
                return (replace(block, content=self.inlines(content)),)
            case Items():
                return (self._items(block),)
            case Definitions(entries):
                resolved = tuple(self._definition(entry) for entry in entries)
                single = all(_is_figure(entry.term) for entry in resolved)
                return (replace(block, entries=resolved, figures=single),)
            case Callout(content=content) | Assessment(content=content):
                return (replace(block, content=self.body(content)),)
            case Quote():
                quoted = self.inlines(block.content)
                return (
                    replace(block, content=quoted, attribution=self.inlines(block.attribution)),
                )
            case Table() | Figure() | Picture() | Timeline() | Contents():
                return (block,)

    def _definition(self, entry: Definition) -> Definition:
        term = self.inlines(entry.term)
        long = sum(len(node.text) for node in term if isinstance(node, FactSpan)) > _LONG_FIGURE
        return Definition(term, self.inlines(entry.meaning), long)

    def _heading(self, heading: Heading) -> Heading:
        number = self.next_section() if heading.level == 2 else ""
        content = self.inlines(heading.content)
        anchor = heading.anchor or self._named(content)
        return replace(heading, content=content, number=number, anchor=anchor)

    def _named(self, content: tuple[Inline, ...]) -> str:
        """An anchor from a heading's first words, facts left out, so that it outlives edits."""
        told = inline_text(node for node in content if not isinstance(node, FactSpan))
        anchor = f"section-{slug(told, _ANCHOR)}"
        self._headings[anchor] += 1
        again = self._headings[anchor]
        return anchor if again == 1 else f"{anchor}-{again}"

    def _items(self, items: Items) -> Items:
        resolved = tuple(
            Item(self.inlines(item.content), self._items(item.inner) if item.inner else None)
            for item in items.items
        )
        return replace(items, items=resolved)

    def _slot(self, slot: Slot) -> tuple[Block, ...]:
        match self.call(slot):
            case ChartCall() as call:
                return self._chart(slot, call)
            case TimelineCall() as call:
                return self._timeline(slot, call)
            case ContentsCall():
                return (Contents(self.language.say("contents"), (), slot.place),)
            case AnnexCall(title):
                content = self._short(title, slot.place)
                heading = Heading(2, content, "annex", "", annex=True, place=slot.place)
                return (self._heading(heading),)
            case _:
                return (Paragraph(self.inlines((slot,)), slot.place),)

    def _caption(self, slot: Slot, title: str, base: str, anchor: str, kind: str) -> Caption:
        label = self._labels.get(slot.call, "")
        return Caption(
            label,
            self._short(title, slot.place),
            self._short(base, slot.place),
            anchor or f"{kind}-{''.join(c for c in label if c.isdigit())}",
        )

    def _short(self, text: str, place: Place) -> tuple[Inline, ...]:
        try:
            drafted = read_inline(text, place, self.composed, self.names, self.language)
        except ReportError as error:
            self.problems.extend(error.problems)
            return ()
        return self.inlines(drafted)

    def _chart(self, slot: Slot, call: ChartCall) -> tuple[Block, ...]:
        found = list(check_chart(call, slot.place, self.store))
        spec = self._specification(slot, call)
        self.problems.extend(found)
        names = (name for name, _ in call.series)
        for text in (*names, *call.labels, *call.groups, call.alt):
            self._short(text, slot.place)  # for the gate alone
        if found or (call.spec and spec is None):
            return ()
        chart = make_chart(call, self.store, self.language, spec)
        own = " ".join(text for text in (call.base, call.reason) if text)
        caption = self._caption(slot, call.caption, own, call.anchor, "figure")
        cited = [self.ledger.cited(self.store.facts[id_], slot.place) for id_ in call.facts]
        marks = sorted(cited, key=attrgetter("note"))
        base = (*chart_base(call, chart, caption.base, self.store, self.language), *marks)
        alt = chart_alt(call, chart, self.language)
        return (Figure(replace(caption, base=base), chart, alt, slot.place),)

    def _specification(self, slot: Slot, call: ChartCall) -> Specification | None:
        if not call.spec:
            return None
        templates = self.composed.templates[0].parent.parent
        try:
            return load_specification(call.spec, slot.place, templates, self.names)
        except ReportError as error:
            self.problems.extend(error.problems)
            return None

    def data(self, body: tuple[Block, ...], place: Place) -> DataTables | None:
        """The table behind each figure of a resolved body; None where there is no figure."""
        figures = [block for block in body if isinstance(block, Figure)]
        if not figures:
            return None
        words = (Text(self.language.say("data")),)
        heading = Heading(2, words, "data", self.next_section(), annex=False, place=place)
        tables = tuple(
            data_table(figure, self.next_table(), self.ledger, self.language) for figure in figures
        )
        return DataTables(heading, tables)

    def _timeline(self, slot: Slot, call: TimelineCall) -> tuple[Block, ...]:
        facts = [self.store.facts[id_] for id_ in call.facts]
        for fact in facts:
            if fact.when is None or fact.when.year is None:
                what = f"fact '{fact.id}' has no year, so it has no place in a timeline"
                self.problem(slot.place, what, "leave it out, or tell it in the text")
        caption = self._caption(slot, call.caption, call.base, call.anchor, "table")
        heads = (self.language.say("date"), self.language.say("event"))
        dated = sorted(facts, key=lambda fact: fact.when.sort_key() if fact.when else (0, 0, 0))
        events = tuple(self._event(fact, slot.place) for fact in dated)
        return (Timeline(caption, heads, events, slot.place),)

    def _event(self, fact: Fact, place: Place) -> Event:
        when = capitalised(dates_text(fact, self.language))
        approximate = bool(fact.as_of.inferred) or (fact.when is not None and not fact.when.day)
        return Event(when, (self.statement(fact, place),), approximate)

    def _table(self, table: Table, slot: Slot | None) -> Table:
        call = self.call(slot) if slot else None
        if slot is None or not isinstance(call, CaptionCall):
            self.problem(table.place, "a table without a caption", "{{ caption('…') }} before it")
            return table
        if len(table.columns) < 2:
            hint = "write a list, or add a column: the first heads the rows"
            self.problem(table.place, "a table of one column", hint)
        caption = self._caption(slot, call.title, call.base, call.anchor, "table")
        series = ("other", *(series_of(place, self.store) for place in call.places))
        shares = self._shares(len(table.columns), call.widths, slot.place)
        columns = tuple(
            Column(
                self.inlines(column.content),
                shares[index],
                column.numeric,
                series[index] if index < len(series) else "other",
            )
            for index, column in enumerate(table.columns)
        )
        rows = tuple(tuple(self._cell(cell) for cell in row) for row in table.rows)
        if any(cell.missing for row in rows for cell in row):
            remark = Text(self.language.say("missing-remark"))
            base = (*caption.base, Text(" "), remark) if caption.base else (remark,)
            caption = replace(caption, base=base)
        return replace(table, caption=caption, columns=columns, rows=rows)

    def _shares(self, columns: int, widths: tuple[float, ...], place: Place) -> tuple[float, ...]:
        """The columns' parts of the text width: the side column, then what `widths` ask."""
        rest = widths or (1.0,) * (columns - 1)
        if len(rest) != columns - 1:
            what = f"{len(rest)} widths for {columns - 1} columns after the first"
            self.problem(place, what, "leave 'widths' out for equal columns")
            rest = (1.0,) * (columns - 1)
        return (_SIDE, *((1 - _SIDE) * width / sum(rest) for width in rest))

    def _cell(self, cell: Cell) -> Cell:
        missing = any(
            isinstance(node, Slot) and isinstance(self.call(node), MissingCall)
            for node in cell.content
        )
        return Cell(self.inlines(cell.content), missing)


def _is_figure(term: tuple[Inline, ...]) -> bool:
    return len(term) == 1 and isinstance(term[0], FactSpan) and term[0].unbroken
