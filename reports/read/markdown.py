"""Markdown to a tree of HTML elements: Python-Markdown with our rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import lxml.html
from lxml.etree import _Element as Element
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.tables import TableProcessor

from reports.compose.tokens import POSITION
from reports.language import Language, load_language

# After anything but a space or a bracket, smarty takes a quotation mark for a closing one.
_HIDDEN_OPENING = re.compile(rf"(?<![^\s(\[{{–—])((?:{POSITION.pattern})+)(?P<mark>[\"'])")


@dataclass(frozen=True)
class RaggedRow:
    """A table row with another number of cells than its head."""

    text: str
    cells: int
    wanted: int


def markdown_tree(text: str, language: Language) -> tuple[Element, tuple[RaggedRow, ...]]:
    """The elements under one root, quotation marks set, and the ragged rows of its tables."""
    html, ragged = _html(text, language.code)
    root: Element = lxml.html.fragment_fromstring(html, create_parent="div")
    return root, ragged


@lru_cache(maxsize=128)
def _html(text: str, language: str) -> tuple[str, tuple[RaggedRow, ...]]:
    """The HTML of a text; captions and notes stay as they are when an edition is made again."""
    ragged: list[RaggedRow] = []
    converter = Markdown(
        extensions=["def_list", "admonition", "attr_list", "sane_lists", "smarty", _Rules(ragged)],
        extension_configs={"smarty": {"substitutions": _marks(load_language(language))}},
    )
    return converter.convert(_HIDDEN_OPENING.sub(r"\g<mark>\1", text)), tuple(ragged)


def _marks(language: Language) -> dict[str, str]:
    quotes = language.quotes
    return {
        "left-double-quote": quotes.outer[0],
        "right-double-quote": quotes.outer[1],
        "left-single-quote": quotes.inner[0],
        "right-single-quote": "’",
        "ndash": "–",
        "mdash": "—",
        "ellipsis": "…",
    }


class _CheckedTables(TableProcessor):
    """Tables whose rows must have as many cells as the head."""

    ragged: list[RaggedRow]

    def run(self, parent: Any, blocks: list[str]) -> None:
        rows = [row.strip() for row in blocks[0].split("\n")]
        wanted = len(self._cells(rows[0]))
        for row in rows[2:]:
            cells = len(self._cells(row))
            if cells != wanted:
                self.ragged.append(RaggedRow(row, cells, wanted))
        super().run(parent, blocks)

    def _cells(self, row: str) -> list[str]:
        # Python-Markdown's own splitter; its type stubs leave it out.
        return list(self._split_row(row))  # type: ignore[attr-defined]


class _Rules(Extension):
    """Our Markdown: no raw HTML, no entities, and tables that are checked."""

    def __init__(self, ragged: list[RaggedRow]) -> None:
        super().__init__()
        self._ragged = ragged

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.deregister("entity")
        tables = _CheckedTables(md.parser, {"use_align_attribute": True})
        tables.ragged = self._ragged
        md.parser.blockprocessors.register(tables, "table", 75)
