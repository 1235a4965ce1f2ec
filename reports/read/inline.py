"""What stands in a line of HTML to inline nodes, with the second half of the gate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from reports.compose import Composed
from reports.compose.gate import HINT, literal_numbers
from reports.compose.tokens import MARKER, first_position, marked_call, without_positions
from reports.document import Code, Emphasis, Foreign, Inline, LineBreak, Link, Slot, Strong, Text
from reports.language import Language
from reports.problems import Place, Problem

_SAFE_LINK = re.compile(r"(https?://|mailto:)")
_LANGUAGE = re.compile(
    r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?"
)  # BCP 47, the usual part
_WRAP = re.compile(r"(?<! ) *\n *")  # a line may be indented under the bullet that it belongs to
_KNOWN_ATTRIBUTES = {"a": ("href",), "em": ("lang",)}


@dataclass
class InlineReader:
    """Reads lines; `place` is where the last mark seen points."""

    composed: Composed
    names: tuple[str, ...]
    language: Language
    place: Place
    problems: list[Problem] = field(default_factory=list)

    def problem(self, what: str, hint: str = "") -> None:
        """Add a fault at the current place."""
        self.problems.append(Problem(self.place, what, hint))

    def moved(self, text: str) -> Place:
        """The place of a text, from the first mark in it; the last one known if none."""
        marker = MARKER.search(text)
        position = first_position(text[: marker.start()] if marker else text)
        if position:
            self.place = self.composed.place(position)
        elif marker:
            self.place = self._called_at(marker)
        return self.place

    def _called_at(self, marker: re.Match[str]) -> Place:
        return self.composed.calls[marked_call(marker)][1]

    def inlines(self, element: Element) -> tuple[Inline, ...]:
        """The inline nodes of an element, block children left aside."""
        ahead = all_text(element)  # a line's position stands at its end
        start = self.moved(ahead)
        content = list(self._texts(element.text))
        ahead = ahead[len(element.text or "") :]
        for child in element:
            self.moved(ahead)
            content.extend(self._inline(child))
            content.extend(self._texts(child.tail))
            ahead = ahead[len(all_text(child)) + len(child.tail or "") :]
        self.place = start
        return trimmed(tuple(content))

    def _inline(self, element: Element) -> Iterator[Inline]:
        self._check_attributes(element)
        match element.tag:
            case "em" if element.get("lang"):
                yield self._foreign(element)
            case "em":
                yield Emphasis(self.inlines(element))
            case "strong":
                yield Strong(self.inlines(element))
            case "code":
                text = without_positions(all_text(element))
                self.check_text(text)
                yield Code(text)
            case "br":
                yield LineBreak()
            case "a":
                target = element.get("href") or ""
                if not _SAFE_LINK.match(target):
                    hint = "link to https://… or mailto:…; use ref('…') inside the document"
                    self.problem(f"link to '{target}'", hint)
                shown = without_positions(all_text(element))
                if MARKER.search(shown):
                    hint = "set the fact beside the link: its mark is a link of its own"
                    self.problem("a fact inside a link", hint)
                yield Link((Text(target),) if shown == target else self.inlines(element), target)
            case "p" | "ul" | "ol":
                return
            case tag:
                self.problem(f"'{tag_name(tag)}' has no place in a line", "see docs/templates.md")

    def _check_attributes(self, element: Element) -> None:
        """Add a fault for each attribute that no format would show."""
        for name in element.attrib:
            if name not in _KNOWN_ATTRIBUTES.get(str(element.tag), ()):
                hint = "words can say their language alone, as in *ord*{: lang=nb }"
                self.problem(f"unknown attribute '{name!s}'", hint)

    def _foreign(self, element: Element) -> Emphasis:
        """Words of another language, set as emphasis."""
        language = element.get("lang") or ""
        if not _LANGUAGE.fullmatch(language):
            hint = "write a tag such as nb, en or en-GB"
            self.problem(f"'{language}' is no language tag", hint)
        return Emphasis((Foreign(self.inlines(element), language),))

    def _texts(self, text: str | None) -> Iterator[Inline]:
        for line in (text or "").split("\n"):
            self.moved(line)
            self.check_text(MARKER.sub(" ", without_positions(line)))
        clean = _WRAP.sub(" ", without_positions(text or ""))
        end = 0
        for marker in MARKER.finditer(clean):
            yield from _text(clean[end : marker.start()])
            end = marker.end()
            yield Slot(marked_call(marker), self._called_at(marker))
        yield from _text(clean[end:])

    def check_text(self, text: str) -> None:
        """Add a fault for each number that reached the text without a source."""
        for number in literal_numbers(text, self.names):
            self.problem(f"the number '{number}' has no source", HINT)


def _text(text: str) -> Iterator[Text]:
    if text:
        yield Text(text)


def trimmed(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """The nodes without white space at either end."""
    nodes = list(content)
    while nodes and isinstance(nodes[0], Text) and not nodes[0].text.lstrip():
        nodes.pop(0)
    while nodes and isinstance(nodes[-1], Text) and not nodes[-1].text.rstrip():
        nodes.pop()
    if nodes and isinstance(nodes[0], Text):
        nodes[0] = Text(nodes[0].text.lstrip(" "))
    if nodes and isinstance(nodes[-1], Text):
        nodes[-1] = Text(nodes[-1].text.rstrip(" "))
    return tuple(nodes)


def all_text(element: Element) -> str:
    """The text of an element and all within it, positions included."""
    return "".join(str(part) for part in element.itertext())


def tag_name(tag: object) -> str:
    """How a message names an element."""
    return f"<{tag}>" if isinstance(tag, str) else "a comment"
