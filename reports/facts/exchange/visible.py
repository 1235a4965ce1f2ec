"""The store as an access level may see it, with nothing in it that only hidden facts rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from reports.facts.model import Access, Fact, Facts

T = TypeVar("T")


def visible_part(store: Facts, access: Access) -> Facts:
    """The store at that level; of sources, people and words only those that its facts name.

    At the highest level that is the whole store, facts or none.  Names can tell as much as facts:
    a source that only an internal fact cites stays inside with it.
    """
    if access is max(Access):
        return store
    seen = store.visible_to(access)
    facts = list(seen.facts.values())
    own = [fact for fact in facts if not fact.derivation]  # others' speakers are their inputs'
    figures = [fact.figure for fact in facts if fact.figure]
    sources = _only(store.sources, (fact.source for fact in facts))
    dates = [fact.as_of for fact in facts] + [fact.since for fact in facts if fact.since]
    dates += [source.issued for source in sources.values()]
    people = _only(store.people, (fact.said_by for fact in own))
    return replace(
        seen,
        sources={
            id_: replace(source, voice=source.voice if source.voice in people else "")
            for id_, source in sources.items()
        },
        people=people,
        measures=_only(store.measures, (figure.measure for figure in figures)),
        populations=_only(store.populations, (figure.among for figure in figures)),
        themes=_only(store.themes, (fact.theme for fact in facts)),
        places=_only(store.places, (place for fact in facts for place in store.around(fact.place))),
        inferences=_only(store.inferences, (date.inferred for date in dates)),
    )


def facts_once(store: Facts) -> list[Fact]:
    """The facts, each under its own id only, in the order of the files."""
    return [fact for id_, fact in store.facts.items() if id_ == fact.id]


def _only(mapping: Mapping[str, T], wanted: Iterable[str]) -> dict[str, T]:
    ids = set(wanted)
    return {id_: value for id_, value in mapping.items() if id_ in ids}
