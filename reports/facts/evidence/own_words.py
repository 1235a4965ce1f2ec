"""Our texts against the wording of the sources: statements, names, reasons, briefs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from reports.facts.evidence.copying import RUN, Words, shared_run
from reports.facts.evidence.findings import Finding, Miss, Said
from reports.facts.evidence.paragraph import load_idiom
from reports.facts.evidence.texts import Text
from reports.facts.model import Fact, Facts, Source
from reports.facts.wording import statement_text
from reports.language import languages, load_language

Wordings = Mapping[str, frozenset[Words]]  # by language, every eight words in a row


def wordings_of(texts: Iterable[Text]) -> Wordings:
    """The wording of all texts in each language."""
    found: dict[str, frozenset[Words]] = {}
    for text in texts:
        found[text.idiom.code] = found.get(text.idiom.code, frozenset()) | text.runs
    return found


def copies_in_facts(facts: Iterable[Fact], store: Facts, wordings: Wordings) -> Iterator[Finding]:
    """What facts have copied: their statements, and the names and reasons that they use.

    What several facts use is told of the first.
    """
    told: set[_Ours] = set()
    for fact in facts:
        for ours in _of_fact(fact, store):
            if ours not in told:
                told.add(ours)
                for miss in _copies(ours, wordings):
                    yield Finding(fact.declared, fact.id, fact.source, fact.at.paragraph, miss)


def copies_in_sources(sources: Iterable[Source], wordings: Wordings) -> Iterator[Finding]:
    """What our accounts of sources have copied."""
    for source in sources:
        for what, texts in (("nature", source.nature), ("interest", source.interest)):
            for code, text in texts.items():
                for miss in _copies(_Ours(what, code, (text,)), wordings):
                    yield Finding(source.declared, "", source.id, 0, miss)


def copies_for_readers(said: Iterable[Said], wordings: Wordings) -> Iterator[Finding]:
    """What briefs have copied; the same words at the same place are told once."""
    for each in dict.fromkeys(said):
        for miss in _copies(_Ours("text", each.language, (each.text,)), wordings):
            yield Finding(each.place, "", "", 0, miss)


@dataclass(frozen=True)
class _Ours:
    """A text of ours in one language, in each form that it may take."""

    what: str
    language: str
    forms: tuple[str, ...]


def _of_fact(fact: Fact, store: Facts) -> Iterator[_Ours]:
    """The texts that come with a fact; its statement with placeholders and filled in."""
    for code, statement in fact.statement.items():
        filled = (statement_text(fact, store, load_language(code)),) if code in languages() else ()
        yield _Ours("statement", code, (statement, *filled))
    used: list[tuple[str, Mapping[str, str]]] = []
    if fact.figure:
        used.append(("measure", store.measures[fact.figure.measure].name))
    if fact.figure and fact.figure.among:
        used.append(("population", store.populations[fact.figure.among]))
    if fact.as_of.inferred in store.inferences:
        used.append(("inference", store.inferences[fact.as_of.inferred]))
    for what, texts in used:
        yield from (_Ours(what, code, (text,)) for code, text in texts.items())


def _copies(ours: _Ours, wordings: Wordings) -> Iterator[Miss]:
    if ours.language not in wordings:
        return
    idiom, wording = load_idiom(ours.language), wordings[ours.language]
    run = max((shared_run(form, wording, idiom) for form in ours.forms), key=len)
    if run:
        count = len(run.split())
        what = f"the {ours.what} in '{ours.language}' shares {count} words in a row: '{run}'"
        yield Miss(
            "wording", what, f"say it in our own words: at most {RUN - 1} in a row of a source's"
        )
