"""The numbers that public registers give organisations, with their check digits.

A right number need not be in use: that only the register knows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_NORWEGIAN = (3, 2, 7, 6, 5, 4, 3, 2, 1)
_DANISH = (2, 7, 6, 5, 4, 3, 2, 1)


def check_organisation_number(text: str) -> str:
    """The nine digits of a Norwegian organisation number, without the spaces that people write.

    Raises ValueError, which says what is expected, for anything else (Enhetsregisteret, modulus 11).
    """
    digits = _digits(text, len(_NORWEGIAN))
    if not digits:
        raise ValueError("an organisation number has nine digits, as in 974 760 673")
    if not _adds_up(digits, _NORWEGIAN):
        raise ValueError("the last digit of an organisation number follows from the others")
    return digits


def check_cvr_number(text: str) -> str:
    """The eight digits of a Danish CVR number, without the spaces that people write.

    Raises ValueError, which says what is expected, for anything else (Erhvervsstyrelsen, modulus 11).
    """
    digits = _digits(text, len(_DANISH))
    if not digits:
        raise ValueError("a CVR number has eight digits, as in 62 76 11 13")
    if not _adds_up(digits, _DANISH):
        raise ValueError("the last digit of a CVR number follows from the others")
    return digits


def _digits(text: str, length: int) -> str:
    """The digits alone, or "" where the text isn't that many digits, spaces apart."""
    digits = re.sub(r"(?<=[0-9])[ \u00a0](?=[0-9])", "", text)
    return digits if re.fullmatch(f"[1-9][0-9]{{{length - 1}}}", digits) else ""


def _adds_up(digits: str, weights: Sequence[int]) -> bool:
    """Whether the weighted digits, the check digit among them, divide by eleven."""
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11 == 0
