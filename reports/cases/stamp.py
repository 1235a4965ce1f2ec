"""What attaching prints on a document: its case, its state, who approved it, its version."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class State(Enum):
    """Whether a document may still change."""

    DRAFT = "draft"
    FINAL = "final"


@dataclass(frozen=True)
class Stamp:
    """The marks of one attaching; a build that attaches nothing has the plain one.

    `case` is "" where the brief's own number holds.  `version` counts from 1 within the case, and
    0 prints nothing; `replaces` is the version that it stands for, 0 for none.  `ground` is the
    legal one for keeping the document, or what a redacted one leaves out, from the public.
    """

    case: str = ""
    state: State = State.DRAFT
    approved_by: str = ""
    version: int = 0
    replaces: int = 0
    ground: str = ""
    redacted: bool = False


PLAIN = Stamp()
