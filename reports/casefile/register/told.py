"""What an edition tells its readers, in a form that outlives the store: facts, sources, sentences.

Only what has a note counts: the facts that it prints and those that these rest on, as far as its
readers may see them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from reports.build.outputs import Resolved
from reports.casefile.register.entry import FactWords, IssuedFact, IssuedSentence, IssuedSource
from reports.document import (
    Assessment,
    Callout,
    Document,
    Note,
    block_lines,
    data_lines,
    note_line,
    notes_lines,
    sources_lines,
)
from reports.facts.ask.records import edtf
from reports.facts.exchange.export import value_cells
from reports.facts.model import Access, Fact, Facts
from reports.facts.quantities import AsOf, When
from reports.facts.texts import in_language
from reports.facts.wording import (
    arithmetic_text,
    dates_text,
    figure_text,
    shows_arithmetic,
    source_text,
    speaker_text,
    statement_text,
)
from reports.language import load_language, quoted, typographic
from reports.trace.lines import lines, own_text
from reports.trace.uses import body_uses, uses


@dataclass(frozen=True)
class Telling:
    """What an edition tells; the texts are hashed as `Issued` says."""

    facts: tuple[IssuedFact, ...]
    sources: tuple[IssuedSource, ...]
    sentences: tuple[IssuedSentence, ...]
    words: str
    text: str


def telling(items: Sequence[Resolved], store: Facts) -> Telling:
    """What one edition tells, given as its document or its documents, one a format."""
    edition = items[0].edition
    seen = told_store(store, edition.audience.access, edition.language)
    facts = tuple(_facts(items, seen, edition.language))
    document = items[-1].document  # the Word file's, which drafts and final documents both have
    return Telling(
        facts=facts,
        sources=tuple(_sources((each.id for each in facts), seen, edition.language)),
        sentences=tuple(dict.fromkeys(_sentences(items))),
        words=_hash(_own_words(document)),
        text=_hash(_all_words(document)),
    )


def told_store(store: Facts, access: Access, code: str) -> Facts:
    """The store as readers of that level and language are told of it."""
    return in_language(store.visible_to(access), code)[0]


# ---------------------------------------------------------------- facts


def _facts(items: Sequence[Resolved], store: Facts, code: str) -> Iterator[IssuedFact]:
    """The facts in the order of their notes."""
    printed: dict[str, dict[str, dict[str, None]]] = {}
    for use in uses(items):
        if use.text:
            printed.setdefault(use.fact, {}).setdefault(use.form, {})[use.text] = None
    notes: dict[str, Note] = {}
    for item in items:
        for note in item.document.notes.notes:
            notes.setdefault(note.fact, note)
    for id_, note in notes.items():
        forms = {form: tuple(texts) for form, texts in printed.get(id_, {}).items()}
        fact = unprinted(store.facts[id_], store, code)
        yield replace(fact, printed=forms, note=note_line(note))


def unprinted(fact: Fact, store: Facts, code: str) -> IssuedFact:
    """The fact as readers of that store can be told of it, without note or place."""
    figure = fact.figure
    value, high, of = value_cells(figure)
    dated = figure is not None and isinstance(figure.value, When)
    unit = store.unit(fact)
    inputs = _shown_inputs(fact, store)
    return IssuedFact(
        id=fact.id,
        value="" if dated else value,
        high=high,
        of=of,
        date=value if dated else "",
        qualifier=figure.qualifier.value if figure else "",
        unit=unit.value if unit else "",
        measure=figure.measure if figure else "",
        among=figure.among if figure else "",
        as_of=_edtf(fact.as_of),
        since=_edtf(fact.since),
        inferred=fact.as_of.inferred,
        said_by="" if fact.derivation else fact.said_by,
        standing=fact.standing.value,
        source="" if inputs else fact.source,
        paragraph=0 if fact.derivation else fact.at.paragraph,
        recorded=fact.recorded,
        inputs=inputs,
        words=_words(fact, store, code),
        printed={},
        note="",
    )


def _shown_inputs(fact: Fact, store: Facts) -> tuple[str, ...]:
    """What a fact is computed from, where these readers may see all of it."""
    if fact.derivation is None or not shows_arithmetic(fact, store):
        return ()
    return tuple(store.facts[id_].id for id_ in fact.derivation.inputs)


def _edtf(as_of: AsOf | None) -> str:
    return edtf(as_of.when) if as_of and as_of.when else ""


def _words(fact: Fact, store: Facts, code: str) -> FactWords:
    language = load_language(code)
    figure = fact.figure
    among = store.populations[figure.among][code] if figure and figure.among else ""
    return FactWords(
        figure=figure_text(figure, store, language) if figure else "",
        measure=typographic(store.measures[figure.measure].name[code], language) if figure else "",
        among=typographic(among, language),
        statement="" if figure else statement_text(fact, store, language),
        sum=arithmetic_text(fact, store, language),
        as_of=dates_text(fact, language),
        speaker=speaker_text(fact, store, language),
        standing=language.say(f"standing-{fact.standing.value}"),
        source=_where(fact, store, code),
    )


def _where(fact: Fact, store: Facts, code: str) -> str:
    """The title of the fact's source with the paragraph; "" for what is computed from others."""
    if _shown_inputs(fact, store):
        return ""
    language = load_language(code)
    title = typographic(quoted(store.sources[fact.source].title, language), language)
    if fact.derivation:
        return title
    return f"{title}, {language.say('paragraph', number=str(fact.at.paragraph))}"


# ---------------------------------------------------------------- sources, sentences


def _sources(ids: Iterable[str], store: Facts, code: str) -> Iterator[IssuedSource]:
    """The sources of these facts in the order in which the notes name them."""
    facts = (store.facts[id_] for id_ in ids)
    named = (fact.source for fact in facts if not _shown_inputs(fact, store))
    for source in dict.fromkeys(named):
        yield IssuedSource(source, source_text(store.sources[source], load_language(code)))


def _sentences(items: Sequence[Resolved]) -> Iterator[IssuedSentence]:
    """The sentences in reading order; a figure that draws a fact isn't also told as citing it."""
    found = body_uses(items)
    drawn = {(use.fact, use.label) for use in found if use.form == "chart"}
    for use in found:
        is_told = use.form == "cite" and (use.fact, use.label) in drawn
        if use.plain and not is_told:
            yield IssuedSentence(use.fact, use.section, use.plain)


# ---------------------------------------------------------------- texts


def _own_words(document: Document) -> Iterator[str]:
    """What the author wrote, without what facts print in it and without the data of charts.

    The line under a chart's title is left out: most of it follows from the chart's facts.
    """
    for line in lines(replace(document, data=None)):
        if not line.whole:
            yield own_text(line)
    for block in document.body:
        if isinstance(block, (Assessment, Callout)):
            yield block.title


def _all_words(document: Document) -> Iterator[str]:
    """What the document says after its cover and before its colophon."""
    for block in document.body:
        yield from block_lines(block)
    yield from data_lines(document.data)
    yield from notes_lines(document.notes, document.layout)
    yield from sources_lines(document.sources)


def _hash(texts: Iterable[str]) -> str:
    return sha256("\n".join(texts).encode()).hexdigest()
