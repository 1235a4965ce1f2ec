"""What an SVG may hold in a document: shapes and paints that are known, and nothing else.

What a drawing program notes for itself is left out.  What acts, moves, loads, says something or
would be drawn by one reader and not by the next is a problem at its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import tinycss2  # type: ignore[import-untyped]
from lxml import etree

from reports.problems import Place, Problem

_MAX_ELEMENTS = 5_000
_MAX_DEPTH = 40
SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}href"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_GRADIENTS = ("linearGradient", "radialGradient")
SHAPES = _words("path rect circle ellipse line polyline polygon")
_TAGS = SHAPES | _words("g defs stop clipPath style") | set(_GRADIENTS)
_NOTES = frozenset(("title", "desc", "metadata"))  # the theme gives the alternative text
_TURNED = "turn letters into outlines: no machine then needs the font, and nothing is said unseen"
_DRAWN = "draw it with shapes and paths"
_HINTS = {
    "a": "a logo leads nowhere",
    "animate": "a logo stands still",
    "animateMotion": "a logo stands still",
    "animateTransform": "a logo stands still",
    "foreignObject": "a logo holds no page of its own",
    "image": _DRAWN,
    "script": "a logo does nothing",
    "set": "a logo stands still",
    "text": _TURNED,
    "use": "put the shape itself there; drawing programs call it unlinking a clone",
}

_GEOMETRY = _words(
    """
    id class d x y x1 y1 x2 y2 cx cy r rx ry fx fy width height points transform offset
    gradientUnits gradientTransform spreadMethod clipPathUnits
    """
)
_PAINT = _words(
    """
    color fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap
    stroke-linejoin stroke-miterlimit opacity clip-path clip-rule stop-color stop-opacity
    display visibility
    """
)
# What would change the picture and isn't drawn alike everywhere, unless its value is neutral.
_UNSTEADY = _words(
    """
    filter mask marker marker-start marker-mid marker-end mix-blend-mode stroke-dasharray
    clip requiredFeatures systemLanguage
    """
)
_NEUTRAL = frozenset(("none", "normal", "auto", ""))
_FUNCTIONS = _words("rgb rgba hsl hsla matrix translate scale rotate skewx skewy")  # beside url(#…)
_CLASS = re.compile(r"\.[\w-]+")
_LOCAL = re.compile(r"#([A-Za-z_][\w.-]*)")
_TARGETS = {"fill": _GRADIENTS, "stroke": _GRADIENTS, "clip-path": ("clipPath",)}


def drawing_problems(root: etree._Element, file: Path) -> tuple[Problem, ...]:
    """What has no place in a logo; what is merely noted in the tree is taken out of it."""
    return tuple(sorted(set(_Judge(root, file).problems())))


class _Judge:
    """Goes through one tree, takes out what isn't drawn, and says what may not stand."""

    def __init__(self, root: etree._Element, file: Path) -> None:
        self._root, self._file = root, file
        self._tags: dict[str, str] = {}  # of elements with an id

    def problems(self) -> Iterator[Problem]:
        _leave_out_notes(self._root)
        elements = list(self._root.iter())
        if len(elements) > _MAX_ELEMENTS:
            what = f"the logo has {len(elements)} elements; {_MAX_ELEMENTS} are allowed"
            yield Problem(Place(self._file), what, "simplify it")
            return
        self._tags = {str(e.get("id")): _name(e) for e in elements if e.get("id")}
        for element in elements:
            try:
                yield from tuple(self._element(element))
            except RecursionError:  # the library writes brackets out as deep as they stand
                yield self._problem(element, "a style that is nested too deep", "take it out")

    def _element(self, element: etree._Element) -> Iterator[Problem]:
        name = _name(element)
        if sum(1 for _ in element.iterancestors()) > _MAX_DEPTH:
            yield self._problem(element, "this is nested too deep", "ungroup it")
        elif element is not self._root and name not in _TAGS:
            yield self._problem(
                element, f"'{name}' has no place in a logo", _HINTS.get(name, _DRAWN)
            )
        else:
            yield from self._attributes(element)
            if name == "style":
                yield from self._sheet(element)

    def _attributes(self, element: etree._Element) -> Iterator[Problem]:
        given = {str(key): str(value) for key, value in element.attrib.items()}
        element.attrib.clear()
        for key, value in given.items():
            if key in ("href", _XLINK):
                yield from self._reference(element, value)
            elif key == "style":
                kept: list[str] = []
                yield from self._declarations(element, value, kept)
                element.set("style", ";".join(kept))
            elif key == "class" and _in_clip(element):  # a clip that a class asks for, in a clip
                continue
            elif key in _GEOMETRY:
                yield from self._value(element, key, value)
                element.set(key, value)
            elif element is self._root and key in ("viewBox", "preserveAspectRatio"):
                element.set(key, value)
            elif not key.startswith("{"):
                yield from self._property(element, key, value)
                if key in _PAINT:
                    element.set(key, value)

    def _declarations(
        self, element: etree._Element, source: Any, kept: list[str]
    ) -> Iterator[Problem]:
        """Judge declarations of CSS, given as text or parsed; `kept` gets those to keep."""
        for each in tinycss2.parse_blocks_contents(
            source, skip_comments=True, skip_whitespace=True
        ):
            if each.type != "declaration":
                yield self._problem(element, "a style that is no 'name: value'", "take it out")
                continue
            value = tinycss2.serialize(each.value).strip()
            yield from self._property(element, each.lower_name, value)
            if each.lower_name in _PAINT:
                kept.append(f"{each.lower_name}:{value}")

    def _property(self, element: etree._Element, name: str, value: str) -> Iterator[Problem]:
        if name.lower().startswith("on"):
            yield self._problem(element, f"'{name}' has no place in a logo", "a logo does nothing")
        elif name in _UNSTEADY and value.strip() not in _NEUTRAL:
            yield self._problem(element, f"'{name}' has no place in a logo", _DRAWN)
        elif name in _PAINT:
            yield from self._value(element, name, value)

    def _value(self, element: etree._Element, name: str, value: str) -> Iterator[Problem]:
        """A value may call what mixes colours and moves shapes, and refer within the file."""
        if "(" not in value:  # a path may be long
            return
        for token in _calls(tinycss2.parse_component_value_list(value)):
            if token.type == "error":
                yield self._problem(element, f"'{name}' has a value that is none", "take it out")
                continue
            address = _address(token)
            if address is None:
                if token.lower_name not in _FUNCTIONS:
                    what = f"'{token.name}()' has no place in a logo"
                    yield self._problem(element, what, "write the value itself")
                continue
            local = _LOCAL.fullmatch(address)
            if not local:
                what = f"'{name}' refers to '{address}', outside the file"
                yield self._problem(element, what, "a logo loads nothing")
            elif self._tags.get(local[1], "") not in _TARGETS.get(name, ()):
                what = f"'{name}' refers to '{address}', which is none in this file"
                yield self._problem(element, what, "fills take gradients, 'clip-path' takes clips")
            elif name == "clip-path" and _in_clip(element):
                yield self._problem(element, "a clip within a clip", "unite the two shapes")

    def _reference(self, element: etree._Element, value: str) -> Iterator[Problem]:
        """A gradient may take its stops from another that has its own."""
        local = _LOCAL.fullmatch(value)
        target = local and self._tags.get(local[1], "")
        if _name(element) not in _GRADIENTS:
            what = f"'{_name(element)}' leads to '{value}'"
            yield self._problem(element, what, "a logo leads nowhere and loads nothing")
        elif not local or target not in _GRADIENTS:
            what = f"a gradient takes its colours from '{value}', which is none in this file"
            yield self._problem(element, what, "give it stops of its own")
        elif any(
            _holds_reference(each) for each in self._root.iter() if each.get("id") == local[1]
        ):
            yield self._problem(element, f"'{value}' takes its colours from a third gradient", "")
        else:
            element.set(_XLINK, value)

    def _sheet(self, element: etree._Element) -> Iterator[Problem]:
        kept: list[str] = []
        rules = tinycss2.parse_stylesheet(
            element.text or "", skip_comments=True, skip_whitespace=True
        )
        for rule in rules:
            if rule.type != "qualified-rule":
                what = f"'@{rule.at_keyword}'" if rule.type == "at-rule" else "a rule that is none"
                yield self._problem(element, f"{what} has no place in a logo", "take it out")
                continue
            looks: list[str] = []
            yield from self._declarations(element, rule.content, looks)
            styled = tinycss2.serialize(rule.prelude).strip()
            if not _CLASS.fullmatch(styled) and any(look.startswith("clip") for look in looks):
                yield self._problem(element, f"'{styled}' is clipped", "clip shapes by a class")
            kept.append(f"{styled}{{{';'.join(looks)}}}")
        element.text = "".join(kept)

    def _problem(self, element: etree._Element, what: str, hint: str) -> Problem:
        return Problem(place_of(element, self._file), what, hint)


def place_of(element: etree._Element, file: Path) -> Place:
    """The line on which an element's tag ends."""
    line: Any = element.sourceline
    return Place(file, int(line or 0))


def _leave_out_notes(root: etree._Element) -> None:
    """Take out what drawing programs note for themselves: elements of theirs, names, licences."""
    for element in list(root.iter()):
        parent = element.getparent()
        foreign = not str(element.tag).startswith(SVG)
        if parent is not None and (foreign or _name(element) in _NOTES):
            parent.remove(element)


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _in_clip(element: etree._Element) -> bool:
    return any(_name(each) == "clipPath" for each in (element, *element.iterancestors()))


def _holds_reference(element: etree._Element) -> bool:
    return any(key in element.attrib for key in ("href", _XLINK))


def _calls(tokens: Iterable[Any]) -> Iterator[Any]:
    """The functions, addresses and faults among the tokens of CSS, also within each other."""
    for token in tokens:
        kind = getattr(token, "type", "")
        if kind in ("function", "url", "error"):
            yield token
        inner = getattr(token, "arguments", None) or getattr(token, "content", None)
        if inner:
            yield from _calls(inner)


def _address(token: Any) -> str | None:
    """What a `url()` names, None for another function."""
    if getattr(token, "type", "") == "url":
        return str(getattr(token, "value", ""))
    if getattr(token, "lower_name", "") != "url":
        return None
    return "".join(str(getattr(each, "value", "")) for each in getattr(token, "arguments", ()))
