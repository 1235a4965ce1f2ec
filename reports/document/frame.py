"""What frames a body: cover, notes, sources and colophon."""

from __future__ import annotations

from dataclasses import dataclass

from reports.document.blocks import Caption, Heading, Table
from reports.document.inline import Inline


@dataclass(frozen=True)
class DataTables:
    """The data behind the figures: an annex with one table a chart, before the notes."""

    heading: Heading
    tables: tuple[Table, ...]


@dataclass(frozen=True)
class Note:
    """One fact printed in the edition; `number` is its order of first appearance.

    `what` is the figure with measure and population, or the statement where the fact has
    no figure, and for a derived fact the arithmetic.  `sources` holds the letters of its
    sources, one unless it is derived; `where` is the locator in it, "" where it is derived.
    `cited` is both in the words of a citation style, empty without one.
    """

    number: int
    fact: str
    what: str
    speaker: str
    as_of: str
    standing: str
    sources: tuple[str, ...]
    where: str
    cited: tuple[Inline, ...] = ()
    brackets: str = "[]"


@dataclass(frozen=True)
class Notes:
    """The notes; `heads` are the five column heads of the long form.

    `remarks` explain once what several notes lean on, such as how a date was inferred.
    `remarks_heading` stands over them where Word sets the notes as footnotes; elsewhere it is
    None.
    """

    heading: Heading
    heads: tuple[str, str, str, str, str]
    notes: tuple[Note, ...]
    remarks: tuple[str, ...]
    caption: Caption | None
    remarks_heading: Heading | None = None


@dataclass(frozen=True)
class SourceEntry:
    """`label` is "Source A"; `text` says what kind of text it is and whose interest it has.

    A title in another language than the document's says so.  In a citation style the label is
    the number that it gives the source, "" where it gives none; `letter` still names the entry.
    """

    letter: str
    label: str
    text: tuple[Inline, ...]


@dataclass(frozen=True)
class SourceList:
    heading: Heading
    entries: tuple[SourceEntry, ...]


@dataclass(frozen=True)
class Colophon:
    """How the document was made and as of which facts."""

    label: str
    text: str


@dataclass(frozen=True)
class Cover:
    """The masthead, title and meta strip.

    `meta` holds label and value pairs, set four to a row.  `running` is the foot's middle:
    audience and date; `page_of` is the pair of words in "page 1 of 2".
    """

    publisher: str
    kind: str
    status: str
    title: tuple[Inline, ...]
    short_title: str
    lead: tuple[Inline, ...]
    meta: tuple[tuple[str, str], ...]
    meta_label: str
    case: str
    running: str
    page_of: tuple[str, str]
