"""The store from the cache: typed facts kept as JSON, by the bytes of the fact files."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from reports.cache import read_entry, write_entry
from reports.collector import collector_paused
from reports.facts.load import load_facts
from reports.facts.model import Facts
from reports.facts.quantities import Number, Part, Range, When
from reports.hashes import content_key, folder_contents
from reports.problems import Problem
from reports.typed import Converter, cache_converter

# What a place's file is called in JSON, and the other way, for the store at hand.
_name_of: ContextVar[Callable[[Path], str]] = ContextVar("name_of")
_file_of: ContextVar[Callable[[str], Path]] = ContextVar("file_of")


def facts_to_json(store: Facts, folder: Path) -> object:
    """The store as JSON values; the places of its entries are told from `folder`."""
    # Few files, many places.
    before = _name_of.set(cache(lambda file: file.relative_to(folder).as_posix()))
    try:
        return _converter().unstructure(store)
    finally:
        _name_of.reset(before)


def facts_from_json(value: object, folder: Path) -> Facts:
    """The store that `facts_to_json` made these values of."""
    before = _file_of.set(cache(lambda name: folder / name))
    try:
        return _converter().structure(value, Facts)
    finally:
        _file_of.reset(before)


@cache
def _converter() -> Converter:
    """One for all stores: to make it takes longer than to read a small one."""

    def name(file: Path) -> str:
        return _name_of.get()(file)

    def file(name: str, _: object) -> Path:
        return _file_of.get()(name)

    converter = cache_converter(Number | Range | Part | When)
    converter.register_unstructure_hook(Path, name)
    converter.register_structure_hook(Path, file)
    return converter


def load_cached(
    folder: Path, languages: tuple[str, ...], names: tuple[str, ...], kept: Path
) -> tuple[Facts, tuple[Problem, ...]]:
    """What `load_facts` gives, from the cache `kept` if no fact file has changed; and warnings.

    Raises ReportError as `load_facts` does; a store with problems is not kept.
    """
    settings = json.dumps([languages, names]).encode()
    key = content_key([settings, *folder_contents(folder)])
    with collector_paused():  # a store has no circles, and the search takes a sixth of the time
        value, damaged = read_entry(kept / "facts", key)
        warnings = (damaged,) if damaged else ()
        if value is not None:
            return facts_from_json(value, folder), warnings
        store = load_facts(folder, languages, names)
        if content_key([settings, *folder_contents(folder)]) == key:  # nobody saved meanwhile
            write_entry(kept / "facts", key, facts_to_json(store, folder))
    return store, warnings
