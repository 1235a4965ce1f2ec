"""Notes as Word's own footnotes: each at the first mark of its fact, led to by the later ones.

Word counts them itself; the numbers written here are what it will count.  In the text a mark
stands in the brackets that it has in every format: "300" with note 7 must not be read as 3007.
"""

from __future__ import annotations

from typing import Any

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart

from reports.document import Footnoted, Note, note_citation, note_end, note_head
from reports.write.docx.body import heading
from reports.write.docx.inline import runs
from reports.write.docx.names import fact_tag
from reports.write.docx.package import Draft
from reports.write.docx.xml import (
    Element,
    control,
    name,
    paragraph,
    run,
    style_id,
    tab,
    w,
    words,
)

_SEPARATORS = {"separator": -1, "continuationSeparator": 0}  # their ids
_MARK = "KF Notemerke"


def write_footnotes(draft: Draft, told: Footnoted) -> None:
    """Add the notes as a part of the package, and the remarks to the text."""
    notes = map(_footnote, told.notes.notes)
    root: Any = w("footnotes", *map(_separator, _SEPARATORS), *notes)
    package = draft.word.part.package
    part = XmlPart(PackURI("/word/footnotes.xml"), CT.WML_FOOTNOTES, root, package)
    draft.word.part.relate_to(part, RT.FOOTNOTES)
    compat = draft.word.settings.element.find(name("compat"))
    known = (w("footnote", id=id_) for id_ in _SEPARATORS.values())
    compat.addprevious(w("footnotePr", *known))
    if told.remarks:
        draft.add(heading(told.remarks, draft))
    draft.add(*(paragraph("KF Merknad", *words(remark)) for remark in told.notes.remarks))


def _separator(kind: str) -> Element:
    """The line above footnotes, or above those that go on from the page before."""
    level = w("pPr", w("spacing", after=0, line=240, lineRule="auto"))
    return w("footnote", w("p", level, w("r", w(kind))), type=kind, id=_SEPARATORS[kind])


def _footnote(note: Note) -> Element:
    what = note.what.rstrip(".")
    said = control(fact_tag(note.fact, "note"), run(what))
    rest = run(f"{note_head(note)[len(what) :]} ")
    cited = (*runs(note_citation(note)), *words(note_end(note)))
    # LibreOffice makes the number a label, and leaves behind what stands around it
    number = w("r", w("rPr", w("rStyle", val=style_id(_MARK))), w("footnoteRef"))
    text = paragraph("footnote text", number, tab(), said, rest, *cited)
    return w("footnote", text, id=note.number)
