"""The logo: a drawing in the first page's head, at the place that the theme gives it."""

from __future__ import annotations

from io import BytesIO

from docx.oxml.ns import nsmap, qn
from docx.section import _Header
from docx.shared import Mm
from lxml import etree

from reports.themes import Logo, Theme
from reports.write.docx.xml import Element, w

_ID = 100_000  # above all that `finish` counts in the text
_KEPT = ("extent", "docPr", "cNvGraphicFramePr", "graphic")


def logo_run(head: _Header, logo: Logo, picture: bytes, language: str, theme: Theme) -> Element:
    """The run that holds the picture, PNG or JPEG, of a logo; its part is the head's.

    It is anchored to the page, so the masthead's line doesn't grow by it (ECMA-376 part 1,
    20.4.2.3).
    """
    width, height = Mm(logo.width_mm), Mm(logo.height_mm)
    inline = head.part.new_pic_inline(BytesIO(picture), width=width, height=height)
    inline.docPr.set("id", str(_ID))
    inline.docPr.set("name", "Logo")
    inline.docPr.set("descr", logo.alt(language))
    kept = {child.tag.rpartition("}")[2]: child for child in inline}
    extent, properties, frame, graphic = (kept[name] for name in _KEPT)
    anchor = _wp(
        "anchor",
        _wp("simplePos", x="0", y="0"),
        _wp("positionH", _offset(0), relativeFrom="margin"),
        _wp("positionV", _offset(Mm(theme.number("page.first_top_mm"))), relativeFrom="page"),
        extent,
        _wp("wrapNone"),
        properties,
        frame,
        graphic,
        **dict.fromkeys(("distT", "distB", "distL", "distR"), "0"),
        simplePos="0",
        relativeHeight="1",
        behindDoc="0",
        locked="0",
        layoutInCell="1",
        allowOverlap="1",
    )
    return w("r", w("drawing", anchor))


def _offset(length: int) -> Element:
    offset = _wp("posOffset")
    offset.text = str(int(length))
    return offset


def _wp(tag: str, *children: Element, **attributes: str) -> Element:
    element = etree.Element(qn(f"wp:{tag}"), attributes, {"wp": nsmap["wp"]})
    element.extend(children)
    return element
