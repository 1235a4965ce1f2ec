"""What a spreadsheet shows of a stored value: the figure that a reader of the sheet would quote.

A cell that holds 0.6234 and shows 62% says 62%.  A value without a format of its own is taken with
the 15 digits that spreadsheets keep.
"""

from __future__ import annotations

import math
import re
from datetime import datetime, time
from decimal import ROUND_HALF_UP, Decimal

_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_PLACES = re.compile(r"\.([0#?]+)")
_MAX_ROUNDED = 1e15  # beyond, a spreadsheet's own digits have run out


class HiddenError(ValueError):
    """A stored value that the sheet doesn't show as one; the text says what it shows."""


def shown_number(value: float, number_format: str) -> Decimal:
    """The number as the sheet shows it; a percentage as the number before its sign.

    Raises HiddenError for what the format doesn't show as this number.
    """
    if not math.isfinite(value):
        raise HiddenError("is not a number")
    exact = Decimal(f"{value:.15g}")
    section = _section(number_format)
    if number_format and not number_format.strip(";"):
        raise HiddenError("is hidden by its number format")
    if number_format in ("", "@") or re.search("general|e|/", section, re.IGNORECASE):
        return exact
    if not re.search(r"[0#?]", section):
        raise HiddenError("is shown as text by its number format")
    if re.search(r"[0#?.],+(?![0#?])", section):
        raise HiddenError("is shown in thousands or millions by its number format")
    if "%" in section:
        exact *= 100
    return _rounded(exact, section) if abs(value) < _MAX_ROUNDED else exact


def is_percentage(number_format: str) -> bool:
    """Whether a format shows the hundredfold with a per cent sign."""
    return "%" in _section(number_format)


def _section(number_format: str) -> str:
    """What a format says of positive numbers, without its literal text."""
    return _LITERAL.sub("", number_format.partition(";")[0])


def _rounded(value: Decimal, section: str) -> Decimal:
    """The value with the decimals of a format; those that it asks for with # only if needed."""
    found = _PLACES.search(section)
    places = found[1] if found else ""
    text = f"{value.quantize(Decimal(1).scaleb(-len(places)), rounding=ROUND_HALF_UP):f}"
    for _ in range(len(places) - len(places.rstrip("#?"))):
        text = text.removesuffix("0")
    return Decimal(text.removesuffix("."))


def shown_date(value: datetime, number_format: str) -> str:
    """The date as EDTF, with the parts that the sheet shows: 2031-04, or XXXX-04-11.

    A spreadsheet adds the year of typing to "11.4."; where it isn't shown, nobody meant it.

    Raises HiddenError for a time of day.
    """
    section = _section(number_format).lower()
    if value.time() != time(0) or ("h" in section and "y" not in section):
        raise HiddenError("has a time of day")
    has_year, has_month, has_day = ("y" in section, "m" in section, "d" in section)
    year = f"{value.year:04d}" if has_year or not has_month else "XXXX"
    if has_day:
        return f"{year}-{value.month:02d}-{value.day:02d}"
    return f"{year}-{value.month:02d}" if has_month else year
