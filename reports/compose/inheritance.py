"""Templates that extend others: what of them would be lost without a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import nodes

from reports.problems import Place, Problem, suggest


def extends(tree: nodes.Template) -> bool:
    """Whether a template always extends another."""
    return any(isinstance(node, nodes.Extends) for node in tree.body)


@dataclass
class Blocks:
    """The blocks of the templates that were parsed, in order, and which of them have a place."""

    found: list[tuple[str, Place]] = field(default_factory=list)
    _placed: set[str] = field(default_factory=set)
    _overriding: list[tuple[str, Place]] = field(default_factory=list)

    def note(self, tree: nodes.Template, file: Path) -> list[nodes.Block]:
        """The blocks of a template, taken note of."""
        blocks = list(tree.find_all(nodes.Block))
        inner = [each for block in blocks for node in block.body for each in _blocks_in(node)]
        for block in blocks:
            named = (block.name, Place(file, block.lineno))
            self.found.append(named)
            if extends(tree) and block not in inner:
                self._overriding.append(named)
            else:
                self._placed.add(block.name)
        return blocks

    def add(self, others: Blocks) -> None:
        """Take note of those of another template, which come after these."""
        self.found += others.found
        self._placed |= others._placed
        self._overriding += others._overriding

    def lost(self) -> Iterator[Problem]:
        """A problem for each block that no template has a place for, once all are parsed."""
        for name, place in self._overriding:
            if name not in self._placed:
                what = f"no template above has a block '{name}': it is not printed"
                yield Problem(place, what, suggest(name, self._placed))


def _blocks_in(node: nodes.Node) -> Iterator[nodes.Block]:
    if isinstance(node, nodes.Block):
        yield node
    yield from node.find_all(nodes.Block)


def outside_blocks(tree: nodes.Template, file: Path) -> Iterator[Problem]:
    """The first text that stands in no block of a template that extends another."""
    if not extends(tree):
        return
    for part in _outside_blocks(tree.body):
        what = "text outside the blocks of a template that extends another"
        hint = "move it into one of the blocks; elsewhere it is lost, or stands before all"
        yield Problem(Place(file, _first_line(part)), what, hint)
        return


def _outside_blocks(body: Iterable[nodes.Node]) -> Iterator[nodes.Node]:
    """What would be printed of statements, blocks left aside."""
    for node in body:
        match node:
            case nodes.Output():
                yield from (part for part in node.nodes if not _is_blank(part))
            case nodes.Include() | nodes.CallBlock() | nodes.FilterBlock():
                yield node
            case nodes.For() | nodes.With():
                yield from _outside_blocks(node.body)
            case nodes.If():
                yield from _outside_blocks((*node.body, *node.elif_, *node.else_))
            case _:
                pass


def _is_blank(part: nodes.Node) -> bool:
    return isinstance(part, nodes.TemplateData) and not part.data.strip()


def _first_line(part: nodes.Node) -> int:
    """The line of what is printed, blank ones before it left out."""
    if not isinstance(part, nodes.TemplateData):
        return part.lineno
    return part.lineno + part.data[: -len(part.data.lstrip())].count("\n")
