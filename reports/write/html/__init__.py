"""Documents to HTML: one self-contained page, and the page that the PDF is set from."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from reports.document import Document
from reports.language import Language
from reports.write.html.blocks import blocks_html
from reports.write.html.frame import colophon_html, cover_html, notes_html, sources_html


def write_html(
    document: Document, charts: Mapping[str, str], style: str, language: Language
) -> str:
    """The page of a document as HTML.

    `charts` maps a figure's anchor to its SVG; `style` is the style sheets' elements.
    """
    return "".join(
        (
            "<!doctype html>\n",
            f'<html lang="{document.language}"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(document.cover.short_title)}</title>",
            f'<meta name="author" content="{escape(document.cover.publisher)}">',
            f'<meta name="description" content="{escape(document.cover.kind)}">',
            f'{style}</head>\n<body class="{document.layout.value}">',
            f'<a class="skip" href="#main">{escape(language.say("skip"))}</a>',
            cover_html(document.cover),
            '\n<main id="main">',
            blocks_html(document.body, charts),
            notes_html(document.notes, document.layout),
            sources_html(document.sources),
            colophon_html(document.colophon),
            "</main></body></html>\n",
        )
    )
