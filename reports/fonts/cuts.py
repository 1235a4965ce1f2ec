"""Variable fonts to the static faces of the look: HarfBuzz's subsetter pins the axes.

A cut depends on nothing but its face, and the versions of the fonts and of the tools that cut
them; their hash names the folder it lies in.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, lru_cache, partial
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reports.fonts.faces import Face, theme_faces
from reports.themes import Theme

if TYPE_CHECKING:
    import uharfbuzz

_RECIPE = 2  # counts the changes of this module that change a cut's bytes
_TOOLS = ("brotli", "fonttools", "uharfbuzz")

# Latin-1, Latin Extended-A, dashes to ellipsis, narrow no-break space, per mille to
# guillemets, euro, minus.
_LATIN = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x2010, 0x2028),
    0x202F,
    *range(0x2030, 0x203B),
    0x20AC,
    0x2212,
)
_NAMES_KEPT = (*range(7), 13, 14, 16, 17)  # up to the PostScript name, licence, true family


def cut_fonts(theme: Theme, folder: Path) -> dict[Face, Path]:
    """The static TTF of each face of a theme, with all its glyphs, in one folder in `folder`.

    Makes those that are missing or damaged.  The folder holds these faces alone, and changes with a file of
    the theme's own, and with the version of a font package or of a tool; file names hold no
    character that `url()` would need escaped.  `font_problems` must find no fault with the theme.
    """
    own = folder / _key(theme_faces(theme))
    own.mkdir(parents=True, exist_ok=True)
    cuts = cut_files(theme, own)
    for face, file in cuts.items():
        kept(file, partial(cut, face))
    return cuts


def cut_files(theme: Theme, folder: Path) -> dict[Face, Path]:
    """The file of each face of a theme in the folder that they were cut into."""
    return {face: folder / f"{face.file_stem}.ttf" for face in theme_faces(theme)}


def _key(faces: Sequence[Face]) -> str:
    packages = sorted({face.package for face in faces if face.package})
    own = [hashlib.sha256(f.source().read_bytes()).hexdigest() for f in faces if not f.package]
    somewhere = [replace(face, folder=Path()) for face in faces]
    tools = [f"{name} {_version(name)}" for name in (*_TOOLS, *packages)]
    parts = [_RECIPE, *somewhere, *own, *tools]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


@cache
def _version(package: str) -> str:
    return version(package)


def latin_cut(font: Path) -> bytes:
    """A cut font with only the glyphs of Latin text, as WOFF2 (media type font/woff2).

    It is kept beside the cut, because packing one takes a quarter of a second.
    """
    return kept(font.with_suffix(".latin.woff2"), lambda: _packed(latin_ttf(font)))


@lru_cache(maxsize=64)
def _packed(ttf: bytes) -> bytes:
    """The font as WOFF2; one process may set many workspaces in the same fonts."""
    woff2 = opened(ttf)
    woff2.flavor = "woff2"
    return saved(woff2)


def latin_ttf(font: Path) -> bytes:
    """A cut font with only the glyphs of Latin text, as TTF."""
    import uharfbuzz

    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(font)))
    wish = uharfbuzz.SubsetInput()
    wish.unicode_set.update(_LATIN)
    wish.name_id_set.update(_NAMES_KEPT)
    return bytes(uharfbuzz.subset(face, wish).blob.data)


def text_width(text: str, font: Path, size: float) -> float:
    """The width of one line of text in the unit of `size`, kerned as it will be set."""
    import uharfbuzz

    shaper = _shaper(font)
    line = uharfbuzz.Buffer()
    line.add_str(text)
    line.guess_segment_properties()
    uharfbuzz.shape(shaper, line)
    advance: int = sum(glyph.x_advance for glyph in line.glyph_positions or ())
    return advance * size / int(shaper.face.upem)


@cache
def _shaper(font: Path) -> uharfbuzz.Font:
    import uharfbuzz

    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(font))))


def cut(face: Face) -> bytes:
    """The static TTF of a face, with all its glyphs; its file must be there."""
    return _cut(face, face.source().read_bytes())


@lru_cache(maxsize=64)
def _cut(face: Face, whole: bytes) -> bytes:
    """The cut out of the bytes of the face's file, kept as those of `_packed` are."""
    import uharfbuzz

    source = uharfbuzz.Face(uharfbuzz.Blob(whole))
    wish = uharfbuzz.SubsetInput()
    wish.keep_everything()
    wish.pin_all_axes_to_default(source)
    for axis, value in {**dict(face.axes), "wght": face.weight}.items():
        if any(axis == known.tag for known in source.axis_infos):
            wish.pin_axis_location(source, axis, value)
    font = opened(uharfbuzz.subset(source, wish).blob.data)
    _name(font, face)
    return saved(font)


def _name(font: Any, face: Face) -> None:
    # HarfBuzz leaves the names of the variable font, whose default weight may be ExtraLight,
    # and its list of axes.  A family of the old kind has only regular, italic and bold, so a
    # semibold is a family of its own there, and names 16 and 17 say what it belongs to
    # (OpenType 1.9, name table).
    for table in {"STAT", "DSIG"} & set(font.keys()):
        del font[table]
    known = face.weight in (400, 700)
    names = font["name"]
    names.removeNames(platformID=1)
    for number in (16, 17, 25):
        names.removeNames(nameID=number)
    texts = {
        1: face.family if known else f"{face.family} {face.style}",
        2: face.style if known else "Regular",
        3: f"Kildefast {_RECIPE};{face.file_stem}",
        4: f"{face.family} {face.style}",
        6: face.file_stem,
    }
    if not known:
        texts |= {16: face.family, 17: face.style}
    for number, text in texts.items():
        names.setName(text, number, 3, 1, 0x409)


def opened(data: bytes) -> Any:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    # Nothing but the tables we touch is parsed, and the clock stays out of the bytes.
    return TTFont(BytesIO(data), recalcTimestamp=False, recalcBBoxes=False)


def saved(font: Any) -> bytes:
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def kept(file: Path, make: Callable[[], bytes]) -> bytes:
    """What the file holds; made where it is missing, or isn't as its checksum beside it says.

    A damaged font would go into outputs without a word.
    """
    checksum = file.with_name(f"{file.name}.sha256")
    try:
        data = file.read_bytes()
        if hashlib.sha256(data).hexdigest().encode() == checksum.read_bytes():
            return data
    except OSError:
        pass
    data = make()
    _write_whole(file, data)
    _write_whole(checksum, hashlib.sha256(data).hexdigest().encode())
    return data


def _write_whole(file: Path, data: bytes) -> None:
    # Another process may cut or read the same face: it sees no file or the whole one.
    with tempfile.NamedTemporaryFile(dir=file.parent, suffix=".part", delete=False) as part:
        part.write(data)
    Path(part.name).chmod(0o644)
    Path(part.name).replace(file)
