"""Pictures as addresses that need no file."""

from __future__ import annotations

from base64 import b64encode
from pathlib import PurePath

_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


def data_address(name: str, data: bytes) -> str:
    """A `data:` address of the picture; raises KeyError for a type that is not a picture's."""
    kind = _TYPES[PurePath(name).suffix.lower()]
    return f"data:{kind};base64,{b64encode(data).decode()}"
