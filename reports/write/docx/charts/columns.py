"""Marks to the columns of the table behind a chart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeAlias

from reports.document import Line, Mark
from reports.write.docx.charts.sheet import Column, Sheet

Marks: TypeAlias = Sequence[Mark | None]
Heads: TypeAlias = Callable[[str], str]  # from "value" to its head in the edition's language


@dataclass(frozen=True)
class Columns:
    """What is known of some marks, a column each; `upper` only where one is a range."""

    value: Column
    upper: Column | None
    text: Column
    fact: Column


def columns(marks: Marks, head: Heads, others: Sequence[str]) -> Columns:
    """The columns of the marks of a chart; `others` are the words of rows without a mark."""
    found = _columns(marks, head, "", with_upper=ranged(marks))
    rows = zip(marks, others, strict=True)
    words = tuple(mark.text if mark else other or None for mark, other in rows)
    return replace(found, text=Column(found.text.head, words))


def line_columns(lines: Sequence[Line], head: Heads) -> tuple[Columns, ...]:
    """The columns of each line, with upper ends for all or for none."""
    some = any(ranged(line.marks) for line in lines)
    return tuple(_columns(line.marks, head, line.name, with_upper=some) for line in lines)


def _columns(marks: Marks, head: Heads, name: str, *, with_upper: bool) -> Columns:
    upper = Column(_of(name, head("upper")), tuple(mark.high if mark else None for mark in marks))
    return Columns(
        value=Column(name or head("value"), tuple(mark.value if mark else None for mark in marks)),
        upper=upper if with_upper else None,
        text=Column(_of(name, head("text")), tuple(mark.text if mark else None for mark in marks)),
        fact=Column(_of(name, head("fact")), tuple(mark.fact if mark else None for mark in marks)),
    )


def _of(name: str, head: str) -> str:
    return f"{name}: {head[:1].lower()}{head[1:]}" if name else head


def sheet_of(names: Sequence[Column], found: Sequence[Columns], *last: Column | None) -> Sheet:
    """Names, then all values side by side, as Word expects them, then what is known of them."""
    rest = [column for each in found for column in (each.upper, each.text, each.fact)]
    known = [*names, *(each.value for each in found), *rest, *last]
    return Sheet(tuple(column for column in known if column))


def ranged(marks: Iterable[Mark | None]) -> bool:
    """Whether any of the marks is a range."""
    return any(mark and mark.high is not None for mark in marks)


def end(mark: Mark) -> Decimal:
    """The value, or the upper end of a range."""
    return mark.value if mark.high is None else mark.high


def hedged(mark: Mark) -> bool:
    """Whether a mark is pale up to its value: the lower end of a range is as stated."""
    return mark.approximate and mark.high is None
