"""An edition against its audience's contract: for now, the pages of its body."""

from __future__ import annotations

from reports.briefs import Audience
from reports.problems import Place, Problem, ReportError


def check_pages(audience: Audience, pages: int, place: Place) -> None:
    """Raise ReportError at the template if the body takes more pages than allowed."""
    if audience.pages and pages > audience.pages:
        what = f"the body takes {pages} pages; '{audience.id}' allows {audience.pages}"
        hint = "cut the text; notes, annex and sources are not counted"
        raise ReportError(Problem(place, what, hint))
