"""Whom a new brief can be written for, and in which languages: what is in the way is told first.

An audience with languages of its own reads in those; every other one, in those of the brief.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reports.audiences import Audience
from reports.briefs import Workspace
from reports.problems import Place, Problem


def readers_in(languages: Iterable[str], audiences: Iterable[Audience]) -> tuple[Audience, ...]:
    """The audiences that can read one of these languages; all of them where none is asked for."""
    codes = set(languages)
    return tuple(
        each for each in audiences if not codes or not each.languages or codes & {*each.languages}
    )


def in_the_way(
    workspace: Workspace, languages: tuple[str, ...], audiences: tuple[Audience, ...]
) -> Iterator[Problem]:
    """What keeps a brief in these languages from being written for these audiences.

    `languages` are empty for those of the other briefs.
    """
    for audience in audiences:
        if not readers_in(languages, (audience,)):
            what = f"'{audience.id}' reads {_listed(audience.languages)}, the brief is to be"
            what = f"{what} in {_listed(languages)}"
            hint = f"leave --lang out, or write --lang {audience.languages[0]}"
            yield Problem(audience.place_of("languages"), what, hint)
    sharing = [audience for audience in audiences if not audience.languages]
    for code in languages if sharing else ():
        yield from _without_words(sharing, code)
        yield from _without_statements(workspace, code)


def _without_words(audiences: Iterable[Audience], code: str) -> Iterator[Problem]:
    for audience in audiences:
        texts = {"name": audience.name, "kind": audience.kind, "to": audience.to}
        lacking = [key for key, told in texts.items() if code not in told]
        if lacking:
            what = f"'{audience.id}' has no '{code}' text for {_listed(lacking)}"
            hint = f"add '{code}: …' there, or leave --lang {code} out"
            yield Problem(audience.place_of(lacking[0]), what, hint)


def _without_statements(workspace: Workspace, code: str) -> Iterator[Problem]:
    """A brief's own language is one of the store's, in which each fact can be told."""
    facts = workspace.facts.facts.values()
    lacking = [
        fact for fact in facts if any(fact.statement.values()) and code not in fact.statement
    ]
    if lacking:
        what = f"{len(lacking)} of {len(facts)} facts have no '{code}' statement"
        hint = f"write 'languages: [{code}]' in the audience's file: then only what it prints needs one"
        yield Problem(Place(workspace.root / "facts"), what, hint)


def _listed(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
