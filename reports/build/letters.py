"""Letters that no page can be set in, at the blocks that hold them.

A PDF is set in the theme's fonts alone: a letter from another font would depend on the machine,
and one from none is a box that PDF/A forbids (ISO 19005-2, 6.2.11.8).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from reports.document import Document, block_lines
from reports.fonts import Face, missing_letters, named_letters
from reports.problems import Place, Problem


def letter_problems(
    document: Document, printed: str, fonts: Mapping[Face, Path], place: Place
) -> Iterator[Problem]:
    """One problem a block with letters that a font of the theme lacks; else one at `place`.

    `printed` is the whole page, with what stands in no block: labels of charts, notes, heads.
    """
    letters = missing_letters(printed, fonts.values())
    if not letters:
        return
    places = {
        block.place: found
        for block in document.body
        if (found := [letter for letter in letters if letter in "".join(block_lines(block))])
    }
    for spot, found in (places or {place: list(letters)}).items():
        what = f"the fonts of the theme lack {named_letters(found)}"
        yield Problem(spot, what, "write it in other letters, or take fonts that have them")
