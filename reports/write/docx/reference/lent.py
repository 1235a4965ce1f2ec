"""The styles that a reference need not have, lent on its own body text.

They bring distances, rules and sizes in proportion to the body text; letters and their colour
are the reference's, and only rules and marks take colours from the theme.  Nothing hangs in a
side column: a corporate template has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Literal

from reports.themes import Theme
from reports.write.docx.boxes import box_looks
from reports.write.docx.looks import (
    ASSESSMENT,
    BOXES,
    CELLS,
    KEPT,
    LISTS,
    CharacterLook,
    ParagraphLook,
    Rule,
)
from reports.write.docx.xml import Element, dxa, twips, w

BODY = "Body Text"
_TEXT = 10.5  # points of the body text that the sizes of a theme go with
_LEFT = ("table", "meta", "note", "label", "caption", "base")  # types that are never justified


def lent_paragraphs(theme: Theme, *, own_tables: bool) -> dict[str, ParagraphLook]:
    """The paragraph styles that may be lent, by name; `theme` is fitted to the reference.

    Cells keep a distance from the lines of tables that aren't `own_tables`, which may have none.
    """
    room = 0 if own_tables else theme.number("cell_pt.above") / 2
    looks = (*_text(theme), *_boxed(theme), *_tables(theme, room), *_ends(theme))
    return {look.name: look for look in looks}


def _text(theme: Theme) -> Iterator[ParagraphLook]:
    small, middle, loose = (theme.number(f"space_pt.{size}") for size in ("s", "m", "l"))
    hair = theme.number("rules_pt.hair")
    step = theme.number("type.body.size") * 1.6 * 25.4 / 72
    hung = theme.number("grid.indent_mm")
    key = tuple(Rule(side, hair, "rule", 4) for side in ("top", "between"))
    yield ParagraphLook("Subtitle", "lead", base="Normal", then=BODY, after=loose, keep_lines=True)
    yield ParagraphLook(
        "KF Brødtekst etter ramme", "body", base=BODY, then=BODY, before=loose, after=middle
    )
    yield ParagraphLook(
        "Quote",
        "body",
        base=BODY,
        before=middle,
        after=small,
        left=step,
        right=step,
        keep_next=True,
    )
    yield ParagraphLook(
        "KF Sitat kilde", "base", base=BODY, then=BODY, after=loose, left=step, colour="ink2"
    )
    yield ParagraphLook(
        "caption", "caption", then="KF Grunnlag", before=loose, after=small, keep_next=True,
    )  # fmt: skip
    yield ParagraphLook("KF Grunnlag", "base", after=small, keep_next=True, colour="ink2")
    yield ParagraphLook("KF Figur", "body", after=loose)
    yield ParagraphLook("KF Bilde", "body", before=middle, after=middle)
    for kind in LISTS:
        for level, name in enumerate(() if kind.boxed else kind.styles):
            yield ParagraphLook(
                name, "body", base=BODY, after=small, left=step * (level + 1), hanging=step
            )
    definition = ParagraphLook(
        "KF Definisjon", "body", base=BODY, after=small, left=hung, hanging=hung, keep_lines=True
    )
    yield definition
    yield replace(definition, name="KF Nøkkeltall", rules=key)
    yield replace(
        definition, name="KF Nøkkeltall etter ramme", then="KF Nøkkeltall", before=loose, rules=key
    )


def _boxed(theme: Theme) -> Iterator[ParagraphLook]:
    """Boxes as in our own sheet, flush left: a marker stands in the text, a title above it."""
    for look in box_looks(theme, "body", indent=0):
        based = look.base if look.name.endswith(KEPT) else BODY
        yield replace(look, base=based, exact=0)


def _tables(theme: Theme, room: float) -> Iterator[ParagraphLook]:
    text = ParagraphLook("KF Tabell tekst", "table", before=room, after=room)
    cells = {
        "KF Tabell tekst": text,
        "KF Tabell rad": replace(text, bold=True),
        "KF Tabell tall": replace(text, align="right"),
        "KF Tabell mangler": replace(text, colour="ink2"),
        "KF Tabell hode": replace(text, bold=True, keep_next=True),
        "KF Tabell tallhode": replace(text, bold=True, keep_next=True, align="right"),
    }
    for name, look in cells.items():
        base = "Normal" if look is text else "KF Tabell tekst"
        yield replace(look, name=name, base=base)
        if name in CELLS:
            yield replace(look, name=f"{name}{KEPT}", base=name, keep_next=True)
    above, below = (theme.number(f"cell_pt.meta_{side}") for side in ("above", "below"))
    yield ParagraphLook("KF Meta etikett", "meta", before=above, keep_next=True, colour="ink2")
    yield ParagraphLook("KF Meta verdi", "meta", after=below, bold=True)


def _ends(theme: Theme) -> Iterator[ParagraphLook]:
    small, loose = theme.number("space_pt.s"), theme.number("space_pt.l")
    width = theme.number("grid.text_width_mm")
    mark, label = (theme.number("type.note.size") * each * 25.4 / 72 for each in (3.0, 5.2))
    after, hair = theme.number("type.note.after"), theme.number("rules_pt.hair")
    edge: tuple[tuple[float, Literal["right"]], ...] = ((width, "right"),)
    note = ParagraphLook("KF Note", "note", after=after, left=mark, hanging=mark, keep_lines=True)
    yield note
    source = replace(note, name="KF Kilde", left=label, hanging=label)
    yield source
    yield replace(source, name=f"KF Kilde{KEPT}", base="KF Kilde", keep_next=True)
    yield ParagraphLook(
        "KF Merknad", "note", before=small, keep_lines=True, colour="ink2", contextual=True
    )
    made = (Rule("top", hair, "rule", 5),)
    yield ParagraphLook(
        "KF Laget", "note", before=loose, keep_lines=True, colour="ink2", rules=made
    )
    yield replace(note, name="footnote text", keep_lines=False)
    yield replace(note, name="Bibliography", left=mark, hanging=mark)
    yield ParagraphLook("KF Dokumenttype", "meta", after=loose, stops=edge, bold=True)
    yield ParagraphLook(
        "TOC Heading", "h1", base="heading 1", then=BODY, before=loose, after=small, keep_next=True
    )
    yield ParagraphLook("toc 1", "body", base=BODY, after=small, stops=edge)


def lent_characters(theme: Theme) -> dict[str, CharacterLook]:
    """The character styles that may be lent, by name."""
    looks = (
        CharacterLook("Strong", bold=True),
        CharacterLook("Emphasis", italic=True),
        CharacterLook("Intense Emphasis", bold=True, italic=True),
        CharacterLook("Hyperlink", colour="norge", underline=True),
        CharacterLook("KF Kode"),
        CharacterLook("KF Etikett", bold=True),
        CharacterLook("KF Notemerke", bold=True, colour="norge"),
        CharacterLook("KF Kildemerke", bold=True, colour="norge", superscript=True),
        CharacterLook("KF Begrep", bold=True),
        CharacterLook("KF Boksetikett", bold=True),
        CharacterLook("KF Tall", size=theme.number("type.lead.size") * 1.25, bold=True),
        CharacterLook("KF Tall lang", bold=True),
        CharacterLook("KF Tallmerke", bold=True, colour="norge", superscript=True),
        CharacterLook("KF Status", bold=True),
        CharacterLook("KF Løpende status", bold=True),
        CharacterLook("footnote reference", superscript=True),
    )
    return {look.name: look for look in looks}


def box_of(style: str) -> str:
    """The box that one of our styles belongs to, "" for others."""
    return next((box for box in (*BOXES.values(), ASSESSMENT) if style.startswith(f"{box} ")), "")


# ---------------------------------------------------------------- to XML


def paragraph_style(
    look: ParagraphLook,
    key: str,
    base: str,
    then: str,
    number: Element | None,
    theme: Theme,
    size: float,
) -> Element:
    """A lent style; `size` is that of the style it is based on, in points."""
    own = _scaled(theme.number(f"type.{look.type}.size"))
    return w(
        "style",
        w("name", val=look.name),
        w("basedOn", val=base),
        w("next", val=then) if then else None,
        w("uiPriority", val=30),
        w("qFormat"),
        _layout(look, number, theme),
        _letters(look.bold, look.colour, own if abs(own - size) >= 0.5 else 0, theme),
        type="paragraph",
        styleId=key,
        **_custom(look.name),
    )


def framed_style(style: str, key: str, base: str, number: Element | None) -> Element:
    """A style of a box that the reference has: its own look, as a title, list or kept line."""
    title = style.endswith(" tittel")
    kept = title or style.endswith(KEPT)
    layout = w("pPr", w("keepNext") if kept else None, number)
    return w(
        "style",
        w("name", val=style),
        w("basedOn", val=base),
        w("uiPriority", val=30),
        layout if len(layout) else None,
        w("rPr", w("b")) if title else None,
        type="paragraph",
        customStyle=1,
        styleId=key,
    )


def character_style(look: CharacterLook, key: str, theme: Theme) -> Element:
    letters = _letters(look.bold, look.colour or "ink", look.size, theme)
    letters = w("rPr") if letters is None else letters
    if look.italic:
        letters.insert(1 if look.bold else 0, w("i"))
    if look.underline:
        letters.append(w("u", val="single"))
    if look.superscript:
        letters.append(w("vertAlign", val="superscript"))
    return w(
        "style",
        w("name", val=look.name),
        w("uiPriority", val=30),
        w("qFormat"),
        letters,
        type="character",
        styleId=key,
        **_custom(look.name),
    )


def _custom(style: str) -> Mapping[str, int]:
    return {"customStyle": 1} if style.startswith("KF ") else {}


def _layout(look: ParagraphLook, number: Element | None, theme: Theme) -> Element:
    rules = [
        w(rule.side, val="single", sz=round(rule.width * 8), space=round(rule.space),
          color=theme.colour(rule.colour)[1:])
        for rule in look.rules
    ]  # fmt: skip
    hung = ((look.left, "left"),) if look.hanging and not look.stops else ()
    stops = [w("tab", val=side, pos=dxa(at)) for at, side in (*hung, *look.stops)]
    justified = look.align or ("left" if look.type in _LEFT else "")
    return w(
        "pPr",
        w("keepNext") if look.keep_next else None,
        w("keepLines") if look.keep_lines else None,
        number,
        w("pBdr", *rules) if rules else None,
        w("shd", val="clear", color="auto", fill=theme.colour(look.shade)[1:])
        if look.shade
        else None,
        w("tabs", *stops) if stops else None,
        w("spacing", before=twips(look.before), after=twips(look.after)),
        w("ind", left=dxa(look.left), right=dxa(look.right), **_first(look)),
        w("contextualSpacing", val=int(look.contextual)),
        w("jc", val=justified) if justified else None,
        w("outlineLvl", val=9) if look.name == "TOC Heading" else None,
    )


def _first(look: ParagraphLook) -> Mapping[str, int]:
    return {"hanging": dxa(look.hanging)} if look.hanging else {"firstLine": 0}


def _letters(bold: bool, colour: str, size: float, theme: Theme) -> Element | None:  # noqa: FBT001
    letters = w(
        "rPr",
        w("b") if bold else None,
        w("color", val=theme.colour(colour)[1:]) if colour != "ink" else None,
        w("sz", val=round(size * 2)) if size else None,
        w("szCs", val=round(size * 2)) if size else None,
    )
    return letters if len(letters) else None


def _scaled(size: float) -> float:
    return round(size * 2) / 2
