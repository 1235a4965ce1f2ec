"""To tell where the time goes: each stage of each edition, beside pandoc's and Typst's calls.

`python benchmarks/stages.py`.  All editions are made once in one process, one after the other, and a
library is loaded in the stage that first needs it, as in a build.  Then, in another process, the
peer's calls are timed one by one on the same composed Markdown.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from markdown_of import markdown
from measure import ROOT, about, keep

STAGES = ("load", "compose", "read", "resolve", "charts", "html", "pdf", "docx")
PEER_STAGES = ("docx", "html", "typst source", "pdf")
LEFT_OUT = (
    "The peer gets the Markdown with every value, note and source already in it. It does not load"
    " or check facts, fill templates, trace figures to notes, link notes and text, draw charts,"
    " or count pages. Its PDF has Typst's own tags but isn't checked or mended for PDF/UA, and its"
    " DOCX has pandoc's styles, no content controls and no contents list."
)


class Clock:
    """The seconds of each stage of each edition."""

    def __init__(self) -> None:
        """Start without any."""
        self.seconds: dict[str, dict[str, float]] = {}

    @contextmanager
    def stage(self, name: str, edition: str) -> Iterator[None]:
        """Add what passes within to that stage."""
        start = time.perf_counter()
        yield
        of_edition = self.seconds.setdefault(edition, {})
        of_edition[name] = of_edition.get(name, 0) + time.perf_counter() - start


def run_build(out: Path) -> dict[str, Any]:
    """Every edition in every format, with its Markdown in `out`."""
    clock, pages = Clock(), {}
    with clock.stage("load", "all"):
        from reports.briefs import Format, load_workspace
        from reports.build.stores import Stores
        from reports.fonts import cut_fonts

        workspace = load_workspace(ROOT)
        stores = Stores(workspace)
    for edition in workspace.editions():
        name = edition.name.rpartition("/")[2]
        with clock.stage("compose", name):
            from reports.compose import compose
            from reports.language import load_language

            language = load_language(edition.language)
            facts, _ = stores.of(edition)
            composed = compose(edition, workspace, facts, Format.PDF)
        with clock.stage("read", name):
            from reports.read import read

            draft = read(composed, workspace.names, language)
        with clock.stage("resolve", name):
            from reports.resolve import resolve

            document = resolve(draft, composed, edition, workspace, facts, language)
        theme = workspace.theme(edition)
        fonts = cut_fonts(theme, workspace.cache / "fonts")
        pages[name] = write(document, theme, fonts, name, clock)
        (out / f"{name}.md").write_text(markdown(document), "utf-8")
    return {"pages": pages, "seconds": clock.seconds}


def write(document: Any, theme: Any, fonts: Any, name: str, clock: Clock) -> int:
    """The document in every format; the pages of its PDF."""
    with clock.stage("charts", name):
        from reports.charts import chart_png, chart_svg
        from reports.document import Figure

        folder = next(iter(fonts.values())).parent
        figures = [block for block in document.body if isinstance(block, Figure)]
        anchors = [(block.caption.anchor, block.chart) for block in figures]
        svgs = {anchor: chart_svg(chart, anchor, theme, folder) for anchor, chart in anchors}
    with clock.stage("html", name):
        from reports.language import load_language
        from reports.write.html import write_html
        from reports.write.sheets import page_style, screen_style

        language = load_language(document.language)
        page = write_html(document, svgs, page_style(theme, fonts), language)
        write_html(document, svgs, screen_style(theme, fonts), language)
    with clock.stage("pdf", name):
        from reports.problems import Place
        from reports.write.pdf import write_pdf

        pdf = write_pdf(page, fonts, Place(Path(name)))
    with clock.stage("docx", name):
        from reports.write.docx import is_native, write_docx

        drawn = (figure for figure in figures if not is_native(figure.chart))
        pngs = {each.caption.anchor: chart_png(svgs[each.caption.anchor], folder) for each in drawn}
        write_docx(document, theme, pngs, pages=pdf.pages.anchors)
    return pdf.page_count


def run_peer(out: Path) -> dict[str, Any]:
    """Every Markdown file in `out` by pandoc to DOCX and HTML, and by Typst to PDF."""
    import pypandoc
    import typst

    clock = Clock()
    for source in sorted(out.glob("*.md")):
        name, target = source.stem, out / f"{source.stem}.peer"
        with clock.stage("docx", name):
            pypandoc.convert_file(source, "docx", outputfile=f"{target}.docx")
        with clock.stage("html", name):
            wish = ["--standalone", "--embed-resources"]
            pypandoc.convert_file(source, "html5", outputfile=f"{target}.html", extra_args=wish)
        with clock.stage("typst source", name):
            wish = ["--standalone"]
            pypandoc.convert_file(source, "typst", outputfile=f"{target}.typ", extra_args=wish)
        with clock.stage("pdf", name):
            typst.compile(f"{target}.typ", output=f"{target}.pdf")
    return {"seconds": clock.seconds}


def measured(which: str, out: Path) -> dict[str, Any]:
    """One of the two in a process of its own."""
    words = [sys.executable, __file__, "--run", which, "--out", str(out)]
    done = subprocess.run(words, stdout=subprocess.PIPE, check=True, cwd=ROOT)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    for row in found["seconds"].values():
        row.update({stage: round(seconds, 3) for stage, seconds in row.items()})
    return found


def shown(found: dict[str, Any], stages: tuple[str, ...]) -> Iterator[str]:
    """A table: a line an edition, a column a stage, and the sums."""
    rows = found["seconds"]
    yield f"{'':34}" + "".join(f"{stage[:9]:>10}" for stage in (*stages, "all"))
    sums = {stage: sum(row.get(stage, 0) for row in rows.values()) for stage in stages}
    for name, row in {**rows, "sum": sums}.items():
        cells = [row.get(stage, 0) for stage in stages]
        pages = found.get("pages", {}).get(name)
        label = f"{name}, {pages} pages" if pages else name
        yield f"{label:34}"[:34] + "".join(f"{cell:>10.2f}" for cell in (*cells, sum(cells)))


def main() -> None:
    """Time both, print the tables, and keep the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", choices=("build", "peer"), help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    wish = parser.parse_args()
    if wish.run:
        print(json.dumps({"build": run_build, "peer": run_peer}[wish.run](wish.out)))
        return
    machine = about()
    with tempfile.TemporaryDirectory() as folder:
        ours, peer = (measured(which, Path(folder)) for which in ("build", "peer"))
    print(*shown(ours, STAGES), "", "the peer", *shown(peer, PEER_STAGES), "", LEFT_OUT, sep="\n")
    after = {**machine, "load_after": round(os.getloadavg()[0], 2)}
    keep("stages", {"ours": ours, "peer": peer, "machine": after})


if __name__ == "__main__":
    main()
