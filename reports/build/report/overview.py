"""The editions of each brief in a table, with a row for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from reports.budgets import Verdict
from reports.build.events import Written
from reports.build.report.markup import counted, heads, named, output_link, some, took
from reports.build.report.model import Report
from reports.build.state import EditionState

_HEADS = ("Edition", "Outputs", "Words", "LIX", "Facts", "Stale", "Contract", "Time", "This build")
_MANY = 20  # editions from which on a box to find some of them is of use


def overview(report: Report) -> str:
    """The heading, a box to find editions where there are many, and the tables."""
    tables = (_table(brief, list(them), report) for brief, them in _briefs(report.editions))
    return f"<h2>Editions</h2>{_finder(len(report.editions))}{''.join(tables)}"


def _briefs(
    editions: Sequence[EditionState],
) -> Iterator[tuple[str, Iterator[EditionState]]]:
    return groupby(editions, key=lambda edition: edition.brief)


def _finder(count: int) -> str:
    """The box, which the page's script shows and serves."""
    if count < _MANY:
        return ""
    return (
        '<p id="finder" hidden><label>Show rows with <input type="search" id="wanted"></label> '
        '<output for="wanted"></output></p>'
    )


def _table(brief: str, editions: Sequence[EditionState], report: Report) -> str:
    rows = "".join(_row(edition, report) for edition in editions)
    count = counted(len(editions), "edition")
    return (
        f'<table class="editions"><caption>{escape(brief)} <small>{count}</small></caption>'
        f"{heads(_HEADS)}<tbody>{rows}</tbody></table>"
    )


def _row(edition: EditionState, report: Report) -> str:
    told = {fact.id for document in edition.documents for fact in document.facts}
    cells = (
        "".join(f"<span>{output_link(output)}</span>" for output in edition.outputs) or "none",
        _each(str(document.words) for document in edition.documents),
        _each("–" if d.lix is None else str(d.lix) for d in edition.documents),
        f'<a href="#{escape(edition.name)}">{len(told)}</a>',
        some(edition.stale) or "none",
        _overall(edition),
        took(report.seconds(edition)),
        _story(edition, report),
    )
    data = "".join(
        f'<td data-head="{head}">{cell}</td>' for head, cell in zip(_HEADS[1:], cells, strict=True)
    )
    return (
        f'<tr><th scope="row"><span lang="{edition.language}">{escape(edition.title)}</span> '
        f"<small>{escape(named(edition))} · {escape(edition.status)}</small></th>{data}</tr>"
    )


def _each(amounts: Iterator[str]) -> str:
    """The amounts of an edition's documents, one for all where they agree."""
    return " / ".join(dict.fromkeys(amounts))


def _overall(edition: EditionState) -> str:
    """The verdict on a whole contract: kept, or how many of its terms are breached."""
    verdicts = [term.verdict for document in edition.documents for term in document.terms]
    if breached := verdicts.count(Verdict.BREACHED):
        return f'<strong class="bad">{breached} breached</strong>'
    warned = verdicts.count(Verdict.WARNED)
    return f"kept, {counted(warned, 'warning')}" if warned else "kept"


def _story(edition: EditionState, report: Report) -> str:
    """What this build did with each output, those with the same fate in one line."""
    fates: dict[str, list[str]] = {}
    for output in edition.outputs:
        fate = _fate(report.written.get(output.file))
        fates.setdefault(fate, []).append(output.format.value.upper())
    which = len(fates) > 1  # else the formats needn't be named
    lines = [
        f"<span>{', '.join(formats) + ' ' if which else ''}{escape(fate)}</span>"
        for fate, formats in fates.items()
    ]
    if failed := report.failed.get(edition.name):
        formats = ", ".join(kind.value.upper() for kind in failed)
        lines.append(f'<span><strong class="bad">{formats} failed</strong></span>')
    return "".join(lines)


def _fate(event: Written | None) -> str:
    """What became of an output; one that this build wasn't asked for was kept, too."""
    if event is None or (event.kept and not event.reason):
        return "kept"
    return (
        f"kept: {event.reason}, and it says the same" if event.kept else f"written: {event.reason}"
    )
