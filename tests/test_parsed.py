"""Templates that one process has parsed before: what is kept of them knows no edition.

Each test has the same template composed first where all is well, then where it isn't.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from workspaces import BRIEF, EN, NB, Told, changed, make_workspace, run, write

from reports.briefs import load_workspace
from reports.build import resolve_each
from reports.compose.parsed import _kept
from reports.problems import Place, Problem

SETTINGS = "templates/channels/brief.yaml"
COUNCIL = "templates/channels/council.en.md.j2"
PART = "templates/shared/part.md.j2"
TEXT = '# Applications\n\n{% include "shared/part.md.j2" %}\n'
FOR_BOTH = changed(changed(BRIEF, "[public]", "[council, public]"), "[nb, en]", "[en]")


def shared(root: Path, part: str, files: dict[str, str] | None = None) -> Path:
    """A workspace whose council, which comes first, and public read the same part."""
    own = {SETTINGS: FOR_BOTH, COUNCIL: TEXT, EN: TEXT, PART: part}
    return make_workspace(root, {**own, **(files or {})})


def problems_in(root: Path) -> tuple[Problem, ...]:
    workspace = load_workspace(root)
    return resolve_each(workspace.editions(), workspace)[1]


def times_parsed(file: Path) -> int:
    return sum(source.file == file for source in _kept)


def test_a_template_that_one_audience_may_read_is_refused_to_another(tmp_path: Path) -> None:
    shared(tmp_path, '{{ statement("havneby.secret-plan") }}\n')

    found = problems_in(tmp_path)

    what = "fact 'havneby.secret-plan' is internal; the audience 'public' may not see it"
    hint = "leave it out, or raise the audience's access"
    assert found == (Problem(Place(tmp_path / PART, 1), what, hint),)
    assert times_parsed(tmp_path / PART) == 1


def test_the_words_of_conditions_are_those_that_there_are_now(tmp_path: Path) -> None:
    shared(tmp_path, '{% if audience == "council" %}Only here.{% endif %}\n')
    first = problems_in(tmp_path)
    write(tmp_path / SETTINGS, changed(FOR_BOTH, "council, ", ""))
    (tmp_path / "templates/audiences/council.yaml").unlink()
    (tmp_path / COUNCIL).unlink()

    second = problems_in(tmp_path)

    assert first == ()
    what = "unknown audience 'council'"
    assert second == (Problem(Place(tmp_path / PART, 1), what, "known: public"),)
    assert times_parsed(tmp_path / PART) == 1


def test_a_number_is_judged_by_the_names_that_there_are_now(tmp_path: Path) -> None:
    shared(tmp_path, '{% if language == "nb" %}Skjema 2.0{% endif %}\n')
    first = problems_in(tmp_path)
    write(tmp_path / "templates/names.yaml", "names: [Skjema 3.0]\n")

    second = problems_in(tmp_path)

    assert first == ()
    hint = "print it with fact(…), or plain('…', 'why') if it is no fact"
    assert second == (Problem(Place(tmp_path / PART, 1), "the number '2.0' has no source", hint),)


def test_a_number_word_is_looked_for_in_the_language_of_each_edition(tmp_path: Path) -> None:
    text = '# To kanaler\n\n{% include "shared/part.md.j2" %}\n'
    files = {NB: text, EN: text, SETTINGS: BRIEF, PART: "Det er three.\n"}
    make_workspace(tmp_path, files)

    found = [(problem.place.line, problem.what) for problem in problems_in(tmp_path)]

    assert found == [
        (1, "the number word 'To' has no source"),  # the Norwegian title's
        (1, "the number word 'three' has no source"),
    ]


def test_an_edition_knows_the_templates_that_it_read_and_those_that_it_missed(
    tmp_path: Path,
) -> None:
    shared(tmp_path, '{% include ["shared/mine.md.j2"] ignore missing %}Text.\n')
    workspace = load_workspace(tmp_path)

    resolved, found = resolve_each(workspace.editions(), workspace)

    assert found == ()
    assert [(item.composed.templates, item.composed.missed) for item in resolved] == [
        ((tmp_path / own, tmp_path / PART), ("shared/mine.md.j2",)) for own in (COUNCIL, EN)
    ]


def test_a_fault_of_markdown_is_told_of_where_it_stands_whatever_was_read_before(
    tmp_path: Path,
) -> None:
    other = "templates/shared/other.md.j2"
    after = changed(TEXT, "{% include", '{% include "shared/other.md.j2" %}\n\n{% include')
    shared(tmp_path, "![A map](nowhere.png)\n", {EN: after, other: "Text.\n"})

    found = problems_in(tmp_path)

    assert [problem.place for problem in found] == [Place(tmp_path / PART, 1)]


def test_each_edition_has_all_the_steps_that_there_are(tmp_path: Path) -> None:
    loop = "{% for a in range(60) %}{% for b in range(1000) %}{% endfor %}{% endfor %}Text.\n"

    found = problems_in(shared(tmp_path, loop))

    assert found == ()
    assert times_parsed(tmp_path / PART) == 1


def test_no_edition_has_more_steps_than_that(tmp_path: Path) -> None:
    loop = "{% for a in range(200) %}{% for b in range(1000) %}{% endfor %}{% endfor %}Text.\n"
    rights = changed(loop, "range(200)", 'range(60 if audience == "council" else 200)')

    found = problems_in(shared(tmp_path, rights))

    what = "loops and calls of more than 100000 steps in all"
    assert found == (Problem(Place(tmp_path / PART, 1), what, "loop over facts instead"),)
    assert times_parsed(tmp_path / PART) == 1


def test_a_template_that_was_parsed_before_costs_what_it_cost(tmp_path: Path) -> None:
    names = [f"shared/part{letter}.md.j2" for letter in "abcde"]
    parts = {f"templates/{name}": f"{{# {'x' * 90_000} #}}Text.\n" for name in names}
    some, all_ = (
        "# Applications\n\n" + "".join(f'{{% include "{name}" %}}\n' for name in chosen)
        for chosen in (names[:3], names)
    )
    shared(tmp_path, "", {**parts, COUNCIL: some, EN: all_})

    found = problems_in(tmp_path)

    what = "the templates make more than 2000000 characters of text and lists"
    assert found == (Problem(Place(tmp_path / EN, 7), what, "look for what repeats or doubles"),)


def test_a_warning_hides_no_fault_that_follows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = '{{ fact("havneby.web-share-before") }}\n{% set each = 1 // 0 %}\n'
    newer = "  havneby.opened:\n"
    store = (make_workspace(tmp_path) / "facts/havneby.yaml").read_text("utf-8")
    entry = store[
        store.index("  havneby.web-share:\n") : store.index("  havneby.web-share-before:\n")
    ]
    later = changed(entry, "  havneby.web-share:\n", "  havneby.web-share-now:\n")
    later += "    supersedes: havneby.web-share-before\n"
    write(tmp_path / "facts/havneby.yaml", changed(store, newer, f"{later}{newer}"))
    write(tmp_path / EN, f"# Applications\n\n{body}")

    told = run(tmp_path, capsys, "check", "--lang", "en")

    assert told == Told(
        1,
        "",
        f"{EN}:3: warning: fact 'havneby.web-share-before' is superseded by "
        "'havneby.web-share-now'\n  hint: use 'havneby.web-share-now', unless the older one is meant\n"
        f"{EN}:4: integer division or modulo by zero\n",
    )
