"""Charts as drawn: read back from the SVG, the PNG and the PDF that they become."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from io import BytesIO
from itertools import combinations, pairwise
from pathlib import Path
from random import Random

import pdfplumber
import pytest
import tinyhtml5
import weasyprint
from lxml import etree
from PIL import Image

from reports import charts
from reports.charts import chart_png, chart_svg
from reports.charts.spread import spread
from reports.document import (
    BarChart,
    GroupedBarChart,
    Line,
    LineChart,
    Mark,
    Moment,
    SlopeChart,
    SquaresChart,
    TimelineChart,
)
from reports.fonts import cut_fonts, text_width, theme_faces
from reports.themes import load_theme
from reports.themes.found import BUILT_IN

THEME = load_theme(BUILT_IN / "default/tokens.yaml")
SVG = "{http://www.w3.org/2000/svg}"
NORWAY, DENMARK, DENMARK_TEXT = (THEME.colour(c) for c in ("norge", "danmark", "danmark_text"))
PALE_NORWAY, PALE_DENMARK = THEME.colour("norge_tint"), THEME.colour("danmark_tint")
TRACK, EMPTY, INK, PAPER = (THEME.colour(c) for c in ("tint", "hair", "ink", "paper"))
GREY = THEME.text("chart.palette.2")
SIDE, PLOT = 124.7, 351.5
DASHES = "3,2"


def mark(label, value, text, series="norway", *, approximate=False, high=None):
    top = None if high is None else Decimal(high)
    return Mark("f", label, Decimal(value), text, series, approximate, top)


SHARES = BarChart(
    (
        mark("Norge, voksne", 10, "ca. 10\u202f%", approximate=True),
        mark("København", 70, "70\u202f%", "denmark"),
    ),
    Decimal(100),
)
RANGE = BarChart(
    (mark("Ikke på nett", 10, "10–15\u202f%", "denmark", approximate=True, high=15),),
    Decimal(100),
)
COUNTS = BarChart(
    (
        mark("Innlogginger i 2019", 100_000, "100\u202f000"),
        mark("Innlogginger i 2020", 1_000_000, "over 1\u202f000\u202f000", approximate=True),
    ),
    None,
)
RISE = SlopeChart(
    ("tre år før", "ved intervjuet"),
    (
        Line(
            "Danmark, nye pensjonister som brukte nettet",
            "denmark",
            (
                mark("tre år før", 10, "ca. 10\u202f%", "denmark", approximate=True),
                mark("ved intervjuet", 70, "70\u202f%", "denmark"),
            ),
        ),
    ),
)
FALL = SlopeChart(
    ("før", "etter"),
    (Line("Borgersentre", "denmark", (mark("før", 6, "6", "denmark"), mark("etter", 3, "3", "denmark"))),),
)  # fmt: skip
PEOPLE = SquaresChart(
    (
        mark("voksne i Norge", 10, "ca. 10 av 100", approximate=True),
        mark("i København", 70, "70 av 100", "denmark"),
    )
)


def line(name, series, labels, *values):
    """A line of shares: None for a gap, a text for a hedged one, a pair for a range."""

    def one(label, value):
        match value:
            case None:
                return None
            case str():
                return mark(label, value, f"ca. {value}\u202f%", series, approximate=True)
            case (low, high):
                text = f"{low}–{high}\u202f%"
                return mark(label, low, text, series, approximate=True, high=high)
            case _:
                return mark(label, value, f"{value}\u202f%", series)

    marks = tuple(one(label, value) for label, value in zip(labels, values, strict=True))
    return Line(name, series, marks)


GROUPS = ("Søknader om barnehageplass i de største kommunene", "Byggesaker")
GROUPED = GroupedBarChart(
    GROUPS,
    (
        line("Norge", "norway", GROUPS, 62, (10, 15)),
        line("Danmark", "denmark", GROUPS, 97, None),
        line("Sverige, som virksomhetene selv oppgir", "other", GROUPS, 5, 50),
        line("Island", "fourth", GROUPS, "33", (40, 60)),
    ),
    Decimal(100),
    "Ikke omtalt",
)
TWO_DATES = ("våren\u00a02012 (utledet)", "2019")
CROSSING = SlopeChart(
    TWO_DATES,
    (
        line("Norge", "norway", TWO_DATES, 48, 70),
        line("Danmark, nye pensjonister som brukte nettet", "denmark", TWO_DATES, 50, 71),
        line("Sverige", "other", TWO_DATES, 49, "20"),
        line("Island", "fourth", TWO_DATES, 8, 22),
    ),
)
YEARS = ("2011", "2013", "2014", "2019")
GAPPED = LineChart(
    YEARS,
    tuple(Decimal(year) for year in YEARS),
    (
        line("Norge", "norway", YEARS, 10, 22, None, 70),
        line("Danmark", "denmark", YEARS, 12, (20, 30), 35, 68),
        line("Sverige", "other", YEARS, None, None, 60, "55"),
    ),
)
MANY_YEARS = tuple(str(year) for year in range(2004, 2024))
LONG = LineChart(
    MANY_YEARS,
    tuple(Decimal(year) for year in MANY_YEARS),
    (
        line("Innlogginger", "norway", MANY_YEARS, *(n * n + 3 for n in range(20))),
        line("Skjema på papir", "other", MANY_YEARS, *(400 - 18 * n for n in range(20))),
    ),
)


def moment(when, what, start, end, series="norway", *, approximate=False):
    return Moment("f", when, what, Decimal(start), Decimal(end), series, approximate)


PANDEMIC = TimelineChart(
    (
        moment("mars 2020", "ID-porten hadde flere innlogginger enn noen gang.", "2020", "2020.25"),
        moment("12. februar 2020", "Arbeidslivet ble snudd på hodet.", "2020.125", "2020.125"),
        moment(
            "juni 2020 (utledet)",
            "Løsningen for permitterte kom i juni, og det var senere enn den var lovet.",
            "2020.75",
            "2021",
            "denmark",
            approximate=True,
        ),
    ),
    tuple(
        (Decimal(2020) + quarter * Decimal("0.25"), f"kvartal {quarter}") for quarter in range(5)
    ),
)
ALL = {
    "shares": SHARES,
    "range": RANGE,
    "counts": COUNTS,
    "rise": RISE,
    "fall": FALL,
    "people": PEOPLE,
    "grouped": GROUPED,
    "crossing": CROSSING,
    "gapped": GAPPED,
    "long": LONG,
    "pandemic": PANDEMIC,
}
every_chart = pytest.mark.parametrize("chart", ALL.values(), ids=ALL.keys())


@pytest.fixture(scope="module")
def cuts(tmp_path_factory):
    return cut_fonts(THEME, tmp_path_factory.mktemp("fonts"))


@pytest.fixture(scope="module")
def fonts(cuts):
    return next(iter(cuts.values())).parent


@pytest.fixture(scope="module")
def svg_of(fonts):
    return cache(lambda chart: chart_svg(chart, "fig", THEME, fonts))


@pytest.fixture
def draw(svg_of):
    return lambda chart: etree.fromstring(svg_of(chart))


def spot(element):
    """Where an element stands in the picture, all transforms added up."""
    x = y = 0.0
    for step in (element, *element.iterancestors()):
        if moved := re.fullmatch(r"translate\((\S+),(\S+)\)", step.get("transform", "")):
            x, y = x + float(moved[1]), y + float(moved[2])
    return round(x, 2), round(y, 2)


def texts(root):
    return {" ".join(text.itertext()): text for text in root.iter(f"{SVG}text")}


def rectangles(root, *fills):
    """Left edge, width, fill and dashes of the rectangles of these fills, in order."""
    found = []
    for path in root.iter(f"{SVG}path"):
        shape = re.fullmatch(r"M(\S+?),\S+?h(\S+?)v\S+?h\S+Z", path.get("d"))
        if shape and path.get("fill") in fills:
            left = spot(path)[0] + float(shape[1]) - SIDE
            dashes = path.get("stroke-dasharray")
            found.append((round(left, 2), round(float(shape[2]), 2), path.get("fill"), dashes))
    return found


def right_edge(text, cuts):
    """The right end of a label, by its anchor and its width in the font."""
    weight = int(text.get("font-weight", 400))
    font = next(f for c, f in cuts.items() if (c.family, c.weight) == ("Source Sans 3", weight))
    size = float(text.get("font-size").removesuffix("px"))
    width = max(text_width(line, font, size) for line in text.itertext())
    share = {"start": 1, "middle": 0.5, "end": 0}[text.get("text-anchor")]
    return spot(text)[0] + width * share


# ---------------------------------------------------------------- every chart


@every_chart
def test_a_chart_is_as_wide_as_the_text_in_points(chart, draw):
    root = draw(chart)

    _, _, width, height = root.get("viewBox").split()
    assert (root.get("width"), root.get("height")) == (f"{width}pt", f"{height}pt")
    assert float(width) == pytest.approx(168 / 25.4 * 72, abs=0.1)


@every_chart
def test_a_chart_refers_to_nothing_and_describes_nothing(chart, draw):
    root = draw(chart)

    names = {name for element in root.iter() for name in element.attrib}
    assert not {name for name in names if name.startswith("aria") or "href" in name}
    assert names.isdisjoint({"role", "class", "id", "style", "version"})
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        *("svg", "g", "path", "line", "text", "tspan")
    }


@every_chart
def test_text_is_at_least_eight_points_in_the_quoted_family(chart, draw):
    found = list(draw(chart).iter(f"{SVG}text"))

    # Unquoted, `Source Sans 3` is not CSS, and both browsers and rasteriser fall back.
    assert {text.get("font-family") for text in found} == {"'Source Sans 3', 'Arial'"}
    assert min(float(text.get("font-size").removesuffix("px")) for text in found) >= 8


@every_chart
def test_a_colour_in_a_chart_is_a_colour_of_the_theme(chart, draw):
    drawn = {e.get(name) for e in draw(chart).iter() for name in ("fill", "stroke")}

    palette = {text for path, text in THEME.tokens.items() if text.startswith("#")}
    assert drawn - {None, "none"} <= palette


@every_chart
def test_html_reads_the_same_elements_as_xml(chart, svg_of):
    svg = svg_of(chart)

    page = tinyhtml5.parse(f"<!doctype html><title>t</title><body>{svg}<p>after</p>")
    read = [element.tag for element in page.find(f".//{SVG}svg").iter()]
    assert read == [element.tag for element in etree.fromstring(svg).iter()]
    assert not svg.startswith("<?xml")


@every_chart
def test_no_label_leaves_the_picture(chart, draw, cuts):
    for box in boxes(draw(chart), cuts):
        assert box.left >= -0.01
        assert box.right <= SIDE + PLOT + 0.01


@every_chart
def test_no_label_stands_on_another(chart, draw, cuts):
    found = boxes(draw(chart), cuts)

    for one, other in combinations(found, 2):
        across = one.left < other.right and other.left < one.right
        down = one.top < other.bottom and other.top < one.bottom
        assert not (across and down), (one.text, other.text)


@dataclass(frozen=True)
class Box:
    text: str
    left: float
    top: float
    right: float
    bottom: float


def boxes(root, cuts):
    """The room that each label takes, as high as its letters."""
    found = []
    for text in root.iter(f"{SVG}text"):
        right = right_edge(text, cuts)
        size = float(text.get("font-size").removesuffix("px"))
        weight = int(text.get("font-weight", 400))
        font = next(f for c, f in cuts.items() if (c.family, c.weight) == ("Source Sans 3", weight))
        parts = list(text.iter(f"{SVG}tspan"))
        lines = [part.text for part in parts] or [text.text]
        width = max(text_width(line, font, size) for line in lines)
        share = {"start": 0, "middle": 0.5, "end": 1}[text.get("text-anchor")]
        left = right - width if share != 0.5 else spot(text)[0] - width / 2
        first = spot(text)[1]  # the baseline of the first line
        further = sum(float(part.get("dy", 0)) for part in parts)
        words = " ".join(lines)
        found.append(Box(words, left, first - 0.66 * size, left + width, first + further + 0.1))
    return found


def test_order_and_process_leave_no_trace_in_the_bytes(fonts, svg_of):
    code = (
        "import json, sys; sys.path.insert(0, 'tests'); from test_charts import *\n"
        "names = sys.argv[2:]\n"
        "print(json.dumps({n: chart_svg(ALL[n], 'fig', THEME, Path(sys.argv[1])) for n in names}))"
    )
    names = [*reversed(ALL), "rise", "shares"]

    done = subprocess.run(
        [sys.executable, "-c", code, fonts, *names],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[1],
    )

    assert json.loads(done.stdout) == {name: svg_of(ALL[name]) for name in ALL}


def test_the_ids_of_a_chart_and_their_uses_begin_with_its_anchor():
    clipped = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="5"><defs>'
        '<clipPath id="clip7"/><path id="gradient_2"/></defs>'
        '<g clip-path="url(#clip7)"><use href="#gradient_2"/><text>#clip7</text></g></svg>'
    )

    assert charts._neutral(clipped, "fig-shares") == (
        '<svg xmlns="http://www.w3.org/2000/svg" width="4pt" height="5pt"><defs>'
        '<clipPath id="fig-shares-1"/><path id="fig-shares-2"/></defs>'
        '<g clip-path="url(#fig-shares-1)"><use href="#fig-shares-2"/><text>#clip7</text></g></svg>'
    )


def test_a_chart_fetches_nothing(fonts, monkeypatch):
    closed_port = "http://127.0.0.1:9/data.json"
    spec = {"data": {"url": closed_port}, "mark": "bar", "encoding": {"x": {"field": "a"}}}
    monkeypatch.setattr(charts, "_spec", lambda *_: spec)

    with pytest.raises(ValueError, match=f"data url not allowed: {closed_port}"):
        chart_svg(SHARES, "fig", THEME, fonts)


# ---------------------------------------------------------------- bars


def test_what_is_stated_is_solid_and_what_is_approximate_is_dashed(draw):
    root = draw(SHARES)

    # A dashed outline of 1 pt lies inside its bar.
    assert rectangles(root, TRACK, NORWAY, PALE_NORWAY, DENMARK) == [
        (0, PLOT, TRACK, None),
        (0.5, 34.15, PALE_NORWAY, DASHES),
        (0, PLOT, TRACK, None),
        (0, 246.05, DENMARK, None),
    ]


def test_labels_have_the_colour_of_their_series(draw):
    colours = {text: element.get("fill") for text, element in texts(draw(SHARES)).items()}

    assert colours == {
        "ca. 10\u202f%": NORWAY,
        "Norge, voksne": INK,
        "70\u202f%": DENMARK_TEXT,
        "København": INK,
    }


def test_a_range_is_solid_to_its_lower_end_and_dashed_to_the_upper(draw):
    bars = rectangles(draw(RANGE), DENMARK, PALE_DENMARK)

    assert bars == [(0, 35.15, DENMARK, None), (35.65, 16.58, PALE_DENMARK, DASHES)]


def test_without_a_whole_there_is_no_track_and_every_label_stands_beside_its_bar(draw):
    root = draw(COUNTS)

    small, large = rectangles(root, TRACK, NORWAY, PALE_NORWAY)
    assert (large[1] + 1) / small[1] == pytest.approx(10, rel=0.01)
    assert texts(root)["over 1\u202f000\u202f000"].get("text-anchor") == "start"


@pytest.mark.parametrize(
    ("bar", "colour", "right_of_it"),
    [
        (mark("", 97, "97\u202f%"), PAPER, 97),
        (mark("", 97, "97\u202f%", "denmark"), INK, 97),
        (mark("", 97, "97\u202f%", "other"), PAPER, 97),
        (mark("", 97, "97\u202f%", "denmark", approximate=True), DENMARK_TEXT, 97),
        (mark("", 70, "70–97\u202f%", high=97), PAPER, 70),
        (mark("", 20, "20–97\u202f%", high=97), NORWAY, 97),
    ],
    ids=["norway", "denmark", "other", "approximate", "long solid part", "long dashed part"],
)
def test_a_label_without_room_beside_its_bar_stands_inside(draw, bar, colour, right_of_it):
    label = texts(draw(BarChart((bar,), Decimal(100))))[bar.text]

    assert (label.get("text-anchor"), label.get("fill")) == ("end", colour)
    assert spot(label)[0] == pytest.approx(SIDE + PLOT * right_of_it / 100 - 7.5, abs=0.01)


def test_a_long_name_wraps_within_its_column_and_its_rows_grow(draw, cuts):
    name = "Terskelverdi for offentlige anskaffelser etter endringen, ifølge fornyingsministeren"
    bars = (mark("Før", 500_000, "500\u202f000 kroner"), mark(name, 1_100_000, "1,1 millioner"))

    root = draw(BarChart(bars, None))

    label = texts(root)[name]
    assert len(list(label)) == 3
    assert right_edge(label, cuts) <= 122
    # Three lines of 12.5 pt and the gap of 10 pt: two such rows between the edges.
    assert float(root.get("viewBox").split()[3]) == 2 * (3 * 12.5 + 10) + 2 * 3.75
    # The middle line is on a level with the name of one line in the row above.
    assert spot(label)[1] + 12.5 - spot(texts(root)["Før"])[1] == 3 * 12.5 + 10


def test_no_break_spaces_hold_and_a_word_too_wide_is_cut_with_a_hyphen(draw):
    name = "Ca.\u00a0500\u202f000 virksomhetsarkitekturkompetansesentre"

    root = draw(BarChart((mark(name, 1, "1"),), None))

    lines = next(list(t.itertext()) for t in root.iter(f"{SVG}text") if len(t))
    assert lines[0] == "Ca.\u00a0500\u202f000"
    assert lines[1].endswith("-")
    assert lines[1].removesuffix("-") + lines[2] == "virksomhetsarkitekturkompetansesentre"


def test_bars_of_nothing_and_below_nothing_are_drawn_from_zero(draw):
    bars = (mark("Færre", -5, "−5"), mark("Likt", 0, "0"), mark("Flere", 5, "5"))

    root = draw(BarChart(bars, None))

    fewer, none, more = rectangles(root, NORWAY)
    zero = next(root.iter(f"{SVG}line"))
    assert spot(zero)[0] - SIDE == pytest.approx(fewer[0] + fewer[1], abs=0.02)
    assert none[1] == 0
    assert (more[0], more[1]) == pytest.approx((fewer[0] + fewer[1], fewer[1]), abs=0.02)


# ---------------------------------------------------------------- slope


def dots(root):
    found = [path for path in root.iter(f"{SVG}path") if "A" in path.get("d")]
    return [(spot(p), p.get("fill"), p.get("stroke-dasharray")) for p in found]


def test_a_slope_starts_at_zero_and_has_a_dot_at_both_values(draw):
    (before, fill, dashes), (after, *_) = dots(draw(FALL))

    assert (fill, dashes) == (DENMARK, None)
    top, bottom = 7.5, 7.5 + 75
    assert (before[1], after[1]) == (top, (top + bottom) / 2)
    assert before[0] < after[0]


def test_the_labels_of_a_slope_stand_outside_its_ends_and_the_dates_below(draw):
    root = draw(FALL)

    (before, *_), (after, *_) = dots(root)
    labels = texts(root)
    assert spot(labels["6"])[0] < before[0] < after[0] < spot(labels["3"])[0]
    assert [labels[end].get("text-anchor") for end in ("6", "3")] == ["end", "start"]
    assert [spot(labels[date])[0] for date in ("før", "etter")] == [before[0], after[0]]
    assert spot(labels["Borgersentre"])[0] == 0


def test_an_approximate_end_of_a_slope_and_its_line_are_dashed(draw):
    root = draw(RISE)

    assert [dot[1:] for dot in dots(root)] == [(PALE_DENMARK, DASHES), (DENMARK, None)]
    dashed = [line for line in root.iter(f"{SVG}line") if line.get("stroke-dasharray")]
    assert [line.get("stroke") for line in dashed] == [DENMARK_TEXT]


# ---------------------------------------------------------------- squares


def fills(root):
    """How many squares have each fill, in order of appearance."""
    counts = {}
    for path in root.iter(f"{SVG}path"):
        if re.fullmatch(r"M-4.25,-4.25h8.5v8.5h-8.5Z", path.get("d")):
            counts[path.get("fill")] = counts.get(path.get("fill"), 0) + 1
    return counts


def dashed_lines(root):
    """The dashed lines, left to right and down, in squares from the plot's corner."""
    found = []
    for line in root.iter(f"{SVG}line"):
        if line.get("stroke-dasharray"):
            x, y = spot(line)
            run, fall = float(line.get("x2")), float(line.get("y2"))
            found.append(tuple(round(n / 11, 2) for n in (x - SIDE, y, run, fall)))
    return found


def test_each_share_is_so_many_of_a_hundred_squares(draw):
    assert fills(draw(PEOPLE)) == {NORWAY: 10, EMPTY: 90 + 30, DENMARK: 70}


def test_halves_are_rounded_up(draw):
    assert fills(draw(SquaresChart((mark("", "28.5", ""),)))) == {NORWAY: 29, EMPTY: 71}


def test_an_approximate_share_has_a_dashed_line_around_its_squares(draw):
    lines = dashed_lines(draw(SquaresChart((mark("", 13, "", approximate=True),))))

    top = lines[0][1]
    assert [(x, round(y - top, 2), run, fall) for x, y, run, fall in lines] == [
        (0, 0, 10, 0),  # above
        (0, 0, 0, 2),  # left of both rows
        (3, 1, 7, 0),  # under the end of the full row
        (0, 2, 3, 0),  # under the row of three
        (3, 1, 0, 1),  # right of the row of three
        (10, 0, 0, 1),  # right of the full row
    ]


def test_a_range_of_squares_is_pale_within_dashes(draw):
    root = draw(SquaresChart((mark("", 70, "", "denmark", approximate=True, high=74),)))

    assert fills(root) == {DENMARK: 70, PALE_DENMARK: 4, EMPTY: 26}
    assert [line[2:] for line in dashed_lines(root)] == [(0, 1), (0, 1), (4, 0), (4, 0)]


def test_titles_that_fit_stand_on_one_line_and_others_on_lines_of_their_own(draw):
    long = "voksne med elektronisk legitimasjon for offentlige tjenester"

    short_titles = texts(draw(PEOPLE))
    long_titles = texts(draw(SquaresChart((*PEOPLE.marks, mark(long, 1, "1 av 100")))))

    figure, of_whom = "ca. 10 av 100", "voksne i Norge"
    assert spot(short_titles[figure])[1] == spot(short_titles[of_whom])[1]
    assert spot(long_titles[figure])[1] < spot(long_titles[of_whom])[1]
    # The third field starts a row of its own.
    assert spot(long_titles["1 av 100"])[0] == spot(long_titles[figure])[0] == SIDE
    assert spot(long_titles["1 av 100"])[1] > spot(long_titles[figure])[1] + 110


def test_more_than_a_hundred_of_a_hundred_is_refused(draw):
    with pytest.raises(ValueError, match="101 of a hundred squares"):
        draw(SquaresChart((mark("", 101, ""),)))


# ---------------------------------------------------------------- grouped bars


def test_each_bar_of_a_group_stands_beside_the_name_of_its_line(draw):
    root = draw(GROUPED)

    labels = [(round(middle(text)), spot(text)[0], text) for text in root.iter(f"{SVG}text")]
    rows = {}
    for y, _, text in sorted(labels, key=lambda label: label[:2]):
        near = next((known for known in rows if abs(known - y) <= 7), y)
        rows.setdefault(near, set()).add(" ".join(text.itertext()))
    assert list(rows.values()) == [
        {GROUPS[0]},
        {"Norge", "62\u202f%"},
        {"Danmark", "97\u202f%"},
        {"Sverige, som virksomhetene selv oppgir", "5\u202f%"},
        {"Island", "ca. 33\u202f%"},
        {GROUPS[1]},
        {"Norge", "10–15\u202f%"},
        {"Danmark", "Ikke omtalt"},
        {"Sverige, som virksomhetene selv oppgir", "50\u202f%"},
        {"Island", "40–60\u202f%"},
    ]
    bars = rectangles(root, NORWAY, DENMARK, GREY)
    assert [(round(width / PLOT * 100), fill) for _, width, fill, _ in bars] == [
        *((62, NORWAY), (97, DENMARK), (5, GREY), (10, NORWAY), (50, GREY)),
    ]


def test_the_fourth_colour_has_an_outline_of_ink(draw):
    sand = THEME.text("chart.palette.3")

    drawn = [path for path in draw(GROUPED).iter(f"{SVG}path") if path.get("fill") == sand]

    assert [path.get("stroke") for path in drawn] == [INK]
    edges = [line.get("stroke") for line in draw(CROSSING).iter(f"{SVG}line")]
    assert edges.index(sand) == edges.index(INK) + 1  # the sand lies on the ink


def test_a_bar_shorter_than_its_outline_is_wide_is_drawn_to_the_right(draw):
    bars = (
        mark("En", 1, "ca. 1", approximate=True),
        mark("Mange", 1_000_000, "1\u202f000\u202f000"),
    )

    short, _ = rectangles(draw(BarChart(bars, None)), PALE_NORWAY, NORWAY)

    assert short[1] >= 0


# ---------------------------------------------------------------- several lines


def test_blocks_that_would_overlap_are_moved_apart_as_little_as_can_be():
    assert spread([50, 10, 51], [10, 10, 10], 0, 100) == [45.5, 10, 55.5]
    assert spread([1, 2], [10, 10], 0, 100) == [5, 15]
    assert spread([99, 99, 40], [10, 10, 10], 0, 100) == [85, 95, 40]
    assert spread([50, 50], [30, 30], 0, 40) == [15, 45]


@pytest.mark.parametrize("seed", range(20))
def test_spread_blocks_keep_their_order_and_never_overlap(seed):
    random = Random(seed)  # noqa: S311
    count = random.randrange(1, 8)
    wished = [random.uniform(0, 100) for _ in range(count)]
    heights = [random.uniform(5, 20) for _ in range(count)]

    placed = spread(wished, heights, 0, sum(heights) + random.uniform(0, 60))

    order = sorted(range(count), key=lambda index: wished[index])
    for above, below in pairwise(order):
        gap = placed[below] - placed[above]
        assert gap >= (heights[above] + heights[below]) / 2 - 1e-6


def test_names_of_crossing_lines_stand_level_with_their_first_value(draw):
    labels = texts(draw(CROSSING))

    for name, value in (("Norge", "48"), ("Sverige", "49"), ("Island", "8")):
        assert middle(labels[name]) == pytest.approx(middle(labels[f"{value}\u202f%"]), abs=1.2)


def middle(text):
    """The middle of a line of text, above its baseline."""
    return spot(text)[1] - 0.3 * float(text.get("font-size").removesuffix("px"))


def segments(root, colour):
    """The lines of a colour as pairs of ends, without upright ones."""
    found = []
    for each in root.iter(f"{SVG}line"):
        run, fall = float(each.get("x2")), float(each.get("y2"))
        if each.get("stroke") == colour and run:
            x, y = spot(each)
            found.append(((x, y), (round(x + run, 2), round(y + fall, 2))))
    return found


def test_a_line_breaks_where_its_series_has_no_figure(draw):
    root = draw(GAPPED)

    norway = [spot for spot, fill, _ in dots(root) if fill == NORWAY]
    assert len(norway) == 3
    assert segments(root, NORWAY) == [(norway[0], norway[1])]


def test_dates_stand_as_far_apart_as_the_years_between_them(draw):
    labels = texts(draw(GAPPED))

    at = {year: spot(labels[year])[0] for year in YEARS}
    year = at["2014"] - at["2013"]
    assert at["2013"] - at["2011"] == pytest.approx(2 * year, abs=0.05)
    assert at["2019"] - at["2014"] == pytest.approx(5 * year, abs=0.05)


def test_a_line_that_starts_late_is_named_at_its_first_dot(draw):
    labels = texts(draw(GAPPED))

    assert "Sverige 60\u202f%" in labels
    assert {name: spot(labels[name])[0] for name in ("Norge", "Danmark")} == {
        "Norge": 0,
        "Danmark": 0,
    }


def test_the_height_of_a_dot_is_its_value_over_zero(draw):
    root = draw(GAPPED)

    zero = next(spot(each)[1] for each in root.iter(f"{SVG}line") if each.get("stroke") == INK)
    low, _, high = sorted(at for at, fill, _ in dots(root) if fill == NORWAY)
    assert (zero - high[1]) / (zero - low[1]) == pytest.approx(7, abs=0.01)


def test_of_many_dates_every_second_is_named_and_the_ends_always(draw):
    named = [text for text in texts(draw(LONG)) if text.isdigit()]

    assert sorted(named) == [*(str(year) for year in range(2004, 2021, 2)), "2023"]


# ---------------------------------------------------------------- timeline


def test_an_event_lies_in_its_row_at_its_time(draw):
    root = draw(PANDEMIC)

    (span,) = rectangles(root, NORWAY)
    (inferred,) = rectangles(root, PALE_DENMARK)
    ((day, _, _),) = dots(root)
    year = PLOT - 3.75  # a dot at its end is still whole
    assert span == (0, pytest.approx(year / 4, abs=0.1), NORWAY, None)
    assert (inferred[0], inferred[3]) == (pytest.approx(year * 0.75 + 0.5, abs=0.1), DASHES)
    assert day[0] == pytest.approx(SIDE + year / 8, abs=0.05)


def test_an_event_of_all_the_time_has_its_words_below(draw):
    whole = moment("2020", "Et helt år med pandemi.", "2020", "2021")

    root = draw(TimelineChart((whole,), PANDEMIC.ticks))

    labels = texts(root)
    assert spot(labels[whole.what])[0] == SIDE
    assert spot(labels[whole.what])[1] - spot(labels[whole.when])[1] > 9


def test_dates_stand_at_the_left_and_events_on_the_side_with_room(draw):
    labels = texts(draw(PANDEMIC))

    assert [spot(labels[m.when])[0] for m in PANDEMIC.moments] == [0, 0, 0]
    anchors = [labels[m.what].get("text-anchor") for m in PANDEMIC.moments]
    assert anchors == ["start", "start", "end"]


def test_a_wrapped_event_has_lines_of_about_the_same_length(draw, cuts):
    last = texts(draw(PANDEMIC))[PANDEMIC.moments[-1].what]

    regular = next(f for c, f in cuts.items() if (c.family, c.weight) == ("Source Sans 3", 400))
    widths = [text_width(line, regular, 9) for line in last.itertext()]
    assert min(widths) > 0.6 * max(widths)


# ---------------------------------------------------------------- what becomes of it


def test_the_png_has_three_hundred_pixels_an_inch_and_its_text(fonts):
    picture = Image.open(BytesIO(chart_png(chart_svg(SHARES, "fig", THEME, fonts), fonts)))

    scale = 300 / 72
    assert picture.size == (round(476.2 * scale), round(67.5 * scale))
    assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.01)
    names = picture.crop((0, 0, int(120 * scale), picture.height)).convert("L")
    assert names.getextrema() == (pytest.approx(30, abs=10), 255)
    assert picture.convert("RGBA").getextrema()[3] == (255, 255)


def test_weasyprint_sets_every_label_of_an_inline_chart_in_the_look_s_typeface(fonts, cuts):
    faces = "".join(
        f"@font-face {{font-family: '{f.family}'; font-weight: {f.weight}; src: url({c.as_uri()})}}"
        for f, c in cuts.items()
        if f.family == "Source Sans 3"
    )
    svgs = "".join(chart_svg(chart, name, THEME, fonts) for name, chart in ALL.items())
    html = f"<html lang=nb><title>t</title><style>{faces}</style><body>{svgs}"

    pdf = weasyprint.HTML(string=html).write_pdf()

    with pdfplumber.open(BytesIO(pdf)) as opened:
        characters = [char for page in opened.pages for char in page.chars]
    said = "".join(char["text"] for char in characters)
    for label in ("ca.10%", "København", "10–15%", "over1000000", "pensjonistersombruktenettet"):
        assert label in said  # a reader of PDF infers the spaces
    assert {char["fontname"].split("+")[1] for char in characters} == {
        "Source-Sans-3,",
        "Source-Sans-3-Semi-Bold",
    }


def test_the_two_cuts_of_a_chart_are_among_the_faces():
    sans = THEME.text("fonts.sans.family")

    upright = [face for face in theme_faces(THEME) if face.family == sans and not face.italic]
    assert [face.weight for face in upright] == [400, 600]
