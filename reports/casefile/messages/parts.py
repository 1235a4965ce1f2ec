"""What both messages to records systems have in common: text, times, elements, and who is party."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from reports.casefile.record import CaseRecord, Correspondent, Responsible

XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SENDERS = ("IA", "EA")
_OUTSIDE = ("EM", "EK", "GM")  # receivers that make a document an outgoing one
# What XML 1.0 can't hold (section 2.2), and the C1 controls, which nobody can see.
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Party:
    """Who sends or gets the document; `responsible` is who answers for it, on the sender alone."""

    correspondent: Correspondent
    responsible: Responsible | None = None


def plain(text: str) -> str:
    """The text on one line, without the characters that XML can't hold; nothing is cut off."""
    return " ".join(UNFIT.sub("", text).split())


def moment(time: datetime) -> str:
    """The time in seconds with its zone, as in 2026-11-22T14:05:00+01:00 (xs:dateTime)."""
    return time.isoformat(timespec="seconds")


def opened(namespace: str, **others: str) -> etree._Element:
    """An empty arkivmelding in its namespace, which needs no prefix; `others` are by prefix."""
    declared = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in others.items())
    return etree.XML(f'<arkivmelding xmlns="{namespace}"{declared} xmlns:xsi="{XSI}"/>')


def child(parent: etree._Element, namespace: str, name: str, text: str = "") -> etree._Element:
    """A new last child of `parent`; one without text is for children of its own."""
    element = etree.SubElement(parent, f"{{{namespace}}}{name}")
    element.text = plain(text) or None
    return element


def written(root: etree._Element) -> bytes:
    """The message as UTF-8, an element a line."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def is_outgoing(record: CaseRecord) -> bool:
    """Whether someone outside the organisation gets the document."""
    return any(party.correspondent.role in _OUTSIDE for party in parties(record))


def parties(record: CaseRecord) -> tuple[Party, ...]:
    """Who sends and who gets the document, the sender first where the record names none.

    Noark 5 (M305, M307) keeps who answers for a document with its sender.
    """
    named = (*record.correspondents, *_recipient(record))
    sender = next((each for each in named if each.role in _SENDERS), None)
    if sender is None:
        return (_house(record), *map(Party, named))
    return tuple(Party(each, record.responsible if each is sender else None) for each in named)


def _recipient(record: CaseRecord) -> Iterator[Correspondent]:
    """The agency that the document is sent to, unless the record names it as a receiver."""
    agency = record.recipient
    if agency and not any(
        each.role == "EM" and each.organisation_number == agency.number
        for each in record.correspondents
    ):
        yield Correspondent("EM", agency.name, agency.number)


def _house(record: CaseRecord) -> Party:
    """Who sends it within the organisation: the person, else the unit, else all of it."""
    name = record.responsible.name or record.responsible.unit or record.organisation.name
    return Party(Correspondent("IA", name, ""), record.responsible)
