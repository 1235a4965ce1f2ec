"""Where an edition comes from: what it prints no words of, but a reader of its file may ask."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class FactOrigin:
    """One fact that has a note: when it entered the store, its standing, what it follows from.

    `place` is its paragraph in its source, 0 for a derived fact; `inputs` are the ids of the
    facts it was computed from, as far as the edition's notes show them.
    """

    fact: str
    recorded: dt.date
    standing: str
    place: int
    inputs: tuple[str, ...]


@dataclass(frozen=True)
class Provenance:
    """The edition's own marks, and the origin of each note's fact, in their order.

    `subject` is "" outside a series.  `recorded` is the latest day on which one of the facts entered the store.
    """

    brief: str
    audience: str
    subject: str
    date: dt.date
    status: str
    recorded: dt.date | None
    facts: tuple[FactOrigin, ...]
