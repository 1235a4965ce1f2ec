"""Sources as what citeproc cites: items of CSL, with what is only inferred told as such."""

from __future__ import annotations

import re
import unicodedata

from citeproc.source import Date, Name, Reference

from reports.citations.marks import TITLE, bare, marked
from reports.facts.exchange.csl import csl_item
from reports.facts.model import Source
from reports.language import Quotes

_DATES = ("issued", "accessed")
_NO_VARIABLES = ("id", "type", "author", "note", *_DATES)
_QUOTED = re.compile(r'["“„«]([^"“”„«»]*)["“”»]')
_NORDIC = {"nb": "æøå", "nn": "æøå", "da": "æøå"}
_LIKE = str.maketrans({"æ": "ae", "ø": "o", "ß": "ss", "ð": "d", "þ": "th"})


def reference(source: Source, quotes: Quotes) -> Reference:
    """The item of a source, its title marked and its date uncertain where it is inferred.

    What a title quotes stands in the quotation marks of the document.
    """
    item = csl_item(source)
    found = Reference(source.id, source.type)
    for key, value in item.items():
        if key not in _NO_VARIABLES:
            _put(found, key, str(value))
    title = _QUOTED.sub(rf"{quotes.outer[0]}\1{quotes.outer[1]}", source.title)
    found["title"] = marked(title.replace("'", "’"), TITLE)
    if source.author:
        found["author"] = [_name(author.family, author.given) for author in source.author]
    for key in _DATES:
        date = _date(item.get(key), circa=key == "issued" and bool(source.issued.inferred))
        if date is not None:
            found[key] = date
    return found


def _put(found: Reference, key: str, value: str) -> None:
    """Set a variable under both spellings that citeproc asks for."""
    found[key] = found[key.replace("-", "_")] = value


def _name(family: str, given: str) -> Name:
    return Name(family=family, given=given) if given else Name(literal=family)


def _date(given: object, *, circa: bool) -> Date | None:
    """A date of CSL as citeproc's; None for one without a year, which no style can print."""
    parts = given.get("date-parts") if isinstance(given, dict) else None
    if not isinstance(given, dict) or not parts:
        return None
    known = dict(zip(("year", "month", "day"), parts[0], strict=False))
    if season := given.get("season"):
        known["season"] = season
    return Date(circa=circa, **known)


def collation(text: str, language: str) -> str:
    """A key that puts texts in the order of a language's alphabet, signs and marks aside.

    Æ, ø and å end the alphabet of Norwegian and Danish; elsewhere they stand beside a and o.
    """
    plain = bare(text).lower()
    last = _NORDIC.get(language, "")
    ordered = "".join(f"~{last.index(letter)}" if letter in last else letter for letter in plain)
    spelt = unicodedata.normalize("NFKD", ordered.translate(_LIKE))
    return re.sub(r"[^\w\s~]|[\u0300-\u036f]", "", spelt).strip()
