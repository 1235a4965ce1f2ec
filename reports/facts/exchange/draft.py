"""The draft of a sidecar: what a table tells by itself, and a blank for all else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reports.facts.draft.entry import scalar
from reports.facts.exchange.sheet import Cell, Sheet, Style
from reports.facts.exchange.texts import as_id
from reports.facts.load.table.rows import Delimiter
from reports.facts.load.table.sidecar import DecimalSign, ThousandsSign
from reports.facts.model import Standing

_YEARS = ("år", "aar", "year")  # headings
_YEAR = re.compile(r"(19|20)[0-9]{2}")
_NUMBER = re.compile(r"[-\N{MINUS SIGN}]?[0-9][0-9.,'’\s]*")
_ID_LENGTH = 20  # leaves room for table and subject in the ids of facts
_TWO_WAYS = "a number in the table can be read in two ways"


@dataclass(frozen=True)
class _Guess:
    """What the columns seem to be, by heading; `year` is "" where no column tells it."""

    subject: str
    year: str
    figures: tuple[str, ...]
    ignored: tuple[str, ...]
    signs: tuple[str, ...]


def draft_sidecar(sheet: Sheet, table: str, languages: Sequence[str], today: date) -> str:
    """The text of a sidecar for a table of facts, its blanks as keys without a value."""
    guess = _guess(sheet)
    lines = [
        f"# What the columns of {table}.csv mean, which was made from {sheet.file.name}.",
        "# Write what is missing after each colon; 'check' says what is.",
        *_style(sheet.style),
        *_list("missing", guess.signs),
        f"subject: {{column: {scalar(guess.subject)}}}",
        *_list("ignore", guess.ignored),
        *_shared(guess, today),
        "columns:",
    ]
    used: set[str] = set()
    for number, heading in enumerate(guess.figures, start=1):
        other = f"y{heading}" if _YEAR.fullmatch(heading) else f"column-{number}"
        id_ = as_id(heading, _ID_LENGTH, other)
        id_ = f"column-{number}" if id_ in used else id_
        used.add(id_)
        lines += _column(id_, heading, languages)
    return "\n".join(lines) + "\n"


def _guess(sheet: Sheet) -> _Guess:
    columns = {
        heading: [row.cells[index] for row in sheet.rows]
        for index, heading in enumerate(sheet.head)
    }
    figures = [heading for heading, cells in columns.items() if _holds_figures(cells)]
    year = next((heading for heading in figures if heading.lower() in _YEARS), "")
    figures = [heading for heading in figures if heading != year]
    others = [heading for heading in sheet.head if heading not in (*figures, year)]
    subject = others[0] if others else sheet.head[0]
    signs = {str(cell) for heading in figures for cell in columns[heading] if _is_sign(cell)}
    return _Guess(
        subject=subject,
        year=year,
        figures=tuple(heading for heading in figures if heading != subject),
        ignored=tuple(heading for heading in others if heading != subject),
        signs=tuple(sorted(signs)),
    )


def _holds_figures(cells: Sequence[Cell]) -> bool:
    """Whether there are numbers, and nothing else but signs that there is none."""
    numbers = [isinstance(cell, Decimal) or bool(_NUMBER.fullmatch(cell)) for cell in cells]
    return any(numbers) and all(
        number or _is_sign(cell) for cell, number in zip(cells, numbers, strict=True)
    )


def _is_sign(cell: Cell) -> bool:
    return isinstance(cell, str) and not any(char.isalnum() for char in cell)


def _style(style: Style) -> Iterator[str]:
    if style.delimiter is not Delimiter.COMMA:
        yield f"delimiter: {style.delimiter.value}"
    if style.decimal is None:
        yield f"decimal:  # point or comma: {_TWO_WAYS}"
        yield "thousands:  # none, space, point or comma"
        return
    if style.decimal is not DecimalSign.POINT:
        yield f"decimal: {style.decimal.value}"
    if style.thousands not in (None, ThousandsSign.NONE):
        yield f"thousands: {style.thousands.value}"


def _shared(guess: _Guess, today: date) -> Iterator[str]:
    yield "shared:"
    yield "  theme:  # the id of a theme"
    yield "  said_by:  # the id of who says it"
    yield f"  standing:  # {', '.join(standing.value for standing in Standing)}"
    yield "  source:  # the id of the source"
    if guess.year:
        yield f"  as_of: {{column: {scalar(guess.year)}}}"
    elif not all(_YEAR.fullmatch(heading) for heading in guess.figures):
        yield "  as_of:  # when the figures hold"
    yield f"  recorded: {today.isoformat()}"


def _column(id_: str, heading: str, languages: Sequence[str]) -> Iterator[str]:
    yield f"  {id_}:"
    yield f"    column: {scalar(heading)}"
    if _YEAR.fullmatch(heading):
        yield f"    as_of: {heading}"
    yield "    statement:  # a sentence with {subject} and {figure}"
    for code in languages:
        yield f"      {code}:"
    yield "    figure:"
    yield "      measure:  # the id of what is counted"
    yield "      among:  # the id of the population"


def _list(key: str, words: Sequence[str]) -> Iterator[str]:
    if words:
        yield f"{key}: [{', '.join(scalar(word) for word in words)}]"
