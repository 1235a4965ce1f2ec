"""Which of our styles a text leans on, and their addition to a reference that lacks them."""

from __future__ import annotations

from reports.write.docx.looks import KEPT
from reports.write.docx.reference.lent import (
    BODY,
    box_of,
    character_style,
    framed_style,
    lent_characters,
    lent_paragraphs,
    paragraph_style,
)
from reports.write.docx.reference.lists import lists_of
from reports.write.docx.reference.opening import Opened
from reports.write.docx.styles import normal_table, table_styles
from reports.write.docx.xml import Element, name, style_id, w

_TABLE = "KF Tabell"


class Lending:
    """The styles that one document borrows, found while its text is settled."""

    def __init__(self, opened: Opened) -> None:
        """Know all that could be lent."""
        theme = opened.draft.theme
        self._opened = opened
        self._theme = theme
        self._styles = opened.draft.word.styles.element
        self._paragraphs = lent_paragraphs(theme, own_tables=_TABLE not in opened.matched)
        self._characters = lent_characters(theme)
        self._tables = {_name(style): style for style in table_styles(theme)}
        self._countries = {
            _name(style): style
            for style in self._styles.iterfind(name("style"))
            if _name(style).startswith(f"{_TABLE} ") and style.get(name("type")) == "table"
            and style.get(name("styleId"), "") not in opened.sheet.styles
        }  # fmt: skip
        known = (
            *self._paragraphs,
            *self._characters,
            *self._tables,
            *self._countries,
            *opened.matched,
        )
        self._names = {style_id(style): style for style in known}
        self._lent: dict[str, str] = {}

    def name_of(self, key: str) -> str:
        """The name of one of our styles by its id."""
        return self._names[key]

    def lend(self, style: str) -> str:
        """The id that a style of ours has in the document; it is lent from now on if it must."""
        if style in self._countries and _TABLE in self._opened.matched:
            style = _TABLE  # the reference's own table tells no countries apart
        if style in self._opened.matched:
            return self._opened.matched[style]
        if style.endswith(" enkel") and (frame := self._framed(style)):
            return frame  # a box in one line asks for nothing of its own
        if style not in self._lent:
            self._lent[style] = self._free(style)
            for other in self._below(style):
                self.lend(other)
        return self._lent[style]

    def _below(self, style: str) -> list[str]:
        """The styles of ours that one is based on."""
        if style in self._paragraphs and not self._framed(style):
            base = self._paragraphs[style].base
            return [base] if base != "Normal" else []
        return [_TABLE] if style in self._countries or style == "KF Noter" else []

    def _framed(self, style: str) -> str:
        """The reference's own style of a box or of a line that is kept, "" where it has none."""
        box, plain = box_of(style), style.removesuffix(KEPT)
        own = f"{box} tekst" if box else plain if plain != style else ""
        return self._opened.matched.get(own, "")

    def _free(self, style: str) -> str:
        key = style_id(style)
        while key in self._opened.sheet.styles:
            key += "KF"
        return key

    def add(self) -> None:
        """Append all that was lent, and leave no list to a style that wasn't."""
        for style in self._countries.values():
            self._styles.remove(style)
        for style in sorted(self._lent):
            if style in self._paragraphs:
                self._styles.append(self._paragraph(style))
            elif style in self._characters:
                key = self._lent[style]
                self._styles.append(character_style(self._characters[style], key, self._theme))
        self._add_tables()
        self._unlink()

    def _paragraph(self, style: str) -> Element:
        key, number = self._lent[style], self._number(style)
        if frame := self._framed(style):
            return framed_style(style, key, frame, number)
        look, sheet = self._paragraphs[style], self._opened.sheet
        normal = sheet.default or self._opened.matched[BODY]
        base = normal if look.base == "Normal" else self.lend(look.base)
        then = self._opened.matched.get(look.then) or self._lent.get(look.then, "")
        over = sheet.size(base) if base in sheet.styles else self._size(look.base)
        return paragraph_style(look, key, base, then, number, self._theme, over)

    def _size(self, style: str) -> float:
        return round(self._theme.number(f"type.{self._paragraphs[style].type}.size") * 2) / 2

    def _number(self, style: str) -> Element | None:
        plain = style.removesuffix(KEPT)
        for kind in lists_of(plain):
            level = kind.styles.index(plain)
            number = self._opened.numbers[plain]
            return w("numPr", w("ilvl", val=level) if level else None, w("numId", val=number))
        return None

    def _add_tables(self) -> None:
        lent = [style for style in self._lent if style in self._tables or style in self._countries]
        if not lent:
            return
        base = next(
            (
                key
                for key, style in self._opened.sheet.styles.items()
                if style.get(name("type")) == "table"
                and style.get(name("default")) in ("1", "true")
            ),
            "",
        )
        if not base:
            self._styles.append(normal_table())
            base = "TableNormal"
        for style in sorted(lent):
            element = self._tables.get(style, self._countries.get(style))
            if element is None:
                continue
            below = element.find(name("basedOn"))
            if below is not None and below.get(name("val")) == "TableNormal":
                below.set(name("val"), base)
            elif below is not None:
                below.set(name("val"), self.lend(_TABLE))
            element.set(name("styleId"), self._lent[style])
            self._styles.append(element)

    def _unlink(self) -> None:
        """Numbering may name only styles that are there."""
        there = {each.get(name("styleId")) for each in self._styles.iterfind(name("style"))}
        numbering = self._opened.draft.word.part.numbering_part.element
        for link in list(numbering.iter(name("pStyle"))):
            parent = link.getparent()
            if parent is not None and link.get(name("val")) not in there:
                parent.remove(link)


def _name(style: Element) -> str:
    found = style.find(name("name"))
    return found.get(name("val"), "") if found is not None else ""
