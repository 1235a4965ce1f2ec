"""What no template can do: reach outside, or run, grow or nest without end.

`cases/outside` holds the ways out that were published for Jinja and for other engines in Python.
What has no end runs in a process of its own, whose memory is bounded in case a limit fails.
CVE-2014-1402 needs compiled templates in files that others can write; ours never leave a process.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from test_cases import Case, cases
from workspaces import EN, EN_HEAD, REPOSITORY, Told, english, make_workspace, run

OUTSIDE = {
    heading: case
    for file in sorted((Path(__file__).parent / "cases/outside").glob("*.md"))
    for heading, case in cases(file).items()
}
PART = "templates/shared/part.md.j2"
BASE = "templates/channels/base.md.j2"
MOST_SECONDS, MOST_MEGABYTES, SAFETY_NET = 4.0, 64, 2 << 30

STEPS = "loops and calls of more than 100000 steps in all\n  hint: loop over facts instead"
MADE = (
    "the templates make more than 2000000 characters of text and lists\n"
    "  hint: look for what repeats or doubles"
)
DEEP = (
    "macros, blocks or templates call each other more than 40 deep\n"
    "  hint: give them a condition that ends it"
)
NESTED = (
    "this is nested more than 30 deep, or 10 statements\n"
    "  hint: name parts of it with {% set %}, or move them into a macro"
)
DIGITS = "a number of more than eighteen digits\n  hint: work with smaller ones"
TWICE = "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(35) }}"
CALLS = "{% macro m() %}{{ caller() }}{% call m() %}x{% endcall %}{% endmacro %}"
SIGNS = "more brackets and other signs than can be read\n  hint: write fewer to a paragraph"
EDITION = "  hint: make several briefs of it"


def operand(operator: str) -> str:
    return f"an operand of '{operator}' is larger than 10000\n  hint: work with smaller ones"


def filter_told(name: str) -> str:
    return f"no filter named '{name}'\n  hint: write the text as readers shall see it"


def in_loops(text: str) -> str:
    return (
        f"{{% for i in range(1000) %}}{{% for j in range(99) %}}{text}{{% endfor %}}{{% endfor %}}"
    )


# What each case tells on line 5, where its template goes on.
ENDLESS = {
    # loops and calls
    "loops in loops": ("{% for i in range(1000) %}" * 3 + "{% endfor %}" * 3, STEPS),
    "a macro that calls itself": ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", DEEP),
    "a macro that calls itself twice": (TWICE, STEPS),
    "two macros that call each other": (
        "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}",
        DEEP,
    ),
    "a call of a call": (
        CALLS + "{% call m() %}x{% endcall %}",
        DEEP,
    ),
    "a block that prints itself": ("{% block b %}{{ self.b() }}{% endblock %}", DEEP),
    "a template that includes itself": ("{% include 'channels/public.en.md.j2' %}", DEEP),
    "a template that imports itself": ("{% import 'channels/public.en.md.j2' as t %}", DEEP),
    "an include in loops": (in_loops("{% include 'shared/empty.j2' %}"), STEPS),
    "a list sorted in loops": (
        in_loops("{% set a = (['b', 'a'] * 999)|sort %}"),
        MADE,
    ),
    "a list compared in loops": (
        "{% set a = ['b'] * 999 %}{% set b = ['b'] * 999 %}"
        + in_loops("{% if a == b %}{% endif %}"),
        MADE,
    ),
    # texts and lists
    "a text times a number": ("{{ 'a' * 50000000 }}", operand("*")),
    "a text times a number twice": ("{{ 'a' * 10000 * 10000 }}", MADE),
    "a long text times a number": (f"{{{{ '{'a' * 9000}' * 9000 }}}}", MADE),
    "a list times a number": ("{% set a = [['b'] * 9999] * 9999 %}", MADE),
    "a text that doubles": ("{% macro m(s) %}{{ m(s ~ s) }}{% endmacro %}{{ m('a') }}", MADE),
    "a text that is added": ("{% macro m(s) %}{{ m(s + s) }}{% endmacro %}{{ m('a') }}", MADE),
    "a text set that doubles": (
        "{% macro m(s) %}{% set t %}{{ s }}{{ s }}{% endset %}{{ m(t) }}{% endmacro %}{{ m('a') }}",
        MADE,
    ),
    "a list that doubles": ("{% macro m(s) %}{{ m([s, s]) }}{% endmacro %}{{ m('a') }}", MADE),
    "a mapping that doubles": (
        "{% macro m(s) %}{{ m({'a': s, 'b': s}) }}{% endmacro %}{{ m('a') }}",
        MADE,
    ),
    "texts joined by a long one": ("{{ (['a'] * 9999)|join('b' * 9999) }}", MADE),
    "a text printed in loops": (in_loops("a line of text that goes on and on\n"), MADE),
    "a macro that prints more at each level": (
        TWICE.replace("{% if", "words " * 99 + "{% if"),
        MADE,
    ),
    "sentences of facts in loops": (in_loops("{{ statement('havneby.staff') }}"), MADE),
    "long plain words in loops": (
        "{% set a = 'b' * 9999 %}" + in_loops("{{ plain(a, 'why') }}"),
        MADE,
    ),
    "a table of very many facts": ("{{ table(query() * 2000, caption='T') }}", MADE),
    # widths
    "a wide centre": ("{{ 'a'|center(500000000) }}", filter_told("center")),
    "a wide indent": ("{{ 'a'|indent(500000000) }}", filter_told("indent")),
    "a wide format": ("{{ '%500000000s'|format('a') }}", filter_told("format")),
    "a wide format by an operator": (
        "{{ '%500000000s' % 'a' }}",
        "'%' formats no text here\n  hint: write the text where it is printed",
    ),
    "a replacement by more": ("{{ 'a'|replace('', 'b' * 9999) }}", filter_told("replace")),
    # numbers
    "a power of powers": ("{% if 9 ** 9 ** 9 ** 9 %}{% endif %}", operand("**")),
    "a large power": ("{% if 9999 ** 9999 %}{% endif %}", DIGITS),
    "a number that grows": ("{% macro m(n) %}{{ m(n * n) }}{% endmacro %}{{ m(9) }}", operand("*")),
    "a number of many digits": (f"{{% if {'9' * 5000} %}}{{% endif %}}", DIGITS),
    "a long range": (
        "{% for i in range(10 ** 9) %}{% endfor %}",
        "a loop of 1000000000 steps; at most 1000 are allowed\n  hint: loop over facts instead",
    ),
    # what is nested
    "brackets in brackets": (f"{{{{ {'(' * 9999}'a'{')' * 9999} }}}}", NESTED),
    "lists in lists": (f"{{% set a = {'[' * 40}{']' * 40} %}}", NESTED),
    "nots of nots": (f"{{% if {'not ' * 9999}true %}}{{% endif %}}", NESTED),
    "a long sum": (f"{{{{ {' + '.join(['a'] * 9999)} }}}}", NESTED),
    "a chain of filters": (f"{{{{ 'a'{'|upper' * 9999} }}}}", NESTED),
    "a chain of choices": (f"{{{{ {'a if a else ' * 5000}a }}}}", NESTED),
    "loops in loops in loops": ("{% for a in b %}" * 21 + "{% endfor %}" * 21, NESTED),
    "branches without end": (f"{{% if a %}}{'{% elif a %}' * 5000}{{% endif %}}", NESTED),
    # what Python-Markdown takes long for
    "brackets that are never closed": ("[" * 20_000, SIGNS),
    "pictures that are never closed": ("![" * 20_000, SIGNS),
    "links that are never closed": ("[a](" * 20_000, SIGNS),
    "dashes without end": ("-" * 40_000 + "a", SIGNS),
    "spaces without end": (
        "a" + " " * 40_000 + "b",
        "1000 spaces in a row\n  hint: delete them",
    ),
    "signs of emphasis": ("***a **b* " * 9_000, SIGNS),
    "items in items": (
        "\n".join(f"{'    ' * depth}- a" for depth in range(60)),
        "text that is indented by more than 40 spaces\n  hint: nest it less",
    ),
    "quotes in quotes": ("> " * 20_000 + "a", "quotes more than 10 deep\n  hint: nest them less"),
    "terms without end": (
        "a\n" + ":   b\n" * 10_000,
        f"the edition has more than 5000 paragraphs, items and rows\n{EDITION}",
    ),
    "paragraphs without end": (
        "{% for i in range(1000) %}" + r"a{{ '\n\n' }}" * 9 + "{% endfor %}",
        f"the edition has more than 5000 paragraphs, items and rows\n{EDITION}",
    ),
    "a text without end": (
        "{% for i in range(1000) %}" + "word " * 100 + "{% endfor %}",
        f"the edition is longer than 400000 characters\n{EDITION}",
    ),
}


@pytest.mark.parametrize("case", OUTSIDE.values(), ids=OUTSIDE.keys())
def test_a_template_reaches_nothing_but_facts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], case: Case
) -> None:
    workspace = make_workspace(tmp_path, case.files)

    told = run(workspace, capsys, "check", "--lang", "en")

    assert told == Told(1, "", case.told)


def test_a_link_that_leads_out_of_the_templates_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path / "workspace", english("{% include 'shared/part.md.j2' %}"))
    outside = tmp_path / "secret.j2"
    outside.write_text("Secret.\n", "utf-8")
    (workspace / PART).parent.mkdir()
    (workspace / PART).symlink_to(outside)

    told = run(workspace, capsys, "check", "--lang", "en")

    message = (
        f"{PART}: a link that leads out of templates/\n"
        "  hint: put the file itself there; nothing is read from outside\n"
    )
    assert told == Told(1, "", message)


def test_a_template_of_megabytes_is_not_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path, english("a " * 2_500_000))

    told = run(workspace, capsys, "check", "--lang", "en")

    message = f"{EN}: is larger than 100000 bytes\n  hint: split it into several files\n"
    assert told == Told(1, "", message)


def test_an_edition_of_very_many_templates_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    includes = "".join(f"{{% include 'shared/{number}.j2' %}}" for number in range(300))
    parts = {f"templates/shared/{number}.j2": "" for number in range(300)}
    workspace = make_workspace(tmp_path, {**english(includes), **parts})

    told = run(workspace, capsys, "check", "--lang", "en")

    message = f"{EN}:5: an edition of more than 200 templates\n  hint: join some\n"
    assert told == Told(1, "", message)


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What is told of each endless template, with the seconds and megabytes that it took."""
    folder = tmp_path_factory.mktemp("endless") / "workspace"
    workspace = make_workspace(folder, {"templates/shared/empty.j2": ""})
    templates = [english(body)[EN] for body, _ in ENDLESS.values()]
    command = [sys.executable, str(Path(__file__).with_name("endless.py")), str(workspace), EN]
    done = subprocess.run(
        command,
        input=json.dumps(templates),
        capture_output=True,
        check=True,
        text=True,
        timeout=300,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (SAFETY_NET, SAFETY_NET)),
    )
    return dict(zip(ENDLESS, json.loads(done.stdout), strict=True))


@pytest.mark.parametrize("name", ENDLESS)
def test_what_has_no_end_is_stopped_with_a_problem_at_its_line(
    stopped: dict[str, Any], name: str
) -> None:
    _, message = ENDLESS[name]

    told = stopped[name]

    assert told["err"].startswith(f"{EN}:5: {message}\n")
    assert told["seconds"] < MOST_SECONDS
    assert told["megabytes"] < MOST_MEGABYTES


def test_what_a_large_brief_needs_is_within_the_limits(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    section = (
        "## A section\n\n{% for id in query() %}\n- {{ statement(id) }} [a link](https://a.no/)\n"
        "{% endfor %}\n\n" + "A sentence of some words that goes on for a while.\n" * 20 + "\n"
    )
    workspace = make_workspace(tmp_path, {EN: f"{EN_HEAD}\n{section * 30}"})

    told = run(workspace, capsys, "check", "--lang", "en")

    assert (told.code, told.err) == (0, "1 edition and 8 facts without fault\n")
