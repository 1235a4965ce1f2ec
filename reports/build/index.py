"""The page that lists what a build wrote: `index.html`, for the workspace only.

One table has all editions; below it stands each edition's contract with its audience.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from reports.budgets import Term, Verdict
from reports.build.outputs import Output, Resolved

_STYLE = """
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
body { background: Canvas; color: CanvasText }
table { border-collapse: collapse; width: 100% }
caption { text-align: left; font-weight: bold; padding-bottom: .2rem }
th, td { text-align: left; vertical-align: top; padding: .4rem .8rem .4rem 0 }
th, td { border-bottom: 1px solid #8888 }
tbody th { overflow-wrap: anywhere; hyphens: auto }
tbody th span, small { display: block }
small { font-size: 1em; font-weight: normal }
a { display: inline-block; padding: .3rem 0; margin-right: .8rem; font-weight: normal }
.contracts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr)) }
.contracts { gap: 2rem 3rem; align-items: start }
.contracts th, .contracts td { padding-block: .15rem; font-weight: normal }
.contracts td { white-space: nowrap }
.contracts :is(td, thead th):is(:nth-child(2), :nth-child(3)) { text-align: right }
.contracts td:last-child, .contracts th:last-child { width: 6em }
.breached { font-weight: bold; color: Canvas; background: CanvasText; padding: 0 .3rem }
@media (max-width: 44rem) { body { font-size: .8rem } th, td { padding-right: .5rem } }
"""
_HEADS = ("Edition", "PDF pages", "Facts", "Contract")


def index_page(outputs: Sequence[Output], resolved: Sequence[Resolved]) -> str:
    """An HTML page with one row an edition, its links, counts and verdict, and all contracts."""
    rows = "".join(_row(outputs, item) for item in resolved)
    contracts = "".join(map(_contract, resolved))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Briefs</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head>\n<body><main><h1>Briefs</h1>"
        f'<table id="editions"><thead><tr>{_heads(_HEADS)}</tr></thead><tbody>{rows}</tbody></table>'
        f'\n<h2>Contracts</h2>\n<div class="contracts">{contracts}</div></main></body></html>\n'
    )


def _row(outputs: Sequence[Output], item: Resolved) -> str:
    edition, document = item.edition, item.document
    own = [each for each in outputs if each.edition == edition and each.format in item.formats]
    links = " ".join(
        f'<a href="{escape(edition.name)}.{output.format.value}">{output.format.value.upper()}</a>'
        for output in own
    )
    pages = max((output.pages for output in own), default=0)
    body = max((output.body_pages for output in own), default=0)
    cells = (
        f"{pages} ({body} body)" if pages else "–",
        str(len(document.notes.notes)),
        _overall(item.terms),
    )
    title = escape(document.cover.short_title)
    head = (
        f'<span lang="{edition.language}">{title}</span> '
        f"<small>{escape(edition.audience.id)}, {edition.language}</small> {links}"
    )
    tail = "".join(f"<td>{cell}</td>" for cell in cells)
    return f'<tr><th scope="row">{head}</th>{tail}</tr>'


def _overall(terms: Iterable[Term]) -> str:
    """The verdict on a whole contract: kept, or how many of its terms are breached."""
    breached = sum(term.verdict is Verdict.BREACHED for term in terms)
    return f'<span class="breached">{breached} breached</span>' if breached else "kept"


def _contract(item: Resolved) -> str:
    edition = item.edition
    named = f"{edition.brief.id}: {edition.audience.id}, {edition.language}"
    if item.formats != edition.formats:
        named += f" ({', '.join(kind.value for kind in item.formats)})"
    heads = _heads(("Term", "Budget", "Actual", "Verdict"))
    rows = "".join(map(_term, item.terms))
    return (
        f"<table><caption>{escape(named)}</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table>\n"
    )


def _term(term: Term) -> str:
    verdict = term.verdict.value
    if term.verdict is Verdict.BREACHED:
        verdict = f'<span class="breached">{verdict}</span>'
    cells = f"<td>{escape(term.shown_budget)}</td><td>{escape(term.shown_actual)}</td><td>{verdict}</td>"
    return f'<tr><th scope="row">{escape(term.name)}</th>{cells}</tr>'


def _heads(heads: Iterable[str]) -> str:
    return "".join(f'<th scope="col">{head}</th>' for head in heads)
