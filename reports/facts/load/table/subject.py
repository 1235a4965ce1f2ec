"""What the row of a table is about: a declared place, or whatever else its first word names."""

from __future__ import annotations

from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass

from reports.facts.load.entries import Entries
from reports.facts.load.table.cells import Cells, meant
from reports.facts.load.table.columns import PART
from reports.facts.load.table.sidecar import Subject
from reports.problems import Place, Problem, suggest
from reports.yaml import Mapping, Node, Scalar


@dataclass(frozen=True)
class RowSubject:
    """`id` is what comes after the @ in the row's facts, and `about` that id without `per`.

    `names` are by language, empty where nothing tells them.  `place` is the cell that tells it.
    """

    id: str
    about: str
    names: dict[str, str]
    place: Place


def read_subject(
    subject: Subject, cells: Cells, places: AbstractMapping[str, list[str]], entries: Entries
) -> RowSubject | Problem | None:
    """What a row is about, or why that can't be told; None for a row that is to be skipped.

    `places` maps a name to the ids of the places of that name.
    """
    heading = _text(subject.cell.entries.get("column"))
    word, place = cells.text(heading), cells.place(heading)
    if word in subject.skip:
        return None
    known = places.get(word, [])
    about = meant(subject.cell, word) or (known[0] if len(known) == 1 else word)
    if about == word and len(known) > 1:
        what = f"'{word}' is the name of several places: {', '.join(known)}"
        hint = f"say which: 'subject: {{…, values: {{{word}: {known[0]}}}}}'"
        return Problem(place, what, hint)
    per = cells.text(subject.per).lower() if subject.per else ""
    id_ = f"{about}-{per}" if subject.per else about
    if not PART.fullmatch(about):
        return Problem(place, f"unknown subject '{word}'", _hint(word, places))
    if subject.per and not PART.fullmatch(per):
        where = cells.place(subject.per)
        return Problem(where, f"'{per}' can't be part of an id", "small letters, digits, hyphens")
    return RowSubject(id_, about, _names(about, subject, cells, entries), place)


def named_places(entries: Entries) -> dict[str, list[str]]:
    """The ids of the declared places by each of their names, in any language."""
    found: dict[str, list[str]] = {}
    for id_ in entries.sections["places"]:
        for name in dict.fromkeys(_place_names(id_, entries).values()):
            found.setdefault(name, []).append(id_)
    return found


def _hint(word: str, places: AbstractMapping[str, list[str]]) -> str:
    near = suggest(word, places)
    if near.startswith("did you mean"):
        return near
    return f"declare a place of that name, say 'values: {{{word}: ID}}', or 'skip: [{word}]'"


def _names(about: str, subject: Subject, cells: Cells, entries: Entries) -> dict[str, str]:
    if subject.name:
        return {code: cells.text(heading) for code, heading in subject.name.items()}
    return _place_names(about, entries)


def _place_names(id_: str, entries: Entries) -> dict[str, str]:
    place = entries.sections["places"].get(id_)
    names = place.entries.get("name") if isinstance(place, Mapping) else None
    if not isinstance(names, Mapping):
        return {}
    return {code: _text(name) for code, name in names.entries.items()}


def _text(node: Node | None) -> str:
    return node.text.strip() if isinstance(node, Scalar) else ""
