"""The charts of a Word file to the facts in them: their labels against the table behind each.

The table is a workbook within the file: beside the words of each mark stands its fact.  The
labels, which are what a reader sees, say those words.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Collection, Iterator
from io import BytesIO
from itertools import pairwise
from zipfile import BadZipFile, ZipFile

from lxml import etree

from reports.casefile.verify.package import Package, plain_xml
from reports.casefile.verify.printed import PrintedFigure
from reports.problems import Place, Problem, ReportError

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_MOST = 20_000_000  # bytes that a sheet may unpack to

_Table = dict[str, dict[str, str]]  # columns by their letters: the words of cells by their rows


def drawn_figures(package: Package, facts: Collection[str]) -> Iterator[PrintedFigure]:
    """Each mark of the charts that Word draws: its words if a label shows them, else "".

    `written` are the words in the table behind the chart.  `facts` are the ids that count as
    such in a table.
    """
    text = package.xml("word/document.xml")
    for drawing in () if text is None else text.iter(f"{_WP}inline"):
        for chart in drawing.iter(f"{_C}chart"):
            shown = drawing.find(f"{_WP}docPr")
            name = "chart" if shown is None else shown.get("name", "chart")
            part = _target(package, "word/document.xml", chart.get(f"{_R}id", ""))
            yield from _drawn(package, part, facts, name)


def _drawn(
    package: Package, part: str, facts: Collection[str], name: str
) -> Iterator[PrintedFigure]:
    root = package.xml(part)
    data = None if root is None else root.find(f"{_C}externalData")
    if root is None or data is None:
        return
    book = package.parts.get(_target(package, part, data.get(f"{_R}id", "")), b"")
    fields = (each for each in root.iter(f"{_A}fld") if each.get("type") == "CELLRANGE")
    labels = Counter("".join(text.text or "" for text in each.iter(f"{_A}t")) for each in fields)
    for fact, words in _marks(_table(book, Place(package.file)), facts):
        seen = labels[words] > 0
        labels[words] -= 1
        yield PrintedFigure(fact, "chart", words if seen else "", name, words)


def _target(package: Package, part: str, key: str) -> str:
    """The name of the part that another one means by a key; "" for none."""
    folder, _, name = part.rpartition("/")
    relations = package.xml(f"{folder}/_rels/{name}.rels")
    for each in () if relations is None else relations:
        if each.get("Id") == key:
            target = each.get("Target", "")
            return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return ""


def _marks(table: _Table, facts: Collection[str]) -> Iterator[tuple[str, str]]:
    """Each fact of the table with the words in the column before it."""
    columns = list(table.values())
    for words, ids in pairwise(columns):
        below = {row: id_ for row, id_ in ids.items() if row != "1"}
        if below and all(id_ in facts for id_ in below.values()):
            yield from ((id_, words.get(row, "")) for row, id_ in below.items())


def _table(book: bytes, place: Place) -> _Table:
    """The words of a workbook's one sheet.

    Raises ReportError at `place` if the workbook can't be read.
    """
    try:
        with ZipFile(BytesIO(book)) as opened:
            strings = _part(opened, "xl/sharedStrings.xml", place)
            sheet = _part(opened, "xl/worksheets/sheet1.xml", place)
    except (BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError):
        raise ReportError(Problem(place, "the table behind a chart can't be read")) from None
    words = ["".join(t.text or "" for t in each.iter(f"{_S}t")) for each in strings]
    table: _Table = {}
    for cell in sheet.iter(f"{_S}c"):
        address, value = cell.get("r", ""), cell.findtext(f"{_S}v", "")
        column = address.rstrip("0123456789")
        known = cell.get("t") == "s" and value.isdecimal() and int(value) < len(words)
        if value:
            shown = words[int(value)] if known else value
            table.setdefault(column, {})[address.removeprefix(column)] = shown
    return dict(sorted(table.items(), key=lambda each: (len(each[0]), each[0])))


def _part(book: ZipFile, name: str, place: Place) -> etree._Element:
    if book.getinfo(name).file_size > _MOST:
        raise ReportError(Problem(place, "the table behind a chart is too large to be read"))
    return plain_xml(book.read(name), place, "the table behind a chart")
