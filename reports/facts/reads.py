"""What was read of a store: each look-up, miss and query, so that only these need to be compared.

An edition reads some dozens of entries of a store that may hold thousands.  If all that it read
is as it was, it says what it said.  Where an entry stands in its file is no part of it: a comment
moves the lines of all that follow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from functools import cache
from hashlib import sha256
from typing import Any, TypeAlias, TypeVar

from reports.cache import sorted_json
from reports.facts.model import Fact, Facts
from reports.facts.quantities import Number, Part, Range, When
from reports.typed import Converter, placeless_converter

Digest: TypeAlias = str  # "" for what isn't there

_Value = TypeVar("_Value")
_LISTED = "*"  # stands for the ids of a section, where all of them were asked for
_SECTIONS = {
    "facts": "fact",
    "sources": "source",
    "people": "person",
    "measures": "measure",
    "populations": "population",
    "themes": "theme",
    "places": "place",
    "inferences": "inference",
    "hidden": "access of",
    "unrecorded": "day of",
    "superseded": "newer version of",
    "columns": "column",
    "rows": "row",
}


@dataclass
class Reads:
    """The digests of what was looked up, by section and id, and what queries gave.

    A query is known by its theme, place, speaker and standing, with a tab between two.
    """

    entries: dict[str, dict[str, Digest]] = field(default_factory=dict)
    queries: dict[str, tuple[str, ...]] = field(default_factory=dict)


def watched(store: Facts) -> tuple[Facts, Reads]:
    """The same store, and what is read of it from now on."""
    reads = Reads()
    sections = {name: _Watched(getattr(store, name), name, reads) for name in _SECTIONS}
    plain = {each.name: getattr(store, each.name) for each in fields(store)}
    return _WatchedFacts(**{**plain, **sections}, _plain=store, _reads=reads), reads


def changes(reads: Reads, store: Facts) -> Iterator[str]:
    """What would be read otherwise in that store, in words: none if nothing would."""
    for section, entries in reads.entries.items():
        known = getattr(store, section)
        for id_, before in entries.items():
            now = _listed(known) if id_ == _LISTED else digest(known.get(id_))
            if now != before:
                yield _told(section, id_, before, now)
    for query, before_ids in reads.queries.items():
        ids = _found(query, store)
        if ids != before_ids:
            yield _query_told(query, before_ids, ids)


def digest(value: object) -> Digest:
    """The hash of an entry but for its place; "" for None."""
    if value is None:
        return ""
    data = sorted_json(_converter().unstructure(value))
    return sha256(data).hexdigest()[:32]


class _Watched(dict[str, _Value]):
    """A section of a store that notes who asks for what."""

    def __init__(self, entries: dict[str, _Value], section: str, reads: Reads) -> None:
        super().__init__(entries)
        self._noted = reads.entries.setdefault(section, {})

    def _note(self, id_: object) -> None:
        if isinstance(id_, str) and id_ not in self._noted:
            self._noted[id_] = digest(super().get(id_))

    def __getitem__(self, id_: str) -> _Value:
        self._note(id_)
        return super().__getitem__(id_)

    def get(self, id_: str, default: Any = None) -> Any:
        self._note(id_)
        return super().get(id_, default)

    def __contains__(self, id_: object) -> bool:
        self._note(id_)
        return super().__contains__(id_)

    def _note_all(self) -> None:
        if _LISTED not in self._noted:
            self._noted[_LISTED] = _listed(dict.keys(self))

    def __iter__(self) -> Iterator[str]:
        self._note_all()
        return super().__iter__()

    def __len__(self) -> int:
        self._note_all()
        return super().__len__()

    def keys(self) -> Any:
        self._note_all()
        return super().keys()

    def values(self) -> Any:
        self._note_each()
        return super().values()

    def items(self) -> Any:
        self._note_each()
        return super().items()

    def _note_each(self) -> None:
        self._note_all()
        for id_ in dict.keys(self):
            self._note(id_)


@dataclass(frozen=True)
class _WatchedFacts(Facts):
    """A store whose queries are noted by what they give, not by all that they look at."""

    _plain: Facts
    _reads: Reads

    def where(
        self, theme: str = "", place: str = "", speaker: str = "", standing: str = ""
    ) -> tuple[Fact, ...]:
        query = (theme, place, speaker, standing)
        found = self._plain.where(*query)
        self._reads.queries["\t".join(query)] = tuple(fact.id for fact in found)
        return tuple(self.facts[fact.id] for fact in found)


def _found(query: str, store: Facts) -> tuple[str, ...]:
    return tuple(fact.id for fact in store.where(*query.split("\t")))


def _listed(ids: Any) -> Digest:
    return sha256("\n".join(ids).encode()).hexdigest()[:32]


def _told(section: str, id_: str, before: Digest, now: Digest) -> str:
    if id_ == _LISTED:
        return f"the list of {section} changed"
    what = f"{_SECTIONS[section]} {id_}"
    if not before:
        return f"{what} is new"
    return f"{what} changed" if now else f"{what} is gone"


def _query_told(query: str, before: tuple[str, ...], now: tuple[str, ...]) -> str:
    names = ("theme", "place", "speaker", "standing")
    pairs = zip(names, query.split("\t"), strict=True)
    asked = ", ".join(f"{name}={word}" for name, word in pairs if word)
    more = [f"{id_} too" for id_ in now if id_ not in before]
    less = [f"{id_} no more" for id_ in before if id_ not in now]
    return f"query({asked}) gives {', '.join((*more, *less)) or 'the same in another order'}"


@cache
def _converter() -> Converter:
    return placeless_converter(Number | Range | Part | When)
