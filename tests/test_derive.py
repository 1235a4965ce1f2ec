"""Derived facts: what they come to, how they are printed, and what is refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stores import MAY_BE, derived, plain, refusal, said, sourced, store
from workspaces import english, make_workspace

from reports.facts.derive.arithmetic import derived_hedge, derived_value
from reports.facts.derive.operands import DerivationError
from reports.facts.model import Access, Derivation, Fact, Facts, Operation, Standing
from reports.facts.quantities import Figure, Number, Part, Qualifier, Range, Unit, Value
from reports.facts.wording import (
    arithmetic_text,
    dates_text,
    figure_text,
    note_text,
    speaker_text,
    statement_text,
)
from reports.language import load_language
from reports.resolve.ledger import Ledger

NB, EN = load_language("nb"), load_language("en")
BECAUSE = "because: {nb: to mål på det samme, en: two measures of the same}"
MEASURES = "have the same measure, population, place and date, and different values"
Put = tuple[str, str, str]  # value, measure, hedge


def of(value: str, measure: str = "share", hedge: str = "exact") -> Put:
    return value, measure, hedge


def inputs(how: str, puts: Sequence[Put]) -> list[str]:
    """The inputs `a`, `b` …: of different years for a change, else of different places."""
    years = ("2028", "2030", "2030") if how.startswith("change") else ("2030",) * 3
    places = ("havneby",) * 3 if how.startswith("change") else ("havneby", "fjordby", "norway")
    return [
        sourced(id_, value, measure, hedge=hedge, as_of=year, place=place)
        for id_, (value, measure, hedge), year, place in zip(
            "abc", puts, years, places, strict=False
        )
    ]


# ---------------------------------------------------------------- what comes out

RESULTS = {
    "a difference of percentages is in points": (
        "difference: [a, b]",
        (of("70"), of("10")),
        ("70 % − 10 % = 60 prosentpoeng", "70% − 10% = 60 percentage points"),
    ),
    "a difference may be negative": (
        "difference: [b, a]",
        (of("70"), of("10")),
        ("10 % − 70 % = −60 prosentpoeng", "10% − 70% = −60 percentage points"),
    ),
    "negative figures stand in brackets": (
        "sum: [a, b]",
        (of("-3", "gap"), of("-2", "gap")),
        (
            "(−3 prosentpoeng) + (−2 prosentpoeng) = −5 prosentpoeng",
            "(−3 percentage points) + (−2 percentage points) = −5 percentage points",
        ),
    ),
    "about less about": (
        "difference: [a, b]",
        (of("70", hedge="about"), of("10", hedge="about")),
        ("ca. 70 % − ca. 10 % = ca. 60 prosentpoeng", "about 70% − about 10% = about 60 percentage points"),
    ),
    "a change in points": (
        "change: [a, b], as: percentage points",
        (of("48"), of("97")),
        ("97 % − 48 % = 49 prosentpoeng", "97% − 48% = 49 percentage points"),
    ),
    "a change in per cent": (
        "change: [a, b], as: percent, round: 10",
        (of("48"), of("97")),
        ("(97 % − 48 %) ÷ 48 % ≈ 100 %", "(97% − 48%) ÷ 48% ≈ 100%"),
    ),
    "a change in per cent that comes out even": (
        "change: [a, b], as: percent",
        (of("200", "staff"), of("250", "staff")),
        ("(250 − 200) ÷ 200 = 25 %", "(250 − 200) ÷ 200 = 25%"),
    ),
    "a ratio": ("ratio: [a, b]", (of("70"), of("10")), ("70 % ÷ 10 % = 7 ganger", "70% ÷ 10% = 7 times")),
    "a rounded ratio": (
        "ratio: [a, b], round: 0.1",
        (of("70"), of("30")),
        ("70 % ÷ 30 % ≈ 2,3 ganger", "70% ÷ 30% ≈ 2.3 times"),
    ),
    "rounding that changes nothing": (
        "ratio: [a, b], round: 1",
        (of("70"), of("10")),
        ("70 % ÷ 10 % = 7 ganger", "70% ÷ 10% = 7 times"),
    ),
    "a share of what was counted has no limit but the declared": (
        "share: [a, b], round: 0.01",
        (of("300", "staff"), of("4200", "staff")),
        ("300 ÷ 4 200 ≈ 7,14 %", "300 ÷ 4,200 ≈ 7.14%"),
    ),
    "millions stay millions": (
        "sum: [a, b]",
        (of("28 million", "cost"), of("14 million", "cost")),
        (
            "28 millioner kroner + 14 millioner kroner = 42 millioner kroner",
            "NOK 28 million + NOK 14 million = NOK 42 million",
        ),
    ),
    "a coarse figure makes a coarse sum": (
        "sum: [a, b], round: 1 million",
        (of("28 million", "cost"), of("1.5 million", "cost")),
        (
            "28 millioner kroner + 1,5 millioner kroner ≈ 30 millioner kroner",
            "NOK 28 million + NOK 1.5 million ≈ NOK 30 million",
        ),
    ),
    "a mean of what was counted": (
        "mean: [a, b]",
        (of("62", "staff"), of("63", "staff")),
        ("(62 + 63) ÷ 2 = 62,5", "(62 + 63) ÷ 2 = 62.5"),
    ),
    "a range": (
        "difference: [a, b]",
        (of("[10, 15]"), of("4")),
        ("10–15 % − 4 % = 6–11 prosentpoeng", "10–15% − 4% = 6–11 percentage points"),
    ),
    "two ranges": (
        "difference: [a, b]",
        (of("[10, 15]"), of("[4, 12]")),
        ("10–15 % − 4–12 % = −2–11 prosentpoeng", "10–15% − 4–12% = −2–11 percentage points"),
    ),
    "a range is rounded outward": (
        "ratio: [a, b], round: 1",
        (of("[10, 15]"), of("[4, 5]")),
        ("10–15 % ÷ 4–5 % ≈ 2–4 ganger", "10–15% ÷ 4–5% ≈ 2–4 times"),
    ),
    "n of m is a percentage": (
        "difference: [a, b]",
        (of("8 of 10"), of("48")),
        ("åtte av ti − 48 % = 32 prosentpoeng", "eight in ten − 48% = 32 percentage points"),
    ),
    "weeks in days": (
        f"sum: [a, b], measure: days, {BECAUSE}",
        (of("10", "days"), of("3", "weeks")),
        ("10 dager + 3 uker = 31 dager", "10 days + 3 weeks = 31 days"),
    ),
    "hours in weeks, rounded": (
        f"sum: [a, b], measure: weeks, {BECAUSE}, round: 1",
        (of("2", "weeks"), of("84", "hours")),
        ("2 uker + 84 timer ≈ 3 uker", "2 weeks + 84 hours ≈ 3 weeks"),
    ),
    "months in years": (
        f"sum: [a, b], measure: years, {BECAUSE}",
        (of("3.5", "years"), of("6", "months")),
        ("3,5 år + 6 måneder = 4 år", "3.5 years + 6 months = 4 years"),
    ),
    "at least and over": (
        "difference: [a, b]",
        (of("70", hedge="at-least"), of("10", hedge="under")),
        ("minst 70 % − under 10 % = over 60 prosentpoeng", "at least 70% − under 10% = over 60 percentage points"),
    ),
    "up to and at most": (
        f"sum: [a, b], {BECAUSE}",
        (of("70", hedge="up-to"), of("10", hedge="at-most")),
        ("opptil 70 % + høyst 10 % = høyst 80 %", "up to 70% + at most 10% = at most 80%"),
    ),
    "a lower limit is rounded down": (
        "ratio: [a, b], round: 1",
        (of("70", hedge="over"), of("9")),
        ("over 70 % ÷ 9 % ≈ over 7 ganger", "over 70% ÷ 9% ≈ over 7 times"),
    ),
    "an upper limit is rounded up": (
        "ratio: [a, b], round: 1",
        (of("70"), of("8", hedge="at-least")),
        ("70 % ÷ minst 8 % ≈ høyst 9 ganger", "70% ÷ at least 8% ≈ at most 9 times"),
    ),
    "nearly does not outlive rounding": (
        "ratio: [a, b], round: 1",
        (of("70", hedge="nearly"), of("8")),
        ("nesten 70 % ÷ 8 % ≈ under 9 ganger", "nearly 70% ÷ 8% ≈ under 9 times"),
    ),
    "nearly turns": (
        "ratio: [a, b]",
        (of("70"), of("10", hedge="nearly")),
        ("70 % ÷ nesten 10 % = over 7 ganger", "70% ÷ nearly 10% = over 7 times"),
    ),
    "a record is exact": (
        "difference: [a, b]",
        (of("70", hedge="record"), of("10")),
        ("rekordhøye 70 % − 10 % = 60 prosentpoeng", "a record 70% − 10% = 60 percentage points"),
    ),
    "thirty digits": (
        "sum: [a, b]",
        (of("9" * 29, "staff"), of("1", "staff")),
        (
            f"99{' 999' * 9} + 1 = 100{' 000' * 9}",
            f"99{',999' * 9} + 1 = 100{',000' * 9}",
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("how", "puts", "shown"), RESULTS.values(), ids=RESULTS.keys())
def test_a_derived_fact_shows_its_arithmetic_in_each_language(
    tmp_path: Path, how: str, puts: Sequence[Put], shown: tuple[str, str]
) -> None:
    facts = store(tmp_path, *inputs(how, puts), derived("x", how))

    sums = tuple(plain(arithmetic_text(facts.facts["x"], facts, lang)) for lang in (NB, EN))

    assert sums == shown


FINER = "declare the rounding: 'round: {}'"
SAY_WHY = "add 'because: {…}' with the reason why they compare, or leave the fact out"
BESIDE = "print the figures beside each other"
REFUSED = {
    "different measures": (
        "difference: [a, b]",
        (of("70"), of("10", "other-share")),
        "combines different measures: 'share', 'other-share'",
        SAY_WHY,
    ),
    "two towns' percentages added up": (
        "sum: [a, b]",
        (of("70"), of("10")),
        "combines different places: 'havneby', 'fjordby'",
        SAY_WHY,
    ),
    "percent and percentage points": (
        f"sum: [a, b], {BECAUSE}",
        (of("70"), of("10", "gap")),
        "combines different units: percent and percentage-points",
        "use figures of one unit",
    ),
    "months and days": (
        f"sum: [a, b], {BECAUSE}",
        (of("3", "months"), of("10", "days")),
        "combines different units: month and day",
        "use figures of one unit",
    ),
    "a rank": (
        "difference: [a, b]",
        (of("1", "rank"), of("2", "rank")),
        "computes with a rank",
        "compare them in words",
    ),
    "a date": (
        "difference: [a, b]",
        (of("2030-01-01", "opened"), of("2030-01-02", "opened")),
        "computes with a date",
        "compare them in words",
    ),
    "n of m of what has no percentage": (
        "sum: [a, b]",
        (of("8 of 10", "staff"), of("3", "staff")),
        "computes with '8 of 10' in count",
        "give its measure 'unit: percent', or write its value as a number",
    ),
    "points of what is no percentage": (
        "change: [a, b], as: percentage points",
        (of("1", "staff"), of("2", "staff")),
        "changes in percentage points, but its figures are in count",
        "write 'as: percent', or take the difference",
    ),
    "a division by zero": (
        "ratio: [a, b]",
        (of("70"), of("0")),
        "divides by zero",
        "leave it out, or take the difference",
    ),
    "a division by a range from zero": (
        "ratio: [a, b]",
        (of("70"), of("[0, 5]")),
        "divides by zero",
        "leave it out, or take the difference",
    ),
    "a change from zero": (
        "change: [a, b], as: percent",
        (of("0"), of("5")),
        "divides by zero",
        "leave it out, or take the difference",
    ),
    "scaled by a negative figure": (
        "ratio: [a, b]",
        (of("-3", "gap"), of("2", "gap")),
        "scales by a negative figure",
        "take the difference instead",
    ),
    "finer than its figures": (
        "ratio: [a, b]",
        (of("70"), of("30")),
        "comes out as 2.33333, finer than its figures allow",
        FINER.format("0.1"),
    ),
    "rounded finer than its figures": (
        "ratio: [a, b], round: 0.01",
        (of("70"), of("30")),
        "is rounded to 0.01, finer than its figures allow",
        "write 'round: 0.1' or coarser",
    ),
    "a small change between figures given in whole": (
        "change: [a, b], as: percent, round: 0.1",
        (of("48"), of("50")),
        "is rounded to 0.1, finer than its figures allow",
        "write 'round: 1' or coarser",
    ),
    "a sum finer than its coarsest figure": (
        "sum: [a, b]",
        (of("28 million", "cost"), of("1.5 million", "cost")),
        "comes out as 29500000, finer than its figures allow",
        FINER.format("1000000"),
    ),
    "hours out of weeks": (
        f"sum: [a, b], measure: hours, {BECAUSE}",
        (of("12", "hours"), of("2", "weeks")),
        "comes out as 348, finer than its figures allow",
        FINER.format("100"),
    ),
    "a mean finer than its figures": (
        f"mean: [a, b], {BECAUSE}",
        (of("62"), of("63")),
        "comes out as 62.5, finer than its figures allow",
        FINER.format("1"),
    ),
    "more digits than a reader can use": (
        "share: [a, b]",
        (of("300", "staff"), of("4200", "staff")),
        "comes out as 7.14286, finer than its figures allow",
        FINER.format("0.1"),
    ),
    "too large": (
        "sum: [a, b]",
        (of("9" * 30, "staff"), of("1", "staff")),
        "comes out as 1.00e+30, which is longer than 30 digits",
        "leave it out",
    ),
    "too small": (
        "ratio: [a, b]",
        (of(f"0.{'0' * 29}1", "staff"), of("9" * 30, "staff")),
        "comes out as 1.00e-60, which is longer than 30 digits",
        "leave it out",
    ),
    "hedges that pull both ways": (
        "difference: [a, b]",
        (of("70", hedge="over"), of("10", hedge="over")),
        "is left open by the hedges of its figures, 'over'",
        BESIDE,
    ),
    "a limit and an estimate": (
        "difference: [a, b]",
        (of("70", hedge="at-least"), of("10", hedge="about")),
        "is left open by the hedges of its figures, 'at-least' and 'about'",
        BESIDE,
    ),
    "a difference smaller than its hedges": (
        "difference: [a, b]",
        (of("4200", "staff", "about"), of("4000", "staff", "about")),
        "takes the difference of figures that may be equal",
        BESIDE,
    ),
    "another unit than its own measure": (
        "difference: [a, b], measure: share",
        (of("70"), of("10")),
        "comes out in percentage-points, but measure 'share' is in percent",
        "use a measure with 'unit: percentage-points'",
    ),
    "no measure of its own": (
        f"sum: [a, b], {BECAUSE}",
        (of("70", "days"), of("10", "weeks")),
        "comes from different measures and names none of its own",
        "say what the result measures: 'measure: MEASURE' under 'derived'",
    ),
}


@pytest.mark.parametrize(("how", "puts", "what", "hint"), REFUSED.values(), ids=REFUSED.keys())
def test_what_does_not_fit_together_is_refused(
    tmp_path: Path, how: str, puts: Sequence[Put], what: str, hint: str
) -> None:
    said = refusal(tmp_path, *inputs(how, puts), derived("x", how))

    assert said == f"fact 'x' {what}\n  hint: {hint}"


OTHER_BASE = sourced("a", "70") + sourced("b", "10", among="parents", place="fjordby")
UNLIKE = {
    "populations": (
        (OTHER_BASE, derived("x", "difference: [a, b]")),
        "fact 'x' combines different populations: 'people', 'parents'",
        SAY_WHY,
    ),
    "populations, with a reason but no base": (
        (OTHER_BASE, derived("x", f"difference: [a, b], {BECAUSE}")),
        "fact 'x' comes from different populations and names none of its own",
        "say among whom the result holds: 'among: POPULATION' under 'derived'",
    ),
    "measures and populations at once": (
        (
            sourced("a", "70"),
            sourced("b", "1", "other-share", among="parents"),
            derived("x", "ratio: [a, b]"),
        ),
        ("fact 'x' combines different measures: 'share', 'other-share' and different populations: "
        "'people', 'parents'"),
        SAY_WHY,
    ),
    "dates of a sum": (
        (sourced("a", "7", "staff"), sourced("b", "1", "staff", as_of="2028"), derived("x", "sum: [a, b]")),
        "fact 'x' combines figures of different dates",
        SAY_WHY,
    ),
    "a known and an unknown date of a sum": (
        (sourced("a", "7", "staff"), sourced("b", "1", "staff", as_of="not stated"), derived("x", "sum: [a, b]")),
        "fact 'x' combines figures of different dates",
        SAY_WHY,
    ),
    "places of a change": (
        (
            sourced("a", "7", as_of="2028"),
            sourced("b", "9", place="fjordby"),
            derived("x", "change: [a, b], as: percentage points"),
        ),
        "fact 'x' combines different places: 'havneby', 'fjordby'",
        SAY_WHY,
    ),
    "a change within one date": (
        (
            sourced("a", "7"),
            sourced("b", "9", "other-share"),
            derived("x", "change: [a, b], as: percentage points"),
        ),
        "fact 'x' combines different measures: 'share', 'other-share' and figures of the same date",
        SAY_WHY,
    ),
    "a change backwards": (
        (sourced("a", "7"), sourced("b", "9", as_of="2028"), derived("x", "change: [a, b], as: percent")),
        "fact 'x' changes from 'a' to 'b', which is earlier",
        "name the earlier fact first",
    ),
    "a statement without a figure": (
        (
            sourced("a", "7"),
            sourced("b", "7").replace("    figure: {value: 7, measure: share, among: people, qualifier: exact}\n", "").replace("{figure}", "slik"),
            derived("x", "sum: [a, b]"),
        ),
        "fact 'x' is computed from 'b', which has no figure",
        "leave it out",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("entries", "what", "hint"), UNLIKE.values(), ids=UNLIKE.keys())
def test_what_is_not_alike_is_combined_for_a_stated_reason_only(
    tmp_path: Path, entries: Sequence[str], what: str, hint: str
) -> None:
    assert refusal(tmp_path, *entries) == f"{what}\n  hint: {hint}"


def test_a_reason_lets_unlike_figures_be_combined(tmp_path: Path) -> None:
    facts = store(tmp_path, OTHER_BASE, derived("x", f"difference: [a, b], among: both, {BECAUSE}"))

    said = plain(note_text(facts.facts["x"], facts, EN))

    assert said == "60 percentage points: difference in share on the web; residents and parents"


# ---------------------------------------------------------------- how an entry may look

A_AND_B = sourced("a", "70") + sourced("b", "10", place="fjordby")
LEAVE_OUT = "it follows from the facts it is computed from; leave it out"
THE = "the derivation of fact 'x'"
ONE_OF = "one of: change, difference, ratio, share, sum, mean; as in 'difference: [later, earlier]'"
SILENT = "doesn't print its figure"
SHAPES = {
    "no operation": (
        derived("x", "round: 1"),
        {f"{THE} needs one operation and has 0": ONE_OF},
    ),
    "two operations": (
        derived("x", "sum: [a, b], mean: [a, b]"),
        {f"{THE} needs one operation and has 2": ONE_OF},
    ),
    "one input": (
        derived("x", "sum: [a]"),
        {f"'sum' of {THE} takes at least two facts": "write [first, second, …]"},
    ),
    "three inputs of two": (
        derived("x", "ratio: [a, b, x]"),
        {f"'ratio' of {THE} takes two facts and has 3": "write [first, second]"},
    ),
    "the same input twice": (
        derived("x", "sum: [a, b, a]"),
        {f"'sum' of {THE} names 'a' twice": "name each fact once"},
    ),
    "an unknown input": (
        derived("x", "sum: [a, bb]"),
        {"unknown fact 'bb'": "did you mean 'b'?"},
    ),
    "a change of no kind": (
        derived("x", "change: [a, b]"),
        {f"{THE} has no 'as'": "one of: percent, percentage-points"},
    ),
    "a change of an unknown kind": (
        derived("x", "change: [a, b], as: points"),
        {f"'as' of {THE} is 'points'": "one of: percent, percentage-points"},
    ),
    "a kind of change without a change": (
        derived("x", "sum: [a, b], as: percent"),
        {"'as' belongs to a change only": "leave it out"},
    ),
    "a step of nothing": (
        derived("x", "ratio: [a, b], round: 0"),
        {f"'round' of {THE} is '0'": "write a step such as 0.1, 1 or 1000"},
    ),
    "a step that no one counts in": (
        derived("x", "ratio: [a, b], round: 0.3"),
        {f"'round' of {THE} is '0.3'": "write a step such as 0.1, 1 or 1000"},
    ),
    "what follows by itself": (
        derived("x", "ratio: [a, b]", "said_by: head\nas_of: 2030"),
        {
            "'said_by' in derived fact 'x'": LEAVE_OUT,
            "'as_of' in derived fact 'x'": LEAVE_OUT,
        },
    ),
    "a statement without the figure": (
        derived("x", "ratio: [a, b]", "statement: {nb: Sju ganger., en: Seven times.}"),
        {
            f"statement of fact 'x' in 'en' {SILENT}": "write {figure} where it goes",
            f"statement of fact 'x' in 'nb' {SILENT}": "write {figure} where it goes",
        },
    ),
    "lowered without words of its own": (
        derived("x", "ratio: [a, b]", "access: {level: public, because: it tells little}"),
        {
            "fact 'x' is lowered and has no 'theme', 'place', 'source', 'measure', 'among'": (
                "name what may be shown instead of its inputs' own; 'measure' and 'among' in "
                "'derived'"
            )
        },
    ),
}


@pytest.mark.parametrize(("entry", "said"), SHAPES.values(), ids=SHAPES.keys())
def test_a_derivation_of_the_wrong_shape_is_told(
    tmp_path: Path, entry: str, said: dict[str, str]
) -> None:
    told = "\n".join(f"{what}\n  hint: {hint}" for what, hint in said.items())

    assert refusal(tmp_path, A_AND_B, entry) == told


# ---------------------------------------------------------------- chains and circles


def test_a_chain_is_computed_from_its_ends_whatever_the_order_of_the_file(tmp_path: Path) -> None:
    facts = store(
        tmp_path,
        derived("all", "sum: [both, c]"),
        derived("both", "sum: [a, b]"),
        *inputs("sum", (of("3", "staff"), of("4", "staff"), of("5", "staff"))),
    )

    sums = [arithmetic_text(facts.facts[id_], facts, EN) for id_ in ("both", "all")]

    assert sums == ["3 + 4 = 7", "7 + 5 = 12"]
    assert [fact.id for fact in facts.basis(facts.facts["all"])] == ["all", "both", "a", "b", "c"]
    assert [fact.id for fact in facts.roots(facts.facts["all"])] == ["a", "b", "c"]


def test_a_rounded_result_is_no_exact_figure_for_the_next(tmp_path: Path) -> None:
    counted = inputs("sum", (of("12345", "staff"), of("11900", "staff")))
    thousands = derived("rounded", "sum: [a, b], round: 1000")
    other = sourced("c", "1200", "staff", place="norway")

    said = refusal(tmp_path, *counted, thousands, other, derived("x", "difference: [rounded, c]"))

    assert said == (
        "fact 'x' comes out as 22800, finer than its figures allow\n"
        "  hint: declare the rounding: 'round: 1000'"
    )


def test_every_circle_is_shown_and_what_hangs_on_it_is_not(tmp_path: Path) -> None:
    said = refusal(
        tmp_path,
        A_AND_B,
        derived("one", "sum: [a, three]"),
        derived("two", "sum: [b, one]"),
        derived("three", "sum: [a, two]"),
        derived("self", "sum: [a, self]"),
        derived("above", "sum: [one, a]"),
    )

    hint = "compute one of them from facts with a source"
    assert said == (
        f"derived facts go in a circle: one → three → two → one\n  hint: {hint}\n"
        f"derived facts go in a circle: self → self\n  hint: {hint}"
    )


def test_what_rests_on_a_faulty_derivation_is_not_told_again(tmp_path: Path) -> None:
    said = refusal(
        tmp_path,
        *inputs("ratio", (of("1", "staff"), of("0", "staff"))),
        derived("x", "ratio: [a, b]"),
        derived("y", "sum: [x, a]"),
    )

    assert said == "fact 'x' divides by zero\n  hint: leave it out, or take the difference"


def deep_chain(length: int) -> list[str]:
    """Running totals: each the sum of the one before it and a fact of its own."""
    entries = [sourced("a0", "1", "staff"), derived("n0", "sum: [a0, b0]")]
    entries += [sourced(f"b{n}", "1", "staff", place="fjordby") for n in range(length)]
    entries += [derived(f"n{n}", f"sum: [n{n - 1}, b{n}]") for n in range(1, length)]
    return entries


def test_a_chain_two_thousand_long_is_computed_and_noted(tmp_path: Path) -> None:
    facts = store(tmp_path, *deep_chain(2000))
    last = facts.facts["n1999"]
    ledger = Ledger(facts)

    assert last.figure
    assert figure_text(last.figure, facts, EN) == "2,001"
    assert ledger.note(last) == 1
    assert len(ledger.facts) == 4001
    assert ledger.sources == {"report": "A"}


def test_facts_that_share_their_inputs_many_times_over_are_computed_once(tmp_path: Path) -> None:
    pairs = [sourced("a0", "1", "staff"), sourced("b0", "1", "staff", place="fjordby")]
    for n in range(1, 61):  # each rests on both of the two before it: 2^60 ways down
        pairs += [derived(f"{id_}{n}", f"sum: [a{n - 1}, b{n - 1}]") for id_ in "ab"]

    facts = store(tmp_path, *pairs)

    figure = facts.facts["a60"].figure
    assert figure
    assert figure_text(figure, facts, EN) == "1,152,921,504,606,846,976"
    assert len(facts.basis(facts.facts["a60"])) == 121
    assert [fact.id for fact in facts.roots(facts.facts["a60"])] == ["a0", "b0"]


def test_an_id_may_be_48_characters_long(tmp_path: Path) -> None:
    longest = f"havneby.{'x' * 40}"

    facts = store(tmp_path, A_AND_B, derived(longest, "ratio: [a, b]"))

    assert arithmetic_text(facts.facts[longest], facts, EN) == "70% ÷ 10% = 7 times"


# ---------------------------------------------------------------- what is carried along

DATES = {
    "one date": (("2030", "2030"), "2030", "difference"),
    "two dates": (("2028", "2030-06"), "2028 to June 2030", "difference"),
    "whichever comes first": (("2030-06", "2028"), "2028 to June 2030", "difference"),
    "printed and inferred": (
        ("2028", "{date: 2028, inferred: year-before}"),
        "2028 (inferred)",
        "difference",
    ),
    "inferred and printed": (
        ("{date: 2028, inferred: year-before}", "2028"),
        "2028 (inferred)",
        "difference",
    ),
    "to an inferred date": (
        ("2028-21", "{date: 2030, inferred: year-before}"),
        "spring 2028 to 2030 (inferred)",
        "change",
    ),
    "one unknown": (("2028", "not stated"), "date not stated", "difference"),
    "a change from an unknown date": (("not stated", "2030"), "date not stated to 2030", "change"),
    "both unknown": (("not stated", "not stated"), "date not stated", "change"),
    "no year": (("XXXX-04-11", "2030"), "date not stated", "difference"),
    "a year and a month of it": (("2030", "2030-06"), "2030 to June 2030", "change"),
}


@pytest.mark.parametrize(("dates", "shown", "operation"), DATES.values(), ids=DATES.keys())
def test_a_result_has_the_dates_of_its_inputs(
    tmp_path: Path, dates: tuple[str, str], shown: str, operation: str
) -> None:
    first, second = dates
    place = "havneby" if operation == "change" else "fjordby"
    how = f"{operation}: [a, b]{', as: percentage points' if operation == 'change' else ''}"

    facts = store(
        tmp_path,
        sourced("a", "10", as_of=first),
        sourced("b", "70", as_of=second, place=place),
        derived("x", how),
    )

    assert plain(dates_text(facts.facts["x"], EN)) == shown


def test_a_chain_leads_from_its_earliest_date_to_its_latest(tmp_path: Path) -> None:
    facts = store(
        tmp_path,
        sourced("a", "10", as_of="2026"),
        sourced("b", "20", as_of="2028"),
        sourced("c", "50", as_of="2030"),
        derived("early", "change: [a, b], as: percentage points"),
        derived("late", "change: [b, c], as: percentage points"),
        derived("x", "difference: [late, early]"),
    )

    assert dates_text(facts.facts["x"], EN) == "2026 to 2030"


@pytest.mark.parametrize(
    ("standings", "softest"),
    [
        (("established", "reported"), "reported"),
        (("hearsay", "opinion"), "hearsay"),
        (("forecast", "hearsay"), "forecast"),
        (("plan", "wish"), "wish"),
    ],
)
def test_a_result_is_as_soft_as_its_softest_input(
    tmp_path: Path, standings: tuple[str, str], softest: str
) -> None:
    first, second = standings

    facts = store(
        tmp_path,
        sourced("a", "1", standing=first),
        sourced("b", "2", standing=second, place="fjordby"),
        derived("x", "difference: [b, a]"),
    )

    assert facts.facts["x"].standing is Standing(softest)


def test_a_result_is_said_by_us_from_the_figures_of_those_who_speak(tmp_path: Path) -> None:
    facts = store(
        tmp_path,
        sourced("a", "70"),
        sourced("b", "10", said_by="union", source="survey", place="fjordby"),
        derived("x", "difference: [a, b]"),
    )
    x = facts.facts["x"]

    said = [speaker_text(x, facts, language) for language in (NB, EN)]

    assert said == [
        "vår utregning; tall: Ida Holm og Fagforeningen",
        "our calculation; figures: Ida Holm and The union",
    ]
    assert (x.theme, x.place) == ("channels", "norway")


def test_a_result_without_a_sentence_says_what_it_measures(tmp_path: Path) -> None:
    facts = store(
        tmp_path,
        A_AND_B,
        derived("x", "ratio: [a, b]"),
        derived(
            "y", "ratio: [a, b]", 'statement: {nb: "{figure} så mye.", en: "{figure} as much."}'
        ),
    )

    said = [
        [plain(statement_text(facts.facts[id_], facts, language)) for language in (NB, EN)]
        for id_ in ("x", "y")
    ]

    assert said == [
        [
            "7 ganger: forholdstall for andel på nett; innbyggerne.",
            "7 times: ratio of share on the web; the residents.",
        ],
        ["7 ganger så mye.", "7 times as much."],
    ]


# ---------------------------------------------------------------- access

OWN = "theme: channels\nplace: norway\nsource: survey"
OWN_WORDS = "measure: factor, among: both"
LOWERED = f"access: {{level: public, because: the ratio tells nobody's wait}}\n{OWN}"
ACCESS = {
    "the highest of its inputs": ("", "", Access.RESTRICTED),
    "raised": ("", "access: restricted", Access.RESTRICTED),
    "lowered": (f", {OWN_WORDS}", LOWERED, Access.PUBLIC),
}


def two_levels() -> str:
    return sourced("a", "70", more="access: internal") + sourced(
        "b", "10", place="fjordby", more="access: restricted"
    )


@pytest.mark.parametrize(("how", "more", "access"), ACCESS.values(), ids=ACCESS.keys())
def test_a_result_is_as_closed_as_its_inputs_unless_lowered(
    tmp_path: Path, how: str, more: str, access: Access
) -> None:
    facts = store(tmp_path, two_levels(), derived("x", f"ratio: [a, b]{how}", more))

    assert facts.facts["x"].access is access


NOT_LOWERED = {
    "too low without a reason": (
        "access: internal",
        "fact 'x' is internal, but is computed from 'b', which is restricted",
        "write 'access: {level: internal, because: …}' to lower it with a reason",
    ),
    "a reason for nothing": (
        f"access: {{level: restricted, because: it is sensitive}}\n{OWN}",
        "fact 'x' gives a reason for being lowered, but its inputs are restricted already",
        "write 'access: restricted', or leave it out",
    ),
    "lowered without a reason": (
        f"access: {{level: public}}\n{OWN}",
        "'access' of fact 'x' has no 'because'",
        "add 'because: …', why more people may see the result",
    ),
}


@pytest.mark.parametrize(("more", "what", "hint"), NOT_LOWERED.values(), ids=NOT_LOWERED.keys())
def test_a_result_is_lowered_with_a_reason_only(
    tmp_path: Path, more: str, what: str, hint: str
) -> None:
    said = refusal(tmp_path, two_levels(), derived("x", f"ratio: [a, b], {OWN_WORDS}", more))

    assert said == f"{what}\n  hint: {hint}"


def test_a_lowered_result_shows_its_arithmetic_to_those_who_may_see_its_inputs(
    tmp_path: Path,
) -> None:
    facts = store(tmp_path, two_levels(), derived("x", f"ratio: [a, b], {OWN_WORDS}", LOWERED))
    x = facts.facts["x"]

    def shown(seen: Facts) -> tuple[str, str, str]:
        return (
            arithmetic_text(x, seen, EN),
            speaker_text(x, seen, EN),
            plain(note_text(x, seen, EN)),
        )

    note = "7 times: factor; residents and parents"
    assert shown(facts.visible_to(Access.PUBLIC)) == ("", "our calculation", note)
    assert shown(facts.visible_to(Access.INTERNAL)) == ("", "our calculation", note)
    assert shown(facts.visible_to(Access.RESTRICTED)) == (
        "70% ÷ 10% = 7 times",
        "our calculation; figures: Ida Holm",
        note,
    )
    assert cited(facts.visible_to(Access.INTERNAL), x) == (["x"], ["survey"])
    assert cited(facts, x) == (["x", "a", "b"], ["report"])


def cited(seen: Facts, fact: Fact) -> tuple[list[str], list[str]]:
    """The facts that get a note with this one, and the sources that are listed."""
    ledger = Ledger(seen)
    ledger.note(fact)
    return list(ledger.facts), list(ledger.sources)


# ---------------------------------------------------------------- in a brief

IN_A_BRIEF = """\
facts:
  havneby.growth:
    derived: {change: [havneby.web-share-before, havneby.web-share], as: percentage points}
    recorded: 2031-04-03
  havneby.gap:
    derived:
      difference: [havneby.web-share, havneby.paper-share]
      measure: gap
      among: applications
      because: {nb: begge gjelder søknader, en: 'both are about "applications"'}
    recorded: 2031-04-05
measures:
  gap: {unit: percentage-points, name: {nb: forskjell, en: gap}}
"""


def test_notes_show_the_arithmetic_and_number_what_it_is_made_of(tmp_path: Path) -> None:
    growth, gap = '{{ fact("havneby.growth") }}', '{{ fact("havneby.gap") }}'
    text = f'{growth} since {{{{ since("havneby.growth") }}}}, and {gap}.'
    root = make_workspace(tmp_path, {"facts/derived.yaml": IN_A_BRIEF, **english(text)})

    page = said(root)

    assert (
        "about 14 percentage points[2] since 2028[2], and about −18 percentage points[4]." in page
    )
    for note in (
        (
            "About 14 percentage points: change in share on the web; applications for a kindergarten "
            "place. Calculated from notes 1 and 3: about 62% − 48% = about 14 percentage points"
        ),
        (
            "About −18 percentage points: gap; applications for a kindergarten place. Calculated "
            "from notes 1 and 5: about 62% − nearly eight in ten = about −18 percentage points"
        ),
        "Our calculation; figures: Ida Holm and The union",
        "Calculation in note 4: both are about ‘applications’.",
    ):
        assert note in page


def test_a_table_names_the_note_of_a_derived_fact_where_others_have_a_source(
    tmp_path: Path,
) -> None:
    facts = '["havneby.gap", "havneby.web-share"]'
    table = f'{{{{ table({facts}, caption="All", columns=["figure", "source"]) }}}}'
    root = make_workspace(tmp_path, {"facts/derived.yaml": IN_A_BRIEF, **english(table)})

    page = said(root)

    assert "about −18 percentage points[2] [2] about 62%[1] Source A" in page


def test_a_chart_names_whose_figures_were_computed_apart_from_who_speaks(tmp_path: Path) -> None:
    facts = '["havneby.gap", "havneby.more"]'
    more = sourced(
        *("havneby.more", "3", "gap"),
        among="applications",
        said_by="union",
        source="havneby-2031",
    )
    chart = f'{{{{ chart("bars", {facts}, caption="All") }}}}'
    derived_facts = IN_A_BRIEF.replace("measures:", f"{more}measures:")
    root = make_workspace(tmp_path, {"facts/derived.yaml": derived_facts, **english(chart)})

    page = said(root)

    assert "Our calculation; figures: Ida Holm and The union; The union[2][4]" in page


# ---------------------------------------------------------------- laws of arithmetic

digits = st.integers(min_value=1, max_value=10**6)
places = st.sampled_from([0, 1, 2])
FIRM_OR_SOFT = st.sampled_from(list(Qualifier))


@st.composite
def figures(draw: Callable[..., int]) -> Figure:
    number = Decimal(draw(digits)).scaleb(-draw(places))
    return figure(Number(number))


def figure(value: Value, hedge: Qualifier = Qualifier.EXACT) -> Figure:
    return Figure(value, "m", "p", hedge)


def computed(
    operation: Operation,
    *given_: Figure,
    unit: Unit = Unit.WEEK,
    step: str = "",
    points: bool = False,
) -> Figure:
    """What an operation comes to, as the figure that the next one may use."""
    change = Unit.PERCENTAGE_POINTS if points else Unit.PERCENT
    derivation = Derivation(
        operation=operation,
        inputs=tuple("abcdefgh"[: len(given_)]),
        unit=change if operation is Operation.CHANGE else None,
        step=Decimal(step) if step else None,
        because={},
        measure="",
        among="",
        theme="",
        place="",
        source="",
        access=None,
    )
    result = derived_value(derivation, given_, [unit] * len(given_))
    return Figure(result.value, "m", "p", result.qualifier, result.step)


def number(figure_: Figure) -> Decimal:
    assert isinstance(figure_.value, Number)
    return figure_.value.plain


@given(st.lists(figures(), min_size=2, max_size=8), st.randoms())
def test_a_sum_does_not_depend_on_the_order(given_, random) -> None:
    mixed = random.sample(given_, len(given_))

    assert computed(Operation.SUM, *given_, step="1") == computed(Operation.SUM, *mixed, step="1")


@given(figures(), figures(), st.sampled_from([Qualifier.EXACT, Qualifier.OVER, Qualifier.AT_MOST]))
def test_a_difference_turned_round_changes_its_sign_alone(first, second, hedge) -> None:
    hedged = Figure(first.value, "m", "p", hedge)

    one = computed(Operation.DIFFERENCE, hedged, second, step="1")
    other = computed(Operation.DIFFERENCE, second, hedged, step="1")

    assert number(one) == -number(other)


@given(figures(), figures(), figures())
def test_changes_in_points_add_up(a, b, c) -> None:
    def points(first: Figure, second: Figure) -> Figure:
        return computed(
            Operation.CHANGE, first, second, unit=Unit.PERCENT, step="1000000", points=True
        )

    steps = [computed_points(first, second) for first, second in ((a, b), (b, c), (a, c))]

    assert number(points(a, a)) == 0
    assert steps[0] + steps[1] == steps[2]


def computed_points(first: Figure, second: Figure) -> Decimal:
    """The change between figures of one precision, which is then exact."""
    fine = [Figure(Number(each.value.value), "m", "p", Qualifier.EXACT, Decimal("0.01")) for each in (first, second) if isinstance(each.value, Number)]  # fmt: skip
    return number(computed(Operation.CHANGE, *fine, unit=Unit.PERCENT, step="0.01", points=True))


OPERATIONS = st.sampled_from(list(Operation))
STEPS = st.sampled_from(["", "0.01", "0.1", "0.5", "1", "5", "20", "1000"])


@given(OPERATIONS, figures(), figures(), STEPS, st.booleans())
def test_no_result_is_finer_than_the_figures_it_comes_from_allow(
    operation, first, second, step, points
) -> None:
    try:
        result = computed(operation, first, second, unit=Unit.PERCENT, step=step, points=points)
    except DerivationError:
        return
    assert result.step is not None
    coarsest = max(written_step(first), written_step(second))

    assert number(result) % result.step == 0
    if operation in (Operation.SUM, Operation.DIFFERENCE, Operation.MEAN) or (
        operation is Operation.CHANGE and points
    ):
        assert result.step >= coarsest
    else:
        assert result.step * 10 > spread(operation, first, second)


@st.composite
def any_figures(draw: Callable[..., Any]) -> Figure:
    """Figures as long and as short as a fact file may hold."""
    texts = st.from_regex(r"-?(0|[1-9][0-9]{0,29})(\.[0-9]{1,30})?", fullmatch=True)
    first, second = (Number(Decimal(draw(texts)), million=draw(st.booleans())) for _ in range(2))
    value = Range(first, second) if first.plain < second.plain and draw(st.booleans()) else first
    return figure(value, draw(st.sampled_from(list(Qualifier))))


@given(OPERATIONS, any_figures(), any_figures(), STEPS, st.sampled_from(list(Unit)))
def test_any_two_figures_come_to_a_result_that_can_be_written_or_are_refused(
    operation, first, second, step, unit
) -> None:
    try:
        result = computed(operation, first, second, unit=unit, step=step)
    except DerivationError:
        return

    for end in result_ends(result):
        assert not end or abs(end.adjusted()) <= 30
        assert EN.number(end)


def written_step(each: Figure) -> Decimal:
    exponent = number(each).as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(1).scaleb(exponent)


def spread(operation: Operation, first: Figure, second: Figure) -> Decimal:
    """How far apart the results of what may have been rounded to these two figures lie."""
    ends = [
        (number(each) - written_step(each) / 2, number(each) + written_step(each) / 2)
        for each in (first, second)
    ]
    scale = 1 if operation is Operation.RATIO else 100
    above, below = (1, 0) if operation is Operation.CHANGE else (0, 1)
    return scale * (ends[above][1] / ends[below][0] - ends[above][0] / ends[below][1])


@st.composite
def ranges(draw: Callable[..., int]) -> Figure:
    low = draw(st.integers(min_value=1, max_value=1000))
    high = low + draw(st.integers(min_value=1, max_value=1000))
    return figure(Range(Number(Decimal(low)), Number(Decimal(high))))


@given(OPERATIONS, ranges(), ranges(), st.sampled_from(["10", "100", "1000"]))
def test_a_range_holds_whatever_its_inputs_can_give(operation, first, second, step) -> None:
    try:
        result = computed(operation, first, second, unit=Unit.NOK, step=step)
    except DerivationError:
        return
    low, high = result_ends(result)

    for one, other in product(result_ends(first), result_ends(second)):
        assert low <= EXACTLY[operation](one, other) <= high


def result_ends(each: Figure) -> tuple[Decimal, Decimal]:
    if isinstance(each.value, Range):
        return each.value.low.plain, each.value.high.plain
    return number(each), number(each)


EXACTLY: dict[Operation, Callable[[Decimal, Decimal], Decimal]] = {
    Operation.CHANGE: lambda a, b: (b - a) / a * 100,
    Operation.DIFFERENCE: lambda a, b: a - b,
    Operation.RATIO: lambda a, b: a / b,
    Operation.SHARE: lambda a, b: a / b * 100,
    Operation.SUM: lambda a, b: a + b,
    Operation.MEAN: lambda a, b: (a + b) / 2,
}
CLAIMED: dict[Qualifier, Callable[[Decimal, Decimal], bool]] = {
    Qualifier.EXACT: lambda true, said: true == said,
    Qualifier.RECORD: lambda true, said: true == said,
    Qualifier.ABOUT: lambda true, said: abs(true - said) <= abs(said) * Decimal("0.6"),
    Qualifier.NEARLY: lambda true, said: said * Decimal("0.6") <= true < said,
    Qualifier.OVER: lambda true, said: true > said,
    Qualifier.AT_LEAST: lambda true, said: true >= said,
    Qualifier.UNDER: lambda true, said: true < said,
    Qualifier.AT_MOST: lambda true, said: true <= said,
    Qualifier.UP_TO: lambda true, said: true <= said,
}


@pytest.mark.parametrize("operation", Operation)
@pytest.mark.parametrize("values", [("60", "20"), ("20", "60"), ("47", "13")])
def test_the_hedge_of_a_result_holds_for_all_that_may_be_true_of_its_inputs(
    operation: Operation, values: tuple[str, str]
) -> None:
    first, second = map(Decimal, values)
    wrong = []
    for hedges in product(Qualifier, repeat=2):
        given_ = [figure(Number(v), h) for v, h in zip((first, second), hedges, strict=True)]
        for step in ("10", "50"):
            try:
                result = computed(operation, *given_, unit=Unit.NOK, step=step)
            except DerivationError:
                continue
            for share, other in product(MAY_BE[hedges[0]], MAY_BE[hedges[1]]):
                true = EXACTLY[operation](first * Decimal(share), second * Decimal(other))
                rounded = result.qualifier in (Qualifier.EXACT, Qualifier.ABOUT)
                said = number(computed_exactly(operation, first, second) if rounded else result)
                if not CLAIMED[result.qualifier](true, said):
                    wrong.append((hedges, result.qualifier, step, true, said))

    assert wrong == []


def computed_exactly(operation: Operation, first: Decimal, second: Decimal) -> Figure:
    return figure(Number(EXACTLY[operation](first, second)))


@pytest.mark.parametrize(
    ("operation", "hedges", "result"),
    [
        (Operation.SUM, ("about", "exact"), "about"),
        (Operation.SUM, ("nearly", "nearly"), "nearly"),
        (Operation.SUM, ("nearly", "about"), "about"),
        (Operation.SUM, ("over", "at-least"), "over"),
        (Operation.SUM, ("at-least", "at-least"), "at-least"),
        (Operation.SUM, ("at-most", "up-to"), "at-most"),
        (Operation.SUM, ("at-most", "nearly"), "under"),
        (Operation.SUM, ("over", "under"), None),
        (Operation.SUM, ("over", "about"), None),
        (Operation.DIFFERENCE, ("exact", "over"), "under"),
        (Operation.DIFFERENCE, ("over", "under"), "over"),
        (Operation.DIFFERENCE, ("nearly", "nearly"), "about"),
        (Operation.RATIO, ("exact", "up-to"), "at-least"),
        (Operation.RATIO, ("record", "record"), "exact"),
        (Operation.CHANGE, ("over", "exact"), "under"),
        (Operation.CHANGE, ("exact", "at-least"), "at-least"),
    ],
)
def test_hedges_carry_through(
    operation: Operation, hedges: tuple[str, str], result: str | None
) -> None:
    carried = derived_hedge(operation, [Qualifier(hedge) for hedge in hedges])

    assert carried == (Qualifier(result) if result else None)


def test_many_ranges_add_up_at_once() -> None:
    many = [figure(Range(Number(Decimal(1)), Number(Decimal(2))))] * 40

    result = computed(Operation.SUM, *many, unit=Unit.COUNT)

    assert result_ends(result) == (40, 80)


def test_a_part_is_as_exact_as_it_is_told() -> None:
    third = computed(
        Operation.DIFFERENCE, figure(Part(2, 3)), figure(Part(1, 3)), unit=Unit.PERCENT, step="0.01"
    )

    assert number(third) == Decimal("33.33")
