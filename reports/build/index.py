"""The page that lists what a build wrote: `index.html`, for the workspace only."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from reports.build.outputs import Output, Resolved

_STYLE = """
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
body { background: Canvas; color: CanvasText }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .4rem .8rem .4rem 0 }
th, td { border-bottom: 1px solid #8888; overflow-wrap: anywhere }
td a { display: inline-block; padding: .3rem 0; margin-right: .5rem }
@media (max-width: 44rem) { body { font-size: .8rem } }
"""


def index_page(outputs: Sequence[Output], resolved: Sequence[Resolved]) -> str:
    """An HTML page with one row an edition: title, language, links, pages and facts."""
    rows = []
    for item in resolved:
        edition, document = item.edition, item.document
        own = [each for each in outputs if each.edition == edition and each.format in item.formats]
        links = " ".join(
            f'<a href="{escape(edition.name)}.{output.format.value}">{output.format.value.upper()}</a>'
            for output in own
        )
        pages = max((output.pages for output in own), default=0)
        body = max((output.body_pages for output in own), default=0)
        counted = f"{pages} ({body} body)" if pages else "–"
        rows.append(
            f'<tr><th scope="row" lang="{edition.language}">{escape(document.cover.short_title)}'
            f"</th><td>{escape(edition.audience.id)}</td><td>{edition.language}</td>"
            f"<td>{links}</td><td>{counted}</td><td>{len(document.notes.notes)}</td></tr>"
        )
    heads = "".join(
        f'<th scope="col">{head}</th>'
        for head in ("Title", "Audience", "Language", "Outputs", "PDF pages", "Facts")
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Briefs</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head>\n<body><main><h1>Briefs</h1><table><thead>"
        f"<tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table></main></body></html>\n"
    )
