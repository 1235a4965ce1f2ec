"""To start a look of one's own: `new theme`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from reports.cli.words import Commands, add_command, wrong_option
from reports.problems import Place, Problem, ReportError


def declare(kinds: Commands) -> None:
    """Add `theme` to the kinds of `new`."""
    what = "a theme: a folder with tokens that build on another theme's, and a sheet of your own"
    theme = add_command(kinds, "theme", _new_theme, what, "new theme havneby --from default")
    theme.add_argument("id", metavar="NAME", help="its name, such as havneby")
    theme.add_argument(
        "--from", dest="base", default="default", help="theme to build on (default: default)"
    )


def _new_theme(arguments: argparse.Namespace) -> int:
    from reports.briefs import fact_settings
    from reports.starter.theme import new_theme
    from reports.themes import load_theme
    from reports.themes.found import theme_files

    root: Path = arguments.workspace
    templates = root / "templates"
    if not templates.is_dir():
        what = "this folder is missing"
        raise ReportError(Problem(Place(templates), what, "name the workspace with --workspace"))
    known = theme_files(templates / "themes")
    if arguments.base not in known:
        wrong_option("from", arguments.base, known)
    languages, _ = fact_settings(root)
    base = load_theme(known[arguments.base])
    for file in new_theme(templates / "themes", arguments.id, base, languages):
        print(file.relative_to(root).as_posix())
    print(f"next: write 'theme: {arguments.id}' in a file of templates/audiences", file=sys.stderr)
    return 0
