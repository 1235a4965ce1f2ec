"""Templates and facts to the Markdown of one edition: Jinja in an immutable sandbox."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.loaders import split_template_path
from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError

from reports.briefs import Edition, Workspace
from reports.compose.calls import Call
from reports.compose.functions import Calls, template_functions
from reports.compose.gate import check_line
from reports.compose.markers import Block, Marker, MisuseError
from reports.compose.tokens import RESERVED, Position, damaged_mark, position_token
from reports.facts.model import Facts
from reports.language import Language, load_language
from reports.problems import Place, Problem, ReportError, raise_if_fatal, suggest
from reports.yaml import read_text

MAX_OUTPUT = 2_000_000
MAX_OPERAND = 10_000
MAX_STEPS = 100_000
_UNMARKED = re.compile(r"^\s*(`{3,}|~{3,}|!!!|\[[^\]]+\]:|\{[:#].*\}\s*$|[|\s:-]*-{3,}[|\s:-]*$)")
_TRAILING = re.compile(r"(\s*\|\s*|\s+#+\s*|\s*\{[:#][^}]*\}\s*|\s+)$")
_PRINTED_ARGUMENTS = ("caption", "base", "title", "reason")
_CONSEQUENCES = (
    *(jinja2.UndefinedError, SecurityError, TypeError, ValueError, ArithmeticError),
    *(IndexError, KeyError),
)
_FAILURES = (MisuseError, jinja2.TemplateError, RecursionError, MemoryError, *_CONSEQUENCES)


@dataclass(frozen=True)
class Composed:
    """One edition's Markdown with markers and positions, and what they stand for."""

    text: str
    calls: tuple[tuple[Call, Place], ...]
    templates: tuple[Path, ...]
    warnings: tuple[Problem, ...]

    def place(self, position: Position) -> Place:
        """Where in the templates a position is."""
        return Place(self.templates[position.template], position.line)


def compose(edition: Edition, workspace: Workspace, facts: Facts) -> Composed:
    """The Markdown of one edition, from its template and the facts its audience may see.

    Raises ReportError with every problem of the templates it uses: syntax, unknown facts and
    names, literal numbers in any branch, and misuse of a fact.
    """
    calls = Calls(facts, edition.audience.id, [edition.template])
    language = load_language(edition.language)
    environment = _Environment(workspace, calls, language)
    name = edition.template.relative_to(workspace.templates).as_posix()
    text = ""
    try:
        text = _rendered(environment.get_template(name), edition)
    except ReportError as error:
        calls.problems.extend(error.problems)
    except _FAILURES as error:
        # After another problem, such as an unknown name, this is no news.
        known = calls.problems or environment.undefined_names()
        if not (known and isinstance(error, _CONSEQUENCES)):
            calls.problems.append(_failure(error, environment))
    if not calls.problems and damaged_mark(text, len(calls.calls)):
        what = "the mark of a fact was cut or changed"
        hint = "print texts with facts in them whole, without filters and slices"
        calls.problems.append(Problem(Place(edition.template), what, hint))
    problems = [*environment.problems(), *calls.problems]
    raise_if_fatal(problems)
    return Composed(text, tuple(calls.calls), tuple(calls.templates), tuple(problems))


def _failure(error: BaseException, environment: _Environment) -> Problem:
    place = environment.failed_at(error)
    match error:
        case MisuseError():
            return Problem(place, error.what, error.hint)
        case jinja2.TemplateSyntaxError(message=str(message)):
            place = Place(Path(error.filename or place.file), error.lineno)
            hint = "statements stand in {% … %}, and each block, if and for has its own end"
            return Problem(place, _phrase(message), hint)
        case jinja2.TemplateNotFound():
            known = environment.list_templates(extensions=["j2"])
            what = f"unknown template '{error.name}'"
            return Problem(place, what, suggest(str(error.name), known))
        case RecursionError():
            what = "macros or templates call each other without end"
            return Problem(place, what, "give them a condition that ends it")
        case MemoryError():
            return Problem(place, "this takes more memory than there is", "make it smaller")
        case SecurityError():
            return Problem(place, _phrase(str(error)), "templates reach facts, not Python")
        case _:
            return Problem(place, _phrase(str(error)))


def _phrase(message: str) -> str:
    """The first line of a library's message, in the form of our own."""
    line = re.sub(r"^\w+\.<locals>\.", "", message.splitlines()[0])
    return line[:1].lower() + line[1:].rstrip(".")


def _rendered(template: jinja2.Template, edition: Edition) -> str:
    pieces, size = [], 0
    for piece in template.generate(
        audience=edition.audience.id, language=edition.language, brief=edition.brief.id
    ):
        pieces.append(piece)
        size += len(piece)
        if size > MAX_OUTPUT:
            what = f"the edition grows over {MAX_OUTPUT} characters"
            raise MisuseError(what, "look for a loop that repeats too much")
    return "".join(pieces)


class _Loader(jinja2.FileSystemLoader):
    """Templates as UTF-8, read like every other file of an author."""

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        file = Path(self.searchpath[0], *split_template_path(template))
        if not file.is_file():
            return super().get_source(environment, template)
        return read_text(file), str(file), lambda: True


class _Environment(ImmutableSandboxedEnvironment):
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
        self._assigned: set[str] = {"audience", "language", "brief", "loop", "caller", "super"}
        self._assigned |= {"self", "varargs", "kwargs"}
        self._steps = 0
        self.globals = dict(template_functions(calls))
        self.filters["counted"] = self._counted

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
                what = f"{size} is too large to multiply with"
                raise MisuseError(what, f"operands go up to {MAX_OPERAND}")
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
        if isinstance(value, str):
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
                    node.data = _marked(node.data, number, node.lineno)
        for loop in tree.find_all(nodes.For):
            loop.iter = nodes.Filter(
                loop.iter, "counted", [], [], None, None, lineno=loop.lineno
            ).set_environment(self)
        for pair in tree.find_all(nodes.Keyword):
            if pair.key in _PRINTED_ARGUMENTS and isinstance(pair.value, nodes.Const):
                self._check(str(pair.value.value), pair.value.lineno, file)
        self._note_names(tree, file)
        return tree

    def _check_characters(self, source: str, file: Path) -> None:
        for number, line in enumerate(source.splitlines(), start=1):
            if RESERVED.search(line):
                what = "a private-use character that the tool needs for itself"
                self._found.append(Problem(Place(file, number), what, "delete it"))

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


def _marked(data: str, template: int, first_line: int) -> str:
    """Template text with the position of each of its lines that isn't blank."""
    lines = data.split("\n")
    last = len(lines) - 1
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
