"""Editions to documents: each edition composed, read and resolved.

What writes them stands in modules of its own, so that a check needs no typesetter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from reports.briefs import Edition, Expired, Format, Workspace
from reports.budgets import contract_faults, contract_terms
from reports.build.lacking import all_told
from reports.build.outputs import Resolved
from reports.build.stores import Stores
from reports.build.told import told_once
from reports.charts import check_drawn
from reports.compose import UnrecordedError, compose, unrecorded_problem
from reports.document import Document, FactSpan, Paragraph, inline_text
from reports.facts.freshness import freshness_problems
from reports.facts.model import Facts
from reports.facts.texts import Lacks
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
    return resolve_from(edition, workspace, *Stores(workspace).of(edition))


def resolve_from(
    edition: Edition, workspace: Workspace, facts: Facts, lacks: Lacks
) -> tuple[Resolved, ...]:
    """What `resolve_edition` gives, from the store that its audience reads in its language."""
    formats = sorted(edition.formats, key=lambda kind: kind is not Format.PDF)
    first = _resolved(edition, workspace, facts, lacks, formats[0])
    if not first.composed.asks_format:
        return (replace(first, formats=edition.formats),)
    others = (_resolved(edition, workspace, facts, lacks, kind) for kind in formats[1:])
    return (first, *others)


def _resolved(
    edition: Edition, workspace: Workspace, facts: Facts, lacks: Lacks, kind: Format
) -> Resolved:
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
    shared = [*shared_problems(editions, workspace)]
    met: list[tuple[Edition, Problem]] = []
    stores = Stores(workspace)
    unrecorded: dict[str, date] = {}
    for edition in editions:
        try:
            items = resolve_from(edition, workspace, *stores.of(edition))
        except UnrecordedError as error:
            unrecorded |= error.facts
            continue
        except ReportError as error:
            met += [(edition, problem) for problem in error.problems]
            continue
        told = [note.fact for item in items for note in item.document.notes.notes]
        late = past_their_day(told, edition, workspace)
        met += [(edition, problem) for problem in (*found_in(items), *late)]
        resolved += items
    if unrecorded:
        shared.append(unrecorded_problem(unrecorded, Place(workspace.root / "facts")))
    return tuple(resolved), tuple(sorted({*shared, *told_once(met)}))


def shared_problems(editions: Sequence[Edition], workspace: Workspace) -> Iterator[Problem]:
    """What is wrong with what editions share: fonts, logos, Word files, and their contracts."""
    themes = {edition.audience.theme: workspace.theme(edition) for edition in editions}
    for theme in themes.values():
        yield from font_problems(theme)
    yield from contract_faults(editions, workspace)
    for name, language in dict.fromkeys((e.audience.theme, e.language) for e in editions):
        yield from logo_problems(themes[name].logo, language)
    yield from _word_problems(editions, workspace)


def found_in(items: Iterable[Resolved]) -> Iterator[Problem]:
    """What was met on the way to an edition's documents, breaches of contract too."""
    for item in items:
        yield from item.composed.warnings
        for term in item.terms:
            yield from term.problems


def _word_problems(editions: Iterable[Edition], workspace: Workspace) -> Iterator[Problem]:
    """What is wrong with the Word files that the editions' own are to start from."""
    written = (edition for edition in editions if Format.DOCX in edition.formats)
    themes = {edition.audience.theme: workspace.theme(edition) for edition in written}
    for theme in (each for each in themes.values() if each.word):
        from reports.write.docx.reference import reference_problems  # with a library that it needs

        yield from reference_problems(theme, workspace.names)


def past_their_day(
    told: Iterable[str], edition: Edition, workspace: Workspace
) -> Iterator[Problem]:
    """What is stale, expired or superseded in the facts told of and in what they rest on."""
    store = workspace.facts
    used = store.bases(told)
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
