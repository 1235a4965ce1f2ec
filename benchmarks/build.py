"""To time the whole build by stage, beside pandoc and Typst on the same composed Markdown.

`python benchmarks/build.py [--json]`.  The build and the peer run in a process of their own
each, one after the other, so that each has its own clock and its own peak of memory.  Nothing
is kept from one run to the next but the cut fonts, which a first build makes once.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from markdown_of import markdown

ROOT = Path(__file__).resolve().parent.parent
STAGES = ("load facts", "compose", "read", "resolve", "html", "charts", "pdf", "docx")
PEER_STAGES = ("docx", "html", "typst source", "pdf")
LEFT_OUT = (
    "The peer gets the Markdown with every value, note and source already in it. It does not load"
    " or check facts, fill templates, trace figures to notes, link notes and text, draw charts,"
    " or count pages. Its PDF has Typst's own tags but isn't checked or mended for PDF/UA, and its"
    " DOCX has pandoc's styles, no content controls and no contents list."
)


class Clock:
    """The seconds spent in each stage, added up over the editions."""

    def __init__(self, stages: tuple[str, ...]) -> None:
        """Start every stage at zero."""
        self.seconds = dict.fromkeys(stages, 0.0)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add what passes within to that stage."""
        start = time.perf_counter()
        yield
        self.seconds[name] += time.perf_counter() - start


def run_build(out: Path) -> dict[str, float]:
    """Every edition in every format into `out`, with its Markdown; seconds by stage.

    The libraries that a stage needs are loaded within it, as in a build.
    """
    clock = Clock(STAGES)
    with clock.stage("load facts"):
        from reports.briefs import load_workspace

        workspace = load_workspace(ROOT)
    for edition in workspace.editions():
        file = out / edition.name.replace("/", ".")
        with clock.stage("compose"):
            from reports.compose import compose
            from reports.language import load_language

            language = load_language(edition.language)
            facts = workspace.facts.visible_to(edition.audience.access)
            composed = compose(edition, workspace, facts)
        with clock.stage("read"):
            from reports.read import read

            draft = read(composed, workspace.names, language)
        with clock.stage("resolve"):
            from reports.resolve import resolve

            document = resolve(draft, composed, edition, workspace, facts, language)
        write(document, edition, workspace, file, clock)
        file.with_name(f"{file.name}.md").write_text(markdown(document), "utf-8")
    return clock.seconds


def write(document: Any, edition: Any, workspace: Any, file: Path, clock: Clock) -> None:
    """The document in every format beside `file`."""
    with clock.stage("charts"):
        from reports.charts import chart_png, chart_svg
        from reports.document import Figure
        from reports.fonts import cut_fonts

        theme = workspace.themes[edition.audience.theme]
        fonts = cut_fonts(theme, ROOT / ".cache" / "fonts")
        folder = next(iter(fonts.values())).parent
        figures = [block for block in document.body if isinstance(block, Figure)]
        anchors = [(block.caption.anchor, block.chart) for block in figures]
        svgs = {name: chart_svg(chart, name, theme, folder) for name, chart in anchors}
        pngs = {name: chart_png(svg, folder) for name, svg in svgs.items()}
    with clock.stage("html"):
        from reports.language import load_language
        from reports.write.html import write_html
        from reports.write.sheets import page_style, screen_style

        language = load_language(edition.language)
        page = write_html(document, svgs, page_style(theme, fonts), language)
        screen = write_html(document, svgs, screen_style(theme, fonts), language)
        file.with_name(f"{file.name}.html").write_text(screen, "utf-8")
    with clock.stage("pdf"):
        from reports.problems import Place
        from reports.write.pdf import write_pdf

        pdf = write_pdf(page, fonts, Place(edition.template))
        file.with_name(f"{file.name}.pdf").write_bytes(pdf.data)
    with clock.stage("docx"):
        from reports.write.docx import write_docx

        data = write_docx(document, theme, pngs, pages=pdf.pages)
        file.with_name(f"{file.name}.docx").write_bytes(data)


def run_peer(out: Path) -> dict[str, float]:
    """Every Markdown file in `out` by pandoc to DOCX and HTML, and by Typst to PDF."""
    import pypandoc
    import typst

    clock = Clock(PEER_STAGES)
    for source in sorted(out.glob("*.md")):
        target = out / f"{source.stem}.peer"
        with clock.stage("docx"):
            pypandoc.convert_file(source, "docx", outputfile=f"{target}.docx")
        with clock.stage("html"):
            wish = ["--standalone", "--embed-resources"]
            pypandoc.convert_file(source, "html5", outputfile=f"{target}.html", extra_args=wish)
        with clock.stage("typst source"):
            wish = ["--standalone"]
            pypandoc.convert_file(source, "typst", outputfile=f"{target}.typ", extra_args=wish)
        with clock.stage("pdf"):
            typst.compile(f"{target}.typ", output=f"{target}.pdf")
    return clock.seconds


def measured(which: str, out: Path) -> dict[str, Any]:
    """One of the two in a process of its own: wall seconds, peak in MB, seconds by stage.

    The peak is that of the largest single process, the program's own or one it started.
    """
    start = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, __file__, "--run", which, "--out", str(out)], stdout=subprocess.PIPE
    )
    said = child.communicate()[0]
    wall = time.perf_counter() - start
    if child.returncode:
        sys.exit(f"the {which} failed with exit code {child.returncode}")
    told = json.loads(said.splitlines()[-1])
    return {"seconds": round(wall, 2), **told}


def run_one(which: str, out: Path) -> None:
    """Run the build or the peer here, and print what it took as one line of JSON."""
    from reports.problems import ReportError

    try:
        stages = {"build": run_build, "peer": run_peer}[which](out)
    except ReportError as error:
        sys.exit("\n".join(problem.shown(ROOT) for problem in error.problems))
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    peak = max(resource.getrusage(each).ru_maxrss for each in who) / 1024  # from kB
    rounded = {stage: round(seconds, 2) for stage, seconds in stages.items()}
    print(json.dumps({"peak_mb": round(peak), "stages": rounded}))


def compared() -> dict[str, Any]:
    """Both runs on the same editions, and the build's cost as a multiple of the peer's."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        build = measured("build", out)
        peer = measured("peer", out)
        outputs = [len([*out.glob(f"*.{kind}")]) for kind in ("pdf", "docx", "html")]
    return {
        "outputs_of_both": sum(outputs),
        "processors": os.cpu_count(),
        "build": build,
        "peer": peer,
        "ratio": {
            "time": round(build["seconds"] / peer["seconds"], 2),
            "memory": round(build["peak_mb"] / peer["peak_mb"], 2),
        },
        "the_peer_leaves_out": LEFT_OUT,
    }


def shown(found: dict[str, Any]) -> Iterator[str]:
    """The comparison as lines of a table."""
    build, peer, ratio = found["build"], found["peer"], found["ratio"]
    half = found["outputs_of_both"] // 2
    yield f"{half} outputs each, one process each, {found['processors']} processors"
    yield ""
    yield f"{'stage':24}{'build, s':>10}{'peer, s':>10}"
    for stage in dict.fromkeys((*STAGES, *PEER_STAGES)):
        ours, theirs = (f"{each['stages'].get(stage, '–'):>10}" for each in (build, peer))
        yield f"{stage:24}{ours}{theirs}"
    yield f"{'whole, with start-up':24}{build['seconds']:>10}{peer['seconds']:>10}"
    yield f"{'peak memory, MB':24}{build['peak_mb']:>10}{peer['peak_mb']:>10}"
    yield ""
    yield f"build : peer = {ratio['time']} in time, {ratio['memory']} in memory"
    yield ""
    yield found["the_peer_leaves_out"]


def main() -> None:
    """Compare, and print the table or the JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.add_argument("--run", choices=["build", "peer"], help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    wish = parser.parse_args()
    if wish.run:
        run_one(wish.run, wish.out)
        return
    found = compared()
    print(json.dumps(found, indent=2, ensure_ascii=False) if wish.json else "\n".join(shown(found)))


if __name__ == "__main__":
    main()
