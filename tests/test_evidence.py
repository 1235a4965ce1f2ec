"""Facts against the texts of their sources: what is found, what is not, and what is told of it."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from workspaces import NB, REPOSITORY, STORE, changed, make_workspace, run, write

from reports.briefs import load_workspace
from reports.facts.evidence import check_evidence
from reports.facts.evidence.as_of import as_of_misses
from reports.facts.evidence.copying import runs_of, shared_run
from reports.facts.evidence.figures import figure_misses
from reports.facts.evidence.findings import Miss
from reports.facts.evidence.paragraph import Paragraph, load_idiom, paragraphs_of
from reports.facts.evidence.speakers import names_of, speaker_misses
from reports.facts.model import Speaker
from reports.facts.quantities import AsOf, Figure, Qualifier, Range, Unit
from reports.facts.values import parse_number, parse_value, parse_when

TEXT = [
    *("Årsmelding for Havneby", *["Om byen."] * 10),
    "Ida Holm sier at cirka 62 prosent av søknadene nå er digitale, mot 48 prosent i 2028.",
    "Fagforeningen melder at nesten åtte av ti ansatte brukte papir i 2030.",
    "I juni 2030 hadde byen 4200 ansatte, ifølge Fagforeningen.",
    "Svar får man på tre uker, sier Holm.",
    "Det nye skjemaet var klart 11. april, sier Holm.",
    "Én vei inn for alle er best, mente Fagforeningen i januar 2031.",
    "Skrankene stenges i 2031, sier Holm.",
]
WITH_TEXT = changed(STORE, "    title: Årsmelding", "    text: havneby.txt\n    title: Årsmelding")
WEB_SHARE = "at: {paragraph: 12, printed: cirka 62 prosent}"


def paragraph(text: str, language: str = "nb") -> Paragraph:
    return Paragraph(1, text, load_idiom(language))


def paragraphs(*lines: str, names: tuple[str, ...] = ()) -> Sequence[Paragraph]:
    return paragraphs_of("\n".join(lines), load_idiom("nb"), names)


def whats(misses: Sequence[Miss]) -> list[str]:
    return [f"{miss.kind}: {miss.what}" for miss in misses]


# ---------------------------------------------------------------- figures

# value, unit, qualifier, printed, paragraph, what is found
FIGURES = {
    "digits": ("62", "percent", "exact", "62 prosent", "Av alle ville 62 prosent.", []),
    "words": ("10", "percent", "exact", "ti prosent", "Bare ti prosent.", []),
    "a sign": ("62", "percent", "exact", "62", "Hele 62 % kom.", []),
    "another number": (
        *("62", "percent", "exact", "26 prosent", "Bare 26 prosent."),
        ["number: 62 is not in '26 prosent'"],
    ),
    "3 is not 30": ("3", "week", "exact", "", "På 30 uker.", ["number: 3 is not in paragraph 1"]),
    "nor 2013": ("3", "count", "exact", "", "I 2013.", ["number: 3 is not in paragraph 1"]),
    "nor tretti": (
        *("3", "week", "exact", "tre", "På tretti uker."),
        ["number: 3 is not in 'tre'"],
    ),
    "ti is not in tiden": (
        *("10", "count", "exact", "", "Tiden vil vise det."),
        ["number: 10 is not in paragraph 1"],
    ),
    "1,1 is not 11": (
        "1.1",
        "nok",
        "exact",
        "",
        "11 kroner",
        ["number: 1.1 is not in paragraph 1"],
    ),
    "nor is 11": ("11", "nok", "exact", "", "1,1 kroner", ["number: 11 is not in paragraph 1"]),
    "an end of a range": (
        *("10", "percent", "exact", "10-15 prosent", "Om 10-15 prosent."),
        ["number: 10 is not in '10-15 prosent'"],
    ),
    "a range": ("[10, 15]", "percent", "exact", "10-15 prosent", "Om 10-15 prosent.", []),
    "a part of a part": (
        *("8", "count", "exact", "", "Åtte av ti."),
        ["number: 8 is not in paragraph 1"],
    ),
    "a part": ("8 of 10", "percent", "nearly", "åtte av ti", "Nesten åtte av ti.", []),
    "a part of weeks": (
        *("8 of 10", "week", "exact", "", "Åtte av ti."),
        ["unit: 'week' does not stand beside 8 of 10"],
    ),
    "half is not 50": (
        "50",
        "percent",
        "exact",
        "",
        "Halvparten.",
        ["number: 50 is not in paragraph 1"],
    ),
    "outside the printed words": (
        *("15", "percent", "exact", "10 prosent", "Først 10 prosent, så 15 prosent."),
        ["number: 15 is not in '10 prosent'"],
    ),
    "a shared unit": (
        "500000",
        "nok",
        "exact",
        "500 000",
        "Fra 500 000 til 1,1 millioner kroner.",
        [],
    ),
    "a unit before": ("500", "nok", "exact", "500", "Det koster kr. 500.", []),
    "nok as a word": (
        *("5", "nok", "exact", "5", "Det er ikke nok. 5 kom."),
        ["unit: 'nok' does not stand beside 5"],
    ),
    "a unit after words between": (
        "3",
        "year",
        "exact",
        "tre siste årene",
        "De tre siste årene.",
        [],
    ),
    "points are no percent": (
        *("27", "percent", "exact", "27", "Opp 27 prosentpoeng."),
        ["unit: 'percent' does not stand beside 27"],
    ),
    "percent are no points": (
        *("27", "percentage-points", "exact", "27", "Opp 27 prosent."),
        ["unit: 'percentage-points' does not stand beside 27"],
    ),
    "points": ("27", "percentage-points", "exact", "27", "Opp hele 27 prosentpoeng.", []),
    "hours are no weeks": (
        *("3", "week", "exact", "tre", "På tre timer."),
        ["unit: 'week' does not stand beside 3"],
    ),
    "a count of weeks": (
        *("3", "count", "exact", "tre uker", "På tre uker."),
        ["unit: 3 is a count, and 'week' stands beside it"],
    ),
    "the place with the unit": ("3", "week", "exact", "", "Tre byer brukte tre uker.", []),
    "a rank": ("3", "rank", "exact", "tredjeplass", "En tredjeplass til byen.", []),
    "a count is no rank": (
        "3",
        "rank",
        "exact",
        "",
        "Tre byer.",
        ["number: 3 is not in paragraph 1"],
    ),
    "twice": ("2", "times", "exact", "dobbelt", "Dobbelt så mange.", []),
    "three times": ("3", "times", "exact", "tre ganger", "Det er tre ganger så mange.", []),
    "a day": ("XXXX-04-11", "date", "exact", "11. april", "Den 11. april.", []),
    "another day": (
        *("XXXX-04-11", "date", "exact", "12. april", "Den 12. april."),
        ["number: XXXX-04-11 is not in '12. april'"],
    ),
    "about": ("62", "percent", "about", "62", "Omtrent 62 prosent.", []),
    "about, at some distance": ("500", "count", "about", "500", "Om lag de 500 største.", []),
    "over": ("1000", "count", "over", "Mer enn 1000", "Mer enn 1000 svarte.", []),
    "at least, afterwards": ("3", "week", "at-least", "3 uker", "Det tar 3 uker eller mer.", []),
    "a record": (
        "28 million",
        "count",
        "record",
        "28 millioner",
        "På rekordstore 28 millioner.",
        [],
    ),
    "a hedge of two meanings": ("15", "percent", "under", "15", "I underkant av 15 prosent.", []),
    "no more than": ("15", "percent", "at-most", "15", "Ikke mer enn 15 prosent.", []),
    "a lost hedge": (
        *("15", "percent", "exact", "15 prosent", "Nesten 15 prosent kom."),
        ["qualifier: 15 is exact in the fact, and hedged in the text: nearly"],
    ),
    "a lost hedge afterwards": (
        *("15", "percent", "exact", "15 prosent", "Vel, 15 prosent eller så."),
        ["qualifier: 15 is exact in the fact, and hedged in the text: about"],
    ),
    "an invented hedge": (
        *("15", "percent", "about", "15 prosent", "Da kom 15 prosent."),
        ["qualifier: 15 is 'about' in the fact, and has no hedge in the text"],
    ),
    "another hedge": (
        *("15", "percent", "about", "15 prosent", "Over 15 prosent."),
        ["qualifier: 15 is 'about' in the fact, and in the text: over"],
    ),
    "one hedge of two": (
        *("28 million", "count", "record", "28 millioner", "Over rekordstore 28 millioner."),
        ["qualifier: 28 million is 'record' in the fact, and in the text: record, over"],
    ),
    "a hedge of another number": ("15", "percent", "exact", "15", "Over ti byer, 15 prosent.", []),
    "a hedge in another sense": ("15", "percent", "exact", "15", "Over hele byen: 15 prosent.", []),
    "unit and hedge": (
        *("15", "percent", "exact", "15", "Nesten 15 uker."),
        [
            "unit: 'percent' does not stand beside 15",
            "qualifier: 15 is exact in the fact, and hedged in the text: nearly",
        ],
    ),
}


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "printed", "text", "found"), FIGURES.values(), ids=FIGURES.keys()
)
def test_a_figure_stands_in_its_paragraph_with_unit_and_hedge(
    value: str, unit: str, qualifier: str, printed: str, text: str, found: list[str]
) -> None:
    ends = [parse_number(end) for end in value.strip("[]").split(", ")] if "[" in value else []
    whole = parse_when if unit == "date" else parse_value
    figure = Figure(Range(*ends) if ends else whole(value), "m", "", Qualifier(qualifier))

    misses = figure_misses(figure, Unit(unit), printed, paragraph(text))

    assert whats(misses) == found


# ---------------------------------------------------------------- dates

SURVEY = ("Svar 2016",)  # a name that holds a year
# as of, inferred, the source's own date, paragraphs, the cited one, what is found
AS_OF = {
    "in the paragraph": ("2016", "", "", ["Det var i 2016."], 1, []),
    "as part of a date": ("2016", "", "", ["Det var 3. mai 2016."], 1, []),
    "its year apart": ("2016-05-03", "", "", ["I 2016 var det klart 3. mai."], 1, []),
    "not more than is printed": (
        *("2016-05", "", "", ["Det var i 2016."], 1),
        ["date: 2016-05 is not printed in paragraph 1, nor in 1, the last with such a date"],
    ),
    "nowhere": ("2016", "", "", ["Da."], 1, ["date: 2016 is not printed in paragraph 1"]),
    "only later": (
        "2016",
        "",
        "",
        ["Da.", "I 2016."],
        1,
        ["date: 2016 is not printed in paragraph 1"],
    ),
    "the source's own": ("2016-05", "", "2016-05-03", ["Da."], 1, []),
    "not the source's own": (
        *("2016-06", "", "2016-05-03", ["Da."], 1),
        ["date: 2016-06 is not printed in paragraph 1"],
    ),
    "before": ("2016", "", "", ["I 2016.", "Så.", "Da."], 3, []),
    "before, with another between": (
        *("2016", "", "", ["I 2016.", "I 2017.", "Da."], 3),
        ["date: 2016 is not printed in paragraph 3, nor in 2, the last with such a date"],
    ),
    "of no year": ("XXXX-05-03", "", "", ["Den 3. mai.", "I 2017.", "Da."], 3, []),
    "in a name": ("2016", "", "", ["Svar 2016 spurte alle."], 1, []),
    "in a name before": (
        *("2016", "", "", ["Svar 2016 spurte alle.", "Da."], 2),
        ["date: 2016 is not printed in paragraph 2"],
    ),
    "inferred": ("2016", "i", "", ["Da."], 1, []),
    "inferred from a name": ("2016", "i", "", ["Svar 2016 spurte alle."], 1, []),
    "inferred, and a day of it printed": ("2016-05-03", "i", "", ["Den 3. mai."], 1, []),
    "inferred and printed": (
        *("2016", "i", "", ["I 2016."], 1),
        ["date: 2016 is inferred, and paragraph 1 prints it"],
    ),
    "inferred and printed in parts": (
        *("2016-05-03", "i", "", ["Alt i 2016: først den 3. mai."], 1),
        ["date: 2016-05-03 is inferred, and paragraph 1 prints it"],
    ),
    "not stated": ("", "", "", ["I 2016."], 1, []),
}


@pytest.mark.parametrize(
    ("when", "inferred", "issued", "lines", "cited", "found"), AS_OF.values(), ids=AS_OF.keys()
)
def test_a_printed_date_is_printed_and_an_inferred_one_is_not(
    when: str, inferred: str, issued: str, lines: list[str], cited: int, found: list[str]
) -> None:
    as_of = AsOf(parse_when(when) if when else None, inferred)
    own = AsOf(parse_when(issued) if issued else None)

    misses = as_of_misses(as_of, own, paragraphs(*lines, names=SURVEY), cited)

    assert whats(misses) == found


# ---------------------------------------------------------------- speakers

NAMES = {"head": ("Ida Holm", "Holm"), "mayor": ("Lars Vik", "Vik"), "union": ("fagforeningen",)}
# who, the cited paragraph, paragraphs, what is found
SPEAKERS = {
    "named there": ("head", 1, ["Det er bra, sier Holm."], []),
    "in the genitive": ("head", 1, ["Holms syn er klart."], []),
    "at the start of a sentence": ("union", 1, ["Fagforeningen vil ha mer."], []),
    "among others": ("mayor", 1, ["Holm og Vik er enige."], []),
    "before": ("head", 3, ["Holm kom.", "– Det er bra.", "– Det går godt."], []),
    "before, with another between": (
        *("head", 3, ["Holm kom.", "Vik kom.", "– Det er bra."]),
        ["speaker: 'head' is not named; paragraph 2 names Lars Vik"],
    ),
    "another there": (
        *("head", 2, ["Holm kom.", "Det er bra, sier Vik."]),
        ["speaker: 'head' is not named; paragraph 2 names Lars Vik"],
    ),
    "part of another word": (
        *("head", 1, ["Holmen er fin."]),
        ["speaker: 'head' is named nowhere before: no 'Ida Holm' or 'Holm'"],
    ),
    "the end of another word": (
        *("union", 1, ["Storfagforeningen vil ha mer."]),
        ["speaker: 'union' is named nowhere before: no 'fagforeningen'"],
    ),
    "only later": (
        *("head", 1, ["– Det er bra.", "Holm kom."]),
        ["speaker: 'head' is named nowhere before: no 'Ida Holm' or 'Holm'"],
    ),
    "the source itself": ("paper", 2, ["Holm kom.", "Det gikk bra."], []),
    "the source itself, of somebody": ("paper", 1, ["Holm kom sent."], []),
    "the source itself, in a quotation": (
        *("paper", 2, ["Holm kom.", "– Det gikk bra."]),
        ["speaker: 'paper' is not named; paragraph 1 names Ida Holm"],
    ),
    "the source itself, in a list": ("paper", 2, ["Tiltak:", "- Flere skjemaer"], []),
}


@pytest.mark.parametrize(
    ("said_by", "cited", "lines", "found"), SPEAKERS.values(), ids=SPEAKERS.keys()
)
def test_the_speaker_is_who_was_named_last(
    said_by: str, cited: int, lines: list[str], found: list[str]
) -> None:
    misses = speaker_misses(said_by, "paper", paragraphs(*lines), cited, NAMES)

    assert whats(misses) == found


@pytest.mark.parametrize(
    ("name", "known_as", "names"),
    [
        ("Ida Holm", (), ("Ida Holm", "Holm")),
        ("Lars van der Vik", (), ("Lars van der Vik", "Vik")),
        ("Undersøkelsen Svar 2016", (), ("Undersøkelsen Svar 2016",)),
        ("Fagforeningen", (), ("Fagforeningen",)),
        ("Fagforeningen", ("forbundet", ""), ("forbundet",)),
    ],
)
def test_a_text_calls_a_person_by_surname_and_a_body_as_declared(
    name: str, known_as: tuple[str, ...], names: tuple[str, ...]
) -> None:
    speaker = Speaker({"nb": name}, {"nb": ""}, {"nb": ""}, known_as)

    assert names_of(speaker, "nb") == names


# ---------------------------------------------------------------- wording

SENTENCE = "I fjor svarte cirka 62 prosent av foreldrene i Havneby at skjemaet var lett å bruke."
# our text, the words that are shared
COPIES = {
    "seven words": ("Der var foreldrene i Havneby at skjemaet var lett nok.", ""),
    "eight words": (
        "Ja: foreldrene i Havneby at skjemaet var lett å si.",
        "foreldrene i havneby at skjemaet var lett å",
    ),
    "other capitals and signs": (
        "Foreldrene, i «Havneby», at – SKJEMAET var lett å.",
        "foreldrene i havneby at skjemaet var lett å",
    ),
    "over a figure": (
        "Slik svarte {figure} av foreldrene i Havneby at skjemaet.",
        "svarte … av foreldrene i havneby at skjemaet",
    ),
    "with a figure": (
        "Da sa 62\N{NARROW NO-BREAK SPACE}% av foreldrene i Havneby at skjemaet.",
        "62 prosent av foreldrene i havneby at skjemaet",
    ),
    "the same words in two runs": ("I fjor svarte cirka 62 prosent, og i Havneby at skjemaet.", ""),
}


@pytest.mark.parametrize(("ours", "shared"), COPIES.values(), ids=COPIES.keys())
def test_eight_words_in_a_row_are_the_source_s_own(ours: str, shared: str) -> None:
    runs = runs_of(paragraphs(SENTENCE))

    assert shared_run(ours, runs, load_idiom("nb")) == shared


# ---------------------------------------------------------------- the store


def with_text(
    root: Path, lines: Sequence[str] = TEXT, store: str = WITH_TEXT, **files: str
) -> Path:
    """The tiny workspace with the text of its source and that folder in its settings."""
    settings = "organisation: Havneby kommune\nevidence: texts\n"
    workspace = make_workspace(
        root, {"facts/havneby.yaml": store, "templates/workspace.yaml": settings, **files}
    )
    write(workspace / "texts/havneby.txt", "\n\n".join(lines) + "\n")
    return workspace


def place(store: str, id_: str) -> str:
    """Where the entry with that id begins, as problems tell it."""
    return f"facts/havneby.yaml:{store[: store.index(f'  {id_}:')].count(chr(10)) + 2}:5"


def line_12(old: str, new: str) -> list[str]:
    return [*TEXT[:11], changed(TEXT[11], old, new), *TEXT[12:]]


def found_in(workspace: Path) -> list[str]:
    """What is found in the workspace's store, without where."""
    loaded = load_workspace(workspace)
    assert loaded.evidence
    findings = check_evidence(loaded.facts, loaded.evidence, loaded.names).findings
    return [
        f"{each.fact.removeprefix('havneby.') or each.source}, {each.miss.kind}: {each.miss.what}"
        for each in findings
    ]


LAST = "    access: internal\n    recorded: 2031-04-02\n"
DERIVED = (
    "  havneby.web-growth:\n    recorded: 2031-04-02\n    derived: {change: "
    "[havneby.web-share-before, havneby.web-share], as: percentage points}\n"
)
# what replaces what in the store, and what is found then
STORES = {
    "nothing wrong": ({}, []),
    "a derived fact, which stands in no text": ({LAST: LAST + DERIVED}, []),
    "no such paragraph": (
        {"{paragraph: 18}": "{paragraph: 19}"},
        ["secret-plan, paragraph: 19 is cited, and the text has 18"],
    ),
    "words of another paragraph": (
        {"printed: 4200 ansatte": "printed: tre uker"},
        ["staff, printed: 'tre uker' is not in paragraph 14, letter for letter; it is in 15"],
    ),
    "words with other spaces": (
        {"printed: 4200 ansatte": "printed: 4200\N{NO-BREAK SPACE}ansatte"},
        [
            "staff, printed: '4200\N{NO-BREAK SPACE}ansatte' is not in paragraph 14, letter for letter: spaces, dashes or quotation marks differ"
        ],
    ),
    "a source's own date that its text doesn't print": (
        {"    nature: {nb: kommunens": "    issued: 2031-02-01\n    nature: {nb: kommunens"},
        ["havneby-2031, date: it is issued 2031-02-01, which its text doesn't print"],
    ),
    "a source's own date that it prints": (
        {"    nature: {nb: kommunens": "    issued: 2031-01\n    nature: {nb: kommunens"},
        [],
    ),
    "a speaker who isn't named": (
        {"said_by: digital-head\n    standing: plan": "said_by: union\n    standing: plan"},
        ["secret-plan, speaker: 'union' is not named; paragraph 18 names Ida Holm"],
    ),
    "the voice of the source": (
        {
            "said_by: digital-head\n    standing: plan": "said_by: union\n    standing: plan",
            "    nature: {nb: kommunens": "    voice: union\n    nature: {nb: kommunens",
        },
        [],
    ),
    "an excuse": (
        {
            "{value: 62,": "{value: 63,",
            WEB_SHARE: WEB_SHARE[:-1] + ", excused: {number: the table says 63}}",
        },
        [],
    ),
    "an excuse of another kind": (
        {
            "{value: 62,": "{value: 63,",
            WEB_SHARE: WEB_SHARE[:-1] + ", excused: {unit: the table says 63}}",
        },
        [
            "web-share, number: 63 is not in 'cirka 62 prosent'",
            "web-share, excuse: its unit is excused, and nothing is wrong with it",
        ],
    ),
    "a copied statement": (
        {
            "statement: {nb: Skrankene legges ned.": "statement: {nb: 'Én vei inn for alle er best, mente Fagforeningen.'"
        },
        [
            "secret-plan, wording: the statement in 'nb' shares 9 words in a row: 'én vei inn for alle er best mente fagforeningen'"
        ],
    ),
    "a copied statement, with its figure": (
        {
            "{figure} av søknadene kom på nett i {as_of}.": "{figure} av søknadene nå er digitale, mot {as_of}."
        },
        [
            "web-share, wording: the statement in 'nb' shares 8 words in a row: '62 prosent av søknadene nå er digitale mot'"
        ],
    ),
    "a copied statement, with an inferred date": (
        {
            "{figure} av søknadene kom på nett i {as_of}.": "I {as_of} hadde byen {figure} ansatte, ifølge Fagforeningen."
        },
        [
            "web-share, wording: the statement in 'nb' shares 8 words in a row: 'i … hadde byen … ansatte ifølge fagforeningen'"
        ],
    ),
    "a copied measure of two facts": (
        {"name: {nb: andel på nett,": "name: {nb: det nye skjemaet var klart 11. april sier Holm,"},
        [
            "web-share, wording: the measure in 'nb' shares 9 words in a row: 'det nye skjemaet var klart 11 april sier holm'"
        ],
    ),
    "a copied account of the source": (
        {
            "interest: {nb: kommunen vil vise framgang": "interest: {nb: svar får man på tre uker sier Holm"
        },
        [
            "havneby-2031, wording: the interest in 'nb' shares 8 words in a row: 'svar får man på tre uker sier holm'"
        ],
    ),
}


@pytest.mark.parametrize(("changes", "found"), STORES.values(), ids=STORES.keys())
def test_the_store_is_held_against_its_texts(
    tmp_path: Path, changes: dict[str, str], found: list[str]
) -> None:
    store = WITH_TEXT
    for old, new in changes.items():
        store = changed(store, old, new)

    assert found_in(with_text(tmp_path, store=store)) == found


def test_a_byte_order_mark_and_windows_line_ends_count_for_nothing(tmp_path: Path) -> None:
    workspace = with_text(tmp_path)
    text = "\r\n".join(["", *TEXT])

    (workspace / "texts/havneby.txt").write_bytes(text.encode("utf-8-sig"))

    assert found_in(workspace) == []


# ---------------------------------------------------------------- the command


def test_the_command_tells_what_is_wrong_where_and_what_the_text_reads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = with_text(tmp_path, line_12("cirka 62 prosent", "26 prosent"))

    told = run(workspace, capsys, "check", "--evidence")

    at = place(WITH_TEXT, "havneby.web-share")
    reads = (
        "paragraph 12 reads: Ida Holm sier at 26 prosent av søknadene nå er digitale, mot 48 "
        "prosent i 2028."
    )
    assert told.code == 1
    assert told.out == ""
    assert told.err == (
        f"{at}: fact 'havneby.web-share', printed: 'cirka 62 prosent' is not "
        "in paragraph 12, letter for letter\n"
        f"  hint: {reads}\n"
        f"{at}: fact 'havneby.web-share', number: 62 is not in paragraph 12\n"
        f"  hint: {reads}\n"
        "8 facts, 6 figures, 7 dates, 8 speakers checked, 0 excused, 2 findings\n"
    )


def test_a_store_that_its_texts_confirm_gets_exit_code_0(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = run(with_text(tmp_path), capsys, "check", "--evidence")

    assert (told.code, told.out) == (0, "")
    assert told.err == "8 facts, 6 figures, 7 dates, 8 speakers checked, 0 excused, 0 findings\n"


def test_findings_and_excuses_have_the_same_keys_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = changed(WITH_TEXT, "at: {paragraph: 18}", "at: {paragraph: 99}")
    excused = "at: {paragraph: 17, excused: {speaker: the union is meant}}"
    store = changed(store, "at: {paragraph: 17}", excused)
    lines = [line.replace("mente Fagforeningen", "mente man") for line in TEXT]

    told = run(with_text(tmp_path, lines, store), capsys, "check", "--evidence", "--json")

    assert told.code == 1
    assert json.loads(told.out) == {
        "findings": [
            {
                "place": place(store, "havneby.secret-plan"),
                "kind": "paragraph",
                "fact": "havneby.secret-plan",
                "source": "havneby-2031",
                "paragraph": 99,
                "what": "99 is cited, and the text has 18",
                "hint": None,
            }
        ],
        "excused": [
            {
                "place": place(store, "havneby.one-way-in"),
                "kind": "speaker",
                "fact": "havneby.one-way-in",
                "source": "havneby-2031",
                "paragraph": 17,
                "what": "'union' is not named; paragraph 16 names Ida Holm",
                "hint": f"paragraph 16 reads: {TEXT[15]}",
                "reason": "the union is meant",
            }
        ],
        "unchecked": [],
        "counts": {
            "facts": 8,
            "figures": 6,
            "dates": 7,
            "speakers": 8,
            "excused": 1,
            "findings": 1,
        },
    }


def test_a_brief_that_copies_its_source_is_told_at_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    template = "# På nett\n\nKort sagt.\n\nÉn vei inn for alle er best, mente Fagforeningen.\n"

    told = run(with_text(tmp_path, **{NB: template}), capsys, "check", "--evidence", "--lang", "nb")

    shared = "'én vei inn for alle er best mente fagforeningen'"
    assert told.code == 1
    assert told.err.splitlines()[:2] == [
        f"{NB}:5: the text in 'nb' shares 9 words in a row: {shared}",
        "  hint: say it in our own words: at most 7 in a row of a source's",
    ]


# the change to the store, then what is told of the text
TEXTS = {
    "another language": (
        *("text: havneby.txt", "text: havneby.txt\n    language: de"),
        *("it is in 'de'", "texts can be in: nb, nn, da, en"),
    ),
    "no such file": (
        *("text: havneby.txt", "text: havn.txt"),
        *("'havn.txt' is not in {texts}", "put it there, or mend its name"),
    ),
    "outside the folder": (
        *("text: havneby.txt", "text: ../facts/havneby.yaml"),
        *("'../facts/havneby.yaml' is not in {texts}", "put it there, or mend its name"),
    ),
    "not in UTF-8": (
        *("text: havneby.txt", "text: latin.txt"),
        *("'latin.txt' can't be read", "save it as plain text in UTF-8"),
    ),
}


@pytest.mark.parametrize(("old", "new", "what", "hint"), TEXTS.values(), ids=TEXTS.keys())
def test_a_text_that_cannot_be_read_is_told_at_its_source(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    old: str,
    new: str,
    what: str,
    hint: str,
) -> None:
    workspace = with_text(tmp_path, store=changed(WITH_TEXT, old, new))
    (workspace / "texts/latin.txt").write_bytes("Årsmelding".encode("latin-1"))

    told = run(workspace, capsys, "check", "--evidence")

    assert told.code == 1
    assert told.err == (
        f"{place(WITH_TEXT, 'havneby-2031')}: source 'havneby-2031', text: "
        f"{what.format(texts=workspace / 'texts')}\n"
        f"  hint: {hint}\n"
        "0 facts, 0 figures, 0 dates, 0 speakers checked, 0 excused, 1 finding\n"
    )


def test_the_facts_of_a_source_without_a_text_are_told_as_not_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = run(with_text(tmp_path, store=STORE), capsys, "check", "--evidence")

    assert told.code == 0
    assert told.err == (
        f"{place(STORE, 'havneby-2031')}: warning: source 'havneby-2031', text: it names none, "
        "so 8 facts can't be checked\n"
        "  hint: add 'text: FILE'\n"
        "0 facts, 0 figures, 0 dates, 0 speakers checked, 0 excused, 0 findings\n"
    )


def test_without_a_folder_the_command_says_how_to_name_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KILDEFAST_SOURCES", raising=False)

    told = run(make_workspace(tmp_path), capsys, "check", "--evidence")

    assert told.code == 1
    assert told.err == (
        "templates/workspace.yaml: no folder with the texts of the sources is named\n"
        "  hint: write 'evidence: FOLDER' there, or set KILDEFAST_SOURCES to it\n"
    )


def test_a_folder_that_is_not_there_is_told_with_who_named_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = make_workspace(tmp_path)
    monkeypatch.setenv("KILDEFAST_SOURCES", str(tmp_path / "away"))

    by_variable = run(workspace, capsys, "check", "--evidence")
    write(workspace / "templates/workspace.yaml", "organisation: H\nevidence: gone\n")
    by_settings = run(workspace, capsys, "check", "--evidence")

    assert (by_variable.code, by_settings.code) == (1, 1)
    assert by_variable.err == (
        "away: the folder with the texts of the sources is not there\n"
        "  hint: make it, or mend KILDEFAST_SOURCES\n"
    )
    assert by_settings.err == (
        "gone: the folder with the texts of the sources is not there\n"
        "  hint: make it, or mend 'evidence' in workspace.yaml\n"
    )


def test_the_environment_names_the_folder_where_the_settings_do_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = make_workspace(tmp_path / "w", {"facts/havneby.yaml": WITH_TEXT})
    write(tmp_path / "elsewhere/havneby.txt", "\n".join(TEXT))
    monkeypatch.setenv("KILDEFAST_SOURCES", str(tmp_path / "elsewhere"))

    assert run(workspace, capsys, "check", "--evidence").code == 0


def test_excuses_of_an_unknown_kind_and_a_voice_that_is_nobody_are_problems(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = changed(WITH_TEXT, "at: {paragraph: 18}", "at: {paragraph: 18, excused: {year: no}}")
    store = changed(store, "text: havneby.txt", "text: havneby.txt\n    voice: onion")

    told = run(with_text(tmp_path, store=store), capsys, "check", "--evidence")

    assert told.code == 1
    assert told.err == (
        "facts/havneby.yaml:23:5: unknown speaker 'onion'\n"
        "  hint: did you mean 'union'?\n"
        "facts/havneby.yaml:117:35: unknown key 'year' in 'excused' of 'at' of fact "
        "'havneby.secret-plan'\n"
        "  hint: known: date, number, qualifier, speaker, unit, wording\n"
    )


# ---------------------------------------------------------------- the shipped store


def test_the_texts_of_the_sources_confirm_the_shipped_store_and_briefs(
    sources: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KILDEFAST_SOURCES", str(sources))

    told = run(REPOSITORY, capsys, "check", "--evidence", "--json")

    evidence = json.loads(told.out)
    assert evidence["findings"] == []
    assert told.code == 0
    assert evidence["counts"]["facts"] >= 150
    assert {each["kind"] for each in evidence["excused"]} <= {"speaker"}
    assert len(evidence["excused"]) <= 5
