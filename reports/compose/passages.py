"""Rendered text to passages: which block of which template wrote what.

Each `{% block %}` marks its begin and its end in the text that it renders.  The marks are taken
out before anyone reads the Markdown, and leave behind one passage a block.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reports.compose.markers import MisuseError
from reports.compose.tokens import (
    BLOCK,
    MARKER,
    POSITION,
    block_mark,
    marked_call,
    position_of,
    without_marks,
)
from reports.problems import Place


@dataclass(frozen=True)
class Passage:
    """What one block of the templates put into an edition.

    `place` is the line of its `{% block %}`; `depth` is 0 unless it stands within another one.
    `calls` are the indexes of the calls printed in it, inner blocks included, and `lines` the
    template lines that wrote its text, both in reading order.  `blank` says that it wrote none.
    """

    name: str
    place: Place
    depth: int
    calls: tuple[int, ...]
    lines: tuple[Place, ...]
    blank: bool


def take_passages(
    text: str, blocks: Sequence[tuple[str, Place]], templates: Sequence[Path]
) -> tuple[str, tuple[Passage, ...]]:
    """The text without the marks of blocks, and its passages in the order of their begins.

    `blocks` holds name and place by the number in a mark; `templates`, the files by the number
    in a position.  Raises MisuseError where a filter has cut or changed the marks.
    """
    found = sorted(_spans(text), key=lambda span: (span.begin, -span.end))
    passages = tuple(_passage(text, span, blocks, templates) for span in found)
    return BLOCK.sub("", text), passages


@dataclass(frozen=True)
class _Span:
    block: int
    depth: int
    begin: int
    end: int


def _spans(text: str) -> Iterator[_Span]:
    opened: list[tuple[int, int]] = []
    for match in BLOCK.finditer(text):
        block, opens = block_mark(match)
        if opens:
            opened.append((block, match.end()))
        elif opened and opened[-1][0] == block:
            _, begin = opened.pop()
            yield _Span(block, len(opened), begin, match.start())
        else:
            raise _damaged()
    if opened:
        raise _damaged()


def _damaged() -> MisuseError:
    return MisuseError("the text of a block was cut or changed", "print blocks without filters")


def _passage(
    text: str, span: _Span, blocks: Sequence[tuple[str, Place]], templates: Sequence[Path]
) -> Passage:
    own = text[span.begin : span.end]
    name, place = blocks[span.block]
    positions = [position_of(match) for match in POSITION.finditer(own)]
    return Passage(
        name=name,
        place=place,
        depth=span.depth,
        calls=tuple(dict.fromkeys(marked_call(match) for match in MARKER.finditer(own))),
        lines=tuple(dict.fromkeys(Place(templates[at.template], at.line) for at in positions)),
        blank=not without_marks(own).strip(),
    )


def block_places(blocks: Sequence[tuple[str, Place]]) -> dict[str, tuple[Place, ...]]:
    """The places of all definitions of each block, the one that counts first.

    Jinja reads the template that extends before the one that it extends.
    """
    names = dict.fromkeys(name for name, _ in blocks)
    return {name: tuple(place for other, place in blocks if other == name) for name in names}
