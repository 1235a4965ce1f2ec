"""Thin WordprocessingML: elements, paragraphs, runs, links and fields.

Children come in the order of the schema (ECMA-376 part 1, 17); Word refuses other orders.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element  # noqa: SLF001 — lxml has no public name for its element type

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PREFIXES = {"w": MAIN}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ASCII = str.maketrans({"ø": "o", "å": "a", "æ": "ae", " ": None})


@cache
def name(tag: str) -> str:
    """The full name of a tag or attribute of the main namespace."""
    return f"{{{MAIN}}}{tag}"


def w(tag: str, *children: Element | None, **attributes: str | float) -> Element:
    """An element of the main namespace; children that are None are left out."""
    known = {name(key): str(value) for key, value in attributes.items()}
    element = etree.Element(name(tag), known, _PREFIXES)
    for child in children:
        if child is not None:
            element.append(child)
    return element


def dxa(millimetres: float) -> int:
    """Twentieths of a point, the unit of indents and widths."""
    return round(millimetres * 1440 / 25.4)


def twips(points: float) -> int:
    """Twentieths of a point, from points."""
    return round(points * 20)


@cache
def style_id(style: str) -> str:
    """The id of the style with that name: ASCII without spaces ("KF Nøkkeltall": KFNokkeltall)."""
    return (style[:1].upper() + style[1:]).translate(_ASCII)


def paragraph(style: str, *content: Element) -> Element:
    return w("p", w("pPr", w("pStyle", val=style_id(style))), *content)


def run(text: str, style: str = "", language: str = "") -> Element:
    """A run of text in a character style, "" for its paragraph's look.

    `language` is that of the words where it isn't the document's.
    """
    return _run(_text("t", text), style, language)


def words(text: str, style: str = "", language: str = "") -> tuple[Element, ...]:
    """The run of a text, none where there is no text."""
    return (run(text, style, language),) if text else ()


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
    element.set(f"{{{RELATIONS}}}id", address)
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


def bookmarked(bookmark: str, *content: Element) -> tuple[Element, ...]:
    """The content with a bookmark around it; `finish` numbers it."""
    return (open_bookmark(bookmark), *content, close_bookmark())


def open_bookmark(bookmark: str) -> Element:
    return w("bookmarkStart", id=0, name=bookmark)


def close_bookmark() -> Element:
    return w("bookmarkEnd", id=0)


def led_by(bookmark: str, whole: Iterable[Element]) -> Iterator[Element]:
    """Paragraphs and tables, the first paragraph with a bookmark around its content.

    A bookmark over more than one paragraph doesn't survive LibreOffice where a table is near.
    """
    elements = list(whole)
    first = next(elements[0].iter(name("p")))
    first.insert(1, open_bookmark(bookmark))  # after the properties
    first.append(close_bookmark())
    yield from elements


def control(tag: str, *content: Element) -> Element:
    """A content control around runs; `finish` gives it its title and number."""
    return w("sdt", w("sdtPr", w("tag", val=tag)), w("sdtContent", *content))


def gallery(part: str, *content: Element) -> Element:
    """Paragraphs as what Word's galleries call a building block, with its own button to renew."""
    block = w("docPartObj", w("docPartGallery", val=part), w("docPartUnique"))
    return w("sdt", w("sdtPr", block), w("sdtContent", *content))


def plain(space: str, tag: str, *children: Element, **attributes: str) -> Element:
    """An element of another namespace, which needs no prefix in its part."""
    own: Any = {None: space}  # the stubs don't know of a namespace without a prefix
    element = etree.Element(f"{{{space}}}{tag}", attributes, own)
    element.extend(children)
    return element


def told(space: str, tag: str, text: str, **attributes: str) -> Element:
    """An element of another namespace that holds a text."""
    element = plain(space, tag, **attributes)
    element.text = text
    return element


def serialised(root: Element) -> bytes:
    """The element as a part of the package."""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _run(content: Element, style: str, language: str = "") -> Element:
    known = (
        w("rStyle", val=style_id(style)) if style else None,
        w("lang", val=language) if language else None,
    )
    return w("r", w("rPr", *known) if style or language else None, content)


def _text(tag: str, text: str) -> Element:
    element = w(tag)
    element.set(_SPACE, "preserve")
    element.text = text
    return element
