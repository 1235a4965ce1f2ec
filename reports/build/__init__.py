"""Editions to documents: each edition composed, read and resolved.

What writes them stands in modules of its own, so that a check needs no typesetter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from reports.briefs import Edition, Expired, Format, Workspace
from reports.build.outputs import Resolved
from reports.charts import check_drawn
from reports.compose import UnrecordedError, compose, unrecorded_problem
from reports.document import Document, FactSpan, Paragraph, inline_text
from reports.facts.freshness import freshness_problems
from reports.facts.versions import outdated_inputs
from reports.fonts import cut_fonts, font_problems
from reports.language import load_language
from reports.problems import Place, Problem, ReportError, raise_if_fatal
from reports.read import read
from reports.resolve import resolve
from reports.themes import Theme


def resolve_edition(edition: Edition, workspace: Workspace) -> tuple[Resolved, ...]:
    """An edition's document, or one a format where its templates ask for the format.

    The one that the PDF is made from comes first.  Raises ReportError with its problems; what
    stops nothing is in `composed.warnings`.
    """
    formats = sorted(edition.formats, key=lambda kind: kind is not Format.PDF)
    first = _resolved(edition, workspace, formats[0])
    if not first.composed.asks_format:
        return (replace(first, formats=edition.formats),)
    return (first, *(_resolved(edition, workspace, kind) for kind in formats[1:]))


def _resolved(edition: Edition, workspace: Workspace, kind: Format) -> Resolved:
    facts = workspace.facts.visible_to(edition.audience.access)
    language = load_language(edition.language)
    composed = compose(edition, workspace, facts, kind)
    draft = read(composed, workspace.names, language)
    document = resolve(draft, composed, edition, workspace, facts, language)
    theme = workspace.theme(edition)
    raise_if_fatal(check_drawn(document, theme, lambda: _font_folder(workspace, theme)))
    return Resolved(edition, document, (kind,), composed)


def _font_folder(workspace: Workspace, theme: Theme) -> Path | None:
    """Where the theme's fonts lie; None where they can't be made or kept."""
    if any(font_problems(theme)):
        return None
    try:
        return next(iter(cut_fonts(theme, workspace.cache / "fonts").values())).parent
    except OSError:  # a build tells of it
        return None


def resolve_all(
    editions: Iterable[Edition], workspace: Workspace
) -> tuple[tuple[Resolved, ...], tuple[Problem, ...]]:
    """Every edition's document and all warnings; raises ReportError with all problems at once."""
    editions = tuple(editions)
    resolved: list[Resolved] = []
    themes = {edition.audience.theme: workspace.theme(edition) for edition in editions}
    problems = {problem: None for theme in themes.values() for problem in font_problems(theme)}
    unrecorded: dict[str, date] = {}
    for edition in editions:
        try:
            items = resolve_edition(edition, workspace)
        except UnrecordedError as error:
            unrecorded |= error.facts
            continue
        except ReportError as error:
            problems.update(dict.fromkeys(error.problems))
            continue
        for item in items:
            problems.update(dict.fromkeys(item.composed.warnings))
            problems.update(dict.fromkeys(_past_their_day(item.document, edition, workspace)))
        resolved += items
    if unrecorded:
        problems[unrecorded_problem(unrecorded, Place(workspace.root / "facts"))] = None
    found = tuple(sorted(problems))
    if any(problem.fatal for problem in found):
        raise ReportError(*found)
    return tuple(resolved), found


def _past_their_day(
    document: Document, edition: Edition, workspace: Workspace
) -> Iterator[Problem]:
    """What is stale, expired or superseded in what an edition prints and what that rests on."""
    store = workspace.facts
    printed = [store.facts[note.fact] for note in document.notes.notes]
    used = {each.id: each for fact in printed for each in store.basis(fact)}
    refused_by = edition.audience.id if edition.audience.expired is Expired.REFUSE else ""
    yield from freshness_problems(used.values(), workspace.day, refused_by)
    for fact in used.values():
        yield from outdated_inputs(fact, store)


def unsupported(document: Document) -> list[tuple[Place, str]]:
    """The paragraphs outside boxes that print and cite no fact, each with its first words."""
    return [
        (block.place, _first_words(inline_text(block.content)))
        for block in document.body
        if isinstance(block, Paragraph)
        and not any(isinstance(node, FactSpan) for node in block.content)
    ]


def _first_words(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60].rsplit(' ', 1)[0]} …"
