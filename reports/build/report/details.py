"""Each edition in detail: its contract with its audience, and what it tells of facts."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from reports.budgets import Term, Verdict
from reports.build.report.markup import counted, folded, heads, named
from reports.build.report.model import Report
from reports.build.state import DocumentState, EditionState


def details(report: Report) -> str:
    """The heading, and what opens for each edition; those out of contract are open."""
    return f'<h2 id="details">In detail</h2>{"".join(map(_edition, report.editions))}'


def _edition(edition: EditionState) -> str:
    terms = [term for document in edition.documents for term in document.terms]
    inside = "".join(_document(document, edition) for document in edition.documents)
    summary = f"{escape(edition.brief)}: {escape(named(edition))}"
    is_open = any(term.verdict in (Verdict.BREACHED, Verdict.WARNED) for term in terms)
    return folded(summary, f'<div id="{escape(edition.name)}">{inside}</div>', is_open=is_open)


def _document(document: DocumentState, edition: EditionState) -> str:
    name = f"{edition.brief}: {named(edition)}"
    if len(edition.documents) > 1:
        name += f" ({', '.join(kind.value for kind in document.formats)})"
    return _contract(name, document.terms) + _facts(document, edition)


def _contract(name: str, terms: Sequence[Term]) -> str:
    rows = "".join(map(_term, terms))
    return (
        f'<table class="contract"><caption>{escape(name)}</caption>'
        f"{heads(('Term', 'Budget', 'Actual', 'Verdict'))}<tbody>{rows}</tbody></table>"
    )


def _term(term: Term) -> str:
    verdict = term.verdict.value
    if term.verdict is Verdict.BREACHED:
        verdict = f'<strong class="bad">{verdict}</strong>'
    cells = f"<td>{escape(term.shown_budget)}</td><td>{escape(term.shown_actual)}</td><td>{verdict}</td>"
    return f'<tr><th scope="row">{escape(term.name)}</th>{cells}</tr>'


def _facts(document: DocumentState, edition: EditionState) -> str:
    if not document.facts:
        return "<p>It tells no fact.</p>"
    rows = []
    for fact in document.facts:
        told = escape(" · ".join(fact.texts)) or "cited"
        said = f' lang="{edition.language}"' if fact.texts else ""
        stale = " <em>stale</em>" if fact.id in edition.stale else ""
        rows.append(f'<tr><th scope="row">{escape(fact.id)}{stale}</th><td{said}>{told}</td></tr>')
    return (
        f'<table class="facts"><caption>{counted(len(rows), "fact")}</caption>'
        f"{heads(('Fact', 'Printed as'))}<tbody>{''.join(rows)}</tbody></table>"
    )
