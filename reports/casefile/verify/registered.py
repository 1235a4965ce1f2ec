"""The check of a bundle against the register of the workspace that issued it.

Whoever forges a bundle can make all in it fit together; the register lies elsewhere, in git.
"""

from __future__ import annotations

from collections.abc import Iterator

from reports.casefile.record import CaseRecord
from reports.casefile.register import FOLDER, Issued, issued, metadata_hash, versions
from reports.casefile.verify.bundle import Bundle
from reports.casefile.verify.report import Finding, judged, unchecked
from reports.problems import Place, Problem


def register(bundle: Bundle) -> Finding:
    """Whether the register has the bundle as it is here, and whether a later version was issued."""
    workspace, record = bundle.against.workspace, bundle.record
    if workspace is None:
        return unchecked("give --workspace DIR to compare the bundle with the register there")
    if not (workspace.root / FOLDER).is_dir():
        return unchecked(f"the workspace has no register: {workspace.root / FOLDER}")
    known = versions(issued(workspace.root), record.case, record.edition)
    entry = next((each for each in known if each.version == record.version), None)
    place = Place(bundle.path("case.json"))
    if entry is None:
        what = f"is version {record.version}, which the register doesn't have in this case"
        return judged([Problem(place, what, "it was issued from elsewhere, or by nobody")])
    problems = [Problem(place, what) for what in _differences(record, entry)]
    if not problems and metadata_hash(record) != entry.metadata:
        what = "says of the documents what the register doesn't: another case.json was issued"
        problems.append(
            Problem(place, what, "ask whoever issued it for the bundle as it was packed")
        )
    later = [each for each in known if each.version > record.version]
    problems += [Problem(place, what, fatal=False) for what in _later(later)]
    return judged(problems, f"issued {entry.made.date()}, with {len(entry.files)} files")


def _differences(record: CaseRecord, entry: Issued) -> Iterator[str]:
    pairs = (
        ("state", record.state.value, entry.state.value),
        ("date", str(record.date), str(entry.date)),
        ("title", record.title, entry.title),
        ("approver", _approver(record), _approver(entry)),
        ("moment of packing", str(record.made), str(entry.made)),
        ("key", record.key, entry.key),
    )
    for name, here, there in pairs:
        if here != there:
            yield f"says {name} {here or 'nobody'}; the register says {there or 'nobody'}"
    here_files = {each.file: each.sha256 for each in record.files}
    there_files = {each.file: each.sha256 for each in entry.files}
    for file in sorted(here_files.keys() | there_files.keys()):
        if here_files.get(file) != there_files.get(file):
            yield f"has another {file} than the register"


def _approver(entry: CaseRecord | Issued) -> str:
    return entry.decision.approved_by if entry.decision else ""


def _later(entries: list[Issued]) -> Iterator[str]:
    if entries:
        newest = entries[-1]
        yield f"version {newest.version} of {newest.date} was issued since, {newest.state.value}"
