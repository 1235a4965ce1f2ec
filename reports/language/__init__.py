"""Numbers, dates and the tool's own words in the language of an edition.

Babel knows the languages; the catalogues in `locale/` hold every word that the tool writes
itself, under keys; `ways` has what neither of them says.
"""

from __future__ import annotations

from reports.language.speaking import (
    CATALOGUES,
    NARROW,
    NO_BREAK,
    Language,
    languages,
    load_language,
)
from reports.language.typography import capitalised, in_words, quoted, slug, typographic
from reports.language.ways import Quotes

__all__ = [
    "CATALOGUES",
    "NARROW",
    "NO_BREAK",
    "Language",
    "Quotes",
    "capitalised",
    "in_words",
    "languages",
    "load_language",
    "quoted",
    "slug",
    "typographic",
]
