"""A tiny workspace for tests to break: an invented town, one brief, two languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from reports.briefs import Edition, Format, Workspace
from reports.build.crew.hiring import crew
from reports.build.making import Wish, build
from reports.build.outputs import Result
from reports.cli import main

REPOSITORY = Path(__file__).parents[1]
NB = "templates/channels/public.nb.md.j2"
EN = "templates/channels/public.en.md.j2"
AUDIENCE = "templates/audiences/public.yaml"

STORE = """\
themes:
  channels: {nb: kanaler, en: channels}
  staff: {nb: ansatte, en: staff}
places:
  norway: {name: {nb: Norge, en: Norway}}
  denmark: {name: {nb: Danmark, en: Denmark}}
  havneby: {name: {nb: Havneby, en: Havneby}, in: norway}
inferences:
  year-before: {nb: rapporten dekker året før, en: the report covers the year before}
measures:
  web-share: {unit: percent, name: {nb: andel på nett, en: share on the web}}
  paper-share: {unit: percent, name: {nb: andel på papir, en: share on paper}}
  head-count: {unit: count, name: {nb: antall ansatte, en: number of staff}}
  opened: {unit: date, name: {nb: åpningsdag, en: opening day}}
  answer-time: {unit: week, name: {nb: svartid, en: time to answer}}
populations:
  applications: {nb: søknader om barnehageplass, en: applications for a kindergarten place}
  employees: {nb: kommunens ansatte, en: the municipality's employees}
sources:
  havneby-2031:
    type: report
    title: Årsmelding for Havneby
    nature: {nb: kommunens egen årsmelding, en: the municipality's own annual report}
    interest: {nb: kommunen vil vise framgang, en: the municipality wants to show progress}
people:
  digital-head: {name: Ida Holm, role: {nb: digitaliseringssjef, en: head of digitalisation}}
  union: {name: {nb: Fagforeningen, en: The union}}
facts:
  havneby.web-share:
    theme: channels
    place: havneby
    statement:
      nb: "{figure} av søknadene kom på nett i {as_of}."
      en: "{figure} of applications came in on the web in {as_of}."
    figure: {value: 62, measure: web-share, among: applications, qualifier: about}
    as_of: {date: 2030, inferred: year-before}
    said_by: digital-head
    standing: reported
    source: havneby-2031
    at: {paragraph: 12, printed: cirka 62 prosent}
    recorded: 2031-04-02
  havneby.web-share-before:
    theme: channels
    place: havneby
    statement: {nb: "{figure} kom på nett i {as_of}.", en: "{figure} came in on the web in {as_of}."}
    figure: {value: 48, measure: web-share, among: applications}
    as_of: 2028
    said_by: digital-head
    standing: reported
    source: havneby-2031
    at: {paragraph: 12, printed: 48 prosent}
    recorded: 2031-04-02
  havneby.paper-share:
    theme: channels
    place: havneby
    statement: {nb: "{figure} kom på papir.", en: "{figure} came in on paper."}
    figure: {value: 8 of 10, measure: paper-share, among: employees, qualifier: nearly}
    as_of: 2030
    said_by: union
    standing: reported
    source: havneby-2031
    at: {paragraph: 13, printed: nesten åtte av ti}
    recorded: 2031-04-02
  havneby.staff:
    theme: staff
    place: havneby
    statement: {nb: "Kommunen hadde {figure} ansatte.", en: "The municipality had {figure} staff."}
    figure: {value: 4200, measure: head-count, among: employees}
    as_of: 2030-06
    said_by: union
    standing: established
    source: havneby-2031
    at: {paragraph: 14, printed: 4200 ansatte}
    recorded: 2031-04-02
  havneby.answer-time:
    theme: channels
    place: havneby
    statement: {nb: "Svaret tok {figure}.", en: "The answer took {figure}."}
    figure: {value: 3, measure: answer-time, among: applications}
    as_of: not stated
    said_by: digital-head
    standing: reported
    source: havneby-2031
    at: {paragraph: 15, printed: tre uker}
    recorded: 2031-04-02
  havneby.opened:
    theme: channels
    place: havneby
    statement: {nb: "Skjemaet åpnet {figure}.", en: "The form opened on {figure}."}
    figure: {value: XXXX-04-11, measure: opened}
    as_of: XXXX-04-11
    said_by: digital-head
    standing: established
    source: havneby-2031
    at: {paragraph: 16, printed: 11. april}
    recorded: 2031-04-02
  havneby.one-way-in:
    theme: channels
    place: norway
    statement: {nb: Alle bør søke samme sted., en: Everyone should apply in the same place.}
    as_of: 2031-01
    said_by: union
    standing: opinion
    source: havneby-2031
    at: {paragraph: 17}
    recorded: 2031-04-03
  havneby.secret-plan:
    theme: staff
    place: havneby
    statement: {nb: Skrankene legges ned., en: The counters will close.}
    as_of: 2031
    said_by: digital-head
    standing: plan
    source: havneby-2031
    at: {paragraph: 18}
    access: internal
    recorded: 2031-04-02
"""

PUBLIC = """\
name: {nb: Innbyggere, en: The public}
kind: {nb: Kort og enkelt, en: Short and simple}
to: {nb: Alle som bor her, en: Everyone who lives here}
access: public
theme: default
layout: memo
budget: {pages: 2}
"""

COUNCIL = """\
name: {nb: Bystyret, en: The council}
kind: {nb: Notat, en: Memo}
to: {nb: Bystyret, en: The council}
access: internal
theme: default
layout: memo
"""

BRIEF = """\
title: {nb: Søknader på nett, en: Applications on the web}
from: {nb: Rådgiver, en: Adviser}
date: 2031-04-10
audiences: [public]
languages: [nb, en]
formats: [pdf, docx, html]
"""

NB_TEXT = """\
# Søknadene kommer på nett

Foreldre søker helst på nett: {{ fact("havneby.web-share") }}.
"""
EN_HEAD = """\
# Applications come in on the web

Parents apply on the web: {{ fact("havneby.web-share") }}.
"""

FILES = {
    "facts/havneby.yaml": STORE,
    "templates/workspace.yaml": "organisation: Havneby kommune\n",
    "templates/names.yaml": "names: [Skjema 2.0]\n",
    AUDIENCE: PUBLIC,
    "templates/audiences/council.yaml": COUNCIL,
    "templates/channels/brief.yaml": BRIEF,
    NB: NB_TEXT,
    EN: EN_HEAD,
}


def make_workspace(root: Path, files: dict[str, str] | None = None) -> Path:
    """A workspace without faults in `root`; `files` are written over its own or beside them."""
    for name, text in {**FILES, **(files or {})}.items():
        write(root / name, text)
    return root


def write(file: Path, text: str) -> None:
    """The text as a file of that name, in folders that are made for it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def changed(text: str, old: str, new: str) -> str:
    """The text with `new` for `old`, which stands in it once."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new)


def english(body: str) -> dict[str, str]:
    """The English template, with `body` from its line 5."""
    return {EN: f"{EN_HEAD}\n{body}\n"}


@dataclass(frozen=True)
class Told:
    """What a command told the person who ran it, and its exit code."""

    code: int
    out: str
    err: str


def run(workspace: Path, capsys: pytest.CaptureFixture[str], *words: str) -> Told:
    """Run one command on the workspace."""
    capsys.readouterr()
    code = main([*words, "--workspace", str(workspace)])
    return Told(code, *capsys.readouterr())


def build_anew(
    workspace: Workspace, editions: Iterable[Edition], out: Path, jobs: int = 1
) -> Result:
    """Make the editions in all their formats, whatever is kept of them."""
    chosen = tuple(editions)
    wish = Wish(chosen, tuple(Format), lambda _: crew(jobs, "", workspace.root), anew=True)
    return build(workspace, wish, out, lambda _: None)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below the folder by its path in it, none left out."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}
