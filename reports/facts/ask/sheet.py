"""All that the store knows of one fact, in words: its sheet."""

from __future__ import annotations

from dataclasses import dataclass

from reports.facts.ask.relations import (
    computed_from,
    conflicts_of,
    contradictions_of,
    ranked,
    versions_of,
)
from reports.facts.model import Fact, Facts
from reports.facts.wording import (
    as_of_text,
    dates_text,
    figure_text,
    speaker_text,
    statement_text,
    statements,
)
from reports.language import Language, load_language


@dataclass(frozen=True)
class Other:
    """A fact in short; without a locator where it is computed."""

    id: str
    figure_text: str | None
    statement: str
    speaker: str
    standing: str
    as_of_text: str
    source_title: str
    paragraph: int | None
    recorded: str


@dataclass(frozen=True)
class Rival:
    """A fact that says otherwise; the rest is None where neither of the two is preferred."""

    fact: Other
    preferred: str | None
    because: str | None


@dataclass(frozen=True)
class Sheet:
    """What a fact's record doesn't say of it.

    `lies_in` holds the places around its own, `versions` the fact itself among the others, the
    oldest first, `inputs` what it is computed from, and `feeds` what is computed from it.
    `excused` says why it holds what the source's text can't confirm.
    """

    figure_text: str | None
    statements: dict[str, str]
    inferred_because: str | None
    theme_name: str
    place_name: str
    lies_in: tuple[str, ...]
    printed: str | None
    excused: dict[str, str]
    source_title: str
    source_date: str | None
    source_nature: str
    source_interest: str
    source_text: str | None
    lowered_because: str | None
    combined_because: str | None
    input_facts: tuple[Other, ...]
    feeds: tuple[Other, ...]
    versions: tuple[Other, ...]
    conflicts: tuple[Rival, ...]
    contradictions: tuple[Rival, ...]


def fact_sheet(fact: Fact, store: Facts, code: str) -> Sheet:
    """The sheet of a fact in the language `code`."""
    language = load_language(code)
    source = store.sources[fact.source]
    own, *around = (store.places[id_].name[code] for id_ in store.around(fact.place))
    inference, derivation = store.inferences.get(fact.as_of.inferred), fact.derivation

    def others(*ids: str) -> tuple[Other, ...]:
        return tuple(other_fact(store.facts[id_], store, language) for id_ in ids)

    def rivals(*ids: str) -> tuple[Rival, ...]:
        return tuple(
            Rival(other_fact(other, store, language), *ranked(fact, other, code))
            for other in (store.facts[id_] for id_ in ids)
        )

    return Sheet(
        figure_text=figure_text(fact.figure, store, language) if fact.figure else None,
        statements=statements(fact, store),
        inferred_because=inference[code] if inference else None,
        theme_name=store.themes[fact.theme][code],
        place_name=own,
        lies_in=tuple(around),
        printed=fact.at.printed or None,
        excused=fact.at.excused,
        source_title=source.title,
        source_date=as_of_text(source.issued, language) if source.issued.when else None,
        source_nature=source.nature[code],
        source_interest=source.interest[code],
        source_text=source.text or None,
        lowered_because=fact.lowered or None,
        combined_because=(derivation.because.get(code) or None) if derivation else None,
        input_facts=others(*derivation.inputs) if derivation else (),
        feeds=others(*computed_from([fact.id], store)),
        versions=tuple(other_fact(each, store, language) for each in versions_of(fact, store)),
        conflicts=rivals(*conflicts_of(fact, store)),
        contradictions=rivals(*contradictions_of(fact, store)),
    )


def other_fact(fact: Fact, store: Facts, language: Language) -> Other:
    """A fact in short, in that language."""
    return Other(
        id=fact.id,
        figure_text=figure_text(fact.figure, store, language) if fact.figure else None,
        statement=statement_text(fact, store, language),
        speaker=speaker_text(fact, store, language),
        standing=fact.standing.value,
        as_of_text=dates_text(fact, language),
        source_title=store.sources[fact.source].title,
        paragraph=fact.at.paragraph or None,
        recorded=fact.recorded.isoformat(),
    )
