"""Drafts to documents: calls become what they print, in reading order."""

from __future__ import annotations

from dataclasses import replace

from reports.briefs import Edition, Workspace
from reports.compose import Composed
from reports.document import (
    Block,
    Contents,
    ContentsEntry,
    Document,
    Heading,
    without_marks,
)
from reports.facts.model import Facts
from reports.language import Language
from reports.problems import Place, raise_if_fatal
from reports.read import Draft
from reports.resolve.blocks import BlockResolver
from reports.resolve.citing import make_citing, raise_if_english
from reports.resolve.end import Frame, make_colophon, make_cover, make_notes, make_sources
from reports.resolve.provenance import make_provenance


def resolve(
    draft: Draft,
    composed: Composed,
    edition: Edition,
    workspace: Workspace,
    facts: Facts,
    language: Language,
) -> Document:
    """The document of one edition, complete but for its format.

    Raises ReportError with every chart that can't be drawn, caption without its table,
    reference to nothing, and number in a caption that has no source.
    """
    resolver = BlockResolver(
        composed, workspace.names, facts, language, layout=edition.audience.layout
    )
    resolver.number(draft.body)
    title = resolver.inlines(draft.title)
    lead = resolver.inlines(draft.lead)
    body = resolver.body(draft.body)
    raise_if_fatal(resolver.problems)
    organisation = workspace.organisation[language.code]
    frame = Frame(edition, facts, language, organisation, resolver.ledger)
    start = Place(composed.templates[0], 1)
    data = resolver.data(body, start)
    notes = make_notes(frame, resolver.next_section(), resolver.next_table(), start)
    sources = make_sources(frame, resolver.next_section(), start)
    if style := edition.audience.citations:
        place = edition.audience.place_of("citations")
        citing = make_citing(
            style, place, facts, resolver.ledger, language, templates=workspace.templates
        )
        title, lead = citing.untold(title), citing.told(lead)
        body, data = citing.body(body), citing.data(data)
        notes, sources = citing.notes(notes), citing.sources(sources)
        raise_if_english(citing, style, place)
    return Document(
        language=language.code,
        layout=edition.audience.layout,
        cover=make_cover(frame, title, lead),
        body=_with_contents(
            body, *([data.heading] if data else ()), notes.heading, sources.heading
        ),
        notes=notes,
        sources=sources,
        colophon=make_colophon(frame),
        data=data,
        provenance=make_provenance(frame),
    )


def _with_contents(body: tuple[Block, ...], *end: Heading) -> tuple[Block, ...]:
    """The body with its contents list filled from the headings."""
    sections = [block for block in body if isinstance(block, Heading) and block.level == 2]
    entries = tuple(
        ContentsEntry(heading.number, without_marks(heading.content), heading.anchor)
        for heading in (*sections, *end)
    )
    return tuple(
        replace(block, entries=entries) if isinstance(block, Contents) else block for block in body
    )
