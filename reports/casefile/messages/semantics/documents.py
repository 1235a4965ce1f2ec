"""Whether a message describes the documents and files that there are, each once and truly."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256

from lxml import etree

from reports.casefile.messages.semantics.tree import Finding, below, code, coded, first, text
from reports.casefile.names import METADATA

_MAIN = ("H", "Hoveddokument")
_ALGORITHMS = ("SHA256", "SHA-256")
_ONCE = {"P": "P", "Produksjonsformat": "P", "A": "A", "Arkivformat": "A"}


def document_findings(root: etree._Element) -> Iterator[Finding]:
    """What the message says of its documents that can't be, without a look at the files."""
    yield from _count_findings(root)
    documents = list(below(root, "dokumentbeskrivelse"))
    yield from _main_findings(documents)
    yield from _twice(documents, "dokumentnummer", "is the number of another document too")
    yield from _twice(
        list(below(root, "dokumentobjekt")),
        "referanseDokumentfil",
        "is the file of another dokumentobjekt too",
    )
    for document in documents:
        yield from _variant_findings(document)
    for file in below(root, "dokumentobjekt"):
        yield from _checksum_findings(file)


def file_findings(
    root: etree._Element, payload: Mapping[str, bytes], *, whole: bool
) -> Iterator[Finding]:
    """What the message says of its files that isn't so.

    `payload` is by name below data/.  A message that is `whole` describes all documents there.
    """
    named = set()
    for element in below(root, "dokumentobjekt"):
        reference = first(element, "referanseDokumentfil")
        if reference is None or not text(reference):
            continue
        name = reference.text or ""  # a space in it is part of the name
        named.add(name)
        if name in payload:
            yield from _content_findings(element, name, payload[name])
        else:
            what = f"'referanseDokumentfil' is '{name}', which isn't in the bundle"
            yield Finding(reference, what)
    for name in sorted(payload.keys() - named - {*METADATA}) if whole else ():
        yield Finding(root, f"no dokumentobjekt names the file '{name}'", about=name)


def _count_findings(root: etree._Element) -> Iterator[Finding]:
    files = sum(1 for _ in below(root, "dokumentobjekt"))
    attachments = sum(
        1 for each in below(root, "tilknyttetRegistreringSom") if code(each) not in _MAIN
    )
    for name, there in (("antallFiler", files), ("antallVedlegg", attachments)):
        for element in below(root, name):
            said = text(element)
            if re.fullmatch(r"\d{1,9}", said) and int(said) != there:
                what = f"'{name}' is {said}, and the message describes {there}"
                yield Finding(element, what)


def _main_findings(documents: list[etree._Element]) -> Iterator[Finding]:
    mains = [
        each
        for each in documents
        if (role := first(each, "tilknyttetRegistreringSom")) is not None and code(role) in _MAIN
    ]
    if documents and not mains:
        what = "no document is the main one"
        yield Finding(documents[0], what, "give one tilknyttetRegistreringSom H (Hoveddokument)")
    for extra in mains[1:]:
        role = first(extra, "tilknyttetRegistreringSom")
        what = "a second document is the main one"
        yield Finding(extra if role is None else coded(role), what, "an attachment is V (Vedlegg)")


def _twice(elements: list[etree._Element], name: str, what: str) -> Iterator[Finding]:
    """Each value of `name` that an earlier element has."""
    seen = set()
    for element in elements:
        found = first(element, name)
        if found is None or not text(found):
            continue
        if text(found) in seen:
            yield Finding(found, f"'{name}' {text(found)} {what}")
        seen.add(text(found))


def _variant_findings(document: etree._Element) -> Iterator[Finding]:
    seen: Counter[str] = Counter()
    for element in below(document, "variantformat"):
        variant = _ONCE.get(code(element), "")
        seen[variant] += 1
        if variant and seen[variant] == 2:
            what = f"a second file of the document has the variant {variant}"
            yield Finding(coded(element), what, "a document has one P and one A")


def _checksum_findings(file: etree._Element) -> Iterator[Finding]:
    algorithm = first(file, "sjekksumAlgoritme")
    if algorithm is not None and text(algorithm) and text(algorithm) not in _ALGORITHMS:
        what = f"'sjekksumAlgoritme' is '{text(algorithm)}'"
        yield Finding(algorithm, what, "the algorithm is SHA256 (Noark 5, M706)")
    checksum = first(file, "sjekksum")
    if checksum is not None and text(checksum) and not _is_sha256(text(checksum)):
        what = f"'sjekksum' is '{text(checksum)}', which is no SHA-256"
        yield Finding(checksum, what, "64 digits from 0 to 9 and a to f")


def _content_findings(element: etree._Element, name: str, data: bytes) -> Iterator[Finding]:
    checksum = first(element, "sjekksum")
    if checksum is not None and _is_sha256(text(checksum)):
        there = sha256(data).hexdigest()
        if text(checksum).lower() != there:
            what = f"'sjekksum' isn't that of '{name}'"
            yield Finding(checksum, what, f"the file has {there}")
    size = first(element, "filstoerrelse")
    if size is not None and re.fullmatch(r"\d{1,10}", text(size)) and int(text(size)) != len(data):
        what = f"'filstoerrelse' is {text(size)}, and '{name}' has {len(data)} bytes"
        yield Finding(size, what)


def _is_sha256(said: str) -> bool:
    return re.fullmatch("[0-9a-fA-F]{64}", said) is not None
