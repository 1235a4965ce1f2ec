"""What WeasyPrint and its HTML parser would do in vain, left out: the bytes stay the same."""

from __future__ import annotations

import re
from copy import copy
from functools import cache
from typing import Any

from reports.write.pdf.warnings import listening

_MOST_SHEETS = 20
_GIVING = re.compile("@(color-profile|counter-style|font-face|import|layer)")
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


def keep_sheets() -> None:
    """Have WeasyPrint parse a style sheet once for all pages: of a short one's time, a tenth.

    Sheets that give their document something, such as fonts, are parsed for each; so are those that
    it warns of, as each page is to be told.
    """
    from weasyprint import CSS, css

    if css.CSS is not CSS:
        return
    kept: dict[str, Any] = {}

    def sheet(*, string: str = "", **wishes: Any) -> Any:
        if not string or _GIVING.search(string):
            return CSS(string=string or None, **wishes)
        if string not in kept:
            with listening() as warnings:
                made = CSS(string=string, url_fetcher=wishes["url_fetcher"])
            if warnings.messages:
                return made
            if len(kept) == _MOST_SHEETS:
                kept.clear()
            kept[string] = made
        return kept[string]

    css.CSS = sheet


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
