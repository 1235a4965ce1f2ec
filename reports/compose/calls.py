"""What a template can ask for: one class a kind of call, filled in later by `resolve`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from reports.facts.wording import Form

ChartKind: TypeAlias = Literal["bars", "grouped", "slope", "line", "squares", "timeline", "vega"]
CHART_KINDS: tuple[ChartKind, ...] = get_args(ChartKind)


@dataclass(frozen=True)
class FactCall:
    """A fact's figure; `start` asks for a capital first letter."""

    fact: str
    form: Form
    start: bool


@dataclass(frozen=True)
class StatementCall:
    fact: str


@dataclass(frozen=True)
class CiteCall:
    """A fact's note mark alone, for what the sentence before it says."""

    fact: str


@dataclass(frozen=True)
class AsOfCall:
    """When a fact holds; `start` asks for a capital first letter."""

    fact: str
    start: bool


@dataclass(frozen=True)
class SinceCall:
    """The earlier date of a derived fact; `start` asks for a capital first letter."""

    fact: str
    start: bool


@dataclass(frozen=True)
class WordsCall:
    """How figures compare, in words: one derived fact, or two facts.

    A trend leads from the first to the second; a comparison measures the first by the second.
    """

    kind: Literal["trend", "compare"]
    facts: tuple[str, ...]
    start: bool


@dataclass(frozen=True)
class SpeakerCall:
    fact: str


@dataclass(frozen=True)
class SourceCall:
    """The label of a fact's source in this document, such as "Source A"."""

    fact: str


@dataclass(frozen=True)
class PlainCall:
    """A number that is no fact, with the reason why it needs no source."""

    text: str
    why: str


@dataclass(frozen=True)
class RefCall:
    """A reference; `start` asks for a capital first letter."""

    anchor: str
    start: bool


@dataclass(frozen=True)
class ChartCall:
    """A chart of facts; `reason` excuses differing measures and is printed.

    `series` holds each line's name, "" where the author gives none, and its facts, "" for a gap.
    `groups` are the names of a grouped chart's groups; `spec` and `alt` are for charts of the
    author's own: the file as seen from the templates folder, and what the chart shows.
    """

    kind: ChartKind
    series: tuple[tuple[str, tuple[str, ...]], ...]
    caption: str
    base: str = ""
    anchor: str = ""
    labels: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    reason: str = ""
    spec: str = ""
    alt: str = ""

    @property
    def facts(self) -> tuple[str, ...]:
        """The ids of all its facts, line by line."""
        return tuple(id_ for _, ids in self.series for id_ in ids if id_)


@dataclass(frozen=True)
class TimelineCall:
    facts: tuple[str, ...]
    caption: str
    base: str
    anchor: str


@dataclass(frozen=True)
class CaptionCall:
    """The caption of the table that follows.

    `places` colour its columns after the first, and `widths` share out the room after the
    side column, which the first fills; empty for equal widths.
    """

    title: str
    base: str
    anchor: str
    places: tuple[str, ...] = ()
    widths: tuple[float, ...] = ()


@dataclass(frozen=True)
class MissingCall:
    """A gap in a comparison, said in words."""


@dataclass(frozen=True)
class WordCall:
    """A word of the tool's own, by its key in the catalogue."""

    key: str


@dataclass(frozen=True)
class PlaceNameCall:
    place: str


@dataclass(frozen=True)
class SubjectCall:
    """What an edition of a series is about, by its name."""

    name: str


@dataclass(frozen=True)
class ContentsCall:
    pass


@dataclass(frozen=True)
class AnnexCall:
    """The heading that ends the body."""

    title: str


Call: TypeAlias = (
    FactCall
    | StatementCall
    | CiteCall
    | AsOfCall
    | SinceCall
    | WordsCall
    | SpeakerCall
    | SourceCall
    | PlainCall
    | RefCall
    | ChartCall
    | TimelineCall
    | CaptionCall
    | MissingCall
    | WordCall
    | PlaceNameCall
    | SubjectCall
    | ContentsCall
    | AnnexCall
)


def facts_of(call: Call) -> tuple[str, ...]:
    """The ids of the facts that a call prints, cites, or names the speaker or source of."""
    match call:
        case FactCall() | StatementCall() | CiteCall() | AsOfCall() | SinceCall():
            return (call.fact,)
        case SpeakerCall() | SourceCall():
            return (call.fact,)
        case WordsCall() | ChartCall() | TimelineCall():
            return call.facts
        case PlainCall() | RefCall() | CaptionCall() | MissingCall() | WordCall():
            return ()
        case PlaceNameCall() | SubjectCall() | ContentsCall() | AnnexCall():
            return ()
