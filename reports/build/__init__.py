"""Editions to files: each edition composed, read and resolved, then written in each format.

Problems found up to `resolve` stop the build before any output.  A failure while writing
keeps that output's old file, and the others are written.  Each file is replaced whole.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from reports.briefs import Edition, Expired, Format, Workspace
from reports.build.edition import EditionWriter
from reports.build.index import index_page
from reports.build.outputs import Output, Resolved, Result, replace_file
from reports.compose import UnrecordedError, compose, unrecorded_problem
from reports.document import Document, FactSpan, Paragraph, inline_text
from reports.facts.freshness import freshness_problems
from reports.fonts import Face, cut_fonts
from reports.language import load_language
from reports.problems import Place, Problem, ReportError
from reports.read import read
from reports.resolve import resolve


def resolve_edition(edition: Edition, workspace: Workspace) -> tuple[Document, tuple[Problem, ...]]:
    """The document of an edition, with warnings; raises ReportError with its problems."""
    facts = workspace.facts.visible_to(edition.audience.access)
    language = load_language(edition.language)
    composed = compose(edition, workspace, facts)
    draft = read(composed, workspace.names, language)
    document = resolve(draft, composed, edition, workspace, facts, language)
    return document, composed.warnings


def resolve_all(
    editions: Iterable[Edition], workspace: Workspace
) -> tuple[tuple[Resolved, ...], tuple[Problem, ...]]:
    """Every edition's document and all warnings; raises ReportError with all problems at once."""
    resolved: list[Resolved] = []
    problems: dict[Problem, None] = {}
    unrecorded: dict[str, date] = {}
    for edition in editions:
        try:
            document, warnings = resolve_edition(edition, workspace)
        except UnrecordedError as error:
            unrecorded |= error.facts
            continue
        except ReportError as error:
            problems.update(dict.fromkeys(error.problems))
            continue
        problems.update(dict.fromkeys(warnings))
        problems.update(dict.fromkeys(_past_their_day(document, edition, workspace)))
        resolved.append(Resolved(edition, document))
    if unrecorded:
        problems[unrecorded_problem(unrecorded, Place(workspace.root / "facts"))] = None
    found = tuple(sorted(problems))
    if any(problem.fatal for problem in found):
        raise ReportError(*found)
    return tuple(resolved), found


def _past_their_day(
    document: Document, edition: Edition, workspace: Workspace
) -> Iterator[Problem]:
    """What is stale or expired among the facts that an edition prints and those below them."""
    printed = (workspace.facts.facts[note.fact] for note in document.notes.notes)
    used = {root.id: root for fact in printed for root in (fact, *workspace.facts.roots(fact))}
    refused_by = edition.audience.id if edition.audience.expired is Expired.REFUSE else ""
    return freshness_problems(used.values(), workspace.day, refused_by)


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


def build(
    workspace: Workspace,
    editions: Sequence[Edition],
    formats: Sequence[Format],
    out: Path,
    progress: Callable[[int, str], None],
) -> Result:
    """The outputs of these editions in these formats, written under `out`.

    Raises ReportError, before anything is written, for problems up to `resolve` and for a
    folder that can't be written to.
    """
    resolved, warnings = resolve_all(editions, workspace)
    fonts = _prepare(workspace, out)
    outputs: list[Output] = []
    problems = list(warnings)
    for number, item in enumerate(resolved, start=1):
        progress(number, item.edition.name)
        written, found = _write_edition(item, formats, workspace, fonts, out)
        outputs += written
        problems += found
    replace_file(out / "index.html", index_page(outputs, resolved).encode())
    return Result(tuple(outputs), tuple(problems))


def _prepare(workspace: Workspace, out: Path) -> dict[Face, Path]:
    """The fonts, once the folders are known to take files."""
    for folder in (out, workspace.cache):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            what = f"can't write here: {(error.strerror or str(error)).lower()}"
            hint = "choose another folder with --out, or change its permissions"
            raise ReportError(Problem(Place(folder), what, hint)) from None
    return cut_fonts(workspace.cache / "fonts")


def _write_edition(
    item: Resolved,
    formats: Sequence[Format],
    workspace: Workspace,
    fonts: dict[Face, Path],
    out: Path,
) -> tuple[list[Output], list[Problem]]:
    writer = EditionWriter(item.edition, item.document, workspace, fonts)
    wanted = [kind for kind in item.edition.brief.formats if kind in formats]
    outputs: list[Output] = []
    problems: list[Problem] = []
    for kind in wanted:
        file = out / f"{item.edition.name}.{kind.value}"
        try:
            data = writer.written(kind)
            replace_file(file, data)
        except ReportError as error:
            problems += error.problems
            continue
        outputs.append(Output(item.edition, kind, file, *writer.page_counts(kind)))
    return outputs, problems
