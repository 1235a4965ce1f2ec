"""JPEG and PNG files without what cameras and programs note in them; no pixel is touched.

What is kept is what colours, size and transparency need.  All else goes, known or not: where
and with what a photo was taken, who changed it, thumbnails, and what stands after its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_PNG = b"\x89PNG\r\n\x1a\n"
_CHUNKS = b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB pHYs".split()

_JPEG = b"\xff\xd8"
_MARKER = re.compile(rb"\xff+([\x01-\xcf\xd8-\xfe])")  # none that stands within a scan
_END, _SCAN = 0xD9, 0xDA
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_CODES = frozenset((*range(0xC0, 0xD0), *range(0xD9, 0xDE)))  # frames, tables, scans, the end
_ICC = b"ICC_PROFILE\0"
_NO_DENSITY = b"\1\1\0\0\1\0\1"

_ORIENTATION = 0x0112
_ORDERS: dict[bytes, Literal["little", "big"]] = {b"II": "little", b"MM": "big"}


class RgbError(ValueError):
    """A JPEG whose colours are coded in a way that most programs take for another."""


@dataclass(frozen=True)
class Bare:
    """A picture without notes, and the orientation from 1 to 8 that they gave it (EXIF 2.32)."""

    data: bytes
    orientation: int


def bare(data: bytes) -> Bare:
    """The JPEG or PNG with its pixels as they are, and nothing noted.

    Raises ValueError for what is neither, RgbError for a JPEG that can't do without its notes.
    """
    if data.startswith(_PNG):
        return _bare_png(data)
    if data.startswith(_JPEG):
        return _bare_jpeg(data)
    raise ValueError


def _bare_png(data: bytes) -> Bare:
    chunks = list(_chunks(data))
    kept = b"".join(chunk for kind, chunk in chunks if kind in _CHUNKS)
    turned = [_orientation(chunk[8:]) for kind, chunk in chunks if kind == b"eXIf"]
    return Bare(_PNG + kept, next(iter(turned), 1))


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The kind of each chunk and the chunk, to the one that ends the picture (PNG, 5.3)."""
    at, kind = len(_PNG), b""
    while at < len(data) and kind != b"IEND":
        kind = data[at + 4 : at + 8]
        end = at + 12 + int.from_bytes(data[at : at + 4])
        yield kind, data[at:end]
        at = end


def _bare_jpeg(data: bytes) -> Bare:
    segments = list(_segments(data))
    density = _note(segments, 0xE0, b"JFIF\0")[:7]
    if not density and _is_rgb(segments):
        raise RgbError
    head = b"\xff\xe0\0\x10JFIF\0" + (density or _NO_DENSITY) + b"\0\0"  # no thumbnail
    profile = b"".join(segment for _, segment in segments if segment[4:].startswith(_ICC))
    kept = b"".join(segment for code, segment in segments if code in _CODES)
    exif = _note(segments, 0xE1, b"Exif\0\0")
    return Bare(_JPEG + head + profile + kept, _orientation(exif))


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The code of each segment and the segment, scans with what they code, to the end.

    As ITU-T T.81, B.1.1 has them; what a cut file lacks, its last one lacks.
    """
    at = len(_JPEG)
    while found := _MARKER.search(data, at):
        code, start = found[1][0], found.end()
        if code == _END:
            yield code, b"\xff\xd9"
            return
        at = start + max(2, int.from_bytes(data[start : start + 2]))
        if code == _SCAN:
            after = _MARKER.search(data, at)
            at = after.start() if after else len(data)
        yield code, b"\xff" + found[1] + data[start:at]


def _note(segments: list[tuple[int, bytes]], code: int, name: bytes) -> bytes:
    """What the first note of that code and name holds, empty if there is none."""
    held = (segment[4:] for known, segment in segments if known == code)
    return next((note[len(name) :] for note in held if note.startswith(name)), b"")


def _is_rgb(segments: list[tuple[int, bytes]]) -> bool:
    """Whether a JPEG without the usual head has red, green and blue as they are."""
    frame = next((segment[4:] for code, segment in segments if code in _FRAMES), b"")
    coding = _note(segments, 0xEE, b"Adobe")[6:7]
    return frame[5:6] == b"\3" and (coding == b"\0" or frame[6:15:3] == b"RGB")


def _orientation(exif: bytes) -> int:
    """What the first directory of a TIFF says on how the pixels are turned, 1 if nothing."""
    order = _ORDERS.get(exif[:2])
    if order is None:
        return 1

    def number(at: int, size: int) -> int:
        return int.from_bytes(exif[at : at + size], order)

    start = number(4, 4)
    for at in range(start + 2, start + 2 + 12 * number(start, 2), 12):
        if number(at, 2) == _ORIENTATION:
            turned = number(at + 8, 2)
            return turned if turned in range(1, 9) else 1
    return 1
