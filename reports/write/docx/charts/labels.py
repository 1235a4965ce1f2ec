"""Labels of points: fields that Word fills from the workbook, with the words in them meanwhile.

Since 2013 Word can take labels from cells (`c15:datalabelsRange`); a reader that can't shows
what the field holds.  So a label says what the PDF prints, hedge included, and follows its cell.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from reports.write.docx.charts.drawing import INK, Colour, Pen, a, c, c15
from reports.write.docx.charts.drawing import written as holding
from reports.write.docx.xml import Element

Place: TypeAlias = Literal["outEnd", "inEnd", "l", "r", "t", "b"]

_EXT_OF_LABEL = "{CE6537A1-D6FC-4f65-9D91-7224C49458BB}"
_EXT_OF_SERIES = "{02D57815-91ED-43cb-92C2-25804820EDAC}"
_SHOWN = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")


@dataclass(frozen=True)
class Label:
    """The label of the point at `index`, with lines of a name before it where it has one.

    `drop` moves it down, as a share of the chart's height.
    """

    index: int
    text: str
    place: Place
    colour: Colour
    name: tuple[str, ...] = ()
    drop: float = 0
    size: str = "type.chart.label"
    bold: bool = True


def labels(found: Iterable[Label], series: str, pen: Pen) -> Element:
    """The labels of the series of that name; its other points have none."""
    none = (c(name, val=0) for name in _SHOWN)
    plain = _known_since_2013("showLeaderLines", 0)
    return c("dLbls", *(_label(label, series, pen) for label in found), *none, plain)


def label_cells(cells: Element) -> Element:
    """At the end of a series: the cells that its labels come from."""
    return c("extLst", c("ext", cells, uri=_EXT_OF_SERIES))


def _label(label: Label, series: str, pen: Pen) -> Element:
    moved = None
    if label.drop:
        moved = c("layout", c("manualLayout", c("x", val=0), c("y", val=f"{label.drop:.5f}")))
    frame = a("bodyPr", rot=0, vert="horz", wrap="none", anchor="ctr")
    rich = c("rich", frame, a("lstStyle"), *_lines(label, series, pen))
    shown = (c(name, val=int(name == "showVal")) for name in _SHOWN)
    return c(
        "dLbl",
        c("idx", val=label.index),
        moved,
        c("tx", rich),
        pen.letters(label.size, label.colour, bold=label.bold),
        c("dLblPos", val=label.place),
        *shown,
        _known_since_2013("showDataLabelsRange", 1),
    )


def _lines(label: Label, series: str, pen: Pen) -> Iterator[Element]:
    """A name on lines of its own, or before the value if its last line is empty."""
    *above, last = label.name or ("",)
    for words in above:
        yield _line(label, pen, _run(words, pen))
    yield _line(
        label, pen, *([_run(f"{last}\u2002", pen)] if last else []), _field(label, series, pen)
    )


def _line(label: Label, pen: Pen, *runs: Element) -> Element:
    # LibreOffice takes the look of all runs from that of their paragraph.
    look = a("pPr", pen.run("defRPr", label.size, label.colour, bold=label.bold))
    return a("p", look, *runs)


def _run(words: str, pen: Pen) -> Element:
    return a("r", pen.run("rPr", "type.chart.size", INK), holding(a("t"), words))


def _field(label: Label, series: str, pen: Pen) -> Element:
    number = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{series} {label.index}")).upper()
    look = pen.run("rPr", label.size, label.colour, bold=label.bold)
    words = holding(a("t"), label.text)
    return a("fld", look, a("pPr"), words, id=f"{{{number}}}", type="CELLRANGE")


def _known_since_2013(name: str, value: int) -> Element:
    return c("extLst", c("ext", c15(name, val=value), uri=_EXT_OF_LABEL))
