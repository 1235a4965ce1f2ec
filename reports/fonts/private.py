"""Cuts under names of our own, which no font of a machine bears.

What draws charts looks for a font by its family among all that are installed, and takes the
first; under its public name that may be another version of it.
"""

from __future__ import annotations

from pathlib import Path

from reports.fonts.cuts import opened, saved, write_whole

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

    `folder` is one that `cut_fonts` made; those that are missing are made.
    """
    own = folder / "private"
    own.mkdir(exist_ok=True)
    for cut in folder.glob("*.ttf"):
        if not (own / cut.name).exists():
            write_whole(own / cut.name, _renamed(cut.read_bytes()))
    return own


def _renamed(data: bytes) -> bytes:
    font = opened(data)
    for record in font["name"].names:
        if record.nameID in _FAMILY_NAMES:
            record.string = private_family(str(record))
    return saved(font)
