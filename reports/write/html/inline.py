"""What stands in a line, as HTML: each note mark is held to the word before it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from reports.document import (
    Citation,
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
    fact_parts,
    inline_text,
    note_mark,
    unresolved,
)

# WeasyPrint breaks a text far too early when the next element doesn't fit on its line, unless
# the space between them is an element too.
SPACE = "<span> </span>"
_LONGEST = 40  # letters of a word that a column holds
_HELD = 4  # marks in a row that stay with their word; a chart of many facts has a whole line


def inlines(content: Iterable[Inline]) -> str:
    """The nodes as HTML, the first note marks held to the word before them."""
    nodes, pieces = list(content), []
    while nodes:
        node = nodes.pop(0)
        found = []
        while nodes and _is_mark(nodes[0]):
            found.append(_mark(nodes.pop(0)))
        marks, more = "".join(found[:_HELD]), "".join(found[_HELD:])
        match node:
            case Text(text) if nodes and not marks and text.endswith(" "):
                pieces.append(f"{escape(text[:-1])}{SPACE}")
            case Text(text) if marks:
                pieces.append(_held(text, marks))
            case FactSpan(text=text, citation=None, unbroken=True) if text:
                held = f"{escape(text)}{_mark(node)}{marks}"
                pieces.append(f'<span class="f"{fact_told(node.fact, node.form)}>{held}</span>')
            case FactSpan(text=text, citation=cited):
                said = _cited(node, marks) if cited else _held(text, _mark(node) + marks)
                told = fact_told(node.fact, node.form)
                pieces.append(f"<span{told}>{said}</span>" if text else said)
            case _:
                pieces.append(_inline(node) + marks)
        pieces.append(more)
    return "".join(pieces)


def _held(text: str, marks: str) -> str:
    """The text with its last word and the marks on one line, if it may be one."""
    start, space, last = text.rpartition(" ")
    if len(last) > _LONGEST:
        return f"{escape(text)}{marks}"
    before = f"{escape(start)}{SPACE}" if space else ""
    return f'{before}<span class="f">{escape(last)}{marks}</span>'


def _is_mark(node: Inline) -> bool:
    """Whether it prints a note mark alone."""
    return isinstance(node, FactSpan) and not node.text and node.citation is None


def fact_told(fact: str, form: str) -> str:
    """Whose words an element holds, and in which form, for those who read an output back."""
    return f' data-fact="{fact}" data-form="{escape(form)}"'


def _mark(node: Inline) -> str:
    """The link to a fact's note."""
    if not isinstance(node, FactSpan):
        return ""
    address = f"#fact-{node.fact}"
    mark = note_mark(node.note, node.brackets)
    return f'<a class="m" role="doc-noteref" href="{address}">{mark}</a>'


def _cited(fact: FactSpan, marks: str) -> str:
    """A fact with the citation of its source before its note mark, held to it where short."""
    text, cited, end = fact_parts(fact)
    held = f"{inlines(cited[1:])}{escape(end)}{_mark(fact)}{marks}"
    short = len(inline_text(cited)) <= _LONGEST
    return f"{escape(text)}{SPACE}" + (f'<span class="f">{held}</span>' if short else held)


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
        case Citation(content, target):
            return f'<a href="#{escape(target)}">{inlines(content)}</a>'
        case FactSpan():
            return inlines((node,))
        case Reference(target, text):
            return f'<a href="#{escape(target)}">{escape(text)}</a>'
        case LineBreak():
            return "<br>"
        case Slot():
            raise unresolved(node)
