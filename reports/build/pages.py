"""Where an edition's PDF sets things, kept from one run to the next.

The key is the printed page itself, style sheets included, and what sets it: fonts, WeasyPrint
and our own code.  So an entry is right or it is not found.
"""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from reports.cache import content_key, read_entry, write_entry
from reports.write.pages import Pages


def pages_key(html: str, font_folder: Path) -> str:
    """The key of a printed page; the folder of the fonts is named for what they are cut from."""
    parts = (html, font_folder.name, version("weasyprint"))
    return content_key(part.encode() for part in parts)


def kept_pages(folder: Path, key: str) -> Pages | None:
    """What was kept under a key; None where there is nothing, or it is damaged."""
    found, _ = read_entry(folder, key)
    if not isinstance(found, dict):
        return None
    marks = tuple(tuple((page, count) for page, count in reach) for reach in found["marks"])
    return Pages(found["anchors"], marks)


def keep_pages(folder: Path, key: str, pages: Pages) -> None:
    """Keep the pages of an edition under a key."""
    write_entry(folder, key, {"anchors": pages.anchors, "marks": pages.marks})
