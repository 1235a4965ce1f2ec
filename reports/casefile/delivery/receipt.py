"""What a delivery leaves to be kept: where each file stands, under which hash, since when.

A file that was delivered is in the case's folder.  That a records system registered it, no
server of files can tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Arrival(Enum):
    """How a file came to stand where it was read back."""

    DELIVERED = "delivered"
    ALREADY_THERE = "already there"


@dataclass(frozen=True)
class Arrived:
    """A file that was read back with this hash; `name` is its path in the bundle."""

    name: str
    sha256: str
    arrival: Arrival


@dataclass(frozen=True)
class Receipt:
    """One bundle's delivery: `url` is the case folder's and holds no login, `folder` is in it.

    Both times are in UTC, to the second.
    """

    url: str
    folder: str
    started: datetime
    finished: datetime
    files: tuple[Arrived, ...]
