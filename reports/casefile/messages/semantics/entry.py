"""Whether an entry makes sense: its state, its receivers, its screening, its key."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from reports.casefile.messages.noark_codes import CODES, WORDS
from reports.casefile.messages.parts import XSI
from reports.casefile.messages.semantics.tree import (
    Finding,
    below,
    children,
    code,
    coded,
    first,
    local,
    text,
    value,
)
from reports.casefile.record import CaseFile, FileFormat, Variant, content_key

_FINAL = ("F", "Dokumentet er ferdigstilt")
_DRAFT = ("B", "Dokumentet er under redigering")
_ARCHIVED = ("A", "Arkivformat")
_FINISHED = ("F", "Ferdigstilt fra saksbehandler")
_RESERVED = ("R",)
_JOURNALLED = {*CODES["journalstatus"], *WORDS["journalstatus"]} - {*_FINISHED, *_RESERVED}
_OUTGOING = ("U", "Utgående dokument")
_RECEIVERS = ("EM", "EK", "GM", "Mottaker", "Kopimottaker", "Gruppemottaker")
_KEY = re.compile("kildefast:[0-9a-f]{64}")


def entry_findings(root: etree._Element) -> Iterator[Finding]:
    """What contradicts itself in each entry of the message."""
    for name in ("registrering", "basisregistrering"):
        for entry in below(root, name):
            yield from _state_findings(entry)
            yield from _receiver_findings(entry)
            yield from _case_findings(entry)
            yield from _screening_findings(entry)
            yield from _key_findings(entry)


def _state_findings(entry: etree._Element) -> Iterator[Finding]:
    """One state of all: a draft has no archive format, and only an archive journals."""
    documents = list(children(entry, "dokumentbeskrivelse"))
    states = {code(first(document, "dokumentstatus")) for document in documents}
    if len(states & {*_FINAL, *_DRAFT}) > 1:
        what = "some documents of the entry are finished and some are not"
        yield Finding(entry, what, "give them one dokumentstatus, B or F")
    for document in documents:
        if code(first(document, "dokumentstatus")) in _DRAFT:
            for variant in below(document, "variantformat"):
                if code(variant) in _ARCHIVED:
                    what = "a document under work has a file in archive format"
                    yield Finding(
                        coded(variant), what, "a draft goes as P alone, or give it status F"
                    )
    yield from _journal_findings(entry, states)


def _journal_findings(entry: etree._Element, states: set[str]) -> Iterator[Finding]:
    status = first(entry, "journalstatus")
    said = code(status)
    if status is None or not said:
        return
    if said in _JOURNALLED:
        what = f"'journalstatus' is '{said}', which only a records system gives"
        yield Finding(
            coded(status),
            what,
            "a final document is sent in as finished (F), a draft as reserved (R)",
        )
    elif said in _FINISHED and states & {*_DRAFT}:
        what = "'journalstatus' says finished, and a document is under work"
        yield Finding(coded(status), what, "give a draft R (Reservert dokument)")
    elif said in _RESERVED and states & {*_FINAL}:
        what = "'journalstatus' says reserved, and a document is finished"
        yield Finding(coded(status), what, "give a final document F (Ferdigstilt)")


def _receiver_findings(entry: etree._Element) -> Iterator[Finding]:
    """Whether an outgoing document, and no other, is sent to someone outside."""
    roles = [code(each) for each in below(entry, "korrespondanseparttype")]
    outside = any(role in _RECEIVERS for role in roles)
    kind = first(entry, "journalposttype")
    if kind is None:
        if outside and entry.get(f"{{{XSI}}}type", "").endswith("arkivnotat"):
            what = "an arkivnotat is no correspondence, and someone outside gets it"
            yield Finding(entry, what, "file what is sent as a journalpost")
    elif code(kind) in _OUTGOING and not outside:
        what = "'journalposttype' says outgoing, and nobody outside gets the document"
        yield Finding(coded(kind), what, "name the receiver as a korrespondansepart, EM (Mottaker)")
    elif code(kind) and code(kind) not in _OUTGOING and outside:
        what = f"'journalposttype' is '{code(kind)}', and someone outside gets the document"
        yield Finding(coded(kind), what, "an outgoing document is U (Utgående dokument)")


def _case_findings(entry: etree._Element) -> Iterator[Finding]:
    """Whether an entry within its case refers to that one."""
    case, reference = entry.getparent(), first(entry, "referanseForelderMappe")
    if case is None or reference is None or local(case) != "mappe" or not text(reference):
        return
    if text(reference) != value(case, "systemID"):
        what = "'referanseForelderMappe' isn't the systemID of the case around it"
        yield Finding(reference, what)


def _screening_findings(entry: etree._Element) -> Iterator[Finding]:
    screening = next(below(entry, "skjerming"), None)
    if screening is not None and not value(entry, "offentligTittel"):
        what = "the entry is screened and has no 'offentligTittel'"
        hint = "give a title that the public may see, or the same one"
        yield Finding(entry, what, hint, about="offentligTittel")


def _key_findings(entry: etree._Element) -> Iterator[Finding]:
    """Whether the entry's key is that of its main document's files."""
    element = first(entry, "referanseEksternNoekkel", "noekkel")
    if element is None or not (key := text(element)):
        return
    if not _KEY.fullmatch(key):
        what = f"'noekkel' is '{key}', which is no key of a bundle"
        yield Finding(element, what, "'kildefast:' and 64 digits from 0 to 9 and a to f")
        return
    if key != content_key(map(_described, _main_files(entry))):
        what = "'noekkel' is the key of other content than the message describes"
        yield Finding(element, what, "a key belongs to one version of the files: don't reuse it")


def _main_files(entry: etree._Element) -> Iterator[etree._Element]:
    for document in below(entry, "dokumentbeskrivelse"):
        role = first(document, "tilknyttetRegistreringSom")
        if role is not None and code(role) == "H":
            yield from below(document, "dokumentobjekt")


def _described(file: etree._Element) -> CaseFile:
    """The file as far as its key goes: by name and hash."""
    name, checksum = value(file, "referanseDokumentfil"), value(file, "sjekksum").lower()
    return CaseFile(name, "", Variant.PRODUCTION, FileFormat("", "", "", ""), checksum, 0)
