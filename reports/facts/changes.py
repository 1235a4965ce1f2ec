"""What changed between two states of a store, entry by entry, and what follows from it.

Entries are compared as they are written; figures and dates of facts are then told in words.  What
was moved, set in another way or put in another order has not changed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import TypeAlias

from reports.facts.load import read_entries
from reports.facts.load.entries import SECTIONS
from reports.facts.model import Fact, Facts
from reports.facts.wording import as_of_text, figure_text, statement_text
from reports.facts.written import FieldChange, Written, differences, written
from reports.language import Language
from reports.problems import Place

_Key: TypeAlias = tuple[str, str]
_IN_WORDS = {  # keys of a fact file, and under what they are told in words
    "figure.value": "figure",
    "figure.qualifier": "figure",
    "as_of.date": "as_of",
    "as_of.inferred": "as_of",
}


class Kind(Enum):
    """How an entry changed; a computed fact FOLLOWS where only what it rests on changed."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    CHANGED = "changed"
    FOLLOWS = "follows"


@dataclass(frozen=True)
class Change:
    """What changed in one entry; `declared` is where it stands, or stood in the earlier state.

    `statement` is what a fact says, "" for other entries.  `facts` are those that lean on a
    source, person or word; of a fact that follows, those that it follows from.
    """

    section: str
    id: str
    kind: Kind
    declared: Place
    statement: str
    fields: tuple[FieldChange, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True)
class State:
    """A store with the folder of its files; `store` is None where it can't be loaded.

    `languages` are those that it is read in.
    """

    folder: Path
    languages: tuple[str, ...]
    store: Facts | None


def compare_states(old: State, new: State, language: Language) -> tuple[Change, ...]:
    """What changed, facts first, each section in the order of its files.

    Without both stores, figures are told as they are written, and what follows is not told.
    """
    changes = _renamed(list(_compared(*_written_entries(old, new))))
    if old.store and new.store:
        changes = [_in_words(each, old.store, new.store, language) for each in changes]
        changed = {each.id for each in changes if each.section == "facts"}
        changes += _following(changed, old.store, new.store, language)
    changes.sort(key=lambda each: SECTIONS[::-1].index(each.section))
    stores = [store for store in (new.store, old.store) if store]
    return tuple(
        replace(each, facts=_leaning(each, stores)) if each.section != "facts" else each
        for each in changes
    )


def touched(changes: Iterable[Change]) -> frozenset[str]:
    """The facts that changed, and those that follow from them or lean on what changed."""
    found: set[str] = set()
    for each in changes:
        found |= set(each.facts)
        if each.section == "facts":
            found |= {each.id, *(field.old for field in each.fields if field.key == "id")}
    return frozenset(found)


# ---------------------------------------------------------------- entries


@dataclass(frozen=True)
class _Entry:
    """What an entry says and where; `file` is as seen from the folder of the state."""

    texts: Written
    declared: Place
    file: Path


def _written_entries(old: State, new: State) -> tuple[dict[_Key, _Entry], dict[_Key, _Entry]]:
    """The entries of both states.

    What stands in a file of which nothing could be read in the earlier state is left out: it
    would only seem to be new.
    """
    before, after = _entries(old), _entries(new)
    if old.store is None:
        read = {entry.file for entry in before.values()}
        unread = {file.relative_to(old.folder) for file in old.folder.rglob("*.*")} - read
        after = {
            key: entry for key, entry in after.items() if key in before or entry.file not in unread
        }
    return before, after


def _entries(state: State) -> dict[_Key, _Entry]:
    entries, _ = read_entries(state.folder, state.languages)
    return {
        (section, id_): _Entry(written(node), node.place, node.place.file.relative_to(state.folder))
        for section, nodes in entries.sections.items()
        for id_, node in nodes.items()
    }


def _compared(
    before: Mapping[_Key, _Entry], after: Mapping[_Key, _Entry]
) -> Iterator[tuple[Change, Written]]:
    """The changes with what each entry says, or said last."""
    for key in dict.fromkeys((*after, *before)):
        old, new = before.get(key), after.get(key)
        entry = new or old
        if entry is None or (old and new and old.texts == new.texts):
            continue
        kind = Kind.CHANGED if old and new else (Kind.ADDED if new else Kind.REMOVED)
        fields = differences(old.texts, new.texts) if old and new else ()
        yield Change(*key, kind, entry.declared, "", fields, ()), entry.texts


def _renamed(found: Sequence[tuple[Change, Written]]) -> list[Change]:
    """The changes, with one for each pair of a removed and an added entry that say the same."""
    gone = {
        (each.section, tuple(sorted(texts.items()))): each.id
        for each, texts in found
        if each.kind is Kind.REMOVED
    }
    changes: dict[_Key, Change] = {}
    for each, texts in found:
        key = (each.section, tuple(sorted(texts.items())))
        if each.kind is Kind.ADDED and key in gone:
            fields = (FieldChange("id", gone[key], each.id),)
            changes[each.section, each.id] = replace(each, kind=Kind.RENAMED, fields=fields)
        else:
            changes[each.section, each.id] = each
    former = {
        (each.section, field.old)
        for each in changes.values()
        if each.kind is Kind.RENAMED
        for field in each.fields
    }
    return [each for key, each in changes.items() if key not in former]


# ---------------------------------------------------------------- words


def _in_words(change: Change, old: Facts, new: Facts, language: Language) -> Change:
    """The change of a fact with its sentence, and its figure and date as a reader sees them."""
    if change.section != "facts":
        return change
    store = old if change.kind is Kind.REMOVED else new
    fact = store.facts[change.id]
    statement = statement_text(fact, store, language)
    fields = change.fields
    if change.kind is Kind.CHANGED:
        told = _told_differences(change.id, old, new, language)
        written_ = [each for each in fields if _IN_WORDS.get(each.key) not in told]
        fields = (*told.values(), *written_)
    return replace(change, statement=statement, fields=fields)


def _following(
    changed: Collection[str], old: Facts, new: Facts, language: Language
) -> Iterator[Change]:
    """The facts that came out otherwise without a change of their own entries."""
    for id_, fact in new.facts.items():
        if id_ in changed or id_ not in old.facts:
            continue
        fields = tuple(_told_differences(id_, old, new, language).values())
        if fields:
            statement = statement_text(fact, new, language)
            causes = tuple(each.id for each in new.basis(fact) if each.id in changed)
            yield Change("facts", id_, Kind.FOLLOWS, fact.declared, statement, fields, causes)


def _told_differences(
    id_: str, old: Facts, new: Facts, language: Language
) -> dict[str, FieldChange]:
    then = _told(old.facts[id_], old, language)
    now = _told(new.facts[id_], new, language)
    return {each.key: each for each in differences(then, now)}


def _told(fact: Fact, store: Facts, language: Language) -> Written:
    figure = figure_text(fact.figure, store, language) if fact.figure else ""
    told = {"figure": figure, "as_of": as_of_text(fact.as_of, language)}
    follow = {"standing": fact.standing.value, "access": fact.access.value}
    return {**told, **follow} if fact.derivation else told


# ---------------------------------------------------------------- what leans on it


def _leaning(change: Change, stores: Iterable[Facts]) -> tuple[str, ...]:
    """The facts that lean on a word, source or person, today's before those of the past."""
    leans = _LEANS[change.section]
    found = (
        fact.id
        for store in stores
        for fact in store.facts.values()
        if leans(fact, store, change.id)
    )
    return tuple(dict.fromkeys(found))


def _uses_inference(fact: Fact, store: Facts, id_: str) -> bool:
    return id_ in (fact.as_of.inferred, store.sources[fact.source].issued.inferred)


_LEANS: Mapping[str, Callable[[Fact, Facts, str], bool]] = {
    "themes": lambda fact, _, id_: fact.theme == id_,
    "places": lambda fact, store, id_: id_ in store.around(fact.place),
    "inferences": _uses_inference,
    "measures": lambda fact, _, id_: bool(fact.figure and fact.figure.measure == id_),
    "populations": lambda fact, _, id_: bool(fact.figure and fact.figure.among == id_),
    "sources": lambda fact, _, id_: not fact.derivation and fact.source == id_,
    "people": lambda fact, _, id_: not fact.derivation and fact.said_by == id_,
}
