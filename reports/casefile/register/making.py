"""A bundle's record and its edition to the entry that the register keeps of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from hashlib import sha256

from reports.briefs import Workspace
from reports.build.outputs import Resolved
from reports.casefile.gate import gate_checks
from reports.casefile.record import CaseRecord, record_json
from reports.casefile.register.entry import Issued, IssuedFile
from reports.casefile.register.told import telling
from reports.problems import Problem

_ID = re.compile(r"[a-z][a-z0-9.@-]*")


def issued_entry(
    record: CaseRecord,
    items: Sequence[Resolved],
    workspace: Workspace,
    warnings: Iterable[Problem],
) -> Issued:
    """The entry of the bundle that the record describes; `items` are its edition's documents.

    `warnings` may be those of several editions; this one's are kept.
    """
    edition = items[0].edition
    told = telling(items, workspace.facts)
    return Issued(
        edition=record.edition,
        access=edition.audience.access,
        case=record.case,
        version=record.version,
        state=record.state,
        title=record.title,
        date=record.date,
        recorded=record.recorded,
        made=record.made,
        decision=record.decision,
        checked=gate_checks(items, workspace) if record.decision else (),
        warnings=tuple(_warnings(warnings, items, [each.id for each in told.facts], workspace)),
        key=record.key,
        replaces=record.replaces,
        screening=record.screening,
        metadata=metadata_hash(record),
        words=told.words,
        text=told.text,
        files=tuple(_files(record)),
        facts=told.facts,
        sources=told.sources,
        sentences=told.sentences,
        receipts=(),
    )


def _files(record: CaseRecord) -> Iterator[IssuedFile]:
    for document in record.documents:
        for each in document.files:
            yield IssuedFile(document.role, each.variant, each.file, each.sha256, each.size)


def _warnings(
    problems: Iterable[Problem],
    items: Sequence[Resolved],
    told: Collection[str],
    workspace: Workspace,
) -> Iterator[str]:
    """The warnings on this edition, without those that name what its readers may not see."""
    store = workspace.facts
    hidden = store.visible_to(items[0].edition.audience.access).hidden
    own = {file for item in items for file in item.composed.templates}
    for each in problems:
        file = each.place.file
        named = {word.rstrip(".") for word in _ID.findall(each.what)} & store.facts.keys()
        is_own = file in own if file.suffix == ".j2" else not named or not named.isdisjoint(told)
        if not each.fatal and is_own and named.isdisjoint(hidden):
            yield f"{each.place.shown(workspace.root)}: {each.what}"


def metadata_hash(record: CaseRecord) -> str:
    """The SHA-256 of the record's case.json, in hexadecimal.

    The record has a checksum for each file of its documents: two bundles with one hash hold the
    same documents, byte for byte, and say the same of them.
    """
    return sha256(record_json(record)).hexdigest()
