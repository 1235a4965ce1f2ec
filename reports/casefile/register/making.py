"""A bundle's record and its edition to the entry that the register keeps of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import PurePath

from reports.briefs import Workspace
from reports.build.outputs import Resolved
from reports.casefile.gate import gate_checks
from reports.casefile.record import CaseRecord
from reports.casefile.register.entry import Issued, IssuedFile
from reports.casefile.register.told import telling
from reports.problems import Problem

_ID = re.compile(r"[a-z][a-z0-9.@-]*")
_ABOUT = (".json", ".xml", ".html")  # what a bundle says of its documents


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


def same_content(earlier: Issued, files: Mapping[str, bytes]) -> bool:
    """Whether a bundle's files hold the very documents of an earlier one, byte for byte.

    `files` are all below data/, made with the earlier one's stamp, date and moment; what they
    say about the documents, such as the message to a records system, doesn't count.
    """
    made = {
        name: sha256(data).hexdigest()
        for name, data in files.items()
        if PurePath(name).suffix not in _ABOUT
    }
    return made == {each.file: each.sha256 for each in earlier.files}
