"""The questions about a new fact, in the order in which who reads the source can answer them."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from reports.cli.dialogue import Question, pick
from reports.cli.entries import Asker, value_at, with_value
from reports.facts.draft.answers import Drafts
from reports.facts.draft.entry import Entry, Tree
from reports.facts.load.entries import DATE_HINT
from reports.facts.model import Access, Standing
from reports.facts.quantities import UNBASED, Qualifier, Unit
from reports.facts.schema.keys import STANDINGS
from reports.problems import Place, Problem

Paragraphs = Callable[[str], Sequence[str]]

_ORDER = (
    *("theme", "place", "statement", "figure", "as_of", "said_by", "standing", "source", "at"),
    *("access", "recorded"),
)
_FIGURE_ORDER = ("value", "measure", "among", "qualifier")
_NUMBERS = "62, 1.10, 28 million, 8 of 10, or a range: [10, 15]"
_VALUES = {Unit.DATE: DATE_HINT, Unit.RANK: "a place from 1"}
_NOT_STATED = "not stated"
_HERE = Place(Path("the answer"))


class Interview:
    """A fact as far as it is told; its parts can be asked for again by their names.

    `paragraphs` gives those of a source's text, none where it is not at hand.
    """

    def __init__(self, drafts: Drafts, code: str, today: date, paragraphs: Paragraphs) -> None:
        """Begin without an answer; ids are described in the language `code`."""
        self._asker = Asker(drafts, code)
        self._fact = Entry("facts", "", {})
        self._today = today
        self._paragraphs = paragraphs
        self.parts: dict[str, Callable[[], Entry]] = {
            "id": self._id,
            "source": self._source,
            "at": self._at,
            "said_by": self._said_by,
            "standing": self._standing,
            "figure": self._figure,
            "as_of": self._as_of,
            "theme": self._theme,
            "place": self._place,
            "statement": self._statement,
            "access": self._access,
            "recorded": self._recorded,
        }

    def ask(self, part: str) -> None:
        """Ask for a part of the fact, for the first time or again."""
        keys = {key: value for key, value in self._fact.keys.items() if key != part}
        self._fact = Entry("facts", self._fact.id, keys)
        self._fact = self.parts[part]()

    @property
    def drafts(self) -> Drafts:
        """What the fact is checked against."""
        return self._asker.drafts

    @property
    def fact(self) -> Entry:
        """The fact with its keys in the order of fact files."""
        keys = _in_order(self._fact.keys, _ORDER)
        figure = keys.get("figure")
        if isinstance(figure, Mapping):
            keys["figure"] = _in_order(figure, _FIGURE_ORDER)
        return Entry("facts", self._fact.id, keys)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What the fact needs that was declared on the way, and the fact itself."""
        needed: list[Entry] = [self.fact]
        for entry in reversed(self._asker.declared):
            if any(entry.id in _words(other.keys) for other in needed):
                needed.append(entry)
        return tuple(reversed(needed))

    # ------------------------------------------------------------ the parts

    def _id(self) -> Entry:
        text = "id of the fact, such as havneby.web-share"
        return Entry("facts", self._asker.new_id("facts", text), self._fact.keys)

    def _source(self) -> Entry:
        return self._asker.known(self._fact, ("source",), "sources", "source")

    def _at(self) -> Entry:
        """The paragraph, which is shown where it is at hand, and its words."""
        paragraphs = self._paragraphs(str(self._fact.keys["source"]))
        if not paragraphs:
            print(
                "  the source's text is not at hand: paragraph and words are taken as you type them"
            )

        def beyond(answer: str) -> Iterator[Problem]:
            if paragraphs and answer.isdecimal() and int(answer) > len(paragraphs):
                yield Problem(_HERE, f"the text has {len(paragraphs)} paragraphs")

        question = Question("paragraph", "the lines of the text that are not blank, from 1")
        fact = self._asker.value(self._fact, ("at", "paragraph"), question, also=beyond)
        number = int(str(value_at(fact, ("at", "paragraph"))))
        if paragraphs:
            print(textwrap.indent(textwrap.fill(paragraphs[number - 1], 92), "  | "))

        def elsewhere(answer: str) -> Iterator[Problem]:
            if paragraphs and answer not in paragraphs[number - 1]:
                what = f"these words are not in paragraph {number}, letter for letter"
                yield Problem(_HERE, what, "copy them from the text above")

        text = "its own words for it, or Enter for none"
        question = Question(text, "two to eight words, letter for letter", default="")
        return self._asker.value(fact, ("at", "printed"), question, also=elsewhere)

    def _said_by(self) -> Entry:
        source = self._fact.keys["source"]
        facts = self.drafts.store.facts.values()
        heard = [fact.said_by for fact in facts if fact.source == source and not fact.derivation]
        return self._asker.known(self._fact, ("said_by",), "people", "said by", first=heard)

    def _standing(self) -> Entry:
        meanings = [STANDINGS[standing] for standing in Standing]
        key = ("standing",)
        return self._asker.one_of(self._fact, key, Standing, "standing", meanings=meanings)

    def _figure(self) -> Entry:
        asker, measure = self._asker, ("figure", "measure")
        what = "measure: what is counted, or Enter for no figure"
        fact = asker.known(self._fact, measure, "measures", what, default="")
        id_ = value_at(fact, measure)
        if not id_:
            return fact
        unit = self.drafts.store.measures[str(id_)].unit
        question = Question(f"value ({unit.value})", _VALUES.get(unit, _NUMBERS))
        fact = asker.value(fact, ("figure", "value"), question, _value)
        if unit not in UNBASED:
            fact = asker.known(fact, ("figure", "among"), "populations", "among whom")
        return asker.one_of(fact, ("figure", "qualifier"), Qualifier, "qualifier", Qualifier.EXACT)

    def _as_of(self) -> Entry:
        text = f"as of: the date when it holds, or '{_NOT_STATED}'"
        fact = self._asker.value(self._fact, ("as_of",), Question(text, DATE_HINT))
        when = fact.keys["as_of"]
        choices = {"yes": "", "no": "it is worked out"}
        question = Question("does the text print that date", default="yes", choices=choices)
        if when == _NOT_STATED or pick(question) == "yes":
            return fact
        fact = with_value(fact, ("as_of",), {"date": when})
        what = "how do you know it"
        return self._asker.known(fact, ("as_of", "inferred"), "inferences", what)

    def _theme(self) -> Entry:
        return self._asker.known(self._fact, ("theme",), "themes", "theme")

    def _place(self) -> Entry:
        return self._asker.known(self._fact, ("place",), "places", "place")

    def _statement(self) -> Entry:
        print("  one whole sentence of your own; write the figure as {figure}, the date as {as_of}")
        return self._asker.texts(self._fact, ("statement",), "statement")

    def _access(self) -> Entry:
        return self._asker.one_of(self._fact, ("access",), Access, "access", Access.PUBLIC)

    def _recorded(self) -> Entry:
        question = Question("recorded", "a date such as 2031-04-02", str(self._today))
        return self._asker.value(self._fact, ("recorded",), question)


def _value(answer: str) -> Tree:
    """A range as the list that it is, anything else as it stands."""
    if answer.startswith("[") and answer.endswith("]"):
        return [end.strip() for end in answer[1:-1].split(",")]
    return answer


def _in_order(tree: Mapping[str, Tree], order: Sequence[str]) -> dict[str, Tree]:
    return {key: tree[key] for key in order if key in tree}


def _words(tree: Tree) -> Iterator[str]:
    """Every text in the tree."""
    if isinstance(tree, str):
        yield tree
        return
    for inner in tree.values() if isinstance(tree, Mapping) else tree:
        yield from _words(inner)
