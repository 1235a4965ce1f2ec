"""Sources cited in the styles of CSL, the language that reference managers know styles in.

citeproc lives here alone.  What leaves is words with their looks, free of any format.
"""

from __future__ import annotations

from reports.citations.bibliography import Bibliography, Entry
from reports.citations.marks import Piece, Words
from reports.citations.style import Kind, Style, StyleError, load_style, style_names

__all__ = [
    "Bibliography",
    "Entry",
    "Kind",
    "Piece",
    "Style",
    "StyleError",
    "Words",
    "load_style",
    "style_names",
]
