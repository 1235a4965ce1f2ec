"""Letters that no page can be set in, at the lines that wrote them.

A PDF is set in the theme's fonts alone: a letter from another font would depend on the machine,
and one from none is a box that PDF/A forbids (ISO 19005-2, 6.2.11.8).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields

from reports.compose import Composed
from reports.compose.calls import Call
from reports.compose.tokens import first_position
from reports.document import Document, block_lines
from reports.facts.model import Facts
from reports.fonts import named_letters
from reports.problems import Place, Problem


def letter_problems(
    letters: Iterable[str], document: Document, composed: Composed, store: Facts
) -> Iterator[Problem]:
    """A problem for each line with one of these letters, which a font of the theme lacks.

    A letter is looked for in the text of templates, then in what their calls were given, then in
    the blocks, which hold the words of facts, and in the notes; else it stands on the cover.
    """
    found: dict[Place, list[str]] = {}
    for letter in letters:
        spots = dict.fromkeys(_spots(letter, document, composed, store))
        for spot in spots or (Place(composed.templates[0]),):
            found.setdefault(spot, []).append(letter)
    for spot, lacked in found.items():
        what = f"the fonts of the theme lack {named_letters(lacked)}"
        yield Problem(spot, what, "write it in other letters, or take fonts that have them")


def _spots(letter: str, document: Document, composed: Composed, store: Facts) -> list[Place]:
    written = list(_in_templates(letter, composed))
    if written:
        return written
    told = (note.fact for note in document.notes.notes if letter in note.what + note.speaker)
    blocks = [block.place for block in document.body if letter in "".join(block_lines(block))]
    return blocks or [store.facts[id_].declared for id_ in told]


def _in_templates(letter: str, composed: Composed) -> Iterator[Place]:
    for line in composed.text.split("\n"):
        position = first_position(line) if letter in line else None
        if position:
            yield composed.place(position)
    for call, place in composed.calls:
        if any(letter in text for text in _texts(call)):
            yield place


def _texts(call: Call) -> Iterator[str]:
    """All texts that a call was given."""
    waiting: list[object] = [getattr(call, field.name) for field in fields(call)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, Iterable):
            waiting.extend(value)
