"""Sources as items of CSL-JSON, the format of Zotero, and back.

What CSL has no field for is written in lines of its `note`, which reference managers keep:
`nature(en): a survey`.  What can't be kept of an item is said, and nothing in it is guessed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from reports.facts.ask.records import edtf
from reports.facts.csl import ACCESSED, FIELDS, TYPES
from reports.facts.draft.entry import Tree
from reports.facts.exchange.sheet import one_line
from reports.facts.exchange.texts import as_id
from reports.facts.model import Author, Source
from reports.facts.quantities import When
from reports.facts.values import parse_when

Item: TypeAlias = Mapping[str, object]

ID_LENGTH = 48
JUDGED = ("nature", "interest")  # what no reference manager knows of a source
_KEPT = ("publisher", "container-title", "URL")
_NOTE = re.compile(r"(nature|interest)\(([a-z]{2,3})\): *(\S.*)|(text|voice|inferred): *(\S.*)")
_SEASONS = {"1": 21, "2": 22, "3": 23, "4": 24, "spring": 21, "summer": 22, "autumn": 23}
_SEASONS |= {"fall": 23, "winter": 24}
_READ = ("id", "citation-key", "type", "title", "author", "issued", "language", "note")


class ItemError(ValueError):
    """An item that is no source; the text says why."""


@dataclass(frozen=True)
class SourceEntry:
    """An item as the entry of a source.

    `left_out` says what of the item is not in the entry, `blanks` which keys somebody has to
    write.
    """

    key: str
    id: str
    entry: dict[str, Tree]
    left_out: tuple[str, ...]
    blanks: tuple[str, ...]


# ---------------------------------------------------------------- items to entries


def source_entry(item: Item) -> SourceEntry:
    """The entry that an item makes; raises ItemError for one that makes none."""
    reading = _Reading(item)
    entry = reading.entry()
    key = _text(item.get("citation-key")) or _text(item.get("id"))
    blanks = tuple(word for word in JUDGED if word not in entry)
    entry |= dict.fromkeys(blanks, "")
    return SourceEntry(key, _id(key, entry), entry, tuple(reading.left_out), blanks)


@dataclass
class _Reading:
    """One item, and what is left out of it."""

    item: Item
    left_out: list[str] = field(default_factory=list)

    def entry(self) -> dict[str, Tree]:
        type_, title = _text(self.item.get("type")), _text(self.item.get("title"))
        if not title:
            raise ItemError("it has no title")
        if type_ not in TYPES:
            raise ItemError(f"its type '{type_}' is none of CSL's" if type_ else "it has no type")
        entry: dict[str, Tree] = {"type": type_, "title": title}
        if authors := self._authors():
            entry["author"] = authors
        noted = dict(self._noted())
        entry |= self._texts(_KEPT)
        if issued := self._date("issued"):
            inferred = noted.pop("inferred", "")
            entry["issued"] = {"date": issued, "inferred": inferred} if inferred else issued
        entry |= self._language()
        entry |= noted
        entry |= self._texts(FIELDS)
        if accessed := self._date(ACCESSED):
            entry[ACCESSED] = accessed
        known = {*_READ, *_KEPT, *FIELDS, ACCESSED}
        self.left_out += sorted(key for key in self.item if key not in known)
        return entry

    def _texts(self, keys: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        for key in keys:
            if text := _text(self.item.get(key)):
                yield key, text
            elif self.item.get(key) not in (None, ""):
                self.left_out.append(f"{key} (it is no text)")

    def _authors(self) -> list[Tree]:
        given = self.item.get("author")
        names = given if isinstance(given, list) else []
        authors = [_author(name) for name in names if isinstance(name, dict)]
        found = [author for author in authors if author]
        if len(found) < len(names) or (given and not names):
            self.left_out.append("author (not all of it are names)")
        return list(found)

    def _noted(self) -> Iterator[tuple[str, Tree]]:
        """What the lines of the note say that is ours."""
        judged: dict[str, dict[str, str]] = {}
        rest = []
        for line in str(self.item.get("note") or "").splitlines():
            found = _NOTE.fullmatch(line.strip())
            if found and found[1]:
                judged.setdefault(found[1], {})[found[2]] = one_line(found[3])
            elif found:
                yield found[4], one_line(found[5])
            elif line.strip():
                rest.append(line)
        yield from judged.items()
        if rest:
            self.left_out.append("note")

    def _language(self) -> Iterator[tuple[str, str]]:
        text = _text(self.item.get("language"))
        code = re.split("[-_]", text.lower(), maxsplit=1)[0]
        if re.fullmatch("[a-z]{2}", code):
            yield "language", code
        elif text:
            self.left_out.append(f"language ('{text}' is no code such as nb or en)")

    def _date(self, key: str) -> str:
        """The date of a key as EDTF; "" without one, or if it isn't a plain date."""
        given = self.item.get(key)
        if not given:
            return ""
        try:
            return edtf(_when(given))
        except (ValueError, TypeError):
            self.left_out.append(f"{key} (it is no plain date: {_short(given)})")
            return ""


def _author(name: Mapping[str, object]) -> dict[str, Tree]:
    """A name as family and given name; that of a body is a family name alone."""
    part = {key: _text(value) for key, value in name.items()}
    family = [part.get("non-dropping-particle"), part.get("family") or part.get("literal")]
    given = [part.get("given"), part.get("dropping-particle")]
    parts = {"family": " ".join(filter(None, family)), "given": " ".join(filter(None, given))}
    if not parts["family"]:
        return {}
    if part.get("suffix"):
        parts["family"] += f", {part['suffix']}"
    return {key: text for key, text in parts.items() if text}


def _when(given: object) -> When:
    """A date of CSL; raises ValueError for a range, one that is about right, or free text."""
    if isinstance(given, str):
        return parse_when(given)
    if not isinstance(given, dict) or given.get("circa"):
        raise ValueError(given)
    plain = given.get("raw") or given.get("literal") or given.get("edtf")
    parts = given.get("date-parts")
    if not parts:
        return parse_when(str(plain))
    ((*numbers,),) = parts
    year, *rest = [int(number) for number in numbers]
    season = given.get("season")
    if season:
        rest = (
            [_SEASONS[str(season).lower()]] if str(season).lower() in _SEASONS and not rest else [0]
        )
    return parse_when("-".join([f"{year:04d}", *(f"{number:02d}" for number in rest)]))


def _id(key: str, entry: Mapping[str, Tree]) -> str:
    """The key as an id; where it is an address or a number, the author's name and the year."""
    if "/" not in key and re.search("[a-zA-Z]", key):
        return as_id(key, ID_LENGTH, "source")
    names = entry.get("author")
    first = names[0] if isinstance(names, list) and names else None
    word = str(first["family"]) if isinstance(first, dict) else str(entry["title"])
    year = re.search("[0-9]{4}", str(entry.get("issued", "")))
    return as_id(f"{' '.join(word.split()[:4])} {year[0] if year else ''}", ID_LENGTH, "source")


def _text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return one_line(str(value))


def _short(value: object) -> str:
    text = one_line(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    return f"{text[:60]}…" if len(text) > 60 else text


# ---------------------------------------------------------------- sources to items


def csl_item(source: Source) -> dict[str, object]:
    """The item of a source; from it, `source_entry` makes the same source again."""
    item: dict[str, object] = {
        "id": source.id,
        "type": source.type,
        "title": source.title,
        "author": [_csl_name(author) for author in source.author],
        "issued": _csl_date(source.issued.when) if source.issued.when else None,
        "publisher": source.publisher,
        "container-title": source.container_title,
        "URL": source.url,
        "language": source.language,
        **source.other,
        "note": "\n".join(_note(source)),
    }
    if accessed := source.other.get(ACCESSED):
        item[ACCESSED] = _csl_date(parse_when(accessed))
    return {key: value for key, value in item.items() if value}


def _csl_name(author: Author) -> dict[str, str]:
    if not author.given:
        return {"literal": author.family}
    return {"family": author.family, "given": author.given}


def _csl_date(when: When) -> dict[str, object]:
    if when.year is None:
        return {"raw": edtf(when)}
    if when.season:
        return {"date-parts": [[when.year]], "season": when.season - 20}
    return {"date-parts": [[part for part in (when.year, when.month, when.day) if part]]}


def _note(source: Source) -> Iterator[str]:
    for key, texts in (("nature", source.nature), ("interest", source.interest)):
        for code, text in texts.items():
            yield f"{key}({code}): {one_line(text)}"
    for key, text in (
        ("inferred", source.issued.inferred),
        ("text", source.text),
        ("voice", source.voice),
    ):
        if text:
            yield f"{key}: {text}"
