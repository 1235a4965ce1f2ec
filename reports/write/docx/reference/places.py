"""Places of a reference to be filled: names in double braces, typed as plain text.

Word parts a line into pieces as it likes, so a place is looked for in the words of a whole line.
"""

from __future__ import annotations

import re

from reports.write.docx.xml import Element, name

PLACES = (
    *("body", "title", "lead", "meta", "kind", "status", "publisher"),
    *("to", "from", "date", "case", "recorded", "oldest", "newest"),
)
PLACE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")


def said(paragraph: Element) -> str:
    """The words of a paragraph itself, without those of boxes that hang in it."""
    return "".join(text.text or "" for text in own_texts(paragraph))


def own_texts(paragraph: Element) -> list[Element]:
    """The pieces of a paragraph's own words."""
    return [
        text
        for text in paragraph.iter(name("t"))
        if next(text.iterancestors(name("p")), None) is paragraph
    ]


def is_place(element: Element, word: str) -> bool:
    """Whether an element is a paragraph of nothing but that place, and no field shows it."""
    fields = element.iter(name("fldChar"), name("fldSimple"))
    if element.tag != name("p") or next(fields, None) is not None:
        return False
    found = PLACE.fullmatch(said(element).strip())
    return found is not None and found[1] == word


def holds(paragraph: Element, word: str) -> bool:
    """Whether a place stands among the words of a paragraph."""
    return word in PLACE.findall(said(paragraph))
