"""The files of a workspace to its settings, briefs, audiences, themes and facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

from reports.audiences import Audience, Format, check_id, load_audiences
from reports.briefs.model import Brief, Edition, Workspace
from reports.briefs.series import read_for_each, series_problems
from reports.cases.settings import Archive, read_archive, read_case
from reports.facts.stored import load_cached
from reports.facts.values import parse_day
from reports.facts.versions import as_recorded
from reports.fields import Fields
from reports.language import languages as known_languages
from reports.problems import Place, Problem, ReportError, raise_if_fatal, suggest
from reports.themes import Theme, load_theme
from reports.themes.found import theme_files
from reports.yaml import Mapping, Sequence, read_yaml


def load_workspace(root: Path, at: date | None = None) -> Workspace:
    """The workspace in that folder, its facts and settings checked.

    With `at`, the facts are those that were recorded by the end of that day.

    Raises ReportError with every problem of all settings and fact files at once.
    """
    problems: list[Problem] = []
    templates = root / "templates"
    drafts = _drafts(templates, problems)
    audiences = load_audiences(templates, _written_in(drafts), problems)
    codes = _codes(drafts)
    spoken = (*codes, *(code for each in audiences.values() for code in each.languages))
    settled = _settled(templates, tuple(dict.fromkeys(spoken)), problems)
    organisation, archive, evidence = settled
    briefs = [_brief(draft, audiences, archive, problems) for draft in drafts]
    names = _names(templates, problems)
    themes = _themes(templates, audiences, problems)
    facts = None
    warnings: tuple[Problem, ...] = ()
    try:
        facts, warnings = load_cached(root / "facts", codes, names, root / ".cache")
        facts = as_recorded(facts, at) if at else facts
        for draft, brief in zip(drafts, briefs, strict=True):
            problems.extend(series_problems(brief, draft.fields, audiences, facts))
    except ReportError as error:
        problems.extend(error.problems)
    if problems or facts is None:
        raise ReportError(*sorted(set(problems)))  # audiences may share a theme with faults
    listed = {brief.id: brief for brief in briefs}
    return Workspace(
        root=root,
        day=at or date.today(),  # noqa: DTZ011 - the adviser's own day, wherever she is
        organisation=organisation,
        archive=archive,
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
    drafts = _drafts(root / "templates", problems)
    names = _names(root / "templates", problems)
    raise_if_fatal(problems)
    return _codes(drafts), names


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
) -> tuple[dict[str, str], Archive, Path | None]:
    """The organisation, how it archives, and the evidence folder."""
    fields = _settings(templates / "workspace.yaml", "the workspace's settings", problems)
    organisation = fields.texts("organisation", codes, plain=True)
    archive = read_archive(fields.node("archive"), problems)
    evidence = fields.text("evidence", required=False)
    fields.done()
    return organisation, archive, (templates.parent / evidence) if evidence else None


def _names(templates: Path, problems: list[Problem]) -> tuple[str, ...]:
    if not (templates / "names.yaml").exists():
        return ()
    fields = _settings(templates / "names.yaml", "the names with digits", problems)
    names = fields.words("names")
    fields.done()
    return names


def _themes(
    templates: Path, audiences: dict[str, Audience], problems: list[Problem]
) -> dict[str, Theme]:
    known = theme_files(templates / "themes")
    themes: dict[str, Theme] = {}
    for audience in audiences.values():
        if audience.theme in themes or not audience.theme:
            continue
        if audience.theme not in known:
            what = f"unknown theme '{audience.theme}'"
            place = audience.place_of("theme")
            problems.append(Problem(place, what, suggest(audience.theme, known)))
            continue
        try:
            themes[audience.theme] = load_theme(known[audience.theme])
        except ReportError as error:
            problems.extend(error.problems)
    return themes


@dataclass(frozen=True)
class _Draft:
    """A brief's settings, read as far as the audiences need them."""

    id: str
    folder: Path
    fields: Fields
    audiences: tuple[str, ...]
    languages: tuple[str, ...]


def _drafts(templates: Path, problems: list[Problem]) -> list[_Draft]:
    files = sorted(templates.glob("*/brief.yaml"))
    if not files:
        hint = "a brief is a folder with a brief.yaml and its templates"
        problems.append(Problem(Place(templates), "no brief found", hint))
    return [_draft(file, problems) for file in files]


def _draft(file: Path, problems: list[Problem]) -> _Draft:
    id_ = file.parent.name
    check_id(id_, "a brief", Place(file), problems)
    fields = _settings(file, f"brief '{id_}'", problems)
    codes = _some(fields, "languages", list(known_languages()))
    return _Draft(id_, file.parent, fields, fields.words_once("audiences"), codes)


def _some(fields: Fields, key: str, known: list[str]) -> tuple[str, ...]:
    """A list of known words; one with none in it is a problem."""
    node = fields.node(key)
    if node is None or (isinstance(node, Sequence) and not node.items):
        hint = f"add '{key}: [{', '.join(known)}]'"
        fields.problem(fields.place_of(key), f"{fields.what} has no '{key}'", hint)
    return fields.words_among(key, known)


def _codes(drafts: list[_Draft]) -> tuple[str, ...]:
    """The languages that the briefs are written in."""
    return tuple(dict.fromkeys(code for draft in drafts for code in draft.languages))


def _written_in(drafts: list[_Draft]) -> Callable[[str], tuple[str, ...]]:
    """To get the languages of the briefs that name an audience."""

    def of(audience: str) -> tuple[str, ...]:
        return _codes([draft for draft in drafts if audience in draft.audiences])

    return of


def _brief(
    draft: _Draft, audiences: dict[str, Audience], archive: Archive, problems: list[Problem]
) -> Brief:
    fields = draft.fields
    named = [audiences[id_] for id_ in draft.audiences if id_ in audiences]
    own = [audience.languages for audience in named]
    shared = draft.languages if () in own or not own else ()
    codes = tuple(dict.fromkeys(chain(shared, *own)))
    formats = _some(fields, "formats", [kind.value for kind in Format])
    brief = Brief(
        id=draft.id,
        title=fields.texts("title", codes),
        sender=fields.texts("from", codes),
        date=fields.parsed("date", parse_day, "a date such as 2031-04-02", date.min),
        case=read_case(fields.node("case"), fields.what, codes, archive.country, problems),
        audiences=draft.audiences,
        languages=draft.languages,
        formats=tuple(Format(kind) for kind in formats),
        folder=draft.folder,
        declared=fields.place_of("audiences"),
        for_each=read_for_each(fields),
    )
    fields.text("date")
    fields.done()
    _check_audiences(brief, audiences, problems)
    _check_attached(brief, audiences, fields.place_of("case"), problems)
    return brief


def _check_attached(
    brief: Brief, audiences: dict[str, Audience], place: Place, problems: list[Problem]
) -> None:
    """A problem for each edition to be attached that the brief hasn't got."""
    known = [
        f"{id_}.{code}"
        for id_ in brief.audiences
        if id_ in audiences
        for code in audiences[id_].languages or brief.languages
    ]
    problems.extend(
        Problem(place, f"unknown edition '{name}' in the case", suggest(name, known))
        for name in brief.case.editions
        if name not in known
    )


def _check_audiences(brief: Brief, audiences: dict[str, Audience], problems: list[Problem]) -> None:
    if not brief.audiences:
        problems.append(Problem(brief.declared, "no audiences", "add 'audiences: [name, …]'"))
    for id_ in brief.audiences:
        if id_ not in audiences:
            what = f"unknown audience '{id_}'"
            problems.append(Problem(brief.declared, what, suggest(id_, audiences)))
            continue
        if any(problem.place.file == audiences[id_].declared.file for problem in problems):
            continue  # which templates it needs is known when its file is mended
        for code in audiences[id_].languages or brief.languages:
            edition = Edition(brief, audiences[id_], code)
            if not edition.template.is_file():
                hint = f"the edition for '{id_}' in '{code}' is written there"
                problems.append(Problem(Place(edition.template), "template is missing", hint))
