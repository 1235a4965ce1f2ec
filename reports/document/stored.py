"""Documents to JSON and back, for whoever writes them in another process or on another machine.

Files of places are told from a folder, so that each side can have its own.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from reports.cache import compact_json, json_values
from reports.document import Block, Chart, Document, Inline
from reports.typed import Converter, foldered_converter, placeless_converter, seen_from


def document_to_json(document: Document, folder: Path) -> bytes:
    """The document with all its places, those below `folder` as seen from it."""
    with seen_from(folder):
        return compact_json(_converter().unstructure(document))


def document_from_json(data: bytes, folder: Path) -> Document:
    """The document that `document_to_json` made these bytes of, its places below `folder`."""
    with seen_from(folder):
        return _converter().structure(json_values(data), Document)


def document_key(document: Document) -> str:
    """The SHA-256 of all that a document says and shows, wherever its lines were written."""
    return sha256(compact_json(_hashing().unstructure(document))).hexdigest()


@cache
def _converter() -> Converter:
    return foldered_converter(Block, Inline, Chart)


@cache
def _hashing() -> Converter:
    return placeless_converter(Block, Inline, Chart)
