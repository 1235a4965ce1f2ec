"""A Word file of ours to the facts that it prints: its content controls, and what they were.

Each control bears its fact and form; the part on provenance holds its words as they were
written.  So a word that was changed since shows, with what stood there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from lxml import etree

from reports.casefile.verify.docx_charts import drawn_figures
from reports.casefile.verify.package import Package
from reports.casefile.verify.printed import PrintedFigure, ended, letters
from reports.problems import Place, Problem, ReportError
from reports.write.docx.names import tagged_fact
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
    for one that says nothing of where it comes from, or of where its facts are.
    """
    record, there = _record(package), list(_there(package))
    if record and not there:
        what = "no longer says which of its words are facts"
        hint = "LibreOffice leaves that out when it saves; verify the file that was issued"
        raise ReportError(Problem(Place(package.file), what, hint))
    known = _paired([each.key for each in there], [each.key for each in record])
    return (
        *(each.figure(record[known[n]] if n in known else None) for n, each in enumerate(there)),
        *drawn_figures(package, _fact_ids(package)),
        *(each.lost() for n, each in enumerate(record) if n not in known.values()),
    )


def _paired(now: Sequence[str], was: Sequence[str]) -> dict[int, int]:
    """Which of what was written each of what is there is, both by their places in the text.

    Their numbers aren't asked: programs that save a file may give new ones.
    """
    blocks = SequenceMatcher(None, now, was, autojunk=False).get_matching_blocks()
    return {block.a + n: block.b + n for block in blocks for n in range(block.size)}


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

    fact: str
    form: str
    words: str

    @property
    def key(self) -> str:
        return f"{self.fact};{self.form}"

    def lost(self) -> PrintedFigure:
        return PrintedFigure(self.fact, self.form, "", "", _NOTE_MARKS.sub("", self.words))


@dataclass(frozen=True)
class _There:
    """A control as it is now, and where it stands."""

    fact: str
    form: str
    words: _Words
    where: str

    @property
    def key(self) -> str:
        return f"{self.fact};{self.form}"

    def figure(self, known: _Control | None) -> PrintedFigure:
        written = self.words.own_of(known.words) if known else ""
        text = ended("".join(self.words.own))
        return PrintedFigure(self.fact, self.form, text, self.where, written)


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
            fact=each.get("fact", ""),
            form=_form(each.get("form", "")),
            words=each.text or "",
        )
        for each in _origin(package).iter(f"{_OURS}control")
    )


def _fact_ids(package: Package) -> frozenset[str]:
    """The facts that the file has notes on."""
    return frozenset(each.get("id", "") for each in _origin(package).iter(f"{_OURS}fact"))


def _there(package: Package) -> Iterator[_There]:
    """The controls of facts in the text, in its order."""
    for name in _TEXTS:
        root = package.xml(name)
        if root is None:
            continue
        numbers = {each: number for number, each in enumerate(root.iter(f"{_W}p"), start=1)}
        for control in root.iter(f"{_W}sdt"):
            tag = _tag(control)
            if tag.startswith("fact:") and ";" in tag:
                fact, form = tagged_fact(tag)
                yield _There(fact, _form(form), _read(control), _where(control, numbers))


def _form(tag: str) -> str:
    return tag.replace("-", " ")


def _tag(control: etree._Element) -> str:
    found = control.find(f"{_W}sdtPr/{_W}tag")
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
        if _is_hidden(text):
            continue
        aside = any(map(_is_aside, text.iterancestors(f"{_W}r", f"{_W}hyperlink", f"{_W}sdt")))
        (words.others if aside else words.own).append(text.text or "")
    return words


def _is_hidden(text: etree._Element) -> bool:
    """Whether its run is one that no reader sees (ECMA-376 part 1, 17.3.2.41)."""
    run = next(text.iterancestors(f"{_W}r"), None)
    mark = None if run is None else run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(f"{_W}val", "true") not in ("0", "false", "off")


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
