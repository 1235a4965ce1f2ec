"""A bundle's record and its edition to the entry that the register keeps of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import PurePath

from reports.briefs import Edition, Workspace
from reports.build.outputs import Resolved
from reports.casefile.gate import gate_checks
from reports.casefile.record import CaseRecord
from reports.casefile.register.entry import Issued, IssuedFile
from reports.casefile.register.told import telling
from reports.problems import Problem

_ABOUT = (".json", ".xml", ".html")  # what a bundle says of its documents


def issued_entry(
    record: CaseRecord,
    items: Sequence[Resolved],
    workspace: Workspace,
    warnings: Iterable[Problem],
) -> Issued:
    """The entry of the bundle that the record describes; `items` are its edition's documents.

    A warning that names a fact above the readers' access is left out.
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
        warnings=tuple(_warnings(warnings, edition, workspace)),
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


def _warnings(problems: Iterable[Problem], edition: Edition, workspace: Workspace) -> Iterator[str]:
    hidden = workspace.facts.visible_to(edition.audience.access).hidden
    for each in problems:
        words = {word.rstrip(".") for word in re.findall(r"[a-z][a-z0-9.@-]*", each.what)}
        if not each.fatal and not words & hidden.keys():
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
