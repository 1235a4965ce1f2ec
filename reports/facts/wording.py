"""Facts in words: figures with their hedge, dates with their precision, speakers, sources.

The hedge is part of the figure in every form: no form drops it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal, get_args

from reports.facts.model import (
    DURATIONS,
    SIGNS,
    AsOf,
    Fact,
    Facts,
    Figure,
    Number,
    Part,
    Qualifier,
    Range,
    Source,
    Unit,
    When,
)
from reports.language import NO_BREAK, Language, capitalised, typographic

Form = Literal["figure", "number", "words", "with base"]
FORMS: tuple[Form, ...] = get_args(Form)


def figure_text(figure: Figure, store: Facts, language: Language, form: Form = "figure") -> str:
    """The figure with hedge and unit: "about 10%", "ca. 10 %", "nearly eight in ten".

    "number" leaves the unit out, "words" spells whole numbers up to twelve, and "with base"
    adds the population.
    """
    unit = store.measures[figure.measure].unit
    bare = _value_text(figure, unit, language, form)
    hedged = _hedged(bare, figure, language, words=form == "words" or not bare[:1].isdigit())
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
    if unit is Unit.PERCENTAGE_POINTS:
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


def statement_text(fact: Fact, store: Facts, language: Language) -> str:
    """The fact's sentence with its figure and date filled in."""
    text = typographic(fact.statement[language.code], language)
    figure = figure_text(fact.figure, store, language) if fact.figure else ""
    as_of = _date_in_text(fact.as_of, language)
    if text.startswith("{figure}"):
        figure = capitalised(figure)
    if text.startswith("{as_of}"):
        as_of = capitalised(as_of)
    return text.replace("{figure}", figure).replace("{as_of}", as_of)


def speaker_text(fact: Fact, store: Facts, language: Language) -> str:
    """Who says it: name, role and organisation."""
    speaker = store.people[fact.said_by]
    code = language.code
    parts = (speaker.name[code], speaker.role[code], speaker.organisation[code])
    return typographic(", ".join(part for part in parts if part), language)


def note_text(fact: Fact, store: Facts, language: Language) -> str:
    """What a note says of a fact: figure, measure and population, or the statement."""
    if fact.figure is None:
        return statement_text(fact, store, language)
    code = language.code
    figure = figure_text(fact.figure, store, language)
    measure = store.measures[fact.figure.measure].name[code]
    base = store.populations[fact.figure.among][code] if fact.figure.among else ""
    said = language.say("note-figure", figure=figure, measure=measure)
    return typographic(f"{said}; {base}" if base else said, language)


def source_text(source: Source, language: Language) -> str:
    """A source as the list prints it: author, title, where and when, its nature and interest."""
    authors = "; ".join(f"{name.given} {name.family}".strip() for name in source.author)
    outer = language.quotes.outer
    where = [part for part in (source.container_title, source.publisher) if part]
    publisher = ", ".join(where) or language.say("publisher-not-stated")
    head = [authors, f"{outer[0]}{source.title}{outer[1]}", publisher]
    if source.issued.when is None:
        head.append(capitalised(language.say("date-not-stated")))
    else:
        head.append(capitalised(as_of_text(source.issued, language)))
    code = language.code
    nature, interest = source.nature[code], source.interest[code]
    parts = [*head, capitalised(nature), capitalised(interest)]
    return typographic(" ".join(f"{part.rstrip('.')}." for part in parts if part), language)


def is_approximate(fact: Fact) -> bool:
    """Whether a chart draws the fact dashed: hedged or ranged."""
    if fact.figure is None:
        return False
    soft = fact.figure.qualifier not in (Qualifier.EXACT, Qualifier.RECORD)
    return soft or isinstance(fact.figure.value, Range)
