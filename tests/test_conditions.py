"""Conditions by audience, language, format and brief, and what each block of a template wrote."""

from __future__ import annotations

from pathlib import Path

import pytest
from workspaces import EN, EN_HEAD, Told, changed, english, make_workspace, run

from reports.briefs import Format, load_workspace
from reports.build import resolve_edition
from reports.build.outputs import Resolved
from reports.compose.passages import Passage
from reports.problems import Place

BY_FORMAT = """\
{% if format == "html" %}
On the screen: {{ statement("havneby.staff") }}
{% elif format in ["pdf", "docx"] %}
On paper: {{ statement("havneby.paper-share") }}
{% endif %}
"""


PRINTED = (
    "'audience' can be compared, but not printed or changed\n"
    "  hint: write what readers should see: {% if audience == … %}\n"
)


MIXED_UP = "is one word: it is == a word or in a list of words"


def english_items(root: Path, body: str) -> tuple[Resolved, ...]:
    workspace = load_workspace(make_workspace(root, english(body)))
    return resolve_edition(workspace.editions()[1], workspace)


def test_a_template_that_asks_for_the_format_gives_a_document_a_format(tmp_path: Path) -> None:
    items = english_items(tmp_path, BY_FORMAT)

    assert [item.formats for item in items] == [(Format.PDF,), (Format.DOCX,), (Format.HTML,)]
    pdf, docx, html = (item.document.plain_text() for item in items)
    assert pdf == docx
    assert "On paper: Nearly eight in ten came in on paper" in pdf.replace("\u00a0", " ")
    assert "On the screen" not in pdf
    assert "On the screen: The municipality had 4,200 staff" in html
    assert "On paper" not in html


def test_a_template_that_does_not_ask_gives_one_document_for_all_formats(tmp_path: Path) -> None:
    (item,) = english_items(tmp_path, "Nothing more.")

    assert item.formats == (Format.PDF, Format.DOCX, Format.HTML)


def test_each_output_says_what_its_format_was_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_workspace(tmp_path, english(BY_FORMAT))

    told = run(root, capsys, "build", "--lang", "en", "--format", "html")

    assert told.code == 0
    assert told.err.startswith(f"[1/1] channels/public.en\n1 output in {tmp_path / 'out'} (")
    assert "On the screen" in (root / "out/channels/public.en.html").read_text("utf-8")
    assert (root / "out/index.html").read_text("utf-8").count("public.en.html") == 1


def test_a_fact_that_one_format_alone_tells_is_found_where_it_is_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_workspace(tmp_path, english(BY_FORMAT))

    told = run(root, capsys, "facts", "where-used", "havneby.staff")

    assert told.code == 0
    assert f"{EN}:6" in told.out


@pytest.mark.parametrize(
    ("condition", "audience", "language"),
    [
        ('audience == "public"', True, True),
        ('audience in ("council", "public") and language != "nb"', True, True),
        ('"council" == audience', False, False),
        ('brief == "channels" and language == "en"', True, True),
        ("not subject", True, True),
        ("{'public': true, 'council': false}[audience]", True, True),
    ],
)
def test_conditions_hold_for_the_edition_that_is_made(
    tmp_path: Path, condition: str, *, audience: bool, language: bool
) -> None:
    items = english_items(tmp_path, f"{{% if {condition} %}}\nIt holds.\n{{% endif %}}")

    assert ("It holds." in items[0].document.plain_text()) is (audience and language)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (
            '{% if audience == "pubic" %}x{% endif %}',
            "unknown audience 'pubic'\n  hint: did you mean 'public'?\n",
        ),
        (
            '{% if false %}{% if "word" == format %}x{% endif %}{% endif %}',
            "unknown format 'word'\n  hint: known: docx, html, pdf\n",
        ),
        (
            '{% if language in ["en", "no"] %}x{% endif %}',
            "unknown language 'no'\n  hint: known: da, en, nb, nn\n",
        ),
        (
            '{% if false %}{% if audience in "public" %}x{% endif %}{% endif %}',
            f"'audience' {MIXED_UP}\n  hint: write audience == 'a', or audience in ['a', 'b']\n",
        ),
        (
            '{% if language != ["en", "nb"] %}x{% endif %}',
            f"'language' {MIXED_UP}\n  hint: write language == 'a', or language in ['a', 'b']\n",
        ),
        (
            "For {{ audience }}.",
            PRINTED,
        ),
        (
            '{{ "for " + audience }}',
            PRINTED,
        ),
    ],
)
def test_a_misspelt_condition_and_a_printed_word_are_problems(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, problem: str
) -> None:
    root = make_workspace(tmp_path, {EN: f"{EN_HEAD}\n{line}\n"})

    assert run(root, capsys, "check") == Told(1, "", f"{EN}:5: {problem}")


BASE = """\
# {% block title %}No title{% endblock %}

{% block answer %}
Yes: {{ statement("havneby.staff") }}
{% endblock %}

{% block evidence %}{% endblock %}

{% block notes %}
The end.
{% endblock %}
"""
OWN = """\
{% extends "channels/base.en.md.j2" %}
{% block title %}Our title{% endblock %}
{% block answer %}
{{ super() }}

{% include "shared/more.md.j2" %}
{% endblock %}
"""
MORE = 'Also: {{ fact("havneby.web-share") }}.\n'


def test_each_block_is_told_with_what_it_wrote(tmp_path: Path) -> None:
    files = {EN: OWN, "templates/channels/base.en.md.j2": BASE, "templates/shared/more.md.j2": MORE}
    root = make_workspace(tmp_path, files)
    workspace = load_workspace(root)

    composed = resolve_edition(workspace.editions()[1], workspace)[0].composed

    own, base, more = (root / name for name in files)
    assert composed.passages == (
        Passage("title", Place(own, 2), 0, (), (Place(own, 2),), blank=False),
        Passage("answer", Place(own, 3), 0, (0, 1), (Place(base, 4), Place(more, 1)), blank=False),
        Passage("answer", Place(base, 3), 1, (0,), (Place(base, 4),), blank=False),
        Passage("evidence", Place(base, 7), 0, (), (), blank=True),
        Passage("notes", Place(base, 9), 0, (), (Place(base, 10),), blank=False),
    )
    assert composed.blocks["answer"] == (Place(own, 3), Place(base, 3))
    assert composed.blocks["evidence"] == (Place(base, 7),)


def test_a_block_that_is_cut_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = "{% set all %}{% block answer %}Some words.{% endblock %}{% endset %}{{ all[:5] }}"

    told = run(make_workspace(tmp_path, english(body)), capsys, "check", "--lang", "en")

    what = "the text of a block was cut or changed\n  hint: print blocks without filters\n"
    assert told == Told(1, "", f"{EN}: {what}")


@pytest.mark.parametrize("name", ["first", "last", "length", "sort", "upper|first"])
def test_a_filter_that_loses_a_passage_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    body = f"{{% filter {name} %}}Some words: {{{{ fact('havneby.staff') }}}}.{{% endfilter %}}"

    told = run(make_workspace(tmp_path, english(body)), capsys, "check", "--lang", "en")

    what = f"'{name.rpartition('|')[2]}' can't filter a passage: its text would be lost"
    hint = "a passage takes capitalize, lower, trim or upper"
    assert told == Told(1, "", f"{EN}:5: {what}\n  hint: {hint}\n")


def test_all_formats_of_an_edition_are_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = '{% if format == "docx" %}\nSee {{ ref("nowhere") }}.\n{% endif %}'
    root = make_workspace(tmp_path, english(body))

    told = run(root, capsys, "check")

    assert told.code == 1
    assert told.err.startswith(f"{EN}:6: ")
    assert changed(told.err, "nowhere", "x")


def test_an_audience_that_no_brief_names_is_told_apart_from_an_unknown_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_workspace(tmp_path)

    with pytest.raises(SystemExit, match=r"^2$"):
        run(root, capsys, "check", "--audience", "council")

    assert capsys.readouterr().err == (
        "--audience: no brief is written for 'council'\n"
        "  hint: add it to 'audiences' in the brief's brief.yaml\n"
    )
