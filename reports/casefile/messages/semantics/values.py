"""Whether each text of a message is one of its kind: dates, numbers, ids, codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from lxml import etree

from reports.casefile.messages.semantics.dialects import Dialect
from reports.casefile.messages.semantics.tree import Finding, below, first, local, text
from reports.cases.organisation_number import check_organisation_number
from reports.problems import suggest

_DATES = frozenset(
    {
        "avskrivningsdato",
        "dokumentetsDato",
        "forfallsdato",
        "journaldato",
        "offentlighetsvurdertDato",
        "saksdato",
        "skjermingOpphoererDato",
        "utlaantDato",
    }
)
_TIMES = frozenset(
    {
        "arkivertDato",
        "avsluttetDato",
        "merknadsdato",
        "mottattDato",
        "opprettetDato",
        "sendtDato",
        "tidspunkt",
        "tilknyttetDato",
    }
)
_LEAST = {  # the smallest number that makes sense
    "antallFiler": 0,
    "antallVedlegg": 0,
    "dokumentnummer": 1,
    "filstoerrelse": 0,
    "journalaar": 1900,
    "journalpostnummer": 1,
    "journalsekvensnummer": 1,
    "saksaar": 1900,
    "sakssekvensnummer": 1,
    "versjonsnummer": 1,
}
_MOST = {"saksaar": 2099, "journalaar": 2099}
_INT = 2_147_483_647  # xs:int; Fiks Arkiv V1 has no larger numbers
_ZONE = r"(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)"
_DATE = re.compile(rf"(\d{{4}}-\d\d-\d\d){_ZONE}?")
_TIME = re.compile(rf"(\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?{_ZONE}")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def value_findings(root: etree._Element, dialect: Dialect) -> Iterator[Finding]:
    """What is no value of its kind, in document order; an element that says nothing is one too."""
    for element in root.iter():
        if len(element) or _in_open(element, dialect):
            continue
        if not text(element):
            if not _lacks_children(element, dialect):
                yield Finding(element, f"'{local(element)}' is empty")
        else:
            yield from _leaf_findings(element, dialect)
    for name, codes in dialect.codes.items():
        for element in below(root, name):
            yield from _code_findings(element, frozenset(codes))


def _lacks_children(element: etree._Element, dialect: Dialect) -> bool:
    """Whether it has been told already what the element has too little of."""
    name = local(element)
    slots = dialect.slots.get(dialect.like.get(name, name), ())
    return name in dialect.types or any(slot.required for slot in slots)


def _in_open(element: etree._Element, dialect: Dialect) -> bool:
    return any(local(each) in dialect.open_ for each in (element, *element.iterancestors()))


def _leaf_findings(element: etree._Element, dialect: Dialect) -> Iterator[Finding]:
    name, said = local(element), text(element)
    if name in _DATES and not _is_day(_DATE.fullmatch(said)):
        yield Finding(element, f"'{name}' is '{said}', which is no date", "as in 2026-11-22")
    elif name in _TIMES and not _is_day(_TIME.fullmatch(said)):
        what = f"'{name}' is '{said}', which is no date and time with a zone"
        yield Finding(element, what, "as in 2026-11-22T14:05:00+01:00")
    elif name in _LEAST:
        yield from _number_findings(element)
    elif _is_id(element, dialect) and not _UUID.fullmatch(said):
        hint = "as in 0f8fad5b-d9cb-469f-a165-70867728950e"
        yield Finding(element, f"'{name}' is '{said}', which is no UUID", hint)
    elif name == "organisasjonid":
        try:
            check_organisation_number(said)
        except ValueError as error:
            what = f"'{name}' is '{said}', which is no organisation number"
            yield Finding(element, what, str(error))


def _is_day(found: re.Match[str] | None) -> bool:
    """Whether there is such a day: the 30th of February is well written and never comes."""
    if not found:
        return False
    try:
        datetime.fromisoformat(found[1])
    except ValueError:
        return False
    return True


def _is_id(element: etree._Element, dialect: Dialect) -> bool:
    simple = "referanseForelderMappe" if "referanseForelderMappe" not in dialect.like else ""
    return local(element) in {"systemID", "ReferanseForeldermappe", simple}


def _number_findings(element: etree._Element) -> Iterator[Finding]:
    name, said = local(element), text(element)
    if not re.fullmatch(r"[+-]?[0-9]{1,40}", said):
        yield Finding(element, f"'{name}' is '{said}', which is no whole number")
        return
    least, most = _LEAST[name], _MOST.get(name, _INT)
    if not least <= int(said) <= most:
        hint = "year and sequence number may have changed places" if name in _MOST else ""
        yield Finding(element, f"'{name}' is {said}; it goes from {least} to {most}", hint)


def _code_findings(element: etree._Element, known: frozenset[str]) -> Iterator[Finding]:
    """Whether the element's code, or its own text where it has no codes, is on the list."""
    holder = element if not len(element) else first(element, "kode")
    if holder is not None and (said := text(holder)) and said not in known:
        what = f"'{local(element)}' is '{said}'"
        yield Finding(holder, what, suggest(said, known))
