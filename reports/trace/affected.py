"""What a change of the store does to the editions: which ones say something else, and of which facts.

An edition is composed with either store from today's templates, so that it is hit by what a reader
would see and by nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from reports.briefs import Edition, Workspace
from reports.build import resolve_edition
from reports.build.outputs import Resolved
from reports.document import Document
from reports.facts.model import Facts
from reports.facts.texts import in_language
from reports.facts.wording import dates_text, note_text, speaker_text, statement_text
from reports.language import load_language
from reports.problems import Problem, ReportError
from reports.trace.uses import uses


@dataclass(frozen=True)
class Affected:
    """An edition that the change hits.

    `facts` are those of which it says something else, or doesn't say anything any more, each
    with the changed facts that it is computed from.  `problems` are why the edition can't be made
    now.
    """

    edition: Edition
    facts: dict[str, tuple[str, ...]]
    problems: tuple[Problem, ...]


def affected(
    workspace: Workspace, earlier: Facts | None, touched: Collection[str]
) -> Iterator[Affected]:
    """The editions that came out otherwise with the earlier store, or can't be made now.

    An edition that can't be made with the earlier store counts by what it says of its facts;
    without an earlier store, by whether it tells of one that was touched.
    """
    before = replace(workspace, facts=earlier) if earlier else None
    for edition in workspace.editions():
        now, problems = _resolved(edition, workspace)
        then, _ = _resolved(edition, before) if before else ((), ())
        if now and then and _documents(now) == _documents(then):
            continue
        if now and then:
            changed = _told_otherwise(now, then)
        elif earlier:
            changed = _retold(workspace.facts, earlier, edition.language)
        else:
            changed = frozenset(touched)
        told = [id_ for items in (now, then) for id_ in _told_in(items)]
        facts = {id_: _causes(id_, workspace.facts, changed) for id_ in told if id_ in changed}
        if problems or facts or (now and then):
            yield Affected(edition, facts, problems)


def _resolved(
    edition: Edition, workspace: Workspace
) -> tuple[tuple[Resolved, ...], tuple[Problem, ...]]:
    try:
        return resolve_edition(edition, workspace), ()
    except ReportError as error:
        return (), tuple(problem for problem in error.problems if problem.fatal)


def _documents(items: Iterable[Resolved]) -> list[Document]:
    return [item.document for item in items]


def _told_otherwise(now: Sequence[Resolved], then: Sequence[Resolved]) -> frozenset[str]:
    """The facts of which two states of an edition say different things, or only one says any."""
    told, before = _told_in(now), _told_in(then)
    return frozenset(id_ for id_ in told | before if told.get(id_) != before.get(id_))


def _told_in(items: Sequence[Resolved]) -> dict[str, object]:
    """What an edition says of each fact, in its notes and wherever it prints it."""
    told: dict[str, list[object]] = {}
    for item in items:
        for note in item.document.notes.notes:
            said = (note.what, note.speaker, note.as_of, note.standing, note.where)
            told.setdefault(note.fact, []).append(said)
    for use in uses(items):
        told.setdefault(use.fact, []).append((use.form, use.text))
    return {**told}


def _retold(now: Facts, then: Facts, code: str) -> frozenset[str]:
    """The facts of which a reader in that language could be told something else."""
    (now, _), (then, _) = in_language(now, code), in_language(then, code)
    ids = now.facts.keys() | then.facts.keys()
    return frozenset(id_ for id_ in ids if _told(id_, now, code) != _told(id_, then, code))


def _told(id_: str, store: Facts, code: str) -> object:
    """What a reader can be told of a fact; None where the store hasn't got it."""
    if id_ not in store.facts:
        return None
    fact, language = store.facts[id_], load_language(code)
    return (
        statement_text(fact, store, language),
        note_text(fact, store, language),
        speaker_text(fact, store, language),
        dates_text(fact, language),
        fact.standing,
        fact.source,
        fact.at.paragraph,
    )


def _causes(id_: str, store: Facts, changed: Collection[str]) -> tuple[str, ...]:
    """The changed facts that a fact is computed from."""
    basis = store.basis(store.facts[id_])[1:] if id_ in store.facts else ()
    return tuple(each.id for each in basis if each.id in changed)
