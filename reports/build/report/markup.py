"""Pieces of the report's HTML that its parts share: tables, links to outputs, amounts."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from reports.build.state import EditionState, OutputState
from reports.problems import Problem

_MOST_NAMES = 6


def heads(words: Iterable[str]) -> str:
    """The row of a table that names its columns."""
    cells = "".join(f'<th scope="col">{escape(word)}</th>' for word in words)
    return f"<thead><tr>{cells}</tr></thead>"


def counted(count: int, noun: str) -> str:
    """How many there are of what a noun with a plural in "s" names: "1 fact", "2 facts"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def named(edition: EditionState) -> str:
    """Who an edition is for, and of whom it tells in a series: "bergen, public, en"."""
    return ", ".join(filter(None, (edition.subject, edition.audience, edition.language)))


def some(names: Iterable[str]) -> str:
    """The first of these names, and how many more there are."""
    shown = list(names)
    left = len(shown) - _MOST_NAMES
    text = "<br>".join(map(broken, shown[:_MOST_NAMES]))
    return f"{text}<br>and {left} more" if left > 0 else text


def broken(name: str) -> str:
    """A name of several parts, which a line may end between."""
    return escape(name).replace("/", "/<wbr>").replace(".", ".<wbr>")


def output_link(output: OutputState) -> str:
    """A link to an output, with its pages and size."""
    pages = ""
    if output.pages:
        pages = f"{counted(output.pages, 'page')} ({output.body_pages} body), "
    name = output.format.value.upper()
    return f'<a href="{escape(output.file)}">{name}</a> {pages}{_size(output.size)}'


def took(seconds: float) -> str:
    """A time in seconds, "–" for none."""
    return f"{seconds:.1f}\N{NO-BREAK SPACE}s" if seconds else "–"


def problem_item(problem: Problem, shown: str) -> str:
    """A problem as an item of a list, its place first; `shown` is that place."""
    hint = f"<br><small>hint: {escape(problem.hint)}</small>" if problem.hint else ""
    return f"<li><code>{escape(shown)}</code>: {escape(problem.what)}{hint}</li>"


def folded(summary: str, inside: str, *, is_open: bool) -> str:
    """What opens when its summary is pressed."""
    return f"<details{' open' if is_open else ''}><summary>{summary}</summary>{inside}</details>"


def _size(size: int) -> str:
    unit = "\N{NO-BREAK SPACE}"
    return f"{size / 1e6:.1f}{unit}MB" if size >= 1_000_000 else f"{max(1, size // 1000)}{unit}kB"
