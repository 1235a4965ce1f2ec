"""Words that an audience is not to meet, each with the plain word to use instead.

A word of the list is found as a whole word, in capitals or small letters.  With `*` at its end
it is found with any ending: "implementer*" finds "implementering" too.  Names of figures and
tables, what charts say and what facts print are looked through like the author's own words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from reports.audiences import Audience
from reports.budgets.body import Stretch
from reports.budgets.lines import line_of
from reports.budgets.terms import Term, judged
from reports.problems import Problem


def jargon_terms(audience: Audience, language: str, told: Sequence[Stretch]) -> tuple[Term, ...]:
    """The term on jargon, none where the audience has no list in that language."""
    words = audience.jargon.get(language, {})
    listed = {word: plain for word, plain in words.items() if not _is_broken(word)}
    if not listed:
        return ()
    problems = tuple(dict.fromkeys(_uses(audience, listed, told)))
    return (judged("jargon", 0, len(problems), problems),)


def jargon_faults(audience: Audience) -> Iterator[Problem]:
    """The words of an audience's lists that could never be found."""
    for language, listed in audience.jargon.items():
        place = audience.place_of(f"jargon.{language}")
        for word in listed:
            if _is_broken(word):
                what = f"'{word}' in the jargon has '*' elsewhere than at the end of a word"
                yield Problem(place, what, "write the start of the word and one '*'")


def _is_broken(word: str) -> bool:
    return not word.strip("* ") or "*" in word.removesuffix("*")


def _uses(
    audience: Audience, listed: Mapping[str, str], told: Sequence[Stretch]
) -> Iterator[Problem]:
    pattern, plain = _pattern(listed), list(listed.values())
    for each in told:
        seen: Counter[str] = Counter()
        for found in pattern.finditer(each.text):
            word = found[0]
            seen[word] += 1
            instead = plain[int(str(found.lastgroup).removeprefix("n"))]
            fact = _printed_by(each, found.start())
            what = f"'{word}' is jargon to '{audience.id}'"
            if fact:
                what = f"{what}, in what fact '{fact}' prints"
                hint = f"write '{instead}' there, or tell it in words of your own"
                yield Problem(each.place, what, hint)
            else:
                yield Problem(line_of(each.place, word, seen[word]), what, f"write '{instead}'")


def _pattern(listed: Iterable[str]) -> re.Pattern[str]:
    """One pattern for all words, the longer ones first; its group tells the word by number."""
    numbered = sorted(enumerate(listed), key=lambda item: -len(item[1]))
    found = (f"(?P<n{number}>{_one(word)})" for number, word in numbered)
    return re.compile(rf"(?<!\w)(?:{'|'.join(found)})(?!\w)", re.IGNORECASE)


def _one(word: str) -> str:
    parts = r"\s+".join(map(re.escape, word.removesuffix("*").split()))
    return rf"{parts}\w*" if word.endswith("*") else parts


def _printed_by(stretch: Stretch, at: int) -> str:
    """The fact that prints what stands at that letter, "" for the author's own words."""
    return next((fact for start, end, fact in stretch.facts if start <= at < end), "")
