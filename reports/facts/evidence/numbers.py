"""A paragraph's numbers: what they say, in digits or in words, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum

from reports.facts.evidence.idiom import Idiom
from reports.facts.evidence.tokens import DASHES, Tokens
from reports.facts.quantities import Number, Part, Range

_MINUS = ("-", "\N{MINUS SIGN}")
_YEARS = range(1900, 2100)


class Kind(Enum):
    """How a number is written: "three", "third" or "threefold"."""

    CARDINAL = "cardinal"
    ORDINAL = "ordinal"
    MULTIPLE = "multiple"


@dataclass(frozen=True)
class Mention:
    """A number that the text says, from the token `first` to the one before `beyond`."""

    value: Number | Range | Part
    first: int
    beyond: int
    kind: Kind = Kind.CARDINAL


@dataclass(frozen=True)
class _Read:
    """A cardinal that ends before the token `beyond`; `scale` is a million for "28 million"."""

    value: Decimal
    beyond: int
    scale: int = 1


def read_numbers(tokens: Tokens, idiom: Idiom, taken: frozenset[int]) -> tuple[Mention, ...]:
    """The numbers of a text in their order; `taken` are the tokens that belong to dates.

    A range with a dash and "eight of ten" are one number each: their ends are none of their own.
    "From 10 to 15" is a range and both its ends, since it may tell of a change.
    """
    found: list[Mention] = []
    index = 0
    while index < len(tokens):
        mentions = () if index in taken else tuple(_mentions_at(tokens, index, idiom))
        mentions = tuple(m for m in mentions if taken.isdisjoint(range(m.first, m.beyond)))
        found += mentions
        index = max((mention.beyond for mention in mentions), default=index + 1)
    return tuple(found)


def _mentions_at(tokens: Tokens, index: int, idiom: Idiom) -> Iterator[Mention]:
    other = _share(tokens, index, idiom) or _multiple(tokens, index, idiom)
    other = other or _ordinal(tokens, index, idiom)
    read = None if other else _cardinal(tokens, index, idiom)
    if other:
        yield other
    elif read:
        part = _part(tokens, index, read, idiom)
        yield from [part] if part else _range_or_number(tokens, index, read, idiom)


def _looked_up(tokens: Tokens, index: int, words: Mapping[str, int]) -> tuple[int, int] | None:
    """The value of the word there, or of the hyphenated one, and how many tokens it takes."""
    if tokens[index + 1].text == "-" and tokens[index + 1].glued:
        joined = "".join(tokens.words(index, 3))
        if joined in words:
            return words[joined], 3
    word = tokens[index].word
    return (words[word], 1) if word in words else None


# ---------------------------------------------------------------- a cardinal


def _cardinal(tokens: Tokens, index: int, idiom: Idiom) -> _Read | None:
    """A number in digits or words, with its half and its scale."""
    read = _in_digits(tokens, index, idiom) or _in_words(tokens, index, idiom)
    read = read or _halved(tokens, index, idiom)
    if read is None:
        return None
    read = _with_half(tokens, read, idiom)
    while scale := idiom.scales.get(tokens[read.beyond].word):
        beyond = read.beyond + 1
        point, after = tokens[beyond], tokens[beyond + 1]
        shortened = point.text == "." and point.glued and after.text[0].islower()  # "mill. kroner"
        read = _Read(read.value * scale, beyond + shortened, read.scale * scale)
    return read


def _in_digits(tokens: Tokens, index: int, idiom: Idiom) -> _Read | None:
    negative = tokens[index].text in _MINUS and not tokens[index].glued and tokens[index + 1].glued
    at = index + 1 if negative else index
    token = tokens[at]
    if not token.is_digits or _in_word(tokens, at):
        return None
    value = _decimal(token.text, idiom)
    return None if value is None else _Read(-value if negative else value, at + 1)


def _in_word(tokens: Tokens, at: int) -> bool:
    """Whether digits are part of a word: CO2, 5G, COVID-19, 80-tallet."""
    before, after = tokens[at - 1], tokens[at + 1]
    follows = before.is_word or (before.text == "-" and before.glued and tokens[at - 2].is_word)
    leads = after.is_word or (after.text == "-" and tokens[at + 2].glued and tokens[at + 2].is_word)
    return (tokens[at].glued and follows) or (after.glued and leads)


def _decimal(text: str, idiom: Idiom) -> Decimal | None:
    """The value of a run of digits; None for clock times, versions and the like."""
    whole, sign, fraction = text.partition(idiom.decimal)
    groups = re.split(rf"[\s{re.escape(idiom.grouping)}]", whole)
    if not all(group.isdecimal() for group in groups) or (sign and not fraction.isdecimal()):
        return None
    if any(len(group) != 3 for group in groups[1:]):
        return None
    return Decimal("".join(groups) + sign.replace(",", ".") + fraction)


def _in_words(tokens: Tokens, index: int, idiom: Idiom) -> _Read | None:
    """A number such as "four hundred and twenty-nine"."""
    at, current, total, scale = index, 0, 0, 1
    if _is_one(tokens, index, idiom):
        at, current = index + 1, 1
    while True:
        joint = at > index and max(current, total) >= 100 and tokens[at].word in idiom.joints
        small = _looked_up(tokens, at + joint, idiom.cardinals)
        if joint and tokens[at + 1].word in idiom.articles:  # "hundre og en"
            small = (1, 1)
        step = idiom.scales.get(tokens[at].word, 0)
        if small and (current % 100 == 0 or (small[0] < 10 and current % 10 == 0)):
            current, at = current + small[0], at + joint + small[1]
        elif step == 100 or (step == 1000 and current == total == 0):
            current, at = max(current, 1) * step, at + 1
        elif step and current:
            total, current, at, scale = total + current * step, 0, at + 1, step
        else:
            break
    return _Read(Decimal(total + current), at, scale) if at > index else None


def _is_one(tokens: Tokens, index: int, idiom: Idiom) -> bool:
    """Whether an article is the number one there: before a unit, a scale or "of ten"."""
    if tokens[index].word not in idiom.articles:
        return False
    after = tokens[index + 1].word
    if after in idiom.scales or any(after in words for words in idiom.units.values()):
        return True
    wholes = (
        tokens[index + 1 + len(phrase)]
        for phrase in idiom.of
        if tokens.words(index + 1, len(phrase)) == phrase
    )
    return any(whole.is_digits or whole.word in idiom.cardinals for whole in wholes)


def _halved(tokens: Tokens, index: int, idiom: Idiom) -> _Read | None:
    """One and a half as a word of its own, and "half a" before a scale or a unit."""
    if tokens[index].word in idiom.one_and_a_half:
        return _Read(Decimal("1.5"), index + 1)
    if tokens[index].word in idiom.articles and tokens[index + 1].word in idiom.half:
        return _Read(Decimal("0.5"), index + 2)
    return None


def _with_half(tokens: Tokens, read: _Read, idiom: Idiom) -> _Read:
    """The number with the half that follows it: "two and a half"."""
    joint, article, half = tokens.words(read.beyond, 3)
    if joint in idiom.joints and article in idiom.articles and half in idiom.half:
        return _Read(read.value + Decimal("0.5"), read.beyond + 3)
    return read


# ---------------------------------------------------------------- two numbers in one


def _part(tokens: Tokens, index: int, read: _Read, idiom: Idiom) -> Mention | None:
    """So many of so many, or of the "third" that follows."""
    fraction = _looked_up(tokens, read.beyond, idiom.fractions)
    if fraction and 0 < read.value < fraction[0]:
        value = Part(int(read.value), fraction[0])
        return Mention(value, index, read.beyond + fraction[1])
    for phrase in idiom.of:
        at = read.beyond + len(phrase)
        if tokens.words(read.beyond, len(phrase)) != phrase:
            continue
        whole = _cardinal(tokens, at + (tokens[at].word in idiom.of_all), idiom)
        if whole and 0 < read.value <= whole.value and not _is_year(whole):
            return Mention(Part(int(read.value), int(whole.value)), index, whole.beyond)
    return None


def _is_year(read: _Read) -> bool:
    return read.scale == 1 and read.value in _YEARS


def _range_or_number(tokens: Tokens, index: int, read: _Read, idiom: Idiom) -> Iterator[Mention]:
    at = read.beyond
    other = _cardinal(tokens, at + 1, idiom) if _leads_on(tokens, index, at, idiom) else None
    if other and read.scale == 1 < other.scale and read.value * other.scale < other.value:
        read = replace(read, value=read.value * other.scale)
    if other is None or read.value >= other.value:
        yield Mention(Number(read.value), index, read.beyond)
        return
    yield Mention(Range(Number(read.value), Number(other.value)), index, other.beyond)
    if tokens[at].word in idiom.spans:
        yield Mention(Number(read.value), index, read.beyond)
        yield Mention(Number(other.value), at + 1, other.beyond)


def _leads_on(tokens: Tokens, index: int, at: int, idiom: Idiom) -> bool:
    """Whether the token after a number may lead to the other end of a range."""
    token, after = tokens[at], tokens[at + 1]
    if token.text in DASHES:
        return token.glued == after.glued and (token.glued or token.text != "-")
    paired = tokens[index - 1].word == idiom.between and token.word == idiom.pairs
    return paired or token.word in idiom.spans


# ---------------------------------------------------------------- other kinds


def _share(tokens: Tokens, index: int, idiom: Idiom) -> Mention | None:
    """A part that is said without two numbers: "half", "a third", "every third"."""
    word = tokens[index].word
    if word in idiom.shares:
        return Mention(idiom.shares[word], index, index + 1)
    nth = _looked_up(tokens, index + 1, idiom.ordinals)
    if word in idiom.every and nth and nth[0] > 1:
        return Mention(Part(1, nth[0]), index, index + 1 + nth[1])
    width = 1 if word in idiom.articles else 0
    fraction = _looked_up(tokens, index + width, idiom.fractions)
    if fraction and (width or word not in idiom.ordinals):
        return Mention(Part(1, fraction[0]), index, index + width + fraction[1])
    return None


def _multiple(tokens: Tokens, index: int, idiom: Idiom) -> Mention | None:
    times = idiom.multiples.get(tokens[index].word)
    return Mention(Number(Decimal(times)), index, index + 1, Kind.MULTIPLE) if times else None


def _ordinal(tokens: Tokens, index: int, idiom: Idiom) -> Mention | None:
    """A place in an order: "third", "third place" in one word, "3.", "number three"."""
    if found := _looked_up(tokens, index, idiom.ordinals) or _place(tokens, index, idiom):
        return Mention(Number(Decimal(found[0])), index, index + found[1], Kind.ORDINAL)
    if tokens[index].word not in idiom.numbered | idiom.rank_words:
        return None
    at = index + (2 if tokens[index + 1].text == "." else 1)
    read = _cardinal(tokens, at, idiom)
    return Mention(Number(read.value), index, read.beyond, Kind.ORDINAL) if read else None


def _place(tokens: Tokens, index: int, idiom: Idiom) -> tuple[int, int] | None:
    """The value and width of an ordinal in digits or in a compound."""
    token, sign, after = tokens[index], tokens[index + 1], tokens[index + 2]
    if token.text.isdecimal() and len(token.text) < 5 and sign.glued:
        point = sign.text == "." and after.is_word and after.text[0].islower() and not after.glued
        if point or sign.word in idiom.ordinal_signs:
            return int(token.text), 2
    for place in idiom.rank_words:
        stem = token.word.removesuffix(place)
        if stem != token.word and stem in idiom.ordinals:
            return idiom.ordinals[stem], 1
    return None
