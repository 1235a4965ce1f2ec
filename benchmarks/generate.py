"""To write a workspace with many invented facts, shaped like the shipped ones, or a long series.

`python benchmarks/generate.py FOLDER [--facts N] [--files N]`, or `--subjects N`.  Each file has a source, people,
measures and populations of its own, as a file of one source has; themes, places and inferences
stand in one more.  One brief for one audience in two languages prints a few of the facts.  No two
figures are of the same quantity, so nothing contradicts anything.  The same numbers of facts and
files give the same bytes.  A series is that of the documentation with more towns in its table.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

THEMES, PLACES, PEOPLE, POPULATIONS, INFERENCES = 14, 24, 8, 6, 5
FIGURE_EVERY = 5  # facts; the shipped store has a figure in 42 of 230
# Unit, a value in it, and its hedge.
FIGURES = (
    ("percent", "{}", ""),
    ("percent", "[{}, 99]", ", qualifier: about"),
    ("percent", "{} of 100", ", qualifier: nearly"),
    ("count", "{}00", ""),
    ("count", "{}.5 million", ", qualifier: over"),
    ("nok", "{} million", ""),
    ("week", "{}", ", qualifier: up-to"),
)
STANDINGS = ("reported", "established", "opinion", "reported", "forecast", "plan")
NB_SUBJECTS = (
    *("Direktoratet", "Kommunen", "Bydelen", "Etaten", "Fylket", "Tilsynet", "Ledelsen"),
    *("Prosjektet", "Leverandøren", "Fagforeningen", "Rådet"),
)
EN_SUBJECTS = (
    *("The directorate", "The municipality", "The district", "The agency", "The county"),
    *("The inspectorate", "The management", "The project", "The supplier", "The union"),
    "The council",
)
NB_ACTS = (
    "la om innloggingen til tjenestene sine, nærmest over natten",
    "måtte skaffe pengene til fellesløsningene av egne midler",
    "fikk raskt på plass et felles skjema for søknader og klager",
    "ventet med å dele opplysninger til hjemmelen var avklart",
    "meldte at de ansatte hadde fått mer tid til hver enkelt",
    "ønsket å samle innkjøpene med naboene, ifølge rapporten",
    "regnet med at gevinsten først viser seg etter flere år",
)
EN_ACTS = (
    "changed the login to its services, almost overnight",
    "had to find the money for the shared solutions in its own funds",
    "quickly put a shared form for applications and complaints in place",
    "waited to share information until the legal basis was clear",
    "reported that the staff had more time for each person",
    "wanted to pool purchases with its neighbours, according to the report",
    "expected that the gains will only show after several years",
)
AUDIENCE = """\
name: {nb: Innbyggere, en: The public}
kind: {nb: Kort og enkelt, en: Short and simple}
to: {nb: Alle som bor her, en: Everyone who lives here}
access: public
theme: default
layout: memo
"""
BRIEF = """\
title: {nb: Mange kilder, en: Many sources}
from: {nb: Rådgiver, en: Adviser}
date: 2031-04-10
audiences: [public]
languages: [nb, en]
formats: [pdf, docx, html]
"""
SERIES = ROOT / "docs" / "series-example"
NAMES = (  # of towns: each of the first with each of the second and of the third
    (
        "As",
        "Brei",
        "Dal",
        "Elv",
        "Fal",
        "Gran",
        "Hol",
        "Kling",
        "Lang",
        "Myr",
        "Nor",
        "Ran",
        "Stor",
    ),
    ("a", "e", "er", "ing", "o", "s", "un"),
    ("by", "dal", "fjord", "heim", "nes", "stad", "vik"),
)
HEADS = {"nb": "# Dette sier kildene", "en": "# This is what the sources say"}


def write_workspace(root: Path, facts: int, files: int) -> list[Path]:
    """The fact files of a new workspace in `root`, which must not exist or be empty."""
    ids = [fact_id(number, files) for number in range(0, facts, max(1, facts // 5))]
    texts = {
        "templates/workspace.yaml": "organisation: Havneby kommune\n",
        "templates/audiences/public.yaml": AUDIENCE,
        "templates/many/brief.yaml": BRIEF,
        **{f"templates/many/public.{code}.md.j2": template(code, ids) for code in HEADS},
        "facts/vocabulary.yaml": "\n".join(vocabulary()),
    }
    for file in range(files):
        numbers = range(file, facts, files)
        texts[f"facts/{source_id(file)}.yaml"] = "\n".join(
            (*preamble(file), *entries(numbers, files))
        )
    for name, text in texts.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(f"{text.rstrip()}\n", "utf-8")
    return sorted((root / "facts").glob("*.yaml"))


def write_series(root: Path, subjects: int) -> None:
    """The documentation's series in `root`, for so many towns, as PDF and DOCX."""
    shutil.copytree(SERIES, root, dirs_exist_ok=True)
    towns = ["Havneby", *("".join(parts) for parts in product(*NAMES))][:subjects]
    if len(towns) < subjects:
        raise SystemExit(f"there are names for {len(towns)} towns")
    table = root / "facts/tables/towns.csv"
    head = table.read_text("utf-8").partition("\n")[0]
    rows = (
        f"{town},{40 + n * 37 % 900},{'' if n % 9 == 4 else 5 + n * 13 % 50},{30 + n * 7 % 65},{1 + n % 6}"
        for n, town in enumerate(towns)
    )
    table.write_text("\n".join((head, *rows, "")), "utf-8")
    survey = root / "facts/survey.yaml"
    known = survey.read_text("utf-8")
    places = (
        f"  {town.lower()}: {{name: {{en: {town}}}, in: fjordland}}\n"
        for town in towns
        if f"  {town.lower()}:" not in known
    )
    survey.write_text(known.replace("measures:\n", f"{''.join(places)}measures:\n", 1), "utf-8")
    brief = next(root.glob("templates/*/brief.yaml"))
    text = brief.read_text("utf-8")
    brief.write_text(text.replace("formats: [html, docx]", "formats: [pdf, docx]"), "utf-8")


def fact_id(number: int, files: int) -> str:
    """The id of the fact with that number in the whole store; files take turns."""
    return f"{source_id(number % files)}.fact-{number // files:04}"


def source_id(file: int) -> str:
    return f"source-{file:03}"


def template(code: str, ids: list[str]) -> str:
    """A template that prints those facts, each in a paragraph."""
    prints = (f'{{{{ statement("{id_}") }}}}' for id_ in ids)
    return "\n\n".join((HEADS[code], *prints))


def vocabulary() -> Iterator[str]:
    """The words that all files share."""
    yield "themes:"
    for n in range(THEMES):
        yield f"  theme-{n}: {{nb: tema nummer {n}, en: theme number {n}}}"
    yield "places:"
    for n in range(PLACES):
        inside = ", in: place-0" if n else ""
        yield f"  place-{n}: {{name: {{nb: Sted {n}, en: Place {n}}}{inside}}}"
    yield "inferences:"
    for n in range(INFERENCES):
        yield f"  inference-{n}:"
        yield f'    nb: "kilden har ingen dato; den omtaler årsmelding {n} og ser fram mot neste"'
        yield f'    en: "the source has no date; it reports on {n} and looks ahead to the next"'


def preamble(file: int) -> Iterator[str]:
    """What the facts of one file rest on: their source, its people, what they count."""
    id_ = source_id(file)
    yield f"# Text {file}: an invented report on digital services."
    yield "sources:"
    yield f"  {id_}:"
    yield "    type: report"
    yield f"    title: Digitalisering i praksis {file}"
    yield "    author: [{family: Holm, given: Ida}, {family: Dahl, given: Per K.}]"
    yield f"    issued: {2010 + file % 20}-08-22"
    yield '    nature: {nb: "kommunens egen årsmelding", en: "the municipality\'s own annual report"}'
    yield '    interest: {nb: "kommunen vil vise fremgang", en: "it wants to show progress"}'
    yield "people:"
    for n in range(PEOPLE):
        yield f"  {id_}-speaker-{n}:"
        yield f'    name: {{nb: "Talsperson {n} i rapport {file}", en: "Speaker {n} in report {file}"}}'
        yield '    role: {nb: "avdelingsdirektør", en: "department director"}'
    yield "measures:"
    for n, (unit, _, _) in enumerate(FIGURES):
        name = f'nb: "mål {n} i rapport {file}", en: "measure {n} of report {file}"'
        yield f"  {id_}-measure-{n}: {{unit: {unit}, name: {{{name}}}}}"
    yield "populations:"
    for n in range(POPULATIONS):
        yield f'  {id_}-group-{n}: {{nb: "gruppe {n}", en: "group {n} of report {file}"}}'


def entries(numbers: range, files: int) -> Iterator[str]:
    """The facts with those numbers in the whole store, all of one file."""
    yield "facts:"
    for own, number in enumerate(numbers):
        yield from entry(own, number, files)


def entry(own: int, number: int, files: int) -> Iterator[str]:
    """One fact; `own` is its number in its file."""
    id_, subject = source_id(number % files), number % len(NB_SUBJECTS)
    act, figure = own % len(NB_ACTS), own % FIGURE_EVERY == 0
    # Measure, population, place and year count up like the digits of one number: none comes twice.
    rest, measure = divmod(own // FIGURE_EVERY, len(FIGURES))
    rest, group = divmod(rest, POPULATIONS)
    year, place = divmod(rest, PLACES) if figure else (own % 30, own % PLACES)
    nb, en = ("{figure}: ", "{figure}: ") if figure else ("", "")
    yield f"  {fact_id(number, files)}:"
    yield f"    theme: theme-{own % THEMES}"
    yield f"    place: place-{place}"
    yield "    statement:"
    yield f'      nb: "I {{as_of}} {nb}{NB_SUBJECTS[subject]} {NB_ACTS[act]}."'
    yield f'      en: "In {{as_of}} {en}{EN_SUBJECTS[subject]} {EN_ACTS[act]}."'
    if figure:
        _, value, hedge = FIGURES[measure]
        shown = value.format(13 + own % 80)
        among = f"among: {id_}-group-{group}"
        yield f"    figure: {{value: {shown}, measure: {id_}-measure-{measure}, {among}{hedge}}}"
    yield f"    as_of: {as_of(year, own, figure=figure)}"
    yield f"    said_by: {id_}-speaker-{own % PEOPLE}"
    yield f"    standing: {STANDINGS[own % len(STANDINGS)]}"
    yield f"    source: {id_}"
    yield f'    at: {{paragraph: {1 + own // 4}, printed: "{NB_ACTS[act]}"}}'
    yield "    recorded: 2026-11-22"


def as_of(year: int, own: int, *, figure: bool) -> str:
    """A date in the shapes that the shipped facts have; a figure's is a year alone."""
    date = f"{1990 + year}"
    if not figure:
        date += ("", f"-{1 + own % 12:02}", f"-{1 + own % 12:02}-{1 + own % 28:02}")[own % 3]
    return f"{{date: {date}, inferred: inference-{own % INFERENCES}}}" if own % 4 == 1 else date


def main() -> None:
    """Write the workspace that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the new workspace; must not exist or be empty")
    parser.add_argument("--facts", type=int, default=10_000)
    parser.add_argument("--files", type=int, default=50)
    parser.add_argument("--subjects", type=int, help="write a series of so many subjects instead")
    wish = parser.parse_args()
    if wish.folder.exists() and any(wish.folder.iterdir()):
        parser.error(f"{wish.folder} is not empty")
    if wish.subjects:
        write_series(wish.folder, wish.subjects)
        return
    written = write_workspace(wish.folder, wish.facts, wish.files)
    size = sum(file.stat().st_size for file in written)
    print(f"{wish.facts} facts in {len(written)} files, {size / 1e6:.1f} MB, in {wish.folder}")


if __name__ == "__main__":
    main()
