"""Stores of invented figures for tests: an entry is a line of Python, and all of them one file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from reports.briefs import load_workspace
from reports.build import resolve_all
from reports.facts.load import load_facts
from reports.facts.model import Facts
from reports.facts.quantities import Qualifier
from reports.problems import ReportError

LANGUAGES = ("nb", "en")
WORDS = """\
themes:
  channels: {nb: kanaler, en: channels}
places:
  norway: {name: {nb: Norge, en: Norway}}
  havneby: {name: {nb: Havneby, en: Havneby}, in: norway}
  fjordby: {name: {nb: Fjordby, en: Fjordby}, in: norway}
  denmark: {name: {nb: Danmark, en: Denmark}}
inferences:
  year-before: {nb: rapporten dekker året før, en: the report covers the year before}
measures:
  share: {unit: percent, name: {nb: andel på nett, en: share on the web}}
  other-share: {unit: percent, name: {nb: andel på papir, en: share on paper}}
  gap: {unit: percentage-points, name: {nb: forskjell, en: gap}}
  growth: {unit: percent, name: {nb: vekst, en: growth}}
  factor: {unit: times, name: {nb: forholdstall, en: factor}}
  staff: {unit: count, name: {nb: antall ansatte, en: number of staff}}
  cost: {unit: nok, name: {nb: kostnad, en: cost}}
  rank: {unit: rank, name: {nb: plassering, en: rank}}
  opened: {unit: date, name: {nb: åpningsdag, en: opening day}}
  hours: {unit: hour, name: {nb: ventetid i timer, en: wait in hours}}
  days: {unit: day, name: {nb: ventetid i dager, en: wait in days}}
  weeks: {unit: week, name: {nb: ventetid i uker, en: wait in weeks}}
  months: {unit: month, name: {nb: ventetid i måneder, en: wait in months}}
  years: {unit: year, name: {nb: ventetid i år, en: wait in years}}
populations:
  people: {nb: innbyggerne, en: the residents}
  parents: {nb: foreldrene, en: the parents}
  both: {nb: innbyggere og foreldre, en: residents and parents}
sources:
  report:
    type: report
    title: Årsmelding
    nature: {nb: årsmelding, en: annual report}
    interest: {nb: kommunens, en: "the municipality's"}
  survey:
    type: report
    title: Undersøkelsen
    nature: {nb: undersøkelse, en: survey}
    interest: {nb: ingens, en: "nobody's"}
people:
  head: {name: Ida Holm}
  union: {name: {nb: Fagforeningen, en: The union}}
facts:
"""
UNBASED = ("rank", "opened")
# What may be true where a figure of 1 is printed with that hedge.  "Over" sets no upper limit.
MAY_BE = {
    Qualifier.EXACT: ("1",),
    Qualifier.RECORD: ("1",),
    Qualifier.ABOUT: ("0.9", "0.97", "1", "1.03", "1.1"),
    Qualifier.NEARLY: ("0.9", "0.95", "0.999"),
    Qualifier.OVER: ("1.001", "1.1", "3"),
    Qualifier.AT_LEAST: ("1", "1.001", "3"),
    Qualifier.UNDER: ("0.999", "0.9", "0.2"),
    Qualifier.AT_MOST: ("1", "0.9", "0.2"),
    Qualifier.UP_TO: ("1", "0.9", "0.2"),
}


def sourced(
    id_: str,
    value: str,
    measure: str = "share",
    *,
    among: str = "people",
    hedge: str = "exact",
    as_of: str = "2030",
    place: str = "havneby",
    standing: str = "reported",
    said_by: str = "head",
    source: str = "report",
    recorded: str = "2031-04-02",
    more: str = "",
) -> str:
    """The entry of a fact from a source; `more` is further keys, a line each."""
    base = "" if measure in UNBASED else f", among: {among}"
    entry = (
        f"  {id_}:\n"
        "    theme: channels\n"
        f"    place: {place}\n"
        '    statement: {nb: "Det var {figure}.", en: "It was {figure}."}\n'
        f"    figure: {{value: {value}, measure: {measure}{base}, qualifier: {hedge}}}\n"
        f"    as_of: {as_of}\n"
        f"    said_by: {said_by}\n"
        f"    standing: {standing}\n"
        f"    source: {source}\n"
        "    at: {paragraph: 1, printed: as printed}\n"
        f"    recorded: {recorded}\n"
    )
    return entry + _lines(more)


def derived(id_: str, how: str, more: str = "", *, recorded: str = "2031-04-03") -> str:
    """The entry of a derived fact; `how` is what stands in the braces of `derived`."""
    return f"  {id_}:\n    derived: {{{how}}}\n    recorded: {recorded}\n{_lines(more)}"


def _lines(more: str) -> str:
    return "".join(f"    {line}\n" for line in more.splitlines())


def store(folder: Path, *entries: str) -> Facts:
    """The store of these entries."""
    (folder / "facts.yaml").write_text(WORDS + "".join(entries), "utf-8")
    return load_facts(folder, LANGUAGES)


def refusal(folder: Path, *entries: str) -> str:
    """What loading these entries says, each problem without its place; "" if it succeeds."""
    try:
        store(folder, *entries)
    except ReportError as error:
        return "\n".join(f"{problem.what}\n  hint: {problem.hint}" for problem in error.problems)
    return ""


def plain(text: str) -> str:
    """The text with ordinary spaces."""
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def said(root: Path, code: str = "en", at: str = "") -> str:
    """What the edition of a workspace in that language says, its white space made one."""
    workspace = load_workspace(root, date.fromisoformat(at) if at else None)
    editions = [edition for edition in workspace.editions() if edition.language == code]
    ((resolved,), _) = resolve_all(editions, workspace)
    return plain(" ".join(resolved.document.plain_text().split()))
