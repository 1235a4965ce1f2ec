"""Facts in words: figures with their hedge, dates with their precision, speakers, sources.

The hedge is part of the figure in every form: no form drops it.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

from reports.facts.derive.arithmetic import comes_out_even
from reports.facts.model import Fact, Facts, Operation, Source
from reports.facts.quantities import (
    DURATIONS,
    SIGNS,
    AsOf,
    Figure,
    Number,
    Part,
    Qualifier,
    Range,
    Unit,
    When,
)
from reports.language import (
    NO_BREAK,
    Language,
    capitalised,
    in_words,
    languages,
    load_language,
    quoted,
    typographic,
)

Form = Literal["figure", "number", "words", "with base"]
FORMS: tuple[Form, ...] = get_args(Form)


def figure_text(figure: Figure, store: Facts, language: Language, form: Form = "figure") -> str:
    """The figure with hedge and unit: "about 10%", "ca. 10 %", "nearly eight in ten".

    "number" leaves the unit out, "words" spells whole numbers up to twelve, and "with base"
    adds the population.
    """
    unit = store.measures[figure.measure].unit
    bare = _value_text(figure, unit, language, form)
    in_digits = bare.removeprefix("−")[:1].isdigit()
    hedged = _hedged(bare, figure, language, words=form == "words" or not in_digits)
    if form == "with base" and figure.among:
        return f"{hedged} ({store.populations[figure.among][language.code]})"
    return hedged


def _hedged(bare: str, figure: Figure, language: Language, *, words: bool) -> str:
    if figure.qualifier is Qualifier.EXACT:
        return bare
    key = f"qualifier-{figure.qualifier.value}"
    if words and f"{key}-words" in language.messages:
        key += "-words"
    return language.say(key, figure=bare)


def _value_text(figure: Figure, unit: Unit, language: Language, form: Form) -> str:
    match figure.value:
        case When():
            return when_text(figure.value, language)
        case Part(1, 2):
            return language.say("half")
        case Part(count, whole):
            few = language.one if count == 1 else language.word(count)
            return language.say("of", count=few, whole=language.word(whole))
        case Range(low, high):
            ends = f"{language.number(low.value)}–{language.number(high.value)}"
            return _with_unit(ends, high, unit, language, form)
        case Number(value):
            if unit is Unit.RANK:
                return language.ordinal(int(value))
            whole = value == value.to_integral_value() and not figure.value.million
            spelled = form == "words" and whole and unit not in SIGNS
            shown = language.word(int(value)) if spelled else language.number(value)
            return _with_unit(shown, figure.value, unit, language, form)


def _with_unit(shown: str, number: Number, unit: Unit, language: Language, form: Form) -> str:
    if number.million:
        shown = language.say(f"million-{_plural(number.value)}", number=shown)
    if form == "number":
        return shown
    if unit is Unit.COUNT:
        return shown
    plural = _plural(number.plain)
    if unit in DURATIONS:
        return f"{shown}{NO_BREAK}{language.say(f'{unit.value}-{plural}')}"
    if unit in (Unit.PERCENTAGE_POINTS, Unit.TIMES):
        return language.say(f"{unit.value}-{plural}", number=shown)
    return language.say(unit.value, number=shown)


def _plural(value: Decimal) -> str:
    return "one" if value == 1 else "many"


def when_text(when: When, language: Language) -> str:
    """A date at its own precision: "spring 2012", "June 2019", "11 April", "2016"."""
    if when.season is not None:
        return language.say(f"season-{when.season}", year=str(when.year))
    if when.month is None:
        return str(when.year)
    if when.day is None:
        return language.month(when.year, when.month)
    if when.year is None:
        return language.day_of_month(when.month, when.day)
    return language.day(date(when.year, when.month, when.day))


def as_of_text(as_of: AsOf, language: Language) -> str:
    """The date of a fact with what is uncertain about it, never blank."""
    if as_of.when and as_of.when.year is None:
        return language.say("year-not-stated", day=when_text(as_of.when, language))
    return _date_in_text(as_of, language)


def _date_in_text(as_of: AsOf, language: Language) -> str:
    if as_of.when is None:
        return language.say("date-not-stated")
    shown = when_text(as_of.when, language)
    return language.say("date-inferred", date=shown) if as_of.inferred else shown


def dates_text(fact: Fact, language: Language) -> str:
    """When a fact holds: its date, or the two dates that a derived one leads between."""
    end = as_of_text(fact.as_of, language)
    if fact.since is None:
        return end
    return language.say("date-span", start=as_of_text(fact.since, language), end=end)


def statement_text(fact: Fact, store: Facts, language: Language) -> str:
    """The fact's sentence with its figure and date filled in.

    A derived fact without one of its own says what it measures.
    """
    if not fact.statement:
        return f"{capitalised(_measured_text(fact, store, language))}."
    text = typographic(fact.statement[language.code], language)
    figure = figure_text(fact.figure, store, language) if fact.figure else ""
    as_of = _date_in_text(fact.as_of, language)
    if text.startswith("{figure}"):
        figure = capitalised(figure)
    if text.startswith("{as_of}"):
        as_of = capitalised(as_of)
    return text.replace("{figure}", figure).replace("{as_of}", as_of)


def statements(fact: Fact, store: Facts) -> dict[str, str]:
    """The fact's sentence, filled in, in each language that it can be said in."""
    texts = [fact.statement] if fact.statement else _measured_in(fact, store)
    codes = [code for code in languages() if all(text.get(code) for text in texts)]
    return {code: statement_text(fact, store, load_language(code)) for code in codes}


def _measured_in(fact: Fact, store: Facts) -> list[dict[str, str]]:
    """The texts that tell what a derived fact measures."""
    if fact.figure is None:
        return []
    among = [store.populations[fact.figure.among]] if fact.figure.among else []
    return [store.measures[fact.figure.measure].name, *among]


def speaker_text(fact: Fact, store: Facts, language: Language) -> str:
    """Who says it: name, role and organisation; of a derived fact, from whose figures it is."""
    if fact.derivation:
        return speaker_name(fact, store, language)
    speaker = store.people[fact.said_by]
    code = language.code
    parts = (speaker.name[code], speaker.role[code], speaker.organisation[code])
    return typographic(", ".join(part for part in parts if part), language)


def speaker_name(fact: Fact, store: Facts, language: Language) -> str:
    """The name alone of who says it; for a derived fact, that we computed it from whose figures."""
    code = language.code
    if fact.derivation is None:
        return typographic(store.people[fact.said_by].name[code], language)
    if not shows_arithmetic(fact, store):
        return language.say("speaker-derived-hidden")
    names = dict.fromkeys(store.people[root.said_by].name[code] for root in store.roots(fact))
    said = language.say("speaker-derived", names=in_words(names, language.say("and")))
    return typographic(said, language)


def shows_arithmetic(fact: Fact, store: Facts) -> bool:
    """Whether this store holds everything that a derived fact is computed from."""
    return all(
        id_ in store.facts
        for each in store.basis(fact)
        if each.derivation
        for id_ in each.derivation.inputs
    )


def arithmetic_text(fact: Fact, store: Facts, language: Language) -> str:
    """The sum that a derived fact comes from, in figures: "70% − 10% = 60 percentage points".

    "" for a fact from a source, and where this store doesn't hold what it is computed from.
    """
    derivation, figure = fact.derivation, fact.figure
    if derivation is None or figure is None or not shows_arithmetic(fact, store):
        return ""
    figures = [each for id_ in derivation.inputs if (each := store.facts[id_].figure)]
    shown = [_operand_text(each, store, language) for each in figures]
    match derivation.operation:
        case Operation.CHANGE if derivation.unit is Unit.PERCENTAGE_POINTS:
            sum_ = f"{shown[1]} − {shown[0]}"
        case Operation.CHANGE:
            sum_ = f"({shown[1]} − {shown[0]}) ÷ {shown[0]}"
        case Operation.DIFFERENCE:
            sum_ = f"{shown[0]} − {shown[1]}"
        case Operation.RATIO | Operation.SHARE:
            sum_ = f"{shown[0]} ÷ {shown[1]}"
        case Operation.SUM:
            sum_ = " + ".join(shown)
        case Operation.MEAN:
            sum_ = f"({' + '.join(shown)}) ÷ {len(shown)}"
    units = [store.measures[each.measure].unit for each in figures]
    equals = "=" if comes_out_even(derivation, figures, units) else "≈"
    return f"{sum_} {equals} {figure_text(figure, store, language)}"


def _operand_text(figure: Figure, store: Facts, language: Language) -> str:
    text = figure_text(figure, store, language)
    return f"({text})" if text.startswith("−") else text


def note_text(fact: Fact, store: Facts, language: Language) -> str:
    """What a note says of a fact: figure, measure and population, or the statement."""
    if fact.figure is None:
        return statement_text(fact, store, language)
    return _measured_text(fact, store, language)


def _measured_text(fact: Fact, store: Facts, language: Language) -> str:
    if fact.figure is None:
        return ""
    code = language.code
    figure = figure_text(fact.figure, store, language)
    measure = store.measures[fact.figure.measure].name[code]
    base = store.populations[fact.figure.among][code] if fact.figure.among else ""
    said = language.say("note-figure", figure=figure, measure=measure)
    told = not base or is_told(base, measure)
    return typographic(said if told else f"{said}; {base}", language)


def is_told(base: str, measure: str) -> bool:
    """Whether the name of a measure says among whom it is counted, so that nobody need again."""
    return re.search(rf"\b{re.escape(base)}\b", measure, re.IGNORECASE) is not None


def source_text(source: Source, language: Language) -> str:
    """A source as the list prints it: author, title, where and when, its nature and interest."""
    authors = "; ".join(f"{name.given} {name.family}".strip() for name in source.author)
    where = [part for part in (source.container_title, source.publisher) if part]
    publisher = ", ".join(where) or language.say("publisher-not-stated")
    head = [authors, quoted(source.title, language), publisher]
    if source.issued.when is None:
        head.append(capitalised(language.say("date-not-stated")))
    else:
        head.append(capitalised(as_of_text(source.issued, language)))
    told = typographic(" ".join(f"{part.rstrip('.')}." for part in head if part), language)
    return f"{told} {judgement_text(source, language)}"


def judgement_text(source: Source, language: Language) -> str:
    """What kind of text a source is and whose interest it speaks for, in two sentences."""
    nature, interest = source.nature[language.code], source.interest[language.code]
    parts = (capitalised(part).rstrip(".") for part in (nature, interest))
    return typographic(" ".join(f"{part}." for part in parts), language)


def is_approximate(fact: Fact) -> bool:
    """Whether a chart draws the fact dashed: hedged or ranged."""
    if fact.figure is None:
        return False
    soft = fact.figure.qualifier not in (Qualifier.EXACT, Qualifier.RECORD)
    return soft or isinstance(fact.figure.value, Range)
