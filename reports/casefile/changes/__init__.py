"""An issued version and today's edition to what changed between them, as a reader sees it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from reports.build.outputs import Resolved
from reports.casefile.changes.causes import with_causes
from reports.casefile.changes.model import (
    Aspect,
    ChangeKind,
    Changes,
    FactChange,
    Retold,
    Sentence,
    SourceChange,
)
from reports.casefile.changes.one_fact import retold
from reports.casefile.register.entry import Issued, IssuedFact, IssuedSentence, IssuedSource
from reports.casefile.register.told import Telling, telling
from reports.facts.model import Access, Facts
from reports.facts.versions import earlier_versions

__all__ = [
    "Aspect",
    "ChangeKind",
    "Changes",
    "FactChange",
    "Retold",
    "Sentence",
    "SourceChange",
    "changed_since",
    "retold",
]


def changed_since(earlier: Issued, items: Sequence[Resolved], store: Facts) -> Changes:
    """What changed since that version in an edition: its document, or its documents, one a format.

    A fact under another id is the same one if it supersedes the earlier, or says the very same.
    What didn't change isn't there, and nothing is told again that these readers may not be told
    any more.
    """
    now = telling(items, store)
    hidden = _hidden(earlier, items[0].edition.audience.access, store)
    before = {fact.id: fact for fact in earlier.facts if fact.id not in hidden}
    pairs = _pairs(before, now.facts, store)
    told = tuple(_told_otherwise(now, pairs, hidden))
    removed = before.keys() - {was.id for was in pairs.values()}
    facts = (*with_causes(told, now.facts), *_gone(earlier, removed, hidden))
    sources = tuple(_sources(earlier.sources, now.sources))
    is_explained = bool(facts or sources)
    other = now.words != earlier.words or (now.text != earlier.text and not is_explained)
    return Changes(earlier, facts, sources, other, withdrawn=len(hidden))


def _hidden(earlier: Issued, access: Access, store: Facts) -> set[str]:
    """The facts that were told and may not be now.

    What has left the store may have been anything that its readers of then could see.
    """
    above = store.visible_to(access).hidden
    was_more = earlier.access > access
    return {
        fact.id
        for fact in earlier.facts
        if fact.id in above or (was_more and fact.id not in store.facts)
    }


def _pairs(
    before: Mapping[str, IssuedFact], now: Sequence[IssuedFact], store: Facts
) -> dict[str, IssuedFact]:
    """What the earlier version told of each fact, without those that it didn't tell."""
    found = {fact.id: before[fact.id] for fact in now if fact.id in before}
    left = {id_: fact for id_, fact in before.items() if id_ not in found}
    for fact in now:
        versions = [each.id for each in earlier_versions(store.facts[fact.id], store.facts)]
        older = next((id_ for id_ in versions if id_ in left), "")
        if fact.id not in found and older:
            found[fact.id] = left.pop(older)
    for fact in now:
        same = next((id_ for id_, was in left.items() if not retold(was, fact)), "")
        if fact.id not in found and same:
            found[fact.id] = left.pop(same)
    return found


def _told_otherwise(
    now: Telling, pairs: Mapping[str, IssuedFact], hidden: Collection[str]
) -> Iterator[FactChange]:
    for fact in now.facts:
        was = pairs.get(fact.id)
        if was is None:
            yield replace(_change(ChangeKind.ADDED, fact, now.sentences), earlier_id="")
        elif told := tuple(_open(retold(was, fact), was, hidden)):
            change = _change(ChangeKind.CHANGED, fact, now.sentences)
            yield replace(change, earlier_id=was.id, retold=told)


def _open(told: Iterable[Retold], was: IssuedFact, hidden: Collection[str]) -> Iterator[Retold]:
    """Without the speakers of a computed fact, if one of its figures is hidden from now on."""
    is_open = not any(id_ in hidden for id_ in was.inputs)
    return (each for each in told if is_open or each.aspect is not Aspect.SPEAKER)


def _gone(
    earlier: Issued, removed: Collection[str], hidden: Collection[str]
) -> Iterator[FactChange]:
    """What is told no more, without the sentences that told something hidden beside it."""
    kept_back = {(each.section, each.text) for each in earlier.sentences if each.fact in hidden}
    sentences = [s for s in earlier.sentences if (s.section, s.text) not in kept_back]
    for fact in earlier.facts:
        if fact.id in removed:
            yield _change(ChangeKind.REMOVED, fact, sentences)


def _change(kind: ChangeKind, fact: IssuedFact, sentences: Iterable[IssuedSentence]) -> FactChange:
    words = fact.words
    about = "; ".join(dict.fromkeys(filter(None, (words.measure, words.among))))
    held = (Sentence(each.section, each.text) for each in sentences if each.fact == fact.id)
    return FactChange(
        kind=kind,
        fact=fact.id,
        earlier_id=fact.id,
        what=about or words.statement,
        figure=words.figure,
        retold=(),
        because=(),
        sentences=tuple(held),
    )


def _sources(was: Iterable[IssuedSource], now: Iterable[IssuedSource]) -> Iterator[SourceChange]:
    before = {source.id: source.text for source in was}
    for source in now:
        if source.id in before and before[source.id] != source.text:
            yield SourceChange(source.id, before[source.id], source.text)
