"""Drafts to documents: calls become what they print, in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from reports.briefs import Edition, Workspace
from reports.compose import Composed
from reports.compose.calls import (
    AnnexCall,
    AsOfCall,
    Call,
    CaptionCall,
    ChartCall,
    CiteCall,
    ContentsCall,
    FactCall,
    MissingCall,
    PlaceNameCall,
    PlainCall,
    RefCall,
    SourceCall,
    SpeakerCall,
    StatementCall,
    TimelineCall,
    WordCall,
)
from reports.document import (
    Assessment,
    Block,
    Callout,
    Caption,
    Cell,
    Code,
    Column,
    Contents,
    ContentsEntry,
    Definition,
    Definitions,
    Document,
    Emphasis,
    Event,
    FactSpan,
    Figure,
    Heading,
    Inline,
    Item,
    Items,
    Layout,
    LineBreak,
    Link,
    Paragraph,
    Picture,
    Quote,
    Reference,
    Series,
    Slot,
    Strong,
    Table,
    Text,
    Timeline,
)
from reports.facts.model import Fact, Facts
from reports.facts.wording import as_of_text, figure_text, speaker_text, statement_text
from reports.language import Language, capitalised
from reports.problems import Place, Problem, ReportError, raise_if_fatal, suggest
from reports.read import Draft, read_inline
from reports.resolve.charts import chart_alt, chart_base, check_chart, make_chart, series_of
from reports.resolve.end import Frame, make_colophon, make_cover, make_notes, make_sources
from reports.resolve.ledger import Ledger

_SIDE = 44 / 168  # the side column's part of the text width


def resolve(
    draft: Draft,
    composed: Composed,
    edition: Edition,
    workspace: Workspace,
    facts: Facts,
    language: Language,
) -> Document:
    """The document of one edition, complete but for its format.

    Raises ReportError with every chart that can't be drawn, caption without its table,
    reference to nothing, and number in a caption that has no source.
    """
    resolver = _Resolver(composed, edition.audience.layout, workspace.names, facts, language)
    resolver.number(draft.body)
    title = resolver.inlines(draft.title)
    lead = resolver.inlines(draft.lead)
    body = resolver.body(draft.body)
    raise_if_fatal(resolver.problems)
    organisation = workspace.organisation[language.code]
    frame = Frame(edition, facts, language, organisation, resolver.ledger)
    start = Place(composed.templates[0], 1)
    notes = make_notes(frame, resolver.next_section(), resolver.next_table(), start)
    sources = make_sources(frame, resolver.next_section(), start)
    return Document(
        language=language.code,
        layout=edition.audience.layout,
        cover=make_cover(frame, title, lead),
        body=_with_contents(body, notes.heading, sources.heading),
        notes=notes,
        sources=sources,
        colophon=make_colophon(frame),
    )


def _with_contents(body: tuple[Block, ...], *end: Heading) -> tuple[Block, ...]:
    """The body with its contents list filled from the headings."""
    sections = [block for block in body if isinstance(block, Heading) and block.level == 2]
    entries = tuple(
        ContentsEntry(heading.number, _unmarked(heading.content), heading.anchor)
        for heading in (*sections, *end)
    )
    return tuple(
        replace(block, entries=entries) if isinstance(block, Contents) else block for block in body
    )


def _unmarked(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """A heading's words without note marks, for the contents list."""
    return tuple(
        Text(node.text) if isinstance(node, FactSpan) else node
        for node in content
        if not (isinstance(node, FactSpan) and not node.text)
    )


@dataclass
class _Resolver:
    composed: Composed
    layout: Layout
    names: tuple[str, ...]
    store: Facts
    language: Language
    ledger: Ledger = field(default_factory=Ledger)
    problems: list[Problem] = field(default_factory=list)
    _labels: dict[int, str] = field(default_factory=dict)  # by call
    _anchors: dict[str, tuple[str, str]] = field(default_factory=dict)  # kind and number
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
            call = self._call(block)
            if isinstance(call, ChartCall):
                figures += 1
                self._labels[block.call] = self.language.say("figure-label", number=str(figures))
                self._anchor(call.anchor, "figure", str(figures), block.place)
            elif isinstance(call, (CaptionCall, TimelineCall)):
                self._labels[block.call] = self.next_table()
                self._anchor(call.anchor, "table", str(self._tables), block.place)

    def _anchor(self, anchor: str, kind: str, number: str, place: Place) -> None:
        if anchor in self._anchors:
            self._problem(place, f"the id '{anchor}' stands twice", "rename one")
        if anchor:
            self._anchors[anchor] = (kind, number)

    def _problem(self, place: Place, what: str, hint: str = "") -> None:
        self.problems.append(Problem(place, what, hint))

    def _call(self, slot: Slot) -> Call:
        return self.composed.calls[slot.call][0]

    # ------------------------------------------------------------ blocks

    def body(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """The blocks, each caption joined to the table that follows it."""
        done: list[Block] = []
        waiting: Caption | None = None
        series: tuple[Series, ...] = ()
        for index, block in enumerate(blocks):
            call = self._call(block) if isinstance(block, Slot) else None
            if isinstance(block, Slot) and isinstance(call, CaptionCall):
                following = blocks[index + 1] if index + 1 < len(blocks) else None
                if not isinstance(following, Table):
                    self._problem(block.place, "a caption without its table", "set it just before")
                waiting = self._caption(block, call.title, call.base, call.anchor, "table")
                series = tuple(series_of(p, self.store) for p in call.places)
            elif isinstance(block, Table):
                if waiting is None:
                    self._problem(
                        block.place, "a table without a caption", "{{ caption('…') }} before it"
                    )
                done.append(self._table(block, waiting, series))
                waiting, series = None, ()
            else:
                done.extend(self._block(block))
        return tuple(done)

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
                resolved = tuple(
                    Definition(self.inlines(entry.term), self.inlines(entry.meaning))
                    for entry in entries
                )
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

    def _heading(self, heading: Heading) -> Heading:
        number = self.next_section() if heading.level == 2 else ""
        anchor = heading.anchor or f"section-{self._sections}-{heading.place.line}"
        return replace(heading, content=self.inlines(heading.content), number=number, anchor=anchor)

    def _items(self, items: Items) -> Items:
        resolved = tuple(
            Item(self.inlines(item.content), self._items(item.inner) if item.inner else None)
            for item in items.items
        )
        return replace(items, items=resolved)

    def _slot(self, slot: Slot) -> tuple[Block, ...]:
        match self._call(slot):
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
        self.problems.extend(found)
        if found:
            return ()
        for label in call.labels:
            self._short(label, slot.place)  # for the gate alone
        chart = make_chart(call, self.store, self.language)
        own = " ".join(text for text in (call.base, call.reason) if text)
        caption = self._caption(slot, call.caption, own, call.anchor, "figure")
        base = chart_base(call, caption.base, self.store, self.language, self.ledger)
        alt = chart_alt(call.kind, chart, self.language)
        return (Figure(replace(caption, base=base), chart, alt, slot.place),)

    def _timeline(self, slot: Slot, call: TimelineCall) -> tuple[Block, ...]:
        facts = [self.store.facts[id_] for id_ in call.facts]
        for fact in facts:
            if fact.when is None or fact.when.year is None:
                what = f"fact '{fact.id}' has no year, so it has no place in a timeline"
                self._problem(slot.place, what, "leave it out, or tell it in the text")
        caption = self._caption(slot, call.caption, call.base, call.anchor, "table")
        heads = (self.language.say("date"), self.language.say("event"))
        dated = sorted(facts, key=lambda fact: fact.when.sort_key() if fact.when else (0, 0, 0))
        events = tuple(self._event(fact) for fact in dated)
        return (Timeline(caption, heads, events, slot.place),)

    def _event(self, fact: Fact) -> Event:
        when = capitalised(as_of_text(fact.as_of, self.language))
        approximate = bool(fact.as_of.inferred) or (fact.when is not None and not fact.when.day)
        return Event(when, (self._statement(fact),), approximate)

    def _table(self, table: Table, caption: Caption | None, series: tuple[Series, ...]) -> Table:
        rest = max(1, len(table.columns) - 1)
        columns = tuple(
            Column(
                self.inlines(column.content),
                _SIDE if index == 0 else (1 - _SIDE) / rest,
                column.numeric,
                series[index - 1] if 0 < index <= len(series) else "other",
            )
            for index, column in enumerate(table.columns)
        )
        rows = tuple(tuple(self._cell(cell) for cell in row) for row in table.rows)
        if caption and any(cell.missing for row in rows for cell in row):
            remark = Text(self.language.say("missing-remark"))
            base = (*caption.base, Text(" "), remark) if caption.base else (remark,)
            caption = replace(caption, base=base)
        return Table(caption, columns, rows, table.place)

    def _cell(self, cell: Cell) -> Cell:
        missing = any(
            isinstance(node, Slot) and isinstance(self._call(node), MissingCall)
            for node in cell.content
        )
        return Cell(self.inlines(cell.content), missing)

    # ------------------------------------------------------------ inline

    def inlines(self, content: tuple[Inline, ...]) -> tuple[Inline, ...]:
        """The nodes with each slot replaced."""
        return tuple(self._inline(node) for node in content)

    def _inline(self, node: Inline) -> Inline:
        match node:
            case Slot():
                return self._printed(self._call(node), node.place)
            case Emphasis(content):
                return Emphasis(self.inlines(content))
            case Strong(content):
                return Strong(self.inlines(content))
            case Link(content, target):
                return Link(self.inlines(content), target)
            case Text() | Code() | FactSpan() | Reference() | LineBreak():
                return node

    def _printed(self, call: Call, place: Place) -> Inline:
        match call:
            case FactCall() | StatementCall() | AsOfCall() | CiteCall():
                return self._span(call)
            case SpeakerCall(id_):
                return Text(speaker_text(self.store.facts[id_], self.store, self.language))
            case SourceCall(id_):
                letter = self.ledger.letter(self.store.facts[id_].source)
                text = self.language.say("source-label", letter=letter)
                return Reference(f"source-{letter}", text)
            case PlainCall(text):
                return Text(text)
            case RefCall(anchor):
                return self._reference(anchor, place)
            case MissingCall():
                return Text(self.language.say("missing"))
            case WordCall(key):
                return Text(self.language.say(key))
            case PlaceNameCall(id_):
                return Text(self.store.places[id_].name[self.language.code])
            case ChartCall() | TimelineCall() | CaptionCall() | ContentsCall() | AnnexCall():
                self._problem(place, "a chart, table or heading inside a line", "set it alone")
                return Text("")

    def _span(self, call: FactCall | StatementCall | AsOfCall | CiteCall) -> FactSpan:
        fact = self.store.facts[call.fact]
        match call:
            case FactCall(_, form, start) if fact.figure:
                text = figure_text(fact.figure, self.store, self.language, form)
                shown = capitalised(text) if start else text
                unbroken = form != "with base"
                return FactSpan(fact.id, form, shown, self.ledger.note(fact), unbroken)
            case AsOfCall(_, start):
                text = as_of_text(fact.as_of, self.language)
                shown = capitalised(text) if start else text
                return FactSpan(fact.id, "as of", shown, self.ledger.note(fact), unbroken=False)
            case StatementCall():
                return self._statement(fact)
            case _:
                return self.ledger.cited(fact)

    def _statement(self, fact: Fact) -> FactSpan:
        text = statement_text(fact, self.store, self.language)
        return FactSpan(fact.id, "statement", text, self.ledger.note(fact), unbroken=False)

    def _reference(self, anchor: str, place: Place) -> Inline:
        if anchor not in self._anchors:
            self._problem(place, f"unknown id '{anchor}'", suggest(anchor, self._anchors))
            return Text("")
        kind, number = self._anchors[anchor]
        return Reference(anchor, self.language.say(f"{kind}-ref", number=number))


def _is_figure(term: tuple[Inline, ...]) -> bool:
    return len(term) == 1 and isinstance(term[0], FactSpan) and term[0].unbroken
