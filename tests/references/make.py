"""Make the three Word files that stand for an organisation's own, each by another program.

    .venv/bin/python tests/references/make.py

`kommune.docx` is written by python-docx, `styrelse.docx` is pandoc's own reference changed, and
`etat.docx` is what LibreOffice saves from the flat text beside it.  The organisations are invented.
"""

from __future__ import annotations

import re
import struct
import subprocess
import tempfile
import zlib
from io import BytesIO
from pathlib import Path

import docx
import pypandoc
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

KEPT = (
    r"Normal( Table)?|(Header|Footer|Title|Subtitle|Quote|Heading [123]|Body Text)( Char)?|Caption|"
    r"List (Bullet|Number)( [23])?|(Intense )?Emphasis|Strong|Table Grid|TOC Heading|No List|"
    r"Default Paragraph Font"
)
HERE = Path(__file__).resolve().parent


def badge(colour: tuple[int, int, int]) -> bytes:
    """A small square logo with a white bar: PNG, 48 pixels."""
    rows = b"".join(
        b"\0" + b"".join(bytes((255, 255, 255) if 20 < y < 28 else colour) for _ in range(48))
        for y in range(48)
    )

    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = kind + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = struct.pack(">IIBBBBB", 48, 48, 8, 2, 0, 0, 0)
    data = zlib.compress(rows, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def field(paragraph: Paragraph, instruction: str, result: str) -> None:
    for kind, text in (
        ("begin", ""),
        ("", instruction),
        ("separate", ""),
        ("t", result),
        ("end", ""),
    ):
        run = paragraph.add_run()._r
        if kind in ("", "t"):
            child = OxmlElement("w:t" if kind else "w:instrText")
            child.text = text
        else:
            child = OxmlElement("w:fldChar")
            child.set(qn("w:fldCharType"), kind)
        run.append(child)


def emptied(word: Document) -> Document:
    for element in list(word.element.body)[:-1]:
        word.element.body.remove(element)
    return word


def coloured(style: object, colour: str, size: float, font: str = "") -> None:
    look = style.font  # type: ignore[attr-defined]
    look.color.rgb, look.size = RGBColor.from_string(colour), Pt(size)
    if font:
        look.name = font
        fonts = look.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)


def kommune() -> Document:
    """A municipality: a cover of its own, a running head with the case number, numbered pages."""
    word = emptied(docx.Document())
    styles = word.styles
    for style in [each for each in styles if not re.fullmatch(KEPT, each.name)]:
        style.element.getparent().remove(style.element)  # a hundred tables, mostly
    coloured(styles["Normal"], "222222", 11, "Arial")
    for name, size in (("Title", 30), ("Subtitle", 14), ("Heading 1", 16), ("Heading 2", 12)):
        coloured(styles[name], "7A1F3D", size, "Arial")
    box = styles.add_style("Faktaboks", WD_STYLE_TYPE.PARAGRAPH)
    box.base_style = styles["Normal"]
    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", "F3E6EB")):
        shade.set(qn(f"w:{key}"), value)
    box.element.get_or_add_pPr().append(shade)

    cover = word.sections[0]
    cover.page_width, cover.page_height = Mm(210), Mm(297)
    cover.left_margin = cover.right_margin = Mm(30)
    cover.different_first_page_header_footer = True
    cover.first_page_header.paragraphs[0].add_run().add_picture(
        BytesIO(badge((122, 31, 61))), Mm(16)
    )
    cover.first_page_header.add_paragraph("Fjellvik kommune")
    cover.first_page_footer.paragraphs[0].text = "Postboks 40, 9999 Fjellvik · telefon 99 00 00 00"
    cover.header.paragraphs[0].text = "Fjellvik kommune · {{ title }} · {{ status }}"
    foot = cover.footer.paragraphs[0]
    foot.add_run("{{ case }} · side ")
    field(foot, "PAGE", "1")
    foot.add_run(" av ")
    field(foot, "NUMPAGES", "1")

    for _ in range(6):
        word.add_paragraph()
    word.add_paragraph("{{ kind }}")
    word.add_paragraph("{{ title }}", style="Title")
    word.add_paragraph("{{ lead }}", style="Subtitle")
    written = word.add_paragraph("Dato: ")
    written.add_run("{{ da")  # Word parts words into runs as it likes
    written.add_run("te }}").bold = True
    word.add_section(WD_SECTION.NEW_PAGE).different_first_page_header_footer = False
    word.add_paragraph("{{ body }}")
    word.add_paragraph("Fjellvik kommune, kommunedirektøren").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return word


def styrelse() -> Document:
    """A Danish agency: pandoc's styles, Letter paper, a letterhead in a table, no cover."""
    pypandoc.ensure_pandoc_installed()
    made = subprocess.run(
        [pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"],
        check=True,
        capture_output=True,
    ).stdout
    word = emptied(docx.Document(BytesIO(made)))
    for name in ("Title", "Heading 1", "Heading 2"):
        coloured(word.styles[name], "1F5F3A", {"Title": 26}.get(name, 14))
    section = word.sections[0]
    section.page_width, section.page_height = Mm(215.9), Mm(279.4)
    section.left_margin, section.right_margin = Mm(28), Mm(22)
    section.top_margin, section.bottom_margin = Mm(35), Mm(25)
    head: Table = section.header.add_table(1, 2, Mm(165.9))
    head.cell(0, 0).text = "Styrelsen for Havne"
    head.cell(0, 1).paragraphs[0].add_run().add_picture(BytesIO(badge((31, 95, 58))), Mm(10))
    head.cell(0, 1).paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    foot = section.footer.paragraphs[0]
    foot.text = "Havnegade 1, 9990 Skagen · "
    field(foot, "PAGE", "1")
    return word


def etat() -> bytes:
    """A Norwegian agency: what LibreOffice saves, with page styles and Norwegian style names."""
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", folder,
             str(HERE / "etat.fodt")],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return Path(folder, "etat.docx").read_bytes()


def main() -> None:
    kommune().save(str(HERE / "kommune.docx"))
    styrelse().save(str(HERE / "styrelse.docx"))
    (HERE / "etat.docx").write_bytes(etat())


if __name__ == "__main__":
    main()
