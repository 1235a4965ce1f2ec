"""What differs between two tables, row by row and column by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class CellChange:
    subject: str
    heading: str
    old: str
    new: str


@dataclass(frozen=True)
class Changes:
    """Rows by what they are about, columns by their headings."""

    added: tuple[str, ...]
    changed: tuple[CellChange, ...]
    removed: tuple[str, ...]
    added_columns: tuple[str, ...]
    removed_columns: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether there is any."""
        parts = (self.added, self.changed, self.removed, self.added_columns, self.removed_columns)
        return any(parts)


@dataclass(frozen=True)
class Table:
    """Rows of texts under a head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def table_changes(old: Table, new: Table, key: Sequence[str]) -> Changes:
    """What is new in `new`; rows with the same cells under the headings `key` are the same."""
    before, after = _by_key(old, key), _by_key(new, key)
    return Changes(
        added=tuple(subject for subject in after if subject not in before),
        changed=tuple(_changed(before, after)),
        removed=tuple(subject for subject in before if subject not in after),
        added_columns=tuple(heading for heading in new.head if heading not in old.head),
        removed_columns=tuple(heading for heading in old.head if heading not in new.head),
    )


def _by_key(table: Table, key: Sequence[str]) -> dict[str, dict[str, str]]:
    rows = [dict(zip(table.head, row, strict=True)) for row in table.rows]
    return {", ".join(row.get(heading, "") for heading in key): row for row in rows}


def _changed(
    before: dict[str, dict[str, str]], after: dict[str, dict[str, str]]
) -> Iterator[CellChange]:
    for subject, row in after.items():
        for heading, new in row.items():
            old = before.get(subject, {}).get(heading, new)
            if old != new:
                yield CellChange(subject, heading, old, new)
