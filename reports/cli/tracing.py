"""To trace facts into editions: `facts where-used` and `facts unused`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from reports.briefs import Workspace
from reports.cli.building import chosen_editions
from reports.cli.printing import print_json, print_list, print_unknown
from reports.cli.words import (
    Commands,
    add_command,
    add_editions,
    open_to_read,
    open_workspace,
)
from reports.facts.model import Fact
from reports.facts.wording import statement_text
from reports.language import load_language

if TYPE_CHECKING:  # what composes editions is imported where it is used
    from reports.trace.tracer import Tracer
    from reports.trace.uses import Hit


def declare(questions: Commands) -> None:
    """Add `where-used` and `unused` to the questions of `facts`."""
    what = "the editions and template lines that use a fact"
    used = add_command(
        questions, "where-used", _where_used, what, "facts where-used cph.staff-reduced"
    )
    used.add_argument("facts", nargs="*", metavar="FACT", help="id of a fact (default: all)")
    add_options(used)
    what = "the facts that no edition uses"
    add_options(add_command(questions, "unused", _unused, what, "facts unused"))


def add_options(command: argparse.ArgumentParser) -> None:
    """Declare the options for editions, and `--json`."""
    add_editions(command)
    command.add_argument("--json", action="store_true", help="as JSON")


# ---------------------------------------------------------------- where-used


def _where_used(arguments: argparse.Namespace) -> int:
    workspace = open_workspace(arguments)
    if not are_known(arguments.facts, workspace):
        return 1
    found: dict[str, list[Hit]] = {
        id_: [] for id_ in own_ids(arguments.facts or workspace.facts.facts, workspace)
    }
    for hit in hits_asked(tracer_of(workspace), workspace, arguments):
        if hit.asked in found:
            found[hit.asked].append(hit)
    if arguments.json:
        hits = (hit for own in found.values() for hit in own)
        print_json([hit_record(hit, workspace.root) for hit in hits])
    else:
        _print_uses(found, workspace.root)
    return 0


def _print_uses(found: Mapping[str, Sequence[Hit]], root: Path) -> None:
    for id_, hits in found.items():
        print(id_ if hits else f"{id_}: in no edition")
        _print_places(hits, root)


def _print_places(hits: Sequence[Hit], root: Path) -> None:
    """Print the template lines under each edition, with how each uses the fact."""
    for name, inside in groupby(hits, key=lambda hit: hit.use.edition.name):
        print(f"  {name}")
        places: dict[str, dict[str, None]] = {}
        for hit in inside:
            how = places.setdefault(hit.use.place.shown(root), {})
            how[f"{hit.use.form}{through_text(hit)}"] = None
        for place, how in places.items():
            print(f"    {place}  {', '.join(how)}")


# ---------------------------------------------------------------- unused


def _unused(arguments: argparse.Namespace) -> int:
    workspace, code = open_to_read(arguments)
    used = {hit.asked for hit in hits_asked(tracer_of(workspace), workspace, arguments)}
    ids = own_ids(workspace.facts.facts, workspace)
    records = [
        _unused_record(workspace.facts.facts[id_], workspace, code)
        for id_ in ids
        if id_ not in used
    ]
    print_list(records, ("id", "access", "remark", "statement"), "unused fact", arguments)
    return 0


def _unused_record(fact: Fact, workspace: Workspace, code: str) -> dict[str, object]:
    readers = dict.fromkeys(edition.audience.id for edition in workspace.editions())
    allowed = [id_ for id_ in readers if fact.access <= workspace.audiences[id_].access]
    newer = workspace.facts.superseded.get(fact.id)
    remarks = [f"superseded by {newer}"] if newer else []
    remarks += [] if allowed else ["no audience may see it"]
    return {
        "id": fact.id,
        "access": fact.access.value,
        "audiences": allowed,
        "superseded_by": newer,
        "derived": fact.derivation.operation.value if fact.derivation else None,
        "remark": "; ".join(remarks) or None,
        "statement": statement_text(fact, workspace.facts, load_language(code)),
    }


# ---------------------------------------------------------------- what they share


def tracer_of(workspace: Workspace) -> Tracer:
    """What finds the uses in the editions; it says so where that takes seconds."""
    from reports.trace.tracer import Tracer

    def say(edition: str) -> None:
        print(f"laying out {edition} to find its pages", file=sys.stderr)

    return Tracer(workspace, say)


def hits_asked(tracer: Tracer, workspace: Workspace, arguments: argparse.Namespace) -> list[Hit]:
    """Every hit in the editions that the options ask for."""
    from reports.trace.uses import hits

    return list(hits(tracer.uses(chosen_editions(workspace, arguments)), workspace.facts))


def are_known(ids: Iterable[str], workspace: Workspace) -> bool:
    """Whether the store has all of these facts; a message for each that it hasn't."""
    store = workspace.facts
    missing = [id_ for id_ in ids if id_ not in store.facts]
    for id_ in missing:
        if id_ in store.unrecorded:
            print(f"fact '{id_}' was not recorded until {store.unrecorded[id_]}", file=sys.stderr)
            print("  hint: choose a later day with --at", file=sys.stderr)
        else:
            print_unknown("fact", id_, store.facts)
    return not missing


def own_ids(ids: Iterable[str], workspace: Workspace) -> list[str]:
    """The facts' own ids, once each: in the store of an earlier day another id finds them too.

    One that the store doesn't have stays as it is.
    """
    facts = workspace.facts.facts
    return list(dict.fromkeys(facts[id_].id if id_ in facts else id_ for id_ in ids))


def through_text(hit: Hit) -> str:
    """The way from the printed fact down to the one asked for, "" where it is that."""
    return f" (through {' → '.join(hit.through)})" if hit.through else ""


def hit_record(hit: Hit, root: Path) -> dict[str, object]:
    """A hit as a flat object."""
    use, edition = hit.use, hit.use.edition
    return {
        "fact": hit.asked,
        "printed": use.fact,
        "through": list(hit.through),
        "brief": edition.brief.id,
        "audience": edition.audience.id,
        "language": edition.language,
        "subject": edition.subject or None,
        "form": use.form,
        "text": use.text or None,
        "sentence": use.sentence,
        "section": use.section,
        "label": use.label or None,
        "anchor": use.anchor or None,
        "note": use.note,
        "template": use.place.file.relative_to(root).as_posix(),
        "line": use.place.line,
    }
