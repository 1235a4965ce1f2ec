"""The texts of values and dates in fact files, as typed values."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from reports.facts.quantities import Number, Part, Value, When

NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")
PART = re.compile(r"([0-9]{1,12}) of ([0-9]{1,12})")
WHOLE = re.compile(r"[1-9][0-9]{0,8}")
_SEASONS = range(21, 25)
_DATE = re.compile(r"([0-9]{4}|XXXX)(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def parse_number(text: str) -> Number:
    """`62`, `1.1` or `28 million`; raises ValueError for anything else."""
    digits, _, scale = text.strip().partition(" ")
    if not NUMBER.fullmatch(digits) or scale not in ("", "million"):
        raise ValueError(text)
    return Number(Decimal(digits), million=scale == "million")


def parse_positive(text: str) -> int:
    """A whole number from 1; raises ValueError for anything else."""
    if not WHOLE.fullmatch(text.strip()):
        raise ValueError(text)
    return int(text)


def parse_step(text: str) -> Decimal:
    """A step to round to, such as `0.1`, `1`, `5` or `1000`.

    Raises ValueError for anything but 1, 2 or 5 times a power of ten.
    """
    step = parse_number(text).plain
    if step <= 0 or step.normalize().as_tuple().digits not in ((1,), (2,), (5,)):
        raise ValueError(text)
    return step


def parse_value(text: str) -> Value:
    """A number or `8 of 10`; raises ValueError for anything else."""
    part = PART.fullmatch(text.strip())
    if not part:
        return parse_number(text)
    count, whole = int(part[1]), int(part[2])
    if not 0 < count <= whole:
        raise ValueError(text)
    return Part(count, whole)


def parse_when(text: str) -> When:
    """An EDTF date: `2016`, `2019-06`, `2020-03-12`, `2012-21` (spring), `XXXX-04-11`, `XXXX-05`.

    Raises ValueError for anything else, and for a day that the calendar doesn't have.
    """
    found = _DATE.fullmatch(text.strip())
    if not found:
        raise ValueError(text)
    year = None if found[1] == "XXXX" else int(found[1])
    month = int(found[2]) if found[2] else None
    day = int(found[3]) if found[3] else None
    if year is None and month is None:
        raise ValueError(text)
    if month in _SEASONS and day is None and year:
        return When(year, season=month)
    if month is not None:
        date(year or 2000, month, 1 if day is None else day)
    return When(year, month, day)


def parse_day(text: str) -> date:
    """A full date; raises ValueError for anything else."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text.strip()):
        raise ValueError(text)
    return date.fromisoformat(text.strip())
