"""Note marks: the first of each note gets the id that the note leads back to."""

from __future__ import annotations

import re

_MARK = re.compile(r'(<a class="m") (role="doc-noteref" href="[^"]*">[\[(](\d+)[\])])')


def with_mark_ids(said: str) -> tuple[str, frozenset[int]]:
    """HTML with an id at the first mark of each note, and the numbers of those notes.

    Which mark is the first is known only once all that comes before it has been written.
    """
    numbers: set[int] = set()

    def marked(mark: re.Match[str]) -> str:
        number = int(mark[3])
        if number in numbers:
            return mark[0]
        numbers.add(number)
        return f'{mark[1]} id="{mark_id(number)}" {mark[2]}'

    return _MARK.sub(marked, said), frozenset(numbers)


def mark_id(number: int) -> str:
    """The id of the first mark of the note with that number."""
    return f"mark-{number}"
