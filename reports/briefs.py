"""A workspace's settings: organisation, audiences, briefs, and the editions that follow.

An edition is brief × audience × language; an output is an edition in one format.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path

from reports.facts.model import Access, Facts
from reports.facts.stored import load_cached
from reports.facts.values import parse_day
from reports.facts.versions import as_recorded
from reports.fields import ID, Fields
from reports.language import languages as known_languages
from reports.problems import Place, Problem, ReportError, raise_if_fatal, suggest
from reports.themes import Layout, Theme, load_theme
from reports.yaml import Mapping, read_yaml

RESERVED = ("themes", "shared")


class Format(Enum):
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"


class Expired(Enum):
    """What an audience makes of facts that are past their `valid_until`."""

    WARN = "warn"
    REFUSE = "refuse"


@dataclass(frozen=True)
class Audience:
    """Who reads; `pages` is the most pages of body, 0 for no limit.

    `kind` is what the masthead calls the document, `to` its recipient.
    """

    id: str
    name: dict[str, str]
    kind: dict[str, str]
    to: dict[str, str]
    access: Access
    theme: str
    layout: Layout
    pages: int
    expired: Expired
    declared: Place


@dataclass(frozen=True)
class Brief:
    """A document to be written; `sender` is who it is from.

    `declared` is where its audiences are named.
    """

    id: str
    title: dict[str, str]
    sender: dict[str, str]
    date: date
    case: str
    audiences: tuple[str, ...]
    languages: tuple[str, ...]
    formats: tuple[Format, ...]
    folder: Path
    declared: Place


@dataclass(frozen=True)
class Edition:
    brief: Brief
    audience: Audience
    language: str

    @property
    def name(self) -> str:
        """`<brief>/<audience>.<lang>`, the output's path without format."""
        return f"{self.brief.id}/{self.audience.id}.{self.language}"

    @property
    def template(self) -> Path:
        return self.brief.folder / f"{self.audience.id}.{self.language}.md.j2"


@dataclass(frozen=True)
class Workspace:
    """A folder with `facts/` and `templates/`, loaded.

    `facts` are those of `day` if an earlier day was asked for; what is stale is judged by it.
    `evidence` is the folder with the texts of the sources, None where the settings name none.
    `warnings` are what loading met that stops nothing.
    """

    root: Path
    day: date
    organisation: dict[str, str]
    evidence: Path | None
    names: tuple[str, ...]
    audiences: dict[str, Audience]
    briefs: dict[str, Brief]
    themes: dict[str, Theme]
    facts: Facts
    warnings: tuple[Problem, ...]

    @property
    def templates(self) -> Path:
        return self.root / "templates"

    @property
    def cache(self) -> Path:
        """The folder for what can be made again: fonts, and pages over their limit."""
        return self.root / ".cache"

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the briefs are written in."""
        return tuple(dict.fromkeys(c for brief in self.briefs.values() for c in brief.languages))

    def theme(self, edition: Edition) -> Theme:
        """The theme that an edition is set in."""
        return self.themes[edition.audience.theme]

    def editions(self) -> tuple[Edition, ...]:
        """All editions, in the order of the briefs' settings."""
        return tuple(
            Edition(brief, self.audiences[audience], language)
            for brief in self.briefs.values()
            for audience in brief.audiences
            for language in brief.languages
        )


def load_workspace(root: Path, at: date | None = None) -> Workspace:
    """The workspace in that folder, its facts and settings checked.

    With `at`, the facts are those that were recorded by the end of that day.

    Raises ReportError with every problem of all settings and fact files at once.
    """
    problems: list[Problem] = []
    templates = root / "templates"
    briefs = _briefs(templates, problems)
    codes = tuple(dict.fromkeys(code for brief in briefs for code in brief.languages))
    organisation, evidence = _settled(templates, codes, problems)
    names = _names(templates, problems)
    audiences = _audiences(templates, codes, problems)
    themes = _themes(templates, audiences, problems)
    facts = None
    warnings: tuple[Problem, ...] = ()
    try:
        facts, warnings = load_cached(root / "facts", codes, names, root / ".cache")
        facts = as_recorded(facts, at) if at else facts
    except ReportError as error:
        problems.extend(error.problems)
    _check_briefs(briefs, audiences, problems)
    if problems or facts is None:
        raise ReportError(*sorted(set(problems)))  # audiences may share a theme with faults
    listed = {brief.id: brief for brief in briefs}
    return Workspace(
        root=root,
        day=at or date.today(),  # noqa: DTZ011 - the adviser's own day, wherever she is
        organisation=organisation,
        evidence=evidence,
        names=names,
        audiences=audiences,
        briefs=listed,
        themes=themes,
        facts=facts,
        warnings=warnings,
    )


def fact_settings(root: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The languages and the names with digits that the fact files of a workspace are read with.

    Raises ReportError with every problem of the settings that they stand in.
    """
    problems: list[Problem] = []
    briefs = _briefs(root / "templates", problems)
    names = _names(root / "templates", problems)
    raise_if_fatal(problems)
    return tuple(dict.fromkeys(code for brief in briefs for code in brief.languages)), names


def _settings(file: Path, what: str, problems: list[Problem]) -> Fields:
    if not file.is_file():
        problems.append(Problem(Place(file), "file is missing", f"it holds {what}"))
        return Fields(Mapping({}, {}, Place(file)), what, [])
    try:
        return Fields(read_yaml(file), what, problems)
    except ReportError as error:
        problems.extend(error.problems)
        return Fields(Mapping({}, {}, Place(file)), what, [])


def _settled(
    templates: Path, codes: tuple[str, ...], problems: list[Problem]
) -> tuple[dict[str, str], Path | None]:
    """The organisation and the evidence folder."""
    fields = _settings(templates / "workspace.yaml", "the workspace's settings", problems)
    organisation = fields.texts("organisation", codes, plain=True)
    evidence = fields.text("evidence", required=False)
    fields.done()
    return organisation, (templates.parent / evidence) if evidence else None


def _names(templates: Path, problems: list[Problem]) -> tuple[str, ...]:
    if not (templates / "names.yaml").exists():
        return ()
    fields = _settings(templates / "names.yaml", "the names with digits", problems)
    names = fields.words("names")
    fields.done()
    return names


def _audiences(
    templates: Path, codes: tuple[str, ...], problems: list[Problem]
) -> dict[str, Audience]:
    root = _settings(templates / "audiences.yaml", "the audiences", problems)
    audiences = {}
    for id_, node, place in root.all():
        _check_id(id_, "audience", place, problems)
        fields = Fields(node, f"audience '{id_}'", problems)
        audiences[id_] = Audience(
            id=id_,
            name=fields.texts("name", codes),
            kind=fields.texts("kind", codes),
            to=fields.texts("to", codes),
            access=fields.choice("access", Access),
            theme=fields.text("theme"),
            layout=fields.choice("layout", Layout),
            pages=_pages(fields, problems),
            expired=fields.choice("expired", Expired, Expired.WARN),
            declared=place,
        )
        fields.done()
    return audiences


def _pages(fields: Fields, problems: list[Problem]) -> int:
    node = fields.node("budget")
    if node is None:
        return 0
    budget = Fields(node, f"the budget of {fields.what}", problems)
    pages = budget.parsed("pages", int, "a whole number of pages", 0)
    budget.done()
    return pages


def _check_id(id_: str, kind: str, place: Place, problems: list[Problem]) -> None:
    if not ID.fullmatch(id_) or id_ in RESERVED:
        hint = f"small letters, digits and hyphens; not {' or '.join(RESERVED)}"
        problems.append(Problem(place, f"'{id_}' can't be the id of {kind}", hint))


def _themes(
    templates: Path, audiences: dict[str, Audience], problems: list[Problem]
) -> dict[str, Theme]:
    folder = templates / "themes"
    known = [path.parent.name for path in sorted(folder.glob("*/tokens.yaml"))]
    themes: dict[str, Theme] = {}
    for audience in audiences.values():
        if audience.theme in themes or not audience.theme:
            continue
        if audience.theme not in known:
            what = f"unknown theme '{audience.theme}'"
            problems.append(Problem(audience.declared, what, suggest(audience.theme, known)))
            continue
        try:
            themes[audience.theme] = load_theme(folder / audience.theme / "tokens.yaml")
        except ReportError as error:
            problems.extend(error.problems)
    return themes


def _briefs(templates: Path, problems: list[Problem]) -> list[Brief]:
    files = sorted(templates.glob("*/brief.yaml"))
    if not files:
        hint = "a brief is a folder with a brief.yaml and its templates"
        problems.append(Problem(Place(templates), "no brief found", hint))
    return [_brief(file, problems) for file in files]


def _brief(file: Path, problems: list[Problem]) -> Brief:
    id_ = file.parent.name
    _check_id(id_, "brief", Place(file), problems)
    fields = _settings(file, f"brief '{id_}'", problems)
    codes = _choices(fields, "languages", list(known_languages()), problems)
    formats = _choices(fields, "formats", [kind.value for kind in Format], problems)
    brief = Brief(
        id=id_,
        title=fields.texts("title", codes),
        sender=fields.texts("from", codes),
        date=fields.parsed("date", parse_day, "a date such as 2031-04-02", date.min),
        case=fields.text("case", required=False),
        audiences=fields.words("audiences"),
        languages=codes,
        formats=tuple(Format(kind) for kind in formats),
        folder=file.parent,
        declared=fields.place_of("audiences"),
    )
    fields.text("date")
    fields.done()
    return brief


def _choices(
    fields: Fields, key: str, known: list[str], problems: list[Problem]
) -> tuple[str, ...]:
    found = fields.words(key)
    place = fields.place_of(key)
    if not found:
        hint = f"add '{key}: [{', '.join(known)}]'"
        problems.append(Problem(place, f"{fields.what} has no '{key}'", hint))
    for word in found:
        if word not in known:
            what = f"unknown word '{word}' in '{key}'"
            problems.append(Problem(place, what, suggest(word, known)))
    return tuple(word for word in found if word in known)


def _check_briefs(
    briefs: list[Brief], audiences: dict[str, Audience], problems: list[Problem]
) -> None:
    for brief in briefs:
        if not brief.audiences:
            problems.append(Problem(brief.declared, "no audiences", "add 'audiences: [name, …]'"))
        for id_ in brief.audiences:
            if id_ not in audiences:
                what = f"unknown audience '{id_}'"
                problems.append(Problem(brief.declared, what, suggest(id_, audiences)))
                continue
            for code in brief.languages:
                edition = Edition(brief, audiences[id_], code)
                if not edition.template.is_file():
                    hint = f"the edition for '{id_}' in '{code}' is written there"
                    problems.append(Problem(Place(edition.template), "template is missing", hint))
