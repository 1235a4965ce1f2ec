"""Figures and pictures as inline drawings with their alternative text."""

from __future__ import annotations

from io import BytesIO

from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.shared import Length, Mm

from reports.document import Figure, Picture
from reports.problems import Problem, ReportError
from reports.write.docx.package import Draft
from reports.write.docx.xml import Element, paragraph, w

_UNREADABLE = (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError)


def figure(figure: Figure, draft: Draft) -> Element:
    """The chart of a figure across the whole text width."""
    width = Mm(draft.theme.number("grid.text_width_mm"))
    drawing = _drawing(draft, draft.pictures[figure.caption.anchor], width, figure.alt)
    return paragraph("KF Figur", drawing)


def picture(picture: Picture, draft: Draft) -> Element:
    """A picture in the main column, at its own size where that fits.

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
    width = min(widest, image.width) if own_size else widest
    inline = part.new_pic_inline(BytesIO(data), width=width)
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")  # LibreOffice adds 3 mm where it is left out
    inline.docPr.set("descr", alt)
    return w("r", w("drawing", inline))
