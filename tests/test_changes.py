"""What changed between an issued version and today's edition, as a reader sees it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from registers import changes_since, issue
from workspaces import EN, NB, STORE, changed, english, make_workspace, write

from reports.casefile.changes import (
    Aspect,
    ChangeKind,
    Changes,
    FactChange,
    Retold,
    Sentence,
    SourceChange,
)
from reports.casefile.register import Issued
from reports.facts.model import Access

S = "\N{NO-BREAK SPACE}"
TITLE = "Applications come in on the web"
SHARE = "share on the web; applications for a kindergarten place"
FACTS = "facts/havneby.yaml"
DERIVED = """\
facts:
  havneby.web-growth:
    derived: {change: [havneby.web-share-before, havneby.web-share], as: percentage points}
    recorded: 2031-04-03
"""
BODY = """\
## Growth

It grew by {{ fact("havneby.web-growth") }}. Some want more.{{ cite("havneby.one-way-in") }}

There were {{ fact("havneby.staff") }}.
"""


@pytest.fixture(scope="module")
def entry(tmp_path_factory: pytest.TempPathFactory) -> Issued:
    """The first version of an edition that prints, computes and cites."""
    return issue(first_workspace(tmp_path_factory.mktemp("workspace")))


def first_workspace(root: Path) -> Path:
    return make_workspace(root, {**english(BODY), "facts/growth.yaml": DERIVED})


def after(entry: Issued, root: Path, files: dict[str, str]) -> Changes:
    """What changed once these files are others."""
    workspace = first_workspace(root)
    for name, text in files.items():
        write(workspace / name, text)
    return changes_since(entry, workspace)


def store_with(*edits: tuple[str, str]) -> dict[str, str]:
    """The store with each of these texts, which stand in it once, replaced."""
    text = STORE
    for old, new in edits:
        text = changed(text, old, new)
    return {FACTS: text}


def told(changes: Changes) -> dict[str, list[tuple[str, str, str]]]:
    """By fact what is told otherwise, each as aspect, before and now."""
    return {
        each.fact: [(one.aspect.value, one.was, one.now) for one in each.retold]
        for each in changes.facts
    }


# ---------------------------------------------------------------- figures


def test_nothing_changed_is_no_change(entry: Issued, tmp_path: Path) -> None:
    assert after(entry, tmp_path, {}) == Changes(entry, (), (), other=False)


def test_a_changed_figure_is_told_with_what_follows_from_it(entry: Issued, tmp_path: Path) -> None:
    changes = after(entry, tmp_path, store_with(("value: 62", "value: 64")))

    assert changes == Changes(
        earlier=entry,
        facts=(
            FactChange(
                kind=ChangeKind.CHANGED,
                fact="havneby.web-share",
                earlier_id="havneby.web-share",
                what=SHARE,
                figure=f"about{S}64%",
                retold=(Retold(Aspect.FIGURE, f"about{S}62%", f"about{S}64%"),),
                because=(),
                sentences=(Sentence(TITLE, f"Parents apply on the web: about{S}64%."),),
            ),
            FactChange(
                kind=ChangeKind.FOLLOWS,
                fact="havneby.web-growth",
                earlier_id="havneby.web-growth",
                what=f"change in {SHARE}",
                figure=f"about{S}16{S}percentage points",
                retold=(
                    Retold(
                        Aspect.FIGURE,
                        f"about{S}14{S}percentage points",
                        f"about{S}16{S}percentage points",
                    ),
                ),
                because=("havneby.web-share",),
                sentences=(Sentence("Growth", f"It grew by about{S}16{S}percentage points."),),
            ),
        ),
        sources=(),
        other=False,
    )


def test_a_fact_that_stands_in_the_notes_alone_changes_without_a_sentence(
    entry: Issued, tmp_path: Path
) -> None:
    changes = after(entry, tmp_path, store_with(("value: 48", "value: 49")))

    assert [(each.fact, each.kind, each.because) for each in changes.facts] == [
        ("havneby.web-growth", ChangeKind.FOLLOWS, ("havneby.web-share-before",)),
        ("havneby.web-share-before", ChangeKind.CHANGED, ()),
    ]
    assert changes.facts[1].sentences == ()


NEWER = """\
facts:
  havneby.web-share-2:
    theme: channels
    place: havneby
    statement: {nb: "{figure} kom på nett.", en: "{figure} came in on the web."}
    figure: {value: 64, measure: web-share, among: applications, qualifier: about}
    as_of: 2031
    said_by: digital-head
    standing: reported
    source: havneby-2031
    at: {paragraph: 30, printed: cirka 64 prosent}
    recorded: 2031-05-02
    supersedes: havneby.web-share
"""


def test_a_newer_version_of_a_fact_is_that_fact_changed(entry: Issued, tmp_path: Path) -> None:
    files = {
        "facts/newer.yaml": NEWER,
        "facts/growth.yaml": changed(DERIVED, "havneby.web-share]", "havneby.web-share-2]"),
        EN: english(BODY)[EN].replace("havneby.web-share", "havneby.web-share-2", 1),
    }

    changes = after(entry, tmp_path, files)

    first, second = changes.facts
    assert (first.fact, first.earlier_id) == ("havneby.web-share-2", "havneby.web-share")
    assert first.kind is ChangeKind.CHANGED
    assert told(changes) == {
        "havneby.web-share-2": [
            ("figure", f"about{S}62%", f"about{S}64%"),
            ("as of", "2030 (inferred)", "2031"),
            (
                "source",
                f"‘Årsmelding for Havneby’, para.{S}12",
                f"‘Årsmelding for Havneby’, para.{S}30",
            ),
        ],
        "havneby.web-growth": [
            ("figure", f"about{S}14{S}percentage points", f"about{S}16{S}percentage points"),
            ("as of", "2028 to 2030 (inferred)", "2028 to 2031"),
        ],
    }
    assert (second.kind, second.because) == (ChangeKind.FOLLOWS, ("havneby.web-share-2",))
    assert not changes.other


def test_a_fact_under_a_new_id_that_says_the_same_is_no_change(
    entry: Issued, tmp_path: Path
) -> None:
    files = {
        FACTS: STORE.replace("havneby.staff:", "havneby.employees:"),
        EN: english(BODY)[EN].replace("havneby.staff", "havneby.employees"),
    }

    assert after(entry, tmp_path, files) == Changes(entry, (), (), other=False)


# ---------------------------------------------------------------- all but the figure

AROUND = {
    "hedge": (
        ("qualifier: about}", "qualifier: exact}"),
        "havneby.web-share",
        [("hedge", f"about{S}62%", "62%")],
    ),
    "unit": (
        ("head-count: {unit: count", "head-count: {unit: nok"),
        "havneby.staff",
        [("figure", "4,200", f"NOK{S}4,200")],
    ),
    "measure": (
        ("en: number of staff", "en: number of posts"),
        "havneby.staff",
        [("measure", "number of staff", "number of posts")],
    ),
    "population": (
        ("en: the municipality's employees", "en: those employed by the year"),
        "havneby.staff",
        [("among", "the municipality’s employees", "those employed by the year")],
    ),
    "date": (
        ("as_of: 2030-06", "as_of: 2030-07"),
        "havneby.staff",
        [("as of", f"June{S}2030", f"July{S}2030")],
    ),
    "speaker": (
        ("en: The union", "en: The trade union"),
        "havneby.staff",
        [("speaker", "The union", "The trade union")],
    ),
    "standing": (
        (
            "standing: established\n    source: havneby-2031\n    at: {paragraph: 14",
            "standing: reported\n    source: havneby-2031\n    at: {paragraph: 14",
        ),
        "havneby.staff",
        [("standing", "established", "reported by a party")],
    ),
    "paragraph": (
        ("paragraph: 14", "paragraph: 41"),
        "havneby.staff",
        [
            (
                "source",
                f"‘Årsmelding for Havneby’, para.{S}14",
                f"‘Årsmelding for Havneby’, para.{S}41",
            )
        ],
    ),
    "statement of a fact without a figure": (
        ("in the same place.", "at the same desk."),
        "havneby.one-way-in",
        [
            (
                "wording",
                "Everyone should apply in the same place.",
                "Everyone should apply at the same desk.",
            )
        ],
    ),
}


@pytest.mark.parametrize(("edit", "fact", "what"), AROUND.values(), ids=AROUND.keys())
def test_what_is_told_of_a_fact_is_a_change_though_its_figure_stands(
    entry: Issued, tmp_path: Path, edit: tuple[str, str], fact: str, what: list[tuple[str, ...]]
) -> None:
    changes = after(entry, tmp_path, store_with(edit))

    assert told(changes)[fact] == what
    assert not changes.other


def test_a_source_that_is_told_otherwise_is_told_once(entry: Issued, tmp_path: Path) -> None:
    changes = after(entry, tmp_path, store_with(("wants to show", "likes to show")))

    before = "‘Årsmelding for Havneby’. Publisher not stated. Date not stated. The municipality’s "
    before += "own annual report. The municipality wants to show progress."
    source = SourceChange("havneby-2031", before, before.replace("wants", "likes"))
    assert changes == Changes(entry, (), (source,), other=False)


STATEMENTS = {
    "a statement without a figure is told once": (
        '{{ statement("havneby.one-way-in") }}',
        ("in the same place.", "at the same desk."),
        {
            "havneby.one-way-in": [
                (
                    "wording",
                    "Everyone should apply in the same place.",
                    "Everyone should apply at the same desk.",
                )
            ]
        },
    ),
    "a date that a statement tells is told once": (
        '{{ statement("havneby.web-share-before") }}',
        ("as_of: 2028", "as_of: 2027"),
        {"havneby.web-share-before": [("as of", "2028", "2027")]},
    ),
}


@pytest.mark.parametrize(("body", "edit", "what"), STATEMENTS.values(), ids=STATEMENTS.keys())
def test_what_a_statement_tells_is_told_once(
    tmp_path: Path, body: str, edit: tuple[str, str], what: dict[str, list[tuple[str, str, str]]]
) -> None:
    root = make_workspace(tmp_path, english(body))
    entry = issue(root)
    write(root / FACTS, changed(STORE, *edit))

    assert told(changes_since(entry, root)) == what


def test_a_figure_that_begins_a_sentence_now_is_the_same(tmp_path: Path) -> None:
    root = make_workspace(tmp_path, english('So {{ fact("havneby.paper-share") }} did.'))
    entry = issue(root)
    body = '{{ fact("havneby.paper-share", start=True) }} did.'
    write(root / EN, english(body)[EN])

    assert changes_since(entry, root) == Changes(entry, (), (), other=True)


def test_other_arithmetic_with_the_same_result_is_a_change(entry: Issued, tmp_path: Path) -> None:
    changes = after(
        entry, tmp_path, store_with(("value: 62", "value: 63"), ("value: 48", "value: 49"))
    )

    result = f"about{S}14{S}percentage points"
    assert told(changes)["havneby.web-growth"] == [
        ("wording", f"about{S}62% − 48% = {result}", f"about{S}63% − 49% = {result}")
    ]
    assert changes.facts[1].because == ("havneby.web-share-before", "havneby.web-share")


TWICE = """\
facts:
  havneby.growth-ratio:
    derived: {ratio: [havneby.web-growth, havneby.web-growth-2]}
    recorded: 2031-04-03
  havneby.web-growth-2:
    derived: {change: [havneby.web-share-first, havneby.web-share-before], as: percentage points}
    recorded: 2031-04-03
  havneby.web-share-first:
    theme: channels
    place: havneby
    statement: {nb: "{figure} kom på nett.", en: "{figure} came in on the web."}
    figure: {value: 41, measure: web-share, among: applications}
    as_of: 2026
    said_by: digital-head
    standing: reported
    source: havneby-2031
    at: {paragraph: 12, printed: 41 prosent}
    recorded: 2031-04-02
"""


def test_what_follows_at_two_removes_is_told_by_what_changed_at_the_source(
    tmp_path: Path,
) -> None:
    body = english('By {{ fact("havneby.growth-ratio") }}.')
    root = make_workspace(
        tmp_path, {**body, "facts/growth.yaml": DERIVED, "facts/twice.yaml": TWICE}
    )
    entry = issue(root)
    write(root / FACTS, changed(STORE, "value: 62", "value: 83"))

    changes = changes_since(entry, root)

    assert {each.fact: each.because for each in changes.facts} == {
        "havneby.web-share": (),
        "havneby.growth-ratio": ("havneby.web-share",),
        "havneby.web-growth": ("havneby.web-share",),
    }


def test_a_change_that_explains_nothing_is_no_cause(entry: Issued, tmp_path: Path) -> None:
    place = ("paragraph: 12, printed: cirka", "paragraph: 21, printed: cirka")

    changes = after(entry, tmp_path, store_with(place, ("value: 48", "value: 49")))

    assert {each.fact: each.because for each in changes.facts} == {
        "havneby.web-share": (),
        "havneby.web-growth": ("havneby.web-share-before",),
        "havneby.web-share-before": (),
    }


def test_an_input_that_is_new_is_a_cause(entry: Issued, tmp_path: Path) -> None:
    other = changed(NEWER, "    supersedes: havneby.web-share\n", "")
    grown = changed(DERIVED, "havneby.web-share]", "havneby.web-share-2]")

    changes = after(entry, tmp_path, {"facts/newer.yaml": other, "facts/growth.yaml": grown})

    assert [(each.fact, each.kind, each.because) for each in changes.facts] == [
        ("havneby.web-growth", ChangeKind.FOLLOWS, ("havneby.web-share-2",)),
        ("havneby.web-share-2", ChangeKind.ADDED, ()),
    ]


def test_a_population_that_is_printed_with_the_figure_is_told_once(tmp_path: Path) -> None:
    root = make_workspace(tmp_path, english('{{ fact("havneby.staff", form="with base") }}'))
    entry = issue(root)
    write(root / FACTS, changed(STORE, "en: the municipality's employees", "en: the employed"))

    changes = changes_since(entry, root)

    among = ("among", "the municipality’s employees", "the employed")
    assert told(changes) == {"havneby.staff": [among]}


def test_what_follows_from_a_fact_under_a_chart_is_no_other_text(tmp_path: Path) -> None:
    chart = '{{ chart("bars", ["havneby.staff"], caption="Staff", labels=["Now"]) }}'
    root = make_workspace(tmp_path, english(chart))
    entry = issue(root)
    write(root / FACTS, changed(STORE, "as_of: 2030-06", "as_of: 2030-07"))

    changes = changes_since(entry, root)

    assert told(changes) == {"havneby.staff": [("as of", f"June{S}2030", f"July{S}2030")]}
    assert not changes.other


def test_the_words_around_a_printed_figure_are_a_change(tmp_path: Path) -> None:
    root = make_workspace(tmp_path, english('{{ statement("havneby.staff") }}'))
    entry = issue(root)
    write(root / FACTS, changed(STORE, "had {figure} staff", "had {figure} people"))

    changes = changes_since(entry, root)

    assert told(changes) == {
        "havneby.staff": [
            (
                "wording",
                "The municipality had 4,200 staff.",
                "The municipality had 4,200 people.",
            )
        ]
    }


# ---------------------------------------------------------------- told more, told less


def test_facts_that_were_added_and_removed_are_told_with_their_sentences(
    entry: Issued, tmp_path: Path
) -> None:
    body = changed(
        BODY, '{{ fact("havneby.staff") }}', '{{ fact("havneby.paper-share") }} on paper'
    )

    changes = after(entry, tmp_path, english(body))

    employees = "the municipality’s employees"
    assert changes.facts == (
        FactChange(
            kind=ChangeKind.ADDED,
            fact="havneby.paper-share",
            earlier_id="",
            what=f"share on paper; {employees}",
            figure=f"nearly{S}eight in ten",
            retold=(),
            because=(),
            sentences=(Sentence("Growth", f"There were nearly{S}eight in ten on paper."),),
        ),
        FactChange(
            kind=ChangeKind.REMOVED,
            fact="havneby.staff",
            earlier_id="havneby.staff",
            what=f"number of staff; {employees}",
            figure="4,200",
            retold=(),
            because=(),
            sentences=(Sentence("Growth", "There were 4,200."),),
        ),
    )
    assert changes.other


OTHER = {
    "a word": ("Some want more.", "Some want less."),
    "a heading": ("## Growth", "## More of it"),
    "a paragraph": ("There were", "Nobody knows why.\n\nThere were"),
    "a fact told once more": (
        "There were",
        '{{ fact("havneby.staff", start=True) }} it was. There were',
    ),
}


@pytest.mark.parametrize("edit", OTHER.values(), ids=OTHER.keys())
def test_other_words_are_a_change_of_no_fact(
    entry: Issued, tmp_path: Path, edit: tuple[str, str]
) -> None:
    changes = after(entry, tmp_path, english(changed(BODY, *edit)))

    assert changes == Changes(entry, (), (), other=True)


def test_the_title_of_a_box_is_other_text_beside_a_changed_fact(tmp_path: Path) -> None:
    box = '!!! assessment "Our assessment"\n    It goes on.\n'
    root = make_workspace(tmp_path, english(box))
    entry = issue(root)
    for name, text in {**store_with(("value: 62", "value: 64")), **english(box)}.items():
        write(root / name, text)
    same = changes_since(entry, root)
    write(root / EN, changed(english(box)[EN], "Our assessment", "What we think"))

    changes = changes_since(entry, root)

    assert [list(told(each)) for each in (same, changes)] == [["havneby.web-share"]] * 2
    assert (same.other, changes.other) == (False, True)


def test_a_reason_in_the_notes_is_other_text(entry: Issued, tmp_path: Path) -> None:
    changes = after(
        entry, tmp_path, store_with(("covers the year before", "is of the year before"))
    )

    assert changes == Changes(entry, (), (), other=True)


def test_a_new_order_of_paragraphs_is_told_though_the_notes_only_change_numbers(
    entry: Issued, tmp_path: Path
) -> None:
    grown, staff = BODY.rstrip().split("\n\n")[1:]

    changes = after(entry, tmp_path, english(f"## Growth\n\n{staff}\n\n{grown}\n"))

    assert changes == Changes(entry, (), (), other=True)


def test_an_edition_in_another_language_is_no_concern(entry: Issued, tmp_path: Path) -> None:
    files = {NB: "# Søknader\n\nAndre ord: {{ fact('havneby.staff') }}.\n"}

    assert after(entry, tmp_path, files) == Changes(entry, (), (), other=False)


# ---------------------------------------------------------------- what is hidden from now on


def test_a_fact_that_is_hidden_now_is_counted_and_never_told_again(
    entry: Issued, tmp_path: Path
) -> None:
    hidden = changed(
        STORE, "printed: 4200 ansatte}", "printed: 4200 ansatte}\n    access: internal"
    )
    body = changed(BODY, 'There were {{ fact("havneby.staff") }}.', "")

    changes = after(entry, tmp_path, {FACTS: hidden, **english(body)})

    assert changes == Changes(entry, (), (), other=True, withdrawn=1)


def test_a_sentence_that_told_something_hidden_is_not_told_again(tmp_path: Path) -> None:
    body = 'Of {{ fact("havneby.staff") }}, {{ fact("havneby.paper-share") }} used paper.'
    root = make_workspace(tmp_path, english(body))
    entry = issue(root)
    hidden = changed(
        STORE, "printed: 4200 ansatte}", "printed: 4200 ansatte}\n    access: internal"
    )
    for name, text in {FACTS: hidden, **english("")}.items():
        write(root / name, text)

    changes = changes_since(entry, root)

    assert [(each.fact, each.kind, each.sentences) for each in changes.facts] == [
        ("havneby.paper-share", ChangeKind.REMOVED, ())
    ]
    assert (changes.withdrawn, "200" in repr(changes.facts)) == (1, False)


def test_what_left_the_store_is_not_told_to_readers_who_may_see_less_than_before(
    entry: Issued, tmp_path: Path
) -> None:
    body = changed(BODY, 'There were {{ fact("havneby.staff") }}.', "")
    start, end = STORE.index("  havneby.staff:"), STORE.index("  havneby.answer-time:")
    files = {FACTS: STORE[:start] + STORE[end:], **english(body)}

    same = after(entry, tmp_path / "same", files)
    less = after(replace(entry, access=Access.INTERNAL), tmp_path / "less", files)

    assert [each.fact for each in same.facts] == ["havneby.staff"]
    assert (less.facts, less.withdrawn) == ((), 1)


GROWTH = """\
facts:
  havneby.growth:
    derived:
      change: [havneby.web-share-before, havneby.web-share]
      as: percentage points
      measure: growth
      among: applications
    theme: channels
    place: havneby
    source: havneby-2031
    recorded: 2031-04-03
measures:
  growth: {unit: percentage-points, name: {nb: vekst, en: growth}}
"""


def test_who_said_a_hidden_figure_is_not_told_again_by_what_is_computed_from_it(
    tmp_path: Path,
) -> None:
    body = english('It grew by {{ fact("havneby.growth") }}.')
    end = "\n    standing: reported\n    source: havneby-2031\n    at: {paragraph: 12, printed: 48"
    voices = changed(STORE, f"digital-head{end}", f"union{end}")
    root = make_workspace(tmp_path, {**body, FACTS: voices, "facts/growth.yaml": GROWTH})
    entry = issue(root)
    hidden = changed(voices, "printed: 48 prosent}", "printed: 48 prosent}\n    access: internal")
    level = "    access: {level: public, because: the change itself was published}\nmeasures:"
    for name, text in {
        FACTS: hidden,
        "facts/growth.yaml": changed(GROWTH, "measures:", level),
    }.items():
        write(root / name, text)

    changes = changes_since(entry, root)

    assert entry.facts[1].words.speaker == "our calculation; figures: The union and Ida Holm"
    assert "union" not in repr(changes.facts)
    assert told(changes)["havneby.growth"] == [("source", "", "‘Årsmelding for Havneby’")]
    assert changes.withdrawn == 1
