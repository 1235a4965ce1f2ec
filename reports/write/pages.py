"""A laid-out page of HTML to the pages on which its parts are set.

Nothing in the page is marked for this, so outputs stay as they are: a note mark is known by its
place in reading order, and how far the text before it reaches back by counting letters.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

Reach: TypeAlias = tuple[tuple[int, int], ...]

_IN_LINE = ("a", "code", "em", "span", "strong")
_ENDS = ("annex", "data", "notes")  # anchors of what follows the body


@dataclass(frozen=True)
class Pages:
    """Where a layout set things; pages count from 1.

    `body` is the page on which the body ends: notes, annex and sources follow.  `anchors` gives
    the page of each id.  `marks` gives for each note mark, in reading order,
    its reach: the pages that its paragraph takes up to the mark, the mark's own last, each with
    the count of letters and digits set there.
    """

    anchors: dict[str, int]
    marks: tuple[Reach, ...]
    body: int

    def of_text(self, mark: int, text: str) -> int | None:
        """The page on which the text right before a note mark begins.

        None for a mark that the layout doesn't have.
        """
        if mark >= len(self.marks) or not self.marks[mark]:
            return None
        reach, left = self.marks[mark], letters(text)
        for page, count in reversed(reach):
            if left <= count:
                return page
            left -= count
        return reach[0][0]


def letters(text: str) -> int:
    """How many letters and digits a text has: what no line break or hyphen changes."""
    return sum(map(str.isalnum, text))


def pages_of(document: Any, root: Any) -> Pages:
    """The pages of a document laid out by WeasyPrint from the element tree `root`."""
    anchors: dict[str, int] = {}
    reaches: dict[Any, Reach] = {}
    counts: dict[Any, dict[int, int]] = {}
    for number, sheet in enumerate(document.pages, start=1):
        for name in sheet.anchors:
            anchors.setdefault(name, number)
        for box, block in _boxes(sheet._page_box, None):  # noqa: SLF001 - `anchors` lack the text
            count = counts.setdefault(block, {})
            count[number] = count.get(number, 0) + letters(getattr(box, "text", ""))
            if _is_mark(box.element):
                reaches.setdefault(box.element, tuple(count.items()))
    marks = (element for element in root.iter("a") if _is_mark(element))
    return Pages(anchors, tuple(reaches.get(mark, ()) for mark in marks), _body(document))


def _body(document: Any) -> int:
    """The number of the page on which the body ends."""
    for number, sheet in enumerate(document.pages, start=1):
        ends = [sheet.anchors[name] for name in _ENDS if name in sheet.anchors]
        if ends:
            top = min(float(position[1]) for position in ends)
            first_line = sheet.height * 0.12  # a heading this far up has nothing above it
            return number - 1 if top < first_line else number
    return len(document.pages)


def _boxes(box: Any, block: Any) -> Iterator[tuple[Any, Any]]:
    """The box and all in it, in reading order, each with the element that its lines stand in."""
    if box.element is not None and box.element.tag not in _IN_LINE:
        block = box.element
    yield box, block
    for child in getattr(box, "children", ()):
        yield from _boxes(child, block)


def _is_mark(element: Any) -> bool:
    return element is not None and element.tag == "a" and element.get("class") == "m"
