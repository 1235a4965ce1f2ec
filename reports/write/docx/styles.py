"""Looks to the styles part: defaults, paragraph, character and table styles.

Order of elements: ECMA-376 part 1, 17.7.4.17 (style), 17.3.1.26 (pPr), 17.3.2.28 (rPr).
"""

from __future__ import annotations

from reports.document import Series
from reports.themes import Theme
from reports.write.docx.looks import LISTS, CharacterLook, ParagraphLook, Rule
from reports.write.docx.numbering import SECTIONS
from reports.write.docx.sheet import Sheet
from reports.write.docx.xml import Element, dxa, style_id, twips, w

_OURS = "KF "  # styles that are not Word's own


def style_elements(sheet: Sheet, language: str) -> list[Element]:
    """Everything that the styles part holds, in order; `language` is such as "nb-NO"."""
    theme = sheet.theme
    return [
        _defaults(theme, language),
        *(_paragraph_style(look, sheet) for look in sheet.paragraphs()),
        w("style", w("name", val="Default Paragraph Font"), w("uiPriority", val=1),
          w("semiHidden"), type="character", default=1, styleId="DefaultParagraphFont"),
        *(_character_style(look, theme) for look in sheet.characters()),
        normal_table(),
        *table_styles(theme),
        w("style", w("name", val="No List"), w("uiPriority", val=99), w("semiHidden"),
          type="numbering", default=1, styleId="NoList"),
    ]  # fmt: skip


def _defaults(theme: Theme, language: str) -> Element:
    letters = w(
        "rPr",
        _fonts(theme, "table"),
        w("sz", val=round(theme.number("type.table.size") * 2)),
        w("lang", val=language, eastAsia=language, bidi="ar-SA"),
    )
    return w("docDefaults", w("rPrDefault", letters), w("pPrDefault"))


# ---------------------------------------------------------------- paragraphs


def _paragraph_style(look: ParagraphLook, sheet: Sheet) -> Element:
    theme = sheet.theme
    ours = look.name.startswith(_OURS)
    known = {"customStyle": 1} if ours else {"default": 1} if look.name == "Normal" else {}
    return w(
        "style",
        w("name", val=look.name),
        w("basedOn", val=style_id(look.base)) if look.base else None,
        w("next", val=style_id(look.then)) if look.then else None,
        w("uiPriority", val=20 if ours else 10),
        w("qFormat"),
        _paragraph_properties(look, sheet),
        _paragraph_letters(look, theme),
        type="paragraph",
        styleId=style_id(look.name),
        **known,
    )


def _paragraph_properties(look: ParagraphLook, sheet: Sheet) -> Element:
    theme = sheet.theme
    return w(
        "pPr",
        w("keepNext") if look.keep_next else None,
        w("keepLines") if look.keep_lines else None,
        w("widowControl"),
        _numbering(look.name, sheet),
        _borders(look.rules, theme),
        w("shd", val="clear", color="auto", fill=_hex(theme, look.shade)) if look.shade else None,
        _stops(look),
        _spacing(look, theme),
        w("ind", left=dxa(look.left), right=dxa(look.right), hanging=dxa(look.hanging)),
        w("contextualSpacing") if look.contextual else None,
        w("jc", val=look.align) if look.align else None,
        w("outlineLvl", val=look.outline) if look.outline is not None else None,
    )


def _numbering(name: str, sheet: Sheet) -> Element | None:
    if name == "heading 1" and sheet.long:
        return w("numPr", w("numId", val=SECTIONS))
    for number, kind in enumerate(LISTS, start=1):
        if name in kind.styles:
            level = kind.styles.index(name)
            return w("numPr", w("ilvl", val=level) if level else None, w("numId", val=number))
    return None


def _borders(rules: tuple[Rule, ...], theme: Theme) -> Element | None:
    if not rules:
        return None
    return w("pBdr", *(_rule(rule, theme) for rule in rules))


def _rule(rule: Rule, theme: Theme) -> Element:
    size, space = round(rule.width * 8), round(rule.space)
    return w(rule.side, val="single", sz=size, space=space, color=_hex(theme, rule.colour))


def _stops(look: ParagraphLook) -> Element | None:
    hung = ((look.left, "left"),) if look.hanging and not look.stops else ()
    stops = (*hung, *look.stops)
    if not stops:
        return None
    return w("tabs", *(w("tab", val=side, pos=dxa(place)) for place, side in stops))


def _spacing(look: ParagraphLook, theme: Theme) -> Element:
    line = look.exact or theme.number(f"type.{look.type}.line")
    return w(
        "spacing",
        before=twips(look.before),
        after=twips(look.after),
        line=twips(line),
        lineRule="exact" if look.exact else "atLeast",
    )


def _paragraph_letters(look: ParagraphLook, theme: Theme) -> Element:
    tracking = f"type.{look.type}.tracking"
    size = round(theme.number(f"type.{look.type}.size") * 2)
    return w(
        "rPr",
        _fonts(theme, look.type),
        w("b") if look.bold else None,
        w("color", val=_hex(theme, look.colour)),
        w("spacing", val=twips(theme.number(tracking))) if theme.has(tracking) else None,
        w("sz", val=size),
        w("szCs", val=size),
    )


# ---------------------------------------------------------------- characters


def _character_style(look: CharacterLook, theme: Theme) -> Element:
    known = {"customStyle": 1} if look.name.startswith(_OURS) else {}
    return w(
        "style",
        w("name", val=look.name),
        w("basedOn", val="DefaultParagraphFont"),
        w("uiPriority", val=20),
        w("qFormat"),
        _letters(look, theme),
        type="character",
        styleId=style_id(look.name),
        **known,
    )


def _letters(look: CharacterLook, theme: Theme) -> Element:
    size = round(look.size * 2)
    fill = _hex(theme, look.shade) if look.shade else ""
    shade = w("shd", val="clear", color="auto", fill=fill) if fill else None
    edge = w("bdr", val="single", sz=round(look.edge * 8), space=0, color=fill)
    return w(
        "rPr",
        _fonts(theme, look.type) if look.type else None,
        w("b") if look.bold else None,
        w("i") if look.italic else None,
        w("color", val=_hex(theme, look.colour)) if look.colour else None,
        w("sz", val=size) if size else None,
        w("szCs", val=size) if size else None,
        w("u", val="single") if look.underline else None,
        edge if look.edge else None,
        shade,
        w("vertAlign", val="superscript") if look.superscript else None,
    )


def _fonts(theme: Theme, text: str) -> Element:
    name = theme.text(f"type.{text}.word")
    return w("rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name)


def _hex(theme: Theme, colour: str) -> str:
    return theme.colour(colour)[1:]


# ---------------------------------------------------------------- tables


def table_styles(theme: Theme) -> list[Element]:
    """The styles of tables, notes and the strip on the cover."""
    return [_table_style(theme), _note_style(theme), _meta_style(theme)]


def normal_table() -> Element:
    """Word's own base of all table styles, which it expects to find."""
    margins = (w(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right"))
    known = w("tblPr", w("tblInd", w=0, type="dxa"), w("tblCellMar", *margins))
    return w(
        "style",
        w("name", val="Normal Table"),
        w("uiPriority", val=99),
        w("semiHidden"),
        known,
        type="table",
        default=1,
        styleId="TableNormal",
    )


def _table_style(theme: Theme) -> Element:
    """KF Tabell: rules across only, a rule under the head, text at the grid's left edge."""
    thin = theme.number("rules_pt.thin")
    hair = theme.number("rules_pt.hair")
    inside = _rule_named("insideH", hair, "hair", theme)
    borders = w("tblBorders", _rule_named("bottom", thin, "ink", theme), inside)
    head = w(
        "tblStylePr",
        w("tcPr", w("tcBorders", _rule_named("bottom", thin, "ink", theme)), w("vAlign", val="bottom")),
        type="firstRow",
    )  # fmt: skip
    margins = _margins(*(theme.number(f"cell_pt.{side}") for side in ("above", "below", "right")))
    return _table("KF Tabell", (borders, margins), head)


def _note_style(theme: Theme) -> Element:
    """KF Noter: columns closer together, so that a mark such as [136] stays on one line."""
    right = theme.number("cell_pt.meta_right")
    above, below = (theme.number(f"cell_pt.{side}") for side in ("above", "below"))
    return _table("KF Noter", (_margins(above, below, right),), base=style_id("KF Tabell"))


def country_style(style: str, middle: Series, last: Series, theme: Theme) -> Element:
    """KF Tabell with the country's colour under its head; the name above carries the meaning.

    The colour under the last head is `last`'s, and that under those before it `middle`'s.
    """
    parts = {"firstRow": middle, "neCell": last, "nwCell": "other"}
    rules = (
        w("tblStylePr", w("tcPr", w("tcBorders", _head_rule(of, theme))), type=part)
        for part, of in parts.items()
    )
    return _table(style, (), *rules, base=style_id("KF Tabell"))


def _head_rule(series: str, theme: Theme) -> Element:
    if series == "other":
        return _rule_named("bottom", theme.number("rules_pt.thin"), "ink", theme)
    colour = "norge" if series == "norway" else "danmark"
    return _rule_named("bottom", theme.number("rules_pt.country"), colour, theme)


def _meta_style(theme: Theme) -> Element:
    """KF Meta: a rule over each row of labels, and one under the strip."""
    thin = theme.number("rules_pt.thin")
    over = _rule_named("top", thin, "rule", theme)
    borders = w("tblBorders", over, _rule_named("bottom", thin, "ink", theme))
    again = w("tcPr", w("tcBorders", _rule_named("top", thin, "rule", theme)))
    return _table(
        "KF Meta", (w("tblStyleRowBandSize", val=1), borders, _margins(0, 0, theme.number("cell_pt.meta_right"))),
        w("tblStylePr", again, type="band2Horz"),
    )  # fmt: skip


def _table(
    name: str, known: tuple[Element, ...], *parts: Element, base: str = "TableNormal"
) -> Element:
    return w(
        "style",
        w("name", val=name),
        w("basedOn", val=base),
        w("uiPriority", val=20),
        w("qFormat"),
        w("tblPr", *known) if known else None,
        *parts,
        type="table",
        customStyle=1,
        styleId=style_id(name),
    )


def _margins(top: float, bottom: float, right: float) -> Element:
    """Cell margins in points; none at the left, so that text stays on the grid."""
    sides = {"top": top, "left": 0, "bottom": bottom, "right": right}
    return w("tblCellMar", *(w(side, w=twips(width), type="dxa") for side, width in sides.items()))


def _rule_named(side: str, width: float, colour: str, theme: Theme) -> Element:
    return w(side, val="single", sz=round(width * 8), space=0, color=_hex(theme, colour))
