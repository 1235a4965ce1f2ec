"""A message as a tree of names and texts: where things stand, and what is wrong there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from lxml import etree


@dataclass(frozen=True)
class Finding:
    """What is wrong with an element; `about` names its child where that is what it lacks."""

    element: etree._Element
    what: str
    hint: str = ""
    about: str = ""


def local(element: etree._Element) -> str:
    """The element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def space(element: etree._Element) -> str:
    """The element's namespace, "" where it has none."""
    return element.tag.rpartition("}")[0][1:]


def text(element: etree._Element) -> str:
    """The element's own text, without space around it."""
    return (element.text or "").strip()


def line(element: etree._Element) -> int:
    """The line that the element starts on, 0 where the parser doesn't tell."""
    return cast("int | None", element.sourceline) or 0


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The children of that name, whatever their namespace."""
    return iter(element.findall(f"{{*}}{name}"))


def first(element: etree._Element, *path: str) -> etree._Element | None:
    """The element at the end of the path of names, the first one on each step."""
    return element.find("/".join(f"{{*}}{name}" for name in path))


def value(element: etree._Element, *path: str) -> str:
    """The text at the end of the path, "" where there is none."""
    found = first(element, *path)
    return "" if found is None else text(found)


def below(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """All elements of that name below this one, in document order."""
    return element.iter(f"{{*}}{name}")


def code(element: etree._Element | None) -> str:
    """The code that an element holds, or its words in a dialect without codes; "" for neither."""
    if element is None:
        return ""
    return value(element, "kode") if len(element) else text(element)


def coded(element: etree._Element) -> etree._Element:
    """The element that holds the code of this one: itself in a dialect without codes."""
    holder = first(element, "kode")
    return element if holder is None else holder
