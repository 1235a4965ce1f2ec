"""To see what one audience is told and another is not: `diff-audiences`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from reports.briefs import Edition, Workspace
from reports.cli.building import chosen_editions
from reports.cli.layout import printed_text, wrapped
from reports.cli.printing import counted, document_record, print_json, print_unknown
from reports.cli.words import Commands, add_at, add_command, open_workspace
from reports.problems import ReportError

if TYPE_CHECKING:  # what composes editions is imported where it is used
    from reports.trace.contrast import Contrast, Telling


def declare(commands: Commands) -> None:
    """Add `diff-audiences`."""
    what = "what one audience is told and another is not, fact by fact"
    example = "diff-audiences executives public --lang en"
    command = add_command(commands, "diff-audiences", _diff, what, example)
    command.add_argument("first", metavar="A", help="id of an audience")
    command.add_argument("second", metavar="B", help="id of another audience")
    add_at(command)
    command.add_argument("--brief", help="only this brief")
    command.add_argument("--lang", help="only this language")
    command.add_argument("--subject", help="only this subject of a series")
    command.add_argument("--json", action="store_true", help="as JSON")
    command.set_defaults(audience=None)  # as `chosen_editions` asks; both are wanted


def _diff(arguments: argparse.Namespace) -> int:
    from reports.build import resolve_each
    from reports.trace.contrast import contrasts

    workspace = open_workspace(arguments)
    names = (arguments.first, arguments.second)
    editions = _editions(workspace, names, arguments)
    if not editions:
        return 1
    resolved, problems = resolve_each(editions, workspace)
    if {item.edition.name for item in resolved} != {edition.name for edition in editions}:
        raise ReportError(*problems)
    found = list(contrasts(resolved, *names, workspace.facts))
    if arguments.json:
        print_json([_record(each, names, workspace.root) for each in found])
        return 0
    for brief, inside in groupby(found, key=lambda each: each.document):
        _print(brief, list(inside), names, workspace.root)
    return 0


def _editions(
    workspace: Workspace, names: tuple[str, str], arguments: argparse.Namespace
) -> tuple[Edition, ...]:
    """The editions for the two audiences of each brief that both read; a message if none."""
    for name in names:
        if name not in workspace.audiences:
            print_unknown("audience", name, workspace.audiences)
            return ()
    chosen = chosen_editions(workspace, arguments)
    readers = {
        edition.brief.id: {each.audience.id for each in chosen if each.brief == edition.brief}
        for edition in chosen
    }
    both = [brief for brief, ids in readers.items() if {*names} <= ids]
    if not both or names[0] == names[1]:
        print(f"no two editions to compare for '{names[0]}' and '{names[1]}'", file=sys.stderr)
        print("  hint: name two audiences that one brief is written for", file=sys.stderr)
        return ()
    return tuple(e for e in chosen if e.brief.id in both and e.audience.id in names)


# ---------------------------------------------------------------- for a person


def _print(brief: str, found: Sequence[Contrast], names: tuple[str, str], root: Path) -> None:
    codes = list(dict.fromkeys(code for each in found for code in each.languages))
    print(f"{brief}: {names[0]} and {names[1]} ({', '.join(codes)})")
    for name, own in zip(names, ("first", "second"), strict=True):
        alone = [each for each in found if _teller(each) == own]
        print(f"\n{_counted(alone)} told to {name} alone")
        _print_alone(alone, codes, root)
    otherwise = [each for each in found if _teller(each) == "both" and not each.alike]
    print(f"\n{_counted(otherwise)} told to both, but otherwise")
    for each in otherwise:
        print(f"  {each.fact}{_only_in(each, codes)}")
        for name, told in zip(names, (each.first, each.second), strict=True):
            if told:
                _print_telling(name, told, max(map(len, names)), root)
    print(f"\n{_counted([each for each in found if each.alike])} told to both alike")


def _teller(contrast: Contrast) -> str:
    if contrast.first and contrast.second:
        return "both"
    return "first" if contrast.first else "second"


def _counted(found: Sequence[Contrast]) -> str:
    return counted(len({each.fact for each in found}), "fact")


def _print_alone(found: Iterable[Contrast], codes: Sequence[str], root: Path) -> None:
    """Print under each template the lines that tell, with why the other audience isn't told."""
    rows = [(each, told) for each in found if (told := each.first or each.second)]
    widest = max((len(each.fact) for each, _ in rows), default=0)
    files = dict.fromkeys(told.place.file for _, told in rows)
    for file in files:
        print(f"  {file.relative_to(root).as_posix()}")
        for each, told in rows:
            if told.place.file == file:
                first = f"  {told.place.line:>5}  {each.fact:{widest}}  "
                text = f"{printed_text(told.printed)}{_only_in(each, codes)}{_why(each)}"
                print(wrapped(text, first, " " * len(first)))


def _only_in(contrast: Contrast, codes: Sequence[str]) -> str:
    part = len(contrast.languages) < len(codes)
    return f" (in {', '.join(contrast.languages)})" if part else ""


def _why(contrast: Contrast) -> str:
    untold = contrast.untold
    if not untold:
        return ""
    why = "; above the other's access" if untold.why == "access" else ""
    return why + (f"; told {', '.join(untold.instead)} instead" if untold.instead else "")


def _print_telling(name: str, told: Telling, widest: int, root: Path) -> None:
    first = f"    {name:{widest}}  "
    print(wrapped(printed_text(told.printed), first, " " * len(first)))
    print(f"{' ' * len(first)}{told.place.shown(root)}")


# ---------------------------------------------------------------- for a script


def _record(contrast: Contrast, names: tuple[str, str], root: Path) -> dict[str, object]:
    untold = contrast.untold
    return {
        **document_record(contrast.document),
        "fact": contrast.fact,
        "languages": list(contrast.languages),
        "told_to": _teller(contrast),
        "alike": contrast.alike,
        "why": untold.why if untold else None,
        "instead": list(untold.instead) if untold else [],
        "first": _telling_record(names[0], contrast.first, root),
        "second": _telling_record(names[1], contrast.second, root),
    }


def _telling_record(name: str, told: Telling | None, root: Path) -> dict[str, object] | None:
    if told is None:
        return None
    return {
        "audience": name,
        "language": told.edition.language,
        "printed": [{"form": form, "text": text or None} for form, text in told.printed],
        "template": told.place.file.relative_to(root).as_posix(),
        "line": told.place.line,
    }
