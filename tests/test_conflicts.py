"""Facts that say different things of the same: told, ranked with a reason, and printed together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from readers import html_text
from stores import derived, plain, refusal, said, sourced, store
from workspaces import STORE, changed, english, make_workspace, run

from reports.facts.conflicts import Conflict, conflicts, contradictions
from reports.facts.model import Access

RANK = "outranks: {{{}: {{nb: ble målt, en: was measured}}}}"
REASON = {"nb": "ble målt", "en": "was measured"}


def unranked(*pairs: str) -> str:
    """What is said of each of these pairs, such as "a b"."""
    return "\n".join(
        f"facts '{first}' and '{second}' have the same measure, population, place and date, and "
        "different values\n"
        f"  hint: rank the more reliable one: 'outranks: {{{second}: {{…}}}}', with the reason"
        for first, second in (pair.split() for pair in pairs)
    )


# ---------------------------------------------------------------- what is a conflict

A = sourced("a", "62")
IN_CONFLICT = {
    "other values": sourced("b", "60"),
    "another range": sourced("b", "[60, 62]"),
    "over one and under the other": sourced("b", "62", hedge="under"),
    "over": sourced("b", "62", hedge="over"),
    "a part": sourced("b", "6 of 10"),
    "dates that are both inferred": sourced("b", "60", as_of="{date: 2030, inferred: year-before}"),
    "another source and another speaker": sourced("b", "60", source="survey", said_by="union"),
    "another standing": sourced("b", "60", standing="forecast"),
    "another theme, from a later day": sourced("b", "60", recorded="2031-05-01"),
    "another access": sourced("b", "60", more="access: restricted"),
}


@pytest.mark.parametrize("other", IN_CONFLICT.values(), ids=IN_CONFLICT.keys())
def test_two_values_for_the_same_are_a_conflict(tmp_path: Path, other: str) -> None:
    assert refusal(tmp_path, A, other) == unranked("a b")


AT_PEACE = {
    "the same value": (A, sourced("b", "62", source="survey", said_by="union")),
    "the same value, finer": (A, sourced("b", "62.0")),
    "the same value, about": (A, sourced("b", "62", hedge="about")),
    "the same record": (A, sourced("b", "62", hedge="record")),
    "the same in millions": (
        sourced("a", "28 million", "cost"),
        sourced("b", "28000000", "cost"),
    ),
    "the same as a part": (sourced("a", "80"), sourced("b", "8 of 10")),
    "two parts of one size": (sourced("a", "4 of 5"), sourced("b", "8 of 10")),
    "another measure": (A, sourced("b", "60", "other-share")),
    "another population": (A, sourced("b", "60", among="parents")),
    "another place": (A, sourced("b", "60", place="norway")),
    "another date": (A, sourced("b", "60", as_of="2029")),
    "a date of another precision": (A, sourced("b", "60", as_of="2030-06")),
    "a spring and its month": (
        sourced("a", "62", as_of="2030-21"),
        sourced("b", "60", as_of="2030-04"),
    ),
    "an unknown date": (
        sourced("a", "62", as_of="not stated"),
        sourced("b", "60", as_of="not stated"),
    ),
    "a derived value": (
        sourced("a", "3", "staff"),
        sourced("b", "4", "staff", place="fjordby"),
        sourced("c", "8", "staff", place="norway"),
        derived("x", "sum: [a, b]"),
    ),
    "a later version": (A, sourced("b", "60", more="supersedes: a")),
    "versions of versions": (
        A,
        sourced("b", "60", more="supersedes: a"),
        sourced("c", "61", more="supersedes: b"),
    ),
    "what a version was before": (
        A,
        sourced("b", "60", more="supersedes: a"),
        sourced("c", "60", source="survey"),
    ),
}


@pytest.mark.parametrize("entries", AT_PEACE.values(), ids=AT_PEACE.keys())
def test_what_can_be_true_together_is_no_conflict(tmp_path: Path, entries: Sequence[str]) -> None:
    facts = store(tmp_path, *entries)

    assert conflicts(facts) == ()


def test_the_newest_version_conflicts_like_any_fact(tmp_path: Path) -> None:
    told = refusal(
        tmp_path, A, sourced("b", "60", more="supersedes: a"), sourced("c", "62", source="survey")
    )

    assert told == unranked("b c")


def test_days_that_differ_for_one_event_and_date_are_a_conflict(tmp_path: Path) -> None:
    told = refusal(
        tmp_path,
        sourced("a", "2030-04-11", "opened"),
        sourced("b", "2030-04-12", "opened"),
        sourced("c", "3", "rank"),
        sourced("d", "4", "rank"),
    )

    assert told == unranked("a b", "c d")


# ---------------------------------------------------------------- ranks


@pytest.mark.parametrize(("first", "second"), [("b", ""), ("", "a")])
def test_a_rank_with_a_reason_settles_a_conflict(tmp_path: Path, first: str, second: str) -> None:
    facts = store(
        tmp_path,
        sourced("a", "62", more=RANK.format(first) if first else ""),
        sourced("b", "60", more=RANK.format(second) if second else ""),
    )

    assert conflicts(facts) == (Conflict("a", "b", "a" if first else "b", REASON),)


def test_three_values_need_a_rank_for_each_pair(tmp_path: Path) -> None:
    others = sourced("b", "60"), sourced("c", "58")

    ranked = sourced("a", "62", more="outranks: {b: {nb: x, en: y}, c: {nb: x, en: y}}")

    assert refusal(tmp_path, A, *others) == unranked("a b", "a c", "b c")
    assert refusal(tmp_path, ranked, *others) == unranked("b c")
    assert refusal(tmp_path, ranked, sourced("b", "60", more=RANK.format("c")), others[1]) == ""


RANKS = {
    "each other": (
        (sourced("a", "62", more=RANK.format("b")), sourced("b", "60", more=RANK.format("a"))),
        "facts outrank each other in a circle: a → b → a",
        "delete 'outranks' in a less reliable one",
    ),
    "in a circle of three": (
        (
            sourced("a", "62", more=RANK.format("b")),
            sourced("b", "60", more=RANK.format("c")),
            sourced("c", "58", more=RANK.format("a")),
        ),
        "facts outrank each other in a circle: a → b → c → a",
        "delete 'outranks' in a less reliable one",
    ),
    "itself": (
        (sourced("a", "62", more=RANK.format("a")),),
        "'outranks' of fact 'a' names itself",
        "name another fact, or leave it out",
    ),
    "a fact that agrees": (
        (sourced("a", "62", more=RANK.format("b")), sourced("b", "62")),
        "fact 'a' outranks 'b', which doesn't conflict with it",
        "delete 'outranks', or add 'contradicts: [b]'",
    ),
    "an unknown fact": (
        (sourced("alpha", "62", more=RANK.format("alpa")),),
        "unknown fact 'alpa'",
        "did you mean 'alpha'?",
    ),
    "in one language": (
        (sourced("a", "62", more="outranks: {b: {nb: ble målt}}"), sourced("b", "60")),
        "the rank of fact 'a' has no 'en' text",
        "add 'en: …'",
    ),
    "in a list": (
        (sourced("a", "62", more="outranks: [b]"), sourced("b", "62")),
        "'outranks' of fact 'a' must hold 'id: …' entries",
        "",
    ),
    "contradicting an unknown fact": (
        (sourced("alpha", "62", more="contradicts: [alfa]"),),
        "unknown fact 'alfa'",
        "did you mean 'alpha'?",
    ),
    "contradicting itself": (
        (sourced("a", "62", more="contradicts: [a]"),),
        "'contradicts' of fact 'a' names itself",
        "name another fact, or leave it out",
    ),
}


@pytest.mark.parametrize(("entries", "what", "hint"), RANKS.values(), ids=RANKS.keys())
def test_a_rank_that_settles_nothing_is_told(
    tmp_path: Path, entries: Sequence[str], what: str, hint: str
) -> None:
    assert refusal(tmp_path, *entries) == f"{what}\n  hint: {hint}"


def test_contradictions_are_told_once_and_may_be_ranked(tmp_path: Path) -> None:
    facts = store(
        tmp_path,
        sourced("a", "62", more=f"contradicts: [b]\n{RANK.format('b')}"),
        sourced("b", "9", "other-share", more="contradicts: [a]"),
    )

    assert contradictions(facts) == (("a", "b"),)


def test_the_rank_of_an_outdated_fact_is_kept_for_earlier_days(tmp_path: Path) -> None:
    facts = store(
        tmp_path,
        sourced("a", "62", more=RANK.format("b")),
        sourced("b", "60"),
        sourced("c", "62", source="survey", more="supersedes: b"),
    )

    assert conflicts(facts) == ()


def test_an_audience_that_sees_one_of_two_has_no_conflict(tmp_path: Path) -> None:
    facts = store(
        tmp_path,
        sourced("a", "62", more=RANK.format("b")),
        sourced("b", "60", more="access: internal"),
    )

    assert conflicts(facts.visible_to(Access.PUBLIC)) == ()


# ---------------------------------------------------------------- in a brief

SECOND = """\
  havneby.web-share-survey:
    theme: channels
    place: havneby
    statement: {nb: "{figure} kom på nett.", en: "{figure} came in on the web."}
    figure: {value: 58, measure: web-share, among: applications}
    as_of: 2030
    said_by: union
    standing: reported
    source: survey-2031
    at: {paragraph: 2, printed: 58 prosent}
    recorded: 2031-04-02
"""
SURVEY = """\
sources:
  survey-2031:
    type: report
    title: Brukerundersøkelsen
    nature: {nb: spørreundersøkelse, en: survey of users}
    interest: {nb: ingens, en: "nobody's"}
"""
RANKED = """\
    outranks:
      havneby.web-share-survey:
        nb: kommunen teller alle, undersøkelsen spør noen
        en: the municipality counts all, the survey asks some
    recorded: 2031-04-02
  havneby.web-share-before:
"""
PLAIN = "    recorded: 2031-04-02\n  havneby.web-share-before:\n"
BOTH = '{{ fact("havneby.web-share") }} by one count, {{ fact("havneby.web-share-survey") }} by another.'


def test_check_names_both_sides_of_a_conflict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_workspace(tmp_path, {"facts/havneby.yaml": STORE + SECOND, "facts/s.yaml": SURVEY})

    told = run(root, capsys, "check")

    assert (told.code, told.out) == (1, "")
    assert told.err == (
        "facts/havneby.yaml:30:5: facts 'havneby.web-share' and 'havneby.web-share-survey' have "
        "the same measure, population, place and date, and different values\n"
        "  hint: rank the more reliable one: 'outranks: {havneby.web-share-survey: {…}}', with "
        "the reason\n"
    )


REMARK = "Note 1 is preferred to note 2: the municipality counts all, the survey asks some."
SIDES = (
    "58%: share on the web; applications for a kindergarten place",
    "‘Brukerundersøkelsen’",
    "Nobody’s.",
    REMARK,
)


@pytest.mark.parametrize(
    ("body", "both"), [(BOTH, True), ("Nobody else counted.", False)], ids=["both", "one"]
)
def test_a_brief_that_prints_both_sides_says_which_is_preferred_and_why(
    tmp_path: Path, body: str, *, both: bool
) -> None:
    facts = changed(STORE, PLAIN, RANKED) + SECOND
    files = {"facts/havneby.yaml": facts, "facts/s.yaml": SURVEY, **english(body)}

    page = said(make_workspace(tmp_path, files))

    assert [side in page for side in SIDES] == [both] * len(SIDES)
    assert "About 62%: share on the web" in page
    assert "‘Årsmelding for Havneby’" in page


def test_a_reader_of_the_page_sees_both_sides(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = changed(STORE, PLAIN, RANKED) + SECOND
    files = {"facts/havneby.yaml": facts, "facts/s.yaml": SURVEY, **english(BOTH)}
    root = make_workspace(tmp_path, files)

    told = run(root, capsys, "build", "--format", "html", "--lang", "en")
    assert told.code == 0, told.err
    page = plain(" ".join(html_text(root / "out/channels/public.en.html").split()))

    assert "about 62%[1] by one count, 58%[2] by another." in page
    assert [side in page for side in SIDES] == [True] * len(SIDES)
