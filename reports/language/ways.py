"""What a language does with numbers and quotation marks, where Babel doesn't know it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Quotes:
    """Outer and inner quotation marks, opening and closing."""

    outer: tuple[str, str]
    inner: tuple[str, str]


@dataclass(frozen=True)
class Ways:
    """The ways of one language; `locale` is its name and region in Babel."""

    locale: str
    quotes: Quotes
    one: str  # the number, where it can't be taken for an article
    numbers: tuple[str, ...]  # from two to twelve
    ordinals: tuple[str, ...]  # from the first to the twelfth
    later_ordinal: str  # the rest, with their number for {}
    quantities: frozenset[str]  # other words that say how many


# Norwegian: Språkrådet, "Skriveregler" (hermeteikn).  English: the British order of the two.
# Danish: Retskrivningsordbogen § 58 names »…« first, and ‘…’ among the single ones.  Those stand
# inside, since the closing one is an apostrophe too: ›…‹ would close a word such as EU’s with ‹.
_ANGLED = Quotes(("«", "»"), ("‘", "’"))

WAYS: Mapping[str, Ways] = {
    "nb": Ways(
        locale="nb_NO",
        quotes=_ANGLED,
        one="én",
        numbers=(
            *("to", "tre", "fire", "fem", "seks", "sju", "åtte"),
            *("ni", "ti", "elleve", "tolv"),
        ),
        ordinals=(
            *("første", "andre", "tredje", "fjerde", "femte", "sjette", "sjuende", "åttende"),
            *("niende", "tiende", "ellevte", "tolvte"),
        ),
        later_ordinal="{}.",
        quantities=frozenset(
            (
                *("halvparten", "halvannen", "dobbelt", "syv", "tjue", "tyve", "hundre", "tusen"),
                *("million", "millioner", "milliard", "milliarder"),
            )
        ),
    ),
    "nn": Ways(
        locale="nn_NO",
        quotes=_ANGLED,
        one="éin",
        numbers=(
            *("to", "tre", "fire", "fem", "seks", "sju", "åtte"),
            *("ni", "ti", "elleve", "tolv"),
        ),
        ordinals=(
            *("første", "andre", "tredje", "fjerde", "femte", "sjette", "sjuande", "åttande"),
            *("niande", "tiande", "ellevte", "tolvte"),
        ),
        later_ordinal="{}.",
        quantities=frozenset(
            (
                *("halvparten", "halvannan", "dobbelt", "tjue", "hundre", "tusen"),
                *("million", "millionar", "milliard", "milliardar"),
            )
        ),
    ),
    "da": Ways(
        locale="da_DK",
        quotes=Quotes(("»", "«"), ("‘", "’")),
        one="én",
        numbers=(
            *("to", "tre", "fire", "fem", "seks", "syv", "otte"),
            *("ni", "ti", "elleve", "tolv"),
        ),
        ordinals=(
            *("første", "anden", "tredje", "fjerde", "femte", "sjette", "syvende", "ottende"),
            *("niende", "tiende", "ellevte", "tolvte"),
        ),
        later_ordinal="{}.",
        quantities=frozenset(
            (
                *("halvdelen", "halvanden", "dobbelt", "tyve", "hundred", "hundrede", "tusind"),
                *("tusinde", "million", "millioner", "milliard", "milliarder"),
            )
        ),
    ),
    "en": Ways(
        locale="en_GB",
        quotes=Quotes(("‘", "’"), ("“", "”")),
        one="one",
        numbers=(
            *("two", "three", "four", "five", "six", "seven", "eight"),
            *("nine", "ten", "eleven", "twelve"),
        ),
        ordinals=(
            *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"),
            *("ninth", "tenth", "eleventh", "twelfth"),
        ),
        later_ordinal="No.\N{NO-BREAK SPACE}{}",
        quantities=frozenset(
            (
                *("half", "double", "dozen", "twenty", "hundred", "thousand"),
                *("million", "millions", "billion", "billions"),
            )
        ),
    ),
}
