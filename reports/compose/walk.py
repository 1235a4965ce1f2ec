"""All nodes of a template, found in one walk: there are many questions to each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from jinja2 import nodes

_Node = TypeVar("_Node", bound=nodes.Node)


class Nodes:
    """The nodes below one, as they stand now, in the order in which Jinja finds them."""

    def __init__(self, tree: nodes.Node) -> None:
        """Walk the tree."""
        self._all = tuple(tree.find_all(nodes.Node))

    def find_all(self, kind: type[_Node]) -> Iterator[_Node]:
        """Those of one kind."""
        return (node for node in self._all if isinstance(node, kind))
