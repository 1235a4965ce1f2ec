"""The numbers in a text that are no fact's: dates of notes, numbers of sections and the like.

The part on provenance keeps them, so that a number that someone types into the file is told
from those that were written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reports.write.docx.xml import Element, name

_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_ASIDE = (name("sdt"), name("fldSimple"))


def numbers_elsewhere(body: Element) -> Iterator[tuple[int, str]]:
    """Each number that stands in no control and no field, with that of its paragraph, from 1.

    Word counts the results of fields anew, such as page numbers.
    """
    for paragraph, text in enumerate(_paragraphs(body)):
        for found in _NUMBER.finditer(text):
            yield paragraph, found[0]


def _paragraphs(body: Element) -> list[str]:
    """What stands before the first paragraph, and the text of each, without what is left out."""
    texts, fields = [""], 0
    for element in body.iter():
        match element.tag:
            case tag if tag == name("p"):
                texts.append("")
            case tag if tag == name("fldChar"):
                fields += {"begin": 1, "end": -1}.get(element.get(name("fldCharType"), ""), 0)
            case tag if tag == name("t"):
                aside = fields > 0 or next(element.iterancestors(*_ASIDE), None) is not None
                texts[-1] += " " if aside else element.text or ""
            case tag if tag in (name("br"), name("tab")):
                texts[-1] += " "
    return texts
