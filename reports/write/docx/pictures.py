"""Figures and pictures as inline drawings with their alternative text."""

from __future__ import annotations

from io import BytesIO

from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.oxml.ns import nsmap, qn
from docx.shared import Length, Mm
from lxml import etree

from reports.document import Figure, Picture, inline_text
from reports.problems import Problem, ReportError
from reports.write.docx.charts import Drawn, add_chart, is_native
from reports.write.docx.charts.drawing import SPACES, a
from reports.write.docx.package import Draft
from reports.write.docx.xml import Element, paragraph, w

_UNREADABLE = (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError)
_PIXEL = 9525  # EMU at 96 an inch, as CSS has it: the other formats follow no note on that
_SIDES = ("distT", "distB", "distL", "distR")  # LibreOffice adds 3 mm where one is left out


def figure(figure: Figure, draft: Draft) -> Element:
    """The chart of a figure across the whole text width: one that Word edits, or a picture."""
    chart, caption = figure.chart, figure.caption
    if is_native(chart):
        drawn = add_chart(chart, f"{caption.label}. {inline_text(caption.title)}", draft)
        drawing = _chart(drawn, caption.label, figure.alt)
    else:
        width = Mm(draft.theme.number("grid.text_width_mm"))
        drawing = _drawing(draft, draft.pictures[caption.anchor], width, figure.alt)
    return paragraph("KF Figur", drawing)


def picture(picture: Picture, draft: Draft) -> Element:
    """A picture in the main column, at its own size where that fits the column and the page.

    Raises ReportError at the picture's place if it isn't a format that Word shows.
    """
    widest = Mm(draft.theme.number("grid.main_mm"))
    try:
        drawing = _drawing(draft, picture.data, widest, picture.alt, own_size=True)
    except _UNREADABLE:
        what = f"picture '{picture.name}' is not PNG or JPEG, which Word needs"
        raise ReportError(Problem(picture.place, what, "save it as PNG at 300 dpi")) from None
    return paragraph("KF Bilde", drawing)


def _drawing(
    draft: Draft, data: bytes, widest: Length, alt: str, *, own_size: bool = False
) -> Element:
    part = draft.word.part
    _, image = part.get_or_add_image(BytesIO(data))
    tallest = Mm(draft.theme.number("grid.picture_height_mm"))
    fitting = min(widest, tallest * image.px_width // image.px_height)
    width = Length(min(fitting, image.px_width * _PIXEL) if own_size else fitting)
    inline = part.new_pic_inline(BytesIO(data), width=width)
    for side in _SIDES:
        inline.set(side, "0")
    inline.docPr.set("descr", alt)
    return w("r", w("drawing", inline))


def _chart(drawn: Drawn, name: str, alt: str) -> Element:
    """A chart in its line; `finish` numbers it."""
    inline = _wp(
        "inline",
        _wp("extent", cx=drawn.width, cy=drawn.height),
        _wp("docPr", id=0, name=name, descr=alt),
        _wp("cNvGraphicFramePr"),
        a("graphic", a("graphicData", drawn.reference, uri=SPACES["c"])),
        **dict.fromkeys(_SIDES, 0),
    )
    return w("r", w("drawing", inline))


def _wp(tag: str, *children: Element, **attributes: str | int) -> Element:
    known = {name: str(value) for name, value in attributes.items()}
    element = etree.Element(qn(f"wp:{tag}"), known, {"wp": nsmap["wp"]})
    element.extend(children)
    return element
