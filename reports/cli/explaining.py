"""To see where an edition's text comes from: `explain`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reports.briefs import Edition, Workspace
from reports.cli.layout import printed_text, wrapped
from reports.cli.printing import print_json, print_unknown
from reports.cli.words import Commands, add_at, add_command, no_series, open_workspace, wrong_option
from reports.problems import Place

if TYPE_CHECKING:  # what composes editions is imported where it is used
    from reports.build.outputs import Resolved
    from reports.trace.origins import Origin, Told


def declare(commands: Commands) -> None:
    """Add `explain`."""
    what = "where each block of an edition comes from, and which facts it uses"
    example = "explain digital-public-services public --lang en"
    command = add_command(commands, "explain", _explain, what, example)
    command.add_argument("brief", metavar="BRIEF", help="id of a brief")
    command.add_argument("audience", metavar="AUDIENCE", help="id of one of its audiences")
    add_at(command)
    command.add_argument("--lang", help="language of the edition (default: its first)")
    what = "which subject of a series (default: its first)"
    command.add_argument("--subject", help=what)
    command.add_argument("--json", action="store_true", help="as JSON")


def _explain(arguments: argparse.Namespace) -> int:
    from reports.build import resolve_edition

    workspace = open_workspace(arguments)
    edition = _edition(workspace, arguments)
    if edition is None:
        return 1
    items = resolve_edition(edition, workspace)
    if arguments.json:
        print_json([_record(item, workspace.root) for item in items])
        return 0
    for item in items:
        _print(item, workspace.root)
    return 0


def _edition(workspace: Workspace, arguments: argparse.Namespace) -> Edition | None:
    """The edition that is asked for; None, and a message, where there is none."""
    editions = [each for each in workspace.editions() if each.brief.id == arguments.brief]
    read = [each for each in editions if each.audience.id == arguments.audience]
    subjects = dict.fromkeys(each.subject for each in read if each.subject)
    first = arguments.subject or next(iter(subjects), "")
    own = {each.language: each for each in read if each.subject == first}
    if not editions:
        print_unknown("brief", arguments.brief, workspace.briefs)
    elif not read:
        readers = dict.fromkeys(each.audience.id for each in editions)
        print_unknown(f"audience of '{arguments.brief}':", arguments.audience, readers)
    elif arguments.subject and not subjects:
        no_series(arguments.brief)
    elif not own:
        wrong_option("subject", arguments.subject, subjects)
    elif arguments.lang and arguments.lang not in own:
        wrong_option("lang", arguments.lang, own)
    else:
        return own[arguments.lang or next(iter(own))]
    return None


# ---------------------------------------------------------------- for a person


def _print(item: Resolved, root: Path) -> None:
    from reports.trace.origins import left_out, origins

    found = origins(item)
    formats = ", ".join(kind.value for kind in item.formats)
    print(f"{item.edition.name} ({formats})")
    widest = max((len(told.fact) for each in found for told in each.facts), default=0)
    for each in found:
        indent = "  " * each.depth
        print(f"\n{indent}{_name(each)}  {each.place.shown(root)}")
        for line in _sources(each, root):
            print(f"{indent}  {line}")
        for told in each.facts:
            note = f"[{told.note}]" if told.note else ""
            first = f"{indent}  {note:>5}  {told.fact:{widest}}  "
            print(wrapped(printed_text(told.printed), first, " " * len(first)))
    for name, place in left_out(item.composed).items():
        print(f"\n{name}  {place.shown(root)}\n  left out with the block or condition around it")


def _name(origin: Origin) -> str:
    return "super()" if origin.inherited else origin.name or "outside of blocks"


def _sources(origin: Origin, root: Path) -> Iterator[str]:
    """What a block stands for, and who else wrote in it."""
    relation = "adds to" if origin.adds else "instead of"
    for place in origin.overrides:
        yield f"{relation}  {place.shown(root)}"
        relation = "instead of"
    for part in origin.parts:
        yield f"{f'macro {part.macro}' if part.macro else 'include'}  {part.place.shown(root)}"
    if origin.blank:
        yield "prints nothing"


# ---------------------------------------------------------------- for a script


def _record(item: Resolved, root: Path) -> dict[str, object]:
    from reports.trace.origins import left_out, origins

    return {
        "edition": item.edition.name,
        "formats": [kind.value for kind in item.formats],
        "blocks": [_block_record(each, root) for each in origins(item)],
        "left_out": [
            {"block": name, **_line(place, root)} for name, place in left_out(item.composed).items()
        ],
    }


def _block_record(origin: Origin, root: Path) -> dict[str, object]:
    return {
        "block": origin.name or None,
        "depth": origin.depth,
        **_line(origin.place, root),
        "overrides": [_line(place, root) for place in origin.overrides],
        "adds": origin.adds,
        "inherited": origin.inherited,
        "parts": [
            {"macro": part.macro or None, **_line(part.place, root)} for part in origin.parts
        ],
        "facts": [_fact_record(told) for told in origin.facts],
        "blank": origin.blank,
    }


def _fact_record(told: Told) -> dict[str, object]:
    printed = [{"form": form, "text": text or None} for form, text in told.printed]
    return {"fact": told.fact, "note": told.note, "printed": printed}


def _line(place: Place, root: Path) -> dict[str, object]:
    return {"template": place.file.relative_to(root).as_posix(), "line": place.line}
