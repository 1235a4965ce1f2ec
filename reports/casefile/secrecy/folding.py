"""Texts as they are looked for: small letters a to z and digits alone, here called signs.

What is left of a text is the same in UTF-8, Latin-1, UTF-16 and PDFDocEncoding, whatever its lines,
hyphens, spaces and capitals.
"""

from __future__ import annotations

import re
import string
import sys
import unicodedata
from collections.abc import Iterable

EIGHT = 8  # signs in a row that no other bytes hold by chance

_KEPT = (string.ascii_lowercase + string.digits).encode()
_FOLD = bytes(ord(chr(byte).lower()) if byte < 128 else byte for byte in range(256))
_DROPPED = bytes(byte for byte in range(256) if _FOLD[byte] not in _KEPT)
_WORD = re.compile(r"\w+|%")
_JOINT = r"[._@-]{1,3}"
_GAP = r"[\W_]{0,3}"


def folded(text: str) -> bytes:
    """The signs of a text."""
    return folded_bytes(plain(text).encode())


def folded_bytes(data: bytes) -> bytes:
    """The signs among the bytes."""
    return data.translate(_FOLD, _DROPPED)


def plain(text: str) -> str:
    """The text without ligatures, full width and the like, its accents on their letters."""
    return unicodedata.normalize("NFKC", text)


def words_of(text: str) -> list[str]:
    """The words of a text, and its signs for percent."""
    return _WORD.findall(plain(text))


def worded(text: str) -> re.Pattern[str]:
    """To find a text among others, however it is broken, with no digit more at either end."""
    inner = _GAP.join(map(re.escape, "".join(words_of(text))))
    return re.compile(rf"(?<![0-9]){inner}(?![0-9])", re.IGNORECASE)


def spelled(id_: str) -> re.Pattern[str]:
    """To find an id as it is written, or as names in files have it; not in a longer id or prose."""
    inner = _JOINT.join(map(re.escape, re.split(r"[.@-]", id_)))
    return re.compile(rf"(?<![a-z0-9]){inner}(?!(?:{_JOINT})?[a-z0-9])", re.IGNORECASE)


def eights_in(row: bytes, wanted: Iterable[bytes]) -> set[bytes]:
    """The first eight signs of each of those wanted, as far as they stand anywhere in the row.

    To search megabytes for each of thousands of texts would take minutes.
    """
    starts = {sign[:EIGHT] for sign in wanted if len(sign) >= EIGHT}
    numbers = {int.from_bytes(start, sys.byteorder) for start in starts}
    view, found = memoryview(row), set()
    for start in range(EIGHT):
        whole = max(0, len(row) - start) // EIGHT * EIGHT
        found |= numbers.intersection(view[start : start + whole].cast("Q"))
    return {number.to_bytes(EIGHT, sys.byteorder) for number in found}
