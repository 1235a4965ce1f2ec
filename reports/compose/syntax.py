"""Jinja's syntax errors to problems in an author's words, at the line where the slip is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import jinja2

from reports.compose.dialect import STATEMENTS
from reports.problems import Place, Problem, suggest

_CURLY = "“”„‟«»‘’‚‛"
_OPENERS = ("block", "if", "for", "macro", "call", "filter")
_HINT = "statements stand in {% … %}, and each block, if and for has its own end"


def syntax_problem(
    error: jinja2.TemplateSyntaxError, environment: jinja2.Environment, place: Place
) -> Problem:
    """The problem of a template that can't be parsed; `place` is for errors without a file."""
    file = Path(error.filename or place.file)
    message = error.message or ""
    if error.source is not None and "end of template" in message:
        opened = list(_open(error.source, environment))
        if opened:
            name, tag, line = opened[-1]
            what = f"{{% {tag} %}} has no end"
            return Problem(Place(file, line), what, f"write {{% end{name} %}} where it ends")
    return Problem(Place(file, error.lineno), _what(message), _hint(message))


def _what(message: str) -> str:
    """The first line of Jinja's message, without the place that it counts in characters."""
    line = re.sub(r" at \d+$", "", message.splitlines()[0].rstrip("."))
    return line[:1].lower() + line[1:]


def _hint(message: str) -> str:
    if tag := re.match(r"Encountered unknown tag '(\w+)'\.$", message):
        return suggest(tag[1], STATEMENTS)
    if "defined twice" in message:
        return "give each block a name of its own"
    letter = re.match(r"unexpected char '(.)'", message)
    if letter and letter[1] in _CURLY:
        return "type straight quotation marks, \" or ', around texts in {{ … }} and {% … %}"
    if message == "unexpected '}'":
        return "a call stands in {{ … }}, with two braces at each end"
    return _HINT


def _open(source: str, environment: jinja2.Environment) -> Iterator[tuple[str, str, int]]:
    """The statements that are opened and never ended: name, text and line, the outer ones first."""
    stack: list[tuple[str, str, int]] = []
    words: list[str] = []
    for line, kind, value in environment.lex(source):
        if kind == "block_begin":
            words, first = [], line
        elif kind == "block_end" and words:
            name = words[0]
            if name in _OPENERS or (name == "set" and "=" not in words):
                stack.append((name, " ".join(words[:2]), first))
            elif name.startswith("end") and stack:
                stack.pop()
            words = []
        elif kind in ("name", "operator", "string", "integer"):
            words.append(value)
    yield from stack
