"""Pictures of the workspace, judged as they are read: what not every format shows is a problem.

They leave here upright, since Word doesn't heed how a camera was held, and without notes: a
photo doesn't tell where it was taken.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from reports.pictures.notes import RgbError, bare
from reports.problems import Place, Problem, ReportError

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_BYTES = 5_000_000  # of a picture in a text
_MOST_PIXELS = 25_000_000  # three times what a page has at 300 an inch
_KINDS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}
_MODES = ("1", "L", "LA", "P", "RGB", "RGBA")
_VAST = ("has more pixels than any page can show", "300 an inch are enough")


@dataclass(frozen=True)
class Shown:
    """A picture as every format shows it: its file and its size in pixels."""

    data: bytes
    width: int
    height: int


def is_picture(name: str) -> bool:
    """Whether the file's name ends as those of pictures do."""
    return PurePath(name).suffix.lower() in _KINDS


def shown_picture(data: bytes, name: str, role: str, place: Place) -> Shown:
    """The picture upright and without notes.

    It must be a whole PNG or JPEG, as its name says.  Colours of print may not stand in a PDF/A
    whose colours are those of screens (ISO 19005-2, 6.2.4.3).

    Raises ReportError at `place` that says in which `role` ("logo") the file can't be shown.
    """
    try:
        return _shown(data, _KINDS[PurePath(name).suffix.lower()])
    except _UnfitError as error:
        what, hint = error.args
    raise ReportError(Problem(place, f"{role} '{name}' {what}", hint))


class _UnfitError(ValueError):
    """What keeps a picture out of one of the formats, and a hint."""


def _shown(data: bytes, kind: str) -> Shown:
    from PIL import Image

    try:
        found = bare(data)
        with _strict(), Image.open(BytesIO(found.data), formats=("PNG", "JPEG")) as picture:
            _judge(picture, kind)
            picture.load()
            if found.orientation == 1:
                return Shown(found.data, *picture.size)
            return _upright(picture, found.orientation)
    except _UnfitError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _UnfitError(*_VAST) from None
    except RgbError:
        what = "is a JPEG whose colours are coded as few programs do"
        raise _UnfitError(what, "save it anew, as PNG or JPEG") from None
    except (OSError, SyntaxError, ValueError):
        raise _UnfitError("can't be read as PNG or JPEG", "save it anew, as PNG or JPEG") from None


def _judge(picture: Image, kind: str) -> None:
    """Raise for a picture that is whole, but not fit."""
    if picture.mode == "CMYK":
        raise _UnfitError("is in colours of print (CMYK)", "save it in RGB")
    if picture.mode not in _MODES:
        raise _UnfitError("has more than 8 bits a colour", "save it with 8")
    if picture.width * picture.height > _MOST_PIXELS:
        raise _UnfitError(*_VAST)
    if picture.format != kind:
        hint = f"let its name end in .{'png' if kind == 'JPEG' else 'jpg'}"
        raise _UnfitError(f"is a {picture.format}, not what its name says", hint)


def _upright(picture: Image, orientation: int) -> Shown:
    """The picture turned as the orientation asks, a JPEG in the quality that it had."""
    from PIL.Image import Transpose
    from PIL.JpegImagePlugin import JpegImageFile

    by = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    turned = picture.transpose(by[orientation])
    kept: dict[str, Any] = {
        key: picture.info[key] for key in ("dpi", "icc_profile") if key in picture.info
    }
    if isinstance(picture, JpegImageFile):
        kept |= {"qtables": picture.quantization, "subsampling": "4:4:4"}
    file = BytesIO()
    turned.save(file, picture.format, **kept)
    return Shown(bare(file.getvalue()).data, *turned.size)


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
