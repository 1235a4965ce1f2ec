"""Charts that Word can edit: a chart part in DrawingML with the workbook of its data inside.

Bars, grouped bars, slopes and lines.  Other charts are pictures: Word has no kind for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, TypeGuard

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from reports.document import BarChart, Chart, GroupedBarChart, LineChart, SlopeChart
from reports.language import Language, load_language
from reports.write.docx.charts.bars import bars, grouped_bars
from reports.write.docx.charts.drawing import EMU, INK, SPACES, Pen, bare, c
from reports.write.docx.charts.lines import lines, slope
from reports.write.docx.charts.plan import Drafting, Plan
from reports.write.docx.charts.sheet import workbook
from reports.write.docx.package import Draft
from reports.write.docx.xml import Element, serialised

__all__ = ["Drawn", "NativeChart", "add_chart", "is_native"]

NativeChart: TypeAlias = BarChart | GroupedBarChart | SlopeChart | LineChart

_WORKBOOK = "rId1"  # the one relationship of a chart part


@dataclass(frozen=True)
class Drawn:
    """A chart in the package: what refers to it, and its width and height in EMU."""

    reference: Element
    width: int
    height: int


def is_native(chart: Chart) -> TypeGuard[NativeChart]:
    """Whether Word can draw and edit the chart; others are pictures."""
    return isinstance(chart, NativeChart)


def add_chart(chart: NativeChart, title: str, draft: Draft) -> Drawn:
    """Add a chart to the package, with the workbook of that title inside."""
    drafting = Drafting(Pen(draft.theme, draft.language), _words(draft.language))
    plan = _plan(chart, drafting)
    part = draft.word.part
    number = 1 + sum(each.reltype == RT.CHART for each in part.rels.values())
    data = Part(
        PackURI(f"/word/embeddings/Microsoft_Excel_Worksheet{number}.xlsx"),
        CT.SML_SHEET,
        workbook(plan.sheet, title, draft.document.cover.publisher),
        part.package,
    )
    name, root = f"/word/charts/chart{number}.xml", serialised(_space(plan, drafting))
    drawn = Part(PackURI(name), CT.DML_CHART, root, part.package)
    drawn.load_rel(RT.PACKAGE, data, _WORKBOOK)
    key = part.relate_to(drawn, RT.CHART)
    reference = c("chart", **{f"{{{SPACES['r']}}}id": key})
    return Drawn(reference, round(drafting.width * EMU), round(plan.height * EMU))


def _plan(chart: NativeChart, drafting: Drafting) -> Plan:
    match chart:
        case BarChart():
            return bars(chart, drafting)
        case GroupedBarChart():
            return grouped_bars(chart, drafting)
        case SlopeChart():
            return slope(chart, drafting)
        case LineChart():
            return lines(chart, drafting)


def _space(plan: Plan, drafting: Drafting) -> Element:
    """The root of a chart part (21.2.2.29)."""
    shown = c(
        "chart",
        c("autoTitleDeleted", val=1),
        plan.plot,
        c("plotVisOnly", val=1),
        c("dispBlanksAs", val="gap"),
    )
    root = c(
        "chartSpace",
        c("date1904", val=0),
        c("lang", val=drafting.pen.language),
        c("roundedCorners", val=0),
        shown,
        bare(),
        drafting.pen.letters("type.chart.size", INK),
        c("externalData", c("autoUpdate", val=0), **{f"{{{SPACES['r']}}}id": _WORKBOOK}),
    )
    etree.cleanup_namespaces(root, top_nsmap=SPACES)
    return root


def _words(region: str) -> Language:
    """The tool's words in the language of a region such as "nb-NO"."""
    return load_language(region.split("-", maxsplit=1)[0])
