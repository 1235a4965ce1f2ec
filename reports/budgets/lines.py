"""Where in a paragraph's template its words were written.

The model knows the line on which a paragraph begins.  Its words are looked up in the template
from there on; what a macro or a fact wrote isn't found, and has the first line.
"""

from __future__ import annotations

import re
from itertools import takewhile

from reports.problems import Place

_ANY_QUOTE = "[\"'«»“”‘’]"  # an author may write straight ones
_QUOTES = re.compile(_ANY_QUOTE)


def line_of(place: Place, text: str, number: int = 1) -> Place:
    """The line of a paragraph on which these words begin for the n-th time, else its first."""
    lines = place.file.read_text("utf-8").splitlines()[max(0, place.line - 1) :]
    written = "\n".join(takewhile(str.strip, lines))
    words = _QUOTES.sub(_ANY_QUOTE, r"\s+".join(map(re.escape, text.split())))
    found = list(re.finditer(rf"(?<!\w){words}(?!\w)", written))
    if not words or len(found) < number:
        return place
    before = written[: found[number - 1].start()]
    return Place(place.file, place.line + before.count("\n"))
