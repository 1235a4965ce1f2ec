"""Editions to documents: each edition composed, read and resolved.

What writes them stands in modules of its own, so that a check needs no typesetter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from reports.briefs import Edition, Expired, Format, Workspace
from reports.budgets import contract_faults, contract_terms
from reports.build.lacking import all_told
from reports.build.outputs import Resolved
from reports.charts import check_drawn
from reports.compose import UnrecordedError, compose, unrecorded_problem
from reports.document import Document, FactSpan, Paragraph, inline_text
from reports.facts.freshness import freshness_problems
from reports.facts.texts import in_language
from reports.facts.versions import outdated_inputs
from reports.fonts import cut_fonts, font_problems
from reports.language import load_language
from reports.problems import Place, Problem, ReportError, raise_if_fatal
from reports.read import read
from reports.resolve import resolve
from reports.themes import Theme, logo_problems


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
    visible = workspace.facts.visible_to(edition.audience.access)
    facts, lacks = in_language(visible, edition.language)
    language = load_language(edition.language)
    composed = compose(edition, workspace, facts, kind)
    draft = read(composed, workspace.names, language)
    with all_told(lacks, composed, facts, workspace.root):
        document = resolve(draft, composed, edition, workspace, facts, language)
    theme = workspace.theme(edition)
    raise_if_fatal(check_drawn(document, theme, lambda: _font_folder(workspace, theme)))
    terms = contract_terms(edition, document, composed, workspace)
    return Resolved(edition, document, (kind,), composed, terms)


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
    resolved, found = resolve_each(editions, workspace)
    raise_if_fatal(found)
    return resolved, found


def resolve_each(
    editions: Iterable[Edition], workspace: Workspace
) -> tuple[tuple[Resolved, ...], tuple[Problem, ...]]:
    """The documents of the editions that have one, and all problems, breaches of contract too."""
    editions = tuple(editions)
    resolved: list[Resolved] = []
    themes = {edition.audience.theme: workspace.theme(edition) for edition in editions}
    problems = {problem: None for theme in themes.values() for problem in font_problems(theme)}
    problems.update(dict.fromkeys(contract_faults(editions, workspace)))
    for edition in editions:
        problems.update(
            dict.fromkeys(logo_problems(workspace.theme(edition).logo, edition.language))
        )
    problems.update(dict.fromkeys(_word_problems(editions, workspace)))
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
            problems.update(dict.fromkeys(each for term in item.terms for each in term.problems))
            problems.update(dict.fromkeys(_past_their_day(item.document, edition, workspace)))
        resolved += items
    if unrecorded:
        problems[unrecorded_problem(unrecorded, Place(workspace.root / "facts"))] = None
    return tuple(resolved), tuple(sorted(problems))


def _word_problems(editions: Iterable[Edition], workspace: Workspace) -> Iterator[Problem]:
    """What is wrong with the Word files that the editions' own are to start from."""
    written = (edition for edition in editions if Format.DOCX in edition.formats)
    themes = {edition.audience.theme: workspace.theme(edition) for edition in written}
    for theme in (each for each in themes.values() if each.word):
        from reports.write.docx.reference import reference_problems  # with a library that it needs

        yield from reference_problems(theme, workspace.names)


def _past_their_day(
    document: Document, edition: Edition, workspace: Workspace
) -> Iterator[Problem]:
    """What is stale, expired or superseded in what an edition prints and what that rests on."""
    store = workspace.facts
    used = store.bases(note.fact for note in document.notes.notes)
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
