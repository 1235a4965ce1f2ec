"""What conditions in a template can ask: for whom, in which language and format, of what.

These words compare with known words only, in every branch: a misspelt one would be a condition
that never holds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from jinja2 import nodes

from reports.audiences import Format
from reports.briefs import Edition, Workspace
from reports.compose.markers import MisuseError
from reports.compose.walk import Nodes
from reports.facts.model import Facts
from reports.language import languages
from reports.problems import Place, Problem, suggest

_SUBJECT = "subject"


class Condition:
    """A word that templates compare and don't print; an empty one is false.

    Only `subject` can be printed, by its name: what prints it asks `is_subject`.
    """

    __slots__ = ("_name", "_word")

    def __init__(self, name: str, word: str) -> None:
        """Take the name in templates and the word that it stands for."""
        self._name = name
        self._word = word

    @property
    def word(self) -> str:
        return self._word

    @property
    def is_subject(self) -> bool:
        """Whether it is what an edition of a series is about."""
        return self._name == _SUBJECT and bool(self._word)

    def __eq__(self, other: object) -> bool:
        """Whether it is that word."""
        return self._word == (other._word if isinstance(other, Condition) else other)

    def __hash__(self) -> int:
        """As its word, so that a mapping can be asked by it."""
        return hash(self._word)

    def __bool__(self) -> bool:
        """Whether there is one."""
        return bool(self._word)

    def _refuse(self, *_: object) -> NoReturn:
        if self._name == _SUBJECT:
            raise self._refused_subject()
        what = f"'{self._name}' can be compared, but not printed or changed"
        raise MisuseError(what, f"write what readers should see: {{% if {self._name} == … %}}")

    def _refused_subject(self) -> MisuseError:
        if not self._word:
            what = "there is no subject: the brief is made once"
            return MisuseError(what, f"ask first: {{% if {_SUBJECT} %}}")
        what = f"'{_SUBJECT}' can be printed and compared, but not joined or changed"
        return MisuseError(
            what, f"name a text: {{% set text %}}… {{{{ {_SUBJECT} }}}}{{% endset %}}"
        )

    __str__ = __len__ = __iter__ = __lt__ = __le__ = __gt__ = __ge__ = _refuse
    __add__ = __radd__ = __mul__ = __rmul__ = __mod__ = __getitem__ = __contains__ = _refuse


def word_of(value: str | Condition) -> str:
    """The word that an argument is, or that it stands for."""
    return value.word if isinstance(value, Condition) else value


def conditions(edition: Edition, kind: Format) -> dict[str, Condition]:
    """The words of one edition in one format, by their names in templates."""
    words = {
        "audience": edition.audience.id,
        "language": edition.language,
        "format": kind.value,
        "brief": edition.brief.id,
        _SUBJECT: edition.subject,
    }
    return {name: Condition(name, word) for name, word in words.items()}


def known_words(workspace: Workspace, store: Facts) -> dict[str, Collection[str]]:
    """What each of the words can be in a workspace with that store."""
    tables = tuple({brief.for_each for brief in workspace.briefs.values()} - {""})
    return {
        "audience": workspace.audiences,
        "language": languages(),
        "format": [kind.value for kind in Format],
        "brief": workspace.briefs,
        _SUBJECT: _Subjects(tables, store),
    }


class _Subjects:
    """The subjects of some tables; one that has a row of its own is found without a search."""

    def __init__(self, tables: tuple[str, ...], store: Facts) -> None:
        self._tables = tables
        self._store = store

    def __contains__(self, word: object) -> bool:
        return any(f"{table}@{word}" in self._store.rows for table in self._tables) or any(
            word == subject for subject in self
        )

    def __iter__(self) -> Iterator[str]:
        for row, subject in self._store.rows.items():
            if row.partition("@")[0] in self._tables:
                yield subject.id

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True)
class Comparison:
    """A name that is compared with these constants; `is_mixed_up` where that can't be meant."""

    name: str
    words: tuple[object, ...]
    is_mixed_up: bool
    place: Place


def comparisons(tree: Nodes, file: Path) -> Iterator[Comparison]:
    """All comparisons of names in a template."""
    for comparison in tree.find_all(nodes.Compare):
        sides = [comparison.expr, *(operand.expr for operand in comparison.ops)]
        words, is_mixed_up = tuple(_words(sides)), any(map(_mixes_up, comparison.ops))
        for side in sides:
            if isinstance(side, nodes.Name):
                yield Comparison(side.name, words, is_mixed_up, Place(file, comparison.lineno))


def misspelt(
    compared: Iterable[Comparison], known: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    """A problem for each word that one of these is compared with and can't be."""
    for each in (each for each in compared if each.name in known):
        name = each.name
        if each.is_mixed_up:
            what = f"'{name}' is one word: it is == a word or in a list of words"
            yield Problem(each.place, what, f"write {name} == 'a', or {name} in ['a', 'b']")
        for word in each.words:
            if word not in known[name]:
                what = f"unknown {name} '{word}'"
                yield Problem(each.place, what, suggest(str(word), known[name]))


def _mixes_up(operand: nodes.Operand) -> bool:
    """Whether a list is asked for by ==, or a word by `in`."""
    if operand.op in ("in", "notin"):
        return isinstance(operand.expr, nodes.Const)
    return isinstance(operand.expr, (nodes.List, nodes.Tuple))


def _words(sides: list[nodes.Expr]) -> Iterator[object]:
    for side in sides:
        for node in side.items if isinstance(side, (nodes.List, nodes.Tuple)) else [side]:
            if isinstance(node, nodes.Const):
                yield node.value
