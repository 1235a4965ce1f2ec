"""To time one PDF by stage, beside plain WeasyPrint on the same page of HTML.

`python benchmarks/pdf.py [--audience A] [--lang L] [--runs N] [--json]`.  Ours and the plain
call take turns in one process; imports are timed in processes of their own, in turns too.  The
ratios hold on other machines, the seconds don't.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
IMPORTS = {
    "ours": "from reports.write.pdf.engine import library; library()",
    "plain": "import weasyprint",
}
STAGES = ("parse", "layout", "pages", "draw and tag", "whole")


def printed_page(audience: str, language: str) -> tuple[str, Mapping[Any, Path]]:
    """The page of HTML that the edition's PDF is set from, and its fonts."""
    from reports.briefs import load_workspace
    from reports.build import resolve_all
    from reports.build.writer import DocumentWriter
    from reports.fonts import cut_fonts
    from reports.problems import Place

    workspace = load_workspace(ROOT)
    [edition] = [
        each
        for each in workspace.editions()
        if (each.audience.id, each.language) == (audience, language)
    ]
    [resolved], _ = resolve_all([edition], workspace)
    theme = workspace.theme(edition)
    fonts = cut_fonts(theme, workspace.cache / "fonts")
    place, kept = Place(edition.template), workspace.cache / "pages"
    writer = DocumentWriter(resolved.document, theme, fonts, place, kept)
    return writer._printed, fonts  # noqa: SLF001 - what the build hands to the PDF writer


def ours(html: str, fonts: Mapping[Any, Path]) -> dict[str, float]:
    """Seconds by stage of the PDF as the tool writes it."""
    from reports.write.pages import pages_of
    from reports.write.pdf import tagged
    from reports.write.pdf.engine import laid_out, parsed

    times = [time.perf_counter()]
    parsed(html, fonts)
    times.append(time.perf_counter())
    document, root = laid_out(html, fonts)  # parses once more
    times.append(time.perf_counter())
    pages_of(document, root)
    times.append(time.perf_counter())
    tagged(document, root)
    times.append(time.perf_counter())
    parse, both, pages, draw = (end - start for start, end in pairwise(times))
    return dict(zip(STAGES, (parse, both - parse, pages, draw, both + pages + draw), strict=True))


def plain(html: str, fonts: Mapping[Any, Path]) -> dict[str, float]:
    """Seconds of `HTML(…).write_pdf()` by stage: no variant, no tags, no checks."""
    from reports.write.pdf.engine import parsed

    times = [time.perf_counter()]
    page = parsed(html, fonts)
    times.append(time.perf_counter())
    document = page.render()
    times.append(time.perf_counter())
    document.write_pdf()
    times.append(time.perf_counter())
    parse, layout, draw = (end - start for start, end in pairwise(times))
    return dict(zip(STAGES, (parse, layout, 0.0, draw, parse + layout + draw), strict=True))


def import_seconds(code: str) -> float:
    """How long a process of its own takes to run that import, Python's start left out."""
    timed = f"import time; start = time.perf_counter(); {code}; print(time.perf_counter() - start)"
    done = subprocess.run(
        [sys.executable, "-c", timed], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def in_turns(runs: int, *tasks: Callable[[], Any]) -> list[list[Any]]:
    """What each task gave in each round; the first round warms up and doesn't count."""
    rounds = [[task() for task in tasks] for _ in range(runs + 1)]
    return [list(results) for results in zip(*rounds[1:], strict=True)]


def compared(audience: str, language: str, runs: int) -> dict[str, Any]:
    """Medians of both by stage, and our cost as a multiple of the plain call's."""
    html, fonts = printed_page(audience, language)
    our_runs, plain_runs = in_turns(runs, lambda: ours(html, fonts), lambda: plain(html, fonts))
    our_imports, plain_imports = in_turns(
        runs, *(lambda code=code: import_seconds(code) for code in IMPORTS.values())
    )
    ratios = [
        mine["whole"] / theirs["whole"] for mine, theirs in zip(our_runs, plain_runs, strict=True)
    ]
    seconds = {
        name: {"import": median(imports)}
        | {stage: median(run[stage] for run in timed) for stage in STAGES}
        for name, timed, imports in (
            ("ours", our_runs, our_imports),
            ("plain", plain_runs, plain_imports),
        )
    }
    return {
        "edition": f"{audience}.{language}",
        "rounds": runs,
        "seconds": seconds,
        "ratio": {"median": median(ratios), "least": min(ratios), "most": max(ratios)},
    }


def shown(found: dict[str, Any]) -> Iterator[str]:
    """The comparison as lines of a table."""
    seconds, ratio = found["seconds"], found["ratio"]
    yield f"{found['edition']}, medians of {found['rounds']} rounds in turns"
    yield f"{'stage':16}{'ours, s':>10}{'plain, s':>10}{'ratio':>8}"
    for stage, mine in seconds["ours"].items():
        theirs = seconds["plain"][stage]
        multiple = f"{mine / theirs:8.2f}" if theirs else f"{'–':>8}"
        yield f"{stage:16}{mine:10.3f}{theirs:10.3f}{multiple}"
    yield f"ours : plain = {ratio['median']:.2f} ({ratio['least']:.2f} to {ratio['most']:.2f})"


def main() -> None:
    """Compare, and print the table or the JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--audience", default="executives", help="whose edition")
    parser.add_argument("--lang", default="nb", help="in which language")
    parser.add_argument("--runs", type=int, default=5, help="rounds that count")
    parser.add_argument("--json", action="store_true", help="as JSON")
    wish = parser.parse_args()
    found = compared(wish.audience, wish.lang, wish.runs)
    print(json.dumps(found, indent=2) if wish.json else "\n".join(shown(found)))


if __name__ == "__main__":
    main()
