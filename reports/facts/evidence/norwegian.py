"""The words of Norwegian (bokmål) texts for numbers, units, hedges and dates."""

from __future__ import annotations

from reports.facts.evidence.idiom import Idiom, months_of, phrases, short_months_of, spelled
from reports.facts.quantities import Part, Qualifier, Unit

_SPELLINGS = (("syv", "sju"), ("tjue", "tyve"), ("tretti", "tredve"))
_ONES = ("én", "ett", "éin")
_ARTICLES = frozenset(("en", "et", "ei"))
# num2words 0.5.14 has "trettførste" for 13th, "femtende" for 15th and "trettiende" for 30th.
_ORDINALS = {"annen": 2, "annet": 2, "trettende": 13, "femtende": 15, "trettiende": 30}
_PARTS = ("del", "delen", "deler", "delene")

_MONTHS = (
    *("januar jan", "februar feb febr", "mars", "april apr", "mai", "juni", "juli"),
    *("august aug", "september sep sept", "oktober okt", "november nov", "desember des"),
)
_UNITS = {
    Unit.PERCENT: "prosent prosenten pst %",
    Unit.PERCENTAGE_POINTS: "prosentpoeng prosentpoenget prosentpoengene prosentenheter",
    Unit.HOUR: "time timen timer timene timers",
    Unit.DAY: "dag dagen dager dagene dagers døgn døgnet døgnene døgns",
    Unit.WEEK: "uke uka uken uker ukene ukers",
    Unit.MONTH: "måned måneden måneder månedene måneders mnd",
    Unit.YEAR: "år året årene åra års",
    Unit.NOK: "krone kronen kroner kronene kr NOK",
    Unit.TIMES: "gang ganger gangene",
}
_HEDGES = (
    ("om lag, omlag, omtrent, cirka, ca, ca ., rundt, omkring, anslagsvis", [Qualifier.ABOUT]),
    ("nesten, nær, nærmere, tilnærmet", [Qualifier.NEARLY]),
    ("bortimot", [Qualifier.NEARLY, Qualifier.ABOUT]),
    ("knapt, snaut, i underkant av, like under", [Qualifier.NEARLY, Qualifier.UNDER]),
    ("over, godt over, langt over, mer enn, flere enn, fler enn, lenger enn", [Qualifier.OVER]),
    ("i overkant av, drøyt, drøye, vel", [Qualifier.OVER]),
    ("under, godt under, langt under, mindre enn, færre enn", [Qualifier.UNDER]),
    ("minst, ikke mindre enn, ikke under, ikke færre enn", [Qualifier.AT_LEAST]),
    ("høyst, maks, maks ., maksimalt, maksimum", [Qualifier.AT_MOST]),
    ("ikke mer enn, ikke over, ikke flere enn", [Qualifier.AT_MOST]),
    ("opptil, opp til, inntil", [Qualifier.UP_TO, Qualifier.AT_MOST]),
    ("opp mot", [Qualifier.UP_TO, Qualifier.NEARLY]),
    ("rekord på", [Qualifier.RECORD]),
)
_AFTER = (
    ("eller mer, eller flere, eller lenger", [Qualifier.AT_LEAST, Qualifier.OVER]),
    ("eller mindre, eller færre", [Qualifier.AT_MOST, Qualifier.UNDER]),
    ("eller så", [Qualifier.ABOUT]),
)


def _cardinals() -> dict[str, int]:
    small = dict(spelled("no", range(2, 100)))
    for common, other in _SPELLINGS:
        small |= {word.replace(common, other): number for word, number in small.items()}
    for word, number in list(small.items()):
        if word.endswith("en") and number > 20 and number % 10 == 1:
            small |= {f"{word[:-2]}{one}": number for one in ("én", "ett")}
    words = {"null": 0, **small, **dict.fromkeys(_ONES, 1)}
    words |= {f"{word}hundre": number * 100 for word, number in small.items() if number < 10}
    words |= {f"{word}tusen": number * 1000 for word, number in small.items()}
    return words | {"etthundre": 100, "ettusen": 1000, "hundretusen": 100_000}


def _ordinals() -> dict[str, int]:
    words = dict(spelled("no", range(1, 32), "ordinal"))
    words.pop("trettførste", None)
    words |= _ORDINALS
    return words | {word.replace("syv", "sju"): number for word, number in words.items()}


def _fractions() -> dict[str, int]:
    stems = {word: number for word, number in _ordinals().items() if 3 <= number <= 12}
    stems |= {word: number for word, number in _cardinals().items() if 3 <= number <= 12}
    return {f"{stem}{end}": number for stem, number in stems.items() for end in _PARTS}


def _multiples() -> dict[str, int]:
    ends = ("doblet", "dobling", "doblingen", "dobbelt", "dobles", "doblede")
    twice = dict.fromkeys((*ends, "fordoblet", "fordobling", "fordobles", "dobbel", "doble"), 2)
    stems = {word: number for word, number in _cardinals().items() if 3 <= number <= 12}
    return twice | {f"{stem}{end}": number for stem, number in stems.items() for end in ends}


def norwegian() -> Idiom:
    """The idiom of bokmål."""
    seasons = dict.fromkeys(("vår", "våren"), 21) | dict.fromkeys(("sommer", "sommeren"), 22)
    seasons |= dict.fromkeys(("høst", "høsten"), 23) | dict.fromkeys(("vinter", "vinteren"), 24)
    return Idiom(
        code="nb",
        decimal=",",
        grouping=".",
        cardinals=_cardinals(),
        ordinals=_ordinals(),
        articles=_ARTICLES,
        scales={"hundre": 100, "tusen": 1000}
        | dict.fromkeys(("million", "millioner", "mill"), 1_000_000)
        | dict.fromkeys(("milliard", "milliarder", "mrd"), 1_000_000_000),
        joints=frozenset(("og",)),
        half=frozenset(("halv", "halvt", "halve")),
        one_and_a_half=frozenset(("halvannen", "halvannet", "halvanna")),
        of=(("av",),),
        of_all=frozenset(("de", "alle", "hver", "hvert")),
        fractions=_fractions() | {"kvart": 4, "kvarte": 4},
        shares=dict.fromkeys(("halvparten", "halvdelen"), Part(1, 2))
        | dict.fromkeys(("annenhver", "annethvert"), Part(1, 2)),
        every=frozenset(("hver", "hvert")),
        multiples=_multiples(),
        numbered=frozenset(("nummer", "nr")),
        rank_words=frozenset(("plass", "plassen", "plasseringen", "plassering")),
        ordinal_signs=frozenset(),
        spans=frozenset(("til",)),
        between="mellom",
        pairs="og",
        either=frozenset(("eller", "mot")),
        units={unit: frozenset(words.split()) for unit, words in _UNITS.items()},
        before_number={Unit.NOK: frozenset(("kr", "NOK", "kroner"))},
        fills=frozenset(
            ("siste", "neste", "første", "hele", "fulle", "lange", "korte", "norske", "påfølgende")
        ),
        leads=frozenset(("hele", "de", "kr", "NOK", "kroner")),
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
