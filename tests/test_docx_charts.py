"""Charts in Word files: what they draw, what their workbooks hold, and what judges say of them."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import docx_integrity
import openpyxl
import pytest
from lxml import etree
from openpyxl.utils import range_boundaries
from openxml_audit import FileFormat, OpenXmlValidator
from shipped import every_edition

from reports.document import (
    BarChart,
    Caption,
    Chart,
    Colophon,
    Cover,
    Document,
    Figure,
    GroupedBarChart,
    Heading,
    Layout,
    Line,
    LineChart,
    Mark,
    Notes,
    SlopeChart,
    SourceList,
    SquaresChart,
    Text,
)
from reports.problems import Place
from reports.themes import Theme, load_theme
from reports.themes.found import BUILT_IN
from reports.write.docx import is_native, write_docx
from reports.write.docx.charts import NativeChart

ROOT = Path(__file__).resolve().parent.parent
THEME = load_theme(BUILT_IN / "default/tokens.yaml")
PLACE = Place(Path("templates/channels/leaders.nb.md.j2"), 3)
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C15 = "{http://schemas.microsoft.com/office/drawing/2012/chart}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def mark(fact, label, value, text, series="norway", *, hedged=False, high=None):
    top = None if high is None else Decimal(high)
    return Mark(fact, label, Decimal(value), text, series, hedged or top is not None, top)


SHARES = BarChart(
    (
        mark("no.adults", "Norge, voksne", 10, "ca. 10\u202f%", hedged=True),
        mark("cph.all", "København, grunnlag ikke oppgitt", 70, "70\u202f%", "denmark"),
        mark("dk.offline", "Ikke på nett", 10, "10–15\u202f%", "denmark", high=15),
        mark("se.most", "Nesten alle", 97, "nesten 97\u202f%", "other", hedged=True),
        mark("fi.all", "Alle", 100, "100\u202f%"),
    ),
    Decimal(100),
)
CHANGES = BarChart(
    (
        mark("no.less", "Norge", "-12.5", "−12,5 prosentpoeng"),
        mark("dk.more", "Danmark", 7, "ca. 7 prosentpoeng", "denmark", hedged=True),
    ),
    None,
)
GROUPS = GroupedBarChart(
    ("Hjelp fra det offentlige", "Ingen hjelp"),
    (
        Line("Norge", "norway", (mark("no.help", "a", 50, "50\u202f%"), None)),
        Line(
            "Danmark",
            "denmark",
            (
                mark("dk.help", "a", 60, "60–66\u202f%", "denmark", high=66),
                mark("dk.none", "b", 20, "20\u202f%", "denmark"),
            ),
        ),
    ),
    Decimal(100),
    "Ikke omtalt",
)
SLOPE = SlopeChart(
    ("tre år før", "ved intervjuet"),
    (
        Line(
            "Nye pensjonister som brukte nettet",
            "denmark",
            (
                mark("dk.then", "før", 10, "ca. 10\u202f%", "denmark", hedged=True),
                mark("dk.now", "nå", 70, "70\u202f%", "denmark"),
            ),
        ),
        Line(
            "Norge",
            "norway",
            (
                mark("no.then", "før", 12, "12\u202f%"),
                mark("no.now", "nå", 68, "68–75\u202f%", high=75),
            ),
        ),
    ),
)
YEARS = LineChart(
    ("2018", "2019", "2020"),
    (Decimal(2018), Decimal(2019), Decimal(2020)),
    (
        Line(
            "Norge",
            "norway",
            (
                mark("no.18", "2018", 20, "20\u202f%"),
                None,
                mark("no.20", "2020", 45, "om lag 45\u202f%", hedged=True),
            ),
        ),
        Line(
            "Danmark",
            "denmark",
            (
                mark("dk.18", "2018", 50, "50\u202f%", "denmark"),
                mark("dk.19", "2019", 55, "55–61\u202f%", "denmark", high=61),
                mark("dk.20", "2020", 66, "66\u202f%", "denmark"),
            ),
        ),
    ),
)
UNEVEN = replace(YEARS, dates=("2011", "juli 2019", "mars 2020"), years=(Decimal(2011), Decimal("2019.5"), Decimal("2020.2")))  # fmt: skip
ALL: dict[str, Chart] = {
    "shares": SHARES,
    "changes": CHANGES,
    "groups": GROUPS,
    "slope": SLOPE,
    "years": YEARS,
    "uneven": UNEVEN,
}


def text(words: str) -> tuple[Text, ...]:
    return (Text(words),)


def document(charts: Mapping[str, Chart], language: str = "nb") -> Document:
    """A document of figures only; each has its name for title, anchor and alternative text."""
    heading = Heading(2, text("Noter"), "noter", "", annex=True, place=PLACE)
    cover = Cover(
        publisher="Havneby kommune",
        kind="Rapport",
        status="UTKAST",
        title=text("Søknader"),
        short_title="Søknader",
        lead=(),
        meta=(),
        meta_label="Om dokumentet",
        case="",
        running="Ledelsen",
        page_of=("Side", "av"),
    )
    return Document(
        language=language,
        layout=Layout.MEMO,
        cover=cover,
        body=tuple(
            Figure(
                Caption(f"Figur {number}", text(f"Om {name}"), text("Stiplet: anslag"), name),
                chart,
                f"Alt: {name}",
                PLACE,
            )
            for number, (name, chart) in enumerate(charts.items(), start=1)
        ),
        notes=Notes(heading, ("Nr.", "Tall", "Hvem", "Når", "Kilde"), (), (), None),
        sources=SourceList(replace(heading, anchor="kilder"), ()),
        colophon=Colophon("Slik er dokumentet laget", "Satt sammen av to kilder."),
    )


def written(
    charts: Mapping[str, Chart] = ALL, language: str = "nb", theme: Theme = THEME
) -> Mapping[str, bytes]:
    """The parts of the Word file with these charts, by their names."""
    return parts(write_docx(document(charts, language), theme, {}))


def parts(file: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(file)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(found: Mapping[str, bytes], file: Path) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in found.items():
            package.writestr(name, data)
    return file


def chart_of(found: Mapping[str, bytes], name: str) -> etree._Element:
    number = list(ALL).index(name) + 1
    return etree.fromstring(found[f"word/charts/chart{number}.xml"])


def rows_of(found: Mapping[str, bytes], name: str) -> list[tuple[object, ...]]:
    """The cells of a chart's workbook, as Excel would show them."""
    number = list(ALL).index(name) + 1
    data = found[f"word/embeddings/Microsoft_Excel_Worksheet{number}.xlsx"]
    book = openpyxl.load_workbook(BytesIO(data), data_only=True)
    assert book.sheetnames == ["Data"]
    return list(book["Data"].iter_rows(values_only=True))


@pytest.fixture(scope="module")
def whole() -> Mapping[str, bytes]:
    return written()


# ---------------------------------------------------------------- workbooks


def test_a_workbook_of_bars_holds_each_mark_with_its_fact_in_order(whole):
    assert rows_of(whole, "shares") == [
        ("Hva", "Verdi", "Øvre ende", "Som trykt", "Faktum", "Hele"),
        *(
            (m.label, m.value, m.high, m.text, m.fact, 100)
            for m in SHARES.marks
        ),
    ]  # fmt: skip


def test_a_workbook_of_groups_has_a_row_a_bar_and_says_what_is_missing(whole):
    assert rows_of(whole, "groups") == [
        ("Hva", "Verdi", "Øvre ende", "Som trykt", "Faktum", "Hele", "Grunnlinje"),
        (None, None, None, "Hjelp fra det offentlige", None, None, 0),
        ("Norge", 50, None, "50\u202f%", "no.help", 100, None),
        ("Danmark", 60, 66, "60–66\u202f%", "dk.help", 100, None),
        (None, None, None, "Ingen hjelp", None, None, 0),
        ("Norge", None, None, "Ikke omtalt", None, 100, 0),
        ("Danmark", 20, None, "20\u202f%", "dk.none", 100, None),
    ]


def test_a_workbook_of_lines_has_a_row_a_date_and_columns_a_line(whole):
    assert rows_of(whole, "uneven") == [
        (
            *("Dato", "Dato som årstall", "Norge", "Danmark"),
            *("Norge: øvre ende", "Norge: som trykt", "Norge: faktum"),
            *("Danmark: øvre ende", "Danmark: som trykt", "Danmark: faktum"),
            *("Norge: spenn", "Danmark: spenn", "Grunnlinje"),
        ),
        ("2011", 2011, 20, 50, None, "20\u202f%", "no.18", None, "50\u202f%", "dk.18", None, None, 0),
        ("juli 2019", 2019.5, None, 55, None, None, None, 61, "55–61\u202f%", "dk.19", None, 6, 0),
        ("mars 2020", 2020.2, 45, 66, None, "om lag 45\u202f%", "no.20", None, "66\u202f%", "dk.20", None, None, 0),
    ]  # fmt: skip


def test_a_workbook_speaks_the_language_of_its_document():
    heads = rows_of(written({"shares": SHARES}, "en"), "shares")[0]

    assert heads == ("What", "Value", "Upper end", "As printed", "Fact", "Whole")


def test_a_span_is_worked_out_anew_when_its_ends_change(whole):
    number = list(ALL).index("years") + 1
    data = whole[f"word/embeddings/Microsoft_Excel_Worksheet{number}.xlsx"]

    [*_, last] = openpyxl.load_workbook(BytesIO(data))["Data"].iter_cols(values_only=True)

    assert last == ("Danmark: spenn", None, "=G3-C3", None)


@pytest.mark.parametrize("name", list(ALL))
def test_a_chart_shows_what_the_cells_that_it_names_hold(whole, name):
    cells = rows_of(whole, name)
    found = list(cached(chart_of(whole, name)))

    assert found
    for address, copy in found:
        sheet, _, area = address.partition("!")
        left, top, right, bottom = range_boundaries(area)
        assert sheet == "Data"
        assert left == right
        held = [row[left - 1] for row in cells[top - 1 : bottom]]
        assert copy == [shown_in_xml(cell) for cell in held]


def shown_in_xml(cell: object) -> str | None:
    return cell if cell is None or isinstance(cell, str) else f"{cell:g}"


def cached(chart: etree._Element) -> Iterator[tuple[str, list[str | None]]]:
    """Each reference to cells of the workbook, and what the chart says is in them."""
    for formula in chart.iter(f"{C}f", f"{C15}f"):
        [copy] = formula.itersiblings()
        points = {int(point.get("idx")): point.findtext(f"{C}v") for point in copy.iter(f"{C}pt")}
        count = int(copy.find(f"{C}ptCount").get("val"))
        yield formula.text, [points.get(index) for index in range(count)]


# ---------------------------------------------------------------- what is drawn


def labels(chart: etree._Element) -> dict[str, str]:
    """Where each label stands, by its words; the words of a name come first."""
    return {
        " ".join(words.text.strip() for words in label.iter(f"{A}t")): label.find(
            f"{C}dLblPos"
        ).get("val")
        for label in chart.iter(f"{C}dLbl")
    }


def test_labels_say_what_the_pdf_prints_and_stand_inside_where_no_room_is_left(whole):
    assert labels(chart_of(whole, "shares")) == {
        "10–15\u202f%": "outEnd",
        "ca. 10\u202f%": "outEnd",
        "70\u202f%": "outEnd",
        "nesten 97\u202f%": "inEnd",
        "100\u202f%": "inEnd",
    }
    assert labels(chart_of(whole, "groups")) == {
        "60–66\u202f%": "outEnd",
        "50\u202f%": "outEnd",
        "20\u202f%": "outEnd",
        "Hjelp fra det offentlige": "outEnd",
        "Ingen hjelp": "outEnd",
        "Ikke omtalt": "outEnd",
    }


def test_a_line_is_named_where_it_starts(whole):
    found = labels(chart_of(whole, "slope"))

    assert found == {
        "Nye pensjonister som brukte nettet ca. 10\u202f%": "l",
        "Norge 12\u202f%": "l",
        "70\u202f%": "r",
        "68–75\u202f%": "r",
    }


def test_labels_at_one_date_stand_clear_of_each_other(whole):
    chart = chart_of(whole, "slope")
    height = int(extents(whole)[list(ALL).index("slope")][1]) / 12700

    moved = {
        "".join(t.text for t in label.iter(f"{A}t")): float(y.get("val")) * height
        for label in chart.iter(f"{C}dLbl")
        for y in label.iter(f"{C}y")
    }
    # 70 % and 68 % lie some two points apart: their labels part to fifteen.
    assert moved["70\u202f%"] < -5
    assert moved["68–75\u202f%"] > 5


def fills(series: etree._Element) -> dict[int, tuple[str, bool]]:
    """The fill of each point that has one of its own, and whether it has a dashed outline."""
    return {
        int(point.find(f"{C}idx").get("val")): (
            point.find(f"{C}spPr/{A}solidFill/{A}schemeClr").get("val"),
            point.find(f"{C}spPr/{A}ln/{A}custDash") is not None,
        )
        for point in series.iter(f"{C}dPt")
    }


def test_bars_are_solid_as_stated_and_dashed_where_hedged_or_up_to_the_end_of_a_range(whole):
    track, upper, value = chart_of(whole, "shares").iter(f"{C}ser")

    assert fills(track) == {}
    assert fills(upper) == {2: ("accent6", True)}
    assert fills(value) == {
        0: ("accent5", True),
        1: ("accent2", False),
        2: ("accent2", False),
        3: ("lt2", True),
        4: ("accent1", False),
    }


def test_bars_lie_over_each_other_from_zero_in_order_from_the_top(whole):
    chart = chart_of(whole, "shares")

    assert value_of(chart, "overlap") == "100"
    assert [each.get("val") for each in chart.iter(f"{C}orientation")] == ["maxMin", "minMax"]
    assert (value_of(chart, "min"), value_of(chart, "max")) == ("0", "100")
    assert value_of(chart, "crosses") == "autoZero"


def test_bars_below_zero_leave_room_for_their_labels(whole):
    chart = chart_of(whole, "changes")

    assert float(value_of(chart, "min")) < -20
    assert chart.find(f".//{C}max") is None  # new values fit


def value_of(chart: etree._Element, tag: str) -> str:
    return next(chart.iter(f"{C}{tag}")).get("val")


def test_a_line_breaks_where_it_has_no_value_and_is_dashed_where_it_is_hedged(whole):
    norway, denmark = chart_of(whole, "years").iter(f"{C}ser")

    assert value_of(chart_of(whole, "years"), "dispBlanksAs") == "gap"
    assert [p.get("idx") for p in norway.iterfind(f"{C}val//{C}pt")] == ["0", "2"]
    assert norway.find(f"{C}dPt/{C}marker/{C}spPr/{A}ln/{A}custDash") is not None
    assert denmark.find(f"{C}spPr/{A}ln/{A}custDash") is not None
    [whiskers] = denmark.iter(f"{C}errBars")
    assert [p.findtext(f"{C}v") for p in whiskers.iter(f"{C}pt")] == ["6"]


def test_dates_at_uneven_distances_stand_where_their_years_place_them(whole):
    even, uneven = chart_of(whole, "years"), chart_of(whole, "uneven")

    assert even.find(f".//{C}lineChart") is not None
    first, *_, dates = uneven.iter(f"{C}ser")
    places = [p.findtext(f"{C}v") for p in first.iterfind(f"{C}xVal//{C}pt")]
    assert places == ["2011", "2019.5", "2020.2"]
    assert set(labels(dates)) == {"2011", "juli 2019", "mars 2020"}
    drops = [y.get("val") for label in dates.iter(f"{C}dLbl") for y in label.iter(f"{C}y")]
    assert len(drops) == 1  # March 2020, on a second row


def test_colours_and_fonts_are_slots_of_the_documents_theme_which_the_tokens_fill(whole):
    own = replace(THEME, tokens={**THEME.tokens, "colours.norge": "#123456"})
    names = [name for name in whole if name.startswith("word/charts/chart")]

    theme = etree.fromstring(written({}, theme=own)["word/theme/theme1.xml"])

    slots = {s.tag.removeprefix(A): s[0].get("val") for s in theme.iter(f"{A}clrScheme").__next__()}
    assert slots["accent1"] == "123456"
    assert slots["accent2"] == THEME.colour("danmark")[1:]
    assert [f.get("typeface") for f in theme.iter(f"{A}latin")] == [
        "Source Serif 4",
        "Source Sans 3",
    ]
    for name in names:
        chart = etree.fromstring(whole[name])
        assert {each.get("val") for each in chart.iter(f"{A}schemeClr")} <= slots.keys()
        assert {each.get("typeface") for each in chart.iter(f"{A}latin")} == {"+mn-lt"}
        assert chart.find(f".//{A}srgbClr") is None


def test_no_chart_has_gridlines_a_legend_a_title_or_round_corners(whole):
    for name in ALL:
        chart = chart_of(whole, name)
        unwanted = [chart.find(f".//{C}{tag}") for tag in ("legend", "title")]
        assert unwanted == [None, None]
        assert chart.find(f".//{C}valAx/{C}majorGridlines") is None
        assert value_of(chart, "roundedCorners") == "0"
        assert value_of(chart, "autoTitleDeleted") == "1"
        assert value_of(chart, "lang") == "nb-NO"


# ---------------------------------------------------------------- in the document


def extents(found: Mapping[str, bytes]) -> list[tuple[str, str]]:
    body = etree.fromstring(found["word/document.xml"])
    return [(each.get("cx"), each.get("cy")) for each in body.iter(f"{WP}extent")]


def test_each_chart_is_as_wide_as_the_text_with_its_name_and_alternative_text(whole):
    body = etree.fromstring(whole["word/document.xml"])

    known = [(each.get("name"), each.get("descr")) for each in body.iter(f"{WP}docPr")]

    assert known == [(f"Figur {n}", f"Alt: {name}") for n, name in enumerate(ALL, start=1)]
    assert {width for width, _ in extents(whole)} == {str(168 * 36000)}


def test_a_chart_that_word_has_no_kind_for_is_a_picture():
    charts = {"shares": SHARES, "squares": SquaresChart(SHARES.marks)}
    png = (ROOT / "docs/political-leadership.en.png").read_bytes()

    found = parts(write_docx(document(charts), THEME, {"squares": png}))

    assert sorted(name for name in found if re.match("word/(charts|media|embed)", name)) == [
        "word/charts/_rels/chart1.xml.rels",
        "word/charts/chart1.xml",
        "word/embeddings/Microsoft_Excel_Worksheet1.xlsx",
        "word/media/image1.png",
    ]


def test_charts_are_the_same_bytes_in_another_process_and_time_zone():
    script = (
        "import hashlib, test_docx_charts as t;"
        "print(hashlib.sha256(t.write_docx(t.document(t.ALL), t.THEME, {})).hexdigest())"
    )
    around = {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "PYTHONPATH": str(ROOT)}
    elsewhere = {**os.environ, **around}

    done = subprocess.run(
        [sys.executable, "-c", script],
        env=elsewhere,
        cwd=ROOT / "tests",
        check=True,
        capture_output=True,
        text=True,
    )

    here = write_docx(document(ALL), THEME, {})
    assert done.stdout.strip() == hashlib.sha256(here).hexdigest()


@every_edition
def test_every_edition_that_ships_has_the_facts_of_its_charts_in_workbooks(shipped, name):
    figures = [block for block in shipped.documents[name].body if isinstance(block, Figure)]
    native = [figure.chart for figure in figures if is_native(figure.chart)]

    found = parts(shipped.file(name, "docx").read_bytes())

    books = [part for part in found if part.startswith("word/embeddings/")]
    assert len(books) == len(native)
    for number, chart in enumerate(native, start=1):
        data = found[f"word/embeddings/Microsoft_Excel_Worksheet{number}.xlsx"]
        sheet = openpyxl.load_workbook(BytesIO(data))["Data"]
        cells = {cell for row in sheet.iter_rows(values_only=True) for cell in row}
        assert {mark.fact for mark in marks_of(chart)} <= cells


def marks_of(chart: NativeChart) -> Iterator[Mark]:
    match chart:
        case BarChart(marks):
            yield from marks
        case GroupedBarChart() | SlopeChart() | LineChart():
            yield from (mark for line in chart.lines for mark in line.marks if mark)


# ---------------------------------------------------------------- judges


def audited(file: Path) -> list[str]:
    """What openxml-audit finds against the schemas of Microsoft 365."""
    result = OpenXmlValidator(FileFormat.MICROSOFT_365, max_errors=0).validate(file)
    return [f"{error.part_uri}: {error.description}" for error in result.errors]


def inspected(file: Path) -> list[str]:
    """What docx-integrity finds in the package."""
    return [str(finding) for finding in docx_integrity.check(file)]


def test_the_judges_find_nothing(whole, tmp_path):
    file = packed(whole, tmp_path / "charts.docx")

    assert audited(file) == []
    assert inspected(file) == []


def test_the_judges_find_nothing_in_a_workbook(whole, tmp_path):
    book = tmp_path / "data.xlsx"
    book.write_bytes(whole["word/embeddings/Microsoft_Excel_Worksheet6.xlsx"])

    assert audited(book) == []


def broken(
    whole: Mapping[str, bytes], number: int, change: Callable[[etree._Element], None]
) -> Mapping[str, bytes]:
    """The package with one chart changed."""
    name = f"word/charts/chart{number}.xml"
    chart = etree.fromstring(whole[name])
    change(chart)
    return {**whole, name: etree.tostring(chart, encoding="UTF-8", xml_declaration=True)}


def test_openxml_audit_sees_elements_in_another_order(whole, tmp_path):
    def gap_first(chart):
        bars = chart.find(f".//{C}barChart")
        bars.insert(0, bars.find(f"{C}gapWidth"))

    file = packed(broken(whole, 1, gap_first), tmp_path / "order.docx")

    assert {fault.split(":")[0] for fault in audited(file)} == {"/word/charts/chart1.xml"}


def test_openxml_audit_sees_that_a_workbook_is_missing(whole, tmp_path):
    lost = "word/embeddings/Microsoft_Excel_Worksheet2.xlsx"
    found = {name: data for name, data in whole.items() if name != lost}

    assert audited(packed(found, tmp_path / "lost.docx")) == [
        f"/word/charts/_rels/chart2.xml.rels: Relationship target not found: /{lost}"
    ]


def test_docx_integrity_sees_parts_that_are_missing_or_of_no_type(whole, tmp_path):
    types = whole["[Content_Types].xml"].replace(b'"xlsx"', b'"xls"')
    lost = {name: data for name, data in whole.items() if name != "word/charts/chart2.xml"}

    untyped = inspected(packed({**whole, "[Content_Types].xml": types}, tmp_path / "types.docx"))
    missing = inspected(packed(lost, tmp_path / "lost.docx"))

    assert [fault.split()[1] for fault in untyped] == ["PKG005"] * len(ALL)
    assert [fault.split(maxsplit=3)[3] for fault in missing] == [
        "points at a missing part: charts/chart2.xml"
    ]


def without_labels(chart: etree._Element) -> None:
    for each in list(chart.iter(f"{C}dLbls")):
        each.getparent().remove(each)


@pytest.fixture(scope="module")
def shown(
    whole: Mapping[str, bytes], soffice: Path, pdftotext: Path, tmp_path_factory
) -> Mapping[str, str]:
    """The letters that LibreOffice shows of the whole file, and of one without labels."""
    folder = tmp_path_factory.mktemp("charts")
    bare = broken(whole, 1, without_labels)
    files = [packed(whole, folder / "whole.docx"), packed(bare, folder / "bare.docx")]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", folder]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=120)
    return {file.stem: letters(pdftotext, file.with_suffix(".pdf")) for file in files}


def letters(pdftotext: Path, pdf: Path) -> str:
    """The text of a PDF without spaces: labels are placed by their letters."""
    command = [pdftotext, "-raw", pdf, "-"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return re.sub(r"\s", "", done.stdout)


def test_libreoffice_shows_every_name_and_every_label_with_its_hedge(shown):
    groups = [*GROUPS.groups, GROUPS.missing, *(line.name for line in GROUPS.lines)]
    lines = [line for chart in (SLOPE, YEARS) for line in chart.lines]
    marks = [m for line in (*GROUPS.lines, *lines) for m in line.marks if m]
    names = [m.label for m in (*SHARES.marks, *CHANGES.marks)] + [line.name for line in lines]
    said = [m.text for m in (*SHARES.marks, *CHANGES.marks, *marks)]
    dates = [*SLOPE.dates, *YEARS.dates, *UNEVEN.dates]

    wanted = [re.sub(r"\s", "", words) for words in (*groups, *names, *said, *dates)]

    assert [words for words in wanted if words not in shown["whole"]] == []


def test_a_label_that_is_missing_is_missed(shown):
    assert "nesten97%" in shown["whole"]
    assert "nesten97%" not in shown["bare"]
