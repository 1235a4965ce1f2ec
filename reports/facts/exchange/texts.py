"""Words from elsewhere as ids."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ß": "ss", "đ": "d", "ð": "d", "þ": "th"})


def as_id(text: str, length: int, other: str) -> str:
    """The text as an id of at most that many characters; `other` where nothing is left of it.

    The id begins with a letter and has small letters, digits and hyphens.
    """
    folded = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    id_ = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return re.sub(r"^[^a-z]+", "", id_)[:length].rstrip("-") or other
