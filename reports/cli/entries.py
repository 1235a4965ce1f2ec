"""To ask for the values of an entry, and for what it needs that the store doesn't declare yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum

from reports.cli.dialogue import Question, ask
from reports.facts.draft.answers import Drafts, Keys
from reports.facts.draft.declared import names_in
from reports.facts.draft.entry import Entry, Tree
from reports.facts.quantities import Unit
from reports.problems import Problem

_ONE = {
    "themes": "theme",
    "places": "place",
    "inferences": "reason for a date",
    "measures": "measure",
    "populations": "population",
    "people": "speaker",
}


class Asker:
    """Asks for values; `declared` are the entries that were told on the way."""

    def __init__(self, drafts: Drafts, code: str) -> None:
        """Check answers against `drafts`; ids are described in the language `code`."""
        self.drafts = drafts
        self.declared: list[Entry] = []
        self._code = code

    def value(
        self,
        entry: Entry,
        keys: Keys,
        question: Question,
        read: Callable[[str], Tree] = str,
        also: Callable[[str], Iterable[Problem]] = lambda _: (),
    ) -> Entry:
        """The entry with the answer under these keys, or without them if it is left out.

        `also` checks what the loader finds nothing wrong with.
        """

        def check(answer: str) -> Iterable[Problem]:
            faults = self.drafts.faults(with_value(entry, keys, read(answer)), keys)
            return faults or also(answer)

        answer = ask(question, check)
        return with_value(entry, keys, read(answer)) if answer else entry

    def known(
        self,
        entry: Entry,
        keys: Keys,
        section: str,
        text: str,
        *,
        default: str | None = None,
        first: Iterable[str] = (),
    ) -> Entry:
        """The entry with the id of something in a section, which may be declared for it.

        The ids of `first` are listed before the others.
        """
        names = names_in(section, self.drafts.store, self._code)
        names = {**{id_: names[id_] for id_ in first}, **names}
        declare = (lambda: self.declare(section)) if section in _ONE else None
        question = Question(text, choices=names, default=default, declare=declare)
        return self.value(entry, keys, question)

    def one_of(
        self,
        entry: Entry,
        keys: Keys,
        kind: type[Enum],
        text: str,
        default: Enum | None = None,
        meanings: Sequence[str] = (),
    ) -> Entry:
        """The entry with one of the tool's words, of which the default is left out.

        `meanings` are those of the words, in their order.
        """
        words = [str(member.value) for member in kind]
        choices = dict(zip(words, meanings or [""] * len(words), strict=True))
        usual = str(default.value) if default else None
        answered = self.value(entry, keys, Question(text, choices=choices, default=usual))
        return entry if usual and value_at(answered, keys) == usual else answered

    def texts(
        self, entry: Entry, keys: Keys, text: str, *, optional: bool = False, plain: bool = False
    ) -> Entry:
        """The entry with a text in each language; with `plain`, one if all are the same."""
        first = ""
        for code in self.drafts.languages:
            default = (first if plain else None) if first else ("" if optional else None)
            entry = self.value(entry, (*keys, code), Question(f"{text} in {code}", default=default))
            answer = value_at(entry, (*keys, code))
            if not answer:
                return entry
            first = first or str(answer)
        same = all(value_at(entry, (*keys, code)) == first for code in self.drafts.languages)
        return with_value(entry, keys, first) if plain and same else entry

    def new_id(self, section: str, text: str) -> str:
        """An id that nothing in the section has."""

        def check(id_: str) -> tuple[Problem, ...]:
            fault = self.drafts.id_fault(section, id_)
            return (fault,) if fault else ()

        return ask(Question(text, help="small letters, digits and hyphens"), check)

    def declare(self, section: str) -> str:
        """Ask for something new, and give its id."""
        entry = Entry(section, self.new_id(section, f"id of the new {_ONE[section]}"), {})
        match section:
            case "people":
                entry = self.texts(entry, ("name",), "name", plain=True)
                entry = self.texts(entry, ("role",), "role, or Enter for none,", optional=True)
                what = "organisation, or Enter for none,"
                entry = self.texts(entry, ("organisation",), what, optional=True, plain=True)
            case "measures":
                entry = self.one_of(entry, ("unit",), Unit, "unit")
                entry = self.texts(entry, ("name",), "what is counted,")
            case "places":
                entry = self.texts(entry, ("name",), "name")
                what = "the place that it lies in, or Enter for none"
                entry = self.known(entry, ("in",), "places", what, default="")
            case _:
                entry = self.texts(entry, (), "reason" if section == "inferences" else "name")
        self.drafts = self.drafts.declaring(entry)
        self.declared.append(entry)
        return entry.id


def with_value(entry: Entry, keys: Keys, value: Tree) -> Entry:
    """The entry with another value under these keys."""
    return Entry(entry.section, entry.id, _put(entry.keys, keys, value))


def _put(tree: Mapping[str, Tree], keys: Keys, value: Tree) -> Mapping[str, Tree]:
    first, *rest = keys
    if not rest:
        return {**tree, first: value}
    inner = tree.get(first)
    return {**tree, first: _put(inner if isinstance(inner, Mapping) else {}, tuple(rest), value)}


def value_at(entry: Entry, keys: Keys) -> Tree | None:
    """What stands under these keys; None for nothing."""
    tree: Tree | None = entry.keys
    for key in keys:
        tree = tree.get(key) if isinstance(tree, Mapping) else None
    return tree
