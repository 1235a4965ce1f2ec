"""What conditions in a template can ask: for whom, in which language and format, of what.

These words compare with known words only, in every branch: a misspelt one would be a condition
that never holds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NoReturn

from jinja2 import nodes

from reports.audiences import Format
from reports.briefs import Edition, Workspace
from reports.compose.markers import MisuseError
from reports.language import languages
from reports.problems import Place, Problem, suggest


class Condition:
    """A word that templates compare and don't print; an empty one is false."""

    __slots__ = ("_name", "_word")

    def __init__(self, name: str, word: str) -> None:
        """Take the name in templates and the word that it stands for."""
        self._name = name
        self._word = word

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
        what = f"'{self._name}' can be compared, but not printed or changed"
        raise MisuseError(what, f"write what readers should see: {{% if {self._name} == … %}}")

    __str__ = __len__ = __iter__ = __lt__ = __le__ = __gt__ = __ge__ = _refuse
    __add__ = __radd__ = __mul__ = __rmul__ = __mod__ = __getitem__ = __contains__ = _refuse


def conditions(edition: Edition, kind: Format) -> dict[str, Condition]:
    """The words of one edition in one format, by their names in templates."""
    words = {
        "audience": edition.audience.id,
        "language": edition.language,
        "format": kind.value,
        "brief": edition.brief.id,
        "subject": "",
    }
    return {name: Condition(name, word) for name, word in words.items()}


def known_words(workspace: Workspace) -> dict[str, Collection[str]]:
    """What each of the words can be in a workspace; a subject can be anything."""
    return {
        "audience": workspace.audiences,
        "language": languages(),
        "format": [kind.value for kind in Format],
        "brief": workspace.briefs,
    }


def misspelt(
    tree: nodes.Template, known: Mapping[str, Collection[str]], file: Path
) -> Iterator[Problem]:
    """A problem for each word that one of these is compared with and can't be."""
    for comparison in tree.find_all(nodes.Compare):
        sides = [comparison.expr, *(operand.expr for operand in comparison.ops)]
        names = [side.name for side in sides if isinstance(side, nodes.Name)]
        place = Place(file, comparison.lineno)
        for name in (name for name in names if name in known):
            if any(map(_mixes_up, comparison.ops)):
                what = f"'{name}' is one word: it is == a word or in a list of words"
                yield Problem(place, what, f"write {name} == 'a', or {name} in ['a', 'b']")
            for word in _words(sides):
                if word not in known[name]:
                    what = f"unknown {name} '{word}'"
                    yield Problem(place, what, suggest(str(word), known[name]))


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
