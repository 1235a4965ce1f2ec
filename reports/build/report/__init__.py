"""The report of a build: `index.html`, one page for the workspace only.

What is wrong comes first, then a row an edition, then what has changed, then each in detail.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from html import escape
from importlib.resources import files

from reports.build.report.changed import changed
from reports.build.report.details import details
from reports.build.report.markup import counted, folded, problem_item, took
from reports.build.report.model import Report
from reports.build.report.overview import overview
from reports.problems import Problem

__all__ = ["Report", "report_page"]

_MOST_PROBLEMS = 500
_POLICY = "default-src 'none'; style-src OWN; script-src OWN; base-uri 'none'; form-action 'none'"


def report_page(report: Report) -> str:
    """The page as HTML; it links to the outputs beside it and brings all else along."""
    here = files(__package__)
    style, script = (here.joinpath(name).read_text("utf-8") for name in ("page.css", "find.js"))
    # A hash in the policy would do, but the Nu checker hashes the end of a long script only.
    nonce = sha256(f"{style}{script}".encode()).hexdigest()[:16]
    policy = _POLICY.replace("OWN", f"'nonce-{nonce}'")
    parts = (overview(report), changed(report), details(report), _versions(report))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Briefs</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f'<style nonce="{nonce}">{style}</style></head>\n'
        f"<body><main><h1>Briefs</h1>{_summary(report)}"
        f"{''.join(_problems(report))}\n{''.join(parts)}</main>"
        f'<script type="module" nonce="{nonce}">{script}</script></body></html>\n'
    )


def _summary(report: Report) -> str:
    total = report.total
    moment = report.finished.isoformat(timespec="minutes")
    pairs = {
        "Built": f'<time datetime="{moment}">{report.finished:%Y-%m-%d %H:%M}</time>',
        "Outputs": str(sum(len(edition.outputs) for edition in report.editions)),
        "Written anew": str(total.written),
        "Kept": str(total.kept),
        "Failed": f'<strong class="bad">{total.failed}</strong>' if total.failed else "0",
        "Time": took(total.seconds),
        "Workers": str(total.workers or "–"),
        "Memory of one": f"{total.peak_mb}\N{NO-BREAK SPACE}MB" if total.peak_mb else "–",
        "Facts judged as of": report.day.isoformat(),
    }
    items = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in pairs.items())
    return f"<dl>{items}</dl>"


def _problems(report: Report) -> Iterator[str]:
    """What is wrong, then the warnings, closed where they are many."""
    bad = [problem for problem in report.problems if problem.fatal]
    warned = [problem for problem in report.problems if not problem.fatal]
    for noun, found, is_open in (("problem", bad, True), ("warning", warned, len(warned) <= 10)):
        if found:
            summary = f"<h2>{counted(len(found), noun)}</h2>"
            yield folded(summary, _listed(found, report), is_open=is_open)


def _listed(problems: Sequence[Problem], report: Report) -> str:
    shown = problems[:_MOST_PROBLEMS]
    items = "".join(problem_item(each, each.place.shown(report.root)) for each in shown)
    left = len(problems) - len(shown)
    more = f"<p>… and {left} more</p>" if left else ""
    return f"<ul>{items}</ul>{more}"


def _versions(report: Report) -> str:
    items = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(version)}</dd></div>"
        for name, version in report.versions.items()
    )
    return folded(
        "Versions of all that the outputs were made with", f"<dl>{items}</dl>", is_open=False
    )
