"""One series of a chart: its cells, its look, and what single points of it look like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.write.docx.charts.drawing import Pen, c
from reports.write.docx.charts.labels import Label, label_cells, labels
from reports.write.docx.charts.sheet import Column, Sheet
from reports.write.docx.xml import Element


@dataclass(frozen=True)
class Point:
    """How one point differs from its series: marker and shape are `marker` and `spPr`."""

    index: int
    shape: Element | None = None
    marker: Element | None = None


@dataclass(frozen=True)
class Series:
    """A column of values with its look; labels are words of the column `text`."""

    column: Column
    shape: Element
    points: Sequence[Point] = ()
    labels: Sequence[Label] = ()
    text: Column | None = None
    marker: Element | None = None
    whiskers: Element | None = None


def bar_series(number: int, series: Series, names: Column, sheet: Sheet, pen: Pen) -> Element:
    """A series of bars (21.2.2.170, CT_BarSer)."""
    return c(
        "ser",
        *_start(number, series, sheet),
        c("invertIfNegative", val=0),
        *(_bar_point(point) for point in series.points),
        _labels(series, pen),
        c("cat", sheet.words(names)),
        c("val", sheet.numbers(series.column)),
        _end(series, sheet),
    )


def line_series(number: int, series: Series, names: Column, sheet: Sheet, pen: Pen) -> Element:
    """A series of dots with lines between them, each at a name (CT_LineSer)."""
    return c(
        "ser",
        *_line_start(number, series, sheet, pen),
        c("cat", sheet.words(names)),
        c("val", sheet.numbers(series.column)),
        c("smooth", val=0),
        _end(series, sheet),
    )


def dated_series(number: int, series: Series, years: Column, sheet: Sheet, pen: Pen) -> Element:
    """A series of dots with lines between them, each at its year (CT_ScatterSer)."""
    return c(
        "ser",
        *_line_start(number, series, sheet, pen),
        c("xVal", sheet.numbers(years)),
        c("yVal", sheet.numbers(series.column)),
        c("smooth", val=0),
        _end(series, sheet),
    )


def _start(number: int, series: Series, sheet: Sheet) -> tuple[Element, ...]:
    name = sheet.head(series.column)
    return c("idx", val=number), c("order", val=number), name, series.shape


def _line_start(number: int, series: Series, sheet: Sheet, pen: Pen) -> tuple[Element | None, ...]:
    points = (
        c("dPt", c("idx", val=point.index), point.marker, c("bubble3D", val=0), point.shape)
        for point in series.points
    )
    start = _start(number, series, sheet)
    return (*start, series.marker, *points, _labels(series, pen), series.whiskers)


def _bar_point(point: Point) -> Element:
    return c(
        "dPt",
        c("idx", val=point.index),
        c("invertIfNegative", val=0),
        c("bubble3D", val=0),
        point.shape,
    )


def _labels(series: Series, pen: Pen) -> Element | None:
    return labels(series.labels, series.column.head, pen) if series.labels else None


def _end(series: Series, sheet: Sheet) -> Element | None:
    return label_cells(sheet.labels(series.text)) if series.labels and series.text else None
