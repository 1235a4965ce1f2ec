"""Whether a message says what the record beside it says: the two are compared element by element.

What the record would be written as is the measure, so nothing that it holds can be forgotten.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from lxml import etree

from reports.casefile.messages import eformidling, fiks_arkiv
from reports.casefile.messages.parts import XSI
from reports.casefile.messages.semantics.dialects import EFORMIDLING, FIKS_ARKIV, Dialect
from reports.casefile.messages.semantics.tree import Finding, children, local, text
from reports.casefile.record import CaseRecord
from reports.cases.stamp import State

_WRITERS: dict[str, Callable[[CaseRecord], bytes]] = {
    FIKS_ARKIV.title: fiks_arkiv.arkivmelding,
    EFORMIDLING.title: eformidling.arkivmelding,
}


def agreement_findings(
    root: etree._Element, dialect: Dialect, record: CaseRecord
) -> Iterator[Finding]:
    """Where the message and the record differ, in document order."""
    if dialect is EFORMIDLING and record.state is State.DRAFT:
        yield Finding(root, "the record is of a draft, which no message sends elsewhere")
    elif dialect is EFORMIDLING and record.recipient is None:
        yield Finding(root, "the record names no agency that the document is sent to")
    else:
        written = etree.fromstring(_WRITERS[dialect.title](record))
        yield from _differences(root, written)


def _differences(found: etree._Element, meant: etree._Element) -> Iterator[Finding]:
    """Each child is compared with the one of the same name and turn."""
    name = _shown(found)
    kinds = [each.get(f"{{{XSI}}}type", "").rpartition(":")[2] for each in (found, meant)]
    if kinds[0] != kinds[1]:
        yield Finding(found, f"'{name}' is of xsi:type '{kinds[0]}'; the record says '{kinds[1]}'")
    if not len(meant):
        if (found.text or "") != (meant.text or ""):
            yield Finding(
                found, f"'{name}' is '{found.text or ''}'; the record says '{meant.text or ''}'"
            )
        return
    turns: Counter[str] = Counter()
    for child in found:
        partners = list(children(meant, local(child)))
        if turns[local(child)] < len(partners):
            yield from _differences(child, partners[turns[local(child)]])
        else:
            yield Finding(child, f"'{local(child)}' isn't in the record")
        turns[local(child)] += 1
    yield from _lacking(found, meant, turns)


def _shown(element: etree._Element) -> str:
    """The name that tells a reader which value it is: what holds a code or name, not 'kode'."""
    parent = element.getparent()
    general = local(element) in {"beskrivelse", "kode", "navn"}
    return local(parent) if general and parent is not None else local(element)


def _lacking(
    found: etree._Element, meant: etree._Element, turns: Counter[str]
) -> Iterator[Finding]:
    wanted = Counter(local(each) for each in meant)
    for name, number in wanted.items():
        if number > turns[name]:
            said = text(list(children(meant, name))[turns[name]])
            says = f"; the record says '{said}'" if said else ", which the record gives"
            yield Finding(found, f"'{local(found)}' lacks '{name}'{says}", about=name)
