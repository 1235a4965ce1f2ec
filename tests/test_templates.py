"""What a template may ask for: faults with the line they stand on, and limits."""

from io import BytesIO
from pathlib import Path
from zlib import crc32

import pytest
from PIL import Image
from workspaces import BRIEF, EN, Told, changed, english, make_workspace, run

from reports.briefs import load_workspace
from reports.build import resolve_edition
from reports.compose.recorder import _nearest
from reports.pictures import Shown, shown_picture
from reports.problems import Place, ReportError

BASE = "templates/channels/base.md.j2"
PART = "templates/shared/part.md.j2"
SYNTAX = "  hint: statements stand in {% … %}, and each block, if and for has its own end\n"
FACTS = (
    "havneby.answer-time, havneby.one-way-in, havneby.opened, havneby.paper-share, "
    "havneby.staff, havneby.web-share, havneby.web-share-before"
)
WEB, BEFORE, PAPER, STAFF = (
    f"'havneby.{name}'" for name in ("web-share", "web-share-before", "paper-share", "staff")
)
NO_YEAR = (
    "has no year, so it has no place in a timeline\n  hint: leave it out, or tell it in the text\n"
)
RAGGED = "  hint: every row has as many cells as the head; write \\| for a bar in a cell\n"
ANEW = "  hint: save it anew, as PNG or JPEG\n"
SUM = crc32(b"IHDR" + (100_000).to_bytes(4) * 2 + b"\x08\x02\0\0\0").to_bytes(4)
HTML = "  hint: write it as Markdown; templates hold no HTML\n"

FAULTS = {
    "an unclosed expression": ("Then {{ fact(", "5: unexpected 'end of template'\n" + SYNTAX),
    "a block without its end": (
        "{% if true %}\nMore.\n",
        "5: {% if true %} has no end\n  hint: write {% endif %} where it ends\n",
    ),
    "an undefined name": (
        "{{ audiense }}",
        "5: undefined name 'audiense'\n  hint: did you mean 'audience'?\n",
    ),
    "an undefined name in a branch that isn't rendered": (
        "{% if false %}\n{{ audiense }}\n{% endif %}",
        "6: undefined name 'audiense'\n  hint: did you mean 'audience'?\n",
    ),
    "an undefined function": (
        "{{ facct('havneby.staff') }}",
        "5: undefined name 'facct'\n  hint: did you mean 'fact'?\n",
    ),
    "a call without its argument": (
        "{{ fact() }}",
        "5: fact() missing 1 required positional argument: 'id_'\n",
    ),
    "an unknown fact that is near another": (
        "{{ fact('havneby.web-shares') }}",
        "5: unknown fact 'havneby.web-shares'\n  hint: did you mean 'havneby.web-share'?\n",
    ),
    "an unknown fact that is near none": (
        "{{ cite('x') }}",
        f"5: unknown fact 'x'\n  hint: known: {FACTS}\n",
    ),
    "an unknown fact in a condition": (
        "{% if facts['havneby.staf'].value > 3 %}x{% endif %}",
        "5: unknown fact 'havneby.staf'\n  hint: did you mean 'havneby.staff'?\n",
    ),
    "an unknown part of a fact": (
        "{% if facts['havneby.staff'].values > 3 %}x{% endif %}",
        "5: a fact has no 'values' to compare\n  hint: did you mean 'value'?\n",
    ),
    "a fact above the audience's access": (
        "{{ statement('havneby.secret-plan') }}",
        (
            "5: fact 'havneby.secret-plan' is internal; the audience 'public' may not see it\n"
            "  hint: leave it out, or raise the audience's access\n"
        ),
    ),
    "a figure of a fact without one": (
        "{{ fact('havneby.one-way-in') }}",
        (
            "5: fact 'havneby.one-way-in' has no figure\n"
            "  hint: print its sentence: statement('havneby.one-way-in'), "
            "or cite('havneby.one-way-in') after your own\n"
        ),
    ),
    "an unknown form": (
        "{{ fact('havneby.staff', form='word') }}",
        "5: unknown form 'word'\n  hint: did you mean 'words'?\n",
    ),
    "unknown words in a query": (
        (
            "{% for id in query(theme='staf', place='oslo', speaker='unions', standing='opinon') %}\n"
            "{{ cite(id) }}\n{% endfor %}"
        ),
        (
            "5: unknown place 'oslo'\n  hint: known: denmark, havneby, norway\n"
            f"{EN}:5: unknown speaker 'unions'\n  hint: did you mean 'union'?\n"
            f"{EN}:5: unknown standing 'opinon'\n  hint: did you mean 'opinion'?\n"
            f"{EN}:5: unknown theme 'staf'\n  hint: did you mean 'staff'?\n"
        ),
    ),
    "an unknown reference": (
        "{{ chart('bars', ['havneby.staff'], caption='S', id='staff') }}\n\n{{ ref('stafff') }}",
        "7: unknown id 'stafff'\n  hint: did you mean 'staff'?\n",
    ),
    "an id that stands twice": (
        (
            "{{ chart('bars', ['havneby.staff'], caption='S', id='staff') }}\n\n"
            "{{ timeline(['havneby.staff'], caption='S', id='staff') }}"
        ),
        "7: the id 'staff' stands twice\n  hint: rename one\n",
    ),
    "a caption without its table": (
        "\n{{ caption('Alone') }}\n\nText.",
        "6: a caption without its table\n  hint: set it just before\n",
    ),
    "a table without a caption": (
        "| a | b |\n|---|---|\n| c | d |",
        "5: a table without a caption\n  hint: {{ caption('…') }} before it\n",
    ),
    "a row with too few cells": (
        "{{ caption('T') }}\n\n| a | b |\n|---|---|\n| c | d |\n| e |",
        f"10: this row has 1 cells, the head 2\n{RAGGED}",
    ),
    "a row with too many cells": (
        "{{ caption('T') }}\n\n| a | b |\n|---|---|\n| c | d | e |\n| f | g |",
        f"9: this row has 3 cells, the head 2\n{RAGGED}",
    ),
    "a table that is none": (
        "| a | b |\n| c | d |",
        (
            "5: a table that can't be read\n"
            "  hint: the line under the head needs as many |---| as the head has cells\n"
        ),
    ),
    "raw HTML": ("So <b>bold.", f"5: raw HTML '<b>' is not allowed\n{HTML}"),
    "an HTML comment": ("So <!-- hidden", f"5: raw HTML '<!--' is not allowed\n{HTML}"),
    "raw HTML that is printed": ("{{ '<br>' }}", f"5: raw HTML '<br>' is not allowed\n{HTML}"),
    "a heading that skips a level": (
        "### Deep",
        "5: heading skips from level 1 to 3\n  hint: use ##\n",
    ),
    "a heading that is too deep": (
        "## A\n\n### B\n\n#### C",
        "9: a heading below level 3\n  hint: use at most ###\n",
    ),
    "a second title": ("# Again", "5: a second title\n  hint: use ## for sections\n"),
    "a picture without alternative text": (
        "![](town.png)",
        (
            "5: picture 'town.png' has no alt text\n"
            "  hint: say what it shows: ![what it shows](town.png)\n"
        ),
    ),
    "a picture that is not there": (
        "![The town](city.png)",
        "5: picture 'city.png' is not in the templates folder\n",
    ),
    "a picture from outside": (
        "![The town](../../../town.png)",
        "5: picture '../../../town.png' is not in the templates folder\n",
    ),
    "a picture that is cut short": (
        "![The town](cut.png)",
        f"5: picture 'cut.png' can't be read as PNG or JPEG\n{ANEW}",
    ),
    "a text that calls itself a picture": (
        "![The town](text.jpg)",
        f"5: picture 'text.jpg' can't be read as PNG or JPEG\n{ANEW}",
    ),
    "a picture in the colours of print": (
        "![The town](print.jpg)",
        "5: picture 'print.jpg' is in colours of print (CMYK)\n  hint: save it in RGB\n",
    ),
    "a picture of sixteen bits": (
        "![The town](deep.png)",
        "5: picture 'deep.png' has more than 8 bits a colour\n  hint: save it with 8\n",
    ),
    "a picture of red, green and blue": (
        "![The town](plain.jpg)",
        f"5: picture 'plain.jpg' is a JPEG whose colours are coded as few programs do\n{ANEW}",
    ),
    "a picture by the name of another kind": (
        "![The town](photo.png)",
        (
            "5: picture 'photo.png' is a JPEG, not what its name says\n"
            "  hint: let its name end in .jpg\n"
        ),
    ),
    "a picture that is too large": (
        "![The town](large.jpg)",
        "5: 'large.jpg' has 6574 kB; 5000 are allowed\n  hint: save a smaller one\n",
    ),
    "a picture of too many pixels": (
        "![The town](vast.png)",
        (
            "5: picture 'vast.png' has more pixels than any page can show\n"
            "  hint: 300 an inch are enough\n"
        ),
    ),
    "a table of one column": (
        "{{ caption('T') }}\n\n| a |\n| --- |\n| b |",
        (
            "7: a table of one column\n"
            "  hint: write a list, or add a column: the first heads the rows\n"
        ),
    ),
    "an unknown box": (
        "!!! warning\n\n    Text.",
        "7: unknown box 'warning'\n  hint: known: assessment, caveat, decision, summary\n",
    ),
    "a list in a quote": (
        "> - One",
        "5: a quote that holds more than paragraphs\n  hint: set the rest after it\n",
    ),
    "a quote in a quote": (
        "> > Deep",
        "5: a quote that holds more than paragraphs\n  hint: set the rest after it\n",
    ),
    "two lists in an item": (
        "- One\n\n    - In\n\n    1. In",
        "5: two lists in one item\n  hint: make them one list, or two items\n",
    ),
    "a list in the meaning of a term": (
        "Term\n:   - One",
        "5: a list in the meaning of a term\n  hint: write it as a sentence\n",
    ),
    "a link to nowhere": (
        "See [this](javascript:alert).",
        (
            "5: link to 'javascript:alert'\n"
            "  hint: link to https://… or mailto:…; use ref('…') inside the document\n"
        ),
    ),
    "a chart inside a line": (
        "So {{ chart('bars', ['havneby.staff'], caption='S')|trim }} it is.",
        "5: a chart, table or heading inside a paragraph\n  hint: set it on a line alone\n",
    ),
    "an unknown chart": (
        f"{{{{ chart('bar', [{STAFF}], caption='S') }}}}",
        "5: unknown chart 'bar'\n  hint: did you mean 'bars'?\n",
    ),
    "a chart of differing units": (
        f"\n{{{{ chart('bars', [{WEB}, {STAFF}], caption='S') }}}}",
        "6: units differ on one axis: count, percent\n  hint: draw one chart a unit\n",
    ),
    "a chart of differing measures": (
        f"\n{{{{ chart('bars', [{WEB}, {PAPER}], caption='S') }}}}",
        (
            "6: measures differ on one axis: paper-share, web-share\n"
            "  hint: say why they compare: reason='…', printed under the chart\n"
        ),
    ),
    "a slope of three facts": (
        f"\n{{{{ chart('slope', [{BEFORE}, {WEB}, {WEB}], caption='S') }}}}",
        "6: a slope chart takes two facts\n  hint: name the earlier, then the later\n",
    ),
    "squares of what is no share": (
        f"\n{{{{ chart('squares', [{STAFF}], caption='S') }}}}",
        "6: squares show shares in percent\n  hint: draw bars instead\n",
    ),
    "a chart of a fact without a figure": (
        "\n{{ chart('bars', ['havneby.one-way-in'], caption='S') }}",
        "6: fact 'havneby.one-way-in' has no figure to draw\n  hint: leave it out\n",
    ),
    "a chart of dates": (
        "\n{{ chart('bars', ['havneby.opened'], caption='S') }}",
        "6: fact 'havneby.opened' has no figure to draw\n  hint: leave it out\n",
    ),
    "a label too many": (
        f"\n{{{{ chart('bars', [{STAFF}], caption='S', labels=['a', 'b']) }}}}",
        "6: 2 labels for 1 facts\n  hint: write one label a fact, in the same order\n",
    ),
    "a timeline with a fact of no year": (
        "\n{{ timeline(['havneby.staff', 'havneby.opened'], caption='T') }}",
        f"6: fact 'havneby.opened' {NO_YEAR}",
    ),
    "a timeline with a fact of no date": (
        "\n{{ timeline(['havneby.answer-time'], caption='T') }}",
        f"6: fact 'havneby.answer-time' {NO_YEAR}",
    ),
    "an unknown column": (
        "{{ table(['havneby.staff'], caption='T', columns=['speakr']) }}",
        "5: unknown column 'speakr'\n  hint: did you mean 'speaker'?\n",
    ),
    "a table of no facts": (
        "{{ table(query(theme='staff', place='denmark'), caption='T') }}",
        "5: a table without facts\n  hint: name facts, or widen the query\n",
    ),
    "a comparison with a cell too few": (
        "{{ comparison([['Staff', ['havneby.staff']]], caption='T') }}",
        (
            "5: the row 'Staff' has 2 cells, not 3\n"
            "  hint: one for the topic and one for each place; [] says 'missing'\n"
        ),
    ),
    "a comparison of an unknown place": (
        "{{ comparison([['Staff', [], []]], caption='T', places=['norway', 'denmrk']) }}",
        "5: unknown place 'denmrk'\n  hint: did you mean 'denmark'?\n",
    ),
    "an unknown template": (
        "{% include 'shared/prt.md.j2' %}",
        "5: unknown template 'shared/prt.md.j2'\n  hint: did you mean 'shared/part.md.j2'?\n",
    ),
    "a division by zero": ("{% if 1 / 0 %}x{% endif %}", "5: division by zero\n"),
}


@pytest.mark.parametrize(("body", "message"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_in_a_template_is_told_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], body: str, message: str
) -> None:
    workspace = make_workspace(tmp_path, {**english(body), PART: "A part.\n"})
    for name, data in pictures().items():
        (workspace / "templates/channels" / name).write_bytes(data)

    told = run(workspace, capsys, "check")

    assert told == Told(1, "", f"{EN}:{message}")


def pictures() -> dict[str, bytes]:
    """A picture that can be shown, and some that can't, by name."""
    whole = picture("RGB", "PNG")
    return {
        "town.png": whole,
        "cut.png": whole[:45],
        "text.jpg": b"The town",
        "print.jpg": picture("CMYK", "JPEG"),
        "deep.png": picture("I;16", "PNG"),
        "plain.jpg": picture("RGB", "JPEG", keep_rgb=True),
        "photo.png": picture("RGB", "JPEG"),
        "large.jpg": bytes(6_574_000),
        "vast.png": whole[:16] + (100_000).to_bytes(4) * 2 + whole[24:29] + SUM + whole[33:],
    }


def picture(mode: str, kind: str, **options: bool) -> bytes:
    """A small picture in those colours."""
    made = BytesIO()
    Image.new(mode, (40, 30)).save(made, kind, **options)
    return made.getvalue()


def test_a_template_without_a_title_is_told_to_begin_with_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path, {EN: "Just text.\n"})

    told = run(workspace, capsys, "check")

    message = f"{EN}:1: the document has no title\n  hint: begin the template with '# Title'\n"
    assert told == Told(1, "", message)


PLACED = {
    "an include": (
        {**english("{% include 'shared/part.md.j2' %}"), PART: "One\n\n{{ cite('x') }} [a](b:c)\n"},
        PART,
        3,
    ),
    "an include in an include": (
        {
            **english("{% include 'shared/part.md.j2' %}"),
            PART: "\n\n{% include 'shared/inner.md.j2' %}\n",
            "templates/shared/inner.md.j2": "\n{{ cite('x') }} [a](b:c)\n",
        },
        "templates/shared/inner.md.j2",
        2,
    ),
    "a block": (
        {
            EN: "{% extends 'channels/base.md.j2' %}\n{% block answer %}\n\n"
            "So {{ cite('x') }} [a](b:c)\n{% endblock %}\n",
            BASE: "# Base\n\nLead.\n\n{% block answer %}{% endblock %}\n",
        },
        EN,
        4,
    ),
    "super": (
        {
            EN: "{% extends 'channels/base.md.j2' %}\n{% block answer %}\n\n"
            "{{ super() }}\n{% endblock %}\n",
            BASE: "# Base\n\nLead.\n\n{% block answer %}\nSo {{ cite('x') }} [a](b:c)\n{% endblock %}\n",
        },
        BASE,
        6,
    ),
    "a set block": (
        english("{% set s %}\nSo {{ cite('x') }} [a](b:c)\n{% endset %}\n\n\nNow {{ s }}"),
        EN,
        6,
    ),
    "a loop": (
        english("{% for id in ['x'] %}\n\nSo {{ cite(id) }} [a](b:c)\n{% endfor %}"),
        EN,
        7,
    ),
    "a branch": (
        english("{% if true %}\n\nSo {{ cite('x') }} [a](b:c)\n{% endif %}"),
        EN,
        7,
    ),
    "a list": (english("- One\n- More\n\n    - So {{ cite('x') }} [a](b:c)"), EN, 8),
    "a box": (english("!!! caveat\n\n    So\n    {{ cite('x') }} [a](b:c)"), EN, 8),
    "a quote": (english("> So\n\n> {{ cite('x') }} [a](b:c)"), EN, 7),
}


@pytest.mark.parametrize(("files", "file", "line"), PLACED.values(), ids=PLACED.keys())
def test_an_unknown_fact_is_told_of_where_its_call_stands(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    files: dict[str, str],
    file: str,
    line: int,
) -> None:
    workspace = make_workspace(tmp_path, files)

    told = run(workspace, capsys, "check")

    assert told == Told(1, "", f"{file}:{line}: unknown fact 'x'\n  hint: known: {FACTS}\n")


@pytest.mark.parametrize(("files", "file", "line"), PLACED.values(), ids=PLACED.keys())
def test_a_fault_of_markdown_is_told_of_where_its_text_stands(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    files: dict[str, str],
    file: str,
    line: int,
) -> None:
    known = {name: text.replace("'x'", "'havneby.staff'") for name, text in files.items()}
    workspace = make_workspace(tmp_path, known)

    told = run(workspace, capsys, "check")

    message = (
        f"{file}:{line}: link to 'b:c'\n"
        "  hint: link to https://… or mailto:…; use ref('…') inside the document\n"
    )
    assert told == Told(1, "", message)


def test_every_problem_of_a_template_is_told_at_once_in_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = (
        "{{ fact('havneby.x') }}\n\nIn 2030.\n\n{{ fact('havneby.staff', form='x') }}\n\n"
        "{{ cite('havneby.secret-plan') }}\n\n<b>\n\n{% include 'shared/part.md.j2' %}"
    )
    workspace = make_workspace(tmp_path, {**english(body), PART: "\nA 7.\n"})

    told = run(workspace, capsys, "check")

    number = "  hint: print it with fact(…), or plain('…', 'why') if it is no fact\n"
    assert told == Told(
        1,
        "",
        f"{EN}:5: unknown fact 'havneby.x'\n  hint: did you mean 'havneby.staff'?\n"
        f"{EN}:7: the number '2030' has no source\n{number}"
        f"{EN}:9: unknown form 'x'\n  hint: known: figure, number, with base, words\n"
        f"{EN}:11: fact 'havneby.secret-plan' is internal; the audience 'public' may not see it\n"
        "  hint: leave it out, or raise the audience's access\n"
        f"{EN}:13: raw HTML '<b>' is not allowed\n{HTML}"
        f"{PART}:2: the number '7' has no source\n{number}",
    )


def test_every_problem_of_markdown_is_told_at_once_in_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = (
        "### Deep\n\n[a](b:c)\n\n{{ caption('T') }}\n\n| a | b |\n|---|---|\n| c |\n\n![](town.png)"
    )
    workspace = make_workspace(tmp_path, english(body))
    (workspace / "templates/channels/town.png").write_bytes(picture("RGB", "PNG"))

    told = run(workspace, capsys, "check")

    assert told == Told(
        1,
        "",
        f"{EN}:5: heading skips from level 1 to 3\n  hint: use ##\n"
        f"{EN}:7: link to 'b:c'\n"
        "  hint: link to https://… or mailto:…; use ref('…') inside the document\n"
        f"{EN}:13: this row has 1 cells, the head 2\n{RAGGED}"
        f"{EN}:15: picture 'town.png' has no alt text\n"
        "  hint: say what it shows: ![what it shows](town.png)\n",
    )


def test_a_fact_above_the_audience_is_named_but_its_statement_is_never_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = "{{ statement('havneby.secret-plan') }} {{ fact('havneby.secret-plans') }}"
    workspace = make_workspace(tmp_path, english(body))

    told = run(workspace, capsys, "check")

    message = (
        f"{EN}:5: fact 'havneby.secret-plan' is internal; the audience 'public' may not see it\n"
        "  hint: leave it out, or raise the audience's access\n"
        f"{EN}:5: unknown fact 'havneby.secret-plans'\n"
        "  hint: did you mean 'havneby.staff'?\n"
    )
    assert told == Told(1, "", message)


def test_an_audience_with_access_may_see_an_internal_fact(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {
        "templates/channels/brief.yaml": changed(BRIEF, "[public]", "[council]"),
        "templates/channels/council.nb.md.j2": "# A\n\nB\n\n{{ statement('havneby.secret-plan') }}\n",
        "templates/channels/council.en.md.j2": "# A\n\nB\n\n{{ statement('havneby.secret-plan') }}\n",
    }
    workspace = make_workspace(tmp_path, files)

    told = run(workspace, capsys, "check")

    assert told == Told(0, "", "2 editions and 8 facts without fault\n")


@pytest.mark.parametrize(
    "body",
    [
        f"{{{{ chart('bars', [{WEB}, {PAPER}], caption='S', reason='Both are shares.') }}}}",
        f"{{{{ chart('bars', [{WEB}, {BEFORE}], caption='S') }}}}",
        f"{{{{ chart('slope', [{BEFORE}, {WEB}], caption='S') }}}}",
        f"{{{{ chart('squares', [{PAPER}], caption='S') }}}}",
        f"{{{{ timeline([{STAFF}, {WEB}], caption='T') }}}}",
        f"{{{{ table([{STAFF}], caption='T', id='t') }}}}\n\nSee {{{{ ref('t') }}}}{{{{ cite({STAFF}) }}}}.",
        "{{ caption('T') }}\n\n| a | b |\n|---|---|\n| c | d \\| e |",
        "![The town](town.png)",
    ],
    ids=["reason", "one measure", "slope", "squares", "timeline", "reference", "table", "picture"],
)
def test_what_the_manual_allows_has_no_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], body: str
) -> None:
    workspace = make_workspace(tmp_path, english(body))
    (workspace / "templates/channels/town.png").write_bytes(picture("RGB", "PNG"))

    told = run(workspace, capsys, "check", "--lang", "en")

    assert told == Told(0, "", "1 edition and 8 facts without fault\n")


def test_a_template_may_end_without_a_line_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = english("{{ caption('T') }}\n\n| a | b |\n|---|---|\n| c | d |")[EN]
    workspace = make_workspace(tmp_path, {EN: text.rstrip("\n")})

    told = run(workspace, capsys, "check", "--lang", "en")

    assert told == Told(0, "", "1 edition and 8 facts without fault\n")


def test_a_picture_cut_short_is_seen_after_a_page_was_set() -> None:
    import weasyprint  # noqa: F401 - it makes Pillow content with such pictures

    whole = BytesIO()
    Image.effect_noise((200, 200), 50).save(whole, "PNG")

    place = Place(Path("public.en.md.j2"), 5)
    data = whole.getvalue()

    assert shown_picture(data, "town.png", "picture", place) == Shown(data, 200, 200)
    with pytest.raises(ReportError, match="can't be read as PNG or JPEG"):
        shown_picture(data[:9000], "town.png", "picture", place)


LAID_OUT = {
    "a wrapped item": (
        "- One\n- Two is\n  {{ fact('havneby.staff') }} on\n    more lines.",
        "Two is 4,200[2] on more lines.",
    ),
    "a wrapped item in a box": (
        "!!! caveat\n\n    - One goes *on\n      and* on.",
        "One goes on and on.",
    ),
    "a macro that quotes": (
        '{% macro m() %}\n"So it was".\n{%- endmacro %}\n- *He:* {{ m() }}',
        "He: ‘So it was’.",
    ),
}


@pytest.mark.parametrize(("body", "line"), LAID_OUT.values(), ids=LAID_OUT)
def test_a_line_reads_the_same_however_its_template_is_laid_out(
    tmp_path: Path, body: str, line: str
) -> None:
    workspace = load_workspace(make_workspace(tmp_path, english(body)))

    (item,) = resolve_edition(workspace.editions()[1], workspace)

    assert line in item.document.plain_text().replace("\N{NO-BREAK SPACE}", " ").splitlines()


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ("cph.shares", "did you mean 'cph.share'?"),
        ("cph.public-eid", "'facts search WORDS' finds facts by words"),
        ("chp.share", "did you mean 'cph.share'?"),
    ],
    ids=["a slip", "a fact that another subject has", "a slip in the subject"],
)
def test_a_hint_names_no_fact_of_another_subject(asked: str, hint: str) -> None:
    known = ["cph.share", "no.public-eid", *(f"no.fact-{number}" for number in range(9))]

    assert _nearest(asked, known) == hint
