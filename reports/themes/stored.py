"""Themes to JSON and back, for whoever sets documents in another process or on another machine."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from reports.cache import compact_json, json_values
from reports.themes import Theme
from reports.typed import Converter, foldered_converter, placeless_converter, seen_from


def theme_to_json(theme: Theme, folder: Path) -> bytes:
    """The theme, the places of its tokens below `folder` as seen from it."""
    with seen_from(folder):
        return compact_json(_converter().unstructure(theme))


def theme_from_json(data: bytes, folder: Path) -> Theme:
    """The theme that `theme_to_json` made these bytes of; a Word file of its own lies below."""
    with seen_from(folder):
        return _converter().structure(json_values(data), Theme)


def theme_key(theme: Theme) -> str:
    """The SHA-256 of all that a theme sets, the bytes of its Word file included."""
    hashed = sha256(compact_json(_hashing().unstructure(theme)))
    if theme.word:
        hashed.update(theme.word.file.read_bytes())
    return hashed.hexdigest()


@cache
def _converter() -> Converter:
    return foldered_converter()


@cache
def _hashing() -> Converter:
    return placeless_converter()
