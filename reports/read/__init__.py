"""Markdown to the document model: Python-Markdown's HTML against a closed vocabulary.

What Markdown says that the model has no class for is a problem at its place, never a loss.
"""

from __future__ import annotations

from dataclasses import dataclass

from reports.compose import Composed
from reports.document import Block, Heading, Inline, Paragraph
from reports.language import Language
from reports.problems import Place, Problem, raise_if_fatal
from reports.read.blocks import BlockReader
from reports.read.inline import InlineReader
from reports.read.limits import exhausting
from reports.read.markdown import markdown_tree


@dataclass(frozen=True)
class Draft:
    """A template's text as nodes, with slots where its calls print."""

    title: tuple[Inline, ...]
    lead: tuple[Inline, ...]
    body: tuple[Block, ...]


def read(composed: Composed, names: tuple[str, ...], language: Language) -> Draft:
    """The draft that an edition's Markdown makes.

    Raises ReportError with every construct that the model doesn't know, ragged tables,
    skipped heading levels, pictures without alt text, and numbers that reached the text
    without a source.
    """
    start = Place(composed.templates[0], 1)
    reader = BlockReader(composed, names, language, start)
    _refuse_exhausting(composed.text, reader)
    root, ragged = markdown_tree(composed.text, language)
    for row in ragged:
        reader.moved(row.text)
        hint = "every row has as many cells as the head; write \\| for a bar in a cell"
        reader.problem(f"this row has {row.cells} cells, the head {row.wanted}", hint)
    draft = _draft(list(reader.blocks(root)), start, reader.problems)
    raise_if_fatal(reader.problems)
    return draft


def read_inline(
    text: str, place: Place, composed: Composed, names: tuple[str, ...], language: Language
) -> tuple[Inline, ...]:
    """The inline nodes of a short text, such as a caption; empty for an empty text.

    Raises ReportError like `read`, at `place`.
    """
    reader = InlineReader(composed, names, language, place)
    _refuse_exhausting(text, reader)
    root, _ = markdown_tree(text, language)
    content = tuple(node for paragraph in root for node in reader.inlines(paragraph))
    raise_if_fatal(reader.problems)
    return content


def _refuse_exhausting(text: str, reader: InlineReader) -> None:
    """Raise ReportError for a text that would take too long to read."""
    for block, what, hint in exhausting(text):
        reader.moved(block)
        reader.problem(what, hint)
    raise_if_fatal(reader.problems)


def _draft(blocks: list[Block], start: Place, problems: list[Problem]) -> Draft:
    """Title and lead taken off the front of the blocks."""
    title: tuple[Inline, ...] = ()
    lead: tuple[Inline, ...] = ()
    match blocks:
        case [Heading(level=1, content=title), Paragraph(content=lead), *rest]:
            pass
        case [Heading(level=1, content=title), *rest]:
            pass
        case rest:
            what, hint = "the document has no title", "begin the template with '# Title'"
            problems.append(Problem(start, what, hint))
    _check_levels(rest, problems)
    return Draft(title, lead, tuple(rest))


def _check_levels(blocks: list[Block], problems: list[Problem]) -> None:
    level = 1
    for block in blocks:
        if not isinstance(block, Heading):
            continue
        if block.level == 1:
            problems.append(Problem(block.place, "a second title", "use ## for sections"))
        elif block.level > level + 1:
            what = f"heading skips from level {level} to {block.level}"
            problems.append(Problem(block.place, what, f"use {'#' * (level + 1)}"))
        level = block.level
