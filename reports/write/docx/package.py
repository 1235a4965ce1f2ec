"""The package around the text: a clean template, properties, settings, and fixed bytes.

python-docx's template brings another author, 2013 dates, `stylesWithEffects.xml` with errors
and 430 kB of styles; what is ours replaces it, part by part.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

import docx
from docx.document import Document as Word
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.shared import Mm
from lxml import etree

from reports.document import Cover, Document, inline_text
from reports.themes import Theme
from reports.write.docx.numbering import Numbering
from reports.write.docx.sheet import Sheet
from reports.write.docx.styles import style_elements
from reports.write.docx.xml import Element, w

_REGIONS = {"nb": "nb-NO", "nn": "nn-NO", "da": "da-DK", "en": "en-GB"}
_UNWANTED = ("stylesWithEffects", "customXml", "thumbnail", "extended-properties", "webSettings")
_CLOCK = (1980, 1, 1, 0, 0, 0)  # the earliest time that a ZIP entry can bear
_FAMILY = {"serif": "roman", "display": "roman", "sans": "swiss"}
_CORE = (
    '<cp:coreProperties xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:cp='
    '"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)


class Draft:
    """A Word document while it is written."""

    def __init__(self, document: Document, theme: Theme, pictures: Mapping[str, bytes]) -> None:
        """Open the template and make it ours, still without text."""
        self.theme = theme
        self.pictures = pictures
        self.word: Word = docx.Document()
        self.language = _REGIONS.get(document.language, document.language)
        _clean(self.word)
        sheet = Sheet(theme, document.layout)
        self.word.styles.element[:] = style_elements(sheet, self.language)
        self.numbering = Numbering(self.word.part.numbering_part.element, theme)
        self.word.settings.element[:] = _settings(self.language)
        _set_properties(self.word, document.cover, self.language)
        _set_fonts(self.word, theme)
        _set_page(self.word, theme)

    def add(self, *elements: Element) -> None:
        """Append to the body, with a paragraph between tables that would meet."""
        end = self.word.element.body.sectPr
        for element in elements:
            before = end.getprevious()
            # Word merges adjacent tables without a paragraph between them (pandoc #4315).
            if before is not None and before.tag == element.tag == qn("w:tbl"):
                end.addprevious(w("p", w("pPr", w("pStyle", val="KFSkille"))))
            end.addprevious(element)

    def bytes(self) -> bytes:
        """The file: the same bytes for the same input."""
        saved, fixed = BytesIO(), BytesIO()
        self.word.save(saved)
        with zipfile.ZipFile(saved) as source, zipfile.ZipFile(fixed, "w") as target:
            for name in source.namelist():
                entry = zipfile.ZipInfo(name, _CLOCK)
                entry.compress_type = zipfile.ZIP_DEFLATED
                target.writestr(entry, source.read(name))
        return fixed.getvalue()


def _clean(word: Word) -> None:
    for rels in (word.part.rels, word.part.package.rels):
        for key, rel in list(rels.items()):
            if rel.reltype.rsplit("/", 1)[-1] in (*_UNWANTED, "fontTable", "core-properties"):
                del rels[key]


def _settings(language: str) -> list[Element]:
    names = ("compatibilityMode", "overrideTableStyleFontSizeAndJustification")
    values = zip(names, (15, 1), strict=True)
    compat = (
        w("compatSetting", name=name, uri="http://schemas.microsoft.com/office/word", val=value)
        for name, value in values
    )
    return [
        w("zoom", percent=100),
        w("defaultTabStop", val=720),
        w("characterSpacingControl", val="doNotCompress"),
        w("compat", *compat),
        w("themeFontLang", val=language),
        w("decimalSymbol", val="." if language.startswith("en") else ","),
        w("listSeparator", val=";"),
    ]


def _set_properties(word: Word, cover: Cover, language: str) -> None:
    """Title, author, language and status; no dates, since none is known here."""
    root = parse_xml(_CORE)
    dublin, core = root.nsmap["dc"], root.nsmap["cp"]
    for space, tag, text in (
        (dublin, "title", inline_text(cover.title)),
        (dublin, "creator", cover.publisher),
        (dublin, "language", language),
        (core, "contentStatus", cover.status),
        (core, "lastModifiedBy", cover.publisher),
    ):
        etree.SubElement(root, f"{{{space}}}{tag}").text = text
    package = word.part.package
    name = PackURI("/docProps/core.xml")
    package.relate_to(Part(name, CT.OPC_CORE_PROPERTIES, _blob(root), package), RT.CORE_PROPERTIES)


def _set_fonts(word: Word, theme: Theme) -> None:
    """The faces of the theme, each with the name of what stands in where it is missing."""
    fonts = w("fonts")
    for font, family in _FAMILY.items():
        name, stand_in = (theme.text(f"fonts.{font}.{key}") for key in ("word", "word_alt"))
        about = (w("altName", val=stand_in), w("charset", val="00"), w("family", val=family))
        fonts.append(w("font", *about, w("pitch", val="variable"), name=name))
    part = word.part
    table = Part(PackURI("/word/fontTable.xml"), CT.WML_FONT_TABLE, _blob(fonts), part.package)
    part.relate_to(table, RT.FONT_TABLE)


def _blob(root: Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


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
