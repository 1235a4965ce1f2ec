"""A report of a build in which all happened that can, made by hand: a series and a brief."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from workspaces import EN

from reports.audiences import Format
from reports.budgets import Term, Verdict
from reports.build.events import Failed, Finished, Planned, Written
from reports.build.manifest import manifest
from reports.build.report import Report, report_page
from reports.build.state import DocumentState, EditionState, OutputState, PrintedFact
from reports.problems import Place, Problem

ROOT = Path("/ws")
SUBJECTS = tuple(f"town-{number}" for number in range(20))
BAD = Problem(Place(ROOT / EN, 3), "the body takes 3 pages; '<b>' allows 2", "cut the text")
LATE = Problem(Place(ROOT / "facts/a.yaml", 9), "fact 'a.b' is past its day", fatal=False)


def edition(name: str, brief: str, subject: str = "", told: str = "62 %") -> EditionState:
    """An edition with a web page and a PDF, in Norwegian."""
    facts = (
        PrintedFact("town.share", (told,), f"{told}: andel <på> nett.", ("report",), "1" * 32),
        PrintedFact("town.note", (), "Bare nevnt.", ("report",), "2" * 32),
    )
    terms = (
        Term("pages of body", 2, 2, Verdict.KEPT),
        Term("words", None, 120, Verdict.OPEN),
        Term("expired facts", "warn", 1, Verdict.WARNED),
    )
    formats = (Format.PDF, Format.HTML)
    outputs = tuple(
        OutputState(f"{name}.{kind.value}", kind, "3" * 64, 2_300_000, pages, pages)
        for kind, pages in zip(formats, (2, 0), strict=True)
    )
    return EditionState(
        name=name,
        brief=brief,
        audience="public",
        language="nb",
        subject=subject,
        title=f"Søknader i {subject or 'alle byer'}",
        status="draft",
        state="4" * 64,
        recorded=dt.date(2031, 4, 2),
        documents=(DocumentState(formats, "5" * 64, 120, None, facts, terms),),
        templates=(),
        settings=(),
        stale=("town.note",),
        warnings=(),
        outputs=outputs,
    )


def full_report() -> Report:
    """A series and a brief beside it, after a build in which all happened that can."""
    overview = edition("overview/public.nb", "overview")
    series = [edition(f"towns/{each}/public.nb", "towns", each) for each in SUBJECTS]
    before = [
        overview,
        *(edition(f"towns/{each}/public.nb", "towns", each, "61 %") for each in SUBJECTS[:12]),
        edition("towns/gone/public.nb", "towns", "gone"),
    ]
    why = "fact town.share changed"
    events = [
        Written(each.name, output.format, output.file, each is overview, why, 1.25)
        for each in (overview, *series)
        for output in each.outputs
    ]
    return Report(
        before=manifest(before, {"weasyprint": "69.0"}),
        editions=(overview, *series),
        versions={"weasyprint": "70.0"},
        events=(
            Planned(21, 42),
            *events,
            Failed(series[0].name, (Format.PDF,), (BAD,)),
            Finished(40, 2, 1, 61.5, 2, 190),
        ),
        problems=(BAD, LATE),
        finished=dt.datetime(2031, 4, 2, 9, 30, 1, 12345, tzinfo=dt.UTC),
        day=dt.date(2031, 4, 3),
        root=ROOT,
    )


def full_page() -> str:
    """That report as a page, with some of what opens open."""
    return report_page(full_report()).replace("<details>", "<details open>", 4)
