"""Charts to pictures: a Vega-Lite specification from chart and theme, then SVG and PNG.

One unit is one point.  Labels hang in the first `chart.label_width_pt`, the plot fills the
rest.  What is as stated is solid; what is approximate, or the upper part of a range, is
dashed with a pale fill.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeAlias

from lxml import etree

from reports.charts.bars import bars
from reports.charts.grouped import grouped
from reports.charts.line import line
from reports.charts.looks import config
from reports.charts.marks import Spec
from reports.charts.pen import Pen
from reports.charts.slope import slope
from reports.charts.squares import squares
from reports.charts.timeline import timeline
from reports.charts.vega import vega_svg
from reports.document import (
    BarChart,
    Chart,
    Document,
    Figure,
    GroupedBarChart,
    LineChart,
    SlopeChart,
    SquaresChart,
    TimelineChart,
    VegaChart,
)
from reports.fonts import private_cuts, private_families, public_families, theme_faces
from reports.problems import Problem, ReportError
from reports.themes import Theme

BuiltChart: TypeAlias = (
    BarChart | GroupedBarChart | SlopeChart | LineChart | TimelineChart | SquaresChart
)
_SVG = "{http://www.w3.org/2000/svg}"
_ID_FORMS = ("{}", "#{}", "url(#{})")


def chart_svg(chart: Chart, anchor: str, theme: Theme, fonts: Path) -> str:
    """The chart as an SVG element as wide as the text, to stand alone or within HTML.

    `fonts` is the folder that the cuts of `cut_fonts` lie in.  The element has neither role
    nor text alternative: whoever places it gives both.  Its ids begin with `anchor`, and the
    same chart gives the same bytes in every process.
    """
    if isinstance(chart, VegaChart):
        return _neutral(vega_svg(chart, theme, fonts), anchor)
    spec, looks = _spec(chart, _pen(theme, fonts)), config(theme)
    return _neutral(_drawn(json.dumps(spec), json.dumps(looks), fonts), anchor)


@lru_cache(maxsize=128)
def _drawn(spec: str, looks: str, fonts: Path) -> str:
    """Vega's SVG; most charts are as they were when an edition is made again."""
    import vl_convert

    _register(fonts)
    # As text a number would be read a little otherwise, by one in its seventeenth digit.
    tree, look = json.loads(spec), json.loads(looks)
    # Vega-Lite would fetch data over the network unless every address is refused.
    svg: str = vl_convert.vegalite_to_svg(tree, config=look, allowed_base_urls=[])
    return svg


def chart_png(svg: str, fonts: Path) -> bytes:
    """A picture of `chart_svg` as PNG on white, 300 pixels to the inch at the size it names."""
    import vl_convert

    _register(fonts)
    # On no background, edges come out grey.
    opaque = private_families(svg).replace(
        ">", '><rect width="100%" height="100%" fill="white"/>', 1
    )
    # The rasteriser takes a point for 96/72 pixels, and a pixel for 1/72 inch.
    return bytes(vl_convert.svg_to_png(opaque, scale=72 / 96, ppi=300))


def drawing_png(svg: bytes) -> bytes:
    """A drawing of shapes as PNG on white, 300 pixels to the inch at the size it names."""
    import vl_convert

    root = etree.fromstring(svg)
    x, y, width, height = root.get("viewBox", "").split()
    ground = {"x": x, "y": y, "width": width, "height": height, "fill": "white"}
    root.insert(0, etree.Element(f"{_SVG}rect", ground))
    whole = etree.tostring(root, encoding="unicode")
    return bytes(vl_convert.svg_to_png(whole, scale=72 / 96, ppi=300))


def check_drawn(
    document: Document, theme: Theme, fonts: Callable[[], Path | None]
) -> Iterator[Problem]:
    """What is wrong with the author's own specifications, seen when they are drawn.

    `fonts` makes the folder of `chart_svg`; it is called where there is something to draw.
    """
    for block in document.body:
        if isinstance(block, Figure) and isinstance(block.chart, VegaChart):
            try:
                vega_svg(block.chart, theme, fonts())
            except ReportError as error:
                yield from error.problems


def _spec(chart: BuiltChart, pen: Pen) -> Spec:
    match chart:
        case BarChart():
            return bars(chart, pen)
        case SlopeChart():
            return slope(chart, pen)
        case SquaresChart():
            return squares(chart, pen)
        case GroupedBarChart():
            return grouped(chart, pen)
        case LineChart():
            return line(chart, pen)
        case TimelineChart():
            return timeline(chart, pen)


def _pen(theme: Theme, fonts: Path) -> Pen:
    family = theme.text(f"fonts.{theme.text('type.chart.font')}.family")
    own = [face for face in theme_faces(theme) if face.family == family]
    files = {face.weight: fonts / f"{face.file_stem}.ttf" for face in own if not face.italic}
    return Pen(theme, files[min(files)], files[max(files)])


@cache
def _register(fonts: Path) -> None:
    import vl_convert

    vl_convert.register_font_directory(str(private_cuts(fonts).resolve()))


def _neutral(svg: str, anchor: str) -> str:
    # Vega describes every mark in English.
    root = etree.fromstring(svg.encode())
    for element in root.iter():
        for name in map(str, element.attrib):
            if name in {"role", "class", "version"} or name.startswith("aria-"):
                del element.attrib[name]
    for side in ("width", "height"):
        root.set(side, f"{root.get(side)}pt")
    _rename_ids(root, anchor)
    etree.cleanup_namespaces(root)
    return public_families(etree.tostring(root, encoding="unicode"))


def _rename_ids(root: etree._Element, anchor: str) -> None:
    # Vega counts them per process, and a page holds several charts.
    new = {}
    for number, element in enumerate(root.iterfind(".//*[@id]"), start=1):
        new[element.attrib["id"]] = f"{anchor}-{number}"
    uses = {form.format(old): form.format(new[old]) for old in new for form in _ID_FORMS}
    for element in root.iter():
        for name, value in element.attrib.items():
            element.set(name, uses.get(str(value), value))
