"""A new theme: a tokens file that builds on another, with examples to take up line by line."""

from __future__ import annotations

from pathlib import Path
from string import Template

from reports.audiences import check_id
from reports.problems import Place, Problem, ReportError
from reports.starter.writing import write_together
from reports.themes import Theme, load_theme

_GUIDES = Path(__file__).parent / "guides"


def new_theme(themes: Path, id_: str, base: Theme, languages: tuple[str, ...]) -> tuple[Path, ...]:
    """The files of a theme of that name in the folder of themes; it looks as `base` does.

    `languages` are those that the words for a logo are shown in.  Raises ReportError for a name
    that no folder of the workspace may have, and if one of the files exists already.
    """
    problems: list[Problem] = []
    check_id(id_, "a theme", Place(themes), problems)
    if problems:
        raise ReportError(*problems)
    folder = themes / id_
    new = {
        folder / "tokens.yaml": _tokens(id_, base, languages),
        folder / "look.css": _guide("look.css", id=id_),
    }
    write_together(new, {}, lambda: load_theme(folder / "tokens.yaml"))
    return tuple(new)


def _tokens(id_: str, base: Theme, languages: tuple[str, ...]) -> str:
    """The examples show what the base has, so that taking one up changes nothing yet."""
    margins = {side: base.text(f"page.margin_mm.{side}") for side in _SIDES}
    sizes = {f"{text}_{key}": base.text(f"type.{text}.{key}") for text, key in _SIZES}
    return _guide(
        "theme.yaml",
        id=id_,
        base=base.file.parent.name,
        alts=", ".join(f"{code}: Havneby" for code in languages),
        ink=base.colour("ink"),
        norge=base.colour("norge"),
        dark_norge=base.text("dark.norge"),
        **margins,
        **sizes,
    )


def _guide(name: str, **words: str) -> str:
    return Template((_GUIDES / name).read_text("utf-8")).substitute(words)


_SIDES = ("top", "right", "bottom", "left")
_SIZES = (("title", "size"), ("title", "line"), ("body", "size"), ("body", "line"))
