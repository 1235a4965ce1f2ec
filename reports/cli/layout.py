"""How answers to a person are set: headed sections, wrapped to the terminal's width."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import TypeAlias

Row: TypeAlias = tuple[str, str]  # a label, and what it is the label of
Section: TypeAlias = tuple[str, Sequence[Row]]

_WIDEST, _NARROWEST = 100, 40
_LABEL = 14
_SHORT = 60  # characters of what a fact prints: its first words say which sentence it is
_GAP = "   "


def width() -> int:
    """The columns to fill: those of the terminal, but no more than can be read with ease."""
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((_WIDEST, 24)).columns))


def print_sections(sections: Iterable[Section]) -> None:
    """Print each section that has rows: a blank line, its heading, and its rows indented."""
    for heading, rows in sections:
        if rows:
            print(f"\n{heading}")
            for label, text in rows:
                print_row(label, text)


def print_row(label: str, text: str, indent: str = "  ") -> None:
    """Print a label with its text beside it, or below where the label is too long."""
    margin = f"{indent}{' ' * _LABEL}"
    head = f"{indent}{label}"
    if len(label) >= _LABEL:
        print(head)
        head = ""
    print(wrapped(text, f"{head:{len(margin)}}", margin))


def wrapped(text: str, first: str = "", rest: str = "") -> str:
    """The text in lines, `first` before the first one and `rest` before the others."""
    lines = textwrap.wrap(
        text,
        width(),
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines) or first.rstrip()


def print_beside(left: Sequence[str], right: Sequence[str], indent: str = "  ") -> None:
    """Print two columns of as many paragraphs, each pair beginning on one line."""
    column = (width() - len(indent) - len(_GAP)) // 2
    for pair in zip(left, right, strict=True):
        if not any(pair):
            continue
        lines = (textwrap.wrap(text, column, break_on_hyphens=False) or [""] for text in pair)
        for one, other in zip_longest(*lines, fillvalue=""):
            print(f"{indent}{one:{column}}{_GAP}{other}".rstrip())


def printed_text(printed: Iterable[tuple[str, str]]) -> str:
    """Each form of a fact with what it prints; that it is cited, where nothing is printed."""
    found = dict(printed)
    texts = [f"{form}: {_short(text)}" for form, text in found.items() if text]
    return "; ".join(texts) or ("cited" if "cite" in found else ", ".join(found))


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[:_SHORT].rsplit(' ', 1)[0]} …"
