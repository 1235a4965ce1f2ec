"""When a fact holds, against the dates that its source prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reports.facts.ask.records import edtf
from reports.facts.evidence.dates import Dated, covers, prints
from reports.facts.evidence.findings import Miss
from reports.facts.evidence.paragraph import Paragraph
from reports.facts.quantities import AsOf, When


def as_of_misses(
    as_of: AsOf, issued: AsOf, paragraphs: Sequence[Paragraph], cited: int
) -> tuple[Miss, ...]:
    """What the text doesn't confirm of a fact's date.

    A printed date stands in the paragraph numbered `cited`; or it is the source's own printed
    date, or part of it; or it stands in the nearest paragraph before that prints any date with a
    year (for a date of no year: without one).  An inferred date doesn't stand in the paragraph.
    A date in a name, such as that of a yearly survey, holds for no other paragraph.
    """
    here, when = paragraphs[cited - 1], as_of.when
    if when is None:
        return ()
    if as_of.inferred:
        plain = [dated for dated in here.dates if not dated.named]
        what = f"{edtf(when)} is inferred, and paragraph {cited} prints it"
        return (Miss("date", what, _seen(here, when)),) if prints(plain, when) else ()
    own = issued.when if issued.when and not issued.inferred else None
    if prints(here.dates, when) or (own and covers(own, when)):
        return ()
    before = [each for each in paragraphs[:cited] if _of_kind(each.dates, when)]
    if before and prints(before[-1].dates, when):
        return ()
    elsewhere = f", nor in {before[-1].number}, the last with such a date" if before else ""
    what = f"{edtf(when)} is not printed in paragraph {cited}{elsewhere}"
    return (Miss("date", what, here.reads()),)


def issued_misses(issued: AsOf, paragraphs: Sequence[Paragraph]) -> tuple[Miss, ...]:
    """The source's own date, if it is given as printed and no paragraph prints it."""
    when = issued.when
    if when is None or issued.inferred or any(prints(each.dates, when) for each in paragraphs):
        return ()
    return (Miss("date", f"it is issued {edtf(when)}, which its text doesn't print", ""),)


def _of_kind(dates: Sequence[Dated], when: When) -> bool:
    """Whether a reader could take one of the dates for the one meant."""
    kinds = [dated.when.year is None for dated in dates if not dated.named]
    return (when.year is None) in kinds


def _seen(paragraph: Paragraph, when: When) -> str:
    parts = (when, replace(when, year=None)) if when.month else (when,)
    spans = [
        paragraph.span(dated.first, dated.beyond)
        for dated in paragraph.dates
        if any(covers(dated.when, part) for part in parts)
    ]
    return paragraph.reads(*spans[0])
