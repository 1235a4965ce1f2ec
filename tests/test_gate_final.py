"""What keeps an edition out of the case file, and what is noted as it passes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from workspaces import BRIEF, COUNCIL, EN_HEAD, STORE, changed, make_workspace

from reports.briefs import load_workspace
from reports.build import resolve_edition
from reports.casefile.gate import Check, gate_checks, gate_problems
from reports.casefile.record import EntryKind
from reports.casefile.request import Request
from reports.cases.reference import CaseNumber
from reports.cases.settings import Screening
from reports.cases.stamp import State

TODAY = dt.date(2031, 5, 1)
DRAFT = Request(
    case=CaseNumber("2031/1234", 2031, 1234),
    entry=EntryKind.JOURNALPOST,
    state=State.DRAFT,
    approved_by="",
    day=TODAY,
    made=dt.datetime(2031, 5, 1, 12, tzinfo=dt.UTC),
    screening=None,
    redacted="",
    recipient=None,
    out=Path("out"),
)
FINAL = replace(DRAFT, state=State.FINAL, approved_by="Kari Nordmann")
SCREENED = Screening("13", "offl. § 13 første ledd, jf. fvl. § 13")
OPTIONS = "give --screening-code and --screening-ground, or 'screening' under 'case' in brief.yaml"
RANK = "rank the more reliable one: 'outranks: {havneby.web-share-heard: {…}}', with the reason"

BOARD = changed(COUNCIL, "access: internal", "access: restricted")
RESTRICTED = """\
  havneby.web-share-heard:
    theme: channels
    place: havneby
    statement: {nb: "{figure} kom på nett.", en: "{figure} came in on the web."}
    figure: {value: 40, measure: web-share, among: applications}
    as_of: 2029
    said_by: union
    standing: hearsay
    source: havneby-2031
    at: {paragraph: 19, printed: 40 prosent}
    access: restricted
    recorded: 2031-04-02
  havneby.growth:
    derived: {change: [havneby.web-share-heard, havneby.web-share], as: percentage points}
    recorded: 2031-04-03
"""


def judged(root: Path, request: Request, at: dt.date = TODAY) -> list[str]:
    """What the gate says of all English editions of a workspace, as a person sees it."""
    workspace = load_workspace(root, at)
    editions = [edition for edition in workspace.editions() if edition.language == "en"]
    items = [item for edition in editions for item in resolve_edition(edition, workspace)]
    return [problem.shown(root) for problem in gate_problems(request, items, workspace)]


def files_of(store: str, text: str, audience: str = "public") -> dict[str, str]:
    """A workspace with that store, and an edition with that text for one audience."""
    return {
        "facts/havneby.yaml": store,
        "templates/audiences/board.yaml": BOARD,
        "templates/channels/brief.yaml": changed(
            changed(BRIEF, "[public]", f"[{audience}]"), "[nb, en]", "[en]"
        ),
        f"templates/channels/{audience}.en.md.j2": f"{EN_HEAD}\n{text}\n",
    }


def with_more(entry: str, key: str) -> str:
    """The store with one more line in the entry of that fact."""
    return changed(STORE, f"  {entry}:\n", f"  {entry}:\n    {key}\n")


@pytest.mark.parametrize("request_", [DRAFT, FINAL], ids=["draft", "final"])
def test_an_edition_of_open_facts_passes_without_a_word(tmp_path: Path, request_: Request) -> None:
    make_workspace(tmp_path)

    assert judged(tmp_path, request_) == []


# ---------------------------------------------------------------- what the command line says


@pytest.mark.parametrize(
    ("name", "found"),
    [
        (
            "",
            (
                "the approver is missing\n  hint: name who decided that it is final: "
                "--approved-by 'Kari Nordmann'"
            ),
        ),
        (
            " \t\n",
            (
                "the approver is missing\n  hint: name who decided that it is final: "
                "--approved-by 'Kari Nordmann'"
            ),
        ),
        ("Kari\x07", "the approver holds the unseen character U+0007\n  hint: type it anew"),
        ("Kari\u202e", "the approver holds the unseen character U+202E\n  hint: type it anew"),
        ("K" * 201, "the approver is 201 characters long; 200 are allowed\n  hint: shorten it"),
    ],
    ids=["none", "blank", "control", "direction", "endless"],
)
def test_a_final_document_needs_an_approver_with_a_name(
    tmp_path: Path, name: str, found: str
) -> None:
    make_workspace(tmp_path)

    assert judged(tmp_path, replace(FINAL, approved_by=name)) == [f"--approved-by: {found}"]
    assert judged(tmp_path, replace(DRAFT, approved_by=name)) == []


def test_a_name_may_hold_any_letter(tmp_path: Path) -> None:
    make_workspace(tmp_path)

    assert judged(tmp_path, replace(FINAL, approved_by="Åse Ðorđević-Nguyễn 阮")) == []


def test_a_final_document_is_finished_neither_tomorrow_nor_before_its_newest_fact(
    tmp_path: Path,
) -> None:
    make_workspace(tmp_path)
    hint = "  hint: give the day it was finished"

    late = judged(tmp_path, replace(FINAL, day=dt.date(2031, 5, 2)))
    early = judged(tmp_path, replace(FINAL, day=dt.date(2031, 4, 1)))
    same = judged(tmp_path, replace(FINAL, day=dt.date(2031, 4, 2)))

    assert same == []
    assert late == [f"--date: 2031-05-02 is later than 2031-05-01, today\n{hint}"]
    assert early == [
        (
            "--date: 2031-04-01 is before 2031-04-02, when the newest fact of 'channels/public.en' "
            f"came into the store\n{hint}"
        )
    ]


def test_a_redacted_variant_is_of_a_final_document(tmp_path: Path) -> None:
    make_workspace(tmp_path)

    assert judged(tmp_path, replace(DRAFT, redacted="council")) == [
        (
            "--redacted: a redacted variant is made of a final document only\n"
            "  hint: leave it out, or attach the final document with --final --approved-by NAME"
        )
    ]


def test_half_a_screening_is_none(tmp_path: Path) -> None:
    make_workspace(tmp_path, files_of(STORE, '{{ statement("havneby.secret-plan") }}', "council"))

    assert judged(tmp_path, replace(DRAFT, screening=Screening(" ", "offl. §\x00 13"))) == [
        (
            "--screening-code: the code of the screening is missing\n  hint: a screening needs its "
            "code and its legal ground, and only you can say which"
        ),
        (
            "--screening-ground: the ground of the screening holds the unseen character U+0000\n"
            "  hint: type it anew"
        ),
    ]


# ---------------------------------------------------------------- what may not leave unscreened


@pytest.mark.parametrize("request_", [DRAFT, FINAL], ids=["draft", "final"])
def test_each_restricted_fact_that_is_told_unscreened_stands_at_its_line(
    tmp_path: Path, request_: Request
) -> None:
    text = '{{ trend("havneby.growth", start=True) }}.\n\nOr {{ fact("havneby.web-share-heard") }}.'
    make_workspace(tmp_path, files_of(STORE + RESTRICTED, text, "board"))

    told = "is restricted, and no screening is given for 'channels/board.en'"
    assert judged(tmp_path, request_) == [
        (
            f"templates/channels/board.en.md.j2:5: fact 'havneby.growth' {told}\n"
            f"  hint: {OPTIONS}; or leave it out"
        ),
        (
            f"templates/channels/board.en.md.j2:7: fact 'havneby.web-share-heard' {told}\n"
            f"  hint: {OPTIONS}; or leave it out"
        ),
    ]
    assert judged(tmp_path, replace(request_, screening=SCREENED)) == []


def test_a_restricted_fact_that_only_a_note_tells_stands_at_what_rests_on_it(
    tmp_path: Path,
) -> None:
    text = '{{ trend("havneby.growth", start=True) }}.'
    make_workspace(tmp_path, files_of(STORE + RESTRICTED, text, "board"))

    found = [line.partition(" is ")[0] for line in judged(tmp_path, DRAFT)]

    line = "templates/channels/board.en.md.j2:5: fact"
    assert found == [f"{line} 'havneby.growth'", f"{line} 'havneby.web-share-heard'"]


def test_internal_facts_without_a_screening_are_a_warning(tmp_path: Path) -> None:
    make_workspace(tmp_path, files_of(STORE, '{{ statement("havneby.secret-plan") }}', "council"))

    assert judged(tmp_path, FINAL) == [
        (
            "templates/channels/council.en.md.j2: warning: 'channels/council.en' tells internal facts, "
            f"and no screening is given: havneby.secret-plan\n  hint: {OPTIONS}"
        )
    ]
    assert judged(tmp_path, replace(FINAL, screening=SCREENED)) == []


def test_a_screening_of_what_everybody_may_see_is_a_warning(tmp_path: Path) -> None:
    make_workspace(tmp_path)

    assert judged(tmp_path, replace(DRAFT, screening=SCREENED)) == [
        (
            "templates/channels/public.en.md.j2: warning: a screening is given, but "
            "'channels/public.en' tells no internal or restricted fact\n"
            "  hint: leave it out, unless the text itself has to be kept from the public"
        )
    ]


# ---------------------------------------------------------------- what a final document rests on


def test_a_final_document_rests_on_no_expired_fact_and_a_draft_may(tmp_path: Path) -> None:
    store = with_more("havneby.web-share", "valid_until: 2031-04-30")
    make_workspace(tmp_path, {"facts/havneby.yaml": store})

    assert judged(tmp_path, FINAL) == [
        (
            "templates/channels/public.en.md.j2:3: fact 'havneby.web-share' was valid until "
            "2031-04-30; the final 'channels/public.en' may not rest on it\n"
            "  hint: record its new version with 'supersedes', or leave it out"
        )
    ]
    assert judged(tmp_path, DRAFT) == []


def test_a_fact_past_its_review_is_counted_and_stops_nothing(tmp_path: Path) -> None:
    store = with_more("havneby.web-share", "review_by: 2031-04-30")
    make_workspace(tmp_path, {"facts/havneby.yaml": store})

    workspace = load_workspace(tmp_path, TODAY)
    items = resolve_edition(workspace.editions()[1], workspace)

    assert judged(tmp_path, FINAL) == []
    assert gate_checks(items, workspace) == (
        Check("expired", 1, 0),
        Check("past review", 1, 1),
        Check("superseded", 1, 0),
        Check("in unranked conflict", 1, 0),
        Check("internal", 1, 0),
        Check("restricted", 1, 0),
    )


def test_a_final_document_tells_no_superseded_fact_alone(tmp_path: Path) -> None:
    store = with_more("havneby.web-share", "supersedes: havneby.web-share-before")
    alone = 'It was {{ fact("havneby.web-share-before") }}.'
    make_workspace(tmp_path, files_of(store, alone))
    both = judged(tmp_path, FINAL)
    (tmp_path / "templates/channels/public.en.md.j2").write_text(f"# Before\n\n{alone}\n", "utf-8")

    assert judged(tmp_path, FINAL) == [
        (
            "templates/channels/public.en.md.j2:3: fact 'havneby.web-share-before' is superseded by "
            "'havneby.web-share', which the final 'channels/public.en' doesn't tell\n"
            "  hint: use 'havneby.web-share', or tell both"
        )
    ]
    assert judged(tmp_path, DRAFT) == []
    assert both == []


def test_a_final_document_tells_no_fact_in_conflict_that_nobody_ranked(tmp_path: Path) -> None:
    rival = changed(RESTRICTED.partition("  havneby.growth")[0], "as_of: 2029", "as_of: 2030")
    later = rival.replace("web-share-heard:", "web-share-settled:").replace(
        "value: 40", "value: 62"
    )
    later = changed(later, "recorded: 2031-04-02", "recorded: 2031-06-01")
    later += "    supersedes: havneby.web-share-heard\n"
    make_workspace(tmp_path, {"facts/havneby.yaml": STORE + rival + later})  # today they agree

    assert judged(tmp_path, FINAL) == [
        (
            "templates/channels/public.en.md.j2:3: facts 'havneby.web-share' and "
            f"'havneby.web-share-heard' tell different values of the same\n  hint: {RANK}"
        )
    ]
    assert judged(tmp_path, DRAFT) == []
    assert judged(tmp_path, FINAL, at=dt.date(2031, 6, 1)) == []


def test_one_side_of_an_open_contradiction_is_a_warning(tmp_path: Path) -> None:
    store = with_more("havneby.one-way-in", "contradicts: [havneby.staff]")
    text = '{{ statement("havneby.one-way-in") }}'
    make_workspace(tmp_path, files_of(store, text))
    alone = judged(tmp_path, FINAL)
    make_workspace(tmp_path, files_of(store, f'{text} {{{{ statement("havneby.staff") }}}}'))

    assert alone == [
        (
            "templates/channels/public.en.md.j2:5: warning: fact 'havneby.one-way-in' is contradicted "
            "by 'havneby.staff', which 'channels/public.en' doesn't tell\n"
            "  hint: tell both, or rank one of them with 'outranks'"
        )
    ]
    assert judged(tmp_path, FINAL) == []


def test_the_problems_of_all_editions_are_told_at_once(tmp_path: Path) -> None:
    store = with_more("havneby.web-share", "valid_until: 2031-04-30") + RESTRICTED
    files = files_of(store, '{{ statement("havneby.web-share-heard") }}', "board")
    brief = changed(files["templates/channels/brief.yaml"], "[board]", "[public, board]")
    make_workspace(tmp_path, {**files, "templates/channels/brief.yaml": brief})

    found = [line.partition(" ")[0] for line in judged(tmp_path, replace(FINAL, approved_by=""))]

    assert found == [
        "--approved-by:",
        "templates/channels/public.en.md.j2:3:",
        "templates/channels/board.en.md.j2:5:",
        "templates/channels/board.en.md.j2:3:",
    ]
