"""Hits to the outputs that print them: file, page and section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from reports.briefs import Format
from reports.trace.tracer import Tracer
from reports.trace.uses import Hit, Use
from reports.write.pages import Pages


@dataclass(frozen=True)
class OutputHit:
    """A hit in one output; `page` is None where the format has no fixed pages.

    `output` is the file's path as a build names it, from the workspace's folder.
    """

    output: str
    format: Format
    page: int | None
    hit: Hit


def output_hits(hits: Iterable[Hit], tracer: Tracer) -> Iterator[OutputHit]:
    """Each hit in each output of its edition: output by output, in the order of the hits.

    Raises ReportError for a page that can't be set.
    """
    for name, inside in groupby(hits, key=lambda hit: hit.use.edition.name):
        own = list(inside)
        edition = own[0].use.edition
        for kind in edition.formats:
            pages = tracer.pages(edition) if kind is Format.PDF else None
            for hit in own:
                page = page_of(hit.use, pages) if pages else None
                yield OutputHit(f"out/{name}.{kind.value}", kind, page, hit)


def page_of(use: Use, pages: Pages) -> int | None:
    """The page on which a use begins; None for one that the layout doesn't have."""
    if use.mark is None:
        return pages.anchors.get(use.anchor)
    return pages.of_text(use.mark, use.text)
