"""The words of Danish texts for numbers, units, hedges and dates."""

from __future__ import annotations

from reports.facts.evidence.idiom import Idiom, months_of, phrases, short_months_of, spelled
from reports.facts.quantities import Part, Qualifier, Unit

_ARTICLES = frozenset(("en", "et"))
_ONES = ("én", "ét")
_PARTS = ("del", "delen", "dele", "delene")
_MONTHS = (
    *("januar jan", "februar feb febr", "marts", "april apr", "maj", "juni", "juli"),
    *("august aug", "september sep sept", "oktober okt", "november nov", "december dec"),
)
_UNITS = {
    Unit.PERCENT: "procent procenten pct %",
    Unit.PERCENTAGE_POINTS: "procentpoint procentpointet procentpointene procentenheder",
    Unit.HOUR: "time timen timer timerne timers",
    Unit.DAY: "dag dagen dage dagene dages døgn døgnet døgnene døgns",
    Unit.WEEK: "uge ugen uger ugerne ugers",
    Unit.MONTH: "måned måneden måneder månederne måneders mdr",
    Unit.YEAR: "år året årene års",
    Unit.NOK: "NOK norske",  # as in "norske kroner": Danish kroner are other money
    Unit.TIMES: "gang gange gangene",
}
_HEDGES = (
    ("omkring, cirka, ca, ca ., omtrent, rundt regnet, anslagsvis", [Qualifier.ABOUT]),
    ("næsten, nær, tæt på", [Qualifier.NEARLY]),
    ("henved, hen ved, henimod, hen imod", [Qualifier.NEARLY, Qualifier.ABOUT]),
    ("knap, knapt, lige under, i underkanten af", [Qualifier.NEARLY, Qualifier.UNDER]),
    ("over, lidt over, langt over, mere end, flere end, længere end", [Qualifier.OVER]),
    ("godt, i overkanten af", [Qualifier.OVER]),
    ("under, langt under, mindre end, færre end", [Qualifier.UNDER]),
    ("mindst, minimum, ikke mindre end, ikke under, ikke færre end", [Qualifier.AT_LEAST]),
    ("højst, maks, maks ., maksimalt, maksimum", [Qualifier.AT_MOST]),
    ("ikke mere end, ikke over, ikke flere end", [Qualifier.AT_MOST]),
    ("op til, indtil", [Qualifier.UP_TO, Qualifier.AT_MOST]),
    ("op mod", [Qualifier.UP_TO, Qualifier.NEARLY]),
    ("rekord på", [Qualifier.RECORD]),
)
_AFTER = (
    ("eller mere, eller flere, eller længere", [Qualifier.AT_LEAST, Qualifier.OVER]),
    ("eller mindre, eller færre", [Qualifier.AT_MOST, Qualifier.UNDER]),
    ("eller deromkring", [Qualifier.ABOUT]),
)


def _cardinals() -> dict[str, int]:
    # num2words 0.5.14 has "treds" for 60, which is "tres"; "halvtreds" is 50.
    small = {
        word if "halvtreds" in word else word.replace("treds", "tres"): number
        for word, number in spelled("da", range(2, 100))
    }
    words = {"nul": 0, **small, **dict.fromkeys(_ONES, 1)}
    for hundred, thousand in (("hundred", "tusind"), ("hundrede", "tusinde")):
        words |= {f"{word}{hundred}": number * 100 for word, number in small.items() if number < 10}
        words |= {f"{word}{thousand}": number * 1000 for word, number in small.items()}
        words |= {f"et{hundred}": 100, f"et{thousand}": 1000, f"hundred{thousand}": 100_000}
    return words


def _ordinals() -> dict[str, int]:
    # num2words 0.5.14 has "tredivete" for 30th.
    words = dict(spelled("da", range(1, 32), "ordinal"))
    return {word.replace("tredivete", "tredivte"): n for word, n in words.items()} | {"andet": 2}


def _fractions() -> dict[str, int]:
    stems = {word: number for word, number in _ordinals().items() if 3 <= number <= 12}
    return {f"{stem}{end}": number for stem, number in stems.items() for end in _PARTS}


def _multiples() -> dict[str, int]:
    ends = ("dobbelt", "doblet", "dobling", "doblingen", "dobles", "doblede")
    twice = ("dobbelt", "dobbelte", *(f"for{end}" for end in ends[1:]))
    stems = {word: number for word, number in _cardinals().items() if 3 <= number <= 12}
    return dict.fromkeys(twice, 2) | {
        f"{stem}{end}": number for stem, number in stems.items() for end in ends
    }


def danish() -> Idiom:
    """The idiom of Danish."""
    seasons = dict.fromkeys(("forår", "foråret"), 21) | dict.fromkeys(("sommer", "sommeren"), 22)
    seasons |= dict.fromkeys(("efterår", "efteråret"), 23)
    seasons |= dict.fromkeys(("vinter", "vinteren"), 24)
    return Idiom(
        code="da",
        decimal=",",
        grouping=".",
        cardinals=_cardinals(),
        ordinals=_ordinals(),
        articles=_ARTICLES,
        scales=dict.fromkeys(("hundred", "hundrede"), 100)
        | dict.fromkeys(("tusind", "tusinde"), 1000)
        | dict.fromkeys(("million", "millioner", "mio"), 1_000_000)
        | dict.fromkeys(("milliard", "milliarder", "mia"), 1_000_000_000),
        joints=frozenset(("og",)),
        half=frozenset(("halv", "halvt", "halve")),
        one_and_a_half=frozenset(("halvanden", "halvandet")),
        of=(("af",), ("ud", "af")),
        of_all=frozenset(("de", "alle", "hver", "hvert")),
        fractions=_fractions() | {"kvart": 4, "kvarte": 4},
        shares={"halvdelen": Part(1, 2), "hveranden": Part(1, 2)},
        every=frozenset(("hver", "hvert")),
        multiples=_multiples(),
        numbered=frozenset(("nummer", "nr")),
        rank_words=frozenset(("plads", "pladsen", "placering", "placeringen")),
        ordinal_signs=frozenset(),
        spans=frozenset(("til",)),
        between="mellem",
        pairs="og",
        either=frozenset(("eller", "mod")),
        units={unit: frozenset(words.split()) for unit, words in _UNITS.items()},
        before_number={Unit.NOK: frozenset(("NOK",))},
        fills=frozenset(
            ("sidste", "seneste", "næste", "første", "hele", "fulde", "lange", "korte", "følgende")
        ),
        leads=frozenset(("hele", "de", "NOK")),
        hedges=phrases(_HEDGES),
        after=phrases(_AFTER),
        record="rekord",
        months=months_of(_MONTHS),
        short_months=short_months_of(_MONTHS),
        of_year=frozenset(("i",)),
        month_first=False,
        capital_months=False,
        seasons=seasons,
    )
