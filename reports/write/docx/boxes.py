"""Tokens to the styles of boxes: neighbouring paragraphs that Word joins into one frame.

Word joins paragraphs of the same indents and the same rules only, and draws rules and shading
from the hanging edge: so all of a box have the same indents, and all below its title the same
rules.
"""

from __future__ import annotations

from collections.abc import Iterator

from reports.document import CalloutKind
from reports.themes import Theme
from reports.write.docx.looks import ASSESSMENT, BOXES, IN_BOXES, KEPT, ParagraphLook, Rule, Side

_TINTED = BOXES[CalloutKind.SUMMARY]
_OVER: tuple[Side, ...] = ("top", "left", "right")
_UNDER: tuple[Side, ...] = ("left", "bottom", "right", "between")


def box_looks(theme: Theme, body: str, indent: float) -> tuple[ParagraphLook, ...]:
    """The styles of all kinds of boxes; `body` names the type of text outside them.

    `indent` is where their text starts, in millimetres.
    """
    names = (*BOXES.values(), ASSESSMENT)
    return tuple(look for name in names for look in _box(name, theme, body, indent))


def _box(name: str, theme: Theme, body: str, indent: float) -> Iterator[ParagraphLook]:
    """Title, text, points and numbered points of one kind of box, and a box in one line."""
    over, under = _rules(name, theme)
    tinted = name == _TINTED
    shade = "tint" if tinted else ""
    text = "box" if name == BOXES[CalloutKind.CAVEAT] else body
    small = theme.number("space_pt.s")
    loose = theme.number("space_pt.l")
    yield ParagraphLook(
        f"{name} tittel", "label", then=f"{name} tekst",
        # the tint's own border adds to the distance, and its title has a line that the PDF saves
        before=theme.number("space_pt.m") if tinted else loose,
        left=indent, hanging=indent, keep_next=True, bold=True, rules=over, shade=shade,
        exact=theme.number("type.label.size") * 1.2,
    )  # fmt: skip
    for kind in IN_BOXES:
        for end in ("", KEPT):
            yield ParagraphLook(
                f"{name} {kind}{end}", text, base=f"{name} {kind}" if end else "Normal",
                after=0 if tinted else small, left=indent, hanging=indent,
                keep_next=bool(end), keep_lines=True, rules=under, shade=shade,
            )  # fmt: skip
    if not tinted:  # the tint is bled by other borders, and always holds a list
        yield ParagraphLook(
            f"{name} enkel", text, then="Body Text", before=loose, after=small,
            left=indent, hanging=indent, keep_lines=True, rules=(*over, *under),
        )  # fmt: skip


def _rules(name: str, theme: Theme) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """The rules of a box's title and of what follows it."""
    if name == _TINTED:
        return _bleed(theme, _OVER), _bleed(theme, _UNDER)
    pad = theme.number("space_pt.m")
    hair, thin, ask = (theme.number(f"rules_pt.{rule}") for rule in ("hair", "thin", "ask"))
    (over, above), (under, below) = {
        BOXES[CalloutKind.DECISION]: ((ask, "ink"), (hair, "rule")),
        BOXES[CalloutKind.CAVEAT]: ((hair, "rule"), (hair, "rule")),
        ASSESSMENT: ((thin, "ink"), (thin, "ink")),
    }[name]
    return (Rule("top", over, above, pad),), (Rule("bottom", under, below, pad / 2),)


def _bleed(theme: Theme, sides: tuple[Side, ...]) -> tuple[Rule, ...]:
    """Borders in the colour of the tint carry it outside and between the paragraphs."""
    out = theme.number("grid.tint_bleed_mm") * 72 / 25.4
    spaces = {"top": theme.number("space_pt.m"), "left": out, "right": out}
    hair, below = theme.number("rules_pt.hair"), theme.number("space_pt.s")
    return tuple(Rule(side, hair, "tint", spaces.get(side, below)) for side in sides)
