"""What a named style can be: plain data between the tokens and Word's XML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from reports.document import CalloutKind

Side: TypeAlias = Literal["top", "left", "bottom", "right", "between"]

BOXES: dict[CalloutKind, str] = {
    CalloutKind.SUMMARY: "KF Sammendrag",
    CalloutKind.DECISION: "KF Beslutning",
    CalloutKind.CAVEAT: "KF Forbehold",
}
ASSESSMENT = "KF Vurdering"
IN_BOXES = ("tekst", "punkt", "nummer")  # what stands below a box's title
CELLS = tuple(f"KF Tabell {cell}" for cell in ("tekst", "rad", "tall", "mangler"))
KEPT = " videre"  # ends the name of a style that keeps its paragraph with the next


@dataclass(frozen=True)
class Rule:
    """A border of a paragraph: width and distance in points, colour by its token."""

    side: Side
    width: float
    colour: str
    space: float


@dataclass(frozen=True)
class ListOf:
    """The styles of one kind of list, a level each; a boxed one keeps its box's left edge."""

    styles: tuple[str, ...]
    ordered: bool
    boxed: bool = False


LISTS: tuple[ListOf, ...] = (
    ListOf(("List Bullet", "List Bullet 2", "List Bullet 3"), ordered=False),
    ListOf(("List Number", "List Number 2", "List Number 3"), ordered=True),
    *(
        ListOf((f"{box} {kind}",), ordered=kind == "nummer", boxed=True)
        for box in (*BOXES.values(), ASSESSMENT)
        for kind in ("punkt", "nummer")
    ),
)


@dataclass(frozen=True)
class ParagraphLook:
    """A paragraph style: lengths in points, indents and tab stops in millimetres.

    `type` names the tokens of size and font; `then` the style of the next paragraph typed.
    A contextual one keeps no distance to neighbours of its own style.
    """

    name: str
    type: str
    base: str = "Normal"
    then: str = ""
    before: float = 0
    after: float = 0
    left: float = 0
    hanging: float = 0
    right: float = 0
    stops: tuple[tuple[float, Literal["left", "right"]], ...] = ()
    keep_next: bool = False
    keep_lines: bool = False
    bold: bool = False
    exact: float = 0
    colour: str = "ink"
    shade: str = ""
    rules: tuple[Rule, ...] = ()
    align: str = ""
    outline: int | None = None
    contextual: bool = False


@dataclass(frozen=True)
class CharacterLook:
    """A character style; what is left empty comes from the paragraph.

    `type` names the tokens of its font.  `edge` widens its shade by a border of so many points.
    """

    name: str
    type: str = ""
    size: float = 0
    bold: bool = False
    italic: bool = False
    underline: bool = False
    colour: str = ""
    shade: str = ""
    edge: float = 0
    superscript: bool = False
