"""To start something: `new audience`, `new brief` and `new workspace`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TypeVar

from reports.cli.words import Commands, add_command, open_workspace, wrong_option

T = TypeVar("T")


def declare(kinds: Commands) -> None:
    """Add the kinds of `new` that make files from guides."""
    what = "an audience: a small file with comments, made from another audience; it builds at once"
    audience = add_command(
        kinds, "audience", _audience, what, "new audience journalists --from political-leadership"
    )
    audience.add_argument("id", metavar="NAME", help="its id, such as journalists")
    audience.add_argument("--from", dest="origin", required=True, help="audience to start from")
    audience.add_argument("--name", help="what readers see (default: the id in words)")
    audience.add_argument(
        "--brief", help="only in this brief (default: in all that have the other)"
    )
    what = "language of its own (may be given more than once; default: those of the other)"
    audience.add_argument("--lang", action="append", default=[], help=what)
    brief = add_command(
        kinds,
        "brief",
        _brief,
        "a brief: its settings, a base template, and a file an audience",
        "new brief kindergartens --audience executives --lang en",
    )
    brief.add_argument("id", metavar="NAME", help="its id, such as kindergartens")
    brief.add_argument("--title", help="what readers see (default: the id in words)")
    what = "who reads it (may be given more than once; default: all audiences)"
    brief.add_argument("--audience", action="append", default=[], help=what)
    what = "language (may be given more than once; default: those of the other briefs)"
    brief.add_argument("--lang", action="append", default=[], help=what)
    what = "a workspace: facts of an invented town, two audiences and a brief; it builds at once"
    workspace = add_command(
        kinds, "workspace", _workspace, what, "new workspace ~/briefs --lang da"
    )
    workspace.add_argument("folder", metavar="DIR", type=Path, help="folder to make")
    what = "language (may be given more than once; default: nb and en)"
    workspace.add_argument("--lang", action="append", default=[], help=what)


def _audience(arguments: argparse.Namespace) -> int:
    from reports.starter.audience import Asked, new_audience

    workspace = open_workspace(arguments)
    origin = _chosen("from", arguments.origin, workspace.audiences)
    codes = _languages(arguments) or origin.languages
    briefs = [brief for brief in workspace.briefs.values() if origin.id in brief.audiences]
    if arguments.brief:
        briefs = [_chosen("brief", arguments.brief, {brief.id: brief for brief in briefs})]
    name = arguments.name or in_words(arguments.id)
    asked = Asked(arguments.id, name, origin, codes)
    _tell(new_audience(workspace, asked, briefs), workspace.root)
    print(f"next: kildefast check --audience {arguments.id}", file=sys.stderr)
    return 0


def _brief(arguments: argparse.Namespace) -> int:
    from reports.starter.brief import Asked, new_brief

    workspace = open_workspace(arguments)
    codes = _languages(arguments) or workspace.languages
    readers = [_chosen("audience", id_, workspace.audiences) for id_ in arguments.audience]
    sender = next(iter(workspace.briefs.values())).sender
    asked = Asked(
        id=arguments.id,
        title=arguments.title or in_words(arguments.id),
        languages=codes,
        audiences={each.id: each.languages for each in readers or workspace.audiences.values()},
        sender=next(iter(sender.values())),
    )
    _tell(new_brief(workspace, asked), workspace.root)
    print(f"next: kildefast build --brief {arguments.id}", file=sys.stderr)
    return 0


def _workspace(arguments: argparse.Namespace) -> int:
    from reports.starter.workspace import new_workspace

    folder: Path = arguments.folder.resolve()
    today = date.today()  # noqa: DTZ011 - the adviser's own day
    _tell(new_workspace(folder, _languages(arguments) or ("nb", "en"), today), folder)
    print(f"next: kildefast build --workspace {arguments.folder}", file=sys.stderr)
    return 0


def _languages(arguments: argparse.Namespace) -> tuple[str, ...]:
    """The languages that the options ask for, each once; none where they ask for none."""
    from reports.language import languages

    for code in arguments.lang:
        _chosen("lang", code, dict.fromkeys(languages()))
    return tuple(dict.fromkeys(arguments.lang))


def _chosen(option: str, word: str, known: dict[str, T]) -> T:
    if word not in known:
        wrong_option(option, word, known)
    return known[word]


def in_words(id_: str) -> str:
    """An id as a reader sees it until a name is given: "city-council" is "City council"."""
    return id_.replace("-", " ").capitalize()


def _tell(files: Iterable[Path], root: Path) -> None:
    for file in files:
        print(file.relative_to(root).as_posix())
