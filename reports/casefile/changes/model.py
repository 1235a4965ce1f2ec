"""What is said of a change: dataclasses that a note on it, or a script, is made from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from reports.casefile.register.entry import Issued


class ChangeKind(Enum):
    """How a fact changed; a computed one FOLLOWS where what it is computed from changed."""

    CHANGED = "changed"
    FOLLOWS = "follows"
    ADDED = "added"
    REMOVED = "removed"


class Aspect(Enum):
    """What of a fact is told otherwise: each is one line of a note on the change.

    FIGURE is the value, HEDGE the figure whose hedge alone changed ("62%", "about 62%"), and
    WORDING what else is printed of a fact: the words around a figure, how it is computed, or
    the sentence of a fact without one.
    """

    FIGURE = "figure"
    HEDGE = "hedge"
    WORDING = "wording"
    MEASURE = "measure"
    AMONG = "among"
    AS_OF = "as of"
    SPEAKER = "speaker"
    STANDING = "standing"
    SOURCE = "source"


@dataclass(frozen=True)
class Retold:
    """What a reader was told and is told now, in the edition's language.

    One of them is "" where there was or is nothing, such as the population of a rank.
    """

    aspect: Aspect
    was: str
    now: str


@dataclass(frozen=True)
class Sentence:
    """A sentence without note marks; `section` is the heading that it stands under."""

    section: str
    text: str


@dataclass(frozen=True)
class FactChange:
    """One fact that is told otherwise than in the earlier version.

    `earlier_id` is the one that it went by: its own, that of the version it supersedes, or ""
    where it was ADDED.  `what` says what it tells of, without the figure: the measure and the
    population, or the whole statement of a fact without one.  `figure` is what is told now,
    of a fact that was REMOVED what was told; "" without one.  `retold` is empty for facts
    that were added or removed.

    `because` are the ids of those changes' facts that this one is computed from.  `sentences`
    are those of the new edition in which it stands, of one that was removed those of the
    earlier; they are empty for a fact that stands in the notes alone.
    """

    kind: ChangeKind
    fact: str
    earlier_id: str
    what: str
    figure: str
    retold: tuple[Retold, ...]
    because: tuple[str, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class SourceChange:
    """A source that both versions list, told otherwise."""

    source: str
    was: str
    now: str


@dataclass(frozen=True)
class Changes:
    """What changed since `earlier`; all of it is in the language of that edition.

    `facts` are in the order of the new edition's notes, then those that were removed.  `other`
    tells that the text is another one beyond what follows from them: words were written anew,
    taken out or put in another place.  `withdrawn` counts the facts that were told, and that
    these readers may not be told any more: nothing else is said of them.
    """

    earlier: Issued
    facts: tuple[FactChange, ...]
    sources: tuple[SourceChange, ...]
    other: bool
    withdrawn: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether readers are told the very same as before."""
        return not (self.facts or self.sources or self.other or self.withdrawn)
