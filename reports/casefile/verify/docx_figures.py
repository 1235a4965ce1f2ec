"""A Word file of ours to the facts that it prints: its content controls, and what they were.

Each control bears its fact and form; the part on provenance holds its words as they were
written.  So a word that was changed since shows, with what stood there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from lxml import etree

from reports.casefile.verify.docx_charts import drawn_figures
from reports.casefile.verify.package import Package
from reports.casefile.verify.printed import PrintedFigure, ended, letters
from reports.problems import Place, Problem, ReportError
from reports.write.docx.numbers import numbers_elsewhere

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OURS = "{urn:kildefast:provenance:1}"
_MARKS = ("KFKildemerke", "KFTallmerke", "FootnoteReference")  # the looks of note marks
_TEXTS = ("word/document.xml", "word/footnotes.xml")
_NOTE_MARKS = re.compile(r"([\[(][0-9]+[\])])+$")
_OPENING = 40  # characters by which a paragraph is known


def docx_figures(package: Package) -> tuple[PrintedFigure, ...]:
    """Every fact that the Word file prints or cites, in reading order, then those in its charts.

    After them comes what was written and is no longer there.  Raises ReportError at the file
    for one that says nothing of where it comes from.
    """
    record = _record(package)
    found = list(_printed(package, {each.number: each for each in record}))
    met = {number for number, _ in found}
    return (
        *(figure for _, figure in found),
        *drawn_figures(package, _fact_ids(package)),
        *(
            PrintedFigure(each.fact, each.form, "", "", _NOTE_MARKS.sub("", each.words))
            for each in record
            if each.number not in met
        ),
    )


def typed_numbers(package: Package) -> tuple[Problem, ...]:
    """The numbers outside of facts that weren't there when the Word file was written.

    One that is gone, or another in its place, shows as well.  Raises ReportError at the file
    for one that says nothing of where it comes from.
    """
    known, text = _origin(package).find(f"{_OURS}elsewhere"), package.xml("word/document.xml")
    if known is None or text is None:
        return ()
    was, now = (known.text or "").split(), list(numbers_elsewhere(text))
    paragraphs, found = list(text.iter(f"{_W}p")), []
    compared = SequenceMatcher(None, was, [number for _, number in now], autojunk=False)
    for kind, gone, gone_end, new, new_end in compared.get_opcodes():
        if kind == "equal":
            continue
        for paragraph, number in now[new:new_end]:
            where = _named(paragraph, paragraphs[paragraph - 1])
            found.append(f"{where} has '{number}', which is no fact's and wasn't written there")
        lost = (f"no longer has '{number}', which was no fact's" for number in was[gone:gone_end])
        found.extend(lost)
    return tuple(Problem(Place(package.file), what) for what in found)


@dataclass(frozen=True)
class _Control:
    """A control as it was written, its note mark and citation among the words."""

    number: str
    fact: str
    form: str
    words: str


def _origin(package: Package) -> etree._Element:
    """The part that says where the file comes from; Word may give it another name."""
    for name in sorted(package.parts):
        if name.startswith("customXml/item"):
            root = package.xml(name)
            if root is not None and root.tag == f"{_OURS}provenance":
                return root
    what = "doesn't say which of its words are facts"
    hint = "its part on provenance is gone, or it was made by another program"
    raise ReportError(Problem(Place(package.file), what, hint))


def _record(package: Package) -> tuple[_Control, ...]:
    return tuple(
        _Control(
            number=each.get("number", ""),
            fact=each.get("fact", ""),
            form=_form(each.get("form", "")),
            words=each.text or "",
        )
        for each in _origin(package).iter(f"{_OURS}control")
    )


def _fact_ids(package: Package) -> frozenset[str]:
    """The facts that the file has notes on."""
    return frozenset(each.get("id", "") for each in _origin(package).iter(f"{_OURS}fact"))


def _printed(
    package: Package, record: Mapping[str, _Control]
) -> Iterator[tuple[str, PrintedFigure]]:
    """The facts in the text, each with the number of its control."""
    for name in _TEXTS:
        root = package.xml(name)
        if root is None:
            continue
        numbers = {each: number for number, each in enumerate(root.iter(f"{_W}p"), start=1)}
        for control in root.iter(f"{_W}sdt"):
            tag, number = _said(control, "tag"), _said(control, "id")
            if tag.startswith("fact:") and ";" in tag:
                where = _where(control, numbers)
                yield number, _figure(tag, _read(control), record.get(number), where)


def _figure(tag: str, words: _Words, known: _Control | None, where: str) -> PrintedFigure:
    fact, form = tag.removeprefix("fact:").rsplit(";", 1)
    written = words.own_of(known.words) if known else ""
    return PrintedFigure(fact, _form(form), ended("".join(words.own)), where, written)


def _form(tag: str) -> str:
    return tag.replace("-", " ")


def _said(control: etree._Element, key: str) -> str:
    found = control.find(f"{_W}sdtPr/{_W}{key}")
    return "" if found is None else found.get(f"{_W}val", "")


@dataclass
class _Words:
    """The words of a control: the fact's own, and those of note marks and citations."""

    own: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    def own_of(self, recorded: str) -> str:
        """What of the recorded words was the fact's own; all the rest where marks were changed."""
        left = recorded
        for other in reversed(self.others):
            before, found, after = left.rpartition(other)
            left = f"{before}{after}" if found else left
        return ended("".join(self.own)) if letters(left) == letters("".join(self.own)) else left


def _read(control: etree._Element) -> _Words:
    words = _Words()
    for text in control.iter(f"{_W}t"):
        aside = any(map(_is_aside, text.iterancestors(f"{_W}r", f"{_W}hyperlink", f"{_W}sdt")))
        (words.others if aside else words.own).append(text.text or "")
    return words


def _is_aside(around: etree._Element) -> bool:
    """Whether it holds a note mark, or a citation: links within the document."""
    if around.tag == f"{_W}hyperlink":
        return around.get(f"{_W}anchor") is not None
    style = around.find(f"{_W}rPr/{_W}rStyle")
    return style is not None and style.get(f"{_W}val") in _MARKS


def _where(control: etree._Element, numbers: Mapping[etree._Element, int]) -> str:
    """The paragraph by its number in the text and its first words."""
    held = next(control.iterancestors(f"{_W}p"), None)
    if held is None:
        return "the text"
    return _named(numbers[held], held)


def _named(number: int, paragraph: etree._Element) -> str:
    text = " ".join("".join(each.text or "" for each in paragraph.iter(f"{_W}t")).split())
    opening = text if len(text) <= _OPENING else f"{text[:_OPENING].rsplit(' ', 1)[0]} …"
    return f"paragraph {number} ('{opening}')"
