"""The pages of an edition's body: known once its PDF is laid out."""

from __future__ import annotations

from reports.briefs import Audience
from reports.budgets.terms import Term, Verdict, measured
from reports.problems import Place, Problem

_NAME = "pages of body"


def page_term(audience: Audience, pages: int, place: Place, look: str) -> Term:
    """The term on the pages of the body; 0 for an edition that was not laid out.

    `look` tells where the author can see pages that are too many.
    """
    limit = audience.budget.pages
    if not pages:
        return Term(_NAME, limit or None, None, Verdict.UNSEEN)
    what = f"the body takes {pages} pages; '{audience.id}' allows {limit}"
    hint = f"cut the text (notes, annex and sources are not counted); {look}"
    return measured(_NAME, limit, pages, (Problem(place, what, hint),))
