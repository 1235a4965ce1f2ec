"""What one attaching is asked to do, the same for each of its editions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from reports.casefile.record import EntryKind, Organisation
from reports.cases.reference import CaseReference
from reports.cases.settings import Screening
from reports.cases.stamp import State


@dataclass(frozen=True)
class Request:
    """`day` is the one on which final documents are finished, and `made` the moment of packing.

    `approved_by` is "" where nobody is named.  `screening` is None where the user gives none.
    `redacted` is the audience whose own edition is added as the redacted variant, "" for none.
    `recipient` is the agency that the documents are sent to, None for those that stay.  `out` is
    the folder that the bundles of all cases lie in.  `public_title` is "" where the brief's holds,
    and `unscreened` says that a screening of the version before is to be dropped.
    """

    case: CaseReference
    entry: EntryKind
    state: State
    approved_by: str
    day: dt.date
    made: dt.datetime
    screening: Screening | None
    redacted: str
    recipient: Organisation | None
    out: Path
    public_title: str = ""
    unscreened: bool = False
