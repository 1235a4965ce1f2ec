"""The formats that archives accept: dated lists by country, or an organisation's own.

A list is data with its sources and with what about it isn't certain; `verify` shows its date.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from reports.cases.reference import Country
from reports.facts.values import parse_day
from reports.fields import Fields
from reports.problems import Problem, raise_if_fatal
from reports.yaml import Node, read_yaml

_OWN = Path(str(files("reports.casefile.verify"))) / "accepted_formats.yaml"
_YES, _NO = "yes", "no"


@dataclass(frozen=True)
class Accepted:
    """One format of a list, by its PRONOM id.

    `beside` are the formats of which one ought to lie beside a file in this one; `condition` is
    what else holds for it, "" for nothing.
    """

    pronom: str
    name: str
    beside: tuple[str, ...]
    condition: str


@dataclass(frozen=True)
class FormatList:
    """A list as of `date`, looked up on a day.

    `judges` is false for a list by which the files of a case aren't judged, such as one for the
    handing over of whole systems.
    """

    title: str
    date: dt.date
    looked_up: dt.date
    judges: bool
    sources: tuple[str, ...]
    not_confirmed: tuple[str, ...]
    formats: dict[str, Accepted]

    @property
    def told(self) -> tuple[str, ...]:
        """What a report says of it: its name and dates, and what about it isn't certain."""
        return (self.shown, *(f"not confirmed: {each}" for each in self.not_confirmed))

    @property
    def shown(self) -> str:
        """How a report names it."""
        return f"{self.title}, as of {self.date}, looked up on {self.looked_up}"


def accepted_formats(country: Country) -> FormatList:
    """The list of that country's national archives."""
    return read_formats(_OWN)[country.value]


def own_formats(file: Path) -> FormatList:
    """An organisation's own list, the first one in its file.

    Raises ReportError with every problem of the file.
    """
    return next(iter(read_formats(file).values()))


def read_formats(file: Path) -> dict[str, FormatList]:
    """The lists of a file by their names, at least one.

    Raises ReportError with every problem of the file.
    """
    problems: list[Problem] = []
    fields = Fields(read_yaml(file), "the file of accepted formats", problems)
    lists = {name: _list(name, node, problems) for name, node, _ in fields.entries("lists")}
    fields.done()
    if not lists and not problems:
        hint = "write 'lists:' and below it one with title, date, looked_up and formats"
        fields.problem(fields.place, "there is no list of formats", hint)
    raise_if_fatal(problems)
    return lists


def _list(name: str, node: Node, problems: list[Problem]) -> FormatList:
    fields = Fields(node, f"the list '{name}'", problems)
    found = FormatList(
        title=fields.text("title"),
        date=_day(fields, "date"),
        looked_up=_day(fields, "looked_up"),
        judges=_judges(fields),
        sources=fields.words("sources"),
        not_confirmed=fields.words("not_confirmed"),
        formats={id_: _format(id_, entry, problems) for id_, entry, _ in fields.entries("formats")},
    )
    if fields.node("formats") is None:
        fields.problem(fields.place, f"{fields.what} has no 'formats'", "add 'formats: …'")
    fields.done()
    return found


def _day(fields: Fields, key: str) -> dt.date:
    if fields.node(key) is None:
        fields.problem(fields.place, f"{fields.what} has no '{key}'", f"add '{key}: 2031-04-02'")
    return fields.parsed(key, parse_day, "a date such as 2031-04-02", dt.date.min)


def _judges(fields: Fields) -> bool:
    word = fields.text("judges", required=False) or _YES
    if word not in (_YES, _NO):
        what = f"'judges' of {fields.what} is '{word}'"
        fields.problem(fields.place_of("judges"), what, f"write {_YES} or {_NO}")
    return word == _YES


def _format(id_: str, node: Node, problems: list[Problem]) -> Accepted:
    fields = Fields(node, f"format '{id_}'", problems)
    found = Accepted(
        pronom=id_,
        name=fields.text("name"),
        beside=fields.words_once("beside"),
        condition=fields.text("condition", required=False),
    )
    fields.done()
    return found
