"""What WeasyPrint and its HTML parser would do in vain, left out: the bytes stay the same."""

from __future__ import annotations

import re
from copy import copy
from functools import cache
from typing import Any

# Pseudo-elements of CSS footnotes, which no page of ours has, given to every element there is.
_UNUSED = re.compile("(foot)?note-(call|callback|marker)")


class _Patterns(dict[tuple[Any, bool], re.Pattern[str]]):
    """Patterns of what a text goes on with, each made when first asked for."""

    def __missing__(self, key: tuple[Any, bool]) -> re.Pattern[str]:
        letters, only_these = key
        members = "".join(map(re.escape, letters))
        self[key] = pattern = re.compile(f"[{'' if only_these else '^'}{members}]+")
        return pattern


def keep_patterns() -> None:
    """Have tinyhtml5 compile each pattern once.

    It keeps what it compiles under the pattern and looks for the letters, so it finds nothing,
    some ten thousand times a document (tinyhtml5 2.1.0, `chars_until`).
    """
    from tinyhtml5 import inputstream

    if not isinstance(inputstream.characters_until_regex, _Patterns):
        inputstream.characters_until_regex = _Patterns()


@cache
def own_sheet() -> Any:
    """WeasyPrint's own style sheet, with markers for the items of lists alone and no footnotes."""
    from weasyprint.html import UA_STYLESHEET

    sheet = copy(UA_STYLESHEET)
    sheet.matcher = matcher = copy(sheet.matcher)
    everywhere = matcher.other_selectors
    matcher.other_selectors = [each for each in everywhere if not _is_spared(each[3])]
    by_name = matcher.lower_local_name_selectors
    markers = [each for each in everywhere if each[3] == "marker"]
    matcher.lower_local_name_selectors = {**by_name, "li": [*by_name.get("li", ()), *markers]}
    return sheet


def _is_spared(pseudo: str | None) -> bool:
    return pseudo == "marker" or bool(_UNUSED.fullmatch(pseudo or ""))
