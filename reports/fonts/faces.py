"""Theme to faces: which weights and slopes of which families its texts are set in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from reports.themes import WEIGHT_NAMES, Theme


@dataclass(frozen=True)
class Face:
    """One weight and slope of a family, and what it is cut from.

    `font` is what the theme calls the font, `slot` its token that names the file; `axes` says
    where the axes of a variable file stand, other than weight.  The file lies in a package, or
    where that is "", in `folder`, beside the tokens.
    """

    font: str
    family: str
    weight: int
    italic: bool
    package: str
    slot: str
    file: str
    axes: tuple[tuple[str, float], ...]
    folder: Path = Path()

    @property
    def style(self) -> str:
        """Weight and slope in words: "Regular", "Italic", "Semibold"."""
        weight = "" if self.weight == 400 else WEIGHT_NAMES[self.weight]
        return f"{weight} {'Italic' if self.italic else ''}".strip() or "Regular"

    @property
    def file_stem(self) -> str:
        """The PostScript name, by which the cut's file is called too."""
        return f"{self.family}-{self.style}".replace(" ", "")

    @property
    def cut_from(self) -> tuple[object, ...]:
        """What the cut is made from: two faces of one name must not differ in it."""
        return self.package, self.folder, self.file, self.axes

    def source(self) -> Traversable:
        """The file; raises ModuleNotFoundError if its package is not installed."""
        if not self.package:
            return self.folder / self.file
        return files(self.package.replace("-", "_")) / "files" / self.file


def theme_faces(theme: Theme) -> tuple[Face, ...]:
    """The faces that a theme's texts are set in: font by font, italics last.

    Fonts may share a family; each of its weights and slopes is there once.
    """
    found: dict[str, Face] = {}
    for face in faces_by_font(theme):
        found.setdefault(face.file_stem, face)
    return tuple(found.values())


def faces_by_font(theme: Theme) -> tuple[Face, ...]:
    """The faces of each font, also those that another font has."""
    return tuple(face for font in theme.fonts for face in _faces(font, theme))


def _faces(font: str, theme: Theme) -> list[Face]:
    path = f"fonts.{font}"
    axes = tuple(
        (name, theme.number(f"{path}.axes.{name}")) for name in theme.below(f"{path}.axes")
    )

    def face(weight: int, slot: str, *, italic: bool) -> Face:
        family, file = (theme.text(f"{path}.{key}") for key in ("family", slot))
        made = Face(font, family, weight, italic, "", slot, file, axes)
        if theme.has(f"{path}.package"):
            return replace(made, package=theme.text(f"{path}.package"))
        return replace(made, folder=theme.place(f"{path}.{slot}").file.parent)

    heavy = theme.number("fonts.weights.strong") if theme.has(f"{path}.strong") else 1000
    found = [
        face(weight, "strong" if weight >= heavy else "regular", italic=False)
        for weight in theme.weights(font)
    ]
    if theme.has(f"{path}.italic"):
        regular = int(theme.number("fonts.weights.regular"))
        found.append(face(regular, "italic", italic=True))
    return found
