"""An edition against its audience's contract: what is agreed, what is, and the place of a breach.

The pages are known to who lays them out; all else is judged on the document, before any output
is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reports.briefs import Edition, Expired, Workspace
from reports.budgets.body import stretches
from reports.budgets.demands import demand_faults, demand_terms
from reports.budgets.jargon import jargon_faults, jargon_terms
from reports.budgets.pages import page_term
from reports.budgets.plainness import plainness_terms
from reports.budgets.terms import Term, Verdict
from reports.compose import Composed
from reports.document import Document
from reports.facts.freshness import overdue
from reports.problems import Place, Problem

__all__ = ["Term", "Verdict", "contract_faults", "contract_terms", "expired_term", "page_term"]


def contract_terms(
    edition: Edition, document: Document, composed: Composed, workspace: Workspace
) -> tuple[Term, ...]:
    """Every term of an edition's contract but its pages, with the problems of each breach.

    Length and plainness are measured where nothing is agreed, too.
    """
    audience = edition.audience
    told = stretches(document, composed)

    def shown(place: Place) -> str:
        return place.shown(workspace.root)

    return (
        *plainness_terms(audience, told, edition.template, shown),
        *jargon_terms(audience, edition.language, told),
        *demand_terms(audience, document, composed, workspace.facts),
        expired_term((note.fact for note in document.notes.notes), edition, workspace),
    )


def contract_faults(editions: Iterable[Edition], workspace: Workspace) -> Iterator[Problem]:
    """What the audiences of these editions ask for that can't be found anywhere."""
    for audience in {edition.audience.id: edition.audience for edition in editions}.values():
        yield from jargon_faults(audience)
        yield from demand_faults(audience, workspace.facts)


def expired_term(told: Iterable[str], edition: Edition, workspace: Workspace) -> Term:
    """The term on facts past their day, judged on those that an edition tells of.

    Its problems are told where the facts are declared.
    """
    used = workspace.facts.bases(told)
    found = [each for each in overdue(used.values(), workspace.day) if each.expired]
    rule = edition.audience.expired
    late = Verdict.BREACHED if rule is Expired.REFUSE else Verdict.WARNED
    verdict = late if found else Verdict.KEPT
    return Term("expired facts", rule.value, len(found), verdict)
