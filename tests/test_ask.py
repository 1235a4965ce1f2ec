"""Asking the store: search and filters, a fact's sheet, conflicts, and what is past its day."""

import json
from pathlib import Path

import pytest
from workspaces import REPOSITORY, STORE, Told, make_workspace, run

from reports.briefs import load_workspace
from reports.cli import main
from reports.facts.ask.filters import parse_date
from reports.facts.ask.search import Found, search_facts
from reports.facts.model import Facts
from reports.facts.quantities import When

S = "\N{NO-BREAK SPACE}"
MORE = """\
  havneby.web-share-now:
    theme: channels
    place: havneby
    statement: {nb: "{figure} kom på nett.", en: "{figure} came in on the web."}
    figure: {value: 64, measure: web-share, among: applications}
    as_of: 2032
    said_by: digital-head
    standing: reported
    source: havneby-2031
    at: {paragraph: 19, printed: 64 prosent}
    supersedes: havneby.web-share
    review_by: 2033-01-01
    recorded: 2032-04-02
  havneby.web-share-union:
    theme: channels
    place: havneby
    statement: {nb: "{figure} kom på nett, talte de.", en: "{figure} came by web, they counted."}
    figure: {value: 50, measure: web-share, among: applications}
    as_of: 2032
    said_by: union
    standing: reported
    source: havneby-2031
    at: {paragraph: 20, printed: 50 prosent}
    contradicts: [havneby.one-way-in]
    valid_until: 2032-12-31
    recorded: 2032-04-02
    outranks: {havneby.web-share-now: {nb: talt for hånd, en: counted by hand}}
  havneby.web-growth:
    derived: {change: [havneby.web-share-before, havneby.web-share-now], as: percentage points}
    recorded: 2032-04-02
"""


@pytest.fixture(scope="module")
def shipped() -> Facts:
    return load_workspace(REPOSITORY).facts


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A workspace whose facts have versions, a conflict, a contradiction and a derived one."""
    return make_workspace(tmp_path, {"facts/havneby.yaml": STORE + MORE})


def found_in(store: Facts, question: str) -> Found:
    return search_facts(store, question.split(), store.facts)


# ---------------------------------------------------------------- search: the shipped store

SAME = {  # one question, asked in several ways
    "a typing error": ("innlogging", "inlogging", "innloging", "Innlogging", "innlogggin"),
    "a name": ("Jakobsen", "jakobson", "Jakobsne", "jakobsens"),
    "a name with å": ("Aasrud", "Åsrud", "asrud", "aasrud"),
    "ø and o": ("København", "KØBENHAVN", "kobenhavn", "koebenhavn", "Kjøbenhavn"),
    "another language": ("copenhagen", "koppenhagen", "copenhaguen"),
    "a name of two parts": ("IKT-Norge", "ikt-norge", "iktnorge"),
    "an adjective": ("digitale", "digitalt"),
    "compounds": ("ID-porten", "id-porten", "IDporten"),
    "thousands": ("100 000", "100,000", "100000"),
    "a season": ("våren 2012", "spring 2012", "vår 2012", "2012-21"),
    "a month": ("2020-03", "mars 2020", "March 2020"),
    "percent": ("70 prosent", "70%", "70 per cent", "70 %"),
    "small words": ("login in Copenhagen", "login Copenhagen"),
    "an order of letters": ("Oslo", "Olso"),
}


@pytest.mark.parametrize("ways", SAME.values(), ids=SAME.keys())
def test_a_question_finds_the_same_facts_however_it_is_written(
    shipped: Facts, ways: tuple[str, ...]
) -> None:
    first, *others = (set(found_in(shipped, way).ids) for way in ways)

    assert first
    assert all(other == first for other in others)


BEST = {  # what stands first, and what must not be among the answers
    "Smittestopp": (
        {"covid.smittestopp-deleted", "covid.smittestopp-cause"},
        {"covid.home-working", "covid.pace-unsustainable"},
    ),
    "pension": ({"dk.pension-web-share", "dk.pension-web-share-before"}, {"dk.savings-pressure"}),
    "pensjon": ({"dk.pension-web-share", "dk.pension-web-share-before"}, {"dk.savings-pressure"}),
    "Riksrevisjonen": ({"ob.auditor-decentralised"}, {"ob.ikt-norge-lagging"}),
    "Auditor General": ({"ob.auditor-decentralised"}, {"ob.abelia-untapped"}),
    "NAV": ({"covid.nav-promised", "covid.nav-delivered"}, {"cph.ahead-of-oslo"}),
    "ID": ({"no.public-eid-share", "cph.public-eid-share"}, {"covid.minid-passport"}),
    "fire": ({"ob.bergen-ahead-on-fire", "ob.oslo-learns-fire"}, {"ob.tablets"}),
    "norge innlogging": ({"no.login-failed"}, {"dk.same-id-bank-and-public"}),
    "12 mars": ({"covid.worklife-upended"}, {"covid.home-working"}),
    "IKT-Norge": ({"ob.ikt-norge-lagging"}, {"itp.quality-share", "itp.organisations"}),
    "no.desi-rank": ({"no.desi-rank"}, {"no.desi-ahead"}),
    "COVID-19 NAV": ({"covid.nav-promised"}, {"covid.home-working"}),
}


@pytest.mark.parametrize(("question", "answers"), BEST.items(), ids=BEST.keys())
def test_the_best_answers_come_first_and_others_do_not_come(
    shipped: Facts, question: str, answers: tuple[set[str], set[str]]
) -> None:
    first, absent = answers

    ids = found_in(shipped, question).ids

    assert first <= set(ids[: len(first) + 2])
    assert absent.isdisjoint(ids)


ABSENT = (
    *("police", "mayor", "peace", "party", "union", "election", "hospital", "church", "king"),
    *("blomster", "ordfører", "sykehus", "streik", "kirke", "blokkjede", "fengsel", "museum"),
)


@pytest.mark.parametrize("word", ABSENT)
def test_a_word_that_the_store_does_not_have_finds_nothing(shipped: Facts, word: str) -> None:
    found = found_in(shipped, word)

    assert (found.ids, dict(found.meant), list(found.unknown)) == ((), {}, [word])


def test_an_abbreviation_is_not_taken_for_a_pronoun(shipped: Facts) -> None:
    ids = found_in(shipped, "it").ids

    texts = [" ".join(shipped.facts[id_].statement.values()) for id_ in ids[:10]]
    assert all("IT" in text for text in texts)


# ---------------------------------------------------------------- search: a small store

HELD = {
    "speaker": (["union", "paper"], ["paper-share"]),
    "role": (["digitaliseringssjef", "april"], ["opened"]),
    "organisation and place": (["norway", "staff"], ["staff", "secret-plan"]),
    "the other language": (["PAPIR"], ["paper-share"]),
    "theme": (["ansatte"], ["staff", "secret-plan", "paper-share"]),
    "standing": (["opinion"], ["one-way-in"]),
    "date": (["2028"], ["web-share-before"]),
    "exact date": (["2030-06"], ["staff"]),
    "season of a month": (["sommeren", "2030"], ["staff"]),
    "measure": (["svartid"], ["answer-time"]),
    "population": (["employees"], ["paper-share", "staff"]),
    "figure": (["4200"], ["staff"]),
    "part of an id": (["one-way-in"], ["one-way-in"]),
    "whole id": (["havneby.web-share"], ["web-share"]),
    "another form": (["søknader", "2028"], ["web-share-before"]),
    "the beginning": (["digi", "april"], ["opened"]),
    "a part": (["meldin", "april"], ["opened"]),
}


@pytest.mark.parametrize(("words", "ids"), HELD.values(), ids=HELD.keys())
def test_a_word_is_found_wherever_a_fact_holds_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], ids: list[str]
) -> None:
    workspace = make_workspace(tmp_path)

    told = run(workspace, capsys, "facts", "search", *words, "--json")

    assert [fact["id"].removeprefix("havneby.") for fact in json.loads(told.out)] == ids


TAKEN = {
    "a typing error": (
        ["aprli"],
        "1 fact\nno fact holds 'aprli': searched for 'april'\n",
    ),
    "a word like another": (
        ["papar"],
        "0 facts\nno fact holds 'papar'\n  hint: did you mean 'paper'?\n",
    ),
    "a word like none": (
        ["nowhere"],
        "0 facts\nno fact holds 'nowhere'\n  hint: try another word for it\n",
    ),
    "words that don't meet": (
        ["april", "papir"],
        "0 facts\nno fact holds all of these: 'april' is in 1 and 'papir' is in 1\n",
    ),
    "a place with others in it": (
        ["norge", "papir"],
        "1 fact\nNorway takes in Havneby\n",
    ),
}


@pytest.mark.parametrize(("words", "said"), TAKEN.values(), ids=TAKEN.keys())
def test_a_search_says_how_it_took_the_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    workspace = make_workspace(tmp_path)

    told = run(workspace, capsys, "facts", "search", *words)

    assert (told.code, told.err) == (0, said)


def test_a_superseded_fact_is_found_after_the_one_that_replaced_it_and_marked(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = run(town, capsys, "facts", "search", "share", "web", "Holm")

    assert told.out == (
        "havneby.web-share-before  48% came in on the web in 2028.\n"
        "havneby.web-share-now     64% came in on the web.\n"
        f"havneby.web-growth        [derived] 16{S}percentage points: change in share on the web; "
        "applications for a kindergarten place.\n"
        f"havneby.web-share         [superseded by havneby.web-share-now] About{S}62% of "
        "applications came in on the web in 2030 (inferred).\n"
    )


# ---------------------------------------------------------------- filters

CHOSEN = {
    "speaker by id": (["--speaker", "union"], ["paper-share", "staff", "one-way-in"]),
    "speaker by role": (["--speaker", "sjef"], None),
    "speaker by name": (["--speaker", "fagforening"], ["paper-share", "staff", "one-way-in"]),
    "place": (["--place", "norge", "--theme", "staff"], ["staff", "secret-plan"]),
    "theme by name": (["--theme", "ansatte"], ["staff", "secret-plan"]),
    "year": (["--date", "2031"], ["one-way-in", "secret-plan"]),
    "season": (["--date", "sommeren 2030"], ["staff"]),
    "a month of any year": (["--date", "april"], ["opened"]),
    "nothing then": (["--date", "2011"], []),
}


@pytest.mark.parametrize(("options", "ids"), CHOSEN.values(), ids=CHOSEN.keys())
def test_facts_are_listed_by_speaker_place_theme_and_date(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], ids: list[str] | None
) -> None:
    workspace = make_workspace(tmp_path)
    if ids is None:
        with pytest.raises(SystemExit, match="2"):
            run(workspace, capsys, "facts", "list", *options)
        return

    listed = run(workspace, capsys, "facts", "list", *options, "--json")

    assert [fact["id"].removeprefix("havneby.") for fact in json.loads(listed.out)] == ids


def test_a_search_looks_among_the_chosen_facts_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path)

    told = run(workspace, capsys, "facts", "search", "web", "--date", "2028")

    assert told == Told(
        0, "havneby.web-share-before  48% came in on the web in 2028.\n", "1 fact\n"
    )


def test_what_is_computed_is_said_by_nobody(town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = run(town, capsys, "facts", "list", "--speaker", "Holm", "--json")

    assert "havneby.web-growth" not in [fact["id"] for fact in json.loads(told.out)]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            ["--theme", "chanels"],
            "--theme: 'chanels' is unknown\n  hint: did you mean 'channels'?\n",
        ),
        (["--place", "Havnby"], "--place: 'Havnby' is unknown\n  hint: did you mean 'Havneby'?\n"),
        (
            ["--speaker", "Ida Hom"],
            "--speaker: 'Ida Hom' is unknown\n  hint: did you mean 'Ida Holm'?\n",
        ),
    ],
    ids=["theme", "place", "speaker"],
)
def test_a_filter_that_fits_nothing_is_a_wrong_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], message: str
) -> None:
    workspace = make_workspace(tmp_path)

    with pytest.raises(SystemExit) as end:
        run(workspace, capsys, "facts", "search", "web", *options)

    assert (end.value.code, *capsys.readouterr()) == (2, "", message)


DATES = {
    "2012": When(2012),
    "2020-03": When(2020, 3),
    "2012-21": When(2012, season=21),
    "spring 2012": When(2012, season=21),
    "Våren 2012": When(2012, season=21),
    "vinter 2012": When(2012, season=24),
    "12. mars 2020": When(2020, 3, 12),
    "12 March 2020": When(2020, 3, 12),
    "april": When(None, 4),
}


@pytest.mark.parametrize(("text", "when"), DATES.items(), ids=DATES.keys())
def test_a_date_is_read_in_words_of_every_language(text: str, when: When) -> None:
    assert parse_date(text) == when


@pytest.mark.parametrize(
    "text", ["", "12", "soon", "spring", "31 February 2020", "march april 2020"]
)
def test_what_is_no_date_is_a_wrong_command(capsys: pytest.CaptureFixture[str], text: str) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["facts", "list", "--date", text])

    what = f"'{text}' is no date such as 2012, 2020-03, 2020-03-12 or 'spring 2012'\n"
    assert capsys.readouterr().err.endswith(f"argument --date: {what}")


# ---------------------------------------------------------------- a fact's sheet

PAPER_SHARE = f"""\
havneby.paper-share
  Nearly{S}eight in ten came in on paper.

What it says
  figure        nearly{S}eight in ten
  measure       share on paper
  among         the municipality's employees
  as of         2030
  said by       The union
  standing      reported

Source
  title         Årsmelding for Havneby
  kind          the municipality's own annual report
  interest      the municipality wants to show progress
  where         paragraph 13
  it says       “nesten åtte av ti”

In the store
  theme         channels
  place         Havneby, in Norway
  access        public
  recorded      2031-04-02
  declared at   facts/havneby.yaml:54:5
"""


def test_a_fact_is_shown_as_a_sheet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workspace = make_workspace(tmp_path)

    told = run(workspace, capsys, "facts", "show", "havneby.paper-share")

    assert told == Told(0, PAPER_SHARE, "")


def test_a_sheet_is_wrapped_to_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    workspace = make_workspace(tmp_path)

    told = run(workspace, capsys, "facts", "show", "havneby.web-share")

    assert (
        "  as of         2030 (inferred) – the report\n                covers the year before\n"
    ) in told.out
    assert max(map(len, told.out.splitlines())) <= 50


def part_of(sheet: str, heading: str) -> str:
    """The rows of a sheet below one of its headings."""
    return sheet.partition(f"\n{heading}\n")[2].partition("\n\n")[0]


def test_a_sheet_tells_versions_conflicts_contradictions_and_what_is_computed(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    now = run(town, capsys, "facts", "show", "havneby.web-share-now").out
    union = run(town, capsys, "facts", "show", "havneby.web-share-union").out

    assert part_of(now, "Versions") == (
        f"  2031-04-02    havneby.web-share: about{S}62%, 2030 (inferred)\n"
        "  2032-04-02    havneby.web-share-now: 64%, 2032 (this one)"
    )
    assert part_of(now, "In conflict with") == (
        "  havneby.web-share-union\n"
        "                50%, 2032 (The union; Årsmelding for Havneby, paragraph 20). That one is preferred:\n"
        "                counted by hand"
    )
    assert part_of(now, "Used to compute") == (
        f"  havneby.web-growth\n                16{S}percentage points, 2028 to 2032"
    )
    assert part_of(union, "Contradicted by") == (
        "  havneby.one-way-in\n"
        "                Everyone should apply in the same place. (The union; Årsmelding for Havneby,\n"
        "                paragraph 17)"
    )


def test_the_other_side_of_a_contradiction_is_told_too(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = run(town, capsys, "facts", "show", "havneby.one-way-in")

    assert part_of(told.out, "Contradicted by").startswith("  havneby.web-share-union\n")


def test_the_sheet_of_a_derived_fact_shows_its_arithmetic_and_no_source(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = run(town, capsys, "facts", "show", "havneby.web-growth").out

    assert part_of(told, "Computed") == (
        f"  arithmetic    64% − 48% = 16{S}percentage points\n"
        "  havneby.web-share-before\n"
        "                48%, 2028\n"
        "  havneby.web-share-now\n"
        "                64%, 2032"
    )
    assert "\nSource\n" not in told


@pytest.mark.parametrize(
    ("fact", "day", "notice"),
    [
        ("web-share", "2033-02-01", "superseded by havneby.web-share-now"),
        ("web-share-now", "2033-01-02", "was to be reviewed by 2033-01-01, 1 day ago"),
        ("web-share-union", "2033-01-02", "was valid until 2032-12-31, 2 days ago"),
    ],
    ids=["superseded", "stale", "expired"],
)
def test_a_sheet_says_first_what_is_wrong_with_the_fact(
    town: Path, capsys: pytest.CaptureFixture[str], fact: str, day: str, notice: str
) -> None:
    told = run(town, capsys, "facts", "show", f"havneby.{fact}", "--at", day)

    assert told.out.splitlines()[2] == f"  ! {notice}"


def test_a_sheet_as_json_holds_all_that_it_tells(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = run(town, capsys, "facts", "show", "havneby.web-share-now", "--json")
    listed = run(town, capsys, "facts", "list", "--json")

    sheet = json.loads(told.out)
    (record,) = (each for each in json.loads(listed.out) if each["id"] == sheet["id"])
    assert sheet.items() >= record.items()
    assert (sheet["id"], sheet["value"], sheet["figure_text"]) == (
        "havneby.web-share-now",
        64,
        "64%",
    )
    assert (sheet["place_name"], sheet["lies_in"]) == ("Havneby", ["Norway"])
    assert sheet["statements"] == {
        "nb": "64\N{NARROW NO-BREAK SPACE}% kom på nett.",
        "en": "64% came in on the web.",
    }
    assert [each["id"] for each in sheet["versions"]] == [
        "havneby.web-share",
        "havneby.web-share-now",
    ]
    assert [each["id"] for each in sheet["feeds"]] == ["havneby.web-growth"]
    (rival,) = sheet["conflicts"]
    assert (rival["fact"]["id"], rival["preferred"], rival["because"]) == (
        "havneby.web-share-union",
        "havneby.web-share-union",
        "counted by hand",
    )
    assert (sheet["declared"], sheet["history"]) == ("facts/havneby.yaml:119:5", [])


# ---------------------------------------------------------------- conflicts

BESIDE = """\
havneby.web-share-union is preferred to havneby.web-share-now: counted by hand
  havneby.web-share-now                   havneby.web-share-union
  64% came in on the web.                 50% came by web, they counted.
  64%                                     50%
  Ida Holm, head of digitalisation        The union (reported)
  (reported)
  Årsmelding for Havneby, paragraph 19    Årsmelding for Havneby, paragraph 20
  2032                                    2032

havneby.web-share-union and havneby.one-way-in contradict each other
  havneby.web-share-union                 havneby.one-way-in
  50% came by web, they counted.          Everyone should apply in the same
                                          place.
  50%
  The union (reported)                    The union (opinion)
  Årsmelding for Havneby, paragraph 20    Årsmelding for Havneby, paragraph 17
  2032                                    January 2031

"""


def test_facts_that_disagree_are_told_side_by_side(
    town: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")

    told = run(town, capsys, "facts", "conflicts")

    out = told.out.replace(S, " ")
    assert (told.code, out, told.err) == (0, BESIDE, "1 conflict, 1 contradiction\n")


def test_facts_that_disagree_as_json_hold_both_sides_and_the_rank(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = run(town, capsys, "facts", "conflicts", "--json", "--lang", "nb")

    pairs = [
        (pair["kind"], [fact["id"] for fact in pair["facts"]], pair["preferred"], pair["because"])
        for pair in json.loads(told.out)
    ]
    now, union = "havneby.web-share-now", "havneby.web-share-union"
    assert pairs == [
        ("conflict", [now, union], union, "talt for hånd"),
        ("contradiction", [union, "havneby.one-way-in"], None, None),
    ]


def test_a_store_without_disagreement_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = run(make_workspace(tmp_path), capsys, "facts", "conflicts")

    said = "no two facts are in conflict, and none contradicts another\n"
    assert told == Told(0, said, "0 conflicts, 0 contradictions\n")


# ---------------------------------------------------------------- stale


def test_facts_past_their_day_are_told_with_how_long_and_what_rests_on_them(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = run(town, capsys, "facts", "stale", "--at", "2033-01-02")

    assert told == Told(
        0,
        "havneby.web-share-union  was valid until 2032-12-31 (2 days ago)   "
        "50% came by web, they counted.\n"
        "havneby.web-share-now    to be reviewed by 2033-01-01 (1 day ago)  "
        "[used to compute havneby.web-growth] 64% came in on the web.\n",
        "1 stale, 1 expired\n",
    )


def test_facts_past_their_day_as_json(town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = run(town, capsys, "facts", "stale", "--at", "2033-01-01", "--json")

    assert json.loads(told.out) == [
        {
            "id": "havneby.web-share-union",
            "state": "expired",
            "due": "2032-12-31",
            "days": 1,
            "feeds": [],
            "declared": "facts/havneby.yaml:132:5",
            "statement": "50% came by web, they counted.",
        }
    ]


def test_a_store_in_which_nothing_is_past_its_day_says_what_is_next(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = run(town, capsys, "facts", "stale", "--at", "2032-12-31")

    said = (
        "no fact is past its day on 2032-12-31; the next is havneby.web-share-union, due 2032-12-31"
    )
    assert told == Told(0, f"{said}\n", "0 stale, 0 expired\n")


def test_a_superseded_fact_is_never_past_its_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = MORE.replace("    supersedes: havneby.web-share\n", "")
    text = STORE.replace(
        "    recorded: 2031-04-02\n", "    recorded: 2031-04-02\n    review_by: 2031-05-01\n", 1
    )
    before = make_workspace(tmp_path / "before", {"facts/havneby.yaml": text + more})
    after = make_workspace(tmp_path / "after", {"facts/havneby.yaml": text + MORE})

    told = [run(each, capsys, "facts", "stale", "--at", "2032-06-01") for each in (before, after)]

    assert [each.err for each in told] == ["1 stale, 0 expired\n", "0 stale, 0 expired\n"]


def test_facts_are_read_in_a_language_that_only_an_audience_has(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    council = (
        "name: {da: Byrådet}\nkind: {da: Notat}\nto: {da: Byrådet}\naccess: public\n"
        "theme: default\nlayout: memo\nlanguages: [da]\n"
    )
    brief = (
        "title: {nb: Søknader, da: Ansøgninger, en: Applications}\n"
        "from: {nb: Rådgiver, da: Rådgiver, en: Adviser}\ndate: 2031-04-10\n"
        "audiences: [public, council]\nlanguages: [nb, en]\nformats: [html]\n"
    )
    danish = '      da: "{figure} af ansøgningerne kom på nettet i {as_of}."\n'
    english = '      en: "{figure} of applications came in on the web in {as_of}."\n'
    files = {
        "facts/havneby.yaml": STORE.replace(english, english + danish),
        "templates/audiences/council.yaml": council,
        "templates/channels/brief.yaml": brief,
        "templates/channels/council.da.md.j2": "# Ansøgninger\n\nOm dem.\n",
    }
    root = make_workspace(tmp_path, files)

    told = run(root, capsys, "facts", "list", "--theme", "channels", "--lang", "da")

    assert told.code == 0
    lines = dict(line.split(maxsplit=1) for line in told.out.splitlines())
    assert lines["havneby.web-share"] == (
        "Ca.\u00a062\u202f% af ansøgningerne kom på nettet i 2030 (udledt)."
    )
    assert lines["havneby.paper-share"] == "havneby.paper-share"
