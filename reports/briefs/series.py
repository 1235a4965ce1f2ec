"""The setting that has a brief made once for each row of a table, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from reports.audiences import Audience
from reports.briefs.model import SUBJECT, Brief
from reports.facts.model import Facts
from reports.fields import Fields
from reports.problems import Place, Problem, suggest

KEY = "for_each"
_WORD = re.compile(r"\{[^{}\s]*\}")


def read_for_each(fields: Fields) -> str:
    """The id of the table that a brief is made for each row of, "" for a brief that is made once.

    What names no table is kept as it is, for `series_problems` to find.
    """
    path = fields.text(KEY, required=False)
    table = PurePosixPath(path).stem
    return table if path == _path(table) else path


def series_problems(
    brief: Brief, fields: Fields, audiences: Mapping[str, Audience], facts: Facts
) -> Iterator[Problem]:
    """What keeps a brief from being made for each row of its table.

    In a brief that is made once, only a subject in its title is a fault.
    """
    title, place = fields.place_of("title"), fields.place_of(KEY)
    if not brief.for_each:
        if fields.node(KEY) is None and any(SUBJECT in text for text in brief.title.values()):
            what = f"the title of {fields.what} has {SUBJECT}, and the brief is made once"
            yield Problem(title, what, f"name the table: '{KEY}: facts/tables/….csv'")
        return
    tables = dict.fromkeys(column.partition(".")[0] for column in facts.columns)
    if brief.for_each not in tables:
        what = f"'{brief.for_each}' is no table of the store"
        yield Problem(place, what, suggest(brief.for_each, map(_path, tables)))
        return
    yield from _title_problems(brief, title)
    yield from _shared_ids(brief.for_each, facts)
    levels = [audiences[id_].access for id_ in brief.audiences if id_ in audiences]
    if levels and not facts.subjects(brief.for_each, max(levels)):
        what = f"no row of '{_path(brief.for_each)}' has a figure that its audiences may see"
        yield Problem(place, what, "add rows, or raise the access of an audience")


def _path(table: str) -> str:
    return f"facts/tables/{table}.csv"


def _title_problems(brief: Brief, place: Place) -> Iterator[Problem]:
    for code, text in brief.title.items():
        for word in _WORD.findall(text):
            if word != SUBJECT:
                what = f"the '{code}' title has {word}, which stands for nothing"
                yield Problem(place, what, f"{SUBJECT} stands for the subject's name")
        if text and SUBJECT not in text:
            what = f"the '{code}' title is the same for each subject of the series"
            yield Problem(place, what, f"let it say which, with {SUBJECT}")


def _shared_ids(table: str, facts: Facts) -> Iterator[Problem]:
    """A problem for each fact whose id a series would take for a column."""
    own = {column.removeprefix(f"{table}."): column for column in facts.columns}
    for id_, column in {**own, **dict(zip(facts.columns, facts.columns, strict=True))}.items():
        if id_ in facts.facts:
            what = f"'{id_}' is the id of a fact, and means the column '{column}' in a series"
            yield Problem(facts.facts[id_].declared, what, "rename the fact or the column")
