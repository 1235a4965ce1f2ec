"""The problems of many editions for one reader: what subjects of a series share is told once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace

from reports.briefs import Edition
from reports.problems import Problem, first_words

_DIGITS = re.compile(r"\d+")


def told_once(found: Iterable[tuple[Edition, Problem]]) -> tuple[Problem, ...]:
    """The problems that editions met, in order, each once.

    What subjects of a series meet alike is one problem, with their number and some of their ids:
    the same words in the same place, but for the subject and for numbers.  In a table, all cells
    of a column are one place.
    """
    alike: dict[Hashable, dict[str, Problem]] = {}
    times: Counter[Hashable] = Counter()
    told: set[Hashable] = set()
    for edition, problem in found:
        if (edition.document, problem) in told:  # by another audience, or in another language
            continue
        told.add((edition.document, problem))
        likeness = _likeness(problem, edition)
        times[likeness, edition.subject] += 1  # a subject may meet two that are alike: both count
        key = (likeness, times[likeness, edition.subject])
        alike.setdefault(key, {})[edition.subject] = problem
    return tuple(sorted({_one(same) for same in alike.values()}))


def _likeness(problem: Problem, edition: Edition) -> Hashable:
    """What a problem has in common with those of other subjects; all of it outside a series."""
    if not edition.subject:
        return problem
    file, line, column = problem.place.file, problem.place.line, problem.place.column
    place = (file, column) if file.suffix == ".csv" else (file, line, column)
    names = "|".join(re.escape(name) for name in (edition.subject, edition.subject_name))
    words = re.compile(rf"(?<!\w)(?:{names})(?!\w)")
    what = _DIGITS.sub("0", words.sub("@", problem.what))
    return edition.brief.id, place, what, problem.fatal


def _one(same: Mapping[str, Problem]) -> Problem:
    """One problem for all subjects that met it; it names them where it doesn't already."""
    subjects = sorted(same)
    first = min(same.values())
    if len(subjects) > 1:
        named = f"{len(subjects)} subjects: {first_words(subjects)}"
        return replace(first, what=f"{first.what} (in {named})")
    if subjects[0] and subjects[0] not in first.what:
        return replace(first, what=f"{first.what} (in {subjects[0]})")
    return first
