"""The package around the text: an empty one of ours, properties, settings, and fixed bytes.

python-docx's template brings another author, 2013 dates, `stylesWithEffects.xml` with errors
and 430 kB of styles; nothing of it is taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

import docx
from docx.document import Document as Word
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Mm

from reports.document import Document, Layout, Series
from reports.themes import Theme
from reports.write.docx.archive import packed, template
from reports.write.docx.inline import region
from reports.write.docx.numbering import Numbering, own_numbering
from reports.write.docx.properties import Content, core_properties, extended_properties
from reports.write.docx.settings import settings
from reports.write.docx.sheet import Sheet
from reports.write.docx.styles import country_style, style_elements
from reports.write.docx.theme import office_theme
from reports.write.docx.xml import Element, name, serialised, w

_FAMILY = {"serif": "roman", "sans-serif": "swiss"}
_PIECES = (name("p"), name("tbl"))
_COUNTRIES = {"norway": "Norge", "denmark": "Danmark", "other": "andre"}


class Draft:
    """A Word document while it is written."""

    def __init__(
        self,
        document: Document,
        theme: Theme,
        pictures: Mapping[str, bytes],
        word: Word,
        numbering: Numbering,
        end: Element,
    ) -> None:
        """Take a package with styles and page in place; the text is written before `end`."""
        self.document = document
        self.theme = theme
        self.pictures = pictures
        self.word = word
        self.numbering = numbering
        self.language = region(document.language)
        self.numbered = document.layout is Layout.REPORT  # sections
        self._end = end
        self._country_styles: set[str] = set()
        self._last = ""
        word.settings.element[:] = settings(word.settings.element, self.language)
        self.relate("/docProps/core.xml", core_properties(document, self.language))
        self.relate("/docProps/app.xml", extended_properties(document.cover.publisher))

    def add(self, *elements: Element) -> None:
        """Append to the body, where no two tables may meet: Word merges them (pandoc #4315)."""
        for element in elements:
            if element.tag in _PIECES:
                if self._last == element.tag == name("tbl"):
                    message = "two tables meet: one lacks the caption that resolve asks for"
                    raise AssertionError(message)
                self._last = element.tag
            self._end.addprevious(element)

    def table_style(self, series: Sequence[Series]) -> str:
        """The style of a table with these columns, the first of them aside.

        Countries colour the rule under their heads where the parts of a table that Word
        tells apart reach: the last column's head and those before it.
        """
        *others, last = series[1:] or ("other",)
        middle = others[0] if others else last
        if {middle, last} == {"other"} or len(set(others)) > 1:
            return "KF Tabell"
        words = dict.fromkeys((_COUNTRIES[middle], _COUNTRIES[last]))
        style = f"KF Tabell {' '.join(words)}"
        if style not in self._country_styles:
            self._country_styles.add(style)
            styles = self.word.styles.element
            styles.append(country_style(style, middle, last, self.theme))
        return style

    def relate(self, file: str, content: Content) -> Part:
        """Add a part to the package itself, beside the text."""
        package = self.word.part.package
        part = Part(PackURI(file), content.type, serialised(content.root), package)
        package.relate_to(part, content.relation)
        return part

    def bytes(self) -> bytes:
        """The file: the same bytes for the same input."""
        return packed(self.word.part.package)


def own_draft(document: Document, theme: Theme, pictures: Mapping[str, bytes]) -> Draft:
    """An empty document in our own styles and page."""
    word: Word = docx.Document(BytesIO(template()))
    sheet = Sheet(theme, document.layout)
    word.styles.element[:] = style_elements(sheet, region(document.language))
    numbering = own_numbering(word.part.numbering_part.element, theme)
    draft = Draft(document, theme, pictures, word, numbering, word.element.body.sectPr)
    _set_fonts(word, theme)
    set_theme(word, theme)
    _set_page(word, theme)
    return draft


def _set_fonts(word: Word, theme: Theme) -> None:
    """The faces of the theme, each with the name of what stands in where it is missing."""
    fonts = w("fonts")
    for font in theme.fonts:
        face, stand_in, generic = (
            theme.text(f"fonts.{font}.{key}") for key in ("word", "word_alt", "generic")
        )
        family = w("family", val=_FAMILY[generic])
        about = (w("altName", val=stand_in), w("charset", val="00"), family)
        fonts.append(w("font", *about, w("pitch", val="variable"), name=face))
    part = word.part
    table = Part(PackURI("/word/fontTable.xml"), CT.WML_FONT_TABLE, serialised(fonts), part.package)
    part.relate_to(table, RT.FONT_TABLE)


def set_theme(word: Word, theme: Theme) -> None:
    """Add the colours and fonts that Word offers to whoever goes on writing."""
    part, root = word.part, serialised(office_theme(theme))
    look = Part(PackURI("/word/theme/theme1.xml"), CT.OFC_THEME, root, part.package)
    part.relate_to(look, RT.THEME)


def _set_page(word: Word, theme: Theme) -> None:
    """A4 and the margins; heads and feet so far out that their gap to the text is the token's."""
    section = word.sections[0]
    section.page_width = Mm(theme.number("page.width_mm"))
    section.page_height = Mm(theme.number("page.height_mm"))
    top, right, bottom, left = (
        theme.number(f"page.margin_mm.{side}") for side in ("top", "right", "bottom", "left")
    )
    section.top_margin, section.right_margin = Mm(top), Mm(right)
    section.bottom_margin, section.left_margin = Mm(bottom), Mm(left)
    line = theme.number("type.running.line") * 25.4 / 72
    section.header_distance = Mm(top - theme.number("page.running_head.gap_top_mm") - line)
    section.footer_distance = Mm(bottom - theme.number("page.running_head.gap_bottom_mm") - line)
    section.different_first_page_header_footer = True
