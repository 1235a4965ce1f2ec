"""The Word file that a theme names: its own letterhead, styles and page instead of ours.

    word:
      reference: house.docx           # beside this file
      styles:
        heading-1: Overskrift 1       # our role: the name that Word shows
        callout-caveat: Faktaboks

What the file holds, its writer judges; here stand the words of the key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeAlias

from reports.problems import Place, Problem, ReportError, suggest
from reports.themes.files import theme_file

StyleKind: TypeAlias = Literal["paragraph", "character", "table"]

_PARAGRAPHS = (
    "title lead heading-1 heading-2 body quote quote-source caption caption-base figure picture "
    "bullet-list bullet-list-2 bullet-list-3 numbered-list numbered-list-2 numbered-list-3 "
    "definition key-figure callout-summary callout-decision callout-caveat assessment "
    "table-text table-head table-number contents-title contents note remark source colophon "
    "footnote bibliography kind"
)
_CHARACTERS = (
    "strong emphasis strong-emphasis link code term label note-mark source-mark footnote-mark"
)
_TABLES = "table notes-table meta-table"

ROLES: Mapping[str, StyleKind] = MappingProxyType(
    {
        **dict.fromkeys(_PARAGRAPHS.split(), "paragraph"),
        **dict.fromkeys(_CHARACTERS.split(), "character"),
        **dict.fromkeys(_TABLES.split(), "table"),
    }
)
LARGEST = 10_000_000  # bytes of the file
_START = "word."
_ROLE = "word.styles."
_FILE = "word.reference"
_NAME = re.compile(r"[^/\\\x00-\x1f]+\.(?i:docx|dotx)")


@dataclass(frozen=True)
class WordReference:
    """The file, the line that names it, and for each role that is mapped its style and line."""

    file: Path
    place: Place
    styles: Mapping[str, tuple[str, Place]]


def is_word_token(path: str) -> bool:
    return path == "word" or path.startswith(_START)


def word_problem(path: str, text: str, place: Place) -> Problem | None:
    """What is wrong with one entry below `word`, None where nothing is."""
    if path == _FILE:
        if _NAME.fullmatch(text) is None:
            what = f"'{path}' is '{text}'"
            hint = "write the name of a .docx file that lies beside this one"
            return Problem(place, what, hint)
        try:
            theme_file(text, place, LARGEST)
        except ReportError as error:
            return error.problems[0]
        return None
    if path.startswith(_ROLE):
        role = path.removeprefix(_ROLE)
        if role in ROLES:
            return None if text else Problem(place, f"role '{role}' names no style")
        return Problem(place, f"unknown role '{role}'", suggest(role, ROLES))
    known = ("word.reference", "word.styles")
    return Problem(place, f"unknown token '{path}'", suggest(path, known))


def word_lack(tokens: Mapping[str, Place]) -> Problem | None:
    """A mapping of styles without a file that has them."""
    mapped = [place for path, place in tokens.items() if path.startswith(_ROLE)]
    if mapped and _FILE not in tokens:
        what = "'word' names styles and no file"
        return Problem(min(mapped), what, "add 'reference: house.docx' above 'styles'")
    return None


def word_reference(tokens: Mapping[str, str], places: Mapping[str, Place]) -> WordReference | None:
    """The reference that these tokens name, None where they name none."""
    if _FILE not in tokens:
        return None
    place = places[_FILE]
    styles = {
        path.removeprefix(_ROLE): (text, places[path])
        for path, text in tokens.items()
        if path.startswith(_ROLE)
    }
    return WordReference(place.file.parent / tokens[_FILE], place, MappingProxyType(styles))
