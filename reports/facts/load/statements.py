"""A fact's sentence against its figure: text and value can't drift apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reports.facts.model import Fact
from reports.facts.quantities import Number, Part, Range
from reports.language import load_language
from reports.problems import Place, Problem

PLACEHOLDERS = ("{figure}", "{as_of}")
_DIGITS = re.compile(r"\d[\d.,\s]*")
_BRACES = re.compile(r"\{[^{}]*\}?|\}")


def without_names(text: str, names: Iterable[str]) -> str:
    """The text without the names that hold digits, longest first."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "")
    return text


def check_statement(fact: Fact, place: Place, names: tuple[str, ...]) -> Iterator[Problem]:
    """The problems of a fact's statement in each language.

    A statement writes its figure as `{figure}` and its date as `{as_of}`; any other digit,
    or a number word equal to the value, is a second copy that could drift.
    """
    has_figure = bool(fact.figure or fact.derivation)
    for code, statement in fact.statement.items():
        where = f"statement of fact '{fact.id}' in '{code}'"
        for brace in _BRACES.findall(statement):
            if brace not in PLACEHOLDERS:
                hint = "only {figure} and {as_of} are filled in"
                yield Problem(place, f"{where} holds '{brace}'", hint)
        if has_figure and statement and "{figure}" not in statement:
            yield Problem(
                place, f"{where} doesn't print its figure", "write {figure} where it goes"
            )
        if not has_figure and "{figure}" in statement:
            yield Problem(
                place, f"{where} has {{figure}}, but the fact has none", "add 'figure: …'"
            )
        literal = _DIGITS.search(statement)
        digits = _DIGITS.findall(without_names(statement, names)) if literal else ()
        if digits:
            hint = "write {figure} or {as_of}, make it a fact of its own, or a name in names.yaml"
            yield Problem(place, f"{where} has a literal '{digits[0].strip(' .,')}'", hint)
        for word in _value_words(fact, code, statement):
            yield Problem(place, f"{where} writes its value as '{word}'", "write {figure}")


def _value_words(fact: Fact, code: str, statement: str) -> list[str]:
    values: set[int] = set()
    match fact.figure and fact.figure.value:
        case Number(value):
            values = {int(value)} if value == int(value) else set()
        case Part(count):
            values = {count}
        case Range(low, high):
            values = {int(low.value), int(high.value)}
        case _:
            return []
    words = load_language(code).word_values()
    found = re.findall(r"\w+", statement.lower())
    return [word for word in found if words.get(word) in values]
