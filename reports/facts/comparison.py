"""Words that follow the numbers: "doubled", "fell by a third", "seven times".

The words come from the figures and their hedges, so that they can't outlive a change of
either.  Figures of unlike measures or populations are not compared, nor those whose hedges leave
open which is the larger.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from reports.facts.arithmetic import DerivationError, derived_hedge
from reports.facts.model import Fact, Facts, Operation
from reports.facts.quantities import Figure, Number, Part, Qualifier, Range, Unit
from reports.facts.wording import figure_text
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
_NEAR = Decimal("0.05")  # how far from a word's ratio "about" reaches
_ABOUT = Decimal("0.1")  # how far from its value an approximate figure may lie
_SOFT = {Qualifier.ABOUT: "about", Qualifier.NEARLY: "nearly"}
_UP = (Qualifier.OVER, Qualifier.AT_LEAST)


def trend_text(facts: tuple[Fact, ...], store: Facts, language: Language) -> str:
    """How a figure moved: from the first of two facts to the second, or a derived change.

    Raises DerivationError where the two can't be compared, or no word fits their ratio.
    """
    if len(facts) == 1:
        return _change_text(facts[0], store, language)
    earlier, later = facts
    early, late = (fact.when.sort_key() if fact.when else None for fact in facts)
    if early and late and early > late:
        what = f"'{earlier.id}' is later than '{later.id}'"
        raise DerivationError(what, "name the earlier fact first")
    if earlier.place != later.place:
        what = f"'{earlier.id}' and '{later.id}' are about different places"
        raise DerivationError(what, "compare places with compare(…)")
    return _said("trend", later, earlier, _TREND, language)


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
    return _said("compare", facts[0], facts[1], _RATIO, language)


def _change_text(fact: Fact, store: Facts, language: Language) -> str:
    derivation = fact.derivation
    if fact.figure is None or not derivation or derivation.operation is not Operation.CHANGE:
        what = f"'{fact.id}' is not a derived change"
        raise DerivationError(what, "name the earlier and the later fact: trend('a', 'b')")
    low, high = _bounds(fact.figure)
    if low == high == 0:
        return language.say("trend-same", hedge="")
    if low < 0 < high:
        what = f"the range of '{fact.id}' leaves open whether it rose or fell"
        raise DerivationError(what, "print the figures themselves")
    size = _positive(fact.figure) if high <= 0 else fact.figure
    key = "trend-fell" if high <= 0 else "trend-rose"
    return language.say(key, figure=figure_text(size, store, language))


def _positive(figure: Figure) -> Figure:
    match figure.value:
        case Number(value, million):
            return replace(figure, value=Number(abs(value), million))
        case Range(low, high):
            ends = Range(replace(high, value=abs(high.value)), replace(low, value=abs(low.value)))
            return replace(figure, value=ends)
        case _:
            return figure


def _said(
    kind: str,
    first: Fact,
    second: Fact,
    words: dict[Decimal, str],
    language: Language,
) -> str:
    above, below = _comparable(first, second)
    ratio, hedge = _ratio(above, below)
    near = min(words, key=lambda known: abs(ratio / known - 1))
    distance = ratio / near - 1
    if abs(distance) > _NEAR:
        operation = "change" if kind == "trend" else "ratio"
        what = f"no word fits '{first.id}' against '{second.id}', which is {ratio:.3g} times"
        hint = f"declare a derived fact with '{operation}' and print that"
        raise DerivationError(what, hint)
    key = words[near]
    degree = _degree(hedge, distance)
    if key in _FALLS and kind == "trend":
        degree = {"more": "less", "less": "more", "nearly": "more"}.get(degree, degree)
    if key == "same" and degree in ("more", "less"):
        what = f"the hedges of '{first.id}' and '{second.id}' leave open which is larger"
        raise DerivationError(what, "print the figures themselves")
    said = language.say(f"degree-{degree}") if degree else ""
    return language.say(f"{kind}-{key}", hedge=said, number=language.word(int(near)))


def _comparable(first: Fact, second: Fact) -> tuple[Figure, Figure]:
    above, below = first.figure, second.figure
    if above is None or below is None:
        bare = first if above is None else second
        raise DerivationError(f"'{bare.id}' has no figure", "compare two figures")
    hint = "they can stand beside each other, each with its base, but not be compared"
    if above.measure != below.measure:
        what = f"'{first.id}' and '{second.id}' measure different things"
        raise DerivationError(what, hint)
    if above.among != below.among:
        base = " and ".join(f"'{figure.among}'" for figure in (above, below))
        what = f"'{first.id}' and '{second.id}' are of different populations: {base}"
        raise DerivationError(what, hint)
    if above != below and _overlap(_likely(above), _likely(below)):
        what = f"the hedges of '{first.id}' and '{second.id}' leave open which is larger"
        raise DerivationError(what, "print the figures themselves")
    return above, below


def _overlap(first: tuple[Decimal, Decimal | None], second: tuple[Decimal, Decimal | None]) -> bool:
    """Whether two spans share a value; None stands for no upper end."""
    (low, high), (other_low, other_high) = first, second
    return (high is None or other_low <= high) and (other_high is None or low <= other_high)


def _ratio(above: Figure, below: Figure) -> tuple[Decimal, Qualifier]:
    """How many times `below` the figure `above` is, between their middles, and the hedge."""
    centre, other = (sum(_bounds(figure), Decimal(0)) / 2 for figure in (above, below))
    if not other:
        raise DerivationError("the second figure is zero", "print the figures themselves")
    if any(isinstance(figure.value, Range) for figure in (above, below)):
        return centre / other, Qualifier.ABOUT
    return centre / other, derived_hedge(Operation.RATIO, (above.qualifier, below.qualifier))


def _degree(hedge: Qualifier, distance: Decimal) -> str:
    """The key of the hedging word: "" for exactly, else about, more, less or nearly."""
    if hedge is Qualifier.EXACT:
        return "about" if distance else ""
    if hedge in _UP:
        return "more" if distance >= 0 else "about"
    return _SOFT.get(hedge, "less") if distance <= 0 else "about"


def _bounds(figure: Figure) -> tuple[Decimal, Decimal]:
    match figure.value:
        case Number() as number:
            return number.plain, number.plain
        case Range(low, high):
            return low.plain, high.plain
        case Part(count, whole):
            return Decimal(100 * count) / whole, Decimal(100 * count) / whole
        case _:
            raise DerivationError("a date can't be compared", "say it in words")


def _likely(figure: Figure) -> tuple[Decimal, Decimal | None]:
    """The span in which the true value lies, as the hedge is commonly understood."""
    low, high = _bounds(figure)
    match figure.qualifier:
        case Qualifier.EXACT | Qualifier.RECORD:
            return low, high
        case Qualifier.ABOUT:
            return low * (1 - _ABOUT), high * (1 + _ABOUT)
        case Qualifier.NEARLY:
            return low * (1 - _ABOUT), high
        case Qualifier.OVER | Qualifier.AT_LEAST:
            return low, None
        case Qualifier.UNDER | Qualifier.AT_MOST | Qualifier.UP_TO:
            return Decimal(0), high
