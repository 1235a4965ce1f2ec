"""The first half of the gate: literal numbers in template text, in every branch.

Digits fail unless they are part of a name in `names.yaml`; list markers, link targets,
footnote labels and attribute lists don't count.  Number words warn.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reports.facts.load.statements import without_names
from reports.language import Language
from reports.problems import Place, Problem

HINT = "print it with fact(…), or plain('…', 'why') if it is no fact"
_UNCOUNTED = (
    re.compile(r"^\s*\d+[.)](?=\s)"),  # a list marker
    re.compile(r"\]\([^)]{0,2000}\)"),  # a link's target
    re.compile(r"<(https?|mailto):[^>]{0,2000}>"),
    re.compile(r"^\s*\[[^\]]+\]:\s.*"),  # a reference's target
    re.compile(r"\[\^[^\]]{1,200}\]"),  # a footnote's label
    re.compile(r"\{[:#][^}]{0,200}\}"),  # an attribute list
)
_DIGITS = re.compile(r"\d[\d.,:/–-]*(?:\s?%)?|[¼-¾⅐-⅟]")
_WORD = re.compile(r"\w+")
_HTML = re.compile(r"</?[a-zA-Z][^>]{0,2000}>|<!--")
_CODE = re.compile(r"`[^`]*`")
# What Jinja would have taken for its own if it had had both its braces.
_HALF = re.compile(r"\{\s*\w{1,40}\s*\([^}]{0,200}\}?|\}\}|%\}|\{\s*%")
_NO_HTML = re.compile(r"`[^`]*`|<(https?|mailto):[^>]{0,2000}>")


def literal_numbers(text: str, names: Iterable[str]) -> list[str]:
    """The numbers in a text for readers that stand in no name, as the author wrote them."""
    return [found.rstrip(".,:–-") for found in _DIGITS.findall(without_names(text, names))]


def _read_by_people(line: str) -> str:
    for pattern in _UNCOUNTED:
        line = pattern.sub(" ", line)
    return line


def check_line(
    line: str, place: Place, names: Iterable[str], language: Language | None
) -> Iterator[Problem]:
    """The problems of one line of template text; without `language` no words are looked for."""
    for number in dict.fromkeys(literal_numbers(_read_by_people(line), names)):
        yield Problem(place, f"the number '{number}' has no source", HINT)
    for tag in _HTML.findall(_NO_HTML.sub("", line)):
        hint = "write it as Markdown; templates hold no HTML"
        yield Problem(place, f"raw HTML '{tag}' is not allowed", hint)
    for half in _HALF.findall(_CODE.sub("", line)):
        hint = "a call stands in {{ … }} and a statement in {% … %}"
        yield Problem(place, f"'{half}' would be printed as it stands", hint)
    if language is None:
        return
    words = language.number_words()
    for word in _WORD.findall(without_names(line, names)):
        if word.lower() in words:
            hint = "print a fact in words with form='words', or plain('…', 'why')"
            yield Problem(place, f"the number word '{word}' has no source", hint, fatal=False)
