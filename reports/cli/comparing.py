"""To compare the store with what it was: `facts diff`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reports.briefs import Workspace
from reports.cli.layout import print_row, wrapped
from reports.cli.printing import counted, print_json, print_problems, print_unknown
from reports.cli.sheets import field_record, print_fields
from reports.cli.words import Commands, add_command, open_to_read
from reports.facts.past.changes import Change, Kind, State, compare_states, touched
from reports.facts.past.earlier import Earlier, earlier_facts
from reports.git import (
    Commit,
    GitError,
    Repository,
    UnknownRevisionError,
    find_commit,
    find_repository,
    revision_names,
)
from reports.language import load_language
from reports.problems import Problem

if TYPE_CHECKING:  # what composes editions is imported where it is used
    from reports.trace.affected import Affected

_SHOWN = 6  # facts that lean on a changed word, or problems; their number says the rest
_HEADINGS = {
    Kind.CHANGED: "Facts changed",
    Kind.FOLLOWS: "Facts that come out otherwise because of these",
    Kind.RENAMED: "Facts renamed",
    Kind.ADDED: "Facts added",
    Kind.REMOVED: "Facts removed",
}
_NAMES = {
    "themes": "theme",
    "places": "place",
    "inferences": "inference",
    "measures": "measure",
    "populations": "population",
    "sources": "source",
    "people": "speaker",
}


def declare(questions: Commands) -> None:
    """Add `diff` to the questions of `facts`."""
    what = "what changed in the store since a commit, and which outputs it hits"
    diff = add_command(questions, "diff", _diff, what, "facts diff HEAD~1")
    what = "a commit, branch or tag, or a day: the last commit by its end"
    diff.add_argument("since", metavar="REV", help=what)
    diff.add_argument("--json", action="store_true", help="as JSON")
    diff.add_argument("--lang", help="language of the words")


def _diff(arguments: argparse.Namespace) -> int:
    workspace, code = open_to_read(arguments)
    try:
        repository = find_repository(workspace.root)
        commit = _commit(repository, arguments.since)
        if commit is None:
            return 1
        languages, names = workspace.languages, workspace.names
        with earlier_facts(repository, commit, workspace.root, languages, names) as earlier:
            return _tell(earlier, workspace, code, as_json=arguments.json)
    except GitError as error:
        print(f"facts diff: {error}", file=sys.stderr)
        return 1


def _commit(repository: Repository, word: str) -> Commit | None:
    try:
        return find_commit(repository, word)
    except UnknownRevisionError:
        print_unknown("revision", word, revision_names(repository))
        return None


def _tell(earlier: Earlier, workspace: Workspace, code: str, *, as_json: bool) -> int:
    from reports.trace.affected import affected

    language, root = load_language(code), workspace.root
    new = State(root / "facts", workspace.facts)
    changes = compare_states(State(earlier.folder, earlier.store), new, language)
    hit = list(affected(workspace, earlier.store, touched(changes))) if changes else []
    _print_problems(earlier, root)
    if as_json:
        print_json(_record(earlier, changes, hit, workspace))
        return 0
    commit = earlier.commit
    print(wrapped(f"Since {commit.id[:10]} of {commit.day}, “{commit.subject}”:"))
    _print_facts([each for each in changes if each.section == "facts"], earlier, root)
    _print_words([each for each in changes if each.section != "facts"])
    _print_outputs(hit, workspace)
    return 0


def _print_problems(earlier: Earlier, root: Path) -> None:
    """Print why the earlier store can't be loaded, and what is done instead."""
    if not earlier.problems:
        return
    print_problems(earlier.problems[:_SHOWN], root)
    if len(earlier.problems) > _SHOWN:
        print(f"… and {len(earlier.problems) - _SHOWN} more", file=sys.stderr)
    print(
        "the store of that commit can't be loaded as a whole: its entries are compared as they "
        "were written, without what follows from them",
        file=sys.stderr,
    )


# ---------------------------------------------------------------- for a person


def _print_facts(changes: Sequence[Change], earlier: Earlier, root: Path) -> None:
    if not changes:
        print("\nNo fact changed")
    for kind, heading in _HEADINGS.items():
        inside = [each for each in changes if each.kind is kind]
        if inside:
            print(f"\n{heading}")
        for each in inside:
            print(f"  {each.id}  ({_declared(each, earlier, root)})")
            if each.kind in (Kind.ADDED, Kind.REMOVED):
                print_row("", each.statement)
            print_fields(each.fields)
            if each.kind is Kind.FOLLOWS and each.facts:
                print_row("", f"computed from {', '.join(each.facts)}")


def _print_words(changes: Sequence[Change]) -> None:
    if changes:
        print("\nSources, people and words")
    for each in changes:
        what = f"{_NAMES[each.section]} {each.id} {each.kind.value}"
        print(wrapped(f"{what}{_leaning_text(each.facts)}", "  ", "    "))
        print_fields(each.fields)


def _leaning_text(facts: Sequence[str]) -> str:
    if not facts:
        return "; no fact leans on it"
    some = f"{', '.join(facts[:_SHOWN])}{' …' if len(facts) > _SHOWN else ''}"
    lean = "leans" if len(facts) == 1 else "lean"
    return f"; {counted(len(facts), 'fact')} {lean} on it: {some}"


def _print_outputs(hit: Sequence[Affected], workspace: Workspace) -> None:
    print("\nOutputs hit" if hit else "\nNo output is hit")
    for each in hit:
        formats = ", ".join(kind.value for kind in each.edition.formats)
        print(f"  {each.edition.name}  ({formats})")
        told = [f"{id_}{_causes_text(causes)}" for id_, causes in each.facts.items()]
        print_row("", ", ".join(told) or "its list of sources, or how its facts are dated")
        for problem in each.problems:
            print_row("can't be made", problem.shown(workspace.root).replace("\n", "; "))


def _causes_text(causes: Sequence[str]) -> str:
    return f" (computed from {' and '.join(causes)})" if causes else ""


# ---------------------------------------------------------------- for a script


def _record(
    earlier: Earlier, changes: Iterable[Change], hit: Iterable[Affected], workspace: Workspace
) -> dict[str, object]:
    commit, root = earlier.commit, workspace.root
    return {
        "commit": commit.id,
        "date": commit.day,
        "subject": commit.subject,
        "loaded": earlier.store is not None,
        "problems": [_problem_record(each, root) for each in earlier.problems],
        "changes": [_change_record(each, earlier, root) for each in changes],
        "outputs": [_hit_record(each, root) for each in hit],
    }


def _change_record(change: Change, earlier: Earlier, root: Path) -> dict[str, object]:
    return {
        "section": change.section,
        "id": change.id,
        "change": change.kind.value,
        "declared": _declared(change, earlier, root),
        "statement": change.statement or None,
        "fields": [field_record(field) for field in change.fields],
        "facts": list(change.facts),
    }


def _hit_record(hit: Affected, root: Path) -> dict[str, object]:
    edition = hit.edition
    return {
        "edition": edition.name,
        "outputs": [f"out/{edition.name}.{kind.value}" for kind in edition.brief.formats],
        "facts": [{"fact": id_, "inputs": list(ids)} for id_, ids in hit.facts.items()],
        "problems": [_problem_record(each, root) for each in hit.problems],
    }


def _problem_record(problem: Problem, root: Path) -> dict[str, object]:
    return {
        "place": problem.place.shown(root),
        "what": problem.what,
        "hint": problem.hint or None,
    }


def _declared(change: Change, earlier: Earlier, root: Path) -> str:
    """Where the entry stands, or stood at that commit, as git names it."""
    place = change.declared
    if change.kind is Kind.REMOVED:
        return f"{earlier.commit.id[:10]}:{place.shown(earlier.folder.parent)}"
    return place.shown(root)
