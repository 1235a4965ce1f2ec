"""A brief that is made once for each row of a table: ids, names, conditions, outputs and cases."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from docx import Document
from workspaces import (
    AUDIENCE,
    EN,
    PUBLIC,
    REPOSITORY,
    Told,
    changed,
    contents,
    make_workspace,
    run,
    write,
)

from reports.briefs import load_workspace
from reports.build import resolve_each, resolve_edition

NBSP = "\N{NO-BREAK SPACE}"
EXAMPLE = REPOSITORY / "docs/series-example"
TABLE = "facts/tables/towns.csv"
SIDECAR = "facts/tables/towns.table.yaml"
YEARS = "facts/tables/years.csv"
BRIEF = "templates/channels/brief.yaml"
TOWNS = """\
town,web,before,staff
Havneby,62,31,4200
Lilleby,35,,310
Sandvik,60,22,900
"""
SHARED = """\
shared:
  theme: channels
  said_by: union
  standing: established
  source: havneby-2031
  as_of: 2030
  recorded: 2031-04-02
"""
COLUMNS = f"""\
missing: [""]
subject: {{column: town}}
{SHARED}columns:
  web:
    statement: {{nb: "{{subject}}: {{figure}}.", en: "{{subject}}: {{figure}}."}}
    figure: {{measure: web-share, among: applications}}
  before:
    statement: {{nb: "{{subject}}: {{figure}}.", en: "{{subject}}: {{figure}}."}}
    figure: {{measure: web-share, among: applications}}
    as_of: 2027
  staff:
    statement: {{nb: "{{subject}}: {{figure}}.", en: "{{subject}}: {{figure}}."}}
    figure: {{measure: head-count, among: employees}}
"""
OF_YEARS = "town,year,web\nHavneby,2029,55\nHavneby,2030,62\nLilleby,2030,35\nSandvik,2029,51\n"
YEARS_SIDECAR = f"""\
subject: {{column: town, per: year}}
{SHARED.replace("2030", "{column: year}")}columns:
  web:
    statement: {{nb: "{{subject}}: {{figure}}.", en: "{{subject}}: {{figure}}."}}
    figure: {{measure: answer-time, among: applications}}
"""
SETTINGS = """\
title: {nb: "Søknader i {subject}", en: "Applications in {subject}"}
from: {nb: Rådgiver, en: Adviser}
date: 2031-04-10
for_each: facts/tables/towns.csv
audiences: [public]
languages: [en]
formats: [html, docx]
"""
PLACES = """\
places:
  lilleby: {name: {nb: Lilleby, en: Lilleby}, in: norway}
  sandvik: {name: {nb: Sandvika, en: Sandvik}, in: norway}
"""
TEXT = """\
# How {{ subject }} answers

In {{ subject }}, {{ fact("web") }} come in on the web.
"""


LEVELS = ("access", "internal", "public", "public")
WITH_SECRETS = {  # Havneby's figures are for the council alone
    TABLE: "".join(f"{row},{each}\n" for row, each in zip(TOWNS.split(), LEVELS, strict=True)),
    SIDECAR: COLUMNS.replace("  recorded:", "  access: {column: access}\n  recorded:"),
    BRIEF: SETTINGS.replace("[public]", "[public, council]"),
    "templates/channels/council.en.md.j2": TEXT,
}


def series(root: Path, body: str = "", files: dict[str, str] | None = None) -> Path:
    """A workspace whose brief is made for each of three towns; `body` begins on line 5."""
    own = {
        TABLE: TOWNS,
        SIDECAR: COLUMNS,
        YEARS: OF_YEARS,
        "facts/tables/years.table.yaml": YEARS_SIDECAR,
        "facts/towns.yaml": PLACES,
        BRIEF: SETTINGS,
        EN: f"{TEXT}\n{body}\n",
    }
    return make_workspace(root, {**own, **(files or {})})


def texts(root: Path) -> dict[str, str]:
    """What each edition says, by its name."""
    workspace = load_workspace(root)
    resolved, problems = resolve_each(workspace.editions(), workspace)
    assert problems == ()
    return {item.edition.name: item.document.plain_text() for item in resolved}


def of_havneby(root: Path) -> str:
    """What the edition for Havneby says, whatever is wrong with the others."""
    workspace = load_workspace(root)
    edition = next(each for each in workspace.editions() if each.subject == "havneby")
    return resolve_edition(edition, workspace)[0].document.plain_text()


# ---------------------------------------------------------------- editions


def test_a_brief_is_made_once_for_each_row_of_its_table(tmp_path: Path) -> None:
    workspace = load_workspace(series(tmp_path))

    assert [(each.name, each.title) for each in workspace.editions()] == [
        ("channels/havneby/public.en", "Applications in Havneby"),
        ("channels/lilleby/public.en", "Applications in Lilleby"),
        ("channels/sandvik/public.en", "Applications in Sandvik"),
    ]


def test_a_subject_has_its_own_figures_and_name(tmp_path: Path) -> None:
    told = texts(series(tmp_path))

    assert [text.splitlines()[1:3] for text in told.values()] == [
        ["How Havneby answers", "In Havneby, 62%[1] come in on the web."],
        ["How Lilleby answers", "In Lilleby, 35%[1] come in on the web."],
        ["How Sandvik answers", "In Sandvik, 60%[1] come in on the web."],
    ]


def test_a_subject_with_several_rows_is_one_subject(tmp_path: Path) -> None:
    settings = SETTINGS.replace("towns.csv", "years.csv")
    body = TEXT.replace('"web"', '"web@2030"')
    root = series(
        tmp_path, files={BRIEF: settings, EN: body, YEARS: OF_YEARS.replace("2029,51", "2030,51")}
    )

    assert [text.splitlines()[2] for text in texts(root).values()] == [
        f"In Havneby, 62{NBSP}weeks[1] come in on the web.",
        f"In Lilleby, 35{NBSP}weeks[1] come in on the web.",
        f"In Sandvik, 51{NBSP}weeks[1] come in on the web.",
    ]


def test_an_audience_has_no_edition_of_a_subject_of_which_it_may_see_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = series(tmp_path, files=WITH_SECRETS)

    named = [each.name for each in load_workspace(root).editions()]
    assert named == [
        "channels/havneby/council.en",
        "channels/lilleby/public.en",
        "channels/lilleby/council.en",
        "channels/sandvik/public.en",
        "channels/sandvik/council.en",
    ]
    with pytest.raises(SystemExit):
        run(root, capsys, "check", "--audience", "public", "--subject", "havneby")
    asked = "--subject: 'havneby' is unknown\n  hint: known: lilleby, sandvik\n"
    assert capsys.readouterr().err == asked


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"),
    [
        (
            BRIEF,
            "towns.csv",
            "towns.cvs",
            (
                f"{BRIEF}:4:1: 'facts/tables/towns.cvs' is no table of the store\n"
                "  hint: did you mean 'facts/tables/towns.csv'?\n"
            ),
        ),
        (
            BRIEF,
            "facts/tables/towns.csv",
            "[towns]",
            f"{BRIEF}:4:11: 'for_each' of brief 'channels' must be a text\n",
        ),
        (
            BRIEF,
            "Applications in {subject}",
            "Applications",
            (
                f"{BRIEF}:1:1: the 'en' title is the same for each subject of the series\n"
                "  hint: let it say which, with {subject}\n"
            ),
        ),
        (
            BRIEF,
            "Applications in {subject}",
            "{town} {subject}",
            (
                f"{BRIEF}:1:1: the 'en' title has {{town}}, which stands for nothing\n"
                "  hint: {subject} stands for the subject's name\n"
            ),
        ),
        (
            BRIEF,
            "for_each: facts/tables/towns.csv\n",
            "",
            (
                f"{BRIEF}:1:1: the title of brief 'channels' has {{subject}}, and the brief is made once\n"
                "  hint: name the table: 'for_each: facts/tables/….csv'\n"
            ),
        ),
        (
            TABLE,
            TOWNS,
            "town,web,before,staff\n",
            (
                f"{BRIEF}:4:1: no row of 'facts/tables/towns.csv' has a figure that its audiences may see\n"
                "  hint: add rows, or raise the access of an audience\n"
            ),
        ),
    ],
    ids=["no table", "no text", "no subject", "a slip", "made once", "no rows"],
)
def test_what_keeps_a_brief_from_being_a_series_is_told_where_it_stands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, old: str, new: str, problem: str
) -> None:
    root = series(tmp_path)
    text = (root / name).read_text("utf-8")
    assert old in text
    write(root / name, text.replace(old, new))

    assert run(root, capsys, "check") == Told(1, "", problem)


# ---------------------------------------------------------------- ids


CALLS = """\
{{ fact("SHORT") }}, {{ fact("SHORT", form="with base", start=True) }}, {{ statement("SHORT") }}

It rose{{ cite("SHORT") }} in {{ as_of("SHORT") }}, said {{ speaker("SHORT") }} in {{ source("SHORT") }}.

It {{ trend("before", "SHORT") }}, and is {{ compare("SHORT", "before") }} as much.

{% if facts["SHORT"].value > facts["before"].value %}It is more.{% endif %}

{{ table(["SHORT", "before"], caption="Both") }}

{{ comparison([["Web", ["SHORT"], []]], caption="Both") }}

{{ chart("bars", ["SHORT", "before"], caption="Both", labels=["Now", "Then"]) }}

{{ chart("slope", {"Here": ["before", "SHORT"]}, caption="Both") }}

{{ timeline(["before", "SHORT"], caption="Both") }}

{% for id in query(place=subject, theme="channels") %}{{ cite(id) }}{% endfor %}
"""
LEFT_OUT = {
    "web@sandvik": "towns.web@sandvik",
    "towns.web": "towns.web@havneby",
    "years.web@2030": "years.web@havneby-2030",
    "years.web@sandvik-2029": "years.web@sandvik-2029",
    "havneby.staff": "havneby.staff",
}


def test_a_column_stands_for_the_subjects_cell_wherever_a_fact_is_named(tmp_path: Path) -> None:
    whole = CALLS.replace("SHORT", "towns.web@havneby").replace(
        '"before"', '"towns.before@havneby"'
    )
    whole = changed(whole, "place=subject", 'place="havneby"')

    told = of_havneby(series(tmp_path / "short", CALLS.replace("SHORT", "web")))

    assert told == of_havneby(series(tmp_path / "whole", whole))
    assert "It doubled[2][1], and is twice[1][2] as much." in told


def test_what_an_id_leaves_out_is_the_current_one(tmp_path: Path) -> None:
    line = '{{ fact("ID") }}{{ cite("ID") }}\n\n'

    told = of_havneby(
        series(tmp_path / "short", "".join(line.replace("ID", id_) for id_ in LEFT_OUT))
    )

    whole = "".join(line.replace("ID", id_) for id_ in LEFT_OUT.values())
    assert told == of_havneby(series(tmp_path / "whole", whole))


def test_a_figure_that_is_not_there_is_told_once_with_the_subjects_that_lack_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("wbe", "web@sandvig", "years.web", "before", "years.web@2029")
    root = series(tmp_path, "\n\n".join(f'{{{{ fact("{id_}") }}}}' for id_ in asked))
    everyone = "(in 3 subjects: havneby, lilleby, sandvik)"

    told = run(root, capsys, "check")

    problems = (
        f"{EN}:5: unknown fact 'wbe' {everyone}",
        "  hint: did you mean 'web'?",
        f"{EN}:7: table 'towns' has no row 'sandvig' {everyone}",
        "  hint: did you mean 'sandvik'?",
        f"{EN}:9: 'havneby' has several rows in table 'years' {everyone}",
        "  hint: say which: 'web@2029'",
        f"{EN}:11: the cell of fact 'towns.before@lilleby' has no figure",
        "  hint: ask first: {% if has('before') %}",
        f"{EN}:13: the cell of fact 'years.web@lilleby-2029' has no figure",
        "  hint: ask first: {% if has('years.web@2029') %}",
        "",
    )
    assert told == Told(1, "", "\n".join(problems))


def test_a_template_can_ask_whether_there_is_a_figure(tmp_path: Path) -> None:
    line = '{% if has("ID") %}It rose{{ cite("ID") }}.{% else %}Nobody counted.{% endif %}'
    body = "\n\n".join(line.replace("ID", id_) for id_ in ("before", "years.web@2029"))

    told = texts(series(tmp_path, body))

    ends = (text.split("\nNotes\n")[0].splitlines()[-1] for text in told.values())
    assert list(ends) == [
        "It rose[2]. It rose[3].",
        "Nobody counted. Nobody counted.",
        "It rose[2]. It rose[3].",
    ]


def test_a_fact_may_not_have_the_id_of_a_column(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = series(tmp_path)
    store = root / "facts/havneby.yaml"
    write(store, changed(store.read_text("utf-8"), "havneby.staff:", "staff:"))

    problem = (
        "facts/havneby.yaml:65:5: 'staff' is the id of a fact, and means the column "
        "'towns.staff' in a series\n  hint: rename the fact or the column\n"
    )
    assert run(root, capsys, "check") == Told(1, "", problem)


# ---------------------------------------------------------------- names and conditions


def test_conditions_compare_the_subject_and_charts_name_it(tmp_path: Path) -> None:
    body = """\
{% if subject == "sandvik" %}
The beach.
{% elif subject in ["havneby", "lilleby"] %}
{{ chart("bars", ["web", "web@sandvik"], labels=[subject, "The beach"], caption="Shares") }}

{{ chart("slope", {subject: ["before@havneby", "web@havneby"]}, caption="Shares") }}
{% endif %}

{{ comparison([[subject, ["web"], ["web@sandvik"]]], caption="Both", places=[subject, "sandvik"]) }}
"""
    places = changed(PLACES, "en: Lilleby", "en: Little Town")
    told = texts(series(tmp_path, body, {"facts/towns.yaml": places}))

    assert "The beach." in told["channels/sandvik/public.en"]
    table = "Topic Little Town Sandvik\nLittle Town Little Town: 35%.[1] Sandvik: 60%.[2]"
    assert f"\n{table}\n" in told["channels/lilleby/public.en"]
    data = told["channels/lilleby/public.en"].split("Who says it\n")[1:]
    among = "Applications for a kindergarten place"
    assert [lines.splitlines()[:2] for lines in data] == [
        [f"Little Town 35%[1] {among} 2030 The union", f"The beach 60%[2] {among} 2030 The union"],
        [
            f"Little Town: 2027 31%[3] {among} 2027 The union",
            f"Little Town: 2030 62%[4] {among} 2030 The union",
        ],
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (
            '{% if subject == "havnebu" %}x{% endif %}',
            "unknown subject 'havnebu'@\n  hint: did you mean 'havneby'?\n",
        ),
        (
            "{{ subject|upper }}",
            (
                "'subject' can be printed and compared, but not joined or changed@\n"
                "  hint: name a text: {% set text %}… {{ subject }}{% endset %}\n"
            ),
        ),
        (
            '{{ "In " ~ subject }}',
            (
                "'subject' can be printed and compared, but not joined or changed@\n"
                "  hint: name a text: {% set text %}… {{ subject }}{% endset %}\n"
            ),
        ),
    ],
    ids=["misspelt", "changed", "joined"],
)
def test_a_misspelt_or_changed_subject_is_a_problem(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, problem: str
) -> None:
    told = f"{EN}:5: {problem.replace('@', ' (in 3 subjects: havneby, lilleby, sandvik)')}"

    assert run(series(tmp_path, line), capsys, "check") == Told(1, "", told)


def test_a_name_with_a_number_is_a_known_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    places = changed(PLACES, "en: Lilleby", "en: Lilleby 2")
    unnamed = {SIDECAR: COLUMNS, "facts/tables/years.table.yaml": YEARS_SIDECAR}
    unnamed = {name: text.replace("{subject}: ", "") for name, text in unnamed.items()}
    root = series(tmp_path, files={"facts/towns.yaml": places, **unnamed})

    told = run(root, capsys, "check")
    write(root / "templates/names.yaml", "names: [Skjema 2.0, Lilleby 2]\n")

    problem = "the subject's name 'Lilleby 2' has the number '2' (in lilleby)"
    hint = "  hint: list the name in templates/names.yaml\n"
    told_at = [f"{EN}:{line}: {problem}\n{hint}" for line in (1, 3)]
    assert told == Told(1, "", "".join(told_at))
    assert "\nIn Lilleby 2, 35%" in texts(root)["channels/lilleby/public.en"]


def test_what_is_no_place_has_its_name_from_the_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    columns = COLUMNS.replace("as_of: 2030", "as_of: 2030\n  place: havneby")
    named = columns.replace("{column: town}", "{column: town, name: {en: title, nb: title}}")
    rows = TOWNS.replace("Havneby", "harbour").splitlines()[:2]
    titled = [f"{row},{end}" for row, end in zip(rows, ("title", "The harbour"), strict=True)]
    files = {TABLE: "\n".join(rows), SIDECAR: columns.replace("{subject}: ", "")}

    told = run(series(tmp_path / "nameless", files=files), capsys, "check")
    files = {TABLE: "\n".join(titled), SIDECAR: named}
    harbour = texts(series(tmp_path / "named", files=files))["channels/harbour/public.en"]

    problem = (
        f"{TABLE}:2:1: subject 'harbour' has no name in 'en'\n"
        "  hint: name the column that tells it: 'subject: {…, name: {en: …}}'\n"
    )
    assert told == Told(1, "", problem)
    assert harbour.splitlines()[2] == "In The harbour, 62%[1] come in on the web."


def test_stale_figures_of_one_column_are_told_once_whoever_reads_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sidecar = WITH_SECRETS[SIDECAR].replace("  recorded:", "  review_by: 2031-05-01\n  recorded:")
    root = series(tmp_path, files={**WITH_SECRETS, SIDECAR: sidecar})

    told = run(root, capsys, "check", "--at", "2031-06-01")

    problem = (
        f"{TABLE}:2:2: warning: fact 'towns.web@havneby' was to be reviewed by 2031-05-01 "
        "(in 3 subjects: havneby, lilleby, sandvik)\n"
        "  hint: check it, then move 'review_by' or record a new version\n"
    )
    assert told == Told(0, "", f"{problem}5 editions and 20 facts without fault\n")


def test_a_contract_that_all_break_differently_is_told_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = '{% if subject != "lilleby" %}\nMore words.\n{% endif %}'
    audience = f"{PUBLIC.replace('{pages: 2}', '{words: 5}')}"

    told = run(series(tmp_path, body, {AUDIENCE: audience}), capsys, "check")

    problem = "the body has 11 words; 'public' allows 5 (in 3 subjects: havneby, lilleby, sandvik)"
    hint = "  hint: cut 6 words; the longest sections: the beginning (11)\n"
    assert told == Told(1, "", f"{EN}: {problem}\n{hint}")


# ---------------------------------------------------------------- outputs and cases


def test_the_example_of_the_manual_is_built_for_each_of_its_towns(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = shutil.copytree(EXAMPLE, tmp_path / "example")

    told = run(root, capsys, "build", "--jobs", "1")

    towns = {"havneby": "Havneby", "lilleby": "Lilleby", "sandvik": "Sandvik"}
    assert (told.code, told.out) == (0, "")
    assert {name for name in contents(root / "out") if "/" in name} == {
        f"kindergarten/{town}/council.en.{kind}" for town in towns for kind in ("html", "docx")
    }
    for town, name in towns.items():
        folder = root / "out/kindergarten" / town
        title = f"How {name} answers applications"
        assert Document(str(folder / "council.en.docx")).core_properties.title == title
        assert f"<title>{title}</title>" in (folder / "council.en.html").read_text("utf-8")


def test_the_manual_quotes_the_files_of_the_example_and_what_goes_wrong_in_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (REPOSITORY / "docs/templates.md").read_text("utf-8")
    root = shutil.copytree(EXAMPLE, tmp_path / "example")
    file = root / "templates/kindergarten/council.en.md.j2"
    text = changed(file.read_text("utf-8"), 'fact("places")', 'fact("place")')
    write(file, changed(text, 'if has("web-before")', "if true"))

    told = run(root, capsys, "check")

    fence = r"^```\w+ series-example/(\S+)\n(.*?)^```$"
    quoted = re.findall(fence, page, re.MULTILINE | re.DOTALL)
    assert [(EXAMPLE / name).read_text("utf-8") for name, _ in quoted] == [t for _, t in quoted]
    assert len(quoted) == 3
    assert told.code == 1
    assert f"\n```text\n{told.err}```\n" in page


def test_a_subject_with_a_fault_keeps_its_old_outputs_and_the_others_are_built(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = series(tmp_path, "{{ table(query(place=subject, theme='channels'), caption='All') }}")
    first = run(root, capsys, "build", "--format", "html", "--jobs", "1")
    old = contents(root / "out/channels")
    write(root / EN, f'{TEXT}\nBefore, it was {{{{ fact("before") }}}}.\n')

    told = run(root, capsys, "build", "--format", "html", "--jobs", "1")

    new = contents(root / "out/channels")
    assert first.code == 0
    assert told.code == 1
    assert f"{EN}:5: the cell of fact 'towns.before@lilleby' has no figure\n" in told.err
    assert {name for name in old if old[name] != new[name]} == {
        "havneby/public.en.html",
        "sandvik/public.en.html",
    }
    assert b"Before, it was" in new["havneby/public.en.html"]


def test_a_new_row_makes_one_more_document_and_leaves_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = series(tmp_path, '{% if subject != "sandvik" %}Elsewhere.{% endif %}')
    words = ("build", "--format", "html", "--jobs", "1", "--explain")
    run(root, capsys, *words)
    write(root / TABLE, f"{TOWNS}Norway,70,,\n")

    told = run(root, capsys, *words)

    kept, made = "kept: nothing that it rests on has changed", "written: it was never built here"
    assert (told.code, told.out.splitlines()) == (
        0,
        [
            f"channels/havneby/public.en.html  {kept}",
            f"channels/lilleby/public.en.html  {kept}",
            f"channels/norway/public.en.html   {made}",
            f"channels/sandvik/public.en.html  {kept}",
        ],
    )


def test_a_bundle_of_a_series_is_of_the_subject_that_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = series(tmp_path)
    words = ("attach", "channels", "--case", "2031/12", "--audience", "public")

    attached = run(root, capsys, *words, "--subject", "sandvik", "--json")

    folder = Path(json.loads(attached.out)[0]["folder"])
    record = json.loads((folder / "data/case.json").read_text("utf-8"))
    assert folder == root / "out/cases/2031-12/channels.public.en.sandvik.v1"
    assert record["title"] == "Applications in Sandvik – The public"
    assert record["edition"]["subject"] == "sandvik"
    assert [file.name for file in (root / "issued").rglob("*.json")] == [f"{folder.name}.json"]
    assert run(root, capsys, "verify", str(folder)).code == 0
    with pytest.raises(SystemExit):
        run(root, capsys, *words)
    what = "--subject: brief 'channels' is a series, of 3 subjects"
    assert capsys.readouterr().err == f"{what}\n  hint: say which: --subject havneby\n"


def test_two_audiences_are_compared_subject_by_subject(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {
        BRIEF: changed(SETTINGS, "[public]", "[public, council]"),
        "templates/channels/council.en.md.j2": f'{TEXT}\n{{{{ fact("staff") }}}} work there.\n',
    }
    root = series(tmp_path, files=files)

    told = run(root, capsys, "diff-audiences", "public", "council", "--json")

    alone = [each for each in json.loads(told.out) if not each["alike"]]
    assert [(each["subject"], each["fact"], each["told_to"]) for each in alone] == [
        ("havneby", "towns.staff@havneby", "second"),
        ("lilleby", "towns.staff@lilleby", "second"),
        ("sandvik", "towns.staff@sandvik", "second"),
    ]
