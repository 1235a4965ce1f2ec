"""What stands in a line, as HTML: each note mark is held to the word before it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from reports.document import (
    Code,
    Emphasis,
    FactSpan,
    Foreign,
    Inline,
    LineBreak,
    Link,
    Reference,
    Slot,
    Strong,
    Text,
    note_mark,
    unresolved,
)

# WeasyPrint breaks a text far too early when the next element doesn't fit on its line, unless
# the space between them is an element too.
SPACE = "<span> </span>"


def inlines(content: Iterable[Inline]) -> str:
    """The nodes as HTML, each note mark held to the word or mark before it."""
    nodes, pieces = list(content), []
    while nodes:
        node = nodes.pop(0)
        marks = ""
        while nodes and isinstance(nodes[0], FactSpan) and not nodes[0].text:
            marks += _mark(nodes.pop(0))
        match node:
            case Text(text) if nodes and not marks and text.endswith(" "):
                pieces.append(f"{escape(text[:-1])}{SPACE}")
            case Text(text) if marks:
                pieces.append(_held(text, marks))
            case FactSpan(text=text, unbroken=False):
                pieces.append(_held(text, _mark(node) + marks))
            case FactSpan(text=text):
                held = f"{escape(text)}{_mark(node)}{marks}"
                pieces.append(f'<span class="f">{held}</span>')
            case _:
                pieces.append(_inline(node) + marks)
    return "".join(pieces)


def _held(text: str, marks: str) -> str:
    """The text with its last word and the marks on one line."""
    start, space, last = text.rpartition(" ")
    before = f"{escape(start)}{SPACE}" if space else ""
    return f'{before}<span class="f">{escape(last)}{marks}</span>'


def _mark(node: Inline) -> str:
    """The link to a fact's note."""
    if not isinstance(node, FactSpan):
        return ""
    address = f"#fact-{node.fact}"
    return f'<a class="m" role="doc-noteref" href="{address}">{note_mark(node.note)}</a>'


def _inline(node: Inline) -> str:
    match node:
        case Text(text):
            return escape(text)
        case Emphasis(content):
            return f"<em>{inlines(content)}</em>"
        case Strong(content):
            return f"<strong>{inlines(content)}</strong>"
        case Foreign(content, language):
            return f'<span lang="{language}">{inlines(content)}</span>'
        case Code(text):
            return f"<code>{escape(text)}</code>"
        case Link(content, target):
            return f'<a class="out" href="{escape(target)}">{inlines(content)}</a>'
        case FactSpan():
            return inlines((node,))
        case Reference(target, text):
            return f'<a href="#{escape(target)}">{escape(text)}</a>'
        case LineBreak():
            return "<br>"
        case Slot():
            raise unresolved(node)
