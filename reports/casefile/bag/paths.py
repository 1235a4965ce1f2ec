"""Paths as manifests write them, and what of them may not be followed."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

_OUTSIDE = re.compile(r"[/\\~]|[A-Za-z]:|(?:.*[/\\])?\.\.(?:[/\\]|$)", re.DOTALL)


def encoded(path: str) -> str:
    """The path as a manifest of version 1.0 writes it (RFC 8493, 2.1.3)."""
    return path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def decoded(path: str, version: str) -> str:
    """The path that a manifest means, in its shortest form; only these signs are encoded there.

    A per cent sign stood for itself until version 1.0.
    """
    signs = "0A|0D|25" if version == "1.0" else "0A|0D"
    text = re.sub(f"%({signs})", lambda found: chr(int(found[1], 16)), path, flags=re.IGNORECASE)
    return posixpath.normpath(text)


def leads_out(path: str) -> bool:
    """Whether the path, also once a careless reader has decoded it, may lead out of its folder.

    It does so on any system: by "..", from a root, a drive or somebody's home.
    """
    return any(_OUTSIDE.match(each) or "\0" in each for each in (path, unquote(path)))
