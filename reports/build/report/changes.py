"""What readers are told anew: the manifest of the last build against that of this one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from reports.build.manifest import Manifest, ManifestEdition
from reports.build.state import PrintedFact

_Texts: TypeAlias = tuple[str, ...]
_Told: TypeAlias = Mapping[str, tuple[_Texts, _Texts]]  # texts and notes, by fact


@dataclass(frozen=True)
class FactChange:
    """A fact that says something else in these editions; no texts where it isn't told at all.

    The texts are those printed for it, or its note's words where only those have changed; they
    are in one language.
    """

    fact: str
    language: str
    before: tuple[str, ...]
    now: tuple[str, ...]
    editions: tuple[str, ...]


@dataclass(frozen=True)
class Changes:
    """What one build made otherwise than the one before it.

    `outputs_gone` and `outputs_new` are files of editions that both have.  `versions` are parts
    that have changed: name, version before, version now, "" for none.
    """

    editions_gone: tuple[str, ...]
    editions_new: tuple[str, ...]
    outputs_gone: tuple[str, ...]
    outputs_new: tuple[str, ...]
    facts: tuple[FactChange, ...]
    versions: tuple[tuple[str, str, str], ...]


def changes(before: Manifest, now: Manifest) -> Changes:
    """What has changed from one manifest to the other; facts by id, the rest by name."""
    old = {edition.name: edition for edition in before.editions}
    new = {edition.name: edition for edition in now.editions}
    both = [(old[name], edition) for name, edition in new.items() if name in old]
    files = [(_files(was), _files(edition)) for was, edition in both]
    return Changes(
        editions_gone=_only(old, new),
        editions_new=_only(new, old),
        outputs_gone=tuple(sorted(file for was, has in files for file in was - has)),
        outputs_new=tuple(sorted(file for was, has in files for file in has - was)),
        facts=_facts(both),
        versions=tuple(_versions(before.versions, now.versions)),
    )


def _only(these: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({*these} - {*others}))


def _files(edition: ManifestEdition) -> set[str]:
    return {output.file for document in edition.documents for output in document.outputs}


def _facts(both: Iterable[tuple[ManifestEdition, ManifestEdition]]) -> tuple[FactChange, ...]:
    """The facts that say something else, those that say the same thing in one."""
    found: dict[tuple[str, str, _Texts, _Texts], list[str]] = {}
    for was, edition in both:
        for fact, before, now in _of_edition(_told(was), _told(edition)):
            key = fact, edition.language, before, now
            found.setdefault(key, []).append(edition.name)
    return tuple(FactChange(*change, tuple(names)) for change, names in sorted(found.items()))


def _told(edition: ManifestEdition) -> _Told:
    """By fact, the texts and the notes of all documents of an edition, each once."""
    found: dict[str, list[PrintedFact]] = {}
    for document in edition.documents:
        for fact in document.facts:
            found.setdefault(fact.id, []).append(fact)
    return {
        id_: (
            tuple(dict.fromkeys(text for fact in facts for text in fact.texts)),
            tuple(dict.fromkeys(fact.note for fact in facts)),
        )
        for id_, facts in found.items()
    }


def _of_edition(was: _Told, now: _Told) -> Iterator[tuple[str, _Texts, _Texts]]:
    nothing: tuple[_Texts, _Texts] = ((), ())
    for fact in sorted(was.keys() | now.keys()):
        old, new = was.get(fact, nothing), now.get(fact, nothing)
        texts, notes = zip(old, new, strict=True)
        if texts[0] != texts[1]:
            yield fact, old[0] or old[1], new[0] or new[1]
        elif notes[0] != notes[1]:
            yield fact, *notes


def _versions(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for name in sorted(before.keys() | now.keys()):
        pair = before.get(name, ""), now.get(name, "")
        if pair[0] != pair[1]:
            yield name, *pair
