"""The numbers and dates of a source's paragraph, as they are read before facts are checked."""

import pytest

from reports.facts.evidence.findings import as_written
from reports.facts.evidence.numbers import Kind
from reports.facts.evidence.paragraph import IDIOMS, Paragraph, load_idiom


def paragraph(text: str, language: str) -> Paragraph:
    return Paragraph(1, text, load_idiom(language))


NUMBERS_NB = {
    "digits": ("Havneby har 3 sentre.", ["3"]),
    "not within others": ("30 sentre, 2013 søknader", ["30", "2013"]),
    "grouped": ("400 000, 400.000 og 400000", ["400000", "400000", "400000"]),
    "grouped by hard spaces": ("1\N{NO-BREAK SPACE}000\N{NARROW NO-BREAK SPACE}000", ["1000000"]),
    "two beside each other": ("i 2016 500 byer", ["2016", "500"]),
    "a decimal": ("1,1 eller 11", ["1.1", "11"]),
    "millions": ("28 millioner, 1,5 mill. kroner", ["28000000", "1500000.0"]),
    "words": ("tre uker, tretti uker, en tidel av tiden", ["3", "30", "1 of 10"]),
    "words of old": ("syv, sju, tyve, tredve", ["7", "7", "20", "30"]),
    "long words": ("fire hundre og tjueni, hundre og en", ["429", "101"]),
    "thousands in words": ("tre tusen fem hundre, femtusen", ["3500", "5000"]),
    "millions in words": ("over én million, en million, sparer millioner", ["1000000", "1000000"]),
    "articles": ("en uke, et år, en by", ["1", "1"]),
    "halves": ("to og en halv time, halvannet år, en halv million", ["2.5", "1.5", "500000.0"]),
    "ranges": ("10-15, 10–15, tre-fire", ["[10, 15]", "[10, 15]", "[3, 4]"]),
    "no ranges": ("10 - 15, 10- 15, 15-10", ["10", "15", "10", "15", "15", "10"]),
    "a pair": ("mellom ti og femten", ["[10, 15]"]),
    "a change": ("fra 10 til 15", ["[10, 15]", "10", "15"]),
    "a change in millions": ("fra 1 til 3 millioner", ["[1000000, 3000000]", "1000000", "3000000"]),
    "parts": (
        "åtte av ti, 8 av de 10, én av tre, en av ti",
        ["8 of 10", "8 of 10", "1 of 3", "1 of 10"],
    ),
    "shares": (
        "halvparten, en tredjedel, to tredjedeler, tre firedeler",
        ["1 of 2", "1 of 3", "2 of 3", "3 of 4"],
    ),
    "every other": ("hver tredje og annenhver", ["1 of 3", "1 of 2"]),
    "multiples": ("dobbelt, tredoblet", ["2 times", "3 times"]),
    "ordinals": ("tredjeplass, niende gang, nummer tre, 3. plass", ["3.", "9.", "3.", "3."]),
    "the end of a sentence": ("Det var 3. Så kom 4.", ["3", "4"]),
    "long runs of digits": (f"{'1' * 9}. plass, {'1' * 5000}", ["111111111", "1" * 5000]),
    "minus": ("-3 prosent, −3 prosent, men - 3 prosent", ["-3", "-3", "3"]),
    "no numbers": ("COVID-19, CO2, 5G, 80-tallet, kl. 10.30, versjon 3.0, 2.1.2030", []),
    "dates": ("12. mars 15 ansatte, 3. og 4. mai", ["15"]),
    "the end of a range in a date": ("fra 1,5 til 12. mars", ["1.5"]),
}
NUMBERS_EN = {
    "digits": ("1,100,000 and 1.1 million", ["1100000", "1100000.0"]),
    "words": ("twenty-one, one hundred and five, a million", ["21", "105", "1000000"]),
    "shares": (
        "half, a third, two thirds, one in three, 8 out of 10",
        ["1 of 2", "1 of 3", "2 of 3", "1 of 3", "8 of 10"],
    ),
    "a year": ("30 in 2016", ["30", "2016"]),
    "ordinals": ("5th place, third", ["5.", "3."]),
    "ranges": ("between ten and fifteen", ["[10, 15]"]),
}
NUMBERS_NN = {
    "words": (
        "tre veker, tjueein, trettiåtte, fire hundre og tjueni, eitt tusen",
        ["3", "21", "38", "429", "1000"],
    ),
    "articles": ("ei veke, eit år, ein by, ein million", ["1", "1", "1000000"]),
    "halves": ("halvannan time, to og ein halv time", ["1.5", "2.5"]),
    "parts": ("åtte av ti, ein av fem, 8 av dei 10", ["8 of 10", "1 of 5", "8 of 10"]),
    "shares": (
        "halvparten, ein tredel, to tredjedelar, kvar tredje, annakvart",
        ["1 of 2", "1 of 3", "2 of 3", "1 of 3", "1 of 2"],
    ),
    "multiples": ("dobla, tredobla", ["2 times", "3 times"]),
    "ordinals": ("sjuande plass, nummer tre", ["7.", "3."]),
}
NUMBERS_DA = {
    "digits": ("4.200, 1,5 mio.", ["4200", "1500000.0"]),
    "words": (
        "tre uger, enogtyve, halvtreds, nioghalvfems, firehundrede og niogtyve, et tusind",
        ["3", "21", "50", "99", "429", "1000"],
    ),
    "sixty": ("tres, enogtres, ikke halvtreds", ["60", "61", "50"]),
    "articles": ("en uge, et år, en by, en million", ["1", "1", "1000000"]),
    "halves": ("halvanden time, to og en halv time", ["1.5", "2.5"]),
    "parts": ("otte ud af ti, en ud af fem, 8 af de 10", ["8 of 10", "1 of 5", "8 of 10"]),
    "shares": (
        "halvdelen, en tredjedel, to tredjedele, hver tredje",
        ["1 of 2", "1 of 3", "2 of 3", "1 of 3"],
    ),
    "multiples": ("fordoblet, tredobling", ["2 times", "3 times"]),
    "ordinals": ("syvende plads, nummer tre", ["7.", "3."]),
}
READ = [
    *((f"nb: {name}", "nb", text, numbers) for name, (text, numbers) in NUMBERS_NB.items()),
    *((f"nn: {name}", "nn", text, numbers) for name, (text, numbers) in NUMBERS_NN.items()),
    *((f"da: {name}", "da", text, numbers) for name, (text, numbers) in NUMBERS_DA.items()),
    *((f"en: {name}", "en", text, numbers) for name, (text, numbers) in NUMBERS_EN.items()),
]


@pytest.mark.parametrize(
    ("language", "text", "numbers"), [case[1:] for case in READ], ids=[case[0] for case in READ]
)
def test_the_numbers_of_a_paragraph_are_read_whole(
    language: str, text: str, numbers: list[str]
) -> None:
    signs = {Kind.CARDINAL: "", Kind.ORDINAL: ".", Kind.MULTIPLE: " times"}

    read = paragraph(text, language).numbers

    assert [as_written(mention.value) + signs[mention.kind] for mention in read] == numbers


@pytest.mark.parametrize("language", sorted(IDIOMS))
def test_each_word_for_a_number_is_read_as_it_and_stands_for_no_other(language: str) -> None:
    idiom = load_idiom(language)

    read = {
        word: [(as_written(m.value), m.kind) for m in paragraph(word, language).numbers]
        for words in (idiom.cardinals, idiom.ordinals)
        for word in words
    }

    cardinals = {word: [(str(n), Kind.CARDINAL)] for word, n in idiom.cardinals.items()}
    ordinals = {word: [(str(n), Kind.ORDINAL)] for word, n in idiom.ordinals.items()}
    assert read == cardinals | ordinals
    assert set(range(100)) <= set(idiom.cardinals.values())
    assert set(range(1, 32)) == set(idiom.ordinals.values())


DATES = {
    "a day": ("nb", "22. august 2020", ["2020-08-22"]),
    "a day of no year": ("nb", "den 15. juni", ["XXXX-06-15"]),
    "a day in words": ("nb", "femtende juni", ["XXXX-06-15"]),
    "two days": ("nb", "12. og 13. mars 2020", ["2020-03-12", "2020-03-13"]),
    "figures": ("nb", "15.06.2020 og 2020-06-15", ["2020-06-15", "2020-06-15"]),
    "months": ("nb", "juni 2019, i mars, mars i 2020", ["2019-06", "XXXX-03", "2020-03"]),
    "a short month": ("nb", "des. 2019, men des verre", ["2019-12"]),
    "a season": ("nb", "våren 2012, vår tid", ["2012-21"]),
    "a year": ("nb", "i 2016, ikke 20161 eller 1.2016", ["2016"]),
    "no day": ("nb", "31. februar, 3. plass", ["XXXX-02"]),
    "nynorsk": (
        "nn",
        "den 1. og 2. mai; femtande juni; sommaren 2013, hausten 2014; i mars 2020",
        ["XXXX-05-01", "XXXX-05-02", "XXXX-06-15", "2013-22", "2014-23", "2020-03"],
    ),
    "Danish": (
        "da",
        "den 12. marts 2020; tredivte juni; foråret 2012, efteråret 2014; i maj 2020",
        ["2020-03-12", "XXXX-06-30", "2012-21", "2014-23", "2020-05"],
    ),
    "English": (
        "en",
        "12 May 2020; May 12, 2020; it may be; in March",
        ["2020-05-12", "2020-05-12", "XXXX-03"],
    ),
}


@pytest.mark.parametrize(("language", "text", "dates"), DATES.values(), ids=DATES.keys())
def test_the_dates_of_a_paragraph_are_read_at_their_own_precision(
    language: str, text: str, dates: list[str]
) -> None:
    read = paragraph(text, language).dates

    assert [as_written(dated.when) for dated in read] == dates
