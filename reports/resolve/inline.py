"""Calls in a line to what they print: figures, sentences, dates, marks and references."""

from __future__ import annotations

from dataclasses import dataclass, field

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
    Code,
    Emphasis,
    FactSpan,
    Inline,
    LineBreak,
    Link,
    Reference,
    Slot,
    Strong,
    Text,
)
from reports.facts.model import Fact, Facts
from reports.facts.wording import as_of_text, figure_text, speaker_text, statement_text
from reports.language import Language, capitalised
from reports.problems import Place, Problem, suggest
from reports.resolve.ledger import Ledger


@dataclass
class InlineResolver:
    """Resolves lines; `anchors` holds kind and number of what a reference can point to."""

    composed: Composed
    names: tuple[str, ...]
    store: Facts
    language: Language
    ledger: Ledger = field(default_factory=Ledger)
    problems: list[Problem] = field(default_factory=list)
    anchors: dict[str, tuple[str, str]] = field(default_factory=dict)

    def problem(self, place: Place, what: str, hint: str = "") -> None:
        """Add a fault."""
        self.problems.append(Problem(place, what, hint))

    def call(self, slot: Slot) -> Call:
        """What stands in a slot."""
        return self.composed.calls[slot.call][0]

    def inlines(self, content: tuple[Inline, ...]) -> tuple[Inline, ...]:
        """The nodes with each slot replaced."""
        return tuple(self._inline(node) for node in content)

    def _inline(self, node: Inline) -> Inline:
        match node:
            case Slot():
                return self._printed(self.call(node), node.place)
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
            case RefCall(anchor, start):
                return self._reference(anchor, place, start=start)
            case MissingCall():
                return Text(self.language.say("missing"))
            case WordCall(key):
                return Text(capitalised(self.language.say(key)))
            case PlaceNameCall(id_):
                return Text(self.store.places[id_].name[self.language.code])
            case ChartCall() | TimelineCall() | CaptionCall() | ContentsCall() | AnnexCall():
                self.problem(place, "a chart, table or heading inside a line", "set it alone")
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
                return self.statement(fact)
            case _:
                return self.ledger.cited(fact)

    def statement(self, fact: Fact) -> FactSpan:
        """The fact's sentence with its mark."""
        text = statement_text(fact, self.store, self.language)
        return FactSpan(fact.id, "statement", text, self.ledger.note(fact), unbroken=False)

    def _reference(self, anchor: str, place: Place, *, start: bool) -> Inline:
        if anchor not in self.anchors:
            self.problem(place, f"unknown id '{anchor}'", suggest(anchor, self.anchors))
            return Text("")
        kind, number = self.anchors[anchor]
        text = self.language.say(f"{kind}-ref", number=number)
        return Reference(anchor, capitalised(text) if start else text)
