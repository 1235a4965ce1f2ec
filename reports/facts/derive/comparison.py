"""Words that follow the numbers: "doubled", "fell by a third", "seven times".

The words come from the figures and their hedges, so that they can't outlive a change of either,
and never say more than both allow.  Figures of unlike measures or populations are not compared,
nor those whose hedges leave open which is the larger.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from reports.facts.derive.arithmetic import derived_hedge
from reports.facts.derive.hedges import FIRM, LOWER, UPPER, Span, are_near, likely, overlap, turned
from reports.facts.derive.operands import DerivationError, figure_ends
from reports.facts.model import Fact, Facts, Operation, Standing
from reports.facts.quantities import UNBASED, Figure, Number, Qualifier, Range, Unit
from reports.facts.wording import figure_text, shows_arithmetic
from reports.language import Language

_TREND = {  # later over earlier, as the key of its words
    Decimal(1): "same",
    Decimal(2): "doubled",
    Decimal(3): "tripled",
    Decimal(4): "quadrupled",
    **{Decimal(n): "fold" for n in range(5, 13)},
    Decimal(3) / 2: "rose-half",
    Decimal(4) / 3: "rose-third",
    Decimal(5) / 4: "rose-quarter",
    Decimal(3) / 4: "fell-quarter",
    Decimal(2) / 3: "fell-third",
    Decimal(1) / 2: "halved",
    Decimal(1) / 3: "to-third",
    Decimal(1) / 4: "to-quarter",
}
_RATIO = {  # first over second
    Decimal(1): "same",
    Decimal(2): "twice",
    **{Decimal(n): "times" for n in range(3, 13)},
    Decimal(3) / 2: "one-and-half",
    Decimal(3) / 4: "three-quarters",
    Decimal(2) / 3: "two-thirds",
    Decimal(1) / 2: "half",
    Decimal(1) / 3: "third",
    Decimal(1) / 4: "quarter",
}
_FALLS = ("fell-quarter", "fell-third", "halved")  # the less is left, the more it fell
_FALLEN = {
    "more": "less",
    "less": "more",
    "at-least": "at-most",
    "at-most": "at-least",
    "nearly": "more",
}
_BY = ("rose-half", "rose-third", "rose-quarter", *_FALLS)
_SAME_DEGREES = ("", "about", "nearly")
_AHEAD = (Standing.FORECAST, Standing.PLAN, Standing.WISH)
_SIDE_BY_SIDE = "they can stand beside each other, each with its base, but not be compared"
_OPEN = "print the figures themselves"


def trend_text(facts: tuple[Fact, ...], store: Facts, language: Language) -> str:
    """How a figure moved: from the first of two facts to the second, or a derived change.

    Raises DerivationError where the two can't be compared, where no word fits their ratio, and
    for what is only expected: a trend tells what has happened.
    """
    ahead = next((fact for fact in facts if fact.standing in _AHEAD), None)
    if ahead:
        what = f"'{ahead.id}' is a {ahead.standing.value}, and a trend tells what has happened"
        raise DerivationError(what, "print the figure in a sentence that says what it is")
    if len(facts) == 1:
        return _change_text(facts[0], store, language)
    earlier, later = facts
    if earlier.when and later.when:
        if later.when.before(earlier.when):
            what = f"'{earlier.id}' is later than '{later.id}'"
            raise DerivationError(what, "name the earlier fact first")
        if earlier.when == later.when:
            what = f"'{earlier.id}' and '{later.id}' are of the same date"
            raise DerivationError(what, "a trend needs two dates; compare(…) needs one")
    if earlier.place != later.place:
        what = f"'{earlier.id}' and '{later.id}' are about different places"
        raise DerivationError(what, "compare places with compare(…)")
    return _said("trend", later, earlier, store, language)


def compare_text(facts: tuple[Fact, ...], store: Facts, language: Language) -> str:
    """How many times the second fact's figure the first one's is, or what a derived ratio says.

    Raises DerivationError where the two can't be compared, or no word fits their ratio.
    """
    if len(facts) == 1:
        fact = facts[0]
        if fact.figure is None or store.unit(fact) is not Unit.TIMES:
            what = f"'{fact.id}' is not a derived ratio"
            raise DerivationError(what, "name the two facts to compare: compare('a', 'b')")
        return figure_text(fact.figure, store, language, "words")
    return _said("compare", facts[0], facts[1], store, language)


# ---------------------------------------------------------------- a derived change


def _change_text(fact: Fact, store: Facts, language: Language) -> str:
    derivation, figure = fact.derivation, fact.figure
    if figure is None or not derivation or derivation.operation is not Operation.CHANGE:
        what = f"'{fact.id}' is not a derived change"
        raise DerivationError(what, "name the earlier and the later fact: trend('a', 'b')")
    low, high = figure_ends(figure, Unit.PERCENT)
    if low == high == 0 and figure.qualifier in (*FIRM, Qualifier.ABOUT):
        soft = figure.qualifier is Qualifier.ABOUT or derivation.step
        return language.say("trend-same", hedge=language.say("degree-about") if soft else "")
    if not _is_certain(fact, figure, store):
        what = f"'{fact.id}' leaves open whether it rose or fell"
        raise DerivationError(what, _OPEN)
    size = _turned(figure) if high <= 0 else figure
    key = "trend-fell" if high <= 0 else "trend-rose"
    return language.say(key, figure=figure_text(size, store, language))


def _is_certain(fact: Fact, figure: Figure, store: Facts) -> bool:
    """Whether a change is up or down for sure, by the figures that it is computed from.

    Where this audience may not see them, by its own hedge.
    """
    low, high = figure_ends(figure, Unit.PERCENT)
    if low < 0 < high:
        return False
    if fact.derivation and shows_arithmetic(fact, store):
        earlier, later = (store.facts[id_] for id_ in fact.derivation.inputs)
        return not overlap(_likely(earlier, store), _likely(later, store))
    away = LOWER if low > 0 else UPPER
    return bool(low or high) and figure.qualifier in (*FIRM, *away)


def _turned(figure: Figure) -> Figure:
    """The size of a fall: without its sign, hedged the other way."""
    hedge = turned(figure.qualifier)
    match figure.value:
        case Number(value, million):
            return replace(figure, value=Number(abs(value), million), qualifier=hedge)
        case Range(low, high):
            ends = Range(replace(high, value=abs(high.value)), replace(low, value=abs(low.value)))
            return replace(figure, value=ends, qualifier=hedge)
        case _:
            return figure


# ---------------------------------------------------------------- two figures


def _said(kind: str, first: Fact, second: Fact, store: Facts, language: Language) -> str:
    _check_comparable(first, second, store)
    words = _TREND if kind == "trend" else _RATIO
    ratios = _ratios(first, second, store)
    middle = (ratios[0] + ratios[1]) / 2
    near = min(words, key=lambda known: abs(middle / known - 1))
    key, hedges = words[near], (_figure(first).qualifier, _figure(second).qualifier)
    degree = _degree(ratios, near, key, hedges)
    if degree is None or (key == "same" and degree not in _SAME_DEGREES):
        shown = "–".join(f"{ratio:.3g}" for ratio in dict.fromkeys(ratios))
        soft = "" if set(hedges) <= {*FIRM} else " and hedged"
        what = f"no word fits '{first.id}' against '{second.id}', which is {shown} times{soft}"
        operation = "change" if kind == "trend" else "ratio"
        hint = f"declare a derived fact with '{operation}' and print that, or print both figures"
        raise DerivationError(what, hint)
    if key != "same" and overlap(_likely(first, store), _likely(second, store)):
        what = f"the hedges of '{first.id}' and '{second.id}' leave open which is larger"
        raise DerivationError(what, _OPEN)
    if kind == "trend" and key in _FALLS:
        degree = _FALLEN.get(degree, degree)
    hedge = language.say(f"degree-{degree}") if degree else ""
    if kind == "compare" and key == "same" and hedge:
        return hedge.strip()  # "roughly" stands for "roughly just", before "as large as"
    return language.say(f"{kind}-{key}", hedge=hedge, number=language.word(int(near)))


def _check_comparable(first: Fact, second: Fact, store: Facts) -> None:
    above, below = _figure(first), _figure(second)
    if above.measure != below.measure:
        what = f"'{first.id}' and '{second.id}' measure different things"
        raise DerivationError(what, _SIDE_BY_SIDE)
    if store.unit(first) in UNBASED:
        what = f"'{first.id}' and '{second.id}' are no sizes that can be divided"
        raise DerivationError(what, "say it in words")
    if above.among != below.among:
        base = ", ".join(f"'{figure.among}'" for figure in (above, below))
        what = f"'{first.id}' and '{second.id}' are of different populations: {base}"
        raise DerivationError(what, _SIDE_BY_SIDE)


def _figure(fact: Fact) -> Figure:
    if fact.figure is None:
        raise DerivationError(f"'{fact.id}' has no figure", "compare two figures")
    return fact.figure


def _ends(fact: Fact, store: Facts) -> tuple[Decimal, Decimal]:
    figure = _figure(fact)
    return figure_ends(figure, store.measures[figure.measure].unit)


def _likely(fact: Fact, store: Facts) -> Span:
    return likely(*_ends(fact, store), _figure(fact).qualifier)


def _ratios(first: Fact, second: Fact, store: Facts) -> tuple[Decimal, Decimal]:
    """How many times the second figure the first one is, at least and at most."""
    above, below = _ends(first, store), _ends(second, store)
    for fact, ends in ((first, above), (second, below)):
        if ends[0] < 0 or (fact is second and not ends[0]):
            sign = "negative" if ends[0] < 0 else "zero"
            raise DerivationError(f"'{fact.id}' is {sign}", _OPEN)
    return above[0] / below[1], above[1] / below[0]


def _degree(
    ratios: tuple[Decimal, Decimal], near: Decimal, key: str, hedges: tuple[Qualifier, Qualifier]
) -> str | None:
    """How the word for the ratio `near` is hedged for these ratios; "" for exactly.

    None stands for a word that would say more than the figures do.
    """
    if ratios[1] > 2 * near:  # far past the last word, and perhaps too far to be rounded
        return None
    low, high = (round(ratio / near - 1, 12) for ratio in ratios)  # thirds have no last digit
    reach = _reach(near, key)
    if low != high:
        fits = -2 * reach <= low and high <= 2 * reach and are_near(hedges)
        return "about" if fits else None
    return _degree_at(low, hedges) if abs(low) <= reach else None


def _reach(near: Decimal, key: str) -> Decimal:
    """How far from a word's ratio "about" reaches, as a part of that ratio.

    For a rise or a fall, that is a tenth of what it rose or fell by.
    """
    if key in _BY:
        return abs(near - 1) / near / 10
    return Decimal("0.02") if key == "same" else Decimal("0.05")


def _degree_at(distance: Decimal, hedges: tuple[Qualifier, Qualifier]) -> str | None:
    """The key of the hedging word for a ratio at this distance from the word's own."""
    hedge = derived_hedge(Operation.RATIO, hedges)
    if hedge is Qualifier.EXACT:
        return "about" if distance else ""
    if hedge in LOWER and distance >= 0:
        return "at-least" if hedge is Qualifier.AT_LEAST and not distance else "more"
    if hedge is Qualifier.NEARLY and distance <= 0:
        return "nearly"
    if hedge in UPPER and distance <= 0:
        return "less" if hedge is Qualifier.UNDER or distance else "at-most"
    return "about" if are_near(hedges) else None
