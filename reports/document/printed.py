"""What a document prints for each fact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from reports.document import Document, FactSpan, Figure, drawn_facts


def printed_texts(document: Document) -> dict[str, tuple[str, ...]]:
    """The facts of a document in the order of their notes, each with what is printed for it.

    Each text is there once, in reading order; a fact that is only cited has none.
    """
    found: dict[str, dict[str, None]] = {note.fact: {} for note in document.notes.notes}
    for fact, text in _spots((document.cover, document.body)):
        if text:
            found.setdefault(fact, {})[text] = None
    return {fact: tuple(texts) for fact, texts in found.items()}


def _spots(node: object) -> Iterator[tuple[str, str]]:
    """Each fact that stands below a node, with its text there."""
    match node:
        case FactSpan():
            yield node.fact, node.text
        case Figure():
            yield from drawn_facts(node.chart)
            yield from _spots(node.caption)
        case tuple():
            for each in node:
                yield from _spots(each)
        case _ if is_dataclass(node):
            for field in fields(node):
                yield from _spots(getattr(node, field.name))
        case _:
            pass
