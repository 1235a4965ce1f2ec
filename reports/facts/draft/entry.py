"""A new entry as YAML, and its place in a file: all else in the file stays byte for byte.

Single words, ids, numbers and dates are written plain, every other text in quotation marks.  What
is inserted is read back: a file that then says anything but what it said and the entry is refused.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path
from typing import TypeAlias

from reports.files import replace_file
from reports.problems import Place, Problem, ReportError
from reports.yaml import Mapping as Block
from reports.yaml import Node, Scalar, parse_yaml, read_text
from reports.yaml import Sequence as Items

Tree: TypeAlias = "str | Sequence[Tree] | Mapping[str, Tree]"

WIDTH = 100  # characters in a line, before a mapping is spread over several
_PLAIN = re.compile(r"-?[a-z0-9][a-z0-9.-]*( (stated|million|of [0-9]+))?|XXXX(-[0-9]{2}){1,2}")
_TYPED = ("null", "true", "false")  # an editor takes these for something else than texts
_ESCAPED = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff]')
_BREAK = re.compile(r"\r\n?|\n")
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+\Z")


@dataclass(frozen=True)
class Entry:
    """What is to stand in a section under an id."""

    section: str
    id: str
    keys: Mapping[str, Tree]


# ---------------------------------------------------------------- the text of an entry


def entry_lines(id_: str, entry: Tree, indent: int = 2, step: int = 2) -> tuple[str, ...]:
    """The entry as lines of YAML without line breaks, its id after `indent` spaces.

    A mapping stands in one line where it fits.
    """
    whole = f"{' ' * indent}{id_}: {in_line(entry)}"
    if len(whole) <= WIDTH or not isinstance(entry, Mapping):
        return (whole,)
    inner = (entry_lines(key, value, indent + step, step) for key, value in entry.items())
    return (f"{' ' * indent}{id_}:", *(line for lines in inner for line in lines))


def in_line(tree: Tree) -> str:
    """The tree as YAML without a line break."""
    if isinstance(tree, str):
        return scalar(tree)
    if isinstance(tree, Mapping):
        return f"{{{', '.join(f'{key}: {in_line(value)}' for key, value in tree.items())}}}"
    return f"[{', '.join(map(in_line, tree))}]"


def scalar(text: str) -> str:
    """The text as a scalar of YAML that reads as that text, wherever it stands."""
    if _PLAIN.fullmatch(text) and text not in _TYPED:
        return text
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    return f"\\{character}" if character in '"\\' else f"\\u{ord(character):04x}"


# ---------------------------------------------------------------- its place in a file


def add_entries(file: Path, entries: Iterable[Entry], check: Callable[[], object]) -> None:
    """Add entries to a file, which is made if need be, and `check` the store with them.

    Whatever `check` raises, the file is then as it was.  Raises ReportError if the file can't be
    read, added to or written.
    """
    file = file.resolve()  # a link to a file stays one
    text = read_text(file) if file.exists() else ""
    old = file.read_bytes() if file.exists() else None
    for entry in entries:
        text = with_entry(text, entry, file)
    mark = BOM_UTF8 if old and old.startswith(BOM_UTF8) else b""
    _replace(file, mark + text.encode())
    try:
        check()
    except BaseException:
        if old is None:
            file.unlink()
        else:
            _replace(file, old)
        raise


def _replace(file: Path, data: bytes) -> None:
    mode = file.stat().st_mode if file.exists() else None
    try:
        replace_file(file, data)
    except ReportError as error:
        hint = "close the program that holds it open, or choose another file with --file"
        raise ReportError(*(replace(problem, hint=hint) for problem in error.problems)) from None
    if mode is not None:
        file.chmod(mode)


def with_entry(text: str, entry: Entry, file: Path) -> str:
    """The text of a fact file with one more entry, at the end of its section.

    Raises ReportError at the section if the entry can't be put there without a change to
    something else, or if the text can't be read.
    """
    root = parse_yaml(text, file)
    added = _inserted(text, root, entry)
    if added is None or not _adds(added, root, entry, file):
        place = root.key_places.get(entry.section, Place(file))
        what = f"'{entry.section}' is written in a way that nothing can be added to"
        hint = "write its entries below each other, or choose another file with --file"
        raise ReportError(Problem(place, what, hint))
    return added


def _inserted(text: str, root: Block, entry: Entry) -> str | None:
    """The text with the entry where it belongs; None where there is no such place."""
    lines = _LINE.findall(text)
    match root.entries.get(entry.section):
        case None:
            added = [f"{entry.section}:", *entry_lines(entry.id, entry.keys)]
            return _joined(lines, len(lines), added)
        case Block(entries, _, braces) if not entries:
            return _filled(lines, braces, entry_lines(entry.id, entry.keys))
        case Block() as block if not _has_braces(block, lines):
            added = [*_gap(block, lines), *entry_lines(entry.id, entry.keys, *_indents(block))]
            return _joined(lines, _end(root, entry.section, block, lines), added)
        case _:
            return None


def _has_braces(block: Block, lines: Sequence[str]) -> bool:
    """Whether a mapping that isn't empty is written in braces."""
    return lines[block.place.line - 1][block.place.column - 1] == "{"


def _indents(block: Block) -> tuple[int, int]:
    """How far the ids of a section stand in, and the keys of its entries from there."""
    ((id_, entry), *_) = block.entries.items()
    id_place = block.key_places[id_]
    inner = [*entry.key_places.values()] if isinstance(entry, Block) else []
    below = [place.column for place in inner if place.line > id_place.line]
    return id_place.column - 1, below[0] - id_place.column if below else 2


def _gap(block: Block, lines: Sequence[str]) -> list[str]:
    """An empty line, if the last two entries have one between them."""
    *before, last = (place.line for place in block.key_places.values())
    return [""] if before and not lines[last - 2].strip() else []


def _end(root: Block, section: str, block: Block, lines: Sequence[str]) -> int:
    """After how many lines the section ends; comments that stand in as its ids do are its own."""
    start = root.key_places[section].line
    later = (place.line for place in root.key_places.values() if place.line > start)
    beyond = min(later, default=len(lines) + 1) - 1
    margin = block.place.column - 1
    around = takewhile(lambda line: _is_around(line, margin), reversed(lines[:beyond]))
    return beyond - len([*around])


def _is_around(line: str, margin: int) -> bool:
    """Whether the line is empty, or a comment further out than `margin`."""
    text = line.strip()
    return not text or (text[0] == "#" and len(line) - len(line.lstrip()) < margin)


def _filled(lines: Sequence[str], braces: Place, added: Sequence[str]) -> str | None:
    """The text with entries for the `{}` of an empty section."""
    line, column = braces.line, braces.column - 1
    whole = lines[line - 1]
    before, after = whole[:column].rstrip(), whole[column:]
    if not after.startswith("{}"):
        return None
    rest = after[2:] if after[2:].strip() else after[2:].lstrip(" ")
    return _joined([*lines[: line - 1], before + rest, *lines[line:]], line, added)


def _joined(lines: Sequence[str], at: int, added: Sequence[str]) -> str:
    """The lines with others after the first `at`, broken as the first line is."""
    newline = _BREAK.findall(lines[0])[0] if lines and _BREAK.search(lines[0]) else "\n"
    before, after = "".join(lines[:at]), "".join(lines[at:])
    gap = newline if before and not _BREAK.search(before[-1]) else ""
    return before + gap + "".join(f"{line}{newline}" for line in added) + after


def _adds(text: str, root: Block, entry: Entry, file: Path) -> bool:
    """Whether the text says what `root` says, and one entry more."""
    try:
        found = _tree(parse_yaml(text, file))
    except ReportError:
        return False
    old = {key: _tree(node) for key, node in root.entries.items()}
    section = old.get(entry.section)
    others = section if isinstance(section, dict) else {}
    return found == {**old, entry.section: {**others, entry.id: _plain(entry.keys)}}


def _tree(node: Node) -> Tree:
    match node:
        case Scalar(text):
            return text
        case Block(entries):
            return {key: _tree(value) for key, value in entries.items()}
        case Items(items):
            return [_tree(item) for item in items]


def _plain(entry: Tree) -> Tree:
    """The entry in the types of `_tree`, so that they compare."""
    if isinstance(entry, str):
        return entry
    if isinstance(entry, Mapping):
        return {key: _plain(value) for key, value in entry.items()}
    return [_plain(item) for item in entry]
