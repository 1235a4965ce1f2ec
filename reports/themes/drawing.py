"""An SVG file to a drawing of our own: parsed without looking anything up, and rebuilt."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from reports.problems import Place, Problem, ReportError
from reports.themes.svg import SHAPES, SVG, drawing_problems, place_of

_NUMBER = re.compile(r"\s*(\d*\.?\d+)\s*(px|pt|mm|cm|in)?\s*")


@dataclass(frozen=True)
class Drawing:
    """An SVG that may stand in a document, and how wide it is."""

    data: bytes
    width_mm: float


def safe_drawing(data: bytes, file: Path, height_mm: float) -> Drawing:
    """The drawing of an SVG file in that height.

    Raises ReportError with everything in it that has no place in a document.
    """
    root = _root(data, file)
    if problems := drawing_problems(root, file):
        raise ReportError(*problems)
    if next(root.iter(*(f"{SVG}{shape}" for shape in SHAPES)), None) is None:
        raise ReportError(Problem(Place(file), "the logo draws nothing", "save it anew as SVG"))
    width, height = _size(root, file)
    width_mm = width / height * height_mm
    for side, length in (("width", width_mm), ("height", height_mm)):
        root.set(side, f"{length * 72 / 25.4:.2f}pt")
    etree.cleanup_namespaces(root)
    return Drawing(etree.tostring(root, encoding="utf-8"), width_mm)


def _root(data: bytes, file: Path) -> etree._Element:
    """The root of the file as it stands: no entity is expanded, nothing is looked up."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ReportError(Problem(Place(file), "this is not UTF-8", "save it as UTF-8")) from None
    if "<!ENTITY" in text:
        line = text.count("\n", 0, text.index("<!ENTITY")) + 1
        what = "a logo declares no entities"
        raise ReportError(Problem(Place(file, line), what, "save it as plain or optimised SVG"))
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        said = re.sub(r", line \d+.*", "", str(error.msg)).rstrip(".")
        what = f"this is not XML: {said[:1].lower()}{said[1:]}"
        hint = "save it anew as SVG"
        raise ReportError(Problem(Place(file, int(error.lineno or 0)), what, hint)) from None
    if root.tag != f"{SVG}svg":
        what = "this is not SVG: the outermost element is no 'svg'"
        hint = 'it begins with <svg xmlns="http://www.w3.org/2000/svg"'
        raise ReportError(Problem(place_of(root, file), what, hint))
    return root


def _size(root: etree._Element, file: Path) -> tuple[float, float]:
    """Width and height by the box that the drawing shows, which is set where it isn't."""
    place = place_of(root, file)
    box = [_number(part) for part in re.split(r"[\s,]+", str(root.get("viewBox", "")).strip())]
    sides = [_NUMBER.fullmatch(str(root.get(side, ""))) for side in ("width", "height")]
    if len(box) != 4 and all(sides):
        box = [0.0, 0.0, *(float(side[1]) for side in sides if side)]
    if (
        len(box) != 4
        or None in box
        or not all(0 < each < 1e6 for each in box[2:] if each is not None)
    ):
        what = "the logo doesn't say how large it is"
        raise ReportError(Problem(place, what, 'add viewBox="0 0 width height" to its first line'))
    x, y, width, height = (each or 0.0 for each in box)
    root.set("viewBox", f"{x:g} {y:g} {width:g} {height:g}")
    return width, height


def _number(text: str) -> float | None:
    return float(text) if re.fullmatch(r"-?\d*\.?\d+(e-?\d)?", text) else None
