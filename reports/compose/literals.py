"""What is wrong with the texts that a template holds itself, in branches that aren't shown, too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import nodes

from reports.compose.gate import check_line
from reports.compose.tokens import RESERVED
from reports.compose.walk import Nodes
from reports.language import Language
from reports.problems import Place, Problem
from reports.yaml import unfit

_PRINTED_ARGUMENTS = ("caption", "base", "title", "reason", "labels", "groups", "alt")


def reserved_characters(source: str, file: Path) -> Iterator[Problem]:
    """A problem for each line with a character that our own marks are made of."""
    for number, line in enumerate(source.splitlines(), start=1):
        if RESERVED.search(line):
            what = "a private-use character that the tool needs for itself"
            yield Problem(Place(file, number), what, "delete it")


@dataclass(frozen=True)
class Literals:
    """The texts of one template; `names` are those that may have digits in them."""

    file: Path
    names: tuple[str, ...]
    language: Language

    def problems(self, tree: Nodes) -> Iterator[Problem]:
        """Numbers that it writes itself, keys that stand twice, and letters that none may hold."""
        yield from self._printed(tree)
        for mapping in tree.find_all(nodes.Dict):
            yield from self._keys(mapping)
        for node in tree.find_all(nodes.Const):
            fault = unfit(node.value) if isinstance(node.value, str) else ""
            if fault:
                yield Problem(Place(self.file, node.lineno), f"a text with {fault}", "delete it")

    def _printed(self, tree: Nodes) -> Iterator[Problem]:
        for output in tree.find_all(nodes.Output):
            for node in output.nodes:
                if isinstance(node, nodes.TemplateData):
                    yield from self._lines(node.data, node.lineno)
                elif isinstance(node, nodes.Const):
                    yield from self._lines(str(node.value), node.lineno)
        for pair in tree.find_all(nodes.Keyword):
            if pair.key in _PRINTED_ARGUMENTS:
                yield from self._constants(pair.value)

    def _keys(self, mapping: nodes.Dict) -> Iterator[Problem]:
        """Keys that stand twice, of which Jinja would keep the last, and numbers in keys."""
        keys = [str(pair.key.value) for pair in mapping.items if isinstance(pair.key, nodes.Const)]
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            what = f"the key '{key}' stands twice in one mapping"
            yield Problem(Place(self.file, mapping.lineno), what, "give each a name of its own")
        for pair in mapping.items:
            yield from self._constants(pair.key)

    def _constants(self, value: nodes.Expr) -> Iterator[Problem]:
        for node in value.items if isinstance(value, nodes.List) else [value]:
            if isinstance(node, nodes.Const):
                yield from self._lines(str(node.value), node.lineno)

    def _lines(self, text: str, first: int) -> Iterator[Problem]:
        for number, line in enumerate(text.split("\n"), start=first):
            yield from check_line(line, Place(self.file, number), self.names, self.language)
