"""What the text, heads and feet of a reference may hold, and that text made plain.

Its content controls and the fields of a document's properties become words in double braces,
which are filled in for each edition; whatever Word keeps for itself is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy

from docx.oxml.ns import qn

from reports.write.docx.reference.faults import Fault
from reports.write.docx.reference.package import House
from reports.write.docx.reference.places import PLACES
from reports.write.docx.xml import Element, name, w

_PROPERTIES = {"title": "title", "subject": "kind", "creator": "publisher", "author": "publisher",
               "company": "publisher", "contentstatus": "status", "status": "status",
               "publish date": "date", "publishdate": "date"}  # fmt: skip
_FIELDS = {"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "STYLEREF", "TITLE", "SUBJECT", "AUTHOR",
           "FILENAME", "DOCPROPERTY", "HYPERLINK"}  # fmt: skip
_CLOCK = {"DATE", "TIME", "SAVEDATE", "PRINTDATE", "CREATEDATE"}
_CHANGES = [name(tag) for tag in (
    "ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange",
    "trPrChange", "tcPrChange", "tblGridChange", "numberingChange", "cellIns", "cellDel",
    "cellMerge", "moveFromRangeStart", "moveToRangeStart", "tblPrExChange",
)]  # fmt: skip
_NOT_OURS = {
    "commentReference": ("comments", "delete them: Review › Delete All Comments"),
    "footnoteReference": ("footnotes", "delete them"),
    "endnoteReference": ("endnotes", "delete them"),
    "altChunk": ("another document inside", "delete it"),
    "subDoc": ("another document inside", "delete it"),
    "object": ("an embedded object", "delete it, or make it a picture"),
    "control": ("a form control", "delete it"),
}
_WORDS_OWN = [name(tag) for tag in (
    "bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd", "commentRangeStart",
    "commentRangeEnd", "lastRenderedPageBreak",
)]  # fmt: skip
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"


def texts(house: House) -> list[Element]:
    """The body, heads and feet, in that order."""
    return [house.body, *house.margins]


def content_faults(house: House) -> Iterator[Fault]:
    """What a reference's text may not hold."""
    shown = texts(house)
    if any(next(root.iter(*_CHANGES), None) is not None for root in shown):
        yield Fault("has tracked changes", "in Word, Review › Accept › Accept All Changes")
    for root in shown:
        for tag, (what, hint) in _NOT_OURS.items():
            if next(root.iter(name(tag)), None) is not None:
                yield Fault(f"holds {what}", hint)
        yield from _field_faults(root)
    yield from _wordless(house.body)


def settings_faults(settings: Element | None) -> Iterator[Fault]:
    """Protection of the file, which each of its documents would inherit."""
    if settings is None:
        return
    for tag in ("documentProtection", "writeProtection"):
        if settings.find(name(tag)) is not None:
            hint = "in Word, Review › Restrict Editing › Stop Protection, then save"
            yield Fault("is protected against editing", hint)


def _field_faults(root: Element) -> Iterator[Fault]:
    for instruction in instructions(root):
        word = instruction.split()[0].upper() if instruction.split() else ""
        if word in _CLOCK:
            hint = "write {{ date }} in its place: a document keeps its own date"
            yield Fault(f"has a field '{word}', which shows the day of reading", hint)
        elif word not in _FIELDS:
            yield Fault(f"has a field '{word}'", f"allowed: {', '.join(sorted(_FIELDS))}")


def instructions(root: Element) -> Iterator[str]:
    """The instruction of each field, its parts put together."""
    for simple in root.iter(name("fldSimple")):
        yield simple.get(name("instr"), "")
    open_fields: list[str] = []
    for each in root.iter(name("fldChar"), name("instrText")):
        if each.tag == name("instrText"):
            if open_fields:
                open_fields[-1] += each.text or ""
            continue
        match each.get(name("fldCharType")):
            case "begin":
                open_fields.append("")
            case "end" if open_fields:
                yield open_fields.pop()


def _wordless(body: Element) -> Iterator[Fault]:
    """Pictures of the text that say nothing to those who don't see them."""
    for drawn in body.iter(qn("wp:docPr")):
        decorative = next(drawn.iter(_DECORATIVE), None)
        if drawn.get("descr") or drawn.get("title") or decorative is not None:
            continue
        what = f"shows the picture '{drawn.get('name', '')}' without alternative text"
        yield Fault(what, "in Word, right-click it › View Alt Text, or mark it as decorative")


# ---------------------------------------------------------------- made plain


def make_plain(root: Element) -> None:
    """Turn content controls and property fields into places to fill, and drop Word's own marks."""
    for control in reversed(list(root.iter(name("sdt")))):
        _unwrap(control)
    for tag in list(root.iter(*_WORDS_OWN)):
        _parent(tag).remove(tag)
    for each in root.iter("{*}*"):
        for key in [key for key in each.attrib if _is_mark(str(key))]:
            del each.attrib[key]
    _unlink(root)
    _open_fields(root)


def _unwrap(control: Element) -> None:
    """Replace a content control by what it holds, or by the place that it names."""
    held, known = control.find(name("sdtContent")), control.find(name("sdtPr"))
    place = _named(known) if known is not None else ""
    if place and held is not None:
        _say(held, f"{{{{ {place} }}}}")
    parent = _parent(control)
    at = parent.index(control)
    for offset, child in enumerate(list(held) if held is not None else ()):
        parent.insert(at + offset, child)
    parent.remove(control)


def _named(known: Element) -> str:
    """The place that a content control stands for, by its tag, title or bound property."""
    for tag in ("tag", "alias"):
        found = known.find(name(tag))
        word = found.get(name("val"), "").strip().lower() if found is not None else ""
        if word in PLACES or word in _PROPERTIES:
            return _PROPERTIES.get(word, word)
    bound = known.find(name("dataBinding"))
    path = bound.get(name("xpath"), "") if bound is not None else ""
    end = re.sub(r"\[\d+\]", "", path).rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower()
    return _PROPERTIES.get(end, "")


def _say(held: Element, text: str) -> None:
    """Let what a content control holds say just that, in the look of its first run."""
    pieces = list(held.iter(name("t")))
    for piece in pieces[1:]:
        _parent(piece).remove(piece)
    if pieces:
        pieces[0].text = text
        return
    run = next(held.iter(name("r")), None)
    if run is None:
        run = w("r")
        next(held.iter(name("p")), held).append(run)
    run.append(_text(text))


def _open_fields(root: Element) -> None:
    """Give fields that show a property of the document that property as their result."""
    for simple in root.iter(name("fldSimple")):
        place = _shown_by(simple.get(name("instr"), ""))
        if place:
            _say(simple, f"{{{{ {place} }}}}")
    for paragraph in root.iter(name("p")):
        _open_runs(paragraph)


def _open_runs(paragraph: Element) -> None:
    instruction, result, started = "", False, False
    for run in list(paragraph.iter(name("r"))):
        for child in list(run):
            kind = child.get(name("fldCharType")) if child.tag == name("fldChar") else ""
            if kind == "begin":
                instruction, result, started = "", False, True
            elif kind == "separate":
                result = True
                if place := _shown_by(instruction):
                    holder = w("r")
                    look = run.find(name("rPr"))
                    holder.extend([] if look is None else [deepcopy(look)])
                    holder.append(_text(f"{{{{ {place} }}}}"))
                    run.addnext(holder)
            elif kind == "end":
                result = started = False
            elif child.tag == name("instrText") and started:
                instruction += child.text or ""
            elif child.tag == name("t") and result and _shown_by(instruction):
                run.remove(child)


def _shown_by(instruction: str) -> str:
    """The place whose text a field shows, "" for pages, styles and the like."""
    words = [word.strip('"').lower() for word in instruction.split()]
    if words[:1] == ["docproperty"]:
        words = words[1:]
    elif words[:1] not in (["title"], ["subject"], ["author"]):
        return ""
    return _PROPERTIES.get(words[0], "") if words else ""


def _unlink(root: Element) -> None:
    """Leave links inside the reference as plain words: their targets are gone."""
    for link in [each for each in root.iter(name("hyperlink")) if each.get(name("anchor"))]:
        parent = _parent(link)
        at = parent.index(link)
        for offset, child in enumerate(list(link)):
            parent.insert(at + offset, child)
        parent.remove(link)


def _text(text: str) -> Element:
    element = w("t")
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    element.text = text
    return element


def _is_mark(key: str) -> bool:
    """Whether an attribute counts Word's sessions, and says nothing of the text."""
    local = key.rsplit("}", 1)[-1]
    return local.startswith("rsid") or local in ("paraId", "textId")


def _parent(element: Element) -> Element:
    parent = element.getparent()
    if parent is None:
        raise AssertionError(element.tag)
    return parent
