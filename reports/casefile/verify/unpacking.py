"""How much of a PDF's streams is read: a small file can unpack to gigabytes, or be drawn in itself.

pdfminer sets no bounds of its own, so its ways to unpack are exchanged while a file is read.
What can swell and can't be measured beforehand is refused (PDF/A forbids LZW, and our own
files have neither of the others).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from reports.problems import Place, Problem, ReportError

MOST_READ = 5_000_000  # bytes, each as often as it is asked for; our longest file has one million
MOST_LAID_OUT = 1_000_000  # bytes of pages, each letter of which takes kilobytes then; ours: 0.2
_SWELLING = ("lzwdecode", "rldecode", "ccittfaxdecode")


@dataclass
class _Allowance:
    """How many bytes may still be read, and why no more is."""

    most: int
    left: int
    refused: str = ""

    def inflated(self, data: bytes) -> bytes:
        """What zlib unpacks of the bytes; raises ValueError if it is more than is left."""
        unpacking = zlib.decompressobj()
        unpacked = unpacking.decompress(data, self.left + 1)
        if len(unpacked) > self.left:
            self._refuse(f"unpacks to more than the {self.most // 10**6} MB that are read")
        if not unpacking.eof:
            raise zlib.error("incomplete")  # pdfminer then tries again, byte by byte
        return unpacked

    def read(self, data: bytes) -> bytes:
        """The bytes, counted; raises ValueError if they are more than is left."""
        if len(data) > self.left:
            self._refuse(
                f"has more text and drawing than the {self.most // 10**6} MB that are read"
            )
        self.left -= len(data)
        return data

    def swelling(self, *_: object) -> bytes:
        """Raises ValueError for what can't be measured."""
        self._refuse("is packed in a way that PDF/A doesn't allow, or that none of ours is")
        return b""

    def _refuse(self, why: str) -> None:
        self.refused = self.refused or why
        raise ValueError(why)


@contextmanager
def within_bounds(file: Path, most: int = MOST_READ) -> Iterator[None]:
    """Have no more than so many bytes unpacked of whatever PDF is read within.

    Raises ReportError at the file, in the end, where there was more.
    """
    from pdfminer import pdftypes

    allowed = _Allowance(most, most)
    get_data = pdftypes.PDFStream.get_data
    zlib_like = SimpleNamespace(
        decompress=allowed.inflated, decompressobj=zlib.decompressobj, error=zlib.error
    )
    bounds = {"zlib": zlib_like, **dict.fromkeys(_SWELLING, allowed.swelling)}
    known: dict[str, Any] = {name: getattr(pdftypes, name) for name in bounds}

    def counted(self: pdftypes.PDFStream) -> bytes:
        return allowed.read(get_data(self))

    vars(pdftypes).update(bounds)
    pdftypes.PDFStream.get_data = counted  # type: ignore[method-assign]
    try:
        yield
    finally:
        vars(pdftypes).update(known)
        pdftypes.PDFStream.get_data = get_data  # type: ignore[method-assign]
        if allowed.refused:  # whatever the parser made of it
            raise ReportError(Problem(Place(file), allowed.refused, "it may be made to do harm"))
