"""Chart calls from the template's line to chart, words and data table, or to problems."""

from __future__ import annotations

from pathlib import Path

import pytest
from workspaces import EN, Told, english, make_workspace, run

from reports.briefs import load_workspace
from reports.build import resolve_edition
from reports.document import (
    BarChart,
    Document,
    FactSpan,
    Figure,
    GroupedBarChart,
    LineChart,
    Reference,
    SlopeChart,
    TimelineChart,
    inline_text,
)
from reports.facts.quantities import When
from reports.facts.wording import is_told
from reports.language import load_language
from reports.resolve.charts.colours import line_colours
from reports.resolve.charts.times import middle, span, ticks

N = "\N{NARROW NO-BREAK SPACE}"
B = "\N{NO-BREAK SPACE}"
TABLE = """\
town,year,web,builders,paper,crew
Havneby,2021,14,12,86,10
Havneby,2022,27,,73,12
Havneby,2024,62,40,38,9
Aarhus,2021,22,18,78,20
Aarhus,2024,60,25,40,30
Sandvik,2022,35,20,65,4
Sandvik,2024,70,30,-5,5
"""
SIDECAR = """\
missing: [""]
subject: {column: town, per: year}
shared:
  theme: channels
  said_by: digital-head
  standing: established
  source: havneby-2031
  as_of: {column: year}
  recorded: 2031-04-02
  statement: {nb: "{figure} i {subject}.", en: "{figure} in {subject}."}
columns:
  web: {column: web, figure: {measure: web-share, among: parents}}
  builders: {column: builders, figure: {measure: web-share, among: builders}}
  paper: {column: paper, figure: {measure: paper-share, among: parents}}
  crew: {column: crew, figure: {measure: head-count, among: employees}}
"""
WORDS = """\
places:
  aarhus: {name: {nb: Aarhus, en: Aarhus}, in: denmark}
  sandvik: {name: {nb: Sandvik, en: Sandvik}, in: norway}
populations:
  parents: {nb: foreldre som søkte, en: parents who applied}
  builders: {nb: byggherrer, en: people who build}
"""
FILES = {
    "facts/tables/towns.csv": TABLE,
    "facts/tables/towns.table.yaml": SIDECAR,
    "facts/words.yaml": WORDS,
}


def workspace_of(root: Path, body: str) -> Path:
    return make_workspace(root, {**FILES, **english(body)})


def document_of(root: Path, body: str) -> Document:
    return resolved(workspace_of(root, body))


def resolved(root: Path) -> Document:
    """The English edition of the workspace in that folder."""
    workspace = load_workspace(root)
    english_edition = next(e for e in workspace.editions() if e.language == "en")
    return resolve_edition(english_edition, workspace)[0].document


def figure_of(document: Document) -> Figure:
    return next(block for block in document.body if isinstance(block, Figure))


def ids(town: str, *years: int, column: str = "web") -> list[str]:
    return [f"towns.{column}@{town}-{year}" for year in years]


# ---------------------------------------------------------------- what a call becomes


def test_grouped_bars_have_a_line_a_country_in_its_colour_and_say_what_is_missing(
    tmp_path: Path,
) -> None:
    body = (
        '{{ chart("grouped", {"Denmark": ["towns.web@aarhus-2024", "towns.builders@aarhus-2024"],'
        ' "Norway": ["towns.web@havneby-2024", none]},'
        ' groups=["Parents", "Houses"], caption="C", id="g") }}'
    )

    figure = figure_of(document_of(tmp_path, body))

    chart = figure.chart
    assert isinstance(chart, GroupedBarChart)
    assert (chart.groups, chart.missing) == (
        ("Parents", "Houses (people who build)"),
        "Not mentioned",
    )
    assert [(line.name, line.series) for line in chart.lines] == [
        ("Denmark", "denmark"),
        ("Norway", "norway"),
    ]
    shown = [[mark and (mark.label, mark.text) for mark in line.marks] for line in chart.lines]
    assert shown[1][1] is None
    assert figure.alt == (
        "Grouped bars. Denmark: Parents: 60%; Houses (people who build): 25%. Norway: Parents: 62%."
    )
    assert inline_text(figure.caption.base) == (
        "Shows share on the web, in per cent. Base: parents who applied / people who build. "
        "As of: 2024. Ida Holm[2][3][4]"
    )


def test_a_line_chart_places_each_date_and_leaves_gaps(tmp_path: Path) -> None:
    havneby, sandvik = ids("havneby", 2024, 2021, 2022), ids("sandvik", 2024, 2022)
    body = f'{{{{ chart("line", {{"H": {havneby}, "S": {sandvik}}}, caption="C") }}}}'

    figure = figure_of(document_of(tmp_path, body))

    chart = figure.chart
    assert isinstance(chart, LineChart)
    assert chart.dates == ("2021", "2022", "2024")
    assert [str(year) for year in chart.years] == ["2021.5000", "2022.5000", "2024.5000"]
    assert [[mark and mark.text for mark in line.marks] for line in chart.lines] == [
        ["14%", "27%", "62%"],
        [None, "35%", "70%"],
    ]
    assert [line.series for line in chart.lines] == ["norway", "other"]
    assert figure.alt == "Line chart. H: 2021: 14%; 2022: 27%; 2024: 62%. S: 2022: 35%; 2024: 70%."
    assert inline_text(figure.caption.base) == (
        "Shows share on the web, in per cent. Base: parents who applied. Ida Holm[2][3][4][5][6]"
    )


def test_a_gap_within_a_line_is_told(tmp_path: Path) -> None:
    havneby, aarhus = ids("havneby", 2021, 2022, 2024), ids("aarhus", 2021, 2024)
    body = f'{{{{ chart("line", {{"H": {havneby}, "A": {aarhus}}}, caption="C") }}}}'

    base = inline_text(figure_of(document_of(tmp_path, body)).caption.base)

    assert "Broken line: not given. " in base


def test_a_slope_of_several_lines_shares_its_dates(tmp_path: Path) -> None:
    body = (
        f'{{{{ chart("slope", {{"H": {ids("havneby", 2021, 2024)}, '
        f'"A": {ids("aarhus", 2021, 2024)}}}, caption="C") }}}}'
    )

    figure = figure_of(document_of(tmp_path, body))

    assert isinstance(figure.chart, SlopeChart)
    assert figure.chart.dates == ("2021", "2024")
    assert figure.alt == "Slope chart. H: 2021: 14%; 2024: 62%. A: 2021: 22%; 2024: 60%."


def test_a_timeline_sorts_its_events_and_marks_inferred_dates(tmp_path: Path) -> None:
    body = (
        "{{ chart('timeline', ['havneby.one-way-in', 'havneby.web-share', 'havneby.staff'],"
        " caption='C', labels=['Said', 'Web', 'Counted']) }}"
    )

    figure = figure_of(document_of(tmp_path, body))

    chart = figure.chart
    assert isinstance(chart, TimelineChart)
    assert [(m.when, m.what, str(m.start), str(m.end), m.approximate) for m in chart.moments] == [
        ("2030 (inferred)", "Web", "2030.0000", "2031.0000", True),
        (f"June{B}2030", "Counted", "2030.4137", "2030.4959", False),
        (f"January{B}2031", "Said", "2031.0000", "2031.0849", False),
    ]
    assert [words for _, words in chart.ticks] == [
        *(f"January{B}2030", "March", "May", "July", "September", "November"),
        *(f"January{B}2031", "March"),
    ]
    assert figure.alt == (
        f"Timeline. 2030 (inferred): Web; June{B}2030: Counted; January{B}2031: Said."
    )
    assert inline_text(figure.caption.base) == (
        "Dashed: the date is inferred. The union and Ida Holm[1][2][3]"
    )


def test_dates_that_differ_are_told_with_the_marks_that_they_are_of(tmp_path: Path) -> None:
    body = (
        '{{ chart("bars", ["towns.web@havneby-2024", "towns.web@aarhus-2021",'
        ' "towns.web@sandvik-2022"], caption="C") }}'
    )

    base = inline_text(figure_of(document_of(tmp_path, body)).caption.base)

    assert "As of: 2024 (Havneby); 2021 (Aarhus); 2022 (Sandvik). " in base


def test_a_line_of_measures_that_differ_gives_the_reason_and_not_their_names(
    tmp_path: Path,
) -> None:
    body = (
        '{{ chart("bars", ["towns.paper@havneby-2024", "towns.web@havneby-2024"], caption="C",'
        ' labels=["Paper", "Web"], reason="Both are ways to apply.") }}'
    )

    base = inline_text(figure_of(document_of(tmp_path, body)).caption.base)

    assert base == (
        "Both are ways to apply. Base: parents who applied. As of: 2024. Ida Holm[2][3]"
    )


@pytest.mark.parametrize(
    ("base", "measure", "told"),
    [
        ("users of the mailbox", "users of the mailbox", True),
        ("Public procurement", "threshold for public procurement", True),
        ("men", "share of women", False),
        ("in Copenhagen", "number of citizen centres", False),
    ],
)
def test_a_population_is_told_where_the_name_of_the_measure_has_its_words(
    base: str, measure: str, *, told: bool
) -> None:
    assert is_told(base, measure) is told


@pytest.mark.parametrize(
    ("labels", "named"),
    [
        ("", ["parents who applied", "people who build"]),
        (", labels=['Parents', 'Houses']", ["Parents", "Houses (people who build)"]),
        (
            ", labels=['Those who applied', 'Those who build']",
            ["Those who applied", "Those who build"],
        ),
        (
            ", labels=['One', 'Other']",
            ["One (parents who applied)", "Other (people who build)"],
        ),
    ],
    ids=["by population", "one told", "both told", "none told"],
)
def test_populations_that_differ_are_named_at_each_mark(
    tmp_path: Path, labels: str, named: list[str]
) -> None:
    body = (
        '{{ chart("bars", ["towns.web@havneby-2024", "towns.builders@havneby-2024"],'
        f' caption="C"{labels}) }}}}'
    )

    document = document_of(tmp_path, body)

    assert document.data is not None
    (table,) = document.data.tables
    shown = [inline_text(row[0].content) for row in table.rows]
    assert shown == [f"{name[0].upper()}{name[1:]}" for name in named]


def test_a_population_that_names_its_mark_is_not_said_twice(tmp_path: Path) -> None:
    body = (
        '{{ chart("bars", ["towns.web@havneby-2024", "towns.builders@havneby-2024"],'
        ' caption="C") }}'
    )
    root = workspace_of(tmp_path, body)
    for file in (root / "facts").glob("*.yaml"):
        told = file.read_text("utf-8").replace("people who build", "parents who applied late")
        file.write_text(told, "utf-8")

    chart = figure_of(resolved(root)).chart

    assert isinstance(chart, BarChart)
    assert [mark.label for mark in chart.marks] == [
        "parents who applied",
        "parents who applied late",
    ]


def test_a_negative_share_is_drawn_without_a_whole(tmp_path: Path) -> None:
    body = (
        '{{ chart("bars", ["towns.paper@sandvik-2024", "towns.paper@havneby-2024"], caption="C") }}'
    )

    chart = figure_of(document_of(tmp_path, body)).chart

    assert getattr(chart, "whole", 0) is None


# ---------------------------------------------------------------- colours and times


def test_no_two_lines_share_a_colour_and_countries_keep_theirs(tmp_path: Path) -> None:
    workspace = load_workspace(workspace_of(tmp_path, ""))
    store = workspace.facts
    facts = {
        "n": store.facts["towns.web@havneby-2024"],
        "s": store.facts["towns.web@sandvik-2024"],
        "d": store.facts["towns.web@aarhus-2024"],
    }

    def colours(lines: str) -> str:
        given = line_colours([[facts[letter]] for letter in lines], store)
        return " ".join(given)

    assert colours("n") == "norway"
    assert colours("ns") == "norway other"
    assert colours("dn") == "denmark norway"
    assert colours("nds") == "norway denmark other"
    assert colours("ddnn") == "denmark other norway fourth"
    assert colours("nnss") == "norway other fourth denmark"


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (When(2019), "2019.0000 2020.0000 2019.5000"),
        (When(2019, 7), "2019.4959 2019.5808 2019.5384"),
        (When(2020, 12, 31), "2020.9973 2020.9973 2020.9973"),
        (When(2012, season=21), "2012.1639 2012.4153 2012.2896"),
        (When(2019, season=24), "2019.9151 2020.1639 2020.0395"),
    ],
    ids=["year", "month", "day", "spring", "winter"],
)
def test_a_date_has_its_place_in_years(when: When, expected: str) -> None:
    found = span(when)
    assert found is not None

    assert " ".join(map(str, (*found, middle(when)))) == expected


def test_a_date_without_a_year_has_no_place() -> None:
    assert span(When(None, 4, 11)) is None


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (When(2020, 3, 12), When(2020, 6, 15), "mars 2020, april, mai, juni, juli"),
        (When(2020, 6, 15), When(2020, 6, 15), "juni 2020, juli"),
        (When(1972), When(2019), "1970, 1980, 1990, 2000, 2010, 2020"),
        (When(2016), When(2018), "2016, 2017, 2018, 2019"),
        (
            When(2020),
            When(2021),
            "januar 2020, april, juli, oktober, januar 2021, april, juli, oktober, januar 2022",
        ),
        (When(2020, 12, 31), When(2021, 1, 1), "desember 2020, januar 2021"),
    ],
    ids=["months", "one day", "decades", "years", "two years", "over new year"],
)
def test_an_axis_of_time_holds_all_and_has_few_ticks(
    first: When, last: When, expected: str
) -> None:
    start, end = (span(when) or (None, None) for when in (first, last))
    assert start[0] is not None
    assert end[1] is not None

    found = ticks(start[0], end[1], load_language("nb"))

    assert ", ".join(words for _, words in found).replace(B, " ") == expected
    assert found[0][0] <= start[0] <= end[1] <= found[-1][0]


# ---------------------------------------------------------------- data


def test_each_figure_has_its_data_in_a_table_before_the_notes(tmp_path: Path) -> None:
    body = (
        f"## S\n\n{{{{ chart('line', {{'H': {ids('havneby', 2021, 2024)}}}, caption='C', id='l') }}}}"
        "\n\n{{ chart('timeline', ['havneby.staff'], caption='T', id='t') }}"
    )

    document = document_of(tmp_path, body)

    data = document.data
    assert data is not None
    assert (data.heading.anchor, inline_text(data.heading.content)) == (
        "data",
        "The data behind the figures",
    )
    line, events = data.tables
    assert line.caption is not None
    assert (line.caption.label, line.caption.anchor) == (f"Table{B}1", "data-l")
    assert Reference("l", f"Figure{B}1") in line.caption.title
    assert [inline_text(column.content) for column in line.columns] == [
        *("What", "Figure", "Among whom", "As of", "Who says it"),
    ]
    assert [[inline_text(cell.content) for cell in row] for row in line.rows] == [
        ["H: 2021", "14%[2]", "Parents who applied", "2021", "Ida Holm"],
        ["H: 2024", "62%[3]", "Parents who applied", "2024", "Ida Holm"],
    ]
    assert [[inline_text(cell.content) for cell in row] for row in events.rows] == [
        [f"June{B}2030", "The municipality had 4,200 staff.[4]", "The union"],
    ]
    spans = [node for row in line.rows for node in row[1].content if isinstance(node, FactSpan)]
    assert [(each.form, each.place.line) for each in spans] == [("figure", 7), ("figure", 7)]
    assert sum(column.share for column in line.columns) == pytest.approx(1)


def test_what_an_edition_says_has_the_data_between_body_and_notes(tmp_path: Path) -> None:
    body = "{{ chart('bars', ['havneby.staff'], caption='The staff') }}"

    said = document_of(tmp_path, body).plain_text().splitlines()

    heads = ["The data behind the figures", "Notes", "Sources"]
    assert [line for line in said if line in heads] == heads
    assert said.index(f"Figure{B}1 The staff") < said.index(heads[0])


def test_an_edition_without_figures_has_no_data(tmp_path: Path) -> None:
    assert document_of(tmp_path, "Text.").data is None


# ---------------------------------------------------------------- wrong input

H, A = ids("havneby", 2021, 2024), ids("aarhus", 2021, 2024)
FAULTS = {
    "unknown kind": (
        f"chart('lines', {H}, caption='C')",
        "unknown chart 'lines'\n  hint: did you mean 'line'?",
    ),
    "list for a mapping": (
        f"chart('grouped', {H}, groups=['a', 'b'], caption='C')",
        (
            "a chart of kind 'grouped' takes named series of facts\n"
            "  hint: as in {'Norway': ['id', …], 'Denmark': ['id', …]}"
        ),
    ),
    "mapping for a list": (
        f"chart('bars', {{'H': {H}}}, caption='C')",
        "a chart of kind 'bars' takes a list of facts\n  hint: as in ['id', 'other-id']",
    ),
    "a fact for a list": (
        f"chart('bars', '{H[0]}', caption='C')",
        "the facts of a chart are a list of ids\n  hint: as in ['id', 'other-id']",
    ),
    "a fact for a series": (
        f"chart('line', {{'H': '{H[0]}'}}, caption='C')",
        (
            "the series 'H' is not a list of facts\n"
            "  hint: as in {'Norway': ['id', …], 'Denmark': ['id', …]}"
        ),
    ),
    "no facts": (
        "chart('bars', [], caption='C')",
        "a chart without facts\n  hint: name facts, or leave it out",
    ),
    "an empty series": (
        f"chart('line', {{'H': {H}, 'A': []}}, caption='C')",
        "the series 'A' without facts\n  hint: name facts, or leave it out",
    ),
    "a gap in a line": (
        f"chart('line', {{'H': ['{H[0]}', none, '{H[1]}']}}, caption='C')",
        "the series 'H' with a gap\n  hint: leave the gap out; only grouped bars need it",
    ),
    "unequal lengths": (
        f"chart('grouped', {{'H': {H}, 'A': ['{A[0]}']}}, groups=['a', 'b'], caption='C')",
        (
            "the series 'A' has 1 facts for 2 groups\n"
            "  hint: name one fact a group, in their order; none says it is missing"
        ),
    ),
    "no groups": (
        f"chart('grouped', {{'H': {H}}}, caption='C')",
        "grouped bars without groups\n  hint: name each group: groups=['one', 'two']",
    ),
    "groups elsewhere": (
        f"chart('bars', {H}, groups=['a', 'b'], caption='C')",
        "'groups' on a chart of kind 'bars'\n  hint: they are for grouped bars",
    ),
    "labels of a line": (
        f"chart('line', {H}, labels=['a', 'b'], caption='C')",
        "'labels' on a chart of kind 'line'\n  hint: its series and groups have names already",
    ),
    "labels that are no list": (
        f"chart('bars', {H}, labels='ab', caption='C')",
        "'labels' of a chart is a list of texts\n  hint: as in labels=['one', 'two']",
    ),
    "a specification elsewhere": (
        f"chart('bars', {H}, spec='x.vl.json', caption='C')",
        "'spec' and 'alt' on a chart of kind 'bars'\n  hint: they are for charts of kind 'vega'",
    ),
    "one name twice": (
        f"chart('line', {{'Town': {H}, 'town ': {A}}}, caption='C')",
        "two series are called 'town '\n  hint: give each a name of its own",
    ),
    "one key twice": (
        f"chart('line', {{'H': {H}, 'H': {A}}}, caption='C')",
        "the key 'H' stands twice in one mapping\n  hint: give each a name of its own",
    ),
    "five series": (
        f"chart('line', {{'a': {H}, 'b': {H}, 'c': {H}, 'd': {H}, 'e': {H}}}, caption='C')",
        "5 series; at most 4 can be told apart\n  hint: draw two charts, or leave some out",
    ),
    "three ends of a slope": (
        f"chart('slope', {{'H': {ids('havneby', 2021, 2022, 2024)}}}, caption='C')",
        "a slope chart takes two facts a line; 'H' has 3\n  hint: name the earlier, then the later",
    ),
    "a slope back in time": (
        f"chart('slope', {H[::-1]}, caption='C')",
        f"'{H[0]}' is earlier than '{H[1]}'\n  hint: name the earlier, then the later",
    ),
    "a slope of other dates": (
        f"chart('slope', {{'H': {H}, 'S': {ids('sandvik', 2022, 2024)}}}, caption='C')",
        (
            "the lines of a slope chart have different dates\n"
            "  hint: draw a line chart, which places each date"
        ),
    ),
    "a line without a date": (
        "chart('line', ['havneby.answer-time'], caption='C')",
        (
            "fact 'havneby.answer-time' has no year, so it has no place in a line chart\n"
            "  hint: leave it out, or tell it in the text"
        ),
    ),
    "a line of one date": (
        f"chart('line', {{'H': ['{H[0]}'], 'A': ['{A[0]}']}}, caption='C')",
        "a line over one date only\n  hint: draw bars, or name a second date",
    ),
    "two figures of one date": (
        f"chart('line', {{'T': {[H[0], A[0], H[1]]}}}, caption='C')",
        (
            f"two figures of 'T' for one date: '{H[0]}' and '{A[0]}'\n"
            "  hint: keep one, or make them two series"
        ),
    ),
    "units that differ": (
        f"chart('line', {{'H': {H}, 'C': {ids('havneby', 2021, 2024, column='crew')}}}, caption='C')",
        "units differ on one axis: count, percent\n  hint: draw one chart a unit",
    ),
    "measures that differ": (
        f"chart('slope', {{'H': {H}, 'P': {ids('havneby', 2021, 2024, column='paper')}}}, caption='C')",
        (
            "measures differ on one axis: paper-share, web-share\n"
            "  hint: say why they compare: reason='…', printed under the chart"
        ),
    ),
    "populations within a line": (
        f"chart('line', {{'H': ['{H[0]}', 'towns.builders@havneby-2024']}}, caption='C')",
        "populations differ within one line\n  hint: draw bars, whose marks are named one by one",
    ),
    "populations across": (
        (
            f"chart('grouped', {{'H': ['{H[0]}', 'towns.builders@havneby-2024'],"
            f" 'A': ['towns.builders@aarhus-2021', '{A[1]}']}}, groups=['a', 'b'], caption='C')"
        ),
        (
            "populations differ within a line and within a group\n"
            "  hint: draw bars, whose marks are named one by one"
        ),
    ),
    "a negative share in squares": (
        "chart('squares', ['towns.paper@sandvik-2024'], caption='C')",
        (
            "fact 'towns.paper@sandvik-2024' is -5%, which is no share of a hundred squares\n"
            "  hint: draw bars instead"
        ),
    ),
    "an event without a year": (
        "chart('timeline', ['havneby.opened'], caption='C')",
        (
            "fact 'havneby.opened' has no year, so it has no place in a timeline\n"
            "  hint: leave it out, or tell it in the text"
        ),
    ),
    "an unknown fact in a series": (
        f"chart('line', {{'H': ['{H[0]}', 'towns.web@havneby-2025']}}, caption='C')",
        "unknown fact 'towns.web@havneby-2025'\n  hint: did you mean 'towns.web@havneby-2024'?",
    ),
    "a number in a name": (
        f"chart('line', {{'Town 2': {H}}}, caption='C')",
        (
            "the number '2' has no source\n"
            "  hint: print it with fact(…), or plain('…', 'why') if it is no fact"
        ),
    ),
    "a number in a group": (
        f"chart('grouped', {{'H': {H}}}, groups=['a', '2'], caption='C')",
        (
            "the number '2' has no source\n"
            "  hint: print it with fact(…), or plain('…', 'why') if it is no fact"
        ),
    ),
    "facts that are nothing": (
        "chart('bars', none, caption='C')",
        "the facts of a chart are a list of ids\n  hint: as in ['id', 'other-id']",
    ),
}


@pytest.mark.parametrize(("call", "message"), FAULTS.values(), ids=FAULTS.keys())
def test_a_wrong_call_gets_its_problem_at_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], call: str, message: str
) -> None:
    workspace = workspace_of(tmp_path, f"{{{{ {call} }}}}")

    told = run(workspace, capsys, "check", "--lang", "en")

    assert told == Told(1, "", f"{EN}:5: {message}\n")
