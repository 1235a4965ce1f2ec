"""Four languages: every word of an edition is in its own, and says so in every format."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pikepdf
import pytest
from lxml import etree, html
from workspaces import (
    AUDIENCE,
    BRIEF,
    EN,
    PUBLIC,
    STORE,
    changed,
    english,
    make_workspace,
    run,
)

from reports.briefs import Format, load_workspace
from reports.build import resolve_edition
from reports.compose import compose
from reports.compose.calls import CHART_KINDS
from reports.compose.gate import check_line
from reports.compose.tables import COLUMNS
from reports.document import Document, Figure, VegaChart
from reports.facts.ask.search import search_facts
from reports.facts.derive.comparison import _RATIO, _TREND
from reports.facts.model import Operation, Standing
from reports.facts.quantities import DURATIONS, SEASONS, Qualifier, Unit
from reports.fields import LANGUAGES
from reports.language import capitalised, languages, load_language, quoted
from reports.problems import Place, Problem
from reports.read import read
from reports.resolve import resolve

FOUR = Path(__file__).parent / "four_languages"
NARROW, HARD = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
TITLES = {
    "nb": "Søknader på nett",
    "nn": "Søknader på nett",
    "da": "Ansøgninger på nettet",
    "en": "Applications on the web",
}
COUNCIL = "{nb: Bystyret, nn: Bystyret, da: Byrådet, en: The council}"
each_language = pytest.mark.parametrize("code", languages())


def test_a_text_may_be_written_in_each_language_that_the_tool_speaks() -> None:
    assert languages() == LANGUAGES


# ---------------------------------------------------------------- the tool's own words


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with every function and every kind of chart, and a memo, in all four languages."""
    everything = (FOUR / "everything.md.j2").read_text("utf-8")
    return make_workspace(
        tmp_path_factory.mktemp("four"),
        {
            "facts/havneby.yaml": (FOUR / "facts.yaml").read_text("utf-8"),
            "templates/charts/dots.vl.json": (FOUR / "dots.vl.json").read_text("utf-8"),
            "templates/shared/everything.md.j2": everything,
            "templates/audiences/council.yaml": f"name: {COUNCIL}\nkind: {COUNCIL}\nto: {COUNCIL}\n"
            "access: public\ntheme: default\nlayout: report\n",
            AUDIENCE: f"name: {COUNCIL}\nkind: {COUNCIL}\nto: {COUNCIL}\n"
            "access: public\ntheme: default\nlayout: memo\n",
            "templates/channels/brief.yaml": "date: 2031-04-10\n"
            "title: {nb: Søknader, nn: Søknader, da: Ansøgninger, en: Applications}\n"
            "from: {nb: Rådgiver, nn: Rådgjevar, da: Rådgiver, en: Adviser}\n"
            "audiences: [council, public]\nlanguages: [nb, nn, da, en]\n"
            "formats: [pdf, docx, html]\n",
            **{
                f"templates/channels/council.{code}.md.j2": f"# {title}\n\n"
                '{% include "shared/everything.md.j2" %}\n'
                for code, title in TITLES.items()
            },
            **{
                f"templates/channels/public.{code}.md.j2": f"# {title}\n\n"
                '*Statement*{: lang=en }: {{ statement("staff-union") }}\n'
                for code, title in TITLES.items()
            },
        },
    )


def whole(document: Document) -> str:
    """All that a reader is told, also at the foot of the page and in place of a chart."""
    alts = [block.alt for block in document.body if isinstance(block, Figure)]
    cover = document.cover
    foot = f"{cover.running} {' '.join(cover.page_of)}"
    return "\n".join((document.plain_text(), foot, *alts, ""))


def resolved(four: Path, code: str) -> Document:
    """The report in that language, its charts not drawn."""
    workspace, language = load_workspace(four), load_language(code)
    named = {edition.name: edition for edition in workspace.editions()}
    edition = named[f"channels/council.{code}"]
    composed = compose(edition, workspace, workspace.facts, Format.HTML)
    draft = read(composed, workspace.names, language)
    return resolve(draft, composed, edition, workspace, workspace.facts, language)


@each_language
def test_an_edition_with_all_there_is_speaks_its_own_language_alone(four: Path, code: str) -> None:
    document = resolved(four, code)

    assert whole(document) == (FOUR / f"told.{code}.txt").read_text("utf-8")


AXES = {
    "nb": (",", NARROW, f"{NARROW}%", "%-d. %B %Y", "lørdag", "lør.", "mars", "mai"),
    "nn": (",", NARROW, f"{NARROW}%", "%-d. %B %Y", "laurdag", "lau", "mars", "mai"),
    "da": (",", ".", f"{NARROW}%", "%-d. %B %Y", "lørdag", "lør.", "marts", "maj"),
    "en": (".", ",", "%", "%-d %B %Y", "Saturday", "Sat", "March", "May"),
}


@each_language
def test_the_axes_of_a_chart_of_ones_own_are_in_the_language_of_the_edition(
    four: Path, code: str
) -> None:
    charts = [block.chart for block in resolved(four, code).body if isinstance(block, Figure)]

    (own,) = (chart for chart in charts if isinstance(chart, VegaChart))

    locale = json.loads(own.spec)["config"]["locale"]
    number, time = locale["number"], locale["time"]
    shown = (
        *(number["decimal"], number["thousands"], number["percent"], time["date"]),
        *(time["days"][6], time["shortDays"][6], time["months"][2], time["shortMonths"][4]),
    )
    assert shown == AXES[code]


def families() -> Iterator[str]:
    """The keys that the code puts together, by what they are put together from."""
    yield from (f"standing-{each.value}" for each in Standing)
    yield from (f"season-{each}" for each in SEASONS)
    yield from (f"qualifier-{each.value}" for each in Qualifier if each is not Qualifier.EXACT)
    yield from (f"trend-{each}" for each in _TREND.values())
    yield from (f"compare-{each}" for each in _RATIO.values())
    degrees = ("about", "more", "less", "at-least", "at-most", "nearly")
    yield from (f"degree-{each}" for each in degrees)
    yield from (f"alt-{each}" for each in CHART_KINDS if each != "vega")
    yield from (f"head-{each.replace(' ', '-')}" for each in COLUMNS)
    counted = (*DURATIONS, Unit.PERCENTAGE_POINTS, Unit.TIMES)
    yield from (f"{each.value}-{number}" for each in counted for number in ("one", "many"))
    yield from (f"million-{number}" for number in ("one", "many"))
    yield from (f"unit-{each.value}" for each in (Unit.PERCENT, Unit.PERCENTAGE_POINTS, Unit.NOK))
    named = set(Operation) - {Operation.SUM, Operation.MEAN}
    yield from (f"measure-{each.value}" for each in named)
    yield from (f"{thing}-{use}" for thing in ("table", "figure") for use in ("label", "ref"))


@each_language
def test_every_family_of_keys_is_whole(code: str) -> None:
    known = load_language(code).messages

    assert [key for key in families() if key not in known] == []


# ---------------------------------------------------------------- numbers, dates, marks

WRITTEN = {
    "nb": (
        *(f"4{NARROW}200", f"−1{NARROW}234,50", "sju", "sjuende", "13."),
        *(f"22.{HARD}november 2026", f"1.{HARD}mai", f"juni{HARD}2019", "mars"),
    ),
    "nn": (
        *(f"4{NARROW}200", f"−1{NARROW}234,50", "sju", "sjuande", "13."),
        *(f"22.{HARD}november 2026", f"1.{HARD}mai", f"juni{HARD}2019", "mars"),
    ),
    "da": (
        *("4.200", "−1.234,50", "syv", "syvende", "13."),
        *(f"22.{HARD}november 2026", f"1.{HARD}maj", f"juni{HARD}2019", "marts"),
    ),
    "en": (
        *("4,200", "−1,234.50", "seven", "seventh", f"No.{HARD}13"),
        *(f"22{HARD}November 2026", f"1{HARD}May", f"June{HARD}2019", "March"),
    ),
}


@each_language
def test_numbers_and_dates_are_written_as_the_language_does(code: str) -> None:
    language = load_language(code)

    shown = (
        *(language.number(Decimal(4200)), language.number(Decimal("-1234.50"))),
        *(language.word(7), language.ordinal(7), language.ordinal(13)),
        *(language.day(date(2026, 11, 22)), language.day_of_month(5, 1)),
        *(language.month(2019, 6), language.month(None, 3)),
    )

    assert shown == WRITTEN[code]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("the survey", "The survey"), ("eGovernment Benchmark", "eGovernment Benchmark"), ("", "")],
)
def test_a_name_that_begins_in_lower_case_keeps_it_at_the_start_of_a_sentence(
    text: str, shown: str
) -> None:
    assert capitalised(text) == shown


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("nb", "«Hva skjedde på ‘Møte om IT’?»"),
        ("nn", "«Hva skjedde på ‘Møte om IT’?»"),
        ("da", "»Hva skjedde på ‘Møte om IT’?«"),
        ("en", "‘Hva skjedde på “Møte om IT”?’"),
    ],
)
def test_a_title_that_quotes_has_the_inner_marks_of_the_language(code: str, shown: str) -> None:
    for marks in ("“”", '""', "«»", "»«", "„“"):
        title = f"Hva skjedde på {marks[0]}Møte om IT{marks[1]}?"
        assert quoted(title, load_language(code)) == shown


@pytest.mark.parametrize(
    ("code", "word"), [("nb", "tre"), ("nn", "tjue"), ("da", "halvdelen"), ("en", "three")]
)
def test_a_number_word_is_warned_of_in_the_language_of_the_template(code: str, word: str) -> None:
    place = Place(Path(f"public.{code}.md.j2"), 3)

    (found,) = check_line(f"Bare {word} her, ikke noe annet", place, (), load_language(code))

    hint = "print a fact in words with form='words', or plain('…', 'why')"
    what = f"the number word '{word}' has no source"
    assert found == Problem(place, what, hint, fatal=False)


# ---------------------------------------------------------------- texts that editions lack

DANISH = "templates/channels/public.da.md.j2"
IN_DANISH = (
    PUBLIC.replace("en: The public", "da: Borgerne, en: The public")
    .replace("en: Short and simple", "da: Kort og enkelt, en: Short and simple")
    .replace("en: Everyone who lives here", "da: Alle som bor her, en: Everyone who lives here")
    + "languages: [da]\n"
)


def danish(text: str, store: str = STORE) -> dict[str, str]:
    """An audience that reads in Danish, of a brief in Norwegian and English."""
    brief = BRIEF.replace("en: Applications", "da: Ansøgninger, en: Applications")
    brief = brief.replace("en: Adviser", "da: Rådgiver, en: Adviser")
    return {
        "facts/havneby.yaml": store,
        AUDIENCE: IN_DANISH,
        "templates/channels/brief.yaml": brief,
        DANISH: f"# Ansøgninger\n\n{text}\n",
    }


def test_texts_that_an_edition_lacks_are_told_all_at_once_where_they_are_to_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = '{{ fact("havneby.web-share") }}\n\n{{ statement("havneby.one-way-in") }}'
    workspace = make_workspace(tmp_path, danish(text))

    told = run(workspace, capsys, "check")

    assert told.code == 1
    assert told.err == LACKING


LACKING = """\
facts/havneby.yaml:9:3: inference 'year-before' has no 'da' text
  hint: add 'da: …'; templates/channels/public.da.md.j2:3 prints it
facts/havneby.yaml:11:3: 'name' of measure 'web-share' has no 'da' text
  hint: add 'da: …'; templates/channels/public.da.md.j2:3 prints it
facts/havneby.yaml:17:3: population 'applications' has no 'da' text
  hint: add 'da: …'; templates/channels/public.da.md.j2:3 prints it
facts/havneby.yaml:21:5: 'interest' of source 'havneby-2031' has no 'da' text
  hint: add 'da: …'; templates/channels/public.da.md.j2:3 prints it
facts/havneby.yaml:21:5: 'nature' of source 'havneby-2031' has no 'da' text
  hint: add 'da: …'; templates/channels/public.da.md.j2:3 prints it
facts/havneby.yaml:26:3: 'role' of speaker 'digital-head' has no 'da' text
  hint: add 'da: …'; templates/channels/public.da.md.j2:3 prints it
facts/havneby.yaml:27:3: 'name' of speaker 'union' has no 'da' text
  hint: add 'da: …'; templates/channels/public.da.md.j2:5 prints it
facts/havneby.yaml:98:5: 'statement' of fact 'havneby.one-way-in' has no 'da' text
  hint: add 'da: …'; templates/channels/public.da.md.j2:5 prints it
"""


def test_a_text_that_is_there_is_printed_and_no_other_is_asked_for(tmp_path: Path) -> None:
    texts = (
        ("year-before: {nb:", "year-before: {da: rapporten dækker året før, nb:"),
        ("{nb: andel på nett,", "{da: andel på nettet, nb: andel på nett,"),
        ("applications: {nb:", "applications: {da: ansøgninger om børnehaveplads, nb:"),
        ("nature: {nb:", "nature: {da: kommunens egen årsberetning, nb:"),
        ("interest: {nb:", "interest: {da: kommunen vil vise fremgang, nb:"),
        ("role: {nb:", "role: {da: digitaliseringschef, nb:"),
    )
    store = STORE
    for old, new in texts:
        store = changed(store, old, new)
    workspace = load_workspace(
        make_workspace(tmp_path, danish('{{ fact("havneby.web-share") }}', store))
    )
    (edition,) = workspace.editions()

    document = resolve_edition(edition, workspace)[0].document

    (note,) = document.notes.notes
    assert (edition.language, note.what, note.speaker) == (
        "da",
        f"Ca.{HARD}62{NARROW}%: andel på nettet; ansøgninger om børnehaveplads",
        "Ida Holm, digitaliseringschef",
    )


def test_a_text_in_a_language_of_no_brief_is_judged_like_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = changed(STORE, 'nb: "Svaret tok {figure}.",', 'da: Det tog 3 uger., nb: "{figure}.",')
    workspace = make_workspace(tmp_path, {"facts/havneby.yaml": store})

    told = run(workspace, capsys, "check")

    assert told.code == 1
    assert "statement of fact 'havneby.answer-time' in 'da' has a literal '3'" in told.err


TABLE = """\
subject: {column: town}
shared:
  theme: channels
  said_by: digital-head
  standing: established
  source: havneby-2031
  as_of: 2030
  recorded: 2031-04-02
columns:
  web:
    column: web
    statement: {nb: "{subject}: {figure}.", en: "{subject}: {figure}.", da: "{subject}: {figure}."}
    figure: {measure: web-share, among: applications}
"""


def test_a_sentence_of_a_table_lacks_the_languages_that_its_subject_has_no_name_in(
    tmp_path: Path,
) -> None:
    files = {
        "facts/havneby.yaml": changed(STORE, "denmark: {name: {nb:", "denmark: {name: {da: D, nb:"),
        "facts/tables/towns.csv": "town,web\nHavneby,62\nDanmark,70\n",
        "facts/tables/towns.table.yaml": TABLE,
    }

    facts = load_workspace(make_workspace(tmp_path, files)).facts.facts

    assert {id_: facts[id_].statement for id_ in ("towns.web@havneby", "towns.web@denmark")} == {
        "towns.web@havneby": {"nb": "Havneby: {figure}.", "en": "Havneby: {figure}."},
        "towns.web@denmark": {
            "nb": "Danmark: {figure}.",
            "da": "D: {figure}.",
            "en": "Denmark: {figure}.",
        },
    }


@pytest.mark.parametrize(
    ("asked", "same"), [("ansøgningerne", "ansøgninger"), ("kommunane", "kommunen")]
)
def test_a_search_finds_the_forms_of_danish_and_nynorsk_words(
    four: Path, asked: str, same: str
) -> None:
    store = load_workspace(four).facts

    found = search_facts(store, [asked], store.facts)

    assert (found.meant, found.unknown) == ({}, {})
    assert found.ids
    assert set(found.ids) == set(search_facts(store, [same], store.facts).ids)


# ---------------------------------------------------------------- tags in the formats

FOREIGN = {  # by edition: words of its template, and the title of its source
    "nn": [("en", "Statement"), ("da", "Antallet ansatte")],
    "da": [("en", "Statement")],
}
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.mark.parametrize(("code", "region"), [("nn", "nn-NO"), ("da", "da-DK")])
def test_every_format_says_its_language_and_that_of_foreign_words(
    four: Path, capsys: pytest.CaptureFixture[str], code: str, region: str
) -> None:
    told = run(four, capsys, "build", "--audience", "public", "--lang", code)

    assert told.code == 0, told.err
    made = four / f"out/channels/public.{code}"
    page = html.document_fromstring(made.with_suffix(f".{code}.html").read_bytes())
    spans = [each for each in page.iter("span") if each.get("lang")]
    assert page.get("lang") == code
    assert [(each.get("lang"), str(each.xpath("string()"))) for each in spans] == FOREIGN[code]
    with pikepdf.open(made.with_suffix(f".{code}.pdf")) as pdf:
        assert str(pdf.Root.Lang) == code
        assert languages_of_tags(pdf) == [lang for lang, _ in FOREIGN[code]]
    word = made.with_suffix(f".{code}.docx")
    foreign = {"nn": {"en-GB", "da-DK"}, "da": {"en-GB"}}
    assert said_in(word, "word/styles.xml", "lang") == {region}
    assert said_in(word, "word/settings.xml", "themeFontLang") == {region}
    assert said_in(word, "word/settings.xml", "decimalSymbol") == {","}
    assert said_in(word, "word/settings.xml", "autoHyphenation") == set()  # off: lines are ragged
    assert said_in(word, "word/document.xml", "lang") == foreign[code]
    with zipfile.ZipFile(word) as parts:
        core = etree.fromstring(parts.read("docProps/core.xml"))
    assert core.findtext("{http://purl.org/dc/elements/1.1/}language") == region


def said_in(word: Path, part: str, tag: str) -> set[str | None]:
    """The values of the elements of that name in a part of a Word file."""
    with zipfile.ZipFile(word) as parts:
        root = etree.fromstring(parts.read(part))
    return {each.get(f"{_WORD}val") for each in root.iter(f"{_WORD}{tag}")}


def languages_of_tags(pdf: pikepdf.Pdf) -> list[str]:
    """The languages that tags name, in the order of the tags."""
    tags = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each]
    return [str(each.Lang) for each in tags if "/Lang" in each]


HINT = "words can say their language alone, as in *ord*{: lang=nb }"
WRONG = {
    "no language tag": (
        "They call it *dialog*{: lang=norsk }.",
        "'norsk' is no language tag\n  hint: write a tag such as nb, en or en-GB\n",
    ),
    "an attribute that no format shows": (
        "They call it *dialog*{: .wide }.",
        f"unknown attribute 'class'\n  hint: {HINT}\n",
    ),
    "an attribute of a link": (
        '[here](https://example.org "a title")',
        f"unknown attribute 'title'\n  hint: {HINT}\n",
    ),
}


@pytest.mark.parametrize(("line", "what"), WRONG.values(), ids=WRONG)
def test_what_words_say_of_themselves_is_known_or_refused_at_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, what: str
) -> None:
    workspace = make_workspace(tmp_path, english(line))

    told = run(workspace, capsys, "check", "--lang", "en")

    assert told.code == 1
    assert what in told.err
    assert EN in told.err
