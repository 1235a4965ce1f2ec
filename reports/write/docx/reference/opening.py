"""A reference to a document that can be written: its package, with what our roles need added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

import docx
from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from lxml import etree

from reports.document import Document
from reports.themes import Theme, WordReference
from reports.write.docx.inline import region
from reports.write.docx.package import Draft, set_theme
from reports.write.docx.reference.lent import BODY
from reports.write.docx.reference.lists import SECTIONS, counted, numbered
from reports.write.docx.reference.matching import matched
from reports.write.docx.reference.page import fitted, page_of
from reports.write.docx.reference.places import is_place
from reports.write.docx.reference.stylesheet import Stylesheet
from reports.write.docx.xml import Element, name, w


@dataclass(frozen=True)
class Opened:
    """A draft on a reference: its styles, the id of each of ours that it has, and the numbers.

    `numbers` are the instances that number what is lent; `sections` the one of headings, 0
    where the reference numbers its own.  `theirs` are the places where the reference's own text
    names a style: an id may mean another style there than in ours.
    """

    draft: Draft
    sheet: Stylesheet
    matched: Mapping[str, str]
    numbers: Mapping[str, int]
    sections: int
    mark: Element
    theirs: frozenset[Element]


def open_reference(
    document: Document,
    theme: Theme,
    pictures: Mapping[str, bytes],
    word: WordReference,
    package: bytes,
) -> Opened:
    """The reference as an open document, written before the place of its text."""
    file: Word = docx.Document(BytesIO(package))
    sheet = Stylesheet(file.styles.element, _theme(file))
    own = matched(word, sheet)
    speak(file.styles.element, region(document.language))
    if _theme(file) is None:
        set_theme(file, theme)
    body = file.element.body
    look = fitted(theme, page_of(body), sheet.face(own[BODY]), sheet.size(own[BODY]))
    counts = file.part.numbering_part.element
    own_sections = counted(counts, sheet, own["heading 1"])
    numbering, numbers = numbered(counts, sheet, own, look)
    mark = next(each for each in body if is_place(each, "body"))
    theirs = frozenset(body.iter(*(name(tag) for tag in ("pStyle", "rStyle", "tblStyle"))))
    draft = Draft(document, look, pictures, file, numbering, mark)
    sections = 0 if own_sections else numbers[SECTIONS]
    return Opened(draft, sheet, own, numbers, sections, mark, theirs)


def _theme(file: Word) -> Element | None:
    for relation in file.part.rels.values():
        if relation.reltype == RT.THEME:
            return etree.fromstring(relation.target_part.blob)
    return None


def speak(styles: Element, language: str) -> None:
    """Let all styles be in the language of the edition, which the reference can't know."""
    for tag in list(styles.iter(name("lang"))):
        parent = tag.getparent()
        if parent is not None:
            parent.remove(tag)
    defaults = styles.find(name("docDefaults"))
    if defaults is None:
        defaults = w("docDefaults")
        styles.insert(0, defaults)
    whole = defaults.find(name("rPrDefault"))
    if whole is None:
        whole = w("rPrDefault")
        defaults.insert(0, whole)
    letters = whole.find(name("rPr"))
    if letters is None:
        letters = w("rPr")
        whole.append(letters)
    _add_language(letters, language)


def _add_language(letters: Element, language: str) -> None:
    """Name a language among the properties of letters, where the schema wants it."""
    after = {name(tag) for tag in ("eastAsianLayout", "specVanish", "oMath")}
    known = w("lang", val=language, eastAsia=language, bidi="ar-SA")
    later = next((child for child in letters if child.tag in after), None)
    if later is None:
        letters.append(known)
    else:
        later.addprevious(known)
