"""Pictures of the workspace, judged as they are read: what not every format shows is a problem."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

_KINDS = ("PNG", "JPEG")
_MODES = ("1", "L", "LA", "P", "RGB", "RGBA")
_HEADS = (b"JFIF", b"Exif")  # python-docx knows a JPEG by one of them


def picture_fault(data: bytes) -> tuple[str, str]:
    """What keeps a picture out of one of the formats, and a hint; empty if nothing does.

    It must be a whole PNG or JPEG.  Colours of print may not stand in a PDF/A whose colours
    are those of screens (ISO 19005-2, 6.2.4.3).
    """
    from PIL import Image

    try:
        with _strict(), Image.open(BytesIO(data), formats=_KINDS) as picture:
            if picture.mode == "CMYK":
                return "is in colours of print (CMYK)", "save it in RGB"
            if picture.mode not in _MODES:
                return "has more than 8 bits a colour", "save it with 8"
            if picture.format == "JPEG" and data[6:10] not in _HEADS:
                return "is a JPEG without the usual head", "save it anew, as PNG or JPEG"
            picture.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return "has more pixels than any page can show", "300 an inch are enough"
    except (OSError, SyntaxError, ValueError):
        return "can't be read as PNG or JPEG", "save it anew, as PNG or JPEG"
    return "", ""


def picture_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels of a picture with which `picture_fault` finds no fault."""
    from PIL import Image

    with Image.open(BytesIO(data), formats=_KINDS) as picture:
        return picture.size


@contextmanager
def _strict() -> Iterator[None]:
    """Have Pillow raise for a picture that is huge, and for one that is cut short.

    Of the former it would only warn; WeasyPrint makes it content with the latter.
    """
    from PIL import Image, ImageFile

    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
