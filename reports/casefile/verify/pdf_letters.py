"""The letters of a PDF by the marks around them: what its fonts say that each glyph is.

pdfminer knows fonts and objects.  The operators of a page it reads in Python, sign by sign, 4 s
for 29 pages; so they are cut here by one expression (ISO 32000-1, 7.2 and 7.8.2), and those
that have to do with text are handed to it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any, TypeAlias

from pdfminer.pdfdevice import PDFDevice, PDFTextSeq
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager, PDFTextState
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import stream_value
from pdfminer.psparser import LIT, PSLiteral
from pdfminer.utils import MATRIX_IDENTITY, apply_matrix_pt, mult_matrix

_APART, _SPACE = 0.6, 0.08  # gaps in a line, in sizes of the type
_ALIKE = 0.1  # how far sizes and heights in a line differ, in sizes too
UNKNOWN = "\N{REPLACEMENT CHARACTER}"  # in place of a glyph that no letter is told of
_HIDDEN = (3, 7)  # ways to show text that leave no mark on the page (9.3.6)
_PLAIN = "q Q cm BT ET Tf Tr Tm Td TD TL Tz Tj TJ BMC BDC EMC Do"
_METHODS = {**{name: name for name in _PLAIN.split()}, "T*": "T_a", "'": "_q", '"': "_w"}
_TOKEN = re.compile(
    rb"""
    (?P<hex> < [0-9A-Fa-f\s]* >)
  | (?P<text> \( (?: [^()\\] | \\. | \( (?: [^()\\] | \\. )* \) )* \) )
  | (?P<name> / [^\s<>\[\](){}/%]*)
  | (?P<open> \[ | <<)
  | (?P<close> \] | >>)
  | (?P<number> [-+]? (?: [0-9]+ \.? [0-9]* | \.[0-9]+ ) (?= [\s<>\[\]()/%] | \Z) )
  | (?P<aside> %[^\r\n]*)
  | (?P<image> ID\s .*? \sEI (?= \s | \Z) )
  | (?P<operator> [^\s<>\[\](){}/%]+)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|.))", re.DOTALL)
_SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


@dataclass(frozen=True)
class Run:
    """What one operator shows: a line or less, from left to right, in points from the corner."""

    text: str
    left: float
    right: float
    base: float
    size: float


Runs: TypeAlias = Mapping[tuple[int, int], list[Run]]


def runs_of(document: PDFDocument) -> Runs:
    """What each operator that shows text shows, by page, from 1, and number of marked content.

    Text without such a number, as running heads and feet are, is left out.
    """
    return _shown(document).runs


def page_texts(data: bytes) -> tuple[str, ...]:
    """All that each page shows, running heads and feet too, in the order of its operators.

    For a damaged file it raises what Python does, from KeyError on.
    """
    document = PDFDocument(PDFParser(BytesIO(data)))
    return tuple("".join(texts) for texts in _shown(document).pages)


def _shown(document: PDFDocument) -> _Letters:
    device = _Letters()
    interpreter = _Interpreter(device.rsrcmgr, device)
    for page in PDFPage.create_pages(document):
        interpreter.process_page(page)
    return device


def lines_of(runs: Iterable[Run]) -> list[Run]:
    """The runs put together where one goes on in the line where another ends.

    Charts are drawn letter by letter and without spaces: a gap is one.
    """
    lines: list[Run] = []
    for run in runs:
        last = lines[-1] if lines else None
        gap = (run.left - last.right) / run.size if last and run.size else _APART
        if last and _is_level(last, run) and -_APART < gap < _APART:
            text = last.text + (" " if gap > _SPACE else "") + run.text
            lines[-1] = replace(last, text=text, right=run.right)
        else:
            lines.append(run)
    return lines


def _is_level(last: Run, run: Run) -> bool:
    apart = max(abs(run.base - last.base), abs(run.size - last.size))
    return apart < _ALIKE * run.size


class _Letters(PDFDevice):
    """Takes down what is shown, without where it stands."""

    def __init__(self) -> None:
        super().__init__(PDFResourceManager())
        self.runs: dict[tuple[int, int], list[Run]] = defaultdict(list)
        self.pages: list[list[str]] = []
        self._marks: list[int | None] = [None]

    def begin_page(self, *_: object) -> None:
        self.pages.append([])
        self._marks = [None]

    def begin_tag(self, tag: PSLiteral, props: Any = None) -> None:
        own = props.get("MCID") if isinstance(props, dict) else None
        around = None if tag.name == "Artifact" else self._marks[-1]
        self._marks.append(own if isinstance(own, int) else around)

    def end_tag(self) -> None:
        if len(self._marks) > 1:
            self._marks.pop()

    def render_string(self, textstate: PDFTextState, seq: PDFTextSeq, *_: object) -> None:
        font, mark = textstate.font, self._marks[-1]
        if font is None or textstate.render in _HIDDEN:
            return
        pieces = [font.decode(piece) for piece in seq if isinstance(piece, bytes)]
        glyphs = [glyph for piece in pieces for glyph in piece]
        text = "".join(_letter(font, glyph) for glyph in glyphs)
        self.pages[-1].append(text)
        start, down = textstate.linematrix
        kerned = sum(piece for piece in seq if isinstance(piece, int | float)) / 1000
        end = start + (sum(map(font.char_width, glyphs)) - kerned) * textstate.fontsize
        textstate.linematrix = (end, down)
        if mark is not None:
            matrix = mult_matrix(textstate.matrix, self.ctm or MATRIX_IDENTITY)
            left, base = apply_matrix_pt(matrix, (start, down))
            right, size = apply_matrix_pt(matrix, (end, down))[0], abs(matrix[3])
            run = Run(text, left, right, base, size * textstate.fontsize)
            self.runs[len(self.pages), mark].append(run)


def _letter(font: PDFFont, glyph: int) -> str:
    try:
        return str(font.to_unichr(glyph))
    except PDFUnicodeNotDefined:
        return UNKNOWN


class _Interpreter(PDFPageInterpreter):
    """Follows the operators of a page that have to do with text."""

    def execute(self, streams: Any) -> None:
        data = b"\n".join(stream_value(stream).get_data() for stream in streams)
        for operator, operands in _operations(data):
            getattr(self, f"do_{_METHODS[operator]}")(*operands)


def _operations(data: bytes) -> Iterator[tuple[str, list[Any]]]:
    """The operators of a content stream that have to do with text, with their operands."""
    held: list[Any] = []  # operands so far; within an array or dictionary, those of it
    around: list[list[Any]] = []
    for token in _TOKEN.finditer(data):
        match token.lastgroup:
            case "operator":
                name = token[0].decode("latin-1")
                if name in _METHODS and not around:
                    yield name, held
                held, around = [], []
            case "open":
                around.append(held)
                held = []
            case "close" if around:
                whole = held if token[0] == b"]" else dict(_pairs(held))
                held = around.pop()
                held.append(whole)
            case "aside" | "image" | "close":
                pass
            case kind:
                held.append(_operand(str(kind), token[0]))


def _operand(kind: str, token: bytes) -> Any:
    match kind:
        case "hex":
            digits = b"".join(token[1:-1].split()).decode()
            return bytes.fromhex(digits + "0" * (len(digits) % 2))
        case "text":
            return _ESCAPED.sub(_unescaped, token[1:-1])
        case "name":
            return LIT(token[1:].decode("latin-1"))
        case _:
            return float(token) if b"." in token else int(token)


def _unescaped(found: re.Match[bytes]) -> bytes:
    if found[1]:
        return bytes([int(found[1], 8) % 256])
    return b"" if found[2] in (b"\n", b"\r", b"\r\n") else _SIGNS.get(found[2], found[2])


def _pairs(held: list[Any]) -> Iterator[tuple[str, Any]]:
    """The entries of a dictionary from its keys and values in turn."""
    for key, value in zip(held[::2], held[1::2], strict=False):
        if isinstance(key, PSLiteral):
            yield str(key.name), value
