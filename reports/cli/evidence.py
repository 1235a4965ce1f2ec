"""To check facts and briefs against the texts of their sources: `check --evidence`."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reports.briefs import Edition, Workspace
from reports.cli.printing import counted, print_json, print_problems
from reports.problems import Place, Problem, ReportError

if TYPE_CHECKING:  # what reads texts and composes editions is imported where it is used
    from reports.facts.evidence.findings import Evidence, Excuse, Finding, Said

VARIABLE = "KILDEFAST_SOURCES"


def check_sources(
    workspace: Workspace, chosen: Sequence[Edition], arguments: argparse.Namespace
) -> int:
    """Print what the sources' texts don't confirm, and give the exit code.

    All facts are checked; of the briefs, those editions that are chosen.
    """
    from reports.facts.evidence import check_evidence

    folder = evidence_folder(workspace)
    said = _said(workspace, chosen)
    evidence = check_evidence(workspace.facts, folder, workspace.names, said)
    if arguments.json:
        print_json(_record(evidence, workspace.root))
    else:
        unchecked = (replace(each.problem, fatal=False) for each in evidence.unchecked)
        print_problems((*unchecked, *(each.problem for each in evidence.findings)), workspace.root)
    print(_summary(evidence), file=sys.stderr)
    return 1 if evidence.findings else 0


def evidence_folder(workspace: Workspace) -> Path:
    """The folder with the texts: that of the settings, else that of the environment variable.

    Raises ReportError if neither names one, or if what is named is no folder.
    """
    settings = workspace.templates / "workspace.yaml"
    named = os.environ.get(VARIABLE)
    folder = workspace.evidence or (Path(named) if named else None)
    if folder is None:
        hint = f"write 'evidence: FOLDER' there, or set {VARIABLE} to it"
        what = "no folder with the texts of the sources is named"
        raise ReportError(Problem(Place(settings), what, hint))
    if not folder.is_dir():
        by = f"'evidence' in {settings.name}" if workspace.evidence else VARIABLE
        what = "the folder with the texts of the sources is not there"
        raise ReportError(Problem(Place(folder), what, f"make it, or mend {by}"))
    return folder


def _said(workspace: Workspace, chosen: Sequence[Edition]) -> Iterator[Said]:
    """What the editions tell their readers, without the marks of notes."""
    from reports.build import resolve_all
    from reports.facts.evidence.findings import Said
    from reports.trace.lines import lines

    resolved, warnings = resolve_all(chosen, workspace)
    print_problems(warnings, workspace.root)
    for item in resolved:
        for line in lines(item.document):
            text = re.sub(r"\[\d+\]", "", line.text)
            yield Said(line.place, item.edition.language, text)


def _summary(evidence: Evidence) -> str:
    checked = (
        counted(evidence.facts, "fact"),
        counted(evidence.figures, "figure"),
        counted(evidence.dates, "date"),
        counted(evidence.speakers, "speaker"),
    )
    findings = counted(len(evidence.findings), "finding")
    return f"{', '.join(checked)} checked, {len(evidence.excuses)} excused, {findings}"


def _record(evidence: Evidence, root: Path) -> dict[str, object]:
    return {
        "findings": [_finding(each, root) for each in evidence.findings],
        "excused": [_excuse(each, root) for each in evidence.excuses],
        "unchecked": [_finding(each, root) for each in evidence.unchecked],
        "counts": {
            "facts": evidence.facts,
            "figures": evidence.figures,
            "dates": evidence.dates,
            "speakers": evidence.speakers,
            "excused": len(evidence.excuses),
            "findings": len(evidence.findings),
        },
    }


def _finding(finding: Finding, root: Path) -> dict[str, object]:
    return {
        "place": finding.place.shown(root),
        "kind": finding.miss.kind,
        "fact": finding.fact or None,
        "source": finding.source or None,
        "paragraph": finding.paragraph or None,
        "what": finding.miss.what,
        "hint": finding.miss.hint or None,
    }


def _excuse(excuse: Excuse, root: Path) -> dict[str, object]:
    return {**_finding(excuse.finding, root), "reason": excuse.reason}
