"""Charts of an author's own: what a specification may hold, and what it may print."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree
from workspaces import EN, Told, english, make_workspace, run, write

from reports.briefs import load_workspace
from reports.build import resolve_edition
from reports.charts import chart_svg, vega
from reports.document import Figure, VegaChart
from reports.fonts import cut_fonts
from reports.problems import Place, ReportError
from reports.resolve.charts.vega import load_specification
from reports.themes import load_theme
from reports.themes.found import BUILT_IN

ROOT = Path(__file__).parents[1]
THEME = load_theme(BUILT_IN / "default/tokens.yaml")
SVG = "{http://www.w3.org/2000/svg}"
SPEC = "charts/dots.vl.json"
DOTS = """\
{
  "encoding": {
    "y": {"field": "label", "type": "nominal", "sort": null},
    "x": {"field": "value", "type": "quantitative", "scale": {"domain": [0, 100]}}
  },
  "layer": [
    {"mark": {"type": "point", "filled": true}},
    {"mark": {"type": "text", "dx": 10}, "encoding": {"text": {"field": "text"}}}
  ]
}
"""
CALL = (
    "{{ chart('vega', ['havneby.web-share', 'havneby.web-share-before'], spec='" + SPEC + "',"
    " labels=['Now', 'Before'], caption='C', alt='Two dots.') }}"
)


def workspace_of(root: Path, spec: str, call: str = CALL) -> Path:
    return make_workspace(root, {**english(call), f"templates/{SPEC}": spec})


# ---------------------------------------------------------------- a chart that is right


def test_facts_become_the_data_and_the_words_of_a_chart(tmp_path: Path) -> None:
    workspace = load_workspace(workspace_of(tmp_path, DOTS))
    edition = next(each for each in workspace.editions() if each.language == "en")

    document = resolve_edition(edition, workspace)[0].document

    (figure,) = (block for block in document.body if isinstance(block, Figure))
    assert isinstance(figure.chart, VegaChart)
    assert figure.alt == "Two dots. Now: about\N{NO-BREAK SPACE}62%; Before: 48%."
    now, before = json.loads(figure.chart.spec)["data"]["values"]
    assert now == {
        "id": "havneby.web-share",
        "label": "Now",
        "value": 62,
        "high": None,
        "text": "about\N{NO-BREAK SPACE}62%",
        "place": "Havneby",
        "series": "norway",
        "line": "",
        "date": "2030-01-01T00:00:00",
        "when": "2030 (inferred)",
        "unit": "percent",
        "measure": "share on the web",
        "population": "applications for a kindergarten place",
        "speaker": "Ida Holm",
        "statement": "About\N{NO-BREAK SPACE}62% of applications came in on the web in 2030 (inferred).",
        "approximate": True,
    }
    assert (before["value"], before["when"]) == (48, "2028")
    fonts = next(iter(cut_fonts(THEME, workspace.cache / "fonts").values())).parent
    svg = etree.fromstring(chart_svg(figure.chart, "fig", THEME, fonts))
    assert svg.get("width") == "476.2pt"
    assert sorted("".join(text.itertext()) for text in svg.iter(f"{SVG}text")) == [
        *("48%", "Before", "Now", "about\N{NO-BREAK SPACE}62%"),
    ]
    assert not [name for each in svg.iter() for name in each.attrib if name.startswith("aria")]


def test_the_time_zone_of_the_machine_moves_no_date(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{**ROW, "date": f"2030-{month}-01T00:00:00"} for month in ("01", "07")]
    spec = {"mark": "point", "encoding": {"x": {"field": "date", "type": "temporal"}}}

    found = []
    for zone in ("Pacific/Auckland", "America/New_York"):
        monkeypatch.setenv("TZ", zone)
        vega._drawn.cache_clear()
        found.append(drawn(spec, *rows))

    assert "<svg" in found[0]
    assert found[0] == found[1]


# ---------------------------------------------------------------- what a specification may not hold

FREE = "print a field of the facts, such as 'text' or 'when'"
REFUSED = {
    "no JSON": (
        '{\n  "mark": "bar",\n  "encoding": {,}\n}',
        (
            "3:16: this is not JSON: expecting property name enclosed in double quotes\n"
            "  hint: see 'Charts of your own' in docs/templates.md"
        ),
    ),
    "a list": (
        "[]",
        (
            'a specification is an object: { "mark": …, "encoding": … }\n'
            "  hint: see 'Charts of your own' in docs/templates.md"
        ),
    ),
    "too deep": (
        "[" * 100_000,
        "this is nested too deep\n  hint: see 'Charts of your own' in docs/templates.md",
    ),
    "deeper than any chart": (
        '{"layer": [' * 40 + "{}" + "]}" * 40,
        "this is nested too deep\n  hint: see 'Charts of your own' in docs/templates.md",
    ),
    "no number": (
        '{"mark": "bar", "width": NaN}',
        "1: 'NaN' is no number of JSON\n  hint: see 'Charts of your own' in docs/templates.md",
    ),
    "a key twice": (
        '{"mark": "bar",\n"mark": "line"}',
        "1: 'mark' stands twice in one object\n  hint: keep one of them",
    ),
    "a key of nothing": (
        '{"mark": "bar",\n "encodng": {}}',
        "2: 'encodng' is no part of a chart\n  hint: did you mean 'encoding'?",
    ),
    "an unknown mark": (
        '{"mark": "bars"}',
        "1: unknown mark 'bars'\n  hint: did you mean 'bar'?",
    ),
    "a list for a mark": ('{"mark": ["bar"]}', "1: unknown mark '['bar']'"),
    "a picture": (
        '{"mark": {"type": "image", "url": "https://example.org/a.png"}}',
        "1: 'url' has no place in a chart\n  hint: a chart loads nothing from outside",
    ),
    "an unknown channel": (
        '{"mark": "bar", "encoding": {"xx": {"field": "value"}}}',
        "1: unknown channel 'xx'\n  hint: ",
    ),
    "an unknown field": (
        '{"mark": "bar",\n"encoding": {"x": {"field": "valeu"}}}',
        "2: unknown field 'valeu'\n  hint: did you mean 'value'?",
    ),
    "an unknown field in an expression": (
        '{"mark": "bar", "transform": [\n{"calculate": "datum.valeu + 1", "as": "more"}]}',
        "2: unknown field 'valeu'\n  hint: did you mean 'value'?",
    ),
    "data from outside": (
        '{"mark": "bar",\n"data": {"url": "data.csv"}}',
        (
            "2: data of its own: a chart draws facts\n"
            '  hint: leave it out, or write {"name": "facts"}'
        ),
    ),
    "data of its own": (
        '{"layer": [{"mark": "bar", "data": {"values": [{"a": 1}]}}]}',
        (
            "1: data of its own: a chart draws facts\n"
            '  hint: leave it out, or write {"name": "facts"}'
        ),
    ),
    "settings": (
        '{"mark": "bar", "config": {"font": "Arial"}}',
        (
            "1: 'config' has no place in a chart\n"
            "  hint: the theme sets the look; name a style at the mark instead"
        ),
    ),
    "a typeface": (
        '{"mark": {"type": "text", "font": "Arial"}}',
        "1: 'font' has no place in a chart\n  hint: the theme sets it",
    ),
    "an aside": (
        '{"mark": "bar", "usermeta": {"note": "x"}}',
        "1: 'usermeta' has no place in a chart\n  hint: it would stand in no output",
    ),
    "a number in a title": (
        '{"title": "Over 70% in 2030",\n"mark": "bar"}',
        f"1: the number '2030' has no source\n  hint: {FREE}",
    ),
    "a number on an axis's title": (
        '{"mark": "bar", "encoding": {"x": {"field": "value",\n"axis": {"title": "of 100"}}}}',
        f"2: the number '100' has no source\n  hint: {FREE}",
    ),
    "a number as text": (
        '{"mark": {"type": "text",\n"text": ["about", "70%"]}}',
        f"2: the number '70%' has no source\n  hint: {FREE}",
    ),
    "a number as the value of a text": (
        '{"mark": "text", "encoding": {"text": {"value": 70}}}',
        f"the number '70' has no source\n  hint: {FREE}",
    ),
    "a number in an expression": (
        '{"mark": "bar", "transform": [{"calculate": "datum.text + \' of 100\'", "as": "t"}]}',
        f"1: the number '100' has no source\n  hint: {FREE}",
    ),
    "chance": (
        '{"mark": "bar", "transform": [{"calculate": "random()", "as": "t"}]}',
        (
            "1: the function 'random' has no place in a chart\n"
            "  hint: the same facts always give the same picture"
        ),
    ),
    "an expression for labels": (
        '{"mark": "bar", "encoding": {"x": {"field": "value", "axis": {"labelExpr": "7"}}}}',
        (
            "1: 'labelExpr' has no place in a chart\n"
            "  hint: it could print any number; 'format' shapes those of an axis"
        ),
    ),
}


@pytest.mark.parametrize(("text", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_what_a_specification_may_not_hold_is_told_at_its_line(
    tmp_path: Path, text: str, message: str
) -> None:
    write(tmp_path / SPEC, text)

    with pytest.raises(ReportError) as caught:
        load_specification(SPEC, Place(tmp_path / "t.j2", 5), tmp_path, ())

    shown = [problem.shown(tmp_path) for problem in caught.value.problems]
    place = SPEC if message[0].isdigit() else f"{SPEC}: "
    expected = f"{place}{':' if message[0].isdigit() else ''}{message}"
    assert any(each.startswith(expected) for each in shown), shown


def test_a_name_with_digits_may_be_printed(tmp_path: Path) -> None:
    write(tmp_path / SPEC, '{"title": "By Skjema 2.0", "mark": "bar"}')

    spec = load_specification(SPEC, Place(tmp_path / "t.j2", 5), tmp_path, ("Skjema 2.0",))

    assert spec.texts == ("By Skjema 2.0",)


@pytest.mark.parametrize(
    "name", ["charts/none.vl.json", "../workspace.yaml", "/etc/hosts", "charts"]
)
def test_a_specification_lies_in_the_templates_folder(tmp_path: Path, name: str) -> None:
    write(tmp_path / "templates" / SPEC, DOTS)
    write(tmp_path / "workspace.yaml", "a: b\n")

    with pytest.raises(ReportError) as caught:
        load_specification(name, Place(tmp_path / "t.j2", 5), tmp_path / "templates", ())

    assert [problem.shown(tmp_path) for problem in caught.value.problems] == [
        (
            f"t.j2:5: specification '{name}' is not in the templates folder\n"
            "  hint: name it as seen from there: spec='charts/my-chart.vl.json'"
        )
    ]


def test_a_specification_has_a_largest_size(tmp_path: Path) -> None:
    write(tmp_path / SPEC, " " * 100_001)

    with pytest.raises(ReportError) as caught:
        load_specification(SPEC, Place(tmp_path / "t.j2", 5), tmp_path, ())

    assert "100" in caught.value.problems[0].what


# ---------------------------------------------------------------- what is drawn


ROW = {"id": "f", "label": "Now", "value": 62, "text": "about 62%", "when": "2030", "high": None}


def drawn(spec: dict[str, object], *rows: dict[str, object]) -> str:
    """The chart of a specification, or the words of its problems."""
    whole = {**spec, "data": {"values": rows or [ROW]}, "usermeta": {"texts": ["By hand"]}}
    chart = VegaChart(json.dumps(whole), (), Place(Path("x.vl.json")))
    try:
        return vega.vega_svg(chart, THEME, None)
    except ReportError as error:
        return "\n".join(problem.what for problem in error.problems)


def textual(field: str, **more: object) -> dict[str, object]:
    return {"mark": {"type": "text", **more}, "encoding": {"text": {"field": field}}}


def test_what_no_fact_says_is_not_printed() -> None:
    total = {"transform": [{"calculate": "datum.value * 2", "as": "all"}], **textual("all")}
    axis = {"axis": {"labels": True, "title": "By hand"}}
    dated = {
        **textual("when"),
        "encoding": {
            "text": {"field": "when"},
            "x": {"field": "value", "type": "quantitative", **axis},
        },
    }
    layers = [textual("value"), total, textual("text", limit=46), textual("text"), dated]

    assert drawn({"layer": layers}).splitlines() == [
        "the chart prints '62', and no fact says '62'",
        "the chart prints '124', and no fact says '124'",
        "the chart cuts a text off: '…'",
    ]


DRAWN = {
    "a warning": (
        {"mark": "text", "encoding": {"text": {"field": "text"}, "shape": {"field": "label"}}},
        'Vega-Lite warns: shape dropped as it is incompatible with "text"',
    ),
    "an expression without an end": (
        {"transform": [{"calculate": "datum.value +", "as": "a"}], "mark": "bar"},
        "Vega-Lite can't draw this: unexpected end of input",
    ),
    "no kind of chart": (
        {"title": "By hand"},
        (
            "Vega-Lite can't draw this: invalid specification {…}. Make sure the specification includes "
            'at least one of the following properties: "mark", "layer", "facet", "hconcat", "vconcat", '
            '"concat", or "repeat"'
        ),
    ),
    "too large": (
        {"mark": "bar", "width": 900, "height": 900},
        "the chart is 900 points wide; the text is 476\nthe chart is 900 points high; 600 fit",
    ),
    "nothing": (
        {"transform": [{"filter": "datum.value > 99"}], "mark": "bar"},
        "the chart draws nothing",
    ),
}


@pytest.mark.parametrize(("spec", "message"), DRAWN.values(), ids=DRAWN.keys())
def test_what_is_drawn_is_whole_and_fits(spec: dict[str, object], message: str) -> None:
    assert drawn(spec) == message


X = {"field": "value", "type": "quantitative"}
LEADING = {
    "a paint": {"mark": {"type": "bar", "fill": "url(https://a.test/b#c)"}, "encoding": {"x": X}},
    "a file": {
        "mark": "bar",
        "encoding": {"x": X, "color": {"value": "url(file:///etc/hostname#c)"}},
    },
    "a computed paint": {
        "mark": {"type": "bar", "fill": {"expr": "'u' + 'rl(//a.test#c)'"}},
        "encoding": {"x": X},
    },
    "an escaped paint": {"mark": {"type": "bar", "fill": "u\\72l(//a.test)"}, "encoding": {"x": X}},
    "a ground": {"mark": "bar", "view": {"fill": "url(//a.test#c)"}, "encoding": {"x": X}},
    "a line of an axis": {
        "mark": "bar",
        "encoding": {"x": {**X, "axis": {"domain": True, "domainColor": "url(//a.test#c)"}}},
    },
    "a style": {
        "mark": {"type": "bar", "blend": "normal; background: url(//a.test)"},
        "encoding": {"x": X},
    },
}


@pytest.mark.parametrize("spec", LEADING.values(), ids=LEADING.keys())
def test_a_chart_leads_to_nothing_outside_it(spec: dict[str, object]) -> None:
    assert drawn(spec).startswith("the chart leads to '")


def test_a_chart_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vega, "MAX_SECONDS", 1)
    ticks = {"axis": {"tickCount": 30_000_000, "labels": True}}
    spec = {"mark": "bar", "encoding": {"x": {"field": "value", "type": "quantitative", **ticks}}}

    assert drawn(spec) == "the chart isn't drawn after 1 seconds"


def test_check_draws_a_chart_and_tells_at_its_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = '{"mark": "text", "encoding": {"text": {"field": "value"}}}'

    told = run(workspace_of(tmp_path, spec), capsys, "check", "--lang", "en")

    hint = "print the field 'text', which has hedge and unit; compute figures in the store"
    assert told == Told(
        1,
        "",
        f"templates/{SPEC}: the chart prints '48', and no fact says '48'\n  hint: {hint}\n"
        f"templates/{SPEC}: the chart prints '62', and no fact says '62'\n  hint: {hint}\n",
    )


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            "chart('vega', ['havneby.staff'], caption='C', alt='A')",
            (
                "a chart of kind 'vega' without its specification\n"
                "  hint: name a file under templates/: spec='charts/my-chart.vl.json'"
            ),
        ),
        (
            f"chart('vega', ['havneby.staff'], spec='{SPEC}', caption='C')",
            (
                "a chart of kind 'vega' without alt text\n"
                "  hint: say what it shows: alt='…'; the values follow by themselves"
            ),
        ),
    ],
    ids=["specification", "alt text"],
)
def test_a_chart_of_ones_own_needs_a_specification_and_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], call: str, message: str
) -> None:
    workspace = workspace_of(tmp_path, DOTS, f"{{{{ {call} }}}}")

    told = run(workspace, capsys, "check", "--lang", "en")

    assert told == Told(1, "", f"{EN}:5: {message}\n")
