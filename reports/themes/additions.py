"""A theme's own style sheet to looks: parsed, judged by `looks`, and written anew.

Only what was understood is kept, so no slip of this reader is a gap for another.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import tinycss2  # type: ignore[import-untyped]

from reports.problems import Place, Problem, ReportError, suggest
from reports.themes.files import theme_file
from reports.themes.looks import AROUND, BLOCKS, GROUNDED, LAYOUTS, PROPERTIES, STATES, Look
from reports.yaml import Scalar

MAX_BYTES = 50_000
_MORE = "; docs/themes.md has all"
_SHOWN = "what the template prints is shown"
_GRID = "the grid in tokens.yaml sets what stands where"
_TYPE = "set the kinds of text below 'type' in tokens.yaml"
_WHY = {
    **dict.fromkeys(("display", "visibility", "opacity", "overflow", "clip", "clip-path"), _SHOWN),
    **dict.fromkeys(("position", "float", "transform", "width", "height", "text-indent"), _GRID),
    **dict.fromkeys(("margin", "margin-left", "margin-right"), _GRID),
    **dict.fromkeys(("padding", "padding-left", "padding-right"), _GRID),
    **dict.fromkeys(("font", "font-family", "font-size", "font-weight", "line-height"), _TYPE),
    "content": "what a sheet writes has no source; write it in the template",
    "background": "a ground is one colour: background-color",
    "background-image": "a picture of the organisation is its 'logo' in tokens.yaml",
    "text-transform": "capitals change units and names: mW is not MW",
}
_RULES = {
    "import": "a theme loads nothing; put it all in this file",
    "font-face": "name font files under 'fonts' in tokens.yaml",
    "page": "'page' in tokens.yaml sets the sheet and its margins",
    "media": "one sheet serves paper and screen",
}


def read_additions(entries: Mapping[str, Scalar]) -> tuple[Look, ...]:
    """The looks of the style sheet that the token `css` names.

    Raises ReportError with everything in the sheet that is outside the lists.
    """
    named = entries["css"]
    data = theme_file(named.text, named.place, MAX_BYTES)
    file = named.file.parent / named.text
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ReportError(Problem(Place(file), "this is not UTF-8", "save it as UTF-8")) from None
    reader = _Reader(file, {path for path in entries if path.startswith("colours.")})
    looks = tuple(reader.looks(text))
    if reader.problems:
        raise ReportError(*sorted(set(reader.problems)))
    return looks


class _Reader:
    """One sheet on its way to looks; `problems` are those met so far."""

    def __init__(self, file: Path, colours: Collection[str]) -> None:
        self._file, self._colours = file, colours
        self.problems: list[Problem] = []

    def looks(self, text: str) -> Iterator[Look]:
        for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
            match rule.type:
                case "qualified-rule":
                    yield from self._judged(rule)
                case "at-rule":
                    hint = _RULES.get(rule.lower_at_keyword, "a sheet has rules for blocks only")
                    self._tell(rule, f"'@{rule.at_keyword}' has no place in a theme", hint)
                case _:
                    hint = "a rule is such as h1 { color: token(colours.norge) }"
                    self._tell(rule, "this is no rule of CSS", hint)

    def _judged(self, rule: Any) -> Iterator[Look]:
        try:
            yield from tuple(self._rule(rule))
        except RecursionError:  # the library writes brackets out as deep as they stand
            self._tell(rule, "this is nested too deep", "a value is a word, a length or a token")

    def _rule(self, rule: Any) -> Iterator[Look]:
        blocks: list[str] = []
        selectors = [self._selector(part, rule, blocks) for part in _parted(rule.prelude)]
        sets: list[tuple[str, str]] = []
        for each in tinycss2.parse_blocks_contents(
            rule.content, skip_comments=True, skip_whitespace=True
        ):
            if each.type == "declaration":
                sets += self._declaration(each, blocks)
            else:
                what = "this is no 'property: value'"
                self._tell(each, what, "rules stand beside each other, not within")
        if all(selectors) and sets:
            yield Look(tuple(selectors), tuple(sets))

    def _declaration(self, found: Any, blocks: Sequence[str]) -> Iterator[tuple[str, str]]:
        name, kind = found.lower_name, PROPERTIES.get(found.lower_name)
        value = " ".join(tinycss2.serialize(_bare(found.value)).split()).lower()
        if kind is None:
            hint = _WHY.get(name) or suggest(name, PROPERTIES)
            self._tell(found, f"'{found.name}' can't be set here", hint)
        elif found.important:
            self._tell(found, "'!important' has no place in a theme", "leave it out")
        elif not kind.fits(value):
            self._tell(found, f"'{name}' is '{value}'", f"write {kind.expected}")
        elif name == "background-color" and set(blocks) - set(GROUNDED):
            other = next(block for block in blocks if block not in GROUNDED)
            self._tell(found, f"'{other}' can't have a ground of its own", suggest("", GROUNDED))
        else:
            for colour in re.findall(r"token\((.*?)\)", value):
                if colour not in self._colours:
                    self._tell(found, f"token '{colour}' is missing", "set it in tokens.yaml")
            yield name, value

    def _selector(self, tokens: Sequence[Any], rule: Any, blocks: list[str]) -> str:
        """One selector as it is written; "" where it names what is not in the lists.

        What it styles is added to `blocks`.
        """
        text = " ".join(tinycss2.serialize(tokens).split())
        compounds = re.split(r"\s*[>+~]\s*|\s+", text)
        if not all(compounds):
            self._tell(rule, "a rule for nothing", "begin it with what it styles: h1 { … }")
            return ""
        for number, compound in enumerate(compounds, start=1):
            bare = re.sub(rf":({'|'.join(STATES)})\b", "", compound)
            names = re.findall(r"\.?[\w-]+", bare)
            known = BLOCKS if number == len(compounds) else (*BLOCKS, *AROUND)
            if "".join(names) != bare or not set(names) <= set(known):
                strange = next((name for name in names if name not in known), compound)
                self._tell(
                    rule, f"'{compound}' can't be styled", f"{suggest(strange, known)}{_MORE}"
                )
                return ""
            if compound in LAYOUTS and number > 1:
                self._tell(
                    rule, f"'{compound}' stands within nothing", f"begin with it: {compound} h1"
                )
                return ""
        blocks += names[-1:]
        return text

    def _tell(self, node: Any, what: str, hint: str) -> None:
        place = Place(self._file, node.source_line, node.source_column)
        self.problems.append(Problem(place, what, hint))


def _parted(tokens: Sequence[Any]) -> list[list[Any]]:
    """The selectors of a list, which commas part."""
    parts: list[list[Any]] = [[]]
    for token in _bare(tokens):
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _bare(tokens: Sequence[Any]) -> list[Any]:
    return [token for token in tokens if token.type != "comment"]
