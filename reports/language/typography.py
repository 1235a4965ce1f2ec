"""Texts as they are set: quotation marks, capital letters, lists in a sentence, addresses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from reports.language.speaking import Language

_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})
_WITHIN = re.compile('["“„«»]([^"“”„«»]*)["“”«»]')


def typographic(text: str, language: Language) -> str:
    """The text with the language's quotation marks and apostrophes for straight ones."""
    opening, closing = language.quotes.outer
    return re.sub(r'"([^"]*)"', rf"{opening}\1{closing}", text).replace("'", "’")


def quoted(text: str, language: Language) -> str:
    """The text in quotation marks, and what it quotes itself in the inner ones."""
    (opening, closing), marks = language.quotes.outer, language.quotes.inner
    inner = rf"{marks[0]}\1{marks[1]}"
    return f"{opening}{_WITHIN.sub(inner, text)}{closing}"


def capitalised(text: str) -> str:
    """The text with a capital first letter, for the start of a sentence; "eID" stays as it is."""
    return text if text[1:2].isupper() else text[:1].upper() + text[1:]


def slug(text: str, length: int) -> str:
    """The first whole words of a text in lower-case ASCII, joined by hyphens, for an address.

    At most so many letters, or the first word cut; "x" where nothing is left.
    """
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    found = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode())
    name = "-".join(found) or "x"
    if len(name) <= length:
        return name
    return name[: length + 1].rpartition("-")[0] or name[:length]


def in_words(parts: Iterable[str], last: str) -> str:
    """The parts as in "a, b and c", with `last` before the final one."""
    items = list(parts)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"
