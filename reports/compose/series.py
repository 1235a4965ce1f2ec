"""Ids in the templates of a series: what an id leaves out is the current one's.

That is the series' table before the dot, and the subject after the @.  So `share` stands for
`towns.share@havneby` where towns.csv has a row for Havneby and the edition is about it.
"""

from __future__ import annotations

from dataclasses import dataclass

from reports.facts.model import Facts, Subject
from reports.problems import suggest


@dataclass(frozen=True)
class Series:
    """The current subject, and the table with its row; both "" outside a series."""

    table: str = ""
    subject: str = ""

    def row(self, store: Facts) -> Subject:
        """The current subject, from the first row that is about it."""
        if found := store.rows.get(f"{self.table}@{self.subject}"):
            return found  # without a look at the others, which then are nothing to this edition
        rows = _rows(self.table, store).items()
        return store.rows[next(f"{self.table}@{row}" for row, id_ in rows if id_ == self.subject)]

    def whole(self, id_: str, store: Facts) -> str:
        """The id with what it leaves out; as it is where it names no column."""
        named, _, row = id_.partition("@")
        column = next((c for c in (f"{self.table}.{named}", named) if c in store.columns), "")
        if not (self.subject and column):
            return id_
        table = column.partition(".")[0]
        if not row:
            return f"{column}@{self.subject}"
        own = f"{self.subject}-{row}"  # of a table with several rows a subject
        is_own = f"{table}@{row}" not in store.rows and _is_further(row, table, store)
        return f"{column}@{own if is_own else row}"

    def is_cell(self, id_: str, store: Facts) -> bool:
        """Whether a whole id is that of a cell in a table, though it may hold no figure."""
        column, _, row = id_.partition("@")
        table = column.partition(".")[0]
        if column not in store.columns:
            return False
        if f"{table}@{row}" in store.rows:
            return True
        own, dash, further = row.partition(f"{self.subject}-")
        if own or not dash:
            return row == self.subject and not _several(row, table, store)
        return _is_further(further, table, store)

    def unknown(self, id_: str, store: Facts) -> tuple[str, str]:
        """What is wrong with an id that was made whole and is that of no cell, and a hint."""
        column, _, row = id_.partition("@")
        table, _, name = column.partition(".")
        if several := _several(row, table, store):
            what = f"'{row}' has several rows in table '{table}'"
            return what, f"say which: '{name}@{several[0].removeprefix(f'{row}-')}'"
        return f"table '{table}' has no row '{row}'", suggest(row, _rows(table, store))


def _rows(table: str, store: Facts) -> dict[str, str]:
    """What the rows of a table are about, by what stands after the @ in the ids of their facts."""
    own = f"{table}@"
    return {
        key.removeprefix(own): subject.id
        for key, subject in store.rows.items()
        if key.startswith(own)
    }


def _several(subject: str, table: str, store: Facts) -> list[str]:
    """The rows of a subject in a table that tells them apart by a second column."""
    return [row for row, about in _rows(table, store).items() if about == subject != row]


def _is_further(word: str, table: str, store: Facts) -> bool:
    """Whether a word tells the rows of a subject apart in that table, such as a year."""
    return any(row == f"{about}-{word}" for row, about in _rows(table, store).items())
