"""What the register keeps of one bundle: enough to say later what its readers were told.

An entry needs neither the store nor the templates of its day.  It holds what the edition itself
shows, and so nothing above its access.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from reports.casefile.delivery.receipt import Receipt
from reports.casefile.gate import Check
from reports.casefile.record import Decision, EditionMark, Replaced, Role, Variant
from reports.cases.reference import CaseReference
from reports.cases.settings import Screening
from reports.cases.stamp import State
from reports.facts.model import Access


@dataclass(frozen=True)
class IssuedFile:
    """A file of one of the bundle's documents; `file` is its name below data/."""

    role: Role
    variant: Variant
    file: str
    sha256: str
    size: int


@dataclass(frozen=True)
class FactWords:
    """What readers are told of a fact, in the edition's language; "" for what it hasn't got.

    Numbers of notes and letters of sources are left out: they change with the order of the
    text.  `figure` has its hedge and unit; `statement` is there where the fact has no figure,
    `sum` is the arithmetic of a derived one, and `source` the title with the paragraph.
    """

    figure: str
    measure: str
    among: str
    statement: str
    sum: str
    as_of: str
    speaker: str
    standing: str
    source: str


@dataclass(frozen=True)
class IssuedFact:
    """A fact that the edition told, as data and in words; texts are "" where there is nothing.

    `value` is a number or, with `of`, a part; of a range it is the lower end, `high` the upper.
    `date` is the figure of a fact that dates something.  Dates are EDTF, numbers in full.
    `source` is "" and `paragraph` 0 for a fact whose notes show what it is computed from: the
    `inputs`.  `printed` has, by form, what was printed, each text once; it is empty for a fact
    that is only cited, or stands in the notes alone.  `note` is its note as printed.
    """

    id: str
    value: str
    high: str
    of: str
    date: str
    qualifier: str
    unit: str
    measure: str
    among: str
    as_of: str
    since: str
    inferred: str
    said_by: str
    standing: str
    source: str
    paragraph: int
    recorded: dt.date
    inputs: tuple[str, ...]
    words: FactWords
    printed: dict[str, tuple[str, ...]]
    note: str


@dataclass(frozen=True)
class IssuedSource:
    """A source in the words of the tool's own list, without its letter."""

    id: str
    text: str


@dataclass(frozen=True)
class IssuedSentence:
    """A sentence that prints or cites a fact, without note marks; `section` is its heading."""

    fact: str
    section: str
    text: str


@dataclass(frozen=True)
class Issued:
    """A bundle that was made, with what its document said.

    `access` is that of the edition's readers: no fact is above it.  `checked` is what was looked
    for before it was final, none of a draft, and `warnings` are those that stood.
    `metadata` is the SHA-256 of the bundle's case.json, and so of all that it says of itself.
    `words` is that of the document's own words, without what facts print in them, and `text`
    that of all it said; neither counts cover or colophon, where the stamp is.
    """

    edition: EditionMark
    access: Access
    case: CaseReference
    version: int
    state: State
    title: str
    date: dt.date
    recorded: dt.date | None
    made: dt.datetime
    decision: Decision | None
    checked: tuple[Check, ...]
    warnings: tuple[str, ...]
    key: str
    replaces: Replaced | None
    screening: Screening | None
    metadata: str
    words: str
    text: str
    files: tuple[IssuedFile, ...]
    facts: tuple[IssuedFact, ...]
    sources: tuple[IssuedSource, ...]
    sentences: tuple[IssuedSentence, ...]
    receipts: tuple[Receipt, ...]
