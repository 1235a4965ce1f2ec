"""The fact store: values and dates in words, what an audience sees, and the shipped store."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from workspaces import REPOSITORY, STORE, changed, write

from reports.briefs import load_workspace
from reports.document import CalloutKind
from reports.facts.load import load_facts
from reports.facts.model import Access, Fact, Facts
from reports.facts.quantities import Unit
from reports.facts.wording import FORMS, Form, as_of_text, figure_text, statement_text
from reports.language import CATALOGUES, languages, load_language

LANGUAGES = ("nb", "en")
FIGURE = "figure: {value: 3, measure: answer-time, among: applications}"
N, S = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"

FIGURES = {
    "per cent": ("value: 62", "percent", "figure", f"62{N}%", "62%"),
    "decimals as given": ("value: 1.10", "percent", "figure", f"1,10{N}%", "1.10%"),
    "about": ("value: 62, qualifier: about", "percent", "figure", f"ca.{S}62{N}%", f"about{S}62%"),
    "per cent without unit": ("value: 62", "percent", "number", "62", "62"),
    "per cent in words": ("value: 12", "percent", "words", f"12{N}%", "12%"),
    "points": (
        "value: 27",
        "percentage-points",
        "figure",
        f"27{S}prosentpoeng",
        f"27{S}percentage points",
    ),
    "fewer points": (
        "value: -3",
        "percentage-points",
        "figure",
        f"−3{S}prosentpoeng",
        f"−3{S}percentage points",
    ),
    "a range": ("value: [10, 15]", "percent", "figure", f"10–15{N}%", "10–15%"),
    "a range of years": ("value: [10, 15]", "year", "figure", f"10–15{S}år", f"10–15{S}years"),
    "a range of decimals": ("value: [1.5, 2]", "week", "figure", f"1,5–2{S}uker", f"1.5–2{S}weeks"),
    "half": ("value: 1 of 2", "percent", "figure", "halvparten", "half"),
    "about half": (
        "value: 1 of 2, qualifier: about",
        "percent",
        "figure",
        "om lag halvparten",
        "about half",
    ),
    "nearly eight in ten": (
        "value: 8 of 10, qualifier: nearly",
        "percent",
        "figure",
        f"nesten{S}åtte av ti",
        f"nearly{S}eight in ten",
    ),
    "one in three": ("value: 1 of 3", "percent", "figure", "én av tre", "one in three"),
    "one million": ("value: 1 million", "count", "figure", f"1{S}million", f"1{S}million"),
    "one percentage point": (
        "value: 1",
        "percentage-points",
        "figure",
        f"1{S}prosentpoeng",
        f"1{S}percentage point",
    ),
    "millions": ("value: 28 million", "count", "figure", f"28{S}millioner", f"28{S}million"),
    "thousands": ("value: 4200", "count", "figure", f"4{N}200", "4,200"),
    "many thousands": ("value: 1234567", "count", "figure", f"1{N}234{N}567", "1,234,567"),
    "money": ("value: 500000", "nok", "figure", f"500{N}000{S}kroner", f"NOK{S}500,000"),
    "millions of money": (
        "value: 1.5 million, qualifier: over",
        "nok",
        "figure",
        f"over{S}1,5{S}millioner{S}kroner",
        f"over{S}NOK{S}1.5{S}million",
    ),
    "one hour": ("value: 1", "hour", "figure", f"1{S}time", f"1{S}hour"),
    "hours": ("value: 48", "hour", "figure", f"48{S}timer", f"48{S}hours"),
    "one day": ("value: 1", "day", "figure", f"1{S}dag", f"1{S}day"),
    "days in words": ("value: 2", "day", "words", f"to{S}dager", f"two{S}days"),
    "one week": ("value: 1", "week", "figure", f"1{S}uke", f"1{S}week"),
    "weeks": ("value: 3", "week", "figure", f"3{S}uker", f"3{S}weeks"),
    "weeks in words": ("value: 3", "week", "words", f"tre{S}uker", f"three{S}weeks"),
    "weeks without unit": ("value: 3", "week", "number", "3", "3"),
    "more weeks than words": ("value: 13", "week", "words", f"13{S}uker", f"13{S}weeks"),
    "one month": ("value: 1", "month", "figure", f"1{S}måned", f"1{S}month"),
    "months": ("value: 6", "month", "figure", f"6{S}måneder", f"6{S}months"),
    "one year": ("value: 1", "year", "figure", f"1{S}år", f"1{S}year"),
    "years": ("value: 10", "year", "figure", f"10{S}år", f"10{S}years"),
    "with base": (
        "value: 3",
        "week",
        "with base",
        f"3{S}uker (søknader om barnehageplass)",
        f"3{S}weeks (applications for a kindergarten place)",
    ),
    "third": ("value: 3", "rank", "figure", "tredje", "third"),
    "thirteenth": ("value: 13", "rank", "figure", "13.", f"No.{S}13"),
    "a date": ("value: 2020-03-12", "date", "figure", f"12.{S}mars 2020", f"12{S}March 2020"),
    "a date of no year": ("value: XXXX-06-15", "date", "figure", f"15.{S}juni", f"15{S}June"),
    "about in words": ("value: 5, qualifier: about", "count", "words", "om lag fem", "about five"),
    "nearly": ("value: 5, qualifier: nearly", "count", "figure", f"nesten{S}5", f"nearly{S}5"),
    "over": ("value: 5, qualifier: over", "count", "figure", f"over{S}5", f"over{S}5"),
    "under": ("value: 5, qualifier: under", "count", "figure", f"under{S}5", f"under{S}5"),
    "at least": ("value: 5, qualifier: at-least", "count", "figure", f"minst{S}5", f"at least{S}5"),
    "at most": ("value: 5, qualifier: at-most", "count", "figure", f"høyst{S}5", f"at most{S}5"),
    "up to": ("value: 5, qualifier: up-to", "count", "figure", f"opptil{S}5", f"up to{S}5"),
    "record": (
        "value: 5, qualifier: record",
        "count",
        "words",
        f"rekordhøye{S}fem",
        f"a record{S}five",
    ),
}

DATES = {
    "year": ("2016", "2016", "2016"),
    "month": ("2019-06", f"juni{S}2019", f"June{S}2019"),
    "day": ("2020-03-12", f"12.{S}mars 2020", f"12{S}March 2020"),
    "spring": ("2012-21", f"våren{S}2012", f"spring{S}2012"),
    "summer": ("2012-22", f"sommeren{S}2012", f"summer{S}2012"),
    "autumn": ("2012-23", f"høsten{S}2012", f"autumn{S}2012"),
    "winter": ("2012-24", f"vinteren{S}2012", f"winter{S}2012"),
    "a day of no year": (
        "XXXX-04-11",
        f"11.{S}april, årstall ikke oppgitt",
        f"11{S}April, year not stated",
    ),
    "the leap day of no year": (
        "XXXX-02-29",
        f"29.{S}februar, årstall ikke oppgitt",
        f"29{S}February, year not stated",
    ),
    "a month of no year": ("XXXX-05", "mai, årstall ikke oppgitt", "May, year not stated"),
    "not stated": ("not stated", "dato ikke oppgitt", "date not stated"),
    "inferred": (
        "{date: 2020-03, inferred: year-before}",
        f"mars{S}2020 (utledet)",
        f"March{S}2020 (inferred)",
    ),
}


def store(tmp_path: Path, text: str = STORE) -> Facts:
    """The store of the tiny workspace, or of another text."""
    write(tmp_path / "facts.yaml", text)
    return load_facts(tmp_path, LANGUAGES)


def with_figure(figure: str, unit: str) -> str:
    """The tiny store, its answer time with that value in that unit."""
    among = "" if unit in {"rank", "date"} else ", among: applications"
    text = changed(STORE, FIGURE, f"figure: {{{figure}, measure: answer-time{among}}}")
    return changed(text, "answer-time: {unit: week", f"answer-time: {{unit: {unit}")


@pytest.mark.parametrize(
    ("figure", "unit", "form", "nb", "en"), FIGURES.values(), ids=FIGURES.keys()
)
def test_a_figure_is_written_with_its_hedge_and_unit_in_each_language(
    tmp_path: Path, figure: str, unit: str, form: Form, nb: str, en: str
) -> None:
    facts = store(tmp_path, with_figure(figure, unit))
    found = facts.facts["havneby.answer-time"].figure
    assert found

    written = [figure_text(found, facts, load_language(code), form) for code in LANGUAGES]

    assert written == [nb, en]


@pytest.mark.parametrize(("when", "nb", "en"), DATES.values(), ids=DATES.keys())
def test_a_date_is_written_at_its_own_precision(
    tmp_path: Path, when: str, nb: str, en: str
) -> None:
    facts = store(tmp_path, changed(STORE, "as_of: 2028", f"as_of: {when}"))

    as_of = facts.facts["havneby.web-share-before"].as_of

    assert [as_of_text(as_of, load_language(code)) for code in LANGUAGES] == [nb, en]


def test_every_form_of_every_shipped_figure_keeps_its_hedge() -> None:
    facts = load_workspace(REPOSITORY).facts
    english = load_language("en")

    bare = [
        (fact.id, form)
        for fact in facts.facts.values()
        if fact.figure and (key := f"qualifier-{fact.figure.qualifier.value}") in english.messages
        for form in FORMS
        if not figure_text(fact.figure, facts, english, form).startswith(
            english.messages[key].split("{")[0].rstrip(f" {S}")
        )
    ]

    assert bare == []


def test_a_statement_begins_with_a_capital_and_its_figure_and_date_are_filled_in(
    tmp_path: Path,
) -> None:
    facts = store(tmp_path)
    fact = facts.facts["havneby.web-share"]

    said = [statement_text(fact, facts, load_language(code)) for code in LANGUAGES]

    assert said == [
        f"Ca.{S}62{N}% av søknadene kom på nett i 2030 (utledet).",
        f"About{S}62% of applications came in on the web in 2030 (inferred).",
    ]


def test_an_audience_sees_the_facts_up_to_its_own_level(tmp_path: Path) -> None:
    facts = store(tmp_path)

    public, internal = facts.visible_to(Access.PUBLIC), facts.visible_to(Access.INTERNAL)

    assert facts.facts.keys() - public.facts.keys() == {"havneby.secret-plan"}
    assert public.hidden == {"havneby.secret-plan": Access.INTERNAL}
    assert internal.facts == facts.facts
    assert internal.hidden == {}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"theme": "staff"}, ["staff", "secret-plan"]),
        ({"place": "denmark"}, []),
        ({"speaker": "union"}, ["paper-share", "staff", "one-way-in"]),
        ({"standing": "opinion"}, ["one-way-in"]),
        ({"place": "havneby", "speaker": "union"}, ["paper-share", "staff"]),
        ({"place": "norway", "speaker": "union"}, ["paper-share", "staff", "one-way-in"]),
    ],
    ids=["theme", "place of none", "speaker", "standing", "place", "place around a place"],
)
def test_a_query_finds_the_facts_that_match_every_word_in_the_files_order(
    tmp_path: Path, query: dict[str, str], found: list[str]
) -> None:
    facts = store(tmp_path)

    matching = facts.where(**query)

    assert [fact.id for fact in matching] == [f"havneby.{name}" for name in found]


# ---------------------------------------------------------------- the shipped store


@pytest.fixture(scope="module")
def shipped() -> Facts:
    return load_workspace(REPOSITORY).facts


def test_every_shipped_fact_stands_where_it_says_it_does(shipped: Facts, sources: Path) -> None:
    texts = {
        id_: [
            line for line in (sources / source.text).read_text("utf-8").split("\n") if line.strip()
        ]
        for id_, source in shipped.sources.items()
    }

    absent = [
        fact.id
        for fact in from_sources(shipped)
        if fact.at.paragraph > len(texts[fact.source])
        or fact.at.printed not in texts[fact.source][fact.at.paragraph - 1]
    ]

    assert absent == []


def test_every_shipped_figure_says_what_the_source_prints(shipped: Facts) -> None:
    silent = [fact.id for fact in from_sources(shipped) if fact.figure and not fact.at.printed]

    assert silent == []


def from_sources(facts: Facts) -> list[Fact]:
    """The facts that stand in a source; what is derived stands in none."""
    return [fact for fact in facts.facts.values() if not fact.derivation]


def test_the_shipped_store_covers_the_sources_without_padding(shipped: Facts) -> None:
    cited = {fact.source for fact in shipped.facts.values()}

    assert 150 <= len(shipped.facts) <= 320
    assert cited == shipped.sources.keys()


def test_every_shipped_source_says_what_it_is_and_whose_interest_it_speaks_for(
    shipped: Facts,
) -> None:
    silent = [
        (id_, code)
        for id_, source in shipped.sources.items()
        for code in LANGUAGES
        if not (source.nature[code] and source.interest[code])
    ]

    assert silent == []
    assert len(shipped.sources) == 5


# ---------------------------------------------------------------- the tool's own words


def test_the_catalogues_have_the_same_keys_and_placeholders() -> None:
    shapes = [
        {
            key: sorted(name for _, name, _, _ in Formatter().parse(text) if name)
            for key, text in load_language(code).messages.items()
        }
        for code in languages()
    ]

    assert sorted(path.stem for path in CATALOGUES.glob("*.po")) == sorted(languages())
    assert all(shape == shapes[0] for shape in shapes)


def test_every_word_that_the_code_asks_for_is_in_the_catalogues() -> None:
    known = load_language("en").messages.keys()
    asked = {pattern for file in REPOSITORY.glob("reports/**/*.py") for pattern in said(file)}

    unknown = [pattern for pattern in asked if not any(re.fullmatch(pattern, key) for key in known)]

    assert unknown == []
    assert len(asked) > 50


def test_every_word_of_the_catalogues_is_asked_for() -> None:
    asked = {pattern for file in REPOSITORY.glob("reports/**/*.py") for pattern in said(file)}

    by_name = {"assessment", *(kind.value for kind in CalloutKind), *(unit.value for unit in Unit)}
    unused = [
        key
        for key in load_language("en").messages.keys() - by_name
        if not any(re.fullmatch(pattern, key) for pattern in asked)
    ]

    assert unused == []


def said(file: Path) -> Iterator[str]:
    """A pattern for the key of each `say(…)` and `WordCall(…)` in a module."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and node.args:
            function = node.func
            name = function.attr if isinstance(function, ast.Attribute) else ""
            name = function.id if isinstance(function, ast.Name) else name
            if name in {"say", "WordCall"}:
                yield from patterns(node.args[0])


def patterns(key: ast.expr) -> Iterator[str]:
    """The pattern of a key written as a text or an f-string; a variable's name says nothing."""
    if isinstance(key, ast.Constant):
        yield re.escape(str(key.value))
    elif isinstance(key, ast.JoinedStr):
        parts = [re.escape(p.value) if isinstance(p, ast.Constant) else ".+" for p in key.values]
        yield "".join(parts)
