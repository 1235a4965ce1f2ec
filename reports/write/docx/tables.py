"""Tables: fixed widths on the grid, repeated header rows, the first column as row head."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from reports.document import Caption, Cell, Column, Table, Timeline, inline_text
from reports.themes import Theme
from reports.write.docx.inline import runs
from reports.write.docx.looks import CELLS, KEPT
from reports.write.docx.package import Draft
from reports.write.docx.xml import Element, dxa, paragraph, style_id, w, words

# The first row and the first column are heads, and so may the last be for its corner; rows may
# be banded, columns not.
_LOOK: dict[str, str | float] = {
    "val": "05A0",
    "firstRow": 1,
    "lastRow": 0,
    "firstColumn": 1,
    "lastColumn": 1,
    "noHBand": 0,
    "noVBand": 1,
}

SHORT = 5  # rows of a table that no page break divides
_SHORT_NOTED = 3  # with footnotes, which fill the page that it stands on


@dataclass(frozen=True)
class Box:
    """One cell, ready: paragraph style, content, and over how many columns it reaches."""

    style: str
    content: tuple[Element, ...]
    span: int = 1


def table(table: Table, draft: Draft) -> Element:
    """A table with a bold first column; three columns stand on the page's grid."""
    head = [_head_box(index, column) for index, column in enumerate(table.columns)]
    rows = [
        [_box(index, column, cell) for index, (column, cell) in enumerate(_pairs(table, row))]
        for row in table.rows
    ]
    widths = _widths([column.share for column in table.columns], draft.theme)
    heads = ", ".join(inline_text(column.content) for column in table.columns)
    style = draft.table_style([column.series for column in table.columns])
    short = SHORT if draft.document.notes.remarks_heading is None else _SHORT_NOTED
    return grid(style, widths, [head, *rows], described(table.caption, heads), short)


def timeline(timeline: Timeline, theme: Theme) -> Element:
    """A timeline as a table: when in the side column, what in the main one."""
    head = [Box("KF Tabell hode", words(text)) for text in timeline.heads]
    rows = [
        [Box("KF Tabell rad", words(event.when)), Box("KF Tabell tekst", runs(event.what))]
        for event in timeline.events
    ]
    widths = on_grid([1], theme)
    alt = described(timeline.caption, ", ".join(timeline.heads))
    return grid("KF Tabell", widths, [head, *rows], alt)


def grid(
    style: str,
    widths: Sequence[int],
    rows: Iterable[Sequence[Box]],
    alt: tuple[str, str],
    short: int = SHORT,
) -> Element:
    """A table of one style whose first row is its head; `alt` is its title and description.

    No page break divides one of at most `short` rows.
    """
    title, description = alt
    known = w(
        "tblPr",
        w("tblStyle", val=style_id(style)),
        w("tblW", w=sum(widths), type="dxa"),
        w("tblLayout", type="fixed"),
        w("tblLook", **_LOOK),
        w("tblCaption", val=title),
        w("tblDescription", val=description) if description else None,
    )
    columns = w("tblGrid", *(w("gridCol", w=width) for width in widths))
    bound = enumerate(_bound(list(rows), short))
    return w("tbl", known, columns, *(_row(index, row, widths) for index, row in bound))


def _bound(rows: list[Sequence[Box]], short: int) -> list[Sequence[Box]]:
    """The rows, with those kept with the next after which no page may break.

    A short table stays whole; of a longer one, two rows stay with its head, and two at its end.
    """
    last = len(rows) - 1
    kept = {*range(1, last)} if last <= short else {1, last - 1}
    return [[_kept(box) for box in row] if index in kept else row for index, row in enumerate(rows)]


def _kept(box: Box) -> Box:
    return replace(box, style=box.style + KEPT) if box.style in CELLS else box


def described(caption: Caption | None, heads: str) -> tuple[str, str]:
    """Title and description of a table for those who don't see it."""
    if caption is None:
        return heads, ""
    return f"{caption.label} {inline_text(caption.title)}", inline_text(caption.base)


def column_widths(shares: Sequence[float], width: int) -> tuple[int, ...]:
    """Divide a width among columns by their shares; the parts add up to it exactly."""
    total = sum(shares)  # round the edges: widths rounded one by one need not add up
    edges = [round(width * edge / total) for edge in accumulate(shares, initial=0)]
    return tuple(right - left for left, right in pairwise(edges))


def on_grid(shares: Sequence[float], theme: Theme) -> tuple[int, ...]:
    """The side column, then the main column divided by shares."""
    side = dxa(theme.number("grid.indent_mm"))
    return side, *column_widths(shares, dxa(theme.number("grid.text_width_mm")) - side)


def _widths(shares: Sequence[float], theme: Theme) -> tuple[int, ...]:
    if len(shares) == 3:
        return on_grid(shares[1:], theme)
    return column_widths(shares, dxa(theme.number("grid.text_width_mm")))


def _pairs(table: Table, row: tuple[Cell, ...]) -> Iterable[tuple[Column, Cell]]:
    return zip(table.columns, row, strict=True)


def _head_box(index: int, column: Column) -> Box:
    style = "KF Tabell tallhode" if column.numeric and index else "KF Tabell hode"
    return Box(style, runs(column.content))


def _box(index: int, column: Column, cell: Cell) -> Box:
    if index == 0:
        style = "KF Tabell rad"
    elif cell.missing:
        style = "KF Tabell mangler"
    else:
        style = "KF Tabell tall" if column.numeric else "KF Tabell tekst"
    return Box(style, runs(cell.content))


def _row(index: int, boxes: Sequence[Box], widths: Sequence[int]) -> Element:
    known = w("trPr", w("cantSplit"), w("tblHeader") if index == 0 else None)
    starts = list(accumulate((box.span for box in boxes), initial=0))
    spans = [sum(widths[start:end]) for start, end in pairwise(starts)]
    return w("tr", known, *(_cell(box, width) for box, width in zip(boxes, spans, strict=True)))


def _cell(box: Box, width: int) -> Element:
    known = w(
        "tcPr",
        w("tcW", w=width, type="dxa"),
        w("gridSpan", val=box.span) if box.span > 1 else None,
    )
    return w("tc", known, paragraph(box.style, *box.content))
