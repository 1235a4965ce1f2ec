"""Jinja for templates: a sandbox that marks each line's place, and checks what it parses."""

from __future__ import annotations

from pathlib import Path
from types import CodeType
from typing import Any, NoReturn

import jinja2
from jinja2 import nodes
from jinja2.parser import Parser
from jinja2.runtime import BlockReference, Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reports.briefs import Workspace
from reports.compose.conditions import Condition, comparisons, known_words, misspelt
from reports.compose.dialect import (
    MAX_NESTING,
    MAX_STATEMENTS,
    TESTS,
    dialect_problems,
    instead_of,
    is_called,
    is_reached,
    out_of_reach,
    too_deep,
)
from reports.compose.functions import template_functions
from reports.compose.gate import check_line
from reports.compose.guards import filters, guard
from reports.compose.inheritance import Blocks, outside_blocks
from reports.compose.limits import LONG_NUMBER, SMALLER, SOURCE_WEIGHT
from reports.compose.literals import Literals, reserved_characters
from reports.compose.loader import Loader
from reports.compose.markers import Alone, Block, Marker, MisuseError
from reports.compose.marking import mark_blocks, mark_line, mark_lines
from reports.compose.parsed import Parsed, Source, keep_template, kept_template
from reports.compose.recorder import Calls
from reports.compose.tokens import RESERVED, called_text, damaged_mark
from reports.compose.walk import Nodes
from reports.language import Language
from reports.problems import Place, Problem, ReportError


class Environment(ImmutableSandboxedEnvironment):
    """Jinja for the templates of one edition, with its functions, words and limits.

    What `parsed` keeps of a template for other editions depends on its text and place alone; all
    that depends on the edition is done each time.
    """

    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)

    def __init__(self, workspace: Workspace, calls: Calls, language: Language) -> None:
        super().__init__(
            loader=Loader(workspace.templates, calls.miss),
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
        self._words = known_words(workspace, calls.store)
        self._assigned: set[str] = {*self._words, "loop", "caller", "super"}
        self._assigned |= {"self", "varargs", "kwargs"}
        self.blocks = Blocks()
        self.macros: set[str] = set()
        self.globals = dict(template_functions(calls))
        self._limits = calls.limits
        self.filters = filters(calls.limits)
        self.tests = {name: self.tests[name] for name in TESTS}
        self._parsed = Parsed()  # of the template that is being parsed

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
            Problem(place, f"undefined name '{name}'", instead_of(name, known))
            for name, place in self._used.items()
            if name not in known
        ]

    def failed_at(self, error: BaseException) -> Place:
        """The line of the innermost template that the error passed through."""
        trace, place = error.__traceback__, Place(self._calls.templates[0])
        while trace:
            code = trace.tb_frame.f_code
            template = trace.tb_frame.f_globals.get("__jinja_template__")
            called = place if code.co_name == "macro" else None
            if template is not None:
                line = template.get_corresponding_lineno(trace.tb_lineno)
                place = Place(Path(template.filename), line, called=called)
            elif Path(code.co_filename) in self._calls.templates:  # Jinja has rewritten it already
                place = Place(Path(code.co_filename), trace.tb_lineno, called=called)
            trace = trace.tb_next
        return place

    def call(self, context: Context, called: Any, /, *args: Any, **words: Any) -> Any:
        """What a function or macro gives, the step counted and all that it takes weighed."""
        if not is_called(called, self.globals.values()):
            what = f"a value ({type(called).__name__}) is no function and no macro"
            raise MisuseError(what, "templates reach facts, not Python")
        if isinstance(called, (Macro, BlockReference)):
            self._limits.descend()
        else:
            self._limits.step()
        self._limits.weighed([args, words])
        made = context.call(called, *args, **words)
        if isinstance(called, Macro) and isinstance(made, str):
            line = self._calls.located(self._calls.place())
            made = called_text(made, line) if line else made
        return self._limits.weighed(made)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """What an operator makes of two values that are not too large for it."""
        self._limits.operands(operator, left, right)
        return self._limits.weighed(super().call_binop(context, operator, left, right))

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may ask for an attribute."""
        return super().is_safe_attribute(obj, attr, value) and is_reached(obj, attr)

    def unsafe_undefined(self, obj: Any, attribute: str) -> NoReturn:
        """Refuse an attribute, also where only its being defined is asked for."""
        if isinstance(obj, jinja2.Undefined):
            str(obj)  # tells that it is undefined
        raise out_of_reach(obj, attribute)

    def wrap_str_format(self, value: Any) -> None:
        """Leave the methods of a text to `is_safe_attribute`, those that format it included."""

    @jinja2.pass_context  # keeps Jinja from printing constants before a line is running
    def _printable(self, _context: Context, value: Any) -> Any:
        """What an expression prints: text and markers, but no bare values and no literals."""
        if isinstance(value, Marker):
            return value.token
        if isinstance(value, jinja2.Undefined):
            return value
        self._limits.weighed(value)
        if isinstance(value, Block):
            return value
        if isinstance(value, Condition):
            return self._calls.printed(value).token
        if isinstance(value, str):
            if damaged_mark(value, len(self._calls.calls)):
                hint = "print texts with facts in them whole, without filters and slices"
                raise MisuseError("the mark of a fact was cut or changed", hint)
            if RESERVED.search(value):  # what holds marks has passed here before
                return value
            place = self._calls.place()
            found = check_line(value, place, self._names, self._language)
            self._found += [problem for problem in found if problem not in self._found]
            position = self._calls.position() if isinstance(value, Alone) else ""
            return "\n".join(mark_line(line, position) for line in value.split("\n"))
        what = f"a value ({type(value).__name__}) can't be printed: its trace would be lost"
        raise MisuseError(what, "print the fact itself: fact('id')")

    def compile(  # type: ignore[override]  # of its overloads Jinja calls this one
        self, source: str, name: str | None = None, filename: str | None = None
    ) -> CodeType:
        """The code of a template, which is parsed and checked if it isn't kept."""
        file = Path(filename or name or "")
        self._calls.use(file)
        number, block = self._calls.templates.index(file), len(self.blocks.found)
        told = Source(source, name, file, number, block, self._names, self._language.code)
        if parsed := kept_template(told):
            self._limits.spend(parsed.made)
            self._learn(parsed)
        else:
            parsed = self._parsed = Parsed()
            before = self._limits.made
            try:
                parsed.code = super().compile(source, name, filename)
            finally:  # what was found before it failed counts, too
                self._learn(parsed)
            parsed.made = self._limits.made - before
            keep_template(told, parsed)
        assert parsed.code  # noqa: S101 - what fails is not kept
        return parsed.code

    def _learn(self, parsed: Parsed) -> None:
        """Take note of what a template was found to be."""
        self._found += [*parsed.found, *misspelt(parsed.compared, self._words)]
        for name, place in parsed.used.items():
            self._used.setdefault(name, place)
        self._assigned |= parsed.assigned
        self.macros |= parsed.macros
        self.blocks.add(parsed.blocks)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        file, parsed = Path(filename or name or ""), self._parsed
        self._limits.spend(SOURCE_WEIGHT * len(source))
        parsed.found += reserved_characters(source, file)
        tree = self._tree(source, name, filename, file)
        every = Nodes(tree)
        parsed.found += Literals(file, self._names, self._language).problems(every)
        parsed.note_names(every, file)
        parsed.compared += comparisons(every, file)
        parsed.found += outside_blocks(tree, file)
        if found := tuple(dialect_problems(every, file)):
            raise ReportError(*found)
        mark_lines(tree, self._calls.templates.index(file))
        first = len(self.blocks.found)
        mark_blocks(parsed.blocks.note(tree, file), first)
        guard(tree, self)
        return tree

    def _tree(
        self, source: str, name: str | None, filename: str | None, file: Path
    ) -> nodes.Template:
        """The parsed template; raises ReportError for what is nested too deep."""
        parser = Parser(self, source, name, filename)
        try:
            tree = parser.parse()
            line = too_deep(tree)
        except RecursionError:
            line = parser.stream.current.lineno
        except ValueError:  # Python converts no number of so many digits
            place = Place(file, parser.stream.current.lineno)
            raise ReportError(Problem(place, LONG_NUMBER, SMALLER)) from None
        if line:
            what = f"this is nested more than {MAX_NESTING} deep, or {MAX_STATEMENTS} statements"
            hint = "name parts of it with {% set %}, or move them into a macro"
            raise ReportError(Problem(Place(file, line), what, hint))
        return tree
