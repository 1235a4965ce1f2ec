"""The limits, written into the tree of a template, so that it counts its steps as it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.runtime import Context, Undefined
from jinja2.visitor import NodeTransformer

from reports.compose.dialect import FILTERS, joined
from reports.compose.limits import Limits
from reports.compose.markers import Alone, MisuseError
from reports.compose.marking import is_alone

# Filters that `guard` writes into a tree; no author can write such a name.
_WEIGHED, _JOINED, _COUNTED, _ENTERED, _WRITTEN, _ALONE = (
    f"({name})" for name in ("weighed", "joined", "counted", "entered", "written", "alone")
)


def filters(limits: Limits) -> dict[str, Callable[..., Any]]:
    """The filters of templates by name, with those that `guard` writes into them."""

    def join(items: Iterable[Any], separator: str = "") -> str:
        texts = list(items)
        limits.spend(len(texts) * len(separator))
        return joined(texts, separator)

    def entered(name: Any) -> Any:
        if not isinstance(name, (str, list, tuple, Undefined)):
            raise MisuseError("a template is named by a text", "as in 'shared/part.md.j2'")
        limits.descend()
        return name

    def written(size: int) -> str:
        limits.spend(size)
        return ""

    found = (
        (_WEIGHED, limits.weighed),
        (_JOINED, joined),
        (_COUNTED, limits.counted),
        (_ENTERED, entered),
        (_WRITTEN, written),
        (_ALONE, lambda value: Alone(value) if type(value) is str else value),
    )
    hidden = {name: _at_runtime(function) for name, function in found}
    return {**FILTERS, "join": join, **hidden}


def _at_runtime(function: Callable[[Any], Any]) -> Callable[..., Any]:
    """The filter, kept from being run on constants while Jinja compiles."""

    @jinja2.pass_context
    def filtered(_context: Context, value: Any) -> Any:
        return function(value)

    return filtered


def guard(tree: nodes.Template, environment: jinja2.Environment) -> None:
    """Have a template count its steps and weigh what it makes, as it runs."""
    _Guard(environment).visit(tree)


class _Guard(NodeTransformer):
    def __init__(self, environment: jinja2.Environment) -> None:
        self._environment = environment

    def _passed(self, node: nodes.Node, name: str) -> nodes.Filter:
        """The value of an expression after it has passed a filter that no author can name."""
        passed = nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)
        passed.set_environment(self._environment)
        return passed

    def _weighed(self, node: nodes.Expr) -> nodes.Expr:
        self.generic_visit(node)
        return self._passed(node, _WEIGHED)

    visit_List = visit_Dict = _weighed  # noqa: N815 - Jinja's names

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Expr:  # noqa: N802
        if node.ctx == "load":
            return self._weighed(node)
        return node

    def visit_Filter(self, node: nodes.Filter) -> nodes.Node:  # noqa: N802
        # That of a filter block has no node; its text is weighed where it is printed.
        return self._weighed(node) if node.node else self.generic_visit(node)

    def visit_Concat(self, node: nodes.Concat) -> nodes.Expr:  # noqa: N802
        texts = nodes.List(node.nodes, lineno=node.lineno)
        return self._weighed(self._passed(texts, _JOINED))

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802
        return (
            self._weighed(node) if isinstance(node.arg, nodes.Slice) else self.generic_visit(node)
        )

    def visit_Compare(self, node: nodes.Compare) -> nodes.Expr:  # noqa: N802
        self.generic_visit(node)
        node.expr = self._passed(node.expr, _WEIGHED)
        for operand in node.ops:
            operand.expr = self._passed(operand.expr, _WEIGHED)
        return node

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802
        self.generic_visit(node)
        node.iter = self._passed(node.iter, _COUNTED)
        return node

    def _entered(self, node: Any) -> Any:
        self.generic_visit(node)
        node.template = self._passed(node.template, _ENTERED)
        return node

    visit_Include = visit_Extends = visit_Import = visit_FromImport = _entered  # noqa: N815

    def visit_Output(self, node: nodes.Output) -> Sequence[nodes.Node]:  # noqa: N802
        self.generic_visit(node)
        node.nodes = [
            self._passed(part, _ALONE)
            if not isinstance(part, nodes.TemplateData) and is_alone(node.nodes, index)
            else part
            for index, part in enumerate(node.nodes)
        ]
        data = [part.data for part in node.nodes if isinstance(part, nodes.TemplateData)]
        size = nodes.Const(sum(map(len, data)), lineno=node.lineno)
        return [nodes.ExprStmt(self._passed(size, _WRITTEN), lineno=node.lineno), node]
