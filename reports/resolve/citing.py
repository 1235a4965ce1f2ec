"""Documents in a citation style: sources named where the text first rests on them, and listed.

A block names its source before the first note mark, and again where the source changes.
Headings, tables and timelines bear marks alone; a table names its sources under its title.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from reports.citations import Bibliography, Entry, Kind, StyleError, Words, load_style
from reports.document import (
    Assessment,
    Block,
    Callout,
    Caption,
    Cell,
    Citation,
    Contents,
    DataTables,
    Definition,
    Definitions,
    Emphasis,
    FactSpan,
    Figure,
    Foreign,
    Heading,
    Inline,
    Item,
    Items,
    Link,
    Notes,
    Paragraph,
    Picture,
    Quote,
    Reference,
    Slot,
    SourceEntry,
    SourceList,
    Strong,
    Table,
    Text,
    Timeline,
)
from reports.facts.model import Facts, Source
from reports.facts.wording import as_of_text, judgement_text
from reports.language import Language, capitalised, typographic
from reports.problems import Place, Problem, ReportError, raise_if_fatal
from reports.resolve.end import source_words
from reports.resolve.ledger import Ledger

_SOURCE = "source-"


@dataclass
class Citing:
    """What an edition's facts rest on, in the words of its citation style.

    `_last` are the sources that were named last in the block at hand; None in one that names
    none.
    """

    bibliography: Bibliography
    store: Facts
    ledger: Ledger
    language: Language
    brackets: str = field(init=False)
    _last: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        """Find out which brackets the style leaves to the notes."""
        self.brackets = self.bibliography.note_brackets

    # ------------------------------------------------------------ the text

    def body(self, blocks: Sequence[Block]) -> tuple[Block, ...]:
        """The blocks, each naming its sources."""
        return tuple(self._block(block) for block in blocks)

    def told(self, content: tuple[Inline, ...]) -> tuple[Inline, ...]:
        """The nodes of a block that names its sources."""
        self._last = () if self.bibliography.kind is not Kind.NOTE else None
        return self._inlines(content)

    def untold(self, content: tuple[Inline, ...]) -> tuple[Inline, ...]:
        """The nodes of a line with marks alone."""
        self._last = None
        return self._inlines(content)

    def data(self, data: DataTables | None) -> DataTables | None:
        """The tables behind the figures, whose sources the figures name."""
        if data is None:
            return None
        return replace(data, tables=tuple(self._rows(table) for table in data.tables))

    def _block(self, block: Block) -> Block:
        match block:
            case Heading():
                return replace(block, content=self.untold(block.content))
            case Paragraph():
                return replace(block, content=self.told(block.content))
            case Items():
                self.told(())
                return self._items(block)
            case Definitions():
                return replace(block, entries=tuple(map(self._definition, block.entries)))
            case Table():
                return self._table(block)
            case Timeline():
                spans = _spans(node for event in block.events for node in event.what)
                events = tuple(
                    replace(event, what=self.untold(event.what)) for event in block.events
                )
                return replace(block, events=events, caption=self._headed(block.caption, spans))
            case Figure():
                caption = block.caption
                title, base = self.untold(caption.title), self.told(caption.base)
                return replace(block, caption=replace(caption, title=title, base=base))
            case Callout() | Assessment():
                return replace(block, content=self.body(block.content))
            case Quote():
                content = self.told(block.content)
                return replace(block, content=content, attribution=self._inlines(block.attribution))
            case Picture() | Contents() | Slot():
                return block

    def _items(self, items: Items) -> Items:
        found = tuple(
            Item(self._inlines(item.content), self._items(item.inner) if item.inner else None)
            for item in items.items
        )
        return replace(items, items=found)

    def _definition(self, entry: Definition) -> Definition:
        """An entry that names the source of its term behind its meaning."""
        spans = _spans(entry.term)
        term, meaning = self.untold(entry.term), self.told(entry.meaning)
        named = self._cited(_all(self._rests_on(span) for span in spans))
        missing = named if named and not _named(meaning) else ()
        return replace(entry, term=term, meaning=_ended(meaning, missing))

    def _table(self, table: Table) -> Table:
        spans = _spans(node for row in table.rows for cell in row for node in cell.content)
        marked = self._rows(table)
        if table.caption is None or marked.caption is None:
            return marked
        return replace(marked, caption=self._headed(marked.caption, spans))

    def _rows(self, table: Table) -> Table:
        columns = tuple(
            replace(column, content=self.untold(column.content)) for column in table.columns
        )
        rows = tuple(
            tuple(Cell(self.untold(cell.content), cell.missing) for cell in row)
            for row in table.rows
        )
        caption = table.caption
        if caption is not None:
            title, base = self.untold(caption.title), self.untold(caption.base)
            caption = replace(caption, title=title, base=base)
        return replace(table, caption=caption, columns=columns, rows=rows)

    def _headed(self, caption: Caption, spans: Sequence[FactSpan]) -> Caption:
        """The caption of a table with all sources of the table behind its base line."""
        ids = _all(self._rests_on(span) for span in spans)
        title, base = self.untold(caption.title), self.untold(caption.base)
        named = self._cited(ids)
        space = (Text(" "),) if base and named else ()
        return replace(caption, title=title, base=(*base, *space, *named))

    def _inlines(self, content: Sequence[Inline]) -> tuple[Inline, ...]:
        return tuple(self._inline(node) for node in content)

    def _inline(self, node: Inline) -> Inline:
        match node:
            case FactSpan():
                return self._fact(node)
            case Reference(target, _) if target.startswith(_SOURCE):
                id_ = next(i for i, letter in self.ledger.sources.items() if _at(letter) == target)
                return Citation(self.inlines(self.bibliography.label(id_), (id_,)), target)
            case Emphasis(content) | Strong(content) | Foreign(content) | Link(content):
                return replace(node, content=self._inlines(content))
            case _:
                return node

    def _fact(self, span: FactSpan) -> FactSpan:
        ids = self._rests_on(span)
        marked = replace(span, brackets=self.brackets)
        if self._last is None or ids == self._last:
            return marked
        self._last = ids
        (citation,) = self._cited(ids)
        return replace(marked, citation=citation)

    def _rests_on(self, span: FactSpan) -> tuple[str, ...]:
        return self.ledger.rests_on(self.store.facts[span.fact])

    def _cited(self, ids: tuple[str, ...]) -> tuple[Citation, ...]:
        """The sources as the text cites them; nothing in a style that cites in notes only."""
        if not ids or self.bibliography.kind is Kind.NOTE:
            return ()
        words = self.inlines(self.bibliography.in_text(ids), ids)
        return (Citation(words, _at(self.ledger.sources[ids[0]])),)

    # ------------------------------------------------------------ notes and sources

    def notes(self, notes: Notes) -> Notes:
        """The notes, each with its sources and its paragraph in the style's words."""
        facts = [self.store.facts[note.fact] for note in notes.notes]
        ids = [self.ledger.rests_on(fact) for fact in facts]
        where = [0 if fact.derivation else fact.at.paragraph for fact in facts]
        cited = self.bibliography.notes(list(zip(ids, where, strict=True)))
        found = (
            replace(note, brackets=self.brackets, cited=self._note(words, each, note.where))
            for note, each, words in zip(notes.notes, ids, cited, strict=True)
        )
        return replace(notes, notes=tuple(found))

    def _note(self, words: Words, ids: tuple[str, ...], where: str) -> tuple[Inline, ...]:
        """A note's citation; a style that knows no paragraphs gets ours behind it."""
        content = self.inlines(words, ids)
        citation = Citation(content, _at(self.ledger.sources[ids[0]]))
        told = not where or any(piece.locator for piece in words)
        return (citation,) if told else (citation, Text(f", {where}"))

    def sources(self, sources: SourceList) -> SourceList:
        """The list as the style orders it, each source with what we say of it."""
        entries = tuple(
            SourceEntry(
                self.ledger.sources[entry.source],
                "".join(piece.text for piece in entry.label),
                self._told(entry),
            )
            for entry in self.bibliography.entries
        )
        return replace(sources, entries=entries)

    def _told(self, entry: Entry) -> tuple[Inline, ...]:
        """An entry and what we say of its source; our own words where the style lists none.

        Some styles leave letters and interviews out of their lists; we list all we rest on.
        """
        source = self.store.sources[entry.source]
        if not any(letter.isalnum() for piece in entry.text for letter in piece.text):
            return source_words(source, self.language)
        printed = "".join(piece.text for piece in entry.text if not piece.title)
        said = (*_left_out(source, printed, self.language), judgement_text(source, self.language))
        return (*self.inlines(entry.text, (entry.source,)), Text(f" {' '.join(said)}"))

    def inlines(self, words: Words, ids: tuple[str, ...]) -> tuple[Inline, ...]:
        """Words of the style as nodes; a title in another language than ours says so."""
        own = {self.store.sources[id_].language for id_ in ids}
        language = own.pop() if len(own) == 1 else self.language.code
        nodes: list[Inline] = []
        for piece in words:
            node: Inline = Text(piece.text)
            node = Strong((node,)) if piece.bold else node
            node = Emphasis((node,)) if piece.italic else node
            foreign = piece.title and language != self.language.code
            nodes.append(Foreign((node,), language) if foreign else node)
        return tuple(nodes)


def make_citing(
    name: str, place: Place, store: Facts, ledger: Ledger, language: Language, *, templates: Path
) -> Citing:
    """The sources of a resolved body in the style that an audience asks for at `place`.

    Raises ReportError there where the style can't be used for them in this language.
    """
    style = load_style(name, templates, place)
    sources = [store.sources[id_] for id_ in ledger.sources]
    try:
        return Citing(Bibliography(style, language, sources), store, ledger, language)
    except StyleError as error:
        what = f"citation style '{name}' {error}"
        raise ReportError(Problem(place, what, "choose another, such as apa or ieee")) from None


def raise_if_english(citing: Citing, name: str, place: Place) -> None:
    """Raise ReportError if the style printed English words since the language has none."""
    code = citing.language.code
    raise_if_fatal(
        Problem(
            place,
            f"citation style '{name}' has no word in '{code}' for '{word}'",
            "choose another style, or give the word in a style file of your own",
        )
        for word in citing.bibliography.english
    )


def _left_out(source: Source, printed: str, language: Language) -> Iterator[str]:
    """The publisher and the date of a source, where the style's entry prints none.

    IEEE dates no web page by itself; but how old a source is, is what we promise to tell.
    """
    if source.publisher and not source.container_title and source.publisher not in printed:
        yield typographic(f"{source.publisher.rstrip('.')}.", language)
    when = source.issued.when
    if when and not (when.year and str(when.year) in printed):
        yield typographic(f"{capitalised(as_of_text(source.issued, language))}.", language)


def _at(letter: str) -> str:
    """The anchor of a source's entry."""
    return f"{_SOURCE}{letter}"


def _all(some: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id_ for ids in some for id_ in ids))


def _spans(content: Iterable[Inline]) -> list[FactSpan]:
    """The facts among the nodes, in order."""
    return list(_each_span(content))


def _each_span(content: Iterable[Inline]) -> Iterator[FactSpan]:
    for node in content:
        match node:
            case FactSpan():
                yield node
            case Emphasis(inner) | Strong(inner) | Foreign(inner) | Link(inner):
                yield from _each_span(inner)
            case _:
                pass


def _named(content: Sequence[Inline]) -> bool:
    return any(span.citation for span in _each_span(content))


def _ended(content: tuple[Inline, ...], citation: tuple[Citation, ...]) -> tuple[Inline, ...]:
    """The nodes with a citation at their end, before a full stop."""
    if not citation:
        return content
    *before, last = content or (Text(""),)
    if isinstance(last, Text) and last.text.endswith("."):
        return (*before, Text(f"{last.text[:-1]} "), *citation, Text("."))
    return (*content, Text(" "), *citation)
