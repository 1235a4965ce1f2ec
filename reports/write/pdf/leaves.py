"""Painted pages to the leaves of the tag tree: which text is whose, in reading order.

WeasyPrint tags box by box: a paragraph over two pages is two paragraphs, a table over three is
three tables, and a head cell has no scope (WeasyPrint #2508).  It marks each piece of text with
its box, though, and a box knows its element of HTML.  From these `tags` makes a tree of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Leaf:
    """A piece of a page: text or a picture by its number there, or the rectangle of a link.

    A table cell is a piece too: an empty one would be missing from its row.
    `page` counts from 0.  `part` is the pseudo-element that the piece belongs to, such as
    "marker"; "" for none.
    """

    page: int
    element: Any
    part: str
    box: Any
    mcid: int | None
    annotation: Any


@dataclass
class Leaves:
    """The leaves of a document, gathered while WeasyPrint paints its pages.

    `doubles` are the annotations of boxes inside a link whose own annotation covers them.
    """

    found: list[Leaf] = field(default_factory=list)
    doubles: list[Any] = field(default_factory=list)
    _heads: dict[Any, int] = field(default_factory=dict)

    def gather_from(self, document: Any) -> None:
        """Have each page of the document hand over its marks once it is painted."""
        for number, page in enumerate(document.pages):
            page.paint = self._painting(page, number)

    def _painting(self, page: Any, number: int) -> Any:
        paint = page.paint

        def painted(stream: Any, scale: float = 1) -> None:
            paint(stream, scale)
            root, marks = page._page_box, stream._tags  # noqa: SLF001 - nothing public tells
            aside: dict[int, str] = {}
            for child in root.children:
                self._take(child, number, marks, aside)
            _set_aside(stream, aside)
            # Without boxes and marks WeasyPrint's own tree stays empty and costs nothing.
            marks.clear()
            page._page_box = root.copy_with_children([])  # noqa: SLF001

        return painted

    def _take(self, child: Any, page: int, marks: Mapping[Any, Any], aside: dict[int, str]) -> None:
        """Take what is marked in one child of the page's box: its content, or a margin."""
        margin = getattr(child, "at_keyword", "")
        for box, link, head in _boxes(child, None, None):
            mark = marks.get(box)
            repeated = head is not None and self._heads.setdefault(head, page) != page
            if margin or repeated:
                aside |= {mark["mcid"]: margin} if mark else {}
            elif box.link_annotation and link is not None and _covers(link, box.link_annotation):
                self.doubles.append(box.link_annotation)
            elif mark or box.link_annotation or box.element_tag in ("td", "th"):
                mcid = mark["mcid"] if mark else None
                part = str(box.element_tag).partition("::")[2]
                self.found.append(Leaf(page, box.element, part, box, mcid, box.link_annotation))


def _boxes(box: Any, link: Any, head: Any) -> Iterator[tuple[Any, Any, Any]]:
    """The box and all in it, in reading order, with the link around each and its table's head."""
    box = getattr(box, "_box", box)  # a placeholder stands where an absolute box is anchored
    yield box, link, head
    if str(box.element_tag) == "thead":
        head = box.element
    link = box.link_annotation or link
    for child in getattr(box, "children", ()):
        yield from _boxes(child, link, head)


def _covers(link: Any, inner: Any) -> bool:
    left, bottom, right, top = _sorted(link["Rect"])
    inner_left, inner_bottom, inner_right, inner_top = _sorted(inner["Rect"])
    across = left <= inner_left and inner_right <= right
    return across and bottom - 1 <= inner_bottom and inner_top <= top + 1  # a point of leading


def _sorted(rectangle: Any) -> tuple[float, float, float, float]:
    x1, y1, x2, y2 = rectangle
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _set_aside(stream: Any, aside: Mapping[int, str]) -> None:
    """Mark running heads, feet and repeated table heads as no part of the text (14.8.2.2)."""
    operators = stream.stream
    for index, operator in enumerate(operators):
        if isinstance(operator, dict) and operator.get("MCID") in aside:
            margin = aside[operator.pop("MCID")]
            operators[index - 1] = "/Artifact"
            operator["Type"] = "/Pagination"
            if margin:
                operator["Subtype"] = "/Header" if "top" in margin else "/Footer"
