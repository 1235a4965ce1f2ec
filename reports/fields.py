"""A YAML mapping's fields, typed by what is asked for; every fault becomes a problem.

A reader asks for each key it knows and then calls `done`, which finds the keys nobody asked
for.  A field that is missing or wrong yields a harmless stand-in, so that one pass finds all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from enum import Enum
from functools import cache
from pathlib import Path
from typing import TypeVar

from reports.problems import Place, Problem, suggest
from reports.yaml import Mapping, Node, Scalar, Sequence

E = TypeVar("E", bound=Enum)
T = TypeVar("T")

ID = re.compile(r"[a-z][a-z0-9-]*")
LANGUAGES = ("nb", "nn", "da", "en")  # in which a text may be given


class Fields:
    """The fields of one mapping; `what` names it in messages ("fact 'no.x'")."""

    def __init__(self, node: Node, what: str, problems: list[Problem]) -> None:
        self.what = what
        self.place = node.place
        self._problems = problems
        self._asked: set[str] = set()
        self._mapping = node if isinstance(node, Mapping) else Mapping({}, {}, node.place)
        if not isinstance(node, Mapping):
            self.problem(node.place, f"{what} must hold 'key: value' pairs")

    def problem(self, place: Place, what: str, hint: str = "") -> None:
        """Add a fault at that place."""
        self._problems.append(Problem(place, what, hint))

    def node(self, key: str) -> Node | None:
        """The raw value of a key, None where it is not set."""
        self._asked.add(key)
        return self._mapping.entries.get(key)

    def place_of(self, key: str) -> Place:
        """Where the key stands, or where the mapping does."""
        return self._mapping.key_places.get(key, self.place)

    def text(self, key: str, hint: str = "", *, required: bool = True) -> str:
        """The text of a key; "" if it is missing."""
        node = self.node(key)
        if isinstance(node, Scalar) and (text := node.text.strip()):
            return text
        if node is not None:
            self.problem(node.place, f"'{key}' of {self.what} must be a text", hint)
        elif required:
            self.problem(self.place, f"{self.what} has no '{key}'", hint or f"add '{key}: …'")
        return ""

    def parsed(self, key: str, parse: Callable[[str], T], expected: str, default: T) -> T:
        """The text of a key as `parse` reads it (ValueError refuses); `default` if not set."""
        match self.node(key):
            case Scalar(text):
                try:
                    return parse(text)
                except ValueError:
                    what = f"'{key}' of {self.what} is '{text}'"
                    self.problem(self.place_of(key), what, f"write {expected}")
                    return default
            case None:
                return default
            case node:
                self.problem(node.place, f"'{key}' of {self.what} must be {expected}")
                return default

    def choice(self, key: str, kind: type[E], default: E | None = None) -> E:
        """One of the values of an Enum; without `default` the key is mandatory."""
        if default is not None and self.node(key) is None:
            return default
        text = self.text(key, _choices(kind))
        try:
            return kind(text)
        except ValueError:
            if text:
                what = f"'{key}' of {self.what} is '{text}'"
                self.problem(self.place_of(key), what, _choices(kind))
        return default or next(iter(kind))

    def known(self, key: str, ids: Collection[str], kind: str, *, required: bool = True) -> str:
        """The id of something declared elsewhere, such as a measure."""
        text = self.text(key, required=required)
        if text and text not in ids:
            self.problem(self.place_of(key), f"unknown {kind} '{text}'", suggest(text, ids))
        return text

    def known_all(self, key: str, ids: Collection[str], kind: str) -> None:
        """Find the ids in a list, or among a mapping's keys, that are declared nowhere."""
        match self.node(key):
            case Sequence(items):
                named = [(item.text, item.place) for item in items if isinstance(item, Scalar)]
            case Mapping(_, places):
                named = list(places.items())
            case _:
                return
        for id_, place in named:
            if id_ not in ids:
                self.problem(place, f"unknown {kind} '{id_}'", suggest(id_, ids))

    def texts(
        self, key: str, languages: tuple[str, ...], *, required: bool = True, plain: bool = False
    ) -> dict[str, str]:
        """The texts by language, each of `languages` among them.

        With `plain`, one text may stand for every language.
        """
        node = self.node(key)
        match node:
            case None:
                if required:
                    hint = f"add '{key}: {_texts_example(languages)}'"
                    self.problem(self.place, f"{self.what} has no '{key}'", hint)
            case Scalar(text) if plain and text.strip():
                return dict.fromkeys(LANGUAGES, text.strip())
            case Mapping():
                return translations(node, f"'{key}' of {self.what}", languages, self._problems)
            case _:
                hint = f"write {_texts_example(languages)}"
                self.problem(node.place, f"'{key}' of {self.what} has no languages", hint)
        return dict.fromkeys(languages, "")

    def words(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty where the key is not set."""
        match self.node(key):
            case None:
                return ()
            case Sequence(items) if all(isinstance(i, Scalar) and i.text.strip() for i in items):
                return tuple(item.text for item in items if isinstance(item, Scalar))
            case node:
                self.problem(node.place, f"'{key}' of {self.what} must be a list: [a, b]")
                return ()

    def words_once(self, key: str) -> tuple[str, ...]:
        """A list of texts, each once; one that stands again becomes a problem and is left out."""
        found = self.words(key)
        once = tuple(dict.fromkeys(found))
        for word in once:
            if found.count(word) > 1:
                what = f"'{word}' stands twice in '{key}' of {self.what}"
                self.problem(self.place_of(key), what, "delete one")
        return once

    def words_among(self, key: str, known: Collection[str]) -> tuple[str, ...]:
        """A list of texts, each known and once; what is not becomes a problem and is left out."""
        found = self.words_once(key)
        for word in found:
            if word not in known:
                what = f"unknown word '{word}' in '{key}'"
                self.problem(self.place_of(key), what, suggest(word, known))
        return tuple(word for word in found if word in known)

    def entries(self, key: str) -> list[tuple[str, Node, Place]]:
        """The id, value and place of each entry of a mapping; empty where it is not set."""
        match self.node(key):
            case None:
                return []
            case Mapping(entries, places):
                return [(id_, node, places[id_]) for id_, node in entries.items()]
            case node:
                self.problem(node.place, f"'{key}' of {self.what} must hold 'id: …' entries")
                return []

    def all(self) -> list[tuple[str, Node, Place]]:
        """Every key of the mapping itself, with value and place."""
        entries, places = self._mapping.entries, self._mapping.key_places
        self._asked.update(entries)
        return [(key, node, places[key]) for key, node in entries.items()]

    def done(self) -> None:
        """Find the keys that nobody asked for."""
        for key in self._mapping.entries.keys() - self._asked:
            what = f"unknown key '{key}' in {self.what}"
            self.problem(self.place_of(key), what, suggest(key, self._asked))


@cache
def _choices(kind: type[Enum]) -> str:
    return f"one of: {', '.join(str(member.value) for member in kind)}"


def _texts_example(languages: tuple[str, ...]) -> str:
    """How texts are written in these languages, or in one where none is asked for."""
    return f"{{{', '.join(f'{code}: …' for code in languages or LANGUAGES[-1:])}}}"


def translations(
    node: Node, what: str, languages: tuple[str, ...], problems: list[Problem]
) -> dict[str, str]:
    """The texts of a mapping by language; one of `languages` that is missing is a problem.

    Those in other languages are kept, for editions that are read in them.
    """
    fields = Fields(node, what, problems)
    hints = {code: f"add the text in '{code}'" for code in LANGUAGES}
    found = {code: fields.text(code, hint, required=False) for code, hint in hints.items()}
    problems.extend(
        Problem(node.place, f"{what} has no '{code}' text", f"add '{code}: …'")
        for code in languages
        if not found[code]
    )
    fields.done()
    return {code: text for code, text in found.items() if text or code in languages}


def misnamed(files: Iterable[Path]) -> Iterator[Problem]:
    """A problem for each file that nobody would read for its ending."""
    for file in sorted(files):
        what = f"'{file.name}' ends in '{file.suffix}': it is not read"
        yield Problem(Place(file), what, f"rename it to '{file.stem}.yaml'")
