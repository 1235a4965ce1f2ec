"""Typed values to JSON and back: dataclasses, enums by value, days and decimals as text.

What is read is judged: each part must have its type, nothing may be missing or left over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, cast, get_args, get_origin

from reports.problems import Place, Problem, ReportError

if TYPE_CHECKING:
    from cattrs.preconf.json import JsonConverter

Converter: TypeAlias = "JsonConverter"

T = TypeVar("T")
E = TypeVar("E", bound=Enum)

_folder: ContextVar[Path] = ContextVar("folder")
_MOST_BYTES = 20_000_000
_MOST_DEPTH = 40
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(rf"{_DAY.pattern}T[0-9]{{2}}(:[0-9]{{2}}){{2}}(Z|[+-][0-9]{{2}}:[0-9]{{2}})")
_NO_DAY = "must be a day such as 2031-04-02"
_NO_MOMENT = "must be a moment with its zone, such as 2031-04-02T09:30:00+02:00"


def cache_converter(*unions: Any) -> Converter:
    """A converter for what this tool wrote itself: quick, and without a word on what is wrong.

    The values of `unions` of types are kept with the name of their type.
    """
    from cattrs.preconf.json import make_converter  # late: most runs don't need it

    converter = make_converter(detailed_validation=False)
    converter.register_unstructure_hook(Decimal, str)
    converter.register_structure_hook(Decimal, lambda text, _: Decimal(text))
    for union in unions:
        _name_types(union, converter)
    return converter


def foldered_converter(*unions: Any) -> Converter:
    """A `cache_converter` that tells files as they are seen from the folder of `seen_from`.

    Files that lie elsewhere are told whole.
    """
    converter = cache_converter(*unions)
    converter.register_unstructure_hook(Path, lambda file: seen_name(file, _folder.get()))
    converter.register_structure_hook(Path, lambda name, _: _folder.get() / name)
    return converter


@contextmanager
def seen_from(folder: Path) -> Iterator[None]:
    """While it lasts, a `foldered_converter` tells files as seen from this folder."""
    before = _folder.set(folder)
    try:
        yield
    finally:
        _folder.reset(before)


def seen_name(file: Path, folder: Path) -> str:
    """The file's path from the folder, with `/`; the whole path where it lies elsewhere."""
    return file.relative_to(folder).as_posix() if file.is_relative_to(folder) else str(file)


def placeless_converter(*unions: Any) -> Converter:
    """A `cache_converter` for hashes: it leaves out where things stand."""
    converter = cache_converter(*unions)
    for kind in (Place, Path):
        converter.register_unstructure_hook(kind, lambda _: None)
    return converter


def _name_types(union: Any, converter: Converter) -> None:
    """Have the values of a union kept with their type's name, under "_type".

    The strategy of cattrs for this asks for the members' hooks at once, so that a member can't
    hold values of the same union.
    """
    kinds = {kind.__name__: kind for kind in get_args(union)}

    def named(value: Any) -> dict[str, Any]:
        return {**converter.unstructure(value, type(value)), "_type": type(value).__name__}

    def typed(value: dict[str, Any], _: Any) -> Any:
        return converter.structure(value, kinds[value["_type"]])

    converter.register_unstructure_hook(union, named)
    converter.register_structure_hook(union, typed)


@cache
def strict_converter() -> Converter:
    """A converter for files that people and other tools may have touched.

    It is one for all: to make it takes longer than to read a file.
    """
    from cattrs.cols import homogenous_tuple_structure_factory
    from cattrs.gen import make_dict_structure_fn
    from cattrs.preconf.json import make_converter

    converter = make_converter(detailed_validation=True, forbid_extra_keys=True)
    converter.register_unstructure_hook(Decimal, str)
    converter.register_structure_hook(Decimal, lambda text, _: Decimal(_exactly(str, text)))
    converter.register_structure_hook(datetime, _moment)
    converter.register_structure_hook(date, _day)
    converter.register_structure_hook_func(_is_enum, _member)
    for kind in (str, int, bool):
        converter.register_structure_hook(kind, lambda value, kind: _exactly(kind, value))
    converter.register_structure_hook_factory(
        _is_tuple,
        lambda kind: _list_hook(homogenous_tuple_structure_factory(kind, converter)),
    )
    converter.register_structure_hook_factory(
        is_dataclass,
        lambda kind: make_dict_structure_fn(
            kind, converter, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=True
        ),
    )
    return converter


def _exactly(kind: type[T], value: object) -> T:
    """The value, if it is of that very type: in Python a text or a truth would pass as a number."""
    if type(value) is not kind:
        names = {str: "a text", int: "a whole number", bool: "true or false", list: "a list"}
        raise ValueError(f"must be {names[kind]}")
    return value


def _list_hook(items: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """A hook for lists alone: in Python a text and a mapping would do, as they have items, too."""

    def hook(value: object, kind: object) -> object:
        return items(_exactly(list, value), kind)

    return hook


def _is_tuple(kind: Any) -> bool:
    return bool(get_origin(kind) is tuple)


def _is_enum(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def _member(value: object, kind: type[E]) -> E:
    """The member of an Enum that has the value."""
    for member in kind:
        if member.value == value:
            return member
    raise ValueError(f"must be one of: {', '.join(str(member.value) for member in kind)}")


def _day(value: object, _: object) -> date:
    text = _exactly(str, value)
    if not _DAY.fullmatch(text):
        raise ValueError(_NO_DAY)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(_NO_DAY) from None


def _moment(value: object, _: object) -> datetime:
    """The moment, to the second and with its zone; Python would take much else for one."""
    text = _exactly(str, value)
    if not _MOMENT.fullmatch(text):
        raise ValueError(_NO_MOMENT)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(_NO_MOMENT) from None


def json_bytes(value: object) -> bytes:
    """What `json` can hold as text for people and for git: indented, with a line's end."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def read_json(data: bytes, file: Path) -> object:
    """What the JSON file holds; raises ReportError for anything else than sane JSON."""
    if len(data) > _MOST_BYTES:
        what = f"has {len(data) // 1000} kB; {_MOST_BYTES // 1000} are allowed"
        raise ReportError(Problem(Place(file), what))
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ReportError(Problem(Place(file, line), "is not UTF-8")) from None
    try:
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        what = f"is no JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        raise ReportError(Problem(Place(file, error.lineno, error.colno), what)) from None
    except (ValueError, RecursionError) as error:
        reason = "is nested too deep" if isinstance(error, RecursionError) else str(error)
        raise ReportError(Problem(Place(file), reason)) from None
    if _depth(value) > _MOST_DEPTH:
        raise ReportError(Problem(Place(file), "is nested too deep"))
    return cast("object", value)


def of_format(data: bytes, file: Path, name: str, version: int) -> dict[str, object]:
    """What a JSON file of ours holds besides the name and the version of its format.

    Raises ReportError for anything but sane JSON of that name and version.
    """
    value = read_json(data, file)
    if not isinstance(value, dict) or value.get("format") != name:
        raise ReportError(Problem(Place(file), f"is no {name} file"))
    found = dict(cast("dict[str, object]", value))
    del found["format"]
    given = found.pop("format_version", None)
    if type(given) is not int or given != version:  # true would be 1
        what = f"is of format version {json.dumps(given)}; this program knows {version}"
        raise ReportError(Problem(Place(file), what, "use a newer kildefast"))
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"has the key '{key}' twice")
        found[key] = value
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"holds {name}, which is no number")


def _depth(value: object) -> int:
    """How deep lists and mappings lie within each other."""
    deepest, waiting = 0, [(value, 1)]
    while waiting:
        each, depth = waiting.pop()
        deepest = max(deepest, depth)
        inner = list(each.values()) if isinstance(each, dict) else each
        if isinstance(inner, list):
            waiting += [(child, depth + 1) for child in inner]
    return deepest


def structured(
    value: object, kind: type[T], file: Path, make: Callable[[], Converter] = strict_converter
) -> T:
    """The value as that type; raises ReportError with a problem for each part that doesn't fit.

    The problems name the parts by path, as in `documents[0].files`.
    """
    from cattrs import BaseValidationError

    try:
        return make().structure(value, kind)
    except BaseValidationError as error:
        raise ReportError(*_problems(error, file)) from None


def _problems(error: Any, file: Path) -> Iterator[Problem]:
    from cattrs import transform_error

    for line in transform_error(error, "", format_exception=_reason):
        reason, _, path = line.rpartition(" @ ")
        yield Problem(Place(file), f"'{path.lstrip('.')}' {reason}" if path else reason)


def _reason(error: BaseException, _: object) -> str:
    from cattrs import ForbiddenExtraKeysError

    match error:
        case KeyError():
            return "is missing"
        case ForbiddenExtraKeysError(extra_fields=extra):
            return f"has unknown keys: {', '.join(sorted(extra))}"
        case ValueError(args=(str(reason), *_)) if reason.startswith("must be"):
            return reason
    return "has a value that isn't allowed"
