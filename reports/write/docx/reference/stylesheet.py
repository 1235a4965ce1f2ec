"""The styles part of a reference: finding a style by its name, and what holds in it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from reports.themes.word import StyleKind
from reports.write.docx.reference.measures import number, whole
from reports.write.docx.reference.names import english, folded, shown
from reports.write.docx.xml import Element, name

_SPACE = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DEEPEST = 12  # styles based on one another; Word allows no more


class Stylesheet:
    """The styles of one file."""

    def __init__(self, root: Element, theme: Element | None) -> None:
        """Take the part, and the theme that its fonts may be named after."""
        self.root = root
        self._theme = theme

    @cached_property
    def styles(self) -> dict[str, Element]:
        """The styles by id, the first of each."""
        found: dict[str, Element] = {}
        for style in self.root.iterfind(name("style")):
            found.setdefault(style.get(name("styleId"), ""), style)
        return found

    @cached_property
    def default(self) -> str:
        """The id of the style of paragraphs that name none; "" where the file has none."""
        paragraphs = [
            (key, style) for key, style in self.styles.items() if _kind(style) == "paragraph"
        ]
        marked = (key for key, style in paragraphs if style.get(name("default")) in ("1", "true"))
        return next(marked, "") or self.find("Normal", "paragraph")

    def find(self, wanted: str, kind: StyleKind) -> str:
        """The id of the style that a person calls so, "" where there is none of that kind."""
        return next((key for key in self._called(wanted) if _kind(self.styles[key]) == kind), "")

    def built_in(self, wanted: str, kind: StyleKind) -> str:
        """The id of one of Word's own styles, by any name that a file may have for it."""
        named = self._named(kind)
        return next((named[each] for each in shown(wanted) if each in named), "")

    def kind_of(self, wanted: str) -> str:
        """What kind of style bears that name, "" where none does."""
        return next((_kind(self.styles[key]) for key in self._called(wanted)), "")

    def names(self, kind: StyleKind) -> list[str]:
        """The names of a kind, as the file writes them."""
        return [_name(style) for style in self.styles.values() if _kind(style) == kind]

    def _called(self, wanted: str) -> Iterator[str]:
        """The ids that a name may mean, the nearest first: name, alias, Word's own, id."""
        told = folded(wanted)
        known = self.styles.items()
        yield from (key for key, style in known if folded(_name(style)) == told)
        yield from (key for key, style in known if told in _aliases(style))
        yield from (key for key, style in known if folded(_name(style)) == english(wanted))
        yield from (key for key in self.styles if key.casefold() == "".join(told.split()))

    def _named(self, kind: StyleKind) -> dict[str, str]:
        named: dict[str, str] = {}
        for key, style in self.styles.items():
            if _kind(style) == kind:
                named.setdefault(folded(_name(style)), key)
        return named

    # ------------------------------------------------------------ what holds in a style

    def property(self, key: str, *path: str) -> Element | None:
        """What a style says of itself or takes from those below it; None for the defaults."""
        for style in self._chain(key):
            found = style.find("/".join(name(tag) for tag in path))
            if found is not None:
                return found
        defaults = f"{name('docDefaults')}/{name(path[0] + 'Default')}"
        return self.root.find("/".join((defaults, *(name(tag) for tag in path))))

    def size(self, key: str) -> float:
        """The size of its letters in points; 10 where nothing is said (17.3.2.38)."""
        return number(self.property(key, "rPr", "sz"), "val", 20) / 2

    def face(self, key: str) -> str:
        """The family of its letters, through the theme where it is named there."""
        found = self.property(key, "rPr", "rFonts")
        if found is None:
            return "Times New Roman"  # what Word itself takes
        themed = found.get(name("asciiTheme"), "")
        font = "major" if themed.startswith("major") else "minor"
        latin = None
        if themed and self._theme is not None:
            latin = next(self._theme.iter(f"{_SPACE}{font}Font"), None)
            latin = latin.find(f"{_SPACE}latin") if latin is not None else None
        named = latin.get("typeface", "") if latin is not None else ""
        return named or found.get(name("ascii"), "") or "Times New Roman"

    def keeps(self, key: str) -> bool:
        """Whether a style keeps its paragraph on the page of the next; none of ours by name."""
        found = self.property(key, "pPr", "keepNext") if key else None
        return not key or (found is not None and found.get(name("val"), "1") not in ("0", "false"))

    def numbering(self, key: str) -> tuple[int, int] | None:
        """The list that a style numbers its paragraphs by, and the level; None where it doesn't."""
        listed = whole(self.property(key, "pPr", "numPr", "numId"))
        if listed <= 0:
            return None
        return listed, whole(self.property(key, "pPr", "numPr", "ilvl"))

    def _chain(self, key: str) -> Iterator[Element]:
        for _ in range(_DEEPEST):
            style = self.styles.get(key)
            if style is None:
                return
            yield style
            base = style.find(name("basedOn"))
            key = base.get(name("val"), "") if base is not None else ""


def _kind(style: Element) -> str:
    return style.get(name("type"), "paragraph")


def _name(style: Element) -> str:
    found = style.find(name("name"))
    return found.get(name("val"), "") if found is not None else ""


def _aliases(style: Element) -> list[str]:
    found = style.find(name("aliases"))
    return (
        [folded(each) for each in found.get(name("val"), "").split(",")]
        if found is not None
        else []
    )
