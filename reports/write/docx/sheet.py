"""Tokens and the layout of an edition to the named styles of its document.

The side column names things and the main column says them: a style that hangs by the indent
starts at the left edge, and what follows its first tab stands in the main column.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from reports.document import Layout
from reports.themes import Theme
from reports.write.docx.boxes import box_looks
from reports.write.docx.looks import (
    CELLS,
    KEPT,
    LISTS,
    CharacterLook,
    ParagraphLook,
    Rule,
    Side,
)


class Sheet:
    """The styles of one theme and layout, in the order in which Word lists them."""

    def __init__(self, theme: Theme, layout: Layout) -> None:
        """Read the grid once; the rest is asked of the theme where it is used."""
        self.theme = theme
        self.long = layout is Layout.REPORT
        self.memo = layout is Layout.MEMO
        self.body = "body_plain" if layout is Layout.PLAIN else "body"
        self.note = "note_short" if layout is Layout.MEMO else "note"
        self.heading = "h1_plain" if layout is Layout.PLAIN else "h1"
        self.title = "title_long" if self.long else "title"
        self.indent = theme.number("grid.indent_mm")
        self.width = theme.number("grid.text_width_mm")

    def paragraphs(self) -> tuple[ParagraphLook, ...]:
        return (
            *self._text(),
            *self._lists(),
            *box_looks(self.theme, self.body, self.indent),
            *self._figures(),
            *self._tables(),
            *self._end(),
            *self._margins(),
        )

    def characters(self) -> tuple[CharacterLook, ...]:
        label, number = self._type("label.size"), self._type("number.size")
        return (
            CharacterLook("Strong", bold=True),
            CharacterLook("Emphasis", italic=True),
            CharacterLook("Intense Emphasis", bold=True, italic=True),
            CharacterLook("Hyperlink", colour="norge", underline=True),
            CharacterLook("KF Kode", type="label"),
            CharacterLook("KF Etikett", type="label", size=label, bold=True, colour="norge"),
            CharacterLook("KF Notemerke", bold=True, colour="norge"),
            CharacterLook("KF Kildemerke", "mark", bold=True, colour="norge", superscript=True),
            CharacterLook(
                "footnote reference", "mark", bold=True, colour="norge", superscript=True
            ),
            CharacterLook("KF Begrep", type="label", bold=True),
            CharacterLook("KF Boksetikett", type="label", size=label, bold=True),
            CharacterLook("KF Tall", type="number", size=number, bold=self.theme.bold("number")),
            CharacterLook(
                "KF Tall lang",
                type="number",
                size=self._type("lead.size"),
                bold=self.theme.bold("number"),
            ),
            CharacterLook(
                "KF Tallmerke", "mark", number * 2 / 3, bold=True, colour="norge", superscript=True
            ),
            CharacterLook("KF Status", type="meta", bold=True, colour="paper", shade="ink", edge=2),
            CharacterLook("KF Løpende status", type="running", bold=True, colour="ink"),
        )

    def _text(self) -> tuple[ParagraphLook, ...]:
        body, main = self.body, self.indent
        body_after, loose = self._type(f"{body}.after"), self._space("l")
        lead_before, lead_after = self._type("lead.before"), self._type("lead.after")
        return (
            ParagraphLook("Normal", "table", base=""),
            ParagraphLook("Body Text", body, after=body_after, left=main),
            ParagraphLook(
                "KF Brødtekst etter ramme", body, then="Body Text", before=loose,
                after=body_after, left=main,
            ),
            ParagraphLook(
                "Title", self.title, then="Subtitle", keep_next=True,
                before=self._type(f"{self.title}.before"),
                right=self._type("title_long.right_mm") if self.long else 0,
                bold=self.theme.bold(self.title), exact=self._type(f"{self.title}.line"),
            ),
            ParagraphLook(
                "Subtitle", "lead", then="Body Text", before=lead_before, after=lead_after,
                left=main, keep_lines=True,
            ),
            self._heading("heading 1", self._section_before, outline=0),
            ParagraphLook(
                "heading 2", "h2", then="Body Text", before=self._type("h2.before"),
                after=self._type("h2.after"), left=main, hanging=main, keep_next=True,
                bold=self.theme.bold("h2"), outline=1,
            ),
            ParagraphLook(
                "Quote", "quote", then="KF Sitat kilde", before=self._type("quote.before"),
                after=self._type("quote.after"), left=main,
                keep_next=True, keep_lines=True,
            ),
            ParagraphLook(
                "KF Sitat kilde", "base", then="Body Text", after=loose, left=main,
                colour="ink2",
            ),
        )  # fmt: skip

    def _heading(self, name: str, before: float, outline: int | None) -> ParagraphLook:
        rule = Rule("top", self._rule("heavy"), "ink", self._type("h1.pad"))
        return ParagraphLook(
            name, self.heading, then="Body Text", before=before, after=self._type("h1.after"),
            left=self.indent, hanging=self.indent, keep_next=True, keep_lines=True,
            bold=self.theme.bold(self.heading), rules=(rule,), outline=outline,
        )  # fmt: skip

    def _lists(self) -> tuple[ParagraphLook, ...]:
        step = self.step
        return tuple(
            ParagraphLook(
                style, self.body, after=self._space("s"), left=self.indent + step * (level + 1),
                hanging=step,
            )
            for kind in LISTS if not kind.boxed
            for level, style in enumerate(kind.styles)
        )  # fmt: skip

    @property
    def _section_before(self) -> float:
        """The distance above a section; in a memo with that below a paragraph, as in the PDF.

        Word adds the two up, and a memo has no line to spare on its two pages.
        """
        whole = self._type("h1.before")
        return whole - self._type(f"{self.body}.after") if self.memo else whole

    @property
    def step(self) -> float:
        """From a list's marker to its text, in millimetres: room for "10." and its gap."""
        return 1.3 * self._type(f"{self.body}.size") * 25.4 / 72

    def _figures(self) -> tuple[ParagraphLook, ...]:
        main, hair = self.indent, self._rule("hair")
        body_after, line = self._type(f"{self.body}.after"), self._type(f"{self.body}.line")
        # Closer than in the PDF, by what a box's title costs: three figures fill a first page.
        key = (Rule("top", hair, "rule", 5), Rule("between", hair, "rule", 5))
        return (
            ParagraphLook(
                "caption", "caption", then="KF Grunnlag", before=self._space("l"), left=main,
                hanging=main, keep_next=True, bold=self.theme.bold("caption"),
                rules=(Rule("top", hair, "rule", self._type("caption.pad")),),
            ),
            ParagraphLook("KF Grunnlag", "base", after=self._type("base.after"), left=main, keep_next=True, colour="ink2"),
            ParagraphLook("KF Figur", self.body, after=self._space("l")),
            ParagraphLook("KF Bilde", self.body, before=self._space("m"), after=self._space("m"), left=main),
            ParagraphLook(
                "KF Definisjon", self.body, after=body_after, left=main, hanging=main,
                keep_lines=True,
            ),
            ParagraphLook(
                "KF Nøkkeltall etter ramme", self.body, then="KF Nøkkeltall",
                before=self._space("m"), after=3, left=main, hanging=main, keep_lines=True,
                exact=line + 2, rules=key,
            ),
            ParagraphLook(
                "KF Nøkkeltall", self.body, after=3, left=main, hanging=main, keep_lines=True,
                exact=line + 2, rules=key,
            ),
        )  # fmt: skip

    def _tables(self) -> tuple[ParagraphLook, ...]:
        return (
            ParagraphLook("KF Tabell tekst", "table"),
            ParagraphLook("KF Tabell hode", "table", keep_next=True, bold=True),
            ParagraphLook("KF Tabell rad", "table", bold=True),
            ParagraphLook("KF Tabell tall", "table", align="right"),
            ParagraphLook("KF Tabell tallhode", "table", keep_next=True, bold=True, align="right"),
            ParagraphLook("KF Tabell mangler", "table", colour="ink2"),
            *(
                ParagraphLook(
                    f"{cell}{KEPT}",
                    "table",
                    base=cell,
                    keep_next=True,
                    bold=cell == "KF Tabell rad",
                    align="right" if cell == "KF Tabell tall" else "",
                    colour="ink2" if cell == "KF Tabell mangler" else "ink",
                )
                for cell in CELLS
            ),
            ParagraphLook(
                "KF Meta etikett",
                "meta",
                before=self._cell("meta_above"),
                keep_next=True,
                colour="ink2",
            ),
            ParagraphLook("KF Meta verdi", "meta", after=self._cell("meta_below"), bold=True),
        )

    def _end(self) -> tuple[ParagraphLook, ...]:
        """Notes and what follows, lines as in the PDF: the sans face asks for more than it needs."""
        main, note = self.indent, self.note
        line = self._type(f"{note}.line")
        hang = self._type(f"{note}.size") * 1.5 * 25.4 / 72
        made = (Rule("top", self._rule("hair"), "rule", self._type(f"{note}.pad")),)
        source = ParagraphLook(
            "KF Kilde", note, after=self._type(f"{note}.after"), left=main, hanging=main, keep_lines=True,
            exact=line,
        )  # fmt: skip
        return (
            source,
            replace(source, name=f"KF Kilde{KEPT}", base="KF Kilde", keep_next=True),
            ParagraphLook(
                "KF Note", note, after=self._type(f"{note}.after"), left=main, hanging=main, keep_lines=True,
                exact=line,
            ),
            ParagraphLook(
                "footnote text", note, after=self._type(f"{note}.after"), left=main, hanging=main,
                exact=line,
            ),
            ParagraphLook(
                "KF Merknad", note, before=self._space("s"), keep_lines=True, colour="ink2",
                exact=line, contextual=True,
            ),
            ParagraphLook(
                "Bibliography", note, after=self._type(f"{note}.after"), left=main + hang,
                hanging=hang, keep_lines=True, exact=line,
            ),
            ParagraphLook(
                "KF Laget", note, before=self._space("l"), left=main, hanging=main,
                keep_lines=True, colour="ink2", rules=made,
            ),
        )  # fmt: skip

    def _margins(self) -> tuple[ParagraphLook, ...]:
        columns: tuple[tuple[float, Literal["left", "right"]], ...] = (
            (self.indent, "left"),
            (self.width, "right"),
        )
        masthead = Rule("top", self._rule("masthead"), "ink", self._type("meta.pad"))
        entry = tuple(Rule(side, self._rule("hair"), "hair", 1) for side in _BELOW)
        return (
            ParagraphLook("header", "running", stops=columns, colour="ink2"),
            ParagraphLook("footer", "running", stops=columns, colour="ink2"),
            ParagraphLook(
                "KF Dokumenttype", "meta", before=self._masthead_drop, stops=columns, bold=True,
                rules=(masthead,),
            ),
            self._heading("TOC Heading", self._space("under"), outline=None),
            ParagraphLook(
                "toc 1", "label", left=self.indent, hanging=self.indent, bold=True,
                stops=columns, rules=entry, before=1,
            ),
        )  # fmt: skip

    @property
    def _masthead_drop(self) -> float:
        """From where running heads start to where the first page does, in points."""
        first, top, gap = (
            self.theme.number(f"page.{name}")
            for name in ("masthead_top_mm", "margin_mm.top", "running_head.gap_top_mm")
        )
        return (first - top + gap) * 72 / 25.4 + self._type("running.line")

    def _type(self, path: str) -> float:
        return self.theme.number(f"type.{path}")

    def _space(self, name: str) -> float:
        return self.theme.number(f"space_pt.{name}")

    def _cell(self, name: str) -> float:
        return self.theme.number(f"cell_pt.{name}")

    def _rule(self, name: str) -> float:
        return self.theme.number(f"rules_pt.{name}")


_BELOW: tuple[Side, ...] = ("bottom", "between")
