"""Where the text of an edition comes from, and the shipped brief's base templates."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from shipped import ROOT
from workspaces import EN, Told, changed, english, make_workspace, run, write

from reports.briefs import load_workspace
from reports.build import resolve_edition
from reports.build.outputs import Resolved
from reports.document import Assessment, Callout
from reports.trace.origins import left_out, origins

BASE = "templates/channels/base.md.j2"
SHARED = "templates/shared/part.md.j2"
INHERITING = {
    BASE: """\
{% block title %}
# Applications
{% endblock %}

{% block answer %}
Many apply on the web{{ cite("havneby.web-share") }}.
{% endblock %}

{% block notice %}{% endblock %}

{% block conclusion %}
{% block options %}
To go on{{ cite("havneby.one-way-in") }}.
{% endblock %}

{% block advice %}
Open one way in.
{% endblock %}
{% endblock %}
""",
    SHARED: """\
{# A macro, and a passage below it. #}
{% macro dated(id) %}
{{ fact(id) }} in
{{ as_of(id) }} or so
{%- endmacro %}
So it was.{# It stands outside of {% macro dated(id) %}. #}
""",
    EN: """\
{% extends "channels/base.md.j2" %}
{% from "shared/part.md.j2" import dated %}

{% block answer %}
{{ super() }}
It was {{ dated("havneby.staff") }}.

{{ caption("Who said so", base="It stood in " ~ "the report.") }}

| Who | What |
|---|---|
| {{ speaker("havneby.opened") }} | {{ statement("havneby.opened") }} |
{% endblock %}

{% block conclusion %}
{% include "shared/part.md.j2" %}

{% block advice %}
{{ chart("bars", ["havneby.web-share"], caption="On the web") }}
{{ said() }}
{% endblock %}
{% endblock %}

{% macro said() %}So they said.{% endmacro %}
""",
}

EXPLAINED = f"""\
channels/public.en (pdf, docx, html)

title  {BASE}:1

answer  {EN}:4
  adds to  {BASE}:5
  macro dated  {SHARED}:3
    [2]  havneby.staff      figure: 4,200; as of: June 2030
    [3]  havneby.opened     statement: The form opened on 11 April.

  super()  {BASE}:5
      [1]  havneby.web-share  cited

notice  {BASE}:9
  prints nothing

conclusion  {EN}:15
  instead of  {BASE}:11
  include  {SHARED}:6

  advice  {EN}:18
    instead of  {BASE}:16
    macro said  {EN}:24
      [1]  havneby.web-share  chart: about 62%

options  {BASE}:12
  left out with the block or condition around it
"""


def explained(root: Path, capsys: pytest.CaptureFixture[str], *words: str) -> Told:
    """What the command says of the public's English edition, with spaces that break."""
    told = run(root, capsys, "explain", "channels", "public", "--lang", "en", *words)
    return Told(told.code, told.out.replace("\N{NO-BREAK SPACE}", " "), told.err)


def test_each_block_names_its_line_what_it_overrides_who_wrote_in_it_and_its_facts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_workspace(tmp_path, INHERITING)

    assert explained(root, capsys) == Told(0, EXPLAINED, "")


def test_a_script_gets_the_same_with_the_form_of_each_printed_fact(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_workspace(tmp_path, INHERITING)

    (found,) = json.loads(explained(root, capsys, "--json").out)

    answer = found["blocks"][1]
    assert (found["edition"], found["formats"]) == ("channels/public.en", ["pdf", "docx", "html"])
    assert found["left_out"] == [{"block": "options", "template": BASE, "line": 12}]
    assert [(each["block"], each["depth"], each["blank"]) for each in found["blocks"]] == [
        ("title", 0, False),
        ("answer", 0, False),
        ("answer", 1, False),
        ("notice", 0, True),
        ("conclusion", 0, False),
        ("advice", 1, False),
    ]
    assert answer == {
        "block": "answer",
        "depth": 0,
        "template": EN,
        "line": 4,
        "overrides": [{"template": BASE, "line": 5}],
        "adds": True,
        "inherited": False,
        "parts": [{"macro": "dated", "template": SHARED, "line": 3}],
        "facts": [
            {
                "fact": "havneby.staff",
                "note": 2,
                "printed": [
                    {"form": "figure", "text": "4,200"},
                    {"form": "as of", "text": "June 2030"},
                ],
            },
            {
                "fact": "havneby.opened",
                "note": 3,
                "printed": [
                    {"form": "speaker", "text": None},
                    {"form": "statement", "text": "The form opened on 11 April."},
                ],
            },
        ],
        "blank": False,
    }


def test_a_template_without_blocks_is_told_as_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unprinted = "{% set unseen %}{{ fact('havneby.staff') }}{% endset %}"
    root = make_workspace(tmp_path, english(f"{unprinted}\nIt is.\n"))

    assert explained(root, capsys) == Told(
        0,
        "channels/public.en (pdf, docx, html)\n\n"
        f"outside of blocks  {EN}:1\n"
        "    [1]  havneby.web-share  figure: about 62%\n",
        "",
    )


def test_an_edition_that_asks_for_the_format_is_told_once_a_document(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = "{% block more %}{% if format == 'html' %}On the web.{% endif %}{% endblock %}"
    root = make_workspace(tmp_path, english(body))

    found = json.loads(explained(root, capsys, "--json").out)

    blank = {tuple(each["formats"]): each["blocks"][0]["blank"] for each in found}
    assert blank == {("pdf",): True, ("docx",): True, ("html",): False}


def test_the_facts_of_a_caption_are_told_with_its_block(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = "{% set base %}Counted in {{ as_of('havneby.staff') }}.{% endset %}"
    chart = "{{ chart('bars', ['havneby.web-share'], caption='On the web', base=base) }}"
    root = make_workspace(
        tmp_path, english(f"{{% block more %}}\n{base}\n{chart}\n{{% endblock %}}")
    )

    (found,) = json.loads(explained(root, capsys, "--json").out)

    facts = {each["fact"]: each["note"] for each in found["blocks"][0]["facts"]}
    assert facts == {"havneby.web-share": 1, "havneby.staff": 2}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("chanels", "public"), Told(1, "", "unknown brief 'chanels'\n  hint: did you mean 'channels'?\n")),
        (
            ("channels", "council"),
            Told(1, "", "unknown audience of 'channels': 'council'\n  hint: known: public\n"),
        ),
    ],
)  # fmt: skip
def test_an_edition_that_there_is_not_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, str], told: Told
) -> None:
    assert run(make_workspace(tmp_path), capsys, "explain", *words) == told


def test_a_language_that_the_edition_does_not_have_is_a_wrong_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_workspace(tmp_path)

    with pytest.raises(SystemExit, match=r"^2$"):
        run(root, capsys, "explain", "channels", "public", "--lang", "da")

    assert capsys.readouterr().err == "--lang: 'da' is unknown\n  hint: known: en, nb\n"


# ---------------------------------------------------------------- the shipped brief


def shipped_copy(root: Path, *languages: str) -> Path:
    """The repository's brief for one more audience, which has the base and nothing else."""
    shutil.copytree(ROOT / "facts", root / "facts")
    shutil.copytree(ROOT / "templates", root / "templates")
    brief = root / "templates/digital-public-services"
    settings = (brief / "brief.yaml").read_text("utf-8")
    only = changed(
        settings, "[political-leadership, executives, digital-leads, public]", "[visitors]"
    )
    write(brief / "brief.yaml", only.partition("case:")[0])
    own = (root / "templates/audiences/public.yaml").read_text("utf-8")
    write(root / "templates/audiences/visitors.yaml", own)
    for code in languages:
        extends = f'{{% extends "digital-public-services/base.{code}.md.j2" %}}\n'
        write(brief / f"visitors.{code}.md.j2", extends)
    return root


def test_an_audience_that_only_extends_the_base_has_a_whole_brief(tmp_path: Path) -> None:
    workspace = load_workspace(shipped_copy(tmp_path, "nb", "en"))

    norwegian, english_one = (resolve_edition(each, workspace)[0] for each in workspace.editions())

    for item in (norwegian, english_one):
        boxes = [
            type(each) for each in item.document.body if isinstance(each, Callout | Assessment)
        ]
        assert item.composed.warnings == ()
        assert item.document.cover.lead
        assert boxes == [Callout, Callout, Assessment]
    assert printed_blocks(norwegian) == printed_blocks(english_one)
    assert all(not left_out(item.composed) for item in (norwegian, english_one))
    noted = {note.fact: note.number for note in norwegian.document.notes.notes}
    assert noted == {told.fact: told.note for each in origins(norwegian) for told in each.facts}


def printed_blocks(item: Resolved) -> list[tuple[str, int, bool]]:
    return [(each.name, each.depth, each.blank) for each in origins(item)]
