"""To read back what an output says: PDF by its tags, DOCX by its XML, HTML by its tree.

None of them shares code with the writers.  Each leaves out what a format adds: page numbers,
running heads, repeated table heads, text inside figures, list markers and line-end hyphens.

Texts are compared as `letters`, without any white space.  A PDF drops the space at which a line
breaks and sets no-break spaces where the text has plain ones; Word parts cells and labels by
cell borders and tabs; HTML parts blocks by tags alone.  Which letters there are, and in which
order, is the same in all.  Where words part can be told in HTML and DOCX, and is compared there.
"""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from lxml import etree, html
from pdfminer.pdfdevice import PDFDevice, PDFTextSeq
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager, PDFTextState
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import stream_value
from pdfminer.psparser import LIT

LIST_MARKER = re.compile(r"[–•]|\d+\.")
REPEATED = -1  # in place of a marked-content number
# The operators that show text, choose its font, mark it, or lead to a stream that does.
TEXT_OPERATORS = "q Q BT ET Tf Tj TJ ' \" BMC BDC EMC Do"
NO_BREAK = "\ufeff"  # what holds a mark to the word before it in DOCX
LINE_END_HYPHEN = "\u2010"  # what WeasyPrint breaks a word with; authors write U+002D
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PAGE_FIELDS = ("PAGEREF", "PAGE", "NUMPAGES")
BLOCKS = frozenset((
    "blockquote", "br", "caption", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "h1",
    "h2", "h3", "header", "li", "main", "nav", "ol", "p", "section", "table", "tbody", "td", "th",
    "thead", "tr", "ul",
))  # fmt: skip
FETCHED = frozenset(("src", "srcset", "href", "xlink:href", "data", "poster", "background"))
CSS_ADDRESS = re.compile(r"url\(\s*['\"]?([^'\")]*)|@import\s+['\"]([^'\"]*)")
UNSEEN = frozenset(("head", "style", "script", "summary", "template", "svg"))


# ---------------------------------------------------------------- comparing


def letters(text: str) -> str:
    """The text without white space, no-break spaces included."""
    return "".join(text.split())


def words(text: str) -> str:
    """The text with one space wherever there is white space."""
    return " ".join(text.split())


def difference(document: str, output: str) -> str:
    """Where two texts first part, each with what stands around it; "" if they are the same."""
    if document == output:
        return ""
    pairs = enumerate(zip(document, output, strict=False))
    at = next((i for i, (a, b) in pairs if a != b), min(len(document), len(output)))
    before, after = slice(max(0, at - 60), at), slice(at, at + 60)
    return (
        f"they part after {at} characters, at «{document[before]}»\n"
        f"  the document goes on: «{document[after]}»\n"
        f"  the output goes on:   «{output[after]}»"
    )


# ---------------------------------------------------------------- PDF


@dataclass
class Element:
    """One element of the structure tree; a child is an element or a piece of text.

    `attributes` are those whose values are names, without the strokes before these.  `targets` are those of its links: "#" and a name within the document, or an address.
    """

    type: str
    attributes: Mapping[str, str]
    alt: str
    language: str = ""
    targets: list[str] = field(default_factory=list)
    children: list[Element | Piece] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """The element and all below it, in reading order."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def pieces(self) -> Iterator[Piece]:
        """Every piece of text within, in reading order."""
        for child in self.children:
            if isinstance(child, Piece):
                yield child
            else:
                yield from child.pieces()

    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces())

    def page(self) -> int:
        """The page on which the element starts, from 1; 0 if it holds no text."""
        return next((piece.page for piece in self.pieces()), 0)

    def first(self, type_: str) -> Element | None:
        return next((element for element in self.walk() if element.type == type_), None)


@dataclass(frozen=True)
class Piece:
    page: int
    text: str


@dataclass(frozen=True)
class Pdf:
    """What a PDF holds: its tree, and by page what has no place in the tree.

    `margins` holds one text a page: running heads and feet, and any text that a reader who
    follows the tags would never meet.  `repeated` holds, page by page too, what is set aside as
    said before: the heads of tables that go on.
    """

    language: str
    title: str
    tree: Element
    margins: tuple[str, ...]
    repeated: tuple[str, ...]


class _Letters(PDFDevice):
    """The letters of pages by page and marked-content number, without where they stand."""

    def __init__(self) -> None:
        super().__init__(PDFResourceManager())
        self.texts: dict[tuple[int, int | None], str] = defaultdict(str)
        self._page = 0
        self._marks: list[int | None] = [None]

    def begin_page(self, *_: object) -> None:
        self._page += 1

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        known = props if isinstance(props, dict) else {}
        aside = tag.name == "Artifact" and "Type" in known and "Subtype" not in known
        self._marks.append(REPEATED if aside else known.get("MCID", self._marks[-1]))

    def end_tag(self) -> None:
        self._marks.pop()

    def render_string(self, textstate: PDFTextState, seq: PDFTextSeq, *_: object) -> None:
        """Add what a text operator shows; a glyph that has no letter counts as U+FFFD."""
        font = textstate.font
        for piece in seq:
            if font and isinstance(piece, bytes):
                shown = "".join(_letter(font, glyph) for glyph in font.decode(piece))
                self.texts[self._page, self._marks[-1]] += shown


class _Reader(PDFPageInterpreter):
    """Follows the operators of a page that have to do with text; qpdf parses them, in no time."""

    def execute(self, streams: Any) -> None:
        with pikepdf.new() as scratch:
            data = b"\n".join(stream_value(stream).get_data() for stream in streams)
            content = pikepdf.Stream(scratch, data)
            for given, operator in pikepdf.parse_content_stream(content, TEXT_OPERATORS):
                name = str(operator).replace("'", "_q").replace('"', "_w")
                getattr(self, f"do_{name}")(*map(_operand, given))


def _operand(given: Any) -> Any:
    """What pdfminer would have made of an operand."""
    match given:
        case pikepdf.Name():
            return LIT(str(given)[1:])
        case pikepdf.String():
            return bytes(given)
        case pikepdf.Array():
            return [_operand(each) for each in given]
        case pikepdf.Dictionary():
            return {key[1:]: _operand(value) for key, value in given.items()}
        case _:
            return given


def _letter(font: PDFFont, glyph: int) -> str:
    try:
        return font.to_unichr(glyph)
    except PDFUnicodeNotDefined:
        return "\ufffd"


@cache
def read_pdf(file: Path) -> Pdf:
    """The PDF, its letters found by pdfminer and put in the order of its structure tree."""
    with pikepdf.open(file) as pdf:
        texts = _texts(pdf)
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        tree = Element("StructTreeRoot", {}, "")
        _add_children(tree, pdf.Root.StructTreeRoot.K, 0, numbers, texts)
        repeated = tuple(texts.pop((number, REPEATED), "") for number in numbers.values())
        margins = tuple(_left(texts, number) for number in numbers.values())
        return Pdf(str(pdf.Root.Lang), str(pdf.docinfo.Title), tree, margins, repeated)


def _texts(pdf: pikepdf.Pdf) -> dict[tuple[int, int | None], str]:
    """The letters of each page, from 1, by marked-content number; None for what has none.

    pdfminer would read a whole stream of objects for each that it asks for, so there are none.
    """
    apart = BytesIO()
    pdf.save(apart, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    device = _Letters()
    interpreter = _Reader(device.rsrcmgr, device)
    for page in PDFPage.create_pages(PDFDocument(PDFParser(apart))):
        interpreter.process_page(page)
    return device.texts


def _left(texts: Mapping[tuple[int, int | None], str], page: int) -> str:
    return "".join(text for (where, _), text in texts.items() if where == page)


def _add_children(
    parent: Element,
    node: Any,
    page: int,
    numbers: Mapping[tuple[int, int], int],
    texts: dict[tuple[int, int | None], str],
) -> None:
    """Append what a /K entry holds, taking its text out of `texts` (ISO 32000-1, 14.7.2)."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            _add_children(parent, child, page, numbers, texts)
        return
    if isinstance(node, int):
        parent.children.append(Piece(page, texts.pop((page, node), "")))
        return
    page = numbers[node.Pg.objgen] if "/Pg" in node else page
    if "/MCID" in node:
        parent.children.append(Piece(page, texts.pop((page, node.MCID), "")))
    elif "/Obj" in node:
        parent.targets.append(_target(node.Obj))
    elif "/S" in node:
        alt, language = (str(node.get(key, "")) for key in ("/Alt", "/Lang"))
        element = Element(str(node.S)[1:], dict(_names(node.get("/A", ()))), alt, language)
        parent.children.append(element)
        _add_children(element, node.get("/K", pikepdf.Array()), page, numbers, texts)


def _names(attributes: Any) -> Iterator[tuple[str, str]]:
    """The attributes of an element, of which there may be several objects, that are names."""
    objects = [attributes] if isinstance(attributes, pikepdf.Dictionary) else attributes
    for each in objects:
        for key, value in each.items():
            if isinstance(value, pikepdf.Name):
                yield key[1:], str(value)[1:]


def _target(annotation: pikepdf.Object) -> str:
    """Where a link leads: a name, an address, or "" for the spot on a page that LibreOffice gives."""
    if "/Dest" in annotation:
        place = annotation.Dest
        return "" if isinstance(place, pikepdf.Array) else f"#{place}"
    return str(annotation.A.URI)


def pdf_text(file: Path) -> str:
    """The PDF's text in reading order, without what the format adds."""
    return "".join(_said(read_pdf(file).tree))


def _said(element: Element) -> Iterator[str]:
    marker = element.type == "Lbl" and LIST_MARKER.fullmatch(element.text().strip())
    if element.type == "Figure" or marker:
        return
    for child in element.children:
        if isinstance(child, Piece):
            yield child.text.replace(LINE_END_HYPHEN, "")
        elif not _is_page(element, child):
            yield from _said(child)


def _is_page(parent: Element, child: Element) -> bool:
    """Whether it is the page number at the end of an entry of the contents list."""
    return parent.type == "Link" and child.type == "Span" and not child.language


def contents_pages(file: Path) -> list[str]:
    """The page numbers of the contents list, which the sheet adds at the end of each link."""
    return [
        child.text()
        for element in read_pdf(file).tree.walk()
        for child in element.children
        if isinstance(child, Element) and _is_page(element, child)
    ]


# ---------------------------------------------------------------- DOCX


def docx_text(file: Path) -> str:
    """The text of the first page's head and of the body, parted as Word shows it.

    Without the results of page fields and without drawings.  A heading that its style numbers
    bears that number, as Word shows it.
    """
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    body = etree.fromstring(parts["word/document.xml"])
    targets = {
        relation.get("Id"): relation.get("Target")
        for relation in etree.fromstring(parts["word/_rels/document.xml.rels"])
    }
    first = next(
        each for each in body.iter(f"{W}headerReference") if _word(each, "type") == "first"
    )
    header = etree.fromstring(parts[f"word/{targets[first.get(f'{R}id')]}"])
    number_headings(body, etree.fromstring(parts["word/styles.xml"]))
    return "".join((*_runs(header), " ", *_runs(body)))


def number_headings(body: etree._Element, styles: etree._Element) -> None:
    """Write the numbers of sections into the text where the style of their heading counts them."""
    if styles.find(f"{W}style[@{W}styleId='Heading1']/{W}pPr/{W}numPr") is None:
        return
    headings = body.iterfind(f".//{W}pStyle[@{W}val='Heading1']/../..")
    for number, heading in enumerate(headings, start=1):
        shown = etree.Element(f"{W}t")
        shown.text = f"{number} "
        heading.insert(1, shown)


def docx_footnotes(file: Path) -> list[str]:
    """The texts of the footnotes in their order, separators left out."""
    with zipfile.ZipFile(file) as package:
        notes = etree.fromstring(package.read("word/footnotes.xml"))
    return ["".join(_runs(note)) for note in notes if not _word(note, "type")]


def page_fields(file: Path) -> list[str]:
    """The results of the contents list's page fields."""
    with zipfile.ZipFile(file) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    return [text for inside, text in _fields(body) if inside == "PAGEREF"]


def _runs(root: etree._Element) -> Iterator[str]:
    shown = (text for inside, text in _fields(root) if inside not in PAGE_FIELDS)
    return (text.replace(NO_BREAK, "") for text in shown)


def _fields(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Each piece of text with the name of the innermost field it is the result of."""
    open_fields: list[str] = []
    footnotes = 0
    for element in root.iter(etree.Element):
        if any(parent.tag == f"{W}drawing" for parent in element.iterancestors()):
            continue
        inside = open_fields[-1] if open_fields else ""
        match str(element.tag).removeprefix(W):
            case "fldChar" if _word(element, "fldCharType") == "begin":
                open_fields.append("")
            case "fldChar" if _word(element, "fldCharType") == "end":
                open_fields.pop()
            case "instrText" if not inside:
                open_fields[-1] = (element.text or "").split()[0]
            case "footnoteReference":
                footnotes += 1  # as Word counts them
                yield inside, str(footnotes)
            case "p" | "tab" | "br":
                yield inside, " "
            case "t":
                yield inside, element.text or ""


def _word(element: etree._Element, attribute: str) -> str:
    return str(element.get(f"{W}{attribute}", ""))


# ---------------------------------------------------------------- HTML


def html_text(file: Path) -> str:
    """The text of the page in order, parted at its blocks, without skip link, summary and pictures."""
    return "".join(_seen(html.document_fromstring(file.read_bytes())))


def _seen(element: html.HtmlElement) -> Iterator[str]:
    block = element.tag in BLOCKS or element.get("class") == "base"  # the sheet makes it a block
    if block:
        yield " "
    if element.tag not in UNSEEN and element.get("class") != "skip":
        yield element.text or ""
        for child in element:
            if isinstance(child.tag, str):
                yield from _seen(child)
            yield child.tail or ""
    if block:
        yield " "


def outside_addresses(file: Path) -> Iterator[str]:
    """Every address that a browser would fetch from elsewhere to show the page, links left out."""
    page = html.document_fromstring(file.read_bytes())
    for element in page.iter(etree.Element):
        for attribute, value in element.attrib.items():
            if attribute in FETCHED and element.tag != "a":
                yield from _outside([value])
            yield from _outside(_addresses(value) if attribute == "style" else ())
        if element.tag == "style":
            yield from _outside(_addresses(element.text or ""))


def _addresses(sheet: str) -> Iterator[str]:
    return ("".join(found.groups("")) for found in CSS_ADDRESS.finditer(sheet))


def _outside(addresses: Iterable[str]) -> Iterator[str]:
    return (each for each in addresses if not each.startswith(("data:", "#")))
