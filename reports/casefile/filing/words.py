"""Texts of a record as HTML."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from reports.casefile.messages.parts import UNFIT
from reports.language import Language

_PRINTED = 120  # characters of a text that paper has room for; screens show it whole
_PRINTED_NAME = 90  # and of a file's name, as far as six of them fit on the sheet
_HASH_PART = 16  # characters of a checksum between two places where its line may break


def safe(text: str) -> str:
    """The text as HTML, without what no page may hold."""
    return escape(UNFIT.sub("", text))


def long_text(text: str, language: Language) -> str:
    """A text that may be long: whole on screens, on paper its beginning and where the rest is."""
    return _cut(text, _PRINTED, language.say("filing-cut"))


def long_name(name: str) -> str:
    """The name of a file: whole on screens, on paper its beginning and its extension."""
    stem, _, extension = name.rpartition(".")
    return _cut(name, _PRINTED_NAME, f"….{extension}" if stem else "…")


def _cut(text: str, most: int, end: str) -> str:
    if len(text) <= most:
        return safe(text)
    start = text[:most].rpartition(" ")[0] or text[:most]
    return (
        f'{safe(start)}<span class="rest">{safe(text[len(start) :])}</span>'
        f'<span class="cut"> {safe(end)}</span>'
    )


def digest(text: str) -> str:
    """A checksum that breaks in even parts and is copied as one word."""
    parts = range(0, len(text), _HASH_PART)
    return "<wbr>".join(safe(text[start : start + _HASH_PART]) for start in parts)


def explained(entries: Iterable[tuple[str, str]]) -> str:
    """Commands or names of files, each with what it does."""
    rows = "".join(
        f"\n<dt><code>{safe(name)}</code></dt><dd>{safe(told)}</dd>" for name, told in entries
    )
    return f"\n<dl>{rows}</dl>"
