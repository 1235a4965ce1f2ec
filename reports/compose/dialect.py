"""What of Jinja a template may use: a closed list, since a template may come from anyone.

Filters, tests, attributes and calls that stand in no list here are refused, whatever they would
do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import FunctionType
from typing import Any

from jinja2 import filters, nodes
from jinja2.environment import TemplateModule
from jinja2.runtime import BlockReference, LoopContext, Macro, Undefined

from reports.compose.conditions import Condition
from reports.compose.markers import Marker, MisuseError
from reports.compose.views import FactView
from reports.compose.walk import Nodes
from reports.problems import Place, Problem, suggest

MAX_NESTING = 30
MAX_STATEMENTS = 10
STATEMENTS = (
    *("block", "call", "extends", "filter", "for", "from", "if", "import", "include", "macro"),
    *("raw", "set", "with"),
)
TESTS = ("defined", "none", "undefined")
_STATEMENTS = (nodes.For, nodes.If, nodes.Macro, nodes.CallBlock, nodes.FilterBlock, nodes.With)
_LOOP = (
    *("index", "index0", "revindex", "revindex0", "first", "last", "length", "cycle", "changed"),
    *("previtem", "nextitem", "depth", "depth0"),
)
_MAPPING = ("items", "keys", "values", "get")
_KINDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (str, "a text"),
    ((list, tuple), "a list"),
    (dict, "a mapping"),
    (LoopContext, "a loop"),
    (Macro, "a macro"),
    (Marker, "a printed fact"),
    (FunctionType, "a function"),
)
_INSTEAD: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "write the text as readers shall see it",
        (
            *("format", "replace", "truncate", "title", "string", "center", "indent", "wordwrap"),
            *("wordcount", "striptags"),
        ),
    ),
    (
        "nothing needs escaping; links are Markdown: [text](https://…)",
        (
            *("e", "escape", "forceescape", "safe", "urlencode", "urlize", "xmlattr", "tojson"),
            *("filesizeformat", "pprint"),
        ),
    ),
    ("let a derived fact compute it, in facts/", ("abs", "float", "int", "round", "sum")),
    ("compare facts['id'].value", ("max", "min")),
    ("the same input gives the same text; name the one you mean", ("random",)),
    ("a loop has loop.first, loop.last and loop.cycle(…)", ("cycler", "joiner")),
    ("write a mapping as {'name': 'value'}", ("dict", "namespace")),
    ("write the text", ("lipsum",)),
    (
        "choose facts with query(…), or with {% if %} in a loop",
        (
            *("map", "select", "selectattr", "reject", "rejectattr", "groupby", "attr", "items"),
            *("dictsort", "batch", "slice", "list", "reverse"),
        ),
    ),
)


def _text(value: Any) -> str:
    """A text as it is; raises MisuseError for what is none."""
    if isinstance(value, (str, Marker, Condition, Undefined)):
        return str(value)  # all but the first refuse
    what = f"a value ({type(value).__name__}) is no text: its trace would be lost"
    raise MisuseError(what, "print the fact itself: fact('id')")


def joined(items: Iterable[Any], separator: str = "") -> str:
    """Texts in one, nothing else becoming text on the way."""
    return _text(separator).join(_text(item) for item in items)


def _unique(items: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(items))


FILTERS: dict[str, Callable[..., Any]] = {
    "capitalize": lambda text: _text(text).capitalize(),
    "count": len,
    "d": filters.do_default,
    "default": filters.do_default,
    "first": filters.FILTERS["first"],
    "join": joined,
    "last": filters.FILTERS["last"],
    "length": len,
    "lower": lambda text: _text(text).lower(),
    "sort": filters.FILTERS["sort"],
    "trim": lambda text: _text(text).strip(),
    "unique": _unique,
    "upper": lambda text: _text(text).upper(),
}
_OF_BLOCKS = ("capitalize", "lower", "trim", "upper")


def instead_of(name: str, known: Iterable[str]) -> str:
    """What to use for a filter of Jinja's that is left out; what is meant by an unknown one."""
    return next((hint for hint, names in _INSTEAD if name in names), suggest(name, known))


def is_reached(value: Any, attribute: str) -> bool:
    """Whether a template may ask a value for an attribute."""
    if attribute.startswith("_"):
        return False
    match value:
        case LoopContext():
            return attribute in _LOOP
        case dict():
            return attribute in _MAPPING
        case BlockReference():
            return attribute == "super"
        case _:
            return isinstance(value, (FactView, TemplateModule))


def is_called(value: Any, functions: Iterable[Any]) -> bool:
    """Whether a template may call a value: what it defines itself, and the tool's functions."""
    if isinstance(value, (Macro, BlockReference, LoopContext, Undefined)):
        return True
    owner = getattr(value, "__self__", None)
    return isinstance(owner, (dict, LoopContext)) or any(value is known for known in functions)


def out_of_reach(value: Any, attribute: str) -> MisuseError:
    """The problem of an attribute that no template may ask for."""
    kind = next((said for kinds, said in _KINDS if isinstance(value, kinds)), "a value")
    hint = f"use the filter: …|{attribute}" if attribute in FILTERS else ""
    what = f"'{attribute}' of {kind} is out of reach"
    return MisuseError(what, hint or "templates reach facts, not Python")


def dialect_problems(tree: Nodes, file: Path) -> Iterator[Problem]:
    """A problem for each filter, test and statement that has no place in a template."""
    for kind, known in ((nodes.Filter, FILTERS), (nodes.Test, TESTS)):
        for node in tree.find_all(kind):
            if node.name not in known:
                what = f"no {kind.__name__.lower()} named '{node.name}'"
                hint = instead_of(node.name, known)
                yield Problem(Place(file, node.lineno), what, hint)
    yield from _filtered_blocks(tree, file)
    for statement in tree.find_all(nodes.ScopedEvalContextModifier):
        what = "'autoescape' has no place in a template"
        yield Problem(Place(file, statement.lineno), what, "nothing needs escaping")
    for loop in tree.find_all(nodes.For):
        if loop.recursive:
            what = "a recursive loop has no place in a template"
            yield Problem(Place(file, loop.lineno), what, "write a macro that calls itself")


def _filtered_blocks(tree: Nodes, file: Path) -> Iterator[Problem]:
    """A problem for each filter of a `{% filter %}` that leaves no whole text of what it is given."""
    for block in tree.find_all(nodes.FilterBlock):
        filter_: nodes.Expr | None = block.filter
        while isinstance(filter_, nodes.Filter):
            if filter_.name in FILTERS and filter_.name not in _OF_BLOCKS:
                what = f"'{filter_.name}' can't filter a passage: its text would be lost"
                hint = f"a passage takes {', '.join(_OF_BLOCKS[:-1])} or {_OF_BLOCKS[-1]}"
                yield Problem(Place(file, filter_.lineno), what, hint)
            filter_ = filter_.node


def too_deep(tree: nodes.Template) -> int:
    """The line of the first node that stands too deep in others, 0 if none does."""
    waiting: list[tuple[nodes.Node, int, int]] = [(tree, 0, 0)]
    while waiting:
        node, depth, statements = waiting.pop()
        statements += isinstance(node, _STATEMENTS)
        if depth > MAX_NESTING or statements > MAX_STATEMENTS:
            return node.lineno
        children = [(child, depth + 1, statements) for child in node.iter_child_nodes()]
        if isinstance(node, nodes.If):  # in Python each elif stands within the one before
            children += [(e, depth + i, statements) for i, e in enumerate(node.elif_, start=1)]
        waiting.extend(reversed(children))
    return 0
