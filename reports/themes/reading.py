"""A tokens file to its tokens by path, over those of the theme it builds on, each judged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from reports.problems import Place, Problem, ReportError, suggest
from reports.themes.derived import FOLLOWS, fonts_of_texts, widths
from reports.themes.found import base_files
from reports.themes.vocabulary import AXIS, FONT_TOKENS, RUNNING, TOKENS, Kind
from reports.themes.word import is_word_token, word_lack, word_problem
from reports.yaml import Mapping, Node, Scalar, Sequence, read_yaml

Entries: TypeAlias = dict[str, Scalar]

_FONT = re.compile(r"fonts\.(?!weights\.)([a-z][a-z0-9-]*)\.(\w+)(?:\.\w+)?")
_ALT = re.compile(r"logo\.alt\.[a-z]{2}")  # the words in one language
_LOGO = {"file": "logo.svg", "height_mm": "9", "alt": "…"}  # what each needs, with an example
_SHOWN = 4  # missing tokens that a message names
_LEAST_MM = {"grid.main_mm": ("main column", 60), "grid.between_mm": ("middle of the foot", 30)}
_SIDES = ("grid.side_mm", "grid.gutter_mm", "page.margin_mm.left", "page.margin_mm.right",
          "page.width_mm")  # fmt: skip


def read_tokens(file: Path, problems: list[Problem]) -> Entries:
    """The tokens that hold in the theme of a file; faults are added to `problems`."""
    entries = _chained(file, (), problems)
    if not problems:
        problems.extend(_lacking(entries, file))
        lack = word_lack({path: entry.place for path, entry in entries.items()})
        problems.extend([lack] if lack else ())
    if not problems:
        problems.extend(_narrow(entries, file))
    return entries


def _chained(file: Path, above: tuple[Path, ...], problems: list[Problem]) -> Entries:
    """The tokens of a file over those of its base; `above` are the files that build on it."""
    try:
        flat = dict(_flat("", read_yaml(file)))
    except ReportError as error:
        problems.extend(error.problems)
        return {}
    base = flat.pop("base", None)
    own = {path: entry for path, entry in flat.items() if _is_right(path, entry, problems)}
    below = _base_file(base, (*above, file), problems) if base else None
    if below is None:
        return own
    return {**_kept(_chained(below, (*above, file), problems), own), **own}


def _base_file(base: Scalar, seen: tuple[Path, ...], problems: list[Problem]) -> Path | None:
    known = base_files(base.file.parent.parent, seen)
    found = known.get(base.text)
    if found is None:
        what = f"unknown theme '{base.text}'"
        problems.append(Problem(base.place, what, suggest(base.text, known)))
    elif found in seen:
        what = f"theme '{base.text}' would build on itself"
        problems.append(Problem(base.place, what, "leave 'base' out in one of them"))
        return None
    return found


def _kept(inherited: Entries, own: Entries) -> Entries:
    """What a theme takes from its base: of a font with a new family, or a new logo, nothing."""
    fonts = {path: found[1] for path in (*inherited, *own) if (found := _FONT.fullmatch(path))}
    renewed = {fonts[path] for path in own if path in fonts and path.endswith(".family")}
    inherited = {path: e for path, e in inherited.items() if fonts.get(path) not in renewed}
    if "logo.file" in own:
        return {path: e for path, e in inherited.items() if not path.startswith("logo.")}
    return inherited


def _flat(path: str, node: Node) -> Iterator[tuple[str, Scalar]]:
    match node:
        case Scalar():
            yield path, node
        case Sequence(items):
            for index, item in enumerate(items):
                yield from _flat(f"{path}.{index}", item)
        case Mapping(entries):
            for key, value in entries.items():
                yield from _flat(f"{path}.{key}" if path else key, value)


def _is_right(path: str, entry: Scalar, problems: list[Problem]) -> bool:
    if is_word_token(path):
        fault = word_problem(path, entry.text, entry.place)
        problems.extend([fault] if fault else ())
        return fault is None
    kind = _kind(path)
    if kind is None:
        problems.append(_unknown(path, entry.place))
    elif not kind.fits(entry.text):
        what = f"token '{path}' is '{entry.text}'"
        problems.append(Problem(entry.place, what, f"write {kind.expected}"))
    else:
        return True
    return False


def _kind(path: str) -> Kind | None:
    if not (found := _FONT.fullmatch(path)):
        return TOKENS.get("logo.alt" if _ALT.fullmatch(path) else path)
    return AXIS if found[2] == "axes" else FONT_TOKENS.get(path.split(".", 2)[2])


def _unknown(path: str, place: Place) -> Problem:
    if path in FOLLOWS:
        return Problem(place, f"token '{path}' can't be set", f"it follows from {FOLLOWS[path]}")
    known = [*TOKENS]
    if found := _FONT.fullmatch(path):
        keys = (*FONT_TOKENS, f"axes.{path.rpartition('.')[2]}")
        known = [f"fonts.{found[1]}.{key}" for key in keys]
    return Problem(place, f"unknown token '{path}'", suggest(path, known))


def _lacking(entries: Entries, file: Path) -> Iterator[Problem]:
    """One problem for all tokens that a theme lacks, and one for each font that isn't there."""
    lacking = [path for path, kind in TOKENS.items() if kind.required and path not in entries]
    declared = {found[1] for path in entries if (found := _FONT.fullmatch(path))}
    for text, font in fonts_of_texts(_texts(entries)).items():
        if font in declared:
            lacking += [path for path in _needed(font, text, entries) if path not in entries]
        else:
            place = entries[f"type.{text}.font"].place
            yield Problem(place, f"unknown font '{font}'", suggest(font, declared))
    yield from _incomplete(entries)
    yield from _unknown_colours(entries)
    yield from _both_given(entries)
    lacking = list(dict.fromkeys(lacking))
    if lacking:
        shown = ", ".join(lacking[:_SHOWN]) + (" …" if len(lacking) > _SHOWN else "")
        count = f"{len(lacking)} tokens are" if len(lacking) > 1 else "a token is"
        hint = "set what is missing, or begin the file with 'base: default'"
        yield Problem(Place(file), f"{count} missing: {shown}", hint)


def _unknown_colours(entries: Entries) -> Iterator[Problem]:
    colours = {path.partition(".")[2] for path in entries if path.startswith("colours.")}
    for path, entry in entries.items():
        if path.startswith("chart.palette.") and entry.text[0] != "#" and entry.text not in colours:
            what = f"unknown colour '{entry.text}'"
            yield Problem(entry.place, what, suggest(entry.text, colours))


def _incomplete(entries: Entries) -> Iterator[Problem]:
    """A logo that is only half described, and a colour that can't be told on dark pages."""
    logo = [path for path in entries if path.startswith("logo.")]
    for key, example in _LOGO.items():
        if logo and not any(path.startswith(f"logo.{key}") for path in logo):
            what = f"the logo has no '{key}'"
            yield Problem(entries[logo[0]].place, what, f"add '{key}: {example}' below 'logo'")
    if "colours.brand" in entries and "dark.brand" not in entries:
        hint = "add 'brand' below 'dark': the colour that stands for it on dark screens"
        yield Problem(entries["colours.brand"].place, "'colours.brand' has no twin", hint)


def _both_given(entries: Entries) -> Iterator[Problem]:
    """Fonts of which it isn't clear where their files lie."""
    for path, entry in entries.items():
        package = f"{path.removesuffix('.licence')}.package"
        if _FONT.fullmatch(path) and path.endswith(".licence") and package in entries:
            what = f"'{path}' says that the files lie here, and '{package}' that they don't"
            yield Problem(entry.place, what, "leave one of them out")


def _needed(font: str, text: str, entries: Entries) -> list[str]:
    """The tokens of a font that a kind of text is set in; authors stress words of some kinds."""
    keys = [] if f"fonts.{font}.licence" in entries else ["package"]
    keys += [key for key, kind in FONT_TOKENS.items() if kind.required]
    keys += ["italic"] if text in RUNNING else []
    return [f"fonts.{font}.{key}" for key in keys]


def _narrow(entries: Entries, file: Path) -> Iterator[Problem]:
    """Where margins and side column leave too little for the text."""
    found = widths(_texts(entries))
    for path, (name, least) in _LEAST_MM.items():
        if found[path] < least:
            own = (each for each in _SIDES if entries[each].file == file)
            what = f"the {name} would be {found[path]:g} mm wide; it needs {least}"
            place = entries[next(own, _SIDES[0])].place
            yield Problem(place, what, "narrow the margins or the side column")


def _texts(entries: Entries) -> dict[str, str]:
    return {path: entry.text for path, entry in entries.items()}
