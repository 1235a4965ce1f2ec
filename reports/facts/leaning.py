"""Which entries of a store a fact leans on: its source, its speaker, and the words that it uses."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reports.facts.model import Fact, Facts


def leans_on(fact: Fact, store: Facts, section: str, id_: str) -> bool:
    """Whether a fact leans on the entry of that id in a section of the fact files.

    A derived fact has neither source nor speaker of its own.
    """
    return _LEANS[section](fact, store, id_)


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
    "facts": lambda fact, _, id_: fact.id == id_,
}
