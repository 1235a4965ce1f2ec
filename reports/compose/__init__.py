"""Templates and facts to the Markdown of one edition: Jinja in an immutable sandbox."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import jinja2

from reports.briefs import Edition, Format, Workspace
from reports.compose.calls import Call
from reports.compose.conditions import conditions
from reports.compose.environment import Environment
from reports.compose.markers import MisuseError
from reports.compose.passages import Passage, block_places, take_passages
from reports.compose.recorder import Calls
from reports.compose.series import Series
from reports.compose.syntax import syntax_problem
from reports.compose.tokens import Position
from reports.facts.model import Facts
from reports.language import load_language
from reports.problems import Place, Problem, ReportError, raise_if_fatal, suggest

_CONSEQUENCES = (
    *(jinja2.UndefinedError, TypeError, ValueError, ArithmeticError, IndexError, KeyError),
)
_NOT_EXPORTED = re.compile(r"the template '(.+)' \(imported .+ does not export .+ '(.+)'")
_FAILURES = (MisuseError, jinja2.TemplateError, RecursionError, MemoryError, *_CONSEQUENCES)


class UnrecordedError(ReportError):
    """An edition names facts that were not recorded yet; what else is wrong may follow from it."""

    def __init__(self, facts: dict[str, date], template: Path) -> None:
        """Take the facts, each with the day on which it was recorded."""
        super().__init__(unrecorded_problem(facts, Place(template)))
        self.facts = facts


def unrecorded_problem(facts: dict[str, date], place: Place) -> Problem:
    """One problem that lists facts by the day on which they were recorded."""
    listed = sorted(facts.items(), key=lambda item: (item[1], item[0]))
    shown = ", ".join(f"'{id_}' ({day})" for id_, day in listed)
    what = f"not yet recorded on the day asked for: {shown}"
    return Problem(place, what, "choose a later day with --at, or leave them out")


@dataclass(frozen=True)
class Composed:
    """One edition's Markdown with markers and positions, and what they stand for.

    `passages` are what each block wrote, in reading order; `blocks` has the places of all
    definitions of each block, the one that counts first.  `asks_format` says that the text may
    be another in another format.  `missed` are the names of templates that were looked for in
    vain.
    """

    text: str
    calls: tuple[tuple[Call, Place], ...]
    templates: tuple[Path, ...]
    warnings: tuple[Problem, ...]
    passages: tuple[Passage, ...]
    blocks: dict[str, tuple[Place, ...]]
    asks_format: bool
    missed: tuple[str, ...] = ()

    def place(self, position: Position) -> Place:
        """Where in the templates a position is."""
        called = self.place(position.called) if position.called else None
        return Place(self.templates[position.template], position.line, called=called)


def compose(edition: Edition, workspace: Workspace, facts: Facts, kind: Format) -> Composed:
    """The Markdown of one edition, from its template and the facts its audience may see.

    It serves all formats unless `asks_format` is set; then only `kind`.

    Raises ReportError with every problem of the templates it uses: syntax, unknown facts and
    names, literal numbers in any branch, and misuse of a fact; and UnrecordedError, which tells
    nothing else, for facts that were not recorded on the day asked for.
    """
    calls = _calls(edition, workspace, facts)
    environment = Environment(workspace, calls, load_language(edition.language))
    text, passages = _rendered(edition, workspace, kind, environment, calls)
    if calls.unrecorded:
        raise UnrecordedError(calls.unrecorded, calls.templates[0])
    problems = [*environment.problems(), *calls.problems]
    raise_if_fatal(problems)
    return Composed(
        text=text,
        calls=tuple(calls.calls),
        templates=tuple(calls.templates),
        warnings=tuple(problems),
        passages=passages,
        blocks=block_places(environment.blocks.found),
        asks_format=environment.asks_format,
        missed=tuple(sorted(calls.missed)),
    )


def _calls(edition: Edition, workspace: Workspace, facts: Facts) -> Calls:
    """What is to record the calls of an edition."""
    return Calls(
        facts,
        edition.audience.id,
        Series(edition.brief.for_each, edition.subject),
        edition.language,
        workspace.names,
        [edition.template],
    )


def _rendered(
    edition: Edition, workspace: Workspace, kind: Format, environment: Environment, calls: Calls
) -> tuple[str, tuple[Passage, ...]]:
    """The text of an edition with its passages; none, and problems in `calls`, where it fails."""
    name = edition.template.relative_to(workspace.templates).as_posix()
    try:
        rendered = "".join(environment.get_template(name).generate(conditions(edition, kind)))
        found = take_passages(rendered, environment.blocks.found, calls.templates)
        calls.problems.extend(environment.blocks.lost())
    except ReportError as error:
        calls.problems.extend(error.problems)
    except _FAILURES as error:
        # After another problem, such as an unknown name, this is no news.
        faults = any(problem.fatal for problem in calls.problems)
        known = faults or environment.undefined_names()
        if not (known and isinstance(error, _CONSEQUENCES)):
            calls.problems.append(_failure(error, environment))
    else:
        return found
    return "", ()


def _failure(error: BaseException, environment: Environment) -> Problem:
    place = environment.failed_at(error)
    match error:
        case MisuseError():
            return Problem(place, error.what, error.hint)
        case jinja2.TemplateSyntaxError():
            return syntax_problem(error, environment, place)
        case jinja2.TemplateNotFound():
            known = environment.list_templates(extensions=["j2"])
            what = f"unknown template '{error.name}'"
            return Problem(place, what, suggest(str(error.name), known))
        case RecursionError():
            what = "macros or templates call each other without end"
            return Problem(place, what, "give them a condition that ends it")
        case MemoryError():
            return Problem(place, "this takes more memory than there is", "make it smaller")
        case jinja2.UndefinedError() if found := _NOT_EXPORTED.match(str(error)):
            what = f"'{found[1]}' has no macro and no name '{found[2]}'"
            return Problem(place, what, suggest(found[2], environment.macros))
        case _:
            return Problem(place, _phrase(str(error)))


def _phrase(message: str) -> str:
    """The first line of a library's message, in the form of our own."""
    line = re.sub(r"^\w+\.<locals>\.", "", message.splitlines()[0])
    return line[:1].lower() + line[1:].rstrip(".")
