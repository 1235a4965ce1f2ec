"""Document to DOCX: what a careful Word user would have made, in named styles only.

python-docx owns package, parts and section; the XML of the text is ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from reports.document import Document
from reports.themes import Theme
from reports.write.docx.body import write_blocks
from reports.write.docx.charts import is_native
from reports.write.docx.cover import write_cover, write_margins
from reports.write.docx.ending import write_colophon, write_data, write_notes, write_sources
from reports.write.docx.finish import bookmarks, finish
from reports.write.docx.footnotes import write_footnotes
from reports.write.docx.package import own_draft
from reports.write.docx.provenance import write_provenance
from reports.write.docx.reference import opened_reference
from reports.write.docx.reference.frame import write_frame
from reports.write.docx.reference.settling import settle

__all__ = ["is_native", "write_docx"]

_NO_PAGES: Mapping[str, int] = MappingProxyType({})


def write_docx(
    document: Document,
    theme: Theme,
    pictures: Mapping[str, bytes],
    *,
    pages: Mapping[str, int] = _NO_PAGES,
    logo: bytes = b"",
) -> bytes:
    """The document as a Word file, the same bytes for the same input.

    `pictures` holds the PNG of each figure whose chart isn't native to Word, by its caption's
    anchor, 300 dpi and as wide as the text; `pages` the page of a heading by its anchor, for
    the contents list until Word counts itself; `logo` the theme's as PNG or JPEG, if it has one.

    Raises ReportError at a picture that Word can't show.
    """
    told = document.footnoted() if document.notes.remarks_heading else None
    if told:
        document = replace(
            document, cover=told.cover, body=told.body, data=told.data, sources=told.sources
        )
    reference = theme.word and opened_reference(document, theme, pictures, theme.word)
    if reference:
        draft = reference.draft
        write_frame(draft)
    else:
        draft = own_draft(document, theme, pictures)
        write_margins(draft, document.cover, logo)
        write_cover(draft, document.cover)
    write_blocks(draft, document.body, pages)
    write_data(draft, document.data)
    if told:
        write_footnotes(draft, told)
    else:
        write_notes(draft, document.notes, document.layout, bookmarks(draft))
    write_sources(draft, document.sources, document.notes)
    write_colophon(draft, document.colophon)
    finish(draft)
    if reference:
        settle(reference)
    write_provenance(draft)
    return draft.bytes()
