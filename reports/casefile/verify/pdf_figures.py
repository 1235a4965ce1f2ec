"""A PDF of ours to the facts that it prints: by its tags, from the file alone.

The tag tree says whose words are where (user properties; ISO 32000-1, 14.7.5.4).  The words
are what the page shows, by the letters of its fonts; no copy of them in the file is believed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

from reports.casefile.verify.pdf_letters import Run, Runs, lines_of, runs_of
from reports.casefile.verify.printed import PrintedFigure, ended, joined_lines, letters
from reports.problems import Place, Problem, ReportError

_DEEPEST = 60  # elements, one within the other
_MOST_STEPS = 1_000_000  # of a walk; elements within each other twice each would never end
_LINKS = ("Link", "Reference")  # of what a fact prints: its note mark, and where it is cited from
_MOST_LINES = 6  # of a name or sentence in a chart
_MARKS = ("-", "\N{HYPHEN}")  # that a chart cuts long words with


def pdf_figures(data: bytes, file: Path) -> tuple[PrintedFigure, ...]:
    """Every fact that the PDF prints, cites or draws, in reading order.

    Raises ReportError at the file for what is no PDF, and for one that names no facts.
    """
    try:
        document = PDFDocument(PDFParser(BytesIO(data)))
        told = resolve1(document.catalog.get("MarkInfo")) or {}
        if told.get("UserProperties"):
            return _Reading(_page_numbers(document), runs_of(document)).figures(document)
    except Exception:  # noqa: BLE001 - the library fails in any way on a damaged file
        raise ReportError(Problem(Place(file), "can't be read as a PDF")) from None
    what = "doesn't say which of its words are facts"
    raise ReportError(Problem(Place(file), what, "only PDFs of this program do, from 2026 on"))


@dataclass(frozen=True)
class _Spot:
    """What the tree says of one fact at one spot, and what stands there, each with its page."""

    fact: str
    form: str
    page: int
    runs: list[tuple[int, Run]] = field(default_factory=list)

    def figure(self) -> PrintedFigure:
        page = self.runs[0][0] if self.runs else self.page
        text = joined_lines(line.text for line in lines_of(run for _, run in self.runs))
        return PrintedFigure(self.fact, self.form, ended(text), f"page {page}")


@dataclass
class _Reading:
    """A walk through the tag tree; `pages` are the numbers of pages by their objects."""

    pages: Mapping[object, int]
    runs: Runs
    found: list[_Spot | PrintedFigure] = field(default_factory=list)
    steps: int = 0

    def figures(self, document: PDFDocument) -> tuple[PrintedFigure, ...]:
        root = resolve1(document.catalog["StructTreeRoot"])
        self._walk(root["K"], 1, None, 0)
        return tuple(each.figure() if isinstance(each, _Spot) else each for each in self.found)

    def _walk(self, node: Any, page: int, spot: _Spot | None, depth: int) -> None:
        """Read what a /K entry holds, on a page, within a fact's words or not (14.7.2)."""
        self.steps += 1
        if self.steps > _MOST_STEPS:
            raise ValueError("the tag tree doesn't end")
        match resolve1(node):
            case list() as nodes:
                for each in nodes:
                    self._walk(each, page, spot, depth)
            case int() as number if spot:
                spot.runs.extend((page, run) for run in self.runs.get((page, number), ()))
            case {"MCID": number} as piece:
                self._walk(number, self._page(piece, page), spot, depth)
            case {"S": kind} as element if depth < _DEEPEST:
                on = self._page(element, page)
                inner = self._opened(element, on, None if kind.name in _LINKS else spot, spot)
                self._walk(element.get("K", []), on, inner, depth + 1)

    def _opened(
        self, element: Mapping[str, Any], page: int, around: _Spot | None, spot: _Spot | None
    ) -> _Spot | None:
        """The spot that an element's words belong to; takes down what the element says of facts."""
        told = list(_properties(element))
        drawn = [(each["V"], each["F"]) for each in told if "F" in each]
        if drawn:
            self.found.extend(_drawn(drawn, self._shown(element, page), page))
            return None
        known = {each["N"]: each["V"] for each in told}
        if "fact" not in known:
            return around
        opened = _Spot(known["fact"], known["form"], self._start(element, page))
        own_mark = opened.form == "cite" and spot and spot.fact == opened.fact
        if not own_mark:
            self.found.append(opened)
        return None if opened.form == "cite" else opened

    def _shown(self, element: Mapping[str, Any], page: int) -> list[Run]:
        """The lines in a picture, in the order in which they are drawn."""
        spot = _Spot("", "", page)
        self._walk(element.get("K", []), page, spot, 0)
        return lines_of(run for _, run in spot.runs)

    def _start(self, element: Mapping[str, Any], page: int) -> int:
        """The page on which an element begins, by the first of what it holds that says one."""
        node: Any = element
        for _ in range(_DEEPEST):
            if not isinstance(node, dict) or "Pg" in node:
                break
            held = resolve1(node.get("K"))
            node = resolve1(held[0] if isinstance(held, list) and held else held)
        return self._page(node, page) if isinstance(node, dict) else page

    def _page(self, node: Mapping[str, Any], page: int) -> int:
        return self.pages[node["Pg"].objid] if "Pg" in node else page


def _properties(element: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """The user properties of an element, by their keys: name, value, and words for it."""
    said = resolve1(element.get("A", []))
    for each in said if isinstance(said, list) else [said]:
        known = resolve1(each)
        if isinstance(known, dict) and getattr(known.get("O"), "name", "") == "UserProperties":
            for one in map(resolve1, resolve1(known["P"])):
                yield {key: decode_text(resolve1(one[key])) for key in "NVF" if key in one}


def _drawn(
    facts: Sequence[tuple[str, str]], shown: Sequence[Run], page: int
) -> Iterator[PrintedFigure]:
    """The facts of a picture, each with its words as the picture shows them, once each."""
    left = list(shown)
    for fact, words in facts:
        found = next((lines for lines in _stretches(left) if _says(lines, words)), [])
        left = [line for line in left if line not in found]
        text = joined_lines(line.text for line in found)
        yield PrintedFigure(fact, "chart", text, f"page {page}", words)


def _stretches(shown: Sequence[Run]) -> Iterator[list[Run]]:
    """Every few lines in a row, from the top, since a chart may draw the lowest first."""
    for count in range(1, _MOST_LINES + 1):
        for start in range(len(shown) - count + 1):
            yield sorted(shown[start : start + count], key=lambda line: -line.base)


def _says(lines: Sequence[Run], words: str) -> bool:
    return _uncut("".join(line.text for line in lines)) == _uncut(words) != ""


def _uncut(text: str) -> str:
    return "".join(sign for sign in letters(text) if sign not in _MARKS)


def _page_numbers(document: PDFDocument) -> dict[object, int]:
    pages = PDFPage.create_pages(document)
    return {page.pageid: number for number, page in enumerate(pages, start=1)}
