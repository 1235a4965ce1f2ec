"""Charts of an author's own: a Vega-Lite specification, checked, with facts for data.

Only facts may be drawn and only what facts say may be printed, so a specification brings no data,
no addresses and no numbers for readers.  What it draws is checked once more where it is drawn.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, TypeAlias

from reports.compose.gate import literal_numbers
from reports.problems import Place, Problem, ReportError, suggest
from reports.resolve.charts.rows import FIELDS, Json
from reports.yaml import read_text

MAX_SPEC_BYTES = 100_000
_DEEPEST = 60
_HINT = "see 'Charts of your own' in docs/templates.md"
_Path: TypeAlias = tuple[str, ...]

_DATA = {"name": "facts"}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_VIEW_KEYS = _words(
    """
    $schema name title description mark encoding transform layer hconcat vconcat concat facet
    repeat spec resolve width height view projection data columns spacing align bounds center
    """
)
_VIEWS = frozenset(("layer", "hconcat", "vconcat", "concat"))
_MARKS = _words(
    """
    arc area bar boxplot circle errorband errorbar line point rect rule square text tick trail
    """
)
_CHANNELS = _words(
    """
    x y x2 y2 xOffset yOffset xError yError xError2 yError2 theta theta2 radius radius2 color
    fill stroke opacity fillOpacity strokeOpacity strokeWidth strokeDash size angle shape text
    detail order key facet row column tooltip description time
    """
)
_REFUSED = {
    "url": "a chart loads nothing from outside",
    "href": "a chart in print leads nowhere",
    "usermeta": "it would stand in no output",
    "datasets": "its data are the facts of the call",
    "params": "nobody can click a chart in print",
    "config": "the theme sets the look; name a style at the mark instead",
    "autosize": "the theme sets the size; 'width' and 'height' are of the plot",
    "padding": "the theme sets it",
    "background": "the theme sets it",
    "labelExpr": "it could print any number; 'format' shapes those of an axis",
    "sequence": "its data are the facts of the call",
    "graticule": "its data are the facts of the call",
    "sphere": "its data are the facts of the call",
    "sample": "the same facts must always give the same picture",
    "lookup": "its data are the facts of the call",
}
_PRINTED = ("title", "subtitle", "text")
_EXPRESSIONS = ("calculate", "filter", "test", "expr")
_FUNCTIONS = re.compile(r"\b(now|random|sample\w*|sequence|data|indata|geo\w+|path\w+)\s*\(")
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_DATUM = re.compile(r"\bdatum\.(\w+)|\bdatum\[['\"]([^'\"]+)['\"]\]")


@dataclass(frozen=True)
class Specification:
    """A specification that may be drawn, with the texts of its own that it may print."""

    tree: dict[str, Json]
    texts: tuple[str, ...]
    place: Place


def load_specification(
    name: str, call: Place, templates: Path, names: Iterable[str]
) -> Specification:
    """The specification in that file, as seen from the templates folder.

    Raises ReportError at `call` if there is no such file, and at the file with everything in
    it that a chart may not have.
    """
    file = (templates / name).resolve()
    if not file.is_relative_to(templates.resolve()) or not file.is_file():
        what = f"specification '{name}' is not in the templates folder"
        hint = "name it as seen from there: spec='charts/my-chart.vl.json'"
        raise ReportError(Problem(call, what, hint))
    text = read_text(file, MAX_SPEC_BYTES)
    place = Place(templates / name)
    reader = _Reader(place, text, tuple(names))
    try:
        tree = reader.parsed()
        list(_walk(tree, ()))  # before what goes as deep without counting
        problems = sorted(set(reader.problems(tree)))
    except RecursionError:
        raise ReportError(Problem(place, "this is nested too deep", _HINT)) from None
    if problems:
        raise ReportError(*problems)
    return Specification(tree, tuple(dict.fromkeys(reader.texts)), place)


class _Reader:
    """One file on its way to a specification: what it says, and where."""

    def __init__(self, place: Place, text: str, names: tuple[str, ...]) -> None:
        self._place, self._text, self._names = place, text, names
        self.texts: list[str] = []

    def parsed(self) -> dict[str, Json]:
        try:
            tree = json.loads(
                self._text, object_pairs_hook=self._object, parse_constant=self._constant
            )
        except json.JSONDecodeError as error:
            place = Place(self._place.file, error.lineno, error.colno)
            what = f"this is not JSON: {error.msg[:1].lower()}{error.msg[1:]}"
            raise ReportError(Problem(place, what, _HINT)) from None
        if not isinstance(tree, dict):
            what = 'a specification is an object: { "mark": …, "encoding": … }'
            raise ReportError(Problem(self._place, what, _HINT))
        return tree

    def _object(self, pairs: Sequence[tuple[str, Json]]) -> dict[str, Json]:
        names = [name for name, _ in pairs]
        twice = next((name for name in names if names.count(name) > 1), "")
        if twice:
            what = f"'{twice}' stands twice in one object"
            raise ReportError(Problem(self._at(f'"{twice}"'), what, "keep one of them"))
        return dict(pairs)

    def _constant(self, name: str) -> NoReturn:
        raise ReportError(Problem(self._at(name), f"'{name}' is no number of JSON", _HINT))

    def problems(self, tree: dict[str, Json]) -> Iterator[Problem]:
        yield from self._view(tree)
        nodes = list(_walk(tree, ()))
        known = {*FIELDS, *_made_fields(nodes)}
        named = not any("pivot" in node for _, node in nodes if isinstance(node, dict))
        for path, value in nodes:
            yield from self._node(path, value)
            if named:  # a pivot makes fields of what the facts say
                yield from self._fields(path, value, known)

    def _view(self, view: Mapping[str, Json]) -> Iterator[Problem]:
        for key in view:
            if key not in _VIEW_KEYS and key not in _REFUSED:
                yield self._problem(key, f"'{key}' is no part of a chart", suggest(key, _VIEW_KEYS))
        mark = view.get("mark")
        kind = mark.get("type") if isinstance(mark, dict) else mark
        if "mark" in view and str(kind) not in _MARKS:
            yield self._problem("mark", f"unknown mark '{kind}'", suggest(str(kind), _MARKS))
        encoding = view.get("encoding", {})
        for channel in encoding if isinstance(encoding, dict) else ("encoding",):
            if channel not in _CHANNELS and channel not in _REFUSED:
                what = f"unknown channel '{channel}'"
                yield self._problem(channel, what, suggest(channel, _CHANNELS))
        for name in _VIEWS & view.keys():
            inner = view[name]
            for each in inner if isinstance(inner, list) else ():
                if isinstance(each, dict):
                    yield from self._view(each)
        inside = view.get("spec")
        if isinstance(inside, dict):
            yield from self._view(inside)

    def _node(self, path: _Path, value: Json) -> Iterator[Problem]:
        key = path[-1] if path else ""
        if key in _REFUSED:
            yield self._problem(key, f"'{key}' has no place in a chart", _REFUSED[key])
        elif "font" in key.lower() and key.lower().endswith("font"):
            yield self._problem(key, f"'{key}' has no place in a chart", "the theme sets it")
        elif key == "data" and value != _DATA:
            hint = 'leave it out, or write {"name": "facts"}'
            yield self._problem(key, "data of its own: a chart draws facts", hint)
        elif isinstance(value, str) and key in _EXPRESSIONS:
            yield from self._expression(value)
        elif isinstance(value, str) and _is_printed(path):
            self.texts.append(value)
            yield from self._numbers(value, value)
        elif isinstance(value, (int, float)) and not isinstance(value, bool) and _is_printed(path):
            yield from self._numbers(str(value), str(value))
        elif key == "keyvals" and not isinstance(value, list):
            yield self._problem(key, "'keyvals' that are no list", "list the values")

    def _expression(self, expression: str) -> Iterator[Problem]:
        for name in _FUNCTIONS.findall(expression):
            what = f"the function '{name}' has no place in a chart"
            yield self._problem(expression, what, "the same facts always give the same picture")
        for pair in _QUOTED.findall(expression):
            yield from self._numbers("".join(pair), expression)

    def _numbers(self, text: str, where: str) -> Iterator[Problem]:
        for number in literal_numbers(text, self._names):
            hint = "print a field of the facts, such as 'text' or 'when'"
            yield self._problem(where, f"the number '{number}' has no source", hint)

    def _fields(self, path: _Path, value: Json, known: set[str]) -> Iterator[Problem]:
        used: list[str] = []
        if isinstance(value, str) and path and path[-1] == "field":
            used = [value]
        elif isinstance(value, str) and path and path[-1] in _EXPRESSIONS:
            used = ["".join(pair) for pair in _DATUM.findall(value)]
        for name in used:
            if name not in known:
                what = f"unknown field '{name}'"
                yield self._problem(str(value), what, suggest(name, known))

    def _problem(self, needle: str, what: str, hint: str) -> Problem:
        return Problem(self._at(json.dumps(needle, ensure_ascii=False)), what, hint)

    def _at(self, needle: str) -> Place:
        """The line of the file where that stands first; the file as a whole if nowhere."""
        at = self._text.find(needle)
        line = self._text.count("\n", 0, at) + 1 if at >= 0 else 0
        return Place(self._place.file, line)


def _walk(node: Json, path: _Path, depth: int = 0) -> Iterator[tuple[_Path, Json]]:
    """Every node with the keys that lead to it; raises RecursionError for one too deep."""
    if depth > _DEEPEST:
        raise RecursionError
    yield path, node
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _walk(value, (*path, key), depth + 1)
    elif isinstance(node, list):
        for value in node:
            yield from _walk(value, path, depth + 1)


def _is_printed(path: _Path) -> bool:
    """Whether a text at that path is for readers: titles, text marks and what they are given."""
    if not path:
        return False
    if path[-1] in _PRINTED:
        return True
    return path[-1] in ("value", "datum") and "text" in path[-4:-1]


def _made_fields(nodes: Iterable[tuple[_Path, Json]]) -> Iterator[str]:
    """The fields that transforms make."""
    for path, value in nodes:
        if path and path[-1] == "as" and isinstance(value, str):
            yield value
        if path and path[-1] in ("fold", "density"):
            yield from ("key", "value", "density")
