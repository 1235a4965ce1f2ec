"""Names of styles as people say them: as the file writes them, or as Word shows them.

Word writes its own styles in English and shows them in the language of its menus; LibreOffice
writes other names for some.  So "Overskrift 1" finds "heading 1" where no style has that name.
"""

from __future__ import annotations

import re

_SHOWN = {  # as Word calls its own styles in Bokmål, Nynorsk and Danish
    "normal": "normal",
    "overskrift": "heading",
    "overskrift 1": "heading 1",
    "overskrift 2": "heading 2",
    "overskrift 3": "heading 3",
    "tittel": "title",
    "titel": "title",
    "undertittel": "subtitle",
    "undertitel": "subtitle",
    "brødtekst": "body text",
    "bildetekst": "caption",
    "billedtekst": "caption",
    "sitat": "quote",
    "citat": "quote",
    "sterk": "strong",
    "stærk": "strong",
    "uthevet": "emphasis",
    "utheving": "emphasis",
    "fremhævet": "emphasis",
    "fremhæv": "emphasis",
    "sterk utheving": "intense emphasis",
    "kraftig fremhævning": "intense emphasis",
    "hyperkobling": "hyperlink",
    "hyperkopling": "hyperlink",
    "punktliste": "list bullet",
    "punktliste 2": "list bullet 2",
    "punktliste 3": "list bullet 3",
    "opstilling - punkttegn": "list bullet",
    "opstilling - punkttegn 2": "list bullet 2",
    "opstilling - punkttegn 3": "list bullet 3",
    "nummerert liste": "list number",
    "nummerert liste 2": "list number 2",
    "nummerert liste 3": "list number 3",
    "opstilling - talopst.": "list number",
    "opstilling - talopst. 2": "list number 2",
    "opstilling - talopst. 3": "list number 3",
    "listeavsnitt": "list paragraph",
    "listeafsnit": "list paragraph",
    "innh 1": "toc 1",
    "indholdsfortegnelse 1": "toc 1",
    "overskrift for innholdsfortegnelse": "toc heading",
    "tabellrutenett": "table grid",
    "tabel - gitter": "table grid",
    "vanlig tabell": "normal table",
    "tabel - normal": "normal table",
    "fotnotetekst": "footnote text",
    "fodnotetekst": "footnote text",
    "litteraturliste": "bibliography",
    "bibliografi": "bibliography",
    "fotnotereferanse": "footnote reference",
    "fodnotehenvisning": "footnote reference",
    "topptekst": "header",
    "sidehoved": "header",
    "bunntekst": "footer",
    "sidefod": "footer",
}


def folded(style: str) -> str:
    """A name as it is compared: case and width of spaces don't count."""
    return re.sub(r"\s+", " ", style).strip().casefold()


def english(style: str) -> str:
    """The name that Word writes for one that it shows; the folded name itself for others."""
    return _SHOWN.get(folded(style), folded(style))


def shown(style: str) -> tuple[str, ...]:
    """The names that a file may have for one of Word's own styles, its own first."""
    wanted = folded(style)
    return (wanted, *(own for own, written in _SHOWN.items() if written == wanted))
