"""The page of a reference: what the place of the text leaves for it, and a theme that fits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import MappingProxyType

from reports.themes import Theme
from reports.themes.derived import derived
from reports.write.docx.reference.faults import Fault
from reports.write.docx.reference.measures import number, whole
from reports.write.docx.reference.places import is_place
from reports.write.docx.xml import Element, name, w

_MM = 25.4 / 1440  # to the twentieth of a point
_NARROWEST = 100  # millimetres that tables and charts need
_SIDE = 0.26  # of the text's width is the most that names beside charts take
_BODY_TEXT = "type.body.size"


@dataclass(frozen=True)
class Page:
    """The page that the text stands on, in millimetres."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float

    @property
    def text_width(self) -> float:
        return self.width - self.left - self.right


def page_faults(body: Element) -> Iterator[Fault]:
    """Pages that a brief can't be set on."""
    section = _section(body)
    columns = section.find(name("cols"))
    if whole(columns, "num", 1) > 1:
        yield Fault("sets its text in columns", "Layout › Columns › One, where the text stands")
    width = page_of(body).text_width
    if width < _NARROWEST:
        what = f"leaves the text {width:.0f} mm; a brief needs {_NARROWEST}"
        yield Fault(what, "narrow the margins")


def page_of(body: Element) -> Page:
    """The page of the section that holds the place of the text."""
    section = _section(body)
    size, margins = section.find(name("pgSz")), section.find(name("pgMar"))

    def mm(element: Element | None, key: str, usual: float) -> float:
        return abs(number(element, key, usual / _MM)) * _MM

    return Page(
        mm(size, "w", 210),
        mm(size, "h", 297),
        mm(margins, "top", 25),
        mm(margins, "right", 25),
        mm(margins, "bottom", 25),
        mm(margins, "left", 25) + mm(margins, "gutter", 0),
    )


def _section(body: Element) -> Element:
    """The properties of the section in which the place of the text stands, else of the last."""
    mark = next((child for child in body if is_place(child, "body")), None)
    first = [] if mark is None else [mark, *mark.itersiblings()]
    after = [section for child in first for section in child.iter(name("sectPr"))]
    sections = after or list(body.iter(name("sectPr")))[-1:]
    return sections[0] if sections else w("sectPr")


def fitted(theme: Theme, page: Page, face: str, size: float) -> Theme:
    """The theme on that page, its sizes in proportion to body text of that face and size."""
    tokens = dict(theme.tokens)
    grid = min(theme.number("grid.indent_mm"), _SIDE * page.text_width)
    gutter = theme.number("grid.gutter_mm")
    tokens |= {
        "page.width_mm": f"{page.width:.3f}",
        "page.height_mm": f"{page.height:.3f}",
        **{
            f"page.margin_mm.{side}": f"{getattr(page, side):.3f}"
            for side in ("top", "right", "bottom", "left")
        },
        "grid.side_mm": f"{grid - gutter:.3f}",
    }
    tokens |= {f"fonts.{font}.word": face for font in theme.fonts}
    share = size / theme.number(_BODY_TEXT)
    for path in theme.tokens:
        if path.startswith("type.") and path.endswith((".size", ".label")):
            tokens[path] = f"{round(theme.number(path) * share * 2) / 2:g}"
    return replace(theme, tokens=MappingProxyType(derived(tokens)))
