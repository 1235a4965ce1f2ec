"""Thin WordprocessingML: elements, paragraphs, runs, links and fields.

Children come in the order of the schema (ECMA-376 part 1, 17); Word refuses other orders.
"""

from __future__ import annotations

import hashlib
import re
from typing import TypeAlias

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from lxml import etree

Element: TypeAlias = etree._Element  # noqa: SLF001 — lxml has no public name for its element type

_ASCII = str.maketrans({"ø": "o", "å": "a", "æ": "ae", " ": None})


def w(tag: str, *children: Element | None, **attributes: str | float) -> Element:
    """An element of the main namespace; children that are None are left out."""
    element: Element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    element.extend(child for child in children if child is not None)
    return element


def dxa(millimetres: float) -> int:
    """Twentieths of a point, the unit of indents and widths."""
    return round(millimetres * 1440 / 25.4)


def twips(points: float) -> int:
    """Twentieths of a point, from points."""
    return round(points * 20)


def style_id(name: str) -> str:
    """The id of the style with that name: ASCII without spaces ("KF Nøkkeltall": KFNokkeltall)."""
    return (name[:1].upper() + name[1:]).translate(_ASCII)


def paragraph(style: str, *content: Element) -> Element:
    return w("p", w("pPr", w("pStyle", val=style_id(style))), *content)


def run(text: str, style: str = "") -> Element:
    """A run of text in a character style; "" is the look of its paragraph."""
    return _run(_text("t", text), style)


def words(text: str, style: str = "") -> tuple[Element, ...]:
    """The run of a text, none where there is no text."""
    return (run(text, style),) if text else ()


def tab() -> Element:
    return w("r", w("tab"))


def line_break() -> Element:
    return w("r", w("br"))


def link(bookmark: str, *content: Element) -> Element:
    """A link to a bookmark of this document."""
    return w("hyperlink", *content, anchor=bookmark, history=1)


def outward_link(address: str, *content: Element) -> Element:
    """A link out of the document; `finish` turns its address into a relationship."""
    element = w("hyperlink", *content, history=1)
    element.set(qn("r:id"), address)
    return element


def field(instruction: str, result: str, style: str = "") -> tuple[Element, ...]:
    """A field with its result, so that it reads right before Word updates it."""
    begin, end = open_field(instruction, style), close_field(style)
    return (*begin, run(result, style), end)


def open_field(instruction: str, style: str = "") -> tuple[Element, ...]:
    """The runs before the result of a field."""
    return (
        _run(w("fldChar", fldCharType="begin"), style),
        _run(_text("instrText", f" {instruction} "), style),
        _run(w("fldChar", fldCharType="separate"), style),
    )


def close_field(style: str = "") -> Element:
    return _run(w("fldChar", fldCharType="end"), style)


def bookmarked(name: str, *content: Element) -> tuple[Element, ...]:
    """The content with a bookmark around it; `finish` numbers it."""
    return (w("bookmarkStart", id=0, name=name), *content, w("bookmarkEnd", id=0))


def bookmark_name(anchor: str) -> str:
    """The bookmark of an anchor: at most 40 letters, digits and underscores.

    Word doesn't tell case apart in bookmarks; an anchor that loses something on the way
    gets a hash of itself, so that different anchors keep different names.
    """
    name = "at_" + re.sub(r"[^a-z0-9]", "_", anchor.lower())
    if name == f"at_{anchor}" and len(name) <= 40:
        return name
    return f"{name[:31]}_{hashlib.sha256(anchor.encode()).hexdigest()[:8]}"


def mark_bookmark(note: int) -> str:
    """The bookmark of the first spot in the text that cites a note."""
    return f"mark_{note}"


def note_bookmark(note: int) -> str:
    return f"note_{note}"


def source_bookmark(letter: str) -> str:
    return f"source_{letter}"


def _run(content: Element, style: str) -> Element:
    look = w("rPr", w("rStyle", val=style_id(style))) if style else None
    return w("r", look, content)


def _text(tag: str, text: str) -> Element:
    element = w(tag)
    element.set(qn("xml:space"), "preserve")
    element.text = text
    return element
