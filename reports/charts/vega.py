"""Charts of an author's own: drawn apart, and checked for what no fact says."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from lxml import etree

from reports.charts.looks import config
from reports.charts.marks import Spec
from reports.document import VegaChart
from reports.fonts import private_cuts
from reports.problems import Problem, ReportError
from reports.themes import Theme

MAX_SECONDS = 20
_MAX_SVG = 2_000_000
_MAX_HEIGHT_PT = 600  # a page's text area, less its caption
_SVG = "{http://www.w3.org/2000/svg}"
_TAGS = frozenset(
    _SVG + tag for tag in ("svg", "g", "path", "line", "rect", "text", "tspan", "defs", "clipPath")
)
_NUMBER = re.compile(r"\d[\d.,\s\u202f\u00a0/–-]*")
_SCALE_LABELS = ("role-axis-label", "role-legend-label")
_PARTS = ("title", "label")  # of axes, headers and legends
_CALL = re.compile(r"([^\s(),;:]*)\(([^()]*)")  # in a value of SVG: what is called, with what
_CALLED = ("matrix", "rotate", "scale", "translate", "rgb", "rgba", "hsl", "hsla")
_LOCAL = re.compile(r"#[\w-]+")


def vega_svg(chart: VegaChart, theme: Theme, fonts: Path | None) -> str:
    """The chart as Vega's SVG, as wide as the text.

    Raises ReportError at the specification if it can't be drawn, warns, is too large, draws
    nothing, or prints a number that none of its facts says.
    """
    look = json.dumps(_config(theme), sort_keys=True)
    svg, said = _drawn(chart.spec, look, str(private_cuts(fonts).resolve()) if fonts else "")
    problems = [Problem(chart.place, what, hint) for what, hint in said]
    if not problems:
        root = etree.fromstring(svg.encode())
        problems = [Problem(chart.place, what, hint) for what, hint in _faults(root, chart, theme)]
        svg = _widened(root, theme)
    if problems:
        raise ReportError(*problems)
    return svg


@lru_cache(maxsize=64)
def _drawn(spec: str, look: str, fonts: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Vega's SVG, and what it said of the specification, each with a hint."""
    tree = {key: value for key, value in json.loads(spec).items() if key != "usermeta"}
    order = json.dumps({"spec": tree, "config": json.loads(look), "fonts": fonts})
    # The zone of the machine would move dates along an axis.
    environment = {**os.environ, "TZ": "UTC"}
    try:
        done = subprocess.run(  # noqa: S603 - our own script
            [sys.executable, "-P", str(Path(__file__).with_name("apart.py"))],
            input=order.encode(),
            capture_output=True,
            env=environment,
            timeout=MAX_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        what = f"the chart isn't drawn after {MAX_SECONDS} seconds"
        return "", ((what, "look for a scale with too many ticks or bins"),)
    told = done.stderr.decode(errors="replace")
    if done.returncode:
        return "", ((_failure(told), "see the Vega-Lite manual; docs/templates.md has examples"),)
    warned = [line.removeprefix("WARN ") for line in told.splitlines() if line.strip()]
    said = tuple((f"Vega-Lite warns: {line.rstrip('.')}", "") for line in warned)
    if len(done.stdout) > _MAX_SVG:
        said += (("the chart is too large to print", "draw fewer marks or ticks"),)
    return done.stdout.decode(), said


def _failure(told: str) -> str:
    """The reason in what Vega said while it failed, without its stack."""
    reasons = re.findall(r"^\w*Error: (.*)$", told, re.MULTILINE)
    if not reasons:
        return "Vega-Lite can't draw this"
    reason = re.sub(r"\{.*\}", "{…}", reasons[0]).rstrip(".")
    return f"Vega-Lite can't draw this: {reason[:1].lower()}{reason[1:200]}"


def _faults(root: etree._Element, chart: VegaChart, theme: Theme) -> Iterator[tuple[str, str]]:
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    widest = _widest(theme)
    if width > widest + 0.5:
        what = f"the chart is {width:.0f} points wide; the text is {widest:.0f}"
        yield what, "give it a smaller 'width'"
    if height > _MAX_HEIGHT_PT:
        yield f"the chart is {height:.0f} points high; {_MAX_HEIGHT_PT} fit", "lower its 'height'"
    strange = sorted({str(e.tag).rpartition("}")[2] for e in root.iter() if e.tag not in _TAGS})
    if strange:
        yield f"the chart holds '{strange[0]}', which has no place in it", "draw marks alone"
    values = " ".join(str(value) for e in root.iter() for value in e.attrib.values())
    if re.search(r"\b(NaN|undefined|Infinity)\b", values):
        yield "a mark of the chart has no place", "use fields that hold numbers: value, high"
    yield from _leading_out(root)
    if not any(len(group) for group in root.iter(f"{_SVG}g") if _is_mark(group)):
        yield "the chart draws nothing", "look at its filters and fields"
    yield from _unsourced(root, json.loads(chart.spec))


def _leading_out(root: etree._Element) -> Iterator[tuple[str, str]]:
    """What would have a page load a paint, a cursor or a picture from elsewhere.

    Vega prints colours as they are given or computed, so they are judged in what it draws.
    """
    said = {
        str(value)
        for element in root.iter()
        for name, value in element.attrib.items()
        if not str(name).startswith("aria-")
    }
    for value in sorted(said):
        calls = _CALL.findall(value)
        local = all(
            name in _CALLED or (name == "url" and _LOCAL.fullmatch(inside))
            for name, inside in calls
        )
        if not local or "\\" in value:
            yield f"the chart leads to '{value[:60]}'", "name a colour, such as one of the theme's"


def _is_mark(group: etree._Element) -> bool:
    return "role-mark" in (group.get("class") or "")


def _unsourced(root: etree._Element, spec: Spec) -> Iterator[tuple[str, str]]:
    """The numbers that the chart prints and no fact does."""
    known = sorted(_known(spec), key=len, reverse=True)
    for text in root.iter(f"{_SVG}text"):
        said = " ".join(map(str, text.itertext()))
        role = (getattr(text.getparent(), "attrib", {}) or {}).get("class", "")
        if any(label in str(role) for label in _SCALE_LABELS):
            continue
        left = said
        for each in known:
            left = left.replace(each, " ")
        if "…" in left:
            yield f"the chart cuts a text off: '{said.strip()}'", "give it room: 'limit', 'width'"
            continue
        found = _NUMBER.search(left)
        if found:
            what = f"the chart prints '{said.strip()}', and no fact says '{found[0].strip()}'"
            hint = "print the field 'text', which has hedge and unit; compute figures in the store"
            yield what, hint


def _known(spec: Spec) -> Iterator[str]:
    """What may be printed: the words of the facts, and those of the author that were checked."""
    data, meta = spec["data"], spec["usermeta"]
    rows = data["values"] if isinstance(data, dict) else []
    for row in rows:
        for name, value in row.items():
            if isinstance(value, str) and value and name not in ("id", "date"):
                yield value
    yield from (text for text in (meta["texts"] if isinstance(meta, dict) else []) if text)


def _widest(theme: Theme) -> float:
    return theme.number("chart.label_width_pt") + theme.number("chart.width_pt")


def _widened(root: etree._Element, theme: Theme) -> str:
    """The chart on a canvas as wide as the text, one unit a point.

    One without names at its left starts where the main column does.
    """
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    bare = width <= theme.number("chart.width_pt") + 1
    left = theme.number("chart.label_width_pt") if bare else 0
    root.set("viewBox", f"{-left:g} 0 {_widest(theme):g} {height:g}")
    root.set("width", f"{_widest(theme):g}")
    return etree.tostring(root, encoding="unicode")


def _config(theme: Theme) -> Spec:
    """The theme's configuration for charts that bring axes of their own."""
    size = theme.number("type.chart.size")
    words = {"labelFontSize": size, "titleFontSize": size, "labelColor": theme.colour("ink")}
    quiet = {"domain": False, "ticks": False, "grid": False, "title": None}
    side = theme.number("chart.label_width_pt")
    palette = [theme.colour("norge"), theme.colour("danmark")]
    palette += [theme.text("chart.palette.2"), theme.text("chart.palette.3")]
    return {
        **config(theme),
        "autosize": {"type": "pad"},
        "padding": 0,
        "view": {
            "stroke": None,
            "continuousWidth": theme.number("chart.width_pt"),
            "discreteWidth": theme.number("chart.width_pt"),
            "step": theme.number("chart.bar_pt") + theme.number("chart.gap_pt"),
        },
        "axis": {**words, **quiet, "labelLimit": side - theme.number("space_pt.s")},
        "axisY": {"labelAlign": "left", "labelPadding": side, "labelBaseline": "middle"},
        "axisXQuantitative": {"labels": False},
        "axisYQuantitative": {"labels": False},
        "legend": {"disable": True},
        "point": {"opacity": 1},
        "header": {"labelFontSize": size, "title": None},
        "title": {"fontSize": size, "anchor": "start", "color": theme.colour("ink")},
        "range": {"category": palette, "ordinal": palette},
    }
