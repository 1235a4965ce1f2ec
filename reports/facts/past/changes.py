"""What changed between two states of a store, entry by entry, and what follows from it.

Entries are compared as they are written; figures and dates of facts are then told in words.  What
was moved, set in another way or put in another order has not changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import TypeAlias

from reports.facts.leaning import leans_on
from reports.facts.load.entries import SECTIONS
from reports.facts.load.table import sidecars
from reports.facts.model import Fact, Facts
from reports.facts.past.written import FieldChange, Written, differences, written
from reports.facts.wording import as_of_text, figure_text, statement_text
from reports.language import Language
from reports.problems import Place, ReportError
from reports.yaml import Mapping as Entries
from reports.yaml import read_yaml

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
    """A store with the folder of its files; `store` is None where it can't be loaded."""

    folder: Path
    store: Facts | None


def compare_states(old: State, new: State, language: Language) -> tuple[Change, ...]:
    """What changed, facts first, each section in the order of its files.

    Without both stores, figures are told as they are written, and what follows is not told.
    """
    changes = _renamed(list(_compared(*_changed_files(old.folder, new.folder))))
    if old.store and new.store:
        changes = [_in_words(each, old.store, new.store, language) for each in changes]
        changes += _in_tables(old.store, new.store, language)
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
    texts: Written
    declared: Place


def _changed_files(old: Path, new: Path) -> tuple[dict[_Key, _Entry], dict[_Key, _Entry]]:
    """The entries of the files that differ, without those of files that can't be read."""
    before, after = _contents(old), _contents(new)
    entries: tuple[dict[_Key, _Entry], dict[_Key, _Entry]] = ({}, {})
    for path in dict.fromkeys((*after, *before)):
        if before.get(path) == after.get(path):
            continue
        try:
            then, now = (
                dict(_entries(folder / path)) if path in files else {}
                for folder, files in ((old, before), (new, after))
            )
        except ReportError:
            continue
        entries[0].update(then)
        entries[1].update(now)
    return entries


def _contents(folder: Path) -> dict[Path, bytes]:
    files = sorted({*folder.rglob("*.yaml")} - {*sidecars(folder)})
    return {file.relative_to(folder): file.read_bytes() for file in files}


def _entries(file: Path) -> Iterator[tuple[_Key, _Entry]]:
    for section, node in read_yaml(file).entries.items():
        if section in SECTIONS and isinstance(node, Entries):
            for id_, entry in node.entries.items():
                yield (section, id_), _Entry(written(entry), entry.place)


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
            causes = tuple(each.id for each in new.basis(fact) if each.id in changed)
            yield replace(
                _change_of(fact, Kind.FOLLOWS, new, language), fields=fields, facts=causes
            )


def _in_tables(old: Facts, new: Facts, language: Language) -> Iterator[Change]:
    """The facts of tables that changed: their entries are made of cells."""
    for id_, fact in new.facts.items():
        if not _is_cell(fact):
            continue
        if id_ not in old.facts:
            yield _change_of(fact, Kind.ADDED, new, language)
        elif fields := tuple(_told_differences(id_, old, new, language).values()):
            yield replace(_change_of(fact, Kind.CHANGED, new, language), fields=fields)
    for id_, fact in old.facts.items():
        if _is_cell(fact) and id_ not in new.facts:
            yield _change_of(fact, Kind.REMOVED, old, language)


def _is_cell(fact: Fact) -> bool:
    return fact.declared.file.suffix == ".csv"


def _change_of(fact: Fact, kind: Kind, store: Facts, language: Language) -> Change:
    statement = statement_text(fact, store, language)
    return Change("facts", fact.id, kind, fact.declared, statement, (), ())


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
    found = (
        fact.id
        for store in stores
        for fact in store.facts.values()
        if leans_on(fact, store, change.section, change.id)
    )
    return tuple(dict.fromkeys(found))
