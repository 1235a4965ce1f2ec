"""An edition against its audience's contract: for now, the pages of its body."""

from __future__ import annotations

from reports.briefs import Audience
from reports.problems import Place, Problem


def page_problem(audience: Audience, pages: int, place: Place, seen_at: str) -> Problem | None:
    """The problem of a body with more pages than its audience allows, None within the limit.

    `seen_at` tells where the author can look at the pages.
    """
    if not audience.pages or pages <= audience.pages:
        return None
    what = f"the body takes {pages} pages; '{audience.id}' allows {audience.pages}"
    hint = f"cut the text (notes, annex and sources are not counted); see {seen_at}"
    return Problem(place, what, hint)
