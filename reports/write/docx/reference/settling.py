"""A text in our styles to one in the reference's: ids, tabs of the side column, and what is lent."""

from __future__ import annotations

from collections.abc import Iterator

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn

from reports.write.docx.looks import KEPT
from reports.write.docx.package import Draft
from reports.write.docx.reference.charts import recolour
from reports.write.docx.reference.lending import Lending
from reports.write.docx.reference.lent import box_of
from reports.write.docx.reference.opening import Opened
from reports.write.docx.xml import Element, name, run, w

USES = tuple(name(tag) for tag in ("pStyle", "rStyle", "tblStyle"))
_FLUSH = ("heading 1", "heading 2", "TOC Heading")  # bear a tab to the main column
_RUN_IN = ("caption", "toc 1", "KF Laget")  # and these one from their label to their text
_KEPT = ("heading 1", "heading 2", "caption")  # never alone at the end of a page
_EN = "\N{EN SPACE}"


def settle(opened: Opened) -> None:
    """Bring the written text into the reference's styles, lend those it lacks, close its place."""
    draft = opened.draft
    _close(opened.mark)
    lending = Lending(opened)
    for root in _roots(draft):
        uses = [use for use in root.iter(*USES) if use not in opened.theirs]
        for use in uses:
            style = lending.name_of(use.get(name("val"), ""))
            if use.tag == USES[0]:
                _flush(use, style, opened)
            use.set(name("val"), lending.lend(style))
    lending.add()
    recolour(draft)
    _date(draft.word.element.body)
    _number_drawings(draft)


def _roots(draft: Draft) -> Iterator[Element]:
    """The text and what hangs on it in parts of their own."""
    yield draft.word.element.body
    for relation in draft.word.part.rels.values():
        if relation.reltype in (RT.FOOTNOTES, RT.ENDNOTES):
            yield relation.target_part.element


def _date(body: Element) -> None:
    """Mark the pages in the contents list as out of date: the reference's differ from the PDF's."""
    for instruction in body.iter(name("instrText")):
        run = instruction.getparent()
        begin = run.getprevious() if run is not None else None
        if begin is not None and (instruction.text or "").split()[:1] == ["PAGEREF"]:
            for field in begin.iterfind(name("fldChar")):
                field.set(name("dirty"), "1")


def _number_drawings(draft: Draft) -> None:
    """Number the pictures of heads and feet after those of the text: no two may share one."""
    number = sum(1 for _ in draft.word.element.body.iter(qn("wp:docPr")))
    for relation in draft.word.part.rels.values():
        if relation.reltype in (RT.HEADER, RT.FOOTER):
            for drawing in relation.target_part.element.iter(qn("wp:docPr")):
                number += 1
                drawing.set("id", str(number))


def _close(mark: Element) -> None:
    """Take the place of the text away, but for a section that ends with it."""
    known = mark.find(name("pPr"))
    if known is not None and known.find(name("sectPr")) is not None:
        for child in [child for child in mark if child is not known]:
            mark.remove(child)
        return
    parent = mark.getparent()
    if parent is not None:
        parent.remove(mark)


def _flush(use: Element, style: str, opened: Opened) -> None:
    """Bring a paragraph from the grid of our own sheet to the left edge."""
    known = use.getparent()
    paragraph = known.getparent() if known is not None else None
    if known is None or paragraph is None:
        return
    if style in _FLUSH or (box_of(style) and not style.endswith(" enkel")):
        _drop_first_tab(paragraph)
    elif _runs_in(style, opened):
        _close_up(paragraph)
    if style in _KEPT and not opened.sheet.keeps(opened.matched.get(style, "")):
        use.addnext(w("keepNext"))
    if style == "heading 1" and opened.draft.numbered and opened.sections:
        known.append(w("numPr", w("ilvl", val=0), w("numId", val=opened.sections)))


def _runs_in(style: str, opened: Opened) -> bool:
    """Whether a label stands in the line of its text; that of a lent note hangs beside it."""
    plain = style.removesuffix(KEPT)
    note = plain in ("footnote text", "KF Note", "KF Kilde") and plain in opened.matched
    return style in _RUN_IN or style.endswith(" enkel") or note


def _drop_first_tab(paragraph: Element) -> None:
    first = _first_run(paragraph)
    if first is not None and first.find(name("tab")) is not None:
        _parent(first).remove(first)


def _close_up(paragraph: Element) -> None:
    """Set a text close behind its label; at the edge where it has none."""
    first = _first_run(paragraph)
    for each in paragraph.iter(name("r")):
        if each.find(name("tab")) is None:
            continue
        if each is not first:
            each.addprevious(run(_EN))
        _parent(each).remove(each)
        return


def _first_run(paragraph: Element) -> Element | None:
    """The first run that shows something."""
    shown = tuple(name(tag) for tag in ("t", "tab", "drawing", "footnoteRef"))
    return next((each for each in paragraph.iter(name("r")) if each.find("*") is not None
                 and any(child.tag in shown for child in each)), None)  # fmt: skip


def _parent(element: Element) -> Element:
    parent = element.getparent()
    if parent is None:
        raise AssertionError(element.tag)
    return parent
