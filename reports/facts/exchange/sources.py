"""Items of CSL-JSON into the store as sources: planned whole, tried on a copy, then written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from reports.facts.draft.entry import Entry, entry_lines, with_entry
from reports.facts.exchange.csl import JUDGED, Item, ItemError, SourceEntry, source_entry
from reports.facts.exchange.sheet import one_line
from reports.facts.exchange.trial import Store, faults_with
from reports.facts.load.table import sidecars
from reports.files import replace_file
from reports.problems import Place, Problem, ReportError
from reports.yaml import Mapping as Entries
from reports.yaml import Node, Scalar, parse_yaml, read_text, read_yaml

MAX_ITEMS = 5_000
MAX_BYTES = 20_000_000


@dataclass(frozen=True)
class ItemRefusal:
    """An item, from 1, and why it makes no source."""

    number: int
    key: str
    reason: str


@dataclass(frozen=True)
class SourcesPlan:
    """What an import would write, and why not.

    `known` are the ids of items that the store has already.  `faults` keep all of it outside;
    `blanks` are what the entries still lack, which doesn't.
    """

    file: Path
    taken: tuple[SourceEntry, ...]
    known: tuple[str, ...]
    refused: tuple[ItemRefusal, ...]
    faults: tuple[Problem, ...]
    blanks: tuple[Problem, ...]
    text: str


@dataclass(frozen=True)
class _Known:
    """What tells one source from another, and where it is; `is_new` for an item before this."""

    title: str
    issued: str
    where: str
    is_new: bool


def read_items(file: Path) -> list[Item]:
    """The items of a CSL-JSON file; raises ReportError for what is none."""
    text = read_text(file, MAX_BYTES)
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        place = Place(file, error.lineno, error.colno)
        raise ReportError(Problem(place, f"not valid JSON: {error.msg.lower()}")) from None
    except RecursionError:
        raise ReportError(Problem(Place(file), "nests too deep")) from None
    items = found.get("items") if isinstance(found, dict) else found
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        hint = "export it from the reference manager as CSL JSON"
        raise ReportError(Problem(Place(file), "is no list of sources", hint))
    if len(items) > MAX_ITEMS:
        raise ReportError(Problem(Place(file), f"has {len(items)} items; at most {MAX_ITEMS}"))
    return items


def plan_sources(items: list[Item], file: Path, store: Store) -> SourcesPlan:
    """What taking items into a fact file would do, each of them taken, known or refused.

    Raises ReportError if a fact file can't be read.
    """
    declared = dict(_declared(store.folder))
    taken: list[tuple[int, SourceEntry]] = []
    known: list[str] = []
    refused: list[ItemRefusal] = []
    for number, item in enumerate(items, start=1):
        try:
            entry = source_entry(item)
            if _is_known(entry, declared):
                known.append(entry.id)
                continue
        except ItemError as error:
            refused.append(ItemRefusal(number, str(item.get("id", "")), str(error)))
            continue
        taken.append((number, entry))
        declared[entry.id] = _Known(*_title_and_date(entry.entry), f"item {number}", is_new=True)
    return _tried(taken, known, refused, file, store)


def write_sources(plan: SourcesPlan) -> None:
    """Write what was planned."""
    replace_file(plan.file, plan.text.encode())


def _is_known(entry: SourceEntry, declared: Mapping[str, _Known]) -> bool:
    """Whether the store has that source; raises ItemError for one that is almost the same."""
    wanted = _title_and_date(entry.entry)
    same = declared.get(entry.id)
    if same and (same.title, same.issued) == wanted:
        if same.is_new:
            raise ItemError(f"it is {same.where} again")
        return True
    if same:
        raise ItemError(f"its id '{entry.id}' is that of another source, {same.where}")
    for id_, other in declared.items():
        if (other.title, other.issued) == wanted:
            raise ItemError(f"it has the title and date of '{id_}', {other.where}")
    return False


def _declared(folder: Path) -> Iterator[tuple[str, _Known]]:
    """The sources that the fact files declare."""
    for file in sorted({*folder.rglob("*.yaml")} - {*sidecars(folder)}):
        sources = read_yaml(file).entries.get("sources")
        if isinstance(sources, Entries):
            for id_, node in sources.entries.items():
                where = sources.key_places[id_].shown(folder.parent)
                yield id_, _Known(*_title_and_date(_tree(node)), where, is_new=False)


def _title_and_date(entry: Mapping[str, object]) -> tuple[str, str]:
    issued = entry.get("issued") or ""
    date = issued.get("date", "") if isinstance(issued, Mapping) else issued
    return one_line(str(entry.get("title", ""))).casefold(), "" if date == "not stated" else str(
        date
    )


def _tree(node: Node) -> dict[str, object]:
    """The texts of an entry, and of what lies directly in it."""
    if not isinstance(node, Entries):
        return {}
    return {
        key: value.text if isinstance(value, Scalar) else _tree(value)
        for key, value in node.entries.items()
    }


# ---------------------------------------------------------------- on trial


def _tried(
    taken: list[tuple[int, SourceEntry]],
    known: list[str],
    refused: list[ItemRefusal],
    file: Path,
    store: Store,
) -> SourcesPlan:
    """The plan, without the items that the loader refuses."""
    while True:
        text = _with_entries(file, [entry for _, entry in taken])
        faults = faults_with({file: text.encode()}, store) if taken else ()
        places = _Places(parse_yaml(text, file))
        reasons: dict[str, list[str]] = {}
        for fault in faults:
            id_ = places.entry_at(fault.place)
            if id_ in {entry.id for _, entry in taken} and not places.is_blank(fault.place):
                reasons.setdefault(id_, []).append(fault.what)
        if not reasons:
            break
        refused = refused + [
            ItemRefusal(number, entry.key, "; ".join(reasons[entry.id]))
            for number, entry in taken
            if entry.id in reasons
        ]
        taken = [(number, entry) for number, entry in taken if entry.id not in reasons]
    return SourcesPlan(
        file=file,
        taken=tuple(entry for _, entry in taken),
        known=tuple(known),
        refused=tuple(sorted(refused, key=lambda refusal: refusal.number)),
        faults=tuple(fault for fault in faults if not places.is_blank(fault.place)),
        blanks=tuple(fault for fault in faults if places.is_blank(fault.place)),
        text=text,
    )


def _with_entries(file: Path, entries: list[SourceEntry]) -> str:
    """The text of the file with these sources at the end of its section."""
    if not file.exists():
        lines = [line for entry in entries for line in entry_lines(entry.id, entry.entry)]
        return "".join(f"{line}\n" for line in ["sources:", *lines])
    text = read_text(file)
    for entry in entries:
        text = with_entry(text, Entry("sources", entry.id, entry.entry), file)
    return text


class _Places:
    """Which source stands where in a file, and which of its keys are still to be written."""

    def __init__(self, root: Entries) -> None:
        sources = root.entries.get("sources")
        found = sources if isinstance(sources, Entries) else Entries({}, {}, root.place)
        self._first = {found.key_places[id_]: id_ for id_ in found.entries}
        inner = [
            node.entries.get(key)
            for node in found.entries.values()
            for key in JUDGED
            if isinstance(node, Entries)
        ]
        self._blanks = {node.place for node in inner if isinstance(node, Scalar) and not node.text}

    def entry_at(self, place: Place) -> str:
        """The id of the source whose entry holds that place, "" for none."""
        before = [first for first in self._first if first.file == place.file and first <= place]
        return self._first[max(before)] if before else ""

    def is_blank(self, place: Place) -> bool:
        """Whether something is still to be written there."""
        return place in self._blanks
