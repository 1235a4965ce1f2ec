"""To time the writing of Word files beside python-docx's public calls for the same text.

`python benchmarks/word.py [--json]`.  The peer says each edition's paragraphs, runs, tables and
pictures again, in the same named styles, by `add_paragraph`, `add_run`, `add_table` and
`add_picture`.  The two take turns on each edition; medians of process time are compared.
(The file isn't named after the library: it would stand in for it.)
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import docx
from docx.shared import Mm
from lxml import etree

from reports.briefs import load_workspace
from reports.build import resolve_all
from reports.build.edition import EditionWriter
from reports.fonts import cut_fonts
from reports.write import docx as word

ROOT = Path(__file__).resolve().parent.parent
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TURNS = 5
LIMIT = 1 / 3  # of the peer's time
STAGES = {  # by the function of `reports.write.docx` that does it
    "package, styles": "Draft",
    "cover": "write_cover",
    "heads and feet": "write_margins",
    "body": "write_blocks",
    "data": "write_data",
    "notes": "write_notes",
    "sources": "write_sources",
    "numbers, links": "finish",
    "provenance": "write_provenance",
}
LEFT_OUT = (
    "The peer leaves out links, fields, bookmarks, content controls, charts that Word edits (it sets"
    " a picture in their place), alt texts, heads and feet, provenance and fixed bytes."
)


@dataclass(frozen=True)
class Words:
    """A paragraph: its style, its runs with theirs, and how many pictures it holds."""

    style: str
    runs: tuple[tuple[str, str | None], ...]
    pictures: int


Grid = tuple[str, list[list[list[Words]]]]  # a table's style, and the paragraphs of its cells


class Clock:
    """Seconds of process time by stage, one a turn."""

    def __init__(self) -> None:
        """Start without any turn."""
        self.turns: dict[str, list[float]] = {}

    def timed(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """The call, its time added to the stage."""

        def run(*given: Any, **named: Any) -> Any:
            start = time.process_time()
            try:
                return call(*given, **named)
            finally:
                self.turns.setdefault(name, []).append(time.process_time() - start)

        return run

    def median(self, name: str) -> float:
        return statistics.median(self.turns[name])


# ---------------------------------------------------------------- the peer


def plan(data: bytes) -> list[Words | Grid]:
    """What a written file says, as calls of python-docx can say it again."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        body, styles = (
            etree.fromstring(package.read(f"word/{n}.xml")) for n in ("document", "styles")
        )
    named = {each.get(f"{W}styleId"): each[0].get(f"{W}val") for each in styles.iter(f"{W}style")}
    return [
        _words(each, named) if each.tag == f"{W}p" else _grid(each, named)
        for each in body[0]
        if each.tag != f"{W}sectPr"
    ]


def _words(paragraph: Any, named: dict[str, str]) -> Words:
    runs = []
    for run in paragraph.iter(f"{W}r"):
        style = run.find(f"{W}rPr/{W}rStyle")
        text = "".join("\t" if part.tag == f"{W}tab" else part.text or "" for part in run)
        runs.append((text, None if style is None else named[style.get(f"{W}val")]))
    pictures = sum(1 for _ in paragraph.iter(f"{W}drawing"))
    style = paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val")
    return Words(_known(named[style]), tuple(run for run in runs if run[0]), pictures)


def _known(style: str) -> str:
    """A style by the name under which python-docx knows it."""
    return style.capitalize() if style.startswith(("heading", "caption")) else style


def _grid(table: Any, named: dict[str, str]) -> Grid:
    rows = [
        [[_words(each, named) for each in cell.iter(f"{W}p")] for cell in row.iter(f"{W}tc")]
        for row in table.iter(f"{W}tr")
    ]
    return named[table.find(f"{W}tblPr/{W}tblStyle").get(f"{W}val")], rows


def emptied(data: bytes) -> bytes:
    """A written file without its text: its styles are the peer's, too."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as package, zipfile.ZipFile(out, "w") as kept:
        for name in package.namelist():
            part = package.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(part)
                root[0][:] = root[0][-1:]
                part = etree.tostring(root)
            kept.writestr(name, part)
    return out.getvalue()


def said_again(said: list[Words | Grid], template: bytes, picture: bytes) -> bytes:
    """The same text, tables and pictures by python-docx's public calls."""
    document = docx.Document(BytesIO(template))
    for each in said:
        if isinstance(each, Words):
            _fill(document.add_paragraph(style=each.style), each, picture)
            continue
        style, rows = each
        table = document.add_table(len(rows), max(map(len, rows)), style=style)
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, (words, *_) in zip(row.cells, cells, strict=False):
                cell.paragraphs[0].style = words.style
                _fill(cell.paragraphs[0], words, picture)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _fill(paragraph: Any, words: Words, picture: bytes) -> None:
    for text, style in words.runs:
        paragraph.add_run(text, style)
    for _ in range(words.pictures):
        paragraph.add_run().add_picture(BytesIO(picture), width=Mm(168))


# ---------------------------------------------------------------- both


@contextmanager
def staged(clock: Clock) -> Iterator[None]:
    """Time each stage of the writer while it writes as it does in a build."""
    with patch.multiple(word, **{f: clock.timed(s, getattr(word, f)) for s, f in STAGES.items()}):
        yield


def compared(edition: Any, document: Any, workspace: Any) -> dict[str, Any]:
    """One edition by both, taking turns: medians in milliseconds, and their ratio."""
    theme = workspace.theme(edition)
    fonts = cut_fonts(theme, workspace.cache / "fonts")
    pictures = EditionWriter(edition, document, workspace, fonts)._pngs  # noqa: SLF001
    data = word.write_docx(document, theme, pictures)
    said, template = plan(data), emptied(data)
    picture = next(iter(pictures.values()), b"")
    clock, stages = Clock(), Clock()
    ours, peer = clock.timed("ours", word.write_docx), clock.timed("peer", said_again)
    for _ in range(TURNS):
        ours(document, theme, pictures)
        peer(said, template, picture)
        with staged(stages):
            word.write_docx(document, theme, pictures)
    mine, theirs = clock.median("ours"), clock.median("peer")
    return {
        "edition": edition.name,
        "ours_ms": round(mine * 1000),
        "peer_ms": round(theirs * 1000),
        "ratio": round(mine / theirs, 3),
        "stages_ms": {name: round(stages.median(name) * 1000, 1) for name in stages.turns},
    }


def shown(found: list[dict[str, Any]]) -> Iterator[str]:
    """The comparison as lines of tables."""
    yield f"{'edition':44}{'ours, ms':>10}{'peer, ms':>10}{'ratio':>8}"
    for each in found:
        name, ours, peer, ratio = (each[k] for k in ("edition", "ours_ms", "peer_ms", "ratio"))
        yield f"{name:44}{ours:>10}{peer:>10}{ratio:>8}"
    yield ""
    largest = max(found, key=lambda each: each["ours_ms"])
    yield f"stages of {largest['edition']}, ms"
    yield from (f"  {stage:20}{ms:>8}" for stage, ms in largest["stages_ms"].items())
    yield ""
    yield LEFT_OUT


def main() -> int:
    """Compare every edition, and print the tables or the JSON; 1 if one is over the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="as JSON")
    wish = parser.parse_args()
    workspace = load_workspace(ROOT)
    resolved, _ = resolve_all(workspace.editions(), workspace)
    found = [compared(each.edition, each.document, workspace) for each in resolved]
    print(json.dumps(found, indent=2) if wish.json else "\n".join(shown(found)))
    return int(max(each["ratio"] for each in found) > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
