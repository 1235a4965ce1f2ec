"""The words of nynorsk texts for numbers, units, hedges and dates, where bokmål has others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from reports.facts.evidence.idiom import Idiom, phrases
from reports.facts.evidence.norwegian import norwegian
from reports.facts.quantities import Part, Qualifier, Unit

_ARTICLES = frozenset(("ein", "ei", "eit"))
_ONES = ("éin", "éi", "eitt")
_OLD = re.compile("syv|tyve|tredve")  # spellings of bokmål alone, and then whole words of it
_BOKMAAL = frozenset(("én", "ett", "etthundre", "ettusen", "annen", "annet"))
_PARTS = ("del", "delen", "delar", "delane")
_UNITS = {
    Unit.PERCENT: "prosent prosenten pst %",
    Unit.PERCENTAGE_POINTS: "prosentpoeng prosentpoenget prosentpoenga prosenteiningar",
    Unit.HOUR: "time timen timar timane timars",
    Unit.DAY: "dag dagen dagar dagane dagars døgn døgnet døgna døgns",
    Unit.WEEK: "veke veka veker vekene vekers",
    Unit.MONTH: "månad månaden månader månadene månaders mnd",
    Unit.YEAR: "år året åra års",
    Unit.NOK: "krone krona kroner kronene kr NOK",
    Unit.TIMES: "gong gongen gonger gongene",
}
_HEDGES = (
    ("om lag, omlag, omtrent, cirka, ca, ca ., rundt, omkring, kring", [Qualifier.ABOUT]),
    ("anslagsvis", [Qualifier.ABOUT]),
    ("nesten, nær, nærare, tilnærma", [Qualifier.NEARLY]),
    ("bortimot", [Qualifier.NEARLY, Qualifier.ABOUT]),
    ("knapt, snautt, i underkant av, like under", [Qualifier.NEARLY, Qualifier.UNDER]),
    ("over, godt over, langt over, meir enn, fleire enn, lenger enn", [Qualifier.OVER]),
    ("i overkant av, drygt, vel", [Qualifier.OVER]),
    ("under, godt under, langt under, mindre enn, færre enn", [Qualifier.UNDER]),
    ("minst, ikkje mindre enn, ikkje under, ikkje færre enn", [Qualifier.AT_LEAST]),
    ("høgst, maks, maks ., maksimalt, maksimum", [Qualifier.AT_MOST]),
    ("ikkje meir enn, ikkje over, ikkje fleire enn", [Qualifier.AT_MOST]),
    ("opptil, opp til, inntil", [Qualifier.UP_TO, Qualifier.AT_MOST]),
    ("opp mot", [Qualifier.UP_TO, Qualifier.NEARLY]),
    ("rekord på", [Qualifier.RECORD]),
)
_AFTER = (
    ("eller meir, eller fleire, eller lenger", [Qualifier.AT_LEAST, Qualifier.OVER]),
    ("eller mindre, eller færre", [Qualifier.AT_MOST, Qualifier.UNDER]),
    ("eller så", [Qualifier.ABOUT]),
)


def _cardinals(bokmaal: Idiom) -> dict[str, int]:
    words = dict.fromkeys(_ONES, 1) | {"eitthundre": 100, "eittusen": 1000}
    for word, number in _shared(bokmaal.cardinals).items():
        if 20 < number < 100 and number % 10 == 1:  # tjueen
            stem = re.sub("(en|én|ett)$", "", word)
            words |= {f"{stem}{one}": number for one in ("ein", "éin", "eitt")}
        else:
            words[word] = number
    return words


def _shared(words: Mapping[str, int]) -> dict[str, int]:
    """The words of bokmål that nynorsk has, too."""
    return {
        word: number
        for word, number in words.items()
        if word not in _BOKMAAL and not _OLD.search(word)
    }


def _ordinals(bokmaal: Idiom) -> dict[str, int]:
    words = {word.replace("ende", "ande"): n for word, n in _shared(bokmaal.ordinals).items()}
    return words | {"fyrste": 1, "annan": 2, "anna": 2}


def _fractions(numbers: dict[str, int]) -> dict[str, int]:
    stems = {word: number for word, number in numbers.items() if 3 <= number <= 12}
    return {f"{stem}{end}": number for stem, number in stems.items() for end in _PARTS}


def _multiples(cardinals: dict[str, int]) -> dict[str, int]:
    ends = ("dobla", "doblar", "dobling", "doblinga", "dobbelt")
    twice = dict.fromkeys((*ends, "fordobla", "fordobling", "fordoblinga", "dobbel", "doble"), 2)
    stems = {word: number for word, number in cardinals.items() if 3 <= number <= 12}
    return twice | {f"{stem}{end}": number for stem, number in stems.items() for end in ends}


def nynorsk() -> Idiom:
    """The idiom of nynorsk."""
    bokmaal = norwegian()
    cardinals, ordinals = _cardinals(bokmaal), _ordinals(bokmaal)
    seasons = dict.fromkeys(("vår", "våren"), 21) | dict.fromkeys(("sommar", "sommaren"), 22)
    seasons |= dict.fromkeys(("haust", "hausten"), 23) | dict.fromkeys(("vinter", "vinteren"), 24)
    return replace(
        bokmaal,
        code="nn",
        cardinals=cardinals,
        ordinals=ordinals,
        articles=_ARTICLES,
        scales={"hundre": 100, "tusen": 1000}
        | dict.fromkeys(("million", "millionar", "mill"), 1_000_000)
        | dict.fromkeys(("milliard", "milliardar", "mrd"), 1_000_000_000),
        one_and_a_half=frozenset(("halvannan", "halvanna")),
        of_all=frozenset(("dei", "alle", "kvar", "kvart")),
        fractions=_fractions(cardinals) | _fractions(ordinals) | {"kvart": 4, "kvarte": 4},
        shares=dict.fromkeys(("halvparten", "halvdelen"), Part(1, 2))
        | dict.fromkeys(("annankvar", "annakvart"), Part(1, 2)),
        every=frozenset(("kvar", "kvart")),
        multiples=_multiples(cardinals),
        between="mellom",
        units={unit: frozenset(words.split()) for unit, words in _UNITS.items()},
        fills=frozenset(
            ("siste", "neste", "første", "heile", "fulle", "lange", "korte", "norske", "følgjande")
        ),
        leads=frozenset(("heile", "dei", "kr", "NOK", "kroner")),
        hedges=phrases(_HEDGES),
        after=phrases(_AFTER),
        seasons=seasons,
    )
