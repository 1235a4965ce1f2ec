"""What is wrong with a message to a records system, beyond what its schema looks at.

The official schemas let nonsense pass: a checksum "nonsense", a variant "banana", a wrong number
of files.  So a message is judged here, by what the standards say and by the bundle it lies in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from lxml import etree

from reports.casefile.messages.semantics.agreement import agreement_findings
from reports.casefile.messages.semantics.dialects import (
    EFORMIDLING,
    FIKS_ARKIV,
    Dialect,
    known_as,
)
from reports.casefile.messages.semantics.documents import document_findings, file_findings
from reports.casefile.messages.semantics.entry import entry_findings
from reports.casefile.messages.semantics.reading import read_message
from reports.casefile.messages.semantics.structure import structure_findings
from reports.casefile.messages.semantics.tree import Finding, line, local, space
from reports.casefile.messages.semantics.values import value_findings
from reports.casefile.record import CaseRecord
from reports.problems import Place, Problem, ReportError


def message_problems(
    data: bytes,
    file: Path,
    record: CaseRecord | None,
    payload: Mapping[str, bytes] | None,
) -> tuple[Problem, ...]:
    """All that is wrong with the message, each at its line of `file`; empty for a right one.

    Which dialect it must be follows from the file's name; under another name, either will do.
    Without `record` it isn't compared with one.  `payload` holds what is below data/, by name;
    None says that the files aren't at hand, and nothing is said of them then.
    """
    try:
        root = read_message(data, file)
    except ReportError as error:
        return error.problems
    dialect, problem = _dialect(root, file)
    if dialect is None:
        return (problem,) if problem else ()
    found = list(_lacks_once(_findings(root, dialect, payload)))
    if record:
        known = {(each.element, each.about) for each in found}
        found += [
            each
            for each in agreement_findings(root, dialect, record)
            if (each.element, each.about) not in known
        ]
    return tuple(_problems(found, file))


def _findings(
    root: etree._Element, dialect: Dialect, payload: Mapping[str, bytes] | None
) -> Iterator[Finding]:
    yield from structure_findings(root, dialect)
    yield from value_findings(root, dialect)
    yield from document_findings(root)
    if payload is not None:
        yield from file_findings(root, payload, whole=dialect is FIKS_ARKIV)
    yield from entry_findings(root)


def _lacks_once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, without those on a child that an earlier one misses too."""
    missed = set()
    for each in findings:
        if not each.about or (each.element, each.about) not in missed:
            yield each
        missed.add((each.element, each.about))


def _dialect(root: etree._Element, file: Path) -> tuple[Dialect | None, Problem | None]:
    """The dialect to judge by, or why the message is in none that can be judged."""
    named = [each for each in (FIKS_ARKIV, EFORMIDLING) if each.file == file.name]
    allowed = named or [FIKS_ARKIV, EFORMIDLING]
    for dialect in allowed:
        if (local(root), space(root)) == ("arkivmelding", dialect.message):
            return dialect, None
    titles = " or ".join(each.title for each in allowed)
    place = Place(file, line(root))
    if met := known_as(space(root)):
        what = f"is a message of {met}, not of {titles}"
    else:
        what = f"starts with '{local(root)}' in the namespace '{space(root)}'"
    hint = f"a message of {titles} starts with 'arkivmelding' in '{allowed[0].message}'"
    return None, Problem(place, what, hint)


def _problems(found: Iterable[Finding], file: Path) -> list[Problem]:
    """The findings by line, each once."""
    problems = (Problem(Place(file, line(each.element)), each.what, each.hint) for each in found)
    return sorted(dict.fromkeys(problems))
