"""Whether a theme's fonts can be cut: package, file, axes, weight and letters, at their tokens."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.metadata import distributions
from importlib.resources import files
from pathlib import Path
from typing import Any

from reports.fonts.cuts import cut, opened
from reports.fonts.faces import Face, faces_by_font, theme_faces
from reports.problems import Place, Problem, ReportError, suggest
from reports.themes import Theme, theme_file

_MAX_BYTES = 5_000_000
_TABLES = frozenset(("OS/2", "cmap", "head", "hhea", "hmtx", "maxp", "name", "post"))
_OUTLINES = ("glyf", "CFF ")
_USAGE, _RESTRICTED, _NO_SUBSET, _BITMAPS_ONLY = 0x000F, 0x0002, 0x0100, 0x0200
# What briefs in Danish, Norwegian and English are set with, whatever they say.
NEEDED = (
    *map(chr, range(0x20, 0x7F)),
    *"æøåÆØÅäöéèüÄÖÉáčđŋšž",
    *"«»‘’“”„–—…·×§°½",
    *"−±‰€",
    "\u00a0",  # no-break space
    "\u202f",  # narrow no-break space
)


def font_problems(theme: Theme) -> tuple[Problem, ...]:
    """What is wrong with the fonts that a theme's texts are set in, at the tokens' lines."""
    found = [problem for face in theme_faces(theme) for problem in _problems(face, theme)]
    return tuple(dict.fromkeys((*found, *_clashes(theme))))


def _clashes(theme: Theme) -> Iterator[Problem]:
    """Fonts that share a family and are cut from different files, or at different axes."""
    first = {face.file_stem: face for face in theme_faces(theme)}
    for face in faces_by_font(theme):
        other = first[face.file_stem]
        if face.cut_from != other.cut_from:
            what = f"family '{face.family}' is cut in another way for font '{other.font}'"
            hint = "give it another family name here, or the same files and axes"
            yield Problem(_place("family", face, theme), what, hint)


def _problems(face: Face, theme: Theme) -> Iterator[Problem]:
    import uharfbuzz

    try:
        data = _data(face, theme)
    except ReportError as error:
        yield from error.problems
        return
    except ModuleNotFoundError:
        what = f"font package '{face.package}' is not installed"
        yield Problem(_place("package", face, theme), what, _package_hint(face.package))
        return
    except OSError:
        what = f"package '{face.package}' has no file '{face.file}'"
        hint = suggest(face.file, _files(face))
        yield Problem(_place(face.slot, face, theme), what, hint)
        return
    font = uharfbuzz.Face(uharfbuzz.Blob(data))
    letters = font.unicodes
    if not letters:
        hint = suggest("", _files(face)) if face.package else "a TTF or OTF file, not WOFF"
        yield Problem(_place(face.slot, face, theme), f"'{face.file}' is not a font", hint)
        return
    yield from _axis_problems(face, theme, font)
    yield from _weight_problems(face, theme, font)
    yield from _embedding_problems(face, theme, font)
    if not face.package:
        yield from _build_problems(face, theme)
    lacking = [letter for letter in NEEDED if ord(letter) not in letters]
    if lacking:
        what = f"'{face.file}' lacks {named_letters(lacking)}"
        yield Problem(_place(face.slot, face, theme), what, "briefs need it; take another font")


def _data(face: Face, theme: Theme) -> bytes:
    if face.package:
        return face.source().read_bytes()
    return theme_file(face.file, _place(face.slot, face, theme), _MAX_BYTES)


def _embedding_problems(face: Face, theme: Theme, font: Any) -> Iterator[Problem]:
    """What the font's maker doesn't allow of what we do with it: embed a part of it.

    OpenType 1.9.1, OS/2 table, fsType: the two bytes after the width class.
    """
    rights = int.from_bytes(_os2(font)[8:10])
    hint = "ask its maker for one that may be embedded, or take another font"
    place = _place(face.slot, face, theme)
    if rights & _USAGE == _RESTRICTED:
        yield Problem(place, f"'{face.file}' forbids to be embedded in documents", hint)
    elif rights & (_NO_SUBSET | _BITMAPS_ONLY):
        what = "only whole" if rights & _NO_SUBSET else "only as bitmaps"
        yield Problem(place, f"'{face.file}' may be embedded {what}", hint)


def _build_problems(face: Face, theme: Theme) -> Iterator[Problem]:
    """What keeps a file of someone's own from being cut: its tables may hold anything."""
    place = _place(face.slot, face, theme)
    try:
        tables = set(opened(cut(face)).keys())
    except Exception:  # noqa: BLE001 - the libraries raise whatever a damaged table leads to
        tables = set()
    if "CFF2" in tables:
        what = f"'{face.file}' has outlines of a kind (CFF2) that no PDF can embed"
        yield Problem(place, what, "take its TTF, or an OTF for each weight")
    elif not tables >= _TABLES or tables.isdisjoint(_OUTLINES):
        what = f"'{face.file}' is damaged: it can't be cut to what a document needs"
        yield Problem(place, what, "get it anew from its maker")


def _axis_problems(face: Face, theme: Theme, font: Any) -> Iterator[Problem]:
    axes = {axis.tag: axis for axis in font.axis_infos}
    for name, value in face.axes:
        place = _place(f"axes.{name}", face, theme)
        if name not in axes or name == "wght":
            hint = suggest(name, axes.keys() - {"wght"})
            yield Problem(place, f"'{face.file}' has no axis '{name}' to set", hint)
        elif not axes[name].min_value <= value <= axes[name].max_value:
            span = f"{axes[name].min_value:g} to {axes[name].max_value:g}"
            what = f"axis '{name}' of '{face.file}' goes from {span}, not to {value:g}"
            yield Problem(place, what)


def _weight_problems(face: Face, theme: Theme, font: Any) -> Iterator[Problem]:
    low, high = _weights(font)
    if not low <= face.weight <= high:
        has = f"weight {low}" if low == high else f"weights {low} to {high}"
        hint = f"change the weight of the texts, or set 'fonts.{face.font}.strong' to another file"
        what = f"'{face.file}' has {has}, and the theme needs {face.weight}"
        yield Problem(_place(face.slot, face, theme), what, hint)


def _weights(font: Any) -> tuple[int, int]:
    """The lightest and heaviest weight in a font file, the same for one that isn't variable."""
    for axis in font.axis_infos:
        if axis.tag == "wght":
            return int(axis.min_value), int(axis.max_value)
    # OpenType 1.9.1, OS/2 table: usWeightClass stands after two numbers of two bytes
    own = int.from_bytes(_os2(font)[4:6])
    return own, own


def _os2(font: Any) -> bytes:
    return bytes(font.reference_table("OS/2").data)


def _place(token: str, face: Face, theme: Theme) -> Place:
    return theme.place(f"fonts.{face.font}.{token}")


def missing_letters(text: str, cuts: Iterable[Path]) -> tuple[str, ...]:
    """The letters of a text that one of the cuts lacks, in their order in Unicode.

    Signs that only steer the setting, such as a soft hyphen, need no glyph.
    """
    unseen = ("Cc", "Cf", "Zl", "Zp", "Cs")
    wanted = {letter for letter in set(text) if unicodedata.category(letter) not in unseen}
    known = [_letters(cut) for cut in cuts]
    return tuple(sorted(each for each in wanted if any(each not in letters for letters in known)))


@cache
def _letters(cut: Path) -> frozenset[str]:
    import uharfbuzz

    font = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(cut)))
    return frozenset(map(chr, font.unicodes))


def named_letters(letters: Sequence[str]) -> str:
    """The letters by number and name, four at most."""
    names = [
        f"U+{ord(letter):04X} ({unicodedata.name(letter, 'unnamed').lower()})" for letter in letters
    ]
    return ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")


def _package_hint(package: str) -> str:
    installed = {each.name for each in distributions() if each.name.startswith("fontpkg-")}
    return f"{suggest(package, installed)}; a new one goes into pyproject.toml"


def _files(face: Face) -> list[str]:
    folder = files(face.package.replace("-", "_")) / "files"
    return [file.name for file in folder.iterdir() if file.name.endswith(".ttf")]
