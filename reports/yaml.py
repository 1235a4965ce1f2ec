"""YAML text to values with places: no implicit types, and no surprises.

Every scalar stays the text that the author wrote (`NO`, `0301`, `3.10`).  Duplicate keys, tags,
anchors, aliases, directives and further documents are refused, and so are characters that make a
text other than it looks.  The nodes are built from the parser's events on a stack of our own: the
parser's composer recurses, and deep input makes it overrun the machine's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from sys import intern  # a store's mappings have the same few keys
from typing import Any, NamedTuple, NoReturn, TypeAlias

import yaml as pyyaml
from yaml import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    MarkedYAMLError,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from reports.problems import Place, Problem, ReportError

MAX_BYTES = 4_000_000
MAX_DEPTH = 20
MAX_EVENTS = 500_000  # of the parser in one file; facts make about seven in a hundred bytes
MAX_PROBLEMS = 100  # with the keys of one file, before the rest of it is left unread
MAX_SHOWN = 60  # characters of an author's word in a message


class Scalar(NamedTuple):
    """A text.  A store holds very many of them and asks few for their place."""

    text: str
    file: Path
    at: int  # line and column from 0, in one number

    @property
    def place(self) -> Place:
        return _unpacked(self.at, self.file)


def scalar(text: str, place: Place) -> Scalar:
    """The text at that line and column, for a reader of something else than YAML."""
    return Scalar(text, place.file, place.line - 1 << 32 | place.column - 1)


@dataclass(frozen=True, slots=True)
class Sequence:
    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys in the order of the file; `key_places` tells where each key stands."""

    entries: dict[str, Node]
    key_places: AbstractMapping[str, Place]
    place: Place


Node: TypeAlias = Scalar | Sequence | Mapping


class _KeyPlaces(AbstractMapping[str, Place]):
    """Where each key of one mapping stands; a Place is made when it is asked for."""

    __slots__ = ("_ats", "_file")

    def __init__(self, file: Path, ats: dict[str, int]) -> None:
        self._file = file
        self._ats = ats

    def __getitem__(self, key: str) -> Place:
        return _unpacked(self._ats[key], self._file)

    def __iter__(self) -> Iterator[str]:
        return iter(self._ats)

    def __len__(self) -> int:
        return len(self._ats)


_Loader = getattr(pyyaml, "CSafeLoader", pyyaml.SafeLoader)
_BREAK = re.compile(r"\r\n?|\n")
# May stand nowhere: controls; marks that turn the direction of writing; what can't be seen; breaks
# that few editors show as a new line; damage.  Soft hyphens, and the joiners of emoji and of
# scripts such as Persian, change how a text is set and not what it says: they may stand.
_REFUSED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\U000e0000-\U000e0fff\u2028\u2029"
    "\ud800-\udfff\ufff9-\uffff]"
)
# Half the time of a search: the frequent characters come first, and nothing is tried again.
_ACCEPTED = re.compile(f"(?:[\n -~\xa0-\u02ff]+|[^{_REFUSED.pattern[1:]})*+")
_PRIVATE = re.compile("[\ue000-\uf8ff]")  # the tool marks texts with some of them


def read_yaml(file: Path) -> Mapping:
    """The mapping that a YAML file holds; empty for an empty file.

    Raises ReportError at file, line and column for what `read_text` refuses, what is too deep
    or not YAML, and a feature that facts don't need; and for a name that no message could tell.
    """
    if file.name != file.name.encode("utf-8", "ignore").decode():
        raise ReportError(Problem(Place(file), "the file's name is not UTF-8", "rename it"))
    return parse_yaml(_decoded(file, MAX_BYTES), file)


def parse_yaml(text: str, file: Path) -> Mapping:
    """The mapping that a text holds, which stands in `file` or stood there once.

    Raises ReportError as `read_yaml` does.
    """
    _refuse_hidden(text, file)
    if "\t" in text:
        place = _place_in(text, text.index("\t"), file)
        raise ReportError(Problem(place, "a tab is not allowed", "indent with spaces"))
    refuse_marks(text, file)
    problems: list[Problem] = []
    try:
        root = _root(text, file, problems)
    except MarkedYAMLError as error:
        raise ReportError(_syntax_problem(error, file)) from None
    if problems:
        raise ReportError(*sorted(problems))
    if root is None:
        return Mapping({}, {}, Place(file))
    if not isinstance(root, Mapping):
        raise ReportError(Problem(root.place, "expected 'key: value' pairs at the top level"))
    return root


def refuse_marks(text: str, file: Path) -> None:
    """Raise ReportError at the first character with which the tool itself marks texts."""
    _refuse_characters(_PRIVATE, text, file)


def unfit(text: str) -> str:
    """What a fact file may not hold of a text, in words; "" where it may hold all of it."""
    found = _REFUSED.search(text) or _PRIVATE.search(text)
    return _character(found[0]) if found else ""


def read_text(file: Path, limit: int = MAX_BYTES) -> str:
    """The text of a UTF-8 file, without the byte order mark that it may begin with.

    Raises ReportError for a file that can't be read or is larger than `limit` bytes, at the line
    of the first byte that isn't UTF-8, or at the first character that may stand nowhere.
    """
    text = _decoded(file, limit)
    _refuse_hidden(text, file)
    return text


def _decoded(file: Path, limit: int) -> str:
    try:
        return _read_bytes(file, limit).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        rest = error.object  # without a byte order mark
        before = rest[: error.start].decode("utf-8")
        line = _place_in(before, len(before), file).line
        what = f"byte 0x{rest[error.start]:02x} is not UTF-8"
        hint = "save the file as UTF-8 in your editor"
        raise ReportError(Problem(Place(file, line), what, hint)) from None


def _read_bytes(file: Path, limit: int) -> bytes:
    try:
        if file.is_fifo():  # to read it would be to wait for a writer
            raise ReportError(Problem(Place(file), "can't be read: is a pipe"))
        with file.open("rb") as stream:
            data = stream.read(limit + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReportError(Problem(Place(file), f"can't be read: {reason.lower()}")) from None
    if len(data) > limit:
        what = f"is larger than {limit} bytes"
        raise ReportError(Problem(Place(file), what, "split it into several files"))
    return data


# ---------------------------------------------------------------- events to nodes


def _root(text: str, file: Path, problems: list[Problem]) -> Node | None:
    """The node at the top, None for a file without one."""
    escapes = "\\" in text
    events = iter(_Loader(text).get_event, None)
    nodes: list[Node] = []  # in the collection that is open
    outer: list[tuple[list[Node], Any]] = []  # in those around it, and where each next one began
    for event in islice(events, MAX_EVENTS):
        kind = type(event)
        if kind is ScalarEvent:
            mark = event.start_mark
            if event.anchor or event.tag:
                _refuse_property(event, file)
            if escapes:
                _refuse_escaped(event, file)
            nodes.append(Scalar(event.value, file, mark.line << 32 | mark.column))
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            if event.anchor or event.tag:
                _refuse_property(event, file)
            if len(outer) == MAX_DEPTH:
                _refuse(event, file, f"more than {MAX_DEPTH} levels", "flatten the structure")
            outer.append((nodes, event.start_mark))
            nodes = []
        elif kind is MappingEndEvent:
            pairs = nodes
            nodes, mark = outer.pop()
            nodes.append(_mapping(pairs, _mark_place(mark, file), problems))
        elif kind is SequenceEndEvent:
            items = tuple(nodes)
            nodes, mark = outer.pop()
            nodes.append(Sequence(items, _mark_place(mark, file)))
        elif kind is AliasEvent:
            _refuse(event, file, f"alias '*{_shown(event.anchor)}'", "write the value out again")
        elif kind is DocumentStartEvent:
            _refuse_document(event, file, is_second=bool(nodes))
    if event := next(events, None):
        hint = "split it into several files"
        _refuse(event, file, f"more than {MAX_EVENTS} values and keys", hint)
    return nodes[0] if nodes else None


def _mapping(nodes: list[Node], place: Place, problems: list[Problem]) -> Mapping:
    """The mapping whose keys and values take turns in `nodes`; wrong keys are left out."""
    keys = nodes[::2]
    pairs = zip(keys, nodes[1::2], strict=True)
    entries = {intern(key.text): value for key, value in pairs if type(key) is Scalar}
    ats = {intern(key.text): key.at for key in keys if type(key) is Scalar}
    are_words = all(entries) and all(map(str.isprintable, entries))
    if len(entries) < len(keys) or not are_words:
        problems += islice(_key_problems(keys), MAX_PROBLEMS - len(problems))
        if len(problems) == MAX_PROBLEMS:
            raise ReportError(*sorted(problems))
    return Mapping(entries, _KeyPlaces(place.file, ats), place)


def _key_problems(keys: list[Node]) -> Iterator[Problem]:
    first: dict[str, Scalar] = {}
    for key in keys:
        if not isinstance(key, Scalar) or not key.text:
            yield Problem(key.place, "a key must be a plain word")
        elif not key.text.isprintable():
            character = next(char for char in key.text if not char.isprintable())
            what = f"{_character(character)} is not allowed in a key"
            yield Problem(key.place, what, "type the key anew")
        elif key.text in first:
            hint = f"the first is on line {first[key.text].place.line}; rename or delete one"
            yield Problem(key.place, f"key '{_shown(key.text)}' stands twice", hint)
        else:
            first[key.text] = key


# ---------------------------------------------------------------- refusals


def _refuse(event: Any, file: Path, what: str, hint: str) -> NoReturn:
    place = _mark_place(event.start_mark, file)
    raise ReportError(Problem(place, f"{what} is not allowed", hint))


def _refuse_property(event: Any, file: Path) -> NoReturn:
    if event.anchor:
        hint = "write the value out where used"
        _refuse(event, file, f"anchor '&{_shown(event.anchor)}'", hint)
    _refuse(event, file, f"tag '{_shown(event.tag)}'", "leave it out; values are typed by key")


def _refuse_document(event: Any, file: Path, *, is_second: bool) -> None:
    if is_second:
        _refuse(event, file, "a second document", "delete '---', or make it a file of its own")
    if event.version or event.tags:
        _refuse(event, file, "a line that begins with '%'", "delete it")


def _refuse_escaped(event: Any, file: Path) -> None:
    """Refuse what the text of a scalar holds without holding it as written: an escape."""
    if found := _REFUSED.search(event.value) or _PRIVATE.search(event.value):
        raise ReportError(_character_problem(found[0], _mark_place(event.start_mark, file)))


def _refuse_hidden(text: str, file: Path) -> None:
    if not _ACCEPTED.fullmatch(text):
        _refuse_characters(_REFUSED, text, file)


def _refuse_characters(pattern: re.Pattern[str], text: str, file: Path) -> None:
    if found := pattern.search(text):
        raise ReportError(_character_problem(found[0], _place_in(text, found.start(), file)))


def _character_problem(character: str, place: Place) -> Problem:
    is_control = character < " " or "\x7f" <= character <= "\x9f"
    hint = "delete it" if is_control else "delete it, or type what is meant"
    return Problem(place, f"{_character(character)} is not allowed", hint)


def _character(character: str) -> str:
    """The number of a character and, except for controls, its name."""
    import unicodedata

    other = "private use" if unicodedata.category(character) == "Co" else ""
    name = unicodedata.name(character, other).lower()
    return f"character #x{ord(character):04x}{f' ({name})' if name else ''}"


def _syntax_problem(error: MarkedYAMLError, file: Path) -> Problem:
    mark = error.problem_mark or error.context_mark
    place = _mark_place(mark, file) if mark else Place(file)
    what = str(error.problem or error.context or error)
    hint = "quote a text that holds ': ' or ' #', or that begins with a sign"
    return Problem(place, f"not valid YAML: {what}", hint)


def _shown(word: str) -> str:
    """An author's word for a message: not too long, and without what a terminal would obey."""
    cut = f"{word[:MAX_SHOWN]}…" if len(word) > MAX_SHOWN else word
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in cut)


# ---------------------------------------------------------------- places


def _mark_place(mark: Any, file: Path) -> Place:
    return Place(file, mark.line + 1, mark.column + 1)


def _unpacked(at: int, file: Path) -> Place:
    return Place(file, (at >> 32) + 1, (at & 0xFFFFFFFF) + 1)


def _place_in(text: str, index: int, file: Path) -> Place:
    """Where that character stands; the parser counts lines in the same way."""
    starts = [0, *(found.end() for found in _BREAK.finditer(text, 0, index))]
    return Place(file, len(starts), index - starts[-1] + 1)
