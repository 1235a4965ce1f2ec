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
    SinceCall,
    SourceCall,
    SpeakerCall,
    StatementCall,
    SubjectCall,
    TimelineCall,
    WordCall,
    WordsCall,
)
from reports.document import (
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
from reports.facts.derive.comparison import compare_text, trend_text
from reports.facts.derive.operands import DerivationError
from reports.facts.model import Fact, Facts
from reports.facts.wording import as_of_text, dates_text, figure_text, speaker_text, statement_text
from reports.language import Language, capitalised, typographic
from reports.problems import Place, Problem, suggest
from reports.resolve.ledger import Ledger


@dataclass
class InlineResolver:
    """Resolves lines; `anchors` holds kind and number of what a reference can point to."""

    composed: Composed
    names: tuple[str, ...]
    store: Facts
    language: Language
    ledger: Ledger = field(init=False)
    problems: list[Problem] = field(default_factory=list)
    anchors: dict[str, tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Number this store's facts."""
        self.ledger = Ledger(self.store)

    def problem(self, place: Place, what: str, hint: str = "") -> None:
        """Add a fault."""
        self.problems.append(Problem(place, what, hint))

    def call(self, slot: Slot) -> Call:
        """What stands in a slot."""
        return self.composed.calls[slot.call][0]

    def inlines(self, content: tuple[Inline, ...]) -> tuple[Inline, ...]:
        """The nodes with each slot replaced."""
        return tuple(inner for node in content for inner in self._inlines(node))

    def _inlines(self, node: Inline) -> tuple[Inline, ...]:
        """What a node becomes: itself, or for a comparison of two facts its words and two marks."""
        call = self.call(node) if isinstance(node, Slot) else None
        if isinstance(node, Slot) and isinstance(call, WordsCall):
            return self._in_words(call, node.place)
        return (self._inline(node),)

    def _in_words(self, call: WordsCall, place: Place) -> tuple[Inline, ...]:
        facts = tuple(self.store.facts[id_] for id_ in call.facts)
        in_words = trend_text if call.kind == "trend" else compare_text
        try:
            text = in_words(facts, self.store, self.language)
        except DerivationError as error:
            self.problem(place, error.what, error.hint)
            return ()
        shown = capitalised(text) if call.start else text
        first, *others = facts
        note = self.ledger.note(first)
        span = FactSpan(first.id, call.kind, shown, note, unbroken=False, place=place)
        return (span, *(self.ledger.cited(fact, place) for fact in others))

    def _inline(self, node: Inline) -> Inline:
        match node:
            case Slot():
                return self._printed(self.call(node), node.place)
            case Emphasis(content):
                return Emphasis(self.inlines(content))
            case Strong(content):
                return Strong(self.inlines(content))
            case Foreign(content, language):
                return Foreign(self.inlines(content), language)
            case Link(content, target):
                return Link(self.inlines(content), target)
            case Text() | Code() | Citation() | FactSpan() | Reference() | LineBreak():
                return node

    def _printed(self, call: Call, place: Place) -> Inline:
        match call:
            case FactCall() | StatementCall() | AsOfCall() | SinceCall() | CiteCall():
                return self._span(call, place)
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
            case SubjectCall(name):
                return Text(typographic(name, self.language))
            case WordsCall():  # in `_inlines`, since it may print more than one node
                return Text("")
            case ChartCall() | TimelineCall() | CaptionCall() | ContentsCall() | AnnexCall():
                self.problem(place, "a chart, table or heading inside a line", "set it alone")
                return Text("")

    def _span(
        self, call: FactCall | StatementCall | AsOfCall | SinceCall | CiteCall, place: Place
    ) -> FactSpan:
        fact = self.store.facts[call.fact]
        match call:
            case FactCall(_, form, start) if fact.figure:
                text = figure_text(fact.figure, self.store, self.language, form)
                shown = capitalised(text) if start else text
                unbroken = form != "with base"
                return FactSpan(fact.id, form, shown, self.ledger.note(fact), unbroken, place)
            case AsOfCall(_, start):
                text = dates_text(fact, self.language)
                shown = capitalised(text) if start else text
                return self._broken(fact, "as of", shown, place)
            case SinceCall(_, start) if fact.since:
                text = as_of_text(fact.since, self.language)
                shown = capitalised(text) if start else text
                return self._broken(fact, "since", shown, place)
            case StatementCall():
                return self.statement(fact, place)
            case _:
                return self.ledger.cited(fact, place)

    def statement(self, fact: Fact, place: Place) -> FactSpan:
        """The fact's sentence with its mark."""
        text = statement_text(fact, self.store, self.language)
        return self._broken(fact, "statement", text, place)

    def _broken(self, fact: Fact, form: str, text: str, place: Place) -> FactSpan:
        return FactSpan(fact.id, form, text, self.ledger.note(fact), unbroken=False, place=place)

    def _reference(self, anchor: str, place: Place, *, start: bool) -> Inline:
        if anchor not in self.anchors:
            self.problem(place, f"unknown id '{anchor}'", suggest(anchor, self.anchors))
            return Text("")
        kind, number = self.anchors[anchor]
        text = self.language.say(f"{kind}-ref", number=number)
        return Reference(anchor, capitalised(text) if start else text)
