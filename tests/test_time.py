"""Facts in time: what is stale or expired, which version holds, and the store of an earlier day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from stores import derived, plain, refusal, said, sourced, store
from workspaces import (
    AUDIENCE,
    BRIEF,
    PUBLIC,
    STORE,
    build_anew,
    changed,
    contents,
    english,
    make_workspace,
    run,
)

from reports.briefs import load_workspace
from reports.facts.model import Facts
from reports.facts.versions import as_recorded
from reports.facts.wording import arithmetic_text
from reports.language import load_language
from reports.problems import ReportError

EN = load_language("en")

# ---------------------------------------------------------------- past its day

LIMITS = "    review_by: 2031-06-30\n    valid_until: 2031-12-31\n"
LIMITED = changed(
    STORE,
    "    recorded: 2031-04-02\n  havneby.web-share-before:",
    f"    recorded: 2031-04-02\n{LIMITS}  havneby.web-share-before:",
)
PLACE = "facts/havneby.yaml:30:5: "
STALE = (
    f"{PLACE}warning: fact 'havneby.web-share' was to be reviewed by 2031-06-30\n"
    "  hint: check it, then move 'review_by' or record a new version\n"
)
EXPIRED = (
    f"{PLACE}warning: fact 'havneby.web-share' was valid until 2031-12-31\n"
    "  hint: record its new version with 'supersedes', or leave it out\n"
)
REFUSED = (
    f"{PLACE}fact 'havneby.web-share' was valid until 2031-12-31; the audience 'public' refuses "
    "expired facts\n  hint: record its new version with 'supersedes', or leave it out\n"
)
REFUSING = f"{PUBLIC}expired: refuse\n"
DAYS = {
    "on the day of review": (PUBLIC, "2031-06-30", 0, ""),
    "after the day of review": (PUBLIC, "2031-07-01", 0, STALE),
    "on the last day": (PUBLIC, "2031-12-31", 0, STALE),
    "after the last day": (PUBLIC, "2032-01-01", 0, EXPIRED),
    "stale, for an audience that refuses what has expired": (REFUSING, "2031-12-31", 0, STALE),
    "expired, for an audience that refuses it": (REFUSING, "2032-01-01", 1, REFUSED),
}
FAULTLESS = "2 editions and 8 facts without fault\n"


@pytest.mark.parametrize(("audience", "day", "code", "told"), DAYS.values(), ids=DAYS.keys())
def test_a_fact_past_its_day_is_told_once_by_the_day_of_the_run(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    audience: str,
    day: str,
    code: int,
    told: str,
) -> None:
    files = {"facts/havneby.yaml": LIMITED, AUDIENCE: audience}
    root = make_workspace(tmp_path, files)

    done = run(root, capsys, "check", "--at", day)

    assert (done.code, done.err) == (code, told + ("" if code else FAULTLESS))


def test_only_what_an_edition_prints_or_rests_on_is_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    growth = (
        "facts:\n"
        "  havneby.gap:\n"
        "    derived: {difference: [havneby.web-share-before, havneby.web-share]}\n"
        "    recorded: 2031-04-02\n"
        "    review_by: 2031-05-31\n"
        "  havneby.staff-gone:\n"
        "    derived: {ratio: [havneby.staff, havneby.staff-then], round: 1}\n"
        "    recorded: 2031-04-02\n"
        "    valid_until: 2031-05-31\n"
    )
    then = STORE[STORE.index("  havneby.staff:") : STORE.index("  havneby.answer-time:")]
    then = then.replace("havneby.staff", "havneby.staff-then").replace("2030-06", "2028-06")
    text = '{{ fact("havneby.gap") }}'
    files = {
        "facts/havneby.yaml": LIMITED + then,
        "facts/growth.yaml": growth,
        "templates/channels/public.en.md.j2": f"# Applications\n\nThe gap was {text}.\n",
    }
    root = make_workspace(tmp_path, files)

    told = run(root, capsys, "check", "--lang", "en", "--at", "2031-07-01")

    assert told.err.splitlines()[::2] == [
        "facts/growth.yaml:3:5: warning: fact 'havneby.gap' was to be reviewed by 2031-05-31",
        f"{PLACE}warning: fact 'havneby.web-share' was to be reviewed by 2031-06-30",
        "1 edition and 11 facts without fault",
    ]


def test_what_a_lowered_fact_rests_on_is_judged_though_it_is_not_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lowered = (
        "facts:\n"
        "  havneby.factor:\n"
        "    derived:\n"
        "      ratio: [havneby.web-share, havneby.web-share-before]\n"
        "      round: 0.1\n"
        "      measure: factor\n"
        "      among: applications\n"
        "    access: {level: public, because: the shares stay hidden}\n"
        "    theme: channels\n"
        "    place: havneby\n"
        "    source: havneby-2031\n"
        "    recorded: 2031-04-02\n"
        "measures:\n"
        "  factor: {unit: times, name: {nb: forholdstall, en: ratio}}\n"
    )
    files = {
        "facts/havneby.yaml": LIMITED.replace(LIMITS, f"{LIMITS}    access: internal\n"),
        "facts/lowered.yaml": lowered,
        "templates/channels/public.en.md.j2": '# Cases\n\n{{ fact("havneby.factor") }}.\n',
    }
    root = make_workspace(tmp_path, files)

    told = run(root, capsys, "check", "--lang", "en", "--at", "2031-07-01")

    assert (told.code, told.err) == (0, f"{STALE}1 edition and 9 facts without fault\n")


def test_a_refused_edition_stops_the_build_and_keeps_the_old_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {"facts/havneby.yaml": LIMITED, AUDIENCE: REFUSING}
    root = make_workspace(tmp_path, files)
    run(root, capsys, "build", "--format", "html", "--at", "2031-12-31")
    before = contents(root / "out")

    told = run(root, capsys, "build", "--format", "html", "--at", "2032-01-01")

    assert (told.code, told.err) == (1, REFUSED)
    assert contents(root / "out") == before
    assert before


def test_the_day_of_a_run_changes_no_byte_of_an_output(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "workspace", {"facts/havneby.yaml": LIMITED})
    workspace = load_workspace(root)

    results = [
        build_anew(
            replace(workspace, day=day), workspace.editions()[1:], tmp_path / day.isoformat()
        )
        for day in (date(2031, 4, 10), date(2040, 1, 1))
    ]

    before, after = (contents(tmp_path / day) for day in ("2031-04-10", "2040-01-01"))
    assert [len(result.problems) for result in results] == [0, 1]
    # The list of editions is the report of a run: it says which facts are past their day.
    assert before.pop("index.html") != after.pop("index.html")
    assert len(before) == 4
    assert before == after


IMPOSSIBLE = {
    "valid before it was recorded": (
        "valid_until: 2031-04-01",
        "'valid_until' of fact 'a' is 2031-04-01, before it was recorded, 2031-04-02",
        "mend one of the days; when a fact held is said by 'as_of'",
    ),
    "reviewed before it was recorded": (
        "review_by: 2031-04-01",
        "'review_by' of fact 'a' is 2031-04-01, before it was recorded, 2031-04-02",
        "mend one of the days; when a fact held is said by 'as_of'",
    ),
    "reviewed when it is no longer valid": (
        "review_by: 2032-01-01\nvalid_until: 2031-12-31",
        "'review_by' of fact 'a' is 2032-01-01, after its 'valid_until', 2031-12-31",
        "let the review come first",
    ),
    "no day": (
        "valid_until: 2031",
        "'valid_until' of fact 'a' is '2031'",
        "write a date such as 2031-04-02",
    ),
    "a day that is none": (
        "review_by: 2031-02-30",
        "'review_by' of fact 'a' is '2031-02-30'",
        "write a date such as 2031-04-02",
    ),
}


@pytest.mark.parametrize(("more", "what", "hint"), IMPOSSIBLE.values(), ids=IMPOSSIBLE.keys())
def test_days_that_cannot_be_meant_are_told(
    tmp_path: Path, more: str, what: str, hint: str
) -> None:
    assert refusal(tmp_path, sourced("a", "62", more=more)) == f"{what}\n  hint: {hint}"


@pytest.mark.parametrize(
    "more", ["valid_until: 2031-04-02", "review_by: 2031-12-31\nvalid_until: 2031-12-31"]
)
def test_days_may_coincide(tmp_path: Path, more: str) -> None:
    assert refusal(tmp_path, sourced("a", "62", more=more)) == ""


# ---------------------------------------------------------------- versions

FAULTY = {
    "two successors": (
        (sourced("a", "1"), sourced("b", "2", more="supersedes: a"), sourced("c", "2", more="supersedes: a")),
        "facts 'b' and 'c' both supersede 'a'",
        "let one supersede the other: 'supersedes: b'",
    ),
    "an earlier successor": (
        (sourced("a", "1"), sourced("b", "2", recorded="2031-04-01", more="supersedes: a")),
        "fact 'b' was recorded before 'a', which it supersedes",
        "mend 'recorded' of one of them",
    ),
    "a circle": (
        (
            sourced("a", "1", more="supersedes: c"),
            sourced("b", "2", more="supersedes: a"),
            sourced("c", "3", more="supersedes: b"),
        ),
        "facts supersede each other in a circle: a → c → b → a",
        "delete 'supersedes' in the first one",
    ),
    "itself": (
        (sourced("a", "1", more="supersedes: a"),),
        "'supersedes' of fact 'a' names itself",
        "name another fact, or leave it out",
    ),
    "an unknown fact": (
        (sourced("alpha", "1", more="supersedes: alfa"),),
        "unknown fact 'alfa'",
        "did you mean 'alpha'?",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("entries", "what", "hint"), FAULTY.values(), ids=FAULTY.keys())
def test_versions_that_lead_nowhere_are_told(
    tmp_path: Path, entries: Sequence[str], what: str, hint: str
) -> None:
    assert refusal(tmp_path, *entries) == f"{what}\n  hint: {hint}"


def version(id_: str, value: str, recorded: str, supersedes: str = "", **more: str) -> str:
    old = f"supersedes: {supersedes}" if supersedes else ""
    return sourced(id_, value, "staff", recorded=recorded, more=old, **more)


def three_versions(folder: Path) -> Facts:
    """A fact in three versions, what is derived from the last, and what came late."""
    return store(
        folder,
        version("staff", "40", "2031-01-10", source="survey"),
        version("staff-2", "44", "2031-02-10", "staff"),
        version("staff-3", "46", "2031-03-10", "staff-2"),
        version("base", "23", "2031-01-05", place="fjordby"),
        derived("ratio", "ratio: [staff-3, base], round: 0.1", recorded="2031-01-15"),
        derived("gap", "difference: [ratio, late]", recorded="2031-01-20"),
        version("twice", "1", "2031-01-05", place="norway"),
        derived("late", "ratio: [staff-3, twice]", recorded="2031-02-01"),
    )


SEEN = {
    "2031-03-10": ("46", "46 ÷ 23 = 2 times", {}),
    "2031-03-09": ("44", "44 ÷ 23 ≈ 1.9 times", {}),
    "2031-02-09": ("40", "40 ÷ 23 ≈ 1.7 times", {}),
    "2031-01-31": ("40", "40 ÷ 23 ≈ 1.7 times", {"gap": "2031-02-01", "late": "2031-02-01"}),
}


@pytest.mark.parametrize("day", SEEN)
def test_an_earlier_day_gives_the_versions_of_that_day_and_what_follows_from_them(
    tmp_path: Path, day: str
) -> None:
    value, arithmetic, unrecorded = SEEN[day]

    seen = as_recorded(three_versions(tmp_path), date.fromisoformat(day))

    figure = seen.facts["staff-3"].figure
    assert figure
    assert str(getattr(figure.value, "value", "")) == value
    assert plain(arithmetic_text(seen.facts["ratio"], seen, EN)) == arithmetic
    assert {id_: str(when) for id_, when in seen.unrecorded.items()} == unrecorded


def test_a_fact_before_its_first_version_is_not_recorded_and_neither_is_what_rests_on_it(
    tmp_path: Path,
) -> None:
    seen = as_recorded(three_versions(tmp_path), date(2031, 1, 9))

    assert seen.facts.keys() == {"base", "twice"}
    assert {id_: str(day) for id_, day in seen.unrecorded.items()} == {
        "staff": "2031-01-10",
        "staff-2": "2031-01-10",
        "staff-3": "2031-01-10",
        "ratio": "2031-01-15",
        "gap": "2031-02-01",
        "late": "2031-02-01",
    }


def test_a_derived_fact_takes_its_source_from_the_version_of_the_day(tmp_path: Path) -> None:
    facts = three_versions(tmp_path)

    sources = [
        as_recorded(facts, day).facts["ratio"].source
        for day in (date(2031, 1, 20), date(2031, 3, 10))
    ]

    assert facts.facts["ratio"].source == "report"
    assert sources == ["survey", "report"]


def test_what_could_not_be_derived_that_day_is_told(tmp_path: Path) -> None:
    facts = store(
        tmp_path,
        version("base", "0", "2031-01-05", place="fjordby"),
        version("base-2", "23", "2031-02-05", "base", place="fjordby"),
        version("staff", "46", "2031-01-05"),
        derived("ratio", "ratio: [staff, base-2]", recorded="2031-01-05"),
    )

    with pytest.raises(ReportError) as refused:
        as_recorded(facts, date(2031, 1, 31))

    assert [problem.what for problem in refused.value.problems] == ["fact 'ratio' divides by zero"]


def test_a_long_row_of_versions_is_followed(tmp_path: Path) -> None:
    rows = [version("v0", "1", "2031-01-01")]
    rows += [version(f"v{n}", "1", "2031-01-01", f"v{n - 1}") for n in range(1, 1500)]
    rows.append(version("v1500", "2", "2031-02-01", "v1499"))

    seen = as_recorded(store(tmp_path, *rows), date(2031, 1, 31))

    assert seen.facts["v1500"].id == "v1499"
    assert [fact.id for fact in seen.where(theme="channels")] == ["v1499"]


# ---------------------------------------------------------------- an earlier day in a brief

NEWER = """\
facts:
  havneby.web-share-new:
    theme: channels
    place: havneby
    statement: {nb: "{figure} kom på nett.", en: "{figure} came in on the web."}
    figure: {value: 96, measure: web-share, among: applications}
    as_of: {date: 2030, inferred: year-before}
    said_by: union
    standing: reported
    source: havneby-2031
    at: {paragraph: 20, printed: 96 prosent}
    supersedes: havneby.web-share
    recorded: 2031-06-01
  havneby.growth:
    derived: {change: [havneby.web-share-before, havneby.web-share-new], as: percentage points}
    recorded: 2031-04-03
"""
PRINTED = """\
The share {{ trend("havneby.growth") }}, to {{ fact("havneby.web-share-new") }}.

{% for id in query(speaker="union", theme="channels") %}
- {{ statement(id) }}
{% endfor %}
"""
NEW_FILES = {
    "facts/new.yaml": NEWER,
    "templates/channels/brief.yaml": changed(BRIEF, "languages: [nb, en]", "languages: [en]"),
    "templates/channels/public.en.md.j2": f"# Applications\n\nAs it stood.\n\n{PRINTED}",
}


@pytest.mark.parametrize(
    ("day", "share", "listed"),
    [
        ("2031-04-03", "rose by about 14 percentage points[1], to about 62%[3]", False),
        ("2031-05-31", "rose by about 14 percentage points[1], to about 62%[3]", False),
        ("2031-06-01", "rose by 48 percentage points[1], to 96%[3]", True),
    ],
)
def test_a_brief_of_an_earlier_day_prints_what_was_known(
    tmp_path: Path, day: str, share: str, *, listed: bool
) -> None:
    root = make_workspace(tmp_path, NEW_FILES)

    page = said(root, at=day)

    assert f"The share {share}." in page
    assert ("96% came in on the web." in page) is listed


def test_what_was_not_recorded_is_one_problem_over_all_editions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = '{{ fact("havneby.web-share-new") }}, {{ trend("havneby.growth") }}'
    files = {"facts/new.yaml": NEWER, **english(f"It grew: {text}, and {{{{ fact('none') }}}}.")}
    root = make_workspace(tmp_path, files)

    told = run(root, capsys, "build", "--at", "2031-04-01")

    assert (told.code, told.err) == (
        1,
        (
            "facts: not yet recorded on the day asked for: 'havneby.web-share' (2031-04-02), "
            "'havneby.web-share-new' (2031-04-02), 'havneby.growth' (2031-04-03)\n"
            "  hint: choose a later day with --at, or leave them out\n"
        ),
    )
    assert not (root / "out").exists()


WARNINGS = {
    "named": (
        '{{ fact("havneby.web-share") }} came in.',
        (
            "templates/channels/public.en.md.j2:3: warning: fact 'havneby.web-share' is superseded by "
            "'havneby.web-share-new'"
        ),
        "use 'havneby.web-share-new', unless the older one is meant",
    ),
    "computed from": (
        'It is {{ fact("havneby.old-ratio") }}.',
        (
            "facts/old.yaml:3:5: warning: fact 'havneby.old-ratio' is computed from "
            "'havneby.web-share', which is superseded by 'havneby.web-share-new'"
        ),
        "compute it from 'havneby.web-share-new', unless the older one is meant",
    ),
}
OLD_RATIO = """\
facts:
  havneby.old-ratio:
    derived: {ratio: [havneby.web-share, havneby.web-share-before], round: 0.1}
    recorded: 2031-04-03
"""


@pytest.mark.parametrize(("text", "what", "hint"), WARNINGS.values(), ids=WARNINGS.keys())
def test_a_brief_that_uses_an_outdated_version_is_warned(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, what: str, hint: str
) -> None:
    files = {
        "facts/new.yaml": NEWER,
        "facts/old.yaml": OLD_RATIO,
        "templates/channels/public.en.md.j2": f"# Applications\n\n{text}\n",
    }
    root = make_workspace(tmp_path, files)

    now = run(root, capsys, "check", "--lang", "en")
    then = run(root, capsys, "check", "--lang", "en", "--at", "2031-05-01")

    assert (now.code, now.err) == (
        0,
        f"{what}\n  hint: {hint}\n1 edition and 11 facts without fault\n",
    )
    assert (then.code, then.err) == (0, "1 edition and 11 facts without fault\n")


# ---------------------------------------------------------------- dates in words

PRECISE = {
    "2030": ("2030", "2030"),
    "2030-06": ("juni 2030", "June 2030"),
    "2030-06-15": ("15. juni 2030", "15 June 2030"),
    "2030-23": ("høsten 2030", "autumn 2030"),
    "XXXX-06-15": ("15. juni, årstall ikke oppgitt", "15 June, year not stated"),
    "not stated": ("dato ikke oppgitt", "date not stated"),
    "{date: 2030-06, inferred: year-before}": ("juni 2030 (utledet)", "June 2030 (inferred)"),
}
REMARKS = {
    "nb": "Utledet dato: rapporten dekker året før.",
    "en": "Inferred date: the report covers the year before.",
}


@pytest.mark.parametrize("when", PRECISE)
def test_a_brief_prints_a_date_as_precisely_as_it_is_known(tmp_path: Path, when: str) -> None:
    template = '# Søknader\n\n{{ as_of("havneby.answer-time", start=True) }}.\n'
    files = {
        "facts/havneby.yaml": changed(STORE, "as_of: not stated", f"as_of: {when}"),
        "templates/channels/public.nb.md.j2": template,
        "templates/channels/public.en.md.j2": template,
    }
    root = make_workspace(tmp_path, files)

    for code, text in zip(("nb", "en"), PRECISE[when], strict=True):
        page = said(root, code)

        assert f"{text[:1].upper()}{text[1:]}[1]." in page
        assert (REMARKS[code] in page) is ("inferred" in when)
