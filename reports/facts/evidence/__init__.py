"""Facts against the texts of their sources: what a text doesn't confirm is a finding.

Each check is a function from a part of a fact and a text to what it misses.  Here they are put
together, and what a fact excuses is taken off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from reports.facts.evidence.as_of import as_of_misses, issued_misses
from reports.facts.evidence.figures import figure_misses
from reports.facts.evidence.findings import Evidence, Excuse, Finding, Miss, Said
from reports.facts.evidence.own_words import (
    copies_for_readers,
    copies_in_facts,
    copies_in_sources,
    wordings_of,
)
from reports.facts.evidence.speakers import Names, names_of, speaker_misses
from reports.facts.evidence.texts import Text, read_texts
from reports.facts.model import Fact, Facts, Source


def check_evidence(
    store: Facts, folder: Path, names: tuple[str, ...] = (), said: Iterable[Said] = ()
) -> Evidence:
    """What the texts in the folder don't confirm of the store's facts, and what is excused.

    `names` are those that hold digits.  `said` are further texts of ours, which are held against
    the sources' wording only.  Findings come in the order of their places, one among them for
    each text that is named and can't be read.
    """
    facts = [fact for id_, fact in store.facts.items() if id_ == fact.id]
    sourced = [fact for fact in facts if fact.derivation is None]
    cited = [store.sources[id_] for id_ in dict.fromkeys(fact.source for fact in sourced)]
    texts, unread = read_texts([source for source in cited if source.text], folder, names)
    checked = [fact for fact in sourced if fact.source in texts]
    speakers = {id_: _speakers(store.sources[id_], checked, store) for id_ in texts}
    wordings = wordings_of(texts.values())
    found = [
        *unread,
        *_of_sources(store, texts),
        *_of_facts(checked, store, texts, speakers),
        *copies_in_facts(facts, store, wordings),
        *copies_in_sources(cited, wordings),
        *copies_for_readers(said, wordings),
    ]
    findings, excuses = _judged(found, checked)
    return Evidence(
        findings=tuple(sorted(findings, key=lambda finding: finding.place)),
        excuses=tuple(excuses),
        unchecked=tuple(_unchecked(source, sourced) for source in cited if not source.text),
        facts=len(checked),
        figures=sum(fact.figure is not None for fact in checked),
        dates=sum(fact.as_of.when is not None for fact in checked),
        speakers=sum(fact.said_by in speakers[fact.source] for fact in checked),
    )


def _unchecked(source: Source, facts: Iterable[Fact]) -> Finding:
    count = sum(fact.source == source.id for fact in facts)
    what = f"it names none, so {count} fact{'' if count == 1 else 's'} can't be checked"
    return Finding(source.declared, "", source.id, 0, Miss("text", what, "add 'text: FILE'"))


def _speakers(source: Source, facts: Iterable[Fact], store: Facts) -> Names:
    """What the source may call each of its speakers but its voice, which needs no name."""
    ids = dict.fromkeys(fact.said_by for fact in facts if fact.source == source.id)
    speakers = {id_: store.people[id_] for id_ in ids if id_ != source.voice}
    return {id_: names_of(speaker, source.language) for id_, speaker in speakers.items()}


def _of_sources(store: Facts, texts: Mapping[str, Text]) -> Iterator[Finding]:
    """What a text doesn't confirm of its own source."""
    for id_, text in texts.items():
        source = store.sources[id_]
        for miss in issued_misses(source.issued, text.paragraphs):
            yield Finding(source.declared, "", id_, 0, miss)


def _of_facts(
    facts: Iterable[Fact], store: Facts, texts: Mapping[str, Text], names: Mapping[str, Names]
) -> Iterator[Finding]:
    for fact in facts:
        for miss in _misses(fact, store, texts[fact.source], names[fact.source]):
            yield Finding(fact.declared, fact.id, fact.source, fact.at.paragraph, miss)


def _misses(fact: Fact, store: Facts, text: Text, names: Names) -> Iterator[Miss]:
    """What the cited paragraph and those before it don't confirm."""
    cited, printed = fact.at.paragraph, fact.at.printed
    if cited > len(text.paragraphs):
        yield Miss("paragraph", f"{cited} is cited, and the text has {len(text.paragraphs)}", "")
        return
    paragraph, source = text.paragraphs[cited - 1], store.sources[fact.source]
    if printed not in paragraph.text:
        yield Miss("printed", _not_printed(printed, text, cited), paragraph.reads())
    if fact.figure:
        unit = store.measures[fact.figure.measure].unit
        yield from figure_misses(fact.figure, unit, printed, paragraph)
    yield from as_of_misses(fact.as_of, source.issued, text.paragraphs, cited)
    yield from speaker_misses(fact.said_by, source.voice, text.paragraphs, cited, names)


def _not_printed(printed: str, text: Text, cited: int) -> str:
    what = f"'{printed}' is not in paragraph {cited}, letter for letter"
    if _simple(printed) in _simple(text.paragraphs[cited - 1].text):
        return f"{what}: spaces, dashes or quotation marks differ"
    others = [str(each.number) for each in text.paragraphs if printed in each.text]
    return f"{what}; it is in {', '.join(others)}" if others else what


def _simple(text: str) -> str:
    """The text with plain spaces, dashes and quotation marks."""
    plain = re.sub("[«»“”„‘’']", '"', re.sub(r"\s+", " ", text))
    return re.sub("[\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}]", "-", plain)


def _judged(found: Sequence[Finding], facts: Iterable[Fact]) -> tuple[list[Finding], list[Excuse]]:
    """The findings that no fact excuses, with one for each idle excuse, and the excuses."""
    reasons = {(fact.id, kind): why for fact in facts for kind, why in fact.at.excused.items()}
    kept, excuses = [], []
    for each in found:
        reason = reasons.get((each.fact, each.miss.kind))
        if reason:
            excuses.append(Excuse(each, reason))
        else:
            kept.append(each)
    return [*kept, *_idle(found, facts)], excuses


def _idle(found: Iterable[Finding], facts: Iterable[Fact]) -> Iterator[Finding]:
    """A finding for each excuse that excuses nothing."""
    met = {(each.fact, each.miss.kind) for each in found}
    for fact in facts:
        for kind in fact.at.excused:
            if (fact.id, kind) not in met and (fact.id, "paragraph") not in met:
                what = f"its {kind} is excused, and nothing is wrong with it"
                miss = Miss("excuse", what, f"delete '{kind}' under 'excused'")
                yield Finding(fact.declared, fact.id, fact.source, 0, miss)
