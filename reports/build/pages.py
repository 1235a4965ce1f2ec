"""Where an edition's PDF sets things, kept from one run to the next.

The key is the printed page itself, style sheets included, and what sets it: fonts, the versions
of all libraries, and our own code.  So an entry is right or it is not found.
"""

from __future__ import annotations

import json
from pathlib import Path

from reports.briefs import Edition, Workspace
from reports.cache import read_entry, write_entry
from reports.fonts import Face, cut_fonts
from reports.hashes import content_key
from reports.problems import Place, Problem, ReportError
from reports.versions import versions
from reports.write.pages import Pages


def page_fonts(edition: Edition, workspace: Workspace) -> dict[Face, Path]:
    """The fonts that an edition's pages are laid out with.

    Raises ReportError if none can be kept.
    """
    try:
        return cut_fonts(workspace.theme(edition), workspace.cache / "fonts")
    except OSError as error:
        what = f"can't write here: {(error.strerror or str(error)).lower()}"
        hint = "pages are found with fonts that are kept there; change its permissions"
        raise ReportError(Problem(Place(workspace.cache), what, hint)) from None


def pages_key(html: str, font_folder: Path) -> str:
    """The key of a printed page; the folder of the fonts is named for what they are cut from."""
    parts = (html, font_folder.name, json.dumps(versions()))
    return content_key(part.encode() for part in parts)


def kept_pages(folder: Path, key: str) -> Pages | None:
    """What was kept under a key; None where there is nothing, or it is damaged."""
    found, _ = read_entry(folder, key)
    if not isinstance(found, dict):
        return None
    marks = tuple(tuple((page, count) for page, count in reach) for reach in found["marks"])
    return Pages(found["anchors"], marks, found["body"])


def keep_pages(folder: Path, key: str, pages: Pages) -> None:
    """Keep the pages of an edition under a key."""
    kept = {"anchors": pages.anchors, "marks": pages.marks, "body": pages.body}
    write_entry(folder, key, kept)
