"""Cuts under names of our own, which no font of a machine bears.

What draws charts looks for a font by its family among all that are installed, and takes the
first; under its public name that may be another version of it.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from reports.fonts.cuts import kept, opened, saved

_MARK = "Kildefast "
_ASKED = "font-family=\"'"  # how an SVG begins to ask for a family
_FAMILY_NAMES = (1, 16)  # OpenType 1.9, name table: family, typographic family


def private_family(family: str) -> str:
    """The name of a family in `private_cuts`."""
    return _MARK + family


def public_families(svg: str) -> str:
    """A picture by Vega with the public name of each text's family."""
    return svg.replace(_ASKED + _MARK, _ASKED)


def private_families(svg: str) -> str:
    """The picture of `public_families` as it was."""
    return svg.replace(_ASKED, _ASKED + _MARK)


def private_cuts(folder: Path) -> Path:
    """The folder of the same cuts, each in a family of the private name.

    `folder` is one that `cut_fonts` made; those that are missing or damaged are made.
    """
    own = folder / "private"
    own.mkdir(exist_ok=True)
    for cut in folder.glob("*.ttf"):
        kept(own / cut.name, partial(_renamed, cut))
    return own


def _renamed(cut: Path) -> bytes:
    font = opened(cut.read_bytes())
    for record in font["name"].names:
        if record.nameID in _FAMILY_NAMES:
            record.string = private_family(str(record))
    return saved(font)
