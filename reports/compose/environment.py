"""Jinja for templates: a sandbox that marks each line's place and finds literals."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.loaders import split_template_path
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reports.briefs import Workspace
from reports.compose.conditions import Condition, known_words, misspelt
from reports.compose.functions import template_functions
from reports.compose.gate import check_line
from reports.compose.markers import Block, Marker, MisuseError
from reports.compose.recorder import Calls
from reports.compose.tokens import (
    RESERVED,
    Position,
    block_tokens,
    damaged_mark,
    position_token,
)
from reports.language import Language
from reports.problems import Place, Problem, suggest
from reports.yaml import read_text

MAX_OPERAND = 10_000
MAX_STEPS = 100_000
_UNMARKED = re.compile(
    r"^\s*(`{3,}|~{3,}|!!!|\[[^\]]+\]:|\{[:#].*\}\s*$|>[>\s]*$|[|\s:-]*-{3,}[|\s:-]*$)"
)
_TRAILING = re.compile(r"(\s*\|\s*|\s+#+\s*|\s*\{[:#][^}]*\}\s*|\s+)$")
_PRINTED_ARGUMENTS = ("caption", "base", "title", "reason", "labels", "groups", "alt")


class _Loader(jinja2.FileSystemLoader):
    """Templates as UTF-8, read like every other file of an author."""

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        file = Path(self.searchpath[0], *split_template_path(template))
        if not file.is_file():
            return super().get_source(environment, template)
        return read_text(file), str(file), lambda: True


class Environment(ImmutableSandboxedEnvironment):
    """Jinja that marks each line's place and finds literals while it parses."""

    intercepted_binops = frozenset({"*", "**"})

    def __init__(self, workspace: Workspace, calls: Calls, language: Language) -> None:
        super().__init__(
            loader=_Loader(workspace.templates),
            undefined=jinja2.StrictUndefined,
            autoescape=False,  # the output is Markdown; the HTML writer escapes
            finalize=self._printable,
            keep_trailing_newline=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._calls = calls
        self._names = workspace.names
        self._language = language
        self._found: list[Problem] = []
        self._used: dict[str, Place] = {}
        self._words = known_words(workspace)
        self._assigned: set[str] = {*self._words, "subject", "loop", "caller", "super"}
        self._assigned |= {"self", "varargs", "kwargs"}
        self.blocks: list[tuple[str, Place]] = []
        self._steps = 0
        self.globals = dict(template_functions(calls))
        self.filters["counted"] = self._counted

    @property
    def asks_format(self) -> bool:
        """Whether a template that was used asks for the format."""
        return "format" in self._used

    def problems(self) -> list[Problem]:
        """What parsing found, and the names that nothing defines."""
        return [*self._found, *self.undefined_names()]

    def undefined_names(self) -> list[Problem]:
        """A problem for each name that nothing defines, at its first use."""
        known = self._assigned | self.globals.keys()
        return [
            Problem(place, f"undefined name '{name}'", suggest(name, known))
            for name, place in self._used.items()
            if name not in known
        ]

    def failed_at(self, error: BaseException) -> Place:
        """The line of the innermost template that the error passed through."""
        trace, place = error.__traceback__, Place(self._calls.templates[0])
        while trace:
            template = trace.tb_frame.f_globals.get("__jinja_template__")
            file = Path(trace.tb_frame.f_code.co_filename)
            if template is not None:
                line = template.get_corresponding_lineno(trace.tb_lineno)
                place = Place(Path(template.filename), line)
            elif file in self._calls.templates:  # Jinja has rewritten this frame already
                place = Place(file, trace.tb_lineno)
            trace = trace.tb_next
        return place

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        for operand in (left, right):
            size = len(operand) if isinstance(operand, (str, list, tuple)) else operand
            if isinstance(size, int) and abs(size) > MAX_OPERAND:
                what = f"an operand of '{operator}' is larger than {MAX_OPERAND}"
                raise MisuseError(what, "work with smaller ones")
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return not isinstance(obj, Marker) and super().is_safe_attribute(obj, attr, value)

    def _counted(self, items: Iterable[Any]) -> Iterator[Any]:
        """The items of a loop, as long as all loops together stay within limits."""
        for item in items:
            self._steps += 1
            if self._steps > MAX_STEPS:
                what = f"loops of more than {MAX_STEPS} steps in all"
                raise MisuseError(what, "loop over facts instead")
            yield item

    @jinja2.pass_context  # keeps Jinja from printing constants before a line is running
    def _printable(self, _context: jinja2.runtime.Context, value: Any) -> Any:
        """What an expression prints: text and markers, but no bare values and no literals."""
        if isinstance(value, Marker):
            return value.token
        if isinstance(value, (Block, jinja2.Undefined)):
            return value
        if isinstance(value, Condition):
            return str(value)  # refuses
        if isinstance(value, str):
            if damaged_mark(value, len(self._calls.calls)):
                hint = "print texts with facts in them whole, without filters and slices"
                raise MisuseError("the mark of a fact was cut or changed", hint)
            if not RESERVED.search(value):  # what holds marks has passed here before
                place = self._calls.place()
                self._found += check_line(value, place, self._names, self._language)
            return value
        what = f"a value ({type(value).__name__}) can't be printed: its trace would be lost"
        raise MisuseError(what, "print the fact itself: fact('id')")

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        file = Path(filename or name or "")
        if file not in self._calls.templates:
            self._calls.templates.append(file)
        self._check_characters(source, file)
        tree = super()._parse(source, name, filename)
        number = self._calls.templates.index(file)
        for output in tree.find_all(nodes.Output):
            for node in output.nodes:
                if isinstance(node, nodes.TemplateData):
                    self._check(node.data, node.lineno, file)
                    is_last = output is tree.body[-1] and node is output.nodes[-1]
                    node.data = _marked(node.data, number, node.lineno, is_last=is_last)
                elif isinstance(node, nodes.Const):
                    self._check(str(node.value), node.lineno, file)
        for loop in tree.find_all(nodes.For):
            loop.iter = nodes.Filter(
                loop.iter, "counted", [], [], None, None, lineno=loop.lineno
            ).set_environment(self)
        for pair in tree.find_all(nodes.Keyword):
            if pair.key in _PRINTED_ARGUMENTS:
                self._check_constants(pair.value, file)
        for mapping in tree.find_all(nodes.Dict):
            self._check_keys(mapping, file)
        self._note_names(tree, file)
        self._found += misspelt(tree, self._words, file)
        self._mark_blocks(tree, file)
        return tree

    def _mark_blocks(self, tree: nodes.Template, file: Path) -> None:
        """Let each block print its begin and its end."""
        for block in tree.find_all(nodes.Block):
            begin, end = block_tokens(len(self.blocks))
            self.blocks.append((block.name, Place(file, block.lineno)))
            first, last = (
                nodes.Output([nodes.TemplateData(mark)], lineno=block.lineno)
                for mark in (begin, end)
            )
            block.body = [first, *block.body, last]

    def _check_characters(self, source: str, file: Path) -> None:
        for number, line in enumerate(source.splitlines(), start=1):
            if RESERVED.search(line):
                what = "a private-use character that the tool needs for itself"
                self._found.append(Problem(Place(file, number), what, "delete it"))

    def _check_constants(self, value: nodes.Expr, file: Path) -> None:
        for node in value.items if isinstance(value, nodes.List) else [value]:
            if isinstance(node, nodes.Const):
                self._check(str(node.value), node.lineno, file)

    def _check_keys(self, mapping: nodes.Dict, file: Path) -> None:
        """Keys that stand twice, of which Jinja would keep the last, and numbers in keys."""
        keys = [str(pair.key.value) for pair in mapping.items if isinstance(pair.key, nodes.Const)]
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            what = f"the key '{key}' stands twice in one mapping"
            place = Place(file, mapping.lineno)
            self._found.append(Problem(place, what, "give each a name of its own"))
        for pair in mapping.items:
            self._check_constants(pair.key, file)

    def _check(self, text: str, first_line: int, file: Path) -> None:
        for number, line in enumerate(text.split("\n"), start=first_line):
            self._found += check_line(line, Place(file, number), self._names, self._language)

    def _note_names(self, tree: nodes.Template, file: Path) -> None:
        for name in tree.find_all(nodes.Name):
            if name.ctx == "load":
                self._used.setdefault(name.name, Place(file, name.lineno))
            else:
                self._assigned.add(name.name)
        for macro in tree.find_all(nodes.Macro):
            self._assigned.add(macro.name)
        for imported in tree.find_all(nodes.FromImport):
            for entry in imported.names:
                self._assigned.add(entry if isinstance(entry, str) else entry[1])
        for whole in tree.find_all(nodes.Import):
            self._assigned.add(whole.target)


def _marked(data: str, template: int, first_line: int, *, is_last: bool) -> str:
    """Template text with the position of each of its lines that isn't blank.

    `is_last` says that the template ends with it; else its last line goes on.
    """
    lines = data.split("\n")
    last = len(lines) if is_last else len(lines) - 1
    return "\n".join(
        _marked_line(line, position_token(Position(template, first_line + index)), index == last)
        for index, line in enumerate(lines)
    )


def _marked_line(line: str, token: str, is_open: bool) -> str:  # noqa: FBT001
    """The line with its token at the end; `is_open` says that an expression follows it."""
    if not line.strip() or _UNMARKED.match(line):
        return line
    if is_open:
        return line + token
    tail = _TRAILING.search(line)
    cut = tail.start() if tail else len(line)
    return line[:cut] + token + line[cut:]
