"""Files and words to hashes, with little to load: a build with nothing to do is made of these.

Paths are text here, since such a build has hundreds of files to look at.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_CODE = os.path.dirname(__file__)
_READ = (".py", ".po", ".css", ".js", ".yaml")  # kinds of files that an output may depend on


def content_key(parts: Iterable[bytes]) -> str:
    """A key for these parts, in this order, and for the code that makes something of them."""
    hashed = sha256(code_hash())
    for part in parts:
        hashed.update(len(part).to_bytes(8))
        hashed.update(part)
    return hashed.hexdigest()


def folder_contents(*folders: Path | str) -> Iterator[bytes]:
    """The name and the bytes of each file below the folders, in order, for a key."""
    for folder in folders:
        for name in _files(folder):
            yield os.fsencode(name)
            yield _bytes_of(f"{folder}/{name}")


def file_hashes(folder: Path) -> Iterator[tuple[str, str]]:
    """The path from the folder and the SHA-256 of each file below it, in order.

    A file whose name is no UTF-8 is left out: no other file can name it.
    """
    for name in _files(folder):
        if name == name.encode("utf-8", "ignore").decode():
            yield name, sha256(_bytes_of(f"{folder}/{name}")).hexdigest()


def _files(folder: Path | str) -> list[str]:
    """Every file below the folder by its path there, in linked folders too; none without it."""
    return sorted(_walked(str(folder), "", frozenset()))


def _walked(folder: str, inside: str, above: frozenset[str]) -> Iterator[str]:
    real = os.path.realpath(folder)
    if real in above or not os.path.isdir(folder):
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _walked(entry.path, f"{inside}{entry.name}/", above | {real})
            elif entry.is_file():
                yield f"{inside}{entry.name}"


def _bytes_of(file: str) -> bytes:
    try:
        with open(file, "rb") as opened:
            return opened.read()
    except OSError as error:  # whoever needs the file will say so
        return str(error).encode()


@cache
def code_hash() -> bytes:
    """The hash of the tool's own code, words, sheets and themes."""
    hashed = sha256()
    for name in _files(_CODE):
        if name.endswith(_READ):
            hashed.update(name.encode())
            hashed.update(_bytes_of(f"{_CODE}/{name}"))
    return hashed.digest()
