"""The checks of what a bundle holds: files as they are said to be, and nothing unknown."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from reports.casefile.bag import Contents, bag_files
from reports.casefile.bag.reading import INFO, read_elements
from reports.casefile.names import METADATA
from reports.casefile.record import CaseDocument, CaseFile, Role, Variant, content_key
from reports.casefile.verify.bundle import Bundle
from reports.casefile.verify.report import Finding, judged
from reports.cases.stamp import State
from reports.problems import Place, Problem

_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}")
_AGENT = "Bag-Software-Agent"  # the program that packed it may be an older one


def names(bundle: Bundle) -> Finding:
    """Whether every system takes the files' names, and none leads elsewhere."""
    known = {each.file for each in bundle.record.files}
    problems = [
        Problem(Place(bundle.path(name)), "has a name that not every system takes", _NAMING)
        for name in sorted(known | bundle.payload.keys())
        if not _SAFE.fullmatch(name)
    ]
    return judged(problems, _counted(len(bundle.payload), "name"))


_NAMING = "names have letters a to z, figures, points and hyphens alone"


def files(bundle: Bundle) -> Finding:
    """Whether the files have the sizes and checksums of case.json, and whether it knows them all."""
    record = bundle.record
    problems = [problem for each in record.files for problem in _file_problems(bundle, each)]
    described = {each.file for each in record.files}
    for name in sorted(bundle.payload.keys() - described - set(METADATA)):
        what = "is not in case.json"
        problems.append(Problem(Place(bundle.payload[name]), what, "take it out of the bundle"))
    twice = len(record.files) - len(described)
    if twice:
        problems.append(Problem(Place(bundle.path("case.json")), "names a file more than once"))
    return judged(problems, f"{_counted(len(described), 'file')} with size and SHA-256")


def _file_problems(bundle: Bundle, expected: CaseFile) -> Iterator[Problem]:
    file = bundle.payload.get(expected.file)
    place = Place(file or bundle.path(expected.file))
    if file is None:
        yield Problem(place, "is missing; case.json has it")
        return
    size = file.stat().st_size
    if size != expected.size:
        yield Problem(place, f"has {size} bytes; case.json says {expected.size}")
    if (digest := _digest(file)) != expected.sha256:
        what = f"has the SHA-256 {digest[:12]}…; case.json says {expected.sha256[:12]}…"
        yield Problem(place, what, "it was changed after case.json was written, or the other way")


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def key(bundle: Bundle) -> Finding:
    """Whether the external key is the one that follows from the main document's content."""
    record, place = bundle.record, Place(bundle.path("case.json"))
    expected = content_key(record.main.files)
    problems = []
    if record.key != expected:
        what = f"says the key {record.key[:24]}…; the content makes it {expected[:24]}…"
        problems.append(Problem(place, what, "the key is what stops a records system filing twice"))
    return judged(problems, record.key)


def state(bundle: Bundle) -> Finding:
    """Whether there lies what there ought to: a draft in Word alone, a final one as PDF/A too."""
    record, place = bundle.record, Place(bundle.path("case.json"))
    problems = [Problem(place, what) for what in _state_faults(bundle)]
    said = f"{record.state.value}, version {record.version}"
    if record.decision:
        said += f", approved by {record.decision.approved_by} on {record.decision.day}"
    return judged(problems, said)


def _state_faults(bundle: Bundle) -> Iterator[str]:
    record = bundle.record
    final = record.state is State.FINAL
    if final and not (record.decision and record.decision.approved_by.strip()):
        yield "says final, and not who approved it"
    if not final and record.decision:
        yield "says draft, and that it was approved"
    if final and record.decision and record.decision.day != record.date:
        yield f"was approved on {record.decision.day} and is dated {record.date}"
    if record.version < 1 or (record.replaces and record.replaces.version >= record.version):
        yield f"says version {record.version}, which can't be"
    if final and record.version > 1 and record.replaces is None:
        yield f"says version {record.version}, and not which one it replaces"
    for document in record.documents:
        yield from _variant_faults(document, final=final)


def _variant_faults(document: CaseDocument, *, final: bool) -> Iterator[str]:
    found = [file.variant for file in document.files]
    name = f'"{document.title}"'
    is_table = all(file.file.endswith(".csv") for file in document.files)  # archived as it is
    if Variant.PRODUCTION not in found and not (final and is_table):
        yield f"has no production variant (P) of {name}"
    if not final and Variant.ARCHIVE in found:
        yield f"says draft, and has an archive variant (A) of {name}"
    if final and Variant.ARCHIVE not in found:
        yield f"says final, and has no archive variant (A) of {name}"
    if Variant.REDACTED in found and document.role is not Role.MAIN:
        yield f"has a redacted variant (O) of {name}, which is an attachment"


def bag_info(bundle: Bundle) -> Finding:
    """Whether bag-info.txt says what case.json does."""
    problems: list[Problem] = []
    file = bundle.folder / INFO
    if file.is_symlink() or not file.is_file():
        return judged([Problem(Place(file), "there is no such file")])
    said = {label: (place, value) for place, label, value in read_elements(file, "UTF-8", problems)}
    for label, value in _expected_info(bundle).items():
        place, found = said.get(label, (Place(file), ""))
        if found != value:
            problems.append(Problem(place, f"'{label}' is '{found}'; case.json makes it '{value}'"))
    return judged(problems, f"{len(said)} entries")


def _expected_info(bundle: Bundle) -> dict[str, str]:
    """What bag-info.txt says of a bundle with that record; the payload's count is the bag's own."""
    written = bag_files(Contents(bundle.record, {}))[INFO].decode().replace("\n ", " ")
    pairs = (line.partition(": ")[::2] for line in written.splitlines())
    return {label: value for label, value in pairs if label not in (_AGENT, "Payload-Oxum")}


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
