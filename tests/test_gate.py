"""Numbers without a source: what the gate finds, what it lets through, and misuse of marks."""

from pathlib import Path

import pytest
from workspaces import EN, EN_HEAD, NB, NB_TEXT, Told, english, make_workspace, run

from reports.briefs import load_workspace
from reports.build import resolve_all

HINT = "  hint: print it with fact(…), or plain('…', 'why') if it is no fact\n"
WORD_HINT = "  hint: print a fact in words with form='words', or plain('…', 'why')\n"
WITHOUT_FAULT = "1 edition and 8 facts without fault\n"
MISUSE = (
    f"{EN}:5: a fact can be printed, but not filtered, joined, cut or compared\n"
    "  hint: print it by itself; compare with facts['id'].value\n"
)
BASE = """\
# Base

Lead {{ cite("havneby.staff") }}.

{% block answer %}
{% endblock %}
"""
TABLE = "| a | b |\n|---|---|\n| c | d |"

LITERALS = {
    "in text": ("There were 42.", 5, "42"),
    "with a sign of per cent": ("It was 10,5 % of all.", 5, "10,5 %"),
    "as a fraction sign": ("It was ½ of all.", 5, "½"),
    "in a heading": ("## In 2030", 5, "2030"),
    "in the title of a box": ('!!! caveat "Before 2030"\n\n    Careful.', 5, "2030"),
    "in a table": (f"{{{{ caption('T') }}}}\n\n{TABLE}\n| e | 17 |", 10, "17"),
    "in a link's text": ("See [page 7](https://example.org/).", 5, "7"),
    "in code": ("Type `42`.", 5, "42"),
    "in a branch that isn't rendered": ("{% if false %}\nThere were 42.\n{% endif %}", 6, "42"),
    "in a loop over nothing": ("{% for id in [] %}\nThere were 42.\n{% endfor %}", 6, "42"),
    "in a macro": ("{% macro m() %}\n\n17 of them\n{% endmacro %}\n{{ m() }}", 7, "17"),
    "in a macro that nobody calls": ("{% macro m() %}\n\n17 of them\n{% endmacro %}", 7, "17"),
    "in a set block": ("{% set s %}In 1999{% endset %}\n\nIt was {{ s }}.", 5, "1999"),
    "in a set block that isn't printed": ("{% set s %}In 1999{% endset %}", 5, "1999"),
    "by set": ("{% set n = '42' %}\nThere were {{ n }}.", 6, "42"),
    "by set, alone on its line": ("{% set n = '42' %}\n{{ n }}", 6, "42"),
    "by a constant": ("There were {{ '42' }}.", 5, "42"),
    "by a constant that isn't printed": ("{% if false %}{{ '42' }}{% endif %}", 5, "42"),
    "by joined constants": ("\n{{ '4' ~ '2' }}", 6, "42"),
    "at the start of a later line": ("In {{ fact('havneby.staff') }}\n2030. So.", 6, "2030"),
    "in what looks like a list": ("12) people came.", 5, "12"),
    "in what looks like a link": ("It](42) was.", 5, "42"),
    "in what looks like a footnote": ("It was.[^9]", 5, "9"),
    "in a caption": (f"{{{{ caption('In 2030') }}}}\n\n{TABLE}", 5, "2030"),
    "in a caption by set": (
        f"{{% set c = 'In 2030' %}}\n\n{{{{ caption(c) }}}}\n\n{TABLE}",
        7,
        "2030",
    ),
    "in a base line": (f"\n{{{{ caption('T', base='In 2030') }}}}\n\n{TABLE}", 6, "2030"),
    "in the caption of a chart": ("{{ chart('bars', ['havneby.staff'], 'In 2030') }}", 5, "2030"),
    "in the label of a chart": (
        "{{ chart('bars', ['havneby.staff'], caption='Staff',\n  labels=['In 2030']) }}",
        6,
        "2030",
    ),
    "in a label of a chart that isn't rendered": (
        "{% if false %}\n{{ chart('bars', ['x'], caption='S', labels=['In 2030']) }}\n{% endif %}",
        6,
        "2030",
    ),
    "in a label of a chart, by set": (
        "{% set a = ['In 2030'] %}\n{{ chart('bars', ['havneby.staff'], 'S', labels=a) }}",
        6,
        "2030",
    ),
    "in the reason of a chart": (
        "\n{{ chart('bars', ['havneby.staff'], caption='S', reason='As in 2030') }}",
        6,
        "2030",
    ),
    "in the caption of a timeline": (
        "{{ timeline(['havneby.staff'], caption='From 2030') }}",
        5,
        "2030",
    ),
    "in the title of an annex": ("{{ annex('Annex 2') }}", 5, "2"),
    "in a comparison's cell": (
        "\n{{ comparison([['Staff', ['havneby.staff'], 'There are 3']], caption='S') }}",
        6,
        "3",
    ),
    "in a comparison's topic": (
        "\n{{ comparison([['Plan 3', ['havneby.staff'], []]], caption='S') }}",
        6,
        "3",
    ),
    "in a comparison's cell by a set block": (
        (
            "{% set cell %}There are 3{% endset %}\n\n"
            "{{ comparison([['Staff', ['havneby.staff'], cell]], caption='S') }}"
        ),
        5,
        "3",
    ),
}

LET_THROUGH = {
    "list markers": "1. First {{ cite('havneby.staff') }}\n2. Next\n\n    1. Inner",
    "the target of a link": "See [the page](https://example.org/2030/7).",
    "a link that is its own text": "See <https://example.org/2030/7>.",
    "the target of a reference": "See [the page][p].\n\n[p]: https://example.org/2030",
    "a name": "The form is called Skjema 2.0.",
    "a plain number with its reason": "There are {{ plain('3', 'our own proposals') }}.",
    "a figure": "There were {{ fact('havneby.staff') }}.",
    "a comment": "{# since 2030 #}\nThey came.",
    "a condition": "{% if facts['havneby.web-share'].value > 50 %}\nMost.\n{% endif %}",
    "the id of a chart": "{{ chart('bars', ['havneby.staff'], caption='S', id='c2') }}",
}

NUMBER_WORDS = {
    "nb": (NB, NB_TEXT, "Det var To av tolv, altså halvparten.", ("To", "halvparten", "tolv")),
    "en": (EN, EN_HEAD, "There were Two of twelve, or half.", ("Two", "half", "twelve")),
}

FACT = "fact('havneby.web-share')"
MISUSES = {
    "a filter": f"{{{{ {FACT}|upper }}}}",
    "joining": f"{{{{ {FACT} ~ '!' }}}}",
    "adding": f"{{{{ {FACT} + '!' }}}}",
    "comparing": f"{{% if {FACT} == 62 %}}x{{% endif %}}",
    "ordering": f"{{% if {FACT} > 60 %}}x{{% endif %}}",
    "a condition": f"{{% if {FACT} %}}x{{% endif %}}",
    "cutting": f"{{{{ {FACT}[:2] }}}}",
    "measuring": f"{{% if {FACT}|length %}}x{{% endif %}}",
    "looking into it": f"{{% if 'a' in {FACT} %}}x{{% endif %}}",
    "looking for it": f"{{% if {FACT} in ['a'] %}}x{{% endif %}}",
    "looping over it": f"{{% for sign in {FACT} %}}x{{% endfor %}}",
    "joining a list": f"{{{{ [{FACT}, 'x']|join }}}}",
}


@pytest.mark.parametrize(("body", "line", "number"), LITERALS.values(), ids=LITERALS.keys())
def test_a_number_without_a_source_is_found_on_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], body: str, line: int, number: str
) -> None:
    workspace = make_workspace(tmp_path, english(body))

    told = run(workspace, capsys, "check")

    assert told == Told(1, "", f"{EN}:{line}: the number '{number}' has no source\n{HINT}")


def test_a_number_in_an_included_file_is_found_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shared = "templates/shared/part.md.j2"
    files = {**english('{% include "shared/part.md.j2" %}'), shared: "So it was\n\nin 2030.\n"}
    workspace = make_workspace(tmp_path, files)

    told = run(workspace, capsys, "check")

    assert told == Told(1, "", f"{shared}:3: the number '2030' has no source\n{HINT}")


def test_a_number_outside_the_blocks_of_an_extending_template_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        '{% extends "channels/base.md.j2" %}\nNever shown: 77.\n{% block answer %}x{% endblock %}'
    )
    workspace = make_workspace(tmp_path, {EN: text, "templates/channels/base.md.j2": BASE})

    told = run(workspace, capsys, "check")

    outside = (
        f"{EN}:2: text outside the blocks of a template that extends another\n"
        "  hint: move it into one of the blocks; elsewhere it is lost, or stands before all\n"
    )
    assert told == Told(1, "", f"{outside}{EN}:2: the number '77' has no source\n{HINT}")


@pytest.mark.parametrize("body", LET_THROUGH.values(), ids=LET_THROUGH.keys())
def test_a_number_that_is_no_figure_is_let_through(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], body: str
) -> None:
    workspace = make_workspace(tmp_path, english(body))

    told = run(workspace, capsys, "check", "--lang", "en")

    assert (told.code, told.err) == (0, WITHOUT_FAULT)


@pytest.mark.parametrize(
    ("file", "head", "body", "words"), NUMBER_WORDS.values(), ids=NUMBER_WORDS.keys()
)
def test_a_number_word_is_warned_of_and_built(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    file: str,
    head: str,
    body: str,
    words: tuple[str, ...],
) -> None:
    workspace = make_workspace(tmp_path, {file: f"{head}\n{body}\n"})

    told = run(workspace, capsys, "check")

    warnings = [
        f"{file}:5: warning: the number word '{w}' has no source\n{WORD_HINT}" for w in words
    ]
    assert told == Told(
        0,
        f"{file}:5: rests on no fact: {body}\n",
        "".join(warnings) + "2 editions and 8 facts without fault\n",
    )


def test_a_number_word_that_a_fact_or_plain_prints_is_not_warned_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = "It took {{ fact('havneby.answer-time', form='words') }}, {{ plain('twice', 'x') }}."
    workspace = make_workspace(tmp_path, english(body))

    told = run(workspace, capsys, "check", "--lang", "en")

    assert told == Told(0, "", WITHOUT_FAULT)


@pytest.mark.parametrize("body", MISUSES.values(), ids=MISUSES.keys())
def test_a_fact_can_be_printed_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], body: str
) -> None:
    workspace = make_workspace(tmp_path, english(body))

    told = run(workspace, capsys, "check")

    assert told == Told(1, "", MISUSE)


@pytest.mark.parametrize(
    "body",
    [
        "{{ cite('havneby.staff')[:2] }}",
        "{% set s %}{{ fact('havneby.staff') }}{% endset %}{{ s[:2] }}",
    ],
    ids=["cut", "cut from a set block"],
)
def test_a_mark_that_was_changed_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], body: str
) -> None:
    workspace = make_workspace(tmp_path, english(body))

    told = run(workspace, capsys, "check")

    message = (
        f"{EN}:5: the mark of a fact was cut or changed\n"
        "  hint: print texts with facts in them whole, without filters and slices\n"
    )
    assert told == Told(1, "", message)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("facts['havneby.web-share'].value", "Decimal"),
        ("facts['havneby.web-share']", "FactView"),
        ("query()|length", "int"),
        ("query()", "tuple"),
        ("none", "NoneType"),
    ],
)
def test_a_bare_value_is_not_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], value: str, kind: str
) -> None:
    workspace = make_workspace(tmp_path, english(f"There are {{{{ {value} }}}}."))

    told = run(workspace, capsys, "check")

    message = (
        f"{EN}:5: a value ({kind}) can't be printed: its trace would be lost\n"
        "  hint: print the fact itself: fact('id')\n"
    )
    assert told == Told(1, "", message)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("plain('3')", "plain() missing 1 required positional argument: 'why'\n"),
        (
            "plain('3', ' ')",
            "plain('3') gives no reason\n  hint: say why it needs no source\n",
        ),
    ],
)
def test_a_plain_number_needs_its_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], call: str, message: str
) -> None:
    workspace = make_workspace(tmp_path, english(f"There are {{{{ {call} }}}}."))

    told = run(workspace, capsys, "check")

    assert told == Told(1, "", f"{EN}:5: {message}")


def test_a_private_use_character_in_a_template_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path, english("They \ue200\ue110\ue21f came."))

    told = run(workspace, capsys, "check")

    message = f"{EN}:5: a private-use character that the tool needs for itself\n  hint: delete it\n"
    assert told == Told(1, "", message)


def test_no_mark_of_the_tool_is_left_in_a_document(tmp_path: Path) -> None:
    bodies = "\n\n".join(LET_THROUGH.values())
    workspace = load_workspace(make_workspace(tmp_path, english(bodies)))

    resolved, _ = resolve_all(workspace.editions(), workspace)

    texts = "".join(item.document.plain_text() for item in resolved)
    assert [sign for sign in texts if "\ue000" <= sign <= "\uf8ff"] == []
