"""What is wrong with an author's input: where, what, and what to do about it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_LONGEST = 1000  # characters of a problem that a person is shown


@dataclass(frozen=True, order=True)
class Place:
    """A line of a file, from 1; line 0 stands for the file as a whole.

    `called` is where the macro was called that the line stands in, and no part of which line it
    is: a fault of the macro's own is one fault, however often it is called.
    """

    file: Path
    line: int = 0
    column: int = 0
    called: Place | None = field(default=None, compare=False)

    def shown(self, root: Path) -> str:
        """`file:line[:column]`, the file as seen from `root` where it lies inside it."""
        inside = self.file.is_relative_to(root)
        parts = [str(self.file.relative_to(root) if inside else self.file)]
        parts += [str(number) for number in (self.line, self.column) if number]
        return ":".join(parts)


@dataclass(frozen=True, order=True)
class Problem:
    """One finding: a fault by default, a warning when `fatal` is false.

    `what` says what was found and what is allowed, lower case, without full stop; `hint`
    says what to do or type.
    """

    place: Place
    what: str
    hint: str = ""
    fatal: bool = True

    def shown(self, root: Path) -> str:
        """Lines for a person: the place and what was found, a hint, and where it was called."""
        line = f"{self.place.shown(root)}: {'' if self.fatal else 'warning: '}{_short(self.what)}"
        hint = f"\n  hint: {self.hint}" if self.hint else ""
        called = self.place.called
        return f"{line}{hint}\n  called at {called.shown(root)}" if called else f"{line}{hint}"


def _short(what: str) -> str:
    """The words of a problem with the middle of an overlong one left out."""
    return what if len(what) <= _LONGEST else f"{what[: _LONGEST - 100]} … {what[-90:]}"


class ReportError(Exception):
    """Input that can't be used, with every problem of the step that met it."""

    def __init__(self, *problems: Problem) -> None:
        """Take the problems, at least one."""
        super().__init__("; ".join(problem.what for problem in problems))
        self.problems = problems


def raise_if_fatal(problems: Iterable[Problem]) -> None:
    """Raise one ReportError that holds all of `problems` if any of them is fatal."""
    found = tuple(problems)
    if any(problem.fatal for problem in found):
        raise ReportError(*found)


def suggest(word: str, known: Iterable[str]) -> str:
    """A hint that names what the author probably meant, or lists what there is."""
    choices: Sequence[str] = sorted(known)
    near = difflib.get_close_matches(word, choices, n=1, cutoff=0.6)
    if near:
        return f"did you mean '{near[0]}'?"
    if not choices:
        return "none is declared"
    return f"known: {first_words(choices, 8)}"


def first_words(words: Sequence[str], most: int = 3) -> str:
    """The words for a message: at most so many of them, and a sign for the others."""
    return f"{', '.join(words[:most])}{' …' if len(words) > most else ''}"
