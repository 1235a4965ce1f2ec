"""To start something: `new audience`, `new brief` and `new workspace`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from reports.cli.printing import print_problems
from reports.cli.words import Commands, add_command, given_path, open_workspace, typed, wrong_option
from reports.problems import ReportError

if TYPE_CHECKING:  # what the help does without
    from reports.briefs import Workspace

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
    what = "who reads it (may be given more than once; default: all but those of other languages)"
    brief.add_argument("--audience", action="append", default=[], help=what)
    what = "language (may be given more than once; default: the audiences' own, else the briefs')"
    brief.add_argument("--lang", action="append", default=[], help=what)
    what = "a workspace: facts of an invented town, two audiences and a brief; it builds at once"
    workspace = add_command(
        kinds, "workspace", _workspace, what, "new workspace ~/briefs --lang da"
    )
    workspace.add_argument("folder", metavar="DIR", type=given_path, help="folder to make")
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
    name = arguments.name or _spelled_out(arguments.id)
    asked = Asked(arguments.id, name, origin, codes)
    made = _made(lambda: new_audience(workspace, asked, briefs))
    _tell(made.files, workspace.root)
    print_problems(made.warnings, workspace.root)
    print(f"next: {typed()} check --audience {arguments.id}", file=sys.stderr)
    return 0


def _brief(arguments: argparse.Namespace) -> int:
    from reports.starter.brief import Asked, new_brief
    from reports.starter.readers import readers_in

    workspace = open_workspace(arguments)
    codes = _languages(arguments)
    chosen = [_chosen("audience", id_, workspace.audiences) for id_ in arguments.audience]
    asked = Asked(
        id=arguments.id,
        title=arguments.title or _spelled_out(arguments.id),
        languages=codes,
        audiences=tuple(chosen) or readers_in(codes, workspace.audiences.values()),
        sender=_senders(workspace),
    )
    _tell(_made(lambda: new_brief(workspace, asked)), workspace.root)
    print(f"next: {typed()} build --brief {arguments.id}", file=sys.stderr)
    return 0


def _senders(workspace: Workspace) -> dict[str, str]:
    """Who the briefs are from, by language: what the first of them says comes first."""
    senders: dict[str, str] = {}
    for brief in workspace.briefs.values():
        senders = {**brief.sender, **senders}
    return senders


def _workspace(arguments: argparse.Namespace) -> int:
    from reports.starter.workspace import new_workspace

    folder: Path = arguments.folder.resolve()
    today = date.today()  # noqa: DTZ011 - the adviser's own day
    codes = _languages(arguments) or ("nb", "en")
    _tell(_made(lambda: new_workspace(folder, codes, today)), folder)
    print(f"next: {typed()} build --workspace {arguments.folder}", file=sys.stderr)
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


def _spelled_out(id_: str) -> str:
    """An id as a reader sees it until a name is given: "city-council" is "City council"."""
    return id_.replace("-", " ").capitalize()


def _made(make: Callable[[], T]) -> T:
    """What is made; where it can't be, that no file is there that the problems speak of."""
    try:
        return make()
    except ReportError:
        print("nothing was written:", file=sys.stderr)
        raise


def _tell(files: Iterable[Path], root: Path) -> None:
    for file in files:
        print(file.relative_to(root).as_posix())
