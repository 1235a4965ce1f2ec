"""KL Emnesystematik: the key by which Danish municipalities file a case.

Only the form is judged: which numbers and facets are in force changes with each release of the key.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = re.compile(r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}")  # main group, group, subject
_FACET = re.compile(r"[A-ZÆØÅ][0-9]{2}")  # category, and a number within it


@dataclass(frozen=True)
class Kle:
    """What a case is about, and what is done in it; a subject of 00 stands for the whole group."""

    number: str
    facet: str

    @property
    def shown(self) -> str:
        """How case numbers and documents write the two."""
        return f"{self.number}-{self.facet}"


def parse_kle(number: str, facet: str) -> Kle:
    """The two as one key; raises ValueError, which says what is expected, if one isn't in form."""
    wrong = []
    if not _NUMBER.fullmatch(number):
        wrong.append("write the KLE number as three times two digits, as in 85.11.05")
    if not _FACET.fullmatch(facet):
        wrong.append("write the KLE facet as a capital letter and two digits, as in G01")
    if wrong:
        raise ValueError("; ".join(wrong))
    return Kle(number, facet)
