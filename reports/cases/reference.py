"""The case that a document is filed in: by its number, by another system's key, or by its id."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

_NORWEGIAN = re.compile(r"(?P<year>(?:19|20)[0-9]{2})/(?P<sequence>[1-9][0-9]{0,6})")
# A sagsnummer has no national form: the systems write 26/1234, 2026-001234, 85.11.05-G01-3-26.
_DANISH = re.compile(r"(?=.*[0-9])[0-9A-ZÆØÅ](?:[0-9A-ZÆØÅ./-]{0,38}[0-9A-ZÆØÅ])?", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_NEVER = r"\x00-\x1f\x7f=\ud800-\udfff"  # in a key: controls, the sign between, half characters
_WORD = re.compile(rf"[^\s{_NEVER}](?:[^{_NEVER}]{{0,98}}[^\s{_NEVER}])?")


class Country(Enum):
    """Whose rules and words the case is kept by."""

    NORWAY = "norway"
    DENMARK = "denmark"


@dataclass(frozen=True)
class CaseNumber:
    """A number as people write it; `year` and `sequence` are 0 where its form doesn't tell."""

    written: str
    year: int = 0
    sequence: int = 0

    @property
    def shown(self) -> str:
        """How documents print it."""
        return self.written


@dataclass(frozen=True)
class ExternalKey:
    """The key that another system, such as one for a line of business, knows the case by."""

    system: str
    key: str

    @property
    def shown(self) -> str:
        """How documents print it."""
        return f"{self.system} {self.key}"


@dataclass(frozen=True)
class SystemId:
    """The UUID that the records system gave the case."""

    id: str

    @property
    def shown(self) -> str:
        """How documents print it."""
        return self.id


CaseReference: TypeAlias = CaseNumber | ExternalKey | SystemId


def parse_case_number(text: str, country: Country) -> CaseNumber:
    """The number of a case; raises ValueError, which says what is expected, for anything else."""
    match country:
        case Country.NORWAY:
            found = _NORWEGIAN.fullmatch(text)
            if not found:
                raise ValueError("write year and sequence number, as in 2026/1234")
            return CaseNumber(text, int(found["year"]), int(found["sequence"]))
        case Country.DENMARK:
            if not _DANISH.fullmatch(text):
                raise ValueError("write the sagsnummer, as in 85.11.05-G01-3-26 or 26/1234")
            return CaseNumber(text)


def parse_external_key(text: str) -> ExternalKey:
    """The key from SYSTEM=KEY; raises ValueError, which says what is expected."""
    system, sign, key = text.partition("=")
    if not (sign and _WORD.fullmatch(system) and _WORD.fullmatch(key)):
        raise ValueError("write SYSTEM=KEY, as in Fagsystem=4711")
    return ExternalKey(system, key)


def parse_system_id(text: str) -> SystemId:
    """The id of a case in its records system; raises ValueError for what is no UUID."""
    if not _UUID.fullmatch(text):
        raise ValueError("write a UUID, as in 0f8fad5b-d9cb-469f-a165-70867728950e")
    return SystemId(text.lower())
