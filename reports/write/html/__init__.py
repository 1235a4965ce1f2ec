"""Documents to HTML: one self-contained page, and the page that the PDF is set from."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from reports import __version__
from reports.document import Document, inline_text, without_marks
from reports.language import Language
from reports.themes import Logo
from reports.write.html.blocks import blocks_html
from reports.write.html.frame import (
    colophon_html,
    cover_html,
    data_html,
    logo_html,
    notes_html,
    sources_html,
)
from reports.write.html.marks import with_mark_ids


def write_html(
    document: Document,
    charts: Mapping[str, str],
    style: str,
    language: Language,
    logo: Logo | None = None,
) -> str:
    """The page of a document as HTML.

    `charts` maps a figure's anchor to its SVG; `style` holds the elements that
    give the page its looks; `logo` stands above the masthead.
    """
    mark = logo_html(logo, document.language) if logo else ""
    said, marked = with_mark_ids(
        f'{cover_html(document.cover, mark)}\n<main id="main" tabindex="-1">'
        f"{blocks_html(document.body, charts)}{data_html(document.data, language)}"
    )
    return "".join(
        (
            "<!doctype html>\n",
            f'<html lang="{document.language}">{_head(document, style)}',
            f'\n<body class="{document.layout.value}">',
            f'<a class="skip" href="#main">{escape(language.say("skip"))}</a>',
            said,
            notes_html(document.notes, document.layout, marked),
            sources_html(document.sources, document.notes),
            "</main>",
            colophon_html(document.colophon),
            "</body></html>\n",
        )
    )


def _head(document: Document, style: str) -> str:
    cover, origin = document.cover, document.provenance
    day = origin.date.isoformat() if origin else ""
    named = {
        "viewport": "width=device-width, initial-scale=1",
        "generator": f"Kildefast {__version__}",
        "author": cover.publisher,
        "description": inline_text(without_marks(cover.lead)) or cover.kind,
        **({"dcterms.created": day, "dcterms.modified": day} if day else {}),
    }
    return (
        f'<head><meta charset="utf-8"><title>{escape(cover.short_title)}</title>'
        + "".join(f'<meta name="{name}" content="{escape(each)}">' for name, each in named.items())
        + f"{style}</head>"
    )
