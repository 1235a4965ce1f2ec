"""Words that follow the numbers: how they read in each language, and what they refuse to say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from stores import MAY_BE, derived, plain, said, sourced, store
from workspaces import STORE, changed, english, make_workspace, run

from reports.facts.derive.comparison import compare_text, trend_text
from reports.facts.derive.operands import DerivationError
from reports.facts.model import Access, Facts
from reports.facts.quantities import Figure, Number, Qualifier
from reports.language import load_language

NB, EN = load_language("nb"), load_language("en")


def two(
    folder: Path, first: str, second: str, hedges: tuple[str, str] = ("exact", "exact")
) -> Facts:
    """A store of two figures of one place, `a` of 2028 and `b` of 2030."""
    return store(
        folder,
        sourced("a", first, as_of="2028", hedge=hedges[0]),
        sourced("b", second, as_of="2030", hedge=hedges[1]),
    )


def trends(facts: Facts) -> tuple[str, str]:
    both = (facts.facts["a"], facts.facts["b"])
    return trend_text(both, facts, NB), trend_text(both, facts, EN)


def comparisons(facts: Facts) -> tuple[str, str]:
    both = (facts.facts["b"], facts.facts["a"])
    return compare_text(both, facts, NB), compare_text(both, facts, EN)


# ---------------------------------------------------------------- how a figure moved

TRENDS = {
    "the same": ("48", "48", "holdt seg uendret", "stayed the same"),
    "the same, written finer": ("48", "48.0", "holdt seg uendret", "stayed the same"),
    "nearly the same": ("60", "59", "holdt seg om lag uendret", "stayed roughly the same"),
    "about the same": (
        "about 48",
        "about 48",
        "holdt seg om lag uendret",
        "stayed roughly the same",
    ),
    "twice": ("48", "96", "doblet seg", "doubled"),
    "a little over twice": ("48", "97", "om lag doblet seg", "roughly doubled"),
    "a little under twice": ("48", "95", "om lag doblet seg", "roughly doubled"),
    "about twice": ("about 48", "96", "om lag doblet seg", "roughly doubled"),
    "over twice": ("48", "over 96", "mer enn doblet seg", "more than doubled"),
    "well over twice": ("48", "over 97", "mer enn doblet seg", "more than doubled"),
    "at least twice": ("48", "at-least 96", "minst doblet seg", "at least doubled"),
    "well at least twice": ("48", "at-least 97", "mer enn doblet seg", "more than doubled"),
    "nearly twice": ("48", "nearly 96", "nesten doblet seg", "nearly doubled"),
    "from nearly": ("nearly 48", "96", "mer enn doblet seg", "more than doubled"),
    "three times": ("20", "60", "tredoblet seg", "tripled"),
    "nearly three times": ("20", "nearly 60", "nesten tredoblet seg", "nearly tripled"),
    "four times": ("20", "80", "firedoblet seg", "quadrupled"),
    "five times": ("12", "60", "femdoblet seg", "grew fivefold"),
    "six times": ("12", "72", "seksdoblet seg", "grew sixfold"),
    "seven times": ("10", "70", "sjudoblet seg", "grew sevenfold"),
    "about seven times": (
        "about 10",
        "about 70",
        "om lag sjudoblet seg",
        "grew roughly sevenfold",
    ),
    "over seven times": ("10", "over 70", "mer enn sjudoblet seg", "grew more than sevenfold"),
    "eight times": ("10", "80", "åttedoblet seg", "grew eightfold"),
    "nine times": ("10", "90", "nidoblet seg", "grew ninefold"),
    "ten times": ("9", "90", "tidoblet seg", "grew tenfold"),
    "eleven times": ("9", "99", "ellevedoblet seg", "grew elevenfold"),
    "twelve times": ("8", "96", "tolvdoblet seg", "grew twelvefold"),
    "by half": ("48", "72", "økte med halvparten", "rose by half"),
    "by over half": ("48", "over 72", "økte med mer enn halvparten", "rose by more than half"),
    "by a third": ("48", "64", "økte med en tredel", "rose by a third"),
    "by about a third": ("48", "65", "økte med om lag en tredel", "rose by roughly a third"),
    "by nearly a third": ("48", "nearly 64", "økte med nesten en tredel", "rose by nearly a third"),
    "by a quarter": ("48", "60", "økte med en firedel", "rose by a quarter"),
    "by at least a quarter": (
        "48",
        "at-least 60",
        "økte med minst en firedel",
        "rose by at least a quarter",
    ),
    "down by a quarter": ("48", "36", "falt med en firedel", "fell by a quarter"),
    "down by a third": ("48", "32", "falt med en tredel", "fell by a third"),
    "down by over a third": (
        "48",
        "under 32",
        "falt med mer enn en tredel",
        "fell by more than a third",
    ),
    "down by at least a third": (
        "48",
        "at-most 32",
        "falt med minst en tredel",
        "fell by at least a third",
    ),
    "down by well over a third": (
        "48",
        "at-most 31",
        "falt med mer enn en tredel",
        "fell by more than a third",
    ),
    "down to nearly": (
        "48",
        "nearly 32",
        "falt med mer enn en tredel",
        "fell by more than a third",
    ),
    "down from nearly": (
        "nearly 48",
        "32",
        "falt med mindre enn en tredel",
        "fell by less than a third",
    ),
    "down from over": ("over 48", "32", "falt med mer enn en tredel", "fell by more than a third"),
    "by half, down": ("48", "24", "falt med halvparten", "fell by half"),
    "by about half, down": ("48", "about 24", "falt med om lag halvparten", "fell by roughly half"),
    "by over half, down": (
        "48",
        "under 24",
        "falt med mer enn halvparten",
        "fell by more than half",
    ),
    "to a third": ("48", "16", "falt til en tredel", "fell to a third"),
    "to at most a third": ("48", "up-to 16", "falt til høyst en tredel", "fell to at most a third"),
    "to under a third": (
        "48",
        "under 16",
        "falt til mindre enn en tredel",
        "fell to less than a third",
    ),
    "to nearly a third": ("48", "nearly 16", "falt til nesten en tredel", "fell to nearly a third"),
    "to a quarter": ("48", "12", "falt til en firedel", "fell to a quarter"),
    "a third of m, twice": ("1 of 3", "2 of 3", "doblet seg", "doubled"),
    "a narrow range": ("24", "[46, 50]", "om lag doblet seg", "roughly doubled"),
}


def hedged(value: str) -> tuple[str, str]:
    """`over 96` as 96 and over."""
    hedge, _, number = value.partition(" ")
    named = hedge in {qualifier.value for qualifier in Qualifier}
    return (number, hedge) if named else (value, "exact")


def told(folder: Path, first: str, second: str) -> Facts:
    (one, early), (other, late) = hedged(first), hedged(second)
    return two(folder, one, other, (early, late))


@pytest.mark.parametrize(("first", "second", "nb", "en"), TRENDS.values(), ids=TRENDS.keys())
def test_a_trend_says_how_a_figure_moved(
    tmp_path: Path, first: str, second: str, nb: str, en: str
) -> None:
    assert trends(told(tmp_path, first, second)) == (nb, en)


# ---------------------------------------------------------------- how many times

# After the words comes "så … som" and "as … as": halvparten så stor som, half as large as.
COMPARISONS = {
    "the same": ("48", "48", "akkurat", "just"),
    "roughly the same": ("about 48", "about 48", "om lag", "roughly"),
    "nearly the same": ("48", "nearly 48", "nesten", "nearly"),
    "twice": ("48", "96", "dobbelt", "twice"),
    "over twice": ("48", "over 96", "mer enn dobbelt", "more than twice"),
    "at least twice": ("48", "at-least 96", "minst dobbelt", "at least twice"),
    "nearly twice": ("48", "nearly 96", "nesten dobbelt", "nearly twice"),
    "three times": ("20", "60", "tre ganger", "three times"),
    "four times": ("20", "80", "fire ganger", "four times"),
    "five times": ("12", "60", "fem ganger", "five times"),
    "about seven times": ("about 10", "about 70", "om lag sju ganger", "roughly seven times"),
    "eleven times": ("9", "99", "elleve ganger", "eleven times"),
    "twelve times": ("8", "96", "tolv ganger", "twelve times"),
    "half as much again": ("48", "72", "halvannen gang", "one and a half times"),
    "three quarters": ("48", "36", "tre firedeler", "three quarters"),
    "two thirds": ("48", "32", "to tredeler", "two thirds"),
    "half": ("48", "24", "halvparten", "half"),
    "under half": ("48", "under 24", "mindre enn halvparten", "less than half"),
    "at most half": ("48", "up-to 24", "høyst halvparten", "at most half"),
    "nearly half": ("48", "nearly 24", "nesten halvparten", "nearly half"),
    "a third": ("48", "16", "en tredel", "a third"),
    "a quarter": ("48", "12", "en firedel", "a quarter"),
}


@pytest.mark.parametrize(
    ("first", "second", "nb", "en"), COMPARISONS.values(), ids=COMPARISONS.keys()
)
def test_a_comparison_says_how_many_times_one_figure_is_another(
    tmp_path: Path, first: str, second: str, nb: str, en: str
) -> None:
    assert comparisons(told(tmp_path, first, second)) == (nb, en)


def test_a_derived_ratio_is_said_in_words(tmp_path: Path) -> None:
    facts = store(
        tmp_path,
        sourced("a", "70", hedge="about"),
        sourced("b", "10", hedge="about", place="fjordby"),
        derived("x", "ratio: [a, b]"),
    )

    said = [plain(compare_text((facts.facts["x"],), facts, lang)) for lang in (NB, EN)]

    assert said == ["om lag sju ganger", "about seven times"]


# ---------------------------------------------------------------- a derived change

POINTS = "as: percentage points"
CHANGES = {
    "up": ("10", "70", POINTS, "økte med 60 prosentpoeng", "rose by 60 percentage points"),
    "down": ("70", "10", POINTS, "falt med 60 prosentpoeng", "fell by 60 percentage points"),
    "up by about": (
        "about 10",
        "about 70",
        POINTS,
        "økte med ca. 60 prosentpoeng",
        "rose by about 60 percentage points",
    ),
    "up by over": (
        "10",
        "over 70",
        POINTS,
        "økte med over 60 prosentpoeng",
        "rose by over 60 percentage points",
    ),
    "down to under": (
        "70",
        "under 10",
        POINTS,
        "falt med over 60 prosentpoeng",
        "fell by over 60 percentage points",
    ),
    "down to at most": (
        "70",
        "at-most 10",
        POINTS,
        "falt med minst 60 prosentpoeng",
        "fell by at least 60 percentage points",
    ),
    "down from nearly": (
        "nearly 70",
        "10",
        POINTS,
        "falt med under 60 prosentpoeng",
        "fell by under 60 percentage points",
    ),
    "a range up": (
        "10",
        "[40, 50]",
        POINTS,
        "økte med 30–40 prosentpoeng",
        "rose by 30–40 percentage points",
    ),
    "a range down": (
        "[40, 50]",
        "10",
        POINTS,
        "falt med 30–40 prosentpoeng",
        "fell by 30–40 percentage points",
    ),
    "in per cent": ("48", "97", "as: percent, round: 10", "økte med 100 %", "rose by 100%"),
    "not at all": ("48", "48", POINTS, "holdt seg uendret", "stayed the same"),
    "less than the rounding": (
        "48.0",
        "48.1",
        f"{POINTS}, round: 1",
        "holdt seg om lag uendret",
        "stayed roughly the same",
    ),
}


def with_change(folder: Path, first: str, second: str, how: str) -> Facts:
    (one, early), (other, late) = hedged(first), hedged(second)
    return store(
        folder,
        sourced("a", one, as_of="2028", hedge=early),
        sourced("b", other, as_of="2030", hedge=late),
        derived("x", f"change: [a, b], {how}"),
    )


@pytest.mark.parametrize(
    ("first", "second", "how", "nb", "en"), CHANGES.values(), ids=CHANGES.keys()
)
def test_a_derived_change_says_how_much_and_which_way(
    tmp_path: Path, first: str, second: str, how: str, nb: str, en: str
) -> None:
    facts = with_change(tmp_path, first, second, how)

    said = [plain(trend_text((facts.facts["x"],), facts, lang)) for lang in (NB, EN)]

    assert said == [nb, en]


@pytest.mark.parametrize(
    ("first", "second"),
    [("48", "[40, 60]"), ("48", "over 40"), ("48", "[48, 60]"), ("up-to 50", "48")],
)
def test_a_change_that_may_go_either_way_has_no_word(
    tmp_path: Path, first: str, second: str
) -> None:
    facts = with_change(tmp_path, first, second, POINTS)

    with pytest.raises(DerivationError) as refused:
        trend_text((facts.facts["x"],), facts, EN)

    assert refused.value.what == "'x' leaves open whether it rose or fell"
    assert refused.value.hint == "print the figures themselves"


LOWERED = (
    "access: {level: public, because: the change is told anyway}\n"
    "theme: channels\nplace: havneby\nsource: survey"
)


@pytest.mark.parametrize(
    ("late", "said"),
    [
        ("70", "rose by 60 percentage points"),
        ("over 70", "rose by over 60 percentage points"),
        ("about 70", "'x' leaves open whether it rose or fell"),
    ],
)
def test_a_change_of_hidden_figures_is_said_by_its_own_hedge(
    tmp_path: Path, late: str, said: str
) -> None:
    value, hedge = hedged(late)
    facts = store(
        tmp_path,
        sourced("a", "10", as_of="2028", more="access: internal"),
        sourced("b", value, hedge=hedge, more="access: internal"),
        derived("x", f"change: [a, b], {POINTS}, measure: gap, among: both", LOWERED),
    ).visible_to(Access.PUBLIC)

    try:
        text = plain(trend_text((facts.facts["x"],), facts, EN))
    except DerivationError as error:
        text = error.what

    assert text == said


# ---------------------------------------------------------------- what is refused

FIGURES = "print the figures themselves"
FIGURE_LINE = "    figure: {value: 1, measure: share, among: people, qualifier: exact}\n"
BOTH = "they can stand beside each other, each with its base, but not be compared"
NO_WORD = "declare a derived fact with '{}' and print that, or print both figures"
A = sourced("a", "48", as_of="2028")
REFUSED_TRENDS = {
    "no word": (
        A + sourced("b", "84"),
        "no word fits 'b' against 'a', which is 1.75 times",
        NO_WORD.format("change"),
    ),
    "far past all words": (
        sourced("a", "1", as_of="2028") + sourced("b", "9" * 30),
        "no word fits 'b' against 'a', which is 1.00e+30 times",
        NO_WORD.format("change"),
    ),
    "too wide a range": (
        A + sourced("b", "[60, 130]"),
        "no word fits 'b' against 'a', which is 1.25–2.71 times",
        NO_WORD.format("change"),
    ),
    "over, short of the word": (
        A + sourced("b", "92", hedge="over"),
        "no word fits 'b' against 'a', which is 1.92 times and hedged",
        NO_WORD.format("change"),
    ),
    "over about": (
        sourced("a", "48", as_of="2028", hedge="about") + sourced("b", "96", hedge="over"),
        "no word fits 'b' against 'a', which is 2 times and hedged",
        NO_WORD.format("change"),
    ),
    "unchanged, but over": (
        sourced("a", "48", as_of="2028", hedge="over") + sourced("b", "48", hedge="over"),
        "no word fits 'b' against 'a', which is 1 times and hedged",
        NO_WORD.format("change"),
    ),
    "which is larger": (
        sourced("a", "48", as_of="2028", hedge="over") + sourced("b", "96"),
        "the hedges of 'b' and 'a' leave open which is larger",
        FIGURES,
    ),
    "other measures": (
        A + sourced("b", "96", "other-share"),
        "'b' and 'a' measure different things",
        BOTH,
    ),
    "other populations": (
        A + sourced("b", "96", among="parents"),
        "'b' and 'a' are of different populations: 'parents', 'people'",
        BOTH,
    ),
    "other places": (
        A + sourced("b", "96", place="fjordby"),
        "'a' and 'b' are about different places",
        "compare places with compare(…)",
    ),
    "backwards": (
        sourced("a", "48") + sourced("b", "96", as_of="2029-12"),
        "'a' is later than 'b'",
        "name the earlier fact first",
    ),
    "one date": (
        sourced("a", "48") + sourced("b", "96", more="outranks: {a: {nb: målt, en: measured}}"),
        "'a' and 'b' are of the same date",
        "a trend needs two dates; compare(…) needs one",
    ),
    "a forecast": (
        A + sourced("b", "96", standing="forecast"),
        "'b' is a forecast, and a trend tells what has happened",
        "print the figure in a sentence that says what it is",
    ),
    "a wish": (
        A + sourced("b", "96", standing="wish"),
        "'b' is a wish, and a trend tells what has happened",
        "print the figure in a sentence that says what it is",
    ),
    "a rank": (
        sourced("a", "4", "rank", as_of="2028") + sourced("b", "2", "rank"),
        "'b' and 'a' are no sizes that can be divided",
        "say it in words",
    ),
    "a date": (
        sourced("a", "2028-03-01", "opened", as_of="2028") + sourced("b", "2030-03-01", "opened"),
        "'b' and 'a' are no sizes that can be divided",
        "say it in words",
    ),
    "from zero": (sourced("a", "0", as_of="2028") + sourced("b", "4"), "'a' is zero", FIGURES),
    "to zero": (
        A + sourced("b", "0"),
        "no word fits 'b' against 'a', which is 0 times",
        NO_WORD.format("change"),
    ),
    "negative": (
        sourced("a", "-2", "gap", as_of="2028") + sourced("b", "-4", "gap"),
        "'b' is negative",
        FIGURES,
    ),
    "n of m of no percentage": (
        sourced("a", "4", "staff", as_of="2028") + sourced("b", "8 of 10", "staff"),
        "computes with '8 of 10' in count",
        "give its measure 'unit: percent', or write its value as a number",
    ),
}


@pytest.mark.parametrize(
    ("entries", "what", "hint"), REFUSED_TRENDS.values(), ids=REFUSED_TRENDS.keys()
)
def test_a_trend_is_refused_where_the_figures_do_not_bear_it(
    tmp_path: Path, entries: str, what: str, hint: str
) -> None:
    facts = store(tmp_path, entries)

    with pytest.raises(DerivationError) as refused:
        trends(facts)

    assert (refused.value.what, refused.value.hint) == (what, hint)


REFUSED_COMPARISONS = {
    "larger, but by how much is open": (
        A + sourced("b", "48", hedge="over"),
        "no word fits 'b' against 'a', which is 1 times and hedged",
        NO_WORD.format("ratio"),
    ),
    "other populations": (
        A + sourced("b", "96", among="parents"),
        "'b' and 'a' are of different populations: 'parents', 'people'",
        BOTH,
    ),
    "no figure": (
        A + sourced("b", "1").replace(FIGURE_LINE, "").replace("{figure}", "slik"),
        "'b' has no figure",
        "compare two figures",
    ),
}


@pytest.mark.parametrize(
    ("entries", "what", "hint"), REFUSED_COMPARISONS.values(), ids=REFUSED_COMPARISONS.keys()
)
def test_a_comparison_is_refused_where_the_figures_do_not_bear_it(
    tmp_path: Path, entries: str, what: str, hint: str
) -> None:
    facts = store(tmp_path, entries)

    with pytest.raises(DerivationError) as refused:
        comparisons(facts)

    assert (refused.value.what, refused.value.hint) == (what, hint)


def test_places_are_compared_and_so_are_forecasts(tmp_path: Path) -> None:
    facts = store(
        tmp_path,
        sourced("a", "48"),
        sourced("b", "96", place="fjordby", standing="forecast"),
    )

    assert comparisons(facts) == ("dobbelt", "twice")


@pytest.mark.parametrize(
    ("say", "what", "hint"),
    [
        (trend_text, "'a' is not a derived change", "trend('a', 'b')"),
        (compare_text, "'a' is not a derived ratio", "compare('a', 'b')"),
    ],
)
def test_one_fact_alone_must_be_derived(
    tmp_path: Path, say: Callable[..., str], what: str, hint: str
) -> None:
    facts = store(tmp_path, A)

    with pytest.raises(DerivationError) as refused:
        say((facts.facts["a"],), facts, EN)

    assert refused.value.what == what
    assert refused.value.hint.endswith(hint)


# ---------------------------------------------------------------- no word claims too much

SIZES = {
    "the same": (1, ""),
    "just": (1, ""),
    "doubled": (2, ""),
    "twice": (2, ""),
    "tripled": (3, ""),
    "quadrupled": (4, ""),
    "one and a half times": (1.5, ""),
    "rose by half": (0.5, "up"),
    "rose by a third": (1 / 3, "up"),
    "rose by a quarter": (0.25, "up"),
    "fell by half": (0.5, "down"),
    "fell by a third": (1 / 3, "down"),
    "fell by a quarter": (0.25, "down"),
    "fell to a third": (1 / 3, ""),
    "fell to a quarter": (0.25, ""),
    "three quarters": (0.75, ""),
    "two thirds": (2 / 3, ""),
    "half": (0.5, ""),
    "a third": (1 / 3, ""),
    "a quarter": (0.25, ""),
}
NUMBERS = ("five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
SIZES |= {f"grew {word}fold": (number, "") for number, word in enumerate(NUMBERS, start=5)}
TIMES = ("three", "four", *NUMBERS)
SIZES |= {f"{word} times": (number, "") for number, word in enumerate(TIMES, start=3)}
DEGREE = re.compile(r"\b(roughly|nearly|more than|less than|at least|at most) ?")
HOLDS: dict[str, Callable[[float, float], bool]] = {
    "": lambda true, said: abs(true - said) < 1e-9,
    "roughly": lambda true, said: abs(true - said) <= 0.3 * said,
    "nearly": lambda true, said: 0.85 * said <= true < said,
    "more than": lambda true, said: true > said,
    "less than": lambda true, said: true < said,
    "at least": lambda true, said: true >= said - 1e-9,
    "at most": lambda true, said: true <= said + 1e-9,
}


def claim(text: str) -> Callable[[float], bool]:
    """What English words claim of the later figure over the earlier, as a test of that ratio."""
    found = DEGREE.search(text)
    bare = DEGREE.sub("", text).removeprefix("stayed ") or "just"
    size, way = SIZES[bare]
    holds = HOLDS[found[1] if found else ""]
    soft = found is not None and found[1] in {"roughly", "nearly"}
    match way:
        case "up" if soft:
            return lambda ratio: ratio > 1 and holds(ratio, 1 + size)
        case "down" if soft:
            return lambda ratio: ratio < 1 and abs(ratio - (1 - size)) <= 0.3 * (1 - size)
        case "up":
            return lambda ratio: holds(ratio - 1, size)
        case "down":
            return lambda ratio: holds(1 - ratio, size)
        case _:
            return lambda ratio: holds(ratio, size)


RATIOS = (
    *("0.24", "0.25", "0.26", "0.33", "0.34", "0.49", "0.5", "0.51", "0.65", "0.68", "0.74"),
    *("0.75", "0.77", "0.97", "0.99", "1", "1.01", "1.03", "1.22", "1.25", "1.27", "1.33"),
    *("1.35", "1.47", "1.5", "1.53", "1.7", "1.95", "2", "2.05", "2.2", "2.95", "3", "3.1"),
    *("4", "4.1", "5", "5.2", "6.9", "7", "7.1", "10.6", "12", "12.5", "13"),
)


@pytest.mark.parametrize("kind", ["trend", "compare"])
def test_no_word_claims_more_than_the_figures_and_their_hedges_allow(
    tmp_path: Path, kind: str
) -> None:
    facts = two(tmp_path, "1", "2")
    found = 0
    wrong = []

    for ratio, hedges in product(map(Decimal, RATIOS), product(Qualifier, repeat=2)):
        text = word_for(kind, facts, ratio, hedges)
        if text is None:
            continue
        found += 1
        wrong += [
            (text, ratio, hedges, true)
            for true in may_be(ratio, hedges)
            if not claim(text)(float(true))
        ]

    assert wrong == []
    assert found > 600


def word_for(
    kind: str, facts: Facts, ratio: Decimal, hedges: tuple[Qualifier, Qualifier]
) -> str | None:
    """The English words for 40 and so many times 40, each with its hedge; None if refused."""
    early, late = facts.facts["a"], facts.facts["b"]
    values = (Decimal(40), 40 * ratio)
    early, late = (
        replace(fact, figure=Figure(Number(value), "share", "people", hedge))
        for fact, value, hedge in zip((early, late), values, hedges, strict=True)
    )
    try:
        if kind == "trend":
            return trend_text((early, late), facts, EN)
        return compare_text((late, early), facts, EN)
    except DerivationError:
        return None


def may_be(ratio: Decimal, hedges: tuple[Qualifier, Qualifier]) -> Iterator[Decimal]:
    """The true ratios that the two hedges leave open."""
    for below, above in product(*(MAY_BE[hedge] for hedge in hedges)):
        yield ratio * Decimal(above) / Decimal(below)


# ---------------------------------------------------------------- in a brief

TEXT = """\
The share {{ trend("havneby.web-share-before", "havneby.web-share") }}.

{{ compare("havneby.web-share-before", "havneby.web-share", start=True) }} as large before.
"""


def test_a_brief_prints_the_words_with_the_notes_of_both_figures(tmp_path: Path) -> None:
    facts = changed(STORE, "value: 62", "value: 96")
    make_workspace(tmp_path, {**english(TEXT), "facts/havneby.yaml": facts})

    page = said(tmp_path)

    assert "The share roughly doubled[2][1]." in page
    assert "Roughly half[2][1] as large before." in page


def test_a_word_that_no_longer_fits_is_told_at_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_workspace(tmp_path, english(TEXT))

    told = run(tmp_path, capsys, "check", "--lang", "en")

    assert told.code == 1
    assert told.err == (
        "templates/channels/public.en.md.j2:5: no word fits 'havneby.web-share' against "
        "'havneby.web-share-before', which is 1.29 times and hedged\n"
        "  hint: declare a derived fact with 'change' and print that, or print both figures\n"
    )
